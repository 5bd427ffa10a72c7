"""Sharing cases out: the choices, how they would be shared, and the last word."""

from typing import Any

from litestar import Controller, Response, get, post
from litestar.params import FromPath

from lirk.domain.assignment import AssignmentChanged, NobodyMayRead, NoReviewers, NotAReviewer
from lirk.domain.calibration import CalibrationOpen
from lirk.services import assigning
from lirk.services.assignment_page import assignment_page
from lirk.storage.database import Database
from lirk.wording import Wording
from web.dependencies import TheDatabase, TheForm, TheView
from web.forms import FieldError, Form
from web.pages.assignment import AssignPage, PreviewPage, Wish
from web.view import View

FIELDS = ("reviewer", "most-*", "conflict-*", "again")


class AssignmentController(Controller):
    """For the coordinator of a round."""

    path = "/rounds/{key:str}/assign"

    @get(sync_to_thread=True)
    def ask(self, database: TheDatabase, view: TheView, key: FromPath[str]) -> Response[str]:
        """Ask who reviews, how many cases at most, and who keeps away from which centres."""
        return _ask(database, view, key)

    @post(sync_to_thread=True)
    def preview(
        self, database: TheDatabase, view: TheView, form: TheForm, key: FromPath[str]
    ) -> Response[str]:
        """Show how the cases would be shared out."""
        form.only(*FIELDS)
        return _preview(database, view, key, form)

    @post("/confirm", sync_to_thread=True)
    def assign(
        self, database: TheDatabase, view: TheView, form: TheForm, key: FromPath[str]
    ) -> Response[Any]:
        """Share the cases out as shown, or go back to the choices."""
        form.only(*FIELDS, "shown", "go")
        wish = Wish.typed(form)
        if form.value("go") == "edit" or wish.problems(view.words):
            return _ask(database, view, key, wish, wish.problems(view.words))
        try:
            with database.begin() as store:
                done = assigning.assign(
                    store,
                    view.actor,
                    key,
                    reviewers=wish.reviewers,
                    most=wish.limits,
                    conflicts=wish.conflicts,
                    again=wish.again,
                    shown=form.value("shown"),
                    now=view.now,
                )
        except (AssignmentChanged, CalibrationOpen, NoReviewers, NotAReviewer, NobodyMayRead) as error:
            errors = (FieldError("reviewer", view.words.sentence(error)),)
            return _ask(database, view, key, wish, errors)
        said = view.words.plural("{count} sag er fordelt.", "{count} sager er fordelt.", len(done.given))
        if done.seconds:
            said += " " + _seconds_text(done, view.words)
        return view.redirect(f"/rounds/{key}/follow", receipt=said)


def _seconds_text(done: assigning.Assignment, words: Wording) -> str:
    count = len(done.seconds)
    if done.seconds.keys() <= done.given.keys():
        return words.plural("{count} af dem gennemgås af to.", "{count} af dem gennemgås af to.", count)
    return words.plural("{count} sag gennemgås nu af to.", "{count} sager gennemgås nu af to.", count)


def _ask(
    database: Database, view: View, key: str, wish: Wish | None = None, errors: tuple[FieldError, ...] = ()
) -> Response[str]:
    with database.begin() as store:
        value = assignment_page(store, view.actor, key)
    page = AssignPage.of(value, view.words, wish, errors)
    return view.page("rounds/assign.html", page, errors=errors, status=422 if errors else 200)


def _preview(database: Database, view: View, key: str, form: Form) -> Response[str]:
    wish = Wish.typed(form)
    errors = wish.problems(view.words)
    if errors:
        return _ask(database, view, key, wish, errors)
    try:
        with database.begin() as store:
            planned = assigning.assignment_preview(
                store,
                view.actor,
                key,
                reviewers=wish.reviewers,
                most=wish.limits,
                conflicts=wish.conflicts,
                again=wish.again,
            )
    except (NoReviewers, NotAReviewer) as error:
        return _ask(database, view, key, wish, (FieldError("reviewer", view.words.sentence(error)),))
    return view.page("rounds/assign_preview.html", PreviewPage.of(planned, wish, view.words))
