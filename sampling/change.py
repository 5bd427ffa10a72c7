"""Before and after: what has changed, and whether it is certain. Every change is after less before.

Two samples drawn apart: ``change_in_mean`` and ``change_in_proportion``. The same cases read again:
``paired_change_in_mean`` and ``paired_change_in_proportion``. A change whose limits hold 0 (``Estimate.holds``)
is no certain change, whatever its size.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from fractions import Fraction
from math import comb, sqrt

from sampling.errors import SampleEmpty, SampleTooLarge
from sampling.estimate import Estimate, Interval, hypergeometric_interval, proportion_interval
from sampling.figures import level_of, whole
from sampling.observed import (
    Sample,
    given_answers,
    given_numbers,
    given_pairs,
    sample_of,
)
from sampling.quantiles import t_quantile

#: 0.3 - 0.1 and 0.5 - 0.3 differ by less than this, relatively to what they were taken from.
_ROUNDING = 2.0**-50


@dataclass(frozen=True, slots=True)
class PairedChange:
    """What has changed in yes and no when the same cases were read again.

    Attributes
    ----------
    estimate
        Share of yes after less share of yes before: (gained - lost)/n.
    gained, lost
        Cases that went from no to yes, and from yes to no.
    n
        Cases read twice.
    p_value
        Of McNemar's exact test, two-sided: the chance that cases which change one way or the other with equal
        chance lean to one side as much as these, or more. None where no case has changed.
    reason
        ``none-changed`` where there is no p-value.
    """

    estimate: float
    gained: int
    lost: int
    n: int
    p_value: float | None
    reason: str | None = None


def change_in_mean(
    before: Iterable[float],
    after: Iterable[float],
    N_before: int | None = None,  # noqa: N803 - as in print
    N_after: int | None = None,  # noqa: N803 - as in print
    level: float = 0.95,
) -> Estimate:
    """Return how far a mean has moved between two simple random samples drawn apart, with its limits.

    The limits are d ± t(df)·√(v₁ + v₂), each v being (1 - n/N)s²/n, with Welch's degrees of freedom
    (v₁ + v₂)²/(v₁²/(n₁ - 1) + v₂²/(n₂ - 1)). A sample that is all its population has no variance and so no part
    in them.

    Parameters
    ----------
    before, after
        One number a case, from -1e100 to 1e100; one or more.
    N_before, N_after
        Cases in the populations; None where one has no end, or where the question is not how these cases went
        but whether the practice behind them has changed.
    level
        Between 0 and 1.

    Returns
    -------
    Estimate
        ``reason`` is None; ``census`` (both are all their populations); ``one-case`` (one value of several
        cases in one of them: no se and no limits) or ``no-spread`` (all values are equal in each that is no
        census: se is 0, but nothing is known of how much they differ, so there are no limits).

    Raises
    ------
    SampleEmpty, SampleTooLarge
        If there is no value, or there are more than N.
    ValueInvalid
        If a value is no number, NaN or infinite.
    FigureInvalid, LevelOutOfRange
        If N is no whole number from 1 up, or the level is not in its range.

    Notes
    -----
    B. L. Welch (1938), Biometrika 29, 350-362, and (1947), Biometrika 34, 28-35; W. G. Cochran (1977),
    *Sampling Techniques*, 3rd ed., 2.14.
    """
    level = float(level_of(level))
    first = _sample("before", before, "N_before", N_before)
    second = _sample("after", after, "N_after", N_after)
    change = second.mean - first.mean
    if first.is_census and second.is_census:
        return Estimate(change, 0.0, None, change, change, "census")
    if first.error is None or second.error is None:
        return Estimate(change, None, None, None, None, "one-case")
    variance = first.error + second.error
    if variance == 0:
        return Estimate(change, 0.0, None, None, None, "no-spread")
    parts = [(one.error / variance, one.n - 1) for one in (first, second) if one.error]
    df = 1 / sum(part**2 / count for part, count in parts)
    return _around(change, sqrt(variance), df, level)


def change_in_proportion(
    x_before: int,
    n_before: int,
    x_after: int,
    n_after: int,
    N_before: int | None = None,  # noqa: N803 - as in print
    N_after: int | None = None,  # noqa: N803 - as in print
    level: float = 0.95,
) -> Estimate:
    """Return how far a share has moved between two simple random samples drawn apart, with its limits.

    The limits are made of those of the two shares (MOVER): with shares p and limits l and u,
    d - √((p₂ - l₂)² + (u₁ - p₁)²) and d + √((u₂ - p₂)² + (p₁ - l₁)²). Each share has its exact limits where its
    population is given, and those of Wilson where it is not: with neither given, this is Newcombe's method 10.

    Parameters
    ----------
    x_before, x_after
        Cases with the property in the samples, ``0 <= x <= n``.
    n_before, n_after
        Sizes of the samples, 1 or more.
    N_before, N_after
        Cases in the populations, ``N >= n``; each may be None, as in :func:`change_in_mean`.
    level
        Between 0 and 1.

    Returns
    -------
    Estimate
        With se √(v₁ + v₂), v = (1 - n/N)p(1 - p)/(n - 1), of which the limits are not made, and df None.
        ``reason`` is None; ``census`` (both are all their populations) or ``one-case`` (one of several cases in
        one of them: no se).

    Raises
    ------
    SampleEmpty
        If a sample has no case.
    CountsOutOfRange, FigureInvalid, LevelOutOfRange
        If the numbers are not in these ranges, or no whole numbers.

    Notes
    -----
    Unlike the limits it is made of, this is no exact method: it takes the errors of the two samples to average
    out. Counted out over every pair of populations, of 25 to 40 cases and with up to half of them read, limits
    at the level 0.95 miss 1 time in 30 on average and 1 time in 4 at worst. They miss far too often where
    nearly all of a small population was read and the other is no census either (25 of 30 in both: 1 time in 12
    on average, and up to 7 in 10): the errors then are a whole case or none.

    G. Y. Zou & A. Donner (2008), Statistics in Medicine 27, 1693-1702; R. G. Newcombe (1998), Statistics in
    Medicine 17, 873-890, method 10; se: W. G. Cochran (1977), *Sampling Techniques*, 3rd ed., 3.2.
    """
    first = _Share.of(x_before, n_before, N_before, level)
    second = _Share.of(x_after, n_after, N_after, level)
    change = second.share - first.share
    if first.is_census and second.is_census:
        return Estimate(change, 0.0, None, change, change, "census")
    errors = (first.error, second.error)
    se = None if None in errors else sqrt(sum(error for error in errors if error))
    return Estimate(
        change,
        se,
        None,
        change - sqrt(second.below**2 + first.above**2),
        change + sqrt(second.above**2 + first.below**2),
        "one-case" if se is None else None,
    )


def paired_change_in_mean(
    before: Iterable[float],
    after: Iterable[float],
    N: int | None = None,  # noqa: N803 - as in print
    level: float = 0.95,
) -> Estimate:
    """Return how far the mean of cases that were read twice has moved, with its limits (paired t).

    The limits are d ± t(n - 1)·√((1 - n/N)s²/n), d and s being of the differences, case by case.

    Parameters
    ----------
    before, after
        One number a case from -1e100 to 1e100, in the same order of cases; one case or more.
    N
        Cases in the population that these are a simple random sample of; None as in :func:`change_in_mean`.
    level
        Between 0 and 1.

    Returns
    -------
    Estimate
        ``reason`` is None; ``census``; ``one-case`` (one of several cases: no se and no limits) or
        ``no-spread`` (all cases moved by the same: se is 0 and there are no limits).

    Raises
    ------
    SampleEmpty, LengthsDiffer, SampleTooLarge, ValueInvalid, FigureInvalid, LevelOutOfRange
        As :func:`change_in_mean`, and if the two lists are not equally long.

    Notes
    -----
    Student (1908), Biometrika 6, 1-25; with N as :func:`sampling.means.mean_interval`. Differences that are equal
    but for the rounding of binary fractions count as equal.
    """
    level = float(level_of(level))
    first, second = given_numbers(before), given_numbers(after)
    given_pairs(first, second)
    moved = _sample("pairs", [new - old for old, new in zip(first, second, strict=True)], "N", N)
    if moved.is_census:
        return Estimate(moved.mean, 0.0, None, moved.mean, moved.mean, "census")
    if moved.se is None:
        return Estimate(moved.mean, None, None, None, None, "one-case")
    if moved.most - moved.least <= _ROUNDING * max(map(abs, [*first, *second])):
        return Estimate(moved.mean, 0.0, None, None, None, "no-spread")
    return _around(moved.mean, moved.se, moved.n - 1, level)


def paired_change_in_proportion(before: Iterable[float], after: Iterable[float]) -> PairedChange:
    """Return how many cases that were read twice have changed between yes and no, with McNemar's exact test.

    Only cases that changed say anything: had nothing moved them in one direction, each would as soon have gone
    one way as the other, so the larger of ``gained`` and ``lost`` is held against throwing a coin for each.

    Parameters
    ----------
    before, after
        1 or True for yes, 0 or False for no, in the same order of cases; one case or more.

    Raises
    ------
    SampleEmpty, LengthsDiffer
        If there is no case, or the two lists are not equally long.
    ValueInvalid
        If a value is neither yes nor no.

    Notes
    -----
    Q. McNemar (1947), Psychometrika 12, 153-157; exact by the binomial distribution, twice the smaller tail:
    A. Agresti (2013), *Categorical Data Analysis*, 3rd ed., 11.1.
    """
    first, second = given_answers(before), given_answers(after)
    given_pairs(first, second)
    pairs = list(zip(first, second, strict=True))
    gained, lost, n = pairs.count((0.0, 1.0)), pairs.count((1.0, 0.0)), len(pairs)
    p_value = _coin(gained, lost)
    return PairedChange(
        (gained - lost) / n, gained, lost, n, p_value, "none-changed" if p_value is None else None
    )


@dataclass(frozen=True, slots=True)
class _Share:
    """A share with how far its limits lie below and above it."""

    share: float
    error: float | None
    below: float
    above: float
    is_census: bool

    @classmethod
    def of(cls, x: int, n: int, population: int | None, level: float) -> "_Share":
        limits: Interval
        if population is None:
            limits = proportion_interval(x, n, level)
        else:
            limits = hypergeometric_interval(x, n, population, level)
        if n == 0:
            raise SampleEmpty
        share, rest = x / n, 1.0 if population is None else (population - n) / population
        error = None if n == 1 < (population or 2) else rest * share * (1 - share) / max(n - 1, 1)
        return cls(share, error, share - limits.lower, limits.upper - share, n == population)


def _sample(name: str, values: Iterable[float], size_name: str, population: int | None) -> Sample:
    numbers = given_numbers(values)
    if not numbers:
        raise SampleEmpty
    size = None if population is None else whole(size_name, population, 1)
    if size is not None and len(numbers) > size:
        raise SampleTooLarge(stratum=name, n=len(numbers), N=size)
    return sample_of(numbers, size)


def _around(change: float, se: float, df: float, level: float) -> Estimate:
    margin = t_quantile(df, level) * se
    return Estimate(change, se, float(df), change - margin, change + margin)


def _coin(gained: int, lost: int) -> float | None:
    """Return the chance of a split as uneven as this, or more, if each case throws a coin."""
    changed = gained + lost
    if changed == 0:
        return None
    tail = sum(comb(changed, fewer) for fewer in range(min(gained, lost) + 1))
    return min(float(Fraction(2 * tail, 2**changed)), 1.0)
