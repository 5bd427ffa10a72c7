"""The window itself: each fault that it is there to find, it finds."""

import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest
from html_checker import CollectedPages
from keyboard import Keyboard
from playwright.sync_api import Browser
from windows import Window, new_context

PAGE = """<!doctype html><html lang="da"><head><meta charset="utf-8"><title>{title}</title>
<link rel="icon" href="/icon"><link rel="stylesheet" href="/style"></head>
<body><main><h1 tabindex="-1">Hej</h1>{body}</main>{after}</body></html>"""
POLICY = "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; connect-src 'self'"
STYLE = ":focus-visible { outline: 3px solid blue } .unseen:focus { outline: 0 }"
SCRIPTS = {
    "/fault.js": "throw new Error('broken')",
    "/fetch.js": "fetch('http://127.0.0.1:9/')",
    "/fine.js": "1",
}


class Site(BaseHTTPRequestHandler):
    """One page, whose content the test decides."""

    page = ""

    def do_GET(self):
        kind, text = {
            "/style": ("text/css", STYLE),
            "/icon": ("image/svg+xml", "<svg xmlns='http://www.w3.org/2000/svg'/>"),
        }.get(
            self.path,
            ("text/javascript", SCRIPTS.get(self.path))
            if self.path.endswith(".js")
            else ("text/html", self.page),
        )
        body = (text or "").encode()
        self.send_response(404 if text is None or self.path in {"/no.png", "/nowhere"} else 200)
        for name, value in {
            "content-type": f"{kind}; charset=utf-8", "content-security-policy": POLICY, "content-length": len(body)
        }.items():  # fmt: skip
            self.send_header(name, str(value))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *arguments):
        pass


class Server(ThreadingHTTPServer):
    """Does not tell of browsers that have gone away."""

    def handle_error(self, request, client_address):
        pass


@pytest.fixture(scope="module")
def site() -> Iterator[str]:
    server = Server(("127.0.0.1", 0), Site)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()
    server.server_close()


@pytest.fixture
def window(site: str, browser: Browser, tmp_path: Path) -> Iterator[Window]:
    """A window whose pages the HTML checker does not read: they are wrong on purpose."""
    context = new_context(browser, "da")
    yield Window(context.new_page(), site, CollectedPages(tmp_path), "da", javascript=True)
    context.close()


def page(body: str = "", *, title: str = "Hej – Kvalitetsgennemgang", after: str = "") -> None:
    Site.page = PAGE.format(body=body, title=title, after=after)


FAULTS = [
    ("status 404: GET", '<img src="/no.png" alt="">'),
    ("violates the following Content Security Policy", '<p style="color: red">x</p>'),
    ("violates the following Content Security Policy", "<script>1</script>"),
    ("script error: broken", '<script src="/fault.js"></script>'),
    ("violates the following Content Security Policy", '<script src="/fetch.js"></script>'),
    ("heading level jumps from 1 to 3", "<h3>Dybt</h3>"),
    ("2 H1 on the page", "<h1>Igen</h1>"),
    ("id twice: a", '<p id="a">x</p><p id="a">x</p>'),
    ("axe label", '<input name="navn">'),
    ("axe image-alt", '<img src="/icon">'),
    ("focus cannot be seen", '<a href="/" class="unseen">Start</a>'),
]


class TestWindow:
    def test_a_page_without_faults_passes(self, window):
        page(
            '<h2>Mere</h2><p><a href="/">Start</a> <button type="button">Knap</button></p>'
            '<script src="/fine.js"></script>'
        )
        window.visit("/")
        window.check_narrow()

    @pytest.mark.parametrize(("said", "body"), FAULTS)
    def test_it_finds(self, window, said, body):
        page(body)
        with pytest.raises(AssertionError, match=said):
            window.visit("/")

    def test_it_finds_a_title_that_is_not_the_heading(self, window):
        page(title="Noget andet")
        with pytest.raises(AssertionError, match="the title is 'Noget andet'"):
            window.visit("/")

    def test_it_finds_a_page_that_is_wider_than_a_telephone(self, window):
        page(f"<p>{'w' * 100}</p>")
        window.visit("/")
        with pytest.raises(AssertionError, match="the page scrolls sideways"):
            window.check_narrow()

    def test_it_finds_a_page_that_is_too_wide_with_bigger_text(self, window):
        page(f"<p>{'w' * 100}</p>")
        window.visit("/")
        window.page.set_viewport_size({"width": 1900, "height": 900})
        window.check()

    def test_it_finds_a_refusal_unless_it_is_expected(self, window):
        page()
        window.visit("/nowhere", status=404)
        with pytest.raises(AssertionError, match="/nowhere answers 404"):
            window.visit("/nowhere")


class TestKeyboard:
    def test_it_reaches_a_control_and_uses_it(self, window):
        page('<p><a href="/">Start</a> <button type="button">Knap</button></p>')
        window.visit("/")
        assert Keyboard(window).tab_to("button", "Knap") == 2

    def test_it_does_not_reach_what_takes_no_focus(self, window):
        page('<p><button type="button" tabindex="-1">Knap</button></p>')
        window.visit("/")
        with pytest.raises(AssertionError, match="cannot be reached"):
            Keyboard(window).tab_to("button", "Knap")

    def test_it_refuses_a_control_whose_focus_cannot_be_seen(self, window):
        page('<p><a href="/" class="unseen">Start</a></p>')
        window.page.goto(window.address)
        with pytest.raises(AssertionError, match="focus cannot be seen"):
            Keyboard(window).tab_to("link", "Start")


class TestCollectedPages:
    def test_the_checker_tells_each_fault_once_with_its_page(self, tmp_path):
        pages = CollectedPages(tmp_path)
        pages.add("/en", PAGE.format(title="x", body="<p><ul></ul></p>", after="").encode())
        pages.add("/to", PAGE.format(title="x", body="<b><ul></ul></p></b>", after="").encode())
        problems = pages.problems()
        assert any(one.startswith("/en: ") for one in problems) or any(
            one.startswith("/to: ") for one in problems
        )
        assert len({one.split(": ", 1)[1].split("\n")[0] for one in problems}) == len(problems)

    def test_a_page_without_faults_has_none(self, tmp_path):
        pages = CollectedPages(tmp_path)
        pages.add("/", PAGE.format(title="Hej", body="<p>Hej</p>", after="").encode())
        assert pages.problems() == []
