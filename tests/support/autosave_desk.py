"""A round in which each journey of saving has a reviewer and a case of its own, all on one server."""

import hashlib
import re
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta

import pytest
from keyboard import Keyboard
from playwright.sync_api import expect
from serving import serving
from small_round import CHECKLIST, KEY, OTHER_SEED, Municipality, write_files
from windows import Window

from lirk.services import rounds
from lirk.storage.database import Database

QUESTION = "Er brevet klart?"
ITEM = "clear"
#: One reviewer and one case for each journey that writes, so that all can share a server.
REVIEWERS = (
    "anna",
    "bo",
    "clara",
    "dan",
    "eva",
    "finn",
    "gro",
    "hans",
    "ida",
    "jens",
    "kaj",
    "lis",
    "mie",
    "nils",
)
OFFLINE = "Ingen forbindelse. Svaret ligger på denne computer og sendes automatisk."
#: What a browser says of a connection that is gone.
NO_CONNECTION = ("ERR_INTERNET_DISCONNECTED", "ERR_FAILED")
MANY = "2026-23"


def checklist_of(count: int) -> str:
    """The small checklist with so many items in place of its own, in themes of five."""
    before, _, rest = CHECKLIST.replace('id = "breve"', 'id = "lang"').partition("[[themes]]")
    after = rest[rest.index("[[verdicts]]") :]
    themes = []
    for number in range(1, count + 1):
        if number % 5 == 1:
            themes.append(
                f'[[themes]]\nid = "t{number}"\ntitle = {{ da = "Tema {number}", en = "Theme {number}" }}'
            )
        themes.append(
            f'[[themes.items]]\nid = "i{number}"\nseverity = "serious"\nrule = "order"\n'
            f'question = {{ da = "Spørgsmål {number}?", en = "Question {number}?" }}'
        )
    return before + "\n".join(themes) + "\n" + after


@pytest.fixture(scope="module")
def desk(tmp_path_factory):
    """A municipality with a case for each reviewer, behind a server."""
    folder = tmp_path_factory.mktemp("autosave")
    database = Database(f"sqlite:///{folder / 'lirk.sqlite'}")
    database.upgrade()
    now = datetime.now(UTC).replace(microsecond=0) - timedelta(days=3)
    write_files(folder, n=6)
    made = Municipality(database, folder, now)
    for username in (*REVIEWERS, "mange"):
        made.add(username)
    made.new()
    made.draw()
    made.assign(*REVIEWERS)
    made.new(MANY, checklists=(checklist_of(23),))
    made.draw(key=MANY, seed=OTHER_SEED)
    with made.acting() as (store, coordinator):
        rounds.assign_cases(store, coordinator, MANY, reviewers=["mange"], now=now)
    made.let_sign_in()
    with serving(folder / "lirk.sqlite") as running:
        yield Desk(made, running)
    database.dispose()


class Desk:
    """The round as the journeys look at it from outside."""

    def __init__(self, made, served):
        self.made, self.served = made, served

    def review_of(self, username, key=KEY):
        with self.made.acting() as (store, _):
            who, round_ = store.people.by_username(username), store.rounds.by_key(key)
            return next(one.id for one in store.reviews.of(round_.id) if one.reviewer_id == who.id)

    def item(self, username, item=ITEM, key=KEY):
        return f"/reviews/{self.review_of(username, key)}/items/{item}"

    def stored(self, username):
        """The answer that the server has: value, note and version."""
        review = self.review_of(username)
        with self.made.acting() as (store, _):
            kept = store.reviewing.find(review).answers.get(ITEM)
            return (kept.answer.value, kept.answer.note, kept.version) if kept else None

    def end_session(self, username):
        with self.made.database.begin() as store:
            store.sessions.delete(hashlib.sha256(f"session of {username}".encode()).hexdigest())
            store.trail.add("test", actor_id=None, at=datetime.now(UTC))


@pytest.fixture
def sit(desk, open_window, collected):
    """Let a reviewer open the page of their case's first question, in a browser of their own."""

    def one_sits(username, *, path=None, javascript=True):
        window = open_window(desk.served, username, javascript=javascript)
        window.visit(path or desk.item(username))
        return window

    return one_sits


@pytest.fixture
def beside(desk, collected):
    """Open another tab in the same browser; the context is closed with its first window."""

    def one_more(window, path):
        opened = Window(window.page.context.new_page(), desk.served.address, collected, "da", javascript=True)
        if path is not None:
            opened.visit(path)
        return opened

    return one_more


@contextmanager
def troubled(window, *known):
    """Forgive what a broken connection or an expected refusal makes the browser complain of inside the block."""
    yield
    forgive(window, *known)


def forgive(window, *known):
    left = [one for one in window.complaints() if not any(word in one for word in known or NO_CONNECTION)]
    assert not left


def state(window):
    return window.page.locator("#autosave")


def note(window):
    return window.page.get_by_role("textbox", name="Note til svaret")


def saved(window):
    expect(state(window)).to_contain_text("Gemt kl.")


def lying_there(window):
    """The entries on the computer, whoever's."""
    return window.page.evaluate("Object.entries(localStorage).map(([name, text]) => JSON.parse(text))")


def puts_of(window):
    """Count the answers that the window sends from now on."""
    sent = []
    window.page.on("request", lambda one: sent.append(one.url) if one.method == "PUT" else None)
    return sent


def no_way_through(context):
    context.route(
        re.compile("/items/"),
        lambda route: route.abort() if route.request.method == "PUT" else route.fallback(),
    )


def hands_of(window):
    return Keyboard(window)
