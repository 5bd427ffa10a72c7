"""What reviewers do: take their cases in a sheet, and hand the answers in; on both databases."""

from datetime import timedelta

import openpyxl
import pytest
from small_round import CHECKLIST, KEY, answers_to, fill, under_way

from checklists.load import load
from lirk.domain.people import Role
from lirk.domain.reviews import CaseStatus
from lirk.domain.settling import NothingAssigned, ReviewFinished
from lirk.errors import NotAllowed, NotFound, ProblemsFound
from lirk.services.people import PersonUnknown
from lirk.services.reviews import answer_codes, is_complete

YES, NO = {"clear": "Ja"}, {"clear": "Nej"}


@pytest.fixture
def town(database, tmp_path, now):
    """A round whose cases anne and bo have in hand."""
    return under_way(database, tmp_path, now, "anne", "bo")


def first(town, username="anne"):
    """The first of a reviewer's cases."""
    return next(iter(town.cases_of(username)))


def status_cell(path, number, said, note=None):
    """Write in a sheet whether a case can be reviewed."""
    fill(path, {"case/status": said}, numbers=(number,), note=note or "")


class TestSheetFor:
    def test_holds_the_reviewer_s_cases_and_nobody_else_s(self, town):
        sheet = town.sheet("anne")
        assert {case.number: case.case_id for case in sheet.cases} == town.cases_of("anne")
        assert (sheet.round_key, sheet.reviewer) == (KEY, "anne")
        assert [checklist.id for checklist in sheet.checklists] == ["breve"]

    def test_has_the_answers_that_were_given(self, town):
        town.answer("anne", first(town), value="no", note="Uklart")
        case = next(case for case in town.sheet("anne").cases if case.number == first(town))
        assert case.answers["breve"]["clear"].note == "Uklart"

    def test_leaves_out_what_was_replaced_and_has_what_took_its_place(self, town):
        number = first(town)
        called, _ = town.replace(number)
        numbers = [case.number for case in town.sheet("anne").cases]
        assert (number in numbers, called.number in numbers) == (False, True)

    def test_a_reviewer_takes_their_own(self, town):
        assert town.sheet("anne", who="anne") == town.sheet("anne")

    @pytest.mark.parametrize("username", ["bo", "ukendt"])
    def test_another_s_is_not_found_whether_it_exists_or_not(self, town, username):
        with pytest.raises(NotFound) as refused:
            town.sheet(username, who="anne")
        assert (refused.value.code, refused.value.values) == ("not-found", {})

    @pytest.mark.parametrize("username", ["anne", "ukendt"])
    def test_other_roles_take_none(self, town, username):
        town.add("lis", Role.CENTRE_LEADER, centres=["Center Nord"])
        with pytest.raises(NotAllowed):
            town.sheet(username, who="lis")

    def test_the_coordinator_is_told_that_nobody_has_the_name(self, town):
        with pytest.raises(PersonUnknown):
            town.sheet("ukendt")

    def test_there_is_none_for_who_has_no_cases(self, town):
        town.add("carl")
        with pytest.raises(NothingAssigned) as refused:
            town.sheet("carl")
        assert refused.value.values == {"name": "carl", "round": KEY}


class TestImportAnswers:
    def test_keeps_the_answers_and_finishes_what_is_complete(self, town, now):
        result = town.answer("anne", value="no", note="Uklart")
        reviews = {number: town.reviews()[number] for number in town.cases_of("anne")}
        assert (result.answers, result.changed, result.finished, result.unfinished) == (8, 8, 4, 0)
        assert {review.finished_at for review in reviews.values()} == {now}
        assert reviews[first(town)].answers["clear"].note == "Uklart"

    def test_says_so_in_the_trail_without_the_answers(self, town):
        town.answer("anne", first(town), value="no", note="Uklart")
        entry = town.trail()[-1]
        assert (entry.action, entry.about["reviewer"], entry.about["finished"]) == (
            "answers-imported",
            "anne",
            1,
        )
        assert "Uklart" not in repr(entry)

    def test_the_same_again_changes_nothing(self, town):
        town.answer("anne")
        before = town.reviews()
        town.now += timedelta(days=1)
        result = town.answer("anne")
        assert (result.answers, result.changed, result.finished) == (8, 0, 0)
        assert town.reviews() == before

    def test_no_answer_takes_none_away(self, town):
        town.answer("anne")
        before = town.reviews()
        town.answer("anne", value="")
        assert town.reviews() == before

    def test_answers_are_the_reviewer_s_whoever_hands_them_in(self, town):
        town.hand_in(answers_to("anne", {first(town): town.cases_of("anne")[first(town)]}), who="anne")
        assert town.trail()[-1].about["reviewer"] == "anne"

    @pytest.mark.parametrize("username", ["bo", "ukendt"])
    def test_a_reviewer_hands_in_nobody_else_s(self, town, username):
        before = town.trail()
        cases = town.cases_of("bo")
        with pytest.raises(NotFound) as refused:
            town.hand_in(answers_to(username, cases), who="anne")
        assert (refused.value.code, town.trail()) == ("not-found", before)

    @pytest.mark.parametrize("number", ["bo's", 99])
    def test_a_case_that_is_not_the_reviewer_s(self, town, number):
        wanted = first(town, "bo") if number == "bo's" else number
        before = town.reviews()
        for value in ("yes", ""):
            with pytest.raises(NotFound):
                town.hand_in(answers_to("anne", {wanted: "26/X01"}, value=value, status=CaseStatus.NOT_FOUND))
        assert town.reviews() == before
        assert {case.status for case in town.cases().values()} == {CaseStatus.TO_REVIEW}


class TestReopening:
    def test_a_finished_review_is_changed_with_a_reason_only(self, town):
        town.answer("anne")
        before = town.reviews()
        with pytest.raises(ReviewFinished) as refused:
            town.answer("anne", value="no", note="Uklart")
        assert refused.value.values == {"numbers": [str(number) for number in town.cases_of("anne")]}
        assert town.reviews() == before

    @pytest.mark.parametrize("reason", ["", "  "])
    def test_a_blank_is_no_reason(self, town, reason):
        town.answer("anne")
        with pytest.raises(ReviewFinished):
            town.answer("anne", value="no", note="Uklart", reason=reason)

    def test_with_a_reason_it_is_changed_finished_anew_and_told_in_the_trail(self, town):
        town.answer("anne")
        number = first(town)
        town.now += timedelta(days=1)
        result = town.answer("anne", number, value="no", note="Uklart", reason=" Læst forkert ")
        review = town.reviews()[number]
        assert (result.changed, result.finished) == (2, 1)
        assert (review.answers["clear"].value, review.finished_at) == ("no", town.now)
        about = town.trail()[-1].about
        assert (about["reopened"], about["reopen_reason"]) == ([number], "Læst forkert")

    def test_a_finished_case_is_called_missing_with_a_reason_only(self, town):
        town.answer("anne")
        number = first(town)
        with pytest.raises(ReviewFinished):
            town.answer("anne", number, value="", status=CaseStatus.NOT_FOUND)
        town.answer("anne", number, value="", status=CaseStatus.NOT_FOUND, reason="Sagen er slettet")
        assert town.cases()[number].status is CaseStatus.NOT_FOUND
        assert town.reviews()[number].finished_at is None

    def test_a_case_that_was_found_after_all_is_finished_with_the_answers_it_has(self, town):
        town.answer("anne")
        number = first(town)
        town.answer("anne", number, value="", status=CaseStatus.NOT_FOUND, reason="Sagen er slettet")
        assert town.answer("anne", number, value="", reason="Sagen er fundet").finished == 1
        assert town.cases()[number].status is CaseStatus.TO_REVIEW

    def test_an_older_sheet_does_not_undo_that_a_case_was_not_found(self, town):
        number = first(town)
        town.answer("anne", number, value="", status=CaseStatus.NOT_FOUND)
        with pytest.raises(ReviewFinished):
            town.answer("anne", number, value="")
        assert town.cases()[number].status is CaseStatus.NOT_FOUND


class TestStatuses:
    @pytest.mark.parametrize("status", [CaseStatus.NOT_FOUND, CaseStatus.NO_ACCESS])
    def test_a_missing_case_is_counted_and_needs_no_answers(self, town, status):
        number = first(town)
        result = town.answer("anne", number, value="", status=status, note="Ikke i arkivet")
        assert (result.not_found, result.unfinished, result.finished) == ((number,), 0, 0)
        assert town.cases()[number].status is status
        statuses = [{"number": number, "status": status.value, "note": "Ikke i arkivet"}]
        assert town.trail()[-1].about["statuses"] == statuses

    def test_out_of_scope_waits_for_its_replacement(self, town):
        number = first(town)
        assert town.answer("anne", number, value="", status=CaseStatus.OUT_OF_SCOPE).out_of_scope == (number,)
        called, _ = town.replace(number)
        assert called.number in town.cases_of("anne")


class TestImportSheets:
    def test_from_a_written_sheet_to_a_finished_review(self, town):
        path = town.write_sheet("anne")
        fill(path, YES)
        (result,) = town.import_sheets(path)
        refusals = sum(case.outcome == "refusal" for case in town.sheet("anne").cases)
        assert (result.finished, result.unfinished) == (4 - refusals, refusals)

    def test_the_same_file_again_changes_nothing(self, town):
        path = town.write_sheet("anne")
        fill(path, YES)
        town.import_sheets(path)
        before = town.reviews()
        town.now += timedelta(days=1)
        (again,) = town.import_sheets(path)
        assert (again.changed, town.reviews()) == (0, before)

    def test_an_empty_cell_takes_nothing_away(self, town):
        number = first(town)
        town.answer("anne", number, value="no", note="Uklart")
        path = town.write_sheet("anne")
        fill(path, {"clear": None, "reasons": None, "case/status": None})
        town.import_sheets(path)
        assert town.reviews()[number].answers["clear"].value == "no"

    def test_an_empty_status_leaves_a_missing_case_missing(self, town):
        number = first(town)
        town.answer("anne", number, value="", status=CaseStatus.NOT_FOUND)
        path = town.write_sheet("anne")
        fill(path, {"case/status": None})
        town.import_sheets(path)
        assert town.cases()[number].status is CaseStatus.NOT_FOUND

    def test_answers_to_a_case_that_was_replaced_meanwhile_are_not_kept_and_told(self, town):
        path = town.write_sheet("anne")
        fill(path, {"clear": "Ja", "reasons": "Ja"})
        number = first(town)
        called, _ = town.replace(number)
        (result,) = town.import_sheets(path)
        assert (result.replaced, result.finished) == ((number,), 3)
        assert town.cases()[number].status is CaseStatus.OUT_OF_SCOPE
        assert not town.reviews()[number].answers
        assert town.reviews()[called.number].finished_at is None

    def test_a_missing_case_through_the_sheet(self, town):
        path = town.write_sheet("anne")
        status_cell(path, first(town), "Sagen findes ikke", "Ikke i arkivet")
        (result,) = town.import_sheets(path)
        assert result.not_found == (first(town),)

    def test_all_or_none_and_the_problems_of_all(self, town):
        anne, bo = town.write_sheet("anne"), town.write_sheet("bo")
        fill(anne, YES)
        fill(bo, NO)
        before = town.trail()
        with pytest.raises(ProblemsFound) as refused:
            town.import_sheets(anne, bo)
        assert {(problem.code, problem.file) for problem in refused.value.problems} == {
            ("sheet-note-missing", "bo.xlsx")
        }
        assert len(refused.value.problems) == 4
        assert town.trail() == before
        assert not any(review.answers for review in town.reviews().values())

    def test_a_case_that_was_not_drawn(self, town):
        path = town.write_sheet("anne")
        fill(path, YES, renumber={first(town): 77})
        with pytest.raises(ProblemsFound) as refused:
            town.import_sheets(path)
        assert {problem.code for problem in refused.value.problems} == {"sheet-case-not-here"}

    def test_another_reviewer_s_sheet(self, town):
        path = town.write_sheet("bo")
        fill(path, YES)
        before = town.trail()
        with pytest.raises(NotFound):
            town.import_sheets(path, who="anne")
        assert town.trail() == before
        town.import_sheets(path, who="bo")

    def test_a_sheet_of_somebody_unknown(self, town):
        path = town.write_sheet("anne")
        book = openpyxl.load_workbook(path)
        meta = book["lirk"]
        for row in range(1, meta.max_row + 1):
            if meta.cell(row, 1).value == "reviewer":
                meta.cell(row, 2).value = "ukendt"
        book.save(path)
        with pytest.raises(PersonUnknown):
            town.import_sheets(path)
        with pytest.raises(NotFound):
            town.import_sheets(path, who="anne")


class TestAnswerCodes:
    def test_the_register_s_facts_then_the_reviewer_s_answers(self, town):
        checklist = load(CHECKLIST)
        refusal = next(case for case in town.cases().values() if case.outcome == "refusal")
        given = answers_to("anne", {1: "x"}).cases[1].answers["breve"]
        answers = {answer.item_id: answer for answer in given}
        codes = {"outcome": "refusal", "clear": "yes", "reasons": "yes"}
        assert answer_codes(checklist, refusal, answers) == codes
        assert is_complete(checklist, refusal, answers)
        assert not is_complete(checklist, refusal, {"clear": answers["clear"]})
