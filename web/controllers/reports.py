"""Centre reports: the list, the page, its files, and the case numbers behind it."""

from litestar import Controller, Response, get
from litestar.params import FromPath
from litestar.response import Redirect

from lirk.domain.access import Action
from lirk.services import (
    centre_work,
    earlier_versions,
    identified_cases,
    meetings,
    publishing,
    report_stages,
    reports,
    self_assessments,
    urgent_cases,
)
from lirk.services.self_assessments import FirstLook
from web.dependencies import TheDatabase, TheView
from web.forms import FieldError
from web.pages.identified_cases import CasesPage
from web.pages.publishing import EarlierPart, InForcePart
from web.pages.report_stages import StagePart, awaited_lines, stage_lines
from web.pages.reports import ReportPage, ReportsPage
from web.pages.self_assessments import FirstLookPage
from web.reading import reader_of

REPORT = "/rounds/{key:str}/reports/{slug:str}"
#: What a report is handed out as, by the ending of the file.
KINDS = {
    "pdf": "application/pdf",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "csv": "text/csv",
    "json": "application/json",
}


class ReportController(Controller):
    """What leaders, contact persons and the coordinator read."""

    path = "/"

    @get("/reports", sync_to_thread=True)
    def index(self, database: TheDatabase, view: TheView) -> Response[str]:
        """List the reports that a person may read, the latest round first."""
        with database.begin() as store:
            rounds = reports.readable_reports(store, view.actor)
            running = centre_work.running_rounds(store, view.actor)
            awaited = self_assessments.awaited(store, view.actor, now=view.now)
            urgent = urgent_cases.urgent_to_see(store, view.actor)
            not_read_yet = meetings.not_read_yet(store, view.actor)
            stages = report_stages.stages_read(store, view.actor)
            led = report_stages.led_centres(store)
            replies = report_stages.awaited_replies(store, view.actor, today=view.now.date())
        return view.page(
            "reports/index.html",
            ReportsPage.of(rounds, running, view.actor, view.words, today=view.now.date(), awaited=awaited),
            urgent=urgent,
            not_read_yet=not_read_yet,
            stages=stage_lines(rounds, stages, view.actor, view.words, today=view.now.date(), led=led),
            replies=awaited_lines(replies, view.words),
        )

    @get(REPORT, sync_to_thread=True)
    def show(
        self, database: TheDatabase, view: TheView, key: FromPath[str], slug: FromPath[str]
    ) -> Response[str]:
        """Show the report of a centre; its leader is asked about the self-assessment before the first look."""
        first = first_look(database, view, key, slug)
        if first is not None:
            return view.page("places/first_look.html", FirstLookPage.of(first, key, slug, view.words))
        return report_page(database, view, key, slug)

    @get(f"{REPORT}/pdf", sync_to_thread=True)
    def pdf(
        self, database: TheDatabase, view: TheView, key: FromPath[str], slug: FromPath[str]
    ) -> Response[bytes] | Redirect:
        """Hand out the report as PDF."""
        return _file(database, view, key, slug, "pdf")

    @get(f"{REPORT}/csv", sync_to_thread=True)
    def csv(
        self, database: TheDatabase, view: TheView, key: FromPath[str], slug: FromPath[str]
    ) -> Response[bytes] | Redirect:
        """Hand out the numbers of the report for a spreadsheet."""
        return _file(database, view, key, slug, "csv")

    @get(f"{REPORT}/xlsx", sync_to_thread=True)
    def xlsx(
        self, database: TheDatabase, view: TheView, key: FromPath[str], slug: FromPath[str]
    ) -> Response[bytes] | Redirect:
        """Hand out the report as a spreadsheet."""
        return _file(database, view, key, slug, "xlsx")

    @get(f"{REPORT}/json", sync_to_thread=True)
    def json(
        self, database: TheDatabase, view: TheView, key: FromPath[str], slug: FromPath[str]
    ) -> Response[bytes] | Redirect:
        """Hand out the report for a program."""
        return _file(database, view, key, slug, "json")

    @get(f"{REPORT}/cases", sync_to_thread=True)
    def cases(
        self, database: TheDatabase, view: TheView, key: FromPath[str], slug: FromPath[str]
    ) -> Response[str] | Redirect:
        """Show which case numbers the running numbers stand for, and what was found in each; the trail says who looked.

        Before a leader's first look at the report it is the report's page that is shown.
        """
        if first_look(database, view, key, slug) is not None:
            return view.redirect(address_of(key, slug))
        reader = reader_of(database, view)
        with database.begin() as store:
            found = identified_cases.identified_cases(
                store, view.actor, key, slug, reader=reader, now=view.now
            )
        return view.page("reports/cases.html", CasesPage.of(found, address_of(key, slug), view.words))


def address_of(key: str, slug: str) -> str:
    """Return the address of a centre's report."""
    return f"/rounds/{key}/reports/{slug}"


def report_page(
    database: TheDatabase,
    view: TheView,
    key: str,
    slug: str,
    *,
    errors: tuple[FieldError, ...] = (),
    status: int = 200,
) -> Response[str]:
    """Return the page of a report as it is now."""
    reader, address = reader_of(database, view), address_of(key, slug)
    with database.begin() as store:
        report = reports.centre_report_at(store, view.actor, key, slug, reader=reader)
        in_force = publishing.in_force_at(store, view.actor, key, slug, reader=reader)
        earlier = earlier_versions.earlier_versions_at(store, view.actor, key, slug, reader=reader)
        led = not report_stages.without_leader(store, [report.centre])
    return view.page(
        "reports/report.html",
        ReportPage.of(report, address, view.actor, view.words),
        errors=errors,
        status=status,
        stage=StagePart.of(report, address, view.actor, view.words, today=view.now.date(), led=led),
        published=InForcePart.of(in_force, key, slug, view.words),
        earlier=[EarlierPart.of(one, key, slug, view.words) for one in earlier],
    )


def first_look(database: TheDatabase, view: TheView, key: str, slug: str) -> FirstLook | None:
    """Return what a leader is asked before the first look at a report, or None; the look is noted."""
    with database.begin() as store:
        return self_assessments.first_look(store, view.actor, key, slug, now=view.now)


def _file(database: TheDatabase, view: TheView, key: str, slug: str, kind: str) -> Response[bytes] | Redirect:
    """Return a file of the report as it was published, or made now of a draft; before the first look, its page."""
    if first_look(database, view, key, slug) is not None:
        return view.redirect(address_of(key, slug))
    reader = reader_of(database, view)
    with database.begin() as store:
        _, centre = reports.place_of(store, view.actor, Action.READ_CENTRE_REPORT, key, slug)
        found = publishing.kept_or_report(store, view.actor, key, centre, kind, reader=reader)
    return view.file(publishing.bytes_of(found, kind, reader), f"{key}-{slug}.{kind}", KINDS[kind])
