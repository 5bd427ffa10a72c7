"""Spark: a table or view of its catalogue, or a Parquet or CSV file that its workers can read."""

import os
import socket
import sys
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from hashlib import sha256
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING, ClassVar

from sampling.engines.dialect import Dialect, first_line, name_parts
from sampling.engines.sql import Row, SqlEngine
from sampling.engines.table import Relation
from sampling.errors import EngineFailed, EngineMissing
from sampling.frame import FrameProblem, visible

if TYPE_CHECKING:
    from pyspark.sql import DataFrame, SparkSession

_ROWS_AT_ONCE = 10_000
_SECONDS_TO_CONNECT = 15
#: A text is in NFC if no sign of it is U+0300 or beyond (Unicode Standard Annex 15, 9: quick check).
_PERHAPS_NOT_NFC = "[^\\x{0000}-\\x{02ff}]"
_LOG = Path(__file__).with_name("log4j2.properties").as_uri()
_QUIET = {
    "spark.log.level": "ERROR",
    "spark.ui.enabled": "false",
    "spark.ui.showConsoleProgress": "false",
    "spark.sql.shuffle.partitions": "8",
    "spark.sql.session.timeZone": "UTC",
    "spark.driver.extraJavaOptions": f"-Dlog4j2.configurationFile={_LOG}",
}
_LOCAL = {"spark.driver.host": "localhost", "spark.driver.bindAddress": "127.0.0.1"}


def _quoted(name: str) -> str:
    return "`" + name.replace("`", "``") + "`"


def _table(text: str, shape: Mapping[str, str]) -> str:
    types = {"int": "bigint", "text": "string"}
    columns = ", ".join(f"{name}: {types[kind]}" for name, kind in shape.items())
    return f"(SELECT inline(from_json({text}, 'array<struct<{columns}>>')))"


def _joined(text: str) -> str:
    rows = f"array_sort(collect_list(struct(place, case_id, {text} AS line)))"
    return f"array_join(transform({rows}, row -> row.line), '')"


class SparkEngine(SqlEngine):
    """Draws in Spark.

    Spark has no word for NFC: numbers with signs beyond U+02FF, if there are any, are looked at by a small
    Python function in its workers, so these need Python, and no number leaves them.

    Parameters
    ----------
    session
        Stays open.
    relation
        A table or view that the session knows, or the path of a ``.parquet`` or ``.csv`` file.
    """

    name: ClassVar[str] = "spark"
    dialect: ClassVar[Dialect] = Dialect(
        quoted=_quoted,
        parameter=lambda name: f":{name}",
        text=lambda value: f"CAST({value} AS STRING)",
        # Spark compares texts by their bytes, unless a column says otherwise, and such a one is not taken.
        bytewise=lambda text: text,
        sha256=lambda text: f"sha2({text}, 256)",
        hash64=lambda text: f"xxhash64({text})",
        lower=lambda text: f"lower({text})",
        octets=lambda text: f"octet_length({text})",
        matches=lambda text, pattern: f"({text} RLIKE {pattern})",
        not_nfc=None,
        table=_table,
        joined=_joined,
    )

    def __init__(self, session: "SparkSession", relation: Relation) -> None:
        super().__init__(session, relation)
        # The same for the same file, so that engines over one session share it.
        self._view = f"lirk_{sha256(relation.name.encode()).hexdigest()}"

    def close(self) -> None:
        """Forget the file, and end the session if it was begun here."""
        self._connection.catalog.dropTempView(self._view)
        if self._own:
            self._connection.stop()

    @contextmanager
    def _errors(self) -> Iterator[None]:
        from py4j.protocol import Py4JError
        from pyspark.errors import PySparkException
        from pyspark.logger import PySparkLogger

        # It would print with its stack what is told by the error.
        log = PySparkLogger.getLogger("SQLQueryContextLogger")
        was, log.disabled = log.disabled, True
        try:
            yield
        except (PySparkException, Py4JError) as error:
            raise self._failed(_said(error)) from None
        finally:
            log.disabled = was

    def _query(self, query: str, values: Mapping[str, object]) -> "DataFrame":
        frame: DataFrame = self._connection.sql(query, args=dict(values))
        return frame

    def _rows(self, query: str, values: Mapping[str, object]) -> list[Row]:
        with self._errors():
            return [tuple(row) for row in self._query(query, values).collect()]

    def _blocks(self, query: str, values: Mapping[str, object]) -> Iterator[bytes]:
        with self._errors():
            lines = (line for (line,) in self._query(query, values).toLocalIterator())
            while block := "".join(islice(lines, _ROWS_AT_ONCE)):
                yield block.encode()

    def _columns(self) -> Mapping[str, bool]:
        source, values = self._source()
        with self._errors():
            fields = self._query(f"SELECT * FROM {source} LIMIT 0", values).schema.fields  # noqa: S608 - the name is quoted
        types = {field.name: field.dataType.simpleString() for field in fields}
        period = self.relation.period
        if period and types.get(period.column) == "timestamp":
            # Its day would be that of the session's time zone.
            raise self._failed(
                f"the column {period.column!r} is a time with a zone, and its day is not certain"
            )
        return {name: kind == "string" for name, kind in types.items()}

    def _source(self) -> tuple[str, Mapping[str, object]]:
        kind = Path(self.relation.name).suffix.lower()
        if kind not in {".parquet", ".csv"}:
            return ".".join(_quoted(part) for part in name_parts(self.relation.name)), {}
        with self._errors():
            read, name = self._connection.read, self.relation.name
            if Path(name).exists():
                # Java stays in the folder in which it was started.
                name = str(Path(name).absolute())
            file = read.parquet(name) if kind == ".parquet" else read.csv(name, header=True, escape='"')
            file.createOrReplaceTempView(self._view)
        return self._view, {}

    def _broken_beside_sql(self) -> Iterator[tuple[int, FrameProblem]]:
        suspects = "SELECT case_id FROM lirk_frame WHERE case_id RLIKE :suspect"
        query, values = self._queries.of_frame(suspects, self._labels(), suspect=_PERHAPS_NOT_NFC)
        with self._errors():
            from pyspark.sql import functions

            found = self._query(query, values)
            if found.isEmpty():
                return
            not_nfc = functions.udf(_not_nfc(), "boolean", useArrow=False)
            odd = found.filter(not_nfc("case_id")).agg(functions.count("*"), functions.min("case_id"))
            ((count, first),) = odd.collect()
        if count:
            yield int(count), FrameProblem("frame-id-not-nfc", {"case_id": visible(first)})


def _not_nfc() -> Callable[[str], bool]:
    """Return a function that can be sent to workers which do not have this package."""

    def not_nfc(text: str) -> bool:
        import unicodedata

        return not unicodedata.is_normalized("NFC", text)

    return not_nfc


def open_spark(master: str, relation: Relation) -> SparkEngine:
    """Return an engine on a cluster (``spark://host:7077``) or on this machine (``local[*]``).

    Raises
    ------
    EngineMissing
        If PySpark or the Java that it needs is not installed.
    EngineFailed
        If the cluster does not answer.
    """
    try:
        from py4j.protocol import Py4JError
        from pyspark.errors import PySparkException
        from pyspark.sql import SparkSession
    except ImportError:
        raise EngineMissing(engine="spark", extra="spark") from None
    if master.startswith("spark://"):
        _require_answer(master, relation)
    running = SparkSession.getActiveSession()
    try:
        session = running or begin_session(master)
    except (PySparkException, Py4JError) as error:
        raise EngineFailed(engine="spark", table=relation.name, reason=_said(error)) from None
    engine = SparkEngine(session, relation)
    engine._own = running is None
    return engine


def begin_session(master: str) -> "SparkSession":
    """Return a new session that says only what goes wrong; on this machine seen from nowhere else."""
    from pyspark.sql import SparkSession

    local = master.startswith("local")
    if local:
        os.environ.setdefault("PYSPARK_PYTHON", sys.executable)
    builder = SparkSession.builder.master(master).appName("lirk")
    for name, value in (_QUIET | _LOCAL if local else _QUIET).items():
        builder = builder.config(name, value)
    return builder.getOrCreate()


def _require_answer(master: str, relation: Relation) -> None:
    """Refuse a cluster that nobody answers for at once; Spark itself would try for a minute."""
    host, _, port = master.removeprefix("spark://").partition(",")[0].rpartition(":")
    try:
        socket.create_connection((host, int(port)), timeout=_SECONDS_TO_CONNECT).close()
    except (OSError, ValueError) as error:
        raise EngineFailed(engine="spark", table=relation.name, reason=str(error)) from None


def _said(error: Exception) -> str:
    java = getattr(error, "java_exception", None)
    return first_line(Exception(java.getMessage())) if java is not None else first_line(error)
