"""Themes and their items: added, changed, moved, taken out."""

from collections.abc import Sequence
from dataclasses import replace

from checklists.editing.dependents import dependents, naming, refuse
from checklists.editing.refusals import PartUnknown
from checklists.editing.rows import Taken, changed, moved, place_of, without
from checklists.model import Checklist, Item, Theme


def add_theme(checklist: Checklist, theme: Theme) -> Checklist:
    """Add a theme after the others."""
    Taken.by(checklist.themes).refuse(theme.id)
    return replace(checklist, themes=(*checklist.themes, theme))


def change_theme(checklist: Checklist, theme: Theme) -> Checklist:
    """Change a theme, which keeps the items that it has in the checklist."""
    items = _theme(checklist, theme.id).items
    return replace(checklist, themes=changed(checklist.themes, replace(theme, items=items)))


def move_theme(checklist: Checklist, theme_id: str, step: int) -> Checklist:
    """Move a theme with its items by so many places; at the edge it stays."""
    return replace(checklist, themes=moved(checklist.themes, theme_id, step))


def remove_theme(checklist: Checklist, theme_id: str) -> Checklist:
    """Remove a theme with its items.

    Raises
    ------
    EditRefused
        If anything outside the theme rests on it or on one of its items.
    """
    _theme(checklist, theme_id)
    refuse(theme_id, dependents(checklist, f"theme:{theme_id}"))
    return replace(checklist, themes=without(checklist.themes, theme_id))


def add_item(checklist: Checklist, theme_id: str, item: Item) -> Checklist:
    """Add an item at the end of a theme."""
    Taken.by(checklist.facts, checklist.items).refuse(item.id)
    theme = _theme(checklist, theme_id)
    return _with_items(checklist, theme, (*theme.items, item))


def change_item(checklist: Checklist, item: Item) -> Checklist:
    """Change an item where it stands."""
    theme = _theme_of(checklist, item.id)
    return _with_items(checklist, theme, changed(theme.items, item))


def move_item(checklist: Checklist, item_id: str, step: int) -> Checklist:
    """Move an item by so many places, at the edge of its theme into the theme beside it."""
    for _ in range(abs(step)):
        checklist = _moved_by_one(checklist, item_id, 1 if step > 0 else -1)
    return checklist


def move_item_to(checklist: Checklist, item_id: str, theme_id: str) -> Checklist:
    """Move an item to the end of another theme; in its own it stays where it is."""
    home, goal = _theme_of(checklist, item_id), _theme(checklist, theme_id)
    if home.id == goal.id:
        return checklist
    item = home.items[place_of(home.items, item_id)]
    return _handed_over(checklist, item, home, (*goal.items, item), goal)


def remove_item(checklist: Checklist, item_id: str) -> Checklist:
    """Remove an item.

    Raises
    ------
    EditRefused
        If anything rests on it: a condition, a rule, the item that it follows, those that follow it.
    """
    theme = _theme_of(checklist, item_id)
    refuse(item_id, dependents(checklist, f"item:{item_id}"))
    return _with_items(checklist, theme, without(theme.items, item_id))


def rename_item(checklist: Checklist, old: str, new: str) -> Checklist:
    """Give an item another id.

    Raises
    ------
    EditRefused
        If the new id is taken, or anything names the old one.
    """
    theme = _theme_of(checklist, old)
    if old == new:
        return checklist
    Taken.by(checklist.facts, checklist.items).refuse(new)
    refuse(old, naming(checklist, old))
    place = place_of(theme.items, old)
    renamed = replace(theme.items[place], id=new)
    return _with_items(checklist, theme, (*theme.items[:place], renamed, *theme.items[place + 1 :]))


def _moved_by_one(checklist: Checklist, item_id: str, step: int) -> Checklist:
    home = _theme_of(checklist, item_id)
    place = place_of(home.items, item_id)
    if 0 <= place + step < len(home.items):
        return _with_items(checklist, home, moved(home.items, item_id, step))
    beside = place_of(checklist.themes, home.id) + step
    if not 0 <= beside < len(checklist.themes):
        return checklist
    goal, item = checklist.themes[beside], home.items[place]
    items = (item, *goal.items) if step > 0 else (*goal.items, item)
    return _handed_over(checklist, item, home, items, goal)


def _handed_over(
    checklist: Checklist, item: Item, home: Theme, items: Sequence[Item], goal: Theme
) -> Checklist:
    return _with_items(_with_items(checklist, home, without(home.items, item.id)), goal, items)


def _with_items(checklist: Checklist, theme: Theme, items: Sequence[Item]) -> Checklist:
    return replace(checklist, themes=changed(checklist.themes, replace(theme, items=tuple(items))))


def _theme(checklist: Checklist, theme_id: str) -> Theme:
    return checklist.themes[place_of(checklist.themes, theme_id)]


def _theme_of(checklist: Checklist, item_id: str) -> Theme:
    for theme in checklist.themes:
        if any(item.id == item_id for item in theme.items):
            return theme
    raise PartUnknown(item_id)
