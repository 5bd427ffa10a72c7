"""Rounds: the list, a round's own page and documents, following it, closing it, and its log."""

from typing import Any

from litestar import Controller, Response, get, post
from litestar.background_tasks import BackgroundTask
from litestar.params import FromPath, FromQuery

from lirk.errors import NotFound, ProblemsFound
from lirk.services import closing_page, following, report_stages, round_log, rounds
from lirk.services.certificate_pages import certificate_page
from lirk.services.files import document_bytes
from lirk.services.round_certificates import certificate_of
from lirk.storage.database import Database
from web.dependencies import TheDatabase, TheForm, TheView
from web.forms import FieldError, refusal
from web.pages.closing import ClosePage
from web.pages.following import FollowPage
from web.pages.report_stages import StagesPart
from web.pages.rounds import RoundPage, RoundsPage, TrailPage
from web.reading import prepare_later
from web.view import View


class RoundController(Controller):
    """For the coordinator."""

    path = "/rounds"

    @get(sync_to_thread=True)
    def every(self, database: TheDatabase, view: TheView) -> Response[str]:
        """List the rounds, and those that are being planned."""
        with database.begin() as store:
            value = following.rounds_page(store, view.actor, today=view.now.date())
        return view.page("rounds/list.html", RoundsPage.of(value, view.words, today=view.now.date()))

    @get("/{key:str}", sync_to_thread=True)
    def show(self, database: TheDatabase, view: TheView, key: FromPath[str]) -> Response[str]:
        """Show a round: all decisions so far, and what comes next."""
        with database.begin() as store:
            value = following.round_page(store, view.actor, key, today=view.now.date())
            page = RoundPage.of(value, view.words)
            stages = report_stages.stages_of(store, view.actor, key, now=view.now) if page.closed else None
        part = StagesPart.of(stages, view.actor, view.words, today=view.now.date()) if stages else None
        return view.page("rounds/round.html", page, stages=part)

    @get("/{key:str}/documents/{name:str}", sync_to_thread=True)
    def document(
        self, database: TheDatabase, view: TheView, key: FromPath[str], name: FromPath[str]
    ) -> Response[bytes]:
        """Hand out the freeze or a certificate."""
        with database.begin() as store:
            found = rounds.documents(store, view.actor, key).get(name)
        if found is None:
            raise NotFound
        return view.file(document_bytes(found), f"{key}-{name}", "application/json")

    @get("/{key:str}/certificate/{number:int}/pdf", sync_to_thread=True)
    def certificate_pdf(
        self, database: TheDatabase, view: TheView, key: FromPath[str], number: FromPath[int]
    ) -> Response[bytes]:
        """Hand out the page of one draw's certificate as PDF."""
        with database.begin() as store:
            certificate, made_up = certificate_of(store, view.actor, key, number)
        content = certificate_page(certificate, view.words, made_up=made_up)
        return view.file(content, f"{key}-certificate-{number}.pdf", "application/pdf")

    @get("/{key:str}/follow", sync_to_thread=True)
    def follow(self, database: TheDatabase, view: TheView, key: FromPath[str]) -> Response[str]:
        """Show how far the reviewing is."""
        with database.begin() as store:
            value = following.follow(store, view.actor, key)
        return view.page("rounds/follow.html", FollowPage.of(value, view.words, today=view.now.date()))

    @get("/{key:str}/close", sync_to_thread=True)
    def closing(self, database: TheDatabase, view: TheView, key: FromPath[str]) -> Response[str]:
        """Show what keeps a round open, and ask for the last word."""
        return _closing(database, view, key)

    @post("/{key:str}/close", sync_to_thread=True)
    def close(self, database: TheDatabase, view: TheView, form: TheForm, key: FromPath[str]) -> Response[Any]:
        """Close a round."""
        form.only("confirmed")
        if not form.flag("confirmed"):
            error = FieldError("confirmed", view.words.text("Sæt kryds, hvis runden skal lukkes."))
            return _closing(database, view, key, (error,))
        try:
            with database.begin() as store:
                closed = rounds.close_round(store, view.actor, key, now=view.now)
        except ProblemsFound as error:
            return _closing(database, view, key, refusal(error, "blocked", view.words))
        said = view.words.text("Runden »{title}« er lukket.", title=closed.title)
        answer = view.redirect(f"/rounds/{key}/close", receipt=said)
        answer.background = BackgroundTask(prepare_later, database, view.settings)
        return answer

    @get("/{key:str}/trail", sync_to_thread=True)
    def trail(
        self,
        database: TheDatabase,
        view: TheView,
        key: FromPath[str],
        page: FromQuery[int] = 1,
        answers: FromQuery[str] = "",
    ) -> Response[str]:
        """Show who did what when."""
        with database.begin() as store:
            value = round_log.trail_page(store, view.actor, key, page=page, answers=answers == "yes")
        return view.page("rounds/trail.html", TrailPage.of(value, view.words))


def _closing(database: Database, view: View, key: str, errors: tuple[FieldError, ...] = ()) -> Response[str]:
    with database.begin() as store:
        value = closing_page.closing(store, view.actor, key)
    page = ClosePage.of(value, view.words)
    return view.page("rounds/close.html", page, errors=errors, status=422 if errors else 200)
