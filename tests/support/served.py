"""Fixtures: the demonstration behind a real server, and browser windows that look at it."""

import fcntl
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from html_checker import CollectedPages
from playwright.sync_api import Browser, sync_playwright
from serving import MUNICIPALITY, Served, copy_of, serving
from windows import Window, new_context

from lirk.demo import municipality
from lirk.wording import Wording

SWITCHES = ["--no-sandbox", "--disable-dev-shm-usage", "--disable-background-networking"]


@pytest.fixture(scope="session")
def demonstration(tmp_path_factory: pytest.TempPathFactory, worker_id: str) -> Path:
    """The demonstration's folder: made once, whichever worker is first, and never written to."""
    base = tmp_path_factory.getbasetemp()
    folder = (base if worker_id == "master" else base.parent) / "demonstration"
    with folder.with_suffix(".lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not municipality.is_made(folder):
            recipe = municipality.recipe(None, None)
            municipality.make(
                folder, recipe, words=Wording("da"), municipality=MUNICIPALITY, step=lambda: None
            )
    return folder


@pytest.fixture(scope="session")
def served(demonstration: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    """The demonstration behind a server; for tests that only read."""
    file = copy_of(demonstration / municipality.DATABASE, tmp_path_factory.mktemp("served"))
    with serving(file) as running:
        yield running


@pytest.fixture
def served_anew(demonstration: Path, tmp_path: Path) -> Iterator[Served]:
    """The demonstration behind a server of this test's own; for tests that write."""
    with serving(copy_of(demonstration / municipality.DATABASE, tmp_path)) as running:
        yield running


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """Debian's Chromium, without a screen."""
    program = shutil.which("chromium")
    assert program, "Chromium is missing: run `bash tests/run` once, which installs it."
    with sync_playwright() as playwright:
        running = playwright.chromium.launch(executable_path=program, args=SWITCHES)
        yield running
        running.close()


@pytest.fixture(scope="session")
def collected(tmp_path_factory: pytest.TempPathFactory) -> Iterator[CollectedPages]:
    """Every page that a window has shown; when the last test is done, the HTML checker reads them all."""
    pages = CollectedPages(tmp_path_factory.mktemp("pages-to-check"))
    yield pages
    problems = pages.problems()
    assert not problems, "The HTML checker has found:\n" + "\n".join(problems)


@pytest.fixture
def open_window(browser: Browser, collected: CollectedPages) -> Iterator[Callable[..., Window]]:
    """Open a window on a server, signed in as somebody or nobody; what it complained of last fails the test."""
    opened: list[Window] = []

    def open_one(
        served: Served, username: str | None = None, *, javascript: bool = True, language: str = "da"
    ) -> Window:
        context = new_context(browser, language, javascript=javascript)
        if username is not None:
            session = served.session_of(username)
            context.add_cookies([{"name": "lirk", "value": session, "url": served.address}])
        opened.append(Window(context.new_page(), served.address, collected, language, javascript=javascript))
        return opened[-1]

    yield open_one
    left = [complaint for window in opened for complaint in window.complaints()]
    for window in opened:
        window.page.context.close()
    assert not left, "\n".join(left)
