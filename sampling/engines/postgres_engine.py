"""PostgreSQL: a table or view of a database in UTF-8, version 13 or newer, by psycopg 3."""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from itertools import islice
from typing import TYPE_CHECKING, Any, ClassVar

from sampling.engines.addresses import without_secrets
from sampling.engines.dialect import Dialect, double_quoted, first_line, name_parts
from sampling.engines.sql import Row, SqlEngine
from sampling.engines.table import Relation
from sampling.errors import EngineFailed, EngineMissing

if TYPE_CHECKING:
    import psycopg

#: name, text, char and varchar by their numbers in pg_type.
_TEXTS = {19, 25, 1042, 1043}
_ROWS_AT_ONCE = 10_000
_SECONDS_TO_CONNECT = 15


def _quoted(name: str) -> str:
    # A per cent sign would begin the place of a value.
    return double_quoted(name).replace("%", "%%")


def _table(text: str, shape: Mapping[str, str]) -> str:
    types = {"int": "bigint", "text": "text"}
    columns = ", ".join(f"{name} {types[kind]}" for name, kind in shape.items())
    return f"(SELECT * FROM json_to_recordset({text}::json) AS given({columns}))"  # noqa: S608 - no values


class PostgresEngine(SqlEngine):
    """Draws in PostgreSQL.

    Parameters
    ----------
    connection
        Of psycopg; stays open. That all queries see the table as it was at one moment is up to its
        transaction (``REPEATABLE READ``).
    relation
        A table or view.
    """

    name: ClassVar[str] = "postgresql"
    dialect: ClassVar[Dialect] = Dialect(
        quoted=_quoted,
        parameter=lambda name: f"%({name})s::text",
        # As JSON a day looks alike whatever the server's settings.
        text=lambda value: f"(to_json({value}) #>> '{{}}')",
        bytewise=lambda text: f'(CAST({text} AS text) COLLATE "C")',
        sha256=lambda text: f"encode(sha256(convert_to({text}, 'UTF8')), 'hex')",
        hash64=lambda text: f"hashtextextended({text}, 0)",
        # By the capitals of the database's language, where "C" knows ASCII only.
        lower=lambda text: f'lower({text} COLLATE "default")',
        octets=lambda text: f"octet_length({text})",
        matches=lambda text, pattern: f"({text} ~ {pattern})",
        not_nfc=lambda text: f"{text} IS NOT NFC NORMALIZED",
        table=_table,
        joined=lambda text: f"string_agg({text}, '' ORDER BY place, case_id)",
        # No text of PostgreSQL holds NUL.
        control="[\\x01-\\x1f\\x7f\u0085\u2028\u2029]",
    )

    def __init__(self, connection: "psycopg.Connection[Any]", relation: Relation) -> None:
        super().__init__(connection, relation)
        self._url = ""

    def close(self) -> None:
        """Close the connection if it was opened here."""
        if self._own:
            self._connection.close()

    @contextmanager
    def _cursor(self) -> "Iterator[psycopg.Cursor[tuple[Any, ...]]]":
        import psycopg

        try:
            with self._connection.cursor(row_factory=psycopg.rows.tuple_row) as cursor:
                yield cursor
        except psycopg.Error as error:
            raise self._failed(without_secrets(first_line(error), self._url)) from None

    def _rows(self, query: str, values: Mapping[str, object]) -> list[Row]:
        with self._cursor() as cursor:
            return list(cursor.execute(query.encode(), values).fetchall())

    def _blocks(self, query: str, values: Mapping[str, object]) -> Iterator[bytes]:
        with self._cursor() as cursor:
            lines = (line for (line,) in cursor.stream(query.encode(), values))
            while block := "".join(islice(lines, _ROWS_AT_ONCE)):
                yield block.encode()

    def _columns(self) -> Mapping[str, bool]:
        ((encoding,),) = self._rows("SHOW server_encoding", {})
        if encoding != "UTF8":
            raise self._failed(
                f"its encoding is {encoding}, and only in UTF8 can the form of letters be checked"
            )
        with self._cursor() as cursor:
            source, values = self._source()
            cursor.execute(f"SELECT * FROM {source} LIMIT 0".encode(), values)  # noqa: S608 - the name is quoted
            return {column.name: column.type_code in _TEXTS for column in cursor.description or ()}

    def _source(self) -> tuple[str, Mapping[str, object]]:
        return ".".join(_quoted(part) for part in name_parts(self.relation.name)), {}


def open_postgres(url: str, relation: Relation) -> PostgresEngine:
    """Return an engine on a database; all its queries see one moment, and nothing can be written.

    Raises
    ------
    EngineMissing
        If psycopg is not installed.
    EngineFailed
        If the server does not answer within 15 seconds, or does not let us in.
    """
    try:
        import psycopg
    except ImportError:
        raise EngineMissing(engine="postgresql", extra="postgres") from None
    try:
        patience = psycopg.conninfo.conninfo_to_dict(url).get("connect_timeout", _SECONDS_TO_CONNECT)
        connection = psycopg.connect(url, client_encoding="UTF8", connect_timeout=patience)
    except psycopg.Error as error:
        reason = without_secrets(first_line(error), url)
        raise EngineFailed(engine="postgresql", table=relation.name, reason=reason) from None
    connection.isolation_level = psycopg.IsolationLevel.REPEATABLE_READ
    connection.read_only = True
    engine = PostgresEngine(connection, relation)
    engine._own, engine._url = True, url
    return engine
