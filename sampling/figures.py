"""Figures of a question, read strictly: what is no number, or out of range, is refused with name and value."""

from fractions import Fraction
from math import isfinite
from numbers import Real
from operator import index

from sampling.errors import FigureInvalid, LevelOutOfRange, SizeNegative

#: No register has more cases, and figures made of so many still fit.
LARGEST_COUNT = 10**18


def as_number(value: object) -> float | None:
    """Return a real number as a float, NaN and the infinite too; None for a boolean or anything else."""
    if isinstance(value, bool) or not isinstance(value, Real):
        return None
    try:
        return float(value)
    except OverflowError:  # a whole number of more than 308 digits
        return None


def whole(name: str, value: object, low: int | None = None, high: int = LARGEST_COUNT) -> int:
    """Return a whole number from ``low`` to ``high``; a boolean is none, and neither is 3.0.

    Raises
    ------
    FigureInvalid
        If it is none.
    """
    try:
        number = None if isinstance(value, bool) else index(value)  # type: ignore[arg-type]
    except TypeError:
        number = None
    least = -LARGEST_COUNT if low is None else low
    if number is None or not least <= number <= high:
        raise FigureInvalid(name=name, wanted=_wanted(low, high, number), value=value)
    return int(number)


def size_of(stratum: object, value: object, *, name: str | None = None) -> int:
    """Return a number of cases, 0 or more; ``name`` is what it is called where it is no stratum's.

    Raises
    ------
    FigureInvalid, SizeNegative
        If it is no whole number, or negative.
    """
    count = whole(name or f"the size of {stratum!r}", value)
    if count < 0:
        raise SizeNegative(stratum=stratum, n=count)
    return count


def number_from(name: str, value: float, low: float = 0.0, *, above: bool = False) -> float:
    """Return a finite number from ``low``, or with ``above`` one that is larger.

    Raises
    ------
    FigureInvalid
        If it is none.
    """
    number = as_number(value)
    if number is None or not isfinite(number) or number < low or (above and number == low):
        wanted = f"a number above {low:g}" if above else f"a number from {low:g} up"
        raise FigureInvalid(name=name, wanted=wanted, value=value)
    return number


def share(name: str, value: float, *, ends: bool = False) -> Fraction:
    """Return a number between 0 and 1 by its decimal digits: 0.1 is a tenth; with ``ends`` also 0 and 1.

    Raises
    ------
    FigureInvalid
        If it is none.
    """
    number = as_number(value)
    if number is None or not 0 <= number <= 1 or (not ends and number in (0, 1)):
        wanted = "a number from 0 to 1" if ends else "a number between 0 and 1"
        raise FigureInvalid(name=name, wanted=wanted, value=value)
    return Fraction(str(value))


def level_of(value: float) -> Fraction:
    """Return a confidence level by its decimal digits: 0.95 leaves exactly 1/20.

    Raises
    ------
    LevelOutOfRange
        If it does not lie between 0 and 1.
    """
    number = as_number(value)
    if number is None or not 0 < number < 1:
        raise LevelOutOfRange(level=value)
    return Fraction(str(value))


def _wanted(low: int | None, high: int, number: int | None) -> str:
    ends = "" if low is None else f" from {low}"
    if high != LARGEST_COUNT or (number is not None and number > high):
        return f"a whole number{ends} to {high}"
    return f"a whole number{ends} up" if ends else "a whole number"
