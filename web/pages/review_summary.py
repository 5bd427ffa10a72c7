"""reviews/summary.html."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from checklists.model import Checklist
from lirk.domain.finishing import answers_mark
from lirk.domain.reviewing import NOTE_LIMIT, Question
from lirk.services.finishing import Summary
from lirk.services.reviewing import Opened
from lirk.wording import N_, Wording
from lirk.wording.finishing import BUILT_IN
from web.forms import Form
from web.pages.answering import answer_label
from web.pages.case_line import CaseLine
from web.pages.reviews import (
    question_path,
    register_rows,
    theme_title,
    way_of,
)
from web.pages.steps import StepLine, step_lines

#: By whether it is of a calibration, and whether it is finished.
HEADINGS = {
    (False, False): N_("Afslut sag {number}"),
    (False, True): N_("Sag {number} er afsluttet"),
    (True, False): N_("Afslut kalibreringssag {number}"),
    (True, True): N_("Kalibreringssag {number} er afsluttet"),
}


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
class UrgentPart:
    """What a summary says of acting on the case now.

    ``said`` tells what was said, as rows; ``href`` leads to where it is said, None in a calibration.
    ``ticked`` and ``reason`` are what the form shows.
    """

    said: tuple[tuple[str, str], ...]
    href: str | None
    ticked: bool
    reason: str
    limit: int = NOTE_LIMIT


@dataclass(frozen=True, slots=True, kw_only=True)
class SummaryPage:
    """A review as a whole: what is missing, what is in doubt, and every answer; read-only when finished.

    ``judgements`` are the verdicts to choose from, ``judgement`` the one that is chosen; ``result`` is the
    computed verdict, empty where the round does not show it; ``outcome`` is what a finished review ended with.
    ``mark`` tells which answers are shown (``answers_mark``).
    """

    review_id: int
    case: CaseLine
    checklist: str
    heading: str
    finished: str
    reopened: str
    steps: tuple[StepLine, ...]
    missing: tuple[SummaryLine, ...]
    stopped: str
    contradictions: tuple[tuple[str, tuple[SummaryLine, ...]], ...]
    doubts: tuple[SummaryLine, ...]
    themes: tuple[tuple[str, tuple[SummaryLine, ...]], ...]
    register: tuple[tuple[str, str], ...]
    judgements: tuple[tuple[str, str], ...]
    judgement: str
    result: str
    outcome: tuple[tuple[str, str], ...]
    urgent: UrgentPart
    shortcuts: bool
    mark: str

    @classmethod
    def of(
        cls, value: Summary, words: Wording, *, shortcuts: bool, typed: Form | None = None
    ) -> "SummaryPage":
        """Return the page of a review; with what was chosen and written where it was refused."""
        review, walk = value.review, value.walk
        finished = words.moment(review.finished_at) if review.finished_at else ""
        heading = HEADINGS[review.calibrates, bool(finished)]

        def lines(questions: Sequence[Question]) -> tuple[SummaryLine, ...]:
            return tuple(_summary_line(value, question, words) for question in questions)

        return cls(
            review_id=review.id,
            case=CaseLine.of(review, words),
            checklist=walk.checklist.title.in_(words.language),
            heading=words.text(heading, number=review.number),
            finished=finished,
            reopened=value.reopened,
            steps=step_lines(value.walk, way_of(value, words), words, at=None),
            missing=lines(walk.open_questions),
            stopped=walk.stop.title.in_(words.language) if walk.stop else "",
            contradictions=tuple(
                (one.message.in_(words.language), lines(walk.contradicted(one)))
                for one in walk.contradictions
            ),
            doubts=lines(walk.doubts),
            themes=tuple((theme_title(step.theme, words), lines(step.questions)) for step in walk.steps),
            register=tuple(register_rows(walk, words)),
            judgements=tuple((one.id, one.title.in_(words.language)) for one in value.judgements),
            judgement=typed.value("judgement") if typed else review.judgement or "",
            result=_result(value, words),
            outcome=tuple(_outcome(value, words)) if finished else (),
            urgent=_urgent(value, words, typed or Form()),
            shortcuts=shortcuts,
            mark=answers_mark(walk),
        )


def verdict_title(checklist: Checklist, verdict_id: str, words: Wording) -> str:
    """Return what a verdict of a case is called."""
    verdict = checklist.verdict(verdict_id)
    if verdict is not None:
        return verdict.title.in_(words.language)
    return words.text(BUILT_IN[verdict_id]) if verdict_id in BUILT_IN else "–"


def urgent_path(review_id: int) -> str:
    """Return the address at which a reader says that a case must be acted on now."""
    return f"/reviews/{review_id}/urgent"


def _result(value: Summary, words: Wording) -> str:
    return verdict_title(value.walk.checklist, value.result, words) if value.result else ""


def _outcome(value: Summary, words: Wording) -> Iterator[tuple[str, str]]:
    given = value.review.judgement
    if given:
        yield words.text("Samlet vurdering"), verdict_title(value.walk.checklist, given, words)
    if value.result:
        yield words.text("Beregnet resultat"), _result(value, words)


def _urgent(value: Summary, words: Wording, typed: Form) -> UrgentPart:
    reason = typed.value("urgent_reason")
    said = value.urgent
    rows = (
        ((words.text("Grund"), said.reason), (words.text("Meldt"), words.moment(said.raised_at)))
        if said
        else ()
    )
    return UrgentPart(
        said=rows,
        href=None if value.review.calibrates else urgent_path(value.review.id),
        ticked=typed.flag("urgent") or bool(reason),
        reason=reason,
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
        in_doubt=question.open_doubt,
        href=None if opened.review.finished_at else question_path(opened.review.id, question.id),
    )
