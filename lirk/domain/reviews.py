"""A drawn case in front of a reviewer."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from enum import StrEnum


class CaseRole(StrEnum):
    """Why a case stands in a draw."""

    MAIN = "main"
    RESERVE = "reserve"


class CaseStatus(StrEnum):
    """What became of a drawn case.

    ``OUT_OF_SCOPE`` is replaced by the next reserve case; ``NOT_FOUND`` and ``NO_ACCESS`` are findings,
    counted as cannot be assessed and never replaced.
    """

    TO_REVIEW = "to-review"
    OUT_OF_SCOPE = "out-of-scope"
    NOT_FOUND = "not-found"
    NO_ACCESS = "no-access"


class Reading(StrEnum):
    """Which reading of a case a review is.

    ``FIRST`` counts in the reports; ``SECOND`` is blind and drawn by ticket; ``CALIBRATION`` is scored by
    everybody before the round's cases are shared out, and is in no report.
    """

    FIRST = "first"
    SECOND = "second"
    CALIBRATION = "calibration"


@dataclass(frozen=True, slots=True, kw_only=True)
class DrawnCase:
    """A case of a draw: what is kept of its row in the register.

    ``number`` is the running number within the round (None for a reserve case that was not called up), the
    only name by which reports know the case. ``facts`` are the register's own facts by fact id.
    """

    id: int
    round_id: int
    draw_id: int
    number: int | None
    case_id: str
    centre: str
    stratum: str
    role: CaseRole
    rank: int
    ticket: str
    status: CaseStatus = CaseStatus.TO_REVIEW
    decision_date: date | None = None
    case_type: str | None = None
    outcome: str | None = None
    facts: Mapping[str, str] = field(default_factory=dict)
    link: str | None = None
    caseworker_hash: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """One answer to a fact or an item: the answer's code and what was written beside it."""

    item_id: str
    value: str
    note: str = ""
    journal_reference: str = ""
    in_doubt: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Review:
    """One drawn case read with one checklist by one reviewer; ``judgement`` is the reviewer's own verdict."""

    id: int
    round_id: int
    case_id: int
    checklist_id: str
    reviewer_id: int | None
    answers: Mapping[str, Answer] = field(default_factory=dict)
    finished_at: datetime | None = None
    reading: Reading = Reading.FIRST
    judgement: str | None = None
