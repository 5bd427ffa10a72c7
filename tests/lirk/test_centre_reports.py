from datetime import UTC, date, datetime

import pytest

from checklists.load import load, shipped
from lirk.domain.centre_reports import centre_report, findings_of, going_well_of
from lirk.domain.figures import ReviewedCase
from lirk.domain.reports import ChecklistResult, Counts, ItemResult, Method, Share, ThemeResult
from lirk.domain.rounds import Round, RoundState

CHECKLIST = load("""
format = "lirk-checklist/1"
id = "law"
version = 3
subject = "case"
status_date = 2026-03-08
title = { da = "Jura", en = "Law" }
purpose = { da = "Prøve" }
responsible = { da = "Jura" }
not_applicable = "drop"
cannot_assess = "out"
[[themes]]
id = "hearing"
title = { da = "Partshøring", en = "Hearing" }
[[themes.items]]
id = "heard"
question = { da = "Er borgeren hørt?", en = "Was the party heard?" }
severity = "critical"
rule = "guarantee"
weight = 2
core = true
recommendation = { da = "Hør parten.", en = "Hear the party." }
[[themes.items.references]]
text = { da = "FVL § 19", en = "PAA s. 19" }
status_date = 2026-03-08
source = "Retsinformation"
verified = true
[[themes.items]]
id = "noted"
question = { da = "Er det noteret?" }
severity = "minor"
rule = "order"
weight = 1
core = true
recommendation = { da = "Notér." }
[[themes.items.references]]
text = { da = "OFL § 13" }
status_date = 2026-03-08
source = "Retsinformation"
verified = false
[[themes]]
id = "whole"
title = { da = "Samlet" }
[[themes.items]]
id = "overall-lawful"
question = { da = "Er afgørelsen samlet set lovlig?" }
severity = "serious"
rule = "substantive"
weight = 0
core = true
recommendation = { da = "Drøft." }
[[verdicts]]
id = "critical-breach"
title = { da = "Kritisk brud", en = "Critical breach" }
positive = false
when = { count = { meaning = "negative", severity = "critical" }, at_least = 1 }
[[verdicts]]
id = "errors"
title = { da = "Fejl" }
[verdicts.when]
any = [
    { count = { meaning = "negative" }, at_least = 1 },
    { count = { meaning = "partial" }, at_least = 1 },
]
[[verdicts]]
id = "in-order"
title = { da = "I orden" }
positive = true
""")

NOW = datetime(2026, 11, 22, 9, 0, tzinfo=UTC)
METHOD = Method(
    source="register.csv",
    source_rows=312,
    exclusions=(),
    fingerprint="3f9c",
    committed_at=NOW,
    draws=(),
    program_version="0.1.0",
    reviewers=2,
)
ROUND = Round(id=1, key="2026-2", title="2. runde 2026", state=RoundState.CLOSED, created_at=NOW)


def case(number, heard="yes", noted="yes", overall="yes", status="reviewed"):
    answers = {"heard": heard, "noted": noted, "overall-lawful": overall}
    return ReviewedCase(number=number, status=status, answers={"law": answers})


def report(cases, **changes):
    given = {
        "municipality": "Eksempel Kommune",
        "centre": "Sydfjord",
        "round_": ROUND,
        "population": 312,
        "drawn": len(cases),
        "cases": cases,
        "checklists": [CHECKLIST],
        "method": METHOD,
        "issued_on": date(2026, 11, 22),
        "language": "da",
    }
    return centre_report(**{**given, **changes})


def sample_of_48():
    """41 relevant cases, 9 of them breached: 5 no, 4 partly; 5 not applicable, 2 files not found."""
    heard = ["yes"] * 32 + ["no"] * 5 + ["partly"] * 4 + ["not_applicable"] * 5
    cases = [case(number, answer) for number, answer in enumerate(heard, start=1)]
    return [*cases, case(47, status="not-found"), case(48, status="no-access")]


class TestCentreReport:
    def test_counts_of_an_item(self):
        item = report(sample_of_48()).checklists[0].themes[0].items[0]
        assert item.counts == Counts(yes=32, partly=4, no=5, not_applicable=5, cannot_assess=2)
        assert (item.counts.assessed, item.counts.breached, item.counts.total) == (41, 9, 48)
        assert (item.share.hits, item.share.assessed, item.share.population) == (32, 41, 307)

    def test_counts_of_a_theme(self):
        """Where hearing is not applicable the note is still met, so the theme is met."""
        theme = report(sample_of_48()).checklists[0].themes[0]
        assert theme.counts == Counts(yes=37, partly=4, no=5, cannot_assess=2)
        assert theme.share.share == 37 / 46

    def test_in_a_theme_that_only_asks_no_case_is_counted(self):
        asks = report(sample_of_48()).checklists[0].themes[1]
        assert (asks.scored, asks.counts, asks.share) == (False, Counts(), None)
        assert asks.items[0].counts.total == 48

    def test_scores_are_means_over_cases(self):
        """Of 3 points: 32 cases 3, 5 cases 1, 4 cases 2; 5 cases 1 of 1."""
        result = report(sample_of_48()).checklists[0]
        mean = (32 * 100 + 5 * 100 / 3 + 4 * 200 / 3 + 5 * 100) / 46
        assert result.mean_percent == pytest.approx(mean, abs=1e-12)

    def test_critical_breaches_and_verdicts_are_cases(self):
        result = report(sample_of_48()).checklists[0]
        assert result.critical_breaches == 5
        assert [(line.verdict_id, line.title, line.cases) for line in result.verdicts] == [
            ("critical-breach", "Kritisk brud", 5),
            ("errors", "Fejl", 4),
            ("in-order", "I orden", 37),
        ]
        assert (result.not_applicable, result.missing) == (0, 2)

    def test_a_case_in_which_nothing_applied_has_no_verdict(self):
        result = report([case(1, "not_applicable", "not_applicable")]).checklists[0]
        assert result.not_applicable == 1
        assert not any(line.cases for line in result.verdicts)

    def test_a_verdict_without_cases_is_named(self):
        result = report([case(1)]).checklists[0]
        assert [line.cases for line in result.verdicts] == [0, 0, 1]

    def test_reviewed_are_the_cases_that_were_read(self):
        made = report(sample_of_48())
        assert (made.drawn, made.reviewed, made.checklists[0].reviewed) == (48, 46, 46)
        assert not made.census

    @pytest.mark.parametrize(
        ("answers", "listed"),
        [
            pytest.param({"heard": "no", "overall": "yes"}, True, id="lawful in spite of a critical breach"),
            pytest.param({"overall": "no"}, True, id="unlawful without a fault"),
            pytest.param({"heard": "no", "overall": "no"}, False, id="both say no"),
            pytest.param({"overall": "yes"}, False, id="both say yes"),
            pytest.param({"noted": "no", "overall": "yes"}, False, id="lawful with errors"),
            pytest.param({"noted": "no", "overall": "no"}, False, id="unlawful with errors"),
            pytest.param({"overall": "cannot_assess"}, False, id="no judgement"),
        ],
    )
    def test_disagreements(self, answers, listed):
        made = report([case(7, **answers), case(3)])
        assert made.checklists[0].disagreements == ((7,) if listed else ())

    def test_texts_numbers_and_marks_of_items(self):
        themes = report([case(1)]).checklists[0].themes
        items = [item for theme in themes for item in theme.items]
        assert [theme.number for theme in themes] == ["1", "2"]
        assert [item.number for item in items] == ["1.1", "1.2", "2.1"]
        assert [item.verified for item in items] == [True, False, True]
        assert [item.scored for item in items] == [True, True, False]
        assert items[0].references == ("FVL § 19",)
        assert items[0].recommendation == "Hør parten."

    def test_texts_in_english_where_there_are_any(self):
        result = report([case(1)], language="en").checklists[0]
        assert (result.title, result.themes[0].title, result.themes[1].title) == ("Law", "Hearing", "Samlet")
        assert result.themes[0].items[0].references == ("PAA s. 19",)
        assert result.verdicts[0].title == "Critical breach"

    def test_cases_stand_by_running_number_whatever_their_status(self):
        cases = [case(3, status="out-of-scope"), case(1), case(2, status="not-found")]
        made = report(cases, drawn=2)
        assert [(line.number, line.status) for line in made.cases] == [
            (1, "reviewed"),
            (2, "not-found"),
            (3, "out-of-scope"),
        ]
        assert made.checklists[0].themes[0].counts.total == 2

    def test_the_order_of_the_cases_does_not_matter(self):
        cases = sample_of_48()
        assert report(cases) == report(cases[::-1])

    def test_a_census_is_one(self):
        made = report([case(number) for number in range(1, 13)], population=12)
        assert made.census
        assert made.checklists[0].themes[0].share.census

    def test_few_cases_have_counts_but_no_share(self):
        theme = report([case(number) for number in range(1, 10)]).checklists[0].themes[0]
        assert theme.counts.yes == 9
        assert theme.share is None

    def test_no_case_at_all(self):
        made = report([])
        assert made.findings == made.going_well == made.cases == ()
        assert made.checklists[0].mean_percent is None

    @pytest.mark.parametrize("language", ["da", "en"])
    def test_the_shipped_checklist(self, language):
        made = report([case(1)], checklists=[shipped("lovmedholdelig-sagsbehandling")], language=language)
        assert made.checklists[0].reviewed == 0
        assert made.checklists[0].themes[0].title


def item(number, breached, severity="serious", *, scored=True, critical_no=0):
    return ItemResult(
        item_id=f"item-{number}",
        number=number,
        question="?",
        severity=severity,
        rule="order",
        references=(),
        verified=True,
        counts=Counts(yes=20, no=critical_no, partly=breached),
        share=None,
        scored=scored,
    )


def theme(number, items=(), lower=None):
    share = lower and Share(
        hits=9,
        assessed=10,
        population=99,
        share=0.9,
        lower=lower,
        upper=1.0,
        count_lower=9,
        count_upper=99,
        worst=0.9,
        best=0.9,
    )
    return ThemeResult(
        theme_id=f"theme-{number}",
        number=number,
        title=f"Tema {number}",
        counts=Counts(yes=9, no=1),
        share=share,
        items=tuple(items),
    )


def result(*themes, checklist_id="law"):
    return ChecklistResult(
        checklist_id=checklist_id,
        title="Jura",
        version=1,
        status_date=date(2026, 3, 8),
        not_applicable_policy="drop",
        cannot_assess_policy="out",
        reviewed=10,
        critical_breaches=0,
        verdicts=(),
        themes=themes,
    )


class TestFindingsOf:
    def test_items_with_a_breach_in_checklist_order_across_checklists(self):
        found = findings_of(
            [
                result(theme("1", [item("1.1", 0), item("1.2", 1)])),
                result(theme("1", [item("1.1", 9)]), checklist_id="data"),
            ]
        )
        assert [(one.number, one.checklist_id, one.theme, one.item.number) for one in found] == [
            (1, "law", "Tema 1", "1.2"),
            (2, "data", "Tema 1", "1.1"),
        ]

    def test_an_unscored_item_is_never_a_finding(self):
        assert findings_of([result(theme("1", [item("1.1", 5, scored=False)]))]) == ()

    @pytest.mark.parametrize(
        ("breached", "page_one"),
        [
            pytest.param([1, 2, 3], ["1.1", "1.2", "1.3"], id="all, where they are few"),
            pytest.param([1, 5, 2, 4, 3], ["1.2", "1.3", "1.4", "1.5"], id="most cases, in checklist order"),
            pytest.param([2, 2, 2, 2, 2], ["1.1", "1.2", "1.3", "1.4"], id="ties by checklist order"),
            pytest.param([9, 8, 7, 6, -1], ["1.1", "1.2", "1.3", "1.5"], id="critical first"),
            pytest.param([-1, -1, 9, -1, -2, -1], ["1.1", "1.2", "1.3", "1.5"], id="most cases has a place"),
            pytest.param([-1, -1, 2, -1, -2, -1], ["1.1", "1.2", "1.4", "1.5"], id="critical fill it"),
        ],
    )
    def test_page_one(self, breached, page_one):
        """A negative number stands for a critical item."""
        items = [
            item(f"1.{place}", abs(count), "critical" if count < 0 else "minor")
            for place, count in enumerate(breached, start=1)
        ]
        found = findings_of([result(theme("1", items))])
        assert [one.item.number for one in found if one.on_page_one] == page_one

    def test_a_critical_breach_goes_before_a_critical_item_that_is_partly_met(self):
        partly = [item(f"1.{place}", 9, "critical") for place in range(1, 6)]
        breach = item("1.6", 0, "critical", critical_no=1)
        found = findings_of([result(theme("1", [*partly, breach]))])
        assert [one.item.number for one in found if one.on_page_one] == ["1.1", "1.2", "1.3", "1.6"]

    def test_four_critical_breaches_leave_no_place_for_the_most_cases(self):
        breaches = [item(f"1.{place}", 0, "critical", critical_no=1) for place in range(1, 5)]
        found = findings_of([result(theme("1", [item("1.9", 9), *breaches]))])
        assert "1.9" not in [one.item.number for one in found if one.on_page_one]

    def test_what_is_on_page_one_is_told_in_full(self):
        critical = [item(f"1.{place}", 1, "critical") for place in range(1, 15)]
        found = findings_of([result(theme("1", [*critical, item("2.1", 9)]))])
        assert len([one for one in found if one.written_up]) == 12
        assert all(one.written_up for one in found if one.on_page_one)
        assert found[-1].on_page_one

    def test_twelve_are_told_in_full_and_all_are_numbered(self):
        found = findings_of([result(theme("1", [item(f"1.{at}", at) for at in range(1, 16)]))])
        assert [one.number for one in found] == list(range(1, 16))
        assert [one.number for one in found if one.written_up] == list(range(4, 16))


class TestGoingWellOf:
    @pytest.mark.parametrize(
        ("lowers", "chosen"),
        [
            pytest.param([0.5, 0.4999], ["1"], id="from a half"),
            pytest.param([None, 0.6], ["2"], id="never without a share"),
            pytest.param([0.6, 0.9, 0.7, 0.8], ["2", "3", "4"], id="the three surest, in checklist order"),
            pytest.param([0.8, 0.8, 0.8, 0.8], ["1", "2", "3"], id="ties by checklist order"),
            pytest.param([0.1], [], id="none"),
        ],
    )
    def test_chosen_by_the_lower_limit(self, lowers, chosen):
        themes = [theme(str(place), lower=lower) for place, lower in enumerate(lowers, start=1)]
        assert [one.number for one in going_well_of([result(*themes)])] == chosen

    def test_never_with_a_critical_breach(self):
        broken = theme("1", [item("1.1", 0, "critical", critical_no=1)], lower=0.9)
        lesser = theme("2", [item("2.1", 0, "serious", critical_no=1)], lower=0.9)
        assert [one.number for one in going_well_of([result(broken, lesser)])] == ["2"]
