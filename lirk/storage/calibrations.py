"""Calibrations of rounds, who agreed to be named in them, and the readings that were agreed on."""

from collections.abc import Mapping, Sequence
from datetime import datetime

from sqlalchemy import ColumnElement, Connection, delete, exists, insert, select, update

from lirk.domain.calibration import AgreedReading, Calibration
from lirk.domain.reviews import Reading
from lirk.domain.rounds import Round, RoundState
from lirk.storage.changes import change_one, keep_version
from lirk.storage.desk_tables import agreed_reading, calibration, calibration_case, calibration_name
from lirk.storage.tables import review, round_


class Calibrations:
    """The calibrations of a unit of work."""

    def __init__(self, connection: Connection) -> None:
        self._db = connection

    def of(self, round_id: int) -> Calibration | None:
        """Return the calibration of a round, or None."""
        statement = select(calibration).where(calibration.c.round_id == round_id)
        row = self._db.execute(statement).mappings().one_or_none()
        if row is None:
            return None
        named = select(calibration_name.c.person_id).where(calibration_name.c.round_id == round_id)
        return Calibration(
            **row, cases=self.case_pks(round_id), named=frozenset(self._db.scalars(named).all())
        )

    def case_pks(self, round_id: int) -> tuple[int, ...]:
        """Return the ids of the cases of a round's calibration, by number; none where there is no calibration."""
        statement = (
            select(calibration_case.c.case_id)
            .where(calibration_case.c.round_id == round_id)
            .order_by(calibration_case.c.number)
        )
        return tuple(self._db.scalars(statement))

    def rounds_of(self, person_id: int) -> tuple[Round, ...]:
        """Return the rounds that are not closed, with a closed calibration that a person took part in."""
        took_part = exists().where(
            review.c.round_id == round_.c.id,
            review.c.reviewer_id == person_id,
            review.c.reading == Reading.CALIBRATION,
        )
        statement = (
            select(round_)
            .join_from(round_, calibration)
            .where(calibration.c.closed_at.is_not(None), round_.c.state != RoundState.CLOSED, took_part)
            .order_by(round_.c.id)
        )
        return tuple(Round(**row) for row in self._db.execute(statement).mappings())

    def add(self, round_id: int, case_pks: Sequence[int], *, at: datetime, by: int | None, salt: str) -> None:
        """Open a calibration of these cases, which are numbered from 1 in this order; ``salt`` is kept secret."""
        opened = insert(calibration).values(round_id=round_id, opened_at=at, opened_by=by, salt=salt)
        self._db.execute(opened)
        rows = [
            {"round_id": round_id, "number": number, "case_id": case_pk}
            for number, case_pk in enumerate(case_pks, start=1)
        ]
        self._db.execute(insert(calibration_case), rows)

    def close(self, round_id: int, *, at: datetime, by: int | None) -> None:
        """Keep when a calibration was closed.

        Raises
        ------
        NotFound
            If there is none that is open.
        """
        open_ = (calibration.c.round_id == round_id, calibration.c.closed_at.is_(None))
        change_one(self._db, update(calibration).where(*open_).values(closed_at=at, closed_by=by))

    def delete(self, round_id: int) -> None:
        """Delete a calibration with all that was agreed in it; its reviews are deleted by their cases."""
        for one in (agreed_reading, calibration_name, calibration_case, calibration):
            self._db.execute(delete(one).where(one.c.round_id == round_id))

    def name(self, round_id: int, person_id: int, *, named: bool) -> None:
        """Keep whether a person agrees to be named."""
        mine = (calibration_name.c.round_id == round_id, calibration_name.c.person_id == person_id)
        self._db.execute(delete(calibration_name).where(*mine))
        if named:
            self._db.execute(insert(calibration_name).values(round_id=round_id, person_id=person_id))

    def agreed(self, round_id: int) -> Mapping[tuple[str, str], AgreedReading]:
        """Return a round's agreed readings by checklist and item id."""
        statement = select(agreed_reading).where(agreed_reading.c.round_id == round_id)
        return {
            (row["checklist_id"], row["item_id"]): AgreedReading(text=row["text"], version=row["version"])
            for row in self._db.execute(statement).mappings()
        }

    def agreed_text(self, round_id: int, checklist_id: str, item_id: str) -> str:
        """Return the agreed reading of one item; empty where there is none."""
        statement = select(agreed_reading.c.text).where(*_of(round_id, checklist_id, item_id))
        return self._db.scalar(statement) or ""

    def write_agreed(
        self,
        round_id: int,
        checklist_id: str,
        item_id: str,
        text: str,
        *,
        expected: int,
        at: datetime,
        by: int | None,
    ) -> int | None:
        """Keep an agreed reading if the stored one still has the version that is expected (0: none is stored).

        Returns
        -------
        int or None
            The version that is stored now; None where another one than expected is stored, and nothing is
            kept.
        """
        key = {"round_id": round_id, "checklist_id": checklist_id, "item_id": item_id}
        values = {"text": text, "written_at": at, "written_by": by}
        return keep_version(self._db, agreed_reading, key, values, expected)


def _of(round_id: int, checklist_id: str, item_id: str) -> tuple[ColumnElement[bool], ...]:
    fields = agreed_reading.c
    return fields.round_id == round_id, fields.checklist_id == checklist_id, fields.item_id == item_id
