"""reports/finding_text.html: where the coordinator writes about a finding."""

from dataclasses import dataclass

from markupsafe import Markup

from lirk.domain.finding_texts import LONGEST, FindingText
from lirk.reports.phrases import answers, breached, law
from lirk.services.finding_texts import FindingToWrite, ReviewerNote
from lirk.wording import Wording
from web.pages.reports import sections
from web.pages.voice import PageVoice, html


@dataclass(frozen=True, slots=True, kw_only=True)
class FindingTextPage:
    """The finding, its text, and the notes to write it from; ``kept`` is what another has written meanwhile."""

    title: str
    report_title: str
    report: str
    address: str
    back: str
    question: str
    breached: Markup
    answers: Markup
    law: Markup
    suggested: str
    seen: str
    recommendation: str
    examples: str
    version: int
    limit: int
    notes: tuple[ReviewerNote, ...]
    correct: str
    kept: FindingText | None = None

    @classmethod
    def of(
        cls,
        value: FindingToWrite,
        report: str,
        words: Wording,
        *,
        typed: FindingText | None = None,
        changed: bool = False,
    ) -> "FindingTextPage":
        """Return the page; with ``typed`` the fields hold what was typed, not what is kept."""
        finding, voice = value.finding, PageVoice(words, sections(words))
        text = typed or value.text
        recommendation = text.recommendation if typed else text.recommendation or finding.item.recommendation
        return cls(
            title=words.text("Skriv om fund {number}", number=finding.number),
            report_title=words.text(
                "{centre}, {round}", centre=value.report.centre, round=value.report.round_title
            ),
            report=report,
            address=f"{report}/findings/{finding.checklist_id}/{finding.item.item_id}",
            back=f"{report}#finding-{finding.number}",
            question=finding.item.question,
            breached=html(breached(finding.item.counts, voice)),
            answers=html(answers(finding.item.counts, voice)),
            law=html(law(finding.item, voice)),
            suggested=finding.item.recommendation,
            seen=text.seen,
            recommendation=recommendation,
            examples=text.examples,
            version=value.text.version,
            limit=LONGEST,
            notes=value.notes,
            correct=f"{report}/findings/{finding.checklist_id}/{finding.item.item_id}/correct"
            if value.correctable
            else "",
            kept=value.text if changed else None,
        )
