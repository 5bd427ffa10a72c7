"""Whether a question can come to be asked at all, given the answers that are offered."""

from collections.abc import Iterator, Mapping, Sequence
from typing import TypeAlias

from checklists.conditions import Answered, AtLeast, Condition, Is, IsNot, Test
from checklists.logic import AllOf, AnyOf, Negated, Single
from checklists.model import Checklist

#: By question, the answers with which a condition holds; None is no answer.
_Way: TypeAlias = Mapping[str, frozenset[str | None]]
#: More ways than this are not followed: the question is taken to be reachable.
_MOST_WAYS = 200
_ANYHOW: Sequence[_Way] = ({},)


def unreachable(checklist: Checklist) -> tuple[str, ...]:
    """Return the facts and items that no answers can bring up, facts first, in the checklist's order.

    Notes
    -----
    Of each condition all ways are tried in which it can hold, together with all that must hold for the
    questions that it needs an answer to. What is named here can never be asked. The other way round it is
    not certain: stops and contradictions are not looked at, nor that a question can be asked with this or that
    answer wherever it need not be answered; and of a condition that can hold in more than 200 ways, nothing
    is said.
    """
    ways: dict[str, Sequence[_Way]] = {}
    for name in checklist.evaluation_order:
        ways[name] = _ways_to(checklist, name, ways)
    names = (*(fact.id for fact in checklist.facts), *(item.id for item in checklist.items))
    return tuple(name for name in names if not ways[name])


def _ways_to(checklist: Checklist, name: str, ways: Mapping[str, Sequence[_Way]]) -> Sequence[_Way]:
    found = _ANYHOW
    for condition in checklist.conditions[name]:
        found = _both(found, _ways(condition, checklist, negated=False))
    closed: list[_Way] = []
    for way in found:
        whole: Sequence[_Way] = (way,)
        for asked in (one for one, answers in way.items() if None not in answers):
            whole = _both(whole, ways[asked])
        closed += whole
    return closed if len(closed) <= _MOST_WAYS else _ANYHOW


def _ways(condition: Condition, checklist: Checklist, *, negated: bool) -> Sequence[_Way]:
    """Return the ways in which a condition holds (or, negated, does not)."""
    match condition:
        case Single():
            answers = _answers(condition.leaf, checklist, negated=negated)
            return ({condition.leaf.id: answers},) if answers else ()
        case Negated():
            return _ways(condition.part, checklist, negated=not negated)
        case AllOf() | AnyOf():
            parts = [_ways(part, checklist, negated=negated) for part in condition.parts]
            if isinstance(condition, AllOf) is negated:
                return [way for part in parts for way in part]
            found = _ANYHOW
            for part in parts:
                found = _both(found, part)
            return found


def _both(first: Sequence[_Way], second: Sequence[_Way]) -> Sequence[_Way]:
    if len(first) * len(second) > _MOST_WAYS:
        return first if first and second else ()
    return list(_joined(first, second))


def _joined(first: Sequence[_Way], second: Sequence[_Way]) -> Iterator[_Way]:
    for one in first:
        for other in second:
            way = {**one}
            for name, answers in other.items():
                way[name] = way.get(name, answers) & answers
            if all(way.values()):
                yield way


def _answers(test: Test, checklist: Checklist, *, negated: bool) -> frozenset[str | None]:
    offered = frozenset(checklist.offered(test.id) or ())
    holding: frozenset[str | None]
    match test:
        case Is() | AtLeast():
            holding = offered & set(test.codes)
        case IsNot():
            holding = offered - set(test.codes)
        case Answered():
            holding = frozenset(offered)
    return (offered | {None}) - holding if negated else holding
