"""People: the list, adding, changing, links, closing access."""

import html
import re

import pytest
from passwords_cheap import cheap_passwords

NEW = {
    "username": "eva",
    "name": "Eva Ærø",
    "roles": ["reviewer", "centre-leader"],
    "centres": ["Center Nord"],
}


@pytest.fixture(autouse=True)
def cheap():
    with cheap_passwords():
        yield


@pytest.fixture
def koordinator(sign_in):
    return sign_in("koordinator")


def person(pages, username):
    with pages.database.begin() as store:
        return store.people.by_username(username)


def checked(page):
    return re.findall(r'value="([^"]+)" checked', page)


class TestWho:
    @pytest.mark.parametrize("path", ["/people", "/people/new", "/people/1", "/people/1/access", "/centres"])
    def test_only_who_manages_people(self, sign_in, path):
        for username in ("rita", "leder", "kontakt", "arkivar", "chef"):
            assert sign_in(username).get(path).status_code == 403
        for username in ("koordinator", "admin"):
            assert sign_in(username).get(path).status_code == 200
        assert sign_in().get(path).status_code == 303

    @pytest.mark.parametrize("path", ["/people/new", "/people/1", "/people/1/link", "/people/1/access"])
    def test_nothing_is_changed_by_others(self, pages, sign_in, path):
        before = person(pages, "otto")
        answer = sign_in("rita").form("/me", {"name": "X"} if path == "/people/1" else {}, action=path)
        assert answer.status_code == 403
        assert person(pages, "otto") == before


class TestList:
    def test_everybody_by_name_and_no_count_of_anything(self, koordinator):
        page = koordinator.get("/people").text
        names = re.findall(r'<a href="/people/\d+">([^<]+)</a>', page)
        assert names == ["Admin", "Arkivar", "Chef", "Koordinator", "Kontakt", "Leder", "Otto", "Rita"] or (
            names == sorted(names)
        )
        assert len(names) == 8
        assert "mangler adgangskode" in page
        assert not re.search(r"<td>\d+</td>", page)

    def test_names_are_ordered_as_danes_do(self, pages, koordinator):
        for username, name in (("a", "Åge"), ("b", "Zenia"), ("c", "Ærlig")):
            koordinator.form("/people/new", {"username": username, "name": name, "roles": "reviewer"})
        names = re.findall(r'<a href="/people/\d+">([^<]+)</a>', koordinator.get("/people").text)
        assert names[-3:] == ["Zenia", "Ærlig", "Åge"]


class TestAdd:
    def test_a_person_is_added_and_a_link_is_the_next_step(self, pages, koordinator):
        answer = koordinator.form("/people/new", NEW)
        made = person(pages, "eva")
        assert answer.headers["location"] == f"/people/{made.id}"
        assert (made.name, made.roles, made.centres) == (
            "Eva Ærø",
            {"reviewer", "centre-leader"},
            {"Center Nord"},
        )
        assert "Eva Ærø er oprettet." in koordinator.get(f"/people/{made.id}").text

    @pytest.mark.parametrize(
        ("changes", "field"),
        [
            pytest.param({"username": "Eva Ø"}, "username", id="malformed"),
            pytest.param({"username": "rita"}, "username", id="taken"),
            pytest.param({"name": " "}, "name", id="no name"),
            pytest.param({"roles": []}, "roles", id="no role"),
            pytest.param({"roles": ["boss"]}, "roles", id="a role that is none"),
            pytest.param({"centres": []}, "centres", id="a leader of nothing"),
            pytest.param({"roles": ["administrator"]}, "roles", id="an administrator"),
        ],
    )
    def test_what_is_wrong_is_told_at_its_field_and_the_rest_is_kept(
        self, pages, koordinator, changes, field
    ):
        typed = {**NEW, **changes}
        answer = koordinator.form("/people/new", typed)
        assert answer.status_code == 422
        assert f'href="#{field}"' in answer.text
        assert f'id="{field}-error"' in answer.text
        assert "--" not in re.search(rf'id="{field}-error">(.*?)</span>\s*\n', answer.text, re.DOTALL)[1]
        known = [*typed["roles"], *typed["centres"]]
        assert checked(answer.text) == [one for one in known if one != "boss"]
        if typed["name"].strip():
            assert 'value="Eva Ærø"' in answer.text
        with pages.database.begin() as store:
            assert store.people.find("eva") is None

    def test_a_caseworker_code_is_kept_as_a_hash_only(self, pages, koordinator):
        koordinator.form("/people/new", {**NEW, "caseworker_code": "EVÆ1"})
        made = person(pages, "eva")
        assert re.fullmatch("[0-9a-f]{64}", made.caseworker_hash)
        assert "EVÆ1" not in koordinator.get(f"/people/{made.id}").text

    def test_each_role_says_what_one_does_in_it(self, koordinator):
        page = koordinator.get("/people/new").text
        assert page.count('name="roles"') == 8
        assert "Indlæser, retter og udgiver tjeklister." in page


class TestChange:
    def test_the_form_shows_what_is_kept_and_keeps_what_is_typed(self, pages, koordinator):
        leder = person(pages, "leder")
        path = f"/people/{leder.id}"
        page = koordinator.get(path).text
        assert checked(page) == ["centre-leader", "Center Nord"]
        assert 'name="username"' not in page
        fields = {"name": "Lea", "roles": ["contact-person", "reviewer"], "centres": ["Center Syd"]}
        answer = koordinator.form(path, fields)
        assert (answer.status_code, answer.headers["location"]) == (303, "/people")
        assert "Lea er rettet." in koordinator.get("/people").text
        after = person(pages, "leder")
        assert (after.name, after.roles, after.centres) == (
            "Lea",
            {"contact-person", "reviewer"},
            {"Center Syd"},
        )

    def test_another_role_signs_the_person_out(self, pages, sign_in, koordinator):
        browser = sign_in("rita")
        koordinator.form(f"/people/{person(pages, 'rita').id}", {"name": "Rita", "roles": "archivist"})
        assert browser.get("/me").status_code == 303

    def test_what_is_wrong_is_told(self, pages, koordinator):
        path = f"/people/{person(pages, 'rita').id}"
        answer = koordinator.form(path, {"name": "", "roles": "archivist"})
        assert answer.status_code == 422
        assert 'href="#name"' in answer.text
        assert checked(answer.text) == ["archivist"]

    def test_a_code_stays_until_it_is_replaced_or_forgotten(self, pages, koordinator):
        path, fields = f"/people/{person(pages, 'rita').id}", {"name": "Rita", "roles": "reviewer"}
        assert "forget_code" not in koordinator.get(path).text
        koordinator.form(path, {**fields, "caseworker_code": "RI"})
        koordinator.form(path, {**fields, "name": "Rita Ø"})
        assert person(pages, "rita").caseworker_hash
        assert "forget_code" in koordinator.get(path).text
        koordinator.form(path, {**fields, "forget_code": "yes"})
        assert person(pages, "rita").caseworker_hash is None

    def test_an_administrator_is_left_to_administrators(self, pages, sign_in, koordinator):
        path = f"/people/{person(pages, 'admin').id}"
        assert "Kun en administrator kan rette" in koordinator.get(path).text
        fields = {"name": "X", "roles": "administrator"}
        assert koordinator.post(path, fields).status_code == 422
        assert koordinator.post(f"{path}/link").status_code == 403
        assert koordinator.post(f"{path}/access", {"active": "no"}).status_code == 403
        assert sign_in("admin").form(path, fields).status_code == 303

    def test_nobody_takes_administration_from_themselves(self, pages, sign_in):
        answer = sign_in("admin").form(
            f"/people/{person(pages, 'admin').id}", {"name": "Admin", "roles": "reviewer"}
        )
        assert answer.status_code == 422
        assert "Rollen som administrator kan ikke tages fra dig selv" in answer.text

    def test_nobody_there(self, koordinator):
        for path in ("/people/4711", "/people/4711/access"):
            assert koordinator.get(path).status_code == 404
            assert (
                koordinator.post(
                    path, {"name": "X", "roles": "reviewer"} if path[-1] == "1" else {}
                ).status_code
                == 404
            )


class TestLink:
    def test_it_is_shown_once_and_opens_the_page_of_the_person(self, pages, sign_in, koordinator):
        path = f"/people/{person(pages, 'rita').id}"
        answer = koordinator.form(path, action=f"{path}/link")
        assert answer.status_code == 200
        assert "gælder 24 timer" in answer.text
        address = html.unescape(re.search(r"http://[^<\s]+/password/[\w-]+", answer.text)[0])
        assert "/password/" not in koordinator.get(path).text
        opened = sign_in().get(address.removeprefix("http://testserver.local"))
        assert opened.status_code == 200
        assert 'value="rita"' in opened.text

    def test_none_for_one_without_access(self, pages, koordinator):
        path = f"/people/{person(pages, 'rita').id}"
        koordinator.form(f"{path}/access", {"active": "no"})
        assert "kan ikke laves et link" in koordinator.get(path).text
        assert koordinator.post(f"{path}/link").status_code == 409


class TestAccess:
    def test_it_is_closed_after_a_question_and_opened_again(self, pages, sign_in, koordinator):
        browser, path = sign_in("rita"), f"/people/{person(pages, 'rita').id}"
        page = koordinator.get(f"{path}/access").text
        assert '<h1 tabindex="-1" id="page-title">Luk adgangen</h1>' in page
        assert "Rita" in page
        assert koordinator.form(f"{path}/access", {"active": "no"}).headers["location"] == "/people"
        assert "lukket adgang" in koordinator.get("/people").text
        assert browser.get("/me").status_code == 303
        assert "Åbn adgangen igen" in koordinator.get(path).text
        koordinator.form(f"{path}/access", {"active": "yes"})
        assert person(pages, "rita").active

    def test_nobody_closes_their_own(self, pages, koordinator):
        path = f"/people/{person(pages, 'koordinator').id}"
        assert "Du kan ikke lukke din egen adgang" in koordinator.get(path).text
        assert koordinator.post(f"{path}/access", {"active": "no"}).status_code == 409


class TestPages:
    def test_no_name_stands_in_a_title_or_an_address(self, pages, koordinator):
        path = f"/people/{person(pages, 'leder').id}"
        for page in (path, f"{path}/access", "/people", "/people/new"):
            title = re.search("<title>(.*?)</title>", koordinator.get(page).text)[1]
            assert "Leder" not in title
            assert "leder" not in page

    def test_they_are_english_for_who_reads_english(self, pages, sign_in, koordinator):
        koordinator.form("/me", {"language": "en"})
        path = f"/people/{person(pages, 'leder').id}"
        for page in (path, f"{path}/access", "/people", "/people/new", "/centres", "/me"):
            text = re.sub(r"<script.*?</script>|Center Øst", "", koordinator.get(page).text)
            assert not re.search("[æøåÆØÅ]", text), page
