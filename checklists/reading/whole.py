"""What can only be seen of a checklist as a whole: circles, what the core set rests on, averaged breaches."""

from collections.abc import Container, Iterator, Mapping, Sequence
from dataclasses import replace
from itertools import product

from checklists.conditions import Condition, certain, reads
from checklists.logic import Negated
from checklists.model import MEANINGS, Checklist, Item, ScaleAnswer
from checklists.plan import plan_of
from checklists.reading.conditions import loops
from checklists.reading.content import Tables
from checklists.reading.table import Table
from checklists.score import score


def note_loops(tables: Tables, checklist: Checklist) -> None:
    """Note facts and items that wait for each other."""
    graph = {
        name: {read for condition in conditions for read in reads(condition)}
        for name, conditions in checklist.conditions.items()
    }
    placed = {table.item: table for table in tables.facts}
    placed.update({table.item: table for _, items in tables.themes for table in items})
    for circle in loops(graph):
        if (table := placed.get(circle[0])) is not None:
            table.problem("checklist-condition-loop", "applies_when", circle=" → ".join(circle))


def note_core_depends(tables: Tables, checklist: Checklist) -> None:
    """Note what is asked in the core set and depends on an item that is not."""
    left_out = {item.id for item in checklist.items if not item.core}
    for table, fact in zip(tables.facts, checklist.facts, strict=True):
        _note_read(table, left_out, fact.applies_when)
    for (table, item_tables), theme in zip(tables.themes, checklist.themes, strict=True):
        if any(item.core for item in theme.items):
            _note_read(table, left_out, theme.applies_when)
        for item_table, item in zip(item_tables, theme.items, strict=True):
            if item.core:
                _note_read(item_table, left_out, item.applies_when)
            else:
                _note_core_followers(item_table, checklist, item)


def _note_read(table: Table, left_out: Container[str], condition: Condition | None) -> None:
    for name in reads(condition):
        if name in left_out:
            table.problem("checklist-core-depends", "applies_when", value=name)


def _note_core_followers(table: Table, checklist: Checklist, item: Item) -> None:
    named = dict.fromkeys(name for follow_up in item.follow_ups for name in follow_up.items)
    for name in named:
        if (follower := checklist.item(name)) is not None and follower.core:
            table.problem("checklist-core-follows", "follow_ups", value=name)


def note_averaged_away(top: Table, checklist: Checklist) -> None:
    """Note each verdict that a single critical breach could end in, and that is positive all the same."""
    found = {**dict.fromkeys(averaged_away(checklist)), **dict.fromkeys(averaged_away(checklist.core_set))}
    for item_id, verdict_id in found:
        line = top.source.lines.of_id(verdict_id)
        place = Table({}, top.source, line, verdict_id, inline=True)
        place.problem("checklist-averaged-away", None, value=item_id)


def averaged_away(checklist: Checklist) -> Iterator[tuple[str, str]]:
    """Yield critical items whose No ends in a positive verdict, and that verdict, of the case or of the theme.

    All else is answered at its best, and then alike wherever it can be: all partly, all no, and so on. All items
    are taken to apply. What ends the review by a stop, contradicts itself or hides the item ends in no verdict.
    """
    asked = _unconditional(checklist)
    plan = plan_of(asked)
    backgrounds = _backgrounds(asked)
    for theme in asked.themes:
        for item in theme.items:
            breaches = [code for code, row in plan.rows(item.id).items() if row.breach]
            for code, others in product(breaches, backgrounds):
                answers = {**others, item.id: code}
                if _impossible(checklist, item, answers):
                    continue
                case = score(asked, answers)
                verdict, own = asked.verdict(case.verdict), theme.verdict(case.themes[theme.id].verdict or "")
                yield from ((item.id, one.id) for one in (verdict, own) if one is not None and one.positive)


def _backgrounds(checklist: Checklist) -> Sequence[Mapping[str, str]]:
    """Return the answers among which one breach is looked for: the best ones, and those that mean the same."""
    best = {item.id: max(item.answers, key=_goodness).code for item in checklist.items}
    alike = (
        {item.id: one.code for item in checklist.items for one in item.answers if one.meaning == meaning}
        for meaning in MEANINGS
    )
    found = [best]
    for answers in alike:
        if (background := {**best, **answers}) not in found:
            found.append(background)
    return found


def _goodness(answer: ScaleAnswer) -> tuple[bool, bool, object]:
    return answer.meaning == "positive", answer.points is not None, answer.points or 0


def _impossible(checklist: Checklist, item: Item, answers: Mapping[str, str]) -> bool:
    """Return whether the answers can never come to a verdict in which the item counts."""
    ending = (
        *(stop.stop_when for stop in checklist.stops),
        *(one.refuse_when for one in checklist.contradictions),
        *(Negated(condition) for condition in checklist.conditions[item.id]),
    )
    return any(certain(condition, answers) for condition in ending)


def _unconditional(checklist: Checklist) -> Checklist:
    """Return a checklist in which all items apply and nothing stops."""
    themes = tuple(
        replace(
            theme,
            applies_when=None,
            items=tuple(replace(item, applies_when=None, follow_ups=()) for item in theme.items),
        )
        for theme in checklist.themes
    )
    return replace(checklist, themes=themes, facts=(), stops=(), contradictions=())
