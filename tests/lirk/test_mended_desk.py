"""The desk where two readings, two checklists and two writers meet."""

import pytest
from double_round import open_second, readings, write
from small_round import CHECKLIST, KEY, under_way

from lirk.domain.obstacles import Settlement
from lirk.domain.people import Role
from lirk.domain.reviews import Answer, Reading
from lirk.errors import NotFound
from lirk.services import (
    agreement,
    finishing,
    reconciling,
    reviewing,
    round_log,
    settling,
    todo,
    urgent_cases,
)
from lirk.services.blindness import hidden_reviews, may_see_reading
from lirk.storage.urgent_cases import UrgentCases

OTHER_CHECKLIST = CHECKLIST.replace('"breve"', '"data"', 1)


@pytest.fixture
def town(database, tmp_path, now):
    made = under_way(database, tmp_path, now, "anne")
    made.add("bo")
    made.add("leder", Role.CENTRE_LEADER, centres=("Center Nord",))
    return made


def act(town, service, *args, who=None, **more):
    with town.acting(who) as (store, actor):
        return service(store, actor, *args, **more)


def both(town, number, checklist="breve"):
    return readings(town.database, KEY, number, checklist)


def finish(town, *reads, value="yes"):
    for one in reads:
        write(town.database, one.id, town.now, clear=value, reasons="no")


class TestHandling:
    def test_a_reason_that_comes_while_it_is_handled_erases_nothing(self, town, monkeypatch):
        """The reader's page was made before the coordinator wrote, and is sent after."""
        review = town.reviews()[1].id
        act(town, urgent_cases.raise_urgent, review, "Mangler bolig", who="anne", now=town.now)
        with town.acting() as (store, _):
            before = store.urgent_cases.get(review)
        act(town, urgent_cases.handle_urgent, KEY, review, "Ringet, bolig fundet", now=town.now)
        monkeypatch.setattr(UrgentCases, "get", lambda *_: before)
        act(
            town, urgent_cases.raise_urgent, review, "Mangler stadig bolig",
            was="Mangler bolig", who="anne", now=town.now,
        )  # fmt: skip
        [row] = act(town, urgent_cases.urgent_of_round, KEY).waiting
        assert (row.reason, row.case.handling) == ("Mangler stadig bolig", "Ringet, bolig fundet")

    def test_the_same_reason_leaves_it_handled(self, town):
        review = town.reviews()[1].id
        act(town, urgent_cases.raise_urgent, review, "Mangler bolig", who="anne", now=town.now)
        act(town, urgent_cases.handle_urgent, KEY, review, "Bolig fundet", now=town.now)
        act(town, urgent_cases.raise_urgent, review, " Mangler bolig ", who="anne", now=town.now)
        assert act(town, urgent_cases.urgent_of_round, KEY).handled[0].case.handling == "Bolig fundet"


class TestOneRowForACase:
    @pytest.fixture
    def said_twice(self, town):
        open_second(town.database, town.now, "bo", 1, key=KEY)
        for one, reason in zip(both(town, 1), ("Frist i dag", "Barn i fare"), strict=True):
            act(town, urgent_cases.raise_urgent, one.id, reason, who=one.username, now=town.now)
        return town

    def test_the_centre_sees_a_case_once_with_all_that_was_said(self, said_twice):
        [row] = act(said_twice, urgent_cases.urgent_of_own_centres, who="leder")
        assert (row.case.number, row.reasons) == (1, ("Frist i dag", "Barn i fare"))
        assert act(said_twice, urgent_cases.urgent_to_see, who="leder") == 1

    def test_so_does_its_page(self, said_twice):
        for one in both(said_twice, 1):
            row = act(said_twice, urgent_cases.identify_urgent, one.id, who="leder", now=said_twice.now)
            assert row.reasons == ("Frist i dag", "Barn i fare")

    def test_what_is_handled_is_left_out(self, said_twice):
        one, _ = both(said_twice, 1)
        act(said_twice, urgent_cases.handle_urgent, KEY, one.id, "Ringet", now=said_twice.now)
        [row] = act(said_twice, urgent_cases.urgent_of_own_centres, who="leder")
        assert row.reasons == ("Barn i fare",)

    def test_the_coordinator_handles_each(self, said_twice):
        assert len(act(said_twice, urgent_cases.urgent_of_round, KEY).waiting) == 2


class TestReopened:
    @pytest.mark.parametrize("reading", [Reading.FIRST, Reading.SECOND])
    def test_its_reader_is_told_why_and_nobody_else(self, town, reading):
        open_second(town.database, town.now, "bo", 1, key=KEY)
        one, two = both(town, 1)
        finish(town, one)
        finish(town, two, value="no")
        why = "Læs bilag 3"
        act(town, reconciling.reopen_reading, one.id, reading, why, now=town.now)
        for read, told in ((one, Reading.FIRST), (two, Reading.SECOND)):
            expected = why if told is reading else ""
            assert act(town, finishing.summary, read.id, who=read.username).reopened == expected
            queue = act(town, reviewing.queue, who=read.username, show=reviewing.Show.ALL)
            rows = {row.number: row.reopened for of_round in queue.rounds for row in of_round.rows}
            assert rows[1] == expected

    def test_with_the_checklist_that_was_opened(self, database, tmp_path, now):
        town = under_way(database, tmp_path, now, "anne", checklists=(CHECKLIST, OTHER_CHECKLIST))
        town.add("bo")
        open_second(database, now, "bo", 1, key=KEY)
        breve, data = both(town, 1), both(town, 1, "data")
        finish(town, *breve, *data)
        act(town, reconciling.reopen_reading, data[0].id, Reading.FIRST, "Se igen", now=now)
        with town.acting() as (store, _):
            store.reviews.reopen(breve[0].id)
            store.trail.add("made", actor_id=None, at=now)
        told = [act(town, finishing.summary, one[0].id, who="anne").reopened for one in (breve, data)]
        assert told == ["", "Se igen"]


class TestTwoChecklists:
    @pytest.fixture
    def town(self, database, tmp_path, now):
        made = under_way(database, tmp_path, now, "anne", checklists=(CHECKLIST, OTHER_CHECKLIST))
        made.add("bo")
        made.add("mona", Role.COORDINATOR, Role.REVIEWER)
        open_second(database, now, "mona", 2, key=KEY)
        return made

    def sees(self, town, who="anne"):
        one, _ = both(town, 2)
        try:
            act(town, reconciling.reconciliation_page, one.id, who=who)
        except NotFound:
            return False
        return True

    def test_nothing_is_held_together_before_both_have_read_all(self, town):
        breve, data = both(town, 2), both(town, 2, "data")
        steps = [breve[:1], breve[1:], data[:1], data[1:]]
        for seen, step in enumerate(steps):
            assert not self.sees(town), seen
            assert not act(town, reconciling.to_reconcile, who="anne")
            with town.acting("mona") as (store, mona):
                round_ = store.rounds.by_key(KEY)
                assert not may_see_reading(store, mona, breve[0].id)
                assert hidden_reviews(store, mona, round_.id) == {breve[0].id, data[0].id}
                assert "readings-differ" not in [one.code for one in todo.waiting(store, mona, round_)]
            finish(town, *step, value=("yes", "no")[seen % 2])
        assert self.sees(town)
        assert len(act(town, reconciling.to_reconcile, who="anne")) == 2
        with town.acting("mona") as (store, mona):
            assert may_see_reading(store, mona, breve[0].id)

    def test_what_must_be_acted_on_waits_as_long(self, town):
        breve, data = both(town, 2), both(town, 2, "data")
        finish(town, *breve, data[0])
        act(town, urgent_cases.raise_urgent, breve[0].id, "Frist i dag", who="anne", now=town.now)
        assert act(town, urgent_cases.urgent_of_round, KEY, who="mona").waiting[0].blind
        finish(town, data[1])
        assert not act(town, urgent_cases.urgent_of_round, KEY, who="mona").waiting[0].blind

    def test_opened_again_one_checklist_closes_the_other(self, town):
        breve, data = both(town, 2), both(town, 2, "data")
        finish(town, *breve, *data)
        act(town, reconciling.reopen_reading, data[0].id, Reading.FIRST, "Se igen", now=town.now)
        assert not self.sees(town)

    def test_another_case_holds_nothing_up(self, town):
        open_second(town.database, town.now, "bo", 3, key=KEY)
        finish(town, *both(town, 2), *both(town, 2, "data"))
        assert self.sees(town)


class TestAgreement:
    @pytest.fixture
    def ended(self, town):
        """Two cases are read twice; the second reading of case 3 ended as a finding."""
        open_second(town.database, town.now, "bo", 2, 3, key=KEY)
        finish(town, both(town, 2)[1])
        _, two = both(town, 3)
        act(town, reviewing.report_obstacle, two.id, "not-found", "", who="bo", now=town.now)
        act(
            town,
            settling.settle_obstacle,
            KEY,
            3,
            Settlement.FINDING,
            reading=Reading.SECOND,
            now=town.now,
        )
        return town

    def test_is_told_without_a_second_reading_that_ended(self, ended):
        finish(ended, both(ended, 2)[0])
        page = act(ended, agreement.agreement_page, KEY)
        assert (page.pairs, page.read, len(page.forms)) == (1, 1, 1)

    def test_waits_for_the_others(self, ended):
        finish(ended, both(ended, 3)[0])
        page = act(ended, agreement.agreement_page, KEY)
        assert (page.pairs, page.read, page.forms) == (1, 0, ())


class TestLog:
    @pytest.fixture
    def blind(self, town):
        """Mona coordinates, and reads case 1 beside Anne."""
        town.add("mona", Role.COORDINATOR, Role.REVIEWER)
        open_second(town.database, town.now, "mona", 1, key=KEY)
        return town

    def answer(self, town, review, version=0, value="partly"):
        answer = Answer(item_id="clear", value=value, note=f"x{version}")
        act(town, reviewing.save_answer, review, "clear", answer, version=version, who="anne", now=town.now)

    def test_counts_nothing_of_what_is_kept_from_the_reader(self, blind):
        one, _ = both(blind, 1)
        before = act(blind, round_log.trail_page, KEY, answers=True, who="mona")
        for version in range(round_log.PAGE + 1):
            self.answer(blind, one.id, version)
        after = act(blind, round_log.trail_page, KEY, answers=True, who="mona", page=99)
        assert (after.count, after.pages, after.page) == (before.count, before.pages, before.page)
        assert after.entries == before.entries
        others = act(blind, round_log.trail_page, KEY, answers=True)
        assert (others.count, others.pages) == (before.count + round_log.PAGE + 1, before.pages + 1)

    def test_pages_are_full_and_in_order(self, blind):
        one, _ = both(blind, 1)
        other = blind.reviews()[2].id
        for version in range(round_log.PAGE):
            self.answer(blind, one.id, version)
            self.answer(blind, other, version)
        pages = [act(blind, round_log.trail_page, KEY, answers=True, who="mona", page=n) for n in (1, 2)]
        assert [len(page.entries) for page in pages] == [round_log.PAGE, pages[0].count - round_log.PAGE]
        versions = [entry.about["version"] for entry, _ in pages[0].entries]
        assert versions == sorted(versions, reverse=True)
        assert {entry.about["number"] for entry, _ in pages[0].entries} == {2}
