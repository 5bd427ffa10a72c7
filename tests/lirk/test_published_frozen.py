"""A published file never changes, whoever asks the database and with whatever program; on both databases."""

import pytest
from archive import ask
from sqlalchemy.exc import IntegrityError

from lirk.domain.report_stages import ReportStage, ReportState

NEVER = "a published report never changes"
CHANGED = [
    "round_id = round_id + 1",
    "centre = 'Center Syd'",
    "version = 2",
    "name = 'da.csv'",
    "sha256 = 'x'",
    "content = sha256x",
]
ADDED = (
    "INTO {{schema}}published_file (round_id, centre, version, name, sha256, content)"
    " SELECT round_id, centre, {version}, name, 'x', content FROM {{schema}}published_file"
)
#: A file's bytes are written otherwise on each database.
BYTES = {"sqlite": "x'00'", "postgresql": r"'\\x00'"}


@pytest.fixture
def published(database, drawn):
    """Version 1 of a report with one file, which must be the same when the test ends."""
    stage = ReportStage(state=ReportState.PUBLISHED)
    with database.begin() as store:
        store.report_stages.keep(drawn.round.id, "Center Nord", stage)
        store.published_files.add(drawn.round.id, "Center Nord", 1, {"da.pdf": b"as it was"})
        store.trail.add("test", actor_id=None, at=drawn.round.created_at)
    yield database
    with database.begin() as store:
        found = store.published_files.in_force(drawn.round.id, ["da.pdf"])
    assert found == {"Center Nord": {"da.pdf": b"as it was"}}


@pytest.mark.parametrize("change", CHANGED)
def test_no_column_by_raw_sql(published, database_url, change):
    change = change.replace("sha256x", BYTES[database_url.split(":")[0].split("+")[0]])
    with pytest.raises(IntegrityError, match=NEVER):
        ask(database_url, f"UPDATE {{schema}}published_file SET {change}")  # noqa: S608


def test_not_even_to_what_it_is(published, database_url):
    with pytest.raises(IntegrityError, match=NEVER):
        ask(database_url, "UPDATE {schema}published_file SET content = content")


def test_not_deleted_by_raw_sql(published, database_url):
    with pytest.raises(IntegrityError, match=NEVER):
        ask(database_url, "DELETE FROM {schema}published_file")


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
def test_not_replaced_by_raw_sql(published, database_url):
    with pytest.raises(IntegrityError, match=NEVER):
        ask(database_url, "INSERT OR REPLACE " + ADDED.format(version=1))


@pytest.mark.parametrize("database_url", ["postgres"], indirect=True)
def test_nor_by_an_insert_that_updates(published, database_url):
    insert = "INSERT " + ADDED.format(version=1)
    with pytest.raises(IntegrityError, match=NEVER):
        ask(
            database_url,
            insert
            + " ON CONFLICT (round_id, centre, version, name) DO UPDATE SET content = excluded.content",
        )


@pytest.mark.parametrize("database_url", ["postgres"], indirect=True)
@pytest.mark.parametrize("table", ["published_file", "round CASCADE"])
def test_not_truncated_by_raw_sql(published, database_url, table):
    with pytest.raises(IntegrityError, match=r"never changes|append-only"):
        ask(database_url, "TRUNCATE {schema}" + table)


def test_not_moved_with_another_name_of_its_centre(published):
    with pytest.raises(IntegrityError, match=NEVER), published.begin() as store:
        store.centres.rename("Center Nord", "Center X")


def test_not_added_once_more_by_the_store(published, drawn):
    with pytest.raises(IntegrityError), published.begin() as store:
        store.published_files.add(drawn.round.id, "Center Nord", 1, {"da.pdf": b"another"})


def test_the_next_version_stands_beside_it(published, database_url):
    assert ask(database_url, "INSERT " + ADDED.format(version=2)) == 1
