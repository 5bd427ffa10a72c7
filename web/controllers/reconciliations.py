"""Cases that two people read: what they agree on, how far they are, and how far they answered alike."""

from typing import Any

from litestar import Controller, Response, get, post
from litestar.params import FromPath

from lirk.domain.reconciliation import AgreedElsewhere, MayNotDecide
from lirk.domain.reviews import Reading
from lirk.errors import ProblemsFound
from lirk.services import reconciling
from lirk.services.agreement import agreement_page
from lirk.storage.database import Database
from web.dependencies import TheDatabase, TheForm, TheView
from web.forms import FieldError, Form, field_errors, refusal
from web.pages.agreement import AgreementPage
from web.pages.reconciliations import DoublePage, ReconciliationPage, field, item_anchor, path
from web.view import View


class ReconciliationController(Controller):
    """For the two who read a case, a third who was asked to decide, and the coordinator."""

    path = "/reviews/reconcile/{review_id:int}"

    @get(sync_to_thread=True)
    def show(self, database: TheDatabase, view: TheView, review_id: FromPath[int]) -> Response[str]:
        """Show where two readings of a case differ, and what is agreed."""
        return _page(database, view, review_id)

    @post("/items/{item_id:str}", sync_to_thread=True)
    def agree(
        self,
        database: TheDatabase,
        view: TheView,
        form: TheForm,
        review_id: FromPath[int],
        item_id: FromPath[str],
    ) -> Response[Any]:
        """Keep the answer that counts at one item."""
        value, reason, version = (field(name, item_id) for name in ("value", "reason", "version"))
        form.only(value, reason, version)
        try:
            with database.begin() as store:
                found = reconciling.agree(
                    store,
                    view.actor,
                    review_id,
                    item_id,
                    form.value(value),
                    form.value(reason),
                    version=form.number(version),
                    now=view.now,
                )
        except ProblemsFound as error:
            told = field_errors(error.problems, view.words)
            errors = tuple(FieldError(field(one.field, item_id), one.text) for one in told)
            return _page(database, view, review_id, form, errors)
        except AgreedElsewhere as error:
            errors = refusal(error, value, view.words)
            return _page(database, view, review_id, form, errors, status=409)
        said = view.words.text("Jeres fælles svar er gemt.")
        if found.complete:
            said = view.words.text("Jeres fælles svar er gemt. Nu er der svar på alt i sagen.")
        return view.redirect(f"{path(review_id)}#{item_anchor(item_id)}", receipt=said)

    @post("/third", sync_to_thread=True)
    def ask_third(
        self, database: TheDatabase, view: TheView, form: TheForm, review_id: FromPath[int]
    ) -> Response[Any]:
        """Ask a third reviewer to decide."""
        form.only("third")
        try:
            with database.begin() as store:
                third = reconciling.ask_third(store, view.actor, review_id, form.value("third"), now=view.now)
        except MayNotDecide as error:
            return _page(database, view, review_id, form, refusal(error, "third", view.words))
        said = view.words.text("{name} er bedt om at afgøre, hvad der gælder.", name=third.name)
        return view.redirect(path(review_id), receipt=said)

    @post("/reopen", sync_to_thread=True)
    def reopen(
        self, database: TheDatabase, view: TheView, form: TheForm, review_id: FromPath[int]
    ) -> Response[Any]:
        """Open one of the two readings again."""
        form.only("reading", "reopening")
        if form.value("reading") not in {Reading.FIRST, Reading.SECOND}:
            error = FieldError("reading", view.words.text("Vælg, hvilken gennemgang der skal genåbnes."))
            return _page(database, view, review_id, form, (error,))
        try:
            with database.begin() as store:
                page = reconciling.reconciliation_page(store, view.actor, review_id)
                reading = Reading(form.value("reading"))
                reconciling.reopen_reading(
                    store, view.actor, review_id, reading, form.value("reopening"), now=view.now
                )
        except ProblemsFound as error:
            return _page(database, view, review_id, form, refusal(error, "reopening", view.words))
        said = view.words.text("Gennemgangen af sag {number} er genåbnet.", number=str(page.review.number))
        return view.redirect(f"/rounds/{page.round.key}/double", receipt=said)


class DoubleController(Controller):
    """For the coordinator of a round."""

    path = "/rounds/{key:str}"

    @get("/double", sync_to_thread=True)
    def double(self, database: TheDatabase, view: TheView, key: FromPath[str]) -> Response[str]:
        """List the cases that two people read."""
        with database.begin() as store:
            value = reconciling.double_page(store, view.actor, key)
        return view.page("reconciliations/double.html", DoublePage.of(value, view.words))

    @get("/agreement", sync_to_thread=True)
    def agreement(self, database: TheDatabase, view: TheView, key: FromPath[str]) -> Response[str]:
        """Show how far two who read the same cases answered alike."""
        with database.begin() as store:
            value = agreement_page(store, view.actor, key)
        return view.page("reconciliations/agreement.html", AgreementPage.of(value, view.words))


def _page(
    database: Database,
    view: View,
    review_id: int,
    typed: Form | None = None,
    errors: tuple[FieldError, ...] = (),
    status: int = 422,
) -> Response[str]:
    with database.begin() as store:
        value = reconciling.reconciliation_page(store, view.actor, review_id)
    decides = value.kept.decider_id == view.actor.id
    page = ReconciliationPage.of(value, view.words, typed, decides=decides)
    return view.page("reconciliations/case.html", page, errors=errors, status=status if errors else 200)
