"""What was agreed when a centre's report was read in the section."""

from litestar import Controller, Response, get, post
from litestar.params import FromPath
from litestar.response import Redirect

from lirk.domain.meetings import Group, Meeting, MeetingChanged
from lirk.errors import ProblemsFound
from lirk.services import meetings
from web.controllers.reports import REPORT, address_of
from web.dependencies import TheDatabase, TheForm, TheView
from web.forms import Form, field_errors, parse_day, refusal
from web.pages.meetings import MeetingFields, MeetingPage

TEMPLATE = "reports/meeting.html"
#: No number: greater than any that is kept.
UNREADABLE = -1


class MeetingController(Controller):
    """One page a report: what is recorded, and for whoever may write it a form."""

    path = f"{REPORT}/meeting"

    @get("/", sync_to_thread=True)
    def show(
        self, database: TheDatabase, view: TheView, key: FromPath[str], slug: FromPath[str]
    ) -> Response[str]:
        """Show what came of the meeting."""
        return view.page(TEMPLATE, _page(database, view, key, slug))

    @post("/", sync_to_thread=True)
    def record(
        self,
        database: TheDatabase,
        view: TheView,
        form: TheForm,
        key: FromPath[str],
        slug: FromPath[str],
    ) -> Response[str] | Redirect:
        """Keep what was written, or show it again with what is wrong."""
        form.only("held_on", "took_part", "staff", "agreed", "not_agreed", "version")
        try:
            with database.begin() as store:
                meetings.record_meeting(store, view.actor, key, slug, _meeting(form), now=view.now)
        except ProblemsFound as error:
            errors, status = field_errors(error.problems, view.words), 422
        except MeetingChanged as error:
            errors, status = refusal(error, "agreed", view.words), 409
        else:
            receipt = view.words.text(
                "Mødet er skrevet ned. Det står på rapportens side og kommer med i arkivpakken."
            )
            return view.redirect(f"{address_of(key, slug)}/meeting", receipt)
        page = _page(database, view, key, slug, typed=_typed(form), changed=status == 409)
        return view.page(TEMPLATE, page, errors=errors, status=status)


def _page(
    database: TheDatabase,
    view: TheView,
    key: str,
    slug: str,
    *,
    typed: MeetingFields | None = None,
    changed: bool = False,
) -> MeetingPage:
    with database.begin() as store:
        value = meetings.meeting_of(store, view.actor, key, slug)
    return MeetingPage.of(value, address_of(key, slug), view.words, typed=typed, changed=changed)


def _typed(form: Form) -> MeetingFields:
    return MeetingFields(
        held_on=form.value("held_on"),
        took_part=form.texts("took_part"),
        staff=form.value("staff"),
        agreed=form.value("agreed"),
        not_agreed=form.value("not_agreed"),
    )


def _meeting(form: Form) -> Meeting:
    groups = form.texts("took_part")
    staff = form.number("staff", UNREADABLE) if form.value("staff") else 0
    return Meeting(
        held_on=parse_day(form.value("held_on")),
        leader=Group.LEADER in groups,
        employee_representative=Group.EMPLOYEE_REPRESENTATIVE in groups,
        safety_representative=Group.SAFETY_REPRESENTATIVE in groups,
        staff=None if staff == UNREADABLE else staff,
        agreed=form.value("agreed"),
        not_agreed=form.value("not_agreed"),
        version=form.number("version"),
    )
