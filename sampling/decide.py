"""Rules that decide from a few cases: good enough or not, something or nothing, and when reading may stop.

Here a case either fails or passes, and what is wanted is an answer of yes or no; how large the share of failures
is, these samples hardly say.
"""

from collections.abc import Callable
from dataclasses import dataclass
from fractions import Fraction
from math import ceil, expm1, floor

import numpy as np

from sampling.errors import FigureInvalid
from sampling.figures import share, whole
from sampling.tails import (
    Counts,
    Numbers,
    binomial_at_most,
    binomial_tail,
    binomial_tails,
    first_that,
    hypergeometric_at_most,
    hypergeometric_tail,
    hypergeometric_tails,
    log_chance_of_none,
)

#: Where no population bounds the search, it ends at so many cases.
MOST = 1_000_000
#: A product that came out a hair above a whole number is that number.
_HAIR = Fraction(1, 10**9)


@dataclass(frozen=True, slots=True)
class Plan:
    """A decision rule: of ``n`` cases at most ``d`` may fail.

    Attributes
    ----------
    n, d
        Cases, and the largest number of failures with which the rule still says good.
    accept_good
        The chance that it says good where the share of failures is ``p_good``; larger where it is smaller.
    reject_poor
        The chance that it says poor where the share is ``p_poor``; larger where it is larger.
    """

    n: int
    d: int
    accept_good: float
    reject_poor: float


def attribute_sample_size(
    tolerable: float,
    risk: float,
    expected: float = 0.0,
    tolerated_errors: int | None = None,
    N: int | None = None,  # noqa: N803 - as in print
) -> int:
    """Return how many cases to draw so that few failures among them speak against a tolerable share of failures.

    The smallest n for which P(X <= c) is at most ``risk`` where the share of failures is ``tolerable``: if no
    more than c are then found, the share is smaller than that, at that risk.

    Parameters
    ----------
    tolerable
        Share of failures, between 0 and 1, that should not be overlooked.
    risk
        Between 0 and 1; 0.05 overlooks it 1 time in 20.
    expected
        The share of failures that is really expected, from 0 and below ``tolerable``: c = ceil(expected·n).
    tolerated_errors
        c itself, 0 or more, instead of ``expected``. With 0 this is detection: so many cases find at least
        one of the K = ceil(tolerable·N) failures with the chance 1 - ``risk``, and :func:`chance_to_find` is
        the way back.
    N
        Cases in the population, 1 or more; None where it is large. With it the count is hypergeometric.

    Raises
    ------
    FigureInvalid
        If a number is not in its range; if ``tolerated_errors`` are as many as the failures of the whole
        population would be; or if no size is enough, ``expected`` lying too near to ``tolerable``.

    Notes
    -----
    AICPA (2012), *Audit Guide: Audit Sampling*, appendix A, whose tables are these sizes for the risks 0.05 and
    0.1 and large populations; T. R. Stewart (2012), *Technical Notes on the AICPA Audit Guide*. All shares are
    read by their decimal digits: 0.07·100 is 7.
    """
    failing, limit = share("tolerable", tolerable), share("risk", risk)
    likely = share("expected", expected, ends=True)
    population = None if N is None else whole("N", N, 1)
    enough = _enough(failing, limit, population)
    most = MOST if population is None else population
    if tolerated_errors is None and likely:
        return _growing(enough, likely, failing, most, expected)
    c = 0 if tolerated_errors is None else whole("tolerated_errors", tolerated_errors, 0)
    n = first_that(lambda size: enough(c, size), c + 1, most + 1)
    if n <= most:
        return n
    if population is None:
        raise FigureInvalid(name="tolerable", wanted=f"large enough for {MOST} cases", value=tolerable)
    wanted = "fewer than the failures that the population would have"
    raise FigureInvalid(name="tolerated_errors", wanted=wanted, value=c)


def chance_to_find(n: int, K: int, N: int) -> float:  # noqa: N803 - as in print
    """Return the chance that a sample finds at least one of the cases that have a fault.

    Parameters
    ----------
    n
        Cases drawn, from 0 to ``N``.
    K
        Cases in the population that have the fault, from 0 to ``N``.
    N
        Cases in the population, 1 or more.

    Raises
    ------
    FigureInvalid
        If the numbers are not in these ranges.

    See Also
    --------
    attribute_sample_size : with ``tolerated_errors=0`` and ``tolerable`` = K/N, the n that such a chance takes.

    Notes
    -----
    1 - C(N-K, n)/C(N, n); W. G. Cochran (1977), *Sampling Techniques*, 3rd ed., 3.5. As a product, so that
    small chances keep their digits.
    """
    population = whole("N", N, 1)
    drawn, faulty = whole("n", n, 0, population), whole("K", K, 0, population)
    if drawn + faulty > population:
        return 1.0
    return -expm1(log_chance_of_none(drawn, population, faulty))


def lqas_plan(n: int, p_good: float, p_poor: float, N: int | None = None) -> Plan:  # noqa: N803 - as in print
    """Return the decision rule for n cases: how many of them may fail.

    Parameters
    ----------
    n
        Cases to be drawn, 1 or more, and not more than ``N``.
    p_good, p_poor
        Shares of failures from 0 to 1, ``p_good`` below ``p_poor``: at the first or less a centre should come
        out as good, at the second or more as poor. What lies between may come out either way.
    N
        Cases in the population, 1 or more; None where it is large. With it the chances are hypergeometric,
        with floor(p_good·N) and ceil(p_poor·N) failures.

    Returns
    -------
    Plan
        ``d`` makes the sum of both risks smallest, (1 - accept_good) + (1 - reject_poor); of two that make it
        equally small, the smaller.

    Raises
    ------
    FigureInvalid
        If the numbers are not in these ranges, or if the two shares are the same number of cases.

    Notes
    -----
    Lot quality assurance sampling: S. Lemeshow and S. Taber (1991), World Health Statistics Quarterly 44,
    115-132; J. J. Valadez (1991), *Assessing Child Survival Programs in Developing Countries*, whose rules for
    n = 19 these are. A small sum of both risks can still be one large risk: read both.
    """
    good, poor = share("p_good", p_good, ends=True), share("p_poor", p_poor, ends=True)
    if good >= poor:
        raise FigureInvalid(name="p_good", wanted=f"below p_poor = {p_poor}", value=p_good)
    if N is None:
        drawn = whole("n", n, 1)
        return _best(drawn, binomial_tails(drawn, float(good)), binomial_tails(drawn, float(poor)))
    population = whole("N", N, 1)
    drawn = whole("n", n, 1, population)
    few, many = floor(good * population + _HAIR), ceil(poor * population - _HAIR)
    if few >= many:
        raise FigureInvalid(name="p_good", wanted=f"fewer cases than p_poor = {p_poor}", value=p_good)
    good_tails, poor_tails = (hypergeometric_tails(drawn, population, hits) for hits in (few, many))
    return _best(drawn, good_tails, poor_tails)


def operating_characteristic(
    n: int,
    d: int,
    p: float | None = None,
    N: int | None = None,  # noqa: N803 - as in print
    K: int | None = None,  # noqa: N803 - as in print
) -> float:
    """Return the chance that a rule says good: that at most d of n cases fail.

    Parameters
    ----------
    n
        Cases drawn, 1 or more.
    d
        Failures with which the rule still says good, from 0 to ``n``.
    p
        Share of failures in a large population, from 0 to 1; or instead of it:
    N, K
        Cases in the population, not fewer than ``n``, and how many of them fail, from 0 to ``N``.

    Raises
    ------
    FigureInvalid
        If the numbers are not in these ranges, or neither or both of ``p`` and ``N`` with ``K`` are given.

    Notes
    -----
    P(X <= d), binomial or hypergeometric: H. F. Dodge and H. G. Romig (1929), Bell System Technical Journal 8,
    613-631.
    """
    drawn = whole("n", n, 1)
    allowed = whole("d", d, 0, drawn)
    if p is not None and N is None and K is None:
        return binomial_tail(allowed, drawn, float(share("p", p, ends=True)))
    if p is not None or N is None or K is None:
        raise FigureInvalid(name="p", wanted="given alone, or left out where N and K are given", value=p)
    population = whole("N", N, drawn)
    return hypergeometric_tail(allowed, drawn, population, whole("K", K, 0, population))


def expected_sample_number(
    n: int,
    d: int,
    p: float | None = None,
    N: int | None = None,  # noqa: N803 - as in print
    K: int | None = None,  # noqa: N803 - as in print
) -> float:
    """Return how many cases are read on average if one stops as soon as the rule's answer is certain.

    That is at d + 1 failures (poor) or at n - d passes (good), whichever comes first: curtailed reading. The
    answer is the same as after all n cases, but the share of failures is then estimated askew, so it is for
    yes or no alone.

    Parameters
    ----------
    n
        Cases drawn, 1 or more.
    d
        Failures with which the rule still says good, from 0 to ``n`` - 1.
    p
        Share of failures in a large population, from 0 to 1; or instead of it:
    N, K
        Cases in the population, not fewer than ``n``, and how many of them fail, from 0 to ``N``.

    Returns
    -------
    float
        From the smaller of d + 1 and n - d up to ``n``.

    Raises
    ------
    FigureInvalid
        If the numbers are not in these ranges, or neither or both of ``p`` and ``N`` with ``K`` are given.

    Notes
    -----
    The sum over k < n of the chance that k cases leave the answer open, P(d + 1 - (n - k) <= X_k <= d);
    curtailment: A. Wald (1947), *Sequential Analysis*; M. A. Girshick, F. Mosteller and L. J. Savage (1946),
    Annals of Mathematical Statistics 17, 13-23.
    """
    drawn = whole("n", n, 1)
    allowed = whole("d", d, 0, drawn - 1)
    if p is not None and N is None and K is None:
        failing, read = float(share("p", p, ends=True)), np.arange(drawn)
        chances = _at_most(allowed, read, failing) - _at_most(allowed - drawn + read, read, failing)
        return float(chances.sum())
    if p is not None or N is None or K is None:
        raise FigureInvalid(name="p", wanted="given alone, or left out where N and K are given", value=p)
    population = whole("N", N, drawn)
    return _read_of(drawn, allowed, population, whole("K", K, 0, population))


def _read_of(n: int, d: int, population: int, hits: int) -> float:
    """Return the mean number of cases read: case by case, the chances of all counts that leave it open."""
    failed = np.arange(d + 1)
    chances = np.zeros(d + 1)
    chances[0] = 1.0
    mean = 0.0
    for read in range(n):
        chances[read - failed >= n - d] = 0.0
        mean += float(chances.sum())
        fails = np.clip((hits - failed) / (population - read), 0.0, 1.0)
        stay, more = chances * (1 - fails), chances * fails
        chances = stay
        chances[1:] += more[:-1]
    return mean


def _at_most(d: Counts | int, n: Counts, p: float) -> Numbers:
    """Return P(X <= d) for each n and d; 0 where d is below 0."""
    from scipy.special import bdtr

    bound = np.minimum(d, n)
    chances = np.where(bound < 0, 0.0, bdtr(np.maximum(bound, 0), n, p))
    # bdtr knows no certainty where nothing is drawn, or all of it counts.
    return np.where(bound >= n, 1.0, chances)


def _enough(failing: Fraction, limit: Fraction, population: int | None) -> Callable[[int, int], bool]:
    """Return the question whether n cases are enough where c failures are tolerated."""
    if population is None:
        return lambda c, n: binomial_at_most(c, n, failing, limit)
    hits = ceil(failing * population - _HAIR)
    return lambda c, n: hypergeometric_at_most(c, n, population, hits, limit)


def _growing(
    enough: Callable[[int, int], bool], likely: Fraction, failing: Fraction, most: int, expected: float
) -> int:
    """Return the smallest size whose own number of tolerated failures it is enough for.

    Between two numbers of tolerated failures the chance falls as the sample grows, so each such piece is
    searched by halving.
    """
    c, size = 1, 1
    while likely < failing and size <= most:
        last = min(floor(c / likely), most)
        n = first_that(lambda one, tolerated=c: enough(tolerated, one), size, last + 1)  # type: ignore[misc]
        if n <= last:
            return n
        c, size = c + 1, last + 1
    wanted = f"a number from 0 to 1 and further below tolerable = {float(failing):g}"
    raise FigureInvalid(name="expected", wanted=wanted, value=expected)


def _best(n: int, good: Numbers, poor: Numbers) -> Plan:
    """Return the rule with the smallest sum of risks; a difference below 1e-12 is none.

    ``good`` and ``poor`` are the chances P(X <= d) for every d.
    """
    risks = (1 - good[:n]) + poor[:n]
    d = int(np.flatnonzero(risks <= risks.min() + 1e-12)[0])
    return Plan(n, d, float(good[d]), float(1 - poor[d]))
