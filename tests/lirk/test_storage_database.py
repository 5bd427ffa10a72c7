"""Opening a database, and what a unit of work promises."""

import sqlite3
import sys
import threading

import pytest
from sqlalchemy import Engine, event, make_url
from stored import add_round

from lirk.domain.rounds import RoundState
from lirk.errors import NotFound, UnusableRequest
from lirk.storage.database import (
    Database,
    DatabaseBusy,
    DatabaseDriverMissing,
    DatabaseNewer,
    DatabaseOutdated,
    DatabaseUnreachable,
    DatabaseUrlWrong,
    open_database,
)
from lirk.wording import Wording


def keep_round(store, now, key="2026-2"):
    round_ = add_round(store, now, key)
    store.trail.add("round-made", actor_id=None, at=now, round=key)
    return round_


class TestBegin:
    def test_what_was_written_is_kept_at_the_end(self, database, now):
        with database.begin() as store:
            keep_round(store, now)
        with database.begin() as store:
            assert [one.key for one in store.rounds.all()] == ["2026-2"]

    def test_nothing_is_kept_if_anything_is_raised(self, database, now):
        with pytest.raises(NotFound), database.begin() as store:
            store.rounds.set_state(keep_round(store, now).id + 1, RoundState.CLOSED)
        with database.begin() as store:
            assert (store.rounds.all(), store.trail.entries()) == ((), ())

    def test_a_unit_sees_its_own_writes(self, database, now):
        with database.begin() as store:
            keep_round(store, now)
            assert store.rounds.find("2026-2") is not None

    def test_a_broken_constraint_leaves_the_database_usable(self, database, now):
        with database.begin() as store:
            keep_round(store, now)
        with pytest.raises(Exception, match=r"uq_round_key|round\.key"), database.begin() as store:
            keep_round(store, now)
        with database.begin() as store:
            keep_round(store, now, "2026-3")

    def test_one_that_waits_too_long_is_told_so_and_may_try_again(self, database, database_url, now):
        impatient = Database(database_url, patience=0.05)
        with database.begin() as store:
            keep_round(store, now)
            with pytest.raises(DatabaseBusy), impatient.begin():
                pass
        with impatient.begin() as store:
            assert len(store.rounds.all()) == 1
        impatient.dispose()

    def test_one_that_waits_sees_what_the_other_wrote(self, database, now):
        seen = []

        def look():
            with database.begin() as store:
                seen.extend(store.rounds.all())

        with database.begin() as store:
            other = threading.Thread(target=look)
            other.start()
            other.join(0.1)
            assert other.is_alive()
            keep_round(store, now)
        other.join()
        assert [one.key for one in seen] == ["2026-2"]


class TestConnections:
    @pytest.mark.parametrize(
        ("pragma", "value"),
        [
            pytest.param("journal_mode", "wal", id="journal_mode"),
            pytest.param("foreign_keys", 1, id="foreign_keys"),
            pytest.param("busy_timeout", 30000, id="busy_timeout"),
            pytest.param("synchronous", 2, id="synchronous is FULL"),
            pytest.param("recursive_triggers", 1, id="recursive_triggers"),
        ],
    )
    def test_sqlite(self, sqlite_url, pragma, value):
        found = []

        @event.listens_for(Engine, "commit")
        def ask(connection):
            found.append(connection.exec_driver_sql(f"PRAGMA {pragma}").scalar())

        database = Database(sqlite_url)
        try:
            database.upgrade()
        finally:
            event.remove(Engine, "commit", ask)
            database.dispose()
        assert found == [value]

    def test_every_unit_of_work_begins_immediate_on_sqlite(self, sqlite_url, statements):
        database = Database(sqlite_url)
        database.upgrade()
        with statements() as sent, database.begin():
            pass
        assert sent == ["BEGIN IMMEDIATE"]
        database.dispose()


class TestName:
    def test_holds_no_password(self):
        database = Database("postgresql://lirk:hemmeligt@db.example/lirk")
        assert database.name == "postgresql+psycopg://lirk:***@db.example/lirk"
        database.dispose()


class TestOpenDatabase:
    def test_a_ready_database_is_opened(self, database, database_url, now):
        opened = open_database(database_url)
        with opened.begin() as store:
            keep_round(store, now)
        opened.dispose()

    def test_a_database_without_tables_is_outdated(self, database_url):
        with pytest.raises(DatabaseOutdated) as caught:
            open_database(database_url)
        assert "lirk db upgrade" in Wording().sentence(caught.value)

    def test_a_database_of_a_newer_lirk(self, sqlite_url):
        Database(sqlite_url).upgrade()
        connection = sqlite3.connect(make_url(sqlite_url).database)
        connection.execute("UPDATE alembic_version SET version_num = '9999'")
        connection.commit()
        connection.close()
        with pytest.raises(DatabaseNewer):
            open_database(sqlite_url)

    def test_a_look_at_a_missing_file_makes_none(self, tmp_path):
        with pytest.raises(DatabaseOutdated):
            open_database(f"sqlite:///{tmp_path / 'missing.sqlite'}")
        assert list(tmp_path.iterdir()) == []

    @pytest.mark.parametrize(
        "url",
        [
            pytest.param("", id="nothing"),
            pytest.param("lirk.sqlite", id="a file name"),
            pytest.param("sqlite://lirk.sqlite", id="a slash too few"),
            pytest.param("mysql://user@server/lirk", id="another database"),
            pytest.param("postgresql+asyncpg://user@server/lirk", id="another driver"),
            pytest.param("postgresql://user:hemmeligt@server:port/lirk", id="a port that is no number"),
            pytest.param("sqlite:///lirk.sqlite?colour=blue", id="an option without uri=true"),
            pytest.param(
                "postgresql://127.0.0.1:1/lirk?colour=blue", id="an option PostgreSQL does not know"
            ),
        ],
    )
    def test_a_url_that_cannot_be_used(self, url):
        with pytest.raises(DatabaseUrlWrong) as caught:
            open_database(url)
        assert "LIRK_DATABASE_URL" in Wording().sentence(caught.value)
        assert "hemmeligt" not in repr(caught.value)

    @pytest.mark.parametrize(
        "url",
        [
            pytest.param("sqlite:///{folder}", id="a folder"),
            pytest.param("sqlite:///{folder}/text.txt", id="a file that is no database"),
            pytest.param("postgresql://lirk:hemmeligt@127.0.0.1:1/lirk", id="no server"),
            pytest.param("postgresql:///lirk?host={folder}", id="no socket"),
        ],
    )
    def test_a_database_that_does_not_answer(self, tmp_path, url):
        (tmp_path / "text.txt").write_text("Dette er ikke en database.\n" * 100)
        with pytest.raises(DatabaseUnreachable) as caught:
            open_database(url.format(folder=tmp_path))
        assert caught.value.code == "database-unreachable"
        assert "hemmeligt" not in Wording().sentence(caught.value)

    def test_a_read_only_file_can_be_read_and_not_written(self, sqlite_url, now):
        made = Database(sqlite_url)
        made.upgrade()
        made.dispose()
        opened = open_database(sqlite_url.replace("sqlite:///", "sqlite:///file:") + "?mode=ro&uri=true")
        with opened.begin() as store:
            assert store.rounds.all() == ()
        with pytest.raises(DatabaseUnreachable) as caught, opened.begin() as store:
            keep_round(store, now)
        opened.dispose()
        assert "readonly" in str(caught.value.values["reason"])

    def test_a_folder_that_is_not_there(self, tmp_path):
        database = Database(f"sqlite:///{tmp_path}/missing/lirk.sqlite")
        with pytest.raises(DatabaseUnreachable, match="database-unreachable"):
            database.upgrade()

    def test_a_database_that_is_not_there_on_the_server(self, postgres_url):
        with pytest.raises(DatabaseUnreachable) as caught:
            open_database(make_url(postgres_url).set(database="ukendt").render_as_string(hide_password=False))
        assert "ukendt" in str(caught.value.values["reason"])

    def test_a_missing_driver(self, monkeypatch):
        monkeypatch.setitem(sys.modules, "psycopg", None)
        with pytest.raises(DatabaseDriverMissing) as caught:
            open_database("postgresql://server/lirk")
        assert "lirk[postgres]" in Wording().sentence(caught.value)

    @pytest.mark.parametrize("language", ["da", "en"])
    @pytest.mark.parametrize(
        "error",
        [
            DatabaseUnreachable(database="sqlite:///x", reason="?"),
            DatabaseUrlWrong(),
            DatabaseDriverMissing(reason="?"),
            DatabaseBusy(database="sqlite:///x"),
            DatabaseOutdated(database="sqlite:///x"),
            DatabaseNewer(revision="9999"),
        ],
        ids=lambda error: error.code,
    )
    def test_every_error_has_a_sentence(self, error, language):
        assert isinstance(error, UnusableRequest)
        assert len(Wording(language).sentence(error)) > 40
