"""Calibrating a round: the coordinator's pages, and what those who took part see afterwards."""

from typing import Any

from litestar import Controller, Response, get, post
from litestar.params import FromPath, FromQuery

from lirk.domain.assignment import NotAReviewer
from lirk.domain.calibration import (
    FEWEST_READERS,
    AgreedReadingChanged,
    CalibrationEmpty,
    CalibrationNeedsReaders,
    CalibrationNeedsReserve,
    CalibrationSizeWrong,
    CalibrationUnfinished,
)
from lirk.errors import LirkError, ProblemsFound
from lirk.services import calibrating, calibration_results
from lirk.services.people import PersonUnknown
from lirk.storage.database import Database
from web.dependencies import TheDatabase, TheForm, TheView
from web.forms import FieldError, refusal
from web.pages.calibration import (
    CalibrationPage,
    Choice,
    ConfirmPage,
    ReaderResultsPage,
    Typed,
    anchor_of,
    calibration_address,
    field_of,
    results_address,
)
from web.view import View

FIELDS = ("cases", "reviewer")
OF_CASES = (CalibrationSizeWrong, CalibrationNeedsReserve)
OF_READERS = (CalibrationNeedsReaders, NotAReviewer, PersonUnknown)


class CalibrationController(Controller):
    """For the coordinator of a round."""

    path = "/rounds/{key:str}/calibration"

    @get(sync_to_thread=True)
    def show_page(
        self, database: TheDatabase, view: TheView, key: FromPath[str], show: FromQuery[str] = "all"
    ) -> Response[str]:
        """Show how far the calibration is, or what came of it."""
        return _page(database, view, key, show=show)

    @post(sync_to_thread=True)
    def plan(self, database: TheDatabase, view: TheView, form: TheForm, key: FromPath[str]) -> Response[str]:
        """Show which cases it would be, and who reads them."""
        form.only(*FIELDS)
        choice = Choice.typed(form)
        try:
            with database.begin() as store:
                planned = calibrating.planned(
                    store, view.actor, key, cases=choice.count, reviewers=choice.reviewers
                )
        except (*OF_CASES, *OF_READERS) as error:
            return _page(database, view, key, choice=choice, errors=_of_choice(error, choice, view))
        return view.page("calibration/confirm.html", ConfirmPage.of(planned, choice, view.words))

    @post("/open", sync_to_thread=True)
    def begin(self, database: TheDatabase, view: TheView, form: TheForm, key: FromPath[str]) -> Response[Any]:
        """Open the calibration, or go back to the choices."""
        form.only(*FIELDS, "go")
        choice = Choice.typed(form)
        if form.value("go") == "edit":
            return _page(database, view, key, choice=choice)
        try:
            with database.begin() as store:
                calibrating.open_calibration(
                    store, view.actor, key, cases=choice.count, reviewers=choice.reviewers, now=view.now
                )
        except (*OF_CASES, *OF_READERS) as error:
            return _page(database, view, key, choice=choice, errors=_of_choice(error, choice, view))
        said = view.words.text("Kalibreringen er begyndt. Sagerne står nu hos deltagerne under Mine sager.")
        return view.redirect(calibration_address(key), receipt=said)

    @get("/cancel", sync_to_thread=True)
    def ask_cancel(self, database: TheDatabase, view: TheView, key: FromPath[str]) -> Response[str]:
        """Ask whether to cancel."""
        return _page(database, view, key, template="calibration/cancel.html")

    @post("/cancel", sync_to_thread=True)
    def cancel(
        self, database: TheDatabase, view: TheView, form: TheForm, key: FromPath[str]
    ) -> Response[Any]:
        """Cancel the calibration."""
        form.only()
        with database.begin() as store:
            calibrating.cancel(store, view.actor, key, now=view.now)
        said = view.words.text("Kalibreringen er annulleret, og svarene er slettet.")
        return view.redirect(calibration_address(key), receipt=said)

    @post("/close", sync_to_thread=True)
    def close(self, database: TheDatabase, view: TheView, form: TheForm, key: FromPath[str]) -> Response[Any]:
        """Close the calibration."""
        form.only("unfinished")
        try:
            with database.begin() as store:
                calibrating.close(store, view.actor, key, unfinished=form.flag("unfinished"), now=view.now)
        except (CalibrationUnfinished, CalibrationEmpty) as error:
            return _page(database, view, key, errors=refusal(error, "unfinished", view.words))
        said = view.words.text("Kalibreringen er lukket. Nu kan alle deltagere se svarene.")
        return view.redirect(calibration_address(key), receipt=said)

    @post("/agreed/{checklist_id:str}/{item_id:str}", sync_to_thread=True)
    def agree(
        self,
        database: TheDatabase,
        view: TheView,
        form: TheForm,
        key: FromPath[str],
        checklist_id: FromPath[str],
        item_id: FromPath[str],
    ) -> Response[Any]:
        """Write down how an item is read in the round."""
        form.only("text", "version")
        text, version = form.value("text"), form.number("version")
        typed = Typed(checklist_id=checklist_id, item_id=item_id, text=text, version=version)
        try:
            with database.begin() as store:
                calibration_results.write_agreed_reading(
                    store, view.actor, key, checklist_id, item_id, text, version=version, now=view.now
                )
        except ProblemsFound as error:
            errors = refusal(error, field_of(checklist_id, item_id), view.words)
            return _page(database, view, key, typed=typed, errors=errors)
        except AgreedReadingChanged as error:
            return _changed(database, view, key, typed, error)
        said = view.words.text("Gemt. Teksten står ved punktet under gennemgangen.")
        return view.redirect(f"{calibration_address(key)}#{anchor_of(checklist_id, item_id)}", receipt=said)


class CalibrationResultsController(Controller):
    """For those who took part."""

    path = "/reviews/calibration/{key:str}"

    @get(sync_to_thread=True)
    def results(
        self, database: TheDatabase, view: TheView, key: FromPath[str], show: FromQuery[str] = "all"
    ) -> Response[str]:
        """Show how each item was read."""
        with database.begin() as store:
            value = calibration_results.results_page(store, view.actor, key)
        return view.page("calibration/reader.html", ReaderResultsPage.of(value, view.words, show=show))

    @post("/name", sync_to_thread=True)
    def name(self, database: TheDatabase, view: TheView, form: TheForm, key: FromPath[str]) -> Response[Any]:
        """Keep whether the reader agrees to be named."""
        form.only("named")
        named = form.flag("named")
        with database.begin() as store:
            calibration_results.agree_to_be_named(store, view.actor, key, named=named, now=view.now)
        words = view.words
        said = (
            words.text("Du vises med navn, når alle har sagt ja.")
            if named
            else words.text("Du vises uden navn.")
        )
        return view.redirect(results_address(key), receipt=said)


def _page(
    database: Database,
    view: View,
    key: str,
    *,
    choice: Choice | None = None,
    show: str = "all",
    typed: Typed | None = None,
    errors: tuple[FieldError, ...] = (),
    template: str = "calibration/page.html",
) -> Response[str]:
    with database.begin() as store:
        value = calibrating.calibration_page(store, view.actor, key)
    page = CalibrationPage.of(value, view.words, choice=choice, show=show, typed=typed)
    return view.page(template, page, errors=errors, status=422 if errors else 200)


def _of_choice(error: LirkError, choice: Choice, view: View) -> tuple[FieldError, ...]:
    if isinstance(error, CalibrationNeedsReaders) and len(set(choice.reviewers)) < FEWEST_READERS:
        return (FieldError("reviewer", view.words.text("Vælg mindst to, der skal være med.")),)
    return refusal(error, "cases" if isinstance(error, OF_CASES) else "reviewer", view.words)


def _changed(
    database: Database, view: View, key: str, typed: Typed, error: AgreedReadingChanged
) -> Response[str]:
    """Show what is stored beside what was typed; sent once more, it takes its place."""
    with database.begin() as store:
        value = calibrating.calibration_page(store, view.actor, key)
    kept = next(
        one.agreed.get(typed.item_id)
        for one in (value.results.checklists if value.results else ())
        if one.checklist.id == typed.checklist_id
    )
    beside = Typed(
        checklist_id=typed.checklist_id,
        item_id=typed.item_id,
        text=typed.text,
        version=kept.version if kept else 0,
        stored=kept.text if kept else "",
    )
    page = CalibrationPage.of(value, view.words, typed=beside)
    errors = refusal(error, field_of(typed.checklist_id, typed.item_id), view.words)
    return view.page("calibration/page.html", page, errors=errors, status=409)
