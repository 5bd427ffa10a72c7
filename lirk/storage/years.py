"""What the coordinator writes of a year: complaint figures by centre, and a text."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, RowMapping, or_, select

from lirk.domain.years import FIELDS, Complaints, YearlyFigures, YearlyText
from lirk.storage.changes import keep_version
from lirk.storage.report_tables import yearly_figures, yearly_text


class Years:
    """The years of a unit of work."""

    def __init__(self, connection: Connection) -> None:
        self._db = connection

    def written(self) -> frozenset[int]:
        """Return the years with a text that is not empty."""
        table = yearly_text.c
        statement = select(table.year).where(or_(table.found != "", table.done != ""))
        return frozenset(self._db.scalars(statement))

    def entered(self) -> Mapping[int, frozenset[str]]:
        """Return the centres with figures, by year."""
        found: dict[int, set[str]] = {}
        for year, centre in self._db.execute(select(yearly_figures.c.year, yearly_figures.c.centre)):
            found.setdefault(year, set()).add(centre)
        return {year: frozenset(centres) for year, centres in found.items()}

    def figures(self, year: int) -> Mapping[str, YearlyFigures]:
        """Return the figures of a year by centre, by code point."""
        table = yearly_figures.c
        statement = select(yearly_figures).where(table.year == year).order_by(table.centre)
        return {row["centre"]: _figures(row) for row in self._db.execute(statement).mappings()}

    def keep_figures(
        self,
        year: int,
        centre: str,
        complaints: Complaints,
        *,
        expected: int,
        at: datetime,
        by: int | None,
    ) -> int | None:
        """Keep the figures of a centre if the stored ones still have the version that is expected (0: none).

        Returns
        -------
        int or None
            The version that is stored now; None where another one than expected is stored, and nothing is kept.
        """
        counts = {name: getattr(complaints, name) for name in FIELDS}
        values = {**counts, "written_at": at, "written_by": by}
        return keep_version(self._db, yearly_figures, {"year": year, "centre": centre}, values, expected)

    def text(self, year: int) -> YearlyText:
        """Return what was written of a year; its version is 0 where nothing was."""
        statement = select(yearly_text).where(yearly_text.c.year == year)
        row = self._db.execute(statement).mappings().one_or_none()
        return YearlyText() if row is None else _text(row)

    def keep_text(
        self, year: int, text: YearlyText, *, expected: int, at: datetime, by: int | None
    ) -> int | None:
        """Keep the text of a year if the stored one still has the version that is expected; see ``keep_figures``."""
        values = {"found": text.found, "done": text.done, "written_at": at, "written_by": by}
        return keep_version(self._db, yearly_text, {"year": year}, values, expected)


def _figures(row: RowMapping) -> YearlyFigures:
    counts: dict[str, Any] = {name: row[name] for name in FIELDS}
    return YearlyFigures(
        complaints=Complaints(**counts), version=row["version"], written_on=row["written_at"].date()
    )


def _text(row: RowMapping) -> YearlyText:
    return YearlyText(
        found=row["found"], done=row["done"], version=row["version"], written_on=row["written_at"].date()
    )
