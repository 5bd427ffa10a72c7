"""A round's rules and how far it is: the coordinator decides and follows, a centre is told, with keys alone."""

from datetime import timedelta

import pytest
from playwright.sync_api import expect
from small_round import KEY

from lirk.domain.people import Role
from lirk.services.reviewing import report_obstacle, take_back_obstacle

TITLE = "1. runde 2026"
RULES, FOLLOW = "Sådan gennemgås runden", "Følg gennemgangen"


@pytest.fixture
def reviewing(small, small_served):
    """A round in Rita's and Otto's hands; Rita has finished, and Lone leads one of the centres."""
    small.add("otto")
    small.add("lone", Role.CENTRE_LEADER, centres=["Center Nord"])
    small.let_sign_in()
    small.new()
    small.draw()
    small.assign("rita", "otto")
    small.answer("rita")
    return small_served


@pytest.mark.parametrize("javascript", [True, False], ids=["scripts", "no-scripts"])
def test_rules_are_decided_and_the_round_is_followed(reviewing, small, sit_down, javascript):
    coordinator = sit_down(reviewing, "koordinator", start="Runder", javascript=javascript)
    expect(coordinator.page.get_by_text("I gang: 4 af 8")).to_be_visible()
    coordinator.go("link", TITLE)
    coordinator.window.arrive(TITLE)
    coordinator.go("link", f"Se reglerne : {RULES}")
    coordinator.window.arrive(RULES)
    coordinator.window.check_narrow()

    # Rita has finished a case, so what reviewers are shown stands fast; the rest is asked, and told at once.
    expect(coordinator.page.get_by_role("checkbox", name="Vis det beregnede resultat")).to_have_count(0)
    coordinator.write("Hvor stor en del af sagerne, i procent?", "120")
    coordinator.write("Hvornår skal sagerne være gennemgået?", "1.1.2020")
    coordinator.go("button", "Gem reglerne")
    coordinator.window.arrive_with_errors(RULES, "helt tal fra 0 til 100", "Fristen er allerede gået")

    day = (small.now + timedelta(days=30)).strftime("%d.%m.%Y")
    coordinator.write("Hvor stor en del af sagerne, i procent?", "25")
    coordinator.write("Hvornår skal sagerne være gennemgået?", day)
    coordinator.go("button", "Gem reglerne")
    coordinator.window.arrive(RULES)
    expect(coordinator.page.get_by_text("Reglerne for runden er gemt.")).to_be_visible()
    expect(coordinator.page.get_by_text("efter at frøet var kendt")).to_be_visible()

    coordinator.window.visit(f"/rounds/{KEY}/follow")
    rows = coordinator.page.locator("#people tbody tr")
    expect(rows.nth(0)).to_contain_text("Otto")
    expect(rows.nth(0)).to_contain_text("Ikke begyndt")
    expect(rows.last).to_contain_text("Færdig")
    coordinator.window.check_narrow()


def test_a_centre_is_told_how_far_it_is(reviewing, small, sit_down):
    leader = sit_down(reviewing, "lone", start="Rapporter")
    expect(leader.page.get_by_text("Jeres 3 sager:")).to_be_visible()
    leader.window.check_narrow()
    number = not_found(small, "otto", centre="Center Nord")
    leader.window.visit("/reports")
    leader.go("link", f"Hjælp med at finde sag {number} , Center Nord, {TITLE}")
    leader.window.arrive("Sager, der skal findes")
    expect(leader.page.locator("#sought tbody tr")).to_have_count(1)
    leader.window.check_narrow()
    found_after_all(small, "otto", number)
    leader.window.visit(leader.window.path)
    expect(leader.page.get_by_role("heading", name="Ingen sager skal findes lige nu")).to_be_visible()

    small.answer("otto")
    leader.window.visit("/reports")
    expect(leader.page.get_by_text("Alle jeres sager er gennemgået.")).to_be_visible()


def not_found(small, reviewer, *, centre):
    """Let a reviewer report a case of a centre as not found; return its running number."""
    number = next(one for one in small.cases_of(reviewer) if small.cases()[one].centre == centre)
    review = small.reviews()[number].id
    with small.acting(reviewer) as (store, actor):
        report_obstacle(store, actor, review, "not-found", "Søgt i arkivet.", now=small.now)
    return number


def found_after_all(small, reviewer, number):
    review = small.reviews()[number].id
    with small.acting(reviewer) as (store, actor):
        take_back_obstacle(store, actor, review, now=small.now)


def test_who_has_finished_is_told_what_comes_next(reviewing, sit_down):
    reviewer = sit_down(reviewing, "rita", start="Mine sager")
    expect(reviewer.page.get_by_text("Du er færdig med dine sager i runden.")).to_be_visible()
    reviewer.window.check_narrow()
