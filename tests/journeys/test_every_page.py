"""Every page that somebody reaches by following links, wide and narrow, with every check there is."""

import os
import re
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest
from crawl import PEOPLE, Answered, addresses, crawl, kinds

from lirk.services.accounts import save_preferences

#: Nobody is led here by a link of the demonstration.
NOT_BY_LINK = {
    "/health",  # for the watchman
    "/static/{digest:str}/{name:path}",  # read by every page
    "/{path:path}",  # every address that leads nowhere
    "/password/{token:str}",  # handed over outside the pages
    "/sign-in",  # for those who are signed out
}
#: The demonstration has neither a plan nor a draft, nothing urgent, missing or read twice, no calibration, and no
#: report that waits for its leader: these are seen on the way in a journey of their own.
IN_A_JOURNEY = (
    "/rounds/plans/{plan_id:int}",
    "/rounds/{key:str}/seed",
    "/rounds/{key:str}/draw",
    "/checklists/{checklist_id:str}/{version:int}/delete",
    "/checklists/{checklist_id:str}/{version:int}/edit",
    "/places/{form_id:int}/delete",
    "/reviews/calibration/{key:str}",
    "/reviews/reconcile/{review_id:int}",
    "/rounds/{key:str}/agreement",
    "/rounds/{key:str}/calibration",
    "/rounds/{key:str}/reports/{slug:str}/answers/",
    "/rounds/{key:str}/reports/{slug:str}/findings/{checklist:str}/{item:str}/correct",
    "/rounds/{key:str}/reports/{slug:str}/missing",
    "/rounds/{key:str}/reports/{slug:str}/replies/",
    "/rounds/{key:str}/reports/{slug:str}/versions/",
    "/rounds/{key:str}/send-reports",
    "/rounds/{key:str}/urgent",
    "/urgent",
)
PICTURES = os.environ.get("LIRK_SCREENSHOTS")


def picture_of(page: Answered, username: str | None, window) -> None:
    """Save how a page looks, wide and narrow, where somebody has asked for it."""
    if PICTURES:
        kind = re.sub(r"\{(\w+):\w+\}", r"\1", page.kind).strip("/").replace("/", ".") or "start"
        extra = re.sub(r"\W+", "-", page.path).strip("-")
        window.picture(Path(PICTURES) / f"{kind}--{username or 'nobody'}--{extra}--{window.width}.png")


class TestEveryPage:
    @pytest.mark.parametrize("username", [*PEOPLE, None])
    def test_is_whole_accessible_and_fits(self, served, reached, open_window, username):
        window, faults = open_window(served, username), []
        for page in reached(username):
            if page.is_page:
                faults += look(window, page, username)
        assert not faults, "\n\n".join(faults)

    def test_a_page_that_is_not_there_says_so(self, served, open_window):
        window = open_window(served, "anne")
        window.visit("/ingenting", status=404)
        window.check_narrow()

    def test_without_scripts(self, served, reached, open_window):
        window, faults = open_window(served, "anne", javascript=False), []
        for page in one_of_each_kind(reached("anne")):
            faults += look(window, page, "anne-without-scripts")
        assert not faults, "\n\n".join(faults)

    def test_in_english(self, app, served_anew, open_window):
        with served_anew.database() as database, database.begin() as store:
            person = store.people.by_username("koordinator")
            save_preferences(store, person, replace(person.preferences, language="en"), now=datetime.now(UTC))
        window, faults = open_window(served_anew, "koordinator", language="en"), []
        for page in one_of_each_kind(crawl(served_anew, app, "koordinator")):
            faults += look(window, page, "koordinator-in-english")
        assert not faults, "\n\n".join(faults)


class TestAddresses:
    @pytest.mark.parametrize("username", PEOPLE)
    def test_no_link_leads_astray(self, reached, username):
        assert [page for page in reached(username) if page.status != 200] == []

    def test_every_address_is_reached_by_somebody(self, app, reached):
        pages = [page for username in PEOPLE for page in reached(username)]
        seen = {page.kind for page in pages} | {kinds(app)(page.asked) for page in pages}
        left = addresses(app) - seen - NOT_BY_LINK
        assert [address for address in sorted(left) if not address.startswith(IN_A_JOURNEY)] == []

    def test_an_address_is_told_from_its_neighbours(self, app):
        kind_of = kinds(app)
        assert kind_of("/reviews?show=all") == "/reviews"
        assert kind_of("/reviews/7") == "/reviews/{review_id:int}"
        assert kind_of("/nowhere/at/all") == "/{path:path}"


def one_of_each_kind(found):
    """The first page of each kind: whether scripts are off, or the language is another, is the same for all."""
    return {page.kind: page for page in reversed([*found]) if page.is_page}.values()


def look(window, page: Answered, username: str | None) -> list[str]:
    """Return what is wrong with a page, as text, so that one run tells of all pages."""
    try:
        window.visit(page.path)
        picture_of(page, username, window)
        window.check_narrow(lambda: picture_of(page, username, window))
    except AssertionError as fault:
        # What was complained of here shall not be told of the next page.
        window.complaints()
        return [str(fault)]
    return []
