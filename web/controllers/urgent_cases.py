"""Cases that must be acted on now: the coordinator's list of a round, and the centre's own."""

from typing import Any

from litestar import Controller, Response, get, post
from litestar.params import FromPath
from litestar.response import Redirect

from lirk.errors import ProblemsFound
from lirk.services import urgent_cases
from web.dependencies import TheDatabase, TheForm, TheView
from web.forms import field_errors
from web.pages.urgent_cases import OwnUrgentCasePage, OwnUrgentPage, UrgentCasePage, UrgentRoundPage

IN_ROUND = "/rounds/{key:str}/urgent"


class UrgentCasesController(Controller):
    """For the coordinator, and for leaders and contact persons of the centres."""

    path = "/"

    @get(IN_ROUND, sync_to_thread=True)
    def of_round(self, database: TheDatabase, view: TheView, key: FromPath[str]) -> Response[str]:
        """List what must be acted on in a round."""
        with database.begin() as store:
            value = urgent_cases.urgent_of_round(store, view.actor, key)
        return view.page("rounds/urgent.html", UrgentRoundPage.of(value, view.words, view.now))

    @get(IN_ROUND + "/{review_id:int}", sync_to_thread=True)
    def show(
        self, database: TheDatabase, view: TheView, key: FromPath[str], review_id: FromPath[int]
    ) -> Response[str]:
        """Show one urgent case, and ask what was done."""
        with database.begin() as store:
            value = urgent_cases.urgent_in_round(store, view.actor, key, review_id)
        return view.page("rounds/urgent_case.html", UrgentCasePage.of(value, view.words, view.now))

    @post(IN_ROUND + "/{review_id:int}", sync_to_thread=True)
    def handle(
        self,
        database: TheDatabase,
        view: TheView,
        form: TheForm,
        key: FromPath[str],
        review_id: FromPath[int],
    ) -> Response[Any]:
        """Keep what was done, and mark the case as handled."""
        form.only("handling")
        try:
            with database.begin() as store:
                value = urgent_cases.urgent_in_round(store, view.actor, key, review_id)
                case = urgent_cases.handle_urgent(
                    store, view.actor, key, review_id, form.value("handling"), now=view.now
                )
        except ProblemsFound as error:
            page = UrgentCasePage.of(value, view.words, view.now, form)
            told = field_errors(error.problems, view.words)
            return view.page("rounds/urgent_case.html", page, errors=told, status=422)
        said = view.words.text("Sag {number} er markeret som håndteret.", number=str(case.number))
        return view.redirect(f"/rounds/{key}/urgent", receipt=said)

    @post(IN_ROUND + "/{review_id:int}/undo", sync_to_thread=True)
    def undo(
        self,
        database: TheDatabase,
        view: TheView,
        form: TheForm,
        key: FromPath[str],
        review_id: FromPath[int],
    ) -> Redirect:
        """Let the case wait again."""
        form.only()
        with database.begin() as store:
            case = urgent_cases.undo_handling(store, view.actor, key, review_id, now=view.now)
        said = view.words.text("Sag {number} venter igen på handling.", number=str(case.number))
        return view.redirect(f"/rounds/{key}/urgent/{review_id}", receipt=said)

    @get("/urgent", sync_to_thread=True)
    def own(self, database: TheDatabase, view: TheView) -> Response[str]:
        """List what must be acted on now in the reader's own centres."""
        with database.begin() as store:
            rows = urgent_cases.urgent_of_own_centres(store, view.actor)
        return view.page("urgent/index.html", OwnUrgentPage.of(rows, view.words, view.now))

    @get("/urgent/{review_id:int}", sync_to_thread=True)
    def identify(self, database: TheDatabase, view: TheView, review_id: FromPath[int]) -> Response[str]:
        """Show which case it is; the trail says who looked."""
        with database.begin() as store:
            row = urgent_cases.identify_urgent(store, view.actor, review_id, now=view.now)
        return view.page("urgent/case.html", OwnUrgentCasePage.of(row, view.words, view.now))
