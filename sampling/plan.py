"""How many: the sizes that a plan gives to the strata of a frame."""

from collections.abc import Mapping
from dataclasses import dataclass
from math import ceil, floor
from statistics import NormalDist

from sampling.allocate import allocate
from sampling.errors import (
    DocumentMalformed,
    ExceptionsTooLarge,
    ExceptionUnknown,
    LevelOutOfRange,
    SizeNegative,
)


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
        Cases in the population; None where it is large.
    level
        Between 0 and 1.

    Raises
    ------
    LevelOutOfRange
        If ``p``, ``half_width`` or ``level`` is not strictly between 0 and 1.

    Notes
    -----
    W. G. Cochran (1977), *Sampling Techniques*, 3rd ed., 4.4: n0 = z²p(1−p)/d², n = n0/(1+(n0−1)/N), rounded
    up. By the normal approximation, so that small samples come out wider.
    """
    for number in (p, half_width, level):
        if not 0 < number < 1:
            raise LevelOutOfRange(level=number)
    n0 = NormalDist().inv_cdf((1 + level) / 2) ** 2 * p * (1 - p) / half_width**2
    n = n0 if N is None else n0 / (1 + (n0 - 1) / max(N, 1))
    # Not one case more because a whole number came out a hair too large.
    whole = ceil(n - 1e-9)
    return whole if N is None else min(whole, N)


def sample_size_hours(
    hours: float, hours_fixed: float, hours_per_case: float, double_share: float = 0.0
) -> int:
    """Return how many cases can be reviewed in so many hours; 0 where the fixed hours use them up.

    Parameters
    ----------
    hours, hours_fixed
        In all, and what the round takes whatever its size.
    hours_per_case
        Above 0.
    double_share
        The share of the cases that is read twice.
    """
    return max(0, floor((hours - hours_fixed) / (hours_per_case * (1 + double_share)) + 1e-9))


def _outright(plan: _Sizes, counts: Mapping[str, int]) -> dict[str, int]:
    unknown = [stratum for stratum in plan.exceptions if stratum not in counts]
    if unknown:
        raise ExceptionUnknown(strata=unknown, known=list(counts))
    for stratum, n in plan.exceptions.items():
        if n < 0:
            raise SizeNegative(stratum=stratum, n=n)
    return {stratum: min(n, counts[stratum]) for stratum, n in plan.exceptions.items()}


def _read(sizes: Mapping[str, object]) -> _Sizes:
    unknown = sorted(set(sizes) - {"method", "n", "minimum", "exceptions", "deviations"})
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
