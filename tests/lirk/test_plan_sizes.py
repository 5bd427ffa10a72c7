"""Sizes by cases, by hours and by precision, decision rules and detection, and what they say in words."""

from math import comb

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from lirk.domain.plan_sizes import (
    Costs,
    DetectTooMany,
    HoursACaseUnusable,
    HoursUnusable,
    RuleSharesUnusable,
    ShareUnusable,
    SizeLine,
    cases_within,
    decision_rule,
    detection,
    sizes_for_hours,
)
from lirk.domain.planning import Sizes
from lirk.errors import ProblemsFound
from lirk.services.plan_sizes import plan_by_cases, plan_by_hours, plan_by_precision
from lirk.wording import Wording
from lirk.wording import plan_size_lines as lines
from sampling.plan import expected_half_width

# Every machine is slow sometimes; a time limit would fail at random.
PATIENT = settings(deadline=None)
CENTRES = {"Syd": 9, "Nord": 400, "Øst": 0}
DA, EN = Wording(), Wording("en")


class TestByCases:
    def test_of_each_centre(self):
        plan = plan_by_cases(Sizes(n=15), CENTRES)
        south, north, east = plan.lines
        assert (north.n, north.census) == (15, False)
        assert north.half_width == expected_half_width(0.5, 15, 400)
        assert (south.n, south.census, south.half_width, south.limits) == (9, True, 0, (0.5, 0.5))
        assert (east.n, east.half_width, east.limits) == (0, None, None)
        assert (plan.cases, plan.hours) == (24, pytest.approx(24 * 0.9 + 16))

    def test_the_centres_stay_in_their_order(self):
        assert [line.centre for line in plan_by_cases(Sizes(n=15), CENTRES).lines] == list(CENTRES)

    def test_that_do_not_fit(self):
        with pytest.raises(ProblemsFound):
            plan_by_cases(Sizes(method="equal", n=3, minimum=2), {"Nord": 4, "Syd": 4})

    def test_other_costs(self):
        costs = Costs(hours_fixed=8, hours_a_case=2, double=0.25)
        assert plan_by_cases(Sizes(n=4), {"Nord": 40}, costs=costs).hours == 18


class TestByHours:
    def test_shared(self):
        plan = plan_by_hours(80, "proportional", {"Nord": 312, "Syd": 90})
        assert (plan.cases, [line.n for line in plan.lines]) == (71, [55, 16])
        assert plan.hours <= 80

    def test_so_many_from_each(self):
        """71 cases: the 9 are taken whole, and 62 are left for two centres."""
        plan = plan_by_hours(80, "fixed", {"A": 312, "B": 9, "C": 90})
        assert [line.n for line in plan.lines] == [31, 9, 31]

    def test_too_few_hours(self):
        for method in ("fixed", "equal", "proportional"):
            assert plan_by_hours(16.5, method, {"Nord": 312}).cases == 0

    def test_more_hours_than_there_are_cases(self):
        for method in ("fixed", "equal", "proportional"):
            plan = plan_by_hours(1e6, method, CENTRES)
            assert plan.cases == 409

    @given(populations=st.lists(st.integers(0, 60), min_size=1, max_size=6), hours=st.integers(0, 300))
    @PATIENT
    def test_one_more_from_each_would_take_more_hours(self, populations, hours):
        centres = {str(place): population for place, population in enumerate(populations)}
        n = sizes_for_hours(hours, centres, "fixed", Costs()).n
        taken = sum(min(n, population) for population in populations)
        more = sum(min(n + 1, population) for population in populations)
        assert taken == 0 or Costs().hours(taken) <= hours + 1e-9
        assert more == taken or Costs().hours(more) > hours

    @pytest.mark.parametrize("hours", [-1, float("nan"), float("inf")])
    def test_refused(self, hours):
        with pytest.raises(HoursUnusable):
            plan_by_hours(hours, "fixed", CENTRES)


class TestByPrecision:
    def test_each_centre_gets_what_it_takes(self):
        plan = plan_by_precision(0.15, {"Nord": 400, "Syd": 9, "Vest": 60})
        for line in plan.lines:
            assert line.half_width <= 0.15
            assert line.n == cases_within(0.15, line.population)
            assert line.n == 1 or expected_half_width(0.5, line.n - 1, line.population) > 0.15

    def test_the_sizes_can_be_kept_and_say_the_same(self):
        centres = {"Nord": 400, "Syd": 9, "Vest": 60, "Tomt": 0}
        plan = plan_by_precision(0.1, centres)
        again = plan_by_cases(plan.sizes, centres)
        assert again == plan

    @given(population=st.integers(1, 500), percent=st.integers(3, 45))
    @PATIENT
    def test_it_is_enough_and_one_less_is_not(self, population, percent):
        n = cases_within(percent / 100, population)
        assert 1 <= n <= population
        assert expected_half_width(0.5, n, population) <= percent / 100
        assert n == 1 or expected_half_width(0.5, n - 1, population) > percent / 100

    def test_large_populations_take_no_time_and_join_the_exact_ones(self):
        for n, population in ((1000, 20_000), (1000, 3000)):
            below = plan_by_cases(Sizes(n=n), {"": population}).lines[0].half_width
            above = plan_by_cases(Sizes(n=n + 1), {"": population}).lines[0].half_width
            assert abs(below - above) < 1e-4
        assert cases_within(0.001, 10_000_000) == pytest.approx(876_000, rel=0.01)

    @pytest.mark.parametrize("half_width", [0, 1, -0.1, float("nan"), 5])
    def test_refused(self, half_width):
        with pytest.raises(ShareUnusable) as caught:
            plan_by_precision(half_width, {"Nord": 400})
        assert caught.value.values["name"] == "--half-width"


class TestCosts:
    @pytest.mark.parametrize(
        ("options", "error"),
        [
            ({"hours_fixed": -1}, HoursUnusable),
            ({"hours_fixed": float("nan")}, HoursUnusable),
            ({"hours_a_case": 0}, HoursACaseUnusable),
            ({"hours_a_case": float("inf")}, HoursACaseUnusable),
            ({"double": 1.1}, ShareUnusable),
            ({"double": float("nan")}, ShareUnusable),
        ],
    )
    def test_refused(self, options, error):
        with pytest.raises(error):
            Costs(**options)

    def test_there_and_back(self):
        costs = Costs(double=0.1)
        assert costs.cases(costs.hours(57)) == 57
        assert Costs().cases(106) == 100
        assert Costs().cases(10) == 0


class TestRule:
    def test_says_what_it_is_good_for(self):
        rule = decision_rule(30, 312, 0.05, 0.2)
        assert (rule.n, rule.d) == (30, 3)
        assert rule.accept_good > 0.95
        assert 0.88 < rule.reject_poor < 0.9
        assert rule.read_poor < rule.read_good < 30

    def test_a_census_is_never_wrong(self):
        rule = decision_rule(20, 20, 0.05, 0.2)
        assert (rule.accept_good, rule.reject_poor) == (1, 1)

    @pytest.mark.parametrize(
        ("good", "poor", "error"),
        [
            (0.2, 0.2, RuleSharesUnusable),
            (0.3, 0.2, RuleSharesUnusable),
            (-0.1, 0.2, ShareUnusable),
            (0.1, float("nan"), ShareUnusable),
            (0.1, 2, ShareUnusable),
        ],
    )
    def test_refused(self, good, poor, error):
        with pytest.raises(error):
            decision_rule(10, 50, good, poor)


class TestDetection:
    def test_what_it_takes_and_what_there_is(self):
        found = detection(3, 312, 30)
        assert found.needed == 197
        assert found.chance == pytest.approx(1 - comb(309, 30) / comb(312, 30))
        assert detection(3, 312).chance is None

    def test_where_all_have_it_one_is_enough(self):
        assert detection(5, 5).needed == 1

    def test_a_single_case_takes_nearly_all(self):
        assert detection(1, 100).needed == 95

    def test_more_than_there_are(self):
        with pytest.raises(DetectTooMany):
            detection(6, 5)


def line(half_width, n=26, population=312):
    return SizeLine(centre="Nord", population=population, n=n, half_width=half_width)


class TestWords:
    @pytest.mark.parametrize(
        ("half_width", "said"),
        [
            (0.09, "6 ud af 10"),
            (0.097, "to tredjedele"),
            (0.164, "to tredjedele"),
            (0.19, "tre fjerdedele"),
            (0.2499, "9 ud af 10"),
            (0.3, "9 ud af 10"),
            (0.45, "for få sager"),
        ],
    )
    def test_what_a_width_is_good_for(self, half_width, said):
        """The share that is named lies beyond the limits to expect where it is one half."""
        assert said in lines.enough_text(DA, line(half_width))

    def test_a_centre(self):
        assert lines.line_text(DA, line(0.19)) == (
            "Med 26 af 312 sager bliver usikkerheden cirka 19 procentpoint til hver side: er et punkt opfyldt i "
            "halvdelen af sagerne, siger stikprøven mellem 31 og 69\u00a0%. Det er nok til at se forskel på halvdelen "
            "og tre fjerdedele."
        )
        assert "between 31 and 69%" in lines.line_text(EN, line(0.19))

    def test_census_none_and_empty(self):
        assert "Alle sager gennemgås" in lines.line_text(DA, line(0, n=312))
        assert "Ingen sager gennemgås" in lines.line_text(DA, line(None, n=0))
        assert "Ingen sager i perioden." in lines.line_text(DA, line(None, n=0, population=0))

    def test_small_widths_have_a_decimal(self):
        assert lines.points_text(DA, 0.097) == "9,7 procentpoint"
        assert lines.points_text(DA, 0.157) == "16 procentpoint"

    def test_hours(self):
        assert (lines.hours_of(DA, 40.0), lines.hours_of(DA, 39.44)) == ("40 timer", "39,4 timer")
        plan = plan_by_cases(Sizes(n=10), {"Nord": 100}, costs=Costs(double=0.1))
        said = lines.hours_text(DA, plan, Costs(double=0.1))
        assert "10 sager og cirka 25,9 timer" in said
        assert "10\u00a0% af sagerne læses to gange" in said
        assert "læses to gange" not in lines.hours_text(DA, plan, Costs())

    def test_too_few_hours(self):
        plan = plan_by_hours(10, "fixed", {"Nord": 100})
        assert "10 timer er for lidt" in lines.reach_text(DA, 10, plan)

    def test_a_rule(self):
        rule = decision_rule(30, 312, 0.05, 0.2)
        assert "Regel for 30 sager: højst 3 må have fejl." in lines.rule_text(DA, rule)
        assert "er 4\u00a0%" in lines.risks_text(DA, rule)
        assert "det sparer 2,0 og 11,2" in lines.curtailed_text(DA, rule)
        strict = decision_rule(4, 312, 0.0, 0.5)
        assert "ingen må have fejl" in lines.rule_text(DA, strict)

    @pytest.mark.parametrize(
        ("chance", "said"),
        [
            (0, "0\u00a0%"),
            (0.001, "under 1\u00a0%"),
            (0.954, "95\u00a0%"),
            (0.9999, "over 99\u00a0%"),
            (1, "100\u00a0%"),
        ],
    )
    def test_no_chance_is_rounded_to_certainty(self, chance, said):
        assert lines.chance_text(DA, chance) == said
