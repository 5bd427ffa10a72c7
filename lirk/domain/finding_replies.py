"""What a centre's leader says about the findings of a draft, what the coordinator answers, and both in the report."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime

from lirk.domain.access import Action, may
from lirk.domain.people import Person
from lirk.domain.plain_texts import text_problems
from lirk.domain.report_stages import GRANTED, ReplyOutcome, ReportStage
from lirk.domain.reports import CentreReport, Reply
from lirk.errors import NotAllowed, NotFound, Problem, RuleBroken

#: Signs of a comment, and of an answer; more is not read.
LONGEST = 2000


class ReplyChanged(RuleBroken):
    """Somebody else has written since the page was opened."""

    code = "finding-reply-changed"


class AnswersOwnReplies(NotAllowed):
    """A coordinator who leads the centre would be judge in the own case."""

    code = "answers-own-replies"


class ReplyUnknown(NotFound):
    """The leader has written nothing here that could be answered."""

    code = "finding-reply-unknown"


@dataclass(frozen=True, slots=True, kw_only=True)
class FindingReply:
    """The leader's comment on a finding, and the answer; ``version`` counts how often it was written, 0 is never.

    ``objects``: the leader disagrees with the finding. An answer counts when it has an ``outcome``; a comment that
    is changed afterwards waits for it again. ``written_at`` is when the comment was written.
    """

    checklist_id: str
    item_id: str
    comment: str = ""
    objects: bool = False
    version: int = 0
    answer: str = ""
    outcome: ReplyOutcome | None = None
    written_at: datetime | None = field(default=None, compare=False)

    @property
    def granted(self) -> bool:
        """Whether the coordinator found that the leader is right, wholly or in part."""
        return self.outcome in GRANTED

    @property
    def written(self) -> bool:
        """Whether the leader says anything."""
        return bool(self.comment)

    @property
    def waits(self) -> bool:
        """Whether nobody has answered it."""
        return self.written and self.outcome is None

    @property
    def open_objection(self) -> bool:
        """Whether it keeps the report from being published."""
        return self.objects and self.waits

    @property
    def outcomes(self) -> tuple[ReplyOutcome, ...]:
        """What may come of it: an objection is not only noted."""
        return tuple(one for one in ReplyOutcome if not (self.objects and one is ReplyOutcome.NOTED))

    def comment_problems(self) -> Iterator[Problem]:
        """Yield what is wrong with the leader's part; ``column`` names the field."""
        yield from text_problems(self.comment, column="comment", limit=LONGEST)
        if self.objects and not self.comment:
            yield Problem("reply-comment-missing", column="comment")

    def answer_problems(self) -> Iterator[Problem]:
        """Yield what is wrong with the coordinator's part; ``column`` names the field."""
        if self.outcome not in self.outcomes:
            yield Problem("reply-outcome-missing", column="outcome")
        yield from text_problems(self.answer, column="answer", limit=LONGEST)
        if self.objects and not self.answer:
            yield Problem("reply-answer-missing", column="answer")


#: By checklist and item.
FindingReplies = Mapping[tuple[str, str], FindingReply]


def answers_own(person: Person, centre: str) -> bool:
    """Return whether a person who answers a centre's replies would be the one who may write them."""
    return may(person, Action.REPLY_TO_FINDINGS, centre=centre)


def check_not_own(person: Person, centre: str) -> None:
    """Refuse that a leader answers the own centre's replies, or corrects answers because of them.

    Raises
    ------
    AnswersOwnReplies
        If the person leads the centre.
    """
    if answers_own(person, centre):
        raise AnswersOwnReplies(centre=centre)


def commented(kept: FindingReply, comment: str, *, objects: bool) -> FindingReply:
    """Return a reply with another comment; what was answered stays as a draft, and must be given anew."""
    if (kept.comment, kept.objects) == (comment, objects):
        return kept
    return replace(kept, comment=comment, objects=objects, outcome=None)


def with_replies(report: CentreReport, replies: FindingReplies) -> CentreReport:
    """Return a report with what its leader said and what was answered, in the order of its items."""
    return replace(report, replies=tuple(_told(report, replies)))


def _told(report: CentreReport, replies: FindingReplies) -> Iterator[Reply]:
    for checklist in report.checklists:
        for item in (item for theme in checklist.themes for item in theme.items):
            kept = replies.get((checklist.checklist_id, item.item_id))
            if kept is None or not kept.written:
                continue
            finding = report.finding(checklist.checklist_id, item.item_id)
            yield Reply(
                number=finding.number if finding else None,
                checklist_id=checklist.checklist_id,
                item_id=item.item_id,
                item=item.number,
                question=item.question,
                comment=kept.comment,
                objects=kept.objects,
                outcome=kept.outcome,
                answer=kept.answer if kept.outcome else "",
                to_version=_earlier_version(report.stage, kept),
            )


def _earlier_version(stage: ReportStage | None, reply: FindingReply) -> int | None:
    """Return the version that a reply is about if it was written before this one was sent; 0 if one of several."""
    if stage is None or not stage.replaces or not _before_it_was_sent(stage, reply):
        return None
    return stage.replaces if stage.replaces == 1 else 0


def _before_it_was_sent(stage: ReportStage, reply: FindingReply) -> bool:
    return stage.sent_at is None or (reply.written_at is not None and reply.written_at < stage.sent_at)
