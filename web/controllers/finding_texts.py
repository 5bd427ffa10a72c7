"""The coordinator's text about a finding."""

from collections.abc import Mapping

from litestar import Controller, Response, get, post
from litestar.params import FromPath
from litestar.response import Redirect

from lirk.domain.access import Action
from lirk.domain.finding_texts import FindingText, FindingTextChanged
from lirk.domain.report_stages import ReportPublished
from lirk.errors import LirkError
from lirk.services import finding_texts
from web.controllers.report_forms import AtReport, Refused
from web.dependencies import TheDatabase, TheForm, TheView
from web.forms import Form
from web.pages.finding_texts import FindingTextPage
from web.pages.report_remarks import asked_again

TEMPLATE = "reports/finding_text.html"
#: The field at which each refusal is told; what was typed is never lost by one.
REFUSED: Mapping[type[LirkError], str] = dict.fromkeys((FindingTextChanged, ReportPublished), "seen")


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
        at = AtReport(database, view, Action.WRITE_FINDINGS, key, slug)
        value = at.call(finding_texts.finding_to_write, checklist, item)
        return view.page(TEMPLATE, FindingTextPage.of(value, at.address, view.words))

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
        at = AtReport(database, view, Action.WRITE_FINDINGS, key, slug)
        made = at.keep(REFUSED, finding_texts.write_finding_text, typed)
        if not isinstance(made, Refused):
            number = made.finding.number
            receipt = view.words.text("Teksten til fund {number} er gemt.", number=number)
            if made.asked_again:
                receipt = f"{receipt} {asked_again(view.words)}"
            return view.redirect(f"{at.address}#finding-{number}", receipt)
        value = at.call(finding_texts.finding_to_write, checklist, item)
        changed = isinstance(made.error, FindingTextChanged)
        page = FindingTextPage.of(value, at.address, view.words, typed=typed, changed=changed)
        return view.page(TEMPLATE, page, errors=made.errors, status=made.status)


def _typed(form: Form, checklist: str, item: str) -> FindingText:
    return FindingText(
        checklist_id=checklist,
        item_id=item,
        seen=form.value("seen"),
        recommendation=form.value("recommendation"),
        examples=form.value("examples"),
        version=form.number("version"),
    )
