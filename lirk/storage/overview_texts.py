"""What the coordinator wrote in overviews."""

from datetime import datetime

from sqlalchemy import Connection, select

from lirk.domain.overview_texts import OverviewText
from lirk.storage.changes import keep_version
from lirk.storage.report_tables import overview_text


class OverviewTexts:
    """The overviews' texts of a unit of work."""

    def __init__(self, connection: Connection) -> None:
        self._db = connection

    def of(self, round_id: int) -> OverviewText | None:
        """Return what was written in the overview of a round, or None where nothing was."""
        table = overview_text.c
        wanted = (table.learnt, table.next_steps, table.version, table.written_at)
        row = self._db.execute(select(*wanted).where(table.round_id == round_id)).one_or_none()
        if row is None:
            return None
        return OverviewText(
            learnt=row.learnt,
            next_steps=row.next_steps,
            version=row.version,
            written_on=row.written_at.date(),
        )

    def keep(self, round_id: int, text: OverviewText, *, at: datetime, by: int | None) -> int | None:
        """Keep a text if the stored one still has its version; see ``lirk.storage.changes.keep_version``.

        Returns
        -------
        int or None
            The version that is stored now; None where another was stored, and nothing is kept.
        """
        said = {"learnt": text.learnt, "next_steps": text.next_steps}
        values = {**said, "written_at": at, "written_by": by}
        return keep_version(self._db, overview_text, {"round_id": round_id}, values, text.version)
