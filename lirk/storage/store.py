"""One unit of work: everything inside it is kept, or nothing is."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from sqlalchemy import Connection, CursorResult, Executable, event
from sqlalchemy.sql.dml import UpdateBase

from lirk.storage.cases import Cases
from lirk.storage.centres import Centres
from lirk.storage.checklist_steps import ChecklistSteps
from lirk.storage.checklist_versions import ChecklistVersions
from lirk.storage.draws import Draws
from lirk.storage.failed_sign_ins import FailedSignIns
from lirk.storage.finding_texts import WrittenFindings
from lirk.storage.item_health import HealthReadings
from lirk.storage.kept_registers import KeptRegisters
from lirk.storage.law_checks import LawChecks
from lirk.storage.obstacles import Obstacles
from lirk.storage.password_links import PasswordLinks
from lirk.storage.people import People
from lirk.storage.planned_rounds import PlannedRounds
from lirk.storage.reviewing import Reviewing
from lirk.storage.reviews import Reviews
from lirk.storage.round_rules import RulesOfRounds
from lirk.storage.rounds import Rounds
from lirk.storage.saved_mappings import SavedMappings
from lirk.storage.sessions import Sessions
from lirk.storage.tables import failed_sign_in, session, trail_entry
from lirk.storage.trail import Trail
from lirk.storage.work import Work

#: Who is signed in, and which sign-ins failed, is not what anybody did to a measurement.
UNTRAILED = {session.name, failed_sign_in.name}


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
        self.reviews = Reviews(connection)
        self.reviewing = Reviewing(connection)
        self.obstacles = Obstacles(connection)
        self.finding_texts = WrittenFindings(connection)
        self.trail = Trail(connection)
        self.work = Work(connection)


@contextmanager
def with_trail(connection: Connection) -> Iterator[None]:
    """Refuse what is done inside if it wrote anything and added no trail entry.

    Raises
    ------
    WriteWithoutTrail
        At the end, so that the transaction around it is rolled back.
    """
    written: set[str] = set()

    def note(_: Connection, statement: Executable, *details: Any) -> None:
        result = details[-1]
        nothing = isinstance(result, CursorResult) and result.rowcount == 0
        if isinstance(statement, UpdateBase) and not nothing:
            written.add(str(statement.table))

    event.listen(connection, "after_execute", note)
    try:
        yield
    finally:
        event.remove(connection, "after_execute", note)
    if written - UNTRAILED and trail_entry.name not in written:
        raise WriteWithoutTrail(", ".join(sorted(written - UNTRAILED)))
