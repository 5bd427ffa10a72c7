"""Centres: the list, adding, renaming, closing and opening."""

from typing import Any

from litestar import Controller, Response, get, post
from litestar.params import FromPath

from lirk.domain.plain_texts import TextsRefused
from lirk.errors import LirkError, NotFound
from lirk.services import centres
from lirk.services.centres import CentreMeasured, CentreNameMissing, CentreNameTooLong, CentreTaken
from lirk.storage.database import Database
from web.dependencies import TheDatabase, TheForm, TheView
from web.forms import refusal
from web.pages.centres import CentrePage, CentreRow, CentresPage
from web.view import View

#: Refusals that are about the name that was typed.
OF_NAME = (CentreNameMissing, CentreNameTooLong, TextsRefused, CentreTaken, CentreMeasured)


class CentresController(Controller):
    """For those who manage people."""

    path = "/centres"

    @get(sync_to_thread=True)
    def every(self, database: TheDatabase, view: TheView) -> Response[str]:
        """List the centres, and ask for a new one."""
        return _list_page(database, view)

    @post(sync_to_thread=True)
    def add(self, database: TheDatabase, view: TheView, form: TheForm) -> Response[Any]:
        """Add a centre."""
        form.only("name")
        try:
            with database.begin() as store:
                added = centres.add_centre(store, view.actor, form.value("name"), now=view.now)
        except OF_NAME as error:
            return _list_page(database, view, form.value("name"), error)
        return view.redirect("/centres", receipt=view.words.text("{centre} er oprettet.", centre=added.name))

    @get("/{address:str}", sync_to_thread=True)
    def show(self, database: TheDatabase, view: TheView, address: FromPath[str]) -> Response[str]:
        """Show one centre."""
        row = _row(database, view, address)
        return view.page("centres/centre.html", CentrePage(row, row.centre.name))

    @post("/{address:str}", sync_to_thread=True)
    def rename(
        self, database: TheDatabase, view: TheView, form: TheForm, address: FromPath[str]
    ) -> Response[Any]:
        """Call a centre something else."""
        form.only("name")
        row, typed = _row(database, view, address), form.value("name")
        try:
            with database.begin() as store:
                name = centres.rename_centre(store, view.actor, row.centre.name, typed, now=view.now)
        except OF_NAME as error:
            errors = refusal(error, "name", view.words)
            return view.page("centres/centre.html", CentrePage(row, typed), errors=errors, status=422)
        said = view.words.text("{centre} hedder nu {new}.", centre=row.centre.name, new=name)
        return view.redirect("/centres", receipt=said)

    @post("/{address:str}/access", sync_to_thread=True)
    def set_active(
        self, database: TheDatabase, view: TheView, form: TheForm, address: FromPath[str]
    ) -> Response[Any]:
        """Close a centre, or open it again."""
        form.only("active")
        row, active = _row(database, view, address), form.value("active") == "yes"
        with database.begin() as store:
            centres.set_centre_active(store, view.actor, row.centre.name, active=active, now=view.now)
        said = (
            view.words.text("{centre} er åbnet igen.", centre=row.centre.name)
            if active
            else view.words.text("{centre} er lukket.", centre=row.centre.name)
        )
        return view.redirect("/centres", receipt=said)


def _list_page(
    database: Database, view: View, typed: str = "", error: LirkError | None = None
) -> Response[str]:
    with database.begin() as store:
        known = centres.all_centres(store, view.actor)
    page = CentresPage.of(known, typed)
    if error is None:
        return view.page("centres/list.html", page)
    errors = refusal(error, "name", view.words)
    return view.page("centres/list.html", page, errors=errors, status=422)


def _row(database: Database, view: View, address: str) -> CentreRow:
    """Return the centre at an address.

    Raises
    ------
    NotFound
        If there is none.
    """
    with database.begin() as store:
        known = centres.all_centres(store, view.actor)
    found = next((row for row in CentresPage.of(known).rows if row.href == f"/centres/{address}"), None)
    if found is None:
        raise NotFound
    return found
