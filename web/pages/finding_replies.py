"""reports/reply.html and answer.html: what the leader says about a finding, and what is answered."""

from dataclasses import dataclass
from datetime import date

from markupsafe import Markup

from lirk.domain.finding_replies import LONGEST, FindingReply, ReplyChanged
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
    """reports/reply.html; ``conflict`` tells what stands there now where somebody else has written meanwhile.

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
    conflict: "Conflict | None" = None

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
            conflict=Conflict.of(value.reply, reply, words) if isinstance(refused, ReplyChanged) else None,
        )


@dataclass(frozen=True, slots=True)
class Conflict:
    """Two windows with one reply: what is kept, what was typed, each with its stance, and what saving would do."""

    kept: str
    kept_comment: tuple[str, ...]
    typed: str
    typed_comment: tuple[str, ...]
    then: str

    @classmethod
    def of(cls, kept: FindingReply, typed: FindingReply, words: Wording) -> "Conflict":
        """Return the conflict of what was typed with what is kept."""
        return cls(
            kept=_stance(kept, words),
            kept_comment=tuple(paragraphs(kept.comment)),
            typed=_stance(typed, words),
            typed_comment=tuple(paragraphs(typed.comment)),
            then=_then(kept, typed, words),
        )


def _stance(reply: FindingReply, words: Wording) -> str:
    if reply.objects:
        return words.text("Uenig i fundet:")
    return words.text("Bemærkning, uden at være uenig i fundet:") if reply.written else words.text("Intet.")


def _then(kept: FindingReply, typed: FindingReply, words: Wording) -> str:
    """Return what would come of the reply that is kept if what was typed were saved."""
    if not kept.written:
        return words.text("Gemmer du nu, gemmes din tekst.")
    if not typed.written:
        return words.text("Gemmer du nu, er det, der står der, taget tilbage.")
    if kept.objects and not typed.objects:
        return words.text(
            "Gemmer du nu uden kryds, bliver indsigelsen til en bemærkning, som koordinatoren ikke behøver at svare "
            "på. Sæt kryds, hvis du stadig er uenig. Din tekst afløser den, der står der."
        )
    if typed.objects and not kept.objects:
        return words.text(
            "Gemmer du nu, bliver bemærkningen til en indsigelse, og din tekst afløser den, der står der."
        )
    return words.text("Gemmer du nu, afløser din tekst den, der står der.")


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
            correct=f"{report}/findings/{place}/correct" if reply.granted else "",
            changed=isinstance(refused, ReplyChanged),
            closed=_closes(refused),
        )


def kept(before: FindingReply, typed: FindingReply, words: Wording) -> str:
    """Return for the leader what came of saving a comment."""
    if typed.written:
        return words.text("Dit svar er gemt.")
    if before.written:
        return words.text("Dit svar er taget tilbage.")
    return words.text("Du har ikke skrevet noget, så der er ikke gemt noget.")


def answered(typed: FindingReply, words: Wording) -> str:
    """Return for the coordinator that an answer is kept, and where an objection that was right leads."""
    said = words.text("Svaret til lederen er gemt.")
    if not typed.granted:
        return said
    further = words.text(
        "Skal et svar i en sag ændres, så følg »Ret et svar efter en indsigelse« ved lederens ord her."
    )
    return f"{said} {further}"


def _closes(refused: LirkError | None) -> bool:
    """Return whether a refusal leaves nothing to be written on the page."""
    return refused is not None and not isinstance(refused, (ProblemsFound, ReplyChanged))


def _title(value: RepliedFinding, words: Wording) -> str:
    return words.text("{centre}, {round}", centre=value.report.centre, round=value.report.round_title)
