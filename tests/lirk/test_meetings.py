"""The reading of a report in the section: the rules by tables, the service on both databases, paper and package."""

import csv
from dataclasses import replace
from datetime import date, timedelta
from io import BytesIO, StringIO

import pytest
import report_values as values
from archived_round import archived, files_in, made, reader
from pypdf import PdfReader
from small_round import KEY, under_way

from lirk.domain.meetings import LONGEST, MOST_STAFF, Group, Meeting, MeetingChanged
from lirk.domain.people import Role
from lirk.domain.report_stages import ReportStage, ReportState
from lirk.domain.rounds import RoundNotIn
from lirk.errors import NotAllowed, NotFound, ProblemsFound
from lirk.reports import lettering
from lirk.reports.centre_pdf import centre_pdf
from lirk.reports.desk import Desk
from lirk.reports.meeting_chapter import FORM_ROOM, _Form
from lirk.reports.meeting_sentences import took_part
from lirk.reports.styles import FULL
from lirk.services import archiving, meetings, reports
from lirk.services.report_shelf import ReportShelf
from lirk.services.reports import Reader
from lirk.wording import Wording
from lirk.wording.sentences import SENTENCES

#: Points that the chapter's heading takes with the room around it.
HEADING = 20 + 21 + 8
CLOSED, TODAY = date(2026, 11, 20), date(2026, 11, 22)
CENTRE, ADDRESS = "Center Nord", "center-nord"
READER = Reader(municipality="Sydfjord Kommune", words=Wording("da"))


def meeting(**changes):
    said = {"held_on": TODAY, "leader": True, "staff": 7, "agreed": "Ny skabelon.", **changes}
    return Meeting(**said)


class TestProblems:
    @pytest.mark.parametrize(
        ("changes", "problems"),
        [
            pytest.param({}, [], id="whole"),
            pytest.param({"held_on": CLOSED}, [], id="on the day of the closing"),
            pytest.param(
                {"held_on": CLOSED - timedelta(days=1)},
                [("meeting-day-before-report", "held_on")],
                id="before the report",
            ),
            pytest.param(
                {"held_on": TODAY + timedelta(days=1)}, [("meeting-day-to-come", "held_on")], id="to come"
            ),
            pytest.param({"held_on": None}, [("meeting-day-missing", "held_on")], id="no day"),
            pytest.param({"leader": False, "staff": 0}, [("meeting-nobody", "took_part")], id="nobody"),
            pytest.param({"staff": 0}, [], id="the leader alone"),
            pytest.param({"leader": False}, [], id="staff alone"),
            pytest.param({"leader": False, "staff": 0, "safety_representative": True}, [], id="AMR alone"),
            pytest.param({"staff": MOST_STAFF}, [], id="as many as there can be"),
            pytest.param({"staff": MOST_STAFF + 1}, [("meeting-staff-unreadable", "staff")], id="too many"),
            pytest.param({"staff": -1}, [("meeting-staff-unreadable", "staff")], id="fewer than none"),
            pytest.param(
                {"leader": False, "staff": None}, [("meeting-staff-unreadable", "staff")], id="no number"
            ),
            pytest.param({"agreed": ""}, [("meeting-nothing-said", "agreed")], id="no text"),
            pytest.param({"agreed": "", "not_agreed": "Intet"}, [], id="only what was not agreed"),
            pytest.param({"agreed": "x" * LONGEST}, [], id="as long as it may be"),
            pytest.param(
                {"agreed": "x" * (LONGEST + 1), "not_agreed": "Sag om 010190-1234"},
                [("text-too-long", "agreed"), ("text-looks-like-cpr", "not_agreed")],
                id="both texts",
            ),
        ],
    )
    def test_each_is_told_at_its_field(self, changes, problems):
        found = list(meeting(**changes).problems(closed_on=CLOSED, today=TODAY))
        assert [(one.code, one.column) for one in found] == problems
        assert all(one.code in SENTENCES for one in found)

    def test_all_are_told_at_once(self):
        empty = Meeting(held_on=None)
        assert [one.column for one in empty.problems(closed_on=CLOSED, today=TODAY)] == [
            "held_on",
            "took_part",
            "agreed",
        ]

    def test_every_group_is_a_field(self):
        everybody = meeting(leader=True, employee_representative=True, safety_representative=True)
        assert everybody.groups == tuple(Group)
        assert meeting(leader=False).groups == ()


@pytest.fixture
def town(database, tmp_path, now):
    """A round whose cases anne has in hand."""
    made_ = under_way(database, tmp_path, now, "anne")
    made_.add("leder", Role.CENTRE_LEADER, centres=[CENTRE])
    return made_


@pytest.fixture
def closed(town):
    """A closed round, two days ago."""
    town.answer("anne", value="no", note="Brevet er uklart.")
    town.close()
    town.now += timedelta(days=2)
    return town


def record(town, *, who="leder", key=KEY, address=ADDRESS, **changes):
    typed = meeting(**{"held_on": town.now.date(), **changes})
    with town.acting(who) as (store, actor):
        return meetings.record_meeting(store, actor, key, address, typed, now=town.now)


def read(town, *, who="leder", key=KEY, address=ADDRESS):
    with town.acting(who) as (store, actor):
        return meetings.meeting_of(store, actor, key, address)


def report(town, centre=CENTRE, reader_=READER):
    with town.acting() as (store, actor):
        return reports.centre_report(store, actor, KEY, centre, reader=reader_)


class TestRecording:
    def test_it_stands_in_that_centres_report_only(self, closed):
        assert report(closed).meeting is None
        kept = record(closed, not_agreed="Om der skal to underskrifter på.")
        assert kept == meeting(
            held_on=closed.now.date(), not_agreed="Om der skal to underskrifter på.", version=1
        )
        assert report(closed).meeting == kept
        assert report(closed, "Center Syd").meeting is None
        assert read(closed).meeting == kept

    def test_every_writing_counts_and_takes_the_place_of_the_one_before(self, closed):
        record(closed, safety_representative=True)
        assert record(closed, agreed="Fælles læsning.", version=1).version == 2
        assert read(closed).meeting == meeting(held_on=closed.now.date(), agreed="Fælles læsning.", version=2)

    @pytest.mark.parametrize("version", [0, 2])
    def test_not_over_what_somebody_else_has_written_since(self, closed, version):
        first = record(closed)
        with pytest.raises(MeetingChanged):
            record(closed, who=None, agreed="Noget andet.", version=version)
        assert read(closed).meeting == first

    def test_with_problems_nothing_is_kept(self, closed):
        with pytest.raises(ProblemsFound) as refused:
            record(closed, held_on=closed.now.date() + timedelta(days=1), agreed="")
        assert [one.column for one in refused.value.problems] == ["held_on", "agreed"]
        assert read(closed).meeting is None

    def test_not_before_the_day_on_which_the_round_was_closed(self, closed):
        record(closed, held_on=closed.round().closed_at.date())
        with pytest.raises(ProblemsFound):
            record(closed, held_on=closed.round().closed_at.date() - timedelta(days=1), version=1)

    def test_not_before_the_round_is_closed(self, town):
        with pytest.raises(RoundNotIn):
            record(town)
        with pytest.raises(RoundNotIn):
            read(town)

    def test_the_trail_says_that_and_never_what(self, closed):
        record(closed, not_agreed="Om skabelonen.")
        entry = closed.trail()[-1]
        assert (entry.action, dict(entry.about)) == (
            "meeting-recorded",
            {"round": KEY, "centre": CENTRE, "version": 1},
        )

    def test_a_report_that_is_kept_shows_it_at_once(self, closed):
        kept = replace(READER, shelf=ReportShelf())
        assert report(closed, reader_=kept).meeting is None
        record(closed)
        assert report(closed, reader_=kept).meeting is not None

    def test_the_overview_knows_nothing_of_it(self, closed):
        def overview():
            with closed.acting() as (store, actor):
                return reports.overview(store, actor, KEY, reader=READER)

        before = overview()
        record(closed)
        assert overview() == before


class TestRights:
    #: Who reads and who writes about the own centre, and what another centre is to them.
    READS: tuple = (Role.COORDINATOR, Role.CENTRE_LEADER, Role.CONTACT_PERSON)
    WRITES: tuple = (Role.COORDINATOR, Role.CENTRE_LEADER)

    @pytest.mark.parametrize("role", list(Role))
    def test_of_the_own_centre(self, closed, role):
        closed.add("somebody", role, centres=[CENTRE])
        if role in self.READS:
            assert read(closed, who="somebody").writes == (role in self.WRITES)
        else:
            with pytest.raises(NotAllowed):
                read(closed, who="somebody")
        if role in self.WRITES:
            assert record(closed, who="somebody").version == 1
        else:
            with pytest.raises(NotAllowed):
                record(closed, who="somebody")

    @pytest.mark.parametrize("address", ["center-syd", "nowhere"])
    def test_another_centre_and_none_are_not_found(self, closed, address):
        for do in (read, record):
            with pytest.raises(NotFound) as refused:
                do(closed, address=address)
            assert type(refused.value) is NotFound


class TestNotReadYet:
    def becomes(self, town, state):
        with town.acting() as (store, _):
            round_ = store.rounds.by_key(KEY)
            for centre in (CENTRE, "Center Syd"):
                store.report_stages.keep(
                    round_.id, centre, ReportStage(state=state, reply_by=town.now.date())
                )
            store.trail.add("test", actor_id=None, at=town.now)

    def test_a_leader_is_told_of_the_own_centre_from_publication_until_it_is_recorded(self, closed):
        def told(who):
            with closed.acting(who) as (store, actor):
                return meetings.not_read_yet(store, actor)

        assert told("leder") == frozenset()
        self.becomes(closed, ReportState.WITH_LEADER)
        assert told("leder") == frozenset()
        self.becomes(closed, ReportState.PUBLISHED)
        assert told("leder") == {(KEY, CENTRE)}
        assert told(None) == frozenset()
        record(closed)
        assert told("leder") == frozenset()


class TestWords:
    @pytest.mark.parametrize(
        ("changes", "danish", "english"),
        [
            ({"staff": 0}, "Leder", "Leader"),
            ({"staff": 1}, "Leder og 1 medarbejder", "Leader and 1 member of staff"),
            (
                {"employee_representative": True, "safety_representative": True, "staff": 1200},
                "Leder, tillidsrepræsentant (TR), arbejdsmiljørepræsentant (AMR) og 1.200 medarbejdere",
                "Leader, employee representative, safety representative, and 1,200 members of staff",
            ),
            ({"leader": False, "staff": 12}, "12 medarbejdere", "12 members of staff"),
        ],
    )
    def test_who_took_part(self, changes, danish, english):
        assert took_part(meeting(**changes), Wording("da")) == danish
        assert took_part(meeting(**changes), Wording("en")) == english


def pages(report_, language="da"):
    made_ = PdfReader(BytesIO(centre_pdf(report_, Wording(language))))
    return [" ".join(page.extract_text().replace("\u00a0", " ").split()) for page in made_.pages]


def page_of(printed, heading):
    """The last page that names a heading: the first is the table of contents."""
    return next(number for number in range(len(printed) - 1, -1, -1) if heading in printed[number])


class TestPaper:
    @pytest.mark.parametrize(
        "report_", [values.centre_report(), values.small_report()], ids=["full", "small"]
    )
    def test_a_page_to_fill_in_by_hand_stands_before_the_appendices(self, report_):
        printed = pages(report_)
        at = page_of(printed, "Gennemgang i afsnittet")
        for said in ("Dag", "Leder", "Tillidsrepræsentant (TR)", "medarbejdere (antal)", "Det aftalte vi"):
            assert said in printed[at]
        assert "Det blev vi ikke enige om" in printed[at], "the form is on one page"
        assert page_of(printed, "Bilag A. Udtrukne sager") >= at

    @pytest.mark.parametrize("language", ["da", "en"])
    def test_it_fits_where_it_is_begun_and_has_no_more_lines_than_the_page(self, language):
        lettering.register()
        form = _Form(Desk(Wording(language)))
        form.canv = None
        heights = [form.wrap(FULL, room)[1] for room in (FORM_ROOM - HEADING, 350, 700)]
        assert heights[0] <= FORM_ROOM - HEADING
        assert heights == sorted(set(heights)), "the more room, the more lines"
        assert heights[-1] == form.wrap(FULL, 500)[1], "the appendices have what more lines would not use"

    def test_what_is_recorded_takes_the_place_of_the_form(self):
        told = meeting(agreed="Ny skabelon.\n\nFælles læsning & <drøftelse>.", not_agreed="Intet")
        printed = pages(values.centre_report(meeting=told))
        page = printed[page_of(printed, "Gennemgang i afsnittet")]
        for said in (
            "22. november 2026",
            "Leder og 7 medarbejdere",
            "Ny skabelon.",
            "& <drøftelse>",
            "Intet",
        ):
            assert said in page
        assert "Udfyld siden på mødet" not in " ".join(printed)

    def test_in_english(self):
        assert "Reading in the section" in " ".join(pages(values.small_report(), "en"))

    def test_texts_of_full_length_are_printed_whole(self):
        long = "Tiltag og frist. " * (LONGEST // 17)
        printed = " ".join(pages(values.small_report(meeting=meeting(agreed=long, not_agreed=f"{long}Slut"))))
        assert "Slut" in printed

    def test_the_same_bytes_again(self):
        report_ = values.small_report(meeting=meeting())
        assert centre_pdf(report_, Wording("da")) == centre_pdf(report_, Wording("da"))


class TestPackage:
    def test_it_is_a_row_of_its_own_and_the_package_is_the_same_again(self, closed):
        record(closed, not_agreed="Intet")
        content = made(closed)
        assert content == made(closed)
        text = files_in(content)["data/moeder.csv"].decode("utf-8-sig")
        [row] = csv.DictReader(StringIO(text, newline=""), delimiter=";")
        assert row == {
            "center": CENTRE,
            "dag": closed.now.date().isoformat(),
            "leder": "ja",
            "tillidsrepraesentant": "nej",
            "arbejdsmiljoerepraesentant": "nej",
            "medarbejdere": "7",
            "aftalt": "Ny skabelon.",
            "ikke_aftalt": "Intet",
        }

    def test_without_a_meeting_the_table_is_empty(self, closed):
        files = files_in(archiving.package(archived(closed), reader()))
        assert len(files["data/moeder.csv"].splitlines()) == 1
