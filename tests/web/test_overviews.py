"""The overview as page and files: whoever reads it learns nothing of one centre."""

import re
from dataclasses import replace
from datetime import UTC, datetime
from functools import cache

import pytest
import report_values as values
from hypothesis import given, settings
from hypothesis import strategies as st

from lirk.domain.overview_values import (
    ChecklistDevelopment,
    DevelopmentPoint,
    Overview,
    ThemeDevelopment,
)
from lirk.domain.overviews import overview
from lirk.domain.people import Person, Role
from lirk.domain.reports import ChecklistResult, Counts
from lirk.domain.rounds import Round, RoundState
from lirk.reports.data_files import overview_csv, overview_json
from lirk.wording import Wording
from web.frame import frame_of
from web.pages.overviews import OverviewPage
from web.templating import environment, render

DANISH = Wording("da")
CLOSED, OPEN = "2026-1", "2026-2"
ADDRESS = f"/rounds/{CLOSED}/overview"
PARTS = ("", "/pdf", "/csv", "/json")
NOW = datetime(2026, 11, 22, tzinfo=UTC)
ROUND = Round(id=1, key=CLOSED, title="1. runde 2026", state=RoundState.CLOSED, created_at=NOW, closed_at=NOW)


CHIEF = Person(id=1, username="chef", name="Chef", roles=frozenset({Role.CHIEF_GROUP}))


def worse(counts: Counts, by: int) -> Counts:
    moved = min(by, counts.yes)
    return replace(counts, yes=counts.yes - moved, no=counts.no + moved)


def worse_result(result: ChecklistResult, by: int) -> ChecklistResult:
    themes = tuple(
        replace(
            theme,
            counts=worse(theme.counts, by),
            items=tuple(replace(item, counts=worse(item.counts, by)) for item in theme.items),
        )
        for theme in result.themes
    )
    return replace(result, themes=themes)


def overview_of(*results: int) -> Overview:
    """The overview of so many centres of one size; the higher a number, the worse the centre's results."""
    whole = values.centre_report()
    reports = [
        replace(
            whole,
            centre=f"Center {name}",
            checklists=tuple(worse_result(one, by) for one in whole.checklists),
        )
        for name, by in zip("ABCDEFGH", results, strict=False)
    ]
    return overview(
        reports, municipality="Eksempel Kommune", round_=ROUND, issued_on=NOW.date(), method=whole.method
    )


@cache
def templates():
    return environment("da")


def page_of(value: Overview) -> str:
    frame = frame_of(
        None, DANISH, path=ADDRESS, municipality="Eksempel Kommune", receipt=None, expires_at=None
    )
    context = {"errors": (), "frame": frame, "csrf": str, "csrf_token": str}
    page = OverviewPage.of(value, (ROUND,), CHIEF, DANISH)
    return render(templates(), "overviews/overview.html", {"page": page, **context})


class TestNothingOfOneCentre:
    @settings(max_examples=15, deadline=None)
    @given(
        st.lists(st.integers(0, 30), min_size=6, max_size=6).flatmap(
            lambda by: st.tuples(st.just(by), st.permutations(by))
        )
    )
    def test_centres_of_one_size_may_swap_their_results_and_every_byte_stays(self, orders):
        one, other = (overview_of(*order) for order in orders)
        assert page_of(one) == page_of(other)
        assert overview_csv(one, DANISH) == overview_csv(other, DANISH)
        assert overview_json(one) == overview_json(other)

    def test_results_do_show_for_the_municipality_as_a_whole(self):
        assert page_of(overview_of(0, 0, 0, 0, 0)) != page_of(overview_of(30, 30, 30, 30, 30))

    def test_few_centres_are_participation_and_words(self):
        page = page_of(overview_of(0, 30, 0, 30))
        assert "Færre end fem centre er målt." in page
        assert "<svg xmlns" not in page
        assert not re.search(r"\d+\s%", page)

    def test_no_table_can_be_sorted(self):
        page = page_of(overview_of(0, 5, 10, 15, 20))
        assert "aria-sort" not in page
        assert "<button" not in page


class TestRights:
    @pytest.mark.parametrize(
        ("username", "status"),
        [
            ("koordinator", 200),
            ("chef", 200),
            ("leder", 200),
            ("kontakt", 403),
            ("rita", 403),
            ("arkivar", 403),
            ("admin", 403),
        ],
    )
    def test_each_reads_what_the_role_may(self, sign_in, username, status):
        client = sign_in(username)
        assert client.get("/overview").status_code == status
        assert {client.get(ADDRESS + part).status_code for part in PARTS} == {status}

    def test_an_open_round_has_none(self, sign_in):
        assert sign_in("chef").get(f"/rounds/{OPEN}/overview").status_code == 409

    def test_no_such_round(self, sign_in):
        assert sign_in("chef").get("/rounds/2099-1/overview").status_code == 404


class TestPage:
    def test_the_latest_closed_round_is_shown_first(self, sign_in):
        pages = [sign_in("chef").get(path).text for path in ("/overview", ADDRESS)]
        latest, named = (page[page.index("<main") :] for page in pages)
        assert latest == named

    def test_before_any_round_is_closed_it_says_who_acts_next(self, pages, sign_in):
        with pages.database.begin() as store:
            round_ = store.rounds.by_key(CLOSED)
            store.rounds.set_state(round_.id, RoundState.REVIEWING)
            store.trail.add("test", actor_id=None, at=round_.created_at)
        assert "når koordinatoren lukker den første runde" in sign_in("chef").get("/overview").text

    def test_no_id_twice_and_every_place_is_there(self, sign_in):
        page = sign_in("chef").get(ADDRESS).text
        ids = re.findall(r' id="([^"]+)"', page)
        assert len(ids) == len(set(ids))
        assert set(re.findall(r'href="#([^"]+)"', page)) <= set(ids)

    def test_no_case_number_in_page_or_files(self, sign_in):
        client = sign_in("chef")
        for part in ("", "/csv", "/json"):
            assert "26/N" not in client.get(ADDRESS + part).text

    def test_a_kept_overview_reads_no_answers(self, sign_in, statements):
        client = sign_in("chef")
        client.get(ADDRESS)
        with statements() as sent:
            client.get(ADDRESS)
        # How often answers were corrected is asked by centre: a kept overview is made anew after that.
        read = [one for one in sent if "FROM corrected_answer" not in one]
        assert not [one for one in read if "FROM answer" in one or "drawn_case" in one]


class TestTexts:
    TEXT = f"{ADDRESS}/text"

    def test_what_the_coordinator_writes_stands_in_page_and_files(self, sign_in):
        browser = sign_in("koordinator")
        said = {"learnt": "Brevene er lange.", "next_steps": "Skabeloner rettes.", "version": "0"}
        answer = browser.form(self.TEXT, said)
        assert (answer.status_code, answer.headers["location"]) == (303, f"{ADDRESS}#learnt")
        page = browser.get(ADDRESS).text
        assert "Teksterne er gemt og står i overblikket." in page
        for part in ("", "/csv", "/json"):
            found = sign_in("chef").get(ADDRESS + part).text
            assert "Brevene er lange." in found
            assert "Skabeloner rettes." in found

    def test_who_writes_is_said_until_then_and_only_the_coordinator_is_led_there(self, sign_in):
        pages = {who: sign_in(who).get(ADDRESS).text for who in ("koordinator", "chef", "leder")}
        assert all("Koordinatoren skriver her" in page for page in pages.values())
        assert [who for who, page in pages.items() if self.TEXT in page] == ["koordinator"]

    def test_faults_stand_at_their_fields_and_what_was_typed_stays(self, sign_in):
        said = {"learnt": "I center syd gik det skidt.", "next_steps": "010190-1234", "version": "0"}
        answer = sign_in("koordinator").form(self.TEXT, said)
        assert answer.status_code == 422
        assert "Teksten nævner »Center Syd«." in answer.text
        assert 'href="#learnt"' in answer.text
        assert 'href="#next_steps"' in answer.text
        assert "I center syd gik det skidt.</textarea>" in answer.text

    def test_a_second_tab_is_told_and_overwrites_nothing(self, sign_in):
        browser = sign_in("koordinator")
        browser.form(self.TEXT, {"learnt": "Først.", "next_steps": "", "version": "0"})
        answer = browser.form(self.TEXT, {"learnt": "Siden.", "next_steps": "", "version": "0"})
        assert answer.status_code == 409
        assert "Siden.</textarea>" in answer.text
        assert "<p>Først.</p>" in answer.text
        assert 'name="version" value="1"' in answer.text
        assert "Først." in browser.get(ADDRESS).text

    def test_an_open_round_has_none(self, sign_in):
        assert sign_in("koordinator").get(f"/rounds/{OPEN}/overview/text").status_code == 409


class TestDevelopment:
    def test_the_table_stands_with_its_words(self):
        point = DevelopmentPoint(percent=40)
        theme = ThemeDevelopment(number="1", title="Oplysning", points=(point, replace(point, percent=60)))
        beside = ChecklistDevelopment(
            checklist_id=values.LAWFUL, rounds=("1. runde 2025", "1. runde 2026"), themes=(theme,)
        )
        page = page_of(replace(overview_of(0, 5, 10, 15, 20), development=(beside,)))
        assert "1. runde 2025" in page
        assert "Forskellen kan være tilfældig." in page

    def test_without_two_rounds_it_says_what_will_come(self):
        assert "Her kommer kommunens egne runder" in page_of(overview_of(0, 5, 10, 15, 20))
