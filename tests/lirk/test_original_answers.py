"""What two readers answered before they saw each other's answers stays, and agreement counts it; both databases."""

from datetime import timedelta

import pytest
from archive import ask
from double_round import open_second, readings, write
from small_round import CHECKLIST, KEY, under_way
from sqlalchemy.exc import IntegrityError

from lirk.domain.obstacles import Settlement
from lirk.domain.people import Role
from lirk.domain.reviews import Answer, Reading
from lirk.services import archiving, reconciling, reviewing, settling
from lirk.services.agreement import agreement_of, agreement_page

NEVER = "an original answer never changes"


class Town:
    """Anne has all cases, Bo reads the second of them too, and both have finished it: yes and no."""

    def __init__(self, made):
        self.made, self.now = made, made.now
        open_second(made.database, made.now, "bo", 2, key=KEY)
        self.first, self.second = readings(made.database, KEY, 2)
        self.read(self.first, "yes")
        self.read(self.second, "no")

    def read(self, reading, value, *, days=0):
        clear = Answer(item_id="clear", value=value, note=f"{reading.username}: {value}")
        write(
            self.made.database,
            reading.id,
            self.now + timedelta(days=days),
            clear=clear,
            reasons="no",
            outcome="refusal",
        )

    def reopen(self, reading, which=Reading.FIRST):
        self(reconciling.reopen_reading, self.first.id, which, "Anne så forkert", now=self.now, who="kira")
        assert not self.review(reading).finished_at

    def __call__(self, act, *args, who=None, **more):
        with self.made.acting(who) as (store, actor):
            return act(store, actor, *args, **more)

    def review(self, reading):
        return self(lambda store, _: store.reviews.get(reading.id))

    def originals(self):
        return self(lambda store, _: dict(store.original_answers.of(store.rounds.by_key(KEY).id)))

    def clear(self):
        """How alike the two answered the item that they differ at."""
        [form] = self(lambda store, _: agreement_of(store, store.rounds.by_key(KEY)))
        return next(one for one in form.items if one.item.id == "clear")


@pytest.fixture
def town(database, tmp_path, now):
    made = under_way(database, tmp_path, now, "anne")
    made.add("bo")
    made.add("kira", Role.COORDINATOR)
    return Town(made)


class TestReopened:
    def test_nothing_is_kept_before_a_reading_is_opened_again(self, town):
        assert town.originals() == {}
        assert town(reconciling.reconciliation_page, town.first.id, who="anne").before == (None, None)

    def test_what_both_had_answered_is_kept(self, town):
        town.reopen(town.first)
        kept = town.originals()
        assert {id_: of["clear"].value for id_, of in kept.items()} == {
            town.first.id: "yes",
            town.second.id: "no",
        }
        assert kept[town.first.id]["clear"].note == "anne: yes"

    def test_by_the_page_of_the_case_too(self, town):
        town(settling.reopen_case, KEY, 2, "Anne så forkert", now=town.now, who="kira")
        assert town.originals()[town.first.id]["clear"].value == "yes"

    def test_the_first_answers_are_the_original_ones_however_often(self, town):
        town.reopen(town.first)
        town.read(town.first, "no", days=1)
        town.reopen(town.second, Reading.SECOND)
        town.read(town.second, "yes", days=2)
        town.reopen(town.first)
        assert [town.originals()[one.id]["clear"].value for one in (town.first, town.second)] == ["yes", "no"]

    def test_nothing_is_kept_of_a_reading_that_nobody_else_has_seen(self, town, now):
        open_second(town.made.database, now, "bo", 3, key=KEY)
        first, _ = readings(town.made.database, KEY, 3)
        town.read(first, "yes")
        town(settling.reopen_case, KEY, 3, "Anne så forkert", now=town.now, who="kira")
        assert town.originals() == {}

    def test_who_is_unfit_leaves_no_answer_behind(self, town):
        town.reopen(town.second, Reading.SECOND)
        town.made.add("carl")
        town(reviewing.report_obstacle, town.second.id, "disqualified", "", now=town.now, who="bo")
        taken = {"reading": Reading.SECOND, "reviewer": "carl", "now": town.now}
        town(settling.settle_obstacle, KEY, 2, Settlement.REASSIGNED, **taken, who="kira")
        assert town.review(town.second).answers == {}
        assert set(town.originals()) == {town.first.id}


class TestAgreement:
    def test_is_counted_on_what_they_answered_before_they_saw_each_other(self, town):
        assert (town.clear().pairs, town.clear().alike) == (1, 0)
        town.reopen(town.first)
        town.read(town.first, "no", days=1)
        assert (town.clear().pairs, town.clear().alike) == (1, 0)

    def test_counts_cases_however_many_checklists(self, database, tmp_path, now):
        other = CHECKLIST.replace('id = "breve"', 'id = "svar"')
        made = under_way(database, tmp_path, now, "anne", checklists=(CHECKLIST, other))
        made.add("bo")
        open_second(database, now, "bo", 2, key=KEY)
        for checklist in ("breve", "svar"):
            for one, value in zip(readings(database, KEY, 2, checklist), ("yes", "no"), strict=True):
                write(database, one.id, now, clear=value, reasons="no", outcome="refusal")
        with made.acting() as (store, actor):
            page = agreement_page(store, actor, KEY)
            [todo] = reconciling.readings_differ(store, actor, page.round)
        assert (page.pairs, page.read, len(page.forms)) == (1, 1, 2)
        assert (todo.code, todo.count) == ("readings-differ", 1)

    def test_the_page_of_the_case_shows_both(self, town):
        town.reopen(town.first)
        town.read(town.first, "no", days=1)
        page = town(reconciling.reconciliation_page, town.first.id, who="bo")
        assert page.found.complete
        before, of_second = page.before
        assert (before["clear"].value, of_second) == ("yes", None)

    def test_the_archive_has_both(self, town):
        town.reopen(town.first)
        town.read(town.first, "no", days=1)
        with town.made.acting() as (store, _):
            round_ = store.rounds.by_key(KEY)
            found = archiving._answers(store, round_, tuple(store.cases.of(round_.id)))
            [row] = [one for one in found if (one.number, one.id) == (2, "clear")]
        assert (row.first, row.second, row.first_before, row.second_before) == ("no", "no", "yes", "no")


class TestKept:
    """Whoever asks the database, and with whatever program."""

    @pytest.fixture
    def kept(self, town):
        town.reopen(town.first)
        before = town.originals()
        yield town
        assert town.originals() == before

    @pytest.mark.parametrize(
        "change", ["value = 'yes'", "note = ''", "review_id = review_id", "answered_by = NULL"]
    )
    def test_not_updated(self, kept, database_url, change):
        with pytest.raises(IntegrityError, match=NEVER):
            ask(database_url, f"UPDATE {{schema}}original_answer SET {change}")  # noqa: S608

    def test_not_deleted(self, kept, database_url):
        with pytest.raises(IntegrityError, match=NEVER):
            ask(database_url, "DELETE FROM {schema}original_answer")

    @pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
    def test_not_replaced(self, kept, database_url):
        with pytest.raises(IntegrityError, match=NEVER):
            ask(database_url, "INSERT OR REPLACE INTO original_answer SELECT * FROM original_answer")

    @pytest.mark.parametrize("database_url", ["postgres"], indirect=True)
    @pytest.mark.parametrize("table", ["original_answer", "review CASCADE"])
    def test_not_truncated(self, kept, database_url, table):
        with pytest.raises(IntegrityError, match=r"never changes|append-only"):
            ask(database_url, "TRUNCATE {schema}" + table)


def test_a_review_that_is_deleted_takes_its_originals_with_it(town):
    town.reopen(town.first)
    with town.made.acting() as (store, _):
        store.reviews.delete([town.first.id, town.second.id])
        store.trail.add("made", actor_id=None, at=town.now)
    assert town.originals() == {}
