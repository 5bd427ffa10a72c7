from dataclasses import fields, replace
from datetime import UTC, date, datetime
from itertools import permutations, product
from typing import get_type_hints

import pytest
from held_types import held_by
from hypothesis import given, settings
from hypothesis import strategies as st

from lirk.domain.alphabet import danish_key
from lirk.domain.item_sets import ItemSet, ItemsUsed
from lirk.domain.overview_values import (
    ChecklistDevelopment,
    DevelopmentPoint,
    Overview,
    Participation,
    PooledTheme,
    RecurringFinding,
    RoundedLevel,
    ThemeDevelopment,
)
from lirk.domain.overviews import going_well_of, joint_effort_of, overview
from lirk.domain.reports import (
    AgreementLine,
    CentreReport,
    ChecklistResult,
    Counts,
    DrawLine,
    Exclusion,
    ItemResult,
    Method,
    ThemeResult,
    UsedChecklist,
)
from lirk.domain.rounds import Round, RoundState

NOW = datetime(2026, 11, 22, 9, 0, tzinfo=UTC)
TODAY = NOW.date()
ROUND = Round(
    id=1, key="2026-2", title="2. runde 2026", state=RoundState.CLOSED, created_at=NOW, made_up="answers"
)
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


def item(number, counts, **changes):
    given_ = {
        "item_id": f"item-{number}",
        "number": number,
        "question": f"Punkt {number}?",
        "severity": "serious",
        "rule": "order",
        "references": ("FVL § 24",),
        "verified": True,
        "counts": counts,
        "share": None,
        "recommendation": f"Gør {number}.",
    }
    return ItemResult(**{**given_, **changes})


def theme(number, yes, assessed, cases, **item_changes):
    """A theme of one item: as many yes, the rest of the assessed no, the rest of the cases not applicable."""
    counts = Counts(yes=yes, no=assessed - yes, not_applicable=cases - assessed)
    return ThemeResult(
        theme_id=f"theme-{number}",
        number=number,
        title=f"Tema {number}",
        counts=counts,
        share=None,
        items=(item(f"{number}.1", counts, **item_changes),),
    )


def report(centre, *yes, population=300, cases=15, assessed=None, **item_changes):
    themes = tuple(
        theme(str(place), hits, cases if assessed is None else assessed, cases, **item_changes)
        for place, hits in enumerate(yes, start=1)
    )
    result = ChecklistResult(
        checklist_id="law",
        title="Jura",
        version=7,
        status_date=date(2026, 3, 8),
        not_applicable_policy="drop",
        cannot_assess_policy="out",
        reviewed=cases,
        critical_breaches=0,
        verdicts=(),
        themes=themes,
    )
    return CentreReport(
        municipality="Eksempel Kommune",
        centre=centre,
        round_key="2026-2",
        round_title="2. runde 2026",
        first_day=None,
        last_day=None,
        issued_on=TODAY,
        population=population,
        drawn=cases,
        reviewed=cases,
        checklists=(result,),
        findings=(),
        going_well=(),
        cases=(),
        method=METHOD,
    )


def made(reports, **changes):
    given_ = {"municipality": "Eksempel Kommune", "round_": ROUND, "issued_on": TODAY, "method": METHOD}
    return overview(reports, **{**given_, **changes})


def five(*columns):
    """Five centres; for each theme the yes of each centre, of 15."""
    return [report(name, *hits) for name, hits in zip("ABCDE", zip(*columns, strict=True), strict=True)]


class TestParticipation:
    def test_exact_and_in_danish_alphabetical_order(self):
        reports = [
            report("Århus", 9, population=312, cases=48),
            report("Ærø", 9, population=7, cases=7),
            report("Birk", 9, population=99, cases=15),
            report("Øst", 9, population=20, cases=15),
        ]
        lines = made(reports, without_cases={"Zenit": 0, "Ålborg": 4}).participation
        assert lines == (
            Participation(centre="Birk", population=99, reviewed=15, report_ready=True),
            Participation(centre="Zenit", population=0, reviewed=0, report_ready=False),
            Participation(centre="Ærø", population=7, reviewed=7, report_ready=True),
            Participation(centre="Øst", population=20, reviewed=15, report_ready=True),
            Participation(centre="Ålborg", population=4, reviewed=0, report_ready=False),
            Participation(centre="Århus", population=312, reviewed=48, report_ready=True),
        )

    @given(st.lists(st.text(min_size=1, max_size=6), unique=True, max_size=9))
    def test_always_alphabetical(self, names):
        lines = made([report(name, place) for place, name in enumerate(names)]).participation
        assert [line.centre for line in lines] == sorted(names, key=danish_key)


class TestOverview:
    def test_what_is_passed_on(self):
        value = made(five([9, 9, 9, 9, 9]))
        assert (value.municipality, value.round_key, value.round_title) == (
            "Eksempel Kommune",
            "2026-2",
            "2. runde 2026",
        )
        assert (value.issued_on, value.method, value.made_up) == (TODAY, METHOD, "answers")
        assert value.checklists == (
            UsedChecklist(checklist_id="law", title="Jura", version=7, status_date=date(2026, 3, 8)),
        )

    def test_themes_in_checklist_order_rounded_to_five_points_or_in_words(self):
        themes = made(five([9, 9, 9, 9, 9], [15, 15, 15, 15, 15], [0, 0, 0, 0, 1], [10, 10, 9, 9, 9])).themes
        assert [(one.checklist_id, one.number, one.title) for one in themes] == [
            ("law", str(number), f"Tema {number}") for number in range(1, 5)
        ]
        assert [(one.percent, one.level) for one in themes] == [
            (60, None),
            (None, RoundedLevel.NEARLY_ALL),
            (None, RoundedLevel.FEW),
            (65, None),
        ]

    def test_weighted_by_the_cases_in_the_register(self):
        reports = [
            report(name, hits, population=population)
            for name, hits, population in zip(
                "ABCDE", [15, 4, 4, 4, 3], [200, 100, 100, 100, 100], strict=True
            )
        ]
        assert made(reports).themes[0].percent == 50

    @pytest.mark.parametrize("count", [0, 1, 4])
    def test_fewer_than_five_measured_centres_are_participation_and_words_only(self, count):
        reports = [report(name, 7) for name in "ABCDE"[:count]]
        empty = [replace(report("X", 0, cases=0), reviewed=0)]
        value = made([*reports, *empty], without_cases={"Y": 9})
        assert value.themes == value.recurring == value.going_well == value.joint_effort == ()
        assert len(value.participation) == count + 2

    def test_a_theme_with_too_few_cases_is_withheld(self):
        reports = [report(name, 1, cases=15, assessed=1) for name in "ABCDE"]
        assert made(reports).themes[0].level is RoundedLevel.WITHHELD

    def test_the_small_number_limit_is_the_methods(self):
        reports = [report(name, 1, cases=2) for name in "ABCDE"]
        assert (
            made(reports, method=replace(METHOD, small_number_limit=11)).themes[0].level
            is RoundedLevel.WITHHELD
        )
        assert made(reports).themes[0].percent == 50

    def test_a_theme_that_is_not_scored_is_not_pooled(self):
        assert made([report(name, 7, scored=False) for name in "ABCDE"]).themes == ()

    @settings(deadline=None)
    @given(st.data())
    def test_unchanged_if_like_centres_swap_their_results(self, data):
        hits = data.draw(st.lists(st.integers(0, 15), min_size=6, max_size=6))
        populations = data.draw(st.lists(st.sampled_from([50, 300, 2000]), min_size=6, max_size=6))

        def value(order):
            return made(
                [
                    report(name, hits[place], 15 - hits[place] // 2, population=population)
                    for name, place, population in zip("ABCDEF", order, populations, strict=True)
                ]
            )

        order = list(range(6))
        alike = [pair for pair in permutations(order, 2) if populations[pair[0]] == populations[pair[1]]]
        if alike:
            one, other = data.draw(st.sampled_from(alike))
            swapped = [other if place == one else one if place == other else place for place in order]
            assert value(order) == value(swapped)

    @settings(deadline=None)
    @given(st.permutations(range(5)))
    def test_the_order_of_the_reports_does_not_matter(self, order):
        reports = [
            report(name, hits, population=population)
            for name, hits, population in zip(
                "ABCDE", [3, 14, 9, 7, 8], [90, 4000, 500, 300, 20], strict=True
            )
        ]
        assert made(reports) == made([reports[place] for place in order])

    @pytest.mark.parametrize("populations", [(10,) * 5, (50, 40, 30, 20, 10)])
    def test_with_one_report_in_hand_two_counts_remain_for_every_other_centre(self, populations):
        """All that is published of every possible round of five centres with three cases each."""
        method = replace(METHOD, small_number_limit=5)
        alike = {}
        for hits in product(range(4), repeat=5):
            rows = zip("ABCDE", hits, populations, strict=True)
            value = made([report(name, yes, population=n, cases=3) for name, yes, n in rows], method=method)
            alike.setdefault((value.themes, value.recurring), []).append(hits)
        for results in alike.values():
            for reader, other in permutations(range(5), 2):
                left = {}
                for hits in results:
                    left.setdefault(hits[reader], set()).add(hits[other])
                assert all(len(counts) >= 2 for counts in left.values())


class TestRecurring:
    @pytest.mark.parametrize(
        ("touched", "centres", "listed"),
        [
            pytest.param(2, 5, False, id="two of five"),
            pytest.param(3, 5, True, id="three of five"),
            pytest.param(3, 6, True, id="half of six"),
            pytest.param(3, 7, False, id="three of seven"),
            pytest.param(4, 7, True, id="four of seven"),
            pytest.param(9, 9, True, id="all"),
            pytest.param(0, 9, False, id="none"),
        ],
    )
    def test_in_at_least_half_of_the_centres_and_three(self, touched, centres, listed):
        reports = [
            report(name, 14 if place < touched else 15) for place, name in enumerate("ABCDEFGHI"[:centres])
        ]
        expected = RecurringFinding(
            checklist_id="law",
            number="1.1",
            question="Punkt 1.1?",
            references=("FVL § 24",),
            recommendation="Gør 1.1.",
        )
        assert made(reports).recurring == ((expected,) if listed else ())

    def test_how_many_cases_does_not_show(self):
        assert made(five([14, 14, 14, 15, 15])).recurring == made(five([0, 0, 0, 0, 0])).recurring

    def test_an_item_that_is_not_scored_is_never_listed(self):
        assert made([report(name, 7, scored=False) for name in "ABCDE"]).recurring == ()

    def test_not_where_the_list_would_give_single_cases_away(self):
        """Three centres had one case each to assess; if the item is listed, each was a fault."""
        reports = [report(name, 0, assessed=1) for name in "ABC"]
        reports += [report(name, 0, assessed=0) for name in "DE"]
        assert made(reports).recurring == ()

    def test_measured_centres_only(self):
        empty = [replace(report(name, 0, cases=0), reviewed=0) for name in "XYZ"]
        assert made([*five([14, 14, 14, 15, 15]), *empty]).recurring


def pooled(values):
    """Themes by number: a percentage, or a level."""
    return [
        PooledTheme(
            checklist_id="law",
            number=str(place),
            title="",
            percent=value if isinstance(value, int) else None,
            level=None if isinstance(value, int) else value,
        )
        for place, value in enumerate(values, start=1)
    ]


FEW, NEARLY_ALL, WITHHELD = RoundedLevel.FEW, RoundedLevel.NEARLY_ALL, RoundedLevel.WITHHELD


class TestPatterns:
    @pytest.mark.parametrize(
        ("values", "well", "effort"),
        [
            pytest.param([60, 80, 70, 90, 30, 20, 10], "234", "567", id="three and three"),
            pytest.param([90, 80, 70, 30], "123", "4", id="fewer left"),
            pytest.param([70, 70, 70, 70], "1234", "", id="alike is not told apart"),
            pytest.param([70, 70, 70, 65], "123", "4", id="one below"),
            pytest.param([90, 80, 70, 70, 30], "12", "345", id="two alike of which one would fit"),
            pytest.param([90, 80, 75, 40, 45, 55, 55], "123", "45", id="nor at the other end"),
            pytest.param([NEARLY_ALL, 50, FEW], "12", "3", id="words as the ends they stand for"),
            pytest.param([NEARLY_ALL] * 5, "12345", "", id="nearly all everywhere"),
            pytest.param([45, 40, 35, 30], "", "234", id="nothing in the upper half"),
            pytest.param([WITHHELD, WITHHELD], "", "", id="withheld is in neither"),
            pytest.param([], "", "", id="no themes"),
        ],
    )
    def test_chosen_from_what_is_published(self, values, well, effort):
        themes = pooled(values)
        going_well = going_well_of(themes)
        assert "".join(one.number for one in going_well) == well
        assert "".join(one.number for one in joint_effort_of(themes, going_well)) == effort

    @given(st.lists(st.sampled_from([FEW, NEARLY_ALL, WITHHELD, *range(5, 100, 5)]), max_size=12))
    def test_disjoint_in_checklist_order_and_at_most_three_that_are_not_alike(self, values):
        themes = pooled(values)
        going_well = going_well_of(themes)
        effort = joint_effort_of(themes, going_well)
        for chosen in (going_well, effort):
            numbers = [int(one.number) for one in chosen]
            assert numbers == sorted(numbers)
            assert len(numbers) <= 3 or len({(one.percent, one.level) for one in chosen}) == 1
            alike = {(one.percent, one.level) for one in chosen}
            assert len(numbers) == sum((one.percent, one.level) in alike for one in themes)
        assert not {one.number for one in going_well} & {one.number for one in effort}


class TestOverviewHoldsNoResultOfACentre:
    def test_only_these_values_have_a_place_in_it(self):
        held, plain = held_by(Overview)
        assert held == {
            Overview,
            Participation,
            PooledTheme,
            RecurringFinding,
            Method,
            Exclusion,
            DrawLine,
            UsedChecklist,
            ItemsUsed,
            AgreementLine,
            ChecklistDevelopment,
            ThemeDevelopment,
            DevelopmentPoint,
        }
        assert plain <= {str, int, float, bool, date, datetime, type(None), RoundedLevel, ItemSet}

    def test_only_participation_names_a_centre_and_has_no_result(self):
        assert [one.name for one in fields(Participation)] == [
            "centre",
            "population",
            "reviewed",
            "report_ready",
        ]
        for kind in (Overview, PooledTheme, RecurringFinding):
            assert "centre" not in {one.name for one in fields(kind)}

    def test_patterns_and_recurring_findings_have_no_count(self):
        assert [one.name for one in fields(PooledTheme)] == [
            "checklist_id",
            "number",
            "title",
            "percent",
            "level",
        ]
        assert int not in get_type_hints(RecurringFinding).values()
