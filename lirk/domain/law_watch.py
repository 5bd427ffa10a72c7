"""The law watch: when each reference to the law was last held against its source, and which must be again."""

import re
from calendar import monthrange
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from checklists.model import Reference, Text
from lirk.errors import NotFound, ProblemsFound, RuleBroken

#: A status date that lies further back is old, in months; and what a reader may choose instead.
USUAL_MONTHS, FEWEST_MONTHS, MOST_MONTHS = 12, 1, 60
_NUMBERS = re.compile(r"(\d+)")


class LawCheckRefused(ProblemsFound):
    """A check that cannot be kept; ``column`` of each problem names the field."""


class ReferenceUnknown(NotFound):
    """No version in force and no draft has such a reference, or there is no such act."""

    code = "law-reference-unknown"


class LawCheckStands(RuleBroken):
    """A check is withdrawn by whoever made it, on the same day; later it stands."""

    code = "law-check-stands"


class Due(StrEnum):
    """Why a reference is to be held against its source."""

    NEVER = "never"
    CHANGED = "changed"
    OLD = "old"


@dataclass(frozen=True, slots=True, kw_only=True)
class LawCheck:
    """That somebody held a reference against its source; without a reference, that the whole act was changed.

    Attributes
    ----------
    act
        Id of the act, empty where the reference names none.
    reference
        The reference in Danish, as checklists print it.
    status_date
        The day whose law was read, or the day from which the act is another.
    checked_by, person
        Id and name of who did it.
    """

    id: int
    act: str
    reference: str
    status_date: date
    source: str
    note: str
    checked_at: datetime
    checked_by: int | None
    person: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ReferenceUse:
    """An item of one version of a checklist that rests on a reference."""

    checklist_id: str
    title: Text
    version: int
    draft: bool
    item_id: str
    question: Text


@dataclass(frozen=True, slots=True, kw_only=True)
class Watched:
    """One reference, with all that is known of when it was held against its source.

    Attributes
    ----------
    status_date
        The newest day whose law was read: by a check, or by a file that says it was verified; where it never
        was, the newest day that a file gives.
    verified
        Whether anybody ever held it against its source, as far as files and checks say.
    checked_by, checked_on
        Who did it last, and when; as a file says it where there is no check, empty where nobody says it.
    due
        Why it is to be done again, None where it need not.
    """

    act: str
    text: Text
    status_date: date
    source: str
    verified: bool
    checked_by: str
    checked_on: date | None
    check: LawCheck | None
    uses: tuple[ReferenceUse, ...]
    due: Due | None


@dataclass(frozen=True, slots=True)
class RoundUse:
    """A round that rests on a reference; ``closed`` tells whether its reports are made."""

    key: str
    title: str
    closed: bool


@dataclass(frozen=True, slots=True)
class Checks:
    """All checks, asked by reference and by act."""

    every: tuple[LawCheck, ...]

    def latest(self, act: str, reference: str) -> LawCheck | None:
        """Return the check with the newest law, also where it was made before the reference named its act."""
        found = (one for one in self.every if one.reference == reference and one.act in {act, ""})
        return max(found, key=_newest, default=None)

    def changed(self, act: str) -> LawCheck | None:
        """Return the latest change of an act, None where nobody has told of one."""
        found = (one for one in self.every if not one.reference and act and one.act == act)
        return max(found, key=_newest, default=None)

    def by_reference(self) -> Mapping[tuple[str, str], LawCheck]:
        """Return the latest check of each reference, by act and Danish text."""
        found = sorted((one for one in self.every if one.reference), key=_newest)
        return {(one.act, one.reference): one for one in found}


def _newest(check: LawCheck) -> tuple[date, int]:
    return check.status_date, check.id


def limit_day(today: date, months: int) -> date:
    """Return the day so many months before; the last of the month where it has no such day."""
    year, month = divmod(today.year * 12 + today.month - 1 - months, 12)
    return date(year, month + 1, min(today.day, monthrange(year, month + 1)[1]))


def watched(
    used: Iterable[tuple[ReferenceUse, Reference]], checks: Checks, *, today: date, months: int = USUAL_MONTHS
) -> tuple[Watched, ...]:
    """Return each reference once: those that are due first, then as their numbers run.

    A reference that names its act in one version only is the same in all.
    """
    acts: dict[str, str] = {}
    found: dict[str, list[tuple[ReferenceUse, Reference]]] = {}
    for use, reference in used:
        found.setdefault(reference.text.da, []).append((use, reference))
        acts[reference.text.da] = acts.get(reference.text.da) or reference.act
    limit = limit_day(today, months)
    made = [_watched(acts[text], given, checks, limit) for text, given in found.items()]
    return tuple(sorted(made, key=lambda one: (one.due is None, _natural(one.text.da))))


def due_among(
    references: Sequence[Reference], checks: Checks, *, today: date, months: int = USUAL_MONTHS
) -> bool:
    """Return whether any of the references, as this text gives them and checks confirm them, is due."""
    limit = limit_day(today, months)
    return any(
        _due(one.act, *_standing([one], checks.latest(one.act, one.text.da)), checks, limit) is not None
        for one in references
    )


def withdrawable(check: LawCheck, person_id: int, now: datetime) -> bool:
    """Return whether a person may withdraw a check: their own, of the same day."""
    return check.checked_by == person_id and check.checked_at.astimezone(now.tzinfo).date() == now.date()


def _watched(
    act: str, given: Sequence[tuple[ReferenceUse, Reference]], checks: Checks, limit: date
) -> Watched:
    references = [reference for _, reference in given]
    check = checks.latest(act, references[0].text.da)
    status_date, verified = _standing(references, check)
    # A file speaks of who checked it only where that is newer than any check.
    said = max(references, key=lambda one: (one.verified, one.status_date, one.checked_on or date.min))
    by_check = check is not None and check.status_date == status_date
    return Watched(
        act=act,
        text=said.text,
        status_date=status_date,
        source=check.source if check is not None and by_check else said.source,
        verified=verified,
        checked_by=check.person if check is not None and by_check else said.checked_by,
        checked_on=check.checked_at.date() if check is not None and by_check else said.checked_on,
        check=check if by_check else None,
        uses=tuple(use for use, _ in given),
        due=_due(act, status_date, verified, checks, limit),
    )


def _standing(references: Sequence[Reference], check: LawCheck | None) -> tuple[date, bool]:
    """Return the newest day whose law was read, and whether it ever was."""
    read = [one.status_date for one in references if one.verified]
    if check is not None:
        read.append(check.status_date)
    return max(read or [one.status_date for one in references]), bool(read)


def _due(act: str, status_date: date, verified: bool, checks: Checks, limit: date) -> Due | None:
    changed = checks.changed(act)
    if not verified:
        return Due.NEVER
    if changed is not None and status_date < changed.status_date:
        return Due.CHANGED
    return Due.OLD if status_date < limit else None


def _natural(text: str) -> tuple[tuple[int, str], ...]:
    """Return what sorts § 9 before § 19."""
    return tuple(
        (int(part), "") if part.isdigit() else (0, part.casefold()) for part in _NUMBERS.split(text) if part
    )
