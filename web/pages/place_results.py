"""places/summary.html, report.html and conflict.html: a form as a whole, and what it comes to."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from checklists.model import Item
from lirk.domain.reviewing import Question
from lirk.domain.reviews import Answer
from lirk.services.place_forms import Opened, OpenedQuestion, Reported
from lirk.wording import Wording
from lirk.wording.place_forms import VERDICTS
from lirk.wording.reports import RULES, SEVERITIES
from web.pages.answering import answer_label
from web.pages.places import FormHead, item_path, queue_name, theme_name, way_of
from web.pages.steps import StepLine, step_lines


@dataclass(frozen=True, slots=True, kw_only=True)
class PlaceLine:
    """An item with its answer; ``missing`` says what the answer still needs."""

    question: str
    answer: str
    note: str
    missing: str
    in_doubt: bool
    href: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class PlaceSummaryPage:
    """A form as a whole: what is missing, every answer, and what can be done with it now."""

    head: FormHead
    title: str
    steps: tuple[StepLine, ...]
    assesses: bool
    open: bool
    locked: bool
    finished: str
    empty: bool
    missing: tuple[PlaceLine, ...]
    stopped: str
    contradictions: tuple[tuple[str, tuple[PlaceLine, ...]], ...]
    doubts: tuple[PlaceLine, ...]
    themes: tuple[tuple[str, tuple[PlaceLine, ...]], ...]
    reopens: bool
    reopening_reason: bool
    reason: str

    @classmethod
    def of(cls, opened: Opened, words: Wording, *, reason: str = "") -> "PlaceSummaryPage":
        """Return the page of a form, with the reason that was typed where it was refused."""
        form, walk = opened.form, opened.walk
        head = FormHead.of(opened, words)

        def lines(questions: Sequence[Question]) -> tuple[PlaceLine, ...]:
            return tuple(_place_line(opened, question, words) for question in questions)

        return cls(
            head=head,
            title=_summary_title(opened, words),
            steps=step_lines(opened.walk, way_of(opened, words), words, at=None),
            assesses=form.assesses,
            open=opened.may_change,
            locked=form.locked,
            finished=_finished(form.finished_at, form.finished_by, words),
            empty=not form.answers,
            missing=lines(walk.open_questions),
            stopped=walk.stop.title.in_(words.language) if walk.stop else "",
            contradictions=tuple(
                (one.message.in_(words.language), lines(walk.contradicted(one)))
                for one in walk.contradictions
            ),
            doubts=lines(walk.doubts),
            themes=tuple((theme_name(step.theme, words), lines(step.questions)) for step in walk.steps),
            reopens=opened.may_reopen,
            reopening_reason=opened.reopening_needs_reason,
            reason=reason,
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class ToDo:
    """An item that must be put right."""

    question: str
    answer: str
    kicker: str
    law: tuple[str, ...]
    note: str
    recommendation: str


@dataclass(frozen=True, slots=True, kw_only=True)
class PlaceReportPage:
    """The short report of a spot check."""

    head: FormHead
    rows: tuple[tuple[str, str], ...]
    verdict: str
    summary: str
    to_do: tuple[ToDo, ...]
    in_order: tuple[str, ...]
    not_assessed: tuple[tuple[str, str], ...]
    not_relevant: tuple[str, ...]
    other: tuple[tuple[str, str], ...]
    ask: str

    @classmethod
    def of(cls, found: Reported, words: Wording) -> "PlaceReportPage":
        """Return the page of a report."""
        form, report, language = found.form, found.report, words.language
        head = FormHead.of(found, words)
        return cls(
            head=head,
            rows=(
                *head.rows,
                (words.text("Tjekliste"), _version_line(found, words)),
                (words.text("Retsgrundlag pr."), words.date(found.checklist.status_date)),
                (words.text("Afsluttet"), _finished(form.finished_at, form.finished_by, words)),
            ),
            verdict=_verdict(found, words),
            summary=_counts(found, words),
            to_do=tuple(_to_do(one, words) for one in report.to_do),
            in_order=tuple(one.asked.question.in_(language) for one in report.in_order),
            not_assessed=tuple(
                (one.asked.question.in_(language), one.answer.note) for one in report.not_assessed
            ),
            not_relevant=tuple(one.asked.question.in_(language) for one in report.not_relevant),
            other=tuple(
                (one.asked.question.in_(language), answer_label(one.asked, one.answer.value, words))
                for one in report.other
            ),
            ask=_who_to_ask(form.finished_by, words),
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class PlaceConflictPage:
    """Two answers to one item: what is stored, and what was typed."""

    head: FormHead
    review_id: str
    href: str
    question: str
    stored: tuple[tuple[str, str], ...]
    typed: tuple[tuple[str, str], ...]
    given: Answer
    version: int

    @classmethod
    def of(cls, opened: OpenedQuestion, given: Answer, words: Wording) -> "PlaceConflictPage":
        """Return the page."""
        question = opened.question
        stored = _answer_rows(question, question.answer, words)
        if question.kept is not None:
            by = question.kept.by or words.text("en anden")
            stored = (*stored, (words.text("Gemt"), f"{words.moment(question.kept.at)}, {by}"))
        return cls(
            head=FormHead.of(opened, words),
            review_id=queue_name(opened.form.id),
            href=item_path(opened.form.id, question.id),
            question=question.asked.question.in_(words.language),
            stored=stored,
            typed=_answer_rows(question, given, words),
            given=given,
            version=question.version,
        )


def _place_line(opened: Opened, question: Question, words: Wording) -> PlaceLine:
    answer = question.answer
    return PlaceLine(
        question=question.asked.question.in_(words.language),
        answer=answer_label(question.asked, answer.value, words)
        if answer.value
        else words.text("Ikke besvaret"),
        note=answer.note,
        missing=" ".join(words.sentence(one) for one in question.lacking) if answer.value else "",
        in_doubt=question.in_doubt,
        href=item_path(opened.form.id, question.id) if opened.may_change else None,
    )


def _summary_title(opened: Opened, words: Wording) -> str:
    if opened.form.assesses:
        return words.text("Afslut selvvurderingen") if opened.may_change else words.text("Selvvurderingen")
    return words.text("Afslut tilsynet") if opened.may_change else words.text("Tilsynet")


def _finished(at: datetime | None, by: str | None, words: Wording) -> str:
    if at is None:
        return ""
    return words.text("{at} af {name}", at=words.moment(at), name=by) if by else words.moment(at)


def _version_line(found: Reported, words: Wording) -> str:
    return words.text(
        "{title}, version {version}",
        title=found.checklist.title.in_(words.language),
        version=str(found.form.checklist_version),
    )


def _verdict(found: Reported, words: Wording) -> str:
    checklist, verdict = found.checklist, found.report.verdict
    known = checklist.verdict(verdict) or next((one for one in checklist.stops if one.id == verdict), None)
    return known.title.in_(words.language) if known else words.text(VERDICTS[verdict])


def _counts(found: Reported, words: Wording) -> str:
    """Return in words how many items are in order, must be put right, and cannot be assessed."""
    report = found.report
    said = (
        words.plural("{count} punkt er i orden", "{count} punkter er i orden", len(report.in_order)),
        words.plural("{count} skal bringes i orden", "{count} skal bringes i orden", len(report.to_do)),
        words.plural("{count} kan ikke vurderes", "{count} kan ikke vurderes", len(report.not_assessed)),
    )
    return f"{words.listing(said)}."


def _to_do(question: Question, words: Wording) -> ToDo:
    asked, language = question.asked, words.language
    item = asked if isinstance(asked, Item) else None
    kicker = [words.text(SEVERITIES[item.severity]), words.text(RULES[item.rule])] if item else []
    return ToDo(
        question=asked.question.in_(language),
        answer=answer_label(asked, question.answer.value, words),
        kicker=", ".join(kicker),
        law=tuple(one.text.in_(language) for one in item.references) if item else (),
        note=question.answer.note,
        recommendation=item.recommendation.in_(language) if item else "",
    )


def _who_to_ask(finished_by: str | None, words: Wording) -> str:
    if finished_by is None:
        return words.text("Spørg koordinatoren.")
    return words.text("Spørg {name}, som har lavet tilsynet.", name=finished_by)


def _answer_rows(question: Question, answer: Answer, words: Wording) -> tuple[tuple[str, str], ...]:
    label = answer_label(question.asked, answer.value, words) if answer.value else words.text("Ikke besvaret")
    note = ((words.text("Note"), answer.note),) if answer.note else ()
    return ((words.text("Svar"), label), *note)
