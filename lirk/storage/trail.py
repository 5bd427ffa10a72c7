"""The trail: entries are added, and the database itself refuses to change or delete them."""

from datetime import datetime

from sqlalchemy import Connection, insert, select

from lirk.domain.trail import TrailEntry
from lirk.storage.tables import round_, trail_entry


class Trail:
    """The trail of a unit of work."""

    def __init__(self, connection: Connection) -> None:
        self._db = connection

    def add(self, action: str, /, *, actor_id: int | None, at: datetime, **about: object) -> None:
        """Add an entry.

        Parameters
        ----------
        action
            What was done, as a code.
        actor_id
            Id of the person who did it; None where LIRK itself acted.
        about
            What it was done to: JSON values by name. ``round``, the key of one, makes it that round's entry.
        """
        of_round = select(round_.c.id).where(round_.c.key == about.get("round")).scalar_subquery()
        values = {"action": action, "actor_id": actor_id, "at": at, "about": about}
        self._db.execute(insert(trail_entry).values(**values, round_id=of_round))

    def entries(self, round_id: int | None = None) -> tuple[TrailEntry, ...]:
        """Return the entries of one round, or all of them, in the order in which they were added."""
        entry = trail_entry.c
        statement = select(entry.at, entry.actor_id, entry.action, entry.about).order_by(entry.id)
        if round_id is not None:
            statement = statement.where(entry.round_id == round_id)
        return tuple(TrailEntry(**row) for row in self._db.execute(statement).mappings())
