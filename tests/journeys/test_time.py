"""The time on a case is measured while its page is in use: with a clock that the test winds, and no waiting."""

import json

import pytest
from playwright.sync_api import expect

ITEM = "Er brevet klart?"
HIDE = """
Object.defineProperty(document, "hidden", { value: true, configurable: true });
document.dispatchEvent(new Event("visibilitychange"));
"""


@pytest.fixture
def rita(small, small_served, open_window):
    """Rita's window on her first case, with a clock that the test can put forward."""
    small.new()
    small.draw()
    small.assign("rita")
    window = open_window(small_served, "rita")
    window.page.clock.install()
    window.reports = []
    window.page.on("request", lambda request: note(window.reports, request))
    window.visit(f"/reviews/{small.reviews()[1].id}/items/clear")
    return window


def note(reports, request):
    if request.url.endswith("/time") and request.method == "PUT":
        reports.append(json.loads(request.post_data)["seconds"])


def wind(window, seconds):
    """Let the page's clock run, in steps small enough that an answer can arrive between them."""
    for _ in range(seconds // 10):
        window.page.clock.run_for(10_000)
        window.page.evaluate("1")


def stored(small):
    review = small_review(small)
    with small.acting() as (store, _):
        return store.review_times.of(review, store.people.by_username("rita").id)


def small_review(small):
    return small.reviews()[1].id


def test_a_pause_stops_the_clock_and_a_key_starts_it_again(rita):
    wind(rita, 600)
    assert sum(rita.reports) == pytest.approx(60, abs=2)
    rita.page.keyboard.press("Shift")
    wind(rita, 20)
    rita.page.mouse.move(50, 60)
    wind(rita, 40)
    rita.page.keyboard.press("Shift")
    wind(rita, 600)
    assert sum(rita.reports) == pytest.approx(60 + 60 + 60, abs=4)


def test_a_hidden_tab_stops_the_clock_and_tells_at_once(rita):
    rita.page.clock.run_for(20_000)
    with rita.page.expect_response("**/time"):
        rita.page.evaluate(HIDE)
    told = sum(rita.reports)
    assert 20 <= told <= 61
    rita.page.keyboard.press("Shift")
    wind(rita, 300)
    assert sum(rita.reports) == told


def test_what_was_used_is_told_when_the_page_is_left_and_stands_on_the_summary(rita, small):
    rita.page.clock.run_for(25_000)
    rita.visit(f"/reviews/{small_review(small)}/summary")
    # The page's clock goes on by itself, too; more than a minute it cannot be, for nothing was done.
    expect_stored(rita, small, at_least=25, at_most=61)
    rita.page.reload()
    expect(rita.page.get_by_text("Tid på sagen: ca. 1 min.")).to_be_visible()
    rita.check_narrow()


def test_who_is_signed_out_is_told_once_and_not_again(rita, small):
    with small.acting() as (store, _):
        store.sessions.delete_of(store.people.by_username("rita").id)
    with rita.expecting(401):
        with rita.page.expect_response("**/time") as refused:
            rita.page.clock.run_for(31_000)
        assert refused.value.status == 401
        rita.page.keyboard.press("Shift")
        wind(rita, 300)
        rita.check()
    assert len(rita.reports) == 1


def test_without_a_connection_it_waits(rita, small):
    rita.page.context.set_offline(True)
    wind(rita, 40)
    assert rita.reports == []
    rita.page.context.set_offline(False)
    with rita.page.expect_response("**/time"):
        wind(rita, 30)
    assert sum(rita.reports) == pytest.approx(60, abs=2)


@pytest.mark.parametrize("javascript", [True, False], ids=["scripts", "no-scripts"])
def test_the_reviewer_corrects_it_with_the_keyboard(small, small_served, sit_down, javascript):
    small.new()
    small.draw()
    small.assign("rita")
    rita = sit_down(small_served, "rita", start="Mine sager", javascript=javascript)
    rita.go("link", "Åbn sag 1")
    rita.window.visit(f"/reviews/{small_review(small)}/summary")
    rita.write("Passer det ikke? Skriv minutterne", "en time")
    rita.go("button", "Gem tiden")
    rita.window.arrive_with_errors("Ret tiden på sagen", "Skriv et helt antal minutter")
    rita.write("Passer det ikke? Skriv minutterne", "41")
    rita.go("button", "Gem tiden")
    rita.window.arrive("Afslut sag 1")
    expect(rita.page.get_by_text("Tid på sagen: 41 min., som du selv har skrevet.")).to_be_visible()
    rita.window.check_narrow()


def expect_stored(rita, small, *, at_least, at_most):
    """What is told while a page is left arrives behind the next page's back."""
    for _ in range(50):
        if stored(small).seconds:
            break
        rita.page.evaluate("fetch('/health')")
    assert at_least <= stored(small).seconds <= at_most
