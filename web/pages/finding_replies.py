"""reports/reply.html and answer.html: what the leader says about a finding, and what is answered."""

from dataclasses import dataclass
from datetime import date

from markupsafe import Markup

from lirk.domain.finding_replies import LONGEST, FindingReply, ReplyChanged
from lirk.domain.report_stages import ReplyOutcome
from lirk.errors import LirkError, ProblemsFound
from lirk.reports.phrases import answers, breached, law, sentence
from lirk.reports.reply_sentences import paragraphs
from lirk.services.finding_replies import RepliedFinding
from lirk.wording import Wording
from lirk.wording.report_stages import OUTCOMES
from web.pages.reports import sections
from web.pages.voice import PageVoice, html


@dataclass(frozen=True, slots=True, kw_only=True)
class FindingLines:
    """What a finding says, above the fields."""

    place: str
    question: str
    law: Markup
    breached: Markup
    answers: Markup

    @classmethod
    def of(cls, value: RepliedFinding, words: Wording) -> "FindingLines":
        """Return the lines of a finding, or of the item where a correction left none."""
        item, voice = value.item, PageVoice(words, sections(words))
        number = value.finding.number if value.finding else None
        return cls(
            place=words.text("Fund {number}", number=number)
            if number
            else words.text("Punkt {number}", number=item.number),
            question=item.question,
            law=html(law(item, voice)),
            breached=html(breached(item.counts, voice)),
            answers=html(answers(item.counts, voice)),
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class ReplyPage:
    """reports/reply.html; ``kept`` is what stands there now where somebody else has written meanwhile.

    ``closed``: nothing can be written any more, and the page gives back what was typed.
    """

    finding: FindingLines
    report_title: str
    report: str
    action: str
    until: date | None
    comment: str
    objects: bool
    version: int
    limit: int
    answered: bool
    closed: bool
    kept: FindingReply | None = None

    @classmethod
    def of(
        cls,
        value: RepliedFinding,
        report: str,
        words: Wording,
        *,
        typed: FindingReply | None = None,
        refused: LirkError | None = None,
    ) -> "ReplyPage":
        """Return the page; with ``typed`` the fields hold what was typed, and was ``refused``."""
        reply = typed or value.reply
        return cls(
            finding=FindingLines.of(value, words),
            report_title=_title(value, words),
            report=report,
            action=f"{report}/replies/{reply.checklist_id}/{reply.item_id}",
            until=value.stage.reply_by,
            comment=reply.comment,
            objects=reply.objects,
            version=value.reply.version,
            limit=LONGEST,
            answered=value.reply.outcome is not None,
            closed=_closes(refused),
            kept=value.reply if isinstance(refused, ReplyChanged) else None,
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class AnswerPage:
    """reports/answer.html; ``correct`` leads to where an answer that counts is changed; ``closed`` as above."""

    finding: FindingLines
    report_title: str
    report: str
    action: str
    comment: tuple[str, ...]
    objects: bool
    choices: tuple[tuple[str, str], ...]
    chosen: str
    answer: str
    version: int
    limit: int
    correct: str
    changed: bool
    closed: bool

    @classmethod
    def of(
        cls,
        value: RepliedFinding,
        report: str,
        words: Wording,
        *,
        typed: FindingReply | None = None,
        refused: LirkError | None = None,
    ) -> "AnswerPage":
        """Return the page; with ``typed`` the fields hold what was typed, and was ``refused``."""
        reply, said = value.reply, typed or value.reply
        place = f"{reply.checklist_id}/{reply.item_id}"
        agrees = reply.outcome in {ReplyOutcome.ACCEPTED, ReplyOutcome.PARTLY_ACCEPTED}
        return cls(
            finding=FindingLines.of(value, words),
            report_title=_title(value, words),
            report=report,
            action=f"{report}/answers/{place}",
            comment=tuple(paragraphs(reply.comment)),
            objects=reply.objects,
            choices=tuple((one.value, sentence(words.text(OUTCOMES[one]))) for one in reply.outcomes),
            chosen=said.outcome.value if said.outcome else "",
            answer=said.answer,
            version=reply.version,
            limit=LONGEST,
            correct=f"{report}/findings/{place}/correct" if agrees else "",
            changed=isinstance(refused, ReplyChanged),
            closed=_closes(refused),
        )


def _closes(refused: LirkError | None) -> bool:
    """Return whether a refusal leaves nothing to be written on the page."""
    return refused is not None and not isinstance(refused, (ProblemsFound, ReplyChanged))


def _title(value: RepliedFinding, words: Wording) -> str:
    return words.text("{centre}, {round}", centre=value.report.centre, round=value.report.round_title)
