"""places/list.html and item.html: spot checks of places and self-assessments, one item at a time."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from lirk.domain.people import Preferences
from lirk.domain.place_forms import PLACE_LIMIT, PlaceForm
from lirk.domain.reviewing import (
    NOTE_LIMIT,
    REFERENCE_LIMIT,
    Question,
    State,
    Step,
    takes_note,
    takes_reference,
)
from lirk.domain.reviews import Answer
from lirk.services.place_forms import Listing, Opened, OpenedQuestion, Saved
from lirk.wording import N_, Wording
from web.pages.reviews import Guidance, StepLine, choices_of, needed_at, saved_text


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
class PlaceSteps:
    """reviews/steps.html: the themes beside an item."""

    steps: tuple[StepLine, ...]

    @classmethod
    def of(cls, opened: Opened, words: Wording, *, at: Question | None) -> "PlaceSteps":
        """Return the steps of a form, seen from an item or from the summary."""
        lines = [_step_line(opened.form.id, step, words, at=at) for step in opened.walk.steps]
        note = words.text("Klar til at afslutte") if opened.walk.complete else ""
        state = "current" if at is None else "todo"
        last = StepLine(text=words.text("Afslut"), href=summary_path(opened.form.id), state=state, note=note)
        return cls(steps=(*lines, last))


@dataclass(frozen=True, slots=True, kw_only=True)
class PlaceItemPage:
    """One item of a form; the names are those of the page of a review, whose template it is shown with.

    ``review_id`` and ``about`` name the form and the item among the answers that are not sent yet.
    """

    head: FormHead
    review_id: str
    item_id: str
    href: str
    about: str
    typed: bool
    checklist: str
    position: str
    theme: str
    title: str
    question: str
    steps: PlaceSteps
    guidance: Guidance
    choices: tuple[tuple[str, str], ...]
    given: Answer
    version: int
    note_hint: str
    note_at: str
    reference_at: str
    reference_hint: str
    note_limit: int
    reference_limit: int
    saved: str
    kept: str
    lacking: tuple[str, ...]
    notices: tuple[str, ...]
    before: str | None
    after: str
    register: tuple[tuple[str, str], ...]
    preferences: Preferences

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
        question, asked = opened.question, opened.question.asked
        note_at = [one for one in asked.offered if takes_note(asked, one)]
        reference_at = [one for one in asked.offered if takes_reference(asked, one)]
        text = asked.question.in_(words.language)
        return cls(
            head=FormHead.of(opened, words),
            review_id=queue_name(opened.form.id),
            item_id=question.id,
            href=item_path(opened.form.id, question.id),
            about=f"{name_of(opened.form, words)}, {position(opened, words)}",
            typed=given is not None,
            checklist=opened.checklist.title.in_(words.language),
            position=position(opened, words),
            theme=theme_name(question, words),
            title=f"{position(opened, words)}: {text}",
            question=text,
            steps=PlaceSteps.of(opened, words, at=question),
            guidance=Guidance.of(question, opened.checklist, words),
            choices=tuple(choices_of(asked, words)),
            given=given or question.answer,
            version=question.version if version is None else version,
            note_hint=needed_at(N_("Krævet ved: {answers}."), asked, note_at, words),
            note_at=" ".join(note_at),
            reference_at=" ".join(reference_at),
            reference_hint=needed_at(N_("Krævet ved: {answers}."), asked, reference_at, words),
            note_limit=NOTE_LIMIT,
            reference_limit=REFERENCE_LIMIT,
            saved=saved_text(question.kept, words),
            kept=kept,
            lacking=tuple(words.sentence(one) for one in question.lacking) if question.answer.value else (),
            notices=notices(opened, words),
            before=before_path(opened),
            after=after_path(opened),
            register=(),
            preferences=preferences,
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
    before = opened.walk.before(opened.question.id)
    return item_path(opened.form.id, before.id) if before else None


def after_path(opened: OpenedQuestion) -> str:
    """Return the address of the item after, or of the summary."""
    after = opened.walk.after(opened.question.id)
    return item_path(opened.form.id, after.id) if after else summary_path(opened.form.id)


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
    return words.text(
        "Punkt {number} af {count}", number=opened.question.number, count=len(opened.walk.questions)
    )


def theme_name(question: Question, words: Wording) -> str:
    """Return the heading of a question's step."""
    return question.theme.title.in_(words.language) if question.theme else words.text("Fakta om stedet")


def notices(opened: OpenedQuestion, words: Wording) -> tuple[str, ...]:
    """Return what the answers lead to: contradictions, or the end of the form."""
    walk, item_id = opened.walk, opened.question.id
    said = [one.message.in_(words.language) for one in walk.contradictions_at(item_id)]
    if walk.stop and item_id in walk.rests_on:
        title = walk.stop.title.in_(words.language)
        said.append(words.text("Resten af punkterne bortfalder: {title}. Gå til »Afslut«.", title=title))
    return tuple(said)


def saved_value(saved: Saved, words: Wording, *, steps: str, expires_at: str | None) -> dict[str, object]:
    """Return what the script is told after saving; the same names as those of a review."""
    question = saved.question
    return {
        "version": question.version,
        "saved": saved_text(question.kept, words),
        "state": question.state.value,
        "lacking": [words.sentence(one) for one in question.lacking] if question.answer.value else [],
        "notices": list(notices(saved, words)),
        "position": position(saved, words),
        "steps": steps,
        "before": before_path(saved),
        "after": after_path(saved),
        "expires_at": expires_at,
    }


def _step_line(form_id: int, step: Step, words: Wording, *, at: Question | None) -> StepLine:
    count = len(step.questions)
    here = at is not None and any(question.id == at.id for question in step.questions)
    state = "current" if here else "done" if step.answered == count else "todo"
    open_ones = (question for question in step.questions if question.state is not State.ANSWERED)
    return StepLine(
        text=theme_name(step.questions[0], words),
        href=item_path(form_id, next(open_ones, step.questions[0]).id),
        state=state,
        note=words.text("{done} af {total}", done=step.answered, total=count),
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
