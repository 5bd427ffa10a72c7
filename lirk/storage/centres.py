"""The names of the centres that registers have brought."""

from collections.abc import Iterable

from sqlalchemy import Connection, insert, select

from lirk.storage.tables import centre


class Centres:
    """The centres of a unit of work."""

    def __init__(self, connection: Connection) -> None:
        self._db = connection

    def ensure(self, names: Iterable[str]) -> None:
        """Add those of the names that are not there yet."""
        missing = set(names) - set(self.all())
        if missing:
            self._db.execute(insert(centre), [{"name": name} for name in sorted(missing)])

    def all(self) -> tuple[str, ...]:
        """Return every name, by code point; who shows them sorts them as Danish does."""
        return tuple(self._db.scalars(select(centre.c.name).order_by(centre.c.name)))
