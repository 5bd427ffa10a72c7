"""The tables as the migrations make them."""

import sqlite3
import threading
from datetime import date

import pytest
from alembic import command
from alembic.autogenerate import compare_metadata
from alembic.config import Config
from alembic.runtime.migration import MigrationContext
from sqlalchemy import create_engine, event, inspect, make_url, text
from sqlalchemy.exc import IntegrityError

from lirk.domain.checklist_versions import Standing
from lirk.storage.column_types import SCHEMA, metadata
from lirk.storage.database import Database, DatabaseNewer, DatabaseUnreachable, newest_revision
from lirk.storage.migrating import MIGRATION_OPTIONS


@pytest.fixture
def engine(database_url):
    """The database as somebody else's program opens it, with LIRK's schema first."""
    engine = create_engine(database_url.replace("postgresql:", "postgresql+psycopg:"))
    if engine.dialect.name == "postgresql":

        @event.listens_for(engine, "connect", insert=True)
        def set_schema(connection, _):
            connection.execute(f"SET SESSION search_path = {SCHEMA}")
            connection.commit()

    yield engine
    engine.dispose()


DEFINITIONS = """
    SELECT table_name, column_name, data_type, is_nullable, collation_name, is_identity
    FROM information_schema.columns
    WHERE table_schema = 'lirk' AND table_name <> 'alembic_version' ORDER BY table_name, ordinal_position;
    SELECT conrelid::regclass::text, conname, pg_get_constraintdef(oid) FROM pg_constraint
    WHERE connamespace = 'lirk'::regnamespace AND conname NOT LIKE 'alembic%%' ORDER BY 1, 2;
    SELECT indexdef FROM pg_indexes
    WHERE schemaname = 'lirk' AND tablename <> 'alembic_version' ORDER BY 1
"""


def definitions(connection):
    """What PostgreSQL knows of each column, constraint and index."""
    queries = DEFINITIONS.split(";")
    return [tuple(row) for query in queries for row in connection.exec_driver_sql(query)]


def parts_of(statement):
    """A statement at its outermost commas: a column that was added later stands at the end, on the same line."""
    depth, parts = 0, [""]
    for sign in statement.replace("\n", " ").replace("\t", " "):
        depth += (sign == "(") - (sign == ")")
        if (sign == "," and depth == 1) or (sign == "(" and depth == 1) or (sign == ")" and depth == 0):
            parts.append("")
        else:
            parts[-1] += sign
    return [" ".join(part.split()) for part in parts]


def tables_in(file):
    """The statements that a SQLite file was made with; the parts of a table in any order."""
    connection = sqlite3.connect(file)
    made = connection.execute("SELECT name, sql FROM sqlite_master WHERE type <> 'trigger'").fetchall()
    connection.close()
    return {name: sorted(parts_of(sql or "")) for name, sql in made if "alembic" not in name}


class TestTablesAndMigrations:
    def test_alembic_finds_no_difference(self, database, engine):
        with engine.connect() as connection:
            context = MigrationContext.configure(connection, opts=dict(MIGRATION_OPTIONS))
            assert compare_metadata(context, metadata) == []

    def test_the_files_are_the_same_on_sqlite_word_for_word(self, sqlite_url, tmp_path):
        upgraded = Database(sqlite_url)
        upgraded.upgrade()
        upgraded.dispose()
        made = create_engine(f"sqlite:///{tmp_path / 'made.sqlite'}")
        metadata.create_all(made)
        made.dispose()
        assert tables_in(tmp_path / "lirk.sqlite") == tables_in(tmp_path / "made.sqlite")

    @pytest.mark.parametrize("database_url", ["postgres"], indirect=True)
    def test_columns_constraints_and_indexes_are_the_same_on_postgresql(self, database, engine):
        with engine.begin() as connection:
            migrated = definitions(connection)
            connection.execute(text(f"DROP SCHEMA {SCHEMA} CASCADE"))
            connection.execute(text(f"CREATE SCHEMA {SCHEMA}"))
            metadata.create_all(connection)
            assert definitions(connection) == migrated

    def test_autogenerate_leaves_the_tables_of_others_alone(self, database, engine):
        with engine.begin() as connection:
            connection.execute(text("CREATE TABLE somebody_elses (id integer PRIMARY KEY)"))
            context = MigrationContext.configure(connection, opts=dict(MIGRATION_OPTIONS))
            assert compare_metadata(context, metadata) == []

    def test_a_missing_column_would_be_found(self, database, engine):
        with engine.begin() as connection:
            connection.execute(text("ALTER TABLE drawn_case DROP COLUMN link"))
            context = MigrationContext.configure(connection, opts=dict(MIGRATION_OPTIONS))
            assert [difference[0] for difference in compare_metadata(context, metadata)] == ["add_column"]

    @pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
    def test_every_table_is_strict_on_sqlite(self, database, engine):
        with engine.connect() as connection:
            listed = connection.execute(
                text("SELECT name, strict FROM pragma_table_list WHERE schema = 'main'")
            )
            strict = {name for name, is_strict in listed if is_strict}
        assert strict == set(metadata.tables)

    @pytest.mark.parametrize("database_url", ["postgres"], indirect=True)
    def test_everything_stands_in_its_own_schema_on_postgresql(self, database, engine):
        found = inspect(engine)
        assert set(found.get_table_names(schema=SCHEMA)) == {*metadata.tables, "alembic_version"}
        assert found.get_table_names(schema="public") == []


class TestUpgrade:
    def test_makes_the_tables_and_is_harmless_again(self, database_url, now):
        database = Database(database_url)
        assert (database.revision(), database.is_current()) == (None, False)
        database.upgrade()
        assert (database.revision(), database.is_current()) == (newest_revision(), True)
        with database.begin() as store:
            store.trail.add("kept", actor_id=None, at=now)
        database.upgrade()
        with database.begin() as store:
            assert [entry.action for entry in store.trail.entries()] == ["kept"]
        database.dispose()

    def test_several_at_once_do_it_once(self, database_url):
        databases = [Database(database_url) for _ in range(4)]
        failures = []

        def upgrade(database):
            try:
                database.upgrade()
            except Exception as error:
                failures.append(error)

        threads = [threading.Thread(target=upgrade, args=[database]) for database in databases]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        assert failures == []
        assert databases[0].is_current()
        for database in databases:
            database.dispose()

    def test_all_of_it_is_done_or_nothing(self, database_url, engine):
        with engine.begin() as connection:
            if engine.dialect.name == "postgresql":
                connection.execute(text(f"CREATE SCHEMA {SCHEMA}"))
            connection.execute(text("CREATE TABLE trail_entry (id integer PRIMARY KEY)"))
        database = Database(database_url)
        with pytest.raises(Exception, match="trail_entry"):
            database.upgrade()
        database.dispose()
        assert inspect(engine).get_table_names() == ["trail_entry"]

    def test_tables_of_a_newer_lirk_are_left_as_they_are(self, database, engine):
        with engine.begin() as connection:
            connection.execute(text("UPDATE alembic_version SET version_num = '9999'"))
        with pytest.raises(DatabaseNewer) as caught:
            database.upgrade()
        assert caught.value.values == {"revision": "9999"}
        assert database.revision() == "9999"

    @pytest.mark.parametrize("database_url", ["postgres"], indirect=True)
    def test_a_missing_right_is_told(self, database_url, engine):
        guest = f"{make_url(database_url).database}_guest"
        with engine.begin() as connection:
            connection.execute(text(f"CREATE ROLE {guest}"))
        as_guest = make_url(database_url).update_query_dict({"options": f"-c role={guest}"})
        database = Database(as_guest.render_as_string(hide_password=False))
        with pytest.raises(DatabaseUnreachable) as caught:
            database.upgrade()
        database.dispose()
        with engine.begin() as connection:
            connection.execute(text(f"DROP ROLE {guest}"))
        assert "permission denied" in str(caught.value.values["reason"])


BEFORE_THE_WORKSHOP = (
    "INSERT INTO person (username, name, active) VALUES ('arkivar', 'Arkivar', {true})",
    "INSERT INTO checklist_version VALUES ('breve', 1, 'den første', '2026-02-01T08:00:00+01:00', 1,"
    " '2026-03-01T23:30:00+01:00', 1)",
    "INSERT INTO checklist_version VALUES ('breve', 2, 'den næste', '2026-04-01T08:00:00+02:00', 1, NULL, NULL)",
    "INSERT INTO round (key, title, state, created_at, made_up)"
    " VALUES ('2026-1', 'Runde', 'committed', '2026-04-02T08:00:00+02:00', '')",
    "INSERT INTO pinned_checklist VALUES (1, 'breve', 1, 'den første', 0)",
)


class TestWorkshop:
    """From the second revision to the third, with what a house has by then."""

    @pytest.fixture
    def upgraded(self, database_url, engine):
        config = Config()
        config.set_main_option("script_location", "lirk.storage:migrations")
        with engine.begin() as connection:
            postgresql = connection.dialect.name == "postgresql"
            if postgresql:
                connection.execute(text(f"CREATE SCHEMA {SCHEMA}"))
            config.attributes["connection"] = connection
            command.upgrade(config, "0002")
            for statement in BEFORE_THE_WORKSHOP:
                connection.execute(text(statement.format(true="true" if postgresql else "1")))
        database = Database(database_url)
        database.upgrade()
        yield database
        database.dispose()

    def test_versions_are_what_they_were_and_in_force_since_they_were_published(self, upgraded):
        with upgraded.begin() as store:
            first, second = store.checklist_versions.all("breve", today=date(2026, 3, 1))
        assert (first.text, first.standing, first.in_force_from, first.published_by) == (
            "den første",
            Standing.PUBLISHED,
            date(2026, 3, 1),
            "Arkivar",
        )
        assert (second.text, second.standing, second.in_force_from, second.imported_by) == (
            "den næste",
            Standing.DRAFT,
            None,
            "Arkivar",
        )

    def test_rounds_asked_all_items(self, upgraded, engine):
        with engine.begin() as connection:
            assert connection.scalars(text("SELECT items FROM pinned_checklist")).all() == ["full"]

    def test_what_was_published_is_frozen_and_a_draft_is_not(self, upgraded, engine):
        with pytest.raises(IntegrityError, match="never changes"), engine.begin() as connection:
            connection.execute(text("UPDATE checklist_version SET text = 'x' WHERE version = 1"))
        with engine.begin() as connection:
            changed = connection.execute(text("UPDATE checklist_version SET text = 'x' WHERE version = 2"))
            assert changed.rowcount == 1

    @pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
    def test_the_files_are_the_same_as_new_ones(self, upgraded, database_url, tmp_path):
        new = Database(f"sqlite:///{tmp_path / 'new.sqlite'}")
        new.upgrade()
        new.dispose()
        assert tables_in(make_url(database_url).database) == tables_in(tmp_path / "new.sqlite")
