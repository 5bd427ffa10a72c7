"""Follow the links that each person is shown, so that every page is seen without naming any."""

import re
from collections import defaultdict, deque
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from html.parser import HTMLParser
from urllib.parse import urljoin, urlsplit

import httpx
from litestar import Litestar
from serving import Served

#: Everybody who can sign in to the demonstration; the reviewers are alike, so one of them is enough.
PEOPLE = ("anne", "koordinator", "leder", "kontakt", "arkivar", "chef", "admin", "jurist")
#: Pages of one kind that are looked at: the first, and one that may stand otherwise.
OF_EACH_KIND = 2
HTML = "text/html"


@dataclass(frozen=True)
class Answered:
    """What the server answered at an address, and how many bytes came over the wire."""

    asked: str
    path: str
    kind: str
    status: int
    media_type: str
    weight: int
    links: tuple[str, ...] = ()

    @property
    def is_page(self) -> bool:
        """Whether it is shown by the browser, and not kept as a file."""
        return self.media_type == HTML


@dataclass
class Reader:
    """Somebody who is signed in, or nobody, and reads pages without a browser."""

    served: Served
    kind_of: Callable[[str], str]
    username: str | None
    client: httpx.Client = field(init=False)

    def __post_init__(self) -> None:
        self.client = httpx.Client(base_url=self.served.address, follow_redirects=True, timeout=60)
        if self.username is not None:
            self.client.cookies.set("lirk", self.served.session_of(self.username))

    def crawl(self, *starts: str) -> Iterator[Answered]:
        """Yield what is found by following links, at most ``OF_EACH_KIND`` of each kind of address."""
        found: dict[str, int] = defaultdict(int)
        seen, waiting = set(starts), deque(starts)
        while waiting:
            path = waiting.popleft()
            if found[self.kind_of(path)] >= OF_EACH_KIND:
                continue
            found[self.kind_of(path)] += 1
            answered = self.read(path)
            yield answered
            new = [link for link in answered.links if link not in seen]
            seen.update(new)
            waiting.extend(new)

    def read(self, path: str) -> Answered:
        """Ask for an address."""
        response = self.client.get(path)
        here = response.url.raw_path.decode()
        media_type = response.headers.get("content-type", "").partition(";")[0]
        return Answered(
            asked=path,
            path=here,
            kind=self.kind_of(here),
            status=response.status_code,
            media_type=media_type,
            weight=response.num_bytes_downloaded,
            links=tuple(links_of(response.text, here)) if media_type == HTML else (),
        )


def crawl(served: Served, app: Litestar, username: str | None) -> list[Answered]:
    """Return everything that a person reaches from their start page."""
    reader = Reader(served, kinds(app), username)
    with reader.client:
        return list(reader.crawl("/"))


def addresses(app: Litestar) -> set[str]:
    """Return every kind of address that shows something."""
    return {route.path for route in app.routes if "GET" in getattr(route, "methods", ())}


def kinds(app: Litestar) -> Callable[[str], str]:
    """Return a function that tells the kind of address: ``/rounds/2026-1`` is ``/rounds/{key:str}``."""
    # Where two fit, the one with fewer places to fill is meant.
    ordered = sorted(addresses(app), key=lambda path: (":path}" in path, path.count("{"), path))
    patterns = [(re.compile(_pattern(path)), path) for path in ordered]

    def kind_of(path: str) -> str:
        bare = urlsplit(path).path
        return next(kind for pattern, kind in patterns if pattern.fullmatch(bare))

    return kind_of


def _pattern(path: str) -> str:
    fills = {"int": r"\d+", "path": ".+"}
    parts = re.split(r"(\{[^}]+\})", path)
    return "".join(
        fills.get(part[1:-1].partition(":")[2], "[^/]+") if part.startswith("{") else re.escape(part)
        for part in parts
    )


class _Links(HTMLParser):
    """Collects the addresses of links, and of forms that only ask."""

    def __init__(self) -> None:
        super().__init__()
        self.found: list[str] = []

    def handle_starttag(self, tag: str, attrs: Iterable[tuple[str, str | None]]) -> None:
        given = dict(attrs)
        if tag == "a" and given.get("href"):
            self.found.append(given["href"] or "")
        elif tag == "form" and (given.get("method") or "get").lower() == "get":
            self.found.append(given.get("action") or "")


def links_of(html: str, here: str) -> Iterator[str]:
    """Yield where a page leads on this site."""
    parser = _Links()
    parser.feed(html)
    for link in parser.found:
        parts = urlsplit(urljoin(f"http://here{here}", link))
        if parts.netloc == "here" and not link.startswith("#"):
            yield parts.path + (f"?{parts.query}" if parts.query else "")
