"""The year: rules as tables, what is kept on both databases, and a paper that holds nothing of one centre."""

from dataclasses import fields
from datetime import date

import pytest
import report_values as values
from held_types import held_by
from small_round import KEY, under_way

from lirk.domain.alphabet import danish_key
from lirk.domain.overview_values import PooledTheme, RecurringFinding, RoundedLevel
from lirk.domain.people import Role
from lirk.domain.small_numbers import Hidden
from lirk.domain.years import (
    FIELDS,
    LONGEST,
    MOST,
    Complaints,
    MeasuredRound,
    PooledComplaints,
    YearlyFigures,
    YearlyFiguresChanged,
    YearlyFiguresRefused,
    YearlyPaper,
    YearlyText,
    YearlyTextChanged,
    YearUnknown,
    check_year,
    read_complaints,
    reversal_rate,
    yearly_paper,
)
from lirk.errors import NotAllowed, NotFound, ProblemsFound
from lirk.services import reports, years
from lirk.services.reports import Reader
from lirk.wording import Wording

READER = Reader(municipality="Sydfjord Kommune", words=Wording("da"))
DAY = date(2026, 11, 22)
TYPED = dict.fromkeys(FIELDS, "3")


def complaints(**changes):
    return Complaints(**{**dict.fromkeys(FIELDS, 3), **changes})


def entered(*given):
    return {
        f"Center {name}": YearlyFigures(complaints=one, version=1, written_on=DAY)
        for name, one in zip("ABCDEFGHI", given, strict=False)
    }


def paper(*given, **changes):
    figures = entered(*given)
    made = {
        "municipality": "Eksempel Kommune",
        "year": 2026,
        "overviews": [values.overview()],
        "text": YearlyText(),
        "figures": figures,
        "centres": tuple(figures),
    }
    return yearly_paper(**{**made, **changes})


class TestReversalRate:
    def test_as_ankestyrelsen_computes_it(self):
        """Its own example: 19 remitted, 5 changed and 105 upheld are 19 per cent."""
        figures = Complaints(upheld=105, changed=5, remitted=19, dismissed=40)
        assert (figures.reversed, figures.decided) == (24, 129)
        assert round(100 * figures.reversal_rate) == 19

    @pytest.mark.parametrize(
        ("reversed_", "decided", "rate"),
        [
            pytest.param(0, 10, 0.0, id="all upheld"),
            pytest.param(10, 10, 1.0, id="none upheld"),
            pytest.param(0, 0, None, id="nothing decided"),
            pytest.param(Hidden.WITHHELD, 10, None, id="a hidden count"),
            pytest.param(0, Hidden.UNDER_FIVE, None, id="a hidden sum"),
        ],
    )
    def test_none_without_both_counts(self, reversed_, decided, rate):
        assert reversal_rate(reversed_, decided) == rate


class TestReadComplaints:
    def test_what_was_typed(self):
        typed = {name: str(number) for number, name in enumerate(reversed(FIELDS))}
        assert read_complaints(typed) == Complaints(**{name: int(text) for name, text in typed.items()})

    def test_more_may_be_sent_on_than_were_received(self):
        assert read_complaints({**TYPED, "received": "0"}).sent_on == 3

    @pytest.mark.parametrize(
        ("changes", "problems"),
        [
            pytest.param({"received": ""}, [("yearly-figure-missing", "received")], id="nothing"),
            pytest.param({"received": "-1"}, [("yearly-figure-not-whole", "received")], id="negative"),
            pytest.param({"received": "1.5"}, [("yearly-figure-not-whole", "received")], id="not whole"),
            pytest.param({"received": "tre"}, [("yearly-figure-not-whole", "received")], id="a word"),
            pytest.param({"received": "٣"}, [("yearly-figure-not-whole", "received")], id="other digits"),
            pytest.param({"upheld": str(MOST + 1)}, [("yearly-figure-too-large", "upheld")], id="too large"),
            pytest.param({"upheld": "9" * 5000}, [("yearly-figure-too-large", "upheld")], id="far too large"),
            pytest.param(
                {"sent_on_late": "4"},
                [("yearly-late-exceeds-sent", "sent_on_late")],
                id="more late than sent",
            ),
            pytest.param(
                {"received": "", "sent_on": "x", "sent_on_late": "9", "dismissed": "100001"},
                [
                    ("yearly-figure-missing", "received"),
                    ("yearly-figure-not-whole", "sent_on"),
                    ("yearly-figure-too-large", "dismissed"),
                ],
                id="all at once",
            ),
        ],
    )
    def test_refused(self, changes, problems):
        with pytest.raises(YearlyFiguresRefused) as refused:
            read_complaints({**TYPED, **changes})
        assert [(one.code, one.column) for one in refused.value.problems] == problems

    def test_the_most_is_not_too_large(self):
        assert read_complaints({**TYPED, "received": str(MOST)}).received == MOST


class TestCheckYear:
    @pytest.mark.parametrize("year", [1999, 2027, 0, -1, 10**12])
    def test_refused(self, year):
        with pytest.raises(YearUnknown):
            check_year(year, today=DAY)

    @pytest.mark.parametrize("year", [2000, 2026])
    def test_from_2000_to_this_year(self, year):
        assert check_year(year, today=DAY) == year


class TestPaper:
    def test_of_five_centres_the_figures_are_pooled(self):
        assert paper(*[complaints()] * 5).complaints.received == 15

    @pytest.mark.parametrize("count", [0, 1, 4])
    def test_of_fewer_they_are_withheld(self, count):
        value = paper(*[complaints()] * count)
        assert (value.complaints, value.entered, value.missing) == (None, count, 0)

    def test_until_all_centres_are_there_they_are_withheld(self):
        """From the sum before and the sum after, the figures of the centre that came last could be told."""
        figures = entered(*[complaints()] * 6)
        value = paper(figures=figures, centres=(*figures, "Center X", "Center Y"))
        assert (value.complaints, value.entered, value.missing) == (None, 6, 2)

    def test_rounds_from_their_overviews(self):
        [one] = paper().rounds
        assert (one.title, one.centres, one.reviewed) == ("2. runde 2026", 9, 180)
        assert one.going_well == values.overview().going_well

    def test_as_of_the_last_writing(self):
        text = YearlyText(found="Et.", version=1, written_on=date(2026, 12, 1))
        assert paper(overviews=[]).as_of is None
        assert paper().as_of == DAY
        assert paper(text=text).as_of == date(2026, 12, 1)

    def test_swapping_two_centres_figures_changes_nothing(self):
        given = [complaints(received=place, upheld=2 * place) for place in range(1, 7)]
        assert paper(*given) == paper(given[3], *given[1:3], given[0], *given[4:])


class TestPaperHoldsNothingOfACentre:
    def test_only_these_values_have_a_place_in_it(self):
        held, plain = held_by(YearlyPaper)
        assert held == {
            YearlyPaper,
            MeasuredRound,
            PooledTheme,
            RecurringFinding,
            PooledComplaints,
        }
        assert plain <= {str, int, date, type(None), RoundedLevel, Hidden}

    def test_no_field_names_a_centre(self):
        for value in (YearlyPaper, MeasuredRound, PooledComplaints):
            assert "centre" not in {field.name for field in fields(value)}


@pytest.fixture
def town(database, tmp_path, now):
    """A municipality of four centres, three with cases, and a closed round."""
    made = under_way(database, tmp_path, now, "anne")
    made.answer("anne", value="no", note="Brevet er uklart.")
    made.close()
    return made


def enter(town, *, who=None, year=2026, address="center-nord", version=0, **typed):
    with town.acting(who) as (store, actor):
        return years.enter_figures(
            store, actor, year, address, {**TYPED, **typed}, version=version, now=town.now
        )


def write(town, *, who=None, year=2026, **text):
    with town.acting(who) as (store, actor):
        return years.write_text(store, actor, year, YearlyText(**text), now=town.now)


def read(town, *, who=None, year=2026):
    with town.acting(who) as (store, actor):
        return years.paper(store, actor, year, reader=READER, now=town.now)


def centres_of(town, year=2026):
    with town.acting() as (store, actor):
        listed = years.centres_to_enter(store, actor, year, now=town.now)
        return {one.centre: one.entered for one in listed.lines}


class TestEntering:
    def test_it_is_kept_for_that_centre_and_year(self, town):
        assert enter(town, received="7") == "Center Nord"
        with town.acting() as (store, actor):
            centre, kept = years.figures_at(store, actor, 2026, "center-nord", now=town.now)
            assert (centre, kept.version, kept.complaints) == ("Center Nord", 1, complaints(received=7))
            assert years.figures_at(store, actor, 2026, "center-syd", now=town.now)[1] is None
            assert years.figures_at(store, actor, 2025, "center-nord", now=town.now)[1] is None

    def test_the_list_says_which_are_there_and_no_figure(self, town):
        enter(town)
        listed = centres_of(town)
        assert listed == {"Center Nord": True, "Center Syd": False, "Center Vest": False, "Center Øst": False}
        assert list(listed) == sorted(listed, key=danish_key)

    @pytest.mark.parametrize("version", [0, 2])
    def test_not_over_what_somebody_else_has_written_since(self, town, version):
        enter(town, received="7")
        with pytest.raises(YearlyFiguresChanged) as refused:
            enter(town, received="8", version=version)
        assert refused.value.values == {"centre": "Center Nord"}
        enter(town, received="9", version=1)

    @pytest.mark.parametrize(
        ("changes", "error"),
        [
            pytest.param({"address": "center-ukendt"}, NotFound, id="no such centre"),
            pytest.param({"year": 2027}, YearUnknown, id="a year to come"),
            pytest.param({"received": "x"}, YearlyFiguresRefused, id="no number"),
        ],
    )
    def test_refused(self, town, changes, error):
        with pytest.raises(error):
            enter(town, **changes)
        assert not any(centres_of(town).values())

    def test_the_trail_says_who_and_which_and_no_figure(self, town):
        enter(town)
        entry = town.trail()[-1]
        assert (entry.action, dict(entry.about)) == (
            "yearly-figures-written",
            {"year": 2026, "centre": "Center Nord", "version": 1},
        )


class TestWriting:
    def test_it_stands_in_the_paper(self, town):
        assert write(town, found="Partshøringen glipper.", done="To kurser.").version == 1
        value = read(town)
        assert (value.found, value.done, value.as_of) == ("Partshøringen glipper.", "To kurser.", DAY)

    @pytest.mark.parametrize("version", [0, 2])
    def test_not_over_what_somebody_else_has_written_since(self, town, version):
        write(town, found="Et.")
        with pytest.raises(YearlyTextChanged):
            write(town, found="To.", version=version)
        assert read(town).found == "Et."

    def test_every_field_with_a_fault_is_named_at_once_and_nothing_is_kept(self, town):
        with pytest.raises(ProblemsFound) as refused:
            write(town, found="Sag om 010190-1234 i center nord", done="x" * (LONGEST + 1))
        assert [(one.code, one.column) for one in refused.value.problems] == [
            ("text-looks-like-cpr", "found"),
            ("yearly-text-names-centre", "found"),
            ("text-too-long", "done"),
        ]
        assert read(town).found == ""

    def test_the_trail_never_says_what(self, town):
        write(town, found="Partshøringen glipper.")
        entry = town.trail()[-1]
        assert (entry.action, dict(entry.about)) == ("yearly-text-written", {"year": 2026, "version": 1})


class TestReading:
    def test_rounds_stand_in_the_year_they_were_closed_in(self, town):
        assert [one.title for one in read(town).rounds] == ["1. runde 2026"]
        assert read(town, year=2025).rounds == ()

    def test_a_leader_sees_the_own_centres_figures_and_no_other(self, town):
        town.add("leder", Role.CENTRE_LEADER, centres=["Center Nord"])
        enter(town, received="7")
        enter(town, address="center-syd", received="8")
        with town.acting("leder") as (store, actor):
            [own] = years.own_figures(store, actor, 2026, now=town.now)
        assert (own.centre, own.figures.complaints.received) == ("Center Nord", 7)

    def test_who_may_do_what(self, town):
        everybody = {role: town.add(role, role, centres=["Center Nord"]) for role in Role}

        def those_who_may(do):
            allowed = set()
            for role in everybody:
                try:
                    do(role)
                except (NotAllowed, NotFound):
                    continue
                allowed.add(role)
            return allowed

        def own(role):
            with town.acting(role) as (store, actor):
                years.own_figures(store, actor, 2026, now=town.now)

        def listed(role):
            with town.acting(role) as (store, actor):
                years.years(store, actor, now=town.now)

        readers = {Role.COORDINATOR, Role.CHIEF_GROUP, Role.CENTRE_LEADER}
        assert those_who_may(lambda role: read(town, who=role)) == readers
        assert those_who_may(listed) == readers
        assert those_who_may(own) == {Role.COORDINATOR, Role.CENTRE_LEADER}
        version = iter(range(9))
        assert those_who_may(lambda role: write(town, who=role, version=next(version))) == {Role.COORDINATOR}
        assert those_who_may(lambda role: enter(town, who=role)) == {Role.COORDINATOR}


class TestList:
    def lines(self, town, who=None):
        with town.acting(who) as (store, actor):
            return years.years(store, actor, now=town.now)

    def test_what_is_there_and_what_is_missing(self, town):
        enter(town)
        enter(town, year=2024)
        write(town, year=2023, done="Et kursus.")
        assert [
            (one.year, one.rounds, one.entered, one.missing, one.written) for one in self.lines(town)
        ] == [
            (2026, ("1. runde 2026",), 1, 3, False),
            (2024, (), 1, 3, False),
            (2023, (), 0, 4, True),
        ]

    def test_an_emptied_text_is_no_longer_written(self, town):
        write(town, year=2023, done="Et kursus.")
        write(town, year=2023, version=1)
        assert [one.year for one in self.lines(town)] == [2026]

    def test_the_present_year_is_for_whoever_writes_it(self, database, tmp_path, now):
        town = under_way(database, tmp_path, now)
        town.add("chef", Role.CHIEF_GROUP)
        assert [one.year for one in self.lines(town)] == [2026]
        assert self.lines(town, who="chef") == ()

    def test_reads_no_more_statements_for_more_years(self, town, statements):
        def sent():
            with statements() as collected:
                self.lines(town)
            return len(collected)

        enter(town)
        before = sent()
        for year in range(2001, 2011):
            enter(town, year=year)
        assert sent() == before


def test_what_an_overview_says_is_what_the_paper_says(town):
    with town.acting() as (store, actor):
        overview = reports.overview(store, actor, KEY, reader=READER)
    assert read(town).rounds == (MeasuredRound.of(overview),)
