"""Rounds that are being planned; every change counts the version up."""

from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Connection, RowMapping, delete, insert, select, update

from lirk.domain.planning import PlanChanged, PlannedRound, PlanSettings, PlanUnknown
from lirk.storage.changes import change_one
from lirk.storage.tables import planned_round


class PlannedRounds:
    """The plans of a unit of work."""

    def __init__(self, connection: Connection) -> None:
        self._db = connection

    def add(
        self,
        *,
        key: str,
        title: str,
        settings: PlanSettings,
        made_at: datetime,
        made_by: int,
        round_id: int | None = None,
    ) -> PlannedRound:
        """Add a plan; the key must be free."""
        values = {
            "key": key,
            "title": title,
            "settings": settings.as_dict(),
            "version": 1,
            "round_id": round_id,
            "made_at": made_at,
            "made_by": made_by,
        }
        added = self._db.execute(insert(planned_round).values(values).returning(*planned_round.c))
        return _plan(added.mappings().one())

    def by_id(self, plan_id: int) -> PlannedRound:
        """Return one plan.

        Raises
        ------
        PlanUnknown
            If there is no such plan.
        """
        found = self._one(planned_round.c.id == plan_id)
        if found is None:
            raise PlanUnknown(plan=str(plan_id))
        return found

    def find(self, key: str) -> PlannedRound | None:
        """Return the plan with this key, or None."""
        return self._one(planned_round.c.key == key)

    def of_round(self, round_id: int) -> PlannedRound | None:
        """Return the plan of a round whose frame is frozen; None where it was made without the browser."""
        return self._one(planned_round.c.round_id == round_id)

    def open(self) -> tuple[PlannedRound, ...]:
        """Return the plans whose frame is not frozen, in the order in which they were made."""
        statement = (
            select(planned_round).where(planned_round.c.round_id.is_(None)).order_by(planned_round.c.id)
        )
        return tuple(_plan(row) for row in self._db.execute(statement).mappings())

    def change(self, plan: PlannedRound) -> PlannedRound:
        """Keep a plan with its changes, as the next version.

        Raises
        ------
        PlanChanged
            If it was changed since it was read, or is gone.
        """
        c = planned_round.c
        values: dict[str, Any] = {
            "key": plan.key,
            "title": plan.title,
            "settings": plan.settings.as_dict(),
            "round_id": plan.round_id,
            "version": plan.version + 1,
        }
        statement = update(planned_round).where(c.id == plan.id, c.version == plan.version).values(values)
        changed = self._db.execute(statement.returning(*c)).mappings().one_or_none()
        if changed is None:
            raise PlanChanged
        return _plan(changed)

    def delete(self, plan_id: int) -> None:
        """Delete a plan, and the register that is kept for it.

        Raises
        ------
        NotFound
            If there is no such plan.
        """
        change_one(self._db, delete(planned_round).where(planned_round.c.id == plan_id))

    def _one(self, where: ColumnElement[bool]) -> PlannedRound | None:
        row = self._db.execute(select(planned_round).where(where)).mappings().one_or_none()
        return None if row is None else _plan(row)


def _plan(row: RowMapping) -> PlannedRound:
    return PlannedRound(**{**row, "settings": PlanSettings.from_dict(row["settings"])})
