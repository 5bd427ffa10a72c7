"""Who looks, in which language, and what they are shown: pages, redirects, files."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any, cast
from urllib.parse import quote

from litestar import Request, Response
from litestar.datastructures import Cookie, State
from litestar.response import Redirect
from markupsafe import Markup

from lirk.domain.people import Person
from lirk.errors import NotAllowed
from lirk.services.accounts import Visit
from lirk.settings import Settings
from lirk.wording import Wording
from lirk.wording.catalogue import LANGUAGES, Language
from web import cookies, csrf
from web.forms import CSRF_FIELD, FieldError
from web.frame import frame_of
from web.templating import fragment, render

HTML = "text/html"
#: Pages hold what only their reader may see: nothing keeps them.
PRIVATE = {"cache-control": "no-store"}


@dataclass(slots=True)
class View:
    """One request as a handler sees it."""

    request: Request[Any, Any, State]
    settings: Settings
    visit: Visit | None
    words: Wording
    now: datetime
    secret: str
    is_new: bool
    _cookies: list[Cookie] = field(default_factory=list)

    @property
    def actor(self) -> Person:
        """The person who is signed in.

        Raises
        ------
        NotAllowed
            If nobody is: the handler is open to all, and asked by mistake.
        """
        if self.visit is None:
            raise NotAllowed
        return self.visit.person

    @property
    def session_id(self) -> str:
        """The id of the session, or the secret of one who is not signed in."""
        return self.secret

    @property
    def origin(self) -> str:
        """Where the request came from: as the proxy before us says, where the settings trust one."""
        forwarded = self.request.headers.get("x-forwarded-for", "").rpartition(",")[2].strip()
        if self.settings.behind_proxy and forwarded:
            return forwarded
        return self.request.client.host if self.request.client else ""

    def page(
        self,
        template: str,
        page: object,
        *,
        errors: Iterable[FieldError] = (),
        status: int = 200,
        **more: object,
    ) -> Response[str]:
        """Return a page; with ``errors`` it begins with their summary."""
        context = {
            "page": page,
            "errors": tuple(errors),
            "frame": self._frame(),
            "csrf": self.csrf_field,
            "csrf_token": self.csrf_token,
            **more,
        }
        text = render(self.request.app.state.templates[self.words.language], template, context)
        return Response(
            text, media_type=HTML, status_code=status, headers=PRIVATE, cookies=self._sent_cookies()
        )

    def fragment(self, template: str, part: object) -> str:
        """Return a part of a page as text: what the template's macro ``fragment`` makes of it."""
        return fragment(self.request.app.state.templates[self.words.language], template, part)

    def json(self, value: object, *, status: int = 200) -> Response[Any]:
        """Return a value for a script."""
        return Response(value, media_type="application/json", status_code=status, headers=PRIVATE)

    def redirect(self, path: str, receipt: str | None = None) -> Redirect:
        """Return a redirect to another page, which shows the receipt."""
        sent = self._sent_cookies()
        if receipt is not None:
            sent.append(cookies.receipt_cookie(receipt, self.secret, https=self.settings.https))
        return Redirect(path, status_code=303, headers=PRIVATE, cookies=sent)

    def file(self, content: bytes, name: str, media_type: str) -> Response[bytes]:
        """Return a file to keep."""
        headers = {**PRIVATE, "content-disposition": f"attachment; filename*=UTF-8''{quote(name)}"}
        return Response(content, media_type=media_type, headers=headers)

    def csrf_token(self) -> str:
        """Return a token for a form of this page."""
        return csrf.token(self.secret, self.owner_mark())

    def owner_mark(self) -> str:
        """Return the mark of who is signed in; empty where nobody is."""
        return csrf.owner_mark(self.visit.person.id, self.settings.secret_key) if self.visit else ""

    def csrf_field(self) -> Markup:
        """Return the hidden field that every form needs."""
        return Markup('<input type="hidden" name="{}" value="{}">').format(CSRF_FIELD, self.csrf_token())

    def become(self, session_id: str) -> None:
        """Answer with another session: one has signed in, out, or renewed it; receipts are for the new one."""
        self.secret, self.is_new = session_id, True

    def _sent_cookies(self) -> list[Cookie]:
        sent = [*self._cookies]
        if self.is_new:
            sent.append(cookies.session_cookie(self.secret, https=self.settings.https))
        return sent

    def _frame(self) -> Any:
        return frame_of(
            self.visit.person if self.visit else None,
            self.words,
            path=self.request.url.path,
            municipality=self.settings.municipality,
            receipt=self._receipt(),
            expires_at=self.visit.expires_at.isoformat() if self.visit else None,
        )

    def _receipt(self) -> str | None:
        given = self.request.cookies.get("lirk-receipt")
        if not given:
            return None
        self._cookies.append(cookies.spent_receipt(https=self.settings.https))
        return cookies.receipt_text(given, self.secret)


def clock() -> datetime:
    """Return the time as the municipality's clocks show it."""
    return datetime.now(UTC).astimezone()


def view_of(request: Request[Any, Any, State]) -> View:
    """Return the view of a request; made once, so that its cookies are sent whatever answers."""
    known = request.scope.get("lirk_view")
    if known is not None:
        return cast("View", known)
    settings: Settings = request.app.state.settings
    visit = cast("Visit | None", request.scope.get("lirk_visit"))
    secret = session_of(request)
    made = View(
        request=request,
        settings=settings,
        visit=visit,
        words=Wording(_language(visit, settings)),
        now=clock(),
        secret=secret or cookies.new_secret(),
        is_new=not secret,
    )
    request.scope["lirk_view"] = made  # type: ignore[typeddict-unknown-key]
    return made


def session_of(request: Request[Any, Any, State]) -> str:
    """Return the id that the browser holds; empty where it holds none."""
    return request.cookies.get(cookies.session_name(https=request.app.state.settings.https), "")


def _language(visit: Visit | None, settings: Settings) -> Language:
    chosen = visit.person.preferences.language if visit else None
    return chosen if chosen in LANGUAGES else settings.language
