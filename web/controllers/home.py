"""The start page, what LIRK says of itself, and every address that leads nowhere."""

from datetime import timedelta

from litestar import Controller, Response, get, put, route
from litestar.params import FromPath
from litestar.response import Redirect

from lirk.errors import NotFound
from web.dependencies import TheDatabase, TheView
from web.frame import start_page
from web.pages.about import AboutPage


class HomeController(Controller):
    """Addresses that belong to no noun."""

    @get("/", sync_to_thread=True)
    def start(self, view: TheView) -> Redirect:
        """Lead a person to their first page."""
        return view.redirect(start_page(view.actor))

    @route("/health", http_method=["GET", "HEAD"], opt={"open": True, "bare": True}, sync_to_thread=True)
    def health(self, database: TheDatabase) -> str:
        """Tell a watchman that pages and database answer."""
        database.check_current()
        return "ok"

    @get("/about/data", opt={"open": True}, sync_to_thread=True)
    def about_data(self, view: TheView) -> Response[str]:
        """Tell what is kept, and what never is."""
        return view.page("about/data.html", AboutPage.of(view.settings))

    @get("/about/accessibility", opt={"open": True}, sync_to_thread=True)
    def about_accessibility(self, view: TheView) -> Response[str]:
        """Tell how accessible the pages are, and what no person has tried yet."""
        return view.page("about/accessibility.html", AboutPage.of(view.settings))

    @put("/session", sync_to_thread=True)
    def stay(self, view: TheView) -> Response[object]:
        """Keep a person signed in who says that they are still there."""
        expires_at = view.visit.expires_at if view.visit else view.now + timedelta()
        return view.json({"expires_at": expires_at.isoformat()})

    @get("/{path:path}", sync_to_thread=True)
    def nowhere(self, path: FromPath[str]) -> None:
        """Tell a signed-in person that there is no such page; all others are asked to sign in first."""
        raise NotFound
