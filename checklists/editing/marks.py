"""Which changes need the archivist's word: only the wording, or a new meaning that breaks the time series."""

from dataclasses import replace

from checklists.changes import FIELDS
from checklists.editing.refusals import PartUnknown
from checklists.editing.rows import changed
from checklists.editing.themes import change_item
from checklists.model import KINDS_OF_CHANGE, Checklist, Fact, Item, PartChange


class KindUnknown(ValueError):
    """A change is of the wording or of the meaning, and nothing else."""


def mark(checklist: Checklist, part_id: str, kind: str, reason: str = "") -> Checklist:
    """Say how an item or a fact was changed in this version; an earlier word on the same version goes.

    Raises
    ------
    PartUnknown
        If there is neither an item nor a fact with this id.
    KindUnknown
        If the kind is none of `checklists.model.KINDS_OF_CHANGE`.
    """
    if kind not in KINDS_OF_CHANGE:
        raise KindUnknown(kind)
    return _marked(checklist, part_id, PartChange(version=checklist.version, kind=kind, reason=reason))


def unmark(checklist: Checklist, part_id: str) -> Checklist:
    """Take back what was said of an item or a fact in this version."""
    return _marked(checklist, part_id, None)


def needs_mark(old: Checklist, new: Checklist) -> tuple[str, ...]:
    """Return the items and facts in both versions that were changed in more than their references.

    Where one of them stands is no part of it, but what it is asked of is: also where the condition of its theme,
    or the item that it follows, was changed.
    """
    return (
        *(item.id for item in new.items if _item_differs(old, new, item)),
        *(fact.id for fact in new.facts if _differs("fact", old.fact(fact.id), fact)),
    )


def unmarked(old: Checklist, new: Checklist) -> tuple[str, ...]:
    """Return those that need a mark and have none for the new version."""
    return tuple(
        part_id
        for part_id in needs_mark(old, new)
        if all(change.version != new.version for change in _question(new, part_id).changes)
    )


def lost_marks(old: Checklist, new: Checklist) -> tuple[str, ...]:
    """Return the items and facts in both versions that do not keep what was said of the earlier versions.

    Where a change of meaning is forgotten, what was counted before it would be compared with what is counted
    after it.
    """
    kept: tuple[Item | Fact, ...] = (*new.items, *new.facts)
    return tuple(
        part.id
        for part in kept
        if (before := old.item(part.id) or old.fact(part.id)) is not None
        and tuple(one for one in part.changes if one.version <= old.version) != before.changes
    )


def _differs(part: str, before: Item | Fact | None, after: Item | Fact) -> bool:
    fields = [name for name in FIELDS["item" if part == "item" else "fact"] if name != "references"]
    return before is not None and any(getattr(before, name) != getattr(after, name) for name in fields)


def _item_differs(old: Checklist, new: Checklist, item: Item) -> bool:
    before = old.item(item.id)
    return before is not None and (
        _differs("item", before, item) or old.conditions[item.id] != new.conditions[item.id]
    )


def _marked(checklist: Checklist, part_id: str, change: PartChange | None) -> Checklist:
    part = _question(checklist, part_id)
    others = [one for one in part.changes if one.version != checklist.version]
    made = [] if change is None else [change]
    changes = tuple(sorted([*others, *made], key=lambda one: one.version))
    if isinstance(part, Item):
        return change_item(checklist, replace(part, changes=changes))
    return replace(checklist, facts=changed(checklist.facts, replace(part, changes=changes)))


def _question(checklist: Checklist, part_id: str) -> Item | Fact:
    found = checklist.item(part_id) or checklist.fact(part_id)
    if found is None:
        raise PartUnknown(part_id)
    return found
