"""The archivist's checklists: what there is, importing a version, publishing it, deleting a draft."""

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from functools import cache

from checklists.changes import Change, changes
from checklists.load import shipped_ids, shipped_text
from checklists.model import Checklist, Text
from checklists.publishing import publishing_faults
from checklists.reading.lines import Lines
from lirk.domain.access import Action, may, require
from lirk.domain.alphabet import danish_key
from lirk.domain.checklist_versions import (
    KnownVersion,
    Standing,
    UsedBy,
    VersionUnknown,
    check_draft,
    check_publishable,
    number_problem,
)
from lirk.domain.people import Person
from lirk.errors import Problem, ProblemsFound
from lirk.services.checklists import Summary, as_problem, decode, parse, summary
from lirk.storage.store import Store

#: Bytes of a checklist's file, at most; the largest that ships is a tenth of it.
LARGEST = 1_000_000


class Outcome(StrEnum):
    """What importing a file came to."""

    NEW = "new"
    REPLACED = "replaced"
    KNOWN = "known"


@dataclass(frozen=True, slots=True, kw_only=True)
class ReadVersion:
    """A version with what its text says; ``newest`` is true of each checklist's newest published version."""

    known: KnownVersion
    checklist: Checklist
    newest: bool = False

    @property
    def id(self) -> str:
        """The checklist's lasting id."""
        return self.known.checklist_id

    @property
    def version(self) -> int:
        """The version's number."""
        return self.known.version

    @property
    def title(self) -> Text:
        """The checklist's title in this version."""
        return self.checklist.title

    @property
    def status_date(self) -> date:
        """The day whose law the version states."""
        return self.checklist.status_date

    @property
    def text(self) -> str:
        """The whole file, as a round pins it."""
        return self.known.text

    @property
    def counted(self) -> Summary:
        """What the version holds, counted."""
        return summary(self.checklist)


@dataclass(frozen=True, slots=True, kw_only=True)
class VersionPage:
    """Everything about one version.

    Attributes
    ----------
    current
        The checklist's newest published version, None where there is none.
    compared_with
        The published version next before this one, None where it is the first.
    changes
        What differs from that version.
    faults
        What keeps a draft from being published; empty for all others.
    manage, see_rounds
        Whether the reader may publish and delete it, and open the rounds that use it.
    """

    version: ReadVersion
    current: ReadVersion | None
    compared_with: ReadVersion | None
    changes: tuple[Change, ...]
    used_by: tuple[UsedBy, ...]
    faults: tuple[Problem, ...]
    manage: bool
    see_rounds: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Imported:
    """What was imported; ``KNOWN`` is a file that was there already, so that nothing was done."""

    id: str
    version: int
    title: Text
    outcome: Outcome


def offered(store: Store) -> tuple[ReadVersion, ...]:
    """Return the versions that a round can be planned with: published, and asked of a case.

    The newest of each checklist come first, by title; then the earlier ones.
    """
    versions = [
        one for one in _read(_known(store)) if one.known.published and one.checklist.subject == "case"
    ]
    return tuple(sorted(versions, key=lambda one: not one.newest))


def all_versions(store: Store, actor: Person) -> tuple[ReadVersion, ...]:
    """Return every version there is, by title, the highest number of each checklist first."""
    require(actor, Action.READ_CHECKLISTS)
    return _read(_known(store))


def version_page(
    store: Store, actor: Person, checklist_id: str, version: int, *, now: datetime
) -> VersionPage:
    """Return one version: what it says, what it changed, who uses it, and what it lacks.

    Raises
    ------
    VersionUnknown
        If there is none with this id and number.
    """
    require(actor, Action.READ_CHECKLISTS)
    versions = _read(_known(store, checklist_id))
    found = _one(versions, checklist_id, version)
    before = next((one for one in versions if one.known.published and one.version < version), None)
    draft = found.known.standing is Standing.DRAFT
    return VersionPage(
        version=found,
        current=next((one for one in versions if one.newest), None),
        compared_with=before,
        changes=() if before is None else changes(before.checklist, found.checklist),
        used_by=store.checklist_versions.used_by(checklist_id, version, found.text),
        faults=_faults(found, now) if draft else (),
        manage=draft and may(actor, Action.MANAGE_CHECKLISTS),
        see_rounds=may(actor, Action.SEE_ROUND),
    )


def draft_page(store: Store, actor: Person, checklist_id: str, version: int, *, now: datetime) -> VersionPage:
    """Return a draft to somebody who is about to publish or delete it.

    Raises
    ------
    VersionUnknown, VersionFrozen
        See each.
    """
    require(actor, Action.MANAGE_CHECKLISTS)
    page = version_page(store, actor, checklist_id, version, now=now)
    check_draft(page.version.known)
    return page


def version_file(store: Store, actor: Person, checklist_id: str, version: int) -> tuple[str, bytes]:
    """Return a version as a file: its name, and exactly the text that was imported.

    Raises
    ------
    VersionUnknown
        If there is none with this id and number.
    """
    require(actor, Action.READ_CHECKLISTS)
    found = _one(_read(_known(store, checklist_id)), checklist_id, version)
    return f"{checklist_id}-{version}.toml", found.text.encode()


def may_import(actor: Person) -> bool:
    """Return whether a person's role manages checklists."""
    return may(actor, Action.MANAGE_CHECKLISTS)


def check_may_import(actor: Person) -> None:
    """Refuse whoever may not import a checklist, before they have chosen a file.

    Raises
    ------
    NotAllowed
        If the person's role does not manage checklists.
    """
    require(actor, Action.MANAGE_CHECKLISTS)


def import_version(store: Store, actor: Person, name: str, content: bytes, *, now: datetime) -> Imported:
    """Keep a checklist's file as a draft; the very text of a version that is there changes nothing.

    Parameters
    ----------
    name
        The file's name, as problems are to give it.

    Raises
    ------
    ProblemsFound
        With every problem in the file, or with the number that the version must have.
    """
    check_may_import(actor)
    text = _text(content, name)
    checklist = parse(text, name)
    known = {one.version: one for one in _known(store, checklist.id)}
    there = known.get(checklist.version)
    imported = Imported(
        id=checklist.id, version=checklist.version, title=checklist.title, outcome=Outcome.KNOWN
    )
    if there is not None and there.text == text and there.standing is not Standing.PINNED:
        return imported
    _check_number(store, checklist, text, known.values(), name)
    store.checklist_versions.keep(
        checklist_id=checklist.id,
        version=checklist.version,
        text=text,
        imported_at=now,
        imported_by=actor.id,
    )
    replaced = there is not None and there.standing is Standing.DRAFT
    store.trail.add(
        "checklist-imported",
        actor_id=actor.id,
        at=now,
        checklist=checklist.id,
        version=checklist.version,
        sha256=hashlib.sha256(text.encode()).hexdigest(),
        replaced=replaced,
    )
    return Imported(
        id=imported.id,
        version=imported.version,
        title=imported.title,
        outcome=Outcome.REPLACED if replaced else Outcome.NEW,
    )


def publish(store: Store, actor: Person, checklist_id: str, version: int, *, now: datetime) -> ReadVersion:
    """Publish a draft: from now on rounds can use it, and it never changes again.

    Raises
    ------
    VersionUnknown, VersionFrozen, VersionOvertaken
        See each.
    ProblemsFound
        With everything that the version lacks.
    """
    require(actor, Action.MANAGE_CHECKLISTS)
    versions = _read(_known(store, checklist_id))
    found = _one(versions, checklist_id, version)
    check_publishable(found.known, [one.known for one in versions])
    if faults := _faults(found, now):
        raise ProblemsFound(faults)
    store.checklist_versions.publish(checklist_id, version, published_at=now, published_by=actor.id)
    _note(store, "checklist-published", actor, found, now)
    return found


def delete_draft(
    store: Store, actor: Person, checklist_id: str, version: int, *, now: datetime
) -> ReadVersion:
    """Delete a version that was never published.

    Raises
    ------
    VersionUnknown, VersionFrozen
        See each.
    """
    require(actor, Action.MANAGE_CHECKLISTS)
    found = _one(_read(_known(store, checklist_id)), checklist_id, version)
    check_draft(found.known)
    store.checklist_versions.delete(checklist_id, version)
    _note(store, "checklist-deleted", actor, found, now)
    return found


@cache
def _shipped() -> tuple[KnownVersion, ...]:
    texts = {checklist_id: shipped_text(checklist_id) for checklist_id in shipped_ids()}
    return tuple(
        KnownVersion(
            checklist_id=checklist_id, version=parse(text).version, text=text, standing=Standing.SHIPPED
        )
        for checklist_id, text in texts.items()
    )


def _known(store: Store, checklist_id: str | None = None) -> tuple[KnownVersion, ...]:
    """Return the versions of one checklist, or of all.

    Where a newer LIRK ships a number that the house had imported, the house's own text stays what it is.
    """
    found = {
        (one.checklist_id, one.version): one
        for one in (*_shipped(), *store.checklist_versions.all(checklist_id))
        if checklist_id in {None, one.checklist_id}
    }
    pinned = [number for number in store.checklist_versions.pinned(checklist_id) if number not in found]
    for id_, version, text in store.checklist_versions.pinned_texts(pinned) if pinned else ():
        found[id_, version] = KnownVersion(
            checklist_id=id_, version=version, text=text, standing=Standing.PINNED
        )
    return tuple(found.values())


def _read(known: Iterable[KnownVersion]) -> tuple[ReadVersion, ...]:
    """Read versions and sort them by title, the highest number of each checklist first."""
    known = list(known)
    newest: dict[str, int] = {}
    for one in known:
        if one.published:
            newest[one.checklist_id] = max(one.version, newest.get(one.checklist_id, 0))
    versions = [
        ReadVersion(known=one, checklist=parse(one.text), newest=one.version == newest.get(one.checklist_id))
        for one in known
    ]
    titles = {one.id: one.title.da for one in sorted(versions, key=lambda one: (one.newest, one.version))}
    return tuple(sorted(versions, key=lambda one: (danish_key(titles[one.id]), one.id, -one.version)))


def _one(versions: Iterable[ReadVersion], checklist_id: str, version: int) -> ReadVersion:
    found = next((one for one in versions if one.version == version), None)
    if found is None:
        raise VersionUnknown(checklist=checklist_id, version=version)
    return found


def _text(content: bytes, name: str) -> str:
    if len(content) > LARGEST:
        raise ProblemsFound([Problem("checklist-too-large", {"largest": LARGEST}, file=name)])
    # A file that has been through Windows is the same file.
    return decode(content, name).replace("\r\n", "\n")


def _check_number(
    store: Store, checklist: Checklist, text: str, known: Iterable[KnownVersion], name: str
) -> None:
    number = (checklist.id, checklist.version)
    pinned = [pinned_text for _, _, pinned_text in store.checklist_versions.pinned_texts([number])]
    problem = number_problem(checklist.version, text, list(known), pinned)
    if problem is not None:
        line = Lines(text).of_key("version", 0)
        raise ProblemsFound([Problem(problem.code, problem.values, file=name, line=line)])


def _faults(version: ReadVersion, now: datetime) -> tuple[Problem, ...]:
    faults = publishing_faults(version.checklist, version.text, today=now.date())
    return tuple(as_problem(fault) for fault in faults)


def _note(store: Store, action: str, actor: Person, version: ReadVersion, now: datetime) -> None:
    store.trail.add(action, actor_id=actor.id, at=now, checklist=version.id, version=version.version)
