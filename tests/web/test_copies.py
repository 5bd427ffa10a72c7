"""The copy of a report for others, as page and files."""

import re

import pytest

NORTH, SOUTH = (f"/rounds/2026-1/reports/center-{name}/copy" for name in ("nord", "syd"))
PARTS = ("", "/pdf", "/csv", "/json")


class TestRights:
    @pytest.mark.parametrize(
        ("username", "own", "other"),
        [
            ("leder", 200, 404),
            ("kontakt", 200, 404),
            ("koordinator", 200, 200),
            ("chef", 403, 403),
            ("rita", 403, 403),
        ],
    )
    def test_whoever_reads_the_report(self, sign_in, username, own, other):
        client = sign_in(username)
        assert {client.get(NORTH + part).status_code for part in PARTS} == {own}
        assert {client.get(SOUTH + part).status_code for part in PARTS} == {other}


class TestPage:
    def test_it_says_what_is_hidden_and_hides_it(self, sign_in):
        page = sign_in("leder").get(NORTH).text
        main = page[page.index("<main") : page.index("</main>")]
        assert "Et antal fra 1 til 4 står som »under 5«." in main
        cells = re.findall(r"<td[^>]*>([^<]*)</td>", main)
        assert "skjult" in cells
        assert not {"1", "2", "3", "4"} & set(cells)

    def test_no_date_and_no_case_number_leaves(self, sign_in):
        client = sign_in("koordinator")
        for part in ("", "/csv", "/json"):
            text = client.get(NORTH + part).text
            assert "26/N" not in text
            assert "Brevet er uklart." not in text
        assert "marts 2026" in client.get(NORTH).text
        assert not re.search(r"\d\. marts 2026", client.get(NORTH).text)

    def test_the_report_leads_to_it(self, sign_in):
        assert f'href="{NORTH}"' in sign_in("kontakt").get(NORTH.removesuffix("/copy")).text

    def test_ids_are_single(self, sign_in):
        ids = re.findall(r' id="([^"]+)"', sign_in("leder").get(NORTH).text)
        assert len(ids) == len(set(ids))
