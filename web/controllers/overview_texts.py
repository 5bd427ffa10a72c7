"""What the coordinator writes in an overview."""

from litestar import Controller, Response, get, post
from litestar.params import FromPath
from litestar.response import Redirect

from lirk.domain.overview_texts import OverviewText, OverviewTextChanged
from lirk.errors import ProblemsFound
from lirk.services import overview_texts
from lirk.services.overview_texts import OverviewToWrite
from web.dependencies import TheDatabase, TheForm, TheView
from web.forms import Form, field_errors, refusal
from web.pages.overview_texts import OverviewTextPage

TEMPLATE = "overviews/text.html"


class OverviewTextController(Controller):
    """One page a round: what was learnt, and what the municipality does next."""

    path = "/rounds/{key:str}/overview/text"

    @get("/", sync_to_thread=True)
    def show(self, database: TheDatabase, view: TheView, key: FromPath[str]) -> Response[str]:
        """Show what stands in the overview."""
        return view.page(TEMPLATE, OverviewTextPage.of(_value(database, view, key), view.words))

    @post("/", sync_to_thread=True)
    def write(
        self, database: TheDatabase, view: TheView, form: TheForm, key: FromPath[str]
    ) -> Response[str] | Redirect:
        """Keep what was written, or show it again with what is wrong."""
        form.only("learnt", "next_steps", "version")
        typed = _typed(form)
        try:
            with database.begin() as store:
                overview_texts.write_overview_text(store, view.actor, key, typed, now=view.now)
        except ProblemsFound as error:
            errors, status = field_errors(error.problems, view.words), 422
        except OverviewTextChanged as error:
            errors, status = refusal(error, "learnt", view.words), 409
        else:
            receipt = view.words.text("Teksterne er gemt og står i overblikket.")
            return view.redirect(f"/rounds/{key}/overview#learnt", receipt)
        page = OverviewTextPage.of(
            _value(database, view, key), view.words, typed=typed, changed=status == 409
        )
        return view.page(TEMPLATE, page, errors=errors, status=status)


def _typed(form: Form) -> OverviewText:
    return OverviewText(
        learnt=form.value("learnt"), next_steps=form.value("next_steps"), version=form.number("version")
    )


def _value(database: TheDatabase, view: TheView, key: str) -> OverviewToWrite:
    with database.begin() as store:
        return overview_texts.overview_to_write(store, view.actor, key)
