"""Every route by every role, of one's own and of others: one table. A route that the table lacks fails it.

A letter a person, in the order of ``WHO``: ``x`` gets in, ``0`` is told that there is no such thing, ``-`` is told
that it is not theirs to do, ``s`` is sent to sign in. To get in means that the rights were not what stopped it.
"""

import re
from pathlib import Path

import pytest

#: nobody; the reviewer whose work it is, another one; leader and contact person of Center Nord; and one of each.
WHO = (None, "rita", "otto", "leder", "kontakt", "arkivar", "koordinator", "chef", "admin")
TABLE_FILE = Path(__file__).with_name("rights.txt")
LINE = re.compile(r"(GET|POST|PUT) +(\S+) +(\S+) +([x0s-]{9})")
#: What a script sends: an answer to an item; elsewhere it is of no use, and refused for that.
SENT = {"value": "yes", "note": "", "journal_reference": "", "in_doubt": False, "version": 0, "key": "k"}
SENT_TIME = {"seconds": 5}
OUTCOMES = {500: "!", 401: "s", 403: "-", 404: "0"}


def rows():
    """Each line of the table: method, the route's pattern, an address that fits it, and a letter a person."""
    lines = TABLE_FILE.read_text(encoding="utf-8").splitlines()
    return [LINE.fullmatch(line.strip()).groups() for line in lines if line.strip() and line[0] != "#"]


def outcome(answer, username) -> str:
    sent_to = answer.headers.get("location", "").partition("?")[0]
    if answer.status_code == 303 and username is None and sent_to == "/sign-in":
        return "s"
    return OUTCOMES.get(answer.status_code, "x")


def asked(pages, method, address, username):
    browser = pages.sign_in(username)
    address = pages.filled_in(address)
    if method == "GET":
        return browser.get(address)
    if method == "PUT":
        sent = SENT_TIME if address.endswith("/time") else SENT
        return browser.put(address, json=sent, headers={"x-csrf-token": browser.token()})
    return browser.post(address)


class TestTable:
    @pytest.mark.parametrize(("method", "pattern", "address", "letters"), rows())
    def test_who_gets_in(self, pages, method, pattern, address, letters):
        # Those who must be refused come first, since the others may change what is there.
        order = sorted(range(len(WHO)), key=lambda place: letters[place] == "x")
        found = {place: outcome(asked(pages, method, address, WHO[place]), WHO[place]) for place in order}
        assert "".join(found[place] for place in range(len(WHO))) == letters

    def test_holds_every_route(self, pages):
        routes = {
            (method, route.path_format)
            for route in pages.app.routes
            for handler in getattr(route, "route_handlers", ())
            for method in handler.http_methods - {"OPTIONS", "HEAD"}
        }
        assert routes == {(method, pattern) for method, pattern, _, _ in rows()}

    def test_each_address_fits_its_pattern(self):
        for _, pattern, address, _ in rows():
            part = ".+" if pattern in {"/{path}", "/static/{digest}/{name}"} else "[^/]+"
            assert re.fullmatch(re.sub(r"\\\{[^}]*\\\}", part, re.escape(pattern)), address)
