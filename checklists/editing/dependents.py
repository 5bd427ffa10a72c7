"""What in a checklist rests on one of its parts, so that the part cannot go without a word."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Literal, TypeAlias

from checklists.conditions import Condition, reads
from checklists.editing.refusals import EditRefused, PartUnknown
from checklists.logic import leaves
from checklists.model import Checklist, Item, Theme
from checklists.problems import ChecklistProblem
from checklists.verdicts import Count, Rule, ThemeIs

DependentKind = Literal["fact", "theme", "item", "contradiction", "stop", "verdict"]


@dataclass(frozen=True, slots=True)
class Dependent:
    """A part that rests on another: a theme also through its own verdicts, ``verdict`` is one of the case."""

    kind: DependentKind
    id: str


def dependents(checklist: Checklist, part_id: str) -> tuple[Dependent, ...]:
    """Return what would lose its footing if a part were removed, in the order of the file.

    Parameters
    ----------
    checklist
        The checklist with the part.
    part_id
        The id of a fact, an item, a theme or a scale; ``theme:ID`` or ``scale:ID`` where a fact or an item
        (or a theme) has the same. A theme goes with its items.

    Raises
    ------
    PartUnknown
        If there is no such part.
    """
    kind, _, named = part_id.rpartition(":")
    if kind in {"", "fact", "item"} and checklist.offered(named) is not None:
        return _of_question(checklist, named)
    if kind in {"", "theme"} and (theme := checklist.theme(named)) is not None:
        return _of_theme(checklist, theme)
    if kind in {"", "scale"} and any(scale.id == named for scale in checklist.scales):
        return tuple(Dependent("item", item.id) for item in checklist.items if item.scale.id == named)
    raise PartUnknown(part_id)


def naming(checklist: Checklist, question_id: str) -> tuple[Dependent, ...]:
    """Return what names a fact or an item: its conditions and rules, and items that it follows."""
    return tuple(_leaning(checklist, {question_id}, set()))


def naming_theme_verdict(checklist: Checklist, theme_id: str, verdict_id: str) -> tuple[Dependent, ...]:
    """Return the case's verdicts whose rules name a verdict of a theme."""

    def named(rule: Rule | None) -> bool:
        return any(
            isinstance(test, ThemeIs) and test.theme == theme_id and verdict_id in test.verdicts
            for test in ([] if rule is None else leaves(rule))
        )

    return tuple(Dependent("verdict", one.id) for one in checklist.verdicts if named(one.when))


def refuse(part_id: str, found: Iterable[Dependent]) -> None:
    """Raise `EditRefused` with a problem for each dependent, if there is any."""
    problems = [
        ChecklistProblem(f"edit-used-by-{one.kind}", {"value": part_id, "by": one.id}, item=one.id)
        for one in found
    ]
    if problems:
        raise EditRefused(problems)


def _of_question(checklist: Checklist, question_id: str) -> tuple[Dependent, ...]:
    item = checklist.item(question_id)
    after = [] if item is None else [Dependent("item", one) for one in _followers(item)]
    return tuple(dict.fromkeys([*naming(checklist, question_id), *after]))


def _of_theme(checklist: Checklist, theme: Theme) -> tuple[Dependent, ...]:
    questions = {item.id for item in theme.items}
    own = {Dependent("theme", theme.id), *(Dependent("item", question) for question in questions)}
    after = [Dependent("item", one) for item in theme.items for one in _followers(item)]
    found = dict.fromkeys([*_leaning(checklist, questions, {theme.id}), *after])
    return tuple(one for one in found if one not in own)


def _followers(item: Item) -> Iterator[str]:
    for follow_up in item.follow_ups:
        yield from follow_up.items


def _leaning(checklist: Checklist, questions: set[str], themes: set[str]) -> Iterator[Dependent]:
    """Yield whatever names one of the questions or themes."""
    for part, condition, followers, rules in _parts(checklist):
        counted = (test for rule in rules if rule is not None for test in leaves(rule))
        if not questions.isdisjoint((*reads(condition), *followers)) or any(
            _names(test, questions, themes) for test in counted
        ):
            yield part


_Links: TypeAlias = tuple[Dependent, Condition | None, Iterable[str], Iterable[Rule | None]]


def _parts(checklist: Checklist) -> Iterator[_Links]:
    """Yield each part with its condition, the items that follow it, and its rules."""
    for fact in checklist.facts:
        yield Dependent("fact", fact.id), fact.applies_when, (), ()
    for theme in checklist.themes:
        rules = [verdict.when for verdict in theme.verdicts]
        yield Dependent("theme", theme.id), theme.applies_when, (), rules
        for item in theme.items:
            yield Dependent("item", item.id), item.applies_when, _followers(item), ()
    for contradiction in checklist.contradictions:
        yield Dependent("contradiction", contradiction.id), contradiction.refuse_when, (), ()
    for stop in checklist.stops:
        yield Dependent("stop", stop.id), stop.stop_when, (), ()
    for verdict in checklist.verdicts:
        yield Dependent("verdict", verdict.id), None, (), (verdict.when,)


def _names(test: object, questions: set[str], themes: set[str]) -> bool:
    if isinstance(test, ThemeIs):
        return test.theme in themes
    return isinstance(test, Count) and not (
        questions.isdisjoint(test.items) and themes.isdisjoint(test.themes)
    )
