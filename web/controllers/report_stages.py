"""A centre's report from draft to published: sending it to the leader, publishing, opening it again."""

from typing import Any

from litestar import Controller, Response, get, post
from litestar.params import FromPath
from litestar.response import Redirect

from lirk.domain.access import Action
from lirk.domain.report_stages import ReportStage
from lirk.errors import NotFound, ProblemsFound
from lirk.services import publishing, report_stages, reports
from lirk.services.publishing import LeaderNotHeard, ObjectionsOpen
from lirk.services.report_stages import CentreStage, RoundStages
from web.controllers.reports import KINDS, address_of, first_look
from web.dependencies import TheDatabase, TheForm, TheView
from web.forms import FieldError, Form, field_errors, parse_day, refusal
from web.pages.report_stages import PublishPage, ReopenPage, SendPage
from web.reading import reader_of

REPORT = "/reports/{slug:str}"
SEND, PUBLISH, REOPEN = (f"reports/{name}.html" for name in ("send", "publish", "reopen"))


class ReportStageController(Controller):
    """For the coordinator; a published version can be fetched by all who read the report."""

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
        except ProblemsFound as error:
            return _sending(database, view, key, slug, form, field_errors(error.problems, view.words))
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
        except ProblemsFound as error:
            return _sending(database, view, key, None, form, field_errors(error.problems, view.words))
        said = view.words.plural(
            "{count} udkast er sendt til lederen.", "{count} udkast er sendt til lederne.", len(sent)
        )
        return view.redirect(f"/rounds/{key}#reports", said)

    @get(f"{REPORT}/publish", sync_to_thread=True)
    def asking(
        self, database: TheDatabase, view: TheView, key: FromPath[str], slug: FromPath[str]
    ) -> Response[str]:
        """Show what stands open, and ask for the last word."""
        return _asking(database, view, key, slug)

    @post(f"{REPORT}/publish", sync_to_thread=True)
    def publish(
        self, database: TheDatabase, view: TheView, form: TheForm, key: FromPath[str], slug: FromPath[str]
    ) -> Response[Any]:
        """Publish a report."""
        form.only("without_reply")
        centre = _stages(database, view, key, slug).centres[0].centre
        try:
            stage = _publish(database, view, key, centre, without_reply=form.flag("without_reply"))
        except (ObjectionsOpen, LeaderNotHeard) as error:
            field = "objections" if isinstance(error, ObjectionsOpen) else "without_reply"
            return _asking(database, view, key, slug, refusal(error, field, view.words))
        said = view.words.text(
            "Rapporten for {centre} er udgivet, version {version}.", centre=centre, version=str(stage.version)
        )
        return view.redirect(address_of(key, slug), said)

    @get("/publish-reports", sync_to_thread=True)
    def asking_all(self, database: TheDatabase, view: TheView, key: FromPath[str]) -> Response[str]:
        """Show what stands open in each report of a round, and ask for the last word."""
        return _asking(database, view, key, None)

    @post("/publish-reports", sync_to_thread=True)
    def publish_all(
        self, database: TheDatabase, view: TheView, form: TheForm, key: FromPath[str]
    ) -> Response[Any]:
        """Publish every report of a round in which nothing stands open."""
        form.only("without_reply")
        ready = [
            one for one in _stages(database, view, key, None).centres if one.may_be_published_with_others
        ]
        if any(one.unheard for one in ready) and not form.flag("without_reply"):
            error = FieldError(
                "without_reply", view.words.text("Sæt kryds, hvis de skal udgives uden lederens svar.")
            )
            return _asking(database, view, key, None, (error,))
        for one in ready:
            _publish(database, view, key, one.centre, without_reply=True)
        said = view.words.plural("{count} rapport er udgivet.", "{count} rapporter er udgivet.", len(ready))
        return view.redirect(f"/rounds/{key}#reports", said)

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
        centre, reason = _stages(database, view, key, slug).centres[0].centre, form.value("reason")
        try:
            with database.begin() as store:
                stage = report_stages.reopen_report(store, view.actor, key, centre, reason, now=view.now)
        except ProblemsFound as error:
            return _reopening(database, view, key, slug, reason, field_errors(error.problems, view.words))
        said = view.words.text("Version {version} er nu et udkast.", version=str(stage.version))
        return view.redirect(address_of(key, slug), said)

    @get(f"{REPORT}/versions/{{version:int}}/{{kind:str}}", sync_to_thread=True)
    def version(
        self,
        database: TheDatabase,
        view: TheView,
        key: FromPath[str],
        slug: FromPath[str],
        version: FromPath[int],
        kind: FromPath[str],
    ) -> Response[bytes] | Redirect:
        """Hand out a file of a published version, byte for byte."""
        if first_look(database, view, key, slug) is not None:
            return view.redirect(address_of(key, slug))
        reader = reader_of(database, view)
        with database.begin() as store:
            content = publishing.version_file(store, view.actor, key, slug, version, kind, reader=reader)
        if kind not in KINDS:
            raise NotFound
        return view.file(content, f"{key}-{slug}-{version}.{kind}", KINDS[kind])


def _stages(database: TheDatabase, view: TheView, key: str, slug: str | None) -> RoundStages:
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
    value = _stages(database, view, key, slug)
    typed = form.value("reply_by") if form else None
    page = SendPage.of(value, view.words, one=slug is not None, today=view.now.date(), typed=typed)
    return view.page(SEND, page, errors=errors, status=422 if errors else 200)


def _asking(
    database: TheDatabase, view: TheView, key: str, slug: str | None, errors: tuple[FieldError, ...] = ()
) -> Response[str]:
    value = _stages(database, view, key, slug)
    page = PublishPage.of(value, view.words, one=slug is not None, today=view.now.date())
    return view.page(PUBLISH, page, errors=errors, status=422 if errors else 200)


def _reopening(
    database: TheDatabase,
    view: TheView,
    key: str,
    slug: str,
    typed: str = "",
    errors: tuple[FieldError, ...] = (),
) -> Response[str]:
    value = _stages(database, view, key, slug)
    page = ReopenPage.of(value, view.words, typed=typed)
    return view.page(REOPEN, page, errors=errors, status=422 if errors else 200)


def _publish(
    database: TheDatabase, view: TheView, key: str, centre: str, *, without_reply: bool
) -> ReportStage:
    """Publish one report; its files are made while no unit of work is open."""
    reader = reader_of(database, view)
    with database.begin() as store:
        edition = publishing.edition_of(
            store, view.actor, key, centre, reader=reader, without_reply=without_reply, now=view.now
        )
    files = publishing.printed(edition, reader)
    with database.begin() as store:
        return publishing.publish(store, view.actor, edition, files, reader=reader, now=view.now)
