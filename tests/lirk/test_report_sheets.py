"""The report as a spreadsheet: sheets to read and to calculate with, and nothing that runs."""

from dataclasses import replace
from io import BytesIO
from zipfile import ZipFile

import openpyxl
import pytest
import report_values as values
from odd_reports import assessed, records, sheets, ten_years

from lirk.reports.report_sheets import centre_xlsx
from lirk.wording import Wording

DANISH, ENGLISH = Wording("da"), Wording("en")


def book(report, words=DANISH):
    return openpyxl.load_workbook(BytesIO(centre_xlsx(report, words)))


class TestSheets:
    def test_each_part_has_its_sheet_in_the_order_of_the_report(self):
        named = book(values.centre_report()).sheetnames
        assert named == ["Kort fortalt", "Temaer", "Punkter", "Fund", "Metode"]
        assert book(values.centre_report(), ENGLISH).sheetnames[1:4] == ["Themes", "Items", "Findings"]

    def test_own_rounds_and_the_leader_s_assessment_only_where_there_are_any(self):
        named = book(assessed(ten_years())).sheetnames
        assert named[4:] == ["Egne runder", "Lederens egen vurdering", "Metode"]

    def test_heads_stay_and_columns_have_widths(self):
        for sheet in book(values.centre_report()):
            assert sheet.freeze_panes == "A2"
            assert sheet.column_dimensions["A"].width > 9

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

    def test_its_date_is_the_report_s(self):
        assert book(values.centre_report()).properties.created.date() == values.centre_report().issued_on
