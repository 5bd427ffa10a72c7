"""What a function of ``sampling`` is held against: somebody else's figures."""

import importlib.util
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

#: Where the files ``oracles_AREA.py`` are, each with a list ``ORACLES``.
FOLDER = Path(__file__).parents[1] / "sampling"


@dataclass(frozen=True)
class Case:
    """One question and what the oracle answers.

    ``expected`` is a number, a text, None, or a mapping from an attribute of the result to one of these.
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


def oracles() -> list[Oracle]:
    """Return all oracles of all files, by their order."""
    found = []
    for path in sorted(FOLDER.glob("oracles_*.py")):
        spec = importlib.util.spec_from_file_location(path.stem, path)
        assert spec is not None
        assert spec.loader is not None
        module = importlib.util.module_from_spec(spec)
        spec.loader.exec_module(module)
        found += module.ORACLES
    return found


def _pairs(result: Any, expected: Any) -> list[tuple[Any, Any]]:
    if isinstance(expected, dict):
        return [(getattr(result, name), value) for name, value in expected.items()]
    return [(result, expected)]


def _deviation(found: Any, wanted: Any) -> float:
    if found is None or wanted is None or isinstance(wanted, str):
        return 0.0 if found == wanted else float("inf")
    return abs(found - wanted)
