"""Shares with their limits."""

from collections.abc import Callable
from dataclasses import dataclass
from fractions import Fraction
from functools import lru_cache
from math import comb
from operator import index

import numpy as np
from scipy.special import gammaln

from sampling.errors import CountsOutOfRange, LevelOutOfRange

#: Where a floating-point tail comes this near to the limit, relatively, whole numbers decide.
_TOO_NEAR = 1e-6


@dataclass(frozen=True, slots=True)
class Interval:
    """Limits of a share, and of the number of cases with the property; both ends belong to it."""

    lower: float
    upper: float
    count_lower: int
    count_upper: int


@dataclass(frozen=True, slots=True)
class Estimate:
    """An estimate with its limits. A figure that is not defined is None, and ``reason`` names why.

    Attributes
    ----------
    estimate
        In the unit of the values; a share lies between 0 and 1.
    se
        Standard error, in the same unit.
    df
        Degrees of freedom of t; None where the limits are not made with t.
    lower, upper
        Limits of the interval, both in it.
    reason
        A code: why a figure is None, or why the limits are others than asked for (``range-all-equal``,
        ``range-few-cases``, ``census``, …); None where all is as asked.
    """

    estimate: float | None
    se: float | None
    df: float | None
    lower: float | None
    upper: float | None
    reason: str | None = None


def hypergeometric_interval(x: int, n: int, N: int, level: float = 0.95) -> Interval:  # noqa: N803 - as in print
    """Return the exact limits of the share of a finite population that has a property.

    The interval holds every number M of cases with the property for which both P(X >= x) and P(X <= x) are
    above alpha/2, X being the number found among n of N drawn without replacement, alpha = 1 - level. It
    misses at most 1 time in 20 at the level 0.95, whatever M is, and each end at most 1 time in 40. With
    n = N it has no width.

    Parameters
    ----------
    x
        Cases with the property in the sample, ``0 <= x <= n``.
    n
        Size of the sample, ``0 <= n <= N``; with 0 nothing is known and the interval is the whole.
    N
        Cases in the population, 1 or more.
    level
        Between 0 and 1, read by its decimal digits: 0.95 leaves exactly 1/40 at each end.

    Raises
    ------
    CountsOutOfRange, LevelOutOfRange
        If the numbers are not in these ranges.

    Notes
    -----
    H. S. Konijn (1973), *Statistical Theory of Sample Survey Design and Analysis*; W. G. Cochran (1977),
    *Sampling Techniques*, 3rd ed., 3.6; J. P. Buonaccorsi (1987), The American Statistician 41, 215-218.
    Both tails are monotone in M, so each end is found by halving: tails in floating point, and in whole
    numbers wherever one comes near alpha/2, so that a tie is decided as it is, not as it is rounded.
    """
    x, n, N = index(x), index(n), index(N)  # noqa: N806 - as in print
    if not 0 <= x <= n <= N or N < 1:
        raise CountsOutOfRange(x=x, n=n, N=N)
    if not 0 < level < 1:
        raise LevelOutOfRange(level=level)
    return _interval(x, n, N, (1 - Fraction(str(level))) / 2)


@lru_cache(maxsize=4096)
def _interval(x: int, n: int, population: int, limit: Fraction) -> Interval:
    least, most = x, population - (n - x)
    lower = _first(lambda hits: _above(x, n, population, hits, limit, upwards=True), least, most)
    above = _first(lambda hits: not _above(x, n, population, hits, limit, upwards=False), lower, most + 1)
    upper = above - 1
    return Interval(lower / population, upper / population, lower, upper)


def _first(holds: Callable[[int], bool], low: int, high: int) -> int:
    """Return the smallest number from ``low`` for which ``holds``; ``high`` where none below it does."""
    while low < high:
        middle = (low + high) // 2
        if holds(middle):
            high = middle
        else:
            low = middle + 1
    return low


def _above(x: int, n: int, population: int, hits: int, limit: Fraction, *, upwards: bool) -> bool:
    """Return whether P(X >= x), or downwards P(X <= x), is above the limit."""
    first, last = max(0, n - (population - hits)), min(n, hits)
    first, last = (max(first, x), last) if upwards else (first, min(last, x))
    tail = _tail(first, last, n, population, hits)
    if abs(tail - float(limit)) > _TOO_NEAR * float(limit):
        return tail > limit
    ways = sum(comb(hits, found) * comb(population - hits, n - found) for found in range(first, last + 1))
    return ways > limit * comb(population, n)


def _tail(first: int, last: int, n: int, population: int, hits: int) -> float:
    """Return P(first <= X <= last); relative error far below ``_TOO_NEAR`` up to ten million cases."""
    if first > last:
        return 0.0
    found = np.arange(first, last + 1, dtype=np.float64)
    rest = float(population - hits)
    # One call for all factorials that differ from term to term: a call costs more than its numbers.
    varying = gammaln(np.stack([found, hits - found, n - found, rest - n + found]) + 1).sum(axis=0)
    fixed = gammaln(hits + 1) + gammaln(rest + 1) - _log_choose(population, n)
    return float(np.exp(fixed - varying).sum())


def _log_choose(items: int, taken: int) -> float:
    return float(gammaln(items + 1) - gammaln(taken + 1) - gammaln(items - taken + 1))
