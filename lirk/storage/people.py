"""People, with their roles and the centres that these hold in."""

from collections import defaultdict
from typing import Any

from sqlalchemy import Column, ColumnElement, Connection, Table, insert, select

from lirk.domain.people import Person, Preferences, Role
from lirk.errors import NotFound
from lirk.storage.centres import Centres
from lirk.storage.tables import person, person_centre, person_role

FIELDS = (person.c.id, person.c.username, person.c.name, person.c.caseworker_hash, person.c.active)


class People:
    """The people of a unit of work."""

    def __init__(self, connection: Connection) -> None:
        self._db = connection

    def add(
        self,
        *,
        username: str,
        name: str,
        roles: frozenset[Role],
        centres: frozenset[str] = frozenset(),
        caseworker_hash: str | None = None,
    ) -> Person:
        """Add a person, and the centres named that were not known; the username must be free."""
        values = {"username": username, "name": name, "caseworker_hash": caseworker_hash, "active": True}
        id_ = self._db.execute(insert(person).values(values).returning(person.c.id)).scalar_one()
        Centres(self._db).ensure(centres)
        self._add_to(person_role, [{"person_id": id_, "role": role} for role in sorted(roles)])
        self._add_to(person_centre, [{"person_id": id_, "centre": centre} for centre in sorted(centres)])
        return self.by_id(id_)

    def by_id(self, person_id: int) -> Person:
        """Return one person.

        Raises
        ------
        NotFound
            If nobody has the id.
        """
        return _only(self._select(person.c.id == person_id))

    def by_username(self, username: str) -> Person:
        """Return one person.

        Raises
        ------
        NotFound
            If nobody has the username.
        """
        return _only(self._select(person.c.username == username))

    def find(self, username: str) -> Person | None:
        """Return one person, or None if nobody has the username."""
        return next(iter(self._select(person.c.username == username)), None)

    def all(self) -> tuple[Person, ...]:
        """Return everybody, by username."""
        return self._select()

    def _add_to(self, table: Table, rows: list[dict[str, object]]) -> None:
        if rows:
            self._db.execute(insert(table), rows)

    def _select(self, *where: ColumnElement[bool]) -> tuple[Person, ...]:
        """Return people by username, in three statements however many."""
        roles = self._of_each(person_role.c.person_id, person_role.c.role, *where)
        centres = self._of_each(person_centre.c.person_id, person_centre.c.centre, *where)
        chosen = select(*FIELDS, person.c.preferences)
        rows = self._db.execute(chosen.where(*where).order_by(person.c.username)).mappings()
        return tuple(
            Person(
                **{column.name: row[column] for column in FIELDS},
                roles=frozenset(roles[row["id"]]),
                centres=frozenset(centres[row["id"]]),
                preferences=Preferences(**row["preferences"]),
            )
            for row in rows
        )

    def _of_each(
        self, owner: Column[int], value: Column[Any], *where: ColumnElement[bool]
    ) -> dict[int, set[Any]]:
        found: dict[int, set[Any]] = defaultdict(set)
        statement = select(owner, value).join_from(owner.table, person).where(*where)
        for person_id, one in self._db.execute(statement):
            found[person_id].add(one)
        return found


def _only(people: tuple[Person, ...]) -> Person:
    if not people:
        raise NotFound
    return people[0]
