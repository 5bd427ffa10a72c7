"""How many cases from each stratum: tables worked out by hand, and what holds for every allocation."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sampling import allocate
from sampling.errors import DeviationInvalid, FigureInvalid, MethodUnknown, MinimumTooLarge, SizeNegative

# Every machine is slow sometimes; a time limit would fail at random.
PATIENT = settings(deadline=None)

SIZES = {"A": 100, "B": 200, "C": 700}
strata = st.dictionaries(st.sampled_from("ABCDEFGH"), st.integers(0, 60), min_size=1)


class TestAllocate:
    @pytest.mark.parametrize(
        ("method", "n", "sizes", "options", "expected"),
        [
            pytest.param("fixed", 15, SIZES, {}, [15, 15, 15], id="fixed"),
            pytest.param("fixed", 150, SIZES, {}, [100, 150, 150], id="fixed above a stratum"),
            pytest.param("fixed", 3, SIZES, {"minimum": 5}, [5, 5, 5], id="fixed below the minimum"),
            pytest.param("fixed", 3, {"A": 2, "B": 0}, {"minimum": 5}, [2, 0], id="fixed in small strata"),
            pytest.param("proportional", 50, SIZES, {}, [5, 10, 35], id="proportional"),
            pytest.param("proportional", 1000, SIZES, {}, [100, 200, 700], id="proportional, all"),
            pytest.param("proportional", 5000, SIZES, {}, [100, 200, 700], id="more than there are"),
            pytest.param("proportional", 0, SIZES, {}, [0, 0, 0], id="none"),
            pytest.param("proportional", 7, SIZES, {}, [1, 1, 5], id="largest remainders 0.7, 0.4, 0.9"),
            pytest.param("proportional", 1, {"B": 10, "A": 10}, {}, [0, 1], id="a tie goes to the smaller name"),
            # The minimum takes 10 for A; 40 are left for 200 : 700, that is 8.9 and 31.1, but B has its 10.
            pytest.param("proportional", 50, SIZES, {"minimum": 10}, [10, 10, 30], id="minimum"),
            pytest.param("equal", 30, SIZES, {}, [10, 10, 10], id="equal"),
            pytest.param("equal", 31, SIZES, {}, [11, 10, 10], id="equal, one over"),
            # A takes its 100, the other 350 are shared: 175 each.
            pytest.param("equal", 450, SIZES, {}, [100, 175, 175], id="equal, handed on"),
            # A takes 100 and B 200; C takes what is left.
            pytest.param("equal", 800, SIZES, {}, [100, 200, 500], id="equal, handed on twice"),
            pytest.param("equal", 10, {"A": 0, "B": 30, "C": 30}, {}, [0, 5, 5], id="an empty stratum"),
            # N S = 1000, 200, 700: 50, 10, 35 of 95.
            pytest.param(
                "neyman", 95, SIZES, {"deviations": {"A": 10, "B": 1, "C": 1}}, [50, 10, 35], id="neyman"
            ),
            # N S = 10 : 1 : 1 would give A 250 of 300; it has 100, and 200 are left for 200 : 700 (44.4, 155.6).
            pytest.param(
                "neyman", 300, SIZES, {"deviations": {"A": 100, "B": 1, "C": 1}}, [100, 44, 156], id="neyman, capped"
            ),
            pytest.param(
                "neyman", 10, SIZES, {"deviations": {"A": 1, "B": 0, "C": 0}}, [10, 0, 0], id="neyman, nothing varies"
            ),
            # A is taken whole, 90 are left for 200 : 700 by their cases.
            pytest.param(
                "neyman", 190, SIZES, {"deviations": {"A": 1, "B": 0, "C": 0}}, [100, 20, 70], id="handed on by cases"
            ),
            pytest.param(
                "neyman", 90, {"A": 0, "B": 45, "C": 45}, {"deviations": {"B": 0, "C": 0}}, [0, 45, 45],
                id="neyman, no deviation for an empty stratum",
            ),
        ],
    )  # fmt: skip
    def test_by_hand(self, method, n, sizes, options, expected):
        allocated = allocate(method, n, sizes, **options)
        assert list(allocated) == list(sizes)
        assert list(allocated.values()) == expected

    def test_tenths_are_tenths(self):
        """In floating point 0.1 and 0.3 would not stand in the ratio 1 : 3."""
        deviations = {"A": 0.1, "B": 0.3}
        assert allocate("neyman", 4, {"A": 10, "B": 10}, deviations=deviations) == {"A": 1, "B": 3}

    @pytest.mark.parametrize(
        ("method", "n", "sizes", "options", "error"),
        [
            pytest.param("random", 5, SIZES, {}, MethodUnknown, id="method"),
            pytest.param("equal", -1, SIZES, {}, SizeNegative, id="n"),
            pytest.param("equal", 1, {"n": -1}, {}, SizeNegative, id="cases"),
            pytest.param("equal", 1, SIZES, {"minimum": -1}, SizeNegative, id="minimum"),
            pytest.param("equal", 5, SIZES, {"minimum": 2}, MinimumTooLarge, id="minimum above n"),
            pytest.param("neyman", 5, SIZES, {}, DeviationInvalid, id="no deviations"),
            pytest.param(
                "neyman", 5, {"A": 1}, {"deviations": {"A": -1}}, DeviationInvalid, id="negative deviation"
            ),
            pytest.param(
                "neyman", 5, {"A": 1}, {"deviations": {"A": float("nan")}}, DeviationInvalid, id="no number"
            ),
            pytest.param(
                "neyman", 5, {"A": 1}, {"deviations": {"A": float("inf")}}, DeviationInvalid, id="endless"
            ),
            pytest.param("neyman", 5, {"A": 1}, {"deviations": {"A": "1"}}, DeviationInvalid, id="text"),
            pytest.param(
                "neyman", 5, {"A": 1}, {"deviations": {"A": True}}, DeviationInvalid, id="deviation yes"
            ),
            pytest.param("equal", 2.5, SIZES, {}, FigureInvalid, id="half a case"),
            pytest.param("equal", True, SIZES, {}, FigureInvalid, id="n is yes"),
            pytest.param("fixed", float("nan"), SIZES, {}, FigureInvalid, id="n is NaN"),
            pytest.param("equal", 1, {"A": 3.0}, {}, FigureInvalid, id="cases 3.0"),
            pytest.param("equal", 1, SIZES, {"minimum": "1"}, FigureInvalid, id="minimum is text"),
        ],
    )
    def test_refused(self, method, n, sizes, options, error):
        with pytest.raises(error):
            allocate(method, n, sizes, **options)

    @given(
        method=st.sampled_from(["proportional", "equal", "neyman"]),
        sizes=strata,
        n=st.integers(0, 300),
        minimum=st.integers(0, 4),
        deviations=st.lists(st.floats(0, 10), min_size=8, max_size=8),
    )
    @PATIENT
    def test_the_sum_is_exact_and_every_limit_is_kept(self, method, sizes, n, minimum, deviations):
        if sum(min(minimum, size) for size in sizes.values()) > min(n, sum(sizes.values())):
            minimum = 0
        spread = dict(zip("ABCDEFGH", deviations, strict=True))
        allocated = allocate(method, n, sizes, deviations=spread, minimum=minimum)
        assert sum(allocated.values()) == min(n, sum(sizes.values()))
        assert all(min(minimum, sizes[name]) <= count <= sizes[name] for name, count in allocated.items())

    @given(sizes=strata, n=st.integers(0, 300))
    @PATIENT
    def test_proportional_is_within_one_of_the_exact_share(self, sizes, n):
        total = sum(sizes.values())
        n = min(n, total)
        allocated = allocate("proportional", n, sizes)
        assert all(
            abs(allocated[name] * total - n * size) < total or not total for name, size in sizes.items()
        )

    @given(sizes=strata, n=st.integers(0, 300))
    @PATIENT
    def test_equal_differs_by_one_at_most_where_no_stratum_is_whole(self, sizes, n):
        allocated = allocate("equal", n, sizes)
        partial = [count for name, count in allocated.items() if count < sizes[name]]
        assert not partial or max(partial) - min(partial) <= 1

    @given(sizes=strata, n=st.integers(0, 300), data=st.data())
    @PATIENT
    def test_neyman_follows_one_factor_where_no_stratum_is_whole(self, sizes, n, data):
        """Cochran 5.5 and 5.8: n_h = factor · N_h S_h, within one case, or the whole stratum where that is more."""
        deviations = {name: data.draw(st.integers(1, 20)) for name in sizes}
        allocated = allocate("neyman", n, sizes, deviations=deviations)
        weights = {name: size * deviations[name] for name, size in sizes.items() if size}
        partial = [name for name in weights if allocated[name] < sizes[name]]
        low = max(((allocated[name] - 1) / weights[name] for name in weights), default=0)
        high = min(((allocated[name] + 1) / weights[name] for name in partial), default=float("inf"))
        assert low < high

    def test_neyman_has_the_smallest_variance_of_all_splits(self):
        """Cochran's 64 cities: every way to take 24 of them, tried."""
        cities, spread = {"large": 16, "other": 48}, {"large": 53843**0.5, "other": 5581**0.5}

        def variance(first):
            parts = zip(cities, (first, 24 - first), strict=True)
            return sum(cities[h] ** 2 * spread[h] ** 2 * (1 / k - 1 / cities[h]) for h, k in parts)

        best = min(range(1, 17), key=variance)
        assert allocate("neyman", 24, cities, deviations=spread) == {"large": best, "other": 24 - best}
