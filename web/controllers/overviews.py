"""The municipality's overview: page and files."""

from litestar import Controller, Response, get
from litestar.params import FromPath

from lirk.domain.overview_values import Overview
from lirk.services import reports
from web.dependencies import TheDatabase, TheView
from web.pages.overviews import NoOverviewPage, OverviewPage
from web.reading import reader_of

OVERVIEW = "/rounds/{key:str}/overview"


class OverviewController(Controller):
    """What the chief group, the coordinator and the leaders read; nothing in it tells one centre from another."""

    path = "/"

    @get("/overview", sync_to_thread=True)
    def latest(self, database: TheDatabase, view: TheView) -> Response[str]:
        """Show the overview of the round that was closed last."""
        reader = reader_of(database, view)
        with database.begin() as store:
            rounds = reports.overview_rounds(store, view.actor)
            value = reports.overview(store, view.actor, rounds[0].key, reader=reader) if rounds else None
        if value is None:
            return view.page("overviews/none.html", NoOverviewPage.of(view.actor))
        return view.page("overviews/overview.html", OverviewPage.of(value, rounds, view.actor, view.words))

    @get(OVERVIEW, sync_to_thread=True)
    def show(self, database: TheDatabase, view: TheView, key: FromPath[str]) -> Response[str]:
        """Show the overview of one round."""
        reader = reader_of(database, view)
        with database.begin() as store:
            value = reports.overview(store, view.actor, key, reader=reader)
            rounds = reports.overview_rounds(store, view.actor)
        return view.page("overviews/overview.html", OverviewPage.of(value, rounds, view.actor, view.words))

    @get(f"{OVERVIEW}/pdf", sync_to_thread=True)
    def pdf(self, database: TheDatabase, view: TheView, key: FromPath[str]) -> Response[bytes]:
        """Hand out the overview as PDF."""
        value = _overview(database, view, key)
        content = reports.overview_file(value, reader_of(database, view))
        return view.file(content, f"{key}-overview.pdf", "application/pdf")

    @get(f"{OVERVIEW}/csv", sync_to_thread=True)
    def csv(self, database: TheDatabase, view: TheView, key: FromPath[str]) -> Response[bytes]:
        """Hand out the overview for a spreadsheet."""
        value = _overview(database, view, key)
        content = reports.overview_csv(value, reader_of(database, view))
        return view.file(content, f"{key}-overview.csv", "text/csv")

    @get(f"{OVERVIEW}/json", sync_to_thread=True)
    def json(self, database: TheDatabase, view: TheView, key: FromPath[str]) -> Response[bytes]:
        """Hand out the overview for a program."""
        value = _overview(database, view, key)
        return view.file(reports.overview_json(value), f"{key}-overview.json", "application/json")


def _overview(database: TheDatabase, view: TheView, key: str) -> Overview:
    with database.begin() as store:
        return reports.overview(store, view.actor, key, reader=reader_of(database, view))
