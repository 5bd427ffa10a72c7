"""An answer in doubt is talked over by its reviewer and the coordinator or a jurist, with the keyboard alone."""

import re

import pytest
from playwright.sync_api import expect

from lirk.domain.people import Role

ITEM = "Er brevet klart?"
#: The link to it in a list, which says to those who cannot see the table which case it is of.
LINE = re.compile(rf"^{re.escape(ITEM)} ?, Sag 1, Breve$")
QUESTION, REPLY = "Er »venligst« klart nok?", "Ja, når fristen står der."


@pytest.fixture
def reviewing(small, small_served):
    """A round with all its cases in Rita's hands, and a jurist to ask."""
    small.add("jurist", Role.LEGAL_ADVISER)
    small.let_sign_in()
    small.new()
    small.draw()
    small.assign("rita")
    return small_served


@pytest.mark.parametrize("javascript", [True, False], ids=["scripts", "no-scripts"])
def test_an_item_is_talked_over_until_it_is_settled(reviewing, sit_down, javascript):
    rita = sit_down(reviewing, "rita", start="Mine sager", javascript=javascript)
    rita.go("link", "Åbn sag 1")
    rita.window.arrive(ITEM)
    rita.choose("Ja")
    rita.tick("Jeg er i tvivl, drøft punktet")
    rita.go("button", "Gem")
    rita.window.arrive(ITEM)
    rita.go("link", "Drøft punktet")
    rita.window.arrive(ITEM)
    expect(rita.page.get_by_text("Der er ikke skrevet noget endnu.")).to_be_visible()

    # A slip: a number that looks like a person's. What was written stands there still.
    rita.write("Skriv en besked", "Borgeren 010190-1234 spørger.")
    rita.go("button", "Send")
    rita.window.arrive_with_errors(ITEM)
    rita.write("Skriv en besked", QUESTION)
    rita.go("button", "Send")
    expect(rita.page.get_by_text("Beskeden er sendt.")).to_be_visible()
    rita.window.arrive(ITEM)
    rita.window.check_narrow()

    coordinator = sit_down(reviewing, "koordinator", start="Runder", javascript=javascript)
    coordinator.window.visit("/rounds/2026-1")
    coordinator.go("link", "1 punkt i tvivl venter på et svar")
    coordinator.window.arrive("Punkter i tvivl")
    coordinator.window.check_narrow()
    coordinator.go("link", LINE)
    coordinator.window.arrive(ITEM)
    expect(coordinator.page.get_by_text(QUESTION)).to_be_visible()
    coordinator.write("Skriv en besked", REPLY)
    coordinator.go("button", "Send")
    expect(coordinator.page.get_by_text("Venter på den, der gennemgår")).to_be_visible()

    rita.window.visit("/reviews")
    expect(rita.page.get_by_text("Du har fået svar")).to_be_visible()
    rita.window.check_narrow()
    rita.go("link", LINE)
    rita.window.arrive(ITEM)
    expect(rita.page.get_by_text(REPLY)).to_be_visible()
    rita.go("link", "Se punktet i sagen")
    rita.window.arrive(ITEM)
    expect(rita.page.get_by_text(REPLY)).to_be_visible()
    rita.go("link", "Drøft punktet")
    rita.window.arrive(ITEM)
    rita.go("button", "Markér punktet som afklaret")
    expect(rita.page.get_by_text("Punktet er afklaret. Ret svaret, hvis det skal ændres.")).to_be_visible()
    rita.window.arrive(ITEM)
    rita.window.visit("/reviews")
    expect(rita.page.get_by_role("heading", name="Punkter i tvivl")).to_have_count(0)


def test_a_jurist_settles_and_opens_again(reviewing, sit_down, small):
    rita = sit_down(reviewing, "rita", start="Mine sager")
    rita.go("link", "Åbn sag 1")
    rita.choose("Ja")
    rita.tick("Jeg er i tvivl, drøft punktet")
    expect(rita.page.get_by_role("link", name="Drøft punktet")).to_be_visible()
    expect(rita.page.get_by_text("Skriv, hvad du er i tvivl om")).to_be_visible()
    rita.go("button", "Gem")
    rita.window.arrive(ITEM)

    jurist = sit_down(reviewing, "jurist", start="Punkter i tvivl")
    jurist.go("link", LINE)
    jurist.window.arrive(ITEM)
    assert "Rita" not in jurist.page.content()
    jurist.go("button", "Markér punktet som afklaret")
    jurist.window.arrive("Punkter i tvivl")
    jurist.unfold("1 punkt er afklaret")
    jurist.window.check()
    jurist.go("link", LINE)
    jurist.window.arrive(ITEM)
    jurist.write("Er der mere at sige?", REPLY)
    jurist.go("button", "Send, og åbn drøftelsen igen")
    expect(jurist.page.get_by_text("Venter på den, der gennemgår")).to_be_visible()
    jurist.window.check_narrow()
