"""The copy of a centre's report for others: page and files."""

from collections.abc import Callable

from litestar import Controller, Response, get
from litestar.params import FromPath
from litestar.response import Redirect

from lirk.domain.copies import CentreCopy
from lirk.services import copies, self_assessments
from lirk.services.reports import Reader
from web.controllers.reports import KINDS, address_of
from web.dependencies import TheDatabase, TheView
from web.pages.copies import CopyPage
from web.reading import reader_of


class CopyController(Controller):
    """For those who read the report; a leader reads the report itself first."""

    path = "/rounds/{key:str}/reports/{slug:str}/copy"

    @get("/", sync_to_thread=True)
    def show(
        self, database: TheDatabase, view: TheView, key: FromPath[str], slug: FromPath[str]
    ) -> Response[str] | Redirect:
        """Show the copy, and say what is hidden in it."""
        copy = _copy(database, view, key, slug)
        if copy is None:
            return view.redirect(address_of(key, slug))
        return view.page("reports/copy.html", CopyPage.of(copy, address_of(key, slug), view.words))

    @get("/pdf", sync_to_thread=True)
    def pdf(
        self, database: TheDatabase, view: TheView, key: FromPath[str], slug: FromPath[str]
    ) -> Response[bytes] | Redirect:
        """Hand out the copy as PDF."""
        return _file(database, view, key, slug, "pdf", copies.copy_file)

    @get("/csv", sync_to_thread=True)
    def csv(
        self, database: TheDatabase, view: TheView, key: FromPath[str], slug: FromPath[str]
    ) -> Response[bytes] | Redirect:
        """Hand out the numbers of the copy for a spreadsheet."""
        return _file(database, view, key, slug, "csv", copies.copy_csv)

    @get("/json", sync_to_thread=True)
    def json(
        self, database: TheDatabase, view: TheView, key: FromPath[str], slug: FromPath[str]
    ) -> Response[bytes] | Redirect:
        """Hand out the copy for a program."""
        return _file(database, view, key, slug, "json", lambda copy, _: copies.copy_json(copy))


def _file(
    database: TheDatabase,
    view: TheView,
    key: str,
    slug: str,
    kind: str,
    made: Callable[[CentreCopy, Reader], bytes],
) -> Response[bytes] | Redirect:
    copy = _copy(database, view, key, slug)
    if copy is None:
        return view.redirect(address_of(key, slug))
    return view.file(made(copy, reader_of(database, view)), f"{key}-{slug}-copy.{kind}", KINDS[kind])


def _copy(database: TheDatabase, view: TheView, key: str, slug: str) -> CentreCopy | None:
    """Return the copy, or None for a leader who has not looked at the report yet."""
    reader = reader_of(database, view)
    with database.begin() as store:
        if self_assessments.first_look(store, view.actor, key, slug, now=view.now) is not None:
            return None
        return copies.copy_at(store, view.actor, key, slug, reader=reader)
