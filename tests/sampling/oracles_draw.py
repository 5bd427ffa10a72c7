"""The draw against a shell: GNU coreutils 9.1 and jq 1.6 made these texts once, with ``LC_ALL=C``.

The ticket is ``printf '%s' "$seed:$case" | sha256sum``; the sample the first lines of the tickets through
``sort``; the fingerprint the frame as ``stratum TAB case`` through ``sort | sha256sum``, where there is a salt
with that line before; the digest ``jq -cjS 'del(.digest)' | sha256sum``. The gaps of a year are what ``comm -23``
leaves of ``seq first last``, and two fewer numbers than these lie between.
"""

from functools import wraps

import polars as pl
from oracle import Case, Oracle

from sampling import counts, digest, draw_sample, extend_sample, fingerprint, sizes_of_plan, ticket
from sampling.gaps import serial_gaps

DICE, OTHER = "31415926535897932384", "27182818284590452353"
NORTH = [f"23/{number:05}" for number in range(1, 13)]
SOUTH = [f"å-{number}" for number in range(1, 10)]
EAST = ["案件-12"]
FRAME = pl.DataFrame(
    {"case_id": [*SOUTH, *EAST, *NORTH], "stratum": ["Syd/Ærø"] * 9 + ["Øst"] + ["Nord"] * 12}
)
#: The cases of each stratum in the order of their tickets.
NORTH_DRAWN = "5 11 9 2 10 8 4 3 12 1 6 7"
SOUTH_DRAWN = "1 9 5 3 6 8 7 2 4"


def _names(north, south, east=0):
    """So many cases of each stratum, by their tickets."""
    return " ".join(
        [
            *(f"23/{int(number):05}" for number in NORTH_DRAWN.split()[north[0] : north[1]]),
            *(f"å-{number}" for number in SOUTH_DRAWN.split()[south[0] : south[1]]),
            *EAST[:east],
        ]
    )


@wraps(draw_sample)
def _drawn(*arguments):
    return " ".join(draw_sample(*arguments)["case_id"])


@wraps(extend_sample)
def _added(frame, sizes, seed, before):
    return " ".join(extend_sample(frame, sizes, seed, draw_sample(frame, before, seed))["case_id"])


@wraps(counts)
def _counted(frame):
    return " ".join(f"{count} {stratum}" for stratum, count in counts(frame).items())


@wraps(sizes_of_plan)
def _sized(*arguments):
    return " ".join(f"{stratum} {n}" for stratum, n in sizes_of_plan(*arguments).items())


@wraps(serial_gaps)
def _gaps(frame, place):
    return serial_gaps(frame).years[place]


#: Of 2016 the numbers 101 to 160 that neither 7 nor 11 divides, of 2023 those of 3 to 90 that are not 4k + 1 or 50.
SERIALS = pl.DataFrame(
    {
        "case_id": [
            *(f"16/{number:05}" for number in range(101, 161) if number % 7 and number % 11),
            *(f"23/{number:05}" for number in range(3, 91) if number % 4 != 1 and number != 50),
        ]
    }
)

CITIES = {"large": 16, "other": 48}

ORACLES = [
    Oracle(
        ticket,
        "coreutils 9.1, sha256sum",
        [
            Case((DICE, "1"), "893a20cfc0756abeaf6f67c8b244465a72756b5aade739808c676619f02ffe0d"),
            Case((OTHER, "1"), "1f4695ef20c959d3e59b7f7b0b5d5ae801c18479ea826ebc9f14fef2c866a8fe"),
            Case((DICE, "23/00123"), "a188bf753ce9e07817b96daac2cdea8072d7df0efe52d1c09b553688412c5c2e"),
            Case((OTHER, "23/00123"), "0dee9625d7a6439f487755c19b6424a5d00b4605b6092f312ca160938a51d236"),
            Case(
                (DICE, "15.17.06-G01-277-25"),
                "00006e58db171b224ca348140bf712454b97f876830eb9cc0f53c98333bf1ff1",
            ),
            Case((DICE, "Ærø-å/7"), "d499cb15e26f2a86ddd1ee25c4dc0a3a956ada5926ac888960892c6c102858b4"),
            Case((DICE, "O'Brien\\4"), "5d670953d81ab42188877c45cde9fea860217c5fe55784f333a0661b7dd2dc89"),
            Case((DICE, "案件-12"), "673cbcd5dec2f23c6e8bdf066b95b6031e1792881f0dc4dd2b13301fc2c4c0fb"),
        ],
        0,
    ),
    Oracle(
        _drawn,
        "coreutils 9.1, sha256sum and sort",
        [
            Case((FRAME, {"Nord": 4, "Syd/Ærø": 3, "Øst": 0}, DICE), _names((0, 4), (0, 3))),
            Case((FRAME, {"Nord": 9, "Syd/Ærø": 99, "Øst": 99}, DICE), _names((0, 9), (0, 9), 1)),
        ],
        0,
    ),
    Oracle(
        _added,
        "coreutils 9.1, sha256sum and sort",
        [
            Case(
                (
                    FRAME,
                    {"Nord": 9, "Syd/Ærø": 5, "Øst": 1},
                    DICE,
                    {"Nord": 4, "Syd/Ærø": 5, "Øst": 0},
                ),
                _names((4, 9), (5, 5), 1),
            )
        ],
        0,
    ),
    Oracle(
        fingerprint,
        "coreutils 9.1, sort and sha256sum",
        [
            Case((FRAME,), "a10c4406201a2e38c441db4a54c64fb41537fc047eea15e40704c025fbbc30cd"),
            Case(
                (FRAME, "salt og peber"), "3d3dbe161e299f560ffbc5954cd3452e4a57f14b0f1c41b1070dc73c48780039"
            ),
        ],
        0,
    ),
    Oracle(_counted, "coreutils 9.1, sort and uniq -c", [Case((FRAME,), "12 Nord 9 Syd/Ærø 1 Øst")], 0),
    Oracle(
        digest,
        "jq 1.6 and coreutils 9.1, sha256sum",
        [
            Case(
                ({"a": 1, "b": {"c": [1, 2, "æ"], "d": None}, "digest": "x", "e": True, "A": "/"},),
                "d12c32906f7bf2b7320668e2056b57b6eac9cec14c08aed3261b63e08b60dcb2",
            )
        ],
        0,
    ),
    Oracle(
        _gaps,
        "coreutils 9.1, seq and comm",
        [
            Case((SERIALS, 0), {"first": 101, "last": 160, "cases": 48, "missing": 12, "between": 58}),
            Case((SERIALS, 1), {"first": 3, "last": 90, "cases": 65, "missing": 23, "between": 86}),
        ],
        0,
    ),
    Oracle(
        _sized,
        "Cochran 1977, 5.6: 64 cities",
        [
            Case(({"method": "proportional", "n": 24}, CITIES), "large 6 other 18"),
            Case(
                (
                    {"method": "neyman", "n": 24, "deviations": {"large": 53843**0.5, "other": 5581**0.5}},
                    CITIES,
                ),
                "large 12 other 12",
            ),
        ],
        0,
    ),
]
