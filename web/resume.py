"""What was typed when a session ran out: carried through sign-in, shown, and sent when the person says so.

It carries the mark of whose page it was typed on, and is dropped where somebody else signs in.
"""

import base64
import binascii
import json
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from litestar import Request, Response
from litestar.datastructures import State

from lirk.storage.database import Database
from web import csrf
from web.chosen import chosen_words
from web.forms import CSRF_FIELD, Form, form_of, plain
from web.frame import start_page
from web.paths import local_path
from web.view import View, view_of

#: What a form carries that nobody typed: sent again, and not shown.
NOT_TYPED = {"was", "version", "seen", "go"}
#: Characters of a carried form, at most; files and passwords are never carried.
MOST = 60_000
NEVER = {CSRF_FIELD, "password", "current", "new", "again"}


@dataclass(frozen=True, slots=True, kw_only=True)
class SignInPage:
    """sign_in/sign_in.html: ``next`` is where to go, ``carried`` what was typed, both as hidden fields."""

    username: str = ""
    next: str = ""
    carried: str = ""
    signed_out: bool = False
    contact: str = ""


@dataclass(frozen=True, slots=True)
class ResumePage:
    """sign_in/resume.html: the fields of a form that still waits to be sent.

    ``owner`` is the mark of whose page it was; empty where nobody was signed in. ``words`` says what its
    choices are called, by field and value.
    """

    path: str
    values: Mapping[str, tuple[str, ...]]
    owner: str
    words: Mapping[str, Mapping[str, str]] = field(default_factory=dict)

    @property
    def typed(self) -> Mapping[str, tuple[str, ...]]:
        """The fields that somebody filled in, as their page showed them."""
        return {
            name: tuple(self.words.get(name, {}).get(text, text) for text in texts)
            for name, texts in self.values.items()
            if name not in NOT_TYPED
        }


async def sign_in_with_what_was_typed(request: Request[Any, Any, State]) -> Response[Any]:
    """Return the sign-in page in answer to a form of one whose session has run out."""
    view = view_of(request)
    page = SignInPage(
        next=_page_of(request),
        carried=_carried(request.url.path, await form_of(request)),
        signed_out=True,
        contact=view.settings.contact,
    )
    return view.page("sign_in/sign_in.html", page, status=401)


def after_sign_in(database: Database, view: View, form: Form) -> Response[Any]:
    """Return what comes after sign-in: what was typed, the page that was asked for, or the start page.

    ``view`` must have become the new session's already, and its visit must be the new one.
    """
    waiting = _waiting(form.value("carried"))
    if waiting is None:
        return view.redirect(local_path(form.value("next")) or start_page(view.actor))
    if waiting.owner and waiting.owner != view.owner_mark():
        said = view.words.text(
            "Teksten, der var skrevet på siden, er ikke gemt, fordi en anden er logget på."
        )
        return view.redirect(start_page(view.actor), receipt=said)
    with database.begin() as store:
        words = chosen_words(store, view.actor, waiting.path, view.words)
    return view.page("sign_in/resume.html", replace(waiting, words=words))


def _page_of(request: Request[Any, Any, State]) -> str:
    """Return the page that the form stood on, as the browser tells it; else the form's own address."""
    referer, here = request.headers.get("referer", ""), f"{request.url.scheme}://{request.url.netloc}"
    return local_path(referer.removeprefix(here)) or request.url.path


def _carried(path: str, form: Form) -> str:
    values = {name: given for name, given in form.values.items() if name not in NEVER}
    if form.files or not values:
        return ""
    owner = csrf.owner_of(form.value(CSRF_FIELD))
    content = {"path": path, "values": values, **({"owner": owner} if owner else {})}
    text = base64.urlsafe_b64encode(json.dumps(content).encode()).decode()
    return text if len(text) <= MOST else ""


def _waiting(carried: str) -> ResumePage | None:
    try:
        found: Any = json.loads(base64.urlsafe_b64decode(carried.encode()))
        path, values, owner = local_path(found["path"]), found["values"].items(), str(found.get("owner", ""))
        given = {plain(str(name)): tuple(plain(str(text)) for text in texts) for name, texts in values}
    except (ValueError, binascii.Error, KeyError, TypeError, AttributeError, RecursionError):
        return None
    kept = {name: texts for name, texts in given.items() if name not in NEVER}
    return ResumePage(path, kept, owner) if path else None
