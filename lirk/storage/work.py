"""How far the reviewing of rounds is, counted by the database; no answer is read for it."""

from collections.abc import Collection
from typing import Any

from sqlalchemy import ColumnElement, Connection, Select, and_, case, distinct, exists, func, or_, select

from lirk.domain.centre_work import CentreProgress, MissingFile
from lirk.domain.following import ReviewProgress, Tally
from lirk.domain.obstacles import ObstacleReason, Settlement
from lirk.domain.reviews import CaseStatus, Reading
from lirk.storage.latest import ACTING, PINNED
from lirk.storage.tables import answer, drawn_case, obstacle, pinned_checklist, review

FINDINGS = (CaseStatus.NOT_FOUND, CaseStatus.NO_ACCESS)


class Work:
    """What a unit of work knows of how far its rounds are."""

    def __init__(self, connection: Connection) -> None:
        self._db = connection

    def of(self, round_id: int, *, reading: Reading = Reading.FIRST) -> tuple[ReviewProgress, ...]:
        """Return the reviews of one reading of the numbered cases of a round's latest draw.

        By running number, then as the checklists were pinned; in one statement however many.
        """
        statement = _of_latest(
            select(
                review.c.id.label("review_id"),
                drawn_case.c.id.label("case_pk"),
                drawn_case.c.number,
                drawn_case.c.case_id,
                drawn_case.c.centre,
                drawn_case.c.stratum,
                drawn_case.c.status,
                review.c.checklist_id,
                review.c.reviewer_id,
                exists().where(answer.c.review_id == review.c.id).label("begun"),
                review.c.finished_at.is_not(None).label("finished"),
            )
            .join_from(review, drawn_case)
            .join(pinned_checklist, PINNED),
            drawn_case.c.round_id == round_id,
            review.c.reading == reading,
        ).order_by(drawn_case.c.number, pinned_checklist.c.position)
        rows = self._db.execute(statement).mappings()
        return tuple(
            ReviewProgress(**{**row, "begun": bool(row["begun"]), "finished": bool(row["finished"])})
            for row in rows
        )

    def unfinished(self) -> dict[int, int]:
        """Return how many cases still need their review, by round; a round with none is left out."""
        return self._cases_by_round(review.c.finished_at.is_(None))

    def to_review(self) -> dict[int, int]:
        """Return how many cases are to be reviewed, finished or not, by round; a round with none is left out."""
        return self._cases_by_round()

    def unassigned(self) -> dict[int, int]:
        """Return how many cases nobody has, by round; a round with none is left out."""
        return self._cases_by_round(review.c.reviewer_id.is_(None))

    def obstacles(self) -> dict[int, int]:
        """Return how many obstacles nobody has decided on, by round; a round with none is left out."""
        statement = _of_latest(
            select(drawn_case.c.round_id, func.count()).join_from(obstacle, drawn_case),
            obstacle.c.settlement.is_(None),
        ).group_by(drawn_case.c.round_id)
        return {row[0]: row[1] for row in self._db.execute(statement)}

    def at_centres(self, centres: Collection[str]) -> tuple[CentreProgress, ...]:
        """Return how far the cases of some centres are, by round and centre; one without cases is left out.

        A case is finished when everybody who reads it is: what a second reader ended without answers is not
        waited for.
        """
        ended = exists().where(
            obstacle.c.case_id == review.c.case_id,
            obstacle.c.reading == Reading.SECOND,
            obstacle.c.settlement == Settlement.FINDING,
        )
        waited_for = or_(review.c.reading == Reading.FIRST, and_(review.c.reading == Reading.SECOND, ~ended))
        each = _of_latest(
            select(
                drawn_case.c.round_id,
                drawn_case.c.centre,
                drawn_case.c.status,
                (func.count(review.c.id) - func.count(review.c.finished_at)).label("left"),
            ).join_from(review, drawn_case),
            drawn_case.c.centre.in_(centres),
            waited_for,
        ).group_by(drawn_case.c.id, drawn_case.c.round_id, drawn_case.c.centre, drawn_case.c.status)
        of = each.subquery()
        place = (of.c.round_id, of.c.centre)
        to_review = of.c.status == CaseStatus.TO_REVIEW
        statement = (
            select(
                *place,
                _count_if(to_review).label("cases"),
                _count_if(to_review & (of.c.left == 0)).label("finished"),
                _count_if(of.c.status.in_(FINDINGS)).label("findings"),
            )
            .group_by(*place)
            .order_by(*place)
        )
        return tuple(
            CentreProgress(
                round_id=row.round_id,
                centre=row.centre,
                work=Tally(cases=row.cases, finished=row.finished),
                findings=row.findings,
            )
            for row in self._db.execute(statement)
        )

    def missing_files(self, centres: Collection[str]) -> tuple[MissingFile, ...]:
        """Return the cases of some centres that are reported as not found or without access, undecided.

        Each once, whichever of its readers reported it: who reads what is nothing that a centre learns.
        """
        statement = _of_latest(
            select(drawn_case.c.round_id, drawn_case.c.centre, drawn_case.c.number)
            .join_from(obstacle, drawn_case)
            .distinct(),
            drawn_case.c.centre.in_(centres),
            obstacle.c.settlement.is_(None),
            obstacle.c.reason.in_((ObstacleReason.NOT_FOUND, ObstacleReason.NO_ACCESS)),
        ).order_by(drawn_case.c.round_id, drawn_case.c.number)
        return tuple(MissingFile(**row) for row in self._db.execute(statement).mappings())

    def _cases_by_round(self, *where: ColumnElement[bool]) -> dict[int, int]:
        statement = _of_latest(
            select(drawn_case.c.round_id, func.count(distinct(drawn_case.c.id))).join_from(
                review, drawn_case
            ),
            drawn_case.c.status == CaseStatus.TO_REVIEW,
            review.c.reading == Reading.FIRST,
            *where,
        ).group_by(drawn_case.c.round_id)
        return {row[0]: row[1] for row in self._db.execute(statement)}


def _count_if(condition: ColumnElement[bool]) -> ColumnElement[int]:
    return func.count(case((condition, 1)))


def _of_latest(statement: Select[Any], *where: ColumnElement[bool]) -> Select[Any]:
    """Keep to the numbered cases of each round's latest draw."""
    return statement.where(ACTING, *where)
