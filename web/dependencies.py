"""What handlers are handed: the database, the view of who looks, and what they typed."""

from litestar import Request
from litestar.datastructures import State
from litestar.di import NamedDependency

from lirk.storage.database import Database
from web.forms import Form, form_of
from web.view import View, view_of

TheDatabase = NamedDependency[Database]
TheView = NamedDependency[View]
TheForm = NamedDependency[Form]


async def provide_database(state: State) -> Database:
    """Return the database of the application."""
    database: Database = state.database
    return database


async def provide_view(request: Request[object, object, State]) -> View:
    """Return the view of this request."""
    return view_of(request)


async def provide_form(request: Request[object, object, State]) -> Form:
    """Return the fields that were posted."""
    return await form_of(request)
