"""What a centre is asked for while a round is under way."""

from litestar import Controller, Response, get
from litestar.params import FromPath

from lirk.services import centre_work
from web.dependencies import TheDatabase, TheView
from web.pages.centre_work import MissingPage


class CentreWorkController(Controller):
    """For leaders and contact persons."""

    path = "/rounds/{key:str}/reports/{slug:str}/missing"

    @get(sync_to_thread=True)
    def missing(
        self, database: TheDatabase, view: TheView, key: FromPath[str], slug: FromPath[str]
    ) -> Response[str]:
        """Show the cases that cannot be found or opened, by case number; the trail says who looked."""
        with database.begin() as store:
            value = centre_work.sought_cases(store, view.actor, key, slug, now=view.now)
        return view.page("reports/missing.html", MissingPage.of(value, view.words))
