"""Chances to find so many or fewer: binomial and hypergeometric, whether one is at most a limit, and from where."""

from collections.abc import Callable
from fractions import Fraction
from math import comb, exp

import numpy as np
from numpy.typing import NDArray

Counts = NDArray[np.int64]
Numbers = NDArray[np.float64]

#: Where a floating-point chance comes this near to the limit, relatively, whole numbers decide.
_TOO_NEAR = 1e-6


def binomial_tail(d: int, n: int, p: float) -> float:
    """Return P(X <= d) for n independent cases that have the property with the chance p; ``d >= 0``."""
    from scipy.special import bdtr

    return 1.0 if d >= n else float(bdtr(d, n, p))


def binomial_tails(n: int, p: float) -> Numbers:
    """Return P(X <= d) for every d from 0 to n."""
    from scipy.special import bdtr

    return np.append(bdtr(np.arange(n), n, p), 1.0)


def hypergeometric_tail(d: int, n: int, population: int, hits: int) -> float:
    """Return P(X <= d) for n cases drawn of a population in which ``hits`` have the property; ``d >= 0``."""
    if d >= min(n, hits):
        return 1.0
    if d < n - (population - hits):
        return 0.0
    if d == 0:
        return exp(log_chance_of_none(n, population, hits))
    return float(hypergeometric_tails(n, population, hits)[d])


def hypergeometric_tails(n: int, population: int, hits: int) -> Numbers:
    """Return P(X <= d) for every d from 0 to n."""
    first, last = max(0, n - (population - hits)), min(n, hits)
    # Each chance by its ratio to the one before: factorials of large populations would lose digits.
    found = np.arange(first, last, dtype=np.float64)
    ratios = (hits - found) * (n - found) / ((found + 1) * (population - hits - n + found + 1))
    logs = np.concatenate([[0.0], np.cumsum(np.log(ratios))])
    sums = np.cumsum(np.exp(logs - logs.max()))
    tails = np.ones(n + 1)
    tails[:first] = 0.0
    tails[first : last + 1] = sums / sums[-1]
    return tails


def log_chance_of_none(n: int, population: int, hits: int) -> float:
    """Return the logarithm of the chance that none of ``hits`` is among n cases; ``n + hits <= population``."""
    few, many = min(n, hits), max(n, hits)
    return float(np.log1p(-many / (population - np.arange(few, dtype=np.float64))).sum())


def binomial_at_most(d: int, n: int, p: Fraction, limit: Fraction) -> bool:
    """Return whether P(X <= d) is at most the limit; a tie counts as it is, not as it is rounded."""
    chance = binomial_tail(d, n, float(p))
    if not _near(chance, limit):
        return chance <= limit
    return sum(comb(n, x) * p**x * (1 - p) ** (n - x) for x in range(min(d, n) + 1)) <= limit


def hypergeometric_at_most(d: int, n: int, population: int, hits: int, limit: Fraction) -> bool:
    """Return whether P(X <= d) is at most the limit; a tie counts as it is, not as it is rounded."""
    chance = hypergeometric_tail(d, n, population, hits)
    if not _near(chance, limit):
        return chance <= limit
    ways = sum(comb(hits, x) * comb(population - hits, n - x) for x in range(min(d, n) + 1))
    return ways <= limit * comb(population, n)


def first_that(holds: Callable[[int], bool], low: int, high: int) -> int:
    """Return the smallest number from ``low`` for which ``holds``; ``high`` where none below it does.

    From where it holds on, it must hold for every larger number: it is found by halving.
    """
    while low < high:
        middle = (low + high) // 2
        if holds(middle):
            high = middle
        else:
            low = middle + 1
    return low


def _near(chance: float, limit: Fraction) -> bool:
    return abs(chance - float(limit)) <= _TOO_NEAR * float(limit)
