"""Sentences of a centre's report where a count is none, and where it is one."""

from dataclasses import replace

import pytest
import report_values as values
from odd_reports import plain, sheets

from lirk.domain.reports import Counts
from lirk.reports.phrases import breached, breached_likely
from lirk.reports.report_sheets import centre_xlsx
from lirk.reports.result_sentences import whole_cases
from lirk.reports.sheet_texts import SheetVoice
from lirk.reports.sheet_texts import plain as unmarked
from lirk.reports.summary_sentences import going_well
from lirk.wording import Wording

DANISH, ENGLISH = SheetVoice(Wording("da")), SheetVoice(Wording("en"))
GOT = "Sagerne har i gennemsnit fået 50 % af de mulige point"


def said(markup):
    return plain(unmarked(markup))


class TestMean:
    @pytest.mark.parametrize(
        ("critical", "reviewed", "told"),
        [
            (
                0,
                15,
                f"{GOT}. Ingen af de 15 sager har kritisk brud; tallet alene siger ikke, om den enkelte sag er i "
                "orden.",
            ),
            (
                0,
                1,
                f"{GOT}. Den ene sag har ikke kritisk brud; tallet alene siger ikke, om sagen er i orden.",
            ),
            (
                2,
                15,
                f"{GOT}. Tallet siger ikke noget alene: 2 af 15 sager har kritisk brud, og et "
                "kritisk brud kan ikke opvejes af point.",
            ),
        ],
        ids=["none", "none of one", "some"],
    )
    def test_it_is_never_said_without_the_critical_breaches(self, critical, reviewed, told):
        checklist = replace(
            values.checklist(), mean_percent=50.0, critical_breaches=critical, reviewed=reviewed
        )
        assert told in [said(one) for one in whole_cases(checklist, DANISH)]


class TestBreached:
    @pytest.mark.parametrize(
        ("counts", "told"),
        [
            (Counts(yes=13), "Opfyldt i alle 13 relevante sager."),
            (Counts(yes=1), "Opfyldt i den ene relevante sag."),
            (Counts(not_applicable=4, cannot_assess=1), "Ingen relevante sager er vurderet."),
            (Counts(yes=12, no=1), "Ikke opfyldt i 1 af 13 relevante sager."),
            (Counts(yes=12, partly=1), "Kun delvist opfyldt i 1 af 13 relevante sager."),
        ],
        ids=["none", "none of one", "none assessed", "not met", "partly met"],
    )
    def test_in_how_many_cases(self, counts, told):
        assert said(breached(counts, DANISH)) == told

    def test_of_none_no_limits_are_said(self):
        item = values.centre_report().findings[0].item
        assert "sandsynligvis" in said(breached_likely(item, DANISH))
        none = replace(item, counts=Counts(yes=item.counts.assessed))
        assert (
            said(breached_likely(none, DANISH)) == f"Opfyldt i alle {item.counts.assessed} relevante sager."
        )


class TestGoingWell:
    @pytest.mark.parametrize(
        ("voice", "lower", "told"),
        [
            (DANISH, 3_575, "sandsynligvis i mindst 3.575 sager."),
            (DANISH, 1, "sandsynligvis i mindst 1 sag."),
            (ENGLISH, 3_575, "probably in at least 3,575 cases."),
        ],
        ids=["da", "da, one", "en"],
    )
    def test_it_says_what_is_counted(self, voice, lower, told):
        report = values.centre_report()
        theme = report.going_well[0]
        theme = replace(theme, share=replace(theme.share, count_lower=lower))
        [line] = going_well(replace(report, going_well=(theme,)), voice)
        assert said(line).endswith(told)


def test_a_finding_s_number_has_a_heading_of_its_own():
    report = values.centre_report()
    found = sheets(centre_xlsx(report, ENGLISH.words))
    assert found["Findings"][0][0] == "Finding no."
    assert found["Findings"][1][0] == report.findings[0].number
