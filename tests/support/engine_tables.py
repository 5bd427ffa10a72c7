"""One register in every engine: the same rows as a frame, a DuckDB table, a PostgreSQL table, a Spark view."""

import uuid
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace

import duckdb
import polars as pl
import psycopg
import pytest

from sampling.engines import Relation
from sampling.engines.dialect import double_quoted
from sampling.engines.duckdb_engine import DuckdbEngine
from sampling.engines.polars_engine import PolarsEngine
from sampling.engines.postgres_engine import PostgresEngine
from sampling.engines.reference import ReferenceEngine
from sampling.engines.spark_engine import SparkEngine
from sampling.frame import stratify

SQL = ("duckdb", "postgresql", pytest.param("spark", marks=pytest.mark.xdist_group("spark")))
EVERY = ("reference", "polars", *SQL)


@contextmanager
def engine_of(request, name: str, frame: pl.DataFrame, **columns: object) -> Iterator[object]:
    """An engine that has the rows of a frame, all of its columns text.

    Parameters
    ----------
    request
        Of pytest, for the fixtures ``postgres_database`` and ``spark``.
    name
        Of the engine.
    frame
        The rows.
    columns
        What the relation says beside its name.
    """
    relation = Relation(name="register", **columns)
    if name in {"reference", "polars"}:
        yield {"reference": ReferenceEngine, "polars": PolarsEngine}[name](_framed(frame, relation))
        return
    made: Callable[..., object] = {"duckdb": _duckdb, "postgresql": _postgres, "spark": _spark}[name]
    with made(request, frame, relation) as engine:
        yield engine


def _framed(frame: pl.DataFrame, relation: Relation) -> pl.DataFrame:
    named = frame.with_columns(pl.col(relation.case_id).alias("case_id"))
    if relation.strata != ("stratum",):
        named = stratify(named, relation.strata)
    return named.select("case_id", "stratum").filter(
        ~pl.col("case_id").is_in(list(relation.exclude)) | pl.col("case_id").is_null()
    )


def _named(names, kind):
    return ", ".join(f"{double_quoted(name)} {kind}" for name in names)


@contextmanager
def _duckdb(_, frame, relation):
    with duckdb.connect() as connection:
        connection.execute(f"CREATE TABLE register ({_named(frame.columns, 'VARCHAR')})")
        places = ", ".join("?" for _ in frame.columns)
        if frame.height:
            connection.executemany(f"INSERT INTO register VALUES ({places})", frame.rows())  # noqa: S608
        with DuckdbEngine(connection, relation) as engine:
            yield engine


@contextmanager
def _postgres(request, frame, relation):
    url = request.getfixturevalue("postgres_database")
    with psycopg.connect(url) as connection, connection.cursor() as cursor:
        # Temporary, so that it is gone with the connection.
        cursor.execute(f"CREATE TEMPORARY TABLE register ({_named(frame.columns, 'text')})")
        with cursor.copy("COPY register FROM STDIN") as copy:
            for row in frame.iter_rows():
                copy.write_row(row)
        with PostgresEngine(connection, relation) as engine:
            yield engine


@contextmanager
def _spark(request, frame, relation):
    session = request.getfixturevalue("spark")
    file = request.getfixturevalue("tmp_path") / f"{uuid.uuid4().hex}.parquet"
    frame.write_parquet(file)
    with SparkEngine(session, replace(relation, name=str(file))) as engine:
        yield engine
