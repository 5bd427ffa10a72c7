"""Sizes of samples and decision rules against printed tables, R, and counting in fractions.

R 4.2.2: ``pbinom``, ``phyper`` and ``dnbinom`` gave the chances, a loop over n the sizes, and for the widths
every interval was found by trying each M from 0 to N with ``phyper``, or with ``qbeta``.
"""

from fractions import Fraction
from functools import partial
from itertools import combinations, product
from math import comb, sqrt

from oracle import Case, Oracle

from sampling.decide import (
    attribute_sample_size,
    chance_to_find,
    expected_sample_number,
    lqas_plan,
    operating_characteristic,
)
from sampling.plan import (
    expected_half_width,
    hours_for_cases,
    sample_size_hours,
    sample_size_mean,
    sample_size_proportion,
)

#: The level at which z is 2, as Cochran's examples have it.
TWO = 0.9544997361036416

#: AICPA (2012), tables A-1 and A-2: sizes for the tolerable rates below; 0 where the table has none.
TOLERABLE = (0.02, 0.03, 0.04, 0.05, 0.06, 0.07, 0.08, 0.09, 0.10, 0.15, 0.20)
A1 = {
    0.0: (149, 99, 74, 59, 49, 42, 36, 32, 29, 19, 14),
    0.0025: (236, 157, 117, 93, 78, 66, 58, 51, 46, 30, 22),
    0.005: (0, 157, 117, 93, 78, 66, 58, 51, 46, 30, 22),
    0.0075: (0, 208, 117, 93, 78, 66, 58, 51, 46, 30, 22),
    0.01: (0, 0, 156, 93, 78, 66, 58, 51, 46, 30, 22),
    0.0125: (0, 0, 156, 124, 78, 66, 58, 51, 46, 30, 22),
    0.015: (0, 0, 192, 124, 103, 66, 58, 51, 46, 30, 22),
    0.0175: (0, 0, 227, 153, 103, 88, 77, 51, 46, 30, 22),
    0.02: (0, 0, 0, 181, 127, 88, 77, 68, 46, 30, 22),
    0.03: (0, 0, 0, 0, 195, 129, 95, 84, 61, 30, 22),
    0.04: (0, 0, 0, 0, 0, 0, 146, 100, 89, 40, 22),
    0.05: (0, 0, 0, 0, 0, 0, 0, 158, 116, 40, 30),
    0.06: (0, 0, 0, 0, 0, 0, 0, 0, 179, 50, 30),
    0.07: (0, 0, 0, 0, 0, 0, 0, 0, 0, 68, 37),
}
A2 = {
    0.0: (114, 76, 57, 45, 38, 32, 28, 25, 22, 15, 11),
    0.0025: (194, 129, 96, 77, 64, 55, 48, 42, 38, 25, 18),
    0.0075: (265, 129, 96, 77, 64, 55, 48, 42, 38, 25, 18),
    0.0175: (0, 0, 166, 105, 88, 55, 48, 42, 38, 25, 18),
    0.02: (0, 0, 198, 132, 88, 75, 48, 42, 38, 25, 18),
}


def _table(sizes, risk):
    return [
        Case((tolerable, risk, expected), n)
        for expected, row in sizes.items()
        for tolerable, n in zip(TOLERABLE, row, strict=True)
        if n
    ]


def _read_until_certain(n, d, p):
    """The cases read, over every order of passes and failures, each by its chance."""
    mean = Fraction(0)
    for order in product((0, 1), repeat=n):
        chance, failed, read = Fraction(1), 0, 0
        for fails in order:
            chance *= p if fails else 1 - p
        for fails in order:
            read, failed = read + 1, failed + fails
            if failed > d or read - failed >= n - d:
                break
        mean += chance * read
    return float(mean)


def _read_of_population(n, d, N, K):  # noqa: N803 - as in print
    """The cases read, over every order in which the K failures can stand among the N cases."""
    total = orders = 0
    for failures in combinations(range(N), K):
        failed = read = 0
        while failed <= d and read - failed < n - d:
            failed, read = failed + (read in failures), read + 1
        total, orders = total + read, orders + 1
    return total / orders


def _interval_width(x, n, N):  # noqa: N803 - as in print
    """Half the width of the exact interval at 0.95, by trying every M in whole numbers."""
    held = []
    for M in range(N + 1):  # noqa: N806 - as in print
        ways = [comb(M, k) * comb(N - M, n - k) for k in range(n + 1)]
        if min(sum(ways[x:]), sum(ways[: x + 1])) * 40 > comb(N, n):
            held.append(M)
    return Fraction(max(held) - min(held), 2 * N)


def _mean_width(M, n, N):  # noqa: N803 - as in print
    ways = [comb(M, x) * comb(N - M, n - x) for x in range(n + 1)]
    mean = sum(way * _interval_width(x, n, N) for x, way in enumerate(ways)) / comb(N, n)
    return float(mean)


def _best_rule(n, few, many, N):  # noqa: N803 - as in print
    """The rule with the smallest sum of both risks, in whole numbers; of two alike the smaller."""
    chances = partial(_accepts, n=n, N=N)
    d = min(range(n), key=lambda one: (chances(one, M=many) - chances(one, M=few), one))
    return {"d": d, "accept_good": float(chances(d, M=few)), "reject_poor": float(1 - chances(d, M=many))}


def _accepts(d, M, n, N):  # noqa: N803 - as in print
    return Fraction(sum(comb(M, x) * comb(N - M, n - x) for x in range(d + 1)), comb(N, n))


ORACLES = [
    Oracle(
        sample_size_proportion,
        "Cochran 1977, 4.2 and 4.4: the island's blood groups",
        [
            Case((0.5, 0.05, None, TWO), 400),
            Case((0.3, 0.05, None, TWO), 336),
            Case((0.6, 0.05, None, TWO), 384),
            Case((0.5, 0.05, 3200, TWO), 356),
        ],
        0,
    ),
    Oracle(
        sample_size_mean,
        "Cochran 1977, 4.6: the bed of seedlings",
        [Case((sqrt(85.6), 1.9, None, TWO), 95), Case((sqrt(85.6), 1.9, 430, TWO), 78)],
        0,
    ),
    Oracle(
        sample_size_mean,
        "R 4.2.2, qnorm",
        [Case((15, 2), 217), Case((15, 2, 400), 141), Case((0.3, 0.05, 312), 96)],
        0,
    ),
    Oracle(
        sample_size_hours,
        "counted in fractions",
        [
            Case(
                (hours, 16, 0.9, double),
                max(0, int((Fraction(hours) - 16) / (Fraction(9, 10) * (1 + share)))),
            )
            for hours in range(0, 400, 7)
            for double, share in ((0.0, Fraction(0)), (0.1, Fraction(1, 10)), (0.25, Fraction(1, 4)))
        ],
        0,
    ),
    Oracle(
        hours_for_cases,
        "counted in fractions",
        [
            Case((n, 16, 0.9, double), float(16 + n * Fraction(9, 10) * (1 + share)))
            for n in range(0, 400, 7)
            for double, share in ((0.0, Fraction(0)), (0.1, Fraction(1, 10)), (0.25, Fraction(1, 4)))
        ],
        1e-12,
    ),
    Oracle(
        expected_half_width,
        "R 4.2.2, every M with phyper",
        [
            Case((0.5, 26, 312), 0.1887319933198198),
            Case((0.1, 30, 90), 0.094893749554904677),
            Case((0.5, 74, 312), 0.10217160771434444),
            Case((0.05, 100, 1000), 0.04456469876970192),
            Case((0.5, 300, 5000), 0.05609679174080897),
        ],
        1e-12,
    ),
    Oracle(
        expected_half_width,
        "R 4.2.2, qbeta",
        [
            Case((0.5, 26), 0.19726953193118804),
            Case((0.1, 100), 0.062808604558821229),
            Case((0.5, 385), 0.051012219020112042),
            Case((0, 59), 0.030304450475169942),
            Case((0.3, 1), 0.4875),
        ],
        1e-12,
    ),
    Oracle(
        expected_half_width,
        "every M and every sample, in whole numbers",
        [
            Case((M / N, n, N), _mean_width(M, n, N))
            for N, sizes in ((1, (1,)), (7, range(1, 8)), (20, (1, 5, 19)), (40, (1, 2, 11)), (80, (1, 2)))
            for n in sizes
            for M in {0, 1, N // 3, N // 2, N}
        ],
        1e-12,
    ),
    Oracle(attribute_sample_size, "AICPA 2012, table A-1 (risk 5 %)", _table(A1, 0.05), 0),
    Oracle(attribute_sample_size, "AICPA 2012, table A-2 (risk 10 %)", _table(A2, 0.10), 0),
    Oracle(
        attribute_sample_size,
        "R 4.2.2, phyper and pbinom",
        [
            Case((3 / 312, 0.05, 0, 0, 312), 197),
            Case((0.05, 0.05, 0, 0, 90), 40),
            Case((0.05, 0.05, 0, 1, 500), 87),
            Case((0.1, 0.1, 0, 2, 1000), 51),
            Case((0.02, 0.05, 0, 0, 10000), 148),
            Case((0.05, 0.1, 0, 3, 2000), 130),
            Case((0.05, 0.1, 0, 2), 105),
            Case((0.01, 0.01), 459),
            Case((0.03, 0.05, 0, 5), 348),
        ],
        0,
    ),
    Oracle(
        chance_to_find,
        "R 4.2.2, phyper",
        [
            Case((26, 3, 312), 0.23042215537807254),
            Case((90, 1, 312), 90 / 312),
            Case((10, 50, 100), 0.99940658032741414),
            Case((300, 5, 100000), 0.014910566020271965),
        ],
        1e-12,
    ),
    Oracle(
        chance_to_find,
        "counted in whole numbers",
        [
            Case((n, K, N), float(1 - Fraction(comb(N - K, n), comb(N, n))))
            for N in (1, 2, 9, 30)
            for K in range(0, N + 1, 3)
            for n in range(0, N + 1, 4)
        ],
        1e-14,
    ),
    Oracle(
        lqas_plan,
        "LQAS for 80 and 50 % (PMC3013262, table 1, after Grant and Leavenworth 1988)",
        [
            # The two chances that the table prints for n = 8 (0.79 and 0.83) are 0.80 and 0.86.
            Case((8, 0.2, 0.5), {"d": 2}),
            Case((12, 0.2, 0.5), {"d": 4, "accept_good": 0.93, "reject_poor": 0.81}),
            Case((14, 0.2, 0.5), {"d": 4, "accept_good": 0.87, "reject_poor": 0.91}),
            Case((19, 0.2, 0.5), {"d": 6, "accept_good": 0.93, "reject_poor": 0.92}),
            Case((28, 0.2, 0.5), {"d": 9, "accept_good": 0.96, "reject_poor": 0.96}),
        ],
        0.0051,
    ),
    Oracle(
        lqas_plan,
        "every rule, in whole numbers",
        [
            Case((n, few / N, many / N, N), _best_rule(n, few, many, N))
            for N, few, many in ((10, 0, 3), (30, 3, 9), (90, 5, 18), (312, 16, 62))
            for n in (1, 6, 10)
        ],
        1e-12,
    ),
    Oracle(
        operating_characteristic,
        "LQAS with n = 19 (PMC3013262, table 1)",
        [
            Case((19, d, p), chance)
            for d, good, found_poor in (
                (0, 0.01, 1),
                (2, 0.24, 1),
                (3, 0.46, 1),
                (5, 0.84, 0.97),
                (7, 0.98, 0.82),
            )
            for p, chance in ((0.2, good), (0.5, 1 - found_poor))
        ],
        0.0051,
    ),
    Oracle(
        operating_characteristic,
        "R 4.2.2, pbinom and phyper",
        [
            Case((19, 6, 0.2), 0.93239993410288358),
            Case((19, 6, 0.5), 0.083534240722656264),
            Case((30, 2, 0.05), 0.8121788131469605),
            Case((30, 2, 0.2), 0.044178985151996968),
            Case((200, 15, 0.05), 0.95564437083293874),
            Case((1000, 60, 0.07), 0.11795114765699341),
            Case((26, 1), 0.63933282062411922, {"N": 312, "K": 15}),
            Case((26, 3), 0.19964858383232723, {"N": 312, "K": 62}),
            Case((50, 2), 0.038169115206272891, {"N": 90, "K": 9}),
            Case((300, 20), 0.74102689607162087, {"N": 5000, "K": 300}),
            Case((1000, 30), 0.98739214589125224, {"N": 10**6, "K": 20000}),
        ],
        1e-12,
    ),
    Oracle(
        expected_sample_number,
        "R 4.2.2, dnbinom: the case at which reading stops",
        [
            Case((19, 6, 0.2), 15.966239862360375),
            Case((19, 6, 0.5), 13.656906127929688),
            Case((30, 2, 0.05), 27.584195539698179),
            Case((30, 2, 0.2), 14.705602384407445),
            Case((100, 10, 0.1), 90.981910194886296),
            Case((300, 0, 0.01), 95.095910592871363),
        ],
        1e-10,
    ),
    Oracle(
        expected_sample_number,
        "every order of passes and failures, in fractions",
        [
            Case((n, d, p), _read_until_certain(n, d, Fraction(str(p))))
            for n in (1, 2, 5, 9)
            for d in range(0, n, 2)
            for p in (0, 0.1, 0.5, 1)
        ],
        1e-12,
    ),
    Oracle(
        expected_sample_number,
        "every order of the cases of a small population",
        [
            Case((n, d), _read_of_population(n, d, N, K), {"N": N, "K": K})
            for N in (1, 4, 9)
            for n in range(1, N + 1, 2)
            for d in range(0, n, 2)
            for K in range(0, N + 1, 2)
        ],
        1e-12,
    ),
]
