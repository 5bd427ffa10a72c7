"""For whom a page's reports are made, and where they are kept between two requests."""

import logging
from threading import Thread
from weakref import WeakKeyDictionary

from anyio import to_thread

from lirk.errors import LirkError
from lirk.services import reports
from lirk.services.report_shelf import ReportShelf
from lirk.services.reports import Reader
from lirk.settings import Settings
from lirk.storage.database import Database
from lirk.wording import Wording
from web.view import View

LOG = logging.getLogger("lirk.web")
_SHELVES: WeakKeyDictionary[Database, ReportShelf] = WeakKeyDictionary()


def reader_of(database: Database, view: View) -> Reader:
    """Return the reader of a request; what a closed round says is computed once for each database."""
    return _reader(database, view.settings, view.words)


async def prepare_later(database: Database, settings: Settings) -> None:
    """Compute the latest closed round's reports after the answer is sent, so that their first reader need not wait."""
    await to_thread.run_sync(prepare_now, database, settings)


def prepare_beside(database: Database, settings: Settings) -> None:
    """Compute them while the server starts; the first pages do not wait for it."""
    Thread(target=prepare_now, args=(database, settings), name="reports", daemon=True).start()


def prepare_now(database: Database, settings: Settings) -> None:
    """Compute the latest closed round's reports; where it cannot be done now, they wait for their reader."""
    try:
        with database.begin() as store:
            reports.prepare(store, reader=_reader(database, settings, Wording(settings.language)))
    except LirkError as error:
        LOG.warning("the reports were not prepared: %s", error.code)


def _reader(database: Database, settings: Settings, words: Wording) -> Reader:
    shelf = _SHELVES.setdefault(database, ReportShelf())
    return Reader(municipality=settings.municipality, words=words, shelf=shelf)
