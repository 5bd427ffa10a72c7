"""Drawn cases and the reserve."""

from collections.abc import Sequence
from typing import Any

from sqlalchemy import ColumnElement, Connection, Select, func, insert, select, update

from lirk.domain.reviews import CaseRole, CaseStatus, DrawnCase
from lirk.errors import NotFound
from lirk.storage.centres import Centres
from lirk.storage.changes import change_one
from lirk.storage.tables import draw, drawn_case

BY_NUMBER = (
    drawn_case.c.number.asc().nulls_last(),
    drawn_case.c.stratum,
    drawn_case.c.rank,
    drawn_case.c.id,
)
FIELDS = tuple(column.name for column in drawn_case.c if column is not drawn_case.c.id)


class Cases:
    """The drawn cases of a unit of work."""

    def __init__(self, connection: Connection) -> None:
        self._db = connection

    def add_all(self, cases: Sequence[DrawnCase]) -> None:
        """Add the cases of a draw, and the centres named that were not known.

        Their ids are given here; those that the values carry are ignored.
        """
        Centres(self._db).ensure(case.centre for case in cases)
        if cases:
            rows = [{name: getattr(case, name) for name in FIELDS} for case in cases]
            self._db.execute(insert(drawn_case), rows)

    def of(
        self, round_id: int, *, centre: str | None = None, role: CaseRole | None = None
    ) -> tuple[DrawnCase, ...]:
        """Return the cases of all draws of a round: by running number, then by stratum and rank."""
        where = [drawn_case.c.round_id == round_id]
        if centre is not None:
            where.append(drawn_case.c.centre == centre)
        if role is not None:
            where.append(drawn_case.c.role == role)
        statement = select(drawn_case).where(*where).order_by(*BY_NUMBER)
        return tuple(DrawnCase(**row) for row in self._db.execute(statement).mappings())

    def measured(
        self, *, round_id: int | None = None, centre: str | None = None
    ) -> frozenset[tuple[int, str]]:
        """Return the rounds, by id, and centres with a numbered case in the round's latest draw."""
        later = draw.alias("later")
        newest = (
            select(func.max(later.c.number))
            .where(later.c.round_id == drawn_case.c.round_id)
            .scalar_subquery()
        )
        where = [drawn_case.c.number.is_not(None), draw.c.number == newest]
        if round_id is not None:
            where.append(drawn_case.c.round_id == round_id)
        if centre is not None:
            where.append(drawn_case.c.centre == centre)
        statement = (
            select(drawn_case.c.round_id, drawn_case.c.centre)
            .join_from(drawn_case, draw)
            .where(*where)
            .distinct()
        )
        return frozenset((row.round_id, row.centre) for row in self._db.execute(statement))

    def by_case_id(self, round_id: int, case_id: str) -> DrawnCase:
        """Return a case as the latest draw that took it has it.

        Raises
        ------
        NotFound
            If the round has not drawn the case.
        """
        statement = select(drawn_case).join_from(drawn_case, draw).order_by(draw.c.number.desc())
        return self._first(statement, drawn_case.c.round_id == round_id, drawn_case.c.case_id == case_id)

    def by_number(self, round_id: int, number: int) -> DrawnCase:
        """Return a case by its running number.

        Raises
        ------
        NotFound
            If the round has no such number.
        """
        where = (drawn_case.c.round_id == round_id, drawn_case.c.number == number)
        return self._first(select(drawn_case), *where)

    def set_status(self, case_pk: int, status: CaseStatus) -> None:
        """Keep what became of a case.

        Raises
        ------
        NotFound
            If there is no such case.
        """
        change_one(self._db, update(drawn_case).where(drawn_case.c.id == case_pk).values(status=status))

    def call_up(self, case_pk: int, number: int) -> None:
        """Give a reserve case its running number.

        Raises
        ------
        NotFound
            If there is no such case, or it has a number already.
        """
        waiting = (drawn_case.c.id == case_pk, drawn_case.c.number.is_(None))
        change_one(self._db, update(drawn_case).where(*waiting).values(number=number))

    def next_number(self, round_id: int) -> int:
        """Return the running number that the next case of a round gets, from 1."""
        highest = select(func.max(drawn_case.c.number)).where(drawn_case.c.round_id == round_id)
        return (self._db.scalar(highest) or 0) + 1

    def _first(self, statement: Select[Any], *where: ColumnElement[bool]) -> DrawnCase:
        row = self._db.execute(statement.where(*where).limit(1)).mappings().one_or_none()
        if row is None:
            raise NotFound
        return DrawnCase(**row)
