"""reports/correction.html: where the coordinator corrects an answer behind a finding."""

from dataclasses import dataclass

from markupsafe import Markup

from lirk.domain.corrections import FOLLOW_UP, LONGEST, TypedCorrection
from lirk.domain.finding_replies import FindingReply
from lirk.domain.reports import Counts
from lirk.reports import correction_sentences
from lirk.reports.phrases import answers, breached, law
from lirk.reports.reply_sentences import paragraphs
from lirk.services.corrections import AnswersToCorrect, Corrected
from lirk.wording import Wording
from lirk.wording.report_stages import OUTCOMES
from web.pages.report_remarks import asked_again
from web.pages.reports import sections
from web.pages.voice import PageVoice, html

Choices = tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class CaseRow:
    """A case behind the finding: what counts now, what counted before it was changed, and the reviewer's note."""

    number: str
    answer: str
    original: str
    note: str


@dataclass(frozen=True, slots=True)
class AlsoAsked:
    """A question that the new answer opens: its field, its words, what can be answered, and what was typed."""

    field: str
    question: str
    choices: Choices
    chosen: str


@dataclass(frozen=True, slots=True, kw_only=True)
class CorrectionPage:
    """The item as it counts now, the cases behind it, and the form that changes one of their answers.

    ``granted`` is the objection that was found to be right, with the answer to it, each after what comes before it;
    empty where it no longer stands.
    """

    title: str
    report_title: str
    report: str
    finding: str
    finding_title: str
    address: str
    question: str
    law: Markup
    breached: Markup
    answers: Markup
    granted: tuple[tuple[str, tuple[str, ...]], ...]
    cases: tuple[CaseRow, ...]
    numbers: Choices
    number: str
    offered: Choices
    value: str
    also: tuple[AlsoAsked, ...]
    reason: str
    seen: int
    limit: int

    @classmethod
    def of(
        cls, value: AnswersToCorrect, report: str, words: Wording, typed: TypedCorrection
    ) -> "CorrectionPage":
        """Return the page; its fields hold what was typed, and ``report`` is the address of the report."""
        voice, item = PageVoice(words, sections(words)), value.item
        place = f"{report}/findings/{typed.checklist_id}/{typed.item_id}"
        numbers = ((str(one.number), _case(one.number, one.answer, words)) for one in value.cases)
        return cls(
            title=words.text("Ret et svar, punkt {number}", number=item.number),
            report_title=words.text(
                "{centre}, {round}", centre=value.report.centre, round=value.report.round_title
            ),
            report=report,
            finding=place if value.finding else "",
            finding_title=(
                words.text("Skriv om fund {number}", number=value.finding.number) if value.finding else ""
            ),
            address=f"{place}/correct",
            question=item.question,
            law=html(law(item, voice)),
            breached=html(breached(item.counts, voice)),
            answers=html(answers(item.counts, voice)),
            granted=_granted(value.granted, words) if value.granted else (),
            cases=tuple(
                CaseRow(words.number(one.number), one.answer, one.original or "–", one.note or "–")
                for one in value.cases
            ),
            numbers=(("", words.text("Vælg en sag")), *numbers),
            number=str(typed.number or ""),
            offered=tuple(value.offered.items()),
            value=typed.value,
            also=tuple(
                AlsoAsked(
                    f"{FOLLOW_UP}{one.id}",
                    one.question,
                    (("", words.text("Vælg et svar")), *one.offered.items()),
                    typed.also.get(one.id, ""),
                )
                for one in value.follow_ups
            ),
            reason=typed.reason,
            seen=value.seen,
            limit=LONGEST,
        )


def _granted(reply: FindingReply, words: Wording) -> tuple[tuple[str, tuple[str, ...]], ...]:
    said = words.text("Lederen er uenig i fundet:") if reply.objects else words.text("Lederen skriver:")
    outcome = words.text(OUTCOMES[reply.outcome]) if reply.outcome else ""
    answered = words.text("Koordinatoren svarer: {outcome}.", outcome=outcome)
    return ((said, tuple(paragraphs(reply.comment))), (answered, tuple(paragraphs(reply.answer))))


def receipt(made: Corrected, words: Wording) -> str:
    """Return what a correction changed in the figures, and what counts again in the case."""
    done = words.text("Svaret i sag {number} er ændret.", number=made.number)
    again = (html(correction_sentences.again(one, PageVoice(words))).striptags() for one in made.again)
    outdated = [asked_again(words)] if made.asked_again else []
    return " ".join([done, _figures(made, words), *again, *outdated])


def _figures(made: Corrected, words: Wording) -> str:
    before, after = made.before.counts, made.after.counts
    if (before.breached, before.assessed) == (after.breached, after.assessed):
        return words.text(
            "Fundets tal er de samme: {now} af {assessed} sager.", now=after.breached, assessed=after.assessed
        )
    then = _amount(before, words) if before.assessed != after.assessed else words.number(before.breached)
    if made.finding is None:
        return words.text(
            "Punktet er ikke længere et fund: {now}, før {then}.", now=_amount(after, words), then=then
        )
    return words.text("Fundet er nu {now}, før {then}.", now=_amount(after, words), then=then)


def _amount(counts: Counts, words: Wording) -> str:
    return words.text("{breached} af {assessed} sager", breached=counts.breached, assessed=counts.assessed)


def _case(number: int, answer: str, words: Wording) -> str:
    return words.text("Sag {number}: {answer}", number=number, answer=answer)
