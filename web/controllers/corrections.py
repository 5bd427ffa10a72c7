"""The coordinator corrects an answer after a centre's objection was accepted."""

from litestar import Controller, Response, get, post
from litestar.params import FromPath
from litestar.response import Redirect

from lirk.domain.access import Action
from lirk.domain.corrections import FOLLOW_UP, CorrectionChanged, TypedCorrection
from lirk.errors import ProblemsFound
from lirk.services import corrections, reports
from lirk.services.corrections import AnswersToCorrect, Corrected
from web.controllers.reports import address_of
from web.dependencies import TheDatabase, TheForm, TheView
from web.forms import Form, field_errors, refusal
from web.pages.corrections import CorrectionPage, receipt
from web.reading import reader_of

TEMPLATE = "reports/correction.html"


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
        value = _value(database, view, key, slug, typed)
        return view.page(TEMPLATE, CorrectionPage.of(value, address_of(key, slug), view.words, typed))

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
        try:
            made = _correct(database, view, key, slug, typed)
        except ProblemsFound as error:
            errors, status = field_errors(error.problems, view.words), 422
        except CorrectionChanged as error:
            errors, status = refusal(error, "value", view.words), 409
        else:
            report = address_of(key, slug)
            there = f"{report}/findings/{checklist}/{item}/correct" if made.finding else f"{report}#findings"
            return view.redirect(there, receipt(made, view.words))
        value = _value(database, view, key, slug, typed)
        page = CorrectionPage.of(value, address_of(key, slug), view.words, typed)
        return view.page(TEMPLATE, page, errors=errors, status=status)


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


def _value(
    database: TheDatabase, view: TheView, key: str, slug: str, typed: TypedCorrection
) -> AnswersToCorrect:
    reader = reader_of(database, view)
    with database.begin() as store:
        _, centre = reports.place_of(store, view.actor, Action.WRITE_FINDINGS, key, slug)
        return corrections.answers_to_correct(
            store, view.actor, key, centre, typed.checklist_id, typed.item_id, reader=reader, typed=typed
        )


def _correct(database: TheDatabase, view: TheView, key: str, slug: str, typed: TypedCorrection) -> Corrected:
    reader = reader_of(database, view)
    with database.begin() as store:
        _, centre = reports.place_of(store, view.actor, Action.WRITE_FINDINGS, key, slug)
        return corrections.correct_answer(store, view.actor, key, centre, typed, reader=reader, now=view.now)
