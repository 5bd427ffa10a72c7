"""Cases that two people read: what they agree on, how far they are, and how far they answered alike."""

from typing import Any

from litestar import Controller, Response, get, post
from litestar.params import FromPath

from lirk.domain.reconciliation import AgreedElsewhere, MayNotDecide
from lirk.domain.reviews import Reading
from lirk.errors import ProblemsFound
from lirk.services import reconciling
from lirk.services.agreeing import Wanted, agree_on_several
from lirk.services.agreement import agreement_page
from lirk.storage.database import Database
from web.dependencies import TheDatabase, TheForm, TheView
from web.forms import FieldError, Form, refusal
from web.pages.agreement import AgreementPage
from web.pages.reconciliations import DoublePage, ReconciliationPage, field, path
from web.view import View

#: What the form holds of each item.
FIELDS = ("value", "reason", "version")


class ReconciliationController(Controller):
    """For the two who read a case, a third who was asked to decide, and the coordinator."""

    path = "/reviews/reconcile/{review_id:int}"

    @get(sync_to_thread=True)
    def show(self, database: TheDatabase, view: TheView, review_id: FromPath[int]) -> Response[str]:
        """Show where two readings of a case differ, and what is agreed."""
        return _page(database, view, review_id)

    @post(sync_to_thread=True)
    def agree(
        self, database: TheDatabase, view: TheView, form: TheForm, review_id: FromPath[int]
    ) -> Response[Any]:
        """Keep the answers that count, at every item where one is chosen."""
        form.only(*(field(name, "*") for name in FIELDS))
        try:
            with database.begin() as store:
                agreed = agree_on_several(store, view.actor, review_id, _wanted(form), now=view.now)
        except ProblemsFound as error:
            elsewhere = any(one.code == AgreedElsewhere.code for one in error.problems)
            errors = tuple(
                FieldError(field(one.column or "value", one.item or ""), view.words.sentence(one))
                for one in error.problems
            )
            return _page(database, view, review_id, form, errors, status=409 if elsewhere else 422)
        said = view.words.plural("{count} fælles svar er gemt.", "{count} fælles svar er gemt.", agreed.kept)
        if agreed.found.complete:
            said += " " + view.words.text("Nu er der svar på alt i sagen.")
        return view.redirect(path(review_id), receipt=said)

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


def _wanted(form: Form) -> tuple[Wanted, ...]:
    """Return what was chosen and written at each item, in the order of the page."""
    begun = field("version", "")
    return tuple(
        Wanted(
            item_id=item,
            value=form.value(field("value", item)),
            reason=form.value(field("reason", item)),
            version=form.number(field("version", item)),
        )
        for item in (name.removeprefix(begun) for name in form.values if name.startswith(begun))
    )


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
    page = ReconciliationPage.of(value, view.words, typed)
    return view.page("reconciliations/case.html", page, errors=errors, status=status if errors else 200)
