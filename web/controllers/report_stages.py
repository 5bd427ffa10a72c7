"""A centre's report on its way: sending the draft to the leader, opening what is published again."""

from typing import Any

from litestar import Controller, Response, get, post
from litestar.params import FromPath

from lirk.domain.access import Action
from lirk.errors import ProblemsFound
from lirk.services import report_stages, reports
from lirk.services.report_stages import CentreStage, RoundStages
from web.controllers.reports import address_of
from web.dependencies import TheDatabase, TheForm, TheView
from web.forms import FieldError, Form, field_errors, parse_day
from web.pages.report_stages import ReopenPage, SendPage, sent_receipt

REPORT = "/reports/{slug:str}"
SEND, REOPEN = "reports/send.html", "reports/reopen.html"


class ReportStageController(Controller):
    """For the coordinator."""

    path = "/rounds/{key:str}"

    @get(f"{REPORT}/send", sync_to_thread=True)
    def sending(
        self, database: TheDatabase, view: TheView, key: FromPath[str], slug: FromPath[str]
    ) -> Response[str]:
        """Ask until when the leader may reply."""
        return _sending(database, view, key, slug)

    @post(f"{REPORT}/send", sync_to_thread=True)
    def send(
        self, database: TheDatabase, view: TheView, form: TheForm, key: FromPath[str], slug: FromPath[str]
    ) -> Response[Any]:
        """Send a draft to its leader, or move the day."""
        form.only("reply_by")
        day = parse_day(form.value("reply_by"))
        try:
            with database.begin() as store:
                _, centre = reports.place_of(store, view.actor, Action.PUBLISH_REPORTS, key, slug)
                report_stages.send_report(store, view.actor, key, centre, day, now=view.now)
                nobody = report_stages.without_leader(store, [centre])
        except ProblemsFound as error:
            return _sending(database, view, key, slug, form, field_errors(error.problems, view.words))
        if nobody:
            alone = view.words.text(
                "Udkastet er sendt, men {centre} har ingen leder, der kan svare.", centre=centre
            )
            return view.redirect(address_of(key, slug), alone)
        said = view.words.text(
            "Lederen af {centre} kan nu se udkastet og svare til og med {day}.", centre=centre, day=day
        )
        return view.redirect(address_of(key, slug), said)

    @get("/send-reports", sync_to_thread=True)
    def sending_all(self, database: TheDatabase, view: TheView, key: FromPath[str]) -> Response[str]:
        """Ask until when all leaders may reply whose drafts are not sent."""
        return _sending(database, view, key, None)

    @post("/send-reports", sync_to_thread=True)
    def send_all(
        self, database: TheDatabase, view: TheView, form: TheForm, key: FromPath[str]
    ) -> Response[Any]:
        """Send every draft of a round to its leader."""
        form.only("reply_by")
        day = parse_day(form.value("reply_by"))
        try:
            with database.begin() as store:
                sent = report_stages.send_drafts(store, view.actor, key, day, now=view.now)
                nobody = report_stages.without_leader(store, sent)
        except ProblemsFound as error:
            return _sending(database, view, key, None, form, field_errors(error.problems, view.words))
        return view.redirect(f"/rounds/{key}#reports", sent_receipt(len(sent), nobody, view.words))

    @get(f"{REPORT}/reopen", sync_to_thread=True)
    def reopening(
        self, database: TheDatabase, view: TheView, key: FromPath[str], slug: FromPath[str]
    ) -> Response[str]:
        """Ask why a published report is corrected."""
        return _reopening(database, view, key, slug)

    @post(f"{REPORT}/reopen", sync_to_thread=True)
    def reopen(
        self, database: TheDatabase, view: TheView, form: TheForm, key: FromPath[str], slug: FromPath[str]
    ) -> Response[Any]:
        """Make a draft of the next version."""
        form.only("reason")
        centre, reason = stages_at(database, view, key, slug).centres[0].centre, form.value("reason")
        try:
            with database.begin() as store:
                stage = report_stages.reopen_report(store, view.actor, key, centre, reason, now=view.now)
        except ProblemsFound as error:
            return _reopening(database, view, key, slug, reason, field_errors(error.problems, view.words))
        said = view.words.text("Version {version} er nu et udkast.", version=str(stage.version))
        return view.redirect(address_of(key, slug), said)


def stages_at(database: TheDatabase, view: TheView, key: str, slug: str | None) -> RoundStages:
    """Return how far the reports of a round are, or the one that has the address."""
    with database.begin() as store:
        if slug is not None:
            reports.place_of(store, view.actor, Action.PUBLISH_REPORTS, key, slug)
        found = report_stages.stages_of(store, view.actor, key, now=view.now)
    if slug is None:
        return found
    return RoundStages(round=found.round, centres=tuple(_only(found, slug)))


def _only(found: RoundStages, slug: str) -> list[CentreStage]:
    return [one for one in found.centres if one.address == slug]


def _sending(
    database: TheDatabase,
    view: TheView,
    key: str,
    slug: str | None,
    form: Form | None = None,
    errors: tuple[FieldError, ...] = (),
) -> Response[str]:
    value = stages_at(database, view, key, slug)
    typed = form.value("reply_by") if form else None
    page = SendPage.of(value, view.words, one=slug is not None, today=view.now.date(), typed=typed)
    return view.page(SEND, page, errors=errors, status=422 if errors else 200)


def _reopening(
    database: TheDatabase,
    view: TheView,
    key: str,
    slug: str,
    typed: str = "",
    errors: tuple[FieldError, ...] = (),
) -> Response[str]:
    value = stages_at(database, view, key, slug)
    page = ReopenPage.of(value, view.words, typed=typed)
    return view.page(REOPEN, page, errors=errors, status=422 if errors else 200)
