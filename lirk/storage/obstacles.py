"""Why drawn cases cannot be reviewed, and what was made of it: at most one obstacle a case."""

from collections.abc import Mapping
from datetime import datetime

from sqlalchemy import Connection, delete, insert, select, update

from lirk.domain.obstacles import Obstacle, Settlement
from lirk.errors import NotFound
from lirk.storage.changes import change_one
from lirk.storage.tables import drawn_case, obstacle


class Obstacles:
    """The obstacles of a unit of work."""

    def __init__(self, connection: Connection) -> None:
        self._db = connection

    def of(self, round_id: int) -> Mapping[int, Obstacle]:
        """Return the obstacles of a round by the case's id, in the order of the running numbers."""
        statement = (
            select(obstacle)
            .join_from(obstacle, drawn_case)
            .where(drawn_case.c.round_id == round_id)
            .order_by(drawn_case.c.number.asc().nulls_last(), drawn_case.c.id)
        )
        rows = self._db.execute(statement).mappings()
        return {row["case_id"]: Obstacle(**row) for row in rows}

    def get(self, case_pk: int) -> Obstacle:
        """Return the obstacle of a case.

        Raises
        ------
        NotFound
            If none was reported.
        """
        statement = select(obstacle).where(obstacle.c.case_id == case_pk)
        row = self._db.execute(statement).mappings().one_or_none()
        if row is None:
            raise NotFound
        return Obstacle(**row)

    def report(self, value: Obstacle) -> None:
        """Keep what was reported of a case, in place of an earlier report."""
        self._db.execute(delete(obstacle).where(obstacle.c.case_id == value.case_id))
        row = {column.name: getattr(value, column.name) for column in obstacle.c}
        self._db.execute(insert(obstacle).values(row))

    def settle(self, case_pk: int, settlement: Settlement, *, at: datetime, by: int | None) -> None:
        """Keep what the coordinator decided.

        Raises
        ------
        NotFound
            If nothing was reported of the case.
        """
        changed = update(obstacle).where(obstacle.c.case_id == case_pk)
        change_one(self._db, changed.values(settlement=settlement, settled_at=at, settled_by=by))

    def take_back(self, case_pk: int) -> None:
        """Delete what was reported of a case and not settled.

        Raises
        ------
        NotFound
            If there is nothing of the kind.
        """
        unsettled = (obstacle.c.case_id == case_pk, obstacle.c.settlement.is_(None))
        change_one(self._db, delete(obstacle).where(*unsettled))
