"""How far a centre's report is: a draft, with the leader for replies, published."""

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum


class ReportState(StrEnum):
    """``DRAFT``: the coordinator writes; ``WITH_LEADER``: the leader may reply; ``PUBLISHED``: nothing changes."""

    DRAFT = "draft"
    WITH_LEADER = "with-leader"
    PUBLISHED = "published"


class ReplyOutcome(StrEnum):
    """What the coordinator made of a leader's reply to a finding; ``NOTED`` where it objected to nothing."""

    NOTED = "noted"
    ACCEPTED = "accepted"
    PARTLY_ACCEPTED = "partly-accepted"
    NOT_ACCEPTED = "not-accepted"


@dataclass(frozen=True, slots=True, kw_only=True)
class ReportStage:
    """How far the report of a centre in a round is; a closed round's reports begin as drafts.

    ``version`` counts what was published: it is the number of the next, or of the published, version.
    ``correction`` says why a later version replaces the one before.
    """

    state: ReportState = ReportState.DRAFT
    version: int = 1
    reply_by: date | None = None
    sent_at: datetime | None = None
    published_at: datetime | None = None
    correction: str = ""
