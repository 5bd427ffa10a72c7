"""Before and after, in two samples and in the same cases."""

from functools import cache
from itertools import product
from math import comb, nan

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sampling.change import (
    change_in_mean,
    change_in_proportion,
    paired_change_in_mean,
    paired_change_in_proportion,
)
from sampling.errors import (
    CountsOutOfRange,
    FigureInvalid,
    LengthsDiffer,
    LevelOutOfRange,
    SampleEmpty,
    SampleTooLarge,
    ValueInvalid,
)

PATIENT = settings(deadline=None)
BEFORE = [4, 7, 7, 8, 3, 9, 6, 5, 10, 8]
AFTER = [7, 9, 6, 8, 10, 9, 5, 9]

scores = st.lists(st.integers(-20, 20), min_size=2, max_size=12)
samples = st.integers(1, 40).flatmap(
    lambda n: st.tuples(st.integers(0, n), st.just(n), st.none() | st.integers(n, 80))
)


def limits(found):
    return found.lower, found.upper


def figures(found):
    return [found.estimate, found.se, *limits(found)]


@cache
def choices(hits, cases, x, n):
    """In how many ways x hits are drawn among n."""
    return comb(hits, x) * comb(cases - hits, n - x)


class TestChangeInMean:
    @given(
        before=scores,
        after=scores,
        first=st.none() | st.integers(12, 40),
        second=st.none() | st.integers(12, 40),
    )
    @PATIENT
    def test_exchanging_before_and_after_mirrors_it(self, before, after, first, second):
        found = change_in_mean(before, after, first, second)
        mirrored = change_in_mean(after, before, second, first)
        assert (found.estimate, found.se, found.df) == (-mirrored.estimate, mirrored.se, mirrored.df)
        if found.lower is not None:
            assert limits(found) == (-mirrored.upper, -mirrored.lower)

    def test_a_larger_population_leaves_more_to_chance(self):
        widths = [change_in_mean(BEFORE, AFTER, N, N).se for N in (11, 40, 10**6)]
        assert widths == sorted(widths)
        assert widths[-1] == pytest.approx(change_in_mean(BEFORE, AFTER).se, rel=1e-5)

    def test_against_a_known_mean_only_the_other_counts(self):
        found = change_in_mean(BEFORE, AFTER, 10, 31)
        assert found.df == pytest.approx(7)
        assert change_in_mean([8], AFTER, 1, 31).se == pytest.approx(found.se)

    def test_two_known_means(self):
        found = change_in_mean(BEFORE, AFTER, 10, 8)
        assert (*figures(found), found.df, found.reason) == (
            pytest.approx(1.175),
            0,
            *[found.estimate] * 2,
            None,
            "census",
        )

    @pytest.mark.parametrize(
        ("before", "after", "sizes"), [([4], AFTER, (9, 9)), (BEFORE, [4], ()), ([4], [5], (1, 2))]
    )
    def test_one_value_of_many_has_no_spread_that_is_known(self, before, after, sizes):
        found = change_in_mean(before, after, *sizes)
        assert (found.se, found.df, *limits(found), found.reason) == (None, None, None, None, "one-case")
        assert found.estimate is not None

    def test_equal_values_say_nothing_of_their_spread(self):
        found = change_in_mean([2, 2, 2], [3, 3])
        assert (found.estimate, found.se, found.df, *limits(found)) == (1, 0, None, None, None)
        assert found.reason == "no-spread"
        assert found.holds(0) is None

    def test_no_certain_change(self):
        assert change_in_mean(BEFORE, AFTER).holds(0)
        assert not change_in_mean(BEFORE, [score + 5 for score in AFTER]).holds(0)

    def test_the_smallest_and_largest_numbers_fit(self):
        assert change_in_mean([1e100, -1e100, 0], [1e-150, 0]).df == pytest.approx(2)

    @pytest.mark.parametrize(("before", "after"), [([], [1, 2]), ([1, 2], [])])
    def test_no_value_is_refused(self, before, after):
        with pytest.raises(SampleEmpty):
            change_in_mean(before, after)

    @pytest.mark.parametrize(("sizes", "name"), [((9, 50), "before"), ((50, 7), "after")])
    def test_more_values_than_cases_are_refused(self, sizes, name):
        with pytest.raises(SampleTooLarge) as refused:
            change_in_mean(BEFORE, AFTER, *sizes)
        assert refused.value.values["stratum"] == name

    @pytest.mark.parametrize("size", [0, -1, 50.0, True, nan])
    def test_a_population_that_is_no_whole_number_is_refused(self, size):
        with pytest.raises(FigureInvalid) as refused:
            change_in_mean(BEFORE, AFTER, 50, size)
        assert refused.value.values == {
            "name": "N_after",
            "wanted": "a whole number from 1 up",
            "value": size,
        }

    @pytest.mark.parametrize("value", [nan, None, True, "3"])
    def test_what_is_no_number_is_refused(self, value):
        with pytest.raises(ValueInvalid) as refused:
            change_in_mean(BEFORE, [1, value])
        assert refused.value.values["place"] == 2

    @pytest.mark.parametrize("level", [0, 1, 95, nan])
    def test_a_level_outside_0_and_1_is_refused(self, level):
        with pytest.raises(LevelOutOfRange):
            change_in_mean(BEFORE, AFTER, level=level)


class TestChangeInProportion:
    @given(before=samples, after=samples, level=st.sampled_from([0.8, 0.95, 0.99]))
    @PATIENT
    def test_exchanging_before_and_after_mirrors_it(self, before, after, level):
        (x1, n1, first), (x2, n2, second) = before, after
        found = change_in_proportion(x1, n1, x2, n2, first, second, level)
        mirrored = change_in_proportion(x2, n2, x1, n1, second, first, level)
        assert (found.estimate, found.se, found.reason) == (-mirrored.estimate, mirrored.se, mirrored.reason)
        assert limits(found) == pytest.approx((-mirrored.upper, -mirrored.lower), abs=1e-12)

    @given(before=samples, after=samples)
    @PATIENT
    def test_exchanging_hits_and_misses_turns_the_sign(self, before, after):
        (x1, n1, first), (x2, n2, second) = before, after
        found = change_in_proportion(x1, n1, x2, n2, first, second)
        mirrored = change_in_proportion(n1 - x1, n1, n2 - x2, n2, first, second)
        assert limits(found) == pytest.approx((-mirrored.upper, -mirrored.lower), abs=1e-9)

    @given(before=samples, after=samples)
    @PATIENT
    def test_holds_the_change_and_stays_possible(self, before, after):
        (x1, n1, first), (x2, n2, second) = before, after
        found = change_in_proportion(x1, n1, x2, n2, first, second)
        assert -1 - 1e-12 <= found.lower <= found.estimate <= found.upper <= 1 + 1e-12

    @pytest.mark.parametrize(
        ("first", "second", "on_average", "at_worst"),
        [
            pytest.param((4, 9), (5, 12), 0.95, 0.81, id="very small"),
            pytest.param((10, 25), (10, 25), 0.96, 0.82, id="small"),
            pytest.param((12, 24), (5, 36), 0.96, 0.85, id="half and a seventh"),
            pytest.param((9, 9), (3, 15), 0.95, 0.95, id="one known"),
            pytest.param((25, 30), (25, 30), 0.91, 0.27, id="nearly all, as the docstring warns"),
        ],
    )
    def test_holds_the_true_change_about_as_often_as_it_says(self, first, second, on_average, at_worst):
        """Every pair of populations and every pair of samples, counted out."""
        (one, of_one), (other, of_other) = first, second
        found = {
            drawn: change_in_proportion(drawn[0], one, drawn[1], other, of_one, of_other)
            for drawn in product(range(one + 1), range(other + 1))
        }
        ways = comb(of_one, one) * comb(of_other, other)
        held = []
        for hits, others in product(range(of_one + 1), range(of_other + 1)):
            true = others / of_other - hits / of_one
            held.append(
                sum(
                    choices(hits, of_one, x, one) * choices(others, of_other, y, other)
                    for (x, y), change in found.items()
                    if change.lower - 1e-12 <= true <= change.upper + 1e-12
                )
                / ways
            )
        assert sum(held) / len(held) >= on_average
        assert min(held) >= at_worst

    def test_two_known_shares(self):
        found = change_in_proportion(3, 8, 6, 8, 8, 8)
        assert (*figures(found), found.df, found.reason) == (0.375, 0, 0.375, 0.375, None, "census")

    def test_one_known_share_leaves_the_limits_of_the_other(self):
        found = change_in_proportion(4, 8, 6, 20, 8, 60)
        assert limits(found) == pytest.approx((10 / 60 - 0.5, 30 / 60 - 0.5), abs=0.02)

    @pytest.mark.parametrize("sizes", [(), (9, 40), (9, None)])
    def test_one_case_of_several_has_limits_and_no_standard_error(self, sizes):
        found = change_in_proportion(1, 1, 6, 20, *sizes)
        assert (found.se, found.reason) == (None, "one-case")
        assert found.lower < found.estimate < found.upper

    def test_one_case_that_is_all(self):
        assert change_in_proportion(1, 1, 6, 20, 1, 40).reason is None

    def test_no_certain_change(self):
        assert change_in_proportion(9, 15, 11, 15, 84, 91).holds(0)
        assert not change_in_proportion(9, 15, 15, 15, 84, 91).holds(0)

    @pytest.mark.parametrize("counts", [(0, 0, 1, 2), (1, 2, 0, 0), (1, 2, 0, 0, 9, 9)])
    def test_a_sample_without_cases_is_refused(self, counts):
        with pytest.raises(SampleEmpty):
            change_in_proportion(*counts)

    @pytest.mark.parametrize("counts", [(3, 2, 1, 2), (1, 2, -1, 2), (1, 2, 1, 2, 1, 9), (1, 2, 1, 2, 9, 0)])
    def test_impossible_counts_are_refused(self, counts):
        with pytest.raises(CountsOutOfRange):
            change_in_proportion(*counts)

    @pytest.mark.parametrize("counts", [(True, 2, 1, 2), (1, 2.0, 1, 2), (1, 2, 1, 2, nan, 9)])
    def test_what_is_no_whole_number_is_refused(self, counts):
        with pytest.raises(FigureInvalid):
            change_in_proportion(*counts)

    @pytest.mark.parametrize("level", [0, 1, 95, nan])
    def test_a_level_outside_0_and_1_is_refused(self, level):
        with pytest.raises(LevelOutOfRange):
            change_in_proportion(1, 2, 1, 2, level=level)


class TestPairedChangeInMean:
    @given(
        pairs=st.lists(st.tuples(st.integers(-9, 9), st.integers(-9, 9)), min_size=1, max_size=12),
        data=st.data(),
    )
    @PATIENT
    def test_the_order_of_the_cases_changes_no_bit(self, pairs, data):
        mixed = data.draw(st.permutations(pairs))
        found, again = (paired_change_in_mean(*zip(*order, strict=True), 40) for order in (pairs, mixed))
        assert found == again

    def test_every_case_of_the_population(self):
        found = paired_change_in_mean([1, 2], [3, 2], 2)
        assert (*figures(found), found.df, found.reason) == (1, 0, 1, 1, None, "census")

    def test_one_case(self):
        found = paired_change_in_mean([1], [3])
        assert (*figures(found), found.df, found.reason) == (2, None, None, None, None, "one-case")

    @pytest.mark.parametrize(
        ("before", "after"), [([1, 2, 3], [3, 4, 5]), ([0.1, 0.2, 0.3], [0.2, 0.3, 0.4])]
    )
    def test_all_cases_moved_by_the_same(self, before, after):
        found = paired_change_in_mean(before, after)
        assert found.estimate == pytest.approx(after[0] - before[0])
        assert (found.se, *limits(found), found.reason) == (0, None, None, "no-spread")

    def test_other_numbers_of_cases_are_refused(self):
        with pytest.raises(LengthsDiffer) as refused:
            paired_change_in_mean([1, 2], [1, 2, 3])
        assert refused.value.values == {"lengths": [2, 3]}

    def test_no_case_is_refused(self):
        with pytest.raises(SampleEmpty):
            paired_change_in_mean([], [])

    def test_more_cases_than_the_population_has_are_refused(self):
        with pytest.raises(SampleTooLarge):
            paired_change_in_mean([1, 2], [2, 3], 1)

    def test_what_is_no_number_is_refused(self):
        with pytest.raises(ValueInvalid):
            paired_change_in_mean([1, 2], [2, nan])

    def test_a_level_outside_0_and_1_is_refused(self):
        with pytest.raises(LevelOutOfRange):
            paired_change_in_mean([1, 2], [2, 4], level=95)


class TestPairedChangeInProportion:
    def test_four_kinds_of_cases(self):
        found = paired_change_in_proportion([1, 1, 0, 0, 0, 0], [1, 0, 0, 1, True, np.True_])
        assert (found.gained, found.lost, found.n, found.estimate) == (3, 1, 6, 1 / 3)
        assert found.p_value == 2 * (1 + 4) / 16

    def test_no_case_has_changed(self):
        found = paired_change_in_proportion([1, 0, 1], [1, 0, 1])
        assert (found.estimate, found.p_value, found.reason) == (0, None, "none-changed")

    @given(gained=st.integers(0, 40), lost=st.integers(0, 40), same=st.integers(0, 9))
    @PATIENT
    def test_both_directions_alike_and_those_that_stayed_do_not_count(self, gained, lost, same):
        def asked(up, down, still):
            if up + down + still == 0:
                return None
            before, after = [0] * up + [1] * (down + still), [1] * up + [0] * down + [1] * still
            return paired_change_in_proportion(before, after).p_value

        assert asked(gained, lost, same) == asked(lost, gained, same)
        if gained + lost:
            assert 0 < asked(gained, lost, same) == asked(gained, lost, 0) <= 1

    def test_very_many_changes_do_not_overflow(self):
        found = paired_change_in_proportion([0] * 3000, [1] * 3000)
        assert found.p_value == 0
        assert paired_change_in_proportion([0] * 900, [1] * 900).p_value == 2 / 2**900

    @pytest.mark.parametrize("value", [2, None, nan, "no"])
    def test_what_is_neither_yes_nor_no_is_refused(self, value):
        with pytest.raises(ValueInvalid):
            paired_change_in_proportion([1, 0], [1, value])

    def test_other_numbers_of_cases_are_refused(self):
        with pytest.raises(LengthsDiffer):
            paired_change_in_proportion([1, 0], [1])

    def test_no_case_is_refused(self):
        with pytest.raises(SampleEmpty):
            paired_change_in_proportion([], [])
