"""One unit of work for one command: the database, the store and who acts."""

from collections.abc import Iterator
from contextlib import contextmanager

from lirk.cli.door import Door
from lirk.domain.people import Person
from lirk.services.people import acting_person
from lirk.storage.database import open_database
from lirk.storage.store import Store


@contextmanager
def acting(door: Door, username: str | None) -> Iterator[tuple[Store, Person]]:
    """Open the database and yield the store with the acting person; everything inside is kept, or nothing.

    Raises
    ------
    lirk.storage.database.DatabaseOutdated, lirk.storage.database.DatabaseUnreachable
        If the database cannot be used.
    lirk.services.people.PersonUnknown
        If nobody has the username.
    """
    database = open_database(door.settings.database_url)
    try:
        with database.begin() as store:
            yield store, acting_person(store, username, now=door.now())
    finally:
        database.dispose()
