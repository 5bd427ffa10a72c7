"""Cases that must be acted on now: what their readers said, and what was done."""

from collections.abc import Collection
from datetime import datetime

from sqlalchemy import ColumnElement, Connection, func, insert, select, update

from lirk.domain.urgent_cases import UrgentCase, UrgentInRound
from lirk.storage.changes import change_one
from lirk.storage.desk_tables import urgent_case
from lirk.storage.tables import drawn_case, person, review, round_

OPEN = urgent_case.c.handled_at.is_(None)


class UrgentCases:
    """The urgent cases of a unit of work."""

    def __init__(self, connection: Connection) -> None:
        self._db = connection

    def get(self, review_id: int) -> UrgentCase | None:
        """Return what was said of the case in one review, or None."""
        statement = select(urgent_case).where(urgent_case.c.review_id == review_id)
        row = self._db.execute(statement).mappings().one_or_none()
        return UrgentCase(**row) if row else None

    def find(self, review_id: int) -> UrgentInRound | None:
        """Return what was said in one review with all that its page shows, or None."""
        return next(iter(self._listed(urgent_case.c.review_id == review_id)), None)

    def of(self, round_id: int) -> tuple[UrgentInRound, ...]:
        """Return the urgent cases of a round, by running number; those that were handled, too."""
        return self._listed(review.c.round_id == round_id)

    def open_in(self, round_id: int) -> int:
        """Return in how many cases of a round something is to be done now."""
        return self._count(review.c.round_id == round_id)

    def open_of_centres(self, centres: Collection[str]) -> tuple[UrgentInRound, ...]:
        """Return what is to be done now in centres, by round and running number."""
        return self._listed(OPEN, drawn_case.c.centre.in_(sorted(centres)))

    def keep(self, value: UrgentCase) -> None:
        """Keep what was said in a review, in place of what was said in it before, and let the case wait.

        What somebody wrote of its handling stays.
        """
        said = {"reason": value.reason, "raised_at": value.raised_at, "raised_by": value.raised_by}
        row = update(urgent_case).where(urgent_case.c.review_id == value.review_id)
        if not self._db.execute(row.values(**said, handled_at=None, handled_by=None)).rowcount:
            self._db.execute(insert(urgent_case).values(review_id=value.review_id, **said))

    def handle(self, review_id: int, handling: str, *, at: datetime, by: int) -> None:
        """Keep what was done.

        Raises
        ------
        NotFound
            If nothing was said in the review.
        """
        self._change(review_id, handling=handling, handled_at=at, handled_by=by)

    def open_again(self, review_id: int) -> None:
        """Let a case wait again; what was written of its handling stays.

        Raises
        ------
        NotFound
            If nothing was said in the review.
        """
        self._change(review_id, handled_at=None, handled_by=None)

    def _change(self, review_id: int, **values: object) -> None:
        change_one(self._db, update(urgent_case).where(urgent_case.c.review_id == review_id).values(values))

    def _count(self, *where: ColumnElement[bool]) -> int:
        statement = (
            select(func.count(review.c.case_id.distinct()))
            .select_from(urgent_case)
            .join(review, review.c.id == urgent_case.c.review_id)
            .where(OPEN, *where)
        )
        return self._db.scalar(statement) or 0

    def _listed(self, *where: ColumnElement[bool]) -> tuple[UrgentInRound, ...]:
        statement = (
            select(
                *urgent_case.c,
                review.c.round_id,
                round_.c.key.label("round_key"),
                round_.c.title.label("round_title"),
                drawn_case.c.id.label("case_pk"),
                drawn_case.c.number,
                drawn_case.c.case_id,
                drawn_case.c.centre,
                drawn_case.c.link,
                review.c.checklist_id,
                review.c.reading,
                review.c.finished_at.is_not(None).label("finished"),
                person.c.name.label("raiser"),
            )
            .select_from(urgent_case)
            .join(review, review.c.id == urgent_case.c.review_id)
            .join(drawn_case, drawn_case.c.id == review.c.case_id)
            .join(round_, round_.c.id == review.c.round_id)
            .outerjoin(person, person.c.id == urgent_case.c.raised_by)
            .where(drawn_case.c.number.is_not(None), *where)
            .order_by(round_.c.id, drawn_case.c.number, urgent_case.c.raised_at, urgent_case.c.review_id)
        )
        rows = self._db.execute(statement).mappings()
        return tuple(UrgentInRound(**{**row, "finished": bool(row["finished"])}) for row in rows)
