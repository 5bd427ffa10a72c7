"""Statements that every answer asks: put together once, and run on the driver's own cursor.

SQLAlchemy looks each statement up again, checks its parameters and wraps its result. For the few statements that
saving an answer takes, that is a third of what saving costs. Here SQLAlchemy is asked for the SQL and for how its
types are written and read, and for nothing more.
"""

from collections.abc import Callable, Mapping, Sequence
from contextlib import closing
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection, Dialect, Select, exc
from sqlalchemy.sql.dml import UpdateBase

from lirk.storage.written_tables import note_written

Processor = Callable[[Any], Any] | None


class Prepared:
    """A statement with named parameters; none of them may be a list.

    A statement that writes is noted as ``lirk.storage.store.with_trail`` wants it.
    """

    def __init__(self, statement: Select[Any] | UpdateBase) -> None:
        self._statement = statement
        self._compiled: dict[str, _Compiled] = {}

    def rows(self, connection: Connection, **given: object) -> Sequence[Sequence[Any]]:
        """Run the statement, and return its rows with their values in the order of its columns.

        Raises
        ------
        sqlalchemy.exc.DBAPIError
            As SQLAlchemy would raise it.
        """
        dialect = connection.dialect
        if dialect.name not in self._compiled:
            self._compiled[dialect.name] = _compiled(self._statement, dialect)
        ready = self._compiled[dialect.name]
        parameters = ready.parameters(given)
        try:
            with closing(connection.connection.cursor()) as cursor:
                # Whoever counts statements hears of these, too.
                for listener in connection.dispatch.before_cursor_execute:
                    listener(connection, cursor, ready.sql, parameters, None, False)
                cursor.execute(ready.sql, parameters)
                changed = cursor.rowcount
                found: Sequence[Sequence[Any]] = cursor.fetchall() if ready.tells else ()
        except dialect.loaded_dbapi.Error as error:
            base = dialect.loaded_dbapi.Error
            raise exc.DBAPIError.instance(ready.sql, None, error, base, dialect=dialect) from error
        if isinstance(self._statement, UpdateBase) and (found or changed):
            note_written(connection, str(self._statement.table))
        return ready.read(found)


@dataclass(frozen=True, slots=True)
class _Compiled:
    """A statement for one kind of database.

    ``order`` names the parameters where they go by their place, else it is None; ``fixed`` are those that the
    statement brings itself; ``read_at`` are the columns whose values need a processor. ``tells``: it returns
    rows; a driver asked for that after each run describes every column anew.
    """

    sql: str
    order: Sequence[str] | None
    fixed: Mapping[str, object]
    writers: Mapping[str, Processor]
    read_at: Sequence[tuple[int, Callable[[Any], Any]]]
    tells: bool

    def parameters(self, given: Mapping[str, object]) -> Sequence[object] | Mapping[str, object]:
        """Return the parameters as the driver takes them."""
        values = dict(self.fixed)
        for name, value in given.items():
            write = self.writers[name]
            values[name] = write(value) if write else value
        return values if self.order is None else [values[name] for name in self.order]

    def read(self, rows: Sequence[Sequence[Any]]) -> Sequence[Sequence[Any]]:
        """Return rows with their values as the columns' types read them."""
        if not self.read_at:
            return rows
        found = [list(row) for row in rows]
        for row in found:
            for place, processor in self.read_at:
                row[place] = processor(row[place])
        return found


def _compiled(statement: Select[Any] | UpdateBase, dialect: Dialect) -> _Compiled:
    compiled = statement.compile(dialect=dialect)
    binds = compiled.binds
    if any(bind.expanding for bind in binds.values()):
        raise ValueError("a prepared statement takes no lists")
    writers = {name: bind.type.dialect_impl(dialect).bind_processor(dialect) for name, bind in binds.items()}
    fixed = {name: bind.value for name, bind in binds.items() if not bind.required}
    readers = [column.type.dialect_impl(dialect) for column in statement.exported_columns]
    processors = [reader.result_processor(dialect, None) for reader in readers]
    return _Compiled(
        sql=str(compiled),
        order=compiled.positiontup,
        fixed={name: write(value) if (write := writers[name]) else value for name, value in fixed.items()},
        writers=writers,
        read_at=[(place, one) for place, one in enumerate(processors) if one is not None],
        tells=bool(readers),
    )
