"""The review sheet as it is written."""

from datetime import date

import pytest
from filled_sheets import DANISH, FACTS_SHEET, JOURNAL, LETTER, LETTERS, MADE, Filled, a_case, a_sheet

from checklists.load import load
from lirk.domain.review_sheets import META_SHEET, fact_questions, known_facts, ruled_out
from lirk.reports.review_sheets import review_sheet_xlsx


class TestFactQuestions:
    def test_a_fact_that_two_checklists_want_is_asked_once(self):
        asked = [
            (question.fact.id, question.checklist_ids) for question in fact_questions((LETTERS, JOURNAL))
        ]
        assert asked == [("outcome", ("breve", "journal")), ("adverse", ("breve",))]


class TestKnownFacts:
    @pytest.mark.parametrize(
        ("facts", "known"),
        [
            pytest.param({"outcome": "refusal"}, {"outcome": "refusal"}, id="taken from the register"),
            pytest.param({"outcome": "granted"}, {}, id="a value that the checklist does not have"),
            pytest.param({"adverse": "yes"}, {}, id="a fact that the reviewer is asked"),
            pytest.param({"colour": "red"}, {}, id="a fact of no checklist"),
        ],
    )
    def test_only_what_the_checklist_takes_and_understands(self, facts, known):
        assert known_facts(LETTERS, facts) == known


class TestRuledOut:
    @pytest.mark.parametrize(
        ("facts", "out"),
        [
            pytest.param({}, set(), id="nothing known"),
            pytest.param({"outcome": "refusal"}, set(), id="condition may hold"),
            pytest.param({"outcome": "full-grant"}, {"reasons"}, id="one part of the condition fails"),
        ],
    )
    def test_what_cannot_apply_whatever_is_answered(self, facts, out):
        assert ruled_out(LETTERS, facts) == out


class TestReviewSheetXlsx:
    def test_same_values_same_bytes(self):
        assert review_sheet_xlsx(a_sheet(), DANISH, made_at=MADE) == review_sheet_xlsx(
            a_sheet(), DANISH, made_at=MADE
        )

    def test_instructions_facts_one_sheet_a_checklist_and_a_hidden_one(self):
        book = Filled(a_sheet()).book
        assert book.sheetnames[:2] == ["Vejledning", FACTS_SHEET]
        assert [len(name) <= 31 for name in book.sheetnames] == [True] * 6
        assert [page.sheet_state for page in book] == ["visible"] * 5 + ["veryHidden"]

    def test_the_instructions_warn_against_names_and_cpr_numbers(self):
        page = Filled(a_sheet()).book["Vejledning"]
        text = " ".join(str(cell.value) for row in page.iter_rows() for cell in row if cell.value)
        assert "Skriv ikke navne eller cpr-numre." in text
        assert "anne" in text

    def test_one_row_a_case_and_item(self):
        filled = Filled(a_sheet())
        page = filled.page_of("clear")
        rows = [
            (row[filled.keys.index("number")].value, row[filled.keys.index("item")].value)
            for row in page.iter_rows(min_row=3)
        ]
        items = [item.id for item in LETTERS.items]
        assert rows == [(number, item) for number in (1, 2) for item in items]

    def test_only_what_is_filled_in_is_unlocked(self):
        filled = Filled(a_sheet())
        page = filled.page_of("clear")
        assert page.protection.sheet
        assert not page.protection.autoFilter
        open_columns = {key for key in filled.keys if not filled.cell("clear", key).protection.locked}
        assert open_columns == {"answer", "note", "journal_reference"}

    def test_headings_are_frozen_and_filtered_and_ids_hidden(self):
        filled = Filled(a_sheet())
        page = filled.page_of("clear")
        assert page.freeze_panes == "C3"
        assert page.auto_filter.ref == "A2:J8"
        assert page.row_dimensions[1].hidden
        assert page.column_dimensions["H"].hidden
        assert page.column_dimensions["J"].hidden or page.column_dimensions["H"].max >= 10

    @pytest.mark.parametrize(
        ("item", "labels"),
        [
            pytest.param("clear", ["Ja", "Delvist", "Nej", "Ikke relevant", "Kan ikke vurderes"], id="all"),
            pytest.param("hearing-done", ["Ja", "Delvist", "Nej", "Kan ikke vurderes"], id="those offered"),
            pytest.param("adverse", ["Ja", "Nej"], id="values of a fact"),
            pytest.param(
                "case/status", ["Ja", "Sagen findes ikke", "Adgang mangler", "Uden for rammen"], id="status"
            ),
        ],
    )
    def test_the_drop_down_offers_what_the_question_offers(self, item, labels):
        filled = Filled(a_sheet())
        cell = filled.cell(item)
        rule = next(
            rule
            for rule in filled.page_of(item).data_validations.dataValidation
            if cell.coordinate in rule.sqref
        )
        cells = filled.book[META_SHEET][rule.formula1.split("!")[1].replace("$", "")]
        assert [row[0].value for row in cells] == labels

    def test_guidance_stands_at_the_cell_without_marks(self):
        filled = Filled(a_sheet())
        cell = filled.cell("adverse")
        rules = filled.page_of("adverse").data_validations.dataValidation
        messages = [rule.prompt for rule in rules if cell.coordinate in rule.sqref]
        assert messages == ["Se kun på loven."]

    def test_what_the_register_knows_is_shown_and_locked(self):
        filled = Filled(a_sheet(a_case(facts={"outcome": "refusal"})))
        assert filled.cell("outcome").value == "Afslag"
        assert filled.cell("outcome").protection.locked

    def test_what_the_register_rules_out_is_marked_and_locked(self):
        filled = Filled(a_sheet(a_case(facts={"outcome": "full-grant"})))
        assert filled.cell("reasons").value == "Gælder ikke"
        assert filled.cell("reasons").protection.locked
        assert filled.cell("clear").value is None

    def test_details_of_the_case_stand_first(self):
        case = a_case(decision_date=date(2026, 5, 4), case_type="Fleksjob", link="https://esdh.example/7")
        page = Filled(a_sheet(case)).book[FACTS_SHEET]
        shown = [page.cell(row, 5).value for row in range(3, 8)]
        assert shown == ["Ja", "Center Nord", "4. maj 2026", "Fleksjob", "https://esdh.example/7"]

    def test_the_outcome_is_a_detail_where_no_checklist_asks_for_it(self):
        plain = load(LETTER.replace('"outcome"', '"result"'))
        sheet = a_sheet(a_case(outcome="partial-grant"), checklists=(plain,))
        assert Filled(sheet).book[FACTS_SHEET].cell(5, 5).value == "delvist medhold"

    def test_the_whole_guidance_has_a_sheet_of_its_own(self):
        page = Filled(a_sheet()).book["Vejledning til punkterne"]
        assert ("Er der oplysninger til ugunst?", "Se kun på loven.") in page.iter_rows(values_only=True)

    def test_text_that_looks_like_a_formula_is_text(self):
        filled = Filled(a_sheet(a_case(case_id="=1+1")))
        assert filled.cell("reasons", "question").data_type == "s"
        assert filled.cell("reasons", "case").data_type == "s"
        assert filled.cell("reasons", "case").value == "=1+1"

    def test_two_checklists_with_one_title_get_two_sheets(self):
        book = Filled(a_sheet(checklists=(LETTERS, load(LETTER.replace('"breve"', '"andre"'))))).book
        assert len({name.casefold() for name in book.sheetnames}) == 6
