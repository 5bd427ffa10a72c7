"""When a fact, a theme or an item applies: conditions on facts and on other answers.

A condition on an answer that is missing is false, also ``is_not``; ``not`` negates plainly. What is hidden is
missing.
"""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import TypeAlias

from checklists.logic import AllOf, AnyOf, Negated, Single, Tree, compiled, leaves


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


Known: TypeAlias = Mapping[str, str]


def applies(condition: Condition | None, known: Known) -> bool:
    """Return whether a condition holds for the answers known so far; no condition always holds."""
    return condition is None or checker(condition)(known)


def checker(condition: Condition) -> Callable[[Known], bool]:
    """Return the condition as a function of the answers known so far, for one that is asked often."""
    return compiled(condition, _checker)


def _checker(test: Test) -> Callable[[Known], bool]:
    asked = test.id
    match test:
        case Is() | AtLeast():
            wanted = frozenset(test.codes)
            return lambda known: known.get(asked) in wanted
        case IsNot():
            unwanted = frozenset(test.codes)
            return lambda known: asked in known and known[asked] not in unwanted
        case Answered():
            return lambda known: asked in known


def reads(condition: Condition | None) -> tuple[str, ...]:
    """Return the fact and item ids that a condition looks at, each once, from left to right."""
    return () if condition is None else tuple(dict.fromkeys(test.id for test in leaves(condition)))


def negated_reads(condition: Condition) -> frozenset[str]:
    """Return the ids that stand inside a ``not``: a missing answer to them may make the condition hold."""
    return frozenset(_negated(condition, inside=False))


def _negated(condition: Condition, *, inside: bool) -> Iterator[str]:
    match condition:
        case Single():
            if inside:
                yield condition.leaf.id
        case Negated():
            yield from _negated(condition.part, inside=True)
        case AllOf() | AnyOf():
            for part in condition.parts:
                yield from _negated(part, inside=inside)


def certain(condition: Condition, known: Known) -> bool:
    """Return whether a condition holds whatever the answers are to all that is not in ``known``."""
    return _settled(condition, known, True)


def _settled(condition: Condition, known: Known, wanted: bool) -> bool:
    """Return whether a condition can only come out as ``wanted``."""
    match condition:
        case Single():
            return condition.leaf.id in known and _checker(condition.leaf)(known) is wanted
        case Negated():
            return _settled(condition.part, known, not wanted)
        case AllOf() | AnyOf():
            every = isinstance(condition, AllOf) is wanted
            return (all if every else any)(_settled(part, known, wanted) for part in condition.parts)
