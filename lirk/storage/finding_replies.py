"""What leaders say about findings, and what is answered."""

from collections import defaultdict
from collections.abc import Mapping
from datetime import datetime

from sqlalchemy import ColumnElement, Connection, select

from lirk.domain.finding_replies import FindingReplies, FindingReply
from lirk.storage.changes import keep_version
from lirk.storage.report_tables import finding_reply

FIELDS = tuple(finding_reply.c[name] for name in FindingReply.__dataclass_fields__)
#: What a reply is known by, and what the store itself counts.
KNOWN_BY = {"checklist_id", "item_id", "version"}


class WrittenReplies:
    """The replies of a unit of work."""

    def __init__(self, connection: Connection) -> None:
        self._db = connection

    def of(self, round_id: int, centre: str) -> FindingReplies:
        """Return a centre's replies, by checklist and item."""
        return self._read(finding_reply.c.centre == centre, finding_reply.c.round_id == round_id).get(
            centre, {}
        )

    def of_round(self, round_id: int) -> Mapping[str, FindingReplies]:
        """Return the replies of a round by centre, then by checklist and item."""
        return self._read(finding_reply.c.round_id == round_id)

    def written(self) -> frozenset[tuple[int, str]]:
        """Return the reports to which a leader has written anything, by the round's id and the centre."""
        return self._reports()

    def unanswered(self) -> frozenset[tuple[int, str]]:
        """Return the reports with anything of a leader's that nobody has answered."""
        return self._reports(finding_reply.c.outcome.is_(None))

    def open_objections(self) -> frozenset[tuple[int, str]]:
        """Return the reports with an objection that nobody has answered."""
        return self._reports(finding_reply.c.outcome.is_(None), finding_reply.c.objects)

    def _reports(self, *where: ColumnElement[bool]) -> frozenset[tuple[int, str]]:
        """Return the reports with a comment for which something holds."""
        table = finding_reply.c
        statement = (
            select(table.round_id, table.centre)
            .where(table.comment != "", *where)
            .distinct()
            .order_by(table.round_id, table.centre)
        )
        return frozenset((row.round_id, row.centre) for row in self._db.execute(statement))

    def _read(self, *where: ColumnElement[bool]) -> dict[str, dict[tuple[str, str], FindingReply]]:
        table = finding_reply.c
        statement = (
            select(table.centre, *FIELDS)
            .where(*where)
            .order_by(table.centre, table.checklist_id, table.item_id)
        )
        found: dict[str, dict[tuple[str, str], FindingReply]] = defaultdict(dict)
        for row in self._db.execute(statement).mappings():
            reply = FindingReply(**{name: row[name] for name in FindingReply.__dataclass_fields__})
            found[row["centre"]][reply.checklist_id, reply.item_id] = reply
        return found

    def keep_comment(
        self, round_id: int, centre: str, reply: FindingReply, *, at: datetime, by: int | None
    ) -> int | None:
        """Keep what the leader wrote if the stored reply still has its version.

        Returns
        -------
        int or None
            The version that is stored now; None where another one is, and nothing is kept.
        """
        return self._keep(round_id, centre, reply, {"written_at": at, "written_by": by})

    def keep_answer(
        self, round_id: int, centre: str, reply: FindingReply, *, at: datetime, by: int | None
    ) -> int | None:
        """Keep what the coordinator answered; as ``keep_comment``. Who wrote the comment stays as it is."""
        table = finding_reply.c
        here = (table.round_id == round_id, table.centre == centre)
        place = (table.checklist_id == reply.checklist_id, table.item_id == reply.item_id)
        statement = select(table.written_at, table.written_by).where(*here, *place)
        written = self._db.execute(statement).mappings().one()
        return self._keep(round_id, centre, reply, {**written, "answered_at": at, "answered_by": by})

    def _keep(
        self, round_id: int, centre: str, reply: FindingReply, noted: Mapping[str, object]
    ) -> int | None:
        key = {
            "round_id": round_id,
            "centre": centre,
            "checklist_id": reply.checklist_id,
            "item_id": reply.item_id,
        }
        said = {column.name: getattr(reply, column.name) for column in FIELDS if column.name not in KNOWN_BY}
        values = {"answered_at": None, "answered_by": None, **said, **noted}
        return keep_version(self._db, finding_reply, key, values, reply.version)
