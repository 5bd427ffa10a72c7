"""reviews/item.html and steps.html."""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import partial

from markupsafe import Markup

from checklists.model import Checklist, Fact, Item, Theme
from lirk.domain.people import Preferences
from lirk.domain.reviewing import (
    Walkthrough,
)
from lirk.domain.reviews import Answer
from lirk.services.pinned import asked_of
from lirk.services.reviewing import Opened, OpenedQuestion, Saved
from lirk.wording import N_, Wording
from lirk.wording.item_sets import set_name
from web.markdown import html_of
from web.pages.answering import (
    AnswerFields,
    after_in,
    answer_fields,
    answer_label,
    before_in,
    position_in,
    said_of,
    saved_value,
)
from web.pages.case_line import CaseLine, case_name
from web.pages.steps import StepLine, Way, step_lines, steps_mark


@dataclass(frozen=True, slots=True, kw_only=True)
class ReferenceLine:
    """A reference to the law."""

    text: str
    status: str
    checked: str
    verified: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Guidance:
    """What helps with a question: guidance, examples, law, and where the question stands.

    ``agreed`` says how the round's reviewers agreed to read it, empty where they did not.
    """

    agreed: str
    body: Markup
    examples: tuple[tuple[str, Markup], ...]
    references: tuple[ReferenceLine, ...]
    source: str

    @classmethod
    def of(cls, asked: Fact | Item, checklist: Checklist, words: Wording, *, agreed: str = "") -> "Guidance":
        """Return the guidance of a question."""
        language = words.language
        good = asked.good_example.in_(language) if isinstance(asked, Item) else ""
        bad = asked.bad_example.in_(language) if isinstance(asked, Item) else ""
        examples = ((words.text("Godt eksempel"), good), (words.text("Dårligt eksempel"), bad))
        return cls(
            agreed=agreed,
            body=html_of(asked.guidance.in_(language)),
            examples=tuple((label, html_of(text)) for label, text in examples if text),
            references=tuple(_references(asked, words)),
            source=words.text(
                "{title}, version {version}. Punktets id: {item}",
                title=checklist.title.in_(language),
                version=str(checklist.version),
                item=asked.id,
            ),
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class ItemPage(AnswerFields):
    """One question of a review.

    ``given`` is what the fields show: the stored answer, or (``typed``) what was refused. ``about`` says which
    item it is in a list of answers that are not sent. ``note_at``
    and ``reference_at`` are the codes that need more; ``kept`` is told above the form after a refusal;
    ``notices`` say which answers contradict this one, and that it ends the review. ``talk_href`` is where it is
    talked over when the stored answer is ``in_doubt``; empty in a calibration, which has a talk of its own.
    """

    review_id: int
    href: str
    about: str
    case: CaseLine
    checklist: str
    position: str
    items: str
    theme: str
    title: str
    steps: tuple[StepLine, ...]
    steps_mark: str
    guidance: Guidance
    notices: tuple[str, ...]
    before: str | None
    after: str
    register: tuple[tuple[str, str], ...]
    talk_href: str
    in_doubt: bool

    @classmethod
    def of(
        cls,
        opened: OpenedQuestion,
        words: Wording,
        preferences: Preferences,
        *,
        given: Answer | None = None,
        version: int | None = None,
        kept: str = "",
    ) -> "ItemPage":
        """Return the page of a question, with what was typed in place of what is stored if it was refused."""
        question, walk = opened.question, opened.walk
        fields = answer_fields(question, words, preferences, given=given, version=version, kept=kept)
        return cls(
            **fields,
            review_id=opened.review.id,
            href=question_path(opened.review.id, question.id),
            about=f"{case_name(opened.review, words)}, {position(opened, words)}",
            case=CaseLine.of(opened.review, words),
            checklist=walk.checklist.title.in_(words.language),
            position=position(opened, words),
            items=set_name(asked_of(opened.review.checklist).items, words),
            theme=theme_title(question.theme, words),
            title=f"{position(opened, words)}: {fields['question']}",
            steps=step_lines(opened.walk, way_of(opened, words), words, at=question),
            steps_mark=steps_mark(opened.walk),
            guidance=Guidance.of(question.asked, walk.checklist, words, agreed=opened.agreed),
            notices=notices(opened, words),
            before=before_path(opened),
            after=after_path(opened),
            register=tuple(register_rows(walk, words)) if question.theme is None else (),
            talk_href="" if opened.review.calibrates else f"/doubts/{opened.review.id}/{question.id}",
            in_doubt=question.in_doubt,
        )


def question_path(review_id: int, question_id: str) -> str:
    """Return the address of a question."""
    return f"/reviews/{review_id}/items/{question_id}"


def summary_path(review_id: int) -> str:
    """Return the address of a review's summary."""
    return f"/reviews/{review_id}/summary"


def before_path(opened: OpenedQuestion) -> str | None:
    """Return the address of the question before, or None."""
    return before_in(opened.walk, opened.question, partial(question_path, opened.review.id))


def after_path(opened: OpenedQuestion) -> str:
    """Return the address of the question after, or of the summary."""
    path = partial(question_path, opened.review.id)
    return after_in(opened.walk, opened.question, path, summary_path(opened.review.id))


def first_path(opened: Opened) -> str:
    """Return the address at which to go on with a review."""
    if opened.review.finished_at is not None:
        return summary_path(opened.review.id)
    if opened.review.set_aside:
        return f"/reviews/{opened.review.id}/obstacle"
    first = next(iter(opened.walk.open_questions), None)
    return question_path(opened.review.id, first.id) if first else summary_path(opened.review.id)


def position(opened: OpenedQuestion, words: Wording) -> str:
    """Return ``Punkt 3 af 28``."""
    return position_in(opened.walk, opened.question, words)


def notices(opened: OpenedQuestion, words: Wording) -> tuple[str, ...]:
    """Return what the answers to a question lead to: contradictions, or the end of the review."""

    def ends(title: str) -> str:
        return words.text("Gennemgangen slutter her: {title}. Gå til »Afslut sagen«.", title=title)

    return said_of(opened.walk, opened.question.id, ends, words.language)


def way_of(opened: Opened, words: Wording) -> Way:
    """Return where the steps of a review lead."""
    return Way(
        question=partial(question_path, opened.review.id),
        summary=summary_path(opened.review.id),
        heading=partial(theme_title, words=words),
        end=words.text("Afslut sagen"),
        ready=words.text("Klar til at afslutte"),
        marks=True,
    )


def theme_title(theme: Theme | None, words: Wording) -> str:
    """Return the heading of a step."""
    return theme.title.in_(words.language) if theme else words.text("Fakta om sagen")


def told_after_saving(saved: Saved, words: Wording) -> dict[str, object]:
    """Return what the script is told after saving."""
    return saved_value(
        saved.question,
        words,
        notices=list(notices(saved, words)),
        position=position(saved, words),
        before=before_path(saved),
        after=after_path(saved),
    )


def _references(asked: Fact | Item, words: Wording) -> Iterator[ReferenceLine]:
    for reference in asked.references if isinstance(asked, Item) else ():
        checked = N_("kontrolleret i kilden") if reference.verified else N_("ikke kontrolleret")
        yield ReferenceLine(
            text=reference.text.in_(words.language),
            status=words.text("Lovstatus {day}", day=reference.status_date),
            checked=words.text(checked),
            verified=reference.verified,
        )


def register_rows(walk: Walkthrough, words: Wording) -> Iterator[tuple[str, str]]:
    """Return what the register tells of a case: question and answer."""
    for fact in walk.checklist.facts:
        if fact.id in walk.register:
            yield fact.question.in_(words.language), answer_label(fact, walk.register[fact.id], words)
