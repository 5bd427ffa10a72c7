"""A key that is pressed while the next question is on its way answers neither that one nor the one before."""

import pytest
from autosave_desk import MANY, hands_of, lying_there, troubled
from playwright.sync_api import expect

#: Milliseconds before each answer of the server; a save and a page take one each.
LATENCY = 400


@pytest.fixture
def going_on(desk, sit):
    """Open a question by its number, for one who goes on after an answer."""

    def one_sits(number):
        window = sit("mange", path=desk.item("mange", "i1", MANY))
        hands_of(window).unfold("Tastaturgenveje")
        goes_on = window.page.get_by_role("checkbox", name="Gå videre til næste punkt, når jeg har svaret")
        if not goes_on.is_checked():
            with window.page.expect_request_finished(lambda one: one.url.endswith("/preferences")):
                goes_on.press("Space")
        window.visit(desk.item("mange", f"i{number}", MANY))
        return window

    return one_sits


def slow(window):
    """Let every answer of the server take its time from now on."""
    session = window.page.context.new_cdp_session(window.page)
    session.send("Network.enable")
    conditions = {"offline": False, "latency": LATENCY, "downloadThroughput": -1, "uploadThroughput": -1}
    session.send("Network.emulateNetworkConditions", conditions)


def answers_of(desk):
    """What the server has, by item."""
    review = desk.review_of("mange", MANY)
    with desk.made.acting("mange") as (store, _):
        kept = store.reviewing.find(review).answers
        return {item: one.answer.value for item, one in kept.items()}


@pytest.mark.parametrize(
    ("number", "pause"),
    [pytest.param(1, 100, id="while it is saved"), pytest.param(3, 550, id="while the page is fetched")],
)
def test_a_fast_key_overwrites_nothing(desk, going_on, number, pause):
    window = going_on(number)
    slow(window)
    window.page.keyboard.press("1")
    window.page.wait_for_timeout(pause)
    window.page.keyboard.press("2")
    window.arrive(f"Spørgsmål {number + 1}?")
    expect(window.page.get_by_role("radio", checked=True)).to_have_count(0)
    window.page.wait_for_load_state("networkidle")
    answers = answers_of(desk)
    assert (answers[f"i{number}"], f"i{number + 1}" in answers) == ("yes", False)
    assert lying_there(window) == []


def test_nor_does_a_key_after_the_one_for_the_next_question(desk, going_on):
    window = going_on(5)
    slow(window)
    window.page.keyboard.press("j")
    window.page.wait_for_timeout(100)
    window.page.keyboard.press("2")
    window.page.keyboard.press("n")
    window.arrive("Spørgsmål 6?")
    window.page.wait_for_load_state("networkidle")
    assert not {"i5", "i6"} & answers_of(desk).keys()


def test_a_page_that_is_shown_again_takes_keys(desk, going_on):
    window = going_on(7)
    window.page.keyboard.press("1")
    window.arrive("Spørgsmål 8?")
    window.page.go_back()
    window.arrive("Spørgsmål 7?")
    window.page.keyboard.press("4")
    window.arrive("Spørgsmål 8?")
    assert answers_of(desk)["i7"] == "not_applicable"


def test_without_a_connection_the_page_says_why_it_stays_and_takes_keys(going_on):
    window = going_on(9)
    bar = window.page.locator("#autosave")
    with troubled(window):
        window.page.context.set_offline(True)
        window.page.keyboard.press("1")
        expect(bar).to_contain_text("Du kan først gå til et andet punkt, når der er forbindelse.")
        window.page.keyboard.press("3")
        expect(window.page.get_by_role("radio", name="Nej")).to_be_checked()
        window.page.get_by_role("link", name="Næste", exact=True).click()
        expect(bar).to_contain_text("Du kan først gå til et andet punkt, når der er forbindelse.")
    window.check_narrow()
