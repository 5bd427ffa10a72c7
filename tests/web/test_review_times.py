"""Time on a case: what a page reports, what its reviewer sees and corrects, and that nobody else reads a speed."""

import hashlib
import re
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from small_round import KEY

from lirk.domain.accounts import IDLE

JSON = {"accept": "application/json"}
LINE = re.compile(r"(GET) +(\S+) +(\S+) +([x0s-]{9})")
#: Seconds, and the ways in which a page could tell them.
SECONDS = 41 * 60 + 17
TELLING = re.compile(rf"\b(41 min|41 minutter|{SECONDS}|0[.,]68|00:41)\b")


@pytest.fixture
def rita(sign_in):
    return sign_in("rita")


@pytest.fixture
def review(rita):
    """Address of the first review, with one answer."""
    address = re.search(r'href="(/reviews/\d+)"', rita.get("/reviews").text).group(1)
    value = {"value": "yes", "note": "", "journal_reference": "", "in_doubt": False, "version": 0, "key": "k"}
    headers = {**JSON, "X-CSRF-Token": rita.token()}
    assert rita.put(f"{address}/items/clear", json=value, headers=headers).status_code == 200
    return address


def report(browser, review, seconds, **headers):
    sent = {**JSON, "X-CSRF-Token": browser.token(), **headers}
    return browser.put(f"{review}/time", json={"seconds": seconds}, headers=sent)


def taken(pages, review, username="rita"):
    """What is stored of a person's time."""
    with pages.database.begin() as store:
        person = store.people.by_username(username)
        return store.review_times.of(int(review.rsplit("/", 1)[1]), person.id)


class TestReport:
    def test_is_added_and_answered_with_nothing(self, pages, rita, review):
        answer = report(rita, review, 30)
        assert (answer.status_code, answer.json()) == (200, {})
        assert taken(pages, review).seconds == 30

    def test_is_believed_as_far_as_time_passed(self, pages, rita, review):
        for _ in range(5):
            report(rita, review, 100_000)
        assert taken(pages, review).seconds <= 120 + 4 * 3

    @pytest.mark.parametrize(
        "sent", [{}, {"seconds": -1}, {"seconds": 1.5}, {"seconds": "x"}, {"minutes": 1}]
    )
    def test_is_read_strictly(self, rita, review, sent):
        headers = {**JSON, "X-CSRF-Token": rita.token()}
        assert rita.put(f"{review}/time", json=sent, headers=headers).status_code == 400

    def test_of_somebody_else_is_refused(self, pages, sign_in, review):
        assert report(sign_in("otto"), review, 30).status_code == 404
        assert report(sign_in("koordinator"), review, 30).status_code == 200
        assert taken(pages, review, "koordinator").seconds == 0

    def test_needs_the_token_of_the_page(self, pages, rita, review):
        assert report(rita, review, 30, **{"X-CSRF-Token": "x"}).status_code == 403
        assert taken(pages, review).seconds == 0

    def test_of_one_who_is_signed_out_is_refused_without_a_page(self, sign_in, review):
        answer = report(sign_in(), review, 30)
        assert answer.status_code == 401
        assert answer.headers["content-type"].startswith("application/json")

    def test_keeps_nobody_signed_in(self, pages, rita, review):
        since = datetime.now(UTC) - IDLE + timedelta(minutes=5)
        session = pages.session_of("rita", now=since)
        id_hash = hashlib.sha256(session.encode()).hexdigest()
        # The token is asked for without a session, which would last longer for it.
        sent = {**JSON, "X-CSRF-Token": token_of(session)}
        assert rita.put(f"{review}/time", json={"seconds": 30}, headers=sent).status_code == 200
        with pages.database.begin() as store:
            assert store.sessions.find(id_hash).seen_at == since
        rita.get("/reviews")
        with pages.database.begin() as store:
            assert store.sessions.find(id_hash).seen_at > since


def token_of(session):
    from web.csrf import token

    return token(session)


class TestSummary:
    def test_tells_the_reviewer(self, rita, review):
        assert "Der er ikke målt nogen tid på sagen." in rita.get(f"{review}/summary").text
        report(rita, review, 100)
        assert "Tid på sagen: ca. 2 min." in rita.get(f"{review}/summary").text

    def test_tells_nobody_else(self, rita, sign_in, review):
        report(rita, review, 100)
        page = sign_in("koordinator").get(f"{review}/summary")
        assert page.status_code == 200
        assert "Tid på sagen" not in page.text

    def test_is_corrected_and_measured_again(self, rita, review):
        report(rita, review, 100)
        answer = rita.form(f"{review}/summary", {"minutes": "41"}, action=f"{review}/time")
        assert answer.headers["location"] == f"{review}/summary"
        page = rita.get(f"{review}/summary").text
        assert "Tid på sagen: 41 min., som du selv har skrevet. Målt: ca. 2 min." in page
        assert 'value="41"' in page
        rita.post(f"{review}/time", {"minutes": ""})
        assert "Tid på sagen: ca. 2 min." in rita.get(f"{review}/summary").text

    @pytest.mark.parametrize("minutes", ["601", "-5", "en time"])
    def test_refuses_what_are_no_minutes(self, rita, review, minutes):
        answer = rita.post(f"{review}/time", {"minutes": minutes})
        assert answer.status_code == 422
        assert f'value="{minutes}"' in answer.text
        assert "Skriv et helt antal minutter fra 0 til 600" in answer.text


class TestNobodysSpeed:
    def test_stands_in_anything_that_a_coordinator_gets(self, pages, rita, sign_in, review):
        rita.post(f"{review}/time", {"minutes": "41"})
        coordinator, seen = sign_in("koordinator"), 0
        with pages.database.begin() as store:
            store.review_times.add(
                int(review.rsplit("/", 1)[1]),
                store.people.by_username("rita").id,
                SECONDS,
                at=datetime.now(UTC),
            )
        lines = Path(__file__).with_name("rights.txt").read_text(encoding="utf-8").splitlines()
        for line in lines:
            found = LINE.match(line)
            if not found or found[4][6] != "x":
                continue
            answer = coordinator.get(pages.filled_in(found[3]))
            if answer.headers.get("content-type", "").startswith(("text/", "application/json")):
                assert not TELLING.search(answer.text), found[3]
                seen += 1
        assert seen > 50

    def test_the_hours_of_a_round_are_told_of_three_people(self, pages, rita, sign_in, review):
        rita.post(f"{review}/time", {"minutes": "60"})
        coordinator = sign_in("koordinator")
        hidden = (
            "Tidsforbruget vises, når mindst tre har brugt tid på sager, og ingen har brugt over halvdelen."
        )
        assert hidden in coordinator.get("/rounds/2026-2/follow").text
        with pages.database.begin() as store:
            for username in ("otto", "koordinator"):
                person = store.people.by_username(username).id
                store.review_times.take(int(review.rsplit("/", 1)[1]), person)
                store.review_times.correct(int(review.rsplit("/", 1)[1]), person, 3600)
        page = coordinator.get("/rounds/2026-2/follow").text
        assert "Brugt: ca. 5 timer af planlagte 7 timer." in page
        assert hidden not in page

    def test_the_log_tells_no_time_of_day_of_single_answers(self, rita, sign_in, review):
        page = sign_in("koordinator").get("/rounds/2026-2/trail?answers=yes").text
        rows = re.findall(r'<tr><th scope="row">([^<]*)</th><td>[^<]*</td><td>([^<]*)</td>', page)
        steps = [when for when, what in rows if "er besvaret" in what]
        assert steps
        assert not [when for when in steps if "kl." in when]
        assert [when for when, what in rows if "er besvaret" not in what and "kl." in when]

    def test_nor_of_finished_cases(self, sign_in):
        page = sign_in("koordinator").get(f"/rounds/{KEY}/trail?answers=yes").text
        assert "kl." in page
        assert not re.search(r"kl\. \d\d\.\d\d</th><td>[^<]*</td><td>Gennemgangen af sag", page)
