"""Errors as pages in the reader's language, with a way on. The only place that knows status codes."""

import logging
import traceback
from dataclasses import dataclass
from http import HTTPStatus
from typing import Any

from litestar import Request, Response
from litestar.datastructures import State
from litestar.exceptions import HTTPException

from lirk.domain.accounts import LinkDead
from lirk.errors import LirkError, NotAllowed, NotFound, Problem, ProblemsFound, RuleBroken, UnusableRequest
from lirk.storage.database import DatabaseBusy, DatabaseUnreachable
from lirk.wording import Wording
from web.frame import start_page
from web.paths import local_path
from web.view import view_of

LOG = logging.getLogger("lirk.web")


class SignedOut(LirkError):
    """A script asked for something, and nobody is signed in."""

    code = "signed-out"


#: The status of each family of errors; the first that fits.
STATUS: tuple[tuple[type[LirkError], HTTPStatus], ...] = (
    (SignedOut, HTTPStatus.UNAUTHORIZED),
    (NotFound, HTTPStatus.NOT_FOUND),
    (NotAllowed, HTTPStatus.FORBIDDEN),
    (RuleBroken, HTTPStatus.CONFLICT),
    (DatabaseBusy, HTTPStatus.SERVICE_UNAVAILABLE),
    (DatabaseUnreachable, HTTPStatus.SERVICE_UNAVAILABLE),
    (ProblemsFound, HTTPStatus.UNPROCESSABLE_ENTITY),
    (UnusableRequest, HTTPStatus.UNPROCESSABLE_ENTITY),
)
#: What a refusal by the server itself is called here.
REFUSALS = {404: "not-found", 405: "method-not-allowed", 413: "upload-too-big"}


@dataclass(frozen=True, slots=True, kw_only=True)
class ErrorPage:
    """errors/error.html: what happened, all problems with their places, and where to go on."""

    heading: str
    sentence: str
    problems: tuple[tuple[str, str], ...] = ()
    start: str = "/"
    back: str | None = None


def wants_json(request: Request[Any, Any, State]) -> bool:
    """Return whether a script asks."""
    sent = request.headers.get("content-type", "")
    return sent.startswith("application/json") or request.headers.get("accept", "") == "application/json"


def show_error(request: Request[Any, Any, State], error: LirkError) -> Response[Any]:
    """Return the page, or for a script the value, that tells an error of LIRK."""
    status = next((code for kind, code in STATUS if isinstance(error, kind)), HTTPStatus.BAD_REQUEST)
    problems = error.problems if isinstance(error, ProblemsFound) else ()
    return _shown(request, Problem(error.code, error.values), status, problems)


def show_refusal(request: Request[Any, Any, State], error: HTTPException) -> Response[Any]:
    """Return the page that tells why the server refused a request before any handler saw it."""
    code = REFUSALS.get(error.status_code, "bad-request")
    # Sentences take what they need of it.
    values = {"megabytes": request.app.state.settings.upload_limit // 1_000_000}
    response = _shown(request, Problem(code, values), HTTPStatus(error.status_code), ())
    response.headers.update(error.headers or {})
    return response


def show_fault(request: Request[Any, Any, State], error: Exception) -> Response[Any]:
    """Return the page that admits a fault of LIRK's own, and write down where it happened, never the values."""
    places = "".join(traceback.format_tb(error.__traceback__))
    LOG.error("%s in %s\n%s", type(error).__name__, request.route_handler.handler_name, places)
    return _shown(request, Problem("fault"), HTTPStatus.INTERNAL_SERVER_ERROR, ())


def _shown(
    request: Request[Any, Any, State], told: Problem, status: HTTPStatus, problems: tuple[Problem, ...]
) -> Response[Any]:
    view = view_of(request)
    sentence = view.words.sentence(told)
    if wants_json(request):
        return view.json({"error": told.code, "sentence": sentence}, status=status)
    page = ErrorPage(
        heading=_heading(told.code, status, view.words),
        sentence=sentence,
        problems=tuple((view.words.place(one), view.words.sentence(one)) for one in problems),
        start=start_page(view.visit.person) if view.visit else "/sign-in",
        back=_page_before(request),
    )
    return view.page("errors/error.html", page, status=status)


def _heading(code: str, status: HTTPStatus, words: Wording) -> str:
    if code == LinkDead.code:
        return words.text("Linket kan ikke bruges")
    match status:
        case HTTPStatus.NOT_FOUND:
            return words.text("Siden findes ikke")
        case HTTPStatus.FORBIDDEN:
            return words.text("Det har du ikke adgang til")
        case HTTPStatus.INTERNAL_SERVER_ERROR | HTTPStatus.SERVICE_UNAVAILABLE:
            return words.text("Noget gik galt hos os")
        case _:
            return words.text("Det kunne ikke gøres")


def _page_before(request: Request[Any, Any, State]) -> str | None:
    """Return the page whose form was refused, as the browser tells it."""
    here = f"{request.url.scheme}://{request.url.netloc}"
    path = local_path(request.headers.get("referer", "").removeprefix(here))
    return path if request.method == "POST" else None
