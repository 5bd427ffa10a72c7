"""What the coordinator wrote about findings."""

from datetime import datetime

from sqlalchemy import Connection, delete, insert, select

from lirk.domain.finding_texts import FindingText, FindingTexts
from lirk.storage.tables import finding_text

FIELDS = tuple(finding_text.c[name] for name in FindingText.__dataclass_fields__)


class WrittenFindings:
    """The finding texts of a unit of work."""

    def __init__(self, connection: Connection) -> None:
        self._db = connection

    def of(self, round_id: int, centre: str) -> FindingTexts:
        """Return the texts about a centre's findings, by checklist and item."""
        statement = (
            select(*FIELDS)
            .where(finding_text.c.round_id == round_id, finding_text.c.centre == centre)
            .order_by(finding_text.c.checklist_id, finding_text.c.item_id)
        )
        texts = (FindingText(**row) for row in self._db.execute(statement).mappings())
        return {(text.checklist_id, text.item_id): text for text in texts}

    def keep(self, round_id: int, centre: str, text: FindingText, *, at: datetime, by: int | None) -> None:
        """Keep a text, in place of an earlier one about the same finding."""
        table = finding_text.c
        here = (table.round_id == round_id, table.centre == centre)
        finding = (table.checklist_id == text.checklist_id, table.item_id == text.item_id)
        self._db.execute(delete(finding_text).where(*here, *finding))
        values = {column.name: getattr(text, column.name) for column in FIELDS}
        written = {"round_id": round_id, "centre": centre, "written_at": at, "written_by": by}
        self._db.execute(insert(finding_text).values(**values, **written))
