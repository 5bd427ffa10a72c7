"""Why drawn cases cannot be reviewed, and what was made of it: at most one obstacle a reading of a case."""

from collections.abc import Mapping
from datetime import datetime

from sqlalchemy import ColumnElement, Connection, delete, insert, select, update

from lirk.domain.obstacles import Obstacle, Settlement
from lirk.domain.reviews import Reading
from lirk.errors import NotFound
from lirk.storage.changes import change_one
from lirk.storage.tables import drawn_case, obstacle


class Obstacles:
    """The obstacles of a unit of work."""

    def __init__(self, connection: Connection) -> None:
        self._db = connection

    def of(self, round_id: int, *, reading: Reading = Reading.FIRST) -> Mapping[int, Obstacle]:
        """Return the obstacles of a round by the case's id, in the order of the running numbers."""
        statement = (
            select(obstacle)
            .join_from(obstacle, drawn_case)
            .where(drawn_case.c.round_id == round_id, obstacle.c.reading == reading)
            .order_by(drawn_case.c.number.asc().nulls_last(), drawn_case.c.id)
        )
        rows = self._db.execute(statement).mappings()
        return {row["case_id"]: Obstacle(**row) for row in rows}

    def get(self, case_pk: int, *, reading: Reading = Reading.FIRST) -> Obstacle:
        """Return the obstacle of a reading of a case.

        Raises
        ------
        NotFound
            If none was reported.
        """
        statement = select(obstacle).where(*_of(case_pk, reading))
        row = self._db.execute(statement).mappings().one_or_none()
        if row is None:
            raise NotFound
        return Obstacle(**row)

    def report(self, value: Obstacle) -> None:
        """Keep what was reported of a reading, in place of an earlier report of it."""
        self._db.execute(delete(obstacle).where(*_of(value.case_id, value.reading)))
        row = {column.name: getattr(value, column.name) for column in obstacle.c}
        self._db.execute(insert(obstacle).values(row))

    def settle(
        self,
        case_pk: int,
        settlement: Settlement,
        *,
        reading: Reading = Reading.FIRST,
        at: datetime,
        by: int | None,
    ) -> None:
        """Keep what the coordinator decided.

        Raises
        ------
        NotFound
            If nothing was reported of the reading.
        """
        changed = update(obstacle).where(*_of(case_pk, reading))
        change_one(self._db, changed.values(settlement=settlement, settled_at=at, settled_by=by))

    def settle_open(
        self, case_pk: int, settlement: Settlement, *readings: Reading, at: datetime, by: int | None
    ) -> None:
        """Keep what was decided of a case as the answer to what its readers reported and nobody decided on."""
        waiting = (obstacle.c.case_id == case_pk, obstacle.c.settlement.is_(None))
        changed = update(obstacle).where(*waiting, obstacle.c.reading.in_(readings or tuple(Reading)))
        self._db.execute(changed.values(settlement=settlement, settled_at=at, settled_by=by))

    def take_back(self, case_pk: int, *, reading: Reading = Reading.FIRST) -> None:
        """Delete what was reported of a reading and not settled.

        Raises
        ------
        NotFound
            If there is nothing of the kind.
        """
        unsettled = (*_of(case_pk, reading), obstacle.c.settlement.is_(None))
        change_one(self._db, delete(obstacle).where(*unsettled))


def _of(case_pk: int, reading: Reading) -> tuple[ColumnElement[bool], ColumnElement[bool]]:
    return obstacle.c.case_id == case_pk, obstacle.c.reading == reading
