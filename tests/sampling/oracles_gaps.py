"""Two shares of missing numbers compared, as R does it with ``prop.test``.

R 4.2.2: ``prop.test(c(m1, m2), c(b1, b2), correct = TRUE)$p.value``.
"""

from oracle import Case, Oracle

from sampling.gaps import YearGaps, gap_change


def year(missing, between):
    return YearGaps(
        pattern="year-serial",
        year=2023,
        series=1,
        first=1,
        last=between + 2,
        cases=between - missing + 2,
        missing=missing,
        skipped=0,
        between=between,
    )


FIGURES = [
    ((389, 1424), (473, 1508), 0.0180591455636476),
    ((1149, 1545), (1067, 1399), 0.249975012109149),
    ((2715, 3125), (2500, 3125), 3.28670966660656e-13),
    ((30, 60), (18, 60), 0.0403908854461593),
    ((5, 20), (12, 22), 0.102355027409698),
    ((450_000, 1_000_000), (451_500, 1_000_000), 0.0331496999036506),
    ((10, 40), (10, 40), 1.0),
    ((300, 1000), (299, 998), 0.999999999999996),
    ((20, 100), (45, 120), 0.00726546936724952),
]

ORACLES = [
    Oracle(
        function=gap_change,
        source="R 4.2.2, prop.test with correction",
        cases=[Case((year(*now), year(*earlier)), {"p": p}) for now, earlier, p in FIGURES],
        tolerance=1e-13,
    ),
]
