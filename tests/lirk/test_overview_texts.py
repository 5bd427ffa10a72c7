"""What the coordinator writes in the overview: the rule, the service on both databases, and every format."""

import csv
import json
from dataclasses import replace
from io import BytesIO, StringIO

import pytest
import report_values as values
from pypdf import PdfReader
from small_round import KEY, under_way

from lirk.domain.overview_texts import LONGEST, LONGEST_STEPS, OverviewText, OverviewTextChanged, names
from lirk.domain.people import Role
from lirk.domain.rounds import RoundNotIn, RoundUnknown
from lirk.errors import NotAllowed, ProblemsFound
from lirk.reports.data_files import overview_csv, overview_json
from lirk.reports.overview_pdf import overview_pdf
from lirk.services import overview_texts, reports
from lirk.services.report_shelf import ReportShelf
from lirk.services.reports import Reader
from lirk.wording import Wording

DANISH = Wording("da")
READER = Reader(municipality="Sydfjord Kommune", words=DANISH)


@pytest.fixture
def town(database, tmp_path, now):
    """A round whose cases anne has in hand."""
    return under_way(database, tmp_path, now, "anne")


@pytest.fixture
def closed(town):
    town.answer("anne", value="no", note="Brevet er uklart.")
    town.close()
    return town


def write(town, *, who=None, key=KEY, **said):
    with town.acting(who) as (store, actor):
        return overview_texts.write_overview_text(store, actor, key, OverviewText(**said), now=town.now)


def overview(town, reader=READER):
    with town.acting() as (store, actor):
        return reports.overview(store, actor, KEY, reader=reader)


class TestNames:
    @pytest.mark.parametrize(
        ("text", "centre", "named"),
        [
            ("I Center Nord gik det godt", "Center Nord", True),
            ("i center  nords breve", "Center Nord", True),
            ("Borgerservice's skabelon", "Borgerservice", True),
            ("Center for Børn og Familie", "Center for Børn & Familie", True),
            ("Center\nNord", "Center Nord", True),
            ("Center Nordvest", "Center Nord", False),
            ("Nord for Limfjorden", "Center Nord", False),
            ("Flere centre", "Center Nord", False),
            ("Flere centre", "", False),
        ],
    )
    def test_whole_names_in_whatever_capitals(self, text, centre, named):
        assert names(text, centre) is named


class TestWriting:
    def test_it_stands_in_the_overview_and_takes_the_place_of_the_one_before(self, closed):
        assert write(closed, learnt="Et.", next_steps="To.").version == 1
        assert write(closed, learnt="Tre.", version=1).version == 2
        value = overview(closed)
        assert (value.learnt, value.next_steps) == ("Tre.", "")

    @pytest.mark.parametrize("version", [0, 2])
    def test_not_over_what_somebody_else_has_written_since(self, closed, version):
        write(closed, learnt="Et.")
        with pytest.raises(OverviewTextChanged):
            write(closed, learnt="To.", version=version)
        assert overview(closed).learnt == "Et."

    def test_every_fault_of_both_fields_is_told_at_once_and_nothing_is_kept(self, closed):
        with pytest.raises(ProblemsFound) as refused:
            write(
                closed,
                learnt="Sag om 010190-1234 i Center Syd, og i center vest. " + "x" * LONGEST,
                next_steps="x" * (LONGEST_STEPS + 1),
            )
        assert [(one.code, one.column) for one in refused.value.problems] == [
            ("text-looks-like-cpr", "learnt"),
            ("text-too-long", "learnt"),
            ("text-names-centre", "learnt"),
            ("text-names-centre", "learnt"),
            ("text-too-long", "next_steps"),
        ]
        assert [one.values["centre"] for one in refused.value.problems[2:4]] == ["Center Syd", "Center Vest"]
        assert overview(closed).learnt == ""

    def test_only_the_coordinator_reads_the_form_and_writes(self, closed):
        for role in Role:
            closed.add(role, role, centres=["Center Nord"])
            if role is Role.COORDINATOR:
                continue
            with pytest.raises(NotAllowed):
                write(closed, who=role, learnt="Et.")

    def test_only_in_a_closed_round_that_is_there(self, town):
        with pytest.raises(RoundNotIn):
            write(town, learnt="Et.")
        with pytest.raises(RoundUnknown):
            write(town, key="2027-1", learnt="Et.")

    def test_the_trail_says_who_and_never_what(self, closed):
        write(closed, learnt="Et.")
        entry = closed.trail()[-1]
        assert (entry.action, dict(entry.about)) == ("overview-text-written", {"round": KEY, "version": 1})

    def test_an_overview_that_is_kept_shows_a_new_text_at_once(self, closed):
        reader = replace(READER, shelf=ReportShelf())
        assert overview(closed, reader).learnt == ""
        write(closed, learnt="Nyt.")
        assert overview(closed, reader).learnt == "Nyt."


class TestFormats:
    SAID = values.overview(learnt="Brevene er lange.\n\nOg tunge.", next_steps="Skabeloner rettes.")

    def printed(self, value):
        pages = PdfReader(BytesIO(overview_pdf(value, DANISH))).pages
        return [" ".join(page.extract_text().split()) for page in pages]

    def test_page_one_says_what_the_municipality_does_and_a_chapter_what_was_learnt(self):
        first, *rest = self.printed(self.SAID)
        assert "Skabeloner rettes." in first
        assert "Brevene er lange. Og tunge." in " ".join(rest)

    def test_where_nothing_is_written_it_says_who_writes(self):
        first, *rest = self.printed(values.overview())
        assert "Koordinatoren skriver her, hvad kommunen gør nu." in first
        assert "Koordinatoren skriver her, hvad kommunen har lært af runden." in " ".join(rest)

    def test_the_files_hold_them(self):
        read = json.loads(overview_json(self.SAID))
        assert (read["learnt"], read["next_steps"]) == (self.SAID.learnt, self.SAID.next_steps)
        text = overview_csv(self.SAID, DANISH).decode("utf-8-sig")
        rows = {row["Del"]: row["Navn"] for row in csv.DictReader(StringIO(text), delimiter=";")}
        assert rows["Det lærte vi"] == self.SAID.learnt
        assert rows["Det gør kommunen nu"] == self.SAID.next_steps
