"""DuckDB: a table or view of a database file, a Parquet or CSV file, or a connection handed in."""

from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import TYPE_CHECKING, ClassVar

from sampling.engines.dialect import Dialect, double_quoted, first_line, name_parts
from sampling.engines.sql import Row, SqlEngine
from sampling.engines.table import Relation
from sampling.errors import EngineFailed, EngineMissing

if TYPE_CHECKING:
    import duckdb

_ROWS_AT_ONCE = 50_000
#: Files that are a table themselves, and what reads them.
FILES = {".parquet": "read_parquet({})", ".csv": "read_csv({}, all_varchar = true, header = true)"}


def _table(text: str, shape: Mapping[str, str]) -> str:
    types = {"int": "BIGINT", "text": "VARCHAR"}
    columns = ", ".join(f'"{name}": "{types[kind]}"' for name, kind in shape.items())
    return f"(SELECT unnest(from_json({text}, '[{{{columns}}}]'), recursive := true))"


class DuckdbEngine(SqlEngine):
    """Draws in DuckDB.

    Parameters
    ----------
    connection
        Stays open, and is nobody else's while the engine is used.
    relation
        A table or view that the connection knows, or the path of a ``.parquet`` or ``.csv`` file.
    """

    name: ClassVar[str] = "duckdb"
    dialect: ClassVar[Dialect] = Dialect(
        quoted=double_quoted,
        parameter=lambda name: f"${name}::VARCHAR",
        text=lambda value: f"CAST({value} AS VARCHAR)",
        bytewise=lambda text: f"({text} COLLATE C)",
        sha256=lambda text: f"sha256({text})",
        hash64=lambda text: f"hash({text})",
        lower=lambda text: f"lower({text})",
        octets=lambda text: f"strlen({text})",
        matches=lambda text, pattern: f"regexp_matches({text}, {pattern})",
        not_nfc=lambda text: f"{text} <> nfc_normalize({text})",
        table=_table,
        joined=lambda text: f"string_agg({text}, '' ORDER BY place, case_id)",
    )

    def __init__(self, connection: "duckdb.DuckDBPyConnection", relation: Relation) -> None:
        super().__init__(connection, relation)

    def close(self) -> None:
        """Close the connection if it was opened here."""
        if self._own:
            self._connection.close()

    def _rows(self, query: str, values: Mapping[str, object]) -> list[Row]:
        import duckdb

        try:
            return list(self._connection.execute(query, dict(values)).fetchall())
        except duckdb.Error as error:
            raise self._failed(first_line(error)) from None

    def _blocks(self, query: str, values: Mapping[str, object]) -> Iterator[bytes]:
        import duckdb

        try:
            lines = self._connection.execute(query, dict(values))
            while rows := lines.fetchmany(_ROWS_AT_ONCE):
                yield "".join(line for (line,) in rows).encode()
        except duckdb.Error as error:
            raise self._failed(first_line(error)) from None

    def _columns(self) -> Mapping[str, bool]:
        source, values = self._source()
        rows = self._rows(f"DESCRIBE SELECT * FROM {source}", values)  # noqa: S608 - the name is quoted
        return {row[0]: row[1] == "VARCHAR" for row in rows}

    def _source(self) -> tuple[str, Mapping[str, object]]:
        reader = FILES.get(Path(self.relation.name).suffix.lower())
        if reader:
            return reader.format("$file::VARCHAR"), {"file": self.relation.name}
        return ".".join(double_quoted(part) for part in name_parts(self.relation.name)), {}


def open_duckdb(path: str | None, relation: Relation) -> DuckdbEngine:
    """Return an engine on a database file, which is only read; without one, on the relation's own file.

    Raises
    ------
    EngineMissing
        If DuckDB is not installed.
    EngineFailed
        If the file cannot be opened.
    """
    try:
        import duckdb
    except ImportError:
        raise EngineMissing(engine="duckdb", extra="duckdb") from None
    try:
        connection = duckdb.connect(path, read_only=True) if path else duckdb.connect()
    except duckdb.Error as error:
        raise EngineFailed(engine="duckdb", table=relation.name, reason=first_line(error)) from None
    engine = DuckdbEngine(connection, relation)
    engine._own = True
    return engine
