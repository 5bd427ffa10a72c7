"""A place is checked on a telephone, with the keyboard alone and without scripts; a leader looks at a report."""

import re

import pytest
from autosave_desk import lying_there, note, state, troubled
from keyboard import Keyboard
from places import WALK, publish
from playwright.sync_api import expect
from windows import Window

from lirk.domain.people import Role

TELEPHONE = {"width": 390, "height": 844}
FACT, FIRST, LETTER, REASONS = (
    "Hvad blev udfaldet?",
    "Er der truffet en afgørelse?",
    "Er brevet klart?",
    "Er afslaget begrundet?",
)
FOLLOWED = "Står der, hvor man kan spørge?"


@pytest.fixture
def checked(small, small_served):
    """The small municipality with a contact person, a leader, and a short checklist of a place."""
    small.add("kontakt", Role.CONTACT_PERSON, centres=["Center Nord"])
    small.add("leder", Role.CENTRE_LEADER, centres=["Center Nord"])
    publish(small, "rundgang", WALK)
    return small_served


@pytest.fixture
def telephone(browser, collected, checked):
    """The contact person's telephone: a narrow window and fingers."""
    context = browser.new_context(
        viewport=TELEPHONE, has_touch=True, is_mobile=True, device_scale_factor=2, locale="da-DK",
        timezone_id="Europe/Copenhagen", reduced_motion="reduce",
    )  # fmt: skip
    session = checked.session_of("kontakt")
    context.add_cookies([{"name": "lirk", "value": session, "url": checked.address}])
    window = Window(context.new_page(), checked.address, collected, "da", javascript=True)
    yield window
    left = window.complaints()
    context.close()
    assert not left, "\n".join(left)


def begin(hands: Keyboard, place: str) -> None:
    hands.window.arrive("Tilsyn")
    hands.write("Stedets navn", place)
    hands.choose("Breve")
    hands.go("button", "Begynd tilsynet")
    hands.window.arrive(FACT)


def stored(small):
    with small.acting() as (store, _):
        return store.place_forms.find(1)


def test_a_place_is_checked_with_fingers_on_a_telephone(telephone, small):
    page = telephone.page
    telephone.visit("/places")
    page.get_by_label("Stedets navn").fill("Møllehuset")
    page.get_by_text("Breve", exact=True).tap()
    page.get_by_role("button", name="Begynd tilsynet").tap()
    telephone.arrive(FACT)
    for question, answer in ((FACT, "Afslag"), (FIRST, "Ja"), (LETTER, "Nej")):
        telephone.arrive(question)
        row = page.locator(".answer-rows .form-group-radio").filter(has_text=answer).first
        # A finger hits what is 44 pixels high.
        assert row.bounding_box()["height"] >= 44
        row.get_by_text(answer, exact=True).tap()
        expect(page.locator("#autosave")).to_contain_text("Gemt kl.")
        if question == LETTER:
            page.get_by_label("Note til svaret").fill("To breve var uklare.")
        page.get_by_role("button", name="Gem og gå til næste punkt").tap()

    # The answer brought a question of its own.
    telephone.arrive(FOLLOWED)
    assert "Punkt 4 af 5" in page.locator("#position").inner_text()
    telephone.check_narrow()
    page.set_viewport_size(TELEPHONE)
    for question in (FOLLOWED, REASONS):
        telephone.arrive(question)
        page.locator(".answer-rows").get_by_text("Ja", exact=True).tap()
        page.get_by_role("button", name="Gem og gå til næste punkt").tap()
    telephone.arrive("Afslut tilsynet")
    telephone.check_narrow()
    page.set_viewport_size(TELEPHONE)
    page.get_by_role("button", name="Afslut tilsynet").tap()
    telephone.arrive("Rapport om tilsyn")
    expect(page.get_by_role("heading", level=3, name=LETTER)).to_be_visible()
    expect(page.get_by_text("Kritisk brud")).to_be_visible()
    telephone.check_narrow()
    assert stored(small).finished_at is not None
    assert stored(small).answers["clear"].answer.note == "To breve var uklare."


@pytest.mark.parametrize("javascript", [True, False], ids=["scripts", "no scripts"])
def test_a_place_is_checked_with_the_keyboard_alone(checked, small, open_window, javascript):
    hands = Keyboard(open_window(checked, "kontakt", javascript=javascript))
    hands.window.visit("/places")
    begin(hands, "Solsiden")
    for question, answer in ((FACT, "Afslag"), (FIRST, "Ja"), (LETTER, "Ja"), (REASONS, "Nej")):
        hands.window.arrive(question)
        hands.choose(answer)
        if answer == "Nej":
            hands.write("Note til svaret", "Hos 010190-1234")
            hands.go("button", "Gem og gå til næste punkt")
            hands.window.arrive_with_errors(question)
            hands.write("Note til svaret", "Der stod intet.")
        hands.go("button", "Gem og gå til næste punkt")

    # A letter without reasons is not clear, says the checklist; both are shown, and one is put right.
    hands.window.arrive("Afslut tilsynet")
    hands.go("link", LETTER)
    hands.window.arrive(LETTER)
    hands.choose("Nej")
    hands.write("Note til svaret", "Brevet er uklart.")
    hands.go("button", "Gem og gå til næste punkt")
    hands.window.arrive(FOLLOWED)
    hands.choose("Ja")
    hands.go("button", "Gem og gå til næste punkt")
    hands.window.visit("/places/1/summary")
    hands.go("button", "Afslut tilsynet")
    hands.window.arrive("Rapport om tilsyn")
    assert [one.answer.value for one in stored(small).answers.values()].count("no") == 2

    hands.go("link", "Se alle svar")
    hands.window.arrive("Tilsynet")
    hands.go("button", "Åbn igen")
    hands.window.arrive("Afslut tilsynet")
    assert stored(small).finished_at is None


def test_a_place_without_a_connection_and_the_tab_closed(checked, small, open_window, collected):
    window = open_window(checked, "kontakt")
    window.visit("/places")
    hands = Keyboard(window)
    begin(hands, "Solsiden")
    hands.choose("Afslag")
    hands.go("button", "Gem og gå til næste punkt")
    window.arrive(FIRST)
    context = window.page.context
    with troubled(window):
        context.set_offline(True)
        window.page.keyboard.press("1")
        note(window).fill("Set på stedet.")
        expect(state(window)).to_contain_text("Ingen forbindelse")
        assert lying_there(window)
        window.page.close()
    context.set_offline(False)

    # The next page of the same browser sends what was left, whatever it is about.
    again = Window(context.new_page(), checked.address, collected, "da", javascript=True)
    again.visit("/places")
    expect(again.page.locator("#unsent")).to_contain_text("er sendt")
    assert lying_there(again) == []
    kept = stored(small).answers["decision"]
    assert (kept.answer.note, kept.version) == ("Set på stedet.", 1)


def test_a_place_that_was_begun_by_mistake_is_deleted(checked, small, open_window):
    hands = Keyboard(open_window(checked, "kontakt"))
    hands.window.visit("/places")
    begin(hands, "Forkert hus")
    hands.window.visit("/places/1/summary")
    hands.go("link", "Begyndt ved en fejl? Slet")
    hands.window.arrive("Slet det, der er begyndt ved en fejl")
    hands.window.check_narrow()
    hands.go("button", "Slet")
    hands.window.arrive("Tilsyn")
    assert stored(small) is None


def test_a_leader_is_asked_before_the_report_is_seen(checked, small, open_window):
    small.new()
    small.draw()
    small.assign("rita")
    small.answer("rita")
    small.close()
    hands = Keyboard(open_window(checked, "leder"))
    hands.window.visit("/self-assessment")
    hands.window.check_narrow()
    hands.window.visit("/reports")
    hands.go("link", re.compile("^Center Nord"))
    hands.window.arrive("Før du ser rapporten for Center Nord")
    hands.window.check_narrow()
    hands.go("button", "Udfyld selvvurderingen først")
    first = hands.page.get_by_role("heading", level=1).inner_text()
    hands.window.arrive(first)
    hands.choose("8")
    expect(hands.page.locator("#autosave")).to_contain_text("Gemt kl.")

    hands.window.visit("/rounds/2026-1/reports/center-nord")
    hands.window.arrive("Før du ser rapporten for Center Nord")
    hands.go("button", "Se rapporten nu")
    expect(hands.page.get_by_role("heading", name="Kort fortalt")).to_be_visible()
    hands.window.visit("/self-assessment")
    hands.go("link", "Se dine svar")
    hands.window.arrive("Selvvurderingen")
    expect(hands.page.get_by_text("kan ikke længere ændres")).to_be_visible()
