"""A centre's own rounds on the page of its report: a plain table in the second round, nothing in the first."""

import json
import re
from dataclasses import replace
from datetime import UTC, datetime
from io import BytesIO

import pytest
from pypdf import PdfReader
from small_round import answers_to

from lirk.services import people, reviews, rounds

FIRST, SECOND = "/rounds/2026-1/reports/center-nord", "/rounds/2026-2/reports/center-nord"


@pytest.fixture
def two_rounds(pages):
    """The open round, answered with yes and closed."""
    now = datetime.now(UTC)
    with pages.database.begin() as store:
        actor = people.acting_person(store, "koordinator", now=now)
        for username in ("rita", "otto"):
            sheet = reviews.sheet_for(store, actor, "2026-2", username)
            said = answers_to(username, {case.number: case.case_id for case in sheet.cases})
            reviews.import_answers(store, actor, "2026-2", replace(said, round_key="2026-2"), now=now)
        rounds.close_round(store, actor, "2026-2", now=now)
        # Before the first look the leader is asked about the self-assessment.
        store.place_forms.note_seen(store.rounds.by_key("2026-2").id, "Center Nord", at=now, by=None)
    return pages


def own_rounds(page):
    """The section of the page."""
    return re.search(r'<h2 id="rounds">.*?</section>', page.text, re.DOTALL).group(0)


class TestPage:
    def test_the_second_round_has_a_table_with_both(self, two_rounds):
        section = own_rounds(two_rounds.sign_in("leder").get(SECOND))
        assert re.findall(r'<th scope="col">(.*?)</th>', section) == [
            "Punkt",
            "1. runde 2026",
            "1. runde 2026",
            "Bemærkning",
        ]
        assert "0 af 3" in section
        assert "3 af 3" in section
        assert "Det er centrets første runde" not in section
        # It is said where it leads to, and the section needs no way to itself.
        page = two_rounds.sign_in("leder").get(SECOND).text
        assert 'href="#rounds"' in re.search(r'<h2 id="summary">.*?</section>', page, re.DOTALL).group(0)
        assert 'href="#rounds"' not in section
        assert "Sidst var" not in section

    def test_each_checklist_has_a_heading(self, two_rounds):
        section = own_rounds(two_rounds.sign_in("leder").get(SECOND))
        assert re.search(r"<h3>Breve</h3>.*?<table", section, re.DOTALL)

    def test_the_first_round_has_none(self, two_rounds):
        section = own_rounds(two_rounds.sign_in("leder").get(FIRST))
        assert "<table" not in section
        assert "Det er centrets første runde" in section

    def test_no_arrow_and_nothing_better_or_worse(self, two_rounds):
        section = own_rounds(two_rounds.sign_in("leder").get(SECOND))
        assert not [word for word in ("bedre", "værre", "↑", "↓", "▲", "▼") if word in section]

    def test_pdf_and_json_hold_the_same(self, two_rounds):
        leader = two_rounds.sign_in("leder")
        (series,) = json.loads(leader.get(f"{SECOND}/json").content)["series"]
        clear = next(item for item in series["items"] if item["item_id"] == "clear")
        assert [(point["hits"], point["assessed"]) for point in clear["points"]] == [(0, 3), (3, 3)]
        pdf = PdfReader(BytesIO(leader.get(f"{SECOND}/pdf").content))
        text = " ".join(page.extract_text() for page in pdf.pages)
        assert "0 af 3" in text
        assert json.loads(leader.get(f"{FIRST}/json").content)["series"] == []

    def test_another_centre_s_leader_reads_none_of_it(self, two_rounds):
        assert two_rounds.sign_in("leder").get(SECOND.replace("nord", "syd")).status_code == 404
