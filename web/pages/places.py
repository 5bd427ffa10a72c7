"""places/list.html and item.html: spot checks of places and self-assessments, one item at a time."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import partial

from checklists.model import Theme
from lirk.domain.people import Preferences
from lirk.domain.place_forms import PLACE_LIMIT, PlaceForm
from lirk.domain.reviews import Answer
from lirk.services.place_forms import Listing, Opened, OpenedQuestion, Saved
from lirk.wording import Wording
from web.pages.answering import (
    AnswerFields,
    after_in,
    answer_fields,
    before_in,
    position_in,
    said_of,
    saved_value,
)
from web.pages.reviews import (
    Guidance,
)
from web.pages.steps import StepLine, Way, step_lines, steps_mark


@dataclass(frozen=True, slots=True, kw_only=True)
class FormHead:
    """What a form is about: above every page of it, and in the way back to the list."""

    at: str
    back: str
    back_text: str
    checklist: str
    rows: tuple[tuple[str, str], ...]

    @classmethod
    def of(cls, opened: Opened, words: Wording) -> "FormHead":
        """Return the head of a form."""
        form = opened.form
        about = (
            (words.text("Runde"), form.round_title or "")
            if form.assesses
            else (words.text("Sted"), form.place)
        )
        return cls(
            at=form_path(form.id),
            back="/self-assessment" if form.assesses else "/places",
            back_text=words.text("Selvvurdering") if form.assesses else words.text("Tilsyn"),
            checklist=opened.checklist.title.in_(words.language),
            rows=((words.text("Center"), form.centre), about),
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class FormLine:
    """A form in the list."""

    place: str
    centre: str
    checklist: str
    state: str
    finished: bool
    href: str
    action: str


@dataclass(frozen=True, slots=True, kw_only=True)
class PlacesPage:
    """The list of spot checks, and what is needed to begin another."""

    begun: tuple[FormLine, ...]
    finished: tuple[FormLine, ...]
    centres: tuple[tuple[str, str], ...]
    checklists: tuple[tuple[str, str], ...]
    limit: int
    typed: Mapping[str, str] = field(default_factory=dict)

    @classmethod
    def of(cls, found: Listing, words: Wording, typed: Mapping[str, str] | None = None) -> "PlacesPage":
        """Return the page, with what was typed where that was refused."""
        lines = [_form_line(one, words) for one in found.forms]
        centres = tuple((one, one) for one in found.centres)
        checklists = tuple((one.id, one.title.in_(words.language)) for one in found.checklists)
        only = {
            "centre": centres[0][0] if len(centres) == 1 else "",
            "checklist": checklists[0][0] if len(checklists) == 1 else "",
            "place": "",
        }
        return cls(
            begun=tuple(one for one in lines if not one.finished),
            finished=tuple(one for one in lines if one.finished),
            centres=centres if len(centres) == 1 else (("", words.text("Vælg et center")), *centres),
            checklists=checklists,
            limit=PLACE_LIMIT,
            typed=only if typed is None else typed,
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class PlaceItemPage(AnswerFields):
    """One item of a form; the names are those of the page of a review, whose template it is shown with.

    ``review_id`` and ``about`` name the form and the item among the answers that are not sent yet.
    """

    head: FormHead
    review_id: str
    href: str
    about: str
    checklist: str
    position: str
    theme: str
    title: str
    steps: tuple[StepLine, ...]
    steps_mark: str
    guidance: Guidance
    notices: tuple[str, ...]
    before: str | None
    after: str
    register: tuple[tuple[str, str], ...]

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
    ) -> "PlaceItemPage":
        """Return the page of an item, with what was typed in place of what is stored if it was refused."""
        question = opened.question
        fields = answer_fields(question, words, preferences, given=given, version=version, kept=kept)
        return cls(
            **fields,
            head=FormHead.of(opened, words),
            review_id=queue_name(opened.form.id),
            href=item_path(opened.form.id, question.id),
            about=f"{name_of(opened.form, words)}, {position(opened, words)}",
            checklist=opened.checklist.title.in_(words.language),
            position=position(opened, words),
            theme=theme_name(question.theme, words),
            title=f"{position(opened, words)}: {fields['question']}",
            steps=step_lines(opened.walk, way_of(opened, words), words, at=question),
            steps_mark=steps_mark(opened.walk),
            guidance=Guidance.of(question.asked, opened.checklist, words),
            notices=notices(opened, words),
            before=before_path(opened),
            after=after_path(opened),
            register=(),
        )


def queue_name(form_id: int) -> str:
    """Return what the script knows a form by; no review is called so."""
    return f"places-{form_id}"


def form_path(form_id: int) -> str:
    """Return the address of a form."""
    return f"/places/{form_id}"


def item_path(form_id: int, item_id: str) -> str:
    """Return the address of an item."""
    return f"/places/{form_id}/items/{item_id}"


def summary_path(form_id: int) -> str:
    """Return the address of a form's summary."""
    return f"/places/{form_id}/summary"


def report_path(form_id: int) -> str:
    """Return the address of a spot check's short report."""
    return f"/places/{form_id}/report"


def before_path(opened: OpenedQuestion) -> str | None:
    """Return the address of the item before, or None."""
    return before_in(opened.walk, opened.question, partial(item_path, opened.form.id))


def after_path(opened: OpenedQuestion) -> str:
    """Return the address of the item after, or of the summary."""
    path = partial(item_path, opened.form.id)
    return after_in(opened.walk, opened.question, path, summary_path(opened.form.id))


def first_path(opened: Opened) -> str:
    """Return the address at which to go on with a form."""
    if not opened.may_change:
        done = opened.form.finished_at is not None and not opened.form.assesses
        return report_path(opened.form.id) if done else summary_path(opened.form.id)
    first = next(iter(opened.walk.open_questions), None)
    return item_path(opened.form.id, first.id) if first else summary_path(opened.form.id)


def name_of(form: PlaceForm, words: Wording) -> str:
    """Return what a form is called: the place, or the self-assessment of a centre."""
    return words.text("Selvvurdering af {centre}", centre=form.centre) if form.assesses else form.place


def position(opened: OpenedQuestion, words: Wording) -> str:
    """Return ``Punkt 3 af 28``."""
    return position_in(opened.walk, opened.question, words)


def theme_name(theme: Theme | None, words: Wording) -> str:
    """Return the heading of a step."""
    return theme.title.in_(words.language) if theme else words.text("Fakta om stedet")


def way_of(opened: Opened, words: Wording) -> Way:
    """Return where the steps of a form lead."""
    return Way(
        question=partial(item_path, opened.form.id),
        summary=summary_path(opened.form.id),
        heading=partial(theme_name, words=words),
        end=words.text("Afslut"),
        ready=words.text("Klar til at afslutte"),
    )


def notices(opened: OpenedQuestion, words: Wording) -> tuple[str, ...]:
    """Return what the answers lead to: contradictions, or the end of the form."""

    def ends(title: str) -> str:
        return words.text("Resten af punkterne bortfalder: {title}. Gå til »Afslut«.", title=title)

    return said_of(opened.walk, opened.question.id, ends, words.language)


def told_after_saving(saved: Saved, words: Wording) -> dict[str, object]:
    """Return what the script is told after saving; the same names as those of a review."""
    return saved_value(
        saved.question,
        words,
        notices=list(notices(saved, words)),
        position=position(saved, words),
        before=before_path(saved),
        after=after_path(saved),
    )


def _form_line(opened: Opened, words: Wording) -> FormLine:
    form, walk = opened.form, opened.walk
    if form.finished_at is not None:
        state = words.text("Afsluttet {day}", day=words.date(form.finished_at.date()))
    elif form.answers:
        state = words.text("I gang, {done} af {total} punkter", done=walk.answered, total=len(walk.questions))
    else:
        state = words.text("Ikke begyndt")
    finished = form.finished_at is not None
    return FormLine(
        place=form.place,
        centre=form.centre,
        checklist=opened.checklist.title.in_(words.language),
        state=state,
        finished=finished,
        href=first_path(opened),
        action=words.text("Se rapporten") if finished else words.text("Fortsæt"),
    )
