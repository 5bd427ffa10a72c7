"""Doubts: answers that are or were marked, with what was said of them and who settled it."""

from collections import defaultdict
from collections.abc import Collection, Mapping
from datetime import datetime

from sqlalchemy import ColumnElement, Connection, and_, delete, exists, insert, or_, select

from lirk.domain.doubts import Doubt, Message
from lirk.domain.reviews import Answer, CaseStatus, Reading
from lirk.domain.rounds import RoundState
from lirk.storage.desk_tables import doubt_message, settled_doubt
from lirk.storage.latest import ACTING
from lirk.storage.reviewing import WRITTEN
from lirk.storage.tables import answer, drawn_case, person, review, round_

#: A calibration has its own way to talk things over; what is found missing or left out needs no talk.
READINGS = and_(ACTING, review.c.reading != Reading.CALIBRATION, drawn_case.c.status == CaseStatus.TO_REVIEW)
TALKED_OF = (
    exists()
    .where(doubt_message.c.review_id == answer.c.review_id, doubt_message.c.item_id == answer.c.item_id)
    .correlate(answer)
)
SETTLED = and_(settled_doubt.c.review_id == answer.c.review_id, settled_doubt.c.item_id == answer.c.item_id)
OPEN = and_(answer.c.in_doubt, settled_doubt.c.settled_at.is_(None))
RUNNING = round_.c.state == RoundState.REVIEWING


class Doubts:
    """The doubts of a unit of work; each of those that return some reads in two statements."""

    def __init__(self, connection: Connection) -> None:
        self._db = connection

    def find(self, review_id: int, item_id: str) -> Doubt | None:
        """Return one doubt, settled or not; None where the answer never was in doubt."""
        found = self._select(answer.c.review_id == review_id, answer.c.item_id == item_id)
        return found[0] if found else None

    def of_round(self, round_id: int) -> tuple[Doubt, ...]:
        """Return the doubts of a round, settled or not, by running number, checklist and item."""
        return self._select(review.c.round_id == round_id)

    def of_reviewer(self, person_id: int) -> tuple[Doubt, ...]:
        """Return the doubts in the reviews that a person has in rounds under review, settled or not."""
        return self._select(review.c.reviewer_id == person_id, RUNNING)

    def open_ones(self) -> tuple[Doubt, ...]:
        """Return what is open in all rounds under review, by round and running number."""
        return self._select(OPEN, RUNNING)

    def open_in(self, round_id: int) -> tuple[Doubt, ...]:
        """Return what is open in one round, by running number."""
        return self._select(OPEN, review.c.round_id == round_id)

    def around(self, review_ids: Collection[int]) -> Mapping[int, tuple[Mapping[str, str], dict[str, str]]]:
        """Return what stands around the doubts of some reviews, in one statement, by review.

        Returns
        -------
        Mapping
            The register's facts of the case, and the codes of all answers of the review by fact or item id.
        """
        found: dict[int, tuple[Mapping[str, str], dict[str, str]]] = {}
        statement = (
            select(answer.c.review_id, answer.c.item_id, answer.c.value, drawn_case.c.facts)
            .join_from(answer, review)
            .join(drawn_case)
            .where(answer.c.review_id.in_(sorted(review_ids)))
            .order_by(answer.c.review_id, answer.c.item_id)
        )
        for row in self._db.execute(statement):
            found.setdefault(row.review_id, (row.facts, {}))[1][row.item_id] = row.value
        return found

    def add_message(
        self,
        review_id: int,
        item_id: str,
        text: str,
        *,
        from_reviewer: bool,
        at: datetime,
        by: int | None,
    ) -> None:
        """Keep what was said of a doubt."""
        values = {"review_id": review_id, "item_id": item_id, "text": text, "from_reviewer": from_reviewer}
        self._db.execute(insert(doubt_message).values(**values, written_at=at, written_by=by))

    def settle(self, review_id: int, item_id: str, *, at: datetime, by: int | None) -> None:
        """Keep that a doubt is settled."""
        self.reopen(review_id, item_id)
        values = {"review_id": review_id, "item_id": item_id, "settled_at": at, "settled_by": by}
        self._db.execute(insert(settled_doubt).values(values))

    def reopen(self, review_id: int, item_id: str) -> None:
        """Forget that a doubt was settled, if it was; what was said of it stays."""
        of_item = (settled_doubt.c.review_id == review_id, settled_doubt.c.item_id == item_id)
        self._db.execute(delete(settled_doubt).where(*of_item))

    def remove(self, review_id: int) -> None:
        """Take away all that was said of a review's answers, where the answers are taken away."""
        for kept in (doubt_message, settled_doubt):
            self._db.execute(delete(kept).where(kept.c.review_id == review_id))

    def _select(self, *where: ColumnElement[bool]) -> tuple[Doubt, ...]:
        settler, reviewer = person.alias(), person.alias()
        statement = (
            select(
                *WRITTEN,
                answer.c.review_id,
                review.c.checklist_id,
                review.c.reviewer_id,
                review.c.finished_at,
                drawn_case.c.number,
                drawn_case.c.centre,
                round_.c.key.label("round_key"),
                reviewer.c.name.label("reviewer"),
                settled_doubt.c.settled_at,
                settler.c.name.label("settled_by"),
            )
            .join_from(answer, review)
            .join(drawn_case)
            .join(round_, round_.c.id == review.c.round_id)
            .outerjoin(settled_doubt, SETTLED)
            .outerjoin(settler, settler.c.id == settled_doubt.c.settled_by)
            .outerjoin(reviewer, reviewer.c.id == review.c.reviewer_id)
            .where(
                READINGS, or_(answer.c.in_doubt, settled_doubt.c.settled_at.is_not(None), TALKED_OF), *where
            )
            .order_by(
                review.c.round_id,
                drawn_case.c.number,
                review.c.checklist_id,
                answer.c.item_id,
                answer.c.review_id,
            )
        )
        rows = self._db.execute(statement).mappings().all()
        said = self._messages({row["review_id"] for row in rows})
        plain = ("review_id", "round_key", "number", "centre", "checklist_id", "reviewer_id", "reviewer")
        return tuple(
            Doubt(
                **{name: row[name] for name in plain},
                finished=row["finished_at"] is not None,
                answer=Answer(**{column.name: row[column] for column in WRITTEN}),
                settled_at=row["settled_at"],
                settled_by=row["settled_by"],
                messages=tuple(said[row["review_id"], row["item_id"]]),
            )
            for row in rows
        )

    def _messages(self, review_ids: Collection[int]) -> Mapping[tuple[int, str], list[Message]]:
        found: dict[tuple[int, str], list[Message]] = defaultdict(list)
        statement = (
            select(doubt_message, person.c.name)
            .join_from(doubt_message, person, person.c.id == doubt_message.c.written_by, isouter=True)
            .where(doubt_message.c.review_id.in_(sorted(review_ids)))
            .order_by(doubt_message.c.id)
        )
        for row in self._db.execute(statement).mappings():
            found[row["review_id"], row["item_id"]].append(
                Message(
                    text=row["text"],
                    from_reviewer=row["from_reviewer"],
                    at=row["written_at"],
                    by=row["written_by"],
                    name=row["name"],
                )
            )
        return found
