"""What every journey may ask for: the demonstration behind a server, and people at their keyboards."""

from datetime import UTC, datetime, timedelta

import pytest
from autosave_desk import beside, desk, sit
from crawl import Answered, crawl
from keyboard import Keyboard
from litestar import Litestar
from served import browser, collected, demonstration, open_window, served, served_anew
from serving import Served, serving
from small_round import CHECKLIST, SECRET_KEY, Municipality, write_files

from lirk.demo.municipality import PASSWORD
from lirk.domain.people import Role
from lirk.services import checklist_versions, checklist_workflow
from lirk.settings import Settings
from lirk.storage.database import Database
from web.app import create_app

__all__ = [
    "beside",
    "browser",
    "collected",
    "demonstration",
    "desk",
    "open_window",
    "served",
    "served_anew",
    "sit",
]

GUIDANCE = 'rule = "local"\nguidance = { da = "Se på brevet.", en = "Look at the letter." }'
#: The checklist of the small round, with what it needs to be published.
LETTERS = CHECKLIST.replace('rule = "order"', GUIDANCE).replace('rule = "guarantee"', GUIDANCE)


@pytest.fixture(scope="session")
def app(served: Served):
    """The application, asked for its addresses alone."""
    made = create_app(Settings(database_url=f"sqlite:///{served.file}", secret_key=SECRET_KEY, https=False))
    yield made
    made.state.database.dispose()


@pytest.fixture(scope="session")
def reached(served: Served, app: Litestar):
    """What a person reaches by links, found without a browser; remembered."""
    known: dict[str | None, list[Answered]] = {}

    def of(username: str | None) -> list[Answered]:
        if username not in known:
            known[username] = crawl(served, app, username)
        return known[username]

    return of


@pytest.fixture
def sit_down(open_window):
    """Let somebody open a window, sign in with the keyboard alone, and go on from there."""

    def one_sits_down(server, username, *, start, javascript=True) -> Keyboard:
        keyboard = Keyboard(open_window(server, javascript=javascript))
        keyboard.window.visit("/")
        keyboard.sign_in(username, PASSWORD)
        keyboard.window.arrive(start)
        return keyboard

    return one_sits_down


@pytest.fixture
def small(tmp_path) -> Municipality:
    """The small municipality with a checklist of its own and two people, and no round yet."""
    database = Database(f"sqlite:///{tmp_path / 'lirk.sqlite'}")
    database.upgrade()
    made = Municipality(database, tmp_path, datetime.now(UTC).replace(microsecond=0) - timedelta(days=3))
    write_files(tmp_path)
    made.add("rita")
    made.add("arkivar", Role.ARCHIVIST)
    with made.acting("arkivar") as (store, archivist):
        checklist_versions.import_version(store, archivist, "breve.toml", LETTERS.encode(), now=made.now)
        checklist_workflow.send(store, archivist, "breve", 1, now=made.now)
    with made.acting() as (store, coordinator):
        checklist_workflow.approve(store, coordinator, "breve", 1, now=made.now)
    with made.acting("arkivar") as (store, archivist):
        day = made.now.date()
        checklist_workflow.publish(store, archivist, "breve", 1, in_force_from=day, now=made.now)
    made.let_sign_in()
    yield made
    database.dispose()


@pytest.fixture
def small_served(small):
    """The small municipality behind a server."""
    with serving(small.folder / "lirk.sqlite") as running:
        yield running
