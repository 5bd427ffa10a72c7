"""Who is signed in, by the SHA-256 of the id that the browser holds.

Moments are compared here and not by SQL, which would compare their texts, and two offsets with them.
"""

from datetime import datetime

from sqlalchemy import Connection, bindparam, delete, insert, select, update

from lirk.domain.accounts import Session
from lirk.domain.people import Person, Preferences
from lirk.storage.prepared import Prepared
from lirk.storage.tables import person, person_centre, person_role, session

_VISITOR = Prepared(
    select(
        session.c.started_at,
        session.c.seen_at,
        person.c.id,
        person.c.username,
        person.c.name,
        person.c.caseworker_hash,
        person.c.active,
        person.c.preferences,
        person_role.c.role,
        person_centre.c.centre,
    )
    .join_from(session, person)
    .outerjoin(person_role, person_role.c.person_id == person.c.id)
    .outerjoin(person_centre, person_centre.c.person_id == person.c.id)
    .where(session.c.id_hash == bindparam("id_hash"))
)


class Sessions:
    """The sessions of a unit of work."""

    def __init__(self, connection: Connection) -> None:
        self._db = connection

    def add(self, id_hash: str, value: Session) -> None:
        """Keep that a person is signed in."""
        self._db.execute(
            insert(session).values(
                id_hash=id_hash,
                person_id=value.person_id,
                started_at=value.started_at,
                seen_at=value.seen_at,
            )
        )

    def find(self, id_hash: str) -> Session | None:
        """Return one session, ended or not, or None if there is none."""
        columns = (session.c.person_id, session.c.started_at, session.c.seen_at)
        row = self._db.execute(select(*columns).where(session.c.id_hash == id_hash)).mappings().one_or_none()
        return None if row is None else Session(**row)

    def visitor(self, id_hash: str) -> tuple[Session, Person] | None:
        """Return one session, ended or not, with its person, active or not; in one statement."""
        rows = _VISITOR.rows(self._db, id_hash=id_hash)
        if not rows:
            return None
        started_at, seen_at, id_, username, name, caseworker_hash, active, preferences, *_ = rows[0]
        who = Person(
            id=id_,
            username=username,
            name=name,
            roles=frozenset(role for *_, role, _ in rows if role is not None),
            centres=frozenset(centre for *_, centre in rows if centre is not None),
            caseworker_hash=caseworker_hash,
            active=active,
            preferences=Preferences(**preferences),
        )
        return Session(person_id=who.id, started_at=started_at, seen_at=seen_at), who

    def touch(self, id_hash: str, at: datetime) -> None:
        """Keep that the person is still there."""
        self._db.execute(update(session).where(session.c.id_hash == id_hash).values(seen_at=at))

    def delete(self, id_hash: str) -> None:
        """End one session; harmless if it has ended."""
        self._db.execute(delete(session).where(session.c.id_hash == id_hash))

    def delete_of(self, person_id: int) -> None:
        """End all sessions of a person."""
        self._db.execute(delete(session).where(session.c.person_id == person_id))

    def delete_ended(self, now: datetime) -> None:
        """Forget the sessions that are over."""
        rows = self._db.execute(select(session)).mappings().all()
        ended = [
            row["id_hash"]
            for row in rows
            if Session(**{name: row[name] for name in Session.__slots__}).expires_at <= now
        ]
        if ended:
            self._db.execute(delete(session).where(session.c.id_hash.in_(ended)))
