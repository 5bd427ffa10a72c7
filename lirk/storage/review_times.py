"""How long reviews were in use, by person; read out only for the person, or summed for a whole round."""

from datetime import datetime

from sqlalchemy import Connection, func, select, update
from sqlalchemy.dialects import postgresql, sqlite

from lirk.domain.review_times import ReviewTime
from lirk.domain.reviews import Reading
from lirk.storage.desk_tables import review_time
from lirk.storage.tables import review


class ReviewTimes:
    """The times of a unit of work."""

    def __init__(self, connection: Connection) -> None:
        self._db = connection

    def of(self, review_id: int, person_id: int) -> ReviewTime:
        """Return the time of one person with one review; nothing where none was kept."""
        wanted = (review_time.c.review_id == review_id, review_time.c.person_id == person_id)
        statement = select(review_time.c.seconds, review_time.c.corrected, review_time.c.reported_at)
        row = self._db.execute(statement.where(*wanted)).mappings().one_or_none()
        return ReviewTime(**row) if row else ReviewTime()

    def take(self, review_id: int, person_id: int) -> ReviewTime:
        """Return the same, and keep others from changing it until the unit of work ends."""
        insert = postgresql.insert if self._db.dialect.name == "postgresql" else sqlite.insert
        new = insert(review_time).values(review_id=review_id, person_id=person_id, seconds=0)
        self._db.execute(new.on_conflict_do_nothing())
        wanted = (review_time.c.review_id == review_id, review_time.c.person_id == person_id)
        statement = select(review_time.c.seconds, review_time.c.corrected, review_time.c.reported_at)
        row = self._db.execute(statement.where(*wanted).with_for_update()).mappings().one()
        return ReviewTime(**row)

    def add(self, review_id: int, person_id: int, seconds: int, *, at: datetime) -> None:
        """Add to the measured time of one that was taken."""
        self._change(review_id, person_id, seconds=review_time.c.seconds + seconds, reported_at=at)

    def correct(self, review_id: int, person_id: int, seconds: int | None) -> None:
        """Keep what a person says instead of the measured time of one that was taken, or forget it."""
        self._change(review_id, person_id, corrected=seconds)

    def by_person(self, round_id: int) -> tuple[int, ...]:
        """Return the seconds of each person with time in a round's readings, without their names, smallest first.

        For a sum alone: who had which of them is not told.
        """
        counted = func.sum(func.coalesce(review_time.c.corrected, review_time.c.seconds))
        statement = (
            select(counted)
            .join_from(review_time, review)
            .where(review.c.round_id == round_id, review.c.reading != Reading.CALIBRATION)
            .group_by(review_time.c.person_id)
            .having(counted > 0)
            .order_by(counted)
        )
        return tuple(int(one) for one in self._db.scalars(statement))

    def _change(self, review_id: int, person_id: int, **values: object) -> None:
        wanted = (review_time.c.review_id == review_id, review_time.c.person_id == person_id)
        self._db.execute(update(review_time).where(*wanted).values(**values))
