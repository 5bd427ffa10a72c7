"""Filled-in sheets where a case is read by two, and where the browser was quicker; on both databases."""

import openpyxl
import pytest
from double_round import open_second, readings, write
from small_round import KEY, answers_to, fill, under_way

from lirk.domain.obstacles import Obstacle, ObstacleReason, Settlement
from lirk.domain.people import Role
from lirk.domain.reviews import Answer, CaseStatus, Reading
from lirk.domain.round_rules import RoundRules
from lirk.domain.settling import ReviewFinished
from lirk.errors import NotFound, ProblemsFound
from lirk.services import assigning, finishing, reviewing, round_rules, settling

NOT_FOUND = CaseStatus.NOT_FOUND


class Town:
    """A round that anne reads, and bo case 2 beside her."""

    def __init__(self, made):
        self.made = made
        self.now = made.now

    def __call__(self, act, *args, who=None, **named):
        with self.made.acting(who) as (store, actor):
            return act(store, actor, *args, **named)

    def hand_in(self, username, number=2, *, who=None, reason=None, **said):
        cases = {number: self.made.cases()[number].case_id}
        return self.made.hand_in(answers_to(username, cases, **said), who=who or username, reason=reason)

    def review(self, review_id):
        with self.made.acting() as (store, _):
            return store.reviews.get(review_id)

    def obstacle(self, number=2, reading=Reading.SECOND):
        with self.made.acting() as (store, _):
            found = store.obstacles.of(store.rounds.by_key(KEY).id, reading=reading)
        return found.get(self.made.cases()[number].id)

    def save(self, review_id, value, note="", *, version, who="anne", item="clear", in_doubt=False):
        answer = Answer(item_id=item, value=value, note=note, in_doubt=in_doubt)
        return self(reviewing.save_answer, review_id, item, answer, version=version, now=self.now, who=who)

    def of(self, number=2):
        return readings(self.made.database, KEY, number)

    def status(self, number=2):
        return self.made.cases()[number].status

    def problems(self, act, *args, **named):
        with pytest.raises(ProblemsFound) as refused:
            act(*args, **named)
        return [(one.code, one.values["number"]) for one in refused.value.problems]


@pytest.fixture
def town(database, tmp_path, now):
    made = under_way(database, tmp_path, now, "anne")
    for username in ("bo", "carl"):
        made.add(username)
    open_second(database, now, "bo", 2, key=KEY)
    return Town(made)


class TestStatusOfASecondReader:
    def test_it_is_reported_and_neither_moves_the_case_nor_touches_the_first_reading(self, town):
        first, _ = town.of()
        write(town.made.database, first.id, town.now, clear="yes", reasons="no")
        before = town.review(first.id)
        result = town.hand_in("bo", value="", status=NOT_FOUND, note="Ikke i arkivet")
        assert (result.reported, result.not_found, result.unfinished) == ((2,), (), 0)
        assert (town.status(), town.review(first.id)) == (CaseStatus.TO_REVIEW, before)
        told = town.obstacle()
        assert (told.reason, told.note, told.settlement) == (
            ObstacleReason.NOT_FOUND,
            "Ikke i arkivet",
            None,
        )
        assert town.obstacle(reading=Reading.FIRST) is None

    def test_it_stands_in_the_trail_as_a_report_and_not_as_a_move(self, town):
        town.hand_in("bo", value="", status=NOT_FOUND)
        reported, imported = town.made.trail()[-2:]
        about = reported.about
        assert (reported.action, about["reason"], about["number"]) == ("obstacle-reported", "not-found", 2)
        assert (imported.action, imported.about["statuses"]) == ("answers-imported", [])

    def test_the_same_again_reports_nothing_also_after_the_coordinator_decided(self, town):
        town.hand_in("bo", value="", status=NOT_FOUND)
        assert town.hand_in("bo", value="", status=NOT_FOUND).reported == ()
        town(settling.settle_obstacle, KEY, 2, Settlement.RETURNED, reading=Reading.SECOND, now=town.now)
        assert town.hand_in("bo", value="", status=NOT_FOUND).reported == ()
        assert town.obstacle().settlement is Settlement.RETURNED

    def test_another_reason_takes_the_place_of_the_first(self, town):
        town.hand_in("bo", value="", status=NOT_FOUND)
        assert town.hand_in("bo", value="", status=CaseStatus.OUT_OF_SCOPE).reported == (2,)
        assert town.obstacle().reason is ObstacleReason.OUT_OF_SCOPE

    def test_a_finished_second_reading_is_reported_with_a_reason_only(self, town):
        _, second = town.of()
        write(town.made.database, second.id, town.now, clear="yes", reasons="no")
        with pytest.raises(ReviewFinished):
            town.hand_in("bo", value="", status=NOT_FOUND)
        town.hand_in("bo", value="", status=NOT_FOUND, reason="Læst den forkerte sag")
        assert (town.review(second.id).finished_at, town.status()) == (None, CaseStatus.TO_REVIEW)
        assert town.obstacle().settlement is None

    def test_it_does_not_find_again_what_the_first_reader_called_missing(self, town):
        _, second = town.of()
        write(town.made.database, second.id, town.now, finished=False, clear="yes")
        town.hand_in("anne", value="", status=NOT_FOUND)
        assert town.hand_in("bo", value="").changed == 0
        refused = town.problems(town.hand_in, "bo", value="no", note="x")
        assert (refused, town.status()) == ([("sheet-case-set-aside", "2")], NOT_FOUND)
        refused = town.problems(town.hand_in, "bo", value="", status=CaseStatus.OUT_OF_SCOPE)
        assert (refused, town.status()) == ([("sheet-case-set-aside", "2")], NOT_FOUND)

    def test_through_the_file(self, town):
        path = town.made.write_sheet("bo")
        fill(path, {"case/status": "Adgang mangler"}, note="Lukket mappe")
        [result] = town.made.import_sheets(path, who="bo")
        assert (result.reported, town.obstacle().note) == ((2,), "Lukket mappe")
        assert town.status() is CaseStatus.TO_REVIEW


class TestStatusOfAFirstReader:
    def test_a_finished_second_reading_counts_as_settled(self, town):
        _, second = town.of()
        write(town.made.database, second.id, town.now, clear="yes", reasons="no")
        with pytest.raises(ReviewFinished) as refused:
            town.hand_in("anne", value="", status=NOT_FOUND)
        assert refused.value.values == {"numbers": ["2"]}
        assert town.status() is CaseStatus.TO_REVIEW
        town.hand_in("anne", value="", status=NOT_FOUND, reason="Sagen er slettet")
        assert (town.status(), town.made.trail()[-1].about["reopened"]) == (NOT_FOUND, [2])

    def test_it_leaves_the_second_reader_nothing_to_wait_for(self, town):
        _, second = town.of()
        write(town.made.database, second.id, town.now, finished=False, clear="yes")
        town(reviewing.report_obstacle, second.id, "no-access", "", now=town.now, who="bo")
        town.hand_in("anne", value="", status=NOT_FOUND)
        assert town.obstacle().settlement is Settlement.RETURNED


def test_finishing_by_a_sheet_keeps_the_judgement(town):
    review = town.made.reviews()[1]
    for item in ("clear", "reasons"):
        if item == "clear" or town.made.cases()[1].outcome == "refusal":
            town.save(review.id, "no", "n", version=0, item=item)
    town(finishing.finish, review.id, judgement="in-order", now=town.now, who="anne")
    assert town.made.reviews()[1].judgement == "in-order"
    town.hand_in("anne", 1, value="yes", reason="Læst forkert")
    after = town.made.reviews()[1]
    assert (after.judgement, after.finished_at is None) == ("in-order", False)


class TestNewerThanTheSheet:
    @pytest.fixture
    def review(self, town):
        return town.made.reviews()[1]

    def written_with(self, town, review, value="partly", note="Første tanke"):
        town.save(review.id, value, note, version=0)
        return town.made.write_sheet("anne")

    def test_a_cell_that_was_not_filled_in_anew_leaves_the_newer_answer(self, town, review):
        path = self.written_with(town, review)
        town.save(review.id, "no", "Skrevet i browseren", version=1, in_doubt=True)
        before = town.made.reviews()[1]
        [result] = town.made.import_sheets(path, who="anne")
        assert (result.changed, town.made.reviews()[1].answers) == (0, before.answers)

    def test_a_cell_that_was_filled_in_anew_is_refused_and_nothing_is_kept(self, town, review):
        path = self.written_with(town, review)
        town.save(review.id, "no", "Skrevet i browseren", version=1)
        fill(path, {"clear": "Ja"})
        before = town.made.reviews(), town.made.trail()
        with pytest.raises(ProblemsFound) as refused:
            town.made.import_sheets(path, who="anne")
        [problem] = refused.value.problems
        assert (problem.code, problem.values["number"], problem.file) == (
            "sheet-answer-newer",
            "1",
            "anne.xlsx",
        )
        assert problem.row is not None
        assert (town.made.reviews(), town.made.trail()) == before

    def test_an_answer_given_meanwhile_to_what_was_unanswered_is_newer(self, town, review):
        path = town.made.write_sheet("anne")
        fill(path, {"clear": "Ja"}, numbers=(1,))
        town.save(review.id, "no", "Skrevet i browseren", version=0)
        assert town.problems(town.made.import_sheets, path, who="anne") == [("sheet-answer-newer", "1")]

    def test_the_same_answer_in_both_is_no_problem(self, town, review):
        path = self.written_with(town, review)
        town.save(review.id, "yes", "", version=1)
        fill(path, {"clear": "Ja"}, numbers=(1,))
        assert town.made.import_sheets(path, who="anne")[0].changed == 0

    def test_what_nobody_changed_meanwhile_is_taken_from_the_cell(self, town, review):
        path = self.written_with(town, review)
        fill(path, {"clear": "Ja"}, numbers=(1,))
        town.made.import_sheets(path, who="anne")
        assert town.made.reviews()[1].answers["clear"].value == "yes"

    def test_the_same_file_may_be_filled_in_further_and_imported_again(self, town, review):
        path = town.made.write_sheet("anne")
        fill(path, {"clear": "Ja"}, numbers=(1,))
        town.made.import_sheets(path, who="anne")
        fill(path, {"clear": "Nej"}, numbers=(1,), note="Set igen")
        town.made.import_sheets(path, who="anne", reason="Set igen")
        assert town.made.reviews()[1].answers["clear"].value == "no"
        write(town.made.database, review.id, town.now, clear=Answer(item_id="clear", value="partly"))
        assert town.problems(town.made.import_sheets, path, who="anne") == [("sheet-answer-newer", "1")]

    def test_a_sheet_without_the_hidden_column_is_read_as_before(self, town, review):
        path = self.written_with(town, review)
        without_written(path)
        town.save(review.id, "no", "Skrevet i browseren", version=1)
        town.made.import_sheets(path, who="anne")
        assert town.made.reviews()[1].answers["clear"].note == "Første tanke"

    def test_an_older_sheet_leaves_what_the_coordinator_found_of_a_case(self, town, review):
        path = town.made.write_sheet("anne")
        town.hand_in("anne", 1, value="", status=NOT_FOUND)
        town.made.import_sheets(path, who="anne")
        assert town.status(1) is NOT_FOUND

    def test_an_answer_that_lacks_its_note_is_passed_over_and_not_finished(self, town):
        number = next(one for one, case in town.made.cases().items() if case.outcome != "refusal")
        review = town.made.reviews()[number]
        town(give_without_note, review.id, town.now)
        path = town.made.write_sheet("anne")
        town.made.import_sheets(path, who="anne")
        assert town.made.reviews()[number].finished_at is None


def give_without_note(store, actor, review_id, at):
    store.reviews.save_answers(review_id, [Answer(item_id="clear", value="no")], at=at, by=actor.id)
    store.trail.add("made", actor_id=None, at=at)


def without_written(path):
    """Make a sheet as it was written before it told what it was written with."""
    book = openpyxl.load_workbook(path)
    for page in book.worksheets:
        for cell in page[1]:
            if cell.value == "written":
                page.delete_cols(cell.column)
    book.save(path)


class TestSetAside:
    def test_a_reported_reading_takes_no_answers(self, town):
        review = town.made.reviews()[1]
        town(reviewing.report_obstacle, review.id, "disqualified", "", now=town.now, who="anne")
        assert town.problems(town.hand_in, "anne", 1, value="yes") == [("sheet-case-set-aside", "1")]
        assert town.problems(town.hand_in, "anne", 1, value="", status=NOT_FOUND) == [
            ("sheet-case-set-aside", "1")
        ]
        after = town.made.reviews()[1]
        assert (after.finished_at, dict(after.answers), town.status(1)) == (None, {}, CaseStatus.TO_REVIEW)

    def test_an_ended_second_reading_takes_no_answers(self, town):
        _, second = town.of()
        town(reviewing.report_obstacle, second.id, "not-found", "", now=town.now, who="bo")
        town(settling.settle_obstacle, KEY, 2, Settlement.FINDING, reading=Reading.SECOND, now=town.now)
        assert town.problems(town.hand_in, "bo", value="yes") == [("sheet-case-set-aside", "2")]
        status = CaseStatus.NO_ACCESS
        assert town.problems(town.hand_in, "bo", value="", status=status) == [("sheet-case-set-aside", "2")]
        assert not town.review(second.id).answers

    def test_one_that_is_complete_is_not_finished_while_it_waits(self, town):
        review = town.made.reviews()[1]
        answers = {"clear": "yes", "reasons": "yes"}
        write(town.made.database, review.id, town.now, finished=False, **answers)
        town(reviewing.report_obstacle, review.id, "disqualified", "", now=town.now, who="anne")
        assert town.hand_in("anne", 1, value="").finished == 0
        assert town.made.reviews()[1].finished_at is None

    def test_every_case_is_named_with_the_file_and_nothing_is_kept(self, town):
        path = town.made.write_sheet("anne")
        fill(path, {"clear": "Ja"})
        for number in (1, 3):
            review = town.made.reviews()[number]
            with town.made.acting("anne") as (store, actor):
                write_obstacle(store, actor, review.case_id, town.now)
        with pytest.raises(ProblemsFound) as refused:
            town.made.import_sheets(path, who="anne")
        told = [(one.values["number"], one.file) for one in refused.value.problems]
        assert told == [("1", "anne.xlsx"), ("3", "anne.xlsx")]
        assert not any(review.answers for review in town.made.reviews().values())

    def test_the_other_reading_goes_on(self, town):
        first, _ = town.of()
        town(reviewing.report_obstacle, town.of()[1].id, "not-found", "", now=town.now, who="bo")
        assert town.hand_in("anne", value="yes").changed == 2
        assert town.review(first.id).finished_at


def write_obstacle(store, actor, case_pk, at):
    reason = ObstacleReason.NO_ACCESS
    store.obstacles.report(
        Obstacle(case_id=case_pk, reason=reason, note="", reported_at=at, reported_by=actor.id)
    )
    store.trail.add("made", actor_id=None, at=at)


class TestNoLongerTheirs:
    def closed(self, town):
        _, second = town.of()
        with town.made.acting() as (store, _):
            store.reviews.delete([second.id])
            store.trail.add("made", actor_id=None, at=town.now)

    def test_answers_to_a_closed_second_reading_are_dropped_and_told(self, town):
        open_second(town.made.database, town.now, "bo", 3, key=KEY)
        path = town.made.write_sheet("bo")
        fill(path, {"clear": "yes", "reasons": "no"}, note="Set")
        self.closed(town)
        [result] = town.made.import_sheets(path, who="bo")
        assert (result.gone, result.finished) == ((2,), 1)
        assert town.made.trail()[-1].about["gone"] == [2]

    def test_an_untouched_one_is_not_told(self, town):
        open_second(town.made.database, town.now, "bo", 3, key=KEY)
        path = town.made.write_sheet("bo")
        self.closed(town)
        assert town.made.import_sheets(path, who="bo")[0].gone == ()

    def test_after_the_share_was_lowered(self, town):
        town(round_rules.change_rules, KEY, RoundRules(double_percent=100), now=town.now)
        town(assigning.assign, KEY, reviewers=["anne", "bo"], now=town.now)
        path = town.made.write_sheet("bo")
        mine = {case.number for case in town.made.sheet("bo").cases}
        fill(path, {"clear": "yes", "reasons": "no"}, note="Set")
        town(round_rules.change_rules, KEY, RoundRules(double_percent=0), now=town.now)
        town(assigning.assign, KEY, reviewers=["anne", "bo"], now=town.now)
        with town.made.acting() as (store, _):
            who, round_ = store.people.by_username("bo").id, store.rounds.by_key(KEY)
            left = {
                review.case_id
                for reading in (Reading.FIRST, Reading.SECOND)
                for review in store.reviews.of(round_.id, reading=reading, reviewer_id=who)
            }
        still = {number for number, case in town.made.cases().items() if case.id in left}
        assert mine - still
        [result] = town.made.import_sheets(path, who="bo")
        assert (set(result.gone), result.finished) == (mine - still, len(still))

    def test_a_case_that_the_file_was_not_written_with_is_refused_whether_it_exists_or_not(self, town):
        for other in (1, 77):
            path = town.made.write_sheet("bo")
            fill(path, {"clear": "yes"}, renumber={2: other})
            assert {code for code, _ in town.problems(town.made.import_sheets, path, who="bo")} == {
                "sheet-case-not-here"
            }


class TestBlindness:
    @pytest.fixture
    def town(self, database, tmp_path, now):
        made = under_way(database, tmp_path, now, "anne")
        made.add("bo", Role.COORDINATOR, Role.REVIEWER)
        open_second(database, now, "bo", 2, key=KEY)
        return Town(made)

    def test_the_other_reader_hands_nothing_in_for_the_first(self, town):
        before = town.made.trail()
        for value in ("yes", "no", ""):
            with pytest.raises(NotFound):
                town.hand_in("anne", value=value, note="x", who="bo")
        assert town.made.trail() == before
        assert town.hand_in("anne", 1, value="yes", who="bo").changed == 2

    def test_nor_by_a_file_from_which_the_case_is_left_out_and_told(self, town):
        path = town.made.write_sheet("anne")
        fill(path, {"clear": "yes", "reasons": "no"}, note="Set")
        [result] = town.made.import_sheets(path, who="bo")
        assert result.gone == (2,)
        assert not town.review(town.of()[0].id).answers
        assert town.made.import_sheets(path, who="anne")[0].gone == ()
        assert town.review(town.of()[0].id).answers

    def test_their_own_reading_they_hand_in(self, town):
        assert town.hand_in("bo", value="yes").changed == 2
