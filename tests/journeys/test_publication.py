"""From draft to published with keys alone: the leader objects, the coordinator answers, corrects and publishes."""

import pytest
from playwright.sync_api import expect
from small_round import KEY

from lirk.domain.people import Role

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
