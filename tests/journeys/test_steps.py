"""The steps beside a question stay true, whatever the page did not see: another tab, a reply that was lost."""

import re
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta

import pytest
from autosave_desk import Desk, note, saved, troubled
from playwright.sync_api import expect
from serving import serving
from small_round import CHECKLIST, Municipality, write_files

from lirk.storage.database import Database

REVIEWERS = ("anna", "bo", "clara", "dan", "eva")


def themes() -> str:
    """The small checklist with three themes of one item; the second applies where the first is answered by no."""
    before, _, rest = CHECKLIST.partition("[[themes]]")
    made = []
    for number, condition in ((1, ""), (2, 'applies_when = { id = "i1", is = "no" }\n'), (3, "")):
        made.append(
            f'[[themes]]\nid = "t{number}"\ntitle = {{ da = "Tema {number}", en = "Theme {number}" }}\n'
            f'{condition}[[themes.items]]\nid = "i{number}"\nseverity = "serious"\nrule = "order"\n'
            f'question = {{ da = "Spørgsmål {number}?", en = "Question {number}?" }}'
        )
    return before + "\n".join(made) + "\n" + rest[rest.index("[[verdicts]]") :]


@pytest.fixture(scope="module")
def desk(tmp_path_factory):
    """A municipality with a case for each reviewer, and a theme that comes and goes, behind a server."""
    folder = tmp_path_factory.mktemp("steps")
    database = Database(f"sqlite:///{folder / 'lirk.sqlite'}")
    database.upgrade()
    write_files(folder, n=6)
    now = datetime.now(UTC).replace(microsecond=0) - timedelta(days=3)
    made = Municipality(database, folder, now)
    for username in REVIEWERS:
        made.add(username)
    made.new(checklists=(themes(),))
    made.draw()
    made.assign(*REVIEWERS)
    made.let_sign_in()
    with serving(folder / "lirk.sqlite") as running:
        yield Desk(made, running)
    database.dispose()


def steps(window):
    """What the page says of each step, and which of them is the one where the reader is."""
    return window.page.evaluate(
        "[...document.querySelectorAll('#steps li')]"
        ".map(one => (one.className + ' ' + one.textContent).replace(/\\s+/g, ' ').trim())"
    )


def check_true(window, count):
    """The steps are those that the server shows, and there are so many."""
    shown = steps(window)
    window.page.reload()
    assert (shown, len(shown)) == (steps(window), count)


@contextmanager
def acknowledged(window):
    """Wait until the server has said that what is done inside is stored, and the page has shown what it was told."""
    with window.page.expect_response(lambda one: one.request.method == "PUT" and one.ok) as reply:
        yield
    shows = "mark => document.getElementById('steps').dataset.mark === mark"
    window.page.wait_for_function(shows, arg=reply.value.json()["steps_mark"])
    saved(window)


def answer(window, text, address=None):
    if address:
        window.visit(address)
    with acknowledged(window):
        window.page.get_by_role("radio", name=text).check()


def the_first_reply_is_lost(context):
    lost = []

    def lose(route):
        if route.request.method == "PUT" and not lost:
            lost.append(route.fetch())
            route.abort()
        else:
            route.fallback()

    context.route(re.compile("/items/"), lose)


def told(window, text):
    with acknowledged(window):
        note(window).fill(text)


def test_another_tab_brings_a_theme(desk, sit, beside):
    window = sit("anna", path=desk.item("anna", "i3"))
    answer(beside(window, desk.item("anna", "i1")), "Nej")
    answer(window, "Ja")
    check_true(window, 4)


def test_a_case_that_another_tab_made_complete_takes_more(desk, sit, beside):
    window = sit("bo", path=desk.item("bo", "i3"))
    other = beside(window, desk.item("bo", "i1"))
    answer(other, "Nej")
    answer(other, "Ja", desk.item("bo", "i2"))
    answer(window, "Ja")
    told(window, "Mere, som skal gemmes.")
    check_true(window, 4)
    expect(note(window)).to_have_value("Mere, som skal gemmes.")


def test_a_reply_that_was_lost_is_made_up_for(desk, sit):
    for item in ("i3", "i1"):
        window = sit("clara", path=desk.item("clara", item))
        if item == "i3":
            answer(window, "Ja")
    the_first_reply_is_lost(window.page.context)
    with troubled(window):
        answer(window, "Nej")
    assert len(steps(window)) == 4
    told(window, "Fordi.")
    told(window, "Fordi, og det vigtige.")
    check_true(window, 4)
    window.page.get_by_role("button", name="Gem og gå til næste punkt").click()
    window.arrive("Spørgsmål 2?")


def test_an_earlier_answer_is_sent_while_another_is_open(desk, sit, beside):
    window = sit("dan", path=desk.item("dan", "i1"))
    context = window.page.context
    with troubled(window):
        context.set_offline(True)
        window.page.get_by_role("radio", name="Nej").check()
        expect(window.page.locator("#autosave")).to_contain_text("Ingen forbindelse")
        window.page.close()
    context.set_offline(False)
    after = beside(window, desk.item("dan", "i3"))
    expect(after.page.locator("#unsent")).to_contain_text("er sendt")
    answer(after, "Ja")
    check_true(after, 4)


def test_a_theme_goes_again(desk, sit):
    window = sit("eva", path=desk.item("eva", "i1"))
    answer(window, "Nej")
    assert len(steps(window)) == 4
    told(window, "Fordi.")
    answer(window, "Ja")
    check_true(window, 3)
