"""Shares and means with their limits against print and R; the program is r/estimates.R."""

from math import comb

from oracle import Case, Oracle
from printed import printed

from sampling.estimate import hypergeometric_interval, proportion_interval, proportion_upper_limit
from sampling.means import mean_interval

R = "R 4.2.2"
NEWCOMBE = "R. G. Newcombe (1998), Stat. Med. 17, 857-872, table I"
#: In the order in which R printed them.
METHODS = ("wilson", "clopper-pearson", "jeffreys", "agresti-coull")
SCORES = [4, 7, 7, 8, 3, 9, 6, 5, 10, 8]


def limits(lower, upper):
    return {"lower": lower, "upper": upper}


def shares(method):
    """The two limits that R printed for one method."""
    at = 3 + 2 * METHODS.index(method)
    return [
        Case((int(x), int(n), level), limits(*found[at - 3 : at - 1]), {"method": method})
        for x, n, level, *found in printed("estimates.R", "share")
    ]


def newcombe(method, *rows):
    return [Case((x, n), limits(*found), {"method": method}) for x, n, *found in rows]


def two_of_three(chance):
    """The share M/6 for which at most x of 3 drawn from 6 are met with more than this chance, counted out."""
    ways = {hits: [comb(hits, x) * comb(6 - hits, 3 - x) for x in range(4)] for hits in range(7)}
    return [
        max(hits for hits, found in ways.items() if sum(found[: x + 1]) > chance * comb(6, 3)) / 6
        for x in range(4)
    ]


ORACLES = [
    Oracle(
        hypergeometric_interval,
        f"{R}: phyper, every M",
        [
            Case(
                (int(x), int(n), int(cases), level),
                {"count_lower": least, "count_upper": most, "lower": lower, "upper": upper},
            )
            for x, n, cases, level, least, most, lower, upper in printed("estimates.R", "exact")
        ],
        1e-12,
    ),
    Oracle(
        proportion_interval,
        f"{NEWCOMBE}: method 3 (Wilson)",
        newcombe(
            "wilson",
            (81, 263, 0.2553, 0.3662),
            (15, 148, 0.0624, 0.1605),
            (0, 20, 0.0, 0.1611),
            (1, 29, 0.0061, 0.1718),
        ),
        5e-5,
    ),
    Oracle(
        proportion_interval,
        f"{NEWCOMBE}: method 5 (Clopper-Pearson)",
        newcombe(
            "clopper-pearson",
            (81, 263, 0.2527, 0.3676),
            (15, 148, 0.0578, 0.1617),
            (0, 20, 0.0, 0.1684),
            (1, 29, 0.0009, 0.1776),
        ),
        5e-5,
    ),
    Oracle(proportion_interval, f"{R}: prop.test (Wilson)", shares("wilson"), 1e-12),
    Oracle(proportion_interval, f"{R}: binom.test (Clopper-Pearson)", shares("clopper-pearson"), 1e-12),
    Oracle(proportion_interval, f"{R}: qbeta (Jeffreys)", shares("jeffreys"), 1e-12),
    Oracle(proportion_interval, f"{R}: formula of Agresti & Coull", shares("agresti-coull"), 1e-12),
    Oracle(
        proportion_upper_limit,
        f"{R}: binom.test",
        [Case((int(x), int(n), level), upper) for x, n, level, upper in printed("estimates.R", "at most")],
        1e-12,
    ),
    Oracle(
        proportion_upper_limit,
        f"{R}: phyper, every M",
        [
            Case((int(x), int(n), level, int(cases)), upper)
            for x, n, cases, level, upper in printed("estimates.R", "at most of")
        ],
        1e-12,
    ),
    Oracle(
        proportion_upper_limit,
        "counted out: 3 of 6",
        [Case((x, 3, 0.95, 6), upper) for x, upper in enumerate(two_of_three(0.05))],
        1e-12,
    ),
    Oracle(
        mean_interval,
        f"{R}: t.test, with 1 - n/N",
        [
            Case((SCORES, int(cases), level), {"estimate": mean, "se": se, "df": 9.0, **limits(lower, upper)})
            for cases, level, mean, se, lower, upper in printed("estimates.R", "mean")
        ],
        1e-12,
    ),
]
