"""The reviewer's pages: queue, question, autosave, summary, conflict, obstacle."""

import re

import pytest
from review_pages import EMPTY, JSON, JUDGED, complete, follow, reviews_of, send
from small_round import CHECKLIST

from lirk.domain.reviewing import NOTE_LIMIT


@pytest.fixture
def rita(sign_in):
    return sign_in("rita")


@pytest.fixture
def review(rita):
    """Address of the first review."""
    return reviews_of(rita)[0]


@pytest.fixture
def kept(pages):
    """The answers that are stored in a review, by item."""

    def kept_in(address):
        with pages.database.begin() as store:
            return store.reviewing.find(int(address.rsplit("/", 1)[1])).answers

    return kept_in


class TestQueue:
    def test_says_how_far_and_what_to_do(self, rita):
        page = rita.get("/reviews").text
        assert "0 af 4 sager er gennemgået." in page
        assert page.count("Ikke begyndt") == 4
        assert len(re.findall(r"Åbn sag \d+", page)) == 2  # the button and the only row that can be opened
        assert len(re.findall(r"Åbnes efter sag \d+", page)) == 3

    def test_progress_is_told(self, rita, review):
        send(rita, review, value="yes", go="stay")
        assert re.search(r"I gang, 1 af \d", rita.get("/reviews").text)

    @pytest.mark.parametrize(("show", "shown"), [("missing", 3), ("done", 1), ("all", 4)])
    def test_what_to_show(self, rita, review, show, shown):
        complete(rita, review)
        rita.post(f"{review}/finish", JUDGED)
        page = rita.get(f"/reviews?show={show}").text
        assert page.count('<th scope="row">') == shown
        assert "1 af 4 sager er gennemgået." in page

    def test_an_unknown_choice(self, rita):
        assert rita.get("/reviews?show=fastest").status_code == 400

    def test_with_no_cases_it_says_what_will_come(self, sign_in):
        assert "Du har ingen sager lige nu" in sign_in("koordinator").get("/reviews").text

    @pytest.mark.parametrize("username", ["leder", "arkivar", "chef"])
    def test_other_roles_have_none(self, sign_in, username):
        assert sign_in(username).get("/reviews").status_code == 403

    def test_tells_nobody_s_answers_or_speed(self, rita, review):
        send(rita, review, value="no", note="Brevet er uklart", go="stay")
        page = rita.get("/reviews?show=all").text
        assert "uklart" not in page


class TestItemPage:
    def test_the_question_is_the_heading_and_the_title_names_no_case(self, rita, review):
        address, page = follow(rita, review)
        assert address == f"{review}/items/clear"
        assert re.findall(r"<h1[^>]*>([^<]+)</h1>", page) == ["Er brevet klart?"]
        title = re.search(r"<title>([^<]+)", page).group(1)
        assert title.startswith("Punkt 1 af ")
        assert "26/" not in title

    def test_facts_of_the_case_stand_above(self, rita, review):
        _, page = follow(rita, review)
        assert re.search(r'<span id="case-number">26/[A-ZØ]\d\d</span>', page)
        assert re.search(
            r'href="https://esdh.example/26/\w+" target="_blank" rel="noreferrer noopener"', page
        )
        assert "marts 2026" in page
        assert re.search("fuldt medhold|afslag", page)

    def test_nothing_is_chosen_beforehand(self, rita, review):
        page = follow(rita, review)[1]
        assert " checked" not in page.split('id="keys"')[0]
        assert page.count('name="value"') == 5

    def test_every_field_has_its_label(self, rita, review):
        page = follow(rita, review)[1]
        for field in ("value", "note", "journal_reference", "in_doubt"):
            assert f'for="{field}"' in page
        assert f"Højst {NOTE_LIMIT:,}".replace(",", ".") in page

    def test_what_the_note_is_required_at(self, rita, review):
        page = follow(rita, review)[1]
        assert "Krævet ved: Delvist, Nej, Ikke relevant og Kan ikke vurderes." in page
        assert "Skriv ikke navne eller cpr-numre." in page

    def test_the_guidance_names_the_checklist_s_version(self, rita, review):
        assert "Breve, version 1. Punktets id: clear" in follow(rita, review)[1]

    @pytest.mark.parametrize("item", ["outcome", "ukendt"])
    def test_what_is_not_asked(self, rita, review, item):
        answer = rita.get(f"{review}/items/{item}")
        assert (answer.status_code, "Punktet gælder ikke i denne sag" in answer.text) == (404, True)

    def test_another_s_is_not_there(self, sign_in, review):
        otto = sign_in("otto")
        for address in ("", "/items/clear", "/summary", "/obstacle"):
            assert otto.get(review + address).status_code == 404

    def test_a_later_case_says_which_is_first(self, rita, review):
        number = int(review.rsplit("/", 1)[1])
        refused = [rita.get(f"/reviews/{number + more}") for more in range(1, 8)]
        assert 409 in {answer.status_code for answer in refused}
        assert any(re.search(r"Begynd på sag \d+ først", answer.text) for answer in refused)


class TestForm:
    def test_saves_and_goes_on(self, rita, review):
        answer = send(rita, review, value="yes", go="next")
        assert answer.status_code == 303
        assert answer.headers["location"] in (f"{review}/items/reasons", f"{review}/summary")

    def test_saves_and_stays_with_a_receipt(self, rita, review):
        answer = send(rita, review, value="yes", note="Klart", in_doubt="yes", go="stay")
        assert answer.headers["location"] == f"{review}/items/clear"
        page = rita.get(f"{review}/items/clear").text
        assert re.search(r"Gemt kl\. \d\d\.\d\d", page)
        assert "Klart</textarea>" in page
        assert 'name="version" value="1"' in page
        assert page.count(" checked") == 3  # the answer, the doubt, and the keys

    def test_a_missing_note_is_told_and_the_choice_is_kept(self, rita, review):
        answer = send(rita, review, value="no", journal_reference="Akt 7", go="next")
        assert answer.status_code == 422
        assert "<title>Fejl:" in answer.text
        assert '<a href="#note">Svaret kræver en note. Skriv kort, hvad du så.</a>' in answer.text
        assert "Det, du har skrevet, er gemt." in answer.text
        assert 'name="version" value="1"' in answer.text
        page = rita.get(f"{review}/items/clear").text
        assert 'value="no" checked' in page
        assert 'value="Akt 7"' in page

    def test_no_choice_at_all(self, rita, review):
        answer = send(rita, review, go="next")
        assert (answer.status_code, "Vælg et svar." in answer.text) == (422, True)
        assert "er gemt" not in answer.text

    def test_what_looks_like_a_cpr_number_is_shown_again_and_never_kept(self, rita, review):
        answer = send(rita, review, value="no", note="Barnet 010190-1234", go="next")
        assert answer.status_code == 422
        assert "Teksten ligner et cpr-nummer." in answer.text
        assert "Svaret er ikke gemt." in answer.text.split('id="autosave"')[0]
        assert "Barnet 010190-1234</textarea>" in answer.text
        page = rita.get(f"{review}/items/clear").text
        assert "010190" not in page
        assert "checked" not in page.split('id="keys"')[0]

    def test_a_field_that_the_page_has_not(self, rita, review):
        assert send(rita, review, value="yes", reviewer="2").status_code == 422

    def test_nothing_without_a_token(self, rita, review):
        assert rita.post(f"{review}/items/clear", EMPTY, token="").status_code == 403

    def test_text_is_escaped(self, rita, review):
        send(rita, review, value="no", note="<script>alert(1)</script>", go="stay")
        for address in ("/items/clear", "/summary"):
            page = rita.get(review + address).text
            assert "<script>alert" not in page
            assert "&lt;script&gt;" in page


class TestTwoTabs:
    def test_both_answers_side_by_side_and_either_can_be_chosen(self, rita, review):
        send(rita, review, value="no", note="Fra den ene", go="stay")
        answer = send(rita, review, value="yes", note="Fra den anden", version="0")
        assert answer.status_code == 409
        assert "Gemt af Rita" in answer.text
        assert "Fra den ene" in answer.text
        assert "Fra den anden" in answer.text
        version = re.search(r'name="version" value="(\d+)"', answer.text).group(1)
        send(rita, review, value="yes", note="Fra den anden", version=version, go="stay")
        assert "Fra den anden</textarea>" in rita.get(f"{review}/items/clear").text

    def test_the_same_answer_twice_is_no_conflict(self, rita, review):
        send(rita, review, value="yes", go="stay")
        assert send(rita, review, value="yes", version="0", go="stay").status_code == 303


class TestNotAsked:
    def test_says_so_and_leads_on(self, rita, review):
        answer = rita.get(f"{review}/items/outcome")
        assert answer.status_code == 404
        assert re.search(r"<h1[^>]*>Punktet gælder ikke i denne sag</h1>", answer.text)
        assert f'href="{review}/items/clear"' in answer.text

    def test_what_was_typed_is_shown_and_not_kept(self, rita, review, kept):
        answer = rita.form(
            f"{review}/items/clear",
            {**EMPTY, "note": "Til et skjult punkt"},
            action=f"{review}/items/outcome",
        )
        assert answer.status_code == 404
        assert "Det, du skrev nu, er ikke gemt:" in answer.text
        assert "Til et skjult punkt" in answer.text
        assert kept(review) == {}

    def test_another_s_says_nothing_of_the_case(self, sign_in, review):
        answer = sign_in("otto").get(f"{review}/items/outcome")
        assert answer.status_code == 404
        assert "Punktet gælder ikke" not in answer.text


class TestPreferences:
    @pytest.mark.parametrize("name", ["shortcuts", "go_on", "guidance_open"])
    def test_are_remembered(self, rita, review, name):
        headers = {**JSON, "X-CSRF-Token": rita.token()}
        for value in (True, False):
            assert rita.put("/reviews/preferences", json={name: value}, headers=headers).json() == {
                name: value
            }
            page = follow(rita, review)[1]
            shown = {
                "shortcuts": 'data-shortcuts="yes"',
                "go_on": 'data-go-on="yes"',
                "guidance_open": 'id="guidance" open',
            }[name]
            assert (shown in page) == value


class TestSummary:
    def test_what_is_missing_is_linked_and_there_is_no_button(self, rita, review):
        send(rita, review, value="no", in_doubt="yes", go="stay")
        page = rita.get(f"{review}/summary").text
        assert re.search(
            rf'<li><a href="{review}/items/clear">Er brevet klart\?</a> Svaret kræver en note', page
        )
        assert "Du er i tvivl om 1 punkt" in page
        assert f'action="{review}/finish"' not in page

    def test_finishing_too_early_is_refused_and_told(self, rita, review):
        answer = rita.form(f"{review}/summary", action=f"{review}/finish")
        assert (answer.status_code, "<title>Fejl:" in answer.text, 'href="#missing"' in answer.text) == (
            422,
            True,
            True,
        )

    def test_finish_gives_a_receipt_and_leads_to_the_next_case(self, rita, review):
        address, page = complete(rita, review)
        assert address == f"{review}/summary"
        assert re.search(r"<h1[^>]*>Afslut sag \d+</h1>", page)
        answer = rita.form(address, JUDGED, action=f"{review}/finish")
        following, page = follow(rita, answer.headers["location"])
        assert re.search(r"Sag \d+ er afsluttet: Breve\.", page)
        assert following.startswith("/reviews/")
        assert not following.startswith(f"{review}/")

    def test_a_finished_review_is_read_only(self, rita, review):
        complete(rita, review)
        rita.post(f"{review}/finish", JUDGED)
        address, page = follow(rita, f"{review}/items/clear")
        assert address == f"{review}/summary"
        assert re.search(r"<h1[^>]*>Sag \d+ er afsluttet</h1>", page)
        assert "Bed koordinatoren" in page
        assert ">Ret<" not in page
        assert rita.post(f"{review}/items/clear", {**EMPTY, "value": "no"}).status_code == 409


class TestObstacle:
    def test_is_reported_for_the_case_and_leads_on(self, rita, review):
        answer = rita.form(f"{review}/obstacle", {"reason": "other", "note": "Låst"})
        assert answer.status_code == 303
        _, page = follow(rita, answer.headers["location"])
        assert re.search(r"Sag \d+ er meldt til koordinatoren\.", page)
        page = rita.get("/reviews?show=all").text
        assert "Meldt til koordinatoren" in page
        assert "1 sag venter på koordinatoren." in page

    @pytest.mark.parametrize(
        ("fields", "told"),
        [
            ({"reason": "", "note": ""}, "Vælg, hvorfor sagen ikke kan gennemgås."),
            ({"reason": "other", "note": ""}, "Skriv, hvad der er i vejen."),
            ({"reason": "other", "note": "010190-1234"}, "ligner et cpr-nummer"),
        ],
    )
    def test_what_is_wrong_is_told_and_nothing_is_lost(self, rita, review, fields, told):
        answer = rita.form(f"{review}/obstacle", fields)
        assert (answer.status_code, told in answer.text) == (422, True)
        assert f"{fields['note']}</textarea>" in answer.text

    def test_can_be_taken_back(self, rita, review):
        rita.form(f"{review}/obstacle", {"reason": "not-found", "note": ""})
        address, page = follow(rita, review)
        assert address == f"{review}/obstacle"
        assert "Træk meldingen tilbage" in page
        rita.post(f"{review}/obstacle/take-back")
        assert follow(rita, review)[0] == f"{review}/items/clear"


class TestEnglish:
    def test_the_pages_speak_it(self, rita, review, pages):
        with pages.database.begin() as store:
            person = store.people.by_username("rita")
            store.people.set_preferences(person.id, person.preferences.__class__(language="en"))
            store.trail.add("test", actor_id=None, at=store.rounds.all()[0].created_at)
        page = follow(rita, review)[1]
        assert "Is the letter clear?" in page
        assert "Save and go to the next question" in page
        assert not re.search("Gem og|Vejledning|Forrige", page)


def test_the_round_s_checklist_is_the_one_that_these_tests_know():
    assert CHECKLIST.count("[[themes.items]]") == 2
