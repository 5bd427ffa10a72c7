"""Spot checks of places, and the pages that self-assessments share with them."""

from typing import Any

from litestar import Controller, Request, Response, get, post, put
from litestar.datastructures import State
from litestar.params import FromPath, JSONBody
from litestar.response import Redirect

from lirk.domain.place_forms import PlaceFormContradictory, PlaceFormIncomplete
from lirk.domain.reviewing import AnswerChangedElsewhere
from lirk.domain.reviews import Answer
from lirk.errors import ProblemsFound
from lirk.services import place_forms
from lirk.services.place_forms import Saved
from web.answers import SentAnswer, answer_of, autosaved, receipt_of, told_steps
from web.dependencies import TheDatabase, TheForm, TheView
from web.forms import FieldError, field_errors
from web.pages.place_results import PlaceConflictPage, PlaceReportPage, PlaceSummaryPage
from web.pages.places import (
    FormHead,
    PlaceItemPage,
    PlacesPage,
    after_path,
    first_path,
    form_path,
    item_path,
    notices,
    report_path,
    summary_path,
    told_after_saving,
    way_of,
)
from web.view import View

ITEM = "/{form_id:int}/items/{item_id:str}"


class PlaceController(Controller):
    """Everything under ``/places``."""

    path = "/places"

    @get(sync_to_thread=True)
    def index(self, database: TheDatabase, view: TheView) -> Response[str]:
        """List the spot checks, and ask for what a new one needs."""
        with database.begin() as store:
            found = place_forms.listing(store, view.actor, now=view.now)
        return view.page("places/list.html", PlacesPage.of(found, view.words))

    @post(sync_to_thread=True)
    def begin(self, database: TheDatabase, view: TheView, form: TheForm) -> Response[str] | Redirect:
        """Begin a spot check."""
        form.only("centre", "place", "checklist")
        typed = {name: form.value(name) for name in ("centre", "place", "checklist")}
        try:
            with database.begin() as store:
                begun = place_forms.begin(
                    store,
                    view.actor,
                    centre=typed["centre"],
                    place=typed["place"],
                    checklist_id=typed["checklist"],
                    now=view.now,
                )
        except ProblemsFound as error:
            with database.begin() as store:
                found = place_forms.listing(store, view.actor, now=view.now)
            page = PlacesPage.of(found, view.words, typed)
            errors = field_errors(error.problems, view.words)
            return view.page("places/list.html", page, errors=errors, status=422)
        return view.redirect(form_path(begun.id))

    @get("/{form_id:int}", sync_to_thread=True)
    def go_on(self, database: TheDatabase, view: TheView, form_id: FromPath[int]) -> Redirect:
        """Lead to the first item that is open, or to what the form came to."""
        with database.begin() as store:
            opened = place_forms.open_form(store, view.actor, form_id)
        return view.redirect(first_path(opened))

    @get(ITEM, sync_to_thread=True)
    def item(
        self, database: TheDatabase, view: TheView, form_id: FromPath[int], item_id: FromPath[str]
    ) -> Response[str] | Redirect:
        """Show one item."""
        with database.begin() as store:
            opened = place_forms.item_page(store, view.actor, form_id, item_id)
        if not opened.may_change:
            return view.redirect(summary_path(form_id))
        return view.page("places/item.html", PlaceItemPage.of(opened, view.words, view.actor.preferences))

    @post(ITEM, sync_to_thread=True)
    def answer(
        self,
        database: TheDatabase,
        view: TheView,
        form: TheForm,
        form_id: FromPath[int],
        item_id: FromPath[str],
    ) -> Response[str] | Redirect:
        """Save the answer that a form brings, and go on."""
        form.only("value", "note", "journal_reference", "in_doubt", "version", "go")
        given, version = answer_of(form, item_id), form.number("version")
        try:
            with database.begin() as store:
                saved = place_forms.save_answer(
                    store, view.actor, form_id, item_id, given, version=version, now=view.now
                )
        except ProblemsFound as error:
            return _refused(database, view, form_id, given, version, error)
        except AnswerChangedElsewhere:
            return _conflict(database, view, form_id, given)
        return _after_saving(view, saved, stay=form.value("go") == "stay")

    @put(ITEM, opt={"itself": True}, sync_to_thread=True)
    def autosave(
        self,
        request: Request[Any, Any, State],
        form_id: FromPath[int],
        item_id: FromPath[str],
        data: JSONBody[SentAnswer],
    ) -> Response[object]:
        """Save the answer that the page's script sends."""

        def told(saved: Saved, view: View) -> dict[str, object]:
            way = way_of(saved, view.words)
            steps = told_steps(view, saved.before, saved.walk, way, at=saved.question, shown=data.steps)
            return {**told_after_saving(saved, view.words), **steps}

        return autosaved(request, place_forms.save_answer, form_id, item_id, data, told)

    @get("/{form_id:int}/summary", sync_to_thread=True)
    def summary(self, database: TheDatabase, view: TheView, form_id: FromPath[int]) -> Response[str]:
        """Show the form as a whole, and ask whether it is finished."""
        with database.begin() as store:
            opened = place_forms.open_form(store, view.actor, form_id)
        return view.page("places/summary.html", PlaceSummaryPage.of(opened, view.words))

    @post("/{form_id:int}/finish", sync_to_thread=True)
    def finish(
        self, database: TheDatabase, view: TheView, form: TheForm, form_id: FromPath[int]
    ) -> Response[str] | Redirect:
        """Finish a form."""
        form.only()
        try:
            with database.begin() as store:
                opened = place_forms.open_form(store, view.actor, form_id)
                done = place_forms.finish(store, view.actor, form_id, now=view.now)
        except (PlaceFormIncomplete, PlaceFormContradictory) as error:
            page = PlaceSummaryPage.of(opened, view.words)
            told = FieldError("missing" if page.missing else "contradictions", view.words.sentence(error))
            return view.page("places/summary.html", page, errors=[told], status=422)
        if done.assesses:
            return view.redirect("/self-assessment", receipt=view.words.text("Selvvurderingen er afsluttet."))
        return view.redirect(report_path(form_id), receipt=view.words.text("Tilsynet er afsluttet."))

    @post("/{form_id:int}/reopen", sync_to_thread=True)
    def reopen(
        self, database: TheDatabase, view: TheView, form: TheForm, form_id: FromPath[int]
    ) -> Response[str] | Redirect:
        """Open a finished form again."""
        form.only("reason")
        reason = form.value("reason")
        try:
            with database.begin() as store:
                opened = place_forms.open_form(store, view.actor, form_id)
                place_forms.reopen(store, view.actor, form_id, reason, now=view.now)
        except ProblemsFound as error:
            page = PlaceSummaryPage.of(opened, view.words, reason=reason)
            errors = field_errors(error.problems, view.words)
            return view.page("places/summary.html", page, errors=errors, status=422)
        receipt = view.words.text("Svarene er åbne igen. Husk at afslutte, når du er færdig.")
        return view.redirect(summary_path(form_id), receipt=receipt)

    @get("/{form_id:int}/delete", sync_to_thread=True)
    def ask_to_delete(self, database: TheDatabase, view: TheView, form_id: FromPath[int]) -> Response[str]:
        """Ask whether a form that was begun by mistake is to be deleted."""
        with database.begin() as store:
            opened = place_forms.open_deletable(store, view.actor, form_id)
        return view.page("places/delete.html", FormHead.of(opened, view.words))

    @post("/{form_id:int}/delete", sync_to_thread=True)
    def delete(self, database: TheDatabase, view: TheView, form: TheForm, form_id: FromPath[int]) -> Redirect:
        """Delete a form that was begun by mistake."""
        form.only()
        with database.begin() as store:
            gone = place_forms.delete(store, view.actor, form_id, now=view.now)
        return view.redirect(
            "/self-assessment" if gone.assesses else "/places",
            receipt=view.words.text("Det er slettet. Der var ingen svar."),
        )

    @get("/{form_id:int}/report", sync_to_thread=True)
    def report(self, database: TheDatabase, view: TheView, form_id: FromPath[int]) -> Response[str]:
        """Show the short report of a spot check."""
        with database.begin() as store:
            found = place_forms.short_report(store, view.actor, form_id)
        return view.page("places/report.html", PlaceReportPage.of(found, view.words))


def _after_saving(view: View, saved: Saved, *, stay: bool) -> Response[str] | Redirect:
    """Go on to the next item, unless the answer needs more first; nothing that was typed is lost."""
    lacking, words = saved.question.lacking, view.words
    if stay:
        receipt = receipt_of(saved.question, words)
        return view.redirect(item_path(saved.form.id, saved.question.id), receipt=receipt)
    if not lacking:
        return view.redirect(after_path(saved), receipt=" ".join(notices(saved, words)) or None)
    kept = words.text("Det, du har skrevet, er gemt. Punktet mangler stadig noget.") if saved.at else ""
    page = PlaceItemPage.of(saved, words, view.actor.preferences, kept=kept)
    return view.page("places/item.html", page, errors=field_errors(lacking, words), status=422)


def _refused(
    database: TheDatabase, view: View, form_id: int, given: Answer, version: int, error: ProblemsFound
) -> Response[str]:
    """Show what was typed again, with why it cannot be kept."""
    with database.begin() as store:
        opened = place_forms.item_page(store, view.actor, form_id, given.item_id)
    told = view.words.text("Svaret er ikke gemt.")
    page = PlaceItemPage.of(
        opened, view.words, view.actor.preferences, given=given, version=version, kept=told
    )
    errors = field_errors(error.problems, view.words)
    return view.page("places/item.html", page, errors=errors, status=422)


def _conflict(database: TheDatabase, view: View, form_id: int, given: Answer) -> Response[str]:
    """Show what is stored and what was typed side by side."""
    with database.begin() as store:
        opened = place_forms.item_page(store, view.actor, form_id, given.item_id)
    page = PlaceConflictPage.of(opened, given, view.words)
    return view.page("places/conflict.html", page, status=409)
