"""How far the reports of closed rounds are."""

from collections.abc import Mapping

from sqlalchemy import ColumnElement, Connection, insert, select, update

from lirk.domain.report_stages import ReportStage
from lirk.storage.report_tables import report_stage

FIELDS = tuple(report_stage.c[name] for name in ReportStage.__dataclass_fields__)


class ReportStages:
    """The stages of a unit of work; a report without a row is a draft."""

    def __init__(self, connection: Connection) -> None:
        self._db = connection

    def of(self, round_id: int, centre: str) -> ReportStage:
        """Return how far a centre's report is."""
        table = report_stage.c
        found = self._read(table.round_id == round_id, table.centre == centre)
        return found.get((round_id, centre), ReportStage())

    def of_round(self, round_id: int) -> Mapping[str, ReportStage]:
        """Return the stages of a round's reports by centre; a draft that nobody has touched is not among them."""
        found = self._read(report_stage.c.round_id == round_id)
        return {centre: stage for (_, centre), stage in found.items()}

    def all(self) -> Mapping[tuple[int, str], ReportStage]:
        """Return the stages of all rounds by round and centre."""
        return self._read()

    def _read(self, *where: ColumnElement[bool]) -> dict[tuple[int, str], ReportStage]:
        table = report_stage.c
        statement = select(table.round_id, table.centre, *FIELDS).where(*where)
        statement = statement.order_by(table.round_id, table.centre)
        found = {}
        for row in self._db.execute(statement).mappings():
            said = dict(row)
            place = said.pop("round_id"), said.pop("centre")
            found[place] = ReportStage(**said)
        return found

    def keep(self, round_id: int, centre: str, stage: ReportStage, **who: int | None) -> None:
        """Keep the stage of a report; ``who`` are ``sent_by`` or ``published_by``, left as they are otherwise."""
        table = report_stage.c
        values = {column.name: getattr(stage, column.name) for column in FIELDS} | who
        here = (table.round_id == round_id, table.centre == centre)
        if not self._db.execute(update(report_stage).where(*here).values(**values)).rowcount:
            self._db.execute(insert(report_stage).values(round_id=round_id, centre=centre, **values))
