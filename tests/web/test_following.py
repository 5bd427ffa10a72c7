"""Following a round: what waits, how far each is in words, deadlines, and what centres and reviewers are told."""

import re
from datetime import UTC, datetime, timedelta

import pytest
from small_round import answers_to

from lirk.domain.obstacles import Obstacle, ObstacleReason
from lirk.domain.round_rules import RoundRules
from lirk.services import reviews
from lirk.services.samples import acting_cases, acting_reviews

KEY, OPEN = "2026-2", "/rounds/2026-2"
LOST = f"{OPEN}/reports/center-nord/missing"


def main(page):
    return page.text.split("<main", 1)[1].split("</main>")[0]


def set_deadline(pages, *, days):
    day = datetime.now().astimezone().date() + timedelta(days=days)
    with pages.database.begin() as store:
        store.round_rules.keep(store.rounds.by_key(KEY).id, RoundRules(deadline=day))
        store.trail.add("round-rules-changed", actor_id=None, at=datetime.now(UTC), round=KEY)


def hand_in(pages, username, numbers=None):
    """Finish a reviewer's reviews, or those of some cases."""
    with pages.database.begin() as store:
        round_ = store.rounds.by_key(KEY)
        who = store.people.by_username(username).id
        cases = {case.id: case for case in acting_cases(store, round_)}
        mine = {
            cases[one.case_id].number: cases[one.case_id].case_id
            for one in acting_reviews(store, round_, reviewer_id=who)
        }
        wanted = {number: case for number, case in mine.items() if numbers is None or number in numbers}
        said = answers_to(username, wanted)
        said = type(said)(round_key=KEY, reviewer=username, cases=said.cases)
        actor = store.people.by_username("koordinator")
        reviews.import_answers(store, actor, KEY, said, now=datetime.now(UTC))


def cases_of(pages, centre):
    with pages.database.begin() as store:
        return [case for case in acting_cases(store, store.rounds.by_key(KEY)) if case.centre == centre]


def report(pages, case):
    with pages.database.begin() as store:
        store.obstacles.report(
            Obstacle(
                case_id=case.id,
                reason=ObstacleReason.NOT_FOUND,
                note="Søgt i arkivet",
                reported_at=datetime.now(UTC),
                reported_by=store.people.by_username("rita").id,
            )
        )
        store.trail.add(
            "obstacle-reported", actor_id=None, at=datetime.now(UTC), round=KEY, number=case.number
        )


class TestCoordinator:
    @pytest.mark.parametrize(
        ("days", "said"),
        [(5, "om 5 dage"), (1, "om 1 dag"), (0, "det er i dag"), (-2, "overskredet med 2 dage")],
    )
    def test_the_deadline_in_words(self, pages, sign_in, days, said):
        set_deadline(pages, days=days)
        for place in ("/rounds", f"{OPEN}/follow"):
            page = main(sign_in("koordinator").get(place))
            assert said in page
            assert not re.search(r'class="[^"]*(warning|error|success)', page[: page.index(said)])

    def test_the_list_says_how_far_a_round_is(self, pages, sign_in):
        hand_in(pages, "rita")
        assert "I gang: 4 af 8" in main(sign_in("koordinator").get("/rounds"))

    def test_what_waits_leads_to_where_it_is_settled(self, pages, sign_in):
        report(pages, cases_of(pages, "Center Nord")[0])
        for place in (OPEN, f"{OPEN}/follow"):
            page = main(sign_in("koordinator").get(place))
            assert f'<a href="{OPEN}/follow#obstacles">1 meldt sag venter på din afgørelse</a>' in page

    def test_nothing_waits(self, sign_in):
        assert "Intet venter på dig." in main(sign_in("koordinator").get(f"{OPEN}/follow"))


class TestCentre:
    @pytest.mark.parametrize("username", ["leder", "kontakt"])
    def test_counts_while_it_is_under_way(self, pages, sign_in, username):
        set_deadline(pages, days=5)
        page = main(sign_in(username).get("/reports"))
        assert "Jeres 3 sager: 0 er gennemgået." in page
        assert "om 5 dage" in page
        assert "Center Syd" not in page

    def test_told_that_it_is_finished_and_what_comes_next(self, pages, sign_in):
        hand_in(pages, "rita")
        hand_in(pages, "otto")
        page = main(sign_in("leder").get("/reports"))
        assert "Alle jeres sager er gennemgået. Rapporten kommer, når runden lukkes" in page
        for word in ("Brevet er klart", "opfyldt", "%", "Ja", "Nej"):
            assert word not in page

    def test_helps_to_find_a_case(self, pages, sign_in):
        case, other, *_ = cases_of(pages, "Center Nord")
        report(pages, case)
        browser = sign_in("kontakt")
        listed = main(browser.get("/reports"))
        assert f'href="{LOST}"' in listed
        assert case.case_id not in listed
        page = main(browser.get(LOST))
        assert case.case_id in page
        assert other.case_id not in page
        # Neither who reported it nor what they wrote to the coordinator.
        assert "Rita" not in page
        assert "Søgt i arkivet" not in page
        assert "Sagsnumrene i Center Nord er vist." in sign_in("koordinator").get(f"{OPEN}/trail").text

    def test_nothing_to_find(self, sign_in):
        assert "Ingen sager skal findes lige nu" in main(sign_in("kontakt").get(LOST))

    def test_the_coordinator_has_no_centre_to_be_told_of(self, sign_in):
        assert "Runder i gang" not in main(sign_in("koordinator").get("/reports"))


class TestReviewer:
    def test_the_deadline_stands_beside_the_count(self, pages, sign_in):
        set_deadline(pages, days=5)
        page = main(sign_in("rita").get("/reviews"))
        assert re.search(r"0 af 4 sager er gennemgået\. Frist \d+\. \w+ \d{4}\.", page)

    def test_told_what_comes_next(self, pages, sign_in):
        browser = sign_in("rita")
        assert "Du er færdig" not in main(browser.get("/reviews"))
        hand_in(pages, "rita")
        assert "Du er færdig med dine sager i runden." in main(browser.get("/reviews"))


class TestStatements:
    def test_as_many_for_a_leader_whatever_is_reported(self, pages, sign_in, statements):
        counts = []
        for case in (None, *cases_of(pages, "Center Nord")[:2]):
            if case:
                report(pages, case)
            with statements() as sent:
                assert sign_in("leder").get("/reports").status_code == 200
            counts.append(len([one for one in sent if "session" not in str(one)]))
        assert len(set(counts)) == 1
