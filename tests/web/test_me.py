"""What everybody settles for themselves."""

from datetime import UTC, datetime

import pytest
from passwords_cheap import cheap_passwords

from lirk.domain.people import Preferences
from lirk.services import accounts

PASSWORD, OTHER = "korrekt hest batteri", "en helt anden hest"
CHANGE = {"username": "rita", "current": PASSWORD, "new": OTHER, "again": OTHER}


@pytest.fixture(autouse=True)
def cheap():
    with cheap_passwords():
        yield


@pytest.fixture
def rita(pages, sign_in):
    """A browser of rita's, who has a password."""
    now = datetime.now(UTC)
    with pages.database.begin() as store:
        actor, person = (store.people.by_username(name) for name in ("koordinator", "rita"))
        token = accounts.make_password_link(store, actor, person.id, now=now)
    accounts.choose_password(pages.database, token, PASSWORD, now=now)
    return sign_in("rita")


class TestPreferences:
    @pytest.mark.parametrize(
        "username", ["rita", "leder", "kontakt", "arkivar", "koordinator", "chef", "admin"]
    )
    def test_everybody_has_them(self, sign_in, username):
        assert "Mine indstillinger" in sign_in(username).get("/me").text

    @pytest.mark.parametrize(
        ("fields", "kept"),
        [
            ({}, Preferences(shortcuts=False, local_answers=False)),
            (
                {
                    "language": "en",
                    "shortcuts": "yes",
                    "go_on": "yes",
                    "guidance_open": "yes",
                    "local_answers": "yes",
                },
                Preferences(language="en", shortcuts=True, go_on=True, guidance_open=True),
            ),
            ({"language": "xx", "local_answers": "yes"}, Preferences(shortcuts=False)),
        ],
    )
    def test_they_are_kept(self, pages, sign_in, fields, kept):
        assert sign_in("rita").form("/me", fields).headers["location"] == "/me"
        with pages.database.begin() as store:
            assert store.people.by_username("rita").preferences == kept

    def test_the_page_and_the_receipt_are_in_the_chosen_language(self, sign_in):
        browser = sign_in("rita")
        browser.form("/me", {"language": "en"})
        page = browser.get("/me").text
        assert "Your settings are saved." in page
        assert "My settings" in page
        assert 'value="en" checked' in page


class TestPassword:
    def test_one_goes_on_and_all_other_sessions_end(self, sign_in, rita):
        other = sign_in()
        other.form("/sign-in", {"username": "rita", "password": PASSWORD})
        assert other.get("/me").status_code == 200
        answer = rita.form("/me", CHANGE, action="/me/password")
        assert answer.headers["location"] == "/me"
        assert "Din adgangskode er skiftet." in rita.get("/me").text
        assert other.get("/me").status_code == 303

    @pytest.mark.parametrize(
        ("changes", "field", "said"),
        [
            pytest.param({"current": "forkert"}, "current", "nuværende adgangskode passer ikke", id="wrong"),
            pytest.param({"again": "x"}, "again", "ikke ens", id="not the same"),
            pytest.param({"new": "kort", "again": "kort"}, "new", "mindst 12 tegn", id="short"),
        ],
    )
    def test_what_will_not_do(self, rita, changes, field, said):
        answer = rita.form("/me", {**CHANGE, **changes}, action="/me/password")
        assert answer.status_code == 422
        assert f'href="#{field}"' in answer.text
        assert said in answer.text
        assert PASSWORD not in answer.text
        assert rita.get("/me").status_code == 200

    def test_it_cannot_be_guessed_for_ever(self, rita):
        for _ in range(5):
            rita.form("/me", {**CHANGE, "current": "forkert"}, action="/me/password")
        assert rita.form("/me", CHANGE, action="/me/password").status_code == 429
