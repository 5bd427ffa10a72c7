"""The coordinator corrects an answer after a centre's objection was accepted."""

from collections.abc import Mapping

from litestar import Controller, Response, get, post
from litestar.params import FromPath
from litestar.response import Redirect

from lirk.domain.access import Action
from lirk.domain.corrections import FOLLOW_UP, CorrectionChanged, CorrectionNotGranted, TypedCorrection
from lirk.errors import LirkError
from lirk.services import corrections
from web.controllers.report_forms import AtReport, Refused
from web.dependencies import TheDatabase, TheForm, TheView
from web.forms import Form
from web.pages.corrections import CorrectionPage, receipt

TEMPLATE = "reports/correction.html"
#: The field at which each refusal is told.
REFUSED: Mapping[type[LirkError], str] = dict.fromkeys((CorrectionChanged, CorrectionNotGranted), "value")


class CorrectionController(Controller):
    """One page a finding: the cases behind it, and a form that changes the answer of one."""

    path = "/rounds/{key:str}/reports/{slug:str}/findings/{checklist:str}/{item:str}/correct"

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
        """Show the cases behind the finding with their answers."""
        typed = TypedCorrection(checklist_id=checklist, item_id=item)
        at = AtReport(database, view, Action.WRITE_FINDINGS, key, slug)
        value = at.call(corrections.answers_to_correct, checklist, item, typed=typed)
        return view.page(TEMPLATE, CorrectionPage.of(value, at.address, view.words, typed))

    @post("/", sync_to_thread=True)
    def correct(
        self,
        database: TheDatabase,
        view: TheView,
        form: TheForm,
        key: FromPath[str],
        slug: FromPath[str],
        checklist: FromPath[str],
        item: FromPath[str],
    ) -> Response[str] | Redirect:
        """Change the answer, or show the form again with what is wrong."""
        form.only("number", "value", "reason", "seen", f"{FOLLOW_UP}*")
        typed = _typed(form, checklist, item)
        at = AtReport(database, view, Action.WRITE_FINDINGS, key, slug)
        made = at.keep(REFUSED, corrections.correct_answer, typed)
        if not isinstance(made, Refused):
            here, findings = f"{at.address}/findings/{checklist}/{item}/correct", f"{at.address}#findings"
            return view.redirect(here if made.finding else findings, receipt(made, view.words))
        value = at.call(corrections.answers_to_correct, checklist, item, typed=typed)
        page = CorrectionPage.of(value, at.address, view.words, typed)
        return view.page(TEMPLATE, page, errors=made.errors, status=made.status)


def _typed(form: Form, checklist: str, item: str) -> TypedCorrection:
    return TypedCorrection(
        checklist_id=checklist,
        item_id=item,
        number=form.number("number"),
        value=form.value("value"),
        reason=form.value("reason"),
        also={
            name.removeprefix(FOLLOW_UP): form.value(name)
            for name in sorted(form.names)
            if name.startswith(FOLLOW_UP)
        },
        seen=form.number("seen"),
    )
