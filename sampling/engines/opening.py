"""Which engine reads a register, by its address."""

from dataclasses import replace
from pathlib import Path

from sampling.engines.addresses import shown
from sampling.engines.duckdb_engine import FILES, open_duckdb
from sampling.engines.postgres_engine import open_postgres
from sampling.engines.spark_engine import open_spark
from sampling.engines.sql import SqlEngine
from sampling.engines.table import Relation
from sampling.errors import EngineFailed, EngineUnknown

#: How addresses look, for whoever has written another one.
ADDRESSES = (
    "postgresql://user@host/database",
    "duckdb:///folder/file.duckdb",
    "file.duckdb",
    "file.parquet",
    "file.csv",
    "spark://host:7077",
    "local[*]",
)
_POSTGRES = ("postgresql://", "postgres://", "postgresql+psycopg://")
_DATABASES = {".duckdb", ".ddb", ".db"}


def open_engine(address: str, relation: Relation) -> SqlEngine:
    """Return the engine for a register, connected; use it in ``with``, which ends the connection.

    Parameters
    ----------
    address
        ``postgresql://user:password@host/database``; ``duckdb:///folder/file.duckdb`` or the path of a DuckDB
        database; ``duckdb://`` or the path of a Parquet or CSV file, which DuckDB reads; ``spark://host:7077``,
        or ``local[*]`` for Spark on this machine.
    relation
        The table, or for ``duckdb://`` and Spark a Parquet or CSV file. Where the address is itself such a
        file, the relation's name may be left empty.

    Raises
    ------
    EngineUnknown
        If the address is none of these.
    EngineMissing
        If the engine's library is not installed.
    EngineFailed
        If it does not answer. That the table is not there is told by the first question.
    """
    if address.startswith(_POSTGRES):
        return open_postgres(address.replace("postgresql+psycopg://", "postgresql://", 1), relation)
    if address.startswith(("spark://", "local[")) or address == "local":
        return open_spark(address, relation)
    kind = Path(address).suffix.lower()
    if kind in FILES and "://" not in address:
        if relation.name not in {"", address}:
            raise EngineFailed(engine="duckdb", table=relation.name, reason=f"{address} is one table itself")
        return open_duckdb(None, replace(relation, name=address))
    if address.startswith("duckdb://") or (kind in _DATABASES and "://" not in address):
        return open_duckdb(_database_file(address), relation)
    raise EngineUnknown(address=shown(address), known=", ".join(ADDRESSES))


def _database_file(address: str) -> str | None:
    """Return the path in an address; as elsewhere, three slashes are for a relative one and four not.

    Who writes three slashes before a path from the root, where no relative one is meant, is understood.
    """
    if "://" not in address:
        return address
    path = address.removeprefix("duckdb://").removeprefix("/")
    if not Path(path).exists() and Path(f"/{path}").exists():
        return f"/{path}"
    return path or None
