"""Item health: how the items of a checklist worked in the closed rounds."""

from litestar import Controller, Response, get
from litestar.params import FromPath

from lirk.services.item_health import item_health
from web.dependencies import TheDatabase, TheView
from web.pages.item_health import HealthPage


class ItemHealthController(Controller):
    """For archivists and coordinators."""

    path = "/checklists/{checklist_id:str}/health"

    @get(sync_to_thread=True)
    def show(self, database: TheDatabase, view: TheView, checklist_id: FromPath[str]) -> Response[str]:
        """Show how the items worked, in words."""
        with database.begin() as store:
            value = item_health(store, view.actor, checklist_id, now=view.now)
        return view.page("item_health/page.html", HealthPage.of(value, view.words))
