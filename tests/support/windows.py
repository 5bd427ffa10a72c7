"""A browser window that fails the test on whatever a browser complains of, on every page it shows."""

import json
import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import urlsplit

from html_checker import CollectedPages
from playwright.sync_api import (
    Browser,
    BrowserContext,
    ConsoleMessage,
    Page,
    Request,
    Response,
    Route,
    expect,
)

HERE = Path(__file__).parent
#: An object of functions, without the comment that stands above it.
CHECKS = (HERE / "page_checks.js").read_text(encoding="utf-8").partition("\n")[2].strip()
AXE = (HERE.parent / "web" / "vendor" / "axe" / "axe.min.js").read_text(encoding="utf-8")
RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa"]
PRODUCT = {"da": "Kvalitetsgennemgang", "en": "Quality review"}
WIDE, NARROW = {"width": 1280, "height": 900}, {"width": 320, "height": 640}
#: Says that the console only repeats a refusal that was seen as a response already.
REPEATED = re.compile(r"Failed to load resource: the server responded with a status of (\d+) ")

#: Milliseconds to wait for what a page is about to show; a busy machine needs more than the usual five seconds.
PATIENCE = 15_000
expect.set_options(timeout=PATIENCE)


class Window:
    """One window of one person; ``visit`` and ``arrive`` check the page they end on."""

    def __init__(
        self, page: Page, address: str, collected: CollectedPages, language: str, *, javascript: bool
    ):
        self.page, self.address = page, address
        self.language, self.javascript = language, javascript
        self._collected = collected
        #: With the status, where it is that which is complained of.
        self._complaints: list[tuple[int, str]] = []
        self._expected: set[int] = set()
        self._document: Response | None = None
        self._checked: set[tuple[str, int]] = set()
        page.set_default_timeout(PATIENCE)
        page.on("response", self._note_response)
        page.on("requestfailed", self._note_failure)
        page.on("console", self._note_console)
        page.on("pageerror", lambda error: self._complaints.append((0, f"script error: {error}")))

    @property
    def path(self) -> str:
        """Where the window is: path and query."""
        parts = urlsplit(self.page.url)
        return parts.path + (f"?{parts.query}" if parts.query else "")

    def visit(self, path: str, *, status: int = 200) -> None:
        """Open an address, and check the page that is shown."""
        with self.expecting(status):
            response = self.page.goto(self.address + path)
            assert response is not None
            assert response.status == status, f"{path} answers {response.status}"
            self.check()

    def arrive(self, heading: str | re.Pattern[str], *, status: int = 200) -> None:
        """Wait for the page with this H1, to which a click or a key led, and check it."""
        expect(self.page.get_by_role("heading", level=1)).to_have_text(heading)
        self.page.wait_for_load_state("load")
        assert self._document is not None
        assert self._document.status == status, f"{self.path} answers {self._document.status}"
        with self.expecting(status):
            self.check()

    def arrive_with_errors(self, heading: str | re.Pattern[str], *said: str) -> None:
        """Wait for a form that came back with its errors: they are told first, and have the focus."""
        summary = self.page.locator(".error-summary")
        for sentence in said:
            expect(summary).to_contain_text(sentence)
        if self.javascript:
            expect(summary).to_be_focused()
        self.arrive(heading, status=422)

    @contextmanager
    def expecting(self, *statuses: int) -> Iterator[None]:
        """Do not complain of these status codes inside the block."""
        before = self._expected
        self._expected = before | {*statuses}
        yield
        self._expected = before

    def check(self) -> None:
        """Check the page as it stands, in the window's present width."""
        where = f"{self.path} ({self.language}, {self.width} px)"
        faults = [
            *self.complaints(),
            *self._title_faults(),
            *self._language_faults(),
            *self._asked("headings", "sideways", "doubled", "focus"),
        ]
        self._collect(where)
        key = (self._outline(), self.width)
        if key not in self._checked:
            # The same page with other numbers in it holds nothing new for axe, which is slow.
            self._checked.add(key)
            faults += self._axe_faults()
        assert not faults, f"{where}\n" + "\n".join(faults)

    def check_narrow(self, look: Callable[[], None] = lambda: None) -> None:
        """Check the page on a telephone's screen (``look`` is called there), and with text twice as big."""
        self.page.set_viewport_size(NARROW)
        look()
        self.check()
        self.page.set_viewport_size(WIDE)
        self.page.evaluate("document.documentElement.style.fontSize = '125%'")
        faults = self._asked("sideways")
        self.page.evaluate("document.documentElement.style.fontSize = ''")
        assert not faults, f"{self.path} with text twice as big\n" + "\n".join(faults)

    def picture(self, file: Path) -> None:
        """Save how the whole page looks."""
        file.parent.mkdir(parents=True, exist_ok=True)
        self.page.screenshot(path=file, full_page=True, animations="disabled")

    def complaints(self) -> list[str]:
        """Return what the browser complained of since it was last asked."""
        said, self._complaints = self._complaints, []
        return [text for status, text in said if status not in self._expected]

    @property
    def width(self) -> int:
        """The window's width in CSS pixels."""
        size = self.page.viewport_size
        assert size is not None
        return size["width"]

    def _note_response(self, response: Response) -> None:
        status = response.status
        if response.request.is_navigation_request() and not 300 <= status < 400:
            self._document = response
        if status >= 400:
            self._complaints.append((status, f"status {status}: {response.request.method} {response.url}"))

    def _note_failure(self, request: Request) -> None:
        # A browser that goes on drops what it was still fetching, a tab's icon for one, and a navigation
        # that turns into a file to keep is told as one that failed; what a page sends is never dropped so.
        if request.method != "GET" or request.failure != "net::ERR_ABORTED":
            self._complaints.append((0, f"failed: {request.method} {request.url} {request.failure}"))

    def _note_console(self, message: ConsoleMessage) -> None:
        if message.type in {"error", "warning"}:
            repeated = REPEATED.match(message.text)
            status = int(repeated[1]) if repeated else 0
            self._complaints.append((status, f"console: {message.text} ({message.location.get('url')})"))

    def _language_faults(self) -> list[str]:
        language = self.page.locator("html").get_attribute("lang")
        return [] if language == self.language else [f"the page says that it is in {language!r}"]

    def _title_faults(self) -> list[str]:
        title, product = self.page.title(), PRODUCT[self.language]
        heading = " ".join(" ".join(self.page.get_by_role("heading", level=1).all_inner_texts()).split())
        wanted = f"{heading} – {product}"
        # What comes first may say that there are errors, or which item of how many it is.
        if title == wanted or title.endswith(f": {wanted}"):
            return []
        return [f"the title is {title!r}, and the H1 {heading!r}"]

    def _asked(self, *names: str) -> list[str]:
        return [str(fault) for name in names for fault in self.page.evaluate(f"{CHECKS}.{name}()")]

    def _collect(self, where: str) -> None:
        if self._document is not None:
            self._collected.add(where, self._document.body())

    def _outline(self) -> str:
        text: str = self.page.evaluate(
            "() => document.documentElement.outerHTML.replace(/>[^<]+</g, '><').replace(/\"[^\"]*\\d[^\"]*\"/g, '')"
        )
        return text

    def _axe_faults(self) -> list[str]:
        if self.javascript:
            return axe_faults(self.page)
        with self._twin() as twin:
            return axe_faults(twin)

    @contextmanager
    def _twin(self) -> Iterator[Page]:
        """Show what this window shows where scripts can be run, with none of the page's own: axe needs them."""
        assert self._document is not None
        body, browser = self._document.body(), self.page.context.browser
        assert browser is not None
        context = new_context(browser, self.language)
        page = context.new_page()
        page.set_viewport_size(self.page.viewport_size)

        def answer(route: Route) -> None:
            if route.request.is_navigation_request():
                route.fulfill(body=body, content_type="text/html; charset=utf-8")
            elif route.request.resource_type == "script":
                route.fulfill(body="", content_type="text/javascript")
            else:
                route.continue_()

        page.route("**/*", answer)
        page.goto(self.page.url)
        yield page
        context.close()


def axe_faults(page: Page) -> list[str]:
    """Return what axe finds; it is brought in past the page's own security policy, which stays in force."""
    page.evaluate(AXE)
    found = page.evaluate(
        f"() => axe.run(document, {{runOnly: {json.dumps(RULES)}, resultTypes: ['violations']}})"
        ".then(result => result.violations)"
    )
    return [
        f"axe {one['id']}: {one['help']}\n    "
        + "\n    ".join(node["html"][:200] for node in one["nodes"][:3])
        for one in found
    ]


def new_context(browser: Browser, language: str, *, javascript: bool = True) -> BrowserContext:
    """Return a browser profile of its own: nothing kept, no motion."""
    return browser.new_context(
        viewport=WIDE,
        java_script_enabled=javascript,
        locale={"da": "da-DK", "en": "en-GB"}[language],
        timezone_id="Europe/Copenhagen",
        reduced_motion="reduce",
        accept_downloads=True,
    )
