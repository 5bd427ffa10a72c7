"""Nothing is lost: not between threads, and not when the process is killed."""

import signal
import sqlite3
import subprocess
import sys
import threading

import pytest
from sqlalchemy import make_url
from stored import case

from lirk.domain.reviews import Answer
from lirk.storage.database import Database, open_database

THREADS, TURNS = 8, 15


def run_in_threads(work):
    """Run ``work(thread number)`` in many threads at once; the first error is raised here."""
    failures = []
    start = threading.Barrier(THREADS)

    def run(number):
        start.wait()
        try:
            work(number)
        except Exception as error:
            failures.append(error)

    threads = [threading.Thread(target=run, args=[number]) for number in range(THREADS)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    if failures:
        raise failures[0]


class TestThreads:
    def test_a_counter_that_is_read_and_written_loses_nothing(self, database, now, drawn):
        with database.begin() as store:
            review_id = store.reviews.of(drawn.round.id)[0].id
            store.reviews.save_answers(review_id, [Answer(item_id="counter", value="0")], at=now, by=None)
            store.trail.add("counted", actor_id=None, at=now)

        def count(_):
            for _ in range(TURNS):
                with database.begin() as store:
                    value = int(store.reviews.get(review_id).answers["counter"].value) + 1
                    answer = Answer(item_id="counter", value=str(value))
                    store.reviews.save_answers(review_id, [answer], at=now, by=None)
                    store.trail.add("counted", actor_id=None, at=now, value=value)

        run_in_threads(count)
        with database.begin() as store:
            assert store.reviews.get(review_id).answers["counter"].value == str(THREADS * TURNS)
            told = [entry.about["value"] for entry in store.trail.entries() if "value" in entry.about]
        assert told == list(range(1, THREADS * TURNS + 1))

    def test_answers_of_many_reviewers_in_one_review_are_all_kept(self, database, now, drawn):
        with database.begin() as store:
            review_id = store.reviews.of(drawn.round.id)[0].id

        def answer(number):
            for turn in range(TURNS):
                with database.begin() as store:
                    given = Answer(item_id=f"item-{number}-{turn}", value="yes", note=f"Læst af {number}")
                    store.reviews.save_answers(review_id, [given], at=now, by=None)
                    store.trail.add("answered", actor_id=None, at=now)

        run_in_threads(answer)
        with database.begin() as store:
            answers = store.reviews.get(review_id).answers
        assert {item: one.note for item, one in answers.items()} == {
            f"item-{number}-{turn}": f"Læst af {number}" for number in range(THREADS) for turn in range(TURNS)
        }

    def test_running_numbers_are_given_once_each_and_without_gaps(self, database, now, drawn):
        waiting = [f"reserve {number}" for number in range(THREADS)]
        with database.begin() as store:
            store.cases.add_all([case(drawn.round.id, drawn.draw.id, case_id) for case_id in waiting])
            store.trail.add("cases-drawn", actor_id=None, at=now)

        def call_up(number):
            with database.begin() as store:
                reserve = store.cases.by_case_id(drawn.round.id, waiting[number])
                store.cases.call_up(reserve.id, store.cases.next_number(drawn.round.id))
                store.trail.add("case-replaced", actor_id=None, at=now)

        run_in_threads(call_up)
        with database.begin() as store:
            numbers = [one.number for one in store.cases.of(drawn.round.id) if one.number is not None]
        assert numbers == list(range(1, 2 + THREADS + 1))


WRITER = """
import sys
from datetime import UTC, datetime
from lirk.domain.reviews import Answer
from lirk.storage.database import open_database

database = open_database(sys.argv[1])
at = datetime(2026, 11, 22, tzinfo=UTC)
for number in range(1_000_000):
    with database.begin() as store:
        answer = Answer(item_id=f"item-{number:06}", value="yes", note="n" * 2000)
        store.reviews.save_answers(int(sys.argv[2]), [answer], at=at, by=None)
        store.trail.add("answered", actor_id=None, at=at, number=number)
    print(number, flush=True)
"""


class TestKill:
    """On SQLite, which lives in the very process that is killed."""

    @pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
    @pytest.mark.parametrize("units", [pytest.param(1, id="one unit"), pytest.param(60, id="sixty units")])
    def test_what_was_acknowledged_is_there_after_the_process_is_killed(
        self, database, database_url, drawn, units
    ):
        with database.begin() as store:
            review_id = store.reviews.of(drawn.round.id)[0].id
        database.dispose()
        command = [sys.executable, "-c", WRITER, database_url, str(review_id)]
        with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as writer:
            for _ in range(units):
                acknowledged = int(writer.stdout.readline())
            writer.send_signal(signal.SIGKILL)
            acknowledged = max([acknowledged, *map(int, writer.stdout.read().split())])
        assert writer.returncode == -signal.SIGKILL
        reopened = open_database(database_url)
        with reopened.begin() as store:
            items = sorted(store.reviews.get(review_id).answers)
            told = [entry.about["number"] for entry in store.trail.entries() if entry.action == "answered"]
        reopened.dispose()
        assert items[: acknowledged + 1] == [f"item-{number:06}" for number in range(acknowledged + 1)]
        assert len(items) == len(told) <= acknowledged + 2
        connection = sqlite3.connect(make_url(database_url).database)
        assert connection.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
        connection.close()


class TestReopening:
    def test_what_was_kept_is_there_for_another_process(self, database, database_url, drawn):
        database.dispose()
        other = Database(database_url)
        with other.begin() as store:
            assert store.cases.of(drawn.round.id) == drawn.cases
        other.dispose()
