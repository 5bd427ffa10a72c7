"""Answers that were corrected after a round was closed."""

from collections import defaultdict
from collections.abc import Mapping

from sqlalchemy import Connection, func, select

from lirk.domain.corrections import CorrectedAnswer, CorrectionCounts
from lirk.storage.changes import keep_version
from lirk.storage.report_tables import corrected_answer
from lirk.storage.tables import drawn_case, review

FIELDS = tuple(corrected_answer.c[name] for name in CorrectedAnswer.__dataclass_fields__)


class Corrections:
    """The corrected answers of a unit of work."""

    def __init__(self, connection: Connection) -> None:
        self._db = connection

    def of(self, round_id: int, *, centre: str | None = None) -> Mapping[int, tuple[CorrectedAnswer, ...]]:
        """Return what was corrected in a round, or in one centre of it, by the review's id; by item id in each."""
        where = [review.c.round_id == round_id]
        if centre is not None:
            where.append(drawn_case.c.centre == centre)
        statement = (
            select(*FIELDS)
            .join_from(corrected_answer, review)
            .join(drawn_case)
            .where(*where)
            .order_by(corrected_answer.c.review_id, corrected_answer.c.item_id)
        )
        found: dict[int, list[CorrectedAnswer]] = defaultdict(list)
        for row in self._db.execute(statement).mappings():
            found[row["review_id"]].append(CorrectedAnswer(**row))
        return {review_id: tuple(answers) for review_id, answers in found.items()}

    def counts(self) -> CorrectionCounts:
        """Return how often answers were corrected, in one statement."""
        statement = (
            select(review.c.round_id, drawn_case.c.centre, func.sum(corrected_answer.c.version))
            .join_from(corrected_answer, review)
            .join(drawn_case)
            .group_by(review.c.round_id, drawn_case.c.centre)
            .order_by(review.c.round_id, drawn_case.c.centre)
        )
        rows = self._db.execute(statement)
        return CorrectionCounts({(round_id, centre): int(count) for round_id, centre, count in rows})

    def keep(self, value: CorrectedAnswer, *, by: int | None) -> int | None:
        """Keep a corrected answer if the one before its version is stored; version 1 if none is.

        Returns
        -------
        int or None
            The version that is stored now; None where another one is stored, and nothing is kept.
        """
        key = {"review_id": value.review_id, "item_id": value.item_id}
        written = {
            "before": value.before,
            "value": value.value,
            "reason": value.reason,
            "corrected_at": value.corrected_at,
            "corrected_by": by,
        }
        return keep_version(self._db, corrected_answer, key, written, value.version - 1)
