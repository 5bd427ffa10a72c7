"""From draft to published: sent, approved by a second person, in force from a day, retired; and the history."""

from collections.abc import Iterable
from datetime import date, datetime

from lirk.domain.access import Action, require
from lirk.domain.checklist_history import Event, EventKind, event_of, newest_first
from lirk.domain.checklist_versions import (
    MOVES,
    Move,
    ReasonMissing,
    Standing,
    VersionChanged,
    VersionUnknown,
    check_approver,
    check_move,
    check_publishable,
)
from lirk.domain.people import Person
from lirk.domain.plain_texts import TextsRefused, text_problems
from lirk.errors import ProblemsFound
from lirk.services.checklist_keeping import note
from lirk.services.checklist_versions import (
    ANY_DAY,
    ReadVersion,
    VersionPage,
    faults_of,
    one_version,
    possible_moves,
    published_before,
    version_page,
    versions_on,
)
from lirk.storage.store import Store

#: Signs of a reason, at most.
REASON = 1000


def before_moving(
    store: Store, actor: Person, checklist_id: str, version: int, move: Move, *, now: datetime
) -> VersionPage:
    """Return a version to somebody who is about to do something with it, and nothing is done yet.

    Raises
    ------
    VersionUnknown, VersionFrozen, MoveRefused
        See each.
    """
    require(actor, MOVES[move][1])
    value = version_page(store, actor, checklist_id, version, now=now)
    check_move(value.version.known, move)
    return value


def waiting_for(store: Store, actor: Person, versions: Iterable[ReadVersion]) -> tuple[ReadVersion, ...]:
    """Return those of some versions that wait for a person's approval."""
    sent = (one for one in versions if one.standing is Standing.SENT)
    return tuple(one for one in sent if Move.APPROVE in possible_moves(store, actor, one))


def versions_of(store: Store, actor: Person, checklist_id: str, *, now: datetime) -> tuple[ReadVersion, ...]:
    """Return all versions of one checklist, the highest number first.

    Raises
    ------
    VersionUnknown
        If there is no such checklist.
    """
    require(actor, Action.READ_CHECKLISTS)
    versions = versions_on(store, now.date(), checklist_id)
    if not versions:
        raise VersionUnknown(checklist=checklist_id, version=1)
    return versions


def last_return(events: Iterable[Event], version: int) -> Event | None:
    """Return why a draft was returned, None where it was not, or was sent again since.

    Parameters
    ----------
    events
        As `history` returns them.
    """
    told = {EventKind.SENT, EventKind.RETURNED}
    last = next((one for one in events if one.version == version and one.kind in told), None)
    return last if last is not None and last.kind is EventKind.RETURNED else None


def send(store: Store, actor: Person, checklist_id: str, version: int, *, now: datetime) -> ReadVersion:
    """Send a draft to be approved by somebody else.

    Raises
    ------
    VersionUnknown, VersionFrozen, MoveRefused
        See each.
    ProblemsFound
        With everything that it lacks, and every change that nobody has marked.
    """
    versions, found = _about_to(store, actor, checklist_id, version, Move.SEND, now)
    _check_complete(versions, found, now)
    store.checklist_versions.set_sent(checklist_id, version, at=now, by=actor.id)
    note(store, EventKind.SENT, actor, found.known, now, sha256=found.fingerprint)
    return found


def take_back(store: Store, actor: Person, checklist_id: str, version: int, *, now: datetime) -> ReadVersion:
    """Take a draft back that was sent or approved.

    Raises
    ------
    VersionUnknown, VersionFrozen, MoveRefused
        See each.
    """
    _, found = _about_to(store, actor, checklist_id, version, Move.TAKE_BACK, now)
    store.checklist_versions.set_unsent(checklist_id, version)
    note(store, EventKind.TAKEN_BACK, actor, found.known, now)
    return found


def return_to_editor(
    store: Store, actor: Person, checklist_id: str, version: int, *, reason: str, now: datetime
) -> ReadVersion:
    """Return a draft to whoever wrote it, and say why.

    Raises
    ------
    VersionUnknown, VersionFrozen, MoveRefused, ReasonMissing, TextsRefused
        See each.
    """
    _, found = _about_to(store, actor, checklist_id, version, Move.RETURN, now)
    said = _checked_reason(reason)
    store.checklist_versions.set_unsent(checklist_id, version)
    note(store, EventKind.RETURNED, actor, found.known, now, reason=said)
    return found


def approve(
    store: Store,
    actor: Person,
    checklist_id: str,
    version: int,
    *,
    seen: str | None = None,
    now: datetime,
) -> ReadVersion:
    """Approve the text of a draft that others have written and sent.

    Parameters
    ----------
    seen
        The fingerprint of the version that was read; None where the text as it stands is meant.

    Raises
    ------
    VersionUnknown, VersionFrozen, MoveRefused, ApproverInvolved
        See each.
    VersionChanged
        If the text is no longer the one that was read.
    """
    _, found = _about_to(store, actor, checklist_id, version, Move.APPROVE, now)
    check_approver(actor.id, store.checklist_versions.involved(checklist_id, version))
    if seen is not None and seen != found.fingerprint:
        raise VersionChanged(version=version)
    store.checklist_versions.set_approved(checklist_id, version, at=now, by=actor.id)
    note(store, EventKind.APPROVED, actor, found.known, now, sha256=found.fingerprint)
    return found


def publish(
    store: Store,
    actor: Person,
    checklist_id: str,
    version: int,
    *,
    in_force_from: date,
    now: datetime,
) -> ReadVersion:
    """Publish an approved draft: rounds can use it from a day on, and it never changes again.

    Raises
    ------
    VersionUnknown, VersionFrozen, MoveRefused, VersionOvertaken, InForceTooEarly
        See each.
    ProblemsFound
        With everything that it lacks by now.
    """
    versions, found = _about_to(store, actor, checklist_id, version, Move.PUBLISH, now)
    check_publishable(found.known, [one.known for one in versions], from_=in_force_from, on=now.date())
    _check_complete(versions, found, now)
    store.checklist_versions.publish(checklist_id, version, at=now, by=actor.id, in_force_from=in_force_from)
    about = {"in_force_from": in_force_from.isoformat(), "sha256": found.fingerprint}
    note(store, EventKind.PUBLISHED, actor, found.known, now, **about)
    return found


def retire(
    store: Store, actor: Person, checklist_id: str, version: int, *, reason: str, now: datetime
) -> ReadVersion:
    """Offer a published version to new rounds no more; rounds that use it keep it.

    Raises
    ------
    VersionUnknown, MoveRefused, ReasonMissing, TextsRefused
        See each.
    """
    _, found = _about_to(store, actor, checklist_id, version, Move.RETIRE, now)
    said = _checked_reason(reason)
    store.checklist_versions.retire(checklist_id, version, at=now, by=actor.id, reason=said)
    note(store, EventKind.RETIRED, actor, found.known, now, reason=said)
    return found


def bring_back(store: Store, actor: Person, checklist_id: str, version: int, *, now: datetime) -> ReadVersion:
    """Offer a retired version again.

    Raises
    ------
    VersionUnknown, MoveRefused
        See each.
    """
    _, found = _about_to(store, actor, checklist_id, version, Move.BRING_BACK, now)
    store.checklist_versions.bring_back(checklist_id, version)
    note(store, EventKind.BROUGHT_BACK, actor, found.known, now)
    return found


def history(store: Store, actor: Person, checklist_id: str) -> tuple[Event, ...]:
    """Return what happened to a checklist, newest first, deleted drafts and checks of its law among it.

    Raises
    ------
    VersionUnknown
        If there is no such checklist.
    """
    require(actor, Action.READ_CHECKLISTS)
    versions = versions_on(store, ANY_DAY, checklist_id)
    if not versions:
        raise VersionUnknown(checklist=checklist_id, version=1)
    names = {person.id: person.name for person in store.people.all()}
    kinds = [kind for kind in EventKind if kind is not EventKind.LAW_CHECKED]
    events = [event_of(entry, names) for entry in store.trail.of_checklist(checklist_id, kinds)]
    return newest_first([*events, *_law_checks(store, versions)])


def _law_checks(store: Store, versions: tuple[ReadVersion, ...]) -> tuple[Event, ...]:
    references = {
        reference.text.da
        for version in versions
        for item in version.checklist.items
        for reference in item.references
    }
    return tuple(
        Event(at=check.checked_at, person=check.person, kind=EventKind.LAW_CHECKED)
        for check in store.law_checks.all()
        if check.reference in references
    )


def _about_to(
    store: Store, actor: Person, checklist_id: str, version: int, move: Move, now: datetime
) -> tuple[tuple[ReadVersion, ...], ReadVersion]:
    """Return all versions and the one that is meant, if the actor and its standing allow the move."""
    _, right = MOVES[move]
    require(actor, right)
    versions = versions_on(store, now.date(), checklist_id)
    found = one_version(versions, checklist_id, version)
    check_move(found.known, move)
    return versions, found


def _check_complete(versions: tuple[ReadVersion, ...], found: ReadVersion, now: datetime) -> None:
    before = published_before(versions, found.version)
    if faults := faults_of(found, now, before):
        raise ProblemsFound(faults)


def _checked_reason(reason: str) -> str:
    said = reason.strip()
    if not said:
        raise ReasonMissing
    if problems := text_problems(said, column="reason", limit=REASON):
        raise TextsRefused(problems)
    return said
