"""reviews/summary.html."""

from collections.abc import Sequence
from dataclasses import dataclass

from lirk.domain.reviewing import Question
from lirk.services.reviewing import Opened
from lirk.wording import N_, Wording
from web.pages.case_line import CaseLine
from web.pages.reviews import StepsPart, answer_label, question_path, register_rows, theme_title


@dataclass(frozen=True, slots=True, kw_only=True)
class SummaryLine:
    """A question with its answer; ``missing`` says what the answer still needs."""

    question: str
    answer: str
    note: str
    reference: str
    missing: str
    in_doubt: bool
    href: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class SummaryPage:
    """A review as a whole: what is missing, what is in doubt, and every answer; read-only when finished."""

    review_id: int
    case: CaseLine
    checklist: str
    heading: str
    finished: str
    steps: StepsPart
    missing: tuple[SummaryLine, ...]
    stopped: str
    contradictions: tuple[tuple[str, tuple[SummaryLine, ...]], ...]
    doubts: tuple[SummaryLine, ...]
    themes: tuple[tuple[str, tuple[SummaryLine, ...]], ...]
    register: tuple[tuple[str, str], ...]

    @classmethod
    def of(cls, opened: Opened, words: Wording) -> "SummaryPage":
        """Return the page of a review."""
        review, walk = opened.review, opened.walk
        finished = words.moment(review.finished_at) if review.finished_at else ""
        heading = N_("Sag {number} er afsluttet") if finished else N_("Afslut sag {number}")

        def lines(questions: Sequence[Question]) -> tuple[SummaryLine, ...]:
            return tuple(_summary_line(opened, question, words) for question in questions)

        return cls(
            review_id=review.id,
            case=CaseLine.of(review, words),
            checklist=walk.checklist.title.in_(words.language),
            heading=words.text(heading, number=review.number),
            finished=finished,
            steps=StepsPart.of(opened, words, at=None),
            missing=lines(walk.open_questions),
            stopped=walk.stop.title.in_(words.language) if walk.stop else "",
            contradictions=tuple(
                (one.message.in_(words.language), lines(walk.contradicted(one)))
                for one in walk.contradictions
            ),
            doubts=lines(walk.doubts),
            themes=tuple((theme_title(step.theme, words), lines(step.questions)) for step in walk.steps),
            register=tuple(register_rows(walk, words)),
        )


def _summary_line(opened: Opened, question: Question, words: Wording) -> SummaryLine:
    answer = question.answer
    return SummaryLine(
        question=question.asked.question.in_(words.language),
        answer=answer_label(question.asked, answer.value, words)
        if answer.value
        else words.text("Ikke besvaret"),
        note=answer.note,
        reference=answer.journal_reference,
        missing=" ".join(words.sentence(problem) for problem in question.lacking) if answer.value else "",
        in_doubt=question.in_doubt,
        href=None if opened.review.finished_at else question_path(opened.review.id, question.id),
    )
