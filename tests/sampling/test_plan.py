"""The sizes that a plan gives to the strata of a frame."""

import pytest

import sampling
from sampling import sizes_of_plan
from sampling.errors import (
    DocumentMalformed,
    ExceptionsTooLarge,
    ExceptionUnknown,
    MethodUnknown,
    MinimumTooLarge,
    SizeNegative,
)

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
