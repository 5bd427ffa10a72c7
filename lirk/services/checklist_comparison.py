"""Two checklists held against each other, change by change."""

from dataclasses import dataclass

from checklists.changes import Change, changes
from checklists.comparing import changes_between, comparable
from checklists.editing import needs_mark
from checklists.model import Checklist, PartChange


@dataclass(frozen=True, slots=True)
class ComparedChange:
    """One change, and what it means for counting over time.

    Attributes
    ----------
    marks
        What was said of the item or the fact in the versions after the earlier one, up to the later one.
    unmarked
        Whether something ought to have been said, and was not.
    comparable
        Whether figures from before and after may be held against each other; None where nothing is counted,
        and where nobody has said.
    """

    change: Change
    marks: tuple[PartChange, ...] = ()
    unmarked: bool = False
    comparable: bool | None = None


def compare(old: Checklist, new: Checklist) -> tuple[ComparedChange, ...]:
    """Return all that differs, in the order of `checklists.changes.changes`."""
    needed = frozenset(needs_mark(old, new))
    return tuple(_compared(change, old, new, change.id in needed) for change in changes(old, new))


def _compared(change: Change, old: Checklist, new: Checklist, needed: bool) -> ComparedChange:
    if change.part not in {"item", "fact"}:
        return ComparedChange(change)
    marks = changes_between(old, new, change.id)
    if needed and not marks:
        return ComparedChange(change, unmarked=True)
    return ComparedChange(change, marks, comparable=comparable(old, new, change.id))
