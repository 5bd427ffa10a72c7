"""Mappings that were saved by name."""

from typing import Any

from sqlalchemy import Connection, delete, insert, select

from lirk.domain.planning import MappingUnknown, SavedMapping
from lirk.storage.tables import saved_mapping


class SavedMappings:
    """The saved mappings of a unit of work."""

    def __init__(self, connection: Connection) -> None:
        self._db = connection

    def put(self, mapping: SavedMapping) -> None:
        """Keep a mapping by its name, in place of an earlier one."""
        self._db.execute(delete(saved_mapping).where(saved_mapping.c.name == mapping.name))
        values: dict[str, Any] = {
            "name": mapping.name,
            "mapping": mapping.mapping,
            "saved_at": mapping.saved_at,
            "saved_by": mapping.saved_by,
        }
        self._db.execute(insert(saved_mapping).values(values))

    def by_name(self, name: str) -> SavedMapping:
        """Return one mapping.

        Raises
        ------
        MappingUnknown
            If none has the name.
        """
        statement = select(saved_mapping).where(saved_mapping.c.name == name)
        row = self._db.execute(statement).mappings().one_or_none()
        if row is None:
            raise MappingUnknown(name=name)
        return SavedMapping(**row)

    def names(self) -> tuple[str, ...]:
        """Return the names of all of them, sorted by code point."""
        return tuple(self._db.scalars(select(saved_mapping.c.name).order_by(saved_mapping.c.name)))
