"""One unit of work: everything inside it is kept, or nothing is."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any, Generic, TypeVar

from sqlalchemy import Connection, CursorResult, Engine, Executable, event
from sqlalchemy.sql.dml import UpdateBase

from lirk.storage.calibrations import Calibrations
from lirk.storage.cases import Cases
from lirk.storage.centres import Centres
from lirk.storage.checklist_steps import ChecklistSteps
from lirk.storage.checklist_versions import ChecklistVersions
from lirk.storage.corrections import Corrections
from lirk.storage.desk_tables import review_time
from lirk.storage.doubts import Doubts
from lirk.storage.draws import Draws
from lirk.storage.failed_sign_ins import FailedSignIns
from lirk.storage.finding_replies import WrittenReplies
from lirk.storage.finding_texts import WrittenFindings
from lirk.storage.item_health import HealthReadings
from lirk.storage.kept_registers import KeptRegisters
from lirk.storage.law_checks import LawChecks
from lirk.storage.meetings import Meetings
from lirk.storage.obstacles import Obstacles
from lirk.storage.original_answers import OriginalAnswers
from lirk.storage.overview_texts import OverviewTexts
from lirk.storage.password_links import PasswordLinks
from lirk.storage.people import People
from lirk.storage.place_forms import PlaceForms
from lirk.storage.planned_rounds import PlannedRounds
from lirk.storage.published_files import PublishedFiles
from lirk.storage.reconciliations import Reconciliations
from lirk.storage.report_stages import ReportStages
from lirk.storage.review_times import ReviewTimes
from lirk.storage.reviewing import Reviewing
from lirk.storage.reviews import Reviews
from lirk.storage.round_rules import RulesOfRounds
from lirk.storage.rounds import Rounds
from lirk.storage.saved_mappings import SavedMappings
from lirk.storage.sessions import Sessions
from lirk.storage.tables import failed_sign_in, session, trail_entry
from lirk.storage.trail import Trail
from lirk.storage.urgent_cases import UrgentCases
from lirk.storage.work import Work
from lirk.storage.written_tables import WRITTEN, note_written
from lirk.storage.years import Years

#: Who is signed in, and which sign-ins failed, is not what anybody did to a measurement. A trail of the seconds
#: on a case would show everybody's speed to those who read the trail.
UNTRAILED = {session.name, failed_sign_in.name, review_time.name}


class WriteWithoutTrail(RuntimeError):
    """A unit of work wrote something and did not say so in the trail; a service forgot it."""


Noun = TypeVar("Noun")


class _Of(Generic[Noun]):
    """What the store knows of one noun; made when it is first asked for, for few are asked for in a unit of work."""

    def __init__(self, kind: Callable[[Connection], Noun]) -> None:
        self._kind = kind

    def __set_name__(self, _: type, name: str) -> None:
        self._name = name

    def __get__(self, store: "Store", _: type) -> Noun:
        made = self._kind(store._connection)
        # Found before this one from now on.
        vars(store)[self._name] = made
        return made


class Store:
    """The database as the services see it, one attribute a noun."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    people = _Of(People)
    centres = _Of(Centres)
    sessions = _Of(Sessions)
    password_links = _Of(PasswordLinks)
    failed_sign_ins = _Of(FailedSignIns)
    rounds = _Of(Rounds)
    round_rules = _Of(RulesOfRounds)
    planned_rounds = _Of(PlannedRounds)
    kept_registers = _Of(KeptRegisters)
    saved_mappings = _Of(SavedMappings)
    draws = _Of(Draws)
    checklist_versions = _Of(ChecklistVersions)
    checklist_steps = _Of(ChecklistSteps)
    law_checks = _Of(LawChecks)
    health_readings = _Of(HealthReadings)
    cases = _Of(Cases)
    calibrations = _Of(Calibrations)
    reviews = _Of(Reviews)
    original_answers = _Of(OriginalAnswers)
    reviewing = _Of(Reviewing)
    review_times = _Of(ReviewTimes)
    reconciliations = _Of(Reconciliations)
    obstacles = _Of(Obstacles)
    doubts = _Of(Doubts)
    urgent_cases = _Of(UrgentCases)
    finding_texts = _Of(WrittenFindings)
    finding_replies = _Of(WrittenReplies)
    report_stages = _Of(ReportStages)
    published_files = _Of(PublishedFiles)
    corrections = _Of(Corrections)
    meetings = _Of(Meetings)
    overview_texts = _Of(OverviewTexts)
    place_forms = _Of(PlaceForms)
    trail = _Of(Trail)
    work = _Of(Work)
    years = _Of(Years)


def note_writes(engine: Engine) -> None:
    """Have each connection of an engine remember what is written, for ``with_trail``."""

    @event.listens_for(engine, "after_execute")
    def note(connection: Connection, statement: Executable, *details: Any) -> None:
        if not isinstance(statement, UpdateBase):
            return
        result = details[-1]
        if not isinstance(result, CursorResult) or result.rowcount != 0:
            note_written(connection, str(statement.table))


@contextmanager
def with_trail(connection: Connection) -> Iterator[None]:
    """Refuse what is done inside if it wrote anything and added no trail entry.

    Raises
    ------
    WriteWithoutTrail
        At the end, so that the transaction around it is rolled back.
    """
    written: set[str] = set()
    connection.info[WRITTEN] = written
    try:
        yield
    finally:
        del connection.info[WRITTEN]
    if written - UNTRAILED and trail_entry.name not in written:
        raise WriteWithoutTrail(", ".join(sorted(written - UNTRAILED)))
