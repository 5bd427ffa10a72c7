"""The report as a spreadsheet: sheets to read and to calculate with, and nothing that runs."""

import sys
from dataclasses import replace
from datetime import date
from io import BytesIO
from zipfile import ZipFile

import openpyxl
import pytest
import report_values as values
from odd_reports import assessed, records, sheets, ten_years

from lirk.domain.meetings import Meeting
from lirk.reports import caseworker_sentences
from lirk.reports.drawn_cases import case_head, case_row
from lirk.reports.report_sheets import centre_xlsx
from lirk.reports.sheet_texts import SheetVoice
from lirk.reports.sheet_texts import plain as unmarked
from lirk.wording import Wording

DANISH, ENGLISH = Wording("da"), Wording("en")


def book(report, words=DANISH):
    return openpyxl.load_workbook(BytesIO(centre_xlsx(report, words)))


class TestSheets:
    def test_each_part_has_its_sheet_in_the_order_of_the_report(self):
        named = book(values.centre_report()).sheetnames
        assert named == [
            "Kort fortalt",
            "Temaer",
            "Punkter",
            "Fund",
            "Til jer, der sagsbehandler",
            "Metode",
            "Udtrukne sager",
        ]
        assert book(values.centre_report(), ENGLISH).sheetnames[1:4] == ["Themes", "Items", "Findings"]

    def test_own_rounds_and_the_leader_s_assessment_only_where_there_are_any(self):
        named = book(assessed(ten_years())).sheetnames
        told = ["Egne runder", "Lederens egen vurdering", "Til jer, der sagsbehandler", "Metode"]
        assert [name for name in named[4:] if name in told] == told

    def test_heads_stay_and_columns_have_widths(self):
        for sheet in book(values.centre_report()):
            assert sheet.freeze_panes == "A2"
            assert sheet.column_dimensions["A"].width > 9

    def test_rows_are_high_enough_for_their_longest_text(self):
        report = values.centre_report()
        long = replace(report.findings[0], seen="Et ord til. " * 60, examples="Kort.\nOg kort.")
        made = book(replace(report, findings=(long, *report.findings[1:])))
        sheet = made["Fund"]
        lines = -(-len("Et ord til. " * 60) // 60)
        assert sheet.row_dimensions[2].height > 15 * lines
        assert sheet.row_dimensions[3].height < 15 * lines
        assert made["Udtrukne sager"].row_dimensions[2].height is None
        assert max(row.height or 15 for row in made["Metode"].row_dimensions.values()) > 15

    def test_no_row_is_higher_than_a_row_can_be(self):
        report = values.centre_report()
        long = replace(report.findings[0], seen="Et ord til. " * 2000)
        assert book(replace(report, findings=(long,)))["Fund"].row_dimensions[2].height <= 409

    def test_the_method_does_not_send_its_reader_to_itself(self):
        rows = sheets(centre_xlsx(values.centre_report(), DANISH))
        told = [row[1] or "" for row in rows["Metode"]]
        assert any(text.endswith("der blev udleveret da, står nederst i dette ark.") for text in told)
        assert not any("arket »Metode«" in text for text in told)
        assert any("arket »Metode«" in (row[1] or "") for row in rows["Kort fortalt"])

    def test_the_cases_of_a_finding_are_those_partly_met_too(self):
        report = values.centre_report()
        rows = records(sheets(centre_xlsx(report, DANISH))["Fund"])
        told = [row["Sager, hvor det ikke eller kun delvist er opfyldt"] for row in rows]
        assert told == [one.item.counts.partly + one.item.counts.no for one in report.findings]

    def test_numbers_are_numbers_and_shares_percentages(self):
        sheet = book(values.centre_report())["Temaer"]
        head = [cell.value for cell in sheet[1]]
        row = dict(zip(head, sheet[2], strict=True))
        assert row["Ja"].data_type == row["Andel opfyldt"].data_type == "n"
        assert row["Andel opfyldt"].number_format == row["Øvre grænse"].number_format == "0.0%"
        assert 0 <= row["Nedre grænse"].value <= row["Andel opfyldt"].value <= row["Øvre grænse"].value <= 1

    def test_below_the_limit_there_are_counts_and_no_share(self):
        report = values.centre_report()
        few = [
            item
            for one in report.checklists
            for theme in one.themes
            for item in theme.items
            if not item.share
        ]
        rows = {row["Nr."]: row for row in records(sheets(centre_xlsx(report, DANISH))["Punkter"])[:23]}
        assert few
        for item in few:
            if item.number in rows and rows[item.number]["Punkt"] == item.question:
                assert rows[item.number]["Andel opfyldt"] is None
                assert rows[item.number]["Ja"] == item.counts.yes

    def test_critical_breaches_stand_beside_every_theme(self):
        rows = records(sheets(centre_xlsx(values.centre_report(), DANISH))["Temaer"])
        assert {row["Sager med kritisk brud i tjeklisten"] for row in rows} == {0, 4}

    def test_the_drawn_cases_are_those_of_the_appendix(self):
        report = values.centre_report()
        head, *rows = sheets(centre_xlsx(report, DANISH))["Udtrukne sager"]
        assert list(head) == case_head(DANISH)
        for case, row in zip(report.cases, rows, strict=True):
            number, day, *told = row
            shown = DANISH.date(day.date()) if day else "–"
            assert [str(number), shown, *told] == case_row(case, DANISH)

    def test_the_caseworkers_part_tells_what_the_paper_does(self):
        report = values.centre_report()
        first, *rest = report.findings
        report = replace(report, findings=(replace(first, examples="Et brev manglede.\nOg et bilag."), *rest))
        rows = records(sheets(centre_xlsx(report, DANISH))["Til jer, der sagsbehandler"])
        told = [
            (problem.theme, lesson.question, unmarked(label).rstrip(":"), "\n".join(map(unmarked, lines)))
            for problem in caseworker_sentences.problems(report, SheetVoice(DANISH))
            for lesson in problem.lessons
            for label, lines in lesson.told
        ]
        assert [(row["Tema"], row["Punkt"], row["Hvad"], row["Tekst"]) for row in rows] == told
        assert {row["Tjekliste"] for row in rows} == {one.title for one in report.checklists}
        assert "Et brev manglede.\nOg et bilag." in [row["Tekst"] for row in rows]

    def test_without_findings_there_is_no_such_part(self):
        assert "Til jer, der sagsbehandler" not in book(values.small_report()).sheetnames

    def test_the_meeting_is_there_once_it_was_held(self):
        held = Meeting(
            held_on=date(2026, 11, 20), leader=True, staff=7, agreed="Ny skabelon.\nKursus.", version=1
        )
        made = sheets(centre_xlsx(values.centre_report(meeting=held), DANISH))
        assert [(label, text) for label, text, *_ in made["Gennemgang i afsnittet"][1:]] == [
            ("Dag", "20. november 2026"),
            ("Hvem deltog", "Leder og 7 medarbejdere"),
            ("Det aftalte vi", "Ny skabelon."),
            ("", "Kursus."),
            ("Det blev vi ikke enige om", "–"),
        ]

    def test_a_draft_made_up_or_not_says_so_first(self):
        rows = sheets(centre_xlsx(values.centre_report(made_up="all"), DANISH))["Kort fortalt"]
        assert rows[1][1] == "Registret og svarene er opfundne."


class TestFile:
    @pytest.mark.parametrize("start", ["=", "+", "-", "@"])
    def test_no_text_is_a_formula_or_an_address(self, start):
        text = f'{start}HYPERLINK("http://x.example","y")'
        report = values.small_report(centre=text, municipality="http://x.example")
        report = replace(report, checklists=(replace(report.checklists[0], title=text),))
        content = centre_xlsx(report, DANISH)
        assert text in {cell for rows in sheets(content).values() for row in rows for cell in row}
        with ZipFile(BytesIO(content)) as package:
            parts = [package.read(name) for name in package.namelist() if "worksheets" in name]
        assert not [part for part in parts if b"<f>" in part or b"<hyperlink " in part]

    def test_a_text_longer_than_a_cell_is_cut_and_says_so(self):
        report = values.centre_report()
        first = replace(report.findings[0], seen="Æ" * 40_000)
        rows = records(sheets(centre_xlsx(replace(report, findings=(first,)), DANISH))["Fund"])
        assert rows[0]["Det så vi"] == "Æ" * 32_766 + "…"

    def test_the_same_report_gives_the_same_bytes(self):
        report = values.centre_report()
        assert centre_xlsx(report, DANISH) == centre_xlsx(report, DANISH)

    def test_on_another_system_too(self, monkeypatch):
        here = centre_xlsx(values.centre_report(), DANISH)
        monkeypatch.setattr(sys, "platform", "win32")
        assert centre_xlsx(values.centre_report(), DANISH) == here

    def test_its_date_is_the_report_s(self):
        assert book(values.centre_report()).properties.created.date() == values.centre_report().issued_on
