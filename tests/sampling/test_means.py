"""The mean of one sample, with its limits."""

from fractions import Fraction
from itertools import combinations
from math import inf, nan
from statistics import mean, stdev

import numpy as np
import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sampling.errors import FigureInvalid, LevelOutOfRange, SampleEmpty, SampleTooLarge, ValueInvalid
from sampling.means import mean_interval

PATIENT = settings(deadline=None)
SCORES = [4, 7, 7, 8, 3, 9, 6, 5, 10, 8]

scores = st.lists(st.integers(-50, 50), min_size=8, max_size=40).filter(lambda found: len(set(found)) > 1)


def limits(found):
    return found.lower, found.upper


class TestMeanInterval:
    def test_ten_of_forty(self):
        found = mean_interval(SCORES, 40)
        half = 2.262157162854099 * stdev(SCORES) * (0.75 / 10) ** 0.5  # t(9) from R: qt(0.975, 9)
        assert (found.estimate, found.df, found.reason) == (6.7, 9, None)
        assert found.se == pytest.approx(stdev(SCORES) * (0.75 / 10) ** 0.5)
        assert limits(found) == pytest.approx((6.7 - half, 6.7 + half))

    def test_the_scale_cuts_the_limits_and_nothing_else(self):
        free, cut = (
            mean_interval(SCORES, 312, 0.9995),
            mean_interval(SCORES, 312, 0.9995, scale=(4 - 1, 9.5 + 0.5)),
        )
        assert limits(free) != limits(cut) == (free.lower, 10)
        assert limits(mean_interval(SCORES, 312, 0.99999, (3, 10))) == (3, 10)
        assert (cut.estimate, cut.se, cut.df) == (free.estimate, free.se, free.df)

    def test_a_census_has_no_width(self):
        found = mean_interval(SCORES, 10)
        assert (found.estimate, found.se, found.df, *limits(found)) == (6.7, 0, None, 6.7, 6.7)
        assert found.reason == "census"

    @pytest.mark.parametrize("values", [[3], [3, 3], [1, 2, 6]])
    def test_a_census_is_one_however_few_or_equal_the_cases(self, values):
        found = mean_interval(values, len(values))
        assert (found.estimate, found.se, *limits(found), found.reason) == (3, 0, 3, 3, "census")

    def test_fewer_than_eight_values_have_their_range(self):
        found = mean_interval(SCORES[:7], 40)
        assert (found.estimate, found.df, *limits(found)) == (pytest.approx(44 / 7), None, 3, 9)
        assert found.se == pytest.approx(stdev(SCORES[:7]) * (33 / 40 / 7) ** 0.5)
        assert found.reason == "range-few-cases"
        assert mean_interval(SCORES[:8], 40).reason is None

    @pytest.mark.parametrize("n", [2, 12])
    def test_equal_values_have_no_spread_to_measure(self, n):
        found = mean_interval([0.1] * n, 40)
        assert (found.estimate, found.se, found.df, *limits(found)) == (0.1, 0, None, 0.1, 0.1)
        assert found.reason == "range-all-equal"

    def test_one_value_of_many_has_no_standard_error(self):
        found = mean_interval([4], 40)
        assert (found.estimate, found.se, found.df, *limits(found)) == (4, None, None, 4, 4)
        assert found.reason == "one-case"

    @given(values=scores, data=st.data())
    @PATIENT
    def test_row_order_changes_no_bit(self, values, data):
        values = [value / 7 for value in values]
        mixed = data.draw(st.permutations(values))
        assert mean_interval(mixed, 60) == mean_interval(values, 60)

    @given(values=scores, cases=st.integers(41, 10_000), factor=st.integers(1, 9), shift=st.integers(-99, 99))
    @PATIENT
    def test_moves_and_stretches_with_the_values(self, values, cases, factor, shift):
        found = mean_interval(values, cases)
        moved = mean_interval([factor * value + shift for value in values], cases)
        assert moved.estimate == pytest.approx(factor * found.estimate + shift, abs=1e-9)
        assert moved.se == pytest.approx(factor * found.se)
        assert limits(moved) == pytest.approx([factor * end + shift for end in limits(found)], abs=1e-9)

    @given(values=scores, cases=st.integers(41, 10_000))
    @PATIENT
    def test_a_larger_population_leaves_more_to_chance(self, values, cases):
        assert mean_interval(values, cases).se <= mean_interval(values, cases + 1).se

    def test_the_variance_is_right_on_average_over_every_sample(self):
        """All samples of 4 of 9: the mean is unbiased, and so is se² for its variance (Cochran, 2.4)."""
        cases = [2, 3, 3, 5, 8, 1, 9, 4, 4]
        found = [mean_interval(drawn, 9) for drawn in combinations(cases, 4)]
        true = mean(map(Fraction, cases))
        assert mean(one.estimate for one in found) == pytest.approx(float(true))
        spread = mean((one.estimate - float(true)) ** 2 for one in found)
        assert mean(one.se**2 for one in found) == pytest.approx(spread)

    @pytest.mark.parametrize(
        "values",
        [
            tuple(SCORES),
            np.array(SCORES),
            np.array(SCORES, dtype=np.float32),
            pl.Series(SCORES),
            iter(SCORES),
        ],
    )
    def test_takes_any_list_of_numbers(self, values):
        assert mean_interval(values, np.int64(40)) == mean_interval(SCORES, 40)

    @pytest.mark.parametrize("value", [nan, inf, -inf, None, "4", True, 1e101, [4], 10**400])
    def test_what_is_no_number_is_refused_with_its_place(self, value):
        with pytest.raises(ValueInvalid) as refused:
            mean_interval([1, 2, value], 40)
        assert refused.value.values == {
            "place": 3,
            "wanted": "a number from -1e+100 to 1e+100",
            "value": value,
        }

    def test_a_value_outside_the_scale_is_refused(self):
        with pytest.raises(ValueInvalid) as refused:
            mean_interval([1, 11, 2], 40, scale=(1, 10))
        assert refused.value.values == {"place": 2, "wanted": "a number from 1 to 10", "value": 11}

    @pytest.mark.parametrize(
        "scale", [(1,), (10, 1), (1, 1), (nan, 3), (0, inf), ("1", "9"), (1, 2, 3), (False, 3)]
    )
    def test_a_scale_without_two_ends_is_refused(self, scale):
        with pytest.raises(FigureInvalid) as refused:
            mean_interval(SCORES, 40, scale=scale)
        assert (refused.value.values["name"], refused.value.values["value"]) == ("scale", scale)

    def test_no_value_is_refused(self):
        with pytest.raises(SampleEmpty):
            mean_interval([], 40)

    def test_more_values_than_cases_are_refused(self):
        with pytest.raises(SampleTooLarge) as refused:
            mean_interval(SCORES, 9)
        assert refused.value.values == {"stratum": "population", "n": 10, "N": 9}

    @pytest.mark.parametrize("cases", [0, -3, 40.0, True, None, "40", nan])
    def test_a_population_that_is_no_whole_number_is_refused(self, cases):
        with pytest.raises(FigureInvalid) as refused:
            mean_interval(SCORES, cases)
        assert refused.value.values == {"name": "N", "wanted": "a whole number from 1 up", "value": cases}

    @pytest.mark.parametrize("level", [0, 1, 95, nan, True, None, "0.95"])
    def test_a_level_outside_0_and_1_is_refused(self, level):
        with pytest.raises(LevelOutOfRange):
            mean_interval(SCORES, 40, level)

    def test_the_largest_numbers_still_fit(self):
        found = mean_interval([1e100, -1e100] * 10, 10**9)
        assert found.estimate == 0
        assert found.upper == -found.lower == pytest.approx(4.8e99, rel=0.01)
