"""Single cases in the coordinator's hands: looked at, handed over, reopened, replaced, decided on."""

from typing import Any

from litestar import Controller, Response, get, post
from litestar.params import FromPath, FromQuery

from lirk.domain.assignment import MayNotRead, NotAReviewer
from lirk.domain.draws import NoReserveLeft, ReplacementNeedsReason
from lirk.domain.obstacles import Settlement
from lirk.domain.reviews import CaseStatus, Reading
from lirk.domain.settling import CaseIsFinding, CaseReviewed, ObstacleSettled, SecondReadingFinished
from lirk.errors import ProblemsFound
from lirk.services import case_pages, handing_over, rounds, second_readings, settling
from lirk.services.people import PersonUnknown
from lirk.storage.database import Database
from lirk.storage.store import Store
from web.dependencies import TheDatabase, TheForm, TheView
from web.forms import FieldError, Form, refusal
from web.pages.cases import CasePage, ConfirmPage, ObstaclePage
from web.view import View

#: Refusals that are about who should have the case, and about why it is replaced.
OF_REVIEWER = (NotAReviewer, MayNotRead, PersonUnknown)
OF_REASON = (
    ReplacementNeedsReason,
    NoReserveLeft,
    CaseIsFinding,
    CaseReviewed,
    SecondReadingFinished,
    ProblemsFound,
)


class CaseController(Controller):
    """For the coordinator of a round."""

    path = "/rounds/{key:str}"

    @get("/cases/{number:int}", sync_to_thread=True)
    def show(
        self, database: TheDatabase, view: TheView, key: FromPath[str], number: FromPath[int]
    ) -> Response[str]:
        """Show one case, and what can be done with it."""
        return _case(database, view, key, number)

    @post("/cases/{number:int}/move", sync_to_thread=True)
    def move(
        self, database: TheDatabase, view: TheView, form: TheForm, key: FromPath[str], number: FromPath[int]
    ) -> Response[Any]:
        """Hand the case over to another reviewer."""
        form.only("reviewer", "reading")
        reading = Reading.SECOND if form.value("reading") == Reading.SECOND else Reading.FIRST
        username = form.value("reviewer")
        if not username:
            error = FieldError("reviewer", view.words.text("Vælg, hvem der skal gennemgå sagen."))
            return _case(database, view, key, number, form, (error,))
        try:
            with database.begin() as store:
                handing_over.move_case(
                    store,
                    view.actor,
                    key,
                    number=number,
                    username=username,
                    reading=reading,
                    now=view.now,
                )
        except OF_REVIEWER as error:
            return _case(database, view, key, number, form, refusal(error, "reviewer", view.words))
        said = view.words.text("Sag {number} er givet videre.", number=str(number))
        return view.redirect(f"/rounds/{key}/cases/{number}", receipt=said)

    @post("/cases/{number:int}/reopen", sync_to_thread=True)
    def reopen(
        self, database: TheDatabase, view: TheView, form: TheForm, key: FromPath[str], number: FromPath[int]
    ) -> Response[Any]:
        """Open what is settled of the case again."""
        form.only("reopening", "checklist")
        try:
            with database.begin() as store:
                settling.reopen_case(
                    store,
                    view.actor,
                    key,
                    number,
                    form.value("reopening"),
                    checklists=form.texts("checklist") or None,
                    now=view.now,
                )
        except ProblemsFound as error:
            return _case(database, view, key, number, form, refusal(error, "reopening", view.words))
        said = view.words.text("Sag {number} er genåbnet.", number=str(number))
        return view.redirect(f"/rounds/{key}/cases/{number}", receipt=said)

    @post("/cases/{number:int}/end-second", sync_to_thread=True)
    def end_second(
        self, database: TheDatabase, view: TheView, form: TheForm, key: FromPath[str], number: FromPath[int]
    ) -> Response[Any]:
        """Give up the second reading that nobody can do."""
        form.only("giving_up")
        try:
            with database.begin() as store:
                second_readings.end_second(
                    store, view.actor, key, number, form.value("giving_up"), now=view.now
                )
        except ProblemsFound as error:
            return _case(database, view, key, number, form, refusal(error, "giving_up", view.words))
        said = view.words.text("Anden gennemgang af sag {number} er opgivet.", number=str(number))
        return view.redirect(f"/rounds/{key}/cases/{number}", receipt=said)

    @post("/cases/{number:int}/replace", sync_to_thread=True)
    def replace(
        self, database: TheDatabase, view: TheView, form: TheForm, key: FromPath[str], number: FromPath[int]
    ) -> Response[Any]:
        """Ask for the last word, and then replace the case by the next of the reserve."""
        form.only("reason", "confirmed")
        reason = form.value("reason")
        if reason and not form.flag("confirmed"):
            with database.begin() as store:
                value = case_pages.case_page(store, view.actor, key, number)
            return view.page("rounds/confirm.html", ConfirmPage.replacing(value, reason, view.words))
        try:
            with database.begin() as store:
                called, _ = rounds.replace_case(
                    store, view.actor, key, number=number, reason=reason, now=view.now
                )
        except OF_REASON as error:
            return _case(database, view, key, number, form, refusal(error, "reason", view.words))
        said = view.words.text(
            "Sag {out} er erstattet af sag {called}.", out=str(number), called=str(called.number)
        )
        return view.redirect(f"/rounds/{key}/cases/{called.number}", receipt=said)

    @get("/obstacles/{number:int}", sync_to_thread=True)
    def obstacle(
        self,
        database: TheDatabase,
        view: TheView,
        key: FromPath[str],
        number: FromPath[int],
        reading: FromQuery[Reading] = Reading.FIRST,
    ) -> Response[str]:
        """Show what was reported of a case, and ask for a decision."""
        return _obstacle(database, view, key, number, reading)

    @post("/obstacles/{number:int}", sync_to_thread=True)
    def settle(
        self, database: TheDatabase, view: TheView, form: TheForm, key: FromPath[str], number: FromPath[int]
    ) -> Response[Any]:
        """Ask for the last word, and then keep the decision."""
        form.only("decision", "status", "reason", "reviewer", "confirmed", "reading")
        reading = Reading.SECOND if form.value("reading") == Reading.SECOND else Reading.FIRST
        missing = _missing(form, view, reading)
        if missing:
            return _obstacle(database, view, key, number, reading, form, missing)
        if not form.flag("confirmed"):
            with database.begin() as store:
                value = case_pages.case_page(store, view.actor, key, number, reading=reading)
            return view.page("rounds/confirm.html", ConfirmPage.settling(value, form, view.words))
        try:
            with database.begin() as store:
                _settle(store, view, key, number, form, reading)
        except OF_REVIEWER as error:
            return _obstacle(
                database, view, key, number, reading, form, refusal(error, "reviewer", view.words)
            )
        except SecondReadingFinished as error:
            return _obstacle(
                database, view, key, number, reading, form, refusal(error, "decision", view.words)
            )
        except OF_REASON as error:
            return _obstacle(database, view, key, number, reading, form, refusal(error, "reason", view.words))
        said = view.words.text("Din afgørelse om sag {number} er gemt.", number=str(number))
        return view.redirect(f"/rounds/{key}/follow", receipt=said)


def _settle(store: Store, view: View, key: str, number: int, form: Form, reading: Reading) -> None:
    status = form.value("status")
    settling.settle_obstacle(
        store,
        view.actor,
        key,
        number,
        Settlement(form.value("decision")),
        reading=reading,
        status=CaseStatus(status) if status else None,
        reason=form.value("reason"),
        reviewer=form.value("reviewer") or None,
        now=view.now,
    )


def _missing(form: Form, view: View, reading: Reading) -> tuple[FieldError, ...]:
    """Return what a decision lacks; only the fields that belong to it are asked for."""
    words, decision = view.words, form.value("decision")
    if decision not in set(Settlement):
        return (FieldError("decision", words.text("Vælg, hvad der skal ske med sagen.")),)
    found = decision == Settlement.FINDING and reading is Reading.FIRST
    if found and form.value("status") not in {*settling.FINDINGS.values()}:
        return (FieldError("status", words.text("Vælg, hvad fundet er.")),)
    if decision == Settlement.REPLACED and not form.value("reason"):
        return (FieldError("reason", words.text("Skriv, hvorfor sagen ikke hører til rammen.")),)
    if decision == Settlement.REASSIGNED and not form.value("reviewer"):
        return (FieldError("reviewer", words.text("Vælg, hvem der skal gennemgå sagen.")),)
    return ()


def _case(
    database: Database,
    view: View,
    key: str,
    number: int,
    typed: Form | None = None,
    errors: tuple[FieldError, ...] = (),
) -> Response[str]:
    with database.begin() as store:
        value = case_pages.case_page(store, view.actor, key, number)
        second = handing_over.movable_second(store, value.round, value.case)
    page = CasePage.of(value, view.words, typed, second)
    return view.page("rounds/case.html", page, errors=errors, status=422 if errors else 200)


def _obstacle(
    database: Database,
    view: View,
    key: str,
    number: int,
    reading: Reading,
    typed: Form | None = None,
    errors: tuple[FieldError, ...] = (),
) -> Response[str]:
    with database.begin() as store:
        value = case_pages.case_page(store, view.actor, key, number, reading=reading)
    if not value.open_obstacle:
        raise ObstacleSettled(number=str(number))
    page = ObstaclePage.of(value, view.words, typed)
    return view.page("rounds/obstacle.html", page, errors=errors, status=422 if errors else 200)
