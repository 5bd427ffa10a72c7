"""A checklist's own scales: what is changed in one reaches the items that use it."""

from dataclasses import replace
from fractions import Fraction

from checklists.editing.dependents import dependents, refuse
from checklists.editing.rows import Taken, changed, moved, place_of, without
from checklists.model import Checklist, Item, Scale, ScaleAnswer
from checklists.scales import SHIPPED, usual_notes
from checklists.write import own_points


def add_scale(checklist: Checklist, scale: Scale) -> Checklist:
    """Add a scale after the others."""
    Taken.by(SHIPPED.values(), checklist.scales).refuse(scale.id)
    return replace(checklist, scales=(*checklist.scales, scale))


def change_scale(checklist: Checklist, scale: Scale) -> Checklist:
    """Change a scale, also in the items that use it.

    An item that offered every answer offers every answer of the changed scale; another, those that it did.
    What an item says of an answer that is gone stays, so that reading names it.
    """
    before = checklist.scales[place_of(checklist.scales, scale.id)]
    themes = tuple(
        replace(theme, items=tuple(_on(item, before, scale) for item in theme.items))
        for theme in checklist.themes
    )
    return replace(checklist, scales=changed(checklist.scales, scale), themes=themes)


def move_scale(checklist: Checklist, scale_id: str, step: int) -> Checklist:
    """Move a scale by so many places; at the edge it stays."""
    return replace(checklist, scales=moved(checklist.scales, scale_id, step))


def remove_scale(checklist: Checklist, scale_id: str) -> Checklist:
    """Remove a scale.

    Raises
    ------
    EditRefused
        If an item uses it.
    """
    rest = without(checklist.scales, scale_id)
    refuse(scale_id, dependents(checklist, f"scale:{scale_id}"))
    return replace(checklist, scales=rest)


def _on(item: Item, before: Scale, after: Scale) -> Item:
    if item.scale.id != after.id:
        return item
    points = own_points(item)
    answers = tuple(
        _with_points(answer, points)
        for answer in after.answers
        if item.offered == before.codes or answer.code in item.offered
    )
    notes = item.note_required_at
    if notes == usual_notes(item.answers, item.severity):
        notes = usual_notes(answers, item.severity)
    return replace(item, scale=after, answers=answers, note_required_at=notes)


def _with_points(answer: ScaleAnswer, points: dict[str, Fraction]) -> ScaleAnswer:
    own = points.get(answer.code)
    scored = answer.meaning not in {"not_applicable", "cannot_assess"}
    return answer if own is None or not scored else replace(answer, points=own)
