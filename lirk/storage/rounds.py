"""Rounds, their frozen frames and their pinned checklists."""

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from typing import Any

from sqlalchemy import ColumnElement, Connection, delete, insert, select, update

from lirk.domain.item_sets import ItemSet
from lirk.domain.rounds import ChecklistVersion, Frame, Round, RoundState, RoundUnknown
from lirk.errors import NotFound
from lirk.storage.changes import change_one
from lirk.storage.tables import frame, pinned_checklist, round_


class Rounds:
    """The rounds of a unit of work."""

    def __init__(self, connection: Connection) -> None:
        self._db = connection

    def add(
        self,
        *,
        key: str,
        title: str,
        state: RoundState,
        created_at: datetime,
        first_day: date | None,
        last_day: date | None,
        made_up: str = "",
    ) -> Round:
        """Add a round; the key must be free."""
        values = {
            "key": key,
            "title": title,
            "state": state,
            "created_at": created_at,
            "first_day": first_day,
            "last_day": last_day,
            "made_up": made_up,
        }
        self._db.execute(insert(round_).values(values))
        return self.by_key(key)

    def by_key(self, key: str) -> Round:
        """Return one round.

        Raises
        ------
        RoundUnknown
            If no round has the key.
        """
        found = self.find(key)
        if found is None:
            raise RoundUnknown(round=key)
        return found

    def find(self, key: str) -> Round | None:
        """Return one round, or None if no round has the key."""
        return next(iter(self._select(round_.c.key == key)), None)

    def all(self) -> tuple[Round, ...]:
        """Return every round, in the order in which they were made."""
        return self._select()

    def set_state(self, round_id: int, state: RoundState, closed_at: datetime | None = None) -> None:
        """Keep how far a round has come, and when it was closed.

        Raises
        ------
        NotFound
            If there is no such round.
        """
        change_one(
            self._db, update(round_).where(round_.c.id == round_id).values(state=state, closed_at=closed_at)
        )

    def change(self, round_id: int, *, title: str, first_day: date | None, last_day: date | None) -> None:
        """Keep another title and period.

        Raises
        ------
        NotFound
            If there is no such round.
        """
        values = {"title": title, "first_day": first_day, "last_day": last_day}
        change_one(self._db, update(round_).where(round_.c.id == round_id).values(values))

    def set_frame(self, round_id: int, value: Frame) -> None:
        """Keep the frame of a round, in place of an earlier one."""
        self._db.execute(delete(frame).where(frame.c.round_id == round_id))
        values = {
            "source": value.source,
            "rows": value.rows,
            "strata": value.strata,
            "fingerprint": value.fingerprint,
            "committed_at": value.committed_at,
            "freeze": value.freeze,
        }
        self._db.execute(insert(frame).values(round_id=round_id, **values))

    def frame(self, round_id: int) -> Frame:
        """Return the frame of a round.

        Raises
        ------
        NotFound
            If the round has none.
        """
        columns = [column for column in frame.c if column is not frame.c.round_id]
        row = self._db.execute(select(*columns).where(frame.c.round_id == round_id)).mappings().one_or_none()
        if row is None:
            raise NotFound
        return Frame(**row)

    def freezes(self, round_ids: Sequence[int]) -> dict[int, Mapping[str, Any]]:
        """Return the freezes of rounds by their ids, in one statement."""
        if not round_ids:
            return {}
        statement = select(frame.c.round_id, frame.c.freeze).where(frame.c.round_id.in_(round_ids))
        return {row.round_id: row.freeze for row in self._db.execute(statement)}

    def pin_checklists(self, round_id: int, checklists: Sequence[ChecklistVersion]) -> None:
        """Keep the checklists of a round, whole and in this order; each id once a round."""
        rows = [
            {
                "round_id": round_id,
                "checklist_id": one.checklist_id,
                "version": one.version,
                "text": one.text,
                "items": one.items.value,
                "position": position,
            }
            for position, one in enumerate(checklists)
        ]
        if rows:
            self._db.execute(insert(pinned_checklist), rows)

    def unpin_checklists(self, round_id: int) -> None:
        """Let go of the checklists of a round, for others to be pinned; possible until its cases are drawn."""
        self._db.execute(delete(pinned_checklist).where(pinned_checklist.c.round_id == round_id))

    def checklists(self, round_id: int) -> tuple[ChecklistVersion, ...]:
        """Return the pinned checklists of a round, in the order in which they were pinned."""
        pinned = pinned_checklist.c
        statement = (
            select(pinned.checklist_id, pinned.version, pinned.text, pinned["items"])
            .where(pinned.round_id == round_id)
            .order_by(pinned.position)
        )
        return tuple(
            ChecklistVersion(checklist_id=id_, version=version, text=text, items=ItemSet(items))
            for id_, version, text, items in self._db.execute(statement)
        )

    def _select(self, *where: ColumnElement[bool]) -> tuple[Round, ...]:
        statement = select(round_).where(*where).order_by(round_.c.id)
        return tuple(Round(**row) for row in self._db.execute(statement).mappings())
