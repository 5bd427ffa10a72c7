"""Reviews and their answers."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime

from sqlalchemy import ColumnElement, Connection, delete, exists, insert, or_, select, update

from lirk.domain.reviews import Answer, Reading, Review
from lirk.errors import NotFound
from lirk.storage.changes import change_one
from lirk.storage.desk_tables import doubt_message, reconciliation, urgent_case
from lirk.storage.latest import PINNED
from lirk.storage.original_answers import OriginalAnswers
from lirk.storage.tables import answer, drawn_case, pinned_checklist, review

ANSWER_FIELDS = (
    answer.c.item_id,
    answer.c.value,
    answer.c.note,
    answer.c.journal_reference,
    answer.c.in_doubt,
)


class Reviews:
    """The reviews of a unit of work."""

    def __init__(self, connection: Connection) -> None:
        self._db = connection

    def open_for(
        self,
        round_id: int,
        case_pks: Sequence[int],
        checklist_ids: Sequence[str],
        *,
        reading: Reading = Reading.FIRST,
        reviewer_id: int | None = None,
    ) -> None:
        """Open a review of each case with each checklist; the round must have pinned the checklists."""
        rows = [
            {
                "round_id": round_id,
                "case_id": case_pk,
                "checklist_id": checklist_id,
                "reading": reading,
                "reviewer_id": reviewer_id,
            }
            for case_pk in case_pks
            for checklist_id in checklist_ids
        ]
        if rows:
            self._db.execute(insert(review), rows)

    def of(
        self,
        round_id: int,
        *,
        reading: Reading = Reading.FIRST,
        reviewer_id: int | None = None,
        centre: str | None = None,
    ) -> tuple[Review, ...]:
        """Return the reviews of a round of one reading with their answers, in two statements however many.

        Ordered by the case's running number (cases without one last), then as the checklists were pinned.
        """
        where = [review.c.round_id == round_id, review.c.reading == reading]
        if reviewer_id is not None:
            where.append(review.c.reviewer_id == reviewer_id)
        if centre is not None:
            where.append(drawn_case.c.centre == centre)
        return self._select(*where)

    def get(self, review_id: int) -> Review:
        """Return one review with its answers.

        Raises
        ------
        NotFound
            If there is no such review.
        """
        found = self._select(review.c.id == review_id)
        if not found:
            raise NotFound
        return found[0]

    def assign(self, review_id: int, reviewer_id: int | None) -> None:
        """Give a review to a reviewer, or back to nobody.

        Raises
        ------
        NotFound
            If there is no such review.
        """
        self._change(review_id, reviewer_id=reviewer_id)

    def save_answers(
        self,
        review_id: int,
        answers: Sequence[Answer],
        *,
        at: datetime,
        by: int | None,
        key: str | None = None,
    ) -> None:
        """Keep answers, each in place of an earlier one to the same item and as its next version.

        Parameters
        ----------
        by
            Id of the person whose answers they are; None where LIRK made them up.
        key
            Names what brought them.
        """
        if not answers:
            return
        gone = answer.c.item_id.in_(sorted({one.item_id for one in answers}))
        earlier = delete(answer).where(answer.c.review_id == review_id, gone)
        returned = self._db.execute(earlier.returning(answer.c.item_id, answer.c.version))
        versions = {row.item_id: row.version for row in returned}
        rows = [
            {
                "review_id": review_id,
                "item_id": one.item_id,
                "value": one.value,
                "note": one.note,
                "journal_reference": one.journal_reference,
                "in_doubt": one.in_doubt,
                "answered_at": at,
                "answered_by": by,
                "version": versions.get(one.item_id, 0) + 1,
                "idempotency_key": key,
            }
            for one in answers
        ]
        self._db.execute(insert(answer), rows)

    def brought_by(self, round_id: int, reviewer_id: int) -> Mapping[tuple[int, str], str]:
        """Return by review and item id what brought a reviewer's answers, where something named itself."""
        statement = (
            select(answer.c.review_id, answer.c.item_id, answer.c.idempotency_key)
            .join_from(answer, review)
            .where(
                review.c.round_id == round_id,
                review.c.reviewer_id == reviewer_id,
                answer.c.idempotency_key.is_not(None),
            )
        )
        rows = self._db.execute(statement)
        return {(row.review_id, row.item_id): row.idempotency_key for row in rows}

    def remove_answers(self, review_id: int, item_ids: Iterable[str]) -> None:
        """Take the answers to some items away, where there are any."""
        gone = answer.c.item_id.in_(sorted(item_ids))
        self._db.execute(delete(answer).where(answer.c.review_id == review_id, gone))

    def answered_by(self, round_id: int) -> Mapping[tuple[int, Reading], frozenset[int]]:
        """Return who gave the answers that stand in a round's readings, by the case's id and the reading."""
        statement = (
            select(review.c.case_id, review.c.reading, answer.c.answered_by)
            .distinct()
            .join_from(answer, review)
            .where(review.c.round_id == round_id, answer.c.answered_by.is_not(None))
        )
        found: dict[tuple[int, Reading], frozenset[int]] = defaultdict(frozenset)
        for row in self._db.execute(statement):
            found[row.case_id, row.reading] |= {row.answered_by}
        return found

    def spoken_in(self, round_id: int) -> frozenset[int]:
        """Return the ids of a round's reviews in which something was said beside the answers.

        That the case must be acted on now, or something about an answer in doubt.
        """
        said = (urgent_case.c.review_id, doubt_message.c.review_id)
        told = or_(*(exists().where(column == review.c.id) for column in said))
        return frozenset(self._db.scalars(select(review.c.id).where(review.c.round_id == round_id, told)))

    def finish(self, review_id: int, at: datetime, *, judgement: str | None = None) -> None:
        """Keep when a review was finished, and the verdict that its reviewer would give.

        Raises
        ------
        NotFound
            If there is no such review.
        """
        self._change(review_id, finished_at=at, judgement=judgement)

    def forget_judgement(self, review_id: int) -> None:
        """Take away the verdict that the reviewer of a review would give.

        Raises
        ------
        NotFound
            If there is no such review.
        """
        self._change(review_id, judgement=None)

    def reopen(self, review_id: int) -> None:
        """Make a review unfinished again; its answers and its judgement stay.

        Where the case is read twice, its readings are no longer reconciled; where both are finished, the
        answers of both as they stand now are kept as the original ones.

        Raises
        ------
        NotFound
            If there is no such review.
        """
        OriginalAnswers(self._db).keep(review_id)
        self._change(review_id, finished_at=None)
        of_case = exists().where(
            review.c.id == review_id,
            review.c.case_id == reconciliation.c.case_id,
            review.c.checklist_id == reconciliation.c.checklist_id,
        )
        self._db.execute(update(reconciliation).where(of_case).values(settled_at=None, settled_by=None))

    def delete(self, review_ids: Sequence[int]) -> None:
        """Delete reviews with their answers."""
        if review_ids:
            self._db.execute(delete(review).where(review.c.id.in_(review_ids)))

    def delete_for_case(self, case_pk: int) -> None:
        """Delete all readings of a case with their answers, where there are any."""
        self._db.execute(delete(review).where(review.c.case_id == case_pk))

    def _change(self, review_id: int, **values: object) -> None:
        change_one(self._db, update(review).where(review.c.id == review_id).values(values))

    def _select(self, *where: ColumnElement[bool]) -> tuple[Review, ...]:
        answers = self._answers(*where)
        statement = (
            select(review)
            .join_from(review, drawn_case)
            .join(pinned_checklist, PINNED)
            .where(*where)
            .order_by(
                drawn_case.c.number.asc().nulls_last(),
                review.c.case_id,
                pinned_checklist.c.position,
                review.c.id,
            )
        )
        rows = self._db.execute(statement).mappings()
        return tuple(Review(**row, answers=answers[row["id"]]) for row in rows)

    def _answers(self, *where: ColumnElement[bool]) -> Mapping[int, Mapping[str, Answer]]:
        found: dict[int, dict[str, Answer]] = defaultdict(dict)
        statement = (
            select(answer.c.review_id, *ANSWER_FIELDS)
            .join_from(answer, review)
            .join(drawn_case)
            .where(*where)
            .order_by(answer.c.review_id, answer.c.item_id)
        )
        for row in self._db.execute(statement).mappings():
            fields = {column.name: row[column] for column in ANSWER_FIELDS}
            found[row[answer.c.review_id]][row[answer.c.item_id]] = Answer(**fields)
        return found
