"""How far a centre's report is: a draft, with the leader for replies, published."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from enum import StrEnum

from lirk.domain.plain_texts import text_problems
from lirk.errors import Problem, ProblemsFound, RuleBroken

#: Signs of the reason why a published report is corrected; it stands on the cover of the next version.
LONGEST_REASON = 300
#: How far ahead the day may be until which a leader can reply.
LONGEST_WAIT = timedelta(days=365)
#: How long a leader has, where the coordinator does not choose otherwise.
USUAL_WAIT = timedelta(days=14)


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


#: The leader was found to be right, wholly or in part.
GRANTED = frozenset({ReplyOutcome.ACCEPTED, ReplyOutcome.PARTLY_ACCEPTED})


@dataclass(frozen=True, slots=True, kw_only=True)
class ReportStage:
    """How far the report of a centre in a round is; a closed round's reports begin as drafts.

    ``version`` counts what was published: it is the number of the next, or of the published, version.
    ``correction`` says why a later version replaces the one before. ``no_remarks_at`` is when the leader said to have
    read this version and to have nothing to add.
    """

    state: ReportState = ReportState.DRAFT
    version: int = 1
    reply_by: date | None = None
    sent_at: datetime | None = None
    published_at: datetime | None = None
    correction: str = ""
    no_remarks_at: datetime | None = None

    @property
    def is_draft(self) -> bool:
        """Whether it may still change."""
        return self.state is not ReportState.PUBLISHED

    @property
    def replaces(self) -> int:
        """The published version that this one takes the place of; 0 where there is none."""
        return self.version - 1

    @property
    def latest(self) -> int:
        """The version that was published last; 0 where none was."""
        return self.replaces if self.is_draft else self.version

    def takes_replies(self, today: date) -> bool:
        """Return whether the leader may still write."""
        with_leader = self.state is ReportState.WITH_LEADER and self.reply_by is not None
        return with_leader and today <= (self.reply_by or today)

    def awaits_leader(self, today: date) -> bool:
        """Return whether the leader may still write, and has not said to have nothing to add, or nothing more.

        One reply does not end the right of reply: there are other findings, and other days.
        """
        return self.takes_replies(today) and self.no_remarks_at is None

    def unheard(self, today: date) -> bool:
        """Return whether it would be published before its leader was heard: it was not sent, or is waited for."""
        return self.state is ReportState.DRAFT or self.awaits_leader(today)


class ReportStep(StrEnum):
    """What can be done with a centre's report after its round was closed."""

    SEND = "send"
    REPLY = "reply"
    ANSWER = "answer"
    WRITE = "write"
    PUBLISH = "publish"
    REOPEN = "reopen"


#: What may be done in each state. A draft that replaces a published version may also be published at once.
STEPS: Mapping[ReportState, frozenset[ReportStep]] = {
    ReportState.DRAFT: frozenset({ReportStep.SEND, ReportStep.ANSWER, ReportStep.WRITE}),
    ReportState.WITH_LEADER: frozenset(ReportStep) - {ReportStep.REOPEN},
    ReportState.PUBLISHED: frozenset({ReportStep.REOPEN}),
}


class ReportPublished(RuleBroken):
    """The report is published, and nothing of it changes; it can be reopened with a reason."""

    code = "report-published"


class ReportNotSent(RuleBroken):
    """The leader has not been handed the draft yet."""

    code = "report-not-sent"


class ReportNotPublished(RuleBroken):
    """Only what is published can be reopened."""

    code = "report-not-published"


class ReplyTooLate(RuleBroken):
    """The day until which the leader could reply has gone by."""

    code = "reply-too-late"


class DraftChanged(RuleBroken):
    """The draft was changed after the leader opened it."""

    code = "draft-changed"


class CentreWithoutLeader(RuleBroken):
    """Nobody is there who could read a draft and reply; it can be sent all the same."""

    code = "centre-without-leader"


def check_report_step(stage: ReportStage, step: ReportStep, *, centre: str) -> None:
    """Refuse a step that is not open in the stage that a centre's report is in.

    Raises
    ------
    ReportPublished, ReportNotSent, ReportNotPublished
        See each.
    """
    if step in STEPS[stage.state] or (step is ReportStep.PUBLISH and stage.replaces and stage.is_draft):
        return
    if stage.state is ReportState.PUBLISHED:
        raise ReportPublished(centre=centre)
    raise ReportNotPublished(centre=centre) if step is ReportStep.REOPEN else ReportNotSent(centre=centre)


def check_reply(stage: ReportStage, *, centre: str, today: date) -> None:
    """Refuse a leader's reply before the draft was sent, after its day, and to what is published.

    Raises
    ------
    ReportPublished, ReportNotSent, ReplyTooLate
        See each.
    """
    check_report_step(stage, ReportStep.REPLY, centre=centre)
    if not stage.takes_replies(today):
        raise ReplyTooLate(day=stage.reply_by)


def without_remarks(stage: ReportStage, *, centre: str, now: datetime) -> ReportStage:
    """Return the stage with the leader's word that there is nothing to add; of one that has it, itself.

    Raises
    ------
    ReportPublished, ReportNotSent, ReplyTooLate
        See ``check_reply``.
    """
    check_reply(stage, centre=centre, today=now.date())
    return replace(stage, no_remarks_at=stage.no_remarks_at or now)


def with_remarks(stage: ReportStage, *, centre: str, today: date) -> ReportStage:
    """Return the stage without the leader's word that there is nothing to add.

    Raises
    ------
    ReportPublished, ReportNotSent, ReplyTooLate
        See ``check_reply``.
    """
    check_reply(stage, centre=centre, today=today)
    return replace(stage, no_remarks_at=None)


def date_problems(reply_by: date | None, *, today: date) -> tuple[Problem, ...]:
    """Return what is wrong with the day until which a leader may reply; ``column`` names the field."""
    if reply_by is None:
        example = f"{today + USUAL_WAIT:%d.%m.%Y}"
        return (Problem("reply-date-missing", {"example": example}, column="reply_by"),)
    if reply_by < today:
        return (Problem("reply-date-gone", {"day": reply_by}, column="reply_by"),)
    if reply_by > (last := today + LONGEST_WAIT):
        return (Problem("reply-date-far", {"day": reply_by, "last": last}, column="reply_by"),)
    return ()


def sent(stage: ReportStage, reply_by: date, *, centre: str, now: datetime) -> ReportStage:
    """Return the stage with the leader until a day; also of what is there already, whose day is moved.

    Raises
    ------
    ReportPublished
        If it is published.
    ProblemsFound
        If the day has gone by, or is too far ahead.
    """
    check_report_step(stage, ReportStep.SEND, centre=centre)
    if problems := date_problems(reply_by, today=now.date()):
        raise ProblemsFound(problems)
    return replace(
        stage,
        state=ReportState.WITH_LEADER,
        reply_by=reply_by,
        sent_at=stage.sent_at or now,
        published_at=None,
    )


def published(stage: ReportStage, *, centre: str, now: datetime) -> ReportStage:
    """Return the stage as published.

    Raises
    ------
    ReportPublished, ReportNotSent
        See ``check_report_step``.
    """
    check_report_step(stage, ReportStep.PUBLISH, centre=centre)
    return replace(stage, state=ReportState.PUBLISHED, published_at=now)


def reopened(stage: ReportStage, reason: str, *, centre: str) -> ReportStage:
    """Return the draft of the next version of a published report.

    Raises
    ------
    ReportNotPublished
        If it is not published.
    ProblemsFound
        If the reason is missing, too long or looks like a CPR number; ``column`` is ``reason``.
    """
    check_report_step(stage, ReportStep.REOPEN, centre=centre)
    problems = text_problems(reason, column="reason", limit=LONGEST_REASON)
    if not reason.strip():
        problems = [Problem("report-reason-missing", column="reason")]
    if problems:
        raise ProblemsFound(problems)
    return ReportStage(version=stage.version + 1, correction=reason)
