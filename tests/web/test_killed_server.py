"""What was acknowledged as saved is there when the server was killed in the middle of saving."""

import random
import threading
import time

import pytest
from saving import Saver, signed_in
from serving import kill, running
from small_round import under_way

from lirk.storage.database import open_database

REVIEWERS = ("anne", "bo", "carl")
#: How many answers were stored when the plug is pulled: some at once, some after a while.
SOME, MANY = 3, 60


@pytest.fixture
def savers(database, now, tmp_path):
    """One reviewer each at the first item of their first case."""
    made = under_way(database, tmp_path, now, *REVIEWERS)
    reviews = made.reviews()
    first = {who: reviews[min(made.cases_of(who))].id for who in REVIEWERS}
    return [Saver(session=signed_in(database, who), review_id=first[who], item="clear") for who in REVIEWERS]


def stored_by(url, savers):
    """Version and note as the database has them, and the versions that the trail tells of, by review."""
    database = open_database(url)
    try:
        with database.begin() as store:
            found = {one.review_id: store.reviewing.find(one.review_id) for one in savers}
            told = [entry.about for entry in store.trail.entries() if entry.action == "answer-given"]
        kept = {pk: review.answers.get("clear") for pk, review in found.items()}
        numbers = {review.number: pk for pk, review in found.items()}
        versions = {
            pk: [about["version"] for about in told if numbers.get(about["number"]) == pk] for pk in found
        }
        return kept, versions
    finally:
        database.dispose()


def test_no_acknowledged_answer_is_lost(savers, database_url, tmp_path, request):
    lives = 200 if request.config.getoption("long") else 20
    chance = random.Random(lives)  # noqa: S311 - when to pull a plug is no secret
    for life in range(lives):
        before = sum(len(one.acknowledged) for one in savers)
        enough = threading.Event()
        with running(database_url, tmp_path / "server.log") as (process, address):
            threads = [threading.Thread(target=one.run, args=[address, enough]) for one in savers]
            for thread in threads:
                thread.start()
            wanted = before + chance.randint(SOME, MANY)
            while sum(len(one.acknowledged) for one in savers) < wanted and any(
                thread.is_alive() for thread in threads
            ):
                time.sleep(chance.random() / 500)
            kill(process)
        for thread in threads:
            thread.join()
        assert sum(len(one.acknowledged) for one in savers) > before, f"nothing was saved in life {life}"
        kept, versions = stored_by(database_url, savers)
        for one in savers:
            answer = kept[one.review_id]
            version, note = one.acknowledged[-1]
            # The one that was under way may be stored without its sender having heard of it.
            assert (answer.version, answer.answer.note) in {
                (version, note),
                (version + 1, f"note {version + 1}"),
            }
            assert versions[one.review_id] == list(range(1, answer.version + 1))
            one.version = answer.version
