"""All that one reviewer has left handed over to others: the choice, a look, and the last word."""

from typing import Any

from litestar import Controller, Response, get, post
from litestar.params import FromPath, FromQuery

from lirk.domain.assignment import AssignmentChanged, NoReviewers, NotAReviewer
from lirk.services import handing_over
from lirk.services.handing_over import NothingToHandOver
from lirk.services.people import PersonUnknown
from lirk.storage.database import Database
from web.dependencies import TheDatabase, TheForm, TheView
from web.forms import FieldError, refusal
from web.pages.handing_over import HandOverForm, HandOverPreview, HandOverWish
from web.view import View

FIELDS = ("giver", "taker", "only_taken")
OF_TAKER = (NoReviewers, NotAReviewer, PersonUnknown, NothingToHandOver, AssignmentChanged)


class HandOverController(Controller):
    """For the coordinator of a round."""

    path = "/rounds/{key:str}/assign/hand-over"

    @get(sync_to_thread=True)
    def ask(
        self, database: TheDatabase, view: TheView, key: FromPath[str], giver: FromQuery[str] = ""
    ) -> Response[str]:
        """Ask whose cases go to whom."""
        return _ask(database, view, key, HandOverWish(giver=giver))

    @post(sync_to_thread=True)
    def preview(
        self, database: TheDatabase, view: TheView, form: TheForm, key: FromPath[str]
    ) -> Response[str]:
        """Show what would go to whom."""
        form.only(*FIELDS)
        wish = HandOverWish.typed(form)
        errors = wish.problems(view.words)
        if errors:
            return _ask(database, view, key, wish, errors)
        try:
            with database.begin() as store:
                planned = handing_over.hand_over_preview(
                    store,
                    view.actor,
                    key,
                    giver=wish.giver,
                    takers=wish.takers,
                    only_taken=wish.only_taken,
                )
        except OF_TAKER as error:
            return _ask(database, view, key, wish, refusal(error, "taker", view.words))
        return view.page("rounds/hand_over_preview.html", HandOverPreview.of(planned, wish, view.words))

    @post("/confirm", sync_to_thread=True)
    def hand_over(
        self, database: TheDatabase, view: TheView, form: TheForm, key: FromPath[str]
    ) -> Response[Any]:
        """Hand the cases over as shown, or go back to the choices."""
        form.only(*FIELDS, "shown", "go")
        wish = HandOverWish.typed(form)
        errors = wish.problems(view.words)
        if form.value("go") == "edit" or errors:
            return _ask(database, view, key, wish, errors)
        try:
            with database.begin() as store:
                done = handing_over.hand_over(
                    store,
                    view.actor,
                    key,
                    giver=wish.giver,
                    takers=wish.takers,
                    only_taken=wish.only_taken,
                    shown=form.value("shown"),
                    now=view.now,
                )
        except OF_TAKER as error:
            return _ask(database, view, key, wish, refusal(error, "taker", view.words))
        said = view.words.plural(
            "{count} sag fra {name} er givet videre.",
            "{count} sager fra {name} er givet videre.",
            len(done.given) + len(done.seconds),
            name=done.giver.name,
        )
        return view.redirect(f"/rounds/{key}/follow", receipt=said)


def _ask(
    database: Database, view: View, key: str, wish: HandOverWish, errors: tuple[FieldError, ...] = ()
) -> Response[str]:
    with database.begin() as store:
        value = handing_over.hand_over_page(store, view.actor, key)
    page = HandOverForm.of(value, wish, view.words)
    return view.page("rounds/hand_over.html", page, errors=errors, status=422 if errors else 200)
