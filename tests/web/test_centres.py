"""Centres: the list, adding, renaming, closing."""

import re

import pytest


@pytest.fixture
def koordinator(sign_in):
    return sign_in("koordinator")


def names(page):
    return re.findall(r'<a href="/centres/([^"]+)">([^<]+)</a>', page)


class TestCentres:
    def test_they_are_listed_as_danes_do_and_have_an_address_without_blanks(self, koordinator):
        for name in ("Åparken", "Zonen", "Ærtemarken"):
            answer = koordinator.form("/centres", {"name": name})
            assert answer.headers["location"] == "/centres"
        page = koordinator.get("/centres").text
        listed = names(page)
        assert [name for _, name in listed][-3:] == ["Zonen", "Ærtemarken", "Åparken"]
        assert all(re.fullmatch("[a-z0-9-]+", address) for address, _ in listed)

    @pytest.mark.parametrize(
        ("name", "said"),
        [("", "mangler et navn"), ("Center Nord", "allerede et center"), ("x" * 121, "for langt")],
    )
    def test_a_name_that_will_not_do(self, koordinator, name, said):
        answer = koordinator.form("/centres", {"name": name})
        assert answer.status_code == 422
        assert said in answer.text
        assert 'href="#name"' in answer.text

    def test_a_new_one_is_renamed(self, koordinator):
        koordinator.form("/centres", {"name": "Zonen"})
        assert koordinator.form("/centres/zonen", {"name": "Zone 2"}).status_code == 303
        assert "Zonen hedder nu Zone 2." in koordinator.get("/centres").text
        assert koordinator.get("/centres/zonen").status_code == 404

    def test_one_that_was_measured_keeps_its_name(self, koordinator):
        answer = koordinator.form("/centres/center-nord", {"name": "Center Ny"})
        assert answer.status_code == 422
        assert "rundens frosne ramme" in answer.text
        assert 'value="Center Ny"' in answer.text

    def test_a_closed_one_is_not_offered_but_stays_with_who_has_it(self, pages, koordinator):
        koordinator.form("/centres", {"name": "Zonen"})
        koordinator.form("/centres/zonen", {"active": "no"}, action="/centres/zonen/access")
        koordinator.form("/centres/center-nord", {"active": "no"}, action="/centres/center-nord/access")
        assert "lukket" in koordinator.get("/centres").text
        offered = re.findall(r'name="centres" value="([^"]+)"', koordinator.get("/people/new").text)
        assert "Zonen" not in offered
        assert "Center Nord" not in offered
        with pages.database.begin() as store:
            leder = store.people.by_username("leder").id
        assert 'value="Center Nord" checked' in koordinator.get(f"/people/{leder}").text
        koordinator.form("/centres/zonen", {"active": "yes"}, action="/centres/zonen/access")
        assert 'value="Zonen"' in koordinator.get("/people/new").text

    def test_none_by_that_address(self, koordinator):
        assert koordinator.get("/centres/findes-ikke").status_code == 404
        assert koordinator.post("/centres/findes-ikke", {"name": "X"}).status_code == 404
