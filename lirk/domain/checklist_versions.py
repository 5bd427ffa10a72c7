"""The versions of checklists that a house knows: which may be changed, by whom, and which are frozen for ever."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from lirk.domain.access import Action
from lirk.errors import NotFound, Problem, RuleBroken


class VersionUnknown(NotFound):
    """No checklist has that id and version."""

    code = "checklist-version-unknown"


class VersionFrozen(RuleBroken):
    """Only a draft can be edited, published or deleted."""

    code = "checklist-version-frozen"


class VersionOvertaken(RuleBroken):
    """A newer version of the checklist is published already."""

    code = "checklist-version-overtaken"


class MoveRefused(RuleBroken):
    """The version has not come to where that is possible, or is beyond it."""

    code = "checklist-move-refused"


class ApproverInvolved(RuleBroken):
    """Whoever wrote, imported or sent a draft does not approve it."""

    code = "checklist-approver-involved"


class InForceTooEarly(RuleBroken):
    """A version cannot be in force before the day on which it is published."""

    code = "checklist-in-force-too-early"


class NotOffered(RuleBroken):
    """A plan names a version that new rounds cannot use any more."""

    code = "checklist-not-offered"


class VersionChanged(RuleBroken):
    """The draft is no longer the one that was read."""

    code = "checklist-version-changed"


class ReasonMissing(RuleBroken):
    """Returning and retiring are told why."""

    code = "checklist-reason-missing"


class Standing(StrEnum):
    """Where a version comes from, and how far it has come.

    ``COMING`` is published, to be in force from a later day. ``PINNED`` versions are known from a round alone,
    whose checklist was read from a file.
    """

    SHIPPED = "shipped"
    PUBLISHED = "published"
    COMING = "coming"
    RETIRED = "retired"
    DRAFT = "draft"
    SENT = "sent"
    APPROVED = "approved"
    PINNED = "pinned"


#: Those that can still change.
UNPUBLISHED = frozenset({Standing.DRAFT, Standing.SENT, Standing.APPROVED})
#: Those that new rounds may use.
IN_FORCE = frozenset({Standing.SHIPPED, Standing.PUBLISHED})


class Move(StrEnum):
    """What can be done with a version."""

    EDIT = "edit"
    SEND = "send"
    TAKE_BACK = "take-back"
    RETURN = "return"
    APPROVE = "approve"
    PUBLISH = "publish"
    DELETE = "delete"
    RETIRE = "retire"
    BRING_BACK = "bring-back"


_WAITING = frozenset({Standing.SENT, Standing.APPROVED})
#: Where each move is possible, and the right that it needs.
MOVES: Mapping[Move, tuple[frozenset[Standing], Action]] = {
    Move.EDIT: (UNPUBLISHED, Action.MANAGE_CHECKLISTS),
    Move.SEND: (frozenset({Standing.DRAFT}), Action.MANAGE_CHECKLISTS),
    Move.TAKE_BACK: (_WAITING, Action.MANAGE_CHECKLISTS),
    Move.RETURN: (_WAITING, Action.APPROVE_CHECKLISTS),
    Move.APPROVE: (frozenset({Standing.SENT}), Action.APPROVE_CHECKLISTS),
    Move.PUBLISH: (frozenset({Standing.APPROVED}), Action.MANAGE_CHECKLISTS),
    Move.DELETE: (UNPUBLISHED, Action.MANAGE_CHECKLISTS),
    Move.RETIRE: (IN_FORCE | {Standing.COMING}, Action.MANAGE_CHECKLISTS),
    Move.BRING_BACK: (frozenset({Standing.RETIRED}), Action.MANAGE_CHECKLISTS),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class KnownVersion:
    """One version of a checklist with its whole text; who did something to it are names.

    Attributes
    ----------
    imported_at, imported_by
        When and by whom its number was first taken: by a file, or by a draft made in the browser.
    in_force_from
        The first day on which rounds may use it; None where it is not published, or ships with LIRK.
    retired_at, retired_by, retired_because
        Set while it is not offered to new rounds.
    """

    checklist_id: str
    version: int
    text: str
    standing: Standing
    imported_at: datetime | None = None
    imported_by: str | None = None
    sent_at: datetime | None = None
    sent_by: str | None = None
    approved_at: datetime | None = None
    approved_by: str | None = None
    published_at: datetime | None = None
    published_by: str | None = None
    in_force_from: date | None = None
    retired_at: datetime | None = None
    retired_by: str | None = None
    retired_because: str = ""

    @property
    def published(self) -> bool:
        """Whether it was ever published, and so never changes: in force, to come, or retired."""
        return self.standing not in UNPUBLISHED | {Standing.PINNED}

    @property
    def in_force(self) -> bool:
        """Whether new rounds may use it."""
        return self.standing in IN_FORCE

    @property
    def unpublished(self) -> bool:
        """Whether it can still change: a draft, sent and approved ones among them."""
        return self.standing in UNPUBLISHED


@dataclass(frozen=True, slots=True, kw_only=True)
class Retirement:
    """A version that is no longer offered to new rounds; ``retired_by`` is a name."""

    checklist_id: str
    version: int
    retired_at: datetime
    retired_by: str | None
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Step:
    """One step by which a draft came to be; the numbers of all steps grow and are never given again.

    Attributes
    ----------
    action
        What was done, as a code.
    subject
        The id of what it was done to, empty where it was the whole.
    person
        A name, empty where it is not known.
    """

    number: int
    action: str
    subject: str
    person: str
    at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class UsedBy:
    """A round that has pinned a version; ``same_text`` is false where its file said something else."""

    key: str
    title: str
    same_text: bool


def standing_of(
    *,
    sent_at: datetime | None,
    approved_at: datetime | None,
    published_at: datetime | None,
    in_force_from: date | None,
    today: date,
) -> Standing:
    """Return how far a version of the house's own has come; ``today`` tells what is in force."""
    if published_at is not None:
        coming = in_force_from is not None and in_force_from > today
        return Standing.COMING if coming else Standing.PUBLISHED
    if approved_at is not None:
        return Standing.APPROVED
    return Standing.DRAFT if sent_at is None else Standing.SENT


#: Words that stand where a checklist's id stands in the addresses of pages.
RESERVED_IDS = frozenset({"import", "law", "new"})


def number_problem(
    version: int, text: str, known: Sequence[KnownVersion], pinned: Iterable[str]
) -> Problem | None:
    """Return why a text may not be kept as this version, None where it may.

    Parameters
    ----------
    known
        All versions of the checklist.
    pinned
        The texts that rounds use under this number.
    """
    usable = next_number(known)
    here = next((one for one in known if one.version == version), None)
    frozen = {*pinned} if here is None or here.unpublished else {here.text, *pinned}
    if frozen - {text}:
        return Problem("checklist-version-taken", {"version": version, "next": usable})
    behind = here is None and version < usable
    return Problem("checklist-version-behind", {"version": version, "next": usable}) if behind else None


def next_number(known: Iterable[KnownVersion]) -> int:
    """Return the number that is higher than all others."""
    return max((one.version for one in known), default=0) + 1


def check_publishable(version: KnownVersion, known: Iterable[KnownVersion], *, from_: date, on: date) -> None:
    """Refuse to publish what nobody approved, what is older than what is published, or for a day gone by.

    Parameters
    ----------
    from_
        The first day on which it is to be in force.
    on
        The day on which it is published.

    Raises
    ------
    VersionFrozen, MoveRefused, VersionOvertaken, InForceTooEarly
        See each.
    """
    check_move(version, Move.PUBLISH)
    newest = max((one.version for one in known if one.published), default=0)
    if newest > version.version:
        raise VersionOvertaken(version=version.version, newest=newest)
    if from_ < on:
        raise InForceTooEarly(day=from_)


def check_approver(person_id: int, involved: Collection[int]) -> None:
    """Refuse the approval of somebody's own work.

    Raises
    ------
    ApproverInvolved
        If the person imported, edited or sent the draft.
    """
    if person_id in involved:
        raise ApproverInvolved


def check_draft(version: KnownVersion) -> None:
    """Refuse to change what is no draft.

    Raises
    ------
    VersionFrozen
        If it is published, ships with LIRK, or is known from a round alone.
    """
    if not version.unpublished:
        raise VersionFrozen(version=version.version)


def check_move(version: KnownVersion, move: Move) -> None:
    """Refuse a move that is not possible where a version stands.

    Raises
    ------
    VersionFrozen
        If it is possible with drafts only.
    MoveRefused
        If the version has not come that far, or is beyond it.
    """
    where, _ = MOVES[move]
    if where <= UNPUBLISHED:
        check_draft(version)
    if version.standing not in where:
        raise MoveRefused(version=version.version)
