"""Shares of a sample among strata, against textbooks."""

from functools import wraps
from types import SimpleNamespace

from oracle import Case, Oracle

from sampling import allocate


@wraps(allocate)
def _allocated(*arguments, **keywords):
    """The sizes as attributes, which is how an oracle compares several figures of one answer."""
    return SimpleNamespace(**allocate(*arguments, **keywords))


CITIES = {"large": 16, "other": 48}
REGIONS = {"northeast": 220, "north_central": 1054, "south": 1382, "west": 422}
HOUSEHOLDS = {"town_a": 155, "town_b": 62, "rural": 93}

ORACLES = [
    Oracle(
        _allocated,
        "Cochran 1977, 5.6: 64 cities",
        [
            Case(("proportional", 24, CITIES), {"large": 6, "other": 18}),
            # 12.2 and 11.8 in print, taken as 12 and 12.
            Case(
                ("neyman", 24, CITIES),
                {"large": 12, "other": 12},
                {"deviations": {"large": 53843**0.5, "other": 5581**0.5}},
            ),
        ],
        0,
    ),
    Oracle(
        _allocated,
        "Lohr 1999, 4.1: 300 of 3078 counties",
        [
            Case(
                ("proportional", 300, REGIONS),
                {"northeast": 21, "north_central": 103, "south": 135, "west": 41},
            )
        ],
        0,
    ),
    Oracle(
        _allocated,
        "Scheaffer, Mendenhall and Ott 1996, ch. 5: households that watch television",
        [
            Case(("proportional", 40, HOUSEHOLDS), {"town_a": 20, "town_b": 8, "rural": 12}),
            Case(
                ("neyman", 57, HOUSEHOLDS),
                {"town_a": 17, "town_b": 20, "rural": 20},
                {"deviations": {"town_a": 5, "town_b": 15, "rural": 10}},
            ),
        ],
        0,
    ),
]
