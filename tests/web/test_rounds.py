"""The coordinator's pages of a round: each shows what it should, does what it says, and tells what is wrong."""

import re
from datetime import UTC, datetime
from io import BytesIO

import pytest
from double_round import open_second
from pypdf import PdfReader
from small_round import answers_to

from lirk.domain.obstacles import Obstacle, ObstacleReason
from lirk.domain.reviews import Reading
from lirk.domain.rounds import RoundState
from lirk.services import reviews
from lirk.services.samples import acting_cases, acting_reviews

CLOSED, OPEN = "/rounds/2026-1", "/rounds/2026-2"
PAGES = ("", "/assign", "/follow", "/close", "/trail", "/cases/1")


@pytest.fixture
def browser(sign_in):
    return sign_in("koordinator")


def heading(page):
    return re.search(r"<h1[^>]*>(.*?)</h1>", page.text).group(1)


def in_round(pages, key="2026-2"):
    """Return the cases of a round by number, and who has each."""
    with pages.database.begin() as store:
        round_ = store.rounds.by_key(key)
        names = {one.id: one.username for one in store.people.all()}
        cases = {case.number: case for case in acting_cases(store, round_)}
        numbers = {case.id: number for number, case in cases.items()}
        who = {numbers[one.case_id]: names.get(one.reviewer_id) for one in acting_reviews(store, round_)}
    return cases, who


def number_of(pages, username):
    _, who = in_round(pages)
    return next(number for number, name in sorted(who.items()) if name == username)


def report(pages, number, reason=ObstacleReason.NOT_FOUND, reading=Reading.FIRST):
    cases, who = in_round(pages)
    with pages.database.begin() as store:
        person = store.people.by_username(who[number])
        at = datetime.now(UTC)
        store.obstacles.report(
            Obstacle(
                case_id=cases[number].id,
                reading=reading,
                reason=reason,
                note="Søgt i arkivet",
                reported_at=at,
                reported_by=person.id,
            )
        )
        store.trail.add(
            "obstacle-reported", actor_id=person.id, at=at, round="2026-2", number=number, reason=reason
        )


def hand_in(pages, *usernames):
    """Finish the reviews of some reviewers."""
    cases, who = in_round(pages)
    for username in usernames:
        mine = {number: cases[number].case_id for number, name in who.items() if name == username}
        said = answers_to(username, mine)
        said = type(said)(round_key="2026-2", reviewer=username, cases=said.cases)
        with pages.database.begin() as store:
            actor = store.people.by_username("koordinator")
            reviews.import_answers(store, actor, "2026-2", said, now=datetime.now(UTC))


def state(pages, key="2026-2"):
    with pages.database.begin() as store:
        return store.rounds.by_key(key).state


class TestEveryPage:
    @pytest.mark.parametrize("key", [CLOSED, OPEN])
    @pytest.mark.parametrize("place", PAGES)
    def test_is_shown(self, browser, key, place):
        page = browser.get(key + place)
        assert page.status_code == 200
        assert page.text.count("<h1") == 1
        ids = re.findall(r'\sid="([^"]+)"', page.text)
        assert len(ids) == len(set(ids))
        assert " style=" not in page.text
        assert " onclick=" not in page.text

    @pytest.mark.parametrize("place", ["/rounds", *(OPEN + place for place in PAGES)])
    @pytest.mark.parametrize("username", ["rita", "leder", "chef", "arkivar"])
    def test_is_the_coordinator_s_alone(self, sign_in, username, place):
        assert sign_in(username).get(place).status_code in {403, 404}

    @pytest.mark.parametrize("place", PAGES)
    def test_a_round_that_is_not_there(self, browser, place):
        assert browser.get("/rounds/2030-1" + place).status_code == 404

    def test_in_english(self, browser, pages):
        with pages.database.begin() as store:
            person = store.people.by_username("koordinator")
            store.people.set_preferences(person.id, type(person.preferences)(language="en"))
            store.trail.add("preferences-saved", actor_id=person.id, at=datetime.now(UTC))
        for place in PAGES:
            page = browser.get(OPEN + place)
            main = page.text.split("<main", 1)[1].split("</main>")[0]
            assert not re.search(
                r"\b(og|ikke|gennemgang|runden|sager|Fordel|Tilstand)\b",
                re.sub(r"»[^«]*«|1\. runde 2026|sagerne er", "", main),
            ), place


class TestList:
    def test_rounds_with_state_and_next_step(self, browser):
        page = browser.get("/rounds").text
        assert page.index(f'href="{OPEN}"') < page.index(f'href="{CLOSED}"')
        assert f'href="{OPEN}/follow"' in page
        assert 'href="/reports"' in page
        assert 'href="/rounds/plans/new"' in page


class TestRound:
    def test_decisions_and_documents(self, browser):
        page = browser.get(OPEN).text
        assert "Center Nord: 3 af 8" in page
        assert f'href="{OPEN}/documents/freeze.json"' in page
        found = browser.get(f"{OPEN}/documents/certificate-1.json")
        assert found.json()["format"] == "lirk-certificate/1"
        assert "attachment" in found.headers["content-disposition"]
        assert browser.get(f"{OPEN}/documents/andet.json").status_code == 404

    def test_the_certificate_on_one_page(self, browser):
        page = browser.get(f"{OPEN}/certificate").text
        assert f'href="{OPEN}/certificate/1/pdf"' in page
        found = browser.get(f"{OPEN}/certificate/1/pdf")
        assert found.headers["content-type"] == "application/pdf"
        assert found.headers["content-disposition"].endswith("-certificate-1.pdf")
        assert len(PdfReader(BytesIO(found.content)).pages) == 1
        assert browser.get(f"{OPEN}/certificate/2/pdf").status_code == 404
        assert browser.get("/rounds/none/certificate/1/pdf").status_code == 404

    def test_a_closed_one_leads_to_reports_and_overview(self, browser):
        page = browser.get(CLOSED).text
        assert 'href="/reports"' in page
        assert f'href="{CLOSED}/overview"' in page


class TestAssign:
    def test_shown_first_and_done_in_the_same_way(self, browser, pages):
        choices = {"reviewer": ["otto"], "most-otto": "5", "again": "yes"}
        page = browser.form(f"{OPEN}/assign", choices)
        assert heading(page) == "Se fordelingen"
        assert "Der er ikke plads til sag 6–8" in page.text
        shown = re.search(r'name="shown" value="(\w+)"', page.text).group(1)
        before = in_round(pages)[1]
        done = browser.post(f"{OPEN}/assign/confirm", {**choices, "shown": shown, "go": "assign"})
        assert (done.status_code, done.headers["location"]) == (303, f"{OPEN}/follow")
        after = in_round(pages)[1]
        assert before != after
        assert list(after.values()).count("otto") == 5

    def test_what_is_chosen_comes_back(self, browser):
        choices = {
            "reviewer": ["otto"],
            "most-otto": "5",
            "conflict-otto": "Center Syd",
            "again": "yes",
            "shown": "x",
        }
        page = browser.form(f"{OPEN}/assign", {**choices, "go": "edit"}, action=f"{OPEN}/assign/confirm").text
        assert 'value="5"' in page
        assert re.search(r'name="conflict-otto" value="Center Syd" checked', page)

    @pytest.mark.parametrize(
        ("choices", "said"),
        [
            pytest.param({}, "Vælg mindst én", id="nobody"),
            pytest.param({"reviewer": "chef"}, "gennemgår ikke sager", id="no reviewer"),
            pytest.param({"reviewer": "rita", "most-rita": "mange"}, "Skriv et helt tal", id="no number"),
        ],
    )
    def test_refused_with_what_was_typed(self, browser, choices, said):
        page = browser.form(f"{OPEN}/assign", choices)
        assert page.status_code == 422
        assert said in page.text
        assert "<title>Fejl:" in page.text

    def test_another_sharing_out_than_was_shown(self, browser):
        choices = {"reviewer": ["otto"], "again": "yes", "shown": "0123456789abcdef", "go": "assign"}
        page = browser.form(f"{OPEN}/assign", choices, action=f"{OPEN}/assign/confirm")
        assert page.status_code == 422
        assert "Der er sket noget i runden" in page.text


class TestFollow:
    def test_those_who_need_a_nudge_first_and_no_answers(self, browser, pages):
        hand_in(pages, "otto")
        page = browser.get(f"{OPEN}/follow").text
        people = page[page.index('id="people"') : page.index('id="centres-heading"')]
        assert re.search(r"Rita</th><td>Ikke begyndt</td><td>4</td>", people)
        assert re.search(r"Otto</th><td>Færdig</td><td>4</td>", people)
        assert people.index("Rita") < people.index("Otto")
        assert page.index(">Center Nord<") < page.index(">Center Syd<") < page.index(">Center Øst<")
        for word in ("%", "opfyldt", "Er brevet klart?", "gennemsnit"):
            assert word not in page.split("<main", 1)[1].split("</main>")[0]

    def test_reported_cases_are_listed(self, browser, pages):
        report(pages, 2)
        page = browser.get(f"{OPEN}/follow").text
        assert f'href="{OPEN}/obstacles/2"' in page
        assert "Søgt i arkivet" in page
        assert f'href="{OPEN}/follow#obstacles"' in browser.get(OPEN).text


class TestObstacle:
    def test_asked_again_and_then_kept(self, browser, pages):
        report(pages, 2)
        path = f"{OPEN}/obstacles/2"
        asked = browser.form(
            path, {"decision": "finding", "status": "not-found", "reason": "", "reviewer": ""}
        )
        assert heading(asked) == "Bekræft din afgørelse om sag 2"
        assert in_round(pages)[0][2].status == "to-review"
        done = browser.post(path, {"decision": "finding", "status": "not-found", "confirmed": "yes"})
        assert (done.status_code, done.headers["location"]) == (303, f"{OPEN}/follow")
        assert in_round(pages)[0][2].status == "not-found"
        assert browser.get(path).status_code == 409

    def test_what_the_second_reader_reports_is_no_finding_and_asks_for_none(self, browser, pages):
        number = number_of(pages, "rita")
        open_second(pages.database, datetime.now(UTC), "otto", number, key="2026-2")
        report(pages, number, ObstacleReason.DISQUALIFIED, Reading.SECOND)
        path = f"{OPEN}/obstacles/{number}"
        page = browser.get(f"{path}?reading=second").text
        assert 'name="status"' not in page
        assert ('name="reason"' in page) == ('value="replaced"' in page)
        asked = browser.post(path, {"decision": "finding", "reading": "second"})
        assert asked.status_code == 200
        assert "Den anden gennemgang slutter her" in asked.text
        assert "Det er et fund" not in asked.text
        done = browser.post(path, {"decision": "finding", "reading": "second", "confirmed": "yes"})
        assert done.status_code == 303
        assert in_round(pages)[0][number].status == "to-review"

    def test_to_another(self, browser, pages):
        number = number_of(pages, "rita")
        report(pages, number, ObstacleReason.DISQUALIFIED)
        path = f"{OPEN}/obstacles/{number}"
        assert 'value="rita"' not in browser.get(path).text
        asked = browser.form(path, {"decision": "reassigned", "reviewer": "otto"})
        assert "bliver slettet" in asked.text
        assert (
            browser.post(path, {"decision": "reassigned", "reviewer": "otto", "confirmed": "yes"}).status_code
            == 303
        )
        assert in_round(pages)[1][number] == "otto"

    @pytest.mark.parametrize(
        ("choices", "field"),
        [
            ({}, "decision"),
            ({"decision": "finding"}, "status"),
            ({"decision": "replaced"}, "reason"),
            ({"decision": "replaced", "reason": "010180-1234", "confirmed": "yes"}, "reason"),
            ({"decision": "reassigned"}, "reviewer"),
            ({"decision": "reassigned", "reviewer": "chef", "confirmed": "yes"}, "reviewer"),
        ],
    )
    def test_refused(self, browser, pages, choices, field):
        report(pages, 2, ObstacleReason.OTHER)
        page = browser.form(f"{OPEN}/obstacles/2", choices)
        assert page.status_code == 422
        assert f'href="#{field}"' in page.text


class TestCase:
    def test_facts_and_no_answers(self, browser, pages):
        page = browser.get(f"{OPEN}/cases/1").text
        case = in_round(pages)[0][1]
        assert case.case_id in page
        assert f'href="{case.link}"' in page
        assert "/reviews/" in page
        assert browser.get(f"{OPEN}/cases/99").status_code == 404

    def test_handed_over(self, browser, pages):
        number = number_of(pages, "rita")
        path = f"{OPEN}/cases/{number}"
        assert browser.form(path, {"reviewer": ""}, action=f"{path}/move").status_code == 422
        done = browser.form(path, {"reviewer": "otto"}, action=f"{path}/move")
        assert (done.status_code, in_round(pages)[1][number]) == (303, "otto")
        assert f"Sag {number} er givet videre." in browser.get(path).text

    def test_reopened_with_a_reason(self, browser, pages):
        hand_in(pages, "rita")
        path = f"{OPEN}/cases/{number_of(pages, 'rita')}"
        assert browser.form(path, {"reopening": ""}, action=f"{path}/reopen").status_code == 422
        assert browser.form(path, {"reopening": "Læst forkert"}, action=f"{path}/reopen").status_code == 303
        assert "Læst forkert" in browser.get(f"{OPEN}/trail").text

    def test_replaced_after_it_was_asked_again(self, browser, pages):
        path = f"{OPEN}/cases/1"
        assert browser.form(path, {"reason": ""}, action=f"{path}/replace").status_code == 422
        asked = browser.form(path, {"reason": "Ingen afgørelse"}, action=f"{path}/replace")
        assert heading(asked) == "Erstat sag 1?"
        done = browser.post(f"{path}/replace", {"reason": "Ingen afgørelse", "confirmed": "yes"})
        assert (done.status_code, done.headers["location"]) == (303, f"{OPEN}/cases/9")
        assert f'href="{OPEN}/cases/9"' in browser.get(path).text
        assert f'href="{path}"' in browser.get(f"{OPEN}/cases/9").text


class TestClose:
    def test_what_keeps_it_open_is_linked(self, browser, pages):
        hand_in(pages, "rita")
        report(pages, number_of(pages, "otto"))
        page = browser.get(f"{OPEN}/close").text
        assert f'href="{OPEN}/obstacles/{number_of(pages, "otto")}"' in page
        assert 'name="confirmed"' not in page
        refused = browser.form(f"{OPEN}/close", {"confirmed": "yes"})
        assert (refused.status_code, state(pages)) == (422, RoundState.REVIEWING)

    def test_closed_for_good_with_a_receipt(self, browser, pages):
        hand_in(pages, "rita", "otto")
        assert browser.form(f"{OPEN}/close").status_code == 422
        done = browser.form(f"{OPEN}/close", {"confirmed": "yes"})
        assert (done.status_code, state(pages)) == (303, RoundState.CLOSED)
        page = browser.get(done.headers["location"]).text
        assert 'href="/reports"' in page
        assert "er lukket" in page
        assert browser.form(f"{OPEN}/close", {"confirmed": "yes"}).status_code == 409


class TestTrail:
    def test_sentences_newest_first(self, browser):
        page = browser.get(f"{CLOSED}/trail").text
        assert page.index("Runden er lukket.") < page.index("Sagerne er fordelt: Otto 4 og Rita 4.")
        assert "Rammen er frosset." in page
        assert "Andet:" not in page

    def test_fifty_on_a_page(self, browser, pages):
        with pages.database.begin() as store:
            for _ in range(60):
                store.trail.add("round-closed", actor_id=None, at=datetime.now(UTC), round="2026-2")
        assert browser.get(f"{OPEN}/trail").text.count("<tr>") == 51
        assert "Rammen er frosset." in browser.get(f"{OPEN}/trail?page=2").text
        assert browser.get(f"{OPEN}/trail?page=999").status_code == 200

    def test_single_answers_only_where_they_are_asked_for(self, browser, pages):
        with pages.database.begin() as store:
            store.trail.add("answer-given", actor_id=None, at=datetime.now(UTC), round="2026-2", number=3)
        assert "i sag 3 er besvaret" not in browser.get(f"{OPEN}/trail").text
        assert "Et punkt i sag 3 er besvaret." in browser.get(f"{OPEN}/trail?answers=yes").text
