"""Spot checks and self-assessments as pages: list, item, autosave, summary, report, and the look at a report."""

import re
import sqlite3

import pytest

from web.view import clock

ITEM, SHIPPED = "screens-locked", "data-tilsyn-paa-stedet"
EMPTY = {"value": "", "note": "", "journal_reference": "", "version": "0"}
REPORT = "/rounds/2026-1/reports/center-nord"
NEW = {"centre": "Center Nord", "place": "Møllehuset", "checklist": SHIPPED}


@pytest.fixture
def kontakt(sign_in):
    return sign_in("kontakt")


@pytest.fixture
def leder(sign_in):
    return sign_in("leder")


@pytest.fixture
def check(kontakt):
    """Address of a spot check that was just begun."""
    return kontakt.form("/places", NEW).headers["location"]


@pytest.fixture
def unseen(pages):
    """Nobody has seen the report of the closed round yet."""
    file = sqlite3.connect(pages.url.removeprefix("sqlite:///"))
    with file:
        file.execute("DELETE FROM report_seen")
    file.close()


def send(browser, form, item=ITEM, **fields):
    return browser.form(f"{form}/items/{item}", {**EMPTY, **fields})


def save(browser, form, item=ITEM, **fields):
    value = {
        "value": "yes",
        "note": "",
        "journal_reference": "",
        "in_doubt": False,
        "version": 0,
        "key": "k1",
    }
    headers = {"accept": "application/json", "X-CSRF-Token": browser.token()}
    return browser.put(f"{form}/items/{item}", json={**value, **fields}, headers=headers)


def complete(browser, form, **chosen):
    """Answer everything with the first answer of each page, or with the chosen one."""
    while "/items/" in (at := browser.get(form).headers["location"]):
        page, item = browser.get(at).text, at.rsplit("/", 1)[1]
        first = re.search(r'name="value" value="([^"]+)"', page).group(1)
        answer = send(browser, form, item, value=chosen.get(item, first), note="Set på runden")
        assert answer.status_code == 303
    return at


def assess(leder, key="2026-2"):
    begun = leder.form("/self-assessment", action=f"/self-assessment/{key}/center-nord")
    return begun.headers["location"]


class TestList:
    def test_says_what_is_begun_and_what_can_be(self, kontakt):
        page = kontakt.get("/places").text
        assert "Solsiden" in page
        assert re.search(r"I gang, 1 af \d+ punkter", page)
        assert "Begynd et tilsyn" in page
        assert "Lederens selvvurdering" not in page

    def test_what_is_missing_is_told_and_what_was_typed_stays(self, kontakt):
        answer = kontakt.form("/places", {**NEW, "place": "", "checklist": ""})
        assert answer.status_code == 422
        assert 'href="#place"' in answer.text
        assert 'href="#checklist"' in answer.text
        assert "Skriv, hvad stedet hedder." in answer.text

    def test_a_cpr_number_is_no_name_of_a_place(self, kontakt):
        answer = kontakt.form("/places", {**NEW, "place": "Hos 010190-1234"})
        assert answer.status_code == 422
        assert "ligner et cpr-nummer" in answer.text
        assert "Hos 010190-1234" in answer.text

    def test_another_centre_is_none(self, kontakt):
        assert kontakt.form("/places", {**NEW, "centre": "Center Syd"}).status_code == 422

    def test_leads_to_the_first_item(self, kontakt, check):
        assert kontakt.get(check).headers["location"] == f"{check}/items/{ITEM}"


class TestItem:
    def test_is_the_page_of_a_review_without_the_journal(self, kontakt, check):
        page = kontakt.get(f"{check}/items/{ITEM}").text
        assert re.search(r"Punkt 1 af \d+", page)
        assert "Møllehuset" in page
        assert 'type="hidden" id="journal_reference"' in page
        assert "Sagen kan ikke gennemgås" not in page
        assert "Møllehuset" not in re.search(r"<title>(.*?)</title>", page, re.DOTALL).group(1)

    def test_a_form_saves_and_goes_on(self, kontakt, check):
        answer = send(kontakt, check, value="yes", note="Alle fem")
        assert re.fullmatch(rf"{check}/items/[a-z-]+", answer.headers["location"])
        assert "Alle fem" in kontakt.get(f"{check}/items/{ITEM}").text

    def test_a_refused_note_stays_on_the_page(self, kontakt, check):
        answer = send(kontakt, check, value="yes", note="Fru 010190-1234")
        assert answer.status_code == 422
        assert "Fru 010190-1234" in answer.text
        assert "Svaret er ikke gemt." in answer.text

    def test_an_answer_without_its_note_is_kept_and_asked_about(self, kontakt, check):
        answer = send(kontakt, check, value="cannot_assess")
        assert answer.status_code == 422
        assert "Skriv i noten, hvorfor punktet ikke kan vurderes." in answer.text

    def test_two_people_see_both_answers(self, kontakt, check, sign_in):
        send(kontakt, check, value="yes", note="Alle låst")
        answer = send(sign_in("koordinator"), check, value="no", note="To stod åbne")
        assert answer.status_code == 409
        assert "Alle låst" in answer.text
        assert "To stod åbne" in answer.text

    def test_an_item_that_is_none(self, kontakt, check):
        assert kontakt.get(f"{check}/items/no-such").status_code == 404


class TestAutosave:
    def test_answers_as_a_review_does(self, kontakt, check, sign_in):
        told = save(kontakt, check).json()
        with_review = {
            "version", "saved", "state", "lacking", "notices", "position", "steps", "before", "after",
            "expires_at",
        }  # fmt: skip
        assert set(told) >= with_review
        assert (told["version"], told["state"], told["before"]) == (1, "answered", None)
        assert told["after"].startswith(f"{check}/items/")

    def test_the_same_key_twice(self, kontakt, check):
        assert [save(kontakt, check, note="a").json()["version"] for _ in range(2)] == [1, 1]
        assert save(kontakt, check, note="b").status_code == 409

    def test_a_stale_version(self, kontakt, check):
        save(kontakt, check, key="k1")
        answer = save(kontakt, check, value="no", key="k2")
        assert answer.status_code == 409
        told = answer.json()
        assert (told["error"], told["version"], told["key"]) == ("answer-changed-elsewhere", 1, "k1")

    def test_a_refusal_names_the_field(self, kontakt, check):
        answer = save(kontakt, check, note="010190-1234")
        assert answer.status_code == 422
        assert [one["field"] for one in answer.json()["problems"]] == ["note"]


class TestSummary:
    def test_what_is_missing_is_a_link_and_keeps_it_open(self, kontakt, check):
        page = kontakt.get(f"{check}/summary").text
        assert f'href="{check}/items/{ITEM}"' in page
        answer = kontakt.form(f"{check}/summary", action=f"{check}/finish")
        assert answer.status_code == 422
        assert 'href="#missing"' in answer.text

    def test_finished_it_leads_to_the_report(self, kontakt, check):
        assert complete(kontakt, check) == f"{check}/summary"
        answer = kontakt.form(f"{check}/summary", action=f"{check}/finish")
        assert answer.headers["location"] == f"{check}/report"
        assert kontakt.get(f"{check}/items/{ITEM}").headers["location"] == f"{check}/summary"
        assert "Ret<" not in kontakt.get(f"{check}/summary").text

    def test_the_coordinator_says_why_it_is_opened_again(self, kontakt, check, sign_in):
        complete(kontakt, check)
        kontakt.form(f"{check}/summary", action=f"{check}/finish")
        karen = sign_in("koordinator")
        answer = karen.form(f"{check}/summary", {"reason": ""}, action=f"{check}/reopen")
        assert answer.status_code == 422
        assert "Skriv, hvorfor tilsynet åbnes igen." in answer.text
        answer = karen.form(f"{check}/summary", {"reason": "Et svar var forkert"}, action=f"{check}/reopen")
        assert answer.headers["location"] == f"{check}/summary"

    def test_one_begun_by_mistake_is_deleted_after_a_question(self, kontakt, check):
        assert f'href="{check}/delete"' in kontakt.get(f"{check}/summary").text
        assert "intet går tabt" in kontakt.get(f"{check}/delete").text
        assert kontakt.form(f"{check}/delete").headers["location"] == "/places"
        assert kontakt.get(check).status_code == 404

    def test_one_with_answers_is_not(self, kontakt, check):
        send(kontakt, check, value="yes")
        assert f'href="{check}/delete"' not in kontakt.get(f"{check}/summary").text
        assert kontakt.post(f"{check}/delete").status_code == 409


class TestReport:
    def test_says_what_to_do_with_rule_and_law(self, kontakt, check):
        complete(kontakt, check, **{ITEM: "no", "prints-collected": "not_applicable"})
        kontakt.form(f"{check}/summary", action=f"{check}/finish")
        page = kontakt.get(f"{check}/report").text
        assert "Rapport om tilsyn" in page
        assert "Møllehuset" in page
        assert "Noget skal bringes i orden" in page
        assert "alvorlig, databeskyttelse" in page
        assert "Databeskyttelsesforordningen art. 32" in page
        assert "Lad skærmene låse sig selv" in page
        assert "Spørg Kontakt, som har lavet tilsynet." in page
        assert re.search(r"\d+ punkter er i orden, 1 skal bringes i orden og 0 kan ikke vurderes\.", page)

    def test_not_before_it_is_finished(self, kontakt, check):
        assert kontakt.get(f"{check}/report").status_code == 409

    def test_the_same_in_english(self, kontakt, check):
        kontakt.form("/me", {"language": "en", "shortcuts": "yes"})
        complete(kontakt, check)
        kontakt.form(f"{check}/summary", action=f"{check}/finish")
        assert "Report of a spot check" in kontakt.get(f"{check}/report").text


class TestSelfAssessment:
    def test_one_a_round_and_centre(self, leder):
        assert "Begynd selvvurderingen" in leder.get("/self-assessment").text
        assert assess(leder) == assess(leder)
        assert "Fortsæt selvvurderingen" in leder.get("/self-assessment").text

    def test_nobody_reads_it_before_it_is_finished_and_the_coordinator_after(self, leder, sign_in):
        form = assess(leder)
        complete(leder, form)
        others = [sign_in(name) for name in ("koordinator", "kontakt", "rita", "chef", "admin")]
        assert {one.get(f"{form}/summary").status_code for one in others} == {404}
        answer = leder.form(f"{form}/summary", action=f"{form}/finish")
        assert answer.headers["location"] == "/self-assessment"
        assert [one.get(f"{form}/summary").status_code for one in others] == [200, 404, 404, 404, 404]
        assert "Åbn igen" not in others[0].get(f"{form}/summary").text
        assert leder.get(f"{form}/report").status_code == 404

    def test_it_is_opened_again_without_a_reason(self, leder):
        form = assess(leder)
        complete(leder, form)
        leder.form(f"{form}/summary", action=f"{form}/finish")
        leder.form(f"{form}/summary", action=f"{form}/reopen")
        assert "Afslut selvvurderingen" in leder.get(f"{form}/summary").text


@pytest.mark.usefixtures("unseen")
class TestFirstLook:
    def test_the_leader_is_told_and_may_go_on(self, leder):
        page = leder.get(REPORT).text
        assert "Du har ikke udfyldt selvvurderingen." in page
        assert "Kort fortalt" not in page
        answer = leder.form(REPORT, action=f"{REPORT}/open")
        assert answer.headers["location"] == REPORT
        assert "Kort fortalt" in leder.get(REPORT).text

    @pytest.mark.parametrize("kind", ["pdf", "xlsx", "csv", "json", "cases"])
    def test_nothing_goes_round_the_question(self, leder, kind):
        assert leder.get(f"{REPORT}/{kind}").headers["location"] == REPORT
        leder.form(REPORT, action=f"{REPORT}/open")
        assert leder.get(f"{REPORT}/{kind}").status_code == 200

    def test_a_finished_self_assessment_leads_straight_to_the_report_and_is_locked(self, leder):
        form = assess(leder, "2026-1")
        complete(leder, form)
        leder.form(f"{form}/summary", action=f"{form}/finish")
        assert "Kort fortalt" in leder.get(REPORT).text
        page = leder.get(f"{form}/summary").text
        assert "Rapporten er set; selvvurderingen kan ikke længere ændres." in page
        assert leder.post(f"{form}/reopen").status_code == 409

    def test_half_a_one_is_locked_and_readable(self, leder):
        form = assess(leder, "2026-1")
        at = leder.get(form).headers["location"]
        send(leder, form, at.rsplit("/", 1)[1], value="9", note="Det går godt")
        assert "Din selvvurdering er ikke afsluttet." in leder.get(REPORT).text
        leder.form(REPORT, action=f"{REPORT}/open")
        assert "Det går godt" in leder.get(f"{form}/summary").text
        answer = save(leder, form, at.rsplit("/", 1)[1], value="1", version=1)
        assert answer.status_code == 409

    def test_of_others_nothing_is_asked(self, sign_in, pages):
        for username in ("kontakt", "koordinator"):
            assert "Kort fortalt" in sign_in(username).get(REPORT).text
        with pages.database.begin() as store:
            round_ = store.rounds.by_key("2026-1")
            assert store.place_forms.seen_at(round_.id, "Center Nord") is None

    def test_the_first_look_is_noted_once(self, leder, pages):
        for _ in range(2):
            leder.form(REPORT, action=f"{REPORT}/open")
            leder.get(REPORT)
        with pages.database.begin() as store:
            told = [one for one in store.trail.entries() if one.action == "report-seen"]
            # One of the fixture, whose row is gone, and one of now.
            assert len(told) == 2
            assert told[-1].at <= clock()


class TestNavigation:
    @pytest.mark.parametrize(
        ("username", "there"),
        [
            ("kontakt", {"/places"}),
            ("koordinator", {"/places"}),
            ("leder", {"/self-assessment"}),
            ("rita", set()),
            ("chef", set()),
        ],
    )
    def test_leads_those_who_have_something_there(self, sign_in, username, there):
        nav = re.search(
            r'<nav class="site-nav".*?</nav>', sign_in(username).get("/me").text, re.DOTALL
        ).group(0)
        assert {href for href in ("/places", "/self-assessment") if f'href="{href}"' in nav} == there
