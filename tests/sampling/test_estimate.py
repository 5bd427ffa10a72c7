"""Limits of a share; those of a finite population against enumeration in whole numbers."""

from fractions import Fraction
from functools import cache
from math import comb, exp, lgamma

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sampling.errors import CountsOutOfRange, EstimatorUnknown, FigureInvalid, LevelOutOfRange
from sampling.estimate import (
    Estimate,
    hypergeometric_interval,
    proportion_interval,
    proportion_upper_limit,
)

# Every machine is slow sometimes; a time limit would fail at random.
PATIENT = settings(deadline=None)
LEVELS_REFUSED = [0, 1, -0.5, 95, float("nan"), True, None, "0.95"]


@cache
def chances(n, cases, hits):
    """P(X = 0), ..., P(X = n) as fractions."""
    ways = comb(cases, n)
    return [Fraction(comb(hits, found) * comb(cases - hits, n - found), ways) for found in range(n + 1)]


def enumerated(x, n, cases, level):
    """Every M whose two tails are above alpha/2, by trying them all."""
    limit = (1 - Fraction(str(level))) / 2
    inside = [
        hits
        for hits in range(cases + 1)
        if sum((chance := chances(n, cases, hits))[x:]) > limit and sum(chance[: x + 1]) > limit
    ]
    assert inside == list(range(inside[0], inside[-1] + 1))
    return inside[0], inside[-1]


def tail(first, last, n, cases, hits):
    """P(first <= X <= last), by logarithms of factorials."""

    def choose(items, taken):
        return lgamma(items + 1) - lgamma(taken + 1) - lgamma(items - taken + 1)

    possible = range(max(first, n - (cases - hits)), min(last, hits) + 1)
    ways = choose(cases, n)
    return sum(exp(choose(hits, found) + choose(cases - hits, n - found) - ways) for found in possible)


counts = st.integers(1, 40).flatmap(
    lambda cases: st.integers(0, cases).flatmap(lambda n: st.integers(0, n).map(lambda x: (x, n, cases)))
)


class TestHypergeometricInterval:
    @pytest.mark.parametrize("cases", [1, 2, 3, 5, 8, 13, 20])
    @pytest.mark.parametrize("level", [0.8, 0.9, 0.95, 0.99])
    def test_against_every_number_of_cases(self, cases, level):
        for n in range(cases + 1):
            for x in range(n + 1):
                found = hypergeometric_interval(x, n, cases, level)
                assert (found.count_lower, found.count_upper) == enumerated(x, n, cases, level)

    @given(drawn=counts, level=st.sampled_from([0.05, 0.5, 0.9, 0.95, 0.975, 0.99, 0.999]))
    @PATIENT
    def test_against_enumeration_at_any_level(self, drawn, level):
        found = hypergeometric_interval(*drawn, level)
        assert (found.count_lower, found.count_upper) == enumerated(*drawn, level)

    def test_three_of_fifteen_in_a_centre_with_84_cases(self):
        found = hypergeometric_interval(3, 15, 84)
        assert (found.count_lower, found.count_upper) == enumerated(3, 15, 84, 0.95)
        assert (found.lower, found.upper) == (found.count_lower / 84, found.count_upper / 84)

    def test_a_tie_is_decided_as_it_is(self):
        """One case of 40 drawn, a hit: with M = 1 the tail is exactly 1/40, which is not above 1/40."""
        assert hypergeometric_interval(1, 1, 40, 0.95).count_lower == 2
        assert hypergeometric_interval(0, 1, 40, 0.95).count_upper == 38
        assert hypergeometric_interval(1, 1, 40, 0.950001).count_lower == 1

    def test_a_census_has_no_width(self):
        found = hypergeometric_interval(3, 8, 8)
        assert (found.count_lower, found.count_upper, found.lower, found.upper) == (3, 3, 3 / 8, 3 / 8)

    def test_nothing_drawn_says_nothing(self):
        found = hypergeometric_interval(0, 0, 12)
        assert (found.count_lower, found.count_upper, found.lower, found.upper) == (0, 12, 0.0, 1.0)

    @pytest.mark.parametrize(("x", "n", "cases"), [(0, 20, 30), (7, 20, 30), (20, 20, 30)])
    def test_misses_at_most_as_often_as_it_says(self, x, n, cases):
        """For every M the chance that the interval misses it is at most 1 in 40 at each end."""
        intervals = [hypergeometric_interval(found, n, cases) for found in range(n + 1)]
        for hits in range(cases + 1):
            chance = chances(n, cases, hits)
            above = sum(part for part, one in zip(chance, intervals, strict=True) if one.count_lower > hits)
            below = sum(part for part, one in zip(chance, intervals, strict=True) if one.count_upper < hits)
            assert above <= Fraction(1, 40)
            assert below <= Fraction(1, 40)

    @given(drawn=counts)
    @PATIENT
    def test_exchanging_hits_and_misses_mirrors_it(self, drawn):
        x, n, cases = drawn
        found, mirrored = hypergeometric_interval(x, n, cases), hypergeometric_interval(n - x, n, cases)
        assert (found.count_lower, found.count_upper) == (
            cases - mirrored.count_upper,
            cases - mirrored.count_lower,
        )

    @given(drawn=counts)
    @PATIENT
    def test_holds_what_is_possible_and_grows_with_the_level(self, drawn):
        x, n, cases = drawn
        narrow, wide = hypergeometric_interval(x, n, cases, 0.8), hypergeometric_interval(x, n, cases, 0.99)
        assert x <= wide.count_lower <= narrow.count_lower
        assert narrow.count_upper <= wide.count_upper <= cases - n + x

    def test_a_large_population_is_nearly_clopper_pearson(self):
        """Clopper & Pearson (1934) for 3 of 10: 0.0667 and 0.6525."""
        found = hypergeometric_interval(3, 10, 1_000_000)
        assert (found.lower, found.upper) == (
            pytest.approx(0.0667, abs=1e-4),
            pytest.approx(0.6525, abs=1e-4),
        )

    def test_nothing_found_in_a_large_population(self):
        """0 of 15: 1 - 0.025 ** (1/15) = 0.2180 (the "rule of three" for two-sided limits)."""
        assert hypergeometric_interval(0, 15, 1_000_000).upper == pytest.approx(0.2180, abs=1e-4)

    @pytest.mark.parametrize(("x", "n"), [(5, 15), (133, 400), (0, 20_000), (99_000, 99_999)])
    def test_a_hundred_thousand_cases(self, x, n):
        """Each end is the last one inside, by sums of its own."""
        found = hypergeometric_interval(x, n, 100_000, 0.951)
        assert tail(0, x, n, 100_000, found.count_upper) > 0.0245
        assert found.count_upper == 100_000 - n + x or tail(0, x, n, 100_000, found.count_upper + 1) <= 0.0245
        assert tail(x, n, n, 100_000, found.count_lower) > 0.0245
        assert found.count_lower == x or tail(x, n, n, 100_000, found.count_lower - 1) <= 0.0245

    def test_takes_numpy_numbers(self):
        found = hypergeometric_interval(np.int64(3), np.int64(15), np.int64(84))
        assert type(found.count_lower) is int
        assert found == hypergeometric_interval(3, 15, 84)

    @pytest.mark.parametrize(
        ("x", "n", "cases"),
        [
            pytest.param(0, 9, 8, id="n above N"),
            pytest.param(4, 3, 8, id="x above n"),
            pytest.param(-1, 3, 8, id="x below 0"),
            pytest.param(0, 0, 0, id="no cases"),
        ],
    )
    def test_impossible_counts_are_refused(self, x, n, cases):
        with pytest.raises(CountsOutOfRange):
            hypergeometric_interval(x, n, cases)

    @pytest.mark.parametrize(
        ("name", "value"), [("x", True), ("n", 2.0), ("N", float("nan")), ("x", "1"), ("n", None)]
    )
    def test_what_is_no_whole_number_is_refused(self, name, value):
        with pytest.raises(FigureInvalid) as refused:
            hypergeometric_interval(**{"x": 1, "n": 2, "N": 3, name: value})
        assert refused.value.values == {"name": name, "wanted": "a whole number", "value": value}

    @pytest.mark.parametrize("level", LEVELS_REFUSED)
    def test_a_level_outside_0_and_1_is_refused(self, level):
        with pytest.raises(LevelOutOfRange):
            hypergeometric_interval(1, 2, 3, level)


METHODS = ("wilson", "clopper-pearson", "jeffreys", "agresti-coull")
drawn_without_end = st.integers(1, 200).flatmap(lambda n: st.tuples(st.integers(0, n), st.just(n)))


class TestProportionInterval:
    def test_has_no_counts_for_it_knows_no_population(self):
        found = proportion_interval(3, 15)
        assert (found.count_lower, found.count_upper) == (None, None)

    def test_wilson_unless_told_otherwise(self):
        assert proportion_interval(3, 15) == proportion_interval(3, 15, 0.95, "wilson")

    @pytest.mark.parametrize("method", METHODS)
    def test_nothing_drawn_says_nothing(self, method):
        found = proportion_interval(0, 0, method=method)
        assert (found.lower, found.upper) == (0, 1)

    @pytest.mark.parametrize("method", METHODS)
    @given(drawn=drawn_without_end, level=st.floats(0.5, 0.9999))
    @PATIENT
    def test_holds_the_share_within_0_and_1_and_is_mirrored(self, method, drawn, level):
        x, n = drawn
        found, mirrored = (proportion_interval(hits, n, level, method) for hits in (x, n - x))
        assert 0 <= found.lower <= x / n <= found.upper <= 1
        assert (1 - mirrored.upper, 1 - mirrored.lower) == pytest.approx(
            (found.lower, found.upper), abs=1e-12
        )

    @pytest.mark.parametrize("method", METHODS)
    @given(drawn=drawn_without_end)
    @PATIENT
    def test_grows_with_the_level(self, method, drawn):
        narrow, wide = (proportion_interval(*drawn, level, method) for level in (0.9, 0.99))
        assert wide.lower <= narrow.lower
        assert narrow.upper <= wide.upper

    @pytest.mark.parametrize("method", ["wilson", "clopper-pearson", "jeffreys"])
    @pytest.mark.parametrize("n", [1, 7, 60])
    def test_none_and_all_reach_the_ends_exactly(self, method, n):
        assert proportion_interval(0, n, method=method).lower == 0
        assert proportion_interval(n, n, method=method).upper == 1

    @pytest.mark.parametrize("share", [0.01, 0.2, 0.5, 0.93])
    def test_clopper_pearson_misses_at_most_as_often_as_it_says(self, share):
        n = 25
        chance = [comb(n, x) * share**x * (1 - share) ** (n - x) for x in range(n + 1)]
        found = [proportion_interval(x, n, method="clopper-pearson") for x in range(n + 1)]
        assert sum(part for part, one in zip(chance, found, strict=True) if share < one.lower) <= 0.025
        assert sum(part for part, one in zip(chance, found, strict=True) if share > one.upper) <= 0.025

    def test_the_exact_interval_of_a_very_large_population_is_clopper_pearson(self):
        found, limit = (
            hypergeometric_interval(41, 60, 9_000_000),
            proportion_interval(41, 60, method="clopper-pearson"),
        )
        assert (found.lower, found.upper) == pytest.approx((limit.lower, limit.upper), abs=1e-5)

    @pytest.mark.parametrize(("x", "n"), [(4, 3), (-1, 3), (0, -1)])
    def test_impossible_counts_are_refused(self, x, n):
        with pytest.raises(CountsOutOfRange) as refused:
            proportion_interval(x, n)
        assert refused.value.values == {"x": x, "n": n, "N": None}

    @pytest.mark.parametrize(("name", "value"), [("x", False), ("n", 2.5), ("x", float("inf"))])
    def test_what_is_no_whole_number_is_refused(self, name, value):
        with pytest.raises(FigureInvalid) as refused:
            proportion_interval(**{"x": 1, "n": 2, name: value})
        assert refused.value.values == {"name": name, "wanted": "a whole number", "value": value}

    @pytest.mark.parametrize("level", LEVELS_REFUSED)
    def test_a_level_outside_0_and_1_is_refused(self, level):
        with pytest.raises(LevelOutOfRange):
            proportion_interval(1, 2, level)

    def test_an_unknown_method_is_refused_with_those_there_are(self):
        with pytest.raises(EstimatorUnknown) as refused:
            proportion_interval(1, 2, method="wald")
        assert refused.value.values == {"name": "method", "value": "wald", "known": list(METHODS)}


class TestProportionUpperLimit:
    @pytest.mark.parametrize("n", [1, 15, 60, 3000])
    def test_the_rule_of_three(self, n):
        assert proportion_upper_limit(0, n) == pytest.approx(1 - 0.05 ** (1 / n), rel=1e-12)
        assert proportion_upper_limit(0, n) <= 3 / n

    @pytest.mark.parametrize("cases", [1, 2, 5, 12])
    @pytest.mark.parametrize("level", [0.05, 0.5, 0.95])
    def test_against_every_number_of_cases(self, cases, level):
        alpha = 1 - Fraction(str(level))
        for n in range(cases + 1):
            for x in range(n + 1):
                inside = [hits for hits in range(cases + 1) if sum(chances(n, cases, hits)[: x + 1]) > alpha]
                # Fewer hits than were found have the chance 1 too, and are not possible.
                assert proportion_upper_limit(x, n, level, cases) == max(inside) / cases

    @given(drawn=counts)
    @PATIENT
    def test_is_the_upper_end_of_two_sided_limits_that_leave_as_much_there(self, drawn):
        x, n, cases = drawn
        assert proportion_upper_limit(x, n, 0.95, cases) == hypergeometric_interval(x, n, cases, 0.9).upper
        limit = proportion_interval(x, n, 0.9, "clopper-pearson").upper
        assert proportion_upper_limit(x, n) == pytest.approx(limit, abs=1e-12)

    @given(drawn=counts)
    @PATIENT
    def test_knowing_the_population_never_makes_it_larger(self, drawn):
        x, n, cases = drawn
        assert proportion_upper_limit(x, n, N=cases) <= proportion_upper_limit(x, n)

    def test_nothing_drawn_says_nothing(self):
        assert proportion_upper_limit(0, 0) == proportion_upper_limit(0, 0, N=9) == 1

    def test_a_tie_is_decided_as_it_is(self):
        """One of 20 drawn, no hit: with M = 19 the tail is exactly 1/20, which is not above 1/20."""
        assert proportion_upper_limit(0, 1, 0.95, 20) == 18 / 20

    @pytest.mark.parametrize(("x", "n", "cases"), [(4, 3, None), (-1, 3, None), (0, 9, 8), (0, 0, 0)])
    def test_impossible_counts_are_refused(self, x, n, cases):
        with pytest.raises(CountsOutOfRange):
            proportion_upper_limit(x, n, N=cases)

    @pytest.mark.parametrize("level", LEVELS_REFUSED)
    def test_a_level_outside_0_and_1_is_refused(self, level):
        with pytest.raises(LevelOutOfRange):
            proportion_upper_limit(1, 2, level)

    def test_a_population_that_is_no_whole_number_is_refused(self):
        with pytest.raises(FigureInvalid):
            proportion_upper_limit(1, 2, N=8.0)


class TestEstimate:
    @pytest.mark.parametrize(
        ("value", "inside"), [(-1.0, True), (0, True), (2.0, True), (2.01, False), (-9, False)]
    )
    def test_holds_what_is_within_its_limits_ends_included(self, value, inside):
        assert Estimate(0.5, 0.7, 9.0, -1.0, 2.0).holds(value) is inside

    def test_without_limits_nobody_knows(self):
        assert Estimate(0.5, None, None, None, None, "one-case").holds(0) is None
