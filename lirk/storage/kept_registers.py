"""The registers that planned rounds keep from upload to draw."""

from collections.abc import Mapping
from typing import Any

from sqlalchemy import Connection, delete, insert, select

from lirk.domain.planning import KeptRegister, RegisterMissing
from lirk.storage.tables import kept_register


class KeptRegisters:
    """The kept registers of a unit of work."""

    def __init__(self, connection: Connection) -> None:
        self._db = connection

    def put(self, plan_id: int, register: KeptRegister) -> None:
        """Keep the register of a plan, in place of an earlier one."""
        self.delete(plan_id)
        values = {"planned_id": plan_id, "about": register.about, "content": register.content}
        self._db.execute(insert(kept_register).values(values))

    def of(self, plan_id: int) -> KeptRegister:
        """Return the register of a plan.

        Raises
        ------
        RegisterMissing
            If none is kept.
        """
        columns = (kept_register.c.about, kept_register.c.content)
        statement = select(*columns).where(kept_register.c.planned_id == plan_id)
        row = self._db.execute(statement).mappings().one_or_none()
        if row is None:
            raise RegisterMissing
        return KeptRegister(about=row["about"], content=bytes(row["content"]))

    def about(self, plan_id: int) -> Mapping[str, Any] | None:
        """Return what is known of a plan's register without its content; None where none is kept."""
        statement = select(kept_register.c.about).where(kept_register.c.planned_id == plan_id)
        found: Mapping[str, Any] | None = self._db.scalar(statement)
        return found

    def delete(self, plan_id: int) -> None:
        """Delete the register of a plan, if one is kept."""
        self._db.execute(delete(kept_register).where(kept_register.c.planned_id == plan_id))
