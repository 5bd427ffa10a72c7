"""Whether what is counted in one version of a checklist may be held against what is counted in another."""

from checklists.model import Checklist, Fact, Item, PartChange


def comparable(old: Checklist, new: Checklist, part_id: str) -> bool:
    """Return whether an item or a fact means the same in two versions.

    It does where it is in both, and no version after the earlier one, up to the later one, gave it a new
    meaning. Which of the two is handed in first does not matter. Where two texts have one number, nobody said
    what differs between them: it must be asked alike.
    """
    earlier, later = sorted((old, new), key=lambda checklist: checklist.version)
    before, part = _question(earlier, part_id), _question(later, part_id)
    if before is None or part is None:
        return False
    if earlier.version == later.version:
        return _asked(before) == _asked(part)
    return all(change.kind != "meaning" for change in changes_between(old, new, part_id))


def changes_between(old: Checklist, new: Checklist, part_id: str) -> tuple[PartChange, ...]:
    """Return what was said of an item or a fact after the earlier of two versions, up to the later, oldest first."""
    earlier, later = sorted((old, new), key=lambda checklist: checklist.version)
    part = _question(later, part_id)
    said = () if part is None else part.changes
    return tuple(change for change in said if earlier.version < change.version <= later.version)


def _asked(part: Item | Fact) -> tuple[object, ...]:
    answers = part.answers if isinstance(part, Item) else part.values
    return type(part), part.question, answers, part.applies_when


def _question(checklist: Checklist, part_id: str) -> Item | Fact | None:
    return checklist.item(part_id) or checklist.fact(part_id)
