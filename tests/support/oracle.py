"""What a function of ``sampling`` is held against: somebody else's figures."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import Any


@dataclass(frozen=True)
class Case:
    """One question and what the oracle answers.

    ``expected`` is a number, None, or a mapping from an attribute of the result to its number (or None).
    """

    args: tuple[Any, ...]
    expected: Any
    kwargs: dict[str, Any] = field(default_factory=dict)


@dataclass(frozen=True)
class Oracle:
    """A function, where the figures come from, and how far it may be from them.

    Attributes
    ----------
    source
        In a few words, for the manual's table: author, year and table, or the program and its version.
    tolerance
        Largest allowed difference, absolute: half a unit of the last printed digit, or near the machine's.
    """

    function: Callable[..., Any]
    source: str
    cases: Sequence[Case]
    tolerance: float

    def deviations(self) -> list[float]:
        """Return the difference of every figure; infinite where one side has a figure and the other none."""
        return [
            _deviation(found, wanted)
            for case in self.cases
            for found, wanted in _pairs(self.function(*case.args, **case.kwargs), case.expected)
        ]


def _pairs(result: Any, expected: Any) -> list[tuple[Any, Any]]:
    if isinstance(expected, dict):
        return [(getattr(result, name), value) for name, value in expected.items()]
    return [(result, expected)]


def _deviation(found: float | None, wanted: float | None) -> float:
    if found is None or wanted is None:
        return 0.0 if found is wanted else float("inf")
    return abs(found - wanted)
