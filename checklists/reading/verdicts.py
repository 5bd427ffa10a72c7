"""Verdict rules as they stand in a checklist file: of a case, and of a theme."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from checklists.model import MEANINGS, SEVERITIES, Item, Theme, Verdict
from checklists.reading.table import Table
from checklists.reading.trees import read_tree
from checklists.verdicts import (
    NOT_APPLICABLE,
    NOT_PASSED,
    PASSED,
    Count,
    PointsAtLeast,
    Rule,
    RuleTest,
    ThemeIs,
)

#: Outcomes that no rule decides, and what a theme with a pass mark is called.
BUILT_IN = ("incomplete", NOT_APPLICABLE, "contradictory", PASSED, NOT_PASSED)
_LEAVES = ("count", "points_at_least", "theme")
ALL = "all"


@dataclass(frozen=True, slots=True)
class Scope:
    """What a rule can name: the themes and their items; of a theme's own rules only that theme.

    ``outcomes``: what a rule can ask of each theme, None in a theme's own rules.
    """

    themes: Sequence[str]
    items: Mapping[str, Item]
    outcomes: Mapping[str, Sequence[str]] | None = None


def case_scope(themes: Sequence[Theme]) -> Scope:
    """Return what the rules of a case can name."""
    outcomes = {theme.id: _outcomes(theme) for theme in themes if theme.id}
    items = {item.id: item for theme in themes for item in theme.items if item.id}
    return Scope(tuple(outcomes), items, outcomes)


def theme_scope(theme: Theme) -> Scope:
    """Return what the rules of a theme can name."""
    return Scope((theme.id,), {item.id: item for item in theme.items if item.id})


def _outcomes(theme: Theme) -> tuple[str, ...]:
    by_mark = () if theme.pass_mark is None else (PASSED, NOT_PASSED)
    return (*(verdict.id for verdict in theme.verdicts), *by_mark, NOT_APPLICABLE)


def read_verdicts(tables: Sequence[Table], scope: Scope) -> tuple[Verdict, ...]:
    """Return the verdict rules in order; the last must take all the rest, and no other may."""
    verdicts = tuple(_verdict(table, scope) for table in tables)
    for table, verdict in zip(tables, verdicts, strict=True):
        last = table is tables[-1]
        if last and "when" in table.raw:
            table.problem("checklist-verdict-no-rest", "when")
        if not last and "when" not in table.raw:
            table.problem("checklist-verdict-unreachable", None, value=verdict.id)
    return verdicts


def identify_verdict(table: Table) -> str:
    """Return the id of a verdict or a stop."""
    verdict_id = table.identify()
    if verdict_id in BUILT_IN:
        table.problem("checklist-verdict-built-in", "id", value=verdict_id)
    return verdict_id


def _verdict(table: Table, scope: Scope) -> Verdict:
    verdict_id = identify_verdict(table)
    raw = table.table("when")
    verdict = Verdict(
        id=verdict_id,
        title=table.text("title", required=True),
        positive=table.flag("positive", default=False),
        when=None if raw is None else _rule(table.part(raw, "when"), scope),
    )
    table.close()
    return verdict


def _rule(table: Table, scope: Scope) -> Rule | None:
    def test(part: Table) -> RuleTest | None:
        return _test(part, scope)

    return read_tree(table, test)


def _test(table: Table, scope: Scope) -> RuleTest | None:
    table.known.update((*_LEAVES, "at_least", "at_most", "or_all", "verdict"))
    chosen = [name for name in _LEAVES if name in table.raw]
    if len(chosen) != 1:
        table.problem("checklist-verdict-form")
        return None
    if chosen == ["points_at_least"]:
        _only(table, "points_at_least")
        percent = table.amount("points_at_least", high=100)
        return None if percent is None else PointsAtLeast(percent)
    if chosen == ["theme"]:
        _only(table, "theme", "verdict")
        return _theme_is(table, scope)
    _only(table, "count", "at_least", "at_most", "or_all")
    return _count(table, scope)


def _only(table: Table, *keys: str) -> None:
    """Note the keys of another kind of rule."""
    if any(key in table.known and key not in keys for key in table.raw):
        table.problem("checklist-verdict-form")


def _theme_is(table: Table, scope: Scope) -> ThemeIs | None:
    named = table.string("theme")
    wanted = table.words("verdict", None)
    if scope.outcomes is None:
        table.problem("checklist-verdict-theme-inside")
        return None
    if "verdict" not in table.raw:
        table.problem("checklist-missing", "verdict")
    if table.raw.get("verdict") == []:
        table.problem("checklist-empty-list", "verdict")
    known = scope.outcomes.get(named)
    if named and known is None:
        near = table.near(named, scope.themes)
        code = "checklist-verdict-theme" if near is None else "checklist-verdict-theme-misspelt"
        table.problem(code, None, value=named, near=near, known=scope.themes)
    for word in wanted:
        if known is not None and word not in known:
            table.problem("checklist-verdict-outcome", "verdict", value=word, theme=named, known=known)
    return ThemeIs(named, wanted)


def _count(table: Table, scope: Scope) -> Count | None:
    every = table.raw.get("at_least") == ALL
    low = None if every else _least(table)
    high = table.whole("at_most", 0, 10_000)
    or_all = table.flag("or_all", default=False)
    if "at_least" not in table.raw and "at_most" not in table.raw:
        table.problem("checklist-verdict-form")
    if or_all and low is None:
        table.problem("checklist-verdict-or-all", "or_all")
    raw = table.table("count")
    if raw is None:
        return None
    selection = table.part(raw, "count")
    count = Count(
        meanings=selection.words("meaning", MEANINGS),
        severities=selection.words("severity", SEVERITIES),
        themes=selection.words("theme", scope.themes, "checklist-verdict-theme"),
        items=_items(selection, scope.items),
        at_least=low or 0,
        at_most=high,
        all_that_apply=every,
        or_all=or_all,
    )
    selection.close()
    return count


def _least(table: Table) -> int | None:
    if isinstance(word := table.raw.get("at_least"), str):
        table.problem("checklist-verdict-at-least", "at_least", value=word)
        return None
    return table.whole("at_least", 0, 10_000)


def _items(table: Table, items: Mapping[str, Item]) -> tuple[str, ...]:
    named = table.words("items", None)
    for name in named:
        item = items.get(name)
        if item is None:
            near = table.near(name, items)
            code = "checklist-verdict-item" if near is None else "checklist-verdict-item-misspelt"
            table.problem(code, None, value=name, near=near)
        elif not item.scored:
            table.problem("checklist-verdict-unscored", None, value=name)
    return named
