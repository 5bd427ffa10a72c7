"""How wide exact intervals are on average, for the planner: every sample that could be drawn is weighed."""

from fractions import Fraction
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from sampling.estimate import hypergeometric_interval

#: Samples that are rarer than this change no digit of a width that anybody reads.
_RARE = 1e-15
#: Where a tail comes this near to the limit, relatively, the interval itself decides in whole numbers.
_TOO_NEAR = 1e-9
#: Up to so many cases all limits are found in one go; above, halving each interval costs less.
_SWEPT = 20_000

Numbers = NDArray[np.float64]


@lru_cache(maxsize=1024)
def mean_half_width_binomial(p: Fraction, n: int, limit: Fraction) -> float:
    """Return the mean half width of Clopper and Pearson's interval, ``limit`` being left out at each end."""
    from scipy.special import betaincinv

    if n == 0:
        return 0.5
    found, chance = _frequent(_binomial(float(p), n))
    tail = float(limit)
    # betaincinv knows no parameter 0; there the limits are the ends themselves.
    lower = np.where(found == 0, 0.0, betaincinv(np.maximum(found, 1), n - found + 1, tail))
    upper = np.where(found == n, 1.0, betaincinv(found + 1, np.maximum(n - found, 1), 1 - tail))
    return float(chance @ (upper - lower)) / 2


@lru_cache(maxsize=1024)
def mean_half_width_hypergeometric(hits: int, n: int, population: int, limit: Fraction) -> float:
    """Return the mean half width of the exact interval when ``hits`` of the population have the property."""
    found, chance = _frequent(_hypergeometric(hits, n, population))
    if population > _SWEPT:
        widths = [_width(int(x), n, population, limit) for x in found]
    else:
        widths = _swept(found, n, population, limit)
    return float(chance @ np.array(widths)) / (2 * population)


def _width(x: int, n: int, population: int, limit: Fraction) -> int:
    interval = hypergeometric_interval(x, n, population, float(1 - 2 * limit))
    return interval.count_upper - interval.count_lower


def _swept(found: Numbers, n: int, population: int, limit: Fraction) -> list[int]:
    """Return the widths, in cases, of the intervals of all ``found``.

    Let the cases stand in a row, the M with the property first. Then P(X <= x), for every M at once, is the
    chance that the sampled case number x + 1 stands behind place M, and P(X >= x) that number x does not:
    one sum over the places of each sampled case gives the limits of two intervals.
    """
    # What is found and what is not are alike, so that x and n - x have the same width.
    folded = np.minimum(found, n - found).astype(int)
    first, last = int(folded.min()), int(folded.max())
    table = _log_factorials(population)
    lower, upper = {0: 0}, {n: population}
    near = set()
    for x in range(max(first - 1, 0), min(last, n - 1) + 1):
        standing, start = _places(x, n, population, table), x
        for ends, key, sums in ((lower, x + 1, standing), (upper, x, standing[::-1])):
            tails = np.cumsum(sums)
            steps = int(np.searchsorted(tails, float(limit), side="right"))
            ends[key] = start + 1 + steps if ends is lower else start + len(tails) - 1 - steps
            if np.abs(tails[max(steps - 1, 0) : steps + 1] - float(limit)).min() < _TOO_NEAR * limit:
                near.add(key)
    width = {
        x: _width(x, n, population, limit) if x in near else upper[x] - lower[x]
        for x in range(first, last + 1)
    }
    return [width[x] for x in folded.tolist()]


def _places(x: int, n: int, population: int, table: Numbers) -> Numbers:
    """Return, for each place from x on, the chance that the sampled case number x + 1 stands there."""
    # The place is m, from x to N - n + x: x sampled cases stand before it, n - x - 1 behind.
    width = population - n + 1
    ways = table[x : x + width] - table[:width]
    ways += (table[n - x - 1 : n - x - 1 + width] - table[:width])[::-1]
    every = table[population] - table[n] - table[population - n]
    return np.asarray(np.exp(ways - (every + table[x] + table[n - x - 1])), dtype=np.float64)


def _frequent(chances: Numbers) -> tuple[Numbers, Numbers]:
    """Return the numbers that are found at all often, without a gap, and their chances."""
    found = np.flatnonzero(chances > _RARE)
    numbers = np.arange(found[0], found[-1] + 1)
    return numbers.astype(np.float64), chances[numbers]


def _binomial(p: float, n: int) -> Numbers:
    from scipy.special import gammaln, xlog1py, xlogy

    found = np.arange(n + 1, dtype=np.float64)
    ways = gammaln(n + 1) - gammaln(found + 1) - gammaln(n - found + 1)
    return np.asarray(np.exp(ways + xlogy(found, p) + xlog1py(n - found, -p)), dtype=np.float64)


def _hypergeometric(hits: int, n: int, population: int) -> Numbers:
    """Return the chances of all numbers from 0 to n."""
    from scipy.special import gammaln

    chances = np.zeros(n + 1)
    rest = population - hits
    found = np.arange(max(0, n - rest), min(n, hits) + 1)
    parts = ((hits, found), (rest, n - found), (population, np.array([n])))
    hit, other, every = (gammaln(a + 1) - gammaln(b + 1) - gammaln(a - b + 1) for a, b in parts)
    chances[found] = np.exp(hit + other - every)
    return chances


@lru_cache(maxsize=16)
def _log_factorials(most: int) -> Numbers:
    from scipy.special import gammaln

    return np.asarray(gammaln(np.arange(most + 1) + 1.0), dtype=np.float64)
