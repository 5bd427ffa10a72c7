"""What two readers agree on, who decides, what keeps the round open, and what the reports take; both databases."""

from datetime import timedelta

import pytest
from double_round import open_second, readings, write
from small_round import KEY, fill, under_way

from lirk.domain.people import Role
from lirk.domain.reconciliation import AgreedElsewhere, MayNotDecide, NothingToAgree
from lirk.domain.reviews import Answer, CaseStatus, Reading
from lirk.errors import NotAllowed, NotFound, ProblemsFound
from lirk.services import blindness, reconciling, reviewing, reviews, round_log, settling, todo
from lirk.services.agreement import agreement_page
from lirk.services.closing import further_blockers
from lirk.services.read_twice import counted_reviews
from lirk.services.report_material import material

WHY = "Brevet nævner ikke fristen"


class Town:
    """Anne reads all cases; Bo reads some of them, too; Carl reads none."""

    def __init__(self, made, *numbers):
        self.made, self.now = made, made.now
        open_second(made.database, made.now, "bo", *numbers, key=KEY)

    def __call__(self, act, *args, who=None, **more):
        with self.made.acting(who) as (store, actor):
            return act(store, actor, *args, **more)

    def of(self, number):
        return readings(self.made.database, KEY, number)

    def read(self, number, first, second, *, at=None, finished=True):
        at = at or self.now
        for one, value in zip(self.of(number), (first, second), strict=True):
            note = Answer(item_id="clear", value=value, note=f"{one.username} {number}")
            write(
                self.made.database, one.id, at, finished=finished, clear=note, reasons="no", outcome="refusal"
            )
        return self.of(number)[0].id

    def agree(self, id_, value="no", reason=WHY, *, item="clear", version=0, who="anne", days=1):
        return self(
            reconciling.agree,
            id_,
            item,
            value,
            reason,
            version=version,
            now=self.now + timedelta(days=days),
            who=who,
        )

    def page(self, id_, who="anne"):
        return self(reconciling.reconciliation_page, id_, who=who)

    def blockers(self):
        with self.made.acting() as (store, _):
            found = further_blockers(store, store.rounds.by_key(KEY))
        return found.get("readings-differ", ())


@pytest.fixture
def town(database, tmp_path, now):
    made = under_way(database, tmp_path, now, "anne")
    for username in ("bo", "carl"):
        made.add(username)
    made.add("kira", Role.COORDINATOR)
    made.add("lea", Role.CENTRE_LEADER, centres=frozenset({"Center Nord"}))
    return Town(made, 2, 3)


class TestBlindness:
    def test_a_reader_sees_the_others_reading_when_both_are_finished(self, town):
        first, second = town.of(2)
        assert not town(blindness.may_see_reading, second.id, who="anne")
        assert not town(blindness.may_see_reading, first.id, who="bo")
        assert town(blindness.may_see_reading, first.id, who="anne")
        assert town(blindness.may_see_reading, first.id, who="kira")
        write(town.made.database, first.id, town.now, clear="yes", reasons="no")
        assert not town(blindness.may_see_reading, first.id, who="bo")
        write(town.made.database, second.id, town.now, clear="yes", reasons="no")
        assert town(blindness.may_see_reading, first.id, who="bo")

    def test_the_hidden_reviews_of_a_round_are_those_of_the_other(self, town):
        with town.made.acting("anne") as (store, anne):
            hidden = blindness.hidden_reviews(store, anne, store.rounds.by_key(KEY).id)
        assert hidden == {town.of(2)[1].id, town.of(3)[1].id}

    def test_a_coordinator_who_reads_the_case_never_opens_the_others_review(self, database, tmp_path, now):
        made = under_way(database, tmp_path, now, "anne")
        made.add("bo", Role.COORDINATOR, Role.REVIEWER)
        made.add("kira", Role.COORDINATOR)
        town = Town(made, 2)
        first, _ = town.of(2)
        write(database, first.id, now, clear="yes", finished=False)
        assert town(reviewing.open_review, first.id, who="kira")
        with pytest.raises(NotFound):
            town(reviewing.open_review, first.id, who="bo")
        town.read(2, "yes", "no")
        with pytest.raises(NotFound):
            town(reviewing.open_review, first.id, who="bo")
        sheet = town(reviews.sheet_for, KEY, "anne", who="bo")
        assert [case.number for case in sheet.cases] == [n for n in made.cases() if n != 2]
        assert len(town(reviews.sheet_for, KEY, "anne", who="kira").cases) == len(made.cases())

    def test_the_log_leaves_out_the_others_answers_until_both_are_finished(self, database, tmp_path, now):
        made = under_way(database, tmp_path, now, "anne")
        made.add("bo", Role.COORDINATOR, Role.REVIEWER)
        town = Town(made, 1)
        first, _ = town.of(1)
        given = Answer(item_id="clear", value="yes")
        town(reviewing.save_answer, first.id, "clear", given, version=0, now=now, who="anne")

        def told():
            found = town(round_log.trail_page, KEY, answers=True, who="bo").entries
            return [entry.action for entry, _ in found].count("answer-given")

        assert told() == 0
        town.read(1, "yes", "no")
        assert told() == 1

    def test_second_readings_stand_in_a_sheet_like_others(self, town):
        sheet = town(reviews.sheet_for, KEY, "bo", who="bo")
        assert [case.number for case in sheet.cases] == [2, 3]
        path = town.made.write_sheet("bo")
        fill(path, {"clear": "yes", "reasons": "no"}, note="Set")
        [result] = town.made.import_sheets(path, who="bo")
        assert (result.finished, result.unfinished) == (2, 0)
        assert [one.finished for one in _pair(town, 2)] == [False, True]


def _pair(town, number):
    with town.made.acting() as (store, _):
        round_ = store.rounds.by_key(KEY)
        [found] = [one for one in store.reconciliations.read_twice(round_.id) if one.number == number]
    return found.first, found.second


class TestReconciliationPage:
    def test_it_is_there_when_both_are_finished(self, town):
        first, second = town.of(2)
        write(town.made.database, first.id, town.now, clear="yes", reasons="no")
        for who in ("anne", "bo", "kira"):
            with pytest.raises(NotFound):
                town.page(first.id, who=who)
        write(town.made.database, second.id, town.now, clear="no", reasons="no")
        assert [one.id for one in town.page(first.id, who="bo").found.open] == ["clear"]

    @pytest.mark.parametrize(("who", "error"), [("carl", NotFound), ("lea", NotAllowed)])
    def test_nobody_else_sees_it(self, town, who, error):
        id_ = town.read(2, "yes", "no")
        with pytest.raises(error):
            town.page(id_, who=who)

    def test_it_has_one_address(self, town):
        town.read(2, "yes", "no")
        with pytest.raises(NotFound):
            town.page(town.of(2)[1].id)

    def test_a_case_that_was_found_missing_has_none(self, town):
        id_ = town.read(2, "yes", "no")
        with town.made.acting() as (store, _):
            case = store.cases.by_number(store.rounds.by_key(KEY).id, 2)
            store.cases.set_status(case.id, CaseStatus.NOT_FOUND)
            store.trail.add("made", actor_id=None, at=town.now)
        assert town.blockers() == ()
        with pytest.raises(NotFound):
            town.page(id_)


class TestAgree:
    def test_the_agreed_answer_counts_and_the_originals_stay(self, town):
        id_ = town.read(2, "yes", "no")
        assert town.blockers() == (2,)
        assert town.agree(id_).complete
        assert town.blockers() == ()
        kept = town.page(id_).kept
        assert (kept.answers["clear"].value, kept.answers["clear"].reason) == ("no", WHY)
        assert kept.settled_at == town.now + timedelta(days=1)
        both = town.of(2)
        with town.made.acting() as (store, _):
            values = [store.reviews.get(one.id).answers["clear"].value for one in both]
        assert values == ["yes", "no"]

    def test_two_at_once_do_not_overwrite_each_other(self, town):
        id_ = town.read(2, "yes", "no")
        town.agree(id_)
        with pytest.raises(AgreedElsewhere):
            town.agree(id_, "yes", who="bo")
        assert town.page(id_).kept.answers["clear"].value == "no"
        town.agree(id_, "yes", who="bo", version=1)
        assert town.page(id_).kept.answers["clear"].value == "yes"

    def test_the_same_again_changes_nothing(self, town):
        id_ = town.read(2, "yes", "no")
        town.agree(id_)
        before = len(town.made.trail())
        town.agree(id_, version=1)
        assert len(town.made.trail()) == before

    def test_what_cannot_be_kept_is_refused(self, town):
        id_ = town.read(2, "yes", "no")
        with pytest.raises(ProblemsFound):
            town.agree(id_, reason="")
        with pytest.raises(NothingToAgree):
            town.agree(id_, item="reasons")
        assert town.page(id_).kept.answers == {}

    def test_the_log_has_no_answer(self, town):
        town.agree(town.read(2, "yes", "no"))
        [entry] = [one for one in town.made.trail() if one.action == "reading-agreed"]
        assert entry.about == {
            "round": KEY,
            "number": 2,
            "checklist": "breve",
            "item": "clear",
            "version": 1,
            "settled": True,
        }

    def test_a_reading_that_is_opened_again_asks_again_for_what_differs(self, town):
        id_ = town.read(2, "yes", "no")
        town.agree(id_)
        town(
            reconciling.reopen_reading,
            id_,
            Reading.SECOND,
            "Bo så forkert",
            now=town.now + timedelta(days=2),
            who="kira",
        )
        with pytest.raises(NotFound):
            town.page(id_)
        with town.made.acting() as (store, _):
            case = store.cases.by_number(store.rounds.by_key(KEY).id, 2)
            assert store.reconciliations.kept(case.id, "breve").settled_at is None
        town.read(2, "yes", "partly", at=town.now + timedelta(days=3))
        assert [one.id for one in town.page(id_).found.open] == ["clear"]
        assert town.blockers() == (2,)
        assert town.agree(id_, version=1, days=4).complete

    def test_reopening_the_case_asks_again_too(self, town):
        id_ = town.read(2, "yes", "no")
        town.agree(id_)
        town(settling.reopen_case, KEY, 2, "Anne så forkert", now=town.now, who="kira")
        assert not _pair(town, 2)[0].finished
        with pytest.raises(NotFound):
            town.page(id_)

    def test_only_the_coordinator_opens_a_reading_again(self, town):
        id_ = town.read(2, "yes", "no")
        with pytest.raises((NotAllowed, NotFound)):
            town(reconciling.reopen_reading, id_, Reading.FIRST, "Fordi", now=town.now, who="anne")


class TestAskThird:
    def test_the_third_decides(self, town):
        id_ = town.read(2, "yes", "no")
        third = town(reconciling.ask_third, id_, "carl", now=town.now, who="bo")
        assert third.username == "carl"
        assert [one.review_id for one in town(reconciling.to_reconcile, who="carl")] == [id_]
        assert town.agree(id_, who="carl").complete
        assert town(reconciling.to_reconcile, who="carl") == ()

    @pytest.mark.parametrize("who", ["anne", "bo", "lea", "nobody"])
    def test_neither_a_reader_nor_one_who_may_not_read_the_case(self, town, who):
        id_ = town.read(2, "yes", "no")
        with pytest.raises(MayNotDecide):
            town(reconciling.ask_third, id_, who, now=town.now, who="anne")

    def test_not_where_nothing_differs(self, town):
        id_ = town.read(2, "yes", "yes")
        with pytest.raises(NothingToAgree):
            town(reconciling.ask_third, id_, "carl", now=town.now, who="anne")


class TestLists:
    def test_readers_are_told_what_waits_for_them(self, town):
        assert town(reconciling.to_reconcile, who="anne") == ()
        id_ = town.read(2, "yes", "no")
        town.read(3, "yes", "yes")
        for who in ("anne", "bo"):
            [line] = town(reconciling.to_reconcile, who=who)
            assert (line.review_id, line.number, line.open) == (id_, 2, 1)
        assert town(reconciling.to_reconcile, who="kira") == ()

    def test_the_coordinator_is_told_of_counts_until_both_are_finished(self, town):
        write(town.made.database, town.of(2)[0].id, town.now, clear="yes", reasons="no")
        town.read(3, "yes", "no")
        rows = town(reconciling.double_page, KEY, who="kira").rows
        told = [(one.number, one.finished, one.open, one.review_id is not None) for one in rows]
        assert told == [(2, 1, None, False), (3, 2, 1, True)]

    def test_the_coordinator_is_told_what_waits(self, town):
        town.read(2, "yes", "no")
        with town.made.acting("kira") as (store, kira):
            waiting = todo.waiting(store, kira, store.rounds.by_key(KEY))
        assert [(one.count, one.path) for one in waiting if one.code == "readings-differ"] == [(1, "/double")]


class TestAgreementPage:
    def test_nothing_is_told_before_all_are_finished(self, town):
        town.read(2, "yes", "no")
        found = town(agreement_page, KEY, who="kira")
        assert (found.pairs, found.read, found.forms) == (2, 1, ())
        town.read(3, "yes", "yes")
        [form] = town(agreement_page, KEY, who="kira").forms
        clear = form.items[0]
        assert (clear.pairs, clear.alike) == (2, 1)

    def test_only_for_the_coordinator(self, town):
        with pytest.raises(NotAllowed):
            town(agreement_page, KEY, who="anne")


class TestWhatCounts:
    def test_reports_and_notes_take_the_settled_answers(self, town):
        town.agree(town.read(2, "yes", "no"))
        town.read(3, "yes", "yes")
        with town.made.acting() as (store, _):
            round_ = store.rounds.by_key(KEY)
            cases = {case.id: case.number for case in store.cases.of(round_.id)}
            counted = {cases[one.case_id]: one.answers for one in counted_reviews(store, round_)}
            taken = {
                case.number: case.answers["breve"].get("clear")
                for of_centre in material(store, round_).cases.values()
                for case in of_centre
                if case.number in {2, 3}
            }
        assert counted[2]["clear"].note == "bo 2"
        assert counted[3]["clear"].note == "anne 3\nbo 3"
        assert taken == {2: "no", 3: "yes"}

    def test_nothing_is_taken_before_it_is_agreed(self, town):
        id_ = town.read(2, "yes", "no")
        with town.made.acting() as (store, _):
            round_ = store.rounds.by_key(KEY)
            [first] = [one for one in counted_reviews(store, round_) if one.id == id_]
        assert first.answers["clear"].value == "yes"
