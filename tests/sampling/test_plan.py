"""The sizes that a plan gives to the strata of a frame."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import sampling
from sampling import hypergeometric_interval, sizes_of_plan
from sampling.errors import (
    CountsOutOfRange,
    DocumentMalformed,
    ExceptionsTooLarge,
    ExceptionUnknown,
    FigureInvalid,
    LevelOutOfRange,
    MethodUnknown,
    MinimumTooLarge,
    SizeNegative,
)
from sampling.plan import (
    expected_half_width,
    hours_for_cases,
    sample_size_hours,
    sample_size_mean,
    sample_size_proportion,
)

# Every machine is slow sometimes; a time limit would fail at random.
PATIENT = settings(deadline=None)
NAN, INF = float("nan"), float("inf")

COUNTS = {"Nord": 300, "Syd": 100, "Øst": 8, "Tomt": 0}


class TestSizesOfPlan:
    @pytest.mark.parametrize(
        ("sizes", "expected"),
        [
            pytest.param({"method": "fixed", "n": 15}, [15, 15, 8, 0], id="census and no cases"),
            pytest.param(
                {"method": "fixed", "n": 15, "minimum": 5, "exceptions": {"Nord": 20}}, [20, 15, 8, 0], id="exception"
            ),
            pytest.param(
                {"method": "fixed", "n": 15, "exceptions": {"Øst": 20, "Tomt": 3}}, [15, 15, 8, 0], id="capped"
            ),
            pytest.param(
                {"method": "fixed", "n": 15, "minimum": 9, "exceptions": {"Syd": 2}}, [15, 2, 8, 0],
                id="no minimum for an exception",
            ),
            pytest.param({"method": "equal", "n": 40}, [16, 16, 8, 0], id="equal, handed on"),
            pytest.param({"method": "proportional", "n": 40, "minimum": 5}, [26, 9, 5, 0], id="proportional, minimum"),
            # 20 of the 48 are Nord's outright; 28 are shared, of which Øst has only 8.
            pytest.param({"method": "equal", "n": 48, "exceptions": {"Nord": 20}}, [20, 20, 8, 0], id="part of n"),
            # Øst can take only 8 of its 20, so the other 12 are handed on.
            pytest.param(
                {"method": "equal", "n": 60, "exceptions": {"Øst": 20}}, [26, 26, 8, 0], id="capped and handed on"
            ),
            pytest.param(
                {"method": "neyman", "n": 20, "deviations": {"Nord": 0.1, "Syd": 0.3, "Øst": 0}}, [10, 10, 0, 0],
                id="neyman",
            ),
        ],
    )  # fmt: skip
    def test_by_hand(self, sizes, expected):
        assert sizes_of_plan(sizes, COUNTS) == dict(zip(COUNTS, expected, strict=True))

    @pytest.mark.parametrize(
        ("sizes", "error"),
        [
            pytest.param({"n": 15}, DocumentMalformed, id="no method"),
            pytest.param({"method": "fixed"}, DocumentMalformed, id="no n"),
            pytest.param({"method": "fixed", "n": "15"}, DocumentMalformed, id="n is text"),
            pytest.param({"method": "fixed", "n": True}, DocumentMalformed, id="n is yes"),
            pytest.param({"method": "fixed", "n": 1, "minimun": 2}, DocumentMalformed, id="unknown member"),
            pytest.param({"method": "fixed", "n": 1, "exceptions": [2]}, DocumentMalformed, id="no table"),
            pytest.param(
                {"method": "neyman", "n": 1, "deviations": {"Nord": "1"}},
                DocumentMalformed,
                id="deviation is text",
            ),
            pytest.param({"method": "lottery", "n": 1}, MethodUnknown, id="method"),
            pytest.param({"method": "fixed", "n": -1}, SizeNegative, id="negative"),
            pytest.param(
                {"method": "fixed", "n": 1, "exceptions": {"Nord": -1}}, SizeNegative, id="exception below 0"
            ),
            pytest.param(
                {"method": "fixed", "n": 1, "exceptions": {"Vest": 1}}, ExceptionUnknown, id="stratum"
            ),
            pytest.param(
                {"method": "equal", "n": 9, "exceptions": {"Nord": 10}}, ExceptionsTooLarge, id="above n"
            ),
            pytest.param({"method": "equal", "n": 9, "minimum": 5}, MinimumTooLarge, id="minimum"),
        ],
    )
    def test_refused(self, sizes, error):
        with pytest.raises(error):
            sizes_of_plan(sizes, COUNTS)

    def test_every_unknown_stratum_is_named(self):
        sizes = {"method": "fixed", "n": 1, "exceptions": {"Vest": 1, "Midt": 1}}
        with pytest.raises(ExceptionUnknown) as caught:
            sizes_of_plan(sizes, COUNTS)
        assert caught.value.values == {"strata": ["Vest", "Midt"], "known": list(COUNTS)}


class TestSampleSizes:
    """Worked by hand from Cochran (1977), 4.4: n0 = 1.96² · p(1 − p) / d², n = n0 / (1 + (n0 − 1) / N)."""

    @pytest.mark.parametrize(
        ("p", "half_width", "population", "n"),
        [
            (0.5, 0.05, None, 385),
            (0.5, 0.05, 3200, 344),
            (0.5, 0.1, None, 97),
            (0.5, 0.1, 100, 50),
            (0.5, 0.15, 9, 8),
            (0.5, 0.15, 1, 1),
            (0.1, 0.05, None, 139),
        ],
    )
    def test_of_a_share(self, p, half_width, population, n):
        assert sampling.sample_size_proportion(p, half_width, population) == n

    @pytest.mark.parametrize("number", [0, 1, -0.1, 2])
    def test_out_of_range(self, number):
        with pytest.raises(sampling.SamplingError):
            sampling.sample_size_proportion(0.5, number)

    def test_never_more_than_there_are(self):
        assert all(sampling.sample_size_proportion(0.5, 0.01, N) <= N for N in range(1, 200))

    def test_from_hours(self):
        assert sampling.sample_size_hours(106, 16, 0.9) == 100
        assert sampling.sample_size_hours(106, 16, 0.9, double_share=0.25) == 80
        assert sampling.sample_size_hours(10, 16, 0.9) == 0

    def test_from_hours_with_tenths(self):
        """In floating point 9 · 0.1 / 0.1 is below 9."""
        assert sample_size_hours(0.9, 0, 0.1) == 9

    @given(
        n=st.integers(0, 5000),
        fixed=st.integers(0, 400).map(lambda quarters: quarters / 4),
        a_case=st.integers(1, 80).map(lambda tenths: tenths / 10),
        double=st.integers(0, 20).map(lambda parts: parts / 20),
    )
    @PATIENT
    def test_hours_there_and_back(self, n, fixed, a_case, double):
        assert sample_size_hours(hours_for_cases(n, fixed, a_case, double), fixed, a_case, double) == n

    @given(hours=st.floats(0, 1e5), fixed=st.floats(0, 100), a_case=st.floats(0.01, 50))
    @PATIENT
    def test_so_many_cases_fit_and_one_more_does_not(self, hours, fixed, a_case):
        n = sample_size_hours(hours, fixed, a_case)
        assert n == 0 or hours_for_cases(n, fixed, a_case) <= hours + 1e-6 * a_case
        assert hours_for_cases(n + 1, fixed, a_case) > hours - 1e-6 * a_case

    def test_of_a_mean_never_more_than_there_are_and_at_least_one(self):
        assert all(sample_size_mean(50, 0.1, N) == N for N in range(1, 60))
        assert sample_size_mean(0.001, 5) == 1

    def test_a_finer_mean_takes_more_cases(self):
        sizes = [sample_size_mean(2, width / 10, 1000) for width in range(20, 0, -1)]
        assert sizes == sorted(sizes)


class TestExpectedHalfWidth:
    def test_a_census_has_no_width_and_no_sample_says_nothing(self):
        assert expected_half_width(0.3, 40, 40) == 0
        assert expected_half_width(0.3, 0, 40) == expected_half_width(0.3, 0) == 0.5

    def test_where_only_one_result_is_possible_it_is_that_interval(self):
        one = hypergeometric_interval(0, 20, 90)
        assert expected_half_width(0, 20, 90) == pytest.approx((one.upper - one.lower) / 2, abs=1e-15)

    def test_the_share_is_the_nearest_whole_number_of_cases_half_upwards(self):
        assert expected_half_width(0.25, 3, 10) == expected_half_width(0.3, 3, 10)
        assert expected_half_width(0.24, 3, 10) == expected_half_width(0.2, 3, 10)

    def test_large_populations_differ_little_from_endless_ones(self):
        assert expected_half_width(0.5, 50, 10**7) == pytest.approx(expected_half_width(0.5, 50), abs=1e-6)

    def test_both_ways_to_find_the_limits_agree(self, monkeypatch):
        from fractions import Fraction

        from sampling import widths

        swept = [expected_half_width(p, 37, 900) for p in (0.01, 0.3, 0.5)]
        monkeypatch.setattr(widths, "_SWEPT", 0)
        found = [
            widths.mean_half_width_hypergeometric.__wrapped__(hits, 37, 900, Fraction(1, 40))
            for hits in (9, 270, 450)
        ]
        assert swept == pytest.approx(found, abs=1e-12)

    @given(N=st.integers(2, 300), share=st.floats(0, 1), data=st.data())
    @PATIENT
    def test_failures_and_passes_are_alike(self, N, share, data):  # noqa: N803 - as in print
        n = data.draw(st.integers(0, N))
        hits = round(share * N)
        assert expected_half_width(hits / N, n, N) == pytest.approx(
            expected_half_width((N - hits) / N, n, N), abs=1e-12
        )

    @given(n=st.integers(0, 200), p=st.floats(0, 1), level=st.sampled_from([0.8, 0.9, 0.95, 0.99]))
    @PATIENT
    def test_it_is_a_width(self, n, p, level):
        assert 0 < expected_half_width(p, n, level=level) <= 0.5

    def test_more_cases_make_it_narrower_and_a_higher_level_wider(self):
        widths = [expected_half_width(0.5, n, 500) for n in (5, 10, 20, 50, 100, 200, 400, 499)]
        assert widths == sorted(widths, reverse=True)
        levels = [expected_half_width(0.5, 30, 500, level) for level in (0.5, 0.8, 0.9, 0.95, 0.99)]
        assert levels == sorted(levels)

    def test_it_is_wider_than_the_normal_formula_says(self):
        """Cochran's size for ten points is 74 of 312; the exact interval then needs a few cases more."""
        n = sample_size_proportion(0.5, 0.1, 312)
        assert n == 74
        assert 0.1 < expected_half_width(0.5, n, 312) < 0.105


class TestRefused:
    @pytest.mark.parametrize(
        ("call", "error", "values"),
        [
            pytest.param(lambda: sample_size_proportion(NAN, 0.1), FigureInvalid, ("p", NAN), id="share NaN"),
            pytest.param(lambda: sample_size_proportion(True, 0.1), FigureInvalid, ("p", True), id="share yes"),
            pytest.param(lambda: sample_size_proportion("0.5", 0.1), FigureInvalid, ("p", "0.5"), id="share text"),
            pytest.param(lambda: sample_size_proportion(0.5, 1), FigureInvalid, ("half_width", 1), id="width"),
            pytest.param(lambda: sample_size_proportion(0.5, 0.1, 0), FigureInvalid, ("N", 0), id="no cases"),
            pytest.param(lambda: sample_size_proportion(0.5, 0.1, 3.0), FigureInvalid, ("N", 3.0), id="cases 3.0"),
            pytest.param(lambda: sample_size_proportion(0.5, 0.1, True), FigureInvalid, ("N", True), id="cases yes"),
            pytest.param(lambda: sample_size_mean(0, 1), FigureInvalid, ("sd", 0), id="no spread"),
            pytest.param(lambda: sample_size_mean(INF, 1), FigureInvalid, ("sd", INF), id="spread endless"),
            pytest.param(lambda: sample_size_mean(1, -1), FigureInvalid, ("half_width", -1), id="width below 0"),
            pytest.param(lambda: sample_size_mean(1e300, 1e-9), FigureInvalid, ("half_width", 1e-9), id="too fine"),
            pytest.param(lambda: sample_size_mean(1, 1, -5), FigureInvalid, ("N", -5), id="cases below 0"),
            pytest.param(lambda: sample_size_hours(NAN, 16, 0.9), FigureInvalid, ("hours", NAN), id="hours NaN"),
            pytest.param(lambda: sample_size_hours(INF, 16, 0.9), FigureInvalid, ("hours", INF), id="endless"),
            pytest.param(lambda: sample_size_hours(-1, 16, 0.9), FigureInvalid, ("hours", -1), id="hours below 0"),
            pytest.param(lambda: sample_size_hours(40, -1, 1), FigureInvalid, ("hours_fixed", -1), id="fixed"),
            pytest.param(lambda: sample_size_hours(40, 16, 0), FigureInvalid, ("hours_per_case", 0), id="a case"),
            pytest.param(
                lambda: sample_size_hours(40, 16, 1, 1.5), FigureInvalid, ("double_share", 1.5), id="double"
            ),
            pytest.param(lambda: hours_for_cases(-1, 16, 1), FigureInvalid, ("n", -1), id="n below 0"),
            pytest.param(lambda: hours_for_cases(2.5, 16, 1), FigureInvalid, ("n", 2.5), id="half a case"),
            pytest.param(lambda: hours_for_cases(2, None, 1), FigureInvalid, ("hours_fixed", None), id="none"),
            pytest.param(lambda: expected_half_width(1.1, 5), FigureInvalid, ("p", 1.1), id="share above 1"),
            pytest.param(lambda: expected_half_width(0.5, -5), FigureInvalid, ("n", -5), id="sample below 0"),
            pytest.param(lambda: expected_half_width(0.5, 0, 0), FigureInvalid, ("N", 0), id="nobody"),
        ],
    )  # fmt: skip
    def test_figures(self, call, error, values):
        with pytest.raises(error) as caught:
            call()
        found = (caught.value.values["name"], caught.value.values["value"])
        assert found == values or values[1] != values[1]
        assert found[0] == values[0]
        assert caught.value.code == "figure-invalid"

    @pytest.mark.parametrize("level", [0, 1, -0.5, NAN, True, "0.95"])
    def test_levels(self, level):
        for call in (
            lambda: sample_size_proportion(0.5, 0.1, level=level),
            lambda: sample_size_mean(1, 1, level=level),
            lambda: expected_half_width(0.5, 10, level=level),
        ):
            with pytest.raises(LevelOutOfRange) as caught:
                call()
            assert caught.value.values["level"] is level

    def test_a_sample_larger_than_the_population(self):
        with pytest.raises(CountsOutOfRange) as caught:
            expected_half_width(0.5, 11, 10)
        assert (caught.value.values["n"], caught.value.values["N"]) == (11, 10)


class TestFarOut:
    """Figures that nobody means get a refusal with their name, never an error of arithmetic."""

    @pytest.mark.parametrize(
        ("ask", "name"),
        [
            pytest.param(
                lambda: sample_size_proportion(0.5, 1e-200), "half_width", id="share, hardly a width"
            ),
            pytest.param(lambda: sample_size_mean(1e200, 1), "half_width", id="mean, a spread beyond all"),
            pytest.param(lambda: sample_size_mean(1, 1e-200), "half_width", id="mean, hardly a width"),
            pytest.param(
                lambda: sample_size_proportion(0.5, 0.1, N=10**400), "N", id="a population beyond all"
            ),
            pytest.param(
                lambda: sample_size_hours(40, 16, 5e-324), "hours_per_case", id="no time at all a case"
            ),
            pytest.param(lambda: hours_for_cases(10**400, 16, 0.9), "n", id="cases beyond all"),
            pytest.param(lambda: expected_half_width(0.5, 10**9), "n", id="a sample that nobody reads"),
        ],
    )
    def test_is_refused(self, ask, name):
        with pytest.raises(FigureInvalid) as refused:
            ask()
        assert refused.value.values["name"] == name

    def test_a_width_that_only_a_census_gives(self):
        assert sample_size_proportion(0.5, 1e-200, N=312) == 312
        assert sample_size_mean(1e200, 1, N=312) == 312

    def test_a_level_next_to_1(self):
        assert sample_size_proportion(0.5, 0.1, level=0.9999999999999999) > sample_size_proportion(0.5, 0.1)

    @pytest.mark.parametrize("count", [-5, float("nan"), 3.0, None, True])
    def test_counts_beside_an_exception(self, count):
        with pytest.raises((SizeNegative, FigureInvalid)):
            sizes_of_plan({"method": "fixed", "n": 2, "exceptions": {"a": 2}}, {"a": count, "b": 9})
