"""What finished reviews of closed rounds say of a checklist's items, read for all rounds at once."""

from collections import defaultdict
from collections.abc import Iterator, Mapping
from typing import Any

from sqlalchemy import ColumnElement, Connection, Select, and_, select

from lirk.domain.item_health import FinishedReview, MeasuredRound
from lirk.domain.item_sets import ItemSet
from lirk.domain.reviews import Answer, CaseStatus, Reading
from lirk.domain.rounds import ChecklistVersion, RoundState
from lirk.storage.latest import ACTING
from lirk.storage.reviewing import WRITTEN
from lirk.storage.tables import answer, drawn_case, pinned_checklist, review, round_


class HealthReadings:
    """The finished reviews of closed rounds, of a unit of work; who did them is not read."""

    def __init__(self, connection: Connection) -> None:
        self._db = connection

    def rounds(self, checklist_id: str) -> tuple[MeasuredRound, ...]:
        """Return the closed rounds that asked a checklist, in the order in which they were made."""
        pinned = pinned_checklist.c
        statement = (
            select(round_.c.id, round_.c.title, pinned.version, pinned.text, pinned["items"])
            .join_from(pinned_checklist, round_)
            .where(pinned.checklist_id == checklist_id, round_.c.state == RoundState.CLOSED)
            .order_by(round_.c.id)
        )
        return tuple(
            MeasuredRound(
                id_,
                title,
                ChecklistVersion(checklist_id=checklist_id, version=version, text=text, items=ItemSet(items)),
            )
            for id_, title, version, text, items in self._db.execute(statement)
        )

    def reviews(self, checklist_id: str, *, reading: Reading = Reading.FIRST) -> tuple[FinishedReview, ...]:
        """Return the finished reviews of a checklist in closed rounds, of one reading, in two statements.

        Ordered by round, case and review; only cases that could be reviewed, of each round's latest draw.
        """
        finished = and_(
            review.c.checklist_id == checklist_id,
            review.c.finished_at.is_not(None),
            review.c.reading == reading,
            round_.c.state == RoundState.CLOSED,
            ACTING,
            drawn_case.c.status == CaseStatus.TO_REVIEW,
        )
        answers = self._answers(finished)
        wanted = select(
            review.c.id,
            review.c.finished_at,
            review.c.round_id,
            review.c.case_id,
            drawn_case.c.centre,
            drawn_case.c.facts,
        )
        statement = _joined(wanted, finished).order_by(review.c.round_id, review.c.case_id, review.c.id)
        return tuple(self._finished(self._db.execute(statement), answers))

    def _finished(self, rows: Any, answers: Mapping[int, Mapping[str, Answer]]) -> Iterator[FinishedReview]:
        for id_, finished_at, round_id, case_pk, centre, facts in rows:
            yield FinishedReview(
                id=id_,
                finished_at=finished_at,
                round_id=round_id,
                case_id=case_pk,
                centre=centre,
                facts=facts,
                answers=answers.get(id_, {}),
            )

    def _answers(self, finished: ColumnElement[bool]) -> Mapping[int, Mapping[str, Answer]]:
        found: dict[int, dict[str, Answer]] = defaultdict(dict)
        statement = (
            select(answer.c.review_id, *WRITTEN)
            .join_from(answer, review)
            .join(drawn_case, drawn_case.c.id == review.c.case_id)
            .join(round_, round_.c.id == review.c.round_id)
            .where(finished)
            .order_by(answer.c.review_id, answer.c.item_id)
        )
        for row in self._db.execute(statement).mappings():
            fields = {column.name: row[column] for column in WRITTEN}
            found[row[answer.c.review_id]][row[answer.c.item_id]] = Answer(**fields)
        return found


def _joined(statement: Select[Any], finished: ColumnElement[bool]) -> Select[Any]:
    return (
        statement.join_from(review, drawn_case, drawn_case.c.id == review.c.case_id)
        .join(round_, round_.c.id == review.c.round_id)
        .where(finished)
    )
