"""Signing in and out, and choosing a password by a link."""

import re
from datetime import UTC, datetime, timedelta

import pytest
from passwords_cheap import cheap_passwords

from lirk.services import accounts

PASSWORD, OTHER = "korrekt hest batteri", "en helt anden hest"
TICKED = "Der skal handles nu"
RITA = {"username": "rita", "password": PASSWORD}


@pytest.fixture(autouse=True)
def cheap():
    with cheap_passwords():
        yield


def link_of(pages, username):
    """A new link for a person, made by the coordinator."""
    with pages.database.begin() as store:
        actor, person = (store.people.by_username(name) for name in ("koordinator", username))
        return accounts.make_password_link(store, actor, person.id, now=datetime.now(UTC))


@pytest.fixture
def rita(pages):
    """Give rita a password."""
    accounts.choose_password(pages.database, link_of(pages, "rita"), PASSWORD, now=datetime.now(UTC))


class TestPage:
    def test_it_has_what_a_password_manager_needs(self, sign_in):
        page = sign_in().get("/sign-in").text
        assert 'autocomplete="username"' in page
        assert 'autocomplete="current-password"' in page
        assert "onpaste" not in page
        assert "Problemer med at logge på?" in page
        assert "Ring 1234" in page
        assert "<title>Log på – " in page

    def test_one_who_is_signed_in_is_led_on(self, sign_in):
        assert sign_in("rita").get("/sign-in").headers["location"] == "/reviews"
        assert sign_in("rita").get("/sign-in?next=/me").headers["location"] == "/me"

    @pytest.mark.parametrize("next_", ["//evil.example", "/\\evil.example", "https://evil.example", "evil"])
    def test_it_carries_no_foreign_address(self, sign_in, next_):
        assert "evil" not in sign_in().get("/sign-in", params={"next": next_}).text


@pytest.mark.usefixtures("rita")
class TestSignIn:
    def test_it_leads_to_the_role_s_own_page_in_a_new_session(self, sign_in):
        browser = sign_in()
        browser.get("/sign-in")
        before = browser.cookies["lirk"]
        answer = browser.form("/sign-in", RITA)
        assert (answer.status_code, answer.headers["location"]) == (303, "/reviews")
        assert browser.cookies.get("lirk") != before
        assert "Rita, gennemgår sager" in browser.get("/me").text

    def test_it_leads_to_the_page_that_was_asked_for(self, sign_in):
        browser = sign_in()
        page = browser.get(browser.get("/me?x=1").headers["location"]).text
        asked_for = re.search(r'name="next" value="([^"]*)"', page)[1]
        assert browser.form("/sign-in", {**RITA, "next": asked_for}).headers["location"] == "/me?x=1"

    @pytest.mark.parametrize("next_", ["//evil.example", "/\\evil.example", "https://evil.example", ""])
    def test_it_never_leads_elsewhere(self, sign_in, next_):
        answer = sign_in().form("/sign-in", {**RITA, "next": next_})
        assert answer.headers["location"] == "/reviews"

    def test_what_was_typed_when_the_session_had_run_out_is_sent_when_the_person_says_so(self, pages):
        browser, address = pages.sign_in(), pages.filled_in("/reviews/{review}/items/clear")
        typed = {"value": "no", "note": "Brevet nævner ingen frist.", "version": "0", "go": "next"}
        page = browser.post(address, typed).text
        assert "Brevet nævner" not in browser.get(address).text
        hidden = {name: re.search(f'name="{name}" value="([^"]*)"', page)[1] for name in ("next", "carried")}
        waiting = browser.post("/sign-in", {**RITA, **hidden})
        assert (waiting.status_code, f'action="{address}"' in waiting.text) == (200, True)
        assert "Brevet nævner ingen frist." in waiting.text
        assert re.findall(r"<dd>([^<]*)</dd>", waiting.text) == ["Nej", "Brevet nævner ingen frist."]
        again = dict(re.findall(r'type="hidden" name="([^"]+)" value="([^"]*)"', waiting.text))
        token = again.pop("csrf")
        assert browser.post(address, again, token=token).status_code == 303
        assert "Brevet nævner ingen frist." in browser.get(address).text

    @pytest.mark.parametrize(
        ("part", "typed", "shown"),
        [
            (
                "finish",
                {"judgement": "critical-breach", "urgent": "yes", "seen": "0"},
                ["Kritisk brud", TICKED],
            ),
            ("obstacle", {"reason": "no-access", "note": "Låst"}, ["Jeg mangler adgang til sagen", "Låst"]),
            ("items/unknown", {"value": "no", "in_doubt": "yes"}, ["no", "Jeg er i tvivl"]),
        ],
    )
    def test_what_was_chosen_is_shown_in_the_words_of_its_page(self, pages, part, typed, shown):
        browser, review = pages.sign_in(), pages.filled_in("/reviews/{review}")
        page = browser.post(f"{review}/{part}", typed).text
        carried = re.search('name="carried" value="([^"]*)"', page)[1]
        waiting = browser.post("/sign-in", {**RITA, "carried": carried})
        assert re.findall(r"<dd>([^<]*)</dd>", waiting.text) == shown
        for name, value in typed.items():
            assert f'name="{name}" value="{value}"' in waiting.text

    @pytest.mark.parametrize("gone", ["run out", "forgotten", "signed out elsewhere"])
    @pytest.mark.parametrize("who", ["rita", "otto"])
    def test_what_was_typed_is_shown_to_who_typed_it_alone(self, pages, who, gone):
        browser, address = pages.sign_in("rita"), pages.filled_in("/reviews/{review}/items/clear")
        token = browser.token(address)
        if gone == "run out":
            pages.session_of("rita", now=datetime.now(UTC) - timedelta(days=2))
        elif gone == "forgotten":
            with pages.database.begin() as store:
                store.sessions.delete_of(store.people.by_username("rita").id)
                store.trail.add("made", actor_id=None, at=datetime.now(UTC))
        else:
            browser.post("/sign-out")
        typed = {"value": "no", "note": "Brevet nævner ingen frist.", "version": "0"}
        answer = browser.post(address, typed, token=token)
        assert answer.status_code == 401
        hidden = {
            name: re.search(f'name="{name}" value="([^"]*)"', answer.text)[1] for name in ("next", "carried")
        }
        if who == "otto":
            link = link_of(pages, who)
            accounts.choose_password(pages.database, link, PASSWORD, now=datetime.now(UTC))
        after = browser.post("/sign-in", {"username": who, "password": PASSWORD, **hidden})
        if who == "rita":
            assert (after.status_code, "Brevet nævner ingen frist." in after.text) == (200, True)
            return
        assert (after.status_code, after.headers["location"]) == (303, "/reviews")
        told = browser.get("/reviews").text
        assert "Teksten, der var skrevet på siden, er ikke gemt, fordi en anden er logget på." in told
        assert "Brevet nævner" not in told

    def test_a_wrong_password_keeps_the_name_and_where_to_go(self, sign_in):
        fields = {"username": "rita", "password": "forkert kode her", "next": "/me", "carried": "abc"}
        answer = sign_in().form("/sign-in", fields)
        assert answer.status_code == 422
        assert "<title>Fejl: Log på" in answer.text
        assert "Brugernavn eller adgangskode passer ikke." in answer.text
        assert 'href="#username"' in answer.text
        for kept in ('value="rita"', 'name="next" value="/me"', 'name="carried" value="abc"'):
            assert kept in answer.text
        assert "forkert kode her" not in answer.text

    def test_an_unknown_name_is_answered_alike(self, sign_in):
        pages = []
        for username in ("rita", "nobody"):
            text = sign_in().form("/sign-in", {"username": username, "password": "forkert"}).text
            pages.append(re.sub(r'name="csrf" value="[^"]+"', "", text).replace(username, "NAME"))
        assert pages[0] == pages[1]

    def test_who_tries_too_often_is_told_when_to_try_again(self, sign_in):
        browser = sign_in()
        for _ in range(5):
            assert browser.form("/sign-in", {**RITA, "password": "forkert"}).status_code == 422
        answer = browser.form("/sign-in", RITA)
        assert answer.status_code == 429
        assert "Vent 1 min., og prøv igen." in answer.text
        assert 'value="rita"' in answer.text

    def test_a_planted_cookie_is_not_signed_in(self, sign_in):
        browser = sign_in()
        browser.cookies.set("lirk", "planted")
        browser.form("/sign-in", RITA)
        other = sign_in()
        other.cookies.set("lirk", "planted")
        assert other.get("/me").status_code == 303

    def test_whoever_was_signed_in_before_no_longer_is(self, pages, sign_in):
        browser = sign_in("otto")
        before = browser.cookies.get("lirk")
        browser.form("/me", RITA, action="/sign-in")
        other = sign_in()
        other.cookies.set("lirk", before)
        assert other.get("/me").status_code == 303


class TestSignOut:
    def test_the_session_is_over_and_it_is_said(self, sign_in):
        browser = sign_in("rita")
        before = browser.cookies.get("lirk")
        answer = browser.form("/me", action="/sign-out")
        assert (answer.status_code, answer.headers["location"]) == (303, "/sign-in")
        assert "Du er logget af." in browser.get("/sign-in").text
        assert browser.get("/me").status_code == 303
        browser.cookies.set("lirk", before)
        assert browser.get("/me").status_code == 303

    def test_where_it_was_over_already(self, sign_in):
        assert sign_in().form("/sign-in", action="/sign-out").status_code == 303

    def test_a_link_signs_nobody_out(self, sign_in):
        browser = sign_in("rita")
        assert browser.get("/sign-out").status_code in {404, 405}
        assert browser.get("/me").status_code == 200


class TestPassword:
    CHOSEN = {"username": "rita", "password": PASSWORD, "again": PASSWORD}  # noqa: RUF012

    def test_it_is_chosen_once_and_one_signs_in_with_it(self, pages, sign_in):
        browser, path = sign_in(), f"/password/{link_of(pages, 'rita')}"
        page = browser.get(path).text
        assert 'value="rita"' in page
        assert page.count('autocomplete="new-password"') == 2
        answer = browser.form(path, self.CHOSEN)
        assert (answer.status_code, answer.headers["location"]) == (303, "/sign-in")
        assert "Adgangskoden er gemt." in browser.get("/sign-in").text
        assert browser.form("/sign-in", RITA).status_code == 303
        again = sign_in().get(path)
        assert again.status_code == 404
        assert "Linket kan ikke bruges." in again.text

    @pytest.mark.parametrize(
        ("password", "again", "said"),
        [
            pytest.param("kort", "kort", "Brug mindst 12 tegn", id="short"),
            pytest.param("password1234", "password1234", "mest almindelige", id="common"),
            pytest.param(PASSWORD, OTHER, "ikke ens", id="not the same"),
        ],
    )
    def test_what_will_not_do_is_told_and_the_link_still_works(self, pages, sign_in, password, again, said):
        browser, path = sign_in(), f"/password/{link_of(pages, 'rita')}"
        answer = browser.form(path, {"password": password, "again": again})
        assert answer.status_code == 422
        assert said in answer.text
        assert f'value="{password}"' not in answer.text
        assert browser.form(path, self.CHOSEN).status_code == 303

    def test_a_link_that_never_was(self, sign_in):
        browser = sign_in()
        assert browser.get("/password/x").status_code == 404
        assert browser.form("/sign-in", self.CHOSEN, action="/password/x").status_code == 404
