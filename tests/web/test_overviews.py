"""The overview as page and files: whoever reads it learns nothing of one centre."""

import re
from dataclasses import replace
from datetime import UTC, datetime
from functools import cache

import pytest
import report_values as values
from hypothesis import given, settings
from hypothesis import strategies as st

from lirk.domain.overviews import overview
from lirk.domain.reports import ChecklistResult, Counts, Overview
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
    page = OverviewPage.of(value, (ROUND,), DANISH)
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
        assert not [one for one in sent if "FROM answer" in one or "drawn_case" in one]
