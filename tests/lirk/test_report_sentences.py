"""Sentences of a centre's report where a count is none, and where it is one."""

from dataclasses import replace

import pytest
import report_values as values
from odd_reports import assessed, plain, sheets

from lirk.domain.reports import Counts
from lirk.reports.assessment_sentences import rows
from lirk.reports.charts import share_text
from lirk.reports.finding_sentences import sureness
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


class TestWholeCases:
    @pytest.mark.parametrize(
        ("changes", "told"),
        [
            (
                {"missing": 1},
                "1 sag kunne ikke findes eller åbnes. Den har intet samlet resultat, men tæller som »kan ikke "
                "vurderes« i hvert tema og punkt.",
            ),
            ({"not_applicable": 2}, "I 2 sager var intet punkt relevant. De har intet samlet resultat."),
        ],
        ids=["missing", "nothing applied"],
    )
    def test_cases_without_a_verdict_are_told_too(self, changes, told):
        checklist = values.checklist()
        assert told not in [said(one) for one in whole_cases(checklist, DANISH)]
        assert told in [said(one) for one in whole_cases(replace(checklist, **changes), DANISH)]


class TestBreached:
    @pytest.mark.parametrize(
        ("counts", "told"),
        [
            (Counts(yes=13), "Opfyldt i alle 13 relevante sager."),
            (Counts(yes=1), "Opfyldt i den ene relevante sag."),
            (Counts(not_applicable=4, cannot_assess=1), "Ingen relevante sager er vurderet."),
            (Counts(yes=12, no=1), "Ikke opfyldt i 1 af 13 relevante sager."),
            (Counts(yes=12, partly=1), "Kun delvist opfyldt i 1 af 13 relevante sager."),
            (Counts(no=1), "Ikke opfyldt i den ene relevante sag."),
            (Counts(partly=1), "Kun delvist opfyldt i den ene relevante sag."),
            (Counts(no=1, partly=1), "Ikke eller kun delvist opfyldt i 2 af 2 relevante sager."),
        ],
        ids=[
            *("none", "none of one", "none assessed", "not met", "partly met"),
            *("not met in the only one", "partly met in the only one", "both"),
        ],
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


class TestSureness:
    @pytest.mark.parametrize(
        ("counts", "told"),
        [
            (Counts(no=1), "I den ene relevante sag er punktet ikke opfyldt."),
            (Counts(partly=1), "I den ene relevante sag er punktet kun delvist opfyldt."),
            (Counts(yes=1, no=1), "I 1 af 2 relevante sager er punktet ikke opfyldt."),
        ],
        ids=["not met", "partly met", "of two"],
    )
    def test_one_case_is_said_as_one(self, counts, told):
        item = replace(values.centre_report().findings[0].item, counts=counts, share=None)
        assert said(sureness(item, DANISH)).startswith(told)

    @pytest.mark.parametrize(
        ("fewest", "most", "told"),
        [
            (0, 640, "i mellem 0 og 32 % (0 til 640 af"),
            (9, 640, "i mellem under 1 og 32 % (9 til 640 af"),
            (1_400, 1_995, "i mellem 70 og over 99 % (1.400 til 1.995 af"),
            (1_400, 2_000, "i mellem 70 og 100 % (1.400 til 2.000 af"),
            (1, 9, "i mellem under 1 og under 1 % (1 til 9 af"),
        ],
    )
    def test_a_limit_of_some_cases_is_not_none_and_not_all(self, fewest, most, told):
        item = values.centre_report().findings[0].item
        share = replace(item.share, population=2_000, count_lower=2_000 - most, count_upper=2_000 - fewest)
        item = replace(item, share=share)
        assert told in said(sureness(item, DANISH))
        assert said(breached_likely(item, DANISH)).endswith(
            f"I hele centret sandsynligvis mellem {DANISH.words.number(fewest)} og {DANISH.words.number(most)} sager."
        )

    @pytest.mark.parametrize(
        ("lower", "upper", "told"),
        [
            (0, 2_000, "93 % (0–100)"),
            (9, 1_995, "93 % (0,4–99,8)"),
            (20, 1_980, "93 % (1–99)"),
            (2_000, 2_000, "93 % (100–100)"),
        ],
    )
    def test_in_tables_it_has_the_decimals_that_tell_it_apart(self, lower, upper, told):
        share = replace(
            values.share(14, 15, 2_000),
            lower=lower / 2_000,
            upper=upper / 2_000,
            count_lower=lower,
            count_upper=upper,
        )
        assert plain(share_text(share, DANISH.words)) == told


class TestAssessed:
    def test_one_case_is_said_as_one(self):
        made = assessed(values.centre_report())
        checklist = made.checklists[0]
        theme = replace(checklist.themes[0], counts=Counts(yes=1))
        made = replace(made, checklists=(replace(checklist, themes=(theme,)),))
        (_, _, told), _ = rows(made, made.assessment, DANISH)
        assert told == f"{theme.title}: alle punkter opfyldt i 1 af 1 relevant sag."


class TestGoingWell:
    def test_one_case_is_said_as_one(self):
        report = values.centre_report()
        theme = replace(report.going_well[0], counts=Counts(yes=1), share=None)
        [line] = going_well(replace(report, going_well=(theme,)), DANISH)
        assert said(line) == f"I temaet {theme.title} er alle punkter opfyldt i den ene relevante sag."

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
