"""Changing one row that must be there, or that must still have the version that was looked at."""

from collections.abc import Mapping
from datetime import datetime
from functools import cache

from sqlalchemy import Connection, Delete, Table, Update, bindparam
from sqlalchemy.dialects import postgresql, sqlite

from lirk.domain.reviews import Answer
from lirk.errors import NotFound
from lirk.storage.prepared import Prepared


def change_one(connection: Connection, statement: Update | Delete) -> None:
    """Carry out a change of one row.

    Raises
    ------
    NotFound
        If the row is not there.
    """
    if connection.execute(statement).rowcount == 0:
        raise NotFound


def keep_version(
    connection: Connection,
    table: Table,
    key: Mapping[str, object],
    values: Mapping[str, object],
    expected: int,
) -> int | None:
    """Keep a row if the stored one still has the version that is expected.

    Parameters
    ----------
    key, values
        What the row is known by, and all else that it holds but its ``version``.
    expected
        The version that the change was made from; 0 where no row was stored.

    Returns
    -------
    int or None
        The version that is stored now; None where another one than expected is stored, and nothing is kept.
        A row that was taken away meanwhile is kept as the next version: nothing is overwritten.
    """
    new = {**key, **values, "version": expected + 1, "expected": expected}
    found = _kept(table, connection.dialect.name).rows(connection, **new)
    return found[0][0] if found else None


def written(answer: Answer, *, key: str | None, at: datetime, by: int | None) -> dict[str, object]:
    """Return what is kept of an answer beside what it answers and its version."""
    return {
        "value": answer.value,
        "note": answer.note,
        "journal_reference": answer.journal_reference,
        "in_doubt": answer.in_doubt,
        "answered_at": at,
        "answered_by": by,
        "idempotency_key": key,
    }


@cache
def _kept(table: Table, dialect: str) -> Prepared:
    insert = postgresql.insert if dialect == "postgresql" else sqlite.insert
    added = insert(table).values({column.name: bindparam(column.name) for column in table.c})
    kept = added.on_conflict_do_update(
        index_elements=[*table.primary_key],
        set_={column.name: added.excluded[column.name] for column in table.c if not column.primary_key},
        where=table.c.version == bindparam("expected"),
    )
    return Prepared(kept.returning(table.c.version))
