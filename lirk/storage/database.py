"""The database: units of work, one writer at a time, and bringing the tables up to date.

Units of work follow each other on both databases, so that what one has read still holds when it writes:
SQLite by ``BEGIN IMMEDIATE``, PostgreSQL by an advisory lock that each transaction takes first. Reading and
then writing without it loses updates. A municipality's load is a few units of some milliseconds a second.
"""

import sqlite3
import time
from collections.abc import Iterator
from contextlib import AbstractContextManager, contextmanager
from functools import cache
from pathlib import Path

from alembic import command
from alembic.config import Config
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import URL, Connection, Engine, create_engine, event, exc, func, inspect, make_url, select
from sqlalchemy.engine.interfaces import DBAPIConnection, DBAPICursor
from sqlalchemy.pool import ConnectionPoolEntry
from sqlalchemy.schema import CreateSchema

from lirk.errors import UnusableRequest
from lirk.storage.column_types import SCHEMA
from lirk.storage.store import Store, note_writes, with_trail

#: Names LIRK's lock among the advisory locks of a PostgreSQL database; any number that stays the same.
ADVISORY_LOCK = 0x4C49524B
#: Seconds until a PostgreSQL server that does not answer is given up.
CONNECT_TIMEOUT = "10"
#: What PostgreSQL calls a lock that was waited for too long, and a right that is missing.
LOCK_NOT_AVAILABLE, INSUFFICIENT_PRIVILEGE = "55P03", "42501"


class DatabaseUnreachable(UnusableRequest):
    """The database does not answer, or not to this person: no server, no folder, a file that is none."""

    code = "database-unreachable"


class DatabaseUrlWrong(DatabaseUnreachable):
    """LIRK_DATABASE_URL names no SQLite file and no PostgreSQL database."""

    code = "database-url-wrong"


class DatabaseDriverMissing(DatabaseUnreachable):
    """PostgreSQL is wanted, and its driver is not installed."""

    code = "database-driver-missing"


class DatabaseBusy(UnusableRequest):
    """Another unit of work took longer than one is willing to wait."""

    code = "database-busy"


class DatabaseOutdated(UnusableRequest):
    """The tables are missing, or older than this LIRK."""

    code = "database-outdated"


class DatabaseNewer(UnusableRequest):
    """The tables were made by a newer LIRK."""

    code = "database-newer"


class Database:
    """A database by its SQLAlchemy URL; nothing is opened before it is needed.

    Parameters
    ----------
    url
        ``sqlite:///FILE``, or ``postgresql://…``, which psycopg 3 serves.
    patience
        Seconds to wait for another unit of work.

    Raises
    ------
    DatabaseUrlWrong, DatabaseDriverMissing
        If the URL cannot be used.
    """

    def __init__(self, url: str, *, patience: float = 30.0) -> None:
        self._url = _checked(url)
        self._engine = _engine(self._url, patience)
        note_writes(self._engine)

    @property
    def name(self) -> str:
        """The URL without its password."""
        return self._url.render_as_string(hide_password=True)

    @contextmanager
    def begin(self) -> Iterator[Store]:
        """Open one unit of work: kept at the end, undone if anything is raised.

        Raises
        ------
        WriteWithoutTrail
            At the end, if something was written and no trail entry added; nothing is kept.
        DatabaseUnreachable, DatabaseBusy
            See each.
        """
        with self._transaction() as connection, with_trail(connection):
            yield Store(connection)

    def upgrade(self) -> None:
        """Bring the tables to this LIRK's revision, in one transaction; harmless where they have it.

        Raises
        ------
        DatabaseNewer
            If they are newer; nothing is changed.
        DatabaseUnreachable, DatabaseBusy
            See each.
        """
        with self._transaction() as connection:
            if connection.dialect.name == "postgresql" and not inspect(connection).has_schema(SCHEMA):
                connection.execute(CreateSchema(SCHEMA))
            _check_known(_revision(connection))
            config = _config()
            config.attributes["connection"] = connection
            command.upgrade(config, "head")

    def revision(self) -> str | None:
        """Return the revision of the tables, or None where there are none."""
        if self._file_is_missing():
            return None
        with self._transaction() as connection:
            return _revision(connection)

    def is_current(self) -> bool:
        """Return whether the tables are this LIRK's."""
        return self.revision() == newest_revision()

    def check_current(self) -> None:
        """Refuse tables that are not this LIRK's.

        Raises
        ------
        DatabaseOutdated
            If ``lirk db upgrade`` must be run first.
        DatabaseNewer, DatabaseUnreachable, DatabaseBusy
            See each.
        """
        revision = self.revision()
        _check_known(revision)
        if revision != newest_revision():
            raise DatabaseOutdated(database=self.name)

    def dispose(self) -> None:
        """Close every connection."""
        self._engine.dispose()

    @contextmanager
    def _transaction(self) -> Iterator[Connection]:
        """Open one transaction; trouble with the database gets LIRK's own errors."""
        try:
            with self._connection() as connection, connection.begin():
                yield connection
        except (exc.DBAPIError, exc.TimeoutError) as error:
            if _is_busy(error):
                raise DatabaseBusy(database=self.name) from error
            if _is_trouble(error):
                raise DatabaseUnreachable(database=self.name, reason=_reason(error)) from error
            raise

    def _connection(self) -> AbstractContextManager[Connection]:
        try:
            return self._engine.connect()
        except (exc.ProgrammingError, exc.ArgumentError, TypeError, ValueError) as error:
            # Options after the question mark are only understood, or not, when a connection is made.
            raise DatabaseUrlWrong from error

    def _file_is_missing(self) -> bool:
        """Return whether a look at the database would make an empty file."""
        file = self._url.database
        if self._url.get_backend_name() != "sqlite" or not file or "uri" in self._url.query:
            return False
        return file != ":memory:" and not Path(file).exists()


def open_database(url: str) -> Database:
    """Return a database that is ready for units of work.

    Raises
    ------
    DatabaseOutdated
        If ``lirk db upgrade`` must be run first.
    DatabaseNewer, DatabaseUnreachable, DatabaseBusy
        See each.
    """
    database = Database(url)
    try:
        database.check_current()
    except BaseException:
        database.dispose()
        raise
    return database


@cache
def newest_revision() -> str:
    """Return the revision that this LIRK's tables have."""
    head = ScriptDirectory.from_config(_config()).get_current_head()
    if head is None:
        raise LookupError("the migrations are missing from the installation")
    return head


def _config() -> Config:
    config = Config()
    config.set_main_option("script_location", "lirk.storage:migrations")
    return config


def _revision(connection: Connection) -> str | None:
    return MigrationContext.configure(connection).get_current_revision()


def _check_known(revision: str | None) -> None:
    if revision is not None and revision not in _revisions():
        raise DatabaseNewer(revision=revision)


@cache
def _revisions() -> frozenset[str]:
    return frozenset(script.revision for script in ScriptDirectory.from_config(_config()).walk_revisions())


def _checked(url: str) -> URL:
    try:
        parsed = make_url(url)
    except (exc.ArgumentError, ValueError):
        # The reason would repeat the URL, and with it the password.
        raise DatabaseUrlWrong from None
    drivers = {
        "sqlite": "sqlite",
        "sqlite+pysqlite": "sqlite",
        "postgres": "postgresql+psycopg",
        "postgresql": "postgresql+psycopg",
        "postgresql+psycopg": "postgresql+psycopg",
    }
    is_sqlite = parsed.get_backend_name() == "sqlite"
    # SQLite itself takes options with uri=true only; without it they would be dropped with a warning.
    dropped = is_sqlite and parsed.query and "uri" not in parsed.query
    if parsed.drivername not in drivers or dropped or (is_sqlite and parsed.host):
        raise DatabaseUrlWrong
    return parsed.set(drivername=drivers[parsed.drivername])


def _engine(url: URL, patience: float) -> Engine:
    if url.get_backend_name() == "sqlite":
        return _sqlite_engine(url, patience)
    return _postgresql_engine(url, patience)


def _sqlite_engine(url: URL, patience: float) -> Engine:
    engine = create_engine(url, pool_timeout=patience)
    pragmas = (
        f"busy_timeout={round(patience * 1000)}",
        "synchronous=FULL",
        "foreign_keys=ON",
        # Without it INSERT OR REPLACE walks past the triggers against deletion.
        "recursive_triggers=ON",
        # What is deleted, as a register after its draw, does not stay in the file's free pages.
        "secure_delete=ON",
    )

    @event.listens_for(engine, "connect")
    def connected(connection: DBAPIConnection, _: ConnectionPoolEntry) -> None:
        # sqlite3 shall not begin transactions by itself: it would begin them too late.
        connection.isolation_level = None
        for pragma in pragmas:
            connection.cursor().execute(f"PRAGMA {pragma}")
        _into_wal(connection.cursor(), patience)

    @event.listens_for(engine, "begin")
    def begun(connection: Connection) -> None:
        connection.exec_driver_sql("BEGIN IMMEDIATE")

    return engine


def _into_wal(cursor: DBAPICursor, patience: float) -> None:
    """Switch a file to a log of its own; SQLite waits for nobody else who is doing so, whatever its patience."""
    end = time.monotonic() + patience
    while True:
        try:
            cursor.execute("PRAGMA journal_mode=WAL")
        except sqlite3.OperationalError as error:
            if error.sqlite_errorcode & 0xFF != sqlite3.SQLITE_BUSY or time.monotonic() > end:
                raise
            time.sleep(0.02)
        else:
            return


def _postgresql_engine(url: URL, patience: float) -> Engine:
    # A server behind a closed firewall never answers: give it up, unless the URL says how long to wait.
    address = url.set(query={"connect_timeout": CONNECT_TIMEOUT, **url.query})
    try:
        engine = create_engine(address, pool_timeout=patience, pool_pre_ping=True)
    except ImportError as error:
        raise DatabaseDriverMissing(reason=str(error)) from error

    @event.listens_for(engine, "connect", insert=True)
    def connected(connection: DBAPIConnection, _: ConnectionPoolEntry) -> None:
        connection.cursor().execute(f"SET SESSION search_path = {SCHEMA}")
        connection.cursor().execute(f"SET SESSION lock_timeout = {round(patience * 1000)}")
        connection.commit()

    @event.listens_for(engine, "begin")
    def begun(connection: Connection) -> None:
        connection.execute(select(func.pg_advisory_xact_lock(ADVISORY_LOCK)))

    return engine


def _is_busy(error: exc.DBAPIError | exc.TimeoutError) -> bool:
    """Return whether the wait for another unit of work was given up."""
    if isinstance(error, exc.TimeoutError):
        return True
    # The low byte is the error, the rest says which kind of it.
    primary = getattr(error.orig, "sqlite_errorcode", 0) & 0xFF
    return primary == sqlite3.SQLITE_BUSY or _sqlstate(error) == LOCK_NOT_AVAILABLE


def _is_trouble(error: exc.SQLAlchemyError) -> bool:
    """Return whether the database itself is to blame: not what was asked of it, as in a broken constraint."""
    # sqlite3 tells of a file that is no database by the general error, and no other.
    general = type(error) is exc.DatabaseError and isinstance(error.orig, sqlite3.Error)
    forbidden = isinstance(error, exc.DBAPIError) and _sqlstate(error) == INSUFFICIENT_PRIVILEGE
    return general or forbidden or isinstance(error, exc.OperationalError | exc.InterfaceError)


def _sqlstate(error: exc.DBAPIError) -> str | None:
    state = getattr(error.orig, "sqlstate", None)
    return state if isinstance(state, str) else None


def _reason(error: exc.DBAPIError | exc.TimeoutError) -> str:
    original = getattr(error, "orig", None) or error
    return " ".join(str(original).split())
