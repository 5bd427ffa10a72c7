"""Which tables a unit of work has written, remembered by its connection until the trail is looked at."""

from sqlalchemy import Connection

#: Where a connection remembers them.
WRITTEN = "lirk-written"


def note_written(connection: Connection, table: str) -> None:
    """Remember that a table was written; nothing is remembered outside a unit of work."""
    written: set[str] | None = connection.info.get(WRITTEN)
    if written is not None:
        written.add(table)
