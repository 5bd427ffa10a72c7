"""What the coordinator wrote in overviews."""

from datetime import datetime

from sqlalchemy import Connection, select

from lirk.domain.overview_texts import OverviewText
from lirk.storage.changes import keep_version
from lirk.storage.report_tables import overview_text

FIELDS = tuple(overview_text.c[name] for name in OverviewText.__dataclass_fields__)


class OverviewTexts:
    """The overviews' texts of a unit of work."""

    def __init__(self, connection: Connection) -> None:
        self._db = connection

    def of(self, round_id: int) -> OverviewText | None:
        """Return what was written in the overview of a round, or None where nothing was."""
        statement = select(*FIELDS).where(overview_text.c.round_id == round_id)
        row = self._db.execute(statement).mappings().one_or_none()
        return None if row is None else OverviewText(**row)

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
