"""The files with the numbers of a report: nothing in them runs as a formula or names a case."""

import csv
import json
from dataclasses import replace
from io import StringIO

import pytest
import report_values as values

from lirk.reports.data_files import centre_csv, centre_json, overview_csv, overview_json
from lirk.wording import Wording

DANISH, ENGLISH = Wording("da"), Wording("en")


def rows(content: bytes) -> list[dict[str, str]]:
    text = content.decode("utf-8-sig")
    return list(csv.DictReader(StringIO(text), delimiter=";"))


class TestCentreCsv:
    def test_a_row_for_each_theme_and_item_in_checklist_order(self):
        """A theme that only asks has rows for its items alone."""
        report = values.centre_report()
        table = rows(centre_csv(report, DANISH))
        expected = [
            (theme.number, number)
            for checklist in report.checklists
            for theme in checklist.themes
            for number in [*([""] if theme.scored else []), *(item.number for item in theme.items)]
        ]
        assert not all(theme.scored for checklist in report.checklists for theme in checklist.themes)
        assert [(row["Tema"], row["Punkt"]) for row in table] == expected

    def test_counts_and_limits_are_those_of_the_report(self):
        report = values.centre_report()
        item = next(
            item for one in report.checklists for theme in one.themes for item in theme.items if item.share
        )
        row = next(row for row in rows(centre_csv(report, ENGLISH)) if row["Item"] == item.number)
        assert row["Yes"] == str(item.counts.yes)
        assert float(row["Lower limit, per cent"]) == pytest.approx(100 * item.share.lower, abs=0.06)

    def test_findings_have_the_numbers_of_the_report(self):
        report = values.centre_report()
        told = [
            (row["Punkt"], row["Fund nr."]) for row in rows(centre_csv(report, DANISH)) if row["Fund nr."]
        ]
        assert told == [(one.item.number, str(one.number)) for one in report.findings]

    @pytest.mark.parametrize("start", ["=", "+", "-", "@", "\t", "\r"])
    def test_no_cell_is_read_as_a_formula(self, start):
        report = replace(values.small_report(), centre=f"{start}1+1")
        assert {row["Center"] for row in rows(centre_csv(report, DANISH))} == {f"'{start}1+1"}

    def test_made_up_numbers_are_called_that_in_every_row(self):
        table = rows(centre_csv(values.centre_report(made_up="answers"), DANISH))
        assert {row["Bemærkning"] for row in table} == {"Registret er ægte, svarene er opfundne."}


class TestJson:
    def test_it_holds_the_whole_value_under_a_named_format(self):
        report = values.centre_report()
        read = json.loads(centre_json(report))
        assert (read["format"], read["centre"]) == ("lirk-centre-report/1", report.centre)
        assert len(read["findings"]) == len(report.findings)
        assert read["cases"][0].keys() == {"number", "decision_date", "case_type", "outcome", "status"}

    def test_the_same_value_the_same_bytes(self):
        assert centre_json(values.centre_report()) == centre_json(values.centre_report())
        assert overview_json(values.overview()) == overview_json(values.overview())


class TestOverviewFiles:
    def test_only_participation_names_a_centre(self):
        overview = values.overview()
        table = rows(overview_csv(overview, DANISH))
        centres = [row["Navn"] for row in table if row["Del"] == "Deltagelse"]
        assert centres == [line.centre for line in overview.participation]
        for row in table:
            named = row["Navn"] in centres
            assert named == bool(row["Sager i registret"])
            assert not (named and row["Andel opfyldt, afrundet"])

    def test_shares_are_in_steps_of_five_or_words(self):
        read = json.loads(overview_json(values.overview()))
        assert all(theme["percent"] is None or theme["percent"] % 5 == 0 for theme in read["themes"])
