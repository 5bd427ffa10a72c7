"""For whom a page's reports are made, and where they are kept between two requests."""

from weakref import WeakKeyDictionary

from lirk.services.report_shelf import ReportShelf
from lirk.services.reports import Reader
from lirk.storage.database import Database
from web.view import View

_SHELVES: WeakKeyDictionary[Database, ReportShelf] = WeakKeyDictionary()


def reader_of(database: Database, view: View) -> Reader:
    """Return the reader of a request; what a closed round says is computed once for each database."""
    shelf = _SHELVES.setdefault(database, ReportShelf())
    return Reader(municipality=view.settings.municipality, words=view.words, shelf=shelf)
