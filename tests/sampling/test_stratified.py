"""Means, totals, shares and domains over strata."""

from itertools import product
from math import inf, nan
from statistics import mean, variance

import numpy as np
import polars as pl
import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st
from scipy.special import betaincinv, stdtrit

from sampling.errors import (
    EstimatorUnknown,
    FigureInvalid,
    LengthsDiffer,
    LevelOutOfRange,
    SampleEmpty,
    SampleTooLarge,
    SizeNegative,
    StratumOfOne,
    StratumUnknown,
    ValueInvalid,
)
from sampling.estimate import proportion_interval
from sampling.means import mean_interval
from sampling.stratified import METHODS, domain_mean, stratified_mean, stratified_proportion, stratified_total

PATIENT = settings(deadline=None)

SCORES = [3, 5, 4, 4, 2, 5, 3, 1, 2, 5, 4, 2]
CENTRES = ["Nord"] * 7 + ["Syd"] * 5
SIZES = {"Nord": 40, "Syd": 25}
WITH_CENSUS = ([*SCORES, 5, 3], [*CENTRES, "Vest", "Vest"], {**SIZES, "Vest": 2})


def limits(found):
    return found.lower, found.upper


WHOLE = st.integers(-20, 20)


@st.composite
def samples(draw, values=WHOLE):
    """Values, their strata and the sizes of one to four strata; some of them drawn whole."""
    found, strata, sizes = [], [], {}
    for name in range(draw(st.integers(1, 4))):
        sizes[name] = draw(st.integers(1, 30))
        n = draw(st.integers(min(2, sizes[name]), min(sizes[name], 8)))
        found += draw(st.lists(values, min_size=n, max_size=n))
        strata += [name] * n
    return found, strata, sizes


def answers():
    return samples(values=st.integers(0, 1))


class TestStratifiedMean:
    def test_by_hand(self):
        found = stratified_mean(SCORES, CENTRES, SIZES)
        nord, syd = SCORES[:7], SCORES[7:]
        assert found.estimate == pytest.approx((40 * mean(nord) + 25 * mean(syd)) / 65)
        parts = (
            (40 / 65) ** 2 * (33 / 40) * variance(nord) / 7,
            (25 / 65) ** 2 * (20 / 25) * variance(syd) / 5,
        )
        assert found.se**2 == pytest.approx(sum(parts))
        assert (found.df, found.reason) == (10, None)
        half = -stdtrit(10, 0.025) * found.se
        assert limits(found) == pytest.approx((found.estimate - half, found.estimate + half))

    def test_a_stratum_drawn_whole_adds_cases_and_neither_variance_nor_degrees_of_freedom(self):
        found, without = stratified_mean(*WITH_CENSUS), stratified_mean(SCORES, CENTRES, SIZES)
        assert found.estimate == pytest.approx((65 * without.estimate + 8) / 67)
        assert found.se == pytest.approx(without.se * 65 / 67)
        assert found.df == without.df == 10

    def test_a_stratum_with_one_case_that_was_drawn(self):
        found = stratified_mean([*SCORES, 5], [*CENTRES, "Ø"], {**SIZES, "Ø": 1})
        assert found.estimate == pytest.approx(
            (65 * stratified_mean(SCORES, CENTRES, SIZES).estimate + 5) / 66
        )

    def test_a_stratum_without_cases_is_left_out(self):
        assert stratified_mean(SCORES, CENTRES, {**SIZES, "Tom": 0}) == stratified_mean(
            SCORES, CENTRES, SIZES
        )

    def test_every_case_of_every_stratum(self):
        found = stratified_mean([1, 2, 6], ["a", "a", "b"], {"a": 2, "b": 1})
        assert (found.estimate, found.se, found.df, *limits(found)) == (3, 0, None, 3, 3)
        assert found.reason == "census"

    def test_no_spread_within_any_stratum(self):
        found = stratified_mean([2, 2, 5, 5, 5], [1, 1, 2, 2, 2], {1: 10, 2: 30})
        assert (found.estimate, found.se, found.df, *limits(found)) == (4.25, 0, None, 2, 5)
        assert found.reason == "range-all-equal"

    def test_satterthwaite_lies_between_the_smallest_stratum_and_all(self):
        found = stratified_mean(SCORES, CENTRES, SIZES, df="satterthwaite")
        first = (40 / 65) ** 2 * (33 / 40) * variance(SCORES[:7]) / 7
        second = (25 / 65) ** 2 * (20 / 25) * variance(SCORES[7:]) / 5
        assert found.df == pytest.approx((first + second) ** 2 / (first**2 / 6 + second**2 / 4))
        assert limits(found)[0] < limits(stratified_mean(SCORES, CENTRES, SIZES))[0]

    @given(sample=samples())
    @PATIENT
    def test_satterthwaite_is_never_more_than_n_less_h(self, sample):
        plain, careful = stratified_mean(*sample), stratified_mean(*sample, df="satterthwaite")
        assert (careful.estimate, careful.se, careful.reason) == (plain.estimate, plain.se, plain.reason)
        assert (careful.df is None) is (plain.df is None)
        assert plain.df is None or 1 - 1e-9 <= careful.df <= plain.df + 1e-9

    @pytest.mark.parametrize("df", [2.5, 7, np.float64(13), inf])
    def test_degrees_of_freedom_as_given(self, df):
        found = stratified_mean(SCORES, CENTRES, SIZES, df=df)
        assert found.df == df
        assert found.upper == pytest.approx(found.estimate - stdtrit(min(df, 1e12), 0.025) * found.se)

    @given(values=st.lists(st.integers(-50, 50), min_size=8, max_size=40), cases=st.integers(40, 500))
    @PATIENT
    def test_one_stratum_is_the_mean_of_one_sample(self, values, cases):
        found, wanted = (
            stratified_mean(values, ["a"] * len(values), {"a": cases}),
            mean_interval(values, cases),
        )
        assert (found.df, found.reason) == (wanted.df, wanted.reason)
        assert (found.estimate, found.se, *limits(found)) == pytest.approx(
            (wanted.estimate, wanted.se, *limits(wanted))
        )

    @given(sample=samples(), data=st.data())
    @PATIENT
    def test_row_order_and_the_order_of_the_strata_change_no_bit(self, sample, data):
        values, strata, sizes = sample
        rows = data.draw(st.permutations(range(len(values))))
        names = data.draw(st.permutations(sorted(sizes)))
        mixed = (
            [values[row] for row in rows],
            [strata[row] for row in rows],
            {name: sizes[name] for name in names},
        )
        assert stratified_mean(*mixed) == stratified_mean(*sample)
        assert stratified_mean(*mixed, df="satterthwaite") == stratified_mean(*sample, df="satterthwaite")

    @given(sample=samples())
    @PATIENT
    def test_lies_among_the_values_and_within_its_limits(self, sample):
        found = stratified_mean(*sample)
        assert min(sample[0]) <= found.estimate <= max(sample[0])
        assert found.holds(found.estimate)

    def test_the_variance_is_right_on_average_over_every_sample(self):
        """All 60 pairs of samples: se² is unbiased for the variance of the mean (Cochran, theorem 5.5)."""
        first, second = [1, 2, 4, 9], [3, 3, 5, 8, 8]
        pairs = product(
            [(a, b) for i, a in enumerate(first) for b in first[:i]],
            [(a, b, c) for i, a in enumerate(second) for j, b in enumerate(second[:i]) for c in second[:j]],
        )
        found = [stratified_mean([*a, *b], [1, 1, 2, 2, 2], {1: 4, 2: 5}) for a, b in pairs]
        assert len(found) == 60
        assert mean(one.estimate for one in found) == pytest.approx(mean(first + second))
        spread = mean((one.estimate - mean(first + second)) ** 2 for one in found)
        assert mean(one.se**2 for one in found) == pytest.approx(spread)

    def test_the_largest_numbers_fit(self):
        found = stratified_mean([1e100, -1e100, 1e100, 3], [1, 1, 2, 2], {1: 9, 2: 9}, df="satterthwaite")
        assert 1 <= found.df <= 2
        assert found.estimate == pytest.approx(2.5e99)

    def test_takes_arrays_and_columns(self):
        wanted = stratified_mean(SCORES, CENTRES, SIZES)
        assert stratified_mean(np.array(SCORES), np.array(CENTRES), SIZES) == wanted
        assert (
            stratified_mean(pl.Series(SCORES), pl.Series(CENTRES), {"Nord": np.int32(40), "Syd": 25})
            == wanted
        )


FUNCTIONS = [
    pytest.param(stratified_mean, id="mean"),
    pytest.param(stratified_total, id="total"),
    pytest.param(stratified_proportion, id="proportion"),
    pytest.param(
        lambda values, *args, **kw: domain_mean(values, *args, [True] * len(values), **kw), id="domain"
    ),
]


@pytest.mark.parametrize("function", FUNCTIONS)
class TestRefusedByAll:
    def test_no_value(self, function):
        with pytest.raises(SampleEmpty):
            function([], [], {"a": 4})

    def test_more_values_than_strata(self, function):
        with pytest.raises(LengthsDiffer) as refused:
            function([1, 0, 1], ["a", "a"], {"a": 4})
        assert refused.value.values == {"lengths": [3, 2]}

    @pytest.mark.parametrize("value", [nan, inf, None, "1"])
    def test_what_is_no_number(self, function, value):
        with pytest.raises(ValueInvalid) as refused:
            function([1, value], ["a", "a"], {"a": 4})
        assert (refused.value.values["place"], refused.value.values["value"]) == (2, value)

    @pytest.mark.parametrize(
        ("strata", "sizes"),
        [
            pytest.param(["a", "a", "b", "b"], {"a": 4}, id="a stratum without a size"),
            pytest.param(["a", "a", "a", "a"], {"a": 4, "b": 1}, id="a stratum with cases and no value"),
            pytest.param(["a", "a", None, None], {"a": 4, "b": 2}, id="no stratum"),
        ],
    )
    def test_other_strata_than_the_sizes_have(self, function, strata, sizes):
        with pytest.raises(StratumUnknown) as refused:
            function([1, 0, 1, 0], strata, sizes)
        assert refused.value.values == {"found": list(dict.fromkeys(strata)), "known": list(sizes)}

    @pytest.mark.parametrize("size", [0, 2])
    def test_more_values_than_cases(self, function, size):
        with pytest.raises(SampleTooLarge) as refused:
            function([1, 0, 1, 0, 1], [*"aabbb"], {"a": 4, "b": size})
        assert refused.value.values == {"stratum": "b", "n": 3, "N": size}

    def test_one_value_of_several_cases(self, function):
        with pytest.raises(StratumOfOne) as refused:
            function([1, 0, 1], [*"aab"], {"a": 4, "b": 2})
        assert refused.value.values == {"stratum": "b", "N": 2}

    def test_a_negative_size(self, function):
        with pytest.raises(SizeNegative) as refused:
            function([1, 0], [*"aa"], {"a": 4, "b": -1})
        assert refused.value.values == {"stratum": "b", "n": -1}

    @pytest.mark.parametrize("size", [4.0, nan, True, "4", None])
    def test_a_size_that_is_no_whole_number(self, function, size):
        with pytest.raises(FigureInvalid) as refused:
            function([1, 0], [*"aa"], {"a": size})
        assert refused.value.values == {"name": "the size of 'a'", "wanted": "a whole number", "value": size}

    @pytest.mark.parametrize("level", [0, 1, 95, nan, None])
    def test_a_level_outside_0_and_1(self, function, level):
        with pytest.raises(LevelOutOfRange):
            function([1, 0], [*"aa"], {"a": 4}, level=level)


@pytest.mark.parametrize("function", [stratified_mean, stratified_total, stratified_proportion])
class TestDegreesRefused:
    @pytest.mark.parametrize("df", [0, -1, nan, True, [3]])
    def test_no_number_above_0(self, function, df):
        with pytest.raises(FigureInvalid) as refused:
            function([1, 0], [*"aa"], {"a": 4}, df=df)
        assert (refused.value.values["name"], refused.value.values["value"]) == ("df", df)

    def test_an_unknown_name(self, function):
        with pytest.raises(EstimatorUnknown) as refused:
            function([1, 0], [*"aa"], {"a": 4}, df="welch")
        assert refused.value.values == {"name": "df", "value": "welch", "known": ["satterthwaite"]}


class TestStratifiedTotal:
    @given(sample=samples(), level=st.sampled_from([0.8, 0.95]))
    @PATIENT
    def test_is_n_times_the_mean(self, sample, level):
        total, one, cases = (
            stratified_total(*sample, level),
            stratified_mean(*sample, level),
            sum(sample[2].values()),
        )
        assert (total.df, total.reason) == (one.df, one.reason)
        figures = [one.estimate, one.se, *limits(one)]
        assert [total.estimate, total.se, *limits(total)] == pytest.approx(
            [cases * figure for figure in figures]
        )

    def test_all_cases_of_all_strata(self):
        assert limits(stratified_total([1, 2, 6], [*"aab"], {"a": 2, "b": 1})) == (9, 9)


class TestStratifiedProportion:
    @given(sample=answers(), method=st.sampled_from(METHODS))
    @PATIENT
    def test_share_and_standard_error_are_those_of_the_mean(self, sample, method):
        found, wanted = stratified_proportion(*sample, method=method), stratified_mean(*sample)
        assert (found.estimate, found.se, found.df) == (wanted.estimate, wanted.se, wanted.df)

    @given(sample=answers())
    @PATIENT
    def test_the_mean_method_has_the_limits_of_the_mean(self, sample):
        found, wanted = stratified_proportion(*sample, method="mean"), stratified_mean(*sample)
        assume(found.reason is None)
        assert limits(found) == pytest.approx(limits(wanted))

    @given(sample=answers(), method=st.sampled_from(METHODS), df=st.sampled_from([None, 3, "satterthwaite"]))
    @PATIENT
    def test_exchanging_yes_and_no_mirrors_it(self, sample, method, df):
        values, strata, sizes = sample
        found = stratified_proportion(values, strata, sizes, method=method, df=df)
        mirrored = stratified_proportion([1 - value for value in values], strata, sizes, method=method, df=df)
        assert found.estimate == pytest.approx(1 - mirrored.estimate)
        assert found.reason == mirrored.reason
        if found.lower is not None:
            assert limits(found) == pytest.approx((1 - mirrored.upper, 1 - mirrored.lower), abs=1e-9)

    @given(sample=answers(), method=st.sampled_from(["korn-graubard", "logit"]))
    @PATIENT
    def test_holds_the_share_within_0_and_1(self, sample, method):
        found = stratified_proportion(*sample, method=method)
        if found.lower is not None:
            assert 0 <= found.lower <= found.estimate <= found.upper <= 1

    def test_the_effective_number_of_cases_is_not_cut_at_n(self):
        """Half of every stratum read: the finite population makes 20 cases worth 38."""
        values, strata = [1, 0] * 10, ["a"] * 10 + ["b"] * 10
        found = stratified_proportion(values, strata, {"a": 20, "b": 20})
        p, t = 0.5, stdtrit(19, 0.025) / stdtrit(18, 0.025)
        cases = p * p / found.se**2 * t**2
        assert cases == pytest.approx(36 * t**2)
        wanted = betaincinv(cases * p, cases * p + 1, 0.025), betaincinv(cases * p + 1, cases * p, 0.975)
        assert limits(found) == pytest.approx(wanted)

    def test_given_degrees_of_freedom_make_the_effective_number_smaller(self):
        args = [1, 0, 0, 1, 0, 1, 1], [*"aaaabbb"], {"a": 20, "b": 30}
        plain, few = stratified_proportion(*args), stratified_proportion(*args, df=2)
        assert few.lower < plain.lower < plain.upper < few.upper

    @pytest.mark.parametrize("answer", [0, 1])
    def test_none_and_all_in_one_stratum_are_clopper_pearson(self, answer):
        found = stratified_proportion([answer] * 12, ["a"] * 12, {"a": 40})
        wanted = proportion_interval(12 * answer, 12, method="clopper-pearson")
        assert (found.estimate, found.se, found.df, found.reason) == (answer, 0, None, "no-spread")
        assert limits(found) == pytest.approx(limits(wanted))

    def test_none_in_strata_drawn_alike_is_as_if_they_were_one(self):
        found = stratified_proportion([0] * 12, [*"aaaabbbbbbbb"], {"a": 20, "b": 40})
        assert limits(found) == pytest.approx(limits(proportion_interval(0, 12, method="clopper-pearson")))

    def test_none_in_strata_drawn_unlike_counts_what_was_drawn_thinnest(self):
        """Two of 990 and all but one of 10: hardly more is known than from the two."""
        found = stratified_proportion([0] * 11, [*"aabbbbbbbbb"], {"a": 990, "b": 10})
        assert found.upper == pytest.approx(1 - 0.025 ** (1 / (2 / 0.99)))

    @pytest.mark.parametrize("sizes", [(12, 30, 4), (90, 3, 3), (9, 40, 6)])
    def test_the_limit_for_none_misses_at_most_1_time_in_40(self, sizes):
        """For every number of hits in each of three strata, by whole numbers; the third is drawn whole."""
        drawn = (3, 2, sizes[2])
        strata = [name for name, n in enumerate(drawn) for _ in range(n)]
        limit = stratified_proportion([0] * len(strata), strata, dict(enumerate(sizes))).upper
        for first, second in product(range(sizes[0] + 1), range(sizes[1] + 1)):
            if (first + second) / sum(sizes) > limit:
                none = 1.0
                for hits, n, cases in ((first, 3, sizes[0]), (second, 2, sizes[1])):
                    for taken in range(n):
                        none *= max(cases - hits - taken, 0) / (cases - taken)
                assert none <= 0.025

    @pytest.mark.parametrize("method", ["logit", "mean"])
    def test_without_spread_the_others_have_no_limits(self, method):
        for values in ([0, 0, 0, 0], [1, 1, 0, 0]):
            found = stratified_proportion(values, [*"aabb"], {"a": 8, "b": 8}, method=method)
            assert (found.se, found.df, *limits(found), found.reason) == (0, None, None, None, "no-spread")

    @pytest.mark.parametrize("method", METHODS)
    def test_every_case_of_every_stratum(self, method):
        found = stratified_proportion([True, False, True], [*"aab"], {"a": 2, "b": 1}, method=method)
        assert (found.estimate, found.se, *limits(found)) == pytest.approx((2 / 3, 0, 2 / 3, 2 / 3))
        assert found.reason == "census"

    def test_a_stratum_drawn_whole_beside_one_that_was_not(self):
        """Nothing was found in 10 of 50, and everything in a census of 50."""
        found = stratified_proportion([0] * 10 + [1] * 50, ["a"] * 10 + ["b"] * 50, {"a": 50, "b": 50})
        assert found.reason == "no-spread"
        assert found.lower < 0.5 < found.upper < 0.75

    def test_extreme_weights_do_not_overflow(self):
        found = stratified_proportion([0, 0, 0, 1], [*"aabb"], {"a": 10**15, "b": 10}, 0.999999, "logit", 1)
        assert 0 <= found.lower <= found.estimate <= found.upper <= 1

    @pytest.mark.parametrize("method", METHODS)
    def test_a_share_that_rounds_to_1_is_taken_for_1(self, method):
        """Five cases in a trillion million are less than a float of 1 tells apart."""
        found = stratified_proportion([1, 1, 0, 1], [*"aabb"], {"a": 10**18, "b": 10}, method=method)
        assert (found.estimate, found.reason) == (1, "no-spread")

    @pytest.mark.parametrize("value", [2, 0.5, -1, "yes"])
    def test_what_is_neither_yes_nor_no_is_refused(self, value):
        with pytest.raises(ValueInvalid) as refused:
            stratified_proportion([1, value], [*"aa"], {"a": 4})
        assert refused.value.values == {"place": 2, "wanted": "0 or 1", "value": value}

    def test_takes_booleans_of_numpy(self):
        found = stratified_proportion(np.array(SCORES) > 3, CENTRES, SIZES)
        assert found == stratified_proportion([int(score > 3) for score in SCORES], CENTRES, SIZES)

    def test_an_unknown_method_is_refused(self):
        with pytest.raises(EstimatorUnknown) as refused:
            stratified_proportion([1, 0], [*"aa"], {"a": 4}, method="wald")
        assert refused.value.values == {"name": "method", "value": "wald", "known": list(METHODS)}


APPLIES = [True, True, True, False, True, False, True, True, True, True, False, True]


class TestDomainMean:
    @given(sample=samples())
    @PATIENT
    def test_where_all_belong_it_is_the_stratified_mean(self, sample):
        found, wanted = domain_mean(*sample, [True] * len(sample[0])), stratified_mean(*sample)
        assert (found.df, found.reason) == (wanted.df, wanted.reason)
        assert (found.estimate, found.se, *limits(found)) == pytest.approx(
            (wanted.estimate, wanted.se, *limits(wanted)), abs=1e-9
        )

    def test_what_lies_outside_is_not_looked_at(self):
        odd = [score if belongs else None for score, belongs in zip(SCORES, APPLIES, strict=True)]
        assert domain_mean(odd, CENTRES, SIZES, APPLIES) == domain_mean(SCORES, CENTRES, SIZES, APPLIES)

    def test_a_value_in_the_domain_is_looked_at(self):
        with pytest.raises(ValueInvalid) as refused:
            domain_mean([1, None, None, 2], [*"aaaa"], {"a": 9}, [True, False, True, True])
        assert refused.value.values["place"] == 3

    def test_in_one_stratum_it_is_the_mean_of_those_that_belong(self):
        found = domain_mean([1, 2, 6, 9], [*"aaaa"], {"a": 40}, [True, True, True, False])
        assert (found.estimate, found.df) == (3, 2)
        # Cochran (1977), 2.12: (1 - n/N)/n_d² · Σ(y - ȳ_d)² · n/(n - 1).
        assert found.se**2 == pytest.approx(0.9 / 9 * 14 * 4 / 3)

    def test_no_observed_case_belongs(self):
        found = domain_mean(SCORES, CENTRES, SIZES, [False] * 12)
        assert (found.estimate, found.se, found.df, *limits(found)) == (None,) * 5
        assert found.reason == "domain-empty"

    def test_no_stratum_has_two_cases_of_it(self):
        found = domain_mean([1, 2, 6, 9], [*"aabb"], {"a": 9, "b": 9}, [True, False, True, False])
        assert (found.estimate, *limits(found), found.reason) == (3.5, None, None, "no-degrees-of-freedom")
        assert (found.df, found.se > 0) == (None, True)

    def test_one_case_of_it_is_its_own_range(self):
        found = domain_mean([1, 2, 6, 9], [*"aabb"], {"a": 9, "b": 9}, [True, False, False, False])
        assert (found.estimate, found.se, *limits(found), found.reason) == (1, 0, 1, 1, "range-all-equal")

    def test_every_case_of_every_stratum(self):
        found = domain_mean([1, 2, 6], [*"aab"], {"a": 2, "b": 1}, [False, True, True])
        assert (found.estimate, found.se, *limits(found), found.reason) == (4, 0, 4, 4, "census")

    @given(sample=samples(), data=st.data())
    @PATIENT
    def test_row_order_changes_no_bit(self, sample, data):
        values, strata, sizes = sample
        domain = data.draw(st.lists(st.booleans(), min_size=len(values), max_size=len(values)))
        rows = data.draw(st.permutations(range(len(values))))
        mixed = [[column[row] for row in rows] for column in (values, strata, domain)]
        assert domain_mean(mixed[0], mixed[1], sizes, mixed[2]) == domain_mean(values, strata, sizes, domain)

    @pytest.mark.parametrize("value", [2, None, "yes", nan])
    def test_a_domain_that_is_not_yes_and_no_is_refused(self, value):
        with pytest.raises(ValueInvalid) as refused:
            domain_mean([1, 2], [*"aa"], {"a": 4}, [True, value])
        assert (refused.value.values["place"], refused.value.values["wanted"]) == (2, "True or False")

    def test_a_domain_of_another_length_is_refused(self):
        with pytest.raises(LengthsDiffer):
            domain_mean([1, 2], [*"aa"], {"a": 4}, [True])
