"""What was observed, checked before anything is computed from it: numbers, yes and no, strata with their sizes.

Every sum is made with ``math.fsum``, which rounds once: the order of the values changes no bit of a figure.
"""

from collections.abc import Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from math import fsum, sqrt
from numbers import Real

from numpy import bool_

from sampling.errors import (
    FigureInvalid,
    LengthsDiffer,
    SampleEmpty,
    SampleTooLarge,
    StratumOfOne,
    StratumUnknown,
    ValueInvalid,
)
from sampling.figures import as_number, size_of

#: Squares of larger numbers, and their sums over a population, would not fit.
LARGEST = 1e100


@dataclass(frozen=True, slots=True)
class Sample:
    """Values of n among N cases, summed up; with N None the population has no end.

    Attributes
    ----------
    variance
        s², with n - 1 below; None for one value.
    least, most
        The smallest and the largest value.
    """

    n: int
    N: int | None
    mean: float
    variance: float | None
    least: float
    most: float

    @property
    def is_census(self) -> bool:
        """Whether every case was observed, so that nothing is left to chance."""
        return self.n == self.N

    @property
    def error(self) -> float | None:
        """The variance of the mean, (1 - n/N)s²/n (Cochran 1977, 2.20); None for one value of several."""
        if self.is_census:
            return 0.0
        if self.variance is None:
            return None
        rest = 1.0 if self.N is None else (self.N - self.n) / self.N
        return rest * self.variance / self.n

    @property
    def se(self) -> float | None:
        """The standard error of the mean; None as ``error``."""
        return None if self.error is None else sqrt(self.error)


def sample_of(values: Sequence[float], population: int | None) -> Sample:
    """Return the sum of one value or more; all equal, the variance is 0 and the mean that value, exactly."""
    n, least, most = len(values), min(values), max(values)
    mean = min(max(fsum(values) / n, least), most)
    variance = fsum((value - mean) ** 2 for value in values) / (n - 1) if n > 1 else None
    return Sample(n, population, mean, variance, least, most)


@dataclass(frozen=True, slots=True)
class Stratum:
    """A stratum with cases: its number of cases, and which of the values (counted from 0) are from it."""

    name: Hashable
    N: int
    rows: tuple[int, ...]


def given_scale(scale: tuple[float, float] | None) -> tuple[float, float]:
    """Return the ends of a scale; without one, those of the largest scale there can be."""
    if scale is None:
        return -LARGEST, LARGEST
    match [as_number(end) for end in scale]:
        case [float(low), float(high)] if -LARGEST <= low < high <= LARGEST:
            return low, high
    raise FigureInvalid(name="scale", wanted="two numbers, the lower first", value=scale)


def given_numbers(values: Iterable[object], scale: tuple[float, float] | None = None) -> list[float]:
    """Return the values as floats; refused where one is no number, NaN, infinite or outside the scale."""
    low, high = given_scale(scale)
    wanted = f"a number from {low:g} to {high:g}"
    return [_number(place, value, low, high, wanted) for place, value in enumerate(values, start=1)]


def given_answers(values: Iterable[object]) -> list[float]:
    """Return yes and no as 1.0 and 0.0; refused where one is neither 0, 1, True nor False."""
    return [_answer(place, value, "0 or 1") for place, value in enumerate(values, start=1)]


def given_domain(domain: Iterable[object]) -> list[bool]:
    """Return which values belong; refused where one is neither True, False, 1 nor 0."""
    return [bool(_answer(place, value, "True or False")) for place, value in enumerate(domain, start=1)]


def given_pairs(before: Sequence[float], after: Sequence[float]) -> None:
    """Refuse two readings that are not of equally many cases, or of none."""
    if len(before) != len(after):
        raise LengthsDiffer(lengths=[len(before), len(after)])
    if not before:
        raise SampleEmpty


def given_strata(strata: Iterable[Hashable], sizes: Mapping[Hashable, int], count: int) -> list[Stratum]:
    """Return the strata that have cases, in the order of ``sizes``, with the values that are from each.

    Parameters
    ----------
    strata
        The stratum of each value, ``count`` of them.
    sizes
        N_h by stratum; one without cases is left out.

    Raises
    ------
    LengthsDiffer, SampleEmpty, FigureInvalid, SizeNegative, StratumUnknown, SampleTooLarge, StratumOfOne
        If the strata are not those of ``sizes``, or one has more values than cases, or one value of several
        cases.
    """
    named = list(strata)
    if len(named) != count:
        raise LengthsDiffer(lengths=[count, len(named)])
    if not named:
        raise SampleEmpty
    rows: dict[Hashable, list[int]] = {}
    for row, name in enumerate(named):
        rows.setdefault(name, []).append(row)
    cases = {name: size_of(name, size) for name, size in sizes.items()}
    if not rows.keys() <= cases.keys() or any(N and name not in rows for name, N in cases.items()):
        raise StratumUnknown(found=list(rows), known=list(cases))
    return [_stratum(name, cases[name], rows[name]) for name in cases if name in rows]


def _stratum(name: Hashable, population: int, rows: list[int]) -> Stratum:
    if len(rows) > population:
        raise SampleTooLarge(stratum=name, n=len(rows), N=population)
    if len(rows) == 1 < population:
        raise StratumOfOne(stratum=name, N=population)
    return Stratum(name, population, tuple(rows))


def _number(place: int, value: object, low: float, high: float, wanted: str) -> float:
    found = as_number(value)
    if found is None or not low <= found <= high:
        raise ValueInvalid(place=place, wanted=wanted, value=value)
    return found


def _answer(place: int, value: object, wanted: str) -> float:
    if isinstance(value, (bool_, Real)) and (value == 0 or value == 1):
        return float(value == 1)
    raise ValueInvalid(place=place, wanted=wanted, value=value)
