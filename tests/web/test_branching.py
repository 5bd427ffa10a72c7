"""The reviewer's pages where an answer ends the review, contradicts another, or asks for more."""

import re
from datetime import UTC, datetime

import pytest
from branching import BRANCHING, SENTENCE, STOP
from small_round import Municipality, write_files

from lirk.services import reviewing, rounds
from lirk.services.reviewing import Show

NEW, NEW_SEED = "2026-7", "16180339887498948482"
JSON = {"accept": "application/json"}
EMPTY = {"value": "", "note": "Se sagen.", "journal_reference": "", "version": "0", "go": "stay"}


@pytest.fixture
def rita(sign_in):
    return sign_in("rita")


@pytest.fixture
def review(pages, tmp_path):
    """Address of Rita's first review in a round that asks the checklist with branches."""
    write_files(tmp_path)
    town = Municipality(pages.database, tmp_path, datetime.now(UTC).replace(microsecond=0))
    town.new(NEW, checklists=(BRANCHING,))
    town.draw(seed=NEW_SEED, key=NEW)
    with town.acting() as (store, actor):
        rounds.assign_cases(store, actor, NEW, reviewers=["rita"], now=town.now)
    with town.acting("rita") as (store, actor):
        parts = reviewing.queue(store, actor, show=Show.ALL).rounds
        return f"/reviews/{next(part.rows[0].review_id for part in parts if part.round.key == NEW)}"


def send(browser, review, item, value, **fields):
    address = f"{review}/items/{item}"
    version = re.search(r'name="version" value="(\d+)"', browser.get(address).text).group(1)
    answer = browser.form(address, {**EMPTY, "value": value, "version": version, **fields})
    assert answer.status_code == 303, answer.text
    return answer


def notice(page):
    """What the page says beside the answer, and whether it shows it."""
    hidden, text = re.search(r'<p id="notices" role="status"( hidden)?>(.*?)</p>', page.text).groups()
    return "" if hidden else text


class TestStop:
    def test_the_summary_says_the_stop_and_the_case_can_be_finished(self, rita, review):
        send(rita, review, "decision", "no")
        page = rita.get(f"{review}/summary")
        assert f"Gennemgangen er slut: {STOP}" in page.text
        assert 'id="missing"' not in page.text
        assert f'action="{review}/finish"' in page.text
        assert rita.form(f"{review}/summary", {}, action=f"{review}/finish").status_code == 303
        done = rita.get(f"{review}/summary")
        assert "er afsluttet" in done.text
        assert f"Gennemgangen er slut: {STOP}" in done.text

    def test_the_question_says_so_and_leads_to_the_summary(self, rita, review):
        send(rita, review, "decision", "no")
        page = rita.get(f"{review}/items/decision")
        assert notice(page) == f"Gennemgangen slutter her: {STOP}. Gå til »Afslut sagen«."
        assert f'id="after" href="{review}/summary"' in page.text
        assert "Klar til at afslutte" in page.text
        assert rita.get(review).headers["location"] == f"{review}/summary"

    def test_nothing_more_is_asked_and_what_was_answered_stays(self, rita, review):
        send(rita, review, "clear", "no")
        send(rita, review, "decision", "no")
        assert rita.get(f"{review}/items/reasons").status_code == 404
        assert "Er brevet klart?" in rita.get(f"{review}/summary").text
        assert rita.get(f"{review}/items/clear").status_code == 200
        send(rita, review, "decision", "yes")
        assert rita.get(f"{review}/items/reasons").status_code == 200
        assert notice(rita.get(f"{review}/items/decision")) == ""


class TestContradiction:
    @pytest.fixture
    def contradictory(self, rita, review):
        for item, value in {"decision": "yes", "clear": "yes", "reasons": "no"}.items():
            send(rita, review, item, value)
        return review

    @pytest.mark.parametrize("item", ["clear", "reasons"])
    def test_is_told_at_both_questions(self, rita, contradictory, item):
        assert notice(rita.get(f"{contradictory}/items/{item}")) == SENTENCE

    def test_is_not_told_at_others(self, rita, contradictory):
        assert notice(rita.get(f"{contradictory}/items/decision")) == ""

    def test_the_summary_links_both_and_has_no_button(self, rita, contradictory):
        page = rita.get(f"{contradictory}/summary").text
        told = re.search(r'<ul id="contradictions">(.*?)</ul>\s*</li>', page, re.DOTALL).group(1)
        assert SENTENCE in told
        assert re.findall(r'href="([^"]+)"', told) == [
            f"{contradictory}/items/clear",
            f"{contradictory}/items/reasons",
        ]
        assert f'action="{contradictory}/finish"' not in page
        assert "Alle punkter er besvaret" not in page

    def test_finishing_is_refused_with_a_link(self, rita, contradictory):
        answer = rita.post(f"{contradictory}/finish", {}, token=rita.token(f"{contradictory}/summary"))
        assert answer.status_code == 422
        assert 'href="#contradictions"' in answer.text
        assert 'id="contradictions"' in answer.text

    def test_saving_says_it_on_the_next_page(self, rita, review):
        send(rita, review, "clear", "yes")
        send(rita, review, "decision", "yes")
        answer = send(rita, review, "reasons", "no", go="next")
        assert SENTENCE in rita.get(answer.headers["location"]).text

    def test_the_script_is_told(self, rita, review):
        send(rita, review, "clear", "yes")
        value = {"value": "no", "note": "Ingen.", "journal_reference": "", "in_doubt": False}
        headers = {**JSON, "X-CSRF-Token": rita.token()}
        address = f"{review}/items/reasons"
        told = rita.put(address, json={**value, "version": 0, "key": "k1"}, headers=headers).json()
        assert told["notices"] == [SENTENCE]
        value["value"] = "yes"
        told = rita.put(address, json={**value, "version": 1, "key": "k2"}, headers=headers).json()
        assert told["notices"] == []


class TestFollowUp:
    def test_stands_after_the_answer_that_asks_for_it(self, rita, review):
        send(rita, review, "decision", "yes")
        answer = send(rita, review, "clear", "no", go="next")
        assert answer.headers["location"] == f"{review}/items/why"
        send(rita, review, "clear", "yes")
        assert rita.get(f"{review}/items/why").status_code == 404
