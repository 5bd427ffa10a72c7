from collections import defaultdict
from itertools import combinations, combinations_with_replacement, permutations, product

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from lirk.domain import disclosure
from lirk.domain.disclosure import CentreCount, Listing, published
from lirk.domain.overview_values import RoundedLevel

FEW, NEARLY_ALL, WITHHELD = RoundedLevel.FEW, RoundedLevel.NEARLY_ALL, RoundedLevel.WITHHELD


def centres(hits, assessed, populations, samples=None):
    return [
        CentreCount(population=population, sample=sample, assessed=cases, hits=found)
        for population, sample, cases, found in zip(
            populations, samples or assessed, assessed, hits, strict=True
        )
    ]


def said(hits, assessed=(15,) * 5, populations=(100,) * 5, limit=10):
    return published(centres(hits, assessed, populations), limit=limit)[0]


def counts_left(say, assessed):
    """For each thing said, reader, own count and other centre: the counts that the reader cannot rule out."""
    alike = defaultdict(list)
    for hits in product(*(range(cases + 1) for cases in assessed)):
        alike[say(hits)].append(hits)
    for what, results in alike.items():
        for reader, other in permutations(range(len(assessed)), 2):
            left = defaultdict(set)
            for hits in results:
                left[hits[reader]].add(hits[other])
            for own, counts in left.items():
                yield (what, reader, own, other), counts


class TestPublished:
    @pytest.mark.parametrize(
        ("hits", "value"),
        [
            pytest.param((9, 9, 9, 9, 9), 60, id="45 of 75"),
            pytest.param((10, 10, 9, 9, 9), 65, id="47 of 75 is 62.67"),
            pytest.param((10, 9, 9, 9, 9), 60, id="46 of 75 is 61.3"),
            pytest.param((15, 1, 0, 0, 0), FEW, id="largest sample and one"),
            pytest.param((15, 2, 0, 0, 0), WITHHELD, id="one more"),
            pytest.param((15, 2, 1, 0, 0), 25, id="two more: 18 of 75 is 24"),
            pytest.param((0, 0, 0, 0, 0), FEW, id="none"),
            pytest.param((15, 15, 15, 14, 0), NEARLY_ALL, id="all but largest sample and one"),
            pytest.param((15, 15, 15, 13, 0), WITHHELD, id="one less"),
            pytest.param((15, 15, 14, 13, 0), 75, id="two less: 57 of 75 is 76"),
            pytest.param((15, 15, 15, 15, 15), NEARLY_ALL, id="all"),
        ],
    )
    def test_five_alike_centres_of_15(self, hits, value):
        assert said(hits) == value

    @pytest.mark.parametrize(
        ("populations", "value"),
        [
            pytest.param((100, 100, 100, 100, 100), 40, id="alike: 30 of 75"),
            pytest.param((200, 100, 100, 100, 100), 50, id="10 + 10 of 10 to 60: half"),
            pytest.param((100, 100, 100, 100, 300), 35, id="27 + 9 of 60 + 45 is 34.3"),
        ],
    )
    def test_weighted_by_the_cases_in_the_register(self, populations, value):
        """Hits 15, 4, 4, 4, 3 of 15 each: weighted by N/15."""
        assert said((15, 4, 4, 4, 3), populations=populations) == value

    def test_a_read_case_stands_for_the_cases_of_its_centre(self):
        """Half as many read, each for twice as many: 10 of 10 weigh as 20 of 20."""
        counts = centres((10, 5, 5, 5, 5), (10, 20, 20, 20, 20), (100,) * 5)
        assert published(counts, limit=10)[0] == 40

    def test_cases_that_could_not_be_assessed_leave_the_share_but_not_the_weight(self):
        """N/n = 10 everywhere, 5 of 15 assessed in one centre: 27 of 65 is 41.5."""
        counts = centres((3, 6, 6, 6, 6), (5, 15, 15, 15, 15), (150,) * 5, samples=(15,) * 5)
        assert published(counts, limit=10)[0] == 40

    @pytest.mark.parametrize(
        ("hits", "assessed"),
        [
            pytest.param((5, 5, 5, 5), (15,) * 4, id="four centres"),
            pytest.param((5, 5, 5, 5, 0), (15, 15, 15, 15, 0), id="four centres with assessed cases"),
            pytest.param((1, 1, 1, 0, 0), (2, 2, 2, 2, 1), id="nine cases"),
            pytest.param((9, 1, 1, 1, 1), (15, 3, 3, 3, 3), id="one centre has more than the rest"),
            pytest.param((0, 0, 0, 0, 0), (0,) * 5, id="nothing assessed"),
        ],
    )
    def test_withheld_whatever_the_answers(self, hits, assessed):
        assert said(hits, assessed, (100,) * len(assessed)) is WITHHELD

    def test_no_centres(self):
        assert published([], limit=10) == (WITHHELD, False)

    def test_withheld_where_one_case_moves_the_share_by_more_than_others_can_hide(self):
        """One case of the large centre is 32 points; all other cases together are 4."""
        assert said((2, 9, 9, 9, 9), (3, 15, 15, 15, 15), (9600, 100, 100, 100, 100)) is WITHHELD

    def test_what_rounds_to_nothing_or_all_is_withheld(self):
        """Hits are neither few nor nearly all; a word would tell those of the large centre."""
        assert said((0, 9, 9, 0, 0), (15,) * 5, (90_000, 100, 100, 100, 100)) is WITHHELD
        assert said((15, 6, 6, 15, 15), (15,) * 5, (90_000, 100, 100, 100, 100)) is WITHHELD

    def test_a_large_municipality_gets_a_share(self):
        populations = [8000, 5000, 3000, 2000, 1150, 1150, 600, 220, 100]
        counts = centres([9, 10, 8, 11, 9, 12, 10, 7, 10], [15] * 9, populations)
        assert published(counts, limit=10)[0] == 65

    @settings(deadline=None)
    @given(st.data())
    def test_the_order_of_the_centres_does_not_matter(self, data):
        assessed = data.draw(st.lists(st.integers(0, 9), min_size=5, max_size=7))
        counts = [
            CentreCount(
                population=data.draw(st.integers(10, 5000)),
                sample=9,
                assessed=cases,
                hits=data.draw(st.integers(0, cases)),
            )
            for cases in assessed
        ]
        mixed = data.draw(st.permutations(counts))
        assert published(counts, limit=10) == published(mixed, limit=10)

    @settings(deadline=None)
    @given(st.lists(st.integers(0, 15), min_size=5, max_size=9))
    def test_yes_and_no_are_treated_alike(self, hits):
        """Turning every answer round turns few to nearly all, and a share to what is left; a half goes up."""
        turned = {FEW: NEARLY_ALL, NEARLY_ALL: FEW, WITHHELD: WITHHELD}
        alike = ([15] * len(hits), [100] * len(hits))
        one, other = said(hits, *alike), said([15 - count for count in hits], *alike)
        assert other is turned[one] if one in turned else one + other in (100, 105)


UNLISTED = Listing(several=3, items=1, complete=True)


class TestTwoCountsRemain:
    """Every result of five small centres is published; no reader can tell another centre's count."""

    @pytest.mark.parametrize(
        ("assessed", "populations"),
        [
            pytest.param((2, 2, 2, 2, 2), (10,) * 5, id="two each, alike"),
            pytest.param((3, 3, 3, 3, 3), (10,) * 5, id="three each, alike"),
            pytest.param((3, 3, 3, 3, 3), (50, 40, 30, 20, 10), id="rising"),
            pytest.param((3, 3, 3, 3, 3), (50, 10, 10, 10, 10), id="one large"),
            pytest.param((3, 3, 3, 3, 3), (900, 10, 10, 10, 10), id="one very large"),
            pytest.param((3, 3, 2, 2, 1), (31, 7, 53, 11, 90), id="all different"),
            pytest.param((1, 1, 3, 3, 3), (10, 20, 40, 80, 160), id="few assessed in some"),
            pytest.param((3, 3, 3, 3, 0, 3), (9, 8, 7, 6, 5, 4), id="nothing assessed in one"),
            pytest.param((2, 3, 3, 3, 3), (6000, 25, 20, 15, 15), id="one is nearly all, with two cases"),
            pytest.param((2, 3, 3, 3, 3), (898, 10, 3, 3, 3), id="one is nearly all, the others tiny"),
            pytest.param((1, 3, 3, 3, 3), (3000, 2500, 20, 18, 16), id="two are nearly all"),
            pytest.param((3, 1, 3, 3, 3), (6000, 3000, 20, 20, 15), id="two are nearly all, one with a case"),
        ],
    )
    @pytest.mark.parametrize(
        "limits",
        [
            pytest.param({}, id="listed one by one"),
            pytest.param({"LISTED": 0}, id="too many to list"),
            pytest.param({"LISTED": 0, "BOXED": 32}, id="small boxes"),
            pytest.param({"LISTED": 0, "BOXED": 8, "MOST_BOXED": 3}, id="too many centres for a whole box"),
        ],
    )
    def test_whatever_is_said(self, monkeypatch, assessed, populations, limits):
        for name, value in limits.items():
            monkeypatch.setattr(disclosure, name, value)
        self.two_remain(assessed, populations)

    def two_remain(self, assessed, populations):
        def say(hits):
            return published(centres(hits, assessed, populations, (3,) * len(assessed)), limit=5)[0]

        for view, left in counts_left(say, assessed):
            assert len(left) >= 2 or assessed[view[3]] == 0, view

    @settings(max_examples=40, deadline=None)
    @given(
        st.lists(st.integers(1, 3), min_size=5, max_size=5),
        st.lists(st.integers(3, 30) | st.integers(3, 900) | st.integers(900, 9000), min_size=5, max_size=5),
    )
    def test_whatever_is_said_of_any_five_centres(self, assessed, populations):
        self.two_remain(tuple(assessed), tuple(populations))

    @settings(max_examples=40, deadline=None)
    @given(
        st.lists(st.integers(2, 4), min_size=5, max_size=5),
        st.lists(st.integers(4, 30) | st.integers(4, 900) | st.integers(900, 9000), min_size=5, max_size=5),
        st.sampled_from([20_000, 243, 32]),
    )
    def test_whatever_is_said_of_any_five_centres_where_results_are_too_many_to_list(
        self, assessed, populations, boxed
    ):
        with pytest.MonkeyPatch.context() as patch:
            patch.setattr(disclosure, "LISTED", 0)
            patch.setattr(disclosure, "BOXED", boxed)
            self.two_remain(tuple(assessed), tuple(populations))

    @pytest.mark.parametrize("many", [14, 15, 20, 40])
    def test_any_two_of_many_centres_have_all_pairs_of_values_in_a_box(self, many):
        pool = disclosure.Pool((1,) * many, (9,) * many)
        hits = tuple(1 + at % 8 for at in range(many))
        for box in disclosure._boxes(pool, hits):
            results = box.results()
            assert (results == np.array(hits)[:, None]).all(axis=0).any()
            for one, other in combinations([*range(7), *range(many - 7, many)], 2):
                assert len(np.unique(results[[one, other]], axis=1).T) == 4, (one, other)

    def test_a_share_is_said_of_twenty_centres(self):
        assert said((7,) * 20, (10,) * 20, tuple(range(100, 2100, 100))) == 70

    @pytest.mark.parametrize(("centres_", "most"), [(5, 5), (6, 3), (7, 2)])
    def test_in_words_alone_nothing_stands_alone(self, centres_, most):
        """What is left where percentages would tell: words at the ends, and nothing between them."""
        for assessed in combinations_with_replacement(range(1, most + 1), centres_):
            cases, few = sum(assessed), max(assessed) + 1
            if cases < 2 * few + 1:
                continue

            def say(hits, few=few, cases=cases):
                return (sum(hits) <= few, cases - sum(hits) <= few)

            assert all(len(left) >= 2 for _, left in counts_left(say, assessed)), assessed

    @pytest.mark.parametrize(
        "populations", [pytest.param((10,) * 5, id="alike"), pytest.param((50, 40, 30, 20, 10), id="rising")]
    )
    def test_also_when_a_theme_of_one_item_is_listed_or_not(self, populations):
        assessed = (3,) * 5

        def say(hits):
            touched = sum(found < 3 for found in hits)
            counts = centres(hits, assessed, populations)
            return published(counts, limit=5, listing=UNLISTED, listed=touched >= 3)

        for view, left in counts_left(say, assessed):
            assert len(left) >= 2, view

    def test_something_is_said_all_the_same(self):
        """With five like centres of three cases no percentage is withheld."""
        values = {said(hits, (3,) * 5, limit=5) for hits in product(range(4), repeat=5)}
        assert values == {FEW, NEARLY_ALL, 35, 40, 45, 55, 60, 65}

    def test_withheld_where_one_centre_has_more_than_half_and_results_are_too_many_to_list(self):
        populations = (410, 100, 100, 100, 100)
        assert {said(hits, populations=populations) for hits in ((9,) * 5, (4, 9, 9, 9, 9))} == {WITHHELD}
        assert said((9,) * 5, populations=(390, *populations[1:])) == 60

    def test_nothing_is_listed_beside_what_is_withheld_and_results_are_too_many_to_list(self):
        counts = centres((15, 2, 0, 0, 0), (15,) * 5, (100,) * 5)
        several = Listing(several=3, items=3, complete=True)
        assert published(counts, limit=10, listing=several, listed=True) == (WITHHELD, False)
        more = centres((15, 2, 1, 0, 0), (15,) * 5, (100,) * 5)
        assert published(more, limit=10, listing=several, listed=True) == (25, True)

    def test_nothing_is_listed_where_a_whole_centre_could_be_told_from_that(self):
        """Of two items neither is in three centres: then one centre has none, and there is but one so small."""
        counts = centres((12, 0, 3, 0, 0), (12, 15, 15, 15, 15), (100,) * 5)
        two, four = (Listing(several=3, items=items, complete=True) for items in (2, 4))
        assert published(counts, limit=10, listing=two, listed=True) == (FEW, False)
        assert published(counts, limit=10, listing=four, listed=True) == (FEW, True)

    def test_nothing_is_listed_where_the_reader_s_own_items_tell_of_a_whole_centre(self):
        """Of three items all are in the reader's own; three more places are left for four centres."""
        counts = centres((12, 4, 0, 0, 0), (12, 15, 15, 15, 15), (100,) * 5)
        three = Listing(several=3, items=3, complete=True)
        assert published(counts, limit=10, listing=three, listed=True) == (FEW, False)
        alike = centres((15, 0, 0, 0, 0), (15,) * 5, (100,) * 5)
        assert published(alike, limit=10, listing=three, listed=True) == (FEW, True), (
            "which centre it is stays open"
        )

    def test_nothing_is_listed_where_all_centres_with_cases_must_have_it(self):
        """Twelve were measured and six have cases: with nearly all in order each has one that is not."""
        counts = centres((4,) * 6, (5,) * 6, (100,) * 6)
        six, four = (Listing(several=several, items=2, complete=True) for several in (6, 4))
        assert published(counts, limit=10, listing=six, listed=True) == (NEARLY_ALL, False)
        assert published(counts, limit=10, listing=four, listed=True) == (NEARLY_ALL, True)

    @pytest.mark.parametrize("limits", [{}, {"LISTED": 0}], ids=["listed one by one", "too many to list"])
    def test_one_item_that_cases_fail_beside(self, monkeypatch, limits):
        """With cases that could not be assessed counted as errors, an own error need not be a finding."""
        for name, value in limits.items():
            monkeypatch.setattr(disclosure, name, value)
        listing = Listing(several=3, items=1, complete=False)

        def say(own, hits):
            others = sum(found < 3 for found in hits)
            counts = centres((own, *hits), (3,) * 5, (50, 40, 30, 20, 10))
            return published(counts, limit=5, listing=listing, listed=others >= 3)

        # The reader is the first centre, in which the item was found in no case.
        for own in range(4):
            left = defaultdict(lambda: [set() for _ in range(4)])
            for hits in product(range(4), repeat=4):
                for at, found in enumerate(hits):
                    left[say(own, hits)][at].add(found)
            listed = [others for (_, listed), others in left.items() if listed]
            assert listed
            assert all(len(counts) >= 2 for others in listed for counts in others), own

    @pytest.mark.parametrize("size", range(2, 9))
    @pytest.mark.parametrize("cases", range(1, 31))
    def test_pieces_divide_the_counts_and_none_is_of_one_value(self, cases, size):
        for shift in (0, size // 2):
            self.pieces_divide(cases, size, shift)

    def pieces_divide(self, cases, size, shift):
        pieces = [disclosure._piece(count, cases, size, shift, joined=True) for count in range(cases + 1)]
        assert all(count in piece and len(piece) >= 2 for count, piece in enumerate(pieces))
        assert sorted(value for piece in set(pieces) for value in piece) == list(range(cases + 1))

    @pytest.mark.parametrize(
        ("assessed", "populations"),
        [
            pytest.param((4, 4, 4, 4, 4), (10,) * 5, id="alike"),
            pytest.param((4, 4, 4, 4, 4), (50, 40, 30, 20, 10), id="rising"),
            pytest.param((5, 4, 4, 3, 4), (400, 20, 10, 10, 20), id="one has most"),
        ],
    )
    def test_whatever_is_said_where_results_are_too_many_to_list(self, monkeypatch, assessed, populations):
        """What is withheld does not stand alone either."""
        monkeypatch.setattr(disclosure, "LISTED", 0)

        def say(hits):
            return published(centres(hits, assessed, populations, (5,) * 5), limit=5)[0]

        for view, left in counts_left(say, assessed):
            assert len(left) >= 2, view

    def test_where_results_are_too_many_to_list(self, monkeypatch):
        """The search nearby withholds at least what the list of all results withholds, here."""
        assessed, populations = (3,) * 5, (44, 22, 11, 5, 2)
        every = list(product(range(4), repeat=5))
        listed = [said(hits, assessed, populations, limit=5) for hits in every]
        monkeypatch.setattr(disclosure, "LISTED", 0)
        nearby = [said(hits, assessed, populations, limit=5) for hits in every]
        assert all(near in (value, WITHHELD) for near, value in zip(nearby, listed, strict=True))
