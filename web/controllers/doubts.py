"""Doubts: the lists, and the talk about one answer between its reviewer and those who can help."""

from contextlib import suppress
from typing import Any

from litestar import Controller, Response, get, post
from litestar.params import FromPath
from litestar.response import Redirect

from lirk.domain.doubts import DoubtOpen, DoubtSettled, DoubtTakenBack
from lirk.errors import ProblemsFound
from lirk.services import doubts
from web.dependencies import TheDatabase, TheForm, TheView
from web.forms import FieldError, field_errors
from web.pages.doubts import DoubtPage, DoubtsPage
from web.pages.reviews import (
    question_path,
    summary_path,
)


class DoubtController(Controller):
    """For the reviewer whose answer it is, the coordinator and the legal department."""

    @get("/doubts", sync_to_thread=True)
    def every(self, database: TheDatabase, view: TheView) -> Response[str]:
        """List what is open in all rounds under review."""
        with database.begin() as store:
            value = doubts.open_doubts(store, view.actor)
        return view.page("doubts/list.html", DoubtsPage.of(value, view.words))

    @get("/rounds/{key:str}/doubts", sync_to_thread=True)
    def of_round(self, database: TheDatabase, view: TheView, key: FromPath[str]) -> Response[str]:
        """List the doubts of a round."""
        with database.begin() as store:
            value = doubts.doubts_list(store, view.actor, key)
        return view.page("doubts/list.html", DoubtsPage.of(value, view.words))

    @get("/doubts/{review_id:int}/{item_id:str}", sync_to_thread=True)
    def show(
        self, database: TheDatabase, view: TheView, review_id: FromPath[int], item_id: FromPath[str]
    ) -> Response[str]:
        """Show one doubt with what was said of it."""
        with database.begin() as store:
            value = doubts.doubt_page(store, view.actor, review_id, item_id)
        return view.page("doubts/doubt.html", DoubtPage.of(value, view.words))

    @post("/doubts/{review_id:int}/{item_id:str}", sync_to_thread=True)
    def write(
        self,
        database: TheDatabase,
        view: TheView,
        form: TheForm,
        review_id: FromPath[int],
        item_id: FromPath[str],
    ) -> Response[Any]:
        """Keep what somebody says; opening the doubt again first where the form says so."""
        form.only("text", "reopen")
        text = form.value("text")
        try:
            with database.begin() as store:
                if form.flag("reopen"):
                    # Somebody else may have opened it meanwhile, which is as good.
                    with suppress(DoubtOpen):
                        doubts.reopen(store, view.actor, review_id, item_id, now=view.now)
                doubts.write(store, view.actor, review_id, item_id, text, now=view.now)
        except (ProblemsFound, DoubtSettled, DoubtTakenBack) as error:
            with database.begin() as store:
                value = doubts.doubt_page(store, view.actor, review_id, item_id)
            page, status = DoubtPage.of(value, view.words, given=text), 409
            told: tuple[FieldError, ...] = (FieldError("text", view.words.sentence(error)),)
            if isinstance(error, ProblemsFound):
                told, status = field_errors(error.problems, view.words), 422
            return view.page("doubts/doubt.html", page, errors=told, status=status)
        return view.redirect(f"/doubts/{review_id}/{item_id}", receipt=view.words.text("Beskeden er sendt."))

    @post("/doubts/{review_id:int}/{item_id:str}/settle", sync_to_thread=True)
    def settle(
        self,
        database: TheDatabase,
        view: TheView,
        form: TheForm,
        review_id: FromPath[int],
        item_id: FromPath[str],
    ) -> Redirect:
        """Say that a doubt is settled; its reviewer goes back to the item, the others to the list."""
        form.only()
        with database.begin() as store:
            settled = doubts.settle(store, view.actor, review_id, item_id, now=view.now)
        if settled.reviewer_id == view.actor.id and not settled.finished:
            said = view.words.text("Punktet er afklaret. Ret svaret, hvis det skal ændres.")
            return view.redirect(question_path(review_id, item_id), receipt=said)
        said = view.words.text("Punktet i sag {number} er afklaret.", number=settled.number)
        mine = settled.reviewer_id == view.actor.id
        return view.redirect(
            summary_path(review_id) if mine else f"/rounds/{settled.round_key}/doubts", receipt=said
        )
