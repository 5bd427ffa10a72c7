"""The review sheet as it is read back: filled in with another program's library."""

import openpyxl
import pytest
from filled_sheets import DANISH, ENGLISH, JOURNAL, LETTER, Filled, a_case, a_sheet

from checklists.load import load
from lirk.domain.reviews import Answer, CaseStatus
from lirk.errors import ProblemsFound
from lirk.intake.review_sheets import SheetFileMissing, read_review_sheet, reviewer_of


def problems_in(filled, folder, sheet):
    with pytest.raises(ProblemsFound) as raised:
        read_review_sheet(filled.save(folder), sheet)
    for problem in raised.value.problems:
        for words in (DANISH, ENGLISH):
            assert words.sentence(problem)
            assert words.place(problem)
    return raised.value.problems


def codes_in(filled, folder, sheet):
    return [problem.code for problem in problems_in(filled, folder, sheet)]


class TestReadReviewSheet:
    def test_an_untouched_sheet_is_unanswered(self, tmp_path):
        read = read_review_sheet(Filled(a_sheet()).save(tmp_path), a_sheet())
        assert [case.status for case in read.cases.values()] == [CaseStatus.TO_REVIEW] * 2
        assert read.cases[1].answers == {"breve": (), "journal": ()}
        assert (read.round_key, read.reviewer) == ("2026-2", "anne")

    def test_what_was_filled_in_comes_back(self, tmp_path):
        filled = (
            Filled(a_sheet())
            .put("outcome", "Afslag")
            .put("adverse", "Ja")
            .put("hearing-done", "Nej", "Ikke hørt over lægens svar.", "dok. 7")
            .put("filed", "Ja", number=2)
        )
        read = read_review_sheet(filled.save(tmp_path), a_sheet())
        assert read.cases[1].answers == {
            "breve": (
                Answer(item_id="outcome", value="refusal"),
                Answer(item_id="adverse", value="yes"),
                Answer(
                    item_id="hearing-done",
                    value="no",
                    note="Ikke hørt over lægens svar.",
                    journal_reference="dok. 7",
                ),
            ),
            "journal": (Answer(item_id="outcome", value="refusal"),),
        }
        assert read.cases[2].answers["journal"] == (Answer(item_id="filed", value="yes"),)

    def test_answers_given_before_come_back_with_their_doubt(self, tmp_path):
        before = Answer(
            item_id="clear", value="partly", note="Langt.", journal_reference="dok. 2", in_doubt=True
        )
        adverse = Answer(item_id="adverse", value="no")
        sheet = a_sheet(a_case(answers={"breve": {"clear": before, "adverse": adverse}}))
        read = read_review_sheet(Filled(sheet).save(tmp_path), sheet)
        assert read.cases[1].answers["breve"] == (adverse, before)

    def test_what_the_register_gave_is_not_an_answer(self, tmp_path):
        sheet = a_sheet(a_case(facts={"outcome": "full-grant"}))
        read = read_review_sheet(Filled(sheet).save(tmp_path), sheet)
        assert read.cases[1].answers == {"breve": (), "journal": ()}

    @pytest.mark.parametrize("words", [DANISH, ENGLISH], ids=["Danish sheet", "English sheet"])
    @pytest.mark.parametrize("typed", ["Ja", " JA ", "yes", "Yes", "ja\u00a0"])
    def test_an_answer_is_read_by_label_or_code(self, tmp_path, words, typed):
        read = read_review_sheet(Filled(a_sheet(), words).put("clear", typed).save(tmp_path), a_sheet())
        assert read.cases[1].answers["breve"] == (Answer(item_id="clear", value="yes"),)

    @pytest.mark.parametrize(
        ("typed", "status"),
        [
            pytest.param("Ja", CaseStatus.TO_REVIEW, id="reviewable"),
            pytest.param("sagen findes ikke", CaseStatus.NOT_FOUND, id="not found"),
            pytest.param("No access", CaseStatus.NO_ACCESS, id="no access"),
            pytest.param("Uden for rammen", CaseStatus.OUT_OF_SCOPE, id="outside"),
            pytest.param(None, CaseStatus.TO_REVIEW, id="empty"),
        ],
    )
    def test_status(self, tmp_path, typed, status):
        filled = Filled(a_sheet()).put("case/status", typed, "Fundet ved opslag")
        read = read_review_sheet(filled.save(tmp_path), a_sheet())
        assert read.cases[1].status is status
        assert read.cases[1].status_note == "Fundet ved opslag"

    def test_order_of_columns_and_names_of_sheets_do_not_matter(self, tmp_path):
        filled = Filled(a_sheet()).put("clear", "Ja")
        page = filled.page_of("clear")
        page.title = "Mine svar"
        page.insert_cols(1)
        read = read_review_sheet(filled.save(tmp_path), a_sheet())
        assert read.cases[1].answers["breve"] == (Answer(item_id="clear", value="yes"),)

    def test_the_same_answer_twice_is_one(self, tmp_path):
        filled = Filled(a_sheet()).put("clear", "Ja").add("clear", answer="yes")
        read = read_review_sheet(filled.save(tmp_path), a_sheet())
        assert len(read.cases[1].answers["breve"]) == 1

    def test_a_note_is_not_required_where_the_item_does_not_apply(self, tmp_path):
        filled = Filled(a_sheet()).put("adverse", "Nej").put("hearing-done", "Nej")
        read = read_review_sheet(filled.save(tmp_path), a_sheet())
        assert [answer.value for answer in read.cases[1].answers["breve"]] == ["no", "no"]


class TestWhatIsRefused:
    @pytest.mark.parametrize(
        ("fill", "codes"),
        [
            pytest.param(lambda f: f.put("clear", "Måske"), ["sheet-answer-unknown"], id="unknown answer"),
            pytest.param(
                lambda f: f.put("hearing-done", "Ikke relevant", "x"),
                ["sheet-answer-not-offered"],
                id="answer that the item does not offer",
            ),
            pytest.param(
                lambda f: f.put("adverse", "Måske"),
                ["sheet-fact-value-unknown"],
                id="unknown value of a fact",
            ),
            pytest.param(
                lambda f: f.put("case/status", "Måske"), ["sheet-status-unknown"], id="unknown status"
            ),
            pytest.param(lambda f: f.put("clear", "Delvist"), ["sheet-note-missing"], id="note missing"),
            pytest.param(
                lambda f: f.put("adverse", "Ja").put("hearing-done", "Nej", "Ikke hørt"),
                ["sheet-journal-reference-missing"],
                id="journal reference missing",
            ),
            pytest.param(
                lambda f: f.put("clear", None, "Langt"), ["sheet-note-without-answer"], id="note, no answer"
            ),
            pytest.param(
                lambda f: f.put("clear", "Ja", "Borger 010190-1234"),
                ["sheet-looks-like-cpr"],
                id="cpr in a note",
            ),
            pytest.param(
                lambda f: f.put("outcome", "Afslag", "0101901234"),
                ["sheet-looks-like-cpr"],
                id="cpr beside a fact of two checklists",
            ),
            pytest.param(
                lambda f: f.put("clear", "Ja").add("clear", answer="Nej", note="Uklart"),
                ["sheet-contradictory"],
                id="same item, two answers",
            ),
            pytest.param(
                lambda f: f.put("clear", "Ja").add("clear", case="27.60.08-G01-99-26"),
                ["sheet-case-not-here"],
                id="case that was not drawn",
            ),
            pytest.param(
                lambda f: f.add("clear", number=9), ["sheet-case-not-here"], id="number that was not drawn"
            ),
            pytest.param(
                lambda f: f.add("clear", item="invented"), ["sheet-item-unknown"], id="unknown item"
            ),
            pytest.param(
                lambda f: f.add("clear", checklist="invented"),
                ["sheet-checklist-unknown"],
                id="unknown checklist",
            ),
            pytest.param(
                lambda f: f.put("case/status", "Adgang mangler").put("clear", "Ja").put("filed", "Ja"),
                ["sheet-case-not-reviewable"] * 2,
                id="answers in a case that cannot be reviewed, once a sheet",
            ),
        ],
    )
    def test_told_by_its_place(self, tmp_path, fill, codes):
        filled = fill(Filled(a_sheet()))
        assert codes_in(filled, tmp_path, a_sheet()) == codes

    def test_all_at_once_in_the_order_of_the_file(self, tmp_path):
        filled = (
            Filled(a_sheet())
            .put("filed", "Måske", number=2)
            .put("clear", "Nej", number=2)
            .put("clear", "Måske")
            .put("adverse", "?")
        )
        found = [(problem.code, problem.row) for problem in problems_in(filled, tmp_path, a_sheet())]
        assert found == [
            ("sheet-fact-value-unknown", 6),
            ("sheet-answer-unknown", 5),
            ("sheet-note-missing", 8),
            ("sheet-answer-unknown", 4),
        ]

    def test_the_place_and_the_remedy_are_named(self, tmp_path):
        (problem,) = problems_in(Filled(a_sheet()).put("clear", "Måske"), tmp_path, a_sheet())
        assert (problem.file, problem.row, problem.column) == ("skema.xlsx", 5, "Svar")
        assert DANISH.sentence(problem) == (
            "Svaret »Måske« kendes ikke. Vælg mellem Ja, Delvist, Nej, Ikke relevant og Kan ikke vurderes."
        )

    def test_a_cpr_number_is_not_repeated(self, tmp_path):
        filled = Filled(a_sheet()).put("clear", "010190-1234", "010190-1234")
        told = str(problems_in(filled, tmp_path, a_sheet()))
        assert "1234" not in told

    def test_a_changed_register_fact(self, tmp_path):
        sheet = a_sheet(a_case(facts={"outcome": "refusal"}))
        filled = Filled(sheet).put("outcome", "Fuldt medhold")
        assert codes_in(filled, tmp_path, sheet) == ["sheet-fact-from-register"]

    @pytest.mark.parametrize(
        ("changes", "code"),
        [
            pytest.param({"round_key": "2026-1"}, "sheet-other-round", id="another round"),
            pytest.param({"reviewer": "bo"}, "sheet-other-reviewer", id="another reviewer"),
            pytest.param(
                {"checklists": (load(LETTER.replace("version = 3", "version = 4")), JOURNAL)},
                "sheet-other-checklist",
                id="another version",
            ),
        ],
    )
    def test_a_sheet_of_something_else_is_told_alone(self, tmp_path, changes, code):
        filled = Filled(a_sheet()).put("clear", "Måske")
        assert codes_in(filled, tmp_path, a_sheet(**changes)) == [code]

    def test_a_fact_of_two_checklists_is_newer_in_one_of_them(self, tmp_path):
        before = Answer(item_id="outcome", value="full-grant")
        newer = Answer(item_id="outcome", value="refusal")
        written = a_sheet(a_case(answers={"breve": {"outcome": before}}))
        stored = a_sheet(a_case(answers={"breve": {"outcome": newer}}))
        read = read_review_sheet(Filled(written).save(tmp_path), stored)
        assert read.cases[1].answers["breve"] == (newer,)
        third = a_sheet(
            a_case(answers={"breve": {"outcome": Answer(item_id="outcome", value="full-grant", note="Ny")}})
        )
        (problem,) = problems_in(Filled(written).put("outcome", "Afslag"), tmp_path, third)
        assert (problem.code, problem.values["number"]) == ("sheet-answer-newer", "1")
        assert "»" in problem.values["question"]

    def test_a_case_of_the_file_that_is_not_in_the_sheet_now_is_told_where_it_is_answered(self, tmp_path):
        written = a_sheet(a_case(1), a_case(2), a_case(3))
        filled = Filled(written).put("clear", "Ja", number=2)
        filled.cell("case/status", number=3).value = "Adgang mangler"
        read = read_review_sheet(filled.save(tmp_path), a_sheet(a_case(1)))
        assert (read.gone, set(read.cases)) == ((2, 3), {1})

    def test_a_missing_column(self, tmp_path):
        filled = Filled(a_sheet())
        filled.page_of("clear").delete_cols(filled.keys.index("note") + 1)
        assert codes_in(filled, tmp_path, a_sheet()) == ["sheet-column-missing"]

    @pytest.mark.parametrize(
        ("content", "code"),
        [
            pytest.param(b"number;answer\r\n1;Ja\r\n", "sheet-not-a-workbook", id="CSV"),
            pytest.param(b"", "sheet-not-a-workbook", id="empty"),
        ],
    )
    def test_not_a_workbook(self, tmp_path, content, code):
        path = tmp_path / "skema.xlsx"
        path.write_bytes(content)
        with pytest.raises(ProblemsFound) as raised:
            read_review_sheet(path, a_sheet())
        assert [problem.code for problem in raised.value.problems] == [code]

    def test_another_workbook(self, tmp_path):
        path = tmp_path / "budget.xlsx"
        openpyxl.Workbook().save(path)
        with pytest.raises(ProblemsFound) as raised:
            read_review_sheet(path, a_sheet())
        assert [problem.code for problem in raised.value.problems] == ["sheet-not-ours"]

    def test_no_such_file(self, tmp_path):
        with pytest.raises(SheetFileMissing):
            read_review_sheet(tmp_path / "skema.xlsx", a_sheet())


class TestReviewerOf:
    def test_the_file_says_whose_it_is(self, tmp_path):
        assert reviewer_of(Filled(a_sheet(reviewer="bo")).save(tmp_path)) == "bo"

    def test_another_workbook(self, tmp_path):
        path = tmp_path / "budget.xlsx"
        openpyxl.Workbook().save(path)
        with pytest.raises(ProblemsFound) as raised:
            reviewer_of(path)
        assert [problem.code for problem in raised.value.problems] == ["sheet-not-ours"]
