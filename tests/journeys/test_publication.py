"""From draft to published with keys alone: the leader objects, the coordinator answers, corrects and publishes."""

from datetime import timedelta

import pytest
from playwright.sync_api import expect
from small_round import KEY

from lirk.domain.people import Role
from lirk.services import report_stages

REPORT, ROUND = "Center Nord, 1. runde 2026", f"/rounds/{KEY}"
PLACE = f"{ROUND}/reports/center-nord"
CLEAR = "breve/clear"


@pytest.fixture
def closed(small, small_served):
    """A closed round in which nothing was in order, and Lone leads one of its centres."""
    small.add("lone", Role.CENTRE_LEADER, centres=["Center Nord"])
    small.let_sign_in()
    small.new()
    small.draw()
    small.assign("rita")
    small.answer("rita", value="no", note="Mangler i brevet.")
    small.close()
    return small_served


def test_an_objection_is_heard_before_the_report_is_published(closed, sit_down):
    coordinator = sit_down(closed, "koordinator", start="Runder")
    send(coordinator)
    leader = sit_down(closed, "lone", start="Rapporter")
    object_to_a_finding(leader)
    answer(coordinator)
    correct(coordinator)
    publish(coordinator)
    # The leader reads what was made of it, and the files are the ones that were kept.
    leader.window.visit(PLACE)
    expect(leader.page.get_by_text("Det har I ret i.")).to_be_visible()
    expect(leader.page.get_by_text("version 1", exact=False).first).to_be_visible()
    reopen(coordinator)
    publish_again(coordinator)
    leader.window.visit(PLACE)
    leader.unfold("Tidligere versioner")
    leader.window.check_narrow()
    assert leader.keep("2026-1-center-nord-1.pdf").path().read_bytes().startswith(b"%PDF")


def test_a_leader_with_nothing_to_add_need_not_be_waited_for(closed, sit_down):
    coordinator = sit_down(closed, "koordinator", start="Runder")
    send(coordinator)
    leader = sit_down(closed, "lone", start="Rapporter")
    leader.window.visit(PLACE)
    leader.go("button", "Se rapporten nu")
    leader.go("button", "Jeg har læst rapporten og har ikke bemærkninger")
    leader.window.arrive(REPORT)
    leader.window.check_narrow()
    expect(leader.page.get_by_role("button", name="Jeg har alligevel noget at tilføje")).to_be_visible()
    coordinator.window.visit(f"{PLACE}/publish")
    expect(coordinator.page.get_by_text("Det bliver udgivet")).to_be_visible()
    expect(coordinator.page.get_by_role("checkbox")).to_have_count(0)


def test_what_is_typed_and_not_sent_is_not_left_without_a_question(closed, sit_down):
    send(sit_down(closed, "koordinator", start="Runder"))
    leader = sit_down(closed, "lone", start="Rapporter")
    leader.window.visit(PLACE)
    leader.go("button", "Se rapporten nu")
    asked = []

    def stay(dialog):
        asked.append(dialog.type)
        dialog.dismiss()

    leader.page.on("dialog", stay)
    leader.window.visit(f"{PLACE}/replies/{CLEAR}")
    leader.go("link", "Fortryd")
    leader.window.arrive(REPORT)
    leader.window.visit(f"{PLACE}/replies/{CLEAR}")
    leader.write("Hvad vil du sige om fundet?", "Det står i bilaget til sag 1.")
    with leader.page.expect_event("dialog"):
        leader.press("link", "Fortryd")
    expect(leader.page.get_by_label("Hvad vil du sige om fundet?")).to_have_value(
        "Det står i bilaget til sag 1."
    )
    # Saving asks nothing.
    leader.go("button", "Gem svaret")
    leader.window.arrive(REPORT)
    assert asked == ["beforeunload"]


def send(coordinator):
    coordinator.window.visit(f"{ROUND}/send-reports")
    coordinator.window.check_narrow()
    coordinator.go("button", "Send")
    coordinator.window.visit(f"{PLACE}/send")
    coordinator.window.check_narrow()


def object_to_a_finding(leader):
    leader.window.visit(PLACE)
    leader.go("button", "Se rapporten nu")
    leader.window.visit(f"{PLACE}/replies/{CLEAR}")
    leader.window.check_narrow()
    leader.write("Hvad vil du sige om fundet?", "Det står i bilaget til sag 1.")
    leader.tick("Jeg er uenig i fundet")
    leader.go("button", "Gem svaret")
    expect(leader.page.get_by_text("Det står i bilaget til sag 1.")).to_be_visible()
    leader.window.check()


def answer(coordinator):
    coordinator.window.visit(f"{PLACE}/publish")
    expect(coordinator.page.get_by_text("Det kan ikke udgives nu")).to_be_visible()
    coordinator.window.check_narrow()
    coordinator.window.visit(f"{PLACE}/answers/{CLEAR}")
    coordinator.window.check_narrow()
    coordinator.choose("Taget til følge")
    coordinator.write("Dit svar", "Det har I ret i.")
    coordinator.go("button", "Gem svaret")


def correct(coordinator):
    coordinator.window.visit(f"{PLACE}/answers/{CLEAR}")
    coordinator.go("link", "Ret svar i sager")
    coordinator.window.check_narrow()


def publish(coordinator):
    coordinator.window.visit(f"{ROUND}/publish-reports")
    coordinator.window.check_narrow()
    coordinator.window.visit(f"{PLACE}/publish")
    coordinator.window.check_narrow()
    # The leader has written, and may still write more.
    coordinator.tick("Udgiv nu uden at vente på lederen")
    coordinator.tick("Udgiv, uden at et svar er ændret")
    coordinator.go("button", "Udgiv rapporten")
    expect(coordinator.page.get_by_text("Udgivet", exact=False).first).to_be_visible()


def reopen(coordinator):
    coordinator.window.visit(f"{PLACE}/reopen")
    coordinator.window.check_narrow()
    coordinator.write("Hvorfor rettes rapporten?", "Et tal var forkert.")
    coordinator.go("button", "Lav et nyt udkast")
    coordinator.window.arrive(REPORT)
    expect(coordinator.page.get_by_text("Et tal var forkert.")).to_be_visible()
    # Version 1 is in force until the next is published.
    assert coordinator.keep("PDF").path().read_bytes().startswith(b"%PDF")


def publish_again(coordinator):
    coordinator.window.visit(f"{PLACE}/publish")
    coordinator.tick("Udgiv alligevel uden lederens svar")
    coordinator.tick("Udgiv, uden at et svar er ændret")
    coordinator.go("button", "Udgiv rapporten")


class TestAllAtOnce:
    """Three reports, of which two are published in the first request."""

    @pytest.fixture
    def sent(self, closed, small):
        with small.acting() as (store, actor):
            day = (small.now + timedelta(days=14)).date()
            report_stages.send_drafts(store, actor, KEY, day, now=small.now)
        return closed

    def begin(self, coordinator):
        coordinator.window.visit(f"{ROUND}/publish-reports")
        coordinator.tick("Udgiv nu uden at vente på lederen")
        coordinator.go("button", "Udgiv rapporterne")

    def test_the_page_goes_on_by_itself(self, sent, sit_down):
        coordinator = sit_down(sent, "koordinator", start="Runder")
        self.begin(coordinator)
        coordinator.window.arrive("Udgivelsen er færdig")
        expect(coordinator.page.get_by_text("3 rapporter er udgivet")).to_be_visible()
        coordinator.window.check_narrow()
        coordinator.go("link", "Center Nord")
        coordinator.unfold("Filernes kontrolsummer")
        coordinator.window.check_narrow()
        coordinator.window.visit(f"{ROUND}/publish-reports")
        expect(coordinator.page.get_by_text("Alle rapporter er udgivet")).to_be_visible()
        coordinator.window.check_narrow()

    def test_without_scripts_a_button_goes_on(self, sent, sit_down):
        coordinator = sit_down(sent, "koordinator", start="Runder", javascript=False)
        self.begin(coordinator)
        coordinator.window.arrive("Rapporterne bliver udgivet: 2 af 3")
        coordinator.window.check_narrow()
        coordinator.go("button", "Udgiv de næste")
        coordinator.window.arrive("Udgivelsen er færdig")

    def test_who_stops_goes_on_later(self, sent, sit_down):
        coordinator = sit_down(sent, "koordinator", start="Runder")
        # As slow as a page is for somebody who reads it first.
        coordinator.page.route(
            "**/publishing.js", lambda route: route.fulfill(body="", content_type="text/javascript")
        )
        self.begin(coordinator)
        coordinator.window.arrive("Rapporterne bliver udgivet: 2 af 3")
        coordinator.go("link", "Stop her")
        coordinator.go("link", "Udgiv rapporterne")
        coordinator.tick("Udgiv alligevel, selv om ingen kan svare")
        coordinator.go("button", "Udgiv rapporterne")
        coordinator.window.arrive("Udgivelsen er færdig")
        expect(coordinator.page.get_by_text("1 rapport er udgivet")).to_be_visible()
