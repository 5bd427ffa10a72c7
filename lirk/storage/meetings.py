"""What was recorded of the meetings about reports."""

from datetime import datetime

from sqlalchemy import Connection, select

from lirk.domain.meetings import Meeting
from lirk.storage.changes import keep_version
from lirk.storage.report_tables import report_meeting
from lirk.storage.tables import round_

SAID = tuple(report_meeting.c[name] for name in Meeting.__dataclass_fields__)


class Meetings:
    """The meetings of a unit of work."""

    def __init__(self, connection: Connection) -> None:
        self._db = connection

    def of(self, round_id: int, centre: str) -> Meeting | None:
        """Return the meeting about a centre's report, or None where none is recorded."""
        table = report_meeting.c
        statement = select(*SAID).where(table.round_id == round_id, table.centre == centre)
        row = self._db.execute(statement).mappings().one_or_none()
        return None if row is None else Meeting(**row)

    def recorded(self) -> frozenset[tuple[str, str]]:
        """Return of which reports a meeting is recorded: the round's key and the centre."""
        statement = (
            select(round_.c.key, report_meeting.c.centre)
            .join(round_, round_.c.id == report_meeting.c.round_id)
            .order_by(round_.c.key, report_meeting.c.centre)
        )
        return frozenset((key, centre) for key, centre in self._db.execute(statement))

    def keep(
        self, round_id: int, centre: str, meeting: Meeting, *, at: datetime, by: int | None
    ) -> int | None:
        """Keep a meeting if the stored one still has its version; see ``lirk.storage.changes.keep_version``.

        Returns
        -------
        int or None
            The version that is stored now; None where another was stored, and nothing is kept.
        """
        key = {"round_id": round_id, "centre": centre}
        said = {column.name: getattr(meeting, column.name) for column in SAID if column.name != "version"}
        values = {**said, "written_at": at, "written_by": by}
        return keep_version(self._db, report_meeting, key, values, meeting.version)
