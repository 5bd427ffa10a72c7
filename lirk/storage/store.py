"""One unit of work: everything inside it is kept, or nothing is."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from sqlalchemy import Connection, CursorResult, Engine, Executable, event
from sqlalchemy.sql.dml import UpdateBase

from lirk.storage.calibrations import Calibrations
from lirk.storage.cases import Cases
from lirk.storage.centres import Centres
from lirk.storage.checklist_steps import ChecklistSteps
from lirk.storage.checklist_versions import ChecklistVersions
from lirk.storage.desk_tables import review_time
from lirk.storage.doubts import Doubts
from lirk.storage.draws import Draws
from lirk.storage.failed_sign_ins import FailedSignIns
from lirk.storage.finding_texts import WrittenFindings
from lirk.storage.item_health import HealthReadings
from lirk.storage.kept_registers import KeptRegisters
from lirk.storage.law_checks import LawChecks
from lirk.storage.obstacles import Obstacles
from lirk.storage.password_links import PasswordLinks
from lirk.storage.people import People
from lirk.storage.place_forms import PlaceForms
from lirk.storage.planned_rounds import PlannedRounds
from lirk.storage.reconciliations import Reconciliations
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

#: Who is signed in, and which sign-ins failed, is not what anybody did to a measurement. A trail of the seconds
#: on a case would show everybody's speed to those who read the trail.
UNTRAILED = {session.name, failed_sign_in.name, review_time.name}


class WriteWithoutTrail(RuntimeError):
    """A unit of work wrote something and did not say so in the trail; a service forgot it."""


class Store:
    """The database as the services see it, one attribute a noun."""

    def __init__(self, connection: Connection) -> None:
        self.people = People(connection)
        self.centres = Centres(connection)
        self.sessions = Sessions(connection)
        self.password_links = PasswordLinks(connection)
        self.failed_sign_ins = FailedSignIns(connection)
        self.rounds = Rounds(connection)
        self.round_rules = RulesOfRounds(connection)
        self.planned_rounds = PlannedRounds(connection)
        self.kept_registers = KeptRegisters(connection)
        self.saved_mappings = SavedMappings(connection)
        self.draws = Draws(connection)
        self.checklist_versions = ChecklistVersions(connection)
        self.checklist_steps = ChecklistSteps(connection)
        self.law_checks = LawChecks(connection)
        self.health_readings = HealthReadings(connection)
        self.cases = Cases(connection)
        self.calibrations = Calibrations(connection)
        self.reviews = Reviews(connection)
        self.reviewing = Reviewing(connection)
        self.review_times = ReviewTimes(connection)
        self.reconciliations = Reconciliations(connection)
        self.obstacles = Obstacles(connection)
        self.doubts = Doubts(connection)
        self.urgent_cases = UrgentCases(connection)
        self.finding_texts = WrittenFindings(connection)
        self.place_forms = PlaceForms(connection)
        self.trail = Trail(connection)
        self.work = Work(connection)


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
