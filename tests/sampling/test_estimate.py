"""The exact interval for a share of a finite population, against enumeration in whole numbers."""

import time
from fractions import Fraction
from math import comb

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sampling import hypergeometric_interval
from sampling.errors import CountsOutOfRange, LevelOutOfRange

# Every machine is slow sometimes; a time limit would fail at random.
PATIENT = settings(deadline=None)


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

    def test_a_hundred_thousand_cases_are_quick(self):
        started = time.perf_counter()
        for n in (15, 400, 20_000, 99_999):
            hypergeometric_interval(n // 3, n, 100_000, 0.951)
        assert time.perf_counter() - started < 2

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

    @pytest.mark.parametrize("level", [0, 1, -0.5, 95, float("nan")])
    def test_a_level_outside_0_and_1_is_refused(self, level):
        with pytest.raises(LevelOutOfRange):
            hypergeometric_interval(1, 2, 3, level)
