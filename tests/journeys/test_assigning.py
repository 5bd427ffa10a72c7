"""A coordinator shares cases out and hands them over, with the keyboard alone, with scripts and without."""

import pytest
from playwright.sync_api import expect
from small_round import KEY

from lirk.domain.reviews import Reading
from lirk.domain.round_rules import RoundRules


@pytest.fixture
def drawn(small, small_served):
    """A round that is drawn, a quarter of it to be read twice, and two who review."""
    small.add("bo")
    small.new()
    small.draw()
    with small.acting() as (store, actor):
        store.round_rules.keep(store.rounds.by_key(KEY).id, RoundRules(double_percent=25))
        store.trail.add("round-rules-kept", actor_id=actor.id, at=small.now, round=KEY)
    return small_served


def readers(small, reading=Reading.FIRST):
    with small.acting() as (store, _):
        names = {one.id: one.username for one in store.people.all()}
        reviews = store.reviews.of(store.rounds.by_key(KEY).id, reading=reading)
    return {one.case_id: names.get(one.reviewer_id) for one in reviews}


@pytest.mark.parametrize("javascript", [pytest.param(True, id="scripts"), pytest.param(False, id="none")])
def test_cases_are_shared_out_and_handed_over(drawn, small, sit_down, javascript):
    coordinator = sit_down(drawn, "koordinator", start="Runder", javascript=javascript)
    window = coordinator.window
    window.visit(f"/rounds/{KEY}/assign")
    window.arrive("Fordel sagerne")
    coordinator.tick("Bo")
    coordinator.tick("Rita")
    coordinator.go("button", "Se fordelingen")
    window.arrive("Se fordelingen")
    expect(coordinator.page.get_by_text("2 sager bliver gennemgået af én mere.")).to_be_visible()
    expect(coordinator.page.get_by_role("progressbar", name="Forventet tid for Bo")).to_be_visible()
    if javascript:
        window.check_narrow()
    coordinator.go("button", "Fordel sagerne")
    window.arrive("Følg gennemgangen")
    first, second = readers(small), readers(small, Reading.SECOND)
    assert (len(first), len(second)) == (8, 2)
    assert all(first[case] != second[case] for case in second)

    window.visit(f"/rounds/{KEY}/assign")
    coordinator.go("link", "Giv en persons sager videre")
    window.arrive("Giv en persons sager videre")
    coordinator.go("button", "Se, hvem der får hvad")
    window.arrive_with_errors("Giv en persons sager videre")
    chosen = next(one for one in coordinator.page.locator("#giver option").all_text_contents() if "Bo" in one)
    coordinator.select("Hvis sager?", chosen)
    coordinator.tick("Rita")
    coordinator.go("button", "Se, hvem der får hvad")
    window.arrive("Giv sager videre?")
    if javascript:
        window.check_narrow()
    coordinator.go("button", "Giv sagerne videre")
    window.arrive("Følg gennemgangen")
    second = readers(small, Reading.SECOND)
    kept = {case for case, who in readers(small).items() if who == "bo"}
    assert kept == {case for case in kept if second.get(case) == "rita"}
    assert len(kept) <= 2

    reviewer = sit_down(drawn, "rita", start="Mine sager", javascript=javascript)
    expect(reviewer.page.get_by_text("Overtaget fra en anden").first).to_be_visible()
