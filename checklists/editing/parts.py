"""Head, facts, contradictions, stops, verdicts and the centre's pass mark: added, changed, moved, taken out."""

from dataclasses import replace
from datetime import date
from fractions import Fraction
from typing import TypedDict, Unpack

from checklists.editing.dependents import dependents, naming_theme_verdict, refuse
from checklists.editing.rows import Taken, changed, moved, place_of, without
from checklists.model import CentrePass, Checklist, Contradiction, Fact, Stop, Text, Verdict


class Head(TypedDict, total=False):
    """What stands before all parts, but for id and version: those are the store's."""

    title: Text
    purpose: Text
    responsible: Text
    subject: str
    status_date: date
    not_applicable: str
    cannot_assess: str
    target: Fraction | None


def change_head(checklist: Checklist, **fields: Unpack[Head]) -> Checklist:
    """Change some fields of the head.

    Raises
    ------
    TypeError
        If a field is none of `Head`.
    """
    if unknown := fields.keys() - Head.__annotations__.keys():
        raise TypeError(f"not in the head of a checklist: {', '.join(sorted(unknown))}")
    return replace(checklist, **fields)


def add_fact(checklist: Checklist, fact: Fact) -> Checklist:
    """Add a fact after the others."""
    Taken.by(checklist.facts, checklist.items).refuse(fact.id)
    return replace(checklist, facts=(*checklist.facts, fact))


def change_fact(checklist: Checklist, fact: Fact) -> Checklist:
    """Change a fact where it stands."""
    return replace(checklist, facts=changed(checklist.facts, fact))


def move_fact(checklist: Checklist, fact_id: str, step: int) -> Checklist:
    """Move a fact by so many places; at the edge it stays."""
    return replace(checklist, facts=moved(checklist.facts, fact_id, step))


def remove_fact(checklist: Checklist, fact_id: str) -> Checklist:
    """Remove a fact.

    Raises
    ------
    EditRefused
        If a condition asks for it.
    """
    rest = without(checklist.facts, fact_id)
    refuse(fact_id, dependents(checklist, f"fact:{fact_id}"))
    return replace(checklist, facts=rest)


def add_contradiction(checklist: Checklist, contradiction: Contradiction) -> Checklist:
    """Add a contradiction after the others."""
    Taken.by(checklist.contradictions).refuse(contradiction.id)
    return replace(checklist, contradictions=(*checklist.contradictions, contradiction))


def change_contradiction(checklist: Checklist, contradiction: Contradiction) -> Checklist:
    """Change a contradiction where it stands."""
    return replace(checklist, contradictions=changed(checklist.contradictions, contradiction))


def move_contradiction(checklist: Checklist, contradiction_id: str, step: int) -> Checklist:
    """Move a contradiction by so many places; at the edge it stays."""
    return replace(checklist, contradictions=moved(checklist.contradictions, contradiction_id, step))


def remove_contradiction(checklist: Checklist, contradiction_id: str) -> Checklist:
    """Remove a contradiction."""
    return replace(checklist, contradictions=without(checklist.contradictions, contradiction_id))


def add_stop(checklist: Checklist, stop: Stop) -> Checklist:
    """Add a stop after the others."""
    Taken.by(checklist.stops, checklist.verdicts).refuse(stop.id)
    return replace(checklist, stops=(*checklist.stops, stop))


def change_stop(checklist: Checklist, stop: Stop) -> Checklist:
    """Change a stop where it stands."""
    return replace(checklist, stops=changed(checklist.stops, stop))


def move_stop(checklist: Checklist, stop_id: str, step: int) -> Checklist:
    """Move a stop by so many places; at the edge it stays."""
    return replace(checklist, stops=moved(checklist.stops, stop_id, step))


def remove_stop(checklist: Checklist, stop_id: str) -> Checklist:
    """Remove a stop."""
    return replace(checklist, stops=without(checklist.stops, stop_id))


def add_verdict(checklist: Checklist, verdict: Verdict, theme_id: str | None = None) -> Checklist:
    """Add a verdict of the case, or of a theme: last, but before the one that takes the rest."""
    verdicts = _verdicts(checklist, theme_id)
    Taken.by(verdicts, () if theme_id is not None else checklist.stops).refuse(verdict.id)
    before_rest = verdict.when is not None and bool(verdicts) and verdicts[-1].when is None
    place = len(verdicts) - before_rest
    return _with_verdicts(checklist, (*verdicts[:place], verdict, *verdicts[place:]), theme_id)


def change_verdict(checklist: Checklist, verdict: Verdict, theme_id: str | None = None) -> Checklist:
    """Change a verdict of the case, or of a theme, where it stands."""
    return _with_verdicts(checklist, changed(_verdicts(checklist, theme_id), verdict), theme_id)


def move_verdict(checklist: Checklist, verdict_id: str, step: int, theme_id: str | None = None) -> Checklist:
    """Move a verdict by so many places; the one that takes the rest stays last."""
    verdicts = _verdicts(checklist, theme_id)
    place = place_of(verdicts, verdict_id)
    rest = [verdict for verdict in verdicts[-1:] if verdict.when is None]
    ruled = verdicts[: len(verdicts) - len(rest)]
    if place < len(ruled):
        verdicts = (*moved(ruled, verdict_id, step), *rest)
    return _with_verdicts(checklist, verdicts, theme_id)


def remove_verdict(checklist: Checklist, verdict_id: str, theme_id: str | None = None) -> Checklist:
    """Remove a verdict of the case, or of a theme.

    Raises
    ------
    EditRefused
        If a rule of the case names this verdict of the theme.
    """
    rest = without(_verdicts(checklist, theme_id), verdict_id)
    if theme_id is not None:
        refuse(verdict_id, naming_theme_verdict(checklist, theme_id, verdict_id))
    return _with_verdicts(checklist, rest, theme_id)


def change_centre(checklist: Checklist, centre: CentrePass | None) -> Checklist:
    """Set the centre's pass mark, or take it away (None)."""
    return replace(checklist, centre=centre)


def _verdicts(checklist: Checklist, theme_id: str | None) -> tuple[Verdict, ...]:
    if theme_id is None:
        return checklist.verdicts
    return checklist.themes[place_of(checklist.themes, theme_id)].verdicts


def _with_verdicts(checklist: Checklist, verdicts: tuple[Verdict, ...], theme_id: str | None) -> Checklist:
    if theme_id is None:
        return replace(checklist, verdicts=verdicts)
    theme = checklist.themes[place_of(checklist.themes, theme_id)]
    return replace(checklist, themes=changed(checklist.themes, replace(theme, verdicts=verdicts)))
