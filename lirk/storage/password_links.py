"""Links by which a person chooses a password, by the SHA-256 of their token."""

from datetime import datetime

from sqlalchemy import Connection, delete, insert, select, update

from lirk.domain.accounts import PasswordLink
from lirk.storage.changes import change_one
from lirk.storage.tables import password_link


class PasswordLinks:
    """The password links of a unit of work."""

    def __init__(self, connection: Connection) -> None:
        self._db = connection

    def add(self, token_hash: str, person_id: int, made_at: datetime) -> None:
        """Keep a new link."""
        values = {"token_hash": token_hash, "person_id": person_id, "made_at": made_at}
        self._db.execute(insert(password_link).values(values))

    def find(self, token_hash: str) -> PasswordLink | None:
        """Return one link, used and old ones too, or None if there is none."""
        link = password_link.c
        statement = select(link.person_id, link.made_at, link.used_at).where(link.token_hash == token_hash)
        row = self._db.execute(statement).mappings().one_or_none()
        return None if row is None else PasswordLink(**row)

    def set_used(self, token_hash: str, used_at: datetime) -> None:
        """Keep that a link was used.

        Raises
        ------
        NotFound
            If there is no such link.
        """
        where = password_link.c.token_hash == token_hash
        change_one(self._db, update(password_link).where(where).values(used_at=used_at))

    def delete_unused(self, person_id: int) -> None:
        """Forget the links of a person that were never used."""
        of_person = password_link.c.person_id == person_id
        self._db.execute(delete(password_link).where(of_person, password_link.c.used_at.is_(None)))
