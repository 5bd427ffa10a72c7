"""The pages of doubts: both sides of the talk, the lists, the way there from an item, and what a jurist may see."""

import re
from datetime import UTC, datetime
from pathlib import Path

import pytest
from review_pages import save
from saving import mark_on

from lirk.domain.people import Role
from lirk.domain.reviews import Answer
from lirk.services import people

QUESTION, REPLY = "Er »venligst« klart nok?", "Ja, når fristen står der."
ROUND = "/rounds/2026-2/doubts"
LINE = re.compile(r"(GET|POST|PUT) +(\S+) +(\S+) +([x0s-]{9})")
OUTCOMES = {500: "!", 403: "-", 404: "0"}


def rows():
    """Each line of the table of rights: method, pattern, address, and what the nine others are told."""
    lines = Path(__file__).with_name("rights.txt").read_text(encoding="utf-8").splitlines()
    return [LINE.fullmatch(line.strip()).groups() for line in lines if line.strip() and line[0] != "#"]


@pytest.fixture
def rita(sign_in):
    return sign_in("rita")


@pytest.fixture
def jurist(pages):
    with pages.database.begin() as store:
        actor = store.people.by_username("koordinator")
        people.add_person(
            store, actor, username="jurist", name="Jonas", roles=[Role.LEGAL_ADVISER], now=datetime.now(UTC)
        )
    return pages.sign_in("jurist")


@pytest.fixture
def review(rita):
    """Address of the first review, in which the first item is in doubt."""
    address = re.search(r'href="(/reviews/\d+)"', rita.get("/reviews").text).group(1)
    assert save(rita, address, in_doubt=True, note="Brevet er uklart.").status_code == 200
    return address


@pytest.fixture
def doubt(review):
    """Address of the doubt."""
    return review.replace("/reviews/", "/doubts/") + "/clear"


def told(answer):
    return re.sub(r"\s+", " ", answer.text)


class TestHidden:
    def test_an_item_that_is_not_asked_any_more_says_so_and_leads_nowhere_dead(self, pages, rita, sign_in):
        now = datetime.now(UTC)
        with pages.database.begin() as store:
            round_, reader = store.rounds.by_key("2026-2"), store.people.by_username("rita").id
            granted = {one.id for one in store.cases.of(round_.id) if one.outcome == "full-grant"}
            mine = store.reviews.of(round_.id, reviewer_id=reader)
            review = next(one for one in mine if one.case_id in granted)
            hidden = Answer(item_id="reasons", value="yes", in_doubt=True)
            store.reviews.save_answers(review.id, [hidden], at=now, by=reader)
            store.trail.add("made", actor_id=reader, at=now)
        at = f"/doubts/{review.id}/reasons"
        page = told(rita.get(at))
        assert "Spørges ikke længere" in page
        assert "Se punktet i sagen" not in page
        assert "Markér punktet som afklaret" not in page
        links = re.findall(r'href="(/reviews/[^"#]+)"', page)
        assert f"/reviews/{review.id}/summary" in links
        assert [one for one in links if rita.get(one).status_code != 200] == []
        refused = rita.post(at, {"text": QUESTION})
        assert (refused.status_code, "for et andet svar har skjult det" in refused.text) == (409, True)
        assert "1 punkt er afklaret eller spørges ikke længere" in told(sign_in("koordinator").get(ROUND))


class TestTalk:
    def test_both_sides_write_on_the_same_page(self, rita, sign_in, doubt):
        coordinator = sign_in("koordinator")
        assert rita.form(doubt, {"text": QUESTION}).status_code == 303
        page = told(coordinator.get(doubt))
        assert QUESTION in page
        assert "Rita, " in page
        assert "Venter på svar" in page
        coordinator.form(doubt, {"text": REPLY})
        page = told(rita.get(doubt))
        assert REPLY in page
        assert "Dig, " in page
        assert "Du har fået svar" in page

    def test_shows_the_answer_that_is_talked_of_and_no_other(self, rita, jurist, review, doubt):
        save(rita, review, "reasons", value="no", note="Mangler hovedhensyn.")
        page = told(jurist.get(doubt))
        assert "Brevet er uklart." in page
        assert "Mangler hovedhensyn" not in page

    def test_does_not_name_the_reviewer_or_the_case_to_the_legal_department(self, rita, jurist, doubt):
        rita.form(doubt, {"text": QUESTION})
        for address in (doubt, "/doubts", ROUND):
            page = told(jurist.get(address))
            assert "Rita" not in page
            assert not re.search(r"26/[A-ZÆØÅ]\d\d", page)
        assert "Den, der gennemgår, " in told(jurist.get(doubt))

    @pytest.mark.parametrize(
        ("text", "sentence"),
        [
            ("", "Skriv, hvad du vil spørge om"),
            ("x" * 1001, "Teksten fylder 1.001 tegn og må fylde 1.000."),
            ("Borgeren 010190-1234", "Teksten ligner et cpr-nummer."),
        ],
    )
    def test_what_is_refused_is_kept_in_the_field(self, rita, doubt, text, sentence):
        answer = rita.form(doubt, {"text": text})
        assert answer.status_code == 422
        assert sentence in answer.text
        assert f"\n{text}</textarea>" in answer.text
        assert '<a href="#text">' in answer.text
        # It asks before it is left, where something was typed; so does the page that nothing was sent from.
        assert f'data-unsaved="{"yes" if text else "no"}"' in answer.text
        assert 'data-unsaved="no"' in rita.get(doubt).text

    def test_settled_meanwhile_nothing_is_lost_and_it_can_be_opened_again(self, rita, sign_in, doubt):
        coordinator = sign_in("koordinator")
        assert coordinator.post(f"{doubt}/settle").headers["location"] == ROUND
        answer = rita.post(doubt, {"text": QUESTION})
        assert answer.status_code == 409
        assert QUESTION in answer.text
        assert 'name="reopen" value="yes"' in answer.text
        assert rita.post(doubt, {"text": QUESTION, "reopen": "yes"}).status_code == 303
        assert "Venter på svar" in told(coordinator.get(doubt))

    def test_opened_again_by_two_at_once(self, rita, sign_in, doubt):
        sign_in("koordinator").post(f"{doubt}/settle")
        for _ in range(2):
            assert rita.post(doubt, {"text": QUESTION, "reopen": "yes"}).status_code == 303

    def test_taken_back_there_is_nothing_to_write(self, rita, sign_in, review, doubt):
        rita.form(doubt, {"text": QUESTION})
        assert save(rita, review, version=1, key="k2").status_code == 200
        page = told(sign_in("koordinator").get(doubt))
        assert "Den, der gennemgår, er ikke længere i tvivl." in page
        assert "<textarea" not in page
        assert QUESTION in page

    def test_markup_is_shown_and_not_obeyed(self, rita, doubt):
        rita.form(doubt, {"text": "<b>fed</b>"})
        assert "&lt;b&gt;fed&lt;/b&gt;" in rita.get(doubt).text

    def test_the_reviewer_comes_back_to_the_item_which_counts_as_doubt_no_more(self, rita, review, doubt):
        item = f"{review}/items/clear"
        assert "1 i tvivl" in told(rita.get(item))
        assert rita.post(f"{doubt}/settle").headers["location"] == item
        page = told(rita.get(item))
        assert "Punktet er afklaret. Ret svaret, hvis det skal ændres." in page
        assert "i tvivl" not in told(rita.get(f"{review}/summary"))
        assert "1 i tvivl" not in page
        mark = mark_on(rita, review)
        saved = save(
            rita, review, in_doubt=True, note="Nu er det klart.", version=1, key="k2", steps=mark
        ).json()
        assert (saved["steps"], saved["changed_steps"]) == ("", "")
        save(rita, review, note="Nu er det klart.", version=2, key="k3")
        mark = mark_on(rita, review)
        anew = save(rita, review, in_doubt=True, version=3, key="k4", steps=mark).json()
        assert "1 i tvivl" in anew["changed_steps"]

    def test_before_the_first_word_it_is_the_reviewer_s_turn(self, rita, sign_in, review, doubt):
        for address in (f"{review}/items/clear", doubt, "/reviews"):
            page = told(rita.get(address))
            assert "Skriv, hvad du er i tvivl om" in page
            assert "Venter på svar" not in page
        assert "Venter på svar" in told(sign_in("koordinator").get(doubt))

    def test_unknown_fields_are_refused(self, rita, doubt):
        assert rita.post(doubt, {"text": "x", "by": "1"}).status_code == 422


class TestWho:
    @pytest.mark.parametrize(
        ("who", "status"), [("otto", 404), ("leder", 403), ("arkivar", 403), ("chef", 403), ("admin", 403)]
    )
    def test_others_are_kept_out(self, sign_in, doubt, who, status):
        browser = sign_in(who)
        found = [browser.get(doubt), browser.post(doubt, {"text": "x"}), browser.post(f"{doubt}/settle")]
        assert [one.status_code for one in found] == [status] * 3

    def test_lists_are_not_for_reviewers(self, rita, doubt):
        assert [rita.get(one).status_code for one in ("/doubts", ROUND)] == [403, 403]

    def test_a_jurist_begins_with_what_is_open(self, jurist, doubt):
        assert jurist.get("/").headers["location"] == "/doubts"
        page = told(jurist.get("/doubts"))
        assert f'href="{doubt}"' in page
        assert "/rounds" not in page.replace("/rounds/2026-2/doubts", "")

    def test_a_jurist_gets_into_nothing_but_doubts(self, pages, jurist, doubt):
        for method, pattern, address, letters in rows():
            gets_in = set(letters[1:]) == {"x"}
            if pattern.startswith("/doubts/"):
                address, gets_in = doubt + pattern.partition("{item_id}")[2], True
            elif pattern in {"/doubts", "/rounds/{key}/doubts"}:
                gets_in = True
            elif pattern in {"/sign-in", "/sign-out", "/me/password"} and method == "POST":
                continue
            address = pages.filled_in(address)
            if method == "GET":
                answer = jurist.get(address)
            elif method == "PUT":
                answer = jurist.put(address, json={}, headers={"x-csrf-token": jurist.token()})
            else:
                answer = jurist.post(address)
            # What a script sends is read before anybody is asked for a right.
            refused = {403, 404, 400} if method == "PUT" else {403, 404}
            assert (answer.status_code not in refused) == gets_in or (method, gets_in) == ("PUT", True), (
                address
            )


class TestLists:
    def test_of_a_round(self, rita, sign_in, doubt):
        coordinator = sign_in("koordinator")
        page = told(coordinator.get(ROUND))
        assert f'href="{doubt}"' in page
        assert "Rita" in page
        assert "Venter på svar" in page
        coordinator.post(f"{doubt}/settle")
        page = told(coordinator.get(ROUND))
        assert "Ingen punkter venter på at blive afklaret" in page
        assert "1 punkt er afklaret" in page
        assert f'href="{doubt}"' in page

    def test_tell_no_answers(self, sign_in, doubt):
        assert "Brevet er uklart." not in sign_in("koordinator").get(ROUND).text

    def test_of_a_round_that_is_not_there(self, sign_in):
        assert sign_in("koordinator").get("/rounds/1999-1/doubts").status_code == 404

    def test_the_reviewer_s_own_stand_in_the_queue(self, rita, sign_in, doubt):
        assert f'href="{doubt}"' in rita.get("/reviews").text
        assert doubt not in sign_in("otto").get("/reviews").text
        rita.post(f"{doubt}/settle")
        assert doubt not in rita.get("/reviews").text


class TestWayThere:
    def test_from_the_item_with_the_last_word(self, rita, sign_in, review, doubt):
        rita.form(doubt, {"text": QUESTION})
        sign_in("koordinator").form(doubt, {"text": REPLY})
        page = told(rita.get(f"{review}/items/clear"))
        assert f'href="{doubt}">Drøft punktet</a>' in page
        assert REPLY in page
        assert QUESTION not in page

    def test_hidden_where_there_is_no_doubt(self, rita, review):
        at = r'<div class="talk" id="talk" data-first="Skriv, hvad du er i tvivl om"( hidden)?>'
        assert not re.search(at, rita.get(f"{review}/items/clear").text).group(1)
        assert save(rita, review, version=1, key="k2").json()["in_doubt"] is False
        assert re.search(at, rita.get(f"{review}/items/clear").text).group(1)

    def test_from_the_page_that_closes_the_round(self, sign_in, doubt):
        page = told(sign_in("koordinator").get("/rounds/2026-2/close"))
        assert "Et punkt er i tvivl, og det er ikke afklaret" in page
        assert re.search(rf'href="{ROUND}#case-\d"', page)

    def test_from_a_finished_case(self, rita, review, doubt):
        save(rita, review, "reasons")
        summary = rita.get(f"{review}/summary").text
        judgement = re.search(r'name="judgement"[^>]*value="([^"]+)"', summary)
        rita.post(f"{review}/finish", {"judgement": judgement.group(1)} if judgement else {})
        page = rita.get(doubt).text
        assert f'href="{review}/summary"' in page
        assert rita.form(doubt, {"text": QUESTION}).status_code == 303

    def test_the_log_says_that_and_not_what(self, rita, sign_in, doubt):
        rita.form(doubt, {"text": QUESTION})
        page = sign_in("koordinator").get("/rounds/2026-2/trail").text
        assert "Der er skrevet om et punkt i tvivl i sag" in page
        assert "venligst" not in page
