"""A case is finished by what its summary showed, with nothing of it left on the computer; texts ask before they go."""

import pytest
from autosave_desk import ITEM, hands_of, lying_there, no_way_through, note, state, troubled
from playwright.sync_api import expect
from small_round import KEY

from lirk.domain.reviews import Answer

TOLD = "Svarene er ændret, efter at oversigten blev vist."


@pytest.fixture
def answered(desk):
    """Let a reviewer's case be answered in full."""

    def one_answers(username):
        review = desk.review_of(username)
        with desk.made.acting(username) as (store, person):
            answers = [Answer(item_id=one, value="yes", note="Se brevet.") for one in (ITEM, "reasons")]
            store.reviews.save_answers(review, answers, at=desk.made.now, by=person.id)
            store.trail.add("test", actor_id=person.id, at=desk.made.now, round=KEY)
        return f"/reviews/{review}/summary"

    return one_answers


def finished(desk, username):
    review = desk.review_of(username)
    with desk.made.acting(username) as (store, _):
        return store.reviewing.find(review).finished_at is not None


def finish(window):
    return window.page.get_by_role("button", name="Afslut sag")


@pytest.mark.parametrize(("username", "javascript"), [("anna", True), ("bo", False)], ids=["script", "none"])
def test_answers_changed_after_the_summary_was_shown(desk, sit, answered, username, javascript):
    window = sit(username, path=answered(username), javascript=javascript)
    hands = hands_of(window)
    hands.choose("Kritisk brud")
    hands.press("checkbox", "Der skal handles nu", "Space")
    window.page.get_by_role("textbox", name="Hvorfor skal der handles nu?").fill("Frist i dag.")
    other = sit(username, path=desk.item(username))
    with other.page.expect_request_finished(lambda one: one.method == "PUT" and one.url.endswith(ITEM)):
        note(other).fill("Rettet imens.")

    with window.expecting(409):
        finish(window).press("Enter")
        expect(window.page.locator(".error-summary")).to_contain_text(TOLD)
        window.check()
    assert not finished(desk, username)
    expect(window.page.get_by_text("Rettet imens.")).to_be_visible()
    expect(window.page.get_by_role("radio", name="Kritisk brud")).to_be_checked()
    expect(window.page.get_by_role("textbox", name="Hvorfor")).to_have_value("Frist i dag.")
    finish(window).press("Enter")
    expect(window.page.locator(".receipt")).to_contain_text("er afsluttet")
    assert finished(desk, username)


def test_nothing_is_finished_while_an_answer_lies_on_the_computer(desk, sit, answered):
    summary = answered("clara")
    window = sit("clara")
    with troubled(window, "422"):
        note(window).fill("Barnet 010190-1234 er nævnt.")
        expect(state(window)).to_contain_text("Teksten ligner et cpr-nummer.")
    window.visit(summary)
    hands_of(window).choose("I orden")
    finish(window).press("Enter")
    told = window.page.locator("#unsent-here")
    expect(told).to_contain_text("Sagen er ikke afsluttet.")
    expect(told.get_by_role("link")).to_contain_text("Punkt 1 af")
    window.check_narrow()
    assert not finished(desk, "clara")

    # Rid of it, the case can be finished.
    hands_of(window).press("button", "Slet fra computeren")
    expect(window.page.locator("#unsent")).to_be_hidden()
    finish(window).press("Enter")
    expect(window.page.locator(".receipt")).to_contain_text("er afsluttet")
    assert (finished(desk, "clara"), lying_there(window)) == (True, [])


def test_what_can_be_sent_is_sent_first_and_shown(desk, sit, beside, answered):
    summary = answered("dan")
    window = sit("dan", path=summary)
    hands_of(window).choose("I orden")
    tab = beside(window, desk.item("dan"))
    no_way_through(tab.page.context)
    with troubled(tab):
        note(tab).fill("Skrevet uden net.")
        expect(state(tab)).to_contain_text("Ingen forbindelse.")
        tab.page.close()
    window.page.context.unroute_all()
    with window.expecting(409):
        finish(window).press("Enter")
        expect(window.page.locator(".error-summary")).to_contain_text(TOLD)
        window.check()
    expect(window.page.get_by_text("Skrevet uden net.")).to_be_visible()
    assert not finished(desk, "dan")


def test_an_answer_left_in_a_finished_case_can_be_taken_along_and_dropped(desk, sit, answered):
    summary = answered("eva")
    window = sit("eva")
    with troubled(window, "422"):
        note(window).fill("Barnet 010190-1234 er nævnt.")
        expect(state(window)).to_contain_text("Teksten ligner et cpr-nummer.")
    review = desk.review_of("eva")
    with desk.made.acting("eva") as (store, eva):
        store.reviews.finish(review, desk.made.now)
        store.trail.add("review-finished", actor_id=eva.id, at=desk.made.now, round=KEY)
    window.visit("/reviews")
    expect(window.page.get_by_role("button", name="Kopiér teksten")).to_be_visible()
    window.visit(summary)
    box = window.page.locator("#unsent")
    expect(box).to_contain_text("svaret kan ikke gemmes.")
    expect(box).not_to_contain_text("ret det")
    hands_of(window).press("button", "Slet fra computeren")
    expect(box).to_be_hidden()
    assert lying_there(window) == []


def test_a_case_handed_over_while_one_writes(desk, sit):
    window = sit("finn")
    window.page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    review = desk.review_of("finn")
    with desk.made.acting() as (store, coordinator):
        gro = store.people.by_username("gro")
        store.reviews.assign(review, gro.id)
        store.trail.add("test", actor_id=coordinator.id, at=desk.made.now, round=KEY)
    with troubled(window, "404"):
        note(window).fill("Skrevet, da sagen var givet videre.")
        expect(state(window)).to_contain_text("Sagen er ikke længere hos dig.")
    hands_of(window).press("button", "Kopiér teksten")
    copied = window.page.evaluate("navigator.clipboard.readText()")
    assert copied == "Skrevet, da sagen var givet videre."
    window.visit("/reviews")
    expect(window.page.locator("#unsent")).to_contain_text("Den kan være givet videre til en anden.")
    window.check_narrow()


@pytest.mark.parametrize(
    ("part", "field"),
    [
        pytest.param("urgent", "Hvorfor skal der handles nu?", id="urgent"),
        pytest.param("obstacle", "Note til koordinatoren", id="obstacle"),
        pytest.param("summary", "Hvorfor skal der handles nu?", id="summary"),
    ],
)
def test_a_text_that_is_not_sent_asks_before_it_is_left(desk, sit, answered, part, field):
    address = answered("hans").replace("summary", part)
    window = sit("hans", path=address)
    asked = []

    def stay(dialog):
        asked.append(dialog.type)
        dialog.dismiss()

    window.page.on("dialog", stay)
    if part == "summary":
        hands_of(window).press("checkbox", "Der skal handles nu", "Space")
    window.page.get_by_role("textbox", name=field).press_sequentially("Halvt skrevet")
    with window.page.expect_event("dialog"):
        window.page.get_by_role("link", name="Mine sager").first.press("Enter")
    expect(window.page.get_by_role("textbox", name=field)).to_have_value("Halvt skrevet")
    assert asked == ["beforeunload"]
