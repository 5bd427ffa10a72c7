"""The page of a round's rules: each choice with its reason, refused all at once, and kept."""

import re
from datetime import UTC, datetime, timedelta

import pytest

from lirk.domain.round_rules import RoundRules

CLOSED, OPEN = "/rounds/2026-1", "/rounds/2026-2"
RULES = f"{OPEN}/rules"


@pytest.fixture
def browser(sign_in):
    return sign_in("koordinator")


def kept(pages):
    with pages.database.begin() as store:
        return store.round_rules.of(store.rounds.by_key("2026-2").id)


def main(page):
    return page.text.split("<main", 1)[1].split("</main>")[0]


def finish_one(pages):
    with pages.database.begin() as store:
        (review, *_) = store.reviews.of(store.rounds.by_key("2026-2").id)
        store.reviews.finish(review.id, datetime.now(UTC))
        store.trail.add("review-finished", actor_id=None, at=datetime.now(UTC), round="2026-2", number=1)


class TestPage:
    def test_each_choice_with_its_reason(self, browser):
        page = main(browser.get(RULES))
        assert "Vis det beregnede resultat, før sagen afsluttes" in page
        assert "farver det ens egen vurdering" in page
        assert "20 % er 2 af 8 sager og cirka 1,8 timer mere." in page
        assert "Andelen er ikke valgt endnu" in page

    def test_is_reached_from_the_round_and_from_the_assignment(self, browser):
        for place in (OPEN, f"{OPEN}/assign"):
            assert f'href="{RULES}"' in browser.get(place).text

    def test_says_that_the_share_was_chosen_after_the_seed_was_known(self, browser):
        browser.form(RULES, {"double_percent": "20"})
        assert "efter at frøet var kendt" in main(browser.get(RULES))

    def test_says_that_it_was_chosen_before(self, browser, pages):
        with pages.database.begin() as store:
            round_ = store.rounds.by_key("2026-2")
            known = datetime.fromisoformat(store.draws.of(round_.id)[-1].certificate["seed"]["at"])
            rules = RoundRules(double_percent=20, double_chosen_at=known - timedelta(hours=1))
            store.round_rules.keep(round_.id, rules)
            store.trail.add("round-rules-changed", actor_id=None, at=known, round="2026-2")
        assert "før frøet var kendt" in main(browser.get(RULES))

    def test_of_a_closed_round_asks_nothing(self, browser):
        page = main(browser.get(f"{CLOSED}/rules"))
        assert "<form" not in page
        assert "vises ikke" in page
        assert browser.form(f"{CLOSED}/rules", {"double_percent": "5"}).status_code == 409

    def test_what_stands_fast_is_said_and_not_asked(self, browser, pages):
        browser.form(RULES, {"shows_result": "yes", "double_percent": "0"})
        finish_one(pages)
        page = main(browser.get(RULES))
        assert 'type="checkbox" id="shows_result"' not in page
        assert "Det kan ikke ændres, for den første sag er afsluttet." in page
        # The form that the page now shows keeps it.
        assert browser.form(RULES, {"shows_result": "yes", "double_percent": "10"}).status_code == 303
        assert kept(pages).shows_result


class TestChange:
    def test_kept_and_told(self, browser, pages):
        day = datetime.now(UTC).date() + timedelta(days=20)
        done = browser.form(
            RULES,
            {"bars_own_centre": "yes", "double_percent": " 20 ", "deadline": day.strftime("%d.%m.%Y")},
        )
        assert (done.status_code, done.headers["location"]) == (303, RULES)
        assert "Reglerne for runden er gemt." in browser.get(RULES).text
        rules = kept(pages)
        assert (rules.shows_result, rules.bars_own_centre) == (False, True)
        assert (rules.double_percent, rules.deadline) == (20, day)
        assert "20 % af sagerne gennemgås af to" in browser.get(f"{OPEN}/trail").text

    @pytest.mark.parametrize(
        ("typed", "fields"),
        [
            ({"double_percent": ""}, ["double_percent"]),
            ({"double_percent": "101"}, ["double_percent"]),
            ({"double_percent": "12,5"}, ["double_percent"]),
            ({"double_percent": "-1"}, ["double_percent"]),
            ({"double_percent": "0", "deadline": "31.02.2027"}, ["deadline"]),
            ({"double_percent": "0", "deadline": "1.1.2020"}, ["deadline"]),
            ({"double_percent": "mange", "deadline": "snart"}, ["double_percent", "deadline"]),
        ],
    )
    def test_refused_with_what_was_typed(self, browser, pages, typed, fields):
        page = browser.form(RULES, {"bars_own_centre": "yes", **typed})
        assert page.status_code == 422
        assert re.findall(r'href="#(\w+)"', main(page)) == fields
        for text in filter(None, typed.values()):
            assert f'value="{text}"' in page.text
        assert re.search(r'id="bars_own_centre"[^>]*checked', page.text)
        assert kept(pages) == RoundRules()

    def test_the_result_after_a_finished_review(self, browser, pages):
        finish_one(pages)
        page = browser.form(RULES, {"shows_result": "yes", "double_percent": "0"})
        assert page.status_code == 422
        assert "sagerne vurderet på forskellig måde" in page.text

    def test_an_unknown_field_is_refused(self, browser, pages):
        assert browser.form(RULES, {"double_percent": "5", "double_chosen_at": "1"}).status_code == 422
        assert kept(pages) == RoundRules()


class TestStatements:
    def test_are_few(self, browser, statements):
        with statements() as sent:
            assert browser.get(RULES).status_code == 200
        assert len(sent) <= 10
