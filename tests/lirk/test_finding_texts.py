"""What the coordinator writes about findings, on both databases."""

import pytest
from small_round import KEY, under_way

from lirk.domain.finding_texts import LONGEST, FindingText, FindingTextChanged, FindingUnknown, with_texts
from lirk.domain.people import Role
from lirk.domain.rounds import RoundNotIn, RoundUnknown
from lirk.errors import NotAllowed, ProblemsFound
from lirk.services import finding_texts, reports
from lirk.services.report_shelf import ReportShelf
from lirk.services.reports import CentreUnknown, Reader
from lirk.wording import Wording

READER = Reader(municipality="Sydfjord Kommune", words=Wording("da"))
CENTRE, PLACE = "Center Nord", ("breve", "clear")


@pytest.fixture
def town(database, tmp_path, now):
    """A round whose cases anne has in hand."""
    return under_way(database, tmp_path, now, "anne")


@pytest.fixture
def closed(town):
    """A closed round in which the first item is a finding in every centre."""
    town.answer("anne", value="no", note="Brevet er uklart.")
    town.close()
    return town


def write(town, *, who=None, centre=CENTRE, key=KEY, place=PLACE, version=0, reader=READER, **said):
    typed = FindingText(checklist_id=place[0], item_id=place[1], version=version, **said)
    with town.acting(who) as (store, actor):
        finding_texts.write_finding_text(store, actor, key, centre, typed, reader=reader, now=town.now)
        return finding_texts.finding_to_write(store, actor, key, centre, *place, reader=reader).text


def read(town, *, who=None, centre=CENTRE, key=KEY, place=PLACE, reader=READER):
    with town.acting(who) as (store, actor):
        return finding_texts.finding_to_write(store, actor, key, centre, *place, reader=reader)


def finding(town, centre=CENTRE, reader=READER):
    with town.acting() as (store, actor):
        return reports.centre_report(store, actor, KEY, centre, reader=reader).finding(*PLACE)


class TestWriting:
    def test_it_stands_in_that_centres_report_only(self, closed):
        write(closed, seen="Brevene er lange.\n\nOg tunge.", examples="Et afslag på tre sider.")
        told = finding(closed)
        assert (told.seen, told.examples) == ("Brevene er lange.\n\nOg tunge.", "Et afslag på tre sider.")
        assert finding(closed, "Center Syd").seen == ""

    def test_every_writing_counts_and_takes_the_place_of_the_one_before(self, closed):
        assert write(closed, seen="Et.").version == 1
        assert write(closed, seen="To.", version=1).version == 2
        assert read(closed).text == FindingText(checklist_id="breve", item_id="clear", seen="To.", version=2)

    @pytest.mark.parametrize("version", [0, 2])
    def test_not_over_what_somebody_else_has_written_since(self, closed, version):
        write(closed, seen="Et.")
        with pytest.raises(FindingTextChanged) as refused:
            write(closed, seen="To.", version=version)
        assert refused.value.values == {"number": 1}
        assert finding(closed).seen == "Et."

    def test_every_field_with_a_fault_is_named_at_once_and_nothing_is_kept(self, closed):
        with pytest.raises(ProblemsFound) as refused:
            write(
                closed, seen="Sag om 010190-1234", recommendation="x" * (LONGEST + 1), examples="0101901234"
            )
        assert [(one.code, one.column) for one in refused.value.problems] == [
            ("text-looks-like-cpr", "seen"),
            ("text-too-long", "recommendation"),
            ("text-looks-like-cpr", "examples"),
        ]
        assert read(closed).text.version == 0

    def test_as_long_as_the_limit_is_not_too_long(self, closed):
        assert len(write(closed, seen="x" * LONGEST).seen) == LONGEST

    @pytest.mark.parametrize(
        ("changes", "error"),
        [
            pytest.param({"place": ("breve", "reason")}, FindingUnknown, id="no such item"),
            pytest.param({"place": ("andet", "clear")}, FindingUnknown, id="no such checklist"),
            pytest.param({"centre": "Center Vest"}, CentreUnknown, id="no report"),
            pytest.param({"key": "2027-1"}, RoundUnknown, id="no round"),
        ],
    )
    def test_only_about_what_is_a_finding(self, closed, changes, error):
        with pytest.raises(error):
            write(closed, seen="Et.", **changes)
        with pytest.raises(error):
            read(closed, **changes)

    def test_not_before_the_round_is_closed(self, town):
        with pytest.raises(RoundNotIn):
            write(town, seen="Et.")

    def test_the_trail_says_who_and_which_and_never_what(self, closed):
        write(closed, seen="Brevene er lange.", recommendation="Kort dem.", examples="Et afslag.")
        entry = closed.trail()[-1]
        assert (entry.action, dict(entry.about)) == (
            "finding-text-written",
            {"round": KEY, "centre": CENTRE, "checklist": "breve", "item": "clear", "version": 1},
        )

    def test_a_report_that_is_kept_shows_a_new_text_at_once(self, closed):
        reader = Reader(municipality="Sydfjord Kommune", words=Wording("da"), shelf=ReportShelf())
        assert finding(closed, reader=reader).seen == ""
        write(closed, seen="Nyt.", reader=reader)
        assert finding(closed, reader=reader).seen == "Nyt."

    def test_the_overview_knows_nothing_of_it(self, closed):
        def overview():
            with closed.acting() as (store, actor):
                return reports.overview(store, actor, KEY, reader=READER)

        before = overview()
        write(closed, seen="Et.", recommendation="To.", examples="Tre.")
        assert overview() == before


class TestReading:
    def test_the_notes_stand_beside_it_by_running_number(self, closed):
        notes = read(closed).notes
        assert [note.number for note in notes] == sorted(
            number for number, case in closed.cases().items() if case.centre == CENTRE
        )
        assert {(note.answer, note.note) for note in notes} == {("Nej", "Brevet er uklart.")}
        assert "26/N" not in repr(notes)

    def test_of_other_centres_there_are_none(self, closed):
        north = {note.number for note in read(closed).notes}
        assert not north & {note.number for note in read(closed, centre="Center Syd").notes}

    def test_only_who_may_write_reads_the_notes(self, closed):
        for role in Role:
            closed.add(role, role, centres=[CENTRE])
            if role is Role.COORDINATOR:
                assert read(closed, who=role).notes
                continue
            with pytest.raises(NotAllowed):
                read(closed, who=role)
            with pytest.raises(NotAllowed):
                write(closed, who=role, seen="Et.")


class TestWithTexts:
    def text(self, **said):
        return {PLACE: FindingText(checklist_id="breve", item_id="clear", version=1, **said)}

    @pytest.fixture
    def report(self, closed):
        with closed.acting() as (store, actor):
            return reports.centre_report(store, actor, KEY, CENTRE, reader=READER)

    def test_an_empty_text_changes_nothing(self, report):
        assert with_texts(report, self.text()) == report

    def test_the_checklists_recommendation_stands_until_another_is_written(self, report):
        item = report.finding(*PLACE).item
        assert with_texts(report, self.text(seen="Et.")).finding(*PLACE).recommendation == item.recommendation
        assert with_texts(report, self.text(recommendation="To.")).finding(*PLACE).recommendation == "To."
