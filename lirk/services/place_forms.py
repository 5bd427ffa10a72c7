"""Spot checks of places and leaders' self-assessments: beginning, answering, finishing, and what they come to."""

from dataclasses import dataclass, fields, replace
from datetime import date, datetime
from typing import Any

from checklists.model import Checklist
from lirk.domain.access import Action, may, require
from lirk.domain.alphabet import danish_key
from lirk.domain.people import Person
from lirk.domain.place_forms import (
    NoPlaceChecklist,
    PlaceForm,
    PlaceFormFinished,
    PlaceFormNotEmpty,
    PlaceFormNotFinished,
    PlaceKind,
    ShortReport,
    check_changeable,
    check_finishable,
    check_place,
    check_reopening_reason,
    check_unlocked,
    of_kind,
    question_of,
)
from lirk.domain.place_forms import short_report as short_report_of
from lirk.domain.reviewing import (
    AnswerChangedElsewhere,
    KeptAnswer,
    Question,
    Walkthrough,
    is_kept,
    prepared,
    walkthrough,
)
from lirk.domain.reviews import Answer
from lirk.domain.walking_on import walked_on
from lirk.errors import NotFound, Problem, ProblemsFound
from lirk.services.checklist_versions import ReadVersion, versions_on
from lirk.services.checklists import parse
from lirk.storage.store import Store

#: The right to fill in a form, and the right to read it when it is finished.
RIGHTS = {
    PlaceKind.SPOT_CHECK: (Action.CHECK_PLACE, Action.CHECK_PLACE),
    PlaceKind.SELF_ASSESSMENT: (Action.ASSESS_SELF, Action.READ_SELF_ASSESSMENT),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Opened:
    """A form that a person has opened, and what is asked in it.

    ``may_change`` says whether the person may answer it as it stands, and ``may_reopen`` whether to open it
    again; ``reopening_needs_reason`` where it was finished by somebody else.
    """

    form: PlaceForm
    walk: Walkthrough
    may_change: bool
    may_reopen: bool
    reopening_needs_reason: bool

    @property
    def checklist(self) -> Checklist:
        """The checklist, as it was when the form was begun."""
        return self.walk.checklist


@dataclass(frozen=True, slots=True, kw_only=True)
class OpenedQuestion(Opened):
    """A form that is open at one question."""

    question: Question


@dataclass(frozen=True, slots=True, kw_only=True)
class Saved(OpenedQuestion):
    """What is stored after saving; ``at`` is None where nothing is stored, ``before`` is what was asked before."""

    before: Walkthrough
    at: datetime | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Listing:
    """The spot checks that a person may see, the last that was begun first; and where one can be begun."""

    forms: tuple[Opened, ...]
    centres: tuple[str, ...]
    checklists: tuple[ReadVersion, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Reported(Opened):
    """A finished spot check with its short report."""

    report: ShortReport


def listing(store: Store, actor: Person, *, now: datetime) -> Listing:
    """Return the spot checks that a person may see, and what is needed to begin another.

    Raises
    ------
    NotAllowed, NotFound
        If the person checks no places.
    """
    require(actor, Action.CHECK_PLACE, centre=next(iter(actor.centres), None))
    everywhere = may(actor, Action.CHECK_PLACE)
    forms = store.place_forms.of_kind(PlaceKind.SPOT_CHECK, None if everywhere else actor.centres)
    return Listing(
        forms=tuple(_opened(actor, one) for one in forms),
        centres=_centres(store, actor),
        checklists=checklists_for(store, PlaceKind.SPOT_CHECK, now.date()),
    )


def checklists_for(store: Store, kind: PlaceKind, today: date) -> tuple[ReadVersion, ...]:
    """Return the newest version in force of each checklist of a kind, by title."""
    return tuple(one for one in versions_on(store, today) if one.newest and of_kind(one.checklist, kind))


def begin(
    store: Store, actor: Person, *, centre: str, place: str, checklist_id: str, now: datetime
) -> PlaceForm:
    """Begin a spot check.

    Raises
    ------
    ProblemsFound
        If the name of the place, the centre or the checklist is missing or none that can be chosen.
    NotAllowed, NotFound
        If the person checks no places.
    """
    require(actor, Action.CHECK_PLACE, centre=next(iter(actor.centres), None))
    checklists = {one.id: one for one in checklists_for(store, PlaceKind.SPOT_CHECK, now.date())}
    problems = []
    if centre not in _centres(store, actor):
        problems.append(Problem("place-centre-missing", column="centre"))
    try:
        place = check_place(place)
    except ProblemsFound as error:
        problems += error.problems
    if checklist_id not in checklists:
        problems.append(Problem("place-checklist-missing", column="checklist"))
    if problems:
        raise ProblemsFound(problems)
    return _begin(store, actor, PlaceKind.SPOT_CHECK, centre, checklists[checklist_id], now, place=place)


def begin_self_assessment(
    store: Store, actor: Person, *, round_id: int, centre: str, now: datetime
) -> PlaceForm:
    """Begin the self-assessment of a centre in a round, or return the one that is there.

    The caller has asked whether the person leads the centre and the round measures it.

    Raises
    ------
    PlaceFormLocked
        If the report was seen before any was begun.
    NoPlaceChecklist
        If no version of its checklist is in force.
    """
    require(actor, Action.ASSESS_SELF, centre=centre)
    there = store.place_forms.self_assessment(round_id, centre)
    if there is not None:
        return there
    checklists = checklists_for(store, PlaceKind.SELF_ASSESSMENT, now.date())
    if not checklists:
        raise NoPlaceChecklist
    return _begin(store, actor, PlaceKind.SELF_ASSESSMENT, centre, checklists[0], now, round_id=round_id)


def open_form(store: Store, actor: Person, form_id: int) -> Opened:
    """Return a form with what is asked in it; also one that is finished or locked.

    Raises
    ------
    NotFound
        If there is no such form, or the person may not know of it: a self-assessment that is not finished is
        its leader's alone.
    """
    form = store.place_forms.find(form_id)
    if form is None or not _may_open(actor, form):
        raise NotFound
    return _opened(actor, form)


def item_page(store: Store, actor: Person, form_id: int, item_id: str) -> OpenedQuestion:
    """Return a form, open at one item.

    Raises
    ------
    PlaceItemNotAsked
        If it is not asked.
    NotFound
        As `open_form`.
    """
    opened = open_form(store, actor, form_id)
    return OpenedQuestion(**_parts(opened), question=question_of(opened.walk, item_id))


def save_answer(
    store: Store,
    actor: Person,
    form_id: int,
    item_id: str,
    answer: Answer,
    *,
    version: int,
    key: str | None = None,
    now: datetime,
) -> Saved:
    """Keep the answer to one item, also where its note is missing yet.

    The same again changes nothing, whatever the version; nor does the same key.

    Parameters
    ----------
    version
        The version of the answer that the page was made from, 0 where none was stored.
    key
        Names this attempt, so that sending it twice keeps it once.

    Raises
    ------
    ProblemsFound
        With all that keeps it from being kept; nothing is.
    AnswerChangedElsewhere
        If another version is stored.
    PlaceFormFinished, PlaceFormLocked
        If the form takes no answers now.
    PlaceItemNotAsked, NotFound
        As `item_page`.
    """
    opened = item_page(store, actor, form_id, item_id)
    _check_changeable(actor, opened)
    answer, kept = prepared(opened.question, answer), opened.question.kept
    if is_kept(opened.question, answer):
        return _saved(opened, kept)
    stored = store.place_forms.keep_answer(form_id, answer, expected=version, key=key, at=now, by=actor.id)
    if stored is None:
        raise AnswerChangedElsewhere(kept)
    _note(store, actor, "place-answer-given", opened.form, now, item=item_id, version=stored)
    return _saved(opened, KeptAnswer(answer=answer, version=stored, at=now, by=actor.name, key=key))


def finish(store: Store, actor: Person, form_id: int, *, now: datetime) -> PlaceForm:
    """Finish a form that is complete.

    Raises
    ------
    PlaceFormIncomplete, PlaceFormContradictory
        If something is missing, or answers contradict each other.
    PlaceFormFinished, PlaceFormLocked
        If it takes no changes now.
    NotFound
        As `open_form`.
    """
    opened = open_form(store, actor, form_id)
    _check_changeable(actor, opened)
    check_finishable(opened.walk)
    store.place_forms.set_finished(form_id, now, actor.id)
    _note(store, actor, "place-form-finished", opened.form, now, round=opened.form.round_key)
    return opened.form


def reopen(store: Store, actor: Person, form_id: int, reason: str, *, now: datetime) -> PlaceForm:
    """Open a finished form again; a coordinator who did not finish it says why, and the trail keeps it.

    Raises
    ------
    ProblemsFound
        If the reason is missing or cannot be kept.
    PlaceFormLocked, PlaceFormNotFinished
        If the report was seen, or the form is open.
    NotFound
        If the person may not open it again, or as `open_form`.
    """
    opened = open_form(store, actor, form_id)
    check_unlocked(opened.form)
    if opened.form.finished_at is None:
        raise PlaceFormNotFinished
    if not opened.may_reopen:
        raise NotFound
    why = check_reopening_reason(reason) if opened.reopening_needs_reason else ""
    store.place_forms.set_finished(form_id, None, None)
    _note(store, actor, "place-form-reopened", opened.form, now, **({"reason": why} if why else {}))
    return opened.form


def delete(store: Store, actor: Person, form_id: int, *, now: datetime) -> PlaceForm:
    """Delete a form that was begun by mistake.

    Raises
    ------
    PlaceFormNotEmpty
        If anything was answered.
    PlaceFormFinished, PlaceFormLocked
        If it takes no changes now.
    NotFound
        As `open_form`.
    """
    opened = open_deletable(store, actor, form_id)
    store.place_forms.delete(form_id)
    _note(store, actor, "place-form-deleted", opened.form, now)
    return opened.form


def open_deletable(store: Store, actor: Person, form_id: int) -> Opened:
    """Return a form that can be deleted.

    Raises
    ------
    PlaceFormNotEmpty, PlaceFormFinished, PlaceFormLocked, NotFound
        See `delete`.
    """
    opened = open_form(store, actor, form_id)
    _check_changeable(actor, opened)
    if opened.form.answers:
        raise PlaceFormNotEmpty
    return opened


def short_report(store: Store, actor: Person, form_id: int) -> Reported:
    """Return what a finished spot check comes to.

    Raises
    ------
    PlaceFormNotFinished
        If it is not finished.
    NotFound
        If it is a self-assessment, which is no measurement; or as `open_form`.
    """
    opened = open_form(store, actor, form_id)
    if opened.form.assesses:
        raise NotFound
    if opened.form.finished_at is None:
        raise PlaceFormNotFinished
    return Reported(**_parts(opened), report=short_report_of(opened.walk))


def _begin(
    store: Store,
    actor: Person,
    kind: PlaceKind,
    centre: str,
    version: ReadVersion,
    now: datetime,
    *,
    place: str = "",
    round_id: int | None = None,
) -> PlaceForm:
    form_id = store.place_forms.add(
        kind=kind,
        centre=centre,
        place=place,
        round_id=round_id,
        checklist_id=version.id,
        checklist_version=version.version,
        text=version.text,
        at=now,
        by=actor.id,
    )
    form = store.place_forms.find(form_id)
    if form is None:
        raise NotFound
    check_unlocked(form)
    _note(store, actor, "place-form-begun", form, now)
    return form


def _may_open(actor: Person, form: PlaceForm) -> bool:
    fill, read = RIGHTS[form.kind]
    finished = form.finished_at is not None
    return may(actor, fill, centre=form.centre) or (finished and may(actor, read, centre=form.centre))


def _opened(actor: Person, form: PlaceForm) -> Opened:
    fills = may(actor, RIGHTS[form.kind][0], centre=form.centre)
    by_finisher = form.assesses or form.finisher_id == actor.id
    coordinates = not form.assesses and may(actor, Action.CHECK_PLACE)
    done = form.finished_at is not None and not form.locked
    return Opened(
        form=form,
        walk=walkthrough(parse(form.text), {}, form.answers),
        may_change=fills and form.open,
        may_reopen=done and fills and (by_finisher or coordinates),
        reopening_needs_reason=not by_finisher,
    )


def _parts(opened: Opened) -> dict[str, Any]:
    return {one.name: getattr(opened, one.name) for one in fields(Opened)}


def _check_changeable(actor: Person, opened: Opened) -> None:
    check_changeable(opened.form)
    if not opened.may_change:
        raise PlaceFormFinished


def _saved(opened: OpenedQuestion, kept: KeptAnswer | None) -> Saved:
    """Return the form as it stands with an answer that is stored now."""
    question_id, answers, walk = opened.question.id, opened.form.answers, opened.walk
    if kept is not None:
        walk, answers = walked_on(walk, {}, answers, kept), {**answers, question_id: kept}
    now_opened = replace(opened, form=replace(opened.form, answers=answers), walk=walk)
    return Saved(
        **_parts(now_opened),
        before=opened.walk,
        question=question_of(walk, question_id),
        at=kept.at if kept else None,
    )


def _centres(store: Store, actor: Person) -> tuple[str, ...]:
    """Return the active centres where a person may begin a spot check, in Danish order."""
    names = [one.name for one in store.centres.listing() if one.active]
    return tuple(sorted((one for one in names if may(actor, Action.CHECK_PLACE, centre=one)), key=danish_key))


def _note(store: Store, actor: Person, action: str, form: PlaceForm, now: datetime, **about: object) -> None:
    """Say in the trail what was done; the name of the place stays with the form."""
    store.trail.add(
        action,
        actor_id=actor.id,
        at=now,
        form=form.id,
        kind=form.kind.value,
        centre=form.centre,
        checklist=form.checklist_id,
        **{name: value for name, value in about.items() if value is not None},
    )
