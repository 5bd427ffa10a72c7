"""``lirk db``: the database's tables."""

from collections.abc import Iterator
from contextlib import contextmanager

import rich_click as click

from lirk.cli.door import Door, pass_door
from lirk.storage.database import Database, DatabaseNewer, DatabaseOutdated, newest_revision


@click.group()
def db() -> None:
    """Make the database ready for this LIRK.

    The database is the one that LIRK_DATABASE_URL names; without it, lirk.sqlite in the current folder.
    """


@db.command()
@pass_door
def upgrade(door: Door) -> None:
    """Make the tables, or bring them up to date. Nothing that stands in them is lost.

    All of it is done, or nothing; a second run changes nothing. Exit status 2 if it could not be done.
    """
    with _database(door) as database:
        before = database.revision()
        database.upgrade()
        door.say(_done(door, database.name, before, newest_revision()))


@db.command()
@click.option("--json", "as_json", is_flag=True, help="Print the result for programs.")
@pass_door
def status(door: Door, as_json: bool) -> None:
    """Tell whether the tables are those of this LIRK.

    Exit status 1 if they are not.
    """
    with _database(door) as database:
        found, newest = database.revision(), newest_revision()
        if as_json:
            door.json(
                {"database": database.name, "revision": found, "newest": newest, "current": found == newest}
            )
        else:
            door.say(_state(door, database))
    if found != newest:
        door.fail_check()


@contextmanager
def _database(door: Door) -> Iterator[Database]:
    database = Database(door.settings.database_url)
    try:
        yield database
    finally:
        database.dispose()


def _state(door: Door, database: Database) -> str:
    try:
        database.check_current()
    except (DatabaseOutdated, DatabaseNewer) as error:
        return door.words.sentence(error)
    return door.words.text(
        "Databasen {database} er ajour (trin {after}).", database=database.name, after=newest_revision()
    )


def _done(door: Door, name: str, before: str | None, after: str) -> str:
    if before is None:
        return door.words.text("Databasen {database} er oprettet (trin {after}).", database=name, after=after)
    if before == after:
        return door.words.text("Databasen {database} var ajour (trin {after}).", database=name, after=after)
    return door.words.text(
        "Databasen {database} er bragt fra trin {before} til trin {after}.",
        database=name,
        before=before,
        after=after,
    )
