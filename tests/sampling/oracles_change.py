"""Changes between two samples, and of cases read twice, against print and R; the program is r/change.R."""

from oracle import Case, Oracle
from printed import printed

from sampling.change import (
    change_in_mean,
    change_in_proportion,
    paired_change_in_mean,
    paired_change_in_proportion,
)

R = "R 4.2.2"
BEFORE = [4, 7, 7, 8, 3, 9, 6, 5, 10, 8]
AFTER = [7, 9, 6, 8, 10, 9, 5, 9]
AGAIN = [6, 7, 8, 8, 5, 9, 6, 8, 10, 7]


def figures(estimate, se, df, lower, upper):
    return {"estimate": estimate, "se": se, "df": df, "lower": lower, "upper": upper}


def limits(estimate, lower, upper):
    return {"estimate": estimate, "lower": lower, "upper": upper}


def population(size):
    return None if size == float("inf") else int(size)


def whole(*counts):
    return tuple(int(count) for count in counts)


def turned(gained, lost):
    """Readings of 60 cases of which so many turned to yes and to no."""
    still = 60 - gained - lost
    return [0] * gained + [1] * lost + [1] * still, [1] * gained + [0] * lost + [1] * still


ORACLES = [
    Oracle(
        change_in_mean,
        f"{R}: t.test (Welch)",
        [
            Case((BEFORE, AFTER), figures(*found), {"level": level})
            for level, *found in printed("change.R", "welch")
        ],
        1e-9,
    ),
    Oracle(
        change_in_mean,
        f"{R}: Welch's formula with 1 - n/N",
        [
            Case((BEFORE, AFTER, population(first), population(second)), figures(*found))
            for first, second, *found in printed("change.R", "welch of")
        ],
        1e-9,
    ),
    Oracle(
        change_in_proportion,
        "R. G. Newcombe (1998), Stat. Med. 17, 873-890, table II: method 10",
        [
            # Newcombe's difference is the first share less the second.
            Case((x2, n2, x1, n1), {"lower": lower, "upper": upper})
            for x1, n1, x2, n2, lower, upper in [
                (56, 70, 48, 80, 0.0524, 0.3339),
                (9, 10, 3, 10, 0.1705, 0.8090),
                (6, 7, 2, 7, 0.0582, 0.8062),
                (5, 56, 0, 29, -0.0381, 0.1926),
                (0, 10, 0, 20, -0.1611, 0.2775),
                (0, 10, 0, 10, -0.2775, 0.2775),
                (10, 10, 0, 20, 0.6791, 1.0),
                (10, 10, 0, 10, 0.6075, 1.0),
            ]
        ],
        5.01e-5,
    ),
    Oracle(
        change_in_proportion,
        f"{R}: prop.test, squared and added",
        [
            Case(whole(x1, n1, x2, n2), limits(*found), {"level": level})
            for x1, n1, x2, n2, level, *found in printed("change.R", "change")
        ],
        1e-12,
    ),
    Oracle(
        change_in_proportion,
        f"{R}: phyper, every M, squared and added",
        [
            Case(
                whole(x1, n1, x2, n2),
                {"se": se, **limits(*found)},
                {"N_before": int(first), "N_after": int(second), "level": level},
            )
            for x1, n1, first, x2, n2, second, level, se, *found in printed("change.R", "change of")
        ],
        1e-12,
    ),
    Oracle(
        change_in_proportion,
        f"{R}: prop.test before, phyper after",
        [
            Case(whole(x1, n1, x2, n2), limits(*found), {"N_after": int(second), "level": level})
            for x1, n1, _, x2, n2, second, level, *found in printed("change.R", "change after of")
        ],
        1e-12,
    ),
    Oracle(
        paired_change_in_mean,
        f"{R}: t.test (paired)",
        [
            *[Case((BEFORE, AGAIN), figures(*found)) for found in printed("change.R", "paired")],
            *[Case((BEFORE, AGAIN, 40), figures(*found)) for found in printed("change.R", "paired of")],
        ],
        1e-9,
    ),
    Oracle(
        paired_change_in_proportion,
        f"{R}: binom.test (McNemar, exact)",
        [
            Case(
                turned(*whole(gained, lost)),
                {"gained": gained, "lost": lost, "estimate": (gained - lost) / 60, "p_value": p_value},
            )
            for gained, lost, p_value in printed("change.R", "mcnemar")
        ],
        1e-12,
    ),
]
