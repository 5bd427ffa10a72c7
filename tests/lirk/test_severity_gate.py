"""A critical breach is never averaged away, and nothing that names a case leaves the centre."""

import json
import re
from dataclasses import replace

import pytest
import report_values as values
from odd_reports import ROUND, computed, csv_records, pdf_text, plain, read, sheets

from lirk.domain.overviews import overview
from lirk.reports.centre_pdf import centre_pdf
from lirk.reports.data_files import centre_csv, centre_json, overview_csv, overview_json
from lirk.reports.overview_pdf import overview_pdf
from lirk.reports.report_sheets import centre_xlsx
from lirk.wording import Wording

DANISH = Wording("da")
#: What names a case, or tells of cases by number.
OF_CASES = frozenset(
    {"cases", "disagreements", "stopped", "critical_breaches", "numbers", "verdicts", "findings"}
)


def names_in(value):
    """Every field's name, at any depth."""
    if isinstance(value, dict):
        for name, inner in value.items():
            yield name
            yield from names_in(inner)
    if isinstance(value, list):
        for inner in value:
            yield from names_in(inner)


def scored_objects(value):
    """Every object with a mean, at any depth."""
    if isinstance(value, dict):
        if value.get("mean_percent") is not None:
            yield value
        for inner in value.values():
            yield from scored_objects(inner)
    if isinstance(value, list):
        for inner in value:
            yield from scored_objects(inner)


class TestPageOne:
    @pytest.mark.parametrize(
        ("clear", "said"),
        [
            pytest.param("no", "Kritisk brud i 12 af 12 sager.", id="all"),
            pytest.param("yes", "Ingen kritiske brud i de 12 sager.", id="none"),
        ],
    )
    def test_cases_with_a_critical_breach_are_counted_also_when_there_are_none(self, clear, said):
        report = computed([read(at, clear) for at in range(1, 13)])
        assert said in plain(pdf_text(centre_pdf(report, DANISH), "-l", "1"))
        assert said in {row[1] for row in sheets(centre_xlsx(report, DANISH))["Kort fortalt"]}


class TestNoMeanAlone:
    def test_on_paper_and_in_the_spreadsheet_they_are_one_sentence(self):
        report = values.centre_report()
        cells = [
            plain(cell)
            for rows in sheets(centre_xlsx(report, DANISH)).values()
            for row in rows
            for cell in row
            if isinstance(cell, str)
        ]
        told = [cell for cell in cells if "af de mulige point" in cell]
        paper = re.findall(
            r"af de mulige point\.[^.]*\.", plain(pdf_text(centre_pdf(report, DANISH), "-raw"))
        )
        assert len(told) == len(paper) == 2
        assert all("sager har kritisk brud" in text for text in (*told, *paper))

    def test_csv_has_no_mean(self):
        assert not [
            name for name in csv_records(centre_csv(values.centre_report(), DANISH))[0] if "ennemsnit" in name
        ]

    def test_json_has_the_breaches_in_the_checklist_that_has_a_mean(self):
        report = computed([read(at) for at in range(1, 13)])
        assert report.going_well
        read_back = json.loads(centre_json(report))
        for checklist in read_back["checklists"]:
            assert isinstance(checklist["critical_breaches"], int)
        inside = [one for checklist in read_back["checklists"] for one in scored_objects(checklist)]
        assert len(inside) == len(list(scored_objects(read_back)))


@pytest.fixture(scope="module")
def whole():
    """Six centres; in each, the cases with a critical breach have numbers that are found nowhere else."""
    reports = []
    for at in range(6):
        numbers = range(90_001 + 100 * at, 90_013 + 100 * at)
        cases = [read(number, "no" if number % 3 else "yes") for number in numbers]
        made = computed(cases, population=60)
        reports.append(replace(made, centre=f"Center {at}"))
    return overview(
        reports,
        municipality="Eksempel Kommune",
        round_=ROUND,
        issued_on=reports[0].issued_on,
        method=values.method(),
        without_cases={},
    )


class TestOutsideTheCentre:
    def test_no_case_is_named_in_any_form(self, whole):
        forms = (
            overview_json(whole).decode(),
            overview_csv(whole, DANISH).decode(),
            pdf_text(overview_pdf(whole, DANISH)),
        )
        for text in forms:
            assert not re.search(r"90[.,]?[0-6]\d\d", text)

    def test_no_field_is_of_cases(self, whole):
        assert not OF_CASES & set(names_in(json.loads(overview_json(whole))))

    def test_decisions_that_cannot_stand_are_not_counted(self, whole):
        assert "kan ikke stå" not in pdf_text(overview_pdf(whole, DANISH))
        assert not list(scored_objects(json.loads(overview_json(whole))))
