"""How many bytes a page brings over the wire: the first with all that it loads, and every other by itself."""

import pytest
from crawl import PEOPLE
from windows import new_context

FIRST_LOAD, EVERY_OTHER = 400_000, 60_000


class TestWeight:
    @pytest.mark.parametrize("username", PEOPLE)
    def test_every_page_is_light(self, reached, username):
        heavy = [
            (page.path, page.weight)
            for page in reached(username)
            if page.is_page and page.weight > EVERY_OTHER
        ]
        assert heavy == []

    @pytest.mark.parametrize("username", [None, *PEOPLE])
    def test_the_first_page_is_light_with_all_that_it_loads(self, served, browser, username):
        assert loaded(browser, served, username) < FIRST_LOAD


def loaded(browser, served, username) -> int:
    """Return the bytes that a new visitor's browser receives until their start page stands there."""
    context = new_context(browser, "da")
    if username is not None:
        context.add_cookies([{"name": "lirk", "value": served.session_of(username), "url": served.address}])
    page, received = context.new_page(), []
    devtools = context.new_cdp_session(page)
    devtools.on("Network.loadingFinished", lambda event: received.append(event["encodedDataLength"]))
    devtools.send("Network.enable")
    page.goto(served.address, wait_until="networkidle")
    context.close()
    return sum(received)
