"""What a version of a checklist changed, and what the archivist says of it: only the wording, or new meaning."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from checklists.changes import Change, changes
from checklists.comparing import changes_between, comparable
from checklists.editing import mark, needs_mark, part_fingerprint
from checklists.model import KINDS_OF_CHANGE, Checklist, Fact, Item, PartChange
from lirk.domain.access import Action, require
from lirk.domain.checklist_versions import Move, MoveRefused, Standing, VersionUnknown
from lirk.domain.people import Person
from lirk.domain.plain_texts import text_problems
from lirk.errors import Problem, ProblemsFound
from lirk.services.checklist_drafts import Edited, edit
from lirk.services.checklist_keeping import changed_elsewhere
from lirk.services.checklist_versions import (
    ReadVersion,
    one_version,
    possible_moves,
    published_before,
    versions_on,
)
from lirk.storage.store import Store

#: Signs of the reason for a mark, at most.
REASON = 300


@dataclass(frozen=True, slots=True, kw_only=True)
class Given:
    """What the archivist says of one change; ``seen`` is the part's fingerprint when it was read."""

    part_id: str
    kind: str
    reason: str
    seen: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Compared:
    """A version held against another.

    Attributes
    ----------
    before
        The version that it is held against, None where there is none.
    usual
        Whether that is the published version next before it.
    others
        The published versions that it can be held against.
    needed
        The items and facts of which the archivist has to say how they changed.
    marks
        What was said of items and facts, by their ids: of a later change, where several versions lie between.
    seen
        The fingerprints of what is in ``needed``.
    broken
        The items and facts that cannot be held against the other version: they have a new meaning.
    may_mark
        Whether the reader can say so now.
    """

    version: ReadVersion
    before: ReadVersion | None
    usual: bool
    others: tuple[ReadVersion, ...]
    changes: tuple[Change, ...]
    needed: tuple[str, ...]
    marks: Mapping[str, PartChange]
    seen: Mapping[str, str]
    broken: frozenset[str]
    moves: frozenset[Move]
    may_mark: bool

    @property
    def unmarked(self) -> tuple[str, ...]:
        """What is still to be said something of."""
        return tuple(part_id for part_id in self.needed if part_id not in self.marks)


def compared(
    store: Store,
    actor: Person,
    checklist_id: str,
    version: int,
    *,
    against: int | None = None,
    now: datetime,
) -> Compared:
    """Return what differs between a version and a published one.

    Parameters
    ----------
    against
        The number of the other; None means the published version next before it.

    Raises
    ------
    VersionUnknown
        If there is none with that id and number, or the other is not published.
    """
    require(actor, Action.READ_CHECKLISTS)
    versions = versions_on(store, now.date(), checklist_id)
    found = one_version(versions, checklist_id, version)
    usual = published_before(versions, version)
    others = tuple(one for one in versions if one.known.published and one.version != version)
    before = usual if against is None else one_version(others, checklist_id, against)
    is_usual = before == usual
    moves = possible_moves(store, actor, found)
    needed = _needed(before, found) if is_usual else ()
    return Compared(
        version=found,
        before=before,
        usual=is_usual,
        others=others,
        changes=() if before is None else changes(before.checklist, found.checklist),
        needed=needed,
        marks={} if before is None else _marks(before.checklist, found.checklist),
        seen={part_id: part_fingerprint(found.checklist, _part(found, part_id)) for part_id in needed},
        broken=frozenset() if before is None else _broken(before.checklist, found.checklist),
        moves=moves,
        may_mark=is_usual and found.standing is Standing.DRAFT and Move.EDIT in moves,
    )


def mark_changes(
    store: Store, actor: Person, checklist_id: str, version: int, given: Sequence[Given], *, now: datetime
) -> Edited:
    """Keep what the archivist says of changes: one step, that can be undone.

    Raises
    ------
    VersionUnknown
        If there is no such version, or a part did not change.
    MoveRefused
        If the version is no draft, or was sent: that must be taken back first.
    PartChangedElsewhere
        If one of the parts is no longer what was read.
    ProblemsFound
        If a reason cannot be kept, or it is not said how a part changed; ``item`` names the part.
    """
    require(actor, Action.MANAGE_CHECKLISTS)
    value = compared(store, actor, checklist_id, version, now=now)
    if not value.may_mark:
        raise MoveRefused(version=version)
    if {one.part_id for one in given} - set(value.needed):
        raise VersionUnknown(checklist=checklist_id, version=version)
    _check(given)

    def marked(checklist: Checklist) -> Checklist:
        for one in given:
            part = _part(value.version, one.part_id)
            if part_fingerprint(checklist, part) != one.seen:
                raise changed_elsewhere(store, value.version.known, part)
            checklist = mark(checklist, one.part_id, one.kind, one.reason)
        return checklist

    subject = given[0].part_id if len(given) == 1 else ""
    return edit(
        store,
        actor,
        checklist_id,
        version,
        marked,
        part=None,
        seen=None,
        action="marked",
        subject=subject,
        now=now,
    )


def _check(given: Sequence[Given]) -> None:
    problems = []
    for one in given:
        if one.kind not in KINDS_OF_CHANGE:
            problems.append(Problem("publish-unmarked", column=f"kind-{one.part_id}", item=one.part_id))
        problems += text_problems(one.reason, column=f"reason-{one.part_id}", limit=REASON)
    if problems:
        raise ProblemsFound(problems)


def _needed(before: ReadVersion | None, found: ReadVersion) -> tuple[str, ...]:
    return () if before is None else needs_mark(before.checklist, found.checklist)


def _part(version: ReadVersion, part_id: str) -> str:
    return f"{'fact' if version.checklist.item(part_id) is None else 'item'}:{part_id}"


def _marks(old: Checklist, new: Checklist) -> dict[str, PartChange]:
    """Return the latest mark of each part that was made between the two versions; a new meaning lasts."""
    later = old if old.version > new.version else new
    parts: tuple[Item | Fact, ...] = (*later.items, *later.facts)
    said = {part.id: changes_between(old, new, part.id) for part in parts}
    return {
        part_id: next((one for one in reversed(given) if one.kind == "meaning"), given[-1])
        for part_id, given in said.items()
        if given
    }


def _broken(old: Checklist, new: Checklist) -> frozenset[str]:
    asked: tuple[Item | Fact, ...] = (*new.items, *new.facts)
    both = [part.id for part in asked if old.offered(part.id) is not None]
    return frozenset(part_id for part_id in both if not comparable(old, new, part_id))
