"""Trying a version in the browser, as a review goes; nothing is kept, and no answer stands in an address."""

from litestar import Controller, Response, get, post
from litestar.params import FromPath

from lirk.domain.item_sets import ItemSet
from lirk.domain.reviewing import Question
from lirk.domain.reviews import Answer
from lirk.domain.rounds import CaseUnknown, RoundUnknown
from lirk.errors import ProblemsFound
from lirk.services import checklist_trials, checklist_versions
from lirk.services.checklist_trials import OldCase, Trial
from lirk.storage.database import Database
from web.controllers.checklist_workflow import version_head
from web.dependencies import TheDatabase, TheForm, TheView
from web.forms import FieldError, Form, field_errors
from web.pages.checklist_trial import SUMMARY, TrialItemPage, TrialState, TrialSummaryPage, TryPage
from web.view import View

FIELDS = (
    "begin", "items", "round", "number", "kept", "shown", "at", "go",
    "value", "note", "journal_reference", "in_doubt",
)  # fmt: skip


class ChecklistTrialController(Controller):
    """One version, tried."""

    path = "/checklists/{checklist_id:str}/{version:int}/try"

    @get(sync_to_thread=True)
    def start(
        self, database: TheDatabase, view: TheView, checklist_id: FromPath[str], version: FromPath[int]
    ) -> Response[str]:
        """Ask which items, and whether an old case shall be tried."""
        return _start(database, view, checklist_id, version)

    @post(sync_to_thread=True)
    def go(
        self,
        database: TheDatabase,
        view: TheView,
        form: TheForm,
        checklist_id: FromPath[str],
        version: FromPath[int],
    ) -> Response[str]:
        """Begin, answer, or go to another question."""
        checklist_trials.check_may_try(view.actor)
        form.only(*FIELDS)
        if form.flag("begin"):
            return _begin(database, view, form, checklist_id, version)
        state = TrialState.read(form.value("kept"))
        trial = _tried(database, view, checklist_id, version, state)
        if form.value("shown"):
            return _answer(database, view, form, trial, state)
        return _show(database, view, trial, state, form.value("at") or SUMMARY)


def _start(
    database: Database,
    view: View,
    checklist_id: str,
    version: int,
    form: Form | None = None,
    refused: str = "",
) -> Response[str]:
    with database.begin() as store:
        trial = checklist_trials.try_out(store, view.actor, checklist_id, version, now=view.now)
        rounds = checklist_trials.old_rounds(store, view.actor, checklist_id, version)
        moves = checklist_versions.possible_moves(store, view.actor, trial.version)
        head = version_head(store, view, trial.version, moves)
    page = TryPage.of(
        trial,
        head,
        rounds,
        view.words,
        sees_old=checklist_trials.sees_old_cases(view.actor),
        items=_items(form).value,
        round_=form.value("round") if form else "",
        number=form.value("number") if form else "",
    )
    errors = [FieldError("number", refused)] if refused else []
    return view.page("checklists/try.html", page, errors=errors, status=422 if refused else 200)


def _begin(database: Database, view: View, form: Form, checklist_id: str, version: int) -> Response[str]:
    """Show the first question that has no answer, or what the answers come to where there is none."""
    state = TrialState(items=_items(form))
    if key := form.value("round"):
        try:
            old = _old(database, view, checklist_id, version, key, form.number("number"))
        except (RoundUnknown, CaseUnknown):
            said = view.words.text("Runden har ikke den prøvesag. Skriv et tal fra 1 til 5.")
            return _start(database, view, checklist_id, version, form, said)
        whole = _tried(database, view, checklist_id, version, TrialState()).checklist
        state = TrialState.of_case(old, state.items, whole, view.words)
    trial = _tried(database, view, checklist_id, version, state)
    first = next((one for one in trial.walk.questions if not one.answer.value), None)
    return _show(database, view, trial, state, first.id if first and not trial.walk.stop else SUMMARY)


def _answer(database: Database, view: View, form: Form, trial: Trial, state: TrialState) -> Response[str]:
    """Take an answer into the trial, and go on unless it needs more first."""
    shown = form.value("shown")
    given = Answer(
        item_id=shown,
        value=form.value("value"),
        note=form.value("note"),
        journal_reference=form.value("journal_reference"),
        in_doubt=form.flag("in_doubt"),
    )
    question = trial.walk.question(shown)
    try:
        checklist_trials.check_answer(question, given)
    except ProblemsFound as error:
        told = view.words.text("Svaret er ikke taget med.")
        page = TrialItemPage.of(trial, state, question, view.words, given=given, kept=told)
        errors = field_errors(error.problems, view.words)
        return view.page("checklists/try_item.html", page, errors=errors, status=422)
    state = state.answered(given)
    trial = _tried(database, view, trial.version.id, trial.version.version, state)
    if at := form.value("at"):
        return _show(database, view, trial, state, at)
    question = trial.walk.question(shown)
    if question.lacking:
        page = TrialItemPage.of(trial, state, question, view.words)
        errors = field_errors(question.lacking, view.words)
        return view.page("checklists/try_item.html", page, errors=errors, status=422)
    return _show(database, view, trial, state, _next(trial, question))


def _next(trial: Trial, question: Question) -> str:
    after = None if trial.walk.stop else trial.walk.after(question.id)
    return SUMMARY if after is None else after.id


def _show(database: Database, view: View, trial: Trial, state: TrialState, at: str) -> Response[str]:
    if at != SUMMARY:
        page = TrialItemPage.of(trial, state, trial.walk.question(at), view.words)
        return view.page("checklists/try_item.html", page)
    old = None
    if state.old is not None:
        old = _old(database, view, trial.version.id, trial.version.version, *state.old)
    return view.page("checklists/try_summary.html", TrialSummaryPage.of(trial, state, old, view.words))


def _tried(database: Database, view: View, checklist_id: str, version: int, state: TrialState) -> Trial:
    with database.begin() as store:
        return checklist_trials.try_out(
            store,
            view.actor,
            checklist_id,
            version,
            items=state.items,
            facts=state.facts,
            answers=state.answers,
            now=view.now,
        )


def _old(database: Database, view: View, checklist_id: str, version: int, key: str, number: int) -> OldCase:
    with database.begin() as store:
        return checklist_trials.old_case(store, view.actor, checklist_id, version, key, number, now=view.now)


def _items(form: Form | None) -> ItemSet:
    return ItemSet.CORE if form is not None and form.value("items") == ItemSet.CORE else ItemSet.FULL
