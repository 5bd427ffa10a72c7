"""Checks of references to the law, and which rounds rest on which texts."""

from datetime import date, datetime

from sqlalchemy import ColumnElement, Connection, delete, insert, select

from lirk.domain.item_sets import ItemSet
from lirk.domain.law_watch import LawCheck, RoundUse
from lirk.domain.rounds import ChecklistVersion, RoundState
from lirk.errors import NotFound
from lirk.storage.changes import change_one
from lirk.storage.tables import law_check, person, pinned_checklist, round_


class LawChecks:
    """The checks of a unit of work."""

    def __init__(self, connection: Connection) -> None:
        self._db = connection

    def all(self) -> tuple[LawCheck, ...]:
        """Return every check, in the order in which they were made."""
        return self._select()

    def get(self, check_id: int) -> LawCheck:
        """Return one check.

        Raises
        ------
        NotFound
            If there is no such check.
        """
        found = self._select(law_check.c.id == check_id)
        if not found:
            raise NotFound
        return found[0]

    def add(
        self, *, act: str, reference: str, status_date: date, source: str, note: str, at: datetime, by: int
    ) -> int:
        """Add a check and return its id; without a reference, that an act was changed."""
        values = {
            "act": act,
            "reference": reference,
            "status_date": status_date,
            "source": source,
            "note": note,
            "checked_at": at,
            "checked_by": by,
        }
        number: int = self._db.execute(
            insert(law_check).values(values).returning(law_check.c.id)
        ).scalar_one()
        return number

    def delete(self, check_id: int) -> None:
        """Delete a check that is withdrawn.

        Raises
        ------
        NotFound
            If there is no such check.
        """
        change_one(self._db, delete(law_check).where(law_check.c.id == check_id))

    def pinned(self) -> tuple[tuple[RoundUse, ChecklistVersion], ...]:
        """Return every round with each checklist that it has pinned, in the order in which they were made."""
        pinned = pinned_checklist.c
        statement = (
            select(
                round_.c.key,
                round_.c.title,
                round_.c.state,
                pinned.checklist_id,
                pinned.version,
                pinned.text,
                pinned["items"],
            )
            .join_from(pinned_checklist, round_)
            .order_by(round_.c.id, pinned.position)
        )
        return tuple(
            (
                RoundUse(key, title, state is RoundState.CLOSED),
                ChecklistVersion(checklist_id=id_, version=version, text=text, items=ItemSet(items)),
            )
            for key, title, state, id_, version, text, items in self._db.execute(statement)
        )

    def _select(self, *where: ColumnElement[bool]) -> tuple[LawCheck, ...]:
        statement = (
            select(*law_check.c, person.c.name.label("person"))
            .outerjoin(person, person.c.id == law_check.c.checked_by)
            .where(*where)
            .order_by(law_check.c.id)
        )
        rows = self._db.execute(statement).mappings()
        return tuple(LawCheck(**{**row, "person": row["person"] or ""}) for row in rows)
