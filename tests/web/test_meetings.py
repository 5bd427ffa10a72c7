"""The page for reading a report in the section: its record, its form, and what it does with what is wrong."""

import re
from datetime import UTC, datetime

import pytest

from lirk.domain.report_stages import ReportStage, ReportState

REPORT = "/rounds/2026-1/reports/center-nord"
PAGE = f"{REPORT}/meeting"
LINK = "Skriv, hvad I aftalte"


def typed(**changes):
    today = datetime.now(UTC).astimezone().date()
    return {
        "held_on": today.strftime("%d.%m.%Y"),
        "took_part": ["leader", "safety_representative"],
        "staff": "12",
        "agreed": "Ny skabelon til partshøring.",
        "not_agreed": "Intet",
        "version": "0",
        **changes,
    }


def shown(page) -> str:
    return " ".join(re.sub(r"<[^>]+>", " ", page.text).split())


class TestLeader:
    def test_records_it_and_reads_it_on_its_page_and_in_the_report(self, sign_in):
        leader = sign_in("leder")
        assert LINK in leader.get(REPORT).text
        done = leader.form(PAGE, typed())
        assert (done.status_code, done.headers["location"]) == (303, PAGE)
        for address in (PAGE, REPORT):
            text = shown(leader.get(address))
            assert "Leder, arbejdsmiljørepræsentant (AMR) og 12 medarbejdere" in text
            assert "Ny skabelon til partshøring." in text
        assert leader.get(f"{REPORT}/json").json()["meeting"]["staff"] == 12

    def test_corrects_it(self, sign_in):
        leader = sign_in("leder")
        leader.form(PAGE, typed())
        page = leader.get(PAGE).text
        assert 'value="12"' in page
        assert re.search(r'value="safety_representative"\s+checked', page)
        assert leader.form(PAGE, typed(version="1", staff="", agreed="Andet.")).status_code == 303
        assert "Leder og arbejdsmiljørepræsentant (AMR)" in shown(leader.get(PAGE))

    def test_all_that_is_wrong_is_told_at_once_and_what_was_typed_is_kept(self, sign_in):
        leader = sign_in("leder")
        wrong = typed(
            held_on="i går", took_part=[], staff="mange", agreed="Sag om 010190-1234", not_agreed=""
        )
        page = leader.form(PAGE, wrong)
        assert page.status_code == 422
        fields = re.findall(r'<li><a href="#([^"]+)"', page.text)
        assert fields == ["held_on", "staff", "agreed"]
        for kept in ('value="i går"', 'value="mange"', "Sag om 010190-1234"):
            assert kept in page.text
        assert LINK in leader.get(REPORT).text

    @pytest.mark.parametrize("staff", ["-1", "10001", "2,5", "9" * 30])
    def test_a_number_that_no_section_has(self, sign_in, staff):
        page = sign_in("leder").form(PAGE, typed(staff=staff))
        assert page.status_code == 422
        assert "helt tal fra 0 til 10.000" in page.text

    def test_nobody_and_nothing(self, sign_in):
        page = sign_in("leder").form(PAGE, {"version": "0"})
        assert page.status_code == 422
        assert re.findall(r'<li><a href="#([^"]+)"', page.text) == ["held_on", "took_part", "agreed"]

    def test_another_tab_overwrites_nothing(self, sign_in):
        leader = sign_in("leder")
        leader.form(PAGE, typed(agreed="Først skrevet."))
        page = leader.form(PAGE, typed(agreed="Skrevet imens."))
        assert page.status_code == 409
        assert "Først skrevet." in page.text
        assert "Skrevet imens." in page.text
        assert "Først skrevet." in leader.get(PAGE).text
        assert leader.form(PAGE, typed(agreed="Begge.", version="1")).status_code == 303

    def test_the_list_tells_of_a_published_report_that_nobody_has_read_in_the_section(self, pages, sign_in):
        leader, said = sign_in("leder"), "Rapporten er ikke gennemgået i afsnittet endnu"
        # A draft is not read in the section yet.
        assert said not in leader.get("/reports").text
        now = datetime.now(UTC)
        with pages.database.begin() as store:
            out = ReportStage(state=ReportState.PUBLISHED, sent_at=now, published_at=now)
            store.report_stages.keep(store.rounds.by_key("2026-1").id, "Center Nord", out)
            store.trail.add("test", actor_id=None, at=now)
        assert said in leader.get("/reports").text
        assert f'href="{PAGE}"' in leader.get("/reports").text
        leader.form(PAGE, typed())
        assert said not in leader.get("/reports").text
        for other in ("koordinator", "kontakt"):
            assert said not in sign_in(other).get("/reports").text

    def test_unknown_fields_are_refused(self, sign_in):
        assert sign_in("leder").form(PAGE, typed(names="Anne")).status_code == 422


class TestOthers:
    def test_a_contact_person_reads_and_is_told_who_writes(self, sign_in):
        contact = sign_in("kontakt")
        assert "Mødet er ikke skrevet ned endnu" in contact.get(PAGE).text
        assert "<form method=" not in contact.get(PAGE).text.split("<main")[1]
        assert LINK not in contact.get(REPORT).text
        sign_in("koordinator").form(PAGE, typed())
        assert "Ny skabelon" in contact.get(PAGE).text
        assert contact.post(PAGE, typed(version="1")).status_code == 403

    def test_the_coordinator_writes_too(self, sign_in):
        assert sign_in("koordinator").form(PAGE, typed()).status_code == 303

    def test_another_centre_is_not_found_and_tells_nothing(self, pages, sign_in):
        sign_in("koordinator").form(PAGE.replace("nord", "syd"), typed(agreed="Hemmeligt."))
        for address in (PAGE.replace("nord", "syd"), PAGE.replace("nord", "vest"), PAGE.replace("-1", "-9")):
            page = sign_in("leder").get(address)
            assert page.status_code == 404
            assert "Hemmeligt" not in page.text
            assert sign_in("leder").post(address, typed()).status_code == 404

    def test_an_open_round_has_no_meeting(self, sign_in):
        assert sign_in("koordinator").get(PAGE.replace("2026-1", "2026-2")).status_code == 409


class TestPaper:
    def test_the_form_is_not_printed_with_the_record(self, sign_in):
        leader = sign_in("leder")
        leader.form(PAGE, typed())
        main = leader.get(PAGE).text.split("<main")[1]
        record, form = main.split('<div class="no-print">')
        assert "Ny skabelon" in record
        assert "<form" in form

    def test_the_pdf_has_what_is_recorded(self, pages, sign_in):
        leader = sign_in("leder")
        before = leader.get(f"{REPORT}/pdf").content
        leader.form(PAGE, typed())
        assert leader.get(f"{REPORT}/pdf").content != before
