"""Which centres a year is made of: the rule step by step, and what the store knows of it on both databases."""

from datetime import UTC, datetime, timedelta

import pytest
from small_round import under_way

from lirk.domain.year_centres import CentreStep, Step, YearCentres, centres_of_year
from lirk.domain.years import FIELDS
from lirk.errors import NotFound
from lirk.services import centres, overview_texts, years
from lirk.services.overview_texts import OverviewText
from lirk.services.reports import Reader
from lirk.wording import Wording

READER = Reader(municipality="Sydfjord Kommune", words=Wording("da"))
FIVE = ("A", "B", "C", "D", "E")


def step(at, kind, centre, *, month=1, **more):
    return CentreStep(at=datetime(at, month, 15, tzinfo=UTC), step=kind, centre=centre, **more)


def added(year, *names, month=1):
    return [step(year, Step.ADDED, name, month=month) for name in names]


def entered(at, year, *names, month=2):
    return [step(at, Step.ENTERED, name, month=month, year=year) for name in names]


def names_of(year, *steps, unknown=()):
    return "".join(sorted(centres_of_year(year, steps, unknown=unknown).names))


class TestCentresOfYear:
    @pytest.mark.parametrize(
        ("year", "names"),
        [
            pytest.param(2019, "AB", id="before any was known: those of the first year"),
            pytest.param(2020, "AB", id="the first year"),
            pytest.param(2021, "AB", id="a later one is not among them"),
            pytest.param(2022, "ABC", id="the year in which it came"),
            pytest.param(2023, "ABC", id="the year in which another was closed"),
            pytest.param(2024, "AC", id="the year after that"),
            pytest.param(2025, "ABC", id="the year in which it was opened again"),
        ],
    )
    def test_those_that_were_there(self, year, names):
        steps = [
            *added(2020, "A", "B"),
            *added(2022, "C", month=12),
            step(2023, Step.CLOSED, "B"),
            step(2025, Step.OPENED, "B", month=12),
        ]
        assert names_of(year, *steps) == names

    def test_a_closed_one_that_a_round_measured(self):
        steps = [*added(2020, "A"), step(2021, Step.CLOSED, "A"), step(2022, Step.MEASURED, "A")]
        assert [names_of(year, *steps) for year in (2022, 2023)] == ["A", ""]

    def test_one_that_a_round_brought_stays(self):
        steps = [*added(2020, "A"), step(2021, Step.MEASURED, "B")]
        assert [names_of(year, *steps) for year in (2020, 2021, 2022)] == ["A", "AB", "AB"]

    def test_a_new_name(self):
        steps = [*added(2020, "A"), step(2022, Step.RENAMED, "A", new="Z"), *added(2023, "A")]
        assert [names_of(year, *steps) for year in (2020, 2021, 2022, 2023)] == ["Z", "Z", "Z", "AZ"]

    def test_of_one_without_a_step_nobody_knows_when_it_came(self):
        assert names_of(2005, *added(2020, "A"), unknown=("A", "Q")) == "AQ"

    def test_none(self):
        assert centres_of_year(2026, []) == YearCentres(names=frozenset(), settled=False)


class TestSettled:
    def test_when_all_are_entered_nobody_comes_to_it(self):
        """From the sum before and the sum after, the figures of the one that came could be told."""
        steps = [*added(2026, *FIVE), *entered(2026, 2026, *FIVE), *added(2026, "F", month=9)]
        assert centres_of_year(2026, steps) == YearCentres(names=frozenset(FIVE), settled=True)
        assert names_of(2027, *steps) == "ABCDEF"

    def test_not_before_the_last(self):
        steps = [*added(2026, *FIVE), *entered(2026, 2026, *FIVE[:4]), *added(2026, "F", month=9)]
        assert centres_of_year(2026, steps) == YearCentres(names=frozenset("ABCDEF"), settled=False)

    def test_not_with_so_few_that_nothing_is_shown(self):
        steps = [*added(2026, *"ABCD"), *entered(2026, 2026, *"ABCD"), *added(2026, "E", month=9)]
        assert centres_of_year(2026, steps) == YearCentres(names=frozenset(FIVE), settled=False)

    def test_the_figures_of_another_year_settle_nothing(self):
        steps = [*added(2025, *FIVE), *entered(2026, 2025, *FIVE), *added(2026, "F", month=9)]
        assert names_of(2026, *steps) == "ABCDEF"

    def test_a_new_name_is_the_same_centre(self):
        renamed = step(2026, Step.RENAMED, "A", new="Z", month=3)
        steps = [*added(2026, *FIVE), *entered(2026, 2026, *FIVE), renamed]
        assert names_of(2026, *steps) == "BCDEZ"
        before = [*added(2026, *FIVE), *entered(2026, 2026, *FIVE[:2]), renamed]
        assert centres_of_year(2026, [*before, *entered(2026, 2026, *"CDE", month=4)]).settled


@pytest.fixture
def town(database, tmp_path, now):
    """A municipality of four centres, three with cases, and a closed round."""
    made = under_way(database, tmp_path, now, "anne")
    made.answer("anne", value="yes")
    made.close()
    return made


def later(town, days=1):
    return town.now + timedelta(days=days)


def change(town, do, *given, now=None, **named):
    with town.acting() as (store, actor):
        return do(store, actor, *given, now=now or town.now, **named)


def listed(town, year=2026):
    found = change(town, years.centres_to_enter, year, now=later(town, 800))
    return [one.centre for one in found.lines]


def enter(town, *addresses, received="3", version=0, year=2026):
    typed = {**dict.fromkeys(FIELDS, "3"), "received": received}
    for address in addresses:
        change(town, years.enter_figures, year, address, typed, version=version)


def paper(town, year=2026):
    with town.acting() as (store, actor):
        return years.paper(store, actor, year, reader=READER, now=later(town, 800))


ALL = ("center-nord", "center-syd", "center-vest", "center-oest")


class TestFromTheStore:
    def test_a_centre_that_is_closed_can_still_be_entered(self, town):
        change(town, centres.set_centre_active, "Center Nord", active=False)
        assert "Center Nord" in listed(town)
        enter(town, "center-nord")
        assert paper(town).entered == 1

    def test_a_centre_that_comes_later_leaves_the_old_year_as_it_was(self, town):
        change(town, centres.add_centre, "Center Midt")
        enter(town, *ALL, "center-midt")
        before = paper(town)
        change(town, centres.add_centre, "Center Ny", now=later(town))
        change(town, centres.add_centre, "Center Nyere", now=later(town, 400))
        assert before.complaints is not None
        assert paper(town) == before
        assert len(listed(town)) == 5
        with pytest.raises(NotFound):
            enter(town, "center-ny")

    def test_until_then_one_that_came_in_the_year_belongs_to_it(self, town):
        change(town, centres.add_centre, "Center Midt", now=later(town))
        change(town, centres.add_centre, "Center Ny", now=later(town, 400))
        assert set(listed(town)) - {"Center Midt"} == {
            "Center Nord",
            "Center Syd",
            "Center Vest",
            "Center Øst",
        }
        assert len(listed(town, 2027)) == 6

    def test_a_renamed_centre_stays(self, town):
        change(town, centres.add_centre, "Center Midt")
        enter(town, "center-midt")
        change(town, centres.rename_centre, "Center Midt", "Center Mellem")
        assert "Center Mellem" in listed(town)
        assert paper(town).entered == 1

    def test_the_days_of_the_overviews_texts_count(self, town):
        written = later(town, 40)
        said = OverviewText(learnt="Brevene er lange.")
        change(town, overview_texts.write_overview_text, "2026-1", said, now=written)
        assert paper(town).as_of == written.date()
        assert paper(town, 2025).as_of is None
