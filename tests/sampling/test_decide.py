"""Decision rules: what must hold whatever the figures, and what is refused; the figures are in the oracles."""

from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sampling.decide import (
    MOST,
    attribute_sample_size,
    chance_to_find,
    expected_sample_number,
    lqas_plan,
    operating_characteristic,
)
from sampling.errors import FigureInvalid

# Every machine is slow sometimes; a time limit would fail at random.
PATIENT = settings(deadline=None)
NAN, INF = float("nan"), float("inf")


class TestAttributeSampleSize:
    @given(
        tolerable=st.integers(1, 60).map(lambda parts: parts / 100),
        risk=st.sampled_from([0.01, 0.05, 0.1, 0.5]),
        errors=st.integers(0, 6),
    )
    @PATIENT
    def test_it_is_enough_and_one_less_is_not(self, tolerable, risk, errors):
        n = attribute_sample_size(tolerable, risk, tolerated_errors=errors)
        assert operating_characteristic(n, errors, p=tolerable) <= risk + 1e-12
        assert n == errors + 1 or operating_characteristic(n - 1, errors, p=tolerable) > risk - 1e-12

    @given(N=st.integers(1, 400), risk=st.sampled_from([0.01, 0.05, 0.2]), data=st.data())
    @PATIENT
    def test_none_tolerated_is_detection(self, N, risk, data):  # noqa: N803 - as in print
        faulty = data.draw(st.integers(1, N))
        # A share of one is no share to tolerate; all cases failing, the first one finds it.
        n = attribute_sample_size(faulty / N, risk, tolerated_errors=0, N=N) if faulty < N else 1
        assert chance_to_find(n, faulty, N) >= 1 - risk - 1e-12
        assert chance_to_find(n - 1, faulty, N) < 1 - risk + 1e-12

    def test_a_population_takes_fewer_cases(self):
        assert attribute_sample_size(0.05, 0.05, N=90) == 40 < attribute_sample_size(0.05, 0.05) == 59

    def test_shares_are_read_by_their_digits(self):
        """In floating point 0.07 · 100 is above 7, as if there were eight failures to find."""
        assert chance_to_find(attribute_sample_size(0.07, 0.05, N=100), 7, 100) >= 0.95
        assert chance_to_find(attribute_sample_size(0.07, 0.05, N=100) - 1, 7, 100) < 0.95

    def test_a_tie_is_enough(self):
        """0.9² is 0.81 exactly, though not in floating point; 1 of 20 is found by 19 with the chance 0.95."""
        assert attribute_sample_size(0.1, 0.81) == 2
        assert attribute_sample_size(0.05, 0.05, N=20) == 19

    def test_expected_failures_raise_the_number_that_is_tolerated(self):
        n = attribute_sample_size(0.05, 0.05, expected=0.02)
        assert n == 181 == attribute_sample_size(0.05, 0.05, tolerated_errors=4)

    def test_expected_failures_in_a_population(self):
        n = attribute_sample_size(0.1, 0.05, expected=0.02, N=500)
        # ceil(0.02 · 61) = 2, and 61 of 500 is the first size for which two are few enough.
        allowed = -(-2 * n // 100)
        assert operating_characteristic(n, allowed, N=500, K=50) <= 0.05
        smaller = [operating_characteristic(k, -(-2 * k // 100), N=500, K=50) for k in range(2, n)]
        assert min(smaller) > 0.05

    @pytest.mark.parametrize(
        ("arguments", "options", "name"),
        [
            pytest.param((0, 0.05), {}, "tolerable", id="nothing tolerable"),
            pytest.param((NAN, 0.05), {}, "tolerable", id="NaN"),
            pytest.param((0.05, 1), {}, "risk", id="risk 1"),
            pytest.param((0.05, True), {}, "risk", id="risk yes"),
            pytest.param((0.05, 0.05, -0.1), {}, "expected", id="below 0"),
            pytest.param((0.05, 0.05, 0.05), {}, "expected", id="as many expected as tolerable"),
            pytest.param((0.05, 0.05, 0.3), {}, "expected", id="more expected than tolerable"),
            pytest.param(
                (0.05, 0.05, 0.04), {"N": 40}, "expected", id="two of forty, and one or two expected"
            ),
            pytest.param((0.05, 0.05), {"tolerated_errors": -1}, "tolerated_errors", id="errors below 0"),
            pytest.param((0.05, 0.05), {"tolerated_errors": 1.0}, "tolerated_errors", id="errors 1.0"),
            pytest.param(
                (0.05, 0.05), {"tolerated_errors": 2, "N": 40}, "tolerated_errors", id="all of them"
            ),
            pytest.param((0.05, 0.05), {"N": 0}, "N", id="no cases"),
            pytest.param((1e-9, 0.05), {}, "tolerable", id="a share that no reader can rule out"),
        ],
    )
    def test_refused(self, arguments, options, name):
        with pytest.raises(FigureInvalid) as caught:
            attribute_sample_size(*arguments, **options)
        assert caught.value.values["name"] == name

    def test_without_a_population_there_is_an_end(self):
        assert attribute_sample_size(0.00001, 0.05) < MOST


class TestChanceToFind:
    @given(N=st.integers(1, 10**6), data=st.data())
    @PATIENT
    def test_cases_and_faults_may_be_swapped(self, N, data):  # noqa: N803 - as in print
        n, faulty = (data.draw(st.integers(0, min(N, 5000))) for _ in range(2))
        assert chance_to_find(n, faulty, N) == pytest.approx(chance_to_find(faulty, n, N), rel=1e-12)

    def test_ends(self):
        assert chance_to_find(0, 5, 10) == chance_to_find(5, 0, 10) == 0
        assert chance_to_find(6, 5, 10) == chance_to_find(1, 10, 10) == 1

    def test_small_chances_keep_their_digits(self):
        assert chance_to_find(1, 1, 10**7) == pytest.approx(1e-7, rel=1e-14)

    @pytest.mark.parametrize(
        ("arguments", "name"),
        [((11, 1, 10), "n"), ((1, 11, 10), "K"), ((1, 1, 0), "N"), ((-1, 1, 10), "n"), ((1, True, 10), "K")],
    )
    def test_refused(self, arguments, name):
        with pytest.raises(FigureInvalid) as caught:
            chance_to_find(*arguments)
        assert caught.value.values["name"] == name


class TestLqasPlan:
    @given(n=st.integers(1, 60), good=st.integers(0, 40), gap=st.integers(1, 60))
    @PATIENT
    def test_no_other_rule_has_smaller_risks(self, n, good, gap):
        p_good, p_poor = good / 100, (good + gap) / 100
        plan = lqas_plan(n, p_good, p_poor)
        sums = [
            1 - operating_characteristic(n, d, p=p_good) + operating_characteristic(n, d, p=p_poor)
            for d in range(n)
        ]
        assert sums[plan.d] == pytest.approx(min(sums), abs=1e-11)
        assert plan.accept_good == pytest.approx(operating_characteristic(n, plan.d, p=p_good))
        assert plan.reject_poor == pytest.approx(1 - operating_characteristic(n, plan.d, p=p_poor))

    def test_of_two_rules_alike_the_stricter(self):
        """Ten cases, 0.3 and 0.7: four or five failures allowed make the same sum."""
        plan = lqas_plan(9, 0.3, 0.7)
        other = lqas_plan(10, 0.3, 0.7)
        assert plan.d == 4
        assert plan.accept_good == pytest.approx(plan.reject_poor)
        assert other.d == 4

    def test_the_shares_are_whole_cases_on_the_safe_side(self):
        """Of 21 cases 10 % are at most 2 and 50 % at least 11."""
        plan = lqas_plan(8, 0.1, 0.5, N=21)
        assert plan.accept_good == pytest.approx(operating_characteristic(8, plan.d, N=21, K=2))
        assert plan.reject_poor == pytest.approx(1 - operating_characteristic(8, plan.d, N=21, K=11))

    def test_a_census_has_no_risk(self):
        plan = lqas_plan(20, 0.1, 0.2, N=20)
        assert (plan.d, plan.accept_good, plan.reject_poor) == (2, 1, 1)

    @pytest.mark.parametrize(
        ("arguments", "name"),
        [
            pytest.param((0, 0.1, 0.5), "n", id="no cases"),
            pytest.param((5, 0.5, 0.5), "p_good", id="the same"),
            pytest.param((5, 0.6, 0.5), "p_good", id="the wrong way round"),
            pytest.param((5, NAN, 0.5), "p_good", id="NaN"),
            pytest.param((5, 0.1, 1.5), "p_poor", id="above 1"),
            pytest.param((5, 0.1, 0.5, 4), "n", id="more than there are"),
            pytest.param((2, 0.4, 0.5, 0), "N", id="nobody"),
        ],
    )
    def test_refused(self, arguments, name):
        with pytest.raises(FigureInvalid) as caught:
            lqas_plan(*arguments)
        assert caught.value.values["name"] == name

    def test_shares_between_two_cases_are_apart(self):
        """Of 3 cases 0.4 is at most 1 and 0.5 at least 2."""
        assert lqas_plan(3, 0.4, 0.5, N=3).d == 1


class TestOperatingCharacteristic:
    def test_ends(self):
        assert operating_characteristic(5, 5, p=0.9) == 1
        assert operating_characteristic(5, 0, p=0) == 1
        assert operating_characteristic(5, 4, p=1) == 0
        assert operating_characteristic(5, 1, N=5, K=2) == 0
        assert operating_characteristic(5, 2, N=5, K=2) == 1

    @given(N=st.integers(2, 200), data=st.data())
    @PATIENT
    def test_more_failures_are_accepted_less_often(self, N, data):  # noqa: N803 - as in print
        n = data.draw(st.integers(1, N))
        d = data.draw(st.integers(0, n))
        curve = [operating_characteristic(n, d, N=N, K=K) for K in range(0, N + 1, max(1, N // 9))]
        assert all(before >= after - 1e-12 for before, after in pairwise(curve))

    @pytest.mark.parametrize(
        ("arguments", "options", "name"),
        [
            pytest.param((5, 1), {}, "p", id="nothing given"),
            pytest.param((5, 1), {"p": 0.1, "N": 10, "K": 1}, "p", id="both given"),
            pytest.param((5, 1), {"N": 10}, "p", id="no K"),
            pytest.param((5, 1), {"p": NAN}, "p", id="NaN"),
            pytest.param((5, 6), {"p": 0.1}, "d", id="more failures than cases"),
            pytest.param((5, -1), {"p": 0.1}, "d", id="fewer than none"),
            pytest.param((5, 1), {"N": 4, "K": 1}, "N", id="fewer than drawn"),
            pytest.param((5, 1), {"N": 9, "K": 10}, "K", id="more than there are"),
        ],
    )
    def test_refused(self, arguments, options, name):
        with pytest.raises(FigureInvalid) as caught:
            operating_characteristic(*arguments, **options)
        assert caught.value.values["name"] == name


class TestExpectedSampleNumber:
    @given(n=st.integers(1, 120), p=st.floats(0, 1), data=st.data())
    @PATIENT
    def test_it_lies_between_the_earliest_stop_and_all(self, n, p, data):
        d = data.draw(st.integers(0, n - 1))
        read = expected_sample_number(n, d, p)
        assert min(d + 1, n - d) - 1e-9 <= read <= n + 1e-9

    def test_where_nothing_is_left_to_chance(self):
        assert expected_sample_number(20, 3, 0) == pytest.approx(17)
        assert expected_sample_number(20, 3, 1) == pytest.approx(4)

    @given(n=st.integers(1, 60), p=st.floats(0, 1), data=st.data())
    @PATIENT
    def test_failures_and_passes_may_be_swapped(self, n, p, data):
        d = data.draw(st.integers(0, n - 1))
        assert expected_sample_number(n, d, p) == pytest.approx(expected_sample_number(n, n - 1 - d, 1 - p))

    def test_a_large_population_is_like_an_endless_one(self):
        finite = expected_sample_number(30, 2, N=10**7, K=10**6)
        assert finite == pytest.approx(expected_sample_number(30, 2, 0.1), abs=1e-4)

    @pytest.mark.parametrize(
        ("options", "name"),
        [
            ({}, "p"),
            ({"p": 0.1, "N": 9, "K": 1}, "p"),
            ({"N": 9}, "p"),
            ({"N": 4, "K": 1}, "N"),
            ({"N": 9, "K": 10}, "K"),
        ],
    )
    def test_one_population_alone(self, options, name):
        with pytest.raises(FigureInvalid) as caught:
            expected_sample_number(5, 1, **options)
        assert caught.value.values["name"] == name

    @pytest.mark.parametrize(
        ("arguments", "name"),
        [((0, 0, 0.1), "n"), ((5, 5, 0.1), "d"), ((5, -1, 0.1), "d"), ((5, 1, 1.1), "p"), ((5, 1, INF), "p")],
    )
    def test_refused(self, arguments, name):
        with pytest.raises(FigureInvalid) as caught:
            expected_sample_number(*arguments)
        assert caught.value.values["name"] == name
