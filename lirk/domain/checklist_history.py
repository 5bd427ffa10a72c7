"""The life of a checklist, version by version, as the trail and the checks of the law tell it."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime
from enum import StrEnum

from lirk.domain.trail import TrailEntry


class EventKind(StrEnum):
    """What can happen to a version; the words are those of the trail."""

    MADE = "checklist-made"
    COPIED = "checklist-copied"
    DRAFTED = "checklist-drafted"
    IMPORTED = "checklist-imported"
    EDITED = "checklist-edited"
    UNDONE = "checklist-undone"
    SENT = "checklist-sent"
    TAKEN_BACK = "checklist-taken-back"
    RETURNED = "checklist-returned"
    APPROVED = "checklist-approved"
    PUBLISHED = "checklist-published"
    RETIRED = "checklist-retired"
    BROUGHT_BACK = "checklist-brought-back"
    DELETED = "checklist-deleted"
    LAW_CHECKED = "law-checked"


#: Told once for a run of them by the same person.
COLLAPSED = {EventKind.EDITED, EventKind.UNDONE, EventKind.LAW_CHECKED}


@dataclass(frozen=True, slots=True, kw_only=True)
class Event:
    """One thing that happened.

    Attributes
    ----------
    version
        None where it concerns no version alone.
    at, person
        When, of several the last; and a name, empty where it is not known.
    count
        How many of them in a row.
    reason
        Why it was returned or retired.
    in_force_from
        The day that was chosen when it was published.
    """

    at: datetime
    person: str
    kind: EventKind
    version: int | None = None
    count: int = 1
    reason: str = ""
    in_force_from: date | None = None


def event_of(entry: TrailEntry, names: Mapping[int, str]) -> Event:
    """Return what an entry of the trail tells; ``names`` are the people's by their ids."""
    about, version = entry.about, entry.about.get("version")
    from_ = about.get("in_force_from")
    kind = EventKind(entry.action)
    if kind is EventKind.PUBLISHED and from_ is None:
        # When nobody could choose a day yet, a version was in force at once.
        from_ = entry.at.date().isoformat()
    return Event(
        at=entry.at,
        person="" if entry.actor_id is None else names.get(entry.actor_id, ""),
        kind=kind,
        version=version if isinstance(version, int) else None,
        reason=str(about.get("reason", "")),
        in_force_from=None if from_ is None else date.fromisoformat(str(from_)),
    )


def newest_first(events: Iterable[Event]) -> tuple[Event, ...]:
    """Return events by time, the newest first, and a run of edits by one person as one event."""
    told: list[Event] = []
    for event in sorted(events, key=lambda event: event.at):
        last = told[-1] if told else None
        if last is not None and event.kind in COLLAPSED and _alike(event, last):
            told[-1] = replace(event, count=last.count + event.count)
        else:
            told.append(event)
    return tuple(reversed(told))


def _alike(one: Event, other: Event) -> bool:
    return (one.kind, one.version, one.person) == (other.kind, other.version, other.person)
