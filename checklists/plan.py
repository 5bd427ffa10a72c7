"""What the score of every case with one checklist has in common, worked out once.

Points are whole numbers over one denominator: adding a hundred fractions a case would take longer than all else.
"""

from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from functools import lru_cache
from math import lcm

from checklists.conditions import Known, checker, reads
from checklists.model import Checklist, Item, ScaleAnswer, Stop, Theme, Verdict
from checklists.verdicts import Counted, Standing, compiled_rule

#: The word for an answer by what it means.
RESULTS = {
    "positive": "yes",
    "partial": "partly",
    "negative": "no",
    "not_applicable": "not_applicable",
    "cannot_assess": "cannot_assess",
    "none": "none",
}


@dataclass(frozen=True, slots=True, eq=False)
class Row:
    """One item with one of its answers.

    Attributes
    ----------
    number
        Among all rows of the checklist, as the verdict rules know it.
    points, possible
        Over the plan's denominator.
    breach
        Whether it is a critical breach.
    """

    number: int
    item_id: str
    meanings: frozenset[str]
    result: str
    scored: bool
    breach: bool
    points: int
    possible: int


@dataclass(frozen=True, slots=True)
class Judge:
    """Ordered verdict rules, the first that matches wins; "" where there are none."""

    rules: tuple[tuple[str, Callable[[Standing], bool]], ...]

    def verdict(self, standing: Standing) -> str:
        """Return the id of the first verdict whose rule matches."""
        for verdict_id, matches in self.rules:
            if matches(standing):
                return verdict_id
        return ""


@dataclass(frozen=True, slots=True)
class ThemePlan:
    """One theme: its items' rows by item id and code, and its own rules where it has any.

    ``waits_for``: all facts and items on which it depends which of its items apply.
    """

    id: str
    rows: Mapping[str, Mapping[str, Row]]
    pass_mark: Fraction | None
    judge: Judge | None
    waits_for: frozenset[str]


@dataclass(frozen=True, slots=True)
class StopPlan:
    """One stop.

    ``asked``: the facts and items that it looks at. ``rests_on``: those, and all that decides whether they apply.
    """

    id: str
    holds: Callable[[Known], bool]
    asked: frozenset[str]
    rests_on: frozenset[str]


class Plan:
    """A checklist made ready to score many cases."""

    def __init__(self, checklist: Checklist) -> None:
        self.checklist = checklist
        self.facts = tuple(fact.id for fact in checklist.facts)
        self.items = tuple(item.id for item in checklist.items)
        self.questions = (*self.facts, *self.items)
        self.offered = {name: frozenset(checklist.offered(name) or ()) for name in self.questions}
        self._order = [
            (name, tuple(checker(condition) for condition in checklist.conditions[name]))
            for name in checklist.evaluation_order
        ]
        self.contradictions = [(one.id, checker(one.refuse_when)) for one in checklist.contradictions]
        waits_for = _waiting(checklist)
        self.stops = [_stop_plan(stop, waits_for) for stop in checklist.stops]
        self.decisive = frozenset(_decisive(checklist))
        rows, counted, self._denominator = _rows(checklist)
        self.judge = _judge(checklist.verdicts, counted)
        self.themes = [
            ThemePlan(
                id=theme.id,
                rows={item.id: rows[item.id] for item in theme.items},
                pass_mark=theme.pass_mark,
                judge=_judge(theme.verdicts, counted) if theme.verdicts else None,
                waits_for=frozenset().union(*(waits_for[item.id] for item in theme.items)),
            )
            for theme in checklist.themes
        ]
        self.amount = lru_cache(maxsize=10_000)(self._amount)
        self.percent = lru_cache(maxsize=10_000)(self._percent)

    def visible(self, given: Known) -> tuple[Collection[str], dict[str, str]]:
        """Return the facts and items that apply, and the answers to them; what is hidden is missing to all."""
        visible: set[str] = set()
        known: dict[str, str] = {}
        for name, conditions in self._order:
            for holds in conditions:
                if not holds(known):
                    break
            else:
                visible.add(name)
                if name in given:
                    known[name] = given[name]
        return visible, known

    def stopped(self, known: Known) -> StopPlan | None:
        """Return the first stop that holds, or None."""
        for stop in self.stops:
            if stop.holds(known):
                return stop
        return None

    def contradicted(self, known: Known) -> tuple[str, ...]:
        """Return the ids of the contradictions that hold."""
        return tuple(name for name, holds in self.contradictions if holds(known))

    def rows(self, item_id: str) -> Mapping[str, Row]:
        """Return an item with each of its offered answers, by code."""
        return next(theme.rows[item_id] for theme in self.themes if item_id in theme.rows)

    def _amount(self, points: int) -> Fraction:
        return Fraction(points, self._denominator)

    def _percent(self, points: int, possible: int) -> Fraction | None:
        return Fraction(100 * points, possible) if possible else None


def plan_of(checklist: Checklist) -> Plan:
    """Return the checklist's plan; it is made once, and is no part of what makes two checklists equal."""
    # A mapping by checklist would have to hash the whole of it for every case.
    kept = vars(checklist).get("_plan")
    if not isinstance(kept, Plan):
        kept = vars(checklist)["_plan"] = Plan(checklist)
    return kept


def _rows(checklist: Checklist) -> tuple[Mapping[str, Mapping[str, Row]], Sequence[Counted], int]:
    """Return each item with each of its answers, the same as the rules see them, and the denominator of points."""
    answered = [
        (theme, item, answer) for theme in checklist.themes for item in theme.items for answer in item.answers
    ]
    earned = [_earned(checklist, item, answer) for _, item, answer in answered]
    counted = [_counted(checklist, theme, item, answer) for theme, item, answer in answered]
    denominator = lcm(*(part.denominator for parts in earned for part in parts))
    rows: dict[str, dict[str, Row]] = {item.id: {} for item in checklist.items}
    for number, (_, item, answer) in enumerate(answered):
        points, possible = (int(part * denominator) for part in earned[number])
        meanings = counted[number].meanings
        rows[item.id][answer.code] = Row(
            number=number,
            item_id=item.id,
            meanings=meanings,
            result=RESULTS[answer.meaning],
            scored=item.scored,
            breach=item.scored and item.severity == "critical" and "negative" in meanings,
            points=points,
            possible=possible,
        )
    return rows, counted, denominator


def _stop_plan(stop: Stop, waits_for: Mapping[str, frozenset[str]]) -> StopPlan:
    asked = frozenset(reads(stop.stop_when))
    return StopPlan(
        id=stop.id,
        holds=checker(stop.stop_when),
        asked=asked,
        rests_on=asked.union(*(waits_for[name] for name in asked)),
    )


def _judge(verdicts: Sequence[Verdict], counted: Sequence[Counted]) -> Judge:
    return Judge(tuple((verdict.id, compiled_rule(verdict.when, counted)) for verdict in verdicts))


def _counted(checklist: Checklist, theme: Theme, item: Item, answer: ScaleAnswer) -> Counted:
    meanings = {answer.meaning}
    if answer.meaning == "cannot_assess" and _unknown_is_negative(checklist, item):
        meanings.add("negative")
    return Counted(item.id, theme.id, item.severity, frozenset(meanings))


def _unknown_is_negative(checklist: Checklist, item: Item) -> bool:
    return (item.cannot_assess or checklist.cannot_assess) == "negative"


def _earned(checklist: Checklist, item: Item, answer: ScaleAnswer) -> tuple[Fraction, Fraction]:
    """Return what an answer earns, and of how much; nothing of nothing where the item leaves the score."""
    share = _share(checklist, item, answer)
    return (Fraction(0), Fraction(0)) if share is None else (share, item.possible)


def _share(checklist: Checklist, item: Item, answer: ScaleAnswer) -> Fraction | None:
    if answer.meaning == "not_applicable":
        shares = {"full": Fraction(1), "target": (checklist.target or Fraction(0)) / 100}
        share = shares.get(checklist.not_applicable)
        return None if share is None else share * item.possible
    if answer.meaning == "cannot_assess":
        return Fraction(0) if _unknown_is_negative(checklist, item) else None
    return None if answer.points is None else answer.points * item.weight


def _waiting(checklist: Checklist) -> Mapping[str, frozenset[str]]:
    """Return by fact and item id all that decides whether it applies, also by way of others."""
    found: dict[str, frozenset[str]] = {}
    for name in checklist.evaluation_order:
        direct = frozenset(_read(checklist, name))
        found[name] = direct.union(*(found[one] for one in direct))
    return found


def _decisive(checklist: Checklist) -> Iterator[str]:
    for name in checklist.evaluation_order:
        yield from _read(checklist, name)
    for stop in checklist.stops:
        yield from reads(stop.stop_when)
    for contradiction in checklist.contradictions:
        yield from reads(contradiction.refuse_when)


def _read(checklist: Checklist, name: str) -> Iterator[str]:
    for condition in checklist.conditions[name]:
        yield from reads(condition)
