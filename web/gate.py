"""Before every handler: who is it, and did this site send the form."""

from collections.abc import Mapping
from typing import Any
from urllib.parse import quote

from anyio import to_thread
from litestar import Request, Response
from litestar.datastructures import State
from litestar.exceptions import HTTPException, SerializationException
from litestar.response import Redirect

from lirk.errors import NotFound
from lirk.services.accounts import Visit, who_is
from lirk.storage.store import Store
from web import csrf
from web.errors import SignedOut, wants_json
from web.forms import CSRF_FIELD, GREATEST, posted
from web.resume import sign_in_with_what_was_typed
from web.view import View, clock, session_of, view_of

SAFE = {"GET", "HEAD", "OPTIONS"}


async def gate(request: Request[Any, Any, State]) -> Response[Any] | None:
    """Find out who asks, refuse forged forms, and send those away who must sign in first.

    A handler with ``opt={"open": True}`` is for everybody; with ``"bare"`` too it is not even asked who it is.
    One with ``"unattended"`` is asked by pages themselves, which keeps nobody signed in. One with ``"itself"`` is
    asked so often by a script that it finds out who asks in its own unit of work, by `view_in`; what no page of
    ours sends is refused before, in the municipality's language.

    Raises
    ------
    SignedOut
        If a script asks, which cannot sign in.
    web.csrf.TokenMissing, web.csrf.FromAnotherSite
        If the form was not sent from a page of ours.
    NotFound, HTTPException
        If the address cannot be one of ours, or what was sent cannot be read.
    """
    opt, changes = request.route_handler.opt, request.method not in SAFE
    itself = bool(opt.get("itself"))
    if itself and not session_of(request):
        return await _to_sign_in(request)
    if not itself and not opt.get("bare"):
        request.scope["lirk_visit"] = await _visit(request)  # type: ignore[typeddict-unknown-key]
    if changes:
        csrf.check_site(request.headers)
    signed_in = request.scope.get("lirk_visit") is not None
    if not itself and not signed_in and not opt.get("open"):
        return await _to_sign_in(request)
    if changes and not itself:
        csrf.check_token(await _given_token(request), view_of(request).secret)
    _check_address(request.path_params)
    if request.method == "PUT":
        await _check_json(request)
    return None


def view_in(request: Request[Any, Any, State], store: Store) -> View:
    """Return the view of a script's request whose handler finds out itself who asks, in its own unit of work.

    Raises
    ------
    SignedOut
        If nobody is signed in.
    web.csrf.TokenMissing
        If it was not sent from a page of ours.
    """
    session_id = session_of(request)
    visit = who_is(store, session_id, now=clock())
    if visit is None:
        raise SignedOut
    request.scope["lirk_visit"] = visit  # type: ignore[typeddict-unknown-key]
    csrf.check_token(request.headers.get("x-csrf-token", ""), session_id)
    return view_of(request)


async def _visit(request: Request[Any, Any, State]) -> Visit | None:
    database, session_id = request.app.state.database, session_of(request)
    if not session_id:
        return None
    unattended = bool(request.route_handler.opt.get("unattended"))

    def look() -> Visit | None:
        with database.begin() as store:
            return who_is(store, session_id, unattended=unattended, now=clock())

    return await to_thread.run_sync(look)


async def _to_sign_in(request: Request[Any, Any, State]) -> Response[Any]:
    if wants_json(request):
        raise SignedOut
    if request.method in SAFE:
        query = f"?{request.url.query}" if request.url.query else ""
        here = request.url.path + query
        return Redirect(
            "/sign-in" if here == "/" else f"/sign-in?next={quote(here, safe='')}", status_code=303
        )
    return await sign_in_with_what_was_typed(request)


async def _given_token(request: Request[Any, Any, State]) -> str:
    header = request.headers.get("x-csrf-token")
    if header is not None or wants_json(request):
        return header or ""
    given = (await posted(request)).get(CSRF_FIELD, "")
    return given if isinstance(given, str) else ""


def _check_address(given: Mapping[str, object]) -> None:
    """Refuse what no address of ours holds, and no database can be asked for."""
    for value in given.values():
        if isinstance(value, int) and abs(value) > GREATEST:
            raise NotFound
        if isinstance(value, str) and "\0" in value:
            raise NotFound


async def _check_json(request: Request[Any, Any, State]) -> None:
    try:
        await request.json()
    except (SerializationException, UnicodeDecodeError, RecursionError):
        raise HTTPException(status_code=400) from None
