"""The centres that registers have brought and people have added."""

from collections.abc import Iterable

from sqlalchemy import Connection, exists, insert, select, update

from lirk.domain.people import Centre
from lirk.storage.changes import change_one
from lirk.storage.tables import centre, drawn_case, frame


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

    def listing(self) -> tuple[Centre, ...]:
        """Return every centre with whether it is active, by code point."""
        rows = self._db.execute(select(centre.c.name, centre.c.active).order_by(centre.c.name))
        return tuple(Centre(name, active) for name, active in rows)

    def set_active(self, name: str, *, active: bool) -> None:
        """Keep whether a centre is offered for what is new.

        Raises
        ------
        NotFound
            If there is no such centre.
        """
        change_one(self._db, update(centre).where(centre.c.name == name).values(active=active))

    def rename(self, name: str, new: str) -> None:
        """Keep another name of a centre, also where it stands with people and cases; the name must be free.

        Raises
        ------
        NotFound
            If there is no such centre.
        """
        change_one(self._db, update(centre).where(centre.c.name == name).values(name=new))

    def framed(self) -> tuple[tuple[int, frozenset[str]], ...]:
        """Return the centres in each round's frame, also those without a drawn case, by the id of the round."""
        rows = self._db.execute(select(frame.c.round_id, frame.c.strata).order_by(frame.c.round_id))
        return tuple((row.round_id, frozenset(row.strata)) for row in rows)

    def is_measured(self, name: str) -> bool:
        """Return whether a round has the centre: among its cases, or in the documents of its frame."""
        drawn = self._db.execute(select(exists().where(drawn_case.c.centre == name))).scalar_one()
        return bool(drawn) or any(name in strata for strata in self._db.scalars(select(frame.c.strata)))
