"""Shares with their limits, and the value that every other estimate is given as."""

from collections.abc import Callable
from dataclasses import dataclass
from fractions import Fraction
from functools import lru_cache
from math import sqrt
from typing import overload

from sampling.errors import CountsOutOfRange, EstimatorUnknown
from sampling.figures import level_of, whole
from sampling.quantiles import beta_quantile, normal_quantile
from sampling.tails import first_that, hypergeometric_at_most


@dataclass(frozen=True, slots=True)
class Interval:
    """Limits of a share; both ends belong to it.

    Attributes
    ----------
    lower, upper
        Between 0 and 1.
    count_lower, count_upper
        The same limits as numbers of cases; None where the size of the population is not known.
    """

    lower: float
    upper: float
    count_lower: int | None = None
    count_upper: int | None = None


@dataclass(frozen=True, slots=True)
class CountInterval(Interval):
    """Limits of a share of a finite population, which always have numbers of cases too."""

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
        A code: why a figure is None, or why the limits are others than asked for; None where all is as asked.

        ``census``
            Every case was observed: the standard error is 0 and the limits are the estimate.
        ``range-all-equal``, ``range-few-cases``
            The values do not differ, or are fewer than 8: the limits are the smallest and the largest value.
        ``one-case``
            One value of several cases: there is no standard error, and if there are limits, they are the
            value.
        ``no-spread``
            Yes and no do not differ within any stratum, or values within any sample: the standard error is 0
            and says nothing. The limits are None, or made without it where the function says so.
        ``no-degrees-of-freedom``
            No stratum has two cases of the domain, so there are no limits.
        ``domain-empty``
            No observed case belongs to the domain: nothing is estimated.
    """

    estimate: float | None
    se: float | None
    df: float | None
    lower: float | None
    upper: float | None
    reason: str | None = None

    def holds(self, value: float) -> bool | None:
        """Return whether a value lies within the limits; None without limits.

        A change whose limits hold 0 is no certain change.
        """
        if self.lower is None or self.upper is None:
            return None
        return self.lower <= value <= self.upper


def hypergeometric_interval(
    x: int,
    n: int,
    N: int,  # noqa: N803 - as in print
    level: float = 0.95,
) -> CountInterval:
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
    CountsOutOfRange, FigureInvalid, LevelOutOfRange
        If the numbers are not in these ranges, or no whole numbers.

    Notes
    -----
    H. S. Konijn (1973), *Statistical Theory of Sample Survey Design and Analysis*; W. G. Cochran (1977),
    *Sampling Techniques*, 3rd ed., 3.6; J. P. Buonaccorsi (1987), The American Statistician 41, 215-218.
    P(X <= x) falls as M grows, so the upper end is found by halving: the tail in floating point, and in whole
    numbers wherever it comes near alpha/2, so that a tie is decided as it is, not as it is rounded. The lower
    end is the upper end of the cases without the property.
    """
    x, n, N = _counts(x, n, N)  # noqa: N806 - as in print
    return _interval(x, n, N, (1 - level_of(level)) / 2)


def proportion_interval(x: int, n: int, level: float = 0.95, method: str = "wilson") -> Interval:
    """Return the limits of a share of a population without end, or of unknown size.

    Where the size is known, :func:`hypergeometric_interval` is the one to use: these are wider than need be.

    Parameters
    ----------
    x
        Cases with the property in the sample, ``0 <= x <= n``.
    n
        Size of the sample, 0 or more; with 0 nothing is known and the interval is from 0 to 1.
    level
        Between 0 and 1.
    method
        ``wilson``: score limits, without correction for continuity; misses as often as it says on average.
        ``clopper-pearson``: exact, each end misses at most alpha/2, whatever the share is.
        ``jeffreys``: the quantiles of Beta(x + 1/2, n - x + 1/2), the lower end 0 for x = 0 and the upper end
        1 for x = n.
        ``agresti-coull``: p ± z√(p(1 - p)/m) with m = n + z² and p = (x + z²/2)/m, cut at 0 and 1.

    Returns
    -------
    Interval
        Its counts are None: there is no number of cases to give them of.

    Raises
    ------
    CountsOutOfRange, FigureInvalid, LevelOutOfRange
        If the numbers are not in these ranges, or no whole numbers.
    EstimatorUnknown
        If there is no such method.

    Notes
    -----
    E. B. Wilson (1927), J. Am. Stat. Assoc. 22, 209-212; C. J. Clopper & E. S. Pearson (1934), Biometrika 26,
    404-413; A. Agresti & B. A. Coull (1998), The American Statistician 52, 119-126; L. D. Brown, T. T. Cai &
    A. DasGupta (2001), Statistical Science 16, 101-133, section 3 (all but
    Clopper-Pearson; the ends of Jeffreys are theirs).
    """
    x, n, _ = _counts(x, n, None)
    level = float(level_of(level))
    if method not in _LIMITS:
        raise EstimatorUnknown(name="method", value=method, known=list(_LIMITS))
    if n == 0:
        return Interval(0.0, 1.0)
    lower, upper = _LIMITS[method](x, n, level)
    # What the formulas give there up to rounding.
    ends_are_exact = method != "agresti-coull"
    lower = 0.0 if x == 0 and ends_are_exact else max(lower, 0.0)
    upper = 1.0 if x == n and ends_are_exact else min(upper, 1.0)
    return Interval(lower, upper)


def proportion_upper_limit(
    x: int,
    n: int,
    level: float = 0.95,
    N: int | None = None,  # noqa: N803 - as in print
) -> float:
    """Return the exact one-sided upper limit of a share: "at most so many", most of use when nothing was found.

    The largest share for which P(X <= x) is above alpha = 1 - level, so that it misses at most 1 time in 20
    at the level 0.95. With x = 0 and N unknown it is 1 - alpha^(1/n), near 3/n (the "rule of three").

    Parameters
    ----------
    x
        Cases with the property in the sample, ``0 <= x <= n``.
    n
        Size of the sample, 0 or more; with 0 nothing is known and the limit is 1.
    level
        Between 0 and 1, one-sided; with N read by its decimal digits.
    N
        Cases in the population, ``n <= N``; None where it has no end or its size is not known.

    Raises
    ------
    CountsOutOfRange, FigureInvalid, LevelOutOfRange
        If the numbers are not in these ranges, or no whole numbers.

    Notes
    -----
    C. J. Clopper & E. S. Pearson (1934), Biometrika 26, 404-413; with N as
    :func:`hypergeometric_interval`, with all of alpha at the upper end.
    """
    x, n, population = _counts(x, n, N)
    alpha = 1 - level_of(level)
    if population is not None:
        return _upper_count(x, n, population, alpha) / population
    return 1.0 if x == n else beta_quantile(x + 1, n - x, float(alpha), upper=True)


@overload
def _counts(x: int, n: int, population: int) -> tuple[int, int, int]: ...
@overload
def _counts(x: int, n: int, population: int | None) -> tuple[int, int, int | None]: ...
def _counts(x: int, n: int, population: int | None) -> tuple[int, int, int | None]:
    """Return the counts as whole numbers, if a sample can have them."""
    x, n = whole("x", x), whole("n", n)
    population = None if population is None else whole("N", population)
    if not 0 <= x <= n or (population is not None and not max(n, 1) <= population):
        raise CountsOutOfRange(x=x, n=n, N=population)
    return x, n, population


def _wilson(x: int, n: int, level: float) -> tuple[float, float]:
    z = normal_quantile(level)
    middle, half = x + z * z / 2, z * sqrt(x * (n - x) / n + z * z / 4)
    return (middle - half) / (n + z * z), (middle + half) / (n + z * z)


def _clopper_pearson(x: int, n: int, level: float) -> tuple[float, float]:
    tail = (1 - level) / 2
    lower = 0.0 if x == 0 else beta_quantile(x, n - x + 1, tail)
    return lower, 1.0 if x == n else beta_quantile(x + 1, n - x, tail, upper=True)


def _jeffreys(x: int, n: int, level: float) -> tuple[float, float]:
    a, b, tail = x + 0.5, n - x + 0.5, (1 - level) / 2
    return beta_quantile(a, b, tail), beta_quantile(a, b, tail, upper=True)


def _agresti_coull(x: int, n: int, level: float) -> tuple[float, float]:
    z = normal_quantile(level)
    cases = n + z * z
    share = (x + z * z / 2) / cases
    half = z * sqrt(share * (1 - share) / cases)
    return share - half, share + half


_LIMITS: dict[str, Callable[[int, int, float], tuple[float, float]]] = {
    "wilson": _wilson,
    "clopper-pearson": _clopper_pearson,
    "jeffreys": _jeffreys,
    "agresti-coull": _agresti_coull,
}


@lru_cache(maxsize=4096)
def _interval(x: int, n: int, population: int, limit: Fraction) -> CountInterval:
    lower = population - _upper_count(n - x, n, population, limit)
    upper = _upper_count(x, n, population, limit)
    return CountInterval(lower / population, upper / population, lower, upper)


def _upper_count(x: int, n: int, population: int, limit: Fraction) -> int:
    """Return the largest number of cases with the property for which P(X <= x) is above the limit."""
    most = population - (n - x)
    return first_that(lambda hits: hypergeometric_at_most(x, n, population, hits, limit), x, most + 1) - 1
