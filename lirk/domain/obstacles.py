"""Why a drawn case cannot be reviewed, and what the coordinator makes of it."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from lirk.domain.reviews import Reading


class ObstacleReason(StrEnum):
    """What a reviewer says of a case that cannot be reviewed."""

    NOT_FOUND = "not-found"
    NO_ACCESS = "no-access"
    OUT_OF_SCOPE = "out-of-scope"
    DISQUALIFIED = "disqualified"
    OTHER = "other"


class Settlement(StrEnum):
    """What the coordinator decided.

    ``FINDING``: not found, or no access; the case stays in the sample. ``REPLACED``: out of scope, the next
    reserve case takes its place. ``REASSIGNED``: another reviewer reads the same case. ``RETURNED``: it can be
    reviewed after all.
    """

    FINDING = "finding"
    REPLACED = "replaced"
    REASSIGNED = "reassigned"
    RETURNED = "returned"


@dataclass(frozen=True, slots=True, kw_only=True)
class Obstacle:
    """A case that the reader of one reading cannot review; open until ``settlement`` is there.

    It sets that reading aside, and says nothing to the other reader. Of a second reading, ``FINDING`` ends that
    reading only: who reads first says what becomes of the case.
    """

    case_id: int
    reason: ObstacleReason
    note: str
    reported_at: datetime
    reported_by: int | None
    settled_at: datetime | None = None
    settled_by: int | None = None
    settlement: Settlement | None = None
    reading: Reading = Reading.FIRST
