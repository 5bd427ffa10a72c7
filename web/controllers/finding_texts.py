"""The coordinator's text about a finding."""

from litestar import Controller, Response, get, post
from litestar.params import FromPath
from litestar.response import Redirect

from lirk.domain.access import Action
from lirk.domain.finding_texts import FindingText, FindingTextChanged
from lirk.errors import ProblemsFound
from lirk.services import finding_texts, reports
from lirk.services.finding_texts import FindingToWrite
from web.controllers.reports import address_of
from web.dependencies import TheDatabase, TheForm, TheView
from web.forms import Form, field_errors, refusal
from web.pages.finding_texts import FindingTextPage
from web.reading import reader_of

TEMPLATE = "reports/finding_text.html"


class FindingTextController(Controller):
    """One page a finding: the notes to write from, and three fields."""

    path = "/rounds/{key:str}/reports/{slug:str}/findings/{checklist:str}/{item:str}"

    @get("/", sync_to_thread=True)
    def show(
        self,
        database: TheDatabase,
        view: TheView,
        key: FromPath[str],
        slug: FromPath[str],
        checklist: FromPath[str],
        item: FromPath[str],
    ) -> Response[str]:
        """Show the finding, its text and the reviewers' notes."""
        value = _value(database, view, key, slug, checklist, item)
        return view.page(TEMPLATE, FindingTextPage.of(value, address_of(key, slug), view.words))

    @post("/", sync_to_thread=True)
    def write(
        self,
        database: TheDatabase,
        view: TheView,
        form: TheForm,
        key: FromPath[str],
        slug: FromPath[str],
        checklist: FromPath[str],
        item: FromPath[str],
    ) -> Response[str] | Redirect:
        """Keep what was written, or show it again with what is wrong."""
        form.only("seen", "recommendation", "examples", "version")
        typed = _typed(form, checklist, item)
        try:
            number = _write(database, view, key, slug, typed)
        except ProblemsFound as error:
            errors, status = field_errors(error.problems, view.words), 422
        except FindingTextChanged as error:
            errors, status = refusal(error, "seen", view.words), 409
        else:
            receipt = view.words.text("Teksten til fund {number} er gemt.", number=number)
            return view.redirect(f"{address_of(key, slug)}#finding-{number}", receipt)
        value = _value(database, view, key, slug, checklist, item)
        page = FindingTextPage.of(
            value, address_of(key, slug), view.words, typed=typed, changed=status == 409
        )
        return view.page(TEMPLATE, page, errors=errors, status=status)


def _typed(form: Form, checklist: str, item: str) -> FindingText:
    return FindingText(
        checklist_id=checklist,
        item_id=item,
        seen=form.value("seen"),
        recommendation=form.value("recommendation"),
        examples=form.value("examples"),
        version=form.number("version"),
    )


def _value(
    database: TheDatabase, view: TheView, key: str, slug: str, checklist: str, item: str
) -> FindingToWrite:
    reader = reader_of(database, view)
    with database.begin() as store:
        _, centre = reports.place_of(store, view.actor, Action.WRITE_FINDINGS, key, slug)
        return finding_texts.finding_to_write(store, view.actor, key, centre, checklist, item, reader=reader)


def _write(database: TheDatabase, view: TheView, key: str, slug: str, typed: FindingText) -> int:
    """Keep a text and return the number of its finding."""
    reader = reader_of(database, view)
    with database.begin() as store:
        _, centre = reports.place_of(store, view.actor, Action.WRITE_FINDINGS, key, slug)
        finding = finding_texts.write_finding_text(
            store, view.actor, key, centre, typed, reader=reader, now=view.now
        )
    return finding.number
