"""How many cases, and what they say: between hours, cases and precision, decision rules, and detection."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from functools import lru_cache
from math import ceil, floor, isfinite, sqrt
from statistics import NormalDist

from lirk.domain.planning import HOURS_A_CASE, HOURS_FIXED, Sizes
from lirk.errors import UnusableRequest
from sampling.decide import attribute_sample_size, chance_to_find, expected_sample_number, lqas_plan
from sampling.errors import FigureInvalid
from sampling.plan import (
    expected_half_width,
    hours_for_cases,
    sample_size_hours,
)
from sampling.tails import first_that

#: A share of one half needs the most cases; what is said of widths holds for every other share, too.
WORST = 0.5
#: Chance with which a search is to find at least one of the cases that it is for.
FOUND = 0.95
#: Up to so many cases, of so many, widths are those of the exact interval; above, the normal formula with a
#: correction for whole cases is nearer to them than one in ten thousand, and takes no time.
EXACT_CASES, EXACT_POPULATION = 1000, 20_000
#: Methods that share one number of cases among the centres; the other gives it to each.
SHARED = ("equal", "proportional")


class ShareUnusable(UnusableRequest):
    """A share that does not lie between 0 and 1."""

    code = "plan-share-unusable"


class HoursUnusable(UnusableRequest):
    """Hours that are no number from 0 up."""

    code = "plan-hours-unusable"


class HoursACaseUnusable(UnusableRequest):
    """Hours a case that are no number above 0."""

    code = "plan-hours-a-case-unusable"


class RuleSharesUnusable(UnusableRequest):
    """The share of failures that is good enough is not smaller than the one that is not."""

    code = "plan-rule-shares-unusable"


class DetectTooMany(UnusableRequest):
    """More cases are looked for than the centre has."""

    code = "plan-detect-too-many"


@dataclass(frozen=True, slots=True, kw_only=True)
class Costs:
    """What a round takes: hours in any case, hours a case, and the share of the cases that is read twice."""

    hours_fixed: float = HOURS_FIXED
    hours_a_case: float = HOURS_A_CASE
    double: float = 0.0

    def __post_init__(self) -> None:
        _check_hours("--hours-fixed", self.hours_fixed)
        if not (isfinite(self.hours_a_case) and self.hours_a_case > 0):
            raise HoursACaseUnusable(value=self.hours_a_case)
        if not 0 <= self.double <= 1:
            raise ShareUnusable(name="--double", value=self.double)

    def hours(self, cases: int) -> float:
        """Return the hours that a round of so many cases takes."""
        return hours_for_cases(cases, self.hours_fixed, self.hours_a_case, self.double)

    def cases(self, hours: float) -> int:
        """Return how many cases can be reviewed in so many hours.

        Raises
        ------
        HoursUnusable
            If they are no number from 0 up.
        """
        _check_hours("--hours", hours)
        return sample_size_hours(hours, self.hours_fixed, self.hours_a_case, self.double)


@dataclass(frozen=True, slots=True, kw_only=True)
class SizeLine:
    """One centre: its cases, how many are drawn, and the width to expect.

    ``half_width`` is the mean half width of the exact interval (95 %) where half of the cases have a property;
    None where no case is drawn.
    """

    centre: str
    population: int
    n: int
    half_width: float | None

    @property
    def census(self) -> bool:
        """Whether all of its cases are reviewed, and there are any."""
        return self.n >= self.population > 0

    @property
    def limits(self) -> tuple[float, float] | None:
        """Between what the share will be said to lie where it is one half."""
        return None if self.half_width is None else (WORST - self.half_width, WORST + self.half_width)


@dataclass(frozen=True, slots=True, kw_only=True)
class SizePlan:
    """The sizes of all centres, how many cases that is, and the hours that reviewing them takes."""

    sizes: Sizes
    lines: tuple[SizeLine, ...]
    cases: int
    hours: float


@dataclass(frozen=True, slots=True, kw_only=True)
class DecisionRule:
    """How many of ``n`` cases may fail, how often that is right, and how many are read if one stops in time.

    ``read_good`` and ``read_poor`` are means over centres with the shares ``good`` and ``poor`` of failures.
    """

    n: int
    d: int
    good: float
    poor: float
    accept_good: float
    reject_poor: float
    read_good: float
    read_poor: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Detection:
    """How many cases find at least one of ``count`` of ``population``, and the chance of ``n``, where given."""

    count: int
    population: int
    needed: int
    n: int | None
    chance: float | None


def size_line(centre: str, population: int, n: int) -> SizeLine:
    """Return what is to be said of a centre with n cases drawn."""
    width = _width(n, population) if n else None
    return SizeLine(centre=centre, population=population, n=n, half_width=width)


def sizes_for_hours(
    hours: float, centres: Mapping[str, int], method: str, costs: Costs, own: Mapping[str, int] | None = None
) -> Sizes:
    """Return the sizes that so many hours are enough for; n is 0 where they are too few.

    Parameters
    ----------
    own
        Centres that get their own number whatever the hours are; the others get what is left.

    Raises
    ------
    HoursUnusable
        If the hours are no number from 0 up.
    """
    own = dict(own or {})
    cases = costs.cases(hours)
    if method in SHARED:
        return Sizes(method=method, n=min(cases, sum(centres.values())), exceptions=own)
    taken = sum(min(n, centres[centre]) for centre, n in own.items())
    populations = sorted(population for centre, population in centres.items() if centre not in own)
    return Sizes(method=method, n=_alike(cases - taken, populations), exceptions=own)


def sizes_for_precision(
    half_width: float, centres: Mapping[str, int], own: Mapping[str, int] | None = None
) -> Sizes:
    """Return the sizes at which every centre's share is known to within a half width.

    Parameters
    ----------
    own
        Centres that get their own number whatever the precision is.

    Raises
    ------
    ShareUnusable
        If the half width does not lie between 0 and 1.
    """
    needed = {centre: cases_within(half_width, population) for centre, population in centres.items()}
    n = max(needed.values(), default=0)
    # Whoever has fewer cases than that gets all of them by the method itself.
    less = {centre: count for centre, count in needed.items() if count < min(n, centres[centre])}
    return Sizes(method="fixed", n=n, exceptions={**less, **(own or {})})


def cases_within(half_width: float, population: int) -> int:
    """Return the smallest size at which the exact interval of one half is expected to be as narrow as wanted.

    A little more than Cochran's formula says, which goes by the normal distribution.

    Raises
    ------
    ShareUnusable
        If ``half_width`` does not lie between 0 and 1.
    """
    if not 0 < half_width < 1:
        raise ShareUnusable(name="--half-width", value=half_width)
    return _cases_within(half_width, population) if population else 0


def decision_rule(n: int, population: int, good: float, poor: float) -> DecisionRule:
    """Return the rule for n cases of a centre: with how many failures it is still good enough.

    Parameters
    ----------
    good, poor
        Shares of failures: up to the first the centre should come out as good enough, from the second on not.

    Raises
    ------
    ShareUnusable, RuleSharesUnusable
        If the shares do not lie between 0 and 1, or the first is not the smaller.
    """
    for name, value in (("--good", good), ("--poor", poor)):
        if not 0 <= value <= 1:
            raise ShareUnusable(name=name, value=value)
    try:
        plan = lqas_plan(n, good, poor, population)
    except FigureInvalid:
        raise RuleSharesUnusable(good=good, poor=poor) from None
    return DecisionRule(
        n=n,
        d=plan.d,
        good=good,
        poor=poor,
        accept_good=plan.accept_good,
        reject_poor=plan.reject_poor,
        read_good=_read(n, plan.d, population, good, floor),
        read_poor=_read(n, plan.d, population, poor, ceil),
    )


def detection(count: int, population: int, n: int | None = None) -> Detection:
    """Return how many cases find at least one of ``count``, and the chance of n cases.

    Raises
    ------
    DetectTooMany
        If the centre does not have so many cases.
    """
    if count > population:
        raise DetectTooMany(count=count, population=population)
    risk = 1 - FOUND
    everything = count == population
    needed = 1 if everything else attribute_sample_size(count / population, round(risk, 12), N=population)
    chance = None if n is None else chance_to_find(n, count, population)
    return Detection(count=count, population=population, needed=needed, n=n, chance=chance)


def _alike(cases: int, populations: Sequence[int]) -> int:
    """Return the largest number that all of them, sorted, can get alike; whoever has fewer is taken whole."""
    shares = [
        min(population, (cases - sum(populations[:place])) // (len(populations) - place))
        for place, population in enumerate(populations)
    ]
    return max([0, *shares])


def _read(n: int, d: int, population: int, share: float, whole: Callable[[Fraction], int]) -> float:
    """Return how many cases are read on average; ``whole`` says which whole number of cases a share is."""
    if n > EXACT_CASES:
        return expected_sample_number(n, d, share)
    return expected_sample_number(n, d, N=population, K=whole(Fraction(str(share)) * population))


def _check_hours(name: str, hours: float) -> None:
    if not (isfinite(hours) and hours >= 0):
        raise HoursUnusable(name=name, value=hours)


def _width(n: int, population: int) -> float:
    exact = n <= EXACT_CASES and population <= EXACT_POPULATION
    return expected_half_width(WORST, n, population) if exact else _normal_width(n, population)


def _normal_width(n: int, population: int) -> float:
    unread = 1 - n / population
    return NormalDist().inv_cdf(0.975) * sqrt(WORST * (1 - WORST) * unread / n) + unread / (2 * n)


@lru_cache(maxsize=1024)
def _cases_within(half_width: float, population: int) -> int:
    n = _first_within(half_width, population)
    while _width(n, population) > half_width:
        n += 1
    while n > 1 and _width(n - 1, population) <= half_width:
        n -= 1
    return n


def _first_within(half_width: float, population: int) -> int:
    """Return the first size that is enough by the normal formula, which is a case or two from the answer."""
    return first_that(lambda n: _normal_width(n, population) <= half_width, 1, population)
