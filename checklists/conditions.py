"""When a fact, a theme or an item applies: conditions on facts and on other answers.

A condition on an answer that is missing is false, also ``is_not``; ``not`` negates plainly. What is hidden is
missing.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TypeAlias

from checklists.logic import Tree, holds, leaves


@dataclass(frozen=True, slots=True)
class Is:
    """The answer to ``id`` is one of ``codes``."""

    id: str
    codes: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class IsNot:
    """There is an answer to ``id``, and it is none of ``codes``."""

    id: str
    codes: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Answered:
    """There is an answer to ``id``."""

    id: str


@dataclass(frozen=True, slots=True)
class AtLeast:
    """The answer to ``id`` earns at least the points of ``code``.

    ``codes`` are the answers of the scale that do; an answer without points never does.
    """

    id: str
    code: str
    codes: tuple[str, ...]


Test: TypeAlias = Is | IsNot | Answered | AtLeast
Condition: TypeAlias = Tree[Test]


def applies(condition: Condition | None, known: Mapping[str, str]) -> bool:
    """Return whether a condition holds for the answers known so far; no condition always holds."""

    def met(test: Test) -> bool:
        answer = known.get(test.id)
        match test:
            case Is() | AtLeast():
                return answer in test.codes
            case IsNot():
                return answer is not None and answer not in test.codes
            case Answered():
                return answer is not None

    return condition is None or holds(condition, met)


def reads(condition: Condition | None) -> tuple[str, ...]:
    """Return the fact and item ids that a condition looks at, each once, from left to right."""
    return () if condition is None else tuple(dict.fromkeys(test.id for test in leaves(condition)))
