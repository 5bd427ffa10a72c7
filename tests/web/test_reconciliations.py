"""The pages of cases that two people read: agreeing, asking a third, the coordinator's list, the agreement."""

import re
from datetime import UTC, datetime, timedelta

import pytest
from double_round import open_second, readings, write

from lirk.domain.reviews import Answer

OPEN, NUMBER = "2026-2", 6
WHY = "Brevet nævner ikke fristen"


@pytest.fixture
def both(pages):
    """The two readings of a case, finished: the first says yes, the second no."""
    now = datetime.now(UTC).replace(microsecond=0) - timedelta(days=1)
    with pages.database.begin() as store:
        round_ = store.rounds.by_key(OPEN)
        cases = {one.id: one.number for one in store.cases.of(round_.id)}
        [first] = [one for one in store.reviews.of(round_.id) if cases[one.case_id] == NUMBER]
        owner = store.people.by_id(first.reviewer_id).username
    other = {"rita": "otto", "otto": "rita"}[owner]
    open_second(pages.database, now, other, NUMBER, key=OPEN)
    read = readings(pages.database, OPEN, NUMBER)
    for one, value in zip(read, ("yes", "no"), strict=True):
        said = Answer(item_id="clear", value=value, note=f"Note af {one.username}")
        write(pages.database, one.id, now, clear=said, reasons="yes")
    return read


@pytest.fixture
def path(both):
    return f"/reviews/reconcile/{both[0].id}"


def agree(browser, path, *, item="clear", version=0, value="no", reason=WHY):
    fields = {f"value-{item}": value, f"reason-{item}": reason, f"version-{item}": str(version)}
    return browser.post(path, fields)


class TestPage:
    def test_the_two_answers_stand_side_by_side_without_names(self, sign_in, both, path):
        page = sign_in(both[1].username).get(path).text
        assert "Læser A" in page
        assert "Læser B" in page
        assert f"Note af {both[0].username}" in page
        main = page[page.index("<main") :].replace("Note af rita", "").replace("Note af otto", "")
        assert "Rita" not in main
        assert "Otto" not in main

    def test_both_find_it_in_their_queue(self, sign_in, both, path):
        for one in both:
            page = sign_in(one.username).get("/reviews").text
            assert "Sager, I skal blive enige om" in page
            assert f'href="{path}"' in page

    def test_an_agreed_answer_is_kept_and_the_case_leaves_the_queue(self, sign_in, both, path):
        browser = sign_in(both[0].username)
        answer = agree(browser, path)
        assert (answer.status_code, answer.headers["location"]) == (303, path)
        assert "Der er ét svar på alt" in browser.get(path).text
        assert "Sager, I skal blive enige om" not in browser.get("/reviews").text

    def test_what_is_missing_is_told_at_its_field(self, sign_in, both, path):
        answer = agree(sign_in(both[0].username), path, value="no", reason="")
        assert answer.status_code == 422
        assert 'href="#reason-clear"' in answer.text
        answer = agree(sign_in(both[0].username), path, value="", reason=WHY)
        assert answer.status_code == 422
        assert 'href="#value-clear"' in answer.text

    def test_all_items_are_saved_together_or_none_is(self, pages, sign_in, both, path):
        now = datetime.now(UTC).replace(microsecond=0) - timedelta(hours=1)
        write(pages.database, both[1].id, now, clear="no", reasons="no")
        browser = sign_in(both[0].username)
        fields = {f"{name}-{item}": "" for name in ("value", "reason") for item in ("clear", "reasons")}
        fields |= {"version-clear": "0", "version-reasons": "0", "value-clear": "no", "reason-clear": WHY}
        refused = browser.post(path, {**fields, "value-reasons": "no"})
        assert refused.status_code == 422
        assert 'href="#reason-reasons"' in refused.text
        assert WHY in refused.text
        assert "2 punkter mangler et fælles svar." in browser.get(path).text
        assert browser.post(path, fields).status_code == 303
        assert "1 punkt mangler et fælles svar." in browser.get(path).text

    def test_a_form_with_nothing_in_it_is_told(self, sign_in, both, path):
        answer = agree(sign_in(both[0].username), path, value="", reason="")
        assert answer.status_code == 422
        assert "ved mindst ét punkt" in answer.text

    def test_each_is_told_who_they_are_and_the_coordinator_gets_back_to_the_round(self, sign_in, both, path):
        assert "Du er Læser A." in sign_in(both[0].username).get(path).text
        assert "Du er Læser B." in sign_in(both[1].username).get(path).text
        page = sign_in("koordinator").get(path).text
        main = page[page.index("<main") :]
        assert "I har svaret" not in main
        assert "Du er Læser" not in main
        assert f'href="/rounds/{OPEN}/double"' in main
        assert 'href="/reviews"' not in main

    def test_what_was_typed_stands_when_somebody_was_first(self, sign_in, both, path):
        agree(sign_in(both[0].username), path)
        answer = agree(sign_in(both[1].username), path, value="yes", reason="Fristen står på side 2")
        assert answer.status_code == 409
        assert "Fristen står på side 2" in answer.text
        assert WHY in answer.text
        # It asks before it is left, and a page that nothing was typed on does not.
        marks = r'data-unsaved="(\w+)"'
        assert re.findall(marks, answer.text)[0] == "yes"
        assert set(re.findall(marks, sign_in(both[1].username).get(path).text)) == {"no"}
        again = agree(sign_in(both[1].username), path, value="yes", reason="Fristen", version=1)
        assert again.status_code == 303

    def test_nobody_else_gets_in(self, sign_in, path):
        assert sign_in("leder").get(path).status_code == 403
        assert sign_in("koordinator").get(path).status_code == 200

    def test_one_who_may_not_decide_is_refused_at_the_field(self, sign_in, both, path):
        answer = sign_in(both[0].username).post(f"{path}/third", {"third": both[1].username})
        assert answer.status_code == 422
        assert 'href="#third"' in answer.text

    def test_the_coordinator_opens_one_of_the_two_again(self, sign_in, both, path):
        browser = sign_in("koordinator")
        refused = browser.post(f"{path}/reopen", {"reading": "", "reopening": "Fordi"})
        assert (refused.status_code, 'href="#reading"' in refused.text) == (422, True)
        refused = browser.post(f"{path}/reopen", {"reading": "second", "reopening": ""})
        assert (refused.status_code, 'href="#reopening"' in refused.text) == (422, True)
        answer = browser.post(f"{path}/reopen", {"reading": "second", "reopening": "Så forkert"})
        assert answer.headers["location"] == f"/rounds/{OPEN}/double"
        assert browser.get(path).status_code == 404

    def test_what_was_answered_before_stands_beside_what_is_answered_now(self, pages, sign_in, both, path):
        sign_in("koordinator").post(f"{path}/reopen", {"reading": "second", "reopening": "Så forkert"})
        now = datetime.now(UTC).replace(microsecond=0) - timedelta(hours=1)
        write(
            pages.database, both[1].id, now, clear=Answer(item_id="clear", value="partly", note="Nu delvist")
        )
        page = sign_in(both[0].username).get(path).text
        assert re.search(r"Svar før genåbningen</dt>\s*<dd>Nej", page)
        assert f"Note af {both[1].username}" in page
        assert page.count("Svar før genåbningen") == 1
        write(pages.database, both[1].id, now, clear=Answer(item_id="clear", value="yes", note="Nu ja"))
        page = sign_in(both[0].username).get(path).text
        assert "Læser B før genåbningen: Nej" in page
        assert "Læser A før genåbningen" not in page
        assert "0 af 1" in sign_in("koordinator").get(f"/rounds/{OPEN}/agreement").text

    def test_readers_do_not_open_each_other_again(self, sign_in, both, path):
        answer = sign_in(both[0].username).post(f"{path}/reopen", {"reading": "second", "reopening": "Nej"})
        assert answer.status_code in {403, 404}


class TestCoordinator:
    def test_the_list_and_the_figures(self, sign_in, both, path):
        browser = sign_in("koordinator")
        page = browser.get(f"/rounds/{OPEN}/double").text
        assert "De to mangler at blive enige om 1 punkt" in page
        assert f'href="{path}"' in page
        figures = browser.get(f"/rounds/{OPEN}/agreement").text
        assert "kan ikke beregnes" in figures
        assert "0 af 1" in figures

    def test_nothing_but_counts_before_both_are_finished(self, pages, sign_in, both, path):
        with pages.database.begin() as store:
            store.reviews.reopen(both[1].id)
            store.trail.add("made", actor_id=None, at=datetime.now(UTC))
        browser = sign_in("koordinator")
        page = browser.get(f"/rounds/{OPEN}/double").text
        assert "1 af 2 er færdige" in page
        assert path not in page
        assert "0 af 1 sag med to gennemgange" in browser.get(f"/rounds/{OPEN}/agreement").text

    def test_a_round_without_second_readings_says_so(self, sign_in):
        page = sign_in("koordinator").get(f"/rounds/{OPEN}/double").text
        assert "Ingen sager læses af to" in page

    def test_the_round_is_not_closed_while_they_differ(self, sign_in, both):
        page = sign_in("koordinator").get(f"/rounds/{OPEN}/close").text
        assert "Gennemgået af to, som ikke er enige endnu" in page
