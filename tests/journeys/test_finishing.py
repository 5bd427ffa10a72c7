"""A reviewer finishes a case with one digit and Enter, calls it urgent, and the coordinator acts on it."""

import pytest
from playwright.sync_api import expect
from small_round import CENTRES, KEY

from lirk.domain.people import Role
from lirk.domain.reviews import Answer

FIRST, REASON = "Er brevet klart?", "Barnet er i fare."
TICK, WHY = "Der skal handles nu", "Hvorfor skal der handles nu?"


@pytest.fixture
def answered(small, small_served):
    """A round with all its cases in Rita's hands, of which she has answered the first; Lone leads the centres."""
    small.add("lone", Role.CENTRE_LEADER, centres=[*CENTRES])
    small.let_sign_in()
    small.new()
    small.draw()
    small.assign("rita")
    review = small.reviews()[1]
    with small.acting("rita") as (store, rita):
        answers = [Answer(item_id=one, value="yes") for one in ("clear", "reasons")]
        store.reviews.save_answers(review.id, answers, at=small.now, by=rita.id)
        store.trail.add("test", actor_id=rita.id, at=small.now, round=KEY)
    return small_served


def at_the_summary(sit_down, server, **how):
    reviewer = sit_down(server, "rita", start="Mine sager", **how)
    reviewer.go("link", "Fortsæt sag 1")
    reviewer.window.arrive("Afslut sag 1")
    return reviewer


def test_one_digit_and_enter_finish_the_case(answered, small, sit_down):
    reviewer = at_the_summary(sit_down, answered)
    keys = reviewer.page.keyboard

    # A digit that no judgement has chooses none.
    keys.press("3")
    expect(reviewer.page.get_by_role("radio", checked=True)).to_have_count(0)
    keys.press("1")
    expect(reviewer.page.get_by_role("radio", name="I orden")).to_be_focused()
    keys.press("2")
    expect(reviewer.page.get_by_role("radio", name="Kritisk brud")).to_be_checked()
    reviewer.window.check_narrow()
    with reviewer.page.expect_navigation(wait_until="load"):
        keys.press("Enter")

    expect(reviewer.page.get_by_text("Sag 1 er afsluttet: Breve.")).to_be_visible()
    reviewer.window.arrive(FIRST)
    assert small.reviews()[1].judgement == "critical-breach"


def test_what_is_urgent_reaches_the_coordinator_who_acts(answered, small, sit_down):
    reviewer = at_the_summary(sit_down, answered)
    reason = reviewer.page.get_by_role("textbox", name=WHY)
    expect(reason).to_be_hidden()
    reviewer.press("checkbox", TICK, "Space")
    expect(reason).to_be_focused()

    # A digit in the reason chooses no judgement.
    reviewer.page.keyboard.type("1 barn er i fare.")
    expect(reviewer.page.get_by_role("radio", checked=True)).to_have_count(0)
    reviewer.window.check_narrow()
    reviewer.go("button", "Afslut sag 1")
    reviewer.window.arrive_with_errors("Afslut sag 1")
    expect(reason).to_have_value("1 barn er i fare.")
    reviewer.choose("I orden")
    reviewer.go("button", "Afslut sag 1")
    reviewer.window.arrive(FIRST)

    leader = sit_down(answered, "lone", start="Rapporter")
    leader.go("link", "1 sag kræver handling nu")
    leader.window.arrive("Der skal handles nu")
    expect(leader.page.get_by_role("cell", name="1 barn er i fare.")).to_be_visible()
    leader.window.check_narrow()
    leader.go("link", "Se sagsnummeret på sag 1")
    leader.window.arrive("Der skal handles nu i sag 1")
    leader.window.check_narrow()

    coordinator = sit_down(answered, "koordinator", start="Runder")
    coordinator.window.visit(f"/rounds/{KEY}/follow")
    coordinator.go("link", "1 sag kræver handling nu")
    coordinator.window.arrive("Der skal handles nu")
    coordinator.window.check_narrow()
    coordinator.go("link", "Sag 1")
    coordinator.window.arrive("Der skal handles nu i sag 1")
    coordinator.go("button", "Markér som håndteret")
    coordinator.window.arrive_with_errors("Der skal handles nu i sag 1")
    coordinator.write("Hvad er der gjort?", "Talt med centret.")
    coordinator.go("button", "Markér som håndteret")
    coordinator.window.arrive("Der skal handles nu")
    expect(coordinator.page.get_by_text("Sag 1 er markeret som håndteret.")).to_be_visible()
    expect(coordinator.page.get_by_role("cell", name="Talt med centret.")).to_be_visible()


def test_a_case_is_finished_and_called_urgent_without_scripts(answered, small, sit_down):
    reviewer = at_the_summary(sit_down, answered, javascript=False)
    reviewer.go("button", "Afslut sag 1")
    reviewer.window.arrive_with_errors("Afslut sag 1")
    reviewer.choose("I orden")
    reviewer.press("checkbox", TICK, "Space")
    reviewer.write(WHY, REASON)
    reviewer.go("button", "Afslut sag 1")
    expect(reviewer.page.get_by_text("Sag 1 er afsluttet: Breve.")).to_be_visible()
    with small.acting() as (store, _):
        [urgent] = store.urgent_cases.of(store.rounds.by_key(KEY).id)
    assert (urgent.reason, small.reviews()[1].judgement) == (REASON, "in-order")
