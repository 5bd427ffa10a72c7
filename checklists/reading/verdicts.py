"""Verdict rules as they stand in a checklist file."""

from collections.abc import Mapping, Sequence
from fractions import Fraction

from checklists.model import MEANINGS, SEVERITIES, Item, Theme, Verdict
from checklists.reading.table import Table, closest
from checklists.reading.trees import read_tree
from checklists.verdicts import Count, Counted, PointsAtLeast, Rule, rule_holds

#: Outcomes that come before every rule, by themselves.
BUILT_IN = ("incomplete", "not_applicable")


def read_verdicts(tables: Sequence[Table], themes: Sequence[Theme]) -> tuple[Verdict, ...]:
    """Return the verdict rules in order; the last must take all the rest, and no other may."""
    verdicts = tuple(_verdict(table, themes) for table in tables)
    for table, verdict in zip(tables, verdicts, strict=True):
        last = table is tables[-1]
        if last and "when" in table.raw:
            table.problem("checklist-verdict-no-rest", "when")
        if not last and "when" not in table.raw:
            table.problem("checklist-verdict-unreachable", None, value=verdict.id)
    return verdicts


def _verdict(table: Table, themes: Sequence[Theme]) -> Verdict:
    verdict_id = table.identify()
    if verdict_id in BUILT_IN:
        table.problem("checklist-verdict-built-in", "id", value=verdict_id)
    raw = table.table("when")
    verdict = Verdict(
        id=verdict_id,
        title=table.text("title", required=True),
        positive=table.flag("positive", default=False),
        when=None if raw is None else _rule(table.part(raw, "when"), themes),
    )
    table.close()
    return verdict


def _rule(table: Table, themes: Sequence[Theme]) -> Rule | None:
    items = {item.id: item for theme in themes for item in theme.items if item.id}
    theme_ids = [theme.id for theme in themes if theme.id]

    def test(part: Table) -> Count | PointsAtLeast | None:
        return _test(part, theme_ids, items)

    return read_tree(table, test)


def _test(table: Table, themes: Sequence[str], items: Mapping[str, Item]) -> Count | PointsAtLeast | None:
    table.known.update(("count", "at_least", "at_most", "points_at_least"))
    if ("count" in table.raw) == ("points_at_least" in table.raw):
        table.problem("checklist-verdict-form")
        return None
    if "points_at_least" in table.raw:
        percent = table.amount("points_at_least", high=100)
        return None if percent is None else PointsAtLeast(percent)
    return _count(table, themes, items)


def _count(table: Table, themes: Sequence[str], items: Mapping[str, Item]) -> Count | None:
    low = table.whole("at_least", 0, 10_000)
    high = table.whole("at_most", 0, 10_000)
    if "at_least" not in table.raw and "at_most" not in table.raw:
        table.problem("checklist-verdict-form")
    raw = table.table("count")
    if raw is None:
        return None
    selection = table.part(raw, "count")
    count = Count(
        meanings=selection.words("meaning", MEANINGS),
        severities=selection.words("severity", SEVERITIES),
        themes=selection.words("theme", themes, "checklist-verdict-theme"),
        items=_items(selection, items),
        at_least=low or 0,
        at_most=high,
    )
    selection.close()
    return count


def _items(table: Table, items: Mapping[str, Item]) -> tuple[str, ...]:
    named = table.words("items", None)
    for name in named:
        item = items.get(name)
        if item is None:
            near = closest(name, items)
            code = "checklist-verdict-item" if near is None else "checklist-verdict-item-misspelt"
            table.problem(code, None, value=name, near=near)
        elif not item.scored:
            table.problem("checklist-verdict-unscored", None, value=name)
    return named


def averaged_away(verdicts: Sequence[Verdict], themes: Sequence[Theme]) -> list[tuple[Item, Verdict]]:
    """Return critical items whose No, with all else Yes, ends in a positive verdict, and that verdict.

    A critical breach is never averaged away: such rules are refused.
    """
    scored = [(theme, item) for theme in themes for item in theme.items if item.scored]
    possible = sum((item.possible for _, item in scored), Fraction(0))
    found = []
    for _, breached in scored:
        negative = [one.points or Fraction(0) for one in breached.answers if one.meaning == "negative"]
        if breached.severity != "critical" or not negative:
            continue
        counted = [
            Counted(
                item.id, theme.id, item.severity, frozenset({"negative" if item is breached else "positive"})
            )
            for theme, item in scored
        ]
        earned = possible - breached.possible + breached.weight * max(negative)
        percent = 100 * earned / possible if possible else None
        verdict = next((one for one in verdicts if rule_holds(one.when, counted, percent)), None)
        if verdict is not None and verdict.positive:
            found.append((breached, verdict))
    return found
