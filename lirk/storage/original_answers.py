"""What two readers of a case answered before they saw each other's answers; kept when a reading is opened again."""

from collections import defaultdict
from collections.abc import Mapping
from typing import Any

from sqlalchemy import Connection, Select, delete, exists, insert, select

from lirk.domain.reviews import Answer, Reading
from lirk.storage.desk_tables import original_answer
from lirk.storage.tables import answer, review

#: A calibration's reviews are no readings of the sample.
PAIR = (Reading.FIRST, Reading.SECOND)
GIVEN = ("value", "note", "journal_reference", "in_doubt")
KEPT = tuple(column.name for column in original_answer.c)


class OriginalAnswers:
    """The original answers of a unit of work; the database refuses that one is changed."""

    def __init__(self, connection: Connection) -> None:
        self._db = connection

    def keep(self, review_id: int) -> None:
        """Keep the answers of the case that a review is of, where both readers have finished it and see each other's.

        To be asked before the review is opened again. What is kept of a reading already stays as it is.
        """
        opened = select(review.c.case_id).where(review.c.id == review_id, review.c.reading.in_(PAIR))
        of_case = review.alias("of_case")
        readings = exists().where(
            of_case.c.case_id == opened.scalar_subquery(), of_case.c.reading == Reading.SECOND
        )
        unfinished = exists().where(
            of_case.c.case_id == opened.scalar_subquery(),
            of_case.c.reading.in_(PAIR),
            of_case.c.finished_at.is_(None),
        )
        statement = (
            select(*(answer.c[name] for name in KEPT))
            .join_from(answer, review)
            .where(
                review.c.case_id == opened.scalar_subquery(),
                review.c.reading.in_(PAIR),
                readings,
                ~unfinished,
                ~exists().where(original_answer.c.review_id == review.c.id),
            )
        )
        # Whether anything was kept at all is asked by the store, which wants a trail entry for each write.
        kept = insert(original_answer).from_select(KEPT, statement).execution_options(preserve_rowcount=True)
        self._db.execute(kept)

    def of(self, round_id: int) -> Mapping[int, Mapping[str, Answer]]:
        """Return the original answers of a round's reviews by id and item; a review without any is left out."""
        return self._select(
            select(original_answer).join_from(original_answer, review).where(review.c.round_id == round_id)
        )

    def with_checklist(self, checklist_id: str) -> Mapping[int, Mapping[str, Answer]]:
        """Return the original answers to one checklist, of all rounds, as ``of`` does."""
        of_checklist = review.c.checklist_id == checklist_id
        return self._select(select(original_answer).join_from(original_answer, review).where(of_checklist))

    def forget(self, review_id: int) -> None:
        """Take the original answers of a reading away whose own answers were taken away: its reader was unfit."""
        self._db.execute(delete(original_answer).where(original_answer.c.review_id == review_id))

    def _select(self, statement: Select[Any]) -> Mapping[int, Mapping[str, Answer]]:
        found: dict[int, dict[str, Answer]] = defaultdict(dict)
        for row in self._db.execute(statement).mappings():
            fields = {name: row[name] for name in ("item_id", *GIVEN)}
            found[row["review_id"]][row["item_id"]] = Answer(**fields)
        return found
