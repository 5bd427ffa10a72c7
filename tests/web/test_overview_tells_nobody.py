"""All that leaves the centres in an overview, in every format together, tells one centre's result to nobody.

Page, PDF, CSV and JSON are made from the overview's value and nothing else. What the tables below list is that value,
whole: two rounds that are told in the same value are told in the same bytes.
"""

from collections import defaultdict
from dataclasses import replace
from datetime import UTC, datetime
from functools import cache
from itertools import permutations, product

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from small_round import CHECKLIST
from tiny_overviews import in_order, tiny_overview

from lirk.domain.development import PublishedRound, development
from lirk.domain.overview_values import Overview
from lirk.domain.people import Person, Role
from lirk.domain.rounds import Round, RoundState
from lirk.domain.years import YearlyPaper, YearlyText, yearly_paper
from lirk.reports.data_files import overview_csv, overview_json
from lirk.reports.overview_pdf import overview_pdf
from lirk.reports.yearly_files import yearly_csv, yearly_json
from lirk.reports.yearly_paper_pdf import yearly_paper_pdf
from lirk.services.checklists import parse
from lirk.wording import Wording
from web.frame import frame_of
from web.pages.overviews import OverviewPage
from web.pages.years import PaperPage
from web.templating import environment, render

DANISH = Wording("da")
NOW = datetime(2026, 11, 22, tzinfo=UTC)
ROUND = Round(
    id=1, key="2026-2", title="2. runde 2026", state=RoundState.CLOSED, created_at=NOW, closed_at=NOW
)
CHIEF = Person(id=1, username="chef", name="Chef", roles=frozenset({Role.CHIEF_GROUP}))
#: One theme of two items, as the tiny overviews have it.
ASKED = (parse(CHECKLIST.replace('id = "breve"', 'id = "law"', 1)),)


@cache
def templates():
    return environment("da")


def page_of(value: Overview) -> bytes:
    frame = frame_of(
        None, DANISH, path="/overview", municipality="Eksempel Kommune", receipt=None, expires_at=None
    )
    context = {"errors": (), "frame": frame, "csrf": str, "csrf_token": str}
    page = OverviewPage.of(value, (ROUND,), CHIEF, DANISH)
    return str(render(templates(), "overviews/overview.html", {"page": page, **context})).encode()


def files_of(value: Overview) -> tuple[bytes, ...]:
    return (page_of(value), overview_csv(value, DANISH), overview_json(value))


def paper_of(value: Overview) -> YearlyPaper:
    return yearly_paper(
        municipality="Eksempel", year=2026, overviews=[value], text=YearlyText(), figures={}, centres=()
    )


def paper_files_of(value: Overview) -> tuple[bytes, ...]:
    paper = paper_of(value)
    frame = frame_of(
        None, DANISH, path="/years/2026", municipality="Eksempel Kommune", receipt=None, expires_at=None
    )
    context = {"errors": (), "frame": frame, "csrf": str, "csrf_token": str}
    page = render(templates(), "years/paper.html", {"page": PaperPage.of(paper, CHIEF, DANISH), **context})
    return str(page).encode(), yearly_csv(paper, DANISH), yearly_json(paper)


def after(before: Overview, now: Overview) -> Overview:
    """The overview of the later of two rounds, with the earlier beside it."""
    rounds = [
        PublishedRound(title=title, checklists=ASKED, themes=one.themes)
        for title, one in (("1. runde 2026", before), ("2. runde 2026", now))
    ]
    return replace(now, development=development(rounds), learnt="Vi lærte.", next_steps="Vi retter.")


#: The cases of each of six centres in two rounds, and their sizes.
CASES = 8
results = st.lists(st.integers(0, CASES), min_size=6, max_size=6)
sizes = st.lists(st.sampled_from([20, 300]), min_size=6, max_size=6)


@st.composite
def swapped(draw):
    """Two rounds of six centres, and the same with the results of centres of one size swapped in each."""
    alike = draw(sizes)
    rounds = [draw(results), draw(results)]
    return alike, rounds, [_swapped(draw, hits, alike) for hits in rounds]


def _swapped(draw, hits, alike):
    moved = list(hits)
    for size in set(alike):
        places = [place for place, one in enumerate(alike) if one == size]
        for place, other in zip(places, draw(st.permutations(places)), strict=True):
            moved[place] = hits[other]
    return moved


def told(alike, rounds):
    before, now = (tiny_overview([in_order(hit, CASES) for hit in hits], alike) for hits in rounds)
    return after(before, now)


class TestCentresOfOneSizeMaySwapTheirResults:
    @settings(max_examples=20, deadline=None)
    @given(swapped())
    def test_every_byte_of_page_csv_and_json_stays(self, drawn):
        alike, rounds, others = drawn
        assert files_of(told(alike, rounds)) == files_of(told(alike, others))

    @settings(max_examples=3, deadline=None)
    @given(swapped())
    def test_every_byte_of_the_pdf_stays(self, drawn):
        alike, rounds, others = drawn
        assert overview_pdf(told(alike, rounds), DANISH) == overview_pdf(told(alike, others), DANISH)

    def test_the_development_is_among_it(self):
        value = told([20] * 6, [[3] * 6, [5] * 6])
        assert value.development
        assert all(b"1. runde 2026" in content for content in files_of(value))


def alike_in(rounds):
    """Every possible round by all that is told of it."""
    found = defaultdict(list)
    for hits, value in rounds:
        found[value].append(hits)
    return found


def every(centres, cases, populations=()):
    """Each possible count of cases in order in each centre, with the overview of it."""
    for hits in product(range(cases + 1), repeat=centres):
        yield hits, tiny_overview([in_order(hit, cases) for hit in hits], populations)


class TestFewerThanFiveCentres:
    """Participation and words: whatever the results, every byte of every format and of the annual paper is the same."""

    @pytest.mark.parametrize("centres", [1, 2, 4])
    def test_no_result_shows_anywhere(self, centres):
        some, others = (
            tiny_overview([in_order(hits, CASES) for hits in given_[:centres]])
            for given_ in ((0, 3, 8, 5), (8, 1, 0, 2))
        )
        for of in (files_of, paper_files_of):
            assert of(some) == of(others)
        for pdf in (overview_pdf, lambda one, words: yearly_paper_pdf(paper_of(one), words)):
            assert pdf(some, DANISH) == pdf(others, DANISH)

    def test_it_is_not_said_that_nothing_is_shared(self):
        """Every centre has the finding."""
        few, enough = (tiny_overview([in_order(0, CASES)] * centres) for centres in (4, 5))
        assert enough.recurring
        told = page_of(few).decode()
        assert "nævnes kun, når mindst fem centre er målt" in told
        assert "Her nævnes ingen fund." not in told


class TestWithOnesOwnReportInHand:
    @pytest.mark.parametrize(
        ("centres", "cases", "populations"),
        [
            pytest.param(5, 3, (), id="five of one size"),
            pytest.param(5, 2, (50, 40, 30, 20, 10), id="five sizes"),
            pytest.param(5, 3, (900, 10, 10, 10, 10), id="five, one nearly all"),
            pytest.param(6, 2, (), id="six of one size"),
            pytest.param(6, 2, (90, 10, 10, 10, 10, 10), id="six, one large"),
            pytest.param(7, 1, (), id="seven with one case each"),
            pytest.param(7, 2, (70, 60, 50, 40, 30, 20, 10), id="seven sizes"),
        ],
    )
    def test_two_counts_remain_for_every_other_centre(self, centres, cases, populations):
        for results_ in alike_in(every(centres, cases, populations)).values():
            for reader, other in permutations(range(centres), 2):
                left = defaultdict(set)
                for hits in results_:
                    left[hits[reader]].add(hits[other])
                assert all(len(counts) >= 2 for counts in left.values())

    @pytest.mark.parametrize(
        ("cases", "populations"),
        [
            pytest.param((2, 2, 3, 3, 2), (414, 10, 10, 10, 26), id="one nearly all"),
            pytest.param((3, 3, 2, 2, 2), (10, 10, 10, 10, 10), id="alike"),
            pytest.param((2, 3, 3, 3, 3), (6000, 25, 20, 15, 15), id="one nearly all, with two cases"),
        ],
    )
    def test_two_counts_remain_where_centres_read_more_and_fewer_cases(self, cases, populations):
        """Here a list of shared findings would tell, if it were not left out beside what is withheld."""
        rounds = (
            (hits, tiny_overview([in_order(*one) for one in zip(hits, cases, strict=True)], populations))
            for hits in product(*(range(count + 1) for count in cases))
        )
        for results_ in alike_in(rounds).values():
            for reader, other in permutations(range(len(cases)), 2):
                left = defaultdict(set)
                for hits in results_:
                    left[hits[reader]].add(hits[other])
                assert all(len(counts) >= 2 for counts in left.values())

    @pytest.mark.parametrize("centres", [5, 6])
    def test_two_counts_remain_at_every_item(self, centres):
        """A theme of two items; the reader knows the own case's answer to each."""
        answers = list(product((True, False), repeat=2))
        rounds = (
            (given_, tiny_overview([[case] for case in given_]))
            for given_ in product(answers, repeat=centres)
        )
        for results_ in alike_in(rounds).values():
            for reader, other, item in product(range(centres), range(centres), range(2)):
                left = defaultdict(set)
                for given_ in results_:
                    left[given_[reader]].add(given_[other][item])
                assert reader == other or all(len(counts) == 2 for counts in left.values())

    def test_two_counts_remain_in_each_of_two_rounds_that_stand_beside_each_other(self):
        """The overview of the later round tells of both; the reader has the own report of both."""
        classes = list(alike_in(every(5, 2, (50, 40, 30, 20, 10))).items())
        together = defaultdict(list)
        for (before, then), (now, hits) in product(classes, repeat=2):
            together[after(before, now)].append((then, hits))
        assert any(value.development for value in together)
        for pairs in together.values():
            for reader, other in permutations(range(5), 2):
                earlier, later = defaultdict(set), defaultdict(set)
                for then, hits in pairs:
                    owns = {one[reader] for one in then}, {one[reader] for one in hits}
                    for own in product(*owns):
                        earlier[own] |= {one[other] for one in then if one[reader] == own[0]}
                        later[own] |= {one[other] for one in hits if one[reader] == own[1]}
                assert all(len(counts) >= 2 for left in (earlier, later) for counts in left.values())
