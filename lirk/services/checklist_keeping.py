"""Keeping what was done to a draft of a checklist: its text, the step, the line in the trail."""

import hashlib
from datetime import datetime

from checklists.model import Checklist
from lirk.domain.checklist_drafts import PartChangedElsewhere
from lirk.domain.checklist_versions import KnownVersion, Step
from lirk.domain.people import Person
from lirk.storage.store import Store


def add_draft(store: Store, actor: Person, checklist: Checklist, text: str, *, now: datetime) -> None:
    """Keep a text as a new draft."""
    store.checklist_versions.add(
        checklist_id=checklist.id,
        version=checklist.version,
        text=text,
        imported_at=now,
        imported_by=actor.id,
    )


def take_step(
    store: Store,
    actor: Person,
    known: KnownVersion,
    text: str,
    *,
    action: str,
    subject: str,
    part: str,
    now: datetime,
) -> Step | None:
    """Give a draft another text and keep what it was; None, and nothing is done, if somebody was faster."""
    if not store.checklist_versions.rewrite(known.checklist_id, known.version, before=known.text, text=text):
        return None
    return store.checklist_steps.add(
        known.checklist_id,
        known.version,
        action=action,
        subject=subject,
        part=part,
        text=known.text,
        at=now,
        person_id=actor.id,
    )


def changed_elsewhere(store: Store, known: KnownVersion, part: str = "") -> PartChangedElsewhere:
    """Return the error that tells who last changed a part of a draft, or the whole of it."""
    numbers = known.checklist_id, known.version
    last = store.checklist_steps.last(*numbers, part) or store.checklist_steps.last(*numbers)
    by, at = (last.person, last.at) if last else (known.imported_by or "", known.imported_at)
    return PartChangedElsewhere(part=part, by=by, at=at)


def sha256(text: str) -> str:
    """Return the fingerprint of a text, as the trail gives it."""
    return hashlib.sha256(text.encode()).hexdigest()


def note(
    store: Store, action: str, actor: Person, known: KnownVersion, now: datetime, **about: object
) -> None:
    """Write to the trail what was done to a version."""
    number = {"checklist": known.checklist_id, "version": known.version}
    store.trail.add(action, actor_id=actor.id, at=now, **number, **about)
