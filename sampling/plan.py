"""How many: the sizes that a plan gives to the strata of a frame."""

from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction
from math import ceil, floor

from sampling.allocate import allocate
from sampling.errors import (
    CountsOutOfRange,
    DocumentMalformed,
    ExceptionsTooLarge,
    ExceptionUnknown,
    FigureInvalid,
    SizeNegative,
)
from sampling.figures import LARGEST_COUNT, level_of, number_from, share, size_of, whole
from sampling.quantiles import normal_quantile
from sampling.widths import mean_half_width_binomial, mean_half_width_hypergeometric

#: A sample of more would not be read, and its widths would take minutes and gigabytes.
_MOST_CASES = 10_000_000


@dataclass(frozen=True, slots=True)
class _Sizes:
    """The ``[sizes]`` of a plan, read."""

    method: str
    n: int
    minimum: int
    exceptions: dict[str, int]
    deviations: dict[str, float]


def sizes_of_plan(sizes: Mapping[str, object], counts: Mapping[str, int]) -> dict[str, int]:
    """Return how many cases to draw from each stratum.

    Parameters
    ----------
    sizes
        As a plan has them under ``[sizes]``: ``method`` (``fixed``: n in each stratum; ``equal``,
        ``proportional``, ``neyman``: n in all), ``n``, and where wanted ``minimum`` (what each stratum gets
        at least, as far as it has so many cases), ``exceptions`` (strata whose size is given outright: no
        minimum applies to them, and where n is meant for all strata they are part of it) and ``deviations``
        (for ``neyman``: the standard deviation of each stratum in an earlier measurement).
    counts
        The number of cases N of every stratum, those without cases included.

    Returns
    -------
    dict
        By stratum, in the order of ``counts``; never more than its cases (then it is a census), 0 where it
        has none.

    Raises
    ------
    DocumentMalformed
        If a member is missing, unknown or of another type.
    ExceptionUnknown
        If an exception names no stratum of ``counts``.
    ExceptionsTooLarge
        If the exceptions alone take more than the n that is meant for all strata.
    SizeNegative, MethodUnknown, MinimumTooLarge, DeviationInvalid
        As :func:`sampling.allocate.allocate`.
    """
    plan = _read(sizes)
    counts = {stratum: size_of(stratum, cases) for stratum, cases in counts.items()}
    outright = _outright(plan, counts)
    others = {stratum: count for stratum, count in counts.items() if stratum not in outright}
    n = plan.n if plan.method == "fixed" else plan.n - sum(outright.values())
    if n < 0 <= plan.n:
        raise ExceptionsTooLarge(exceptions=sum(outright.values()), n=plan.n)
    shared = allocate(plan.method, n, others, deviations=plan.deviations, minimum=plan.minimum)
    return {stratum: outright[stratum] if stratum in outright else shared[stratum] for stratum in counts}


def sample_size_proportion(
    p: float,
    half_width: float,
    N: int | None = None,  # noqa: N803 - as in print
    level: float = 0.95,
) -> int:
    """Return how many cases to draw so that a share is known to within a half width.

    Parameters
    ----------
    p
        The share that is expected, between 0 and 1; 0.5 needs the most cases.
    half_width
        Between 0 and 1; 0.1 is ten percentage points to either side.
    N
        Cases in the population, 1 or more; None where it is large.
    level
        Between 0 and 1.

    Returns
    -------
    int
        1 or more, and never more than ``N``.

    Raises
    ------
    FigureInvalid, LevelOutOfRange
        If the numbers are not in these ranges.

    Notes
    -----
    W. G. Cochran (1977), *Sampling Techniques*, 3rd ed., 4.4: n0 = z²p(1−p)/d², n = n0/(1+(n0−1)/N), rounded
    up. By the normal approximation, so that the exact interval of so many cases comes out a little wider:
    :func:`expected_half_width` says by how much.
    """
    expected, width = float(share("p", p)), float(share("half_width", half_width))
    ratio = _normal(level) / width
    population = None if N is None else whole("N", N, 1)
    n0 = _bounded(ratio * ratio * expected * (1 - expected), population, half_width)
    if population is None:
        return _rounded_up(n0)
    return min(_rounded_up(n0 / (1 + (n0 - 1) / population)), population)


def sample_size_mean(
    sd: float,
    half_width: float,
    N: int | None = None,  # noqa: N803 - as in print
    level: float = 0.95,
) -> int:
    """Return how many cases to draw so that a mean is known to within a half width.

    Parameters
    ----------
    sd
        The standard deviation that is expected between the cases, above 0, in the unit of the values.
    half_width
        Above 0, in the same unit.
    N
        Cases in the population, 1 or more; None where it is large.
    level
        Between 0 and 1.

    Returns
    -------
    int
        1 or more, and never more than ``N``.

    Raises
    ------
    FigureInvalid, LevelOutOfRange
        If the numbers are not in these ranges.

    Notes
    -----
    W. G. Cochran (1977), *Sampling Techniques*, 3rd ed., 4.6: n0 = (z·sd/d)², n = n0/(1+n0/N), rounded up. By
    the normal approximation, and as good as the guess at ``sd``.
    """
    spread, width = number_from("sd", sd, above=True), number_from("half_width", half_width, above=True)
    ratio = _normal(level) * spread / width
    population = None if N is None else whole("N", N, 1)
    n0 = _bounded(ratio * ratio, population, half_width)
    return _rounded_up(n0 if population is None else n0 / (1 + n0 / population))


def sample_size_hours(
    hours: float, hours_fixed: float, hours_per_case: float, double_share: float = 0.0
) -> int:
    """Return how many cases can be reviewed in so many hours; 0 where the fixed hours use them up.

    Parameters
    ----------
    hours, hours_fixed
        In all, and what the round takes whatever its size; 0 or more.
    hours_per_case
        Above 0.
    double_share
        The share of the cases that is read twice, from 0 to 1.

    Raises
    ------
    FigureInvalid
        If the numbers are not in these ranges.

    See Also
    --------
    hours_for_cases : the way back.
    """
    left = number_from("hours", hours) - number_from("hours_fixed", hours_fixed)
    cases = left / _hours_a_case(hours_per_case, double_share)
    if cases > LARGEST_COUNT:
        raise FigureInvalid(
            name="hours_per_case", wanted="a number that hours are counted by", value=hours_per_case
        )
    # Not one case fewer because a whole number came out a hair too small.
    return max(0, floor(cases + 1e-9))


def hours_for_cases(n: int, hours_fixed: float, hours_per_case: float, double_share: float = 0.0) -> float:
    """Return the hours that reviewing so many cases takes.

    Parameters
    ----------
    n
        Cases, 0 or more.
    hours_fixed, hours_per_case, double_share
        As :func:`sample_size_hours` has them.

    Raises
    ------
    FigureInvalid
        If the numbers are not in their ranges.

    See Also
    --------
    sample_size_hours : the way there; so many cases fit into these hours, and no more.
    """
    cases = whole("n", n, 0)
    return number_from("hours_fixed", hours_fixed) + cases * _hours_a_case(hours_per_case, double_share)


def expected_half_width(
    p: float,
    n: int,
    N: int | None = None,  # noqa: N803 - as in print
    level: float = 0.95,
) -> float:
    """Return how wide the exact interval of a share will be, to either side, before the cases are read.

    The width depends on how many are found; this is its mean over all that a sample can find, each by its
    chance.

    Parameters
    ----------
    p
        The share in the population, from 0 to 1; with ``N`` the nearest whole number of cases has it (a half
        upwards).
    n
        Cases to be drawn, from 0 to ten million; with 0 nothing will be known, and the half width is 0.5.
    N
        Cases in the population, 1 or more, and not fewer than ``n``; None where it is large.
    level
        Between 0 and 1, read by its decimal digits.

    Returns
    -------
    float
        From 0 (``n`` = ``N``) to 0.5. Half of upper less lower limit: the interval is not symmetric about
        what is found.

    Raises
    ------
    FigureInvalid, CountsOutOfRange, LevelOutOfRange
        If the numbers are not in these ranges.

    Notes
    -----
    With ``N`` the interval is :func:`sampling.hypergeometric_interval` and what is found is hypergeometric;
    without it they are C. J. Clopper and E. S. Pearson (1934), Biometrika 26, 404-413, and binomial. The
    expected width of exact intervals as a measure for planning: A. Agresti and B. A. Coull (1998), The
    American Statistician 52, 119-126. Takes milliseconds up to some hundreds of some thousands of cases;
    thousands of millions take minutes.
    """
    part, cases = share("p", p, ends=True), whole("n", n, 0, _MOST_CASES)
    limit = (1 - level_of(level)) / 2
    if N is None:
        return mean_half_width_binomial(part, cases, limit)
    population = whole("N", N, 1)
    if cases > population:
        raise CountsOutOfRange(x=0, n=cases, N=population)
    return mean_half_width_hypergeometric(floor(part * population + Fraction(1, 2)), cases, population, limit)


def _normal(level: float) -> float:
    return normal_quantile(float(level_of(level)))


def _bounded(n0: float, population: int | None, half_width: float) -> float:
    """Return the size for a population without end; refused where it is more than any has."""
    if n0 <= LARGEST_COUNT:
        return n0
    if population is None:
        raise FigureInvalid(name="half_width", wanted="a number that can be reached", value=half_width)
    return float(LARGEST_COUNT) ** 2


def _rounded_up(n: float) -> int:
    # Not one case more because a whole number came out a hair too large.
    return max(1, ceil(n - 1e-9))


def _hours_a_case(hours_per_case: float, double_share: float) -> float:
    once = number_from("hours_per_case", hours_per_case, above=True)
    return once * (1 + float(share("double_share", double_share, ends=True)))


def _outright(plan: _Sizes, counts: Mapping[str, int]) -> dict[str, int]:
    unknown = [stratum for stratum in plan.exceptions if stratum not in counts]
    if unknown:
        raise ExceptionUnknown(strata=unknown, known=list(counts))
    for stratum, n in plan.exceptions.items():
        if n < 0:
            raise SizeNegative(stratum=stratum, n=n)
    return {stratum: min(n, counts[stratum]) for stratum, n in plan.exceptions.items()}


def _read(sizes: Mapping[str, object]) -> _Sizes:
    unknown = sorted(map(str, set(sizes) - {"method", "n", "minimum", "exceptions", "deviations"}))
    if unknown:
        raise DocumentMalformed(member=f"sizes.{unknown[0]}")
    method = sizes.get("method")
    if not isinstance(method, str):
        raise DocumentMalformed(member="sizes.method")
    if "n" not in sizes:
        raise DocumentMalformed(member="sizes.n")
    return _Sizes(
        method,
        _whole(sizes["n"], "n"),
        _whole(sizes.get("minimum", 0), "minimum"),
        {name: _whole(n, f"exceptions.{name}") for name, n in _table(sizes, "exceptions").items()},
        {name: _number(s, f"deviations.{name}") for name, s in _table(sizes, "deviations").items()},
    )


def _table(sizes: Mapping[str, object], name: str) -> Mapping[str, object]:
    table = sizes.get(name, {})
    if not isinstance(table, Mapping):
        raise DocumentMalformed(member=f"sizes.{name}")
    return table


def _whole(value: object, name: str) -> int:
    if isinstance(value, bool) or not isinstance(value, int) or abs(value) >= 2**53:
        raise DocumentMalformed(member=f"sizes.{name}")
    return value


def _number(value: object, name: str) -> float:
    if isinstance(value, bool) or not isinstance(value, int | float):
        raise DocumentMalformed(member=f"sizes.{name}")
    return value
