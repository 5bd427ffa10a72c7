"""The archivist's checklists: what there is, importing a version, deleting a draft."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date, datetime
from enum import StrEnum
from functools import cache, lru_cache

from checklists.changes import Change, changes
from checklists.editing import unmarked
from checklists.load import load, shipped_ids, shipped_text
from checklists.model import Checklist, Text
from checklists.problems import ChecklistProblems
from checklists.publishing import publishing_faults
from checklists.reading.lines import Lines
from lirk.domain.access import Action, may, require
from lirk.domain.alphabet import danish_key
from lirk.domain.checklist_versions import (
    MOVES,
    RESERVED_IDS,
    KnownVersion,
    Move,
    Standing,
    Step,
    UsedBy,
    VersionUnknown,
    check_draft,
    number_problem,
)
from lirk.domain.people import Person
from lirk.errors import Problem, ProblemsFound
from lirk.services.checklist_keeping import add_draft, changed_elsewhere, note, sha256, take_step
from lirk.services.checklists import Summary, as_problem, decode, parse, summary
from lirk.storage.store import Store

#: Bytes of a checklist's file, at most; the largest that ships is a tenth of it.
LARGEST = 1_000_000
#: Where it does not matter which versions are in force.
ANY_DAY = date.max


class Outcome(StrEnum):
    """What importing a file came to."""

    NEW = "new"
    REPLACED = "replaced"
    KNOWN = "known"


@dataclass(frozen=True, slots=True, kw_only=True)
class ReadVersion:
    """A version with what its text says; ``newest`` is true of each checklist's newest version in force."""

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
    def standing(self) -> Standing:
        """Where the version comes from, and how far it has come."""
        return self.known.standing

    @property
    def fingerprint(self) -> str:
        """SHA-256 of the text, by which the trail names it and an approver says what was read."""
        return sha256(self.text)

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
        The checklist's newest version in force, None where there is none.
    compared_with
        The published version next before this one, None where it is the first.
    changes
        What differs from that version.
    faults
        What keeps a draft from being sent for approval; empty for all others.
    moves
        What the reader may do with it now.
    manage, see_rounds
        Whether the reader may edit and delete it, and open the rounds that use it.
    """

    version: ReadVersion
    current: ReadVersion | None
    compared_with: ReadVersion | None
    changes: tuple[Change, ...]
    used_by: tuple[UsedBy, ...]
    faults: tuple[Problem, ...]
    moves: frozenset[Move]
    manage: bool
    see_rounds: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Imported:
    """What was imported; ``KNOWN`` is a file that was there already, so that nothing was done.

    ``replaced`` is the draft as it was, and ``replaced_step`` the last step before the file, where there are any.
    """

    id: str
    version: int
    title: Text
    outcome: Outcome
    replaced: ReadVersion | None = None
    replaced_step: Step | None = None


def offered(store: Store, *, now: datetime) -> tuple[ReadVersion, ...]:
    """Return the versions that a round can be planned with: in force, and asked of a case.

    The newest of each checklist come first, by title; then the earlier ones.
    """
    versions = [
        one
        for one in versions_on(store, now.date())
        if one.known.in_force and one.checklist.subject == "case"
    ]
    return tuple(sorted(versions, key=lambda one: not one.newest))


def all_versions(store: Store, actor: Person, *, now: datetime) -> tuple[ReadVersion, ...]:
    """Return every version there is, by title, the highest number of each checklist first."""
    require(actor, Action.READ_CHECKLISTS)
    return versions_on(store, now.date())


def version_page(
    store: Store, actor: Person, checklist_id: str, version: int, *, now: datetime
) -> VersionPage:
    """Return one version: what it says, what it changed, who uses it, what it lacks, what can be done with it.

    Raises
    ------
    VersionUnknown
        If there is none with this id and number.
    """
    require(actor, Action.READ_CHECKLISTS)
    versions = versions_on(store, now.date(), checklist_id)
    found = one_version(versions, checklist_id, version)
    before = published_before(versions, version)
    moves = possible_moves(store, actor, found)
    draft = found.known.unpublished
    return VersionPage(
        version=found,
        current=next((one for one in versions if one.newest), None),
        compared_with=before,
        changes=() if before is None else changes(before.checklist, found.checklist),
        used_by=store.checklist_versions.used_by(checklist_id, version, found.text),
        faults=faults_of(found, now, before) if draft else (),
        moves=moves,
        manage=Move.EDIT in moves,
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
    """Return a version as a file: its name, and exactly the text that is kept.

    Raises
    ------
    VersionUnknown
        If there is none with this id and number.
    """
    require(actor, Action.READ_CHECKLISTS)
    versions = versions_on(store, ANY_DAY, checklist_id)
    found = one_version(versions, checklist_id, version)
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

    A file in place of a draft is a step that can be undone, and takes the draft back from approval.

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
    checklist = parse_draft(text, name)
    known = {one.version: one for one in known_versions(store, now.date(), checklist.id)}
    there = known.get(checklist.version)
    outcome = Outcome.NEW
    if there is not None and there.text == text and there.standing is not Standing.PINNED:
        outcome = Outcome.KNOWN
    elif there is not None and there.unpublished:
        outcome = Outcome.REPLACED
    replaced = there if outcome is Outcome.REPLACED else None
    imported = Imported(
        id=checklist.id,
        version=checklist.version,
        title=checklist.title,
        outcome=outcome,
        replaced=next(iter(read_versions([replaced])), None) if replaced else None,
        replaced_step=store.checklist_steps.last(checklist.id, checklist.version) if replaced else None,
    )
    if outcome is Outcome.KNOWN:
        return imported
    _check_number(store, checklist, text, known.values(), name)
    if outcome is Outcome.REPLACED and there is not None:
        if take_step(store, actor, there, text, action="imported", subject="", part="", now=now) is None:
            raise changed_elsewhere(store, there)
    else:
        add_draft(store, actor, checklist, text, now=now)
    store.trail.add(
        "checklist-imported",
        actor_id=actor.id,
        at=now,
        checklist=checklist.id,
        version=checklist.version,
        sha256=sha256(text),
        replaced=outcome is Outcome.REPLACED,
    )
    return imported


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
    versions = versions_on(store, now.date(), checklist_id)
    found = one_version(versions, checklist_id, version)
    check_draft(found.known)
    store.checklist_versions.delete(checklist_id, version)
    note(store, "checklist-deleted", actor, found.known, now)
    return found


def known_versions(store: Store, today: date, checklist_id: str | None = None) -> tuple[KnownVersion, ...]:
    """Return the versions of one checklist, or of all, as they stand on a day.

    Where a newer LIRK ships a number that the house had imported, the house's own text stays what it is.
    """
    own = store.checklist_versions.all(checklist_id, today=today)
    found = {
        (one.checklist_id, one.version): one
        for one in (*_shipped(), *own)
        if checklist_id in {None, one.checklist_id}
    }
    pinned = [number for number in store.checklist_versions.pinned(checklist_id) if number not in found]
    for id_, version, text in store.checklist_versions.pinned_texts(pinned) if pinned else ():
        found[id_, version] = KnownVersion(
            checklist_id=id_, version=version, text=text, standing=Standing.PINNED
        )
    for one in store.checklist_versions.retirements(checklist_id):
        if (known := found.get((one.checklist_id, one.version))) is not None and known.published:
            found[one.checklist_id, one.version] = replace(
                known,
                standing=Standing.RETIRED,
                retired_at=one.retired_at,
                retired_by=one.retired_by,
                retired_because=one.reason,
            )
    return tuple(found.values())


def versions_on(store: Store, day: date, checklist_id: str | None = None) -> tuple[ReadVersion, ...]:
    """Return the versions of one checklist, or of all, as they stand on a day; in the order of `read_versions`."""
    return read_versions(known_versions(store, day, checklist_id))


def read_versions(known: Iterable[KnownVersion]) -> tuple[ReadVersion, ...]:
    """Read versions and sort them by title, the highest number of each checklist first."""
    known = list(known)
    newest: dict[str, int] = {}
    for one in known:
        if one.in_force:
            newest[one.checklist_id] = max(one.version, newest.get(one.checklist_id, 0))
    versions = [
        ReadVersion(
            known=one,
            checklist=parse_draft(one.text) if one.unpublished else parse(one.text),
            newest=one.in_force and one.version == newest.get(one.checklist_id),
        )
        for one in known
    ]
    titles = {one.id: one.title.da for one in sorted(versions, key=lambda one: (one.newest, one.version))}
    return tuple(sorted(versions, key=lambda one: (danish_key(titles[one.id]), one.id, -one.version)))


def one_version(versions: Iterable[ReadVersion], checklist_id: str, version: int) -> ReadVersion:
    """Return the version with this number.

    Raises
    ------
    VersionUnknown
        If there is none.
    """
    found = next((one for one in versions if one.version == version), None)
    if found is None:
        raise VersionUnknown(checklist=checklist_id, version=version)
    return found


def published_before(versions: Iterable[ReadVersion], version: int) -> ReadVersion | None:
    """Return the published version next before a number, None where there is none."""
    before = [one for one in versions if one.known.published and one.version < version]
    return max(before, key=lambda one: one.version, default=None)


def possible_moves(store: Store, actor: Person, version: ReadVersion) -> frozenset[Move]:
    """Return what a person may do with a version as it stands."""
    moves = {
        move for move, (where, right) in MOVES.items() if version.standing in where and may(actor, right)
    }
    if Move.APPROVE in moves and actor.id in store.checklist_versions.involved(version.id, version.version):
        moves.remove(Move.APPROVE)
    return frozenset(moves)


def faults_of(version: ReadVersion, now: datetime, before: ReadVersion | None = None) -> tuple[Problem, ...]:
    """Return everything that keeps a draft from being published.

    Changes of items and facts of which nobody said whether they change the meaning are told where ``before``,
    the version that it follows, is given.
    """
    faults = publishing_faults(
        version.checklist,
        version.text,
        today=now.date(),
        before=None if before is None else before.checklist,
    )
    return tuple(as_problem(fault) for fault in faults) or _refusals(version.text)


def unmarked_ids(version: ReadVersion, before: ReadVersion | None) -> tuple[str, ...]:
    """Return the ids of items and facts that changed, and nobody said whether in meaning."""
    return () if before is None else unmarked(before.checklist, version.checklist)


@lru_cache(maxsize=64)
def parse_draft(text: str, name: str | None = None) -> Checklist:
    """Return the checklist that ``text`` holds, also where it is unfinished.

    Raises
    ------
    ProblemsFound
        With every problem in the text.
    """
    try:
        return load(text, name, draft=True)
    except ChecklistProblems as error:
        raise ProblemsFound(as_problem(problem) for problem in error.problems) from None


def _refusals(text: str) -> tuple[Problem, ...]:
    """Return why a text can be a draft and no more."""
    try:
        parse(text)
    except ProblemsFound as error:
        return error.problems
    return ()


@cache
def _shipped() -> tuple[KnownVersion, ...]:
    texts = {checklist_id: shipped_text(checklist_id) for checklist_id in shipped_ids()}
    return tuple(
        KnownVersion(
            checklist_id=checklist_id, version=parse(text).version, text=text, standing=Standing.SHIPPED
        )
        for checklist_id, text in texts.items()
    )


def _text(content: bytes, name: str) -> str:
    if len(content) > LARGEST:
        raise ProblemsFound([Problem("checklist-too-large", {"largest": LARGEST}, file=name)])
    # A file that has been through Windows is the same file.
    return decode(content, name).replace("\r\n", "\n")


def _check_number(
    store: Store, checklist: Checklist, text: str, known: Iterable[KnownVersion], name: str
) -> None:
    if checklist.id in RESERVED_IDS:
        line = Lines(text).of_key("id", 0)
        raise ProblemsFound([Problem("checklist-id-reserved", {"value": checklist.id}, file=name, line=line)])
    number = (checklist.id, checklist.version)
    pinned = [pinned_text for _, _, pinned_text in store.checklist_versions.pinned_texts([number])]
    problem = number_problem(checklist.version, text, list(known), pinned)
    if problem is not None:
        line = Lines(text).of_key("version", 0)
        raise ProblemsFound([Problem(problem.code, problem.values, file=name, line=line)])
