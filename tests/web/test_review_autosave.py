"""Answers that the page's script saves: what it is told, what is refused, and the steps that changed."""

import re
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from review_pages import ANSWER, JSON, JUDGED, complete, follow, reviews_of, save, send
from saving import mark_on
from sqlalchemy import select

from lirk.services import accounts
from lirk.storage.tables import session


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


class TestAutosave:
    def test_tells_version_time_and_the_steps_that_changed(self, rita, review):
        answer = save(rita, review, steps=mark_on(rita, review))
        value = answer.json()
        assert (answer.status_code, value["version"], value["state"]) == (200, 1, "answered")
        assert re.fullmatch(r"Gemt kl\. \d\d\.\d\d", value["saved"])
        # Its own, and the last: nothing else is asked in this case.
        assert (value["steps"], value["changed_steps"].count("data-place")) == ("", 2)
        assert "Klar til at afslutte" in value["changed_steps"]
        assert "<html" not in value["changed_steps"]
        assert value["steps_mark"] == mark_on(rita, review)
        assert value["after"].startswith(review)
        assert value["expires_at"]

    def test_tells_all_steps_where_the_page_shows_others(self, rita, review):
        value = save(rita, review, steps="another").json()
        assert ("step-indicator" in value["steps"], value["changed_steps"]) == (True, "")
        # The same again, whose first reply was lost: what changed then is told now.
        assert "step-indicator" in save(rita, review, steps="another").json()["steps"]

    def test_tells_no_steps_where_the_page_shows_none(self, rita, review):
        value = save(rita, review).json()
        assert (value["steps"], value["changed_steps"]) == ("", "")

    def test_tells_no_step_where_none_changed(self, rita, review):
        save(rita, review)
        value = save(rita, review, note="Ja", version=1, key="k2", steps=mark_on(rita, review)).json()
        assert (value["steps"], value["changed_steps"]) == ("", "")

    def test_who_is_refused_is_there_all_the_same(self, pages, rita, review):
        """What was typed cannot be kept; the session lasts longer for it, as for any other page."""
        long_ago = datetime.now(UTC) - timedelta(minutes=30)
        with pages.database.begin() as store:
            [id_hash] = store.trail._db.scalars(select(session.c.id_hash)).all()
            store.sessions.touch(id_hash, long_ago)
        assert save(rita, review, note="010190-1234").status_code == 422
        with pages.database.begin() as store:
            assert store.sessions.find(id_hash).seen_at > long_ago

    def test_is_refused_in_the_reader_s_language(self, pages, rita, review):
        with pages.database.begin() as store:
            person = store.people.by_username("rita")
            accounts.save_preferences(
                store, person, replace(person.preferences, language="en"), now=datetime.now(UTC)
            )
        told = rita.put(f"{review}/items/clear", json=ANSWER, headers=JSON).json()
        assert re.search(r"\bthe page\b", told["sentence"].lower()), told

    def test_says_what_is_missing_and_keeps_it(self, rita, review):
        value = save(rita, review, value="cannot_assess").json()
        assert value["lacking"] == ["Skriv i noten, hvorfor punktet ikke kan vurderes."]
        assert "cannot_assess" in rita.get(f"{review}/items/clear").text

    def test_the_same_key_again_is_the_same(self, rita, review):
        assert save(rita, review).json()["version"] == save(rita, review).json()["version"] == 1

    def test_refused_with_the_fields(self, rita, review):
        answer = save(rita, review, note="010190-1234")
        assert (answer.status_code, [one["field"] for one in answer.json()["problems"]]) == (422, ["note"])

    def test_changed_elsewhere(self, rita, review):
        save(rita, review)
        answer = save(rita, review, value="no", key="k2")
        assert (answer.status_code, answer.json()["error"]) == (409, "answer-changed-elsewhere")

    def test_not_signed_in(self, sign_in, review):
        nobody = sign_in()
        answer = nobody.put(f"{review}/items/clear", json=ANSWER, headers=JSON)
        assert (answer.status_code, answer.json()["error"]) == (401, "signed-out")

    def test_another_s(self, sign_in, review):
        assert save(sign_in("otto"), review).status_code == 404

    def test_finished_meanwhile(self, rita, review):
        complete(rita, review)
        rita.post(f"{review}/finish", JUDGED)
        answer = save(rita, review, note="Ny", version=1)
        assert (answer.status_code, answer.json()["error"]) == (409, "already-finished")

    def test_another_version_is_told_with_the_key_of_what_is_stored(self, rita, review):
        save(rita, review, key="mine.1")
        told = save(rita, review, value="no", key="mine.2").json()
        assert (told["version"], told["key"]) == (1, "mine.1")
        send(rita, review, value="no", note="Fra en formular", version="1", go="stay")
        told = save(rita, review, key="mine.3", version=1).json()
        assert (told["version"], told["key"]) == (2, None)

    @pytest.mark.parametrize("item", ["outcome", "ukendt"])
    def test_what_is_not_asked_in_the_case_is_refused(self, rita, review, item, kept):
        answer = save(rita, review, item, note="Skal ikke gemmes")
        assert (answer.status_code, answer.json()["error"]) == (404, "question-not-asked")
        assert "Punktet gælder ikke i denne sag." in answer.json()["sentence"]
        assert kept(review) == {}

    def test_a_note_that_is_too_long_is_refused_with_its_limit(self, rita, review, kept):
        answer = save(rita, review, note="x" * 100_000)
        assert (answer.status_code, answer.json()["problems"]) == (
            422,
            [
                {
                    "field": "note",
                    "text": "Teksten fylder 100.000 tegn og må fylde 2.000. Kort den, og gem igen.",
                }
            ],
        )
        assert kept(review) == {}

    def test_nothing_is_kept_of_what_is_refused(self, rita, sign_in, review, kept):
        save(rita, review, note="010190-1234")
        save(sign_in("otto"), review, note="Ottos")
        assert kept(review) == {}
        save(rita, review)
        save(rita, review, value="no", key="k2")
        assert {item: one.answer.value for item, one in kept(review).items()} == {"clear": "yes"}

    def test_finished_meanwhile_changes_nothing(self, rita, review, kept):
        complete(rita, review)
        rita.post(f"{review}/finish", JUDGED)
        before = kept(review)
        assert save(rita, review, note="Ny", version=1).status_code == 409
        assert kept(review) == before

    def test_the_page_names_the_person_by_number_alone(self, rita, review):
        body = re.search(r"<body[^>]*>", follow(rita, review)[1]).group()
        assert re.fullmatch(r'<body data-person="\d+" data-local-answers="yes">', body)

    def test_turned_off_the_old_words_stand_there(self, rita, review):
        words = "Svaret ligger på denne computer og sendes automatisk."
        assert words in follow(rita, review)[1]
        rita.form("/me", {"shortcuts": "yes"})
        page = follow(rita, review)[1]
        assert 'data-local-answers="no"' in page
        assert words not in page
        assert "Svaret er ikke gemt endnu; siden prøver igen." in page

    @pytest.mark.parametrize("more", [{"reviewer": 2}, {"version": "x"}, {"in_doubt": "yes"}])
    def test_only_what_it_knows(self, rita, review, more):
        assert save(rita, review, **more).status_code == 400

    @pytest.mark.parametrize(("body", "status"), [({}, 400), (ANSWER, 403)])
    def test_nothing_without_a_token(self, rita, review, body, status, kept):
        assert rita.put(f"{review}/items/clear", json=body, headers=JSON).status_code == status
        assert not kept(review)

    def test_who_holds_no_session_is_not_heard(self, sign_in, review):
        assert sign_in().put(f"{review}/items/clear", json={}, headers=JSON).status_code == 401


class TestSteps:
    def test_what_is_open_and_in_doubt_is_linked(self, rita, review):
        page = follow(rita, review)[1]
        assert re.search(
            rf'<p>Mangler: <a href="{review}/items/clear"><span class="sr-only">punkt </span>1</a>', page
        )
        steps = save(rita, review, in_doubt=True, steps=mark_on(rita, review)).json()["changed_steps"]
        assert f'<p>I tvivl: <a href="{review}/items/clear">' in steps
        assert f'<p>Mangler: <a href="{review}/items/clear">' not in steps
