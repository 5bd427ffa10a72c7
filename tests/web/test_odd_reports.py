"""Rounds that went oddly: each form of their reports can be read, and says plainly what there is."""

import json
import re

import pytest
from odd_reports import LONG_QUESTION, ODD, ODD_NAME, csv_records, pdf_text, plain, sheets

from lirk.reports.centre_pdf import centre_pdf
from lirk.wording import Wording

NORTH, SOUTH = (f"/rounds/2026-1/reports/center-{name}" for name in ("nord", "syd"))
FORMS = ("", "/pdf", "/xlsx", "/csv", "/json")
#: What nobody but a program would say.
LEFT_OVER = re.compile(r"\bNone\b|\bnan\b|\binf\b|\{[a-z_]+\}|Traceback")
#: What page, PDF and spreadsheet say of what is odd.
SAID = {
    "unread": "ingen sager er gennemgået",
    "no case": "har ingen sager i målingen",
    "one case": "Centrets eneste sag",
    "nothing applies": "Ingen punkter er besvaret med nej eller delvist",
    "forty themes": "og videre, del 3",
    "long questions": LONG_QUESTION[:60],
    "odd names": "Æbler, Øl & Åløb",
    "ten years": "1. runde 2017",
}
#: Said in the chapter on findings, which a spreadsheet keeps as a table.
NOT_IN_SHEETS = frozenset({"nothing applies"})


@pytest.fixture(scope="module")
def reports():
    """By what is odd, the report, made once."""
    return {name: make() for name, make in ODD.items()}


@pytest.fixture
def handed_out(reports, monkeypatch, sign_in):
    def get(name, username="koordinator"):
        monkeypatch.setattr("lirk.services.reports.report_of", lambda *_: reports[name])
        client = sign_in(username)
        answers = {form: client.get(NORTH + form) for form in FORMS}
        assert {answer.status_code for answer in answers.values()} == {200}
        return {form: answer.content for form, answer in answers.items()}

    return get


@pytest.mark.parametrize("name", ODD)
class TestEachForm:
    def test_is_readable_and_says_what_is_odd(self, handed_out, name):
        files = handed_out(name)
        page = plain(re.sub(r"<[^>]+>", "", files[""].decode()).replace("&amp;", "&"))
        paper = plain(pdf_text(files["/pdf"]))
        told = sheets(files["/xlsx"])
        cells = [
            plain(cell) for rows in told.values() for row in rows for cell in row if isinstance(cell, str)
        ]
        said = SAID[name]
        squeezed = re.sub(r"\W", "", said).casefold()
        assert said.casefold() in page.casefold()
        assert squeezed in re.sub(r"\W", "", paper).casefold()
        assert name in NOT_IN_SHEETS or any(said.casefold() in cell.casefold() for cell in cells)
        for text in (page, paper, *cells):
            assert not LEFT_OVER.search(text.replace(ODD_NAME, "")), LEFT_OVER.search(text)
        assert json.loads(files["/json"])["format"].startswith("lirk-centre-report/")
        assert len(csv_records(files["/csv"])) >= 3

    def test_in_english_too(self, reports, name):
        assert centre_pdf(reports[name], Wording("en")).startswith(b"%PDF")


class TestWithoutCases:
    @pytest.mark.parametrize("name", ["unread", "no case"])
    def test_no_share_and_no_mean_is_made_up_of_nothing(self, handed_out, name):
        files = handed_out(name)
        read = json.loads(files["/json"])
        assert [one["mean_percent"] for one in read["checklists"]] == [None]
        assert not [
            item
            for one in read["checklists"]
            for theme in one["themes"]
            for item in (theme, *theme["items"])
            if item["share"]
        ]
        assert "af de mulige point" not in files[""].decode()

    @pytest.mark.parametrize("name", ["unread", "no case"])
    def test_nothing_is_praised_and_the_coordinator_acts_next(self, handed_out, name):
        page = plain(handed_out(name)[""].decode())
        assert "Koordinatoren finder ud af, hvorfor ingen sager er gennemgået" in page
        assert "Ingen punkter er besvaret med nej" not in page
        assert page.count("Ingen sager er gennemgået færdigt") == 2

    def test_one_case_is_counted_and_no_share_is_shown(self, handed_out):
        page = plain(handed_out("one case")[""].decode())
        assert "I den ene relevante sag er punktet ikke opfyldt. Der er for få relevante sager" in page
        assert "sandsynligvis" not in re.sub(r"»Sandsynligvis«", "", page)


class TestForeign:
    def test_another_centre_s_report_is_not_found_in_any_form(self, sign_in):
        leader = sign_in("leder")
        answers = [leader.get(SOUTH + form) for form in (*FORMS, "/cases")]
        nowhere = [leader.get(f"/rounds/2026-1/reports/nowhere{form}") for form in FORMS]
        assert {answer.status_code for answer in (*answers, *nowhere)} == {404}
        assert len({plain(re.sub(r"<[^>]+>", "", one.text)) for one in (*answers, *nowhere)}) == 1

    @pytest.mark.parametrize("looked_for", ["?q=Center+Syd", "?search=Center+Syd", "?centre=Center+Syd"])
    def test_nor_by_looking_for_it(self, sign_in, looked_for):
        page = sign_in("leder").get(f"/reports{looked_for}")
        assert SOUTH not in page.text
        assert "Center Syd" not in page.text.replace("q=Center+Syd", "")
