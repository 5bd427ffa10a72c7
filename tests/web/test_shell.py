"""The shell around every page: who is it, tokens, headers, errors, receipts."""

import base64
import json
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from web import csrf


def carried(path: str, **values: str) -> str:
    content = {"path": path, "values": {name: [text] for name, text in values.items()}}
    return base64.urlsafe_b64encode(json.dumps(content).encode()).decode()


class TestWhoIsIt:
    def test_one_who_is_not_signed_in_is_led_to_sign_in_and_back(self, sign_in):
        answer = sign_in().get("/reviews?show=all")
        assert (answer.status_code, answer.headers["location"]) == (
            303,
            "/sign-in?next=%2Freviews%3Fshow%3Dall",
        )

    @pytest.mark.parametrize("cookie", ["", "planted", "session of rita"])
    def test_an_id_that_the_browser_brings_is_nobodys(self, sign_in, cookie):
        browser = sign_in()
        browser.cookies.set("lirk", cookie)
        assert browser.get("/reviews").status_code == 303

    def test_a_session_ends_an_hour_after_the_last_look(self, pages):
        browser = pages.sign_in("rita")
        pages.session_of("rita", now=datetime.now(UTC) - timedelta(minutes=61))
        assert browser.get("/reviews").headers["location"] == "/sign-in?next=%2Freviews"

    def test_a_script_is_told_in_a_value(self, sign_in):
        answer = sign_in().put("/session", headers={"accept": "application/json"})
        assert (answer.status_code, answer.json()["error"]) == (401, "signed-out")

    @pytest.mark.parametrize(
        ("username", "address"),
        [
            ("rita", "/reviews"),
            ("koordinator", "/rounds"),
            ("leder", "/reports"),
            ("kontakt", "/reports"),
            ("arkivar", "/checklists"),
            ("chef", "/overview"),
            ("admin", "/people"),
        ],
    )
    def test_each_role_has_its_own_first_page(self, sign_in, username, address):
        browser = sign_in(username)
        assert browser.get("/").headers["location"] == address
        assert f'href="{address}" aria-current="true"' in browser.get(address).text


class TestForms:
    def test_without_a_token_nothing_is_done(self, sign_in):
        answer = sign_in("rita").post("/sign-out", token="")
        assert answer.status_code == 403
        assert "Siden var for gammel" in answer.text
        assert answer.headers["content-type"].startswith("text/html")

    def test_the_token_of_another_sign_in_is_none(self, sign_in):
        stolen = sign_in("otto").token()
        assert sign_in("rita").post("/sign-out", token=stolen).status_code == 403

    @pytest.mark.parametrize(
        "headers", [{"sec-fetch-site": "cross-site"}, {"origin": "https://evil.example"}]
    )
    def test_what_another_site_sends_is_refused(self, sign_in, headers):
        answer = sign_in("rita").post("/sign-out", headers=headers)
        assert answer.status_code == 403
        assert "et andet websted" in answer.text

    def test_unknown_fields_are_refused(self, sign_in):
        answer = sign_in().post("/sign-in", {"username": "rita", "password": "x", "extra": "y"})
        assert (answer.status_code, "felter, som siden ikke har" in answer.text) == (422, True)

    def test_a_wrong_method(self, sign_in):
        answer = sign_in("rita").post("/about/data")
        assert (answer.status_code, set(answer.headers["allow"].split(", "))) == (405, {"GET", "OPTIONS"})
        assert "<h1" in answer.text

    @pytest.mark.parametrize("token", ["", "x", "=", "æ", base64.urlsafe_b64encode(bytes(64)).decode()])
    def test_a_token_that_is_none(self, token):
        with pytest.raises(csrf.TokenMissing):
            csrf.check_token(token, "secret")

    def test_no_two_tokens_are_alike_and_both_hold(self):
        one, other = csrf.token("secret"), csrf.token("secret")
        assert one != other
        csrf.check_token(one, "secret")
        csrf.check_token(other, "secret")


class TestWhereFrom:
    @pytest.mark.parametrize(
        ("trusted", "forwarded", "origin"),
        [
            (False, "203.0.113.9", "testclient"),
            (True, "203.0.113.9", "203.0.113.9"),
            (True, "198.51.100.1, 203.0.113.9", "203.0.113.9"),
            (True, "", "testclient"),
        ],
    )
    def test_a_proxy_is_believed_only_where_the_settings_say_so(
        self, pages, monkeypatch, trusted, forwarded, origin
    ):
        seen = []
        monkeypatch.setattr(
            "web.controllers.sign_in.accounts.sign_in",
            lambda *_, **given: seen.append(given["origin"]) or "x",
        )
        pages.app.state.settings = replace(pages.app.state.settings, behind_proxy=trusted)
        given = {"username": "rita", "password": "korrekt hest"}
        pages.sign_in().post("/sign-in", given, headers={"x-forwarded-for": forwarded})
        assert seen == [origin]


class TestShortTexts:
    @pytest.mark.parametrize(
        ("path", "fields"),
        [
            ("/rounds/plans/new", {"key": "2031-1", "title": "Runde 010190-1234"}),
            ("/centres", {"name": "Center 010190-1234"}),
        ],
    )
    def test_that_look_like_a_cpr_number_are_not_kept(self, pages, path, fields):
        answer = pages.sign_in("koordinator").form(path, fields)
        assert answer.status_code == 422
        assert "ligner et cpr-nummer" in answer.text
        with pages.database.begin() as store:
            assert not [plan for plan in store.planned_rounds.open() if "010190" in plan.title]
            assert not [name for name in store.centres.all() if "010190" in name]


def test_a_watchman_may_ask_by_head(pages):
    assert pages.sign_in().head("/health").status_code == 200


class TestTooBig:
    def test_a_file_beyond_the_limit(self, pages):
        browser = pages.sign_in("koordinator")
        size = pages.app.state.settings.upload_limit + 1
        answer = browser.post("/rounds/plans/new", files={"file": ("register.csv", b"x" * size)})
        assert answer.status_code == 413
        assert "højst fylde 50 MB" in answer.text


class TestWhatWasTyped:
    """A session that ran out takes nothing away."""

    def test_a_form_is_carried_through_sign_in(self, pages):
        browser = pages.sign_in()
        answer = browser.post("/reviews/1/items/clear", {"value": "no", "note": "Mangler <b>dato</b>"})
        assert answer.status_code == 401
        assert "Du var logget af" in answer.text
        assert carried("/reviews/1/items/clear", value="no", note="Mangler <b>dato</b>") in answer.text

    def test_passwords_are_never_carried(self, pages):
        answer = pages.sign_in().post("/me/password", {"current": "hemmeligt", "new": "x", "again": "x"})
        assert base64.urlsafe_b64encode(b"hemmeligt").decode() not in answer.text
        assert 'name="carried" value=""' in answer.text


class TestReceipts:
    def test_are_shown_once_and_only_to_whom_they_are_for(self, pages):
        browser = pages.sign_in("admin")
        browser.form("/centres", {"name": "Center Nyt"})
        receipt = browser.cookies["lirk-receipt"]
        assert "Center Nyt" in browser.get("/centres").text.split("receipt")[1]
        other = pages.sign_in("koordinator")
        other.cookies.set("lirk-receipt", receipt)
        assert 'class="receipt"' not in other.get("/centres").text
        assert 'class="receipt"' not in browser.get("/centres").text


class TestErrors:
    def test_an_address_that_leads_nowhere(self, sign_in):
        answer = sign_in("rita").get("/no/such/page")
        assert answer.status_code == 404
        assert "<title>Fejl: Siden findes ikke – Kvalitetsgennemgang</title>" in answer.text

    def test_a_fault_of_ours_tells_nothing_of_it(self, pages, monkeypatch, caplog):
        def broken(*_, **__):
            raise RuntimeError("-".join(["010190", "1234"]))

        monkeypatch.setattr("web.controllers.home.AboutPage.of", broken)
        answer = pages.sign_in("rita").get("/about/data")
        assert answer.status_code == 500
        assert "RuntimeError" not in answer.text
        assert "RuntimeError" in caplog.text
        assert "010190-1234" not in answer.text + caplog.text


class TestHeaders:
    @pytest.mark.parametrize(
        "path", ["/about/data", "/nowhere", "/health", "/static/x/css/lirk.css", "/static/x/y"]
    )
    def test_stand_on_every_answer(self, sign_in, path):
        headers = sign_in().get(path).headers
        assert headers["content-security-policy"].startswith("default-src 'none'; script-src 'self'")
        assert headers["x-content-type-options"] == "nosniff"

    def test_pages_are_kept_by_nobody_and_static_files_by_everybody(self, sign_in):
        browser = sign_in()
        page = browser.get("/about/data")
        assert page.headers["cache-control"] == "no-store"
        address = page.text.split('rel="stylesheet" href="')[1].split('"')[0]
        assert "immutable" in browser.get(address).headers["cache-control"]
