"""Changing one row that must be there."""

from sqlalchemy import Connection, Delete, Update

from lirk.errors import NotFound


def change_one(connection: Connection, statement: Update | Delete) -> None:
    """Carry out a change of one row.

    Raises
    ------
    NotFound
        If the row is not there.
    """
    if connection.execute(statement).rowcount == 0:
        raise NotFound
