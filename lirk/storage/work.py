"""How far the reviewing of rounds is, counted by the database; no answer is read for it."""

from typing import Any

from sqlalchemy import ColumnElement, Connection, ScalarSelect, Select, distinct, exists, func, select

from lirk.domain.following import Doubt, ReviewProgress
from lirk.domain.reviews import CaseStatus, Reading
from lirk.storage.tables import answer, draw, drawn_case, obstacle, pinned_checklist, review

PINNED = (review.c.round_id == pinned_checklist.c.round_id) & (
    review.c.checklist_id == pinned_checklist.c.checklist_id
)


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

    def doubts(self, round_id: int) -> tuple[Doubt, ...]:
        """Return where a round's reviewers are in doubt: by running number, checklist and item."""
        statement = _of_latest(
            select(drawn_case.c.number, review.c.checklist_id, answer.c.item_id)
            .join_from(answer, review)
            .join(drawn_case),
            drawn_case.c.round_id == round_id,
            answer.c.in_doubt,
            drawn_case.c.status == CaseStatus.TO_REVIEW,
        ).order_by(drawn_case.c.number, review.c.checklist_id, answer.c.item_id)
        return tuple(Doubt(**row) for row in self._db.execute(statement).mappings())

    def unfinished(self) -> dict[int, int]:
        """Return how many cases still need their review, by round; a round with none is left out."""
        return self._cases_by_round(review.c.finished_at.is_(None))

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


def _of_latest(statement: Select[Any], *where: ColumnElement[bool]) -> Select[Any]:
    """Keep to the numbered cases of each round's latest draw; those of an earlier one are history."""
    return statement.where(drawn_case.c.number.is_not(None), drawn_case.c.draw_id == _latest_draw(), *where)


def _latest_draw() -> ScalarSelect[int]:
    return (
        select(draw.c.id)
        .where(draw.c.round_id == drawn_case.c.round_id)
        .order_by(draw.c.number.desc())
        .limit(1)
        .scalar_subquery()
    )
