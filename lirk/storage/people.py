"""People, with their roles and the centres that these hold in."""

from collections import defaultdict
from dataclasses import asdict
from typing import Any

from sqlalchemy import Column, ColumnElement, Connection, Table, delete, insert, select, update

from lirk.domain.people import Person, Preferences, Role
from lirk.errors import NotFound
from lirk.storage.centres import Centres
from lirk.storage.changes import change_one
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
        self._give(id_, roles, centres)
        return self.by_id(id_)

    def change(
        self,
        person_id: int,
        *,
        name: str,
        roles: frozenset[Role],
        centres: frozenset[str],
        caseworker_hash: str | None,
    ) -> Person:
        """Keep what a person is called and may do, in place of what was kept; the username stays.

        Raises
        ------
        NotFound
            If nobody has the id.
        """
        self._set(person_id, name=name, caseworker_hash=caseworker_hash)
        for table in (person_role, person_centre):
            self._db.execute(delete(table).where(table.c.person_id == person_id))
        self._give(person_id, roles, centres)
        return self.by_id(person_id)

    def set_active(self, person_id: int, *, active: bool) -> None:
        """Keep whether a person may act at all.

        Raises
        ------
        NotFound
            If nobody has the id.
        """
        self._set(person_id, active=active)

    def set_preferences(self, person_id: int, preferences: Preferences) -> None:
        """Keep what a person has chosen for the pages.

        Raises
        ------
        NotFound
            If nobody has the id.
        """
        self._set(person_id, preferences=asdict(preferences))

    def set_password_hash(self, person_id: int, password_hash: str) -> None:
        """Keep the hash of a person's password.

        Raises
        ------
        NotFound
            If nobody has the id.
        """
        self._set(person_id, password_hash=password_hash)

    def password_hash_of(self, username: str) -> str | None:
        """Return the hash of a password that opens something: None for nobody, the inactive, and who has none."""
        statement = select(person.c.password_hash).where(person.c.username == username, person.c.active)
        return self._db.execute(statement).scalar_one_or_none()

    def with_password(self) -> frozenset[int]:
        """Return the ids of those who have chosen a password."""
        return frozenset(self._db.scalars(select(person.c.id).where(person.c.password_hash.is_not(None))))

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

    def _set(self, person_id: int, **values: object) -> None:
        change_one(self._db, update(person).where(person.c.id == person_id).values(values))

    def _give(self, person_id: int, roles: frozenset[Role], centres: frozenset[str]) -> None:
        Centres(self._db).ensure(centres)
        self._add_to(person_role, [{"person_id": person_id, "role": role} for role in sorted(roles)])
        self._add_to(person_centre, [{"person_id": person_id, "centre": one} for one in sorted(centres)])

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
