"""What may be said of a count of all centres, and what whoever has one centre's figures can make of it."""

from itertools import combinations_with_replacement, permutations, product

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from lirk.domain.small_numbers import Hidden, said, said_parts
from lirk.domain.years import FIELDS, Complaints, PooledComplaints

UNDER, WITHHELD = Hidden.UNDER_FIVE, Hidden.WITHHELD


class TestSaid:
    @pytest.mark.parametrize(
        ("counts", "expected"),
        [
            pytest.param((1, 1, 1, 1, 1), 5, id="five"),
            pytest.param((40, 0, 1, 1, 0), 42, id="two beside the largest"),
            pytest.param((0, 0, 0, 0, 0), UNDER, id="none"),
            pytest.param((1, 0, 0, 0, 0), UNDER, id="one"),
            pytest.param((1, 1, 1, 1, 0), UNDER, id="four"),
            pytest.param((3, 1, 0, 0, 0), UNDER, id="three and one"),
            pytest.param((4, 0, 0, 0, 0), WITHHELD, id="four of four"),
            pytest.param((4, 1, 0, 0, 0), WITHHELD, id="four of five"),
            pytest.param((40, 1, 0, 0, 0), WITHHELD, id="one beside the largest"),
            pytest.param((40, 0, 0, 0, 0), WITHHELD, id="all in one place"),
            pytest.param((), UNDER, id="no centre"),
        ],
    )
    def test_at_least_five_and_two_beside_the_largest(self, counts, expected):
        assert said(counts) == expected

    def test_under_five_is_true(self):
        for counts in product(range(6), repeat=4):
            assert said(counts) is not UNDER or sum(counts) < 5


class TestSaidParts:
    @pytest.mark.parametrize(
        ("whole", "parts", "expected"),
        [
            pytest.param(12, [(2, 2, 2), (2, 2, 2)], (6, 6), id="both can be shown"),
            pytest.param(10, [(2, 2, 2), (2, 2, 0)], (WITHHELD, WITHHELD), id="one is too small"),
            pytest.param(16, [(2, 2, 2), (9, 1, 0)], (WITHHELD, WITHHELD), id="one lies in one place"),
            pytest.param(6, [(2, 2, 2), (0, 0, 0)], (WITHHELD, WITHHELD), id="one is zero"),
            pytest.param(WITHHELD, [(2, 2, 2), (2, 2, 2)], (WITHHELD, WITHHELD), id="the sum is not shown"),
        ],
    )
    def test_together_or_not_at_all(self, whole, parts, expected):
        assert said_parts(whole, *parts) == expected


def left_to_a_reader(top, parts, publish):
    """What five centres' results may be, for each centre's own figures and each thing that is said.

    Every result with figures up to ``top`` is tried: the reader's own, and those of the others in any order, for
    what is said does not depend on it. What only the largest figures tried could say is left out: it would have
    larger ones beside it.
    """
    vectors = list(product(range(top + 1), repeat=parts))
    left, inner = {}, set()
    for own in vectors:
        for others in combinations_with_replacement(vectors, 4):
            key = own, publish([own, *others])
            left.setdefault(key, []).append(others)
            if all(count < top for vector in others for count in vector):
                inner.add(key)
    return {key: left[key] for key in left if key in inner}


class TestWithOneCentresFiguresInHand:
    """At least two values remain, of every count that is hidden and of every other centre's."""

    def test_of_a_count_that_stands_alone(self):
        left = left_to_a_reader(9, 1, lambda centres: said([count for (count,) in centres]))
        for (_, published), results in left.items():
            assert len({count for others in results for (count,) in others}) > 1
            assert isinstance(published, int) or len({sum(map(sum, others)) for others in results}) > 1

    def test_of_the_parts_of_a_sum(self):
        def publish(centres):
            whole = said([*map(sum, centres)])
            return whole, said_parts(whole, *zip(*centres, strict=True))

        for (_, (whole, parts)), results in left_to_a_reader(3, 2, publish).items():
            for place in range(2):
                assert len({vector[place] for others in results for vector in others}) > 1
                totals = {sum(vector[place] for vector in others) for others in results}
                assert WITHHELD not in parts or len(totals) > 1
            wholes = {sum(map(sum, others)) for others in results}
            assert isinstance(whole, int) or len(wholes) > 1


class TestWhenOneCentresCountIsCorrected:
    def test_two_values_remain_of_every_other_centres_before_and_after(self):
        """The reader has the paper from before and from after, and knows that one other centre was corrected."""
        top, left = 4, {}
        for own, *others in product(range(top + 1), repeat=5):
            before = said([own, *others])
            for at, count in product(range(4), range(top + 1)):
                after = [*others[:at], count, *others[at + 1 :]]
                key = own, before, said([own, *after])
                for place, pair in enumerate(zip(others, after, strict=True)):
                    left.setdefault((key, place), []).append(pair)
        # What only the largest counts tried could say would have larger ones beside it.
        told = [pairs for pairs in left.values() if any(max(pair) < top for pair in pairs)]
        assert told
        for pairs in told:
            assert all(len(set(values)) > 1 for values in zip(*pairs, strict=True))


@st.composite
def complaints(draw):
    counts = {name: draw(st.integers(0, 12)) for name in FIELDS}
    return Complaints(**{**counts, "sent_on": counts["sent_on"] + counts["sent_on_late"]})


class TestPooled:
    @given(st.lists(complaints(), min_size=5, max_size=7))
    def test_what_is_shown_adds_up_and_is_true(self, centres):
        pooled = PooledComplaints.of(centres)
        for name in PooledComplaints.__dataclass_fields__:
            count = getattr(pooled, name)
            assert not isinstance(count, int) or count == sum(getattr(one, name) for one in centres)

    @given(st.lists(complaints(), min_size=5, max_size=5))
    def test_a_part_is_never_shown_without_what_it_is_part_of_and_the_other_part(self, centres):
        pooled = PooledComplaints.of(centres)

        def shown(name):
            return isinstance(getattr(pooled, name), int)

        assert shown("upheld") == shown("reversed") <= shown("decided")
        assert shown("remitted") == shown("changed_or_annulled") <= shown("reversed")
        assert shown("changed") == shown("annulled") <= shown("changed_or_annulled")
        assert shown("sent_on_late") <= shown("sent_on")
        assert (pooled.reversal_rate is not None) == shown("reversed")

    @given(st.lists(complaints(), min_size=5, max_size=5), st.randoms())
    def test_the_order_of_the_centres_does_not_matter(self, centres, random):
        before = PooledComplaints.of(centres)
        random.shuffle(centres)
        assert PooledComplaints.of(centres) == before


#: The counts that make a centre's figures, as lists that can be changed; the sums follow from them.
CELLS = ("received", "changed_by_centre", "in_time", "late", *FIELDS[4:])


def made(cells):
    received, own, in_time, late, *ends = cells
    return Complaints(
        **dict(zip(FIELDS, (received, own, in_time + late, late, *ends), strict=True)),
    )


def neighbours(others):
    """Other results near this one: a count more or less, or moved to another count, another centre, or both."""
    places = range(len(others))
    for at, cell, by in product(places, range(len(CELLS)), (-1, 1)):
        yield changed(others, (at, cell, by))
        siblings = range(4, 8) if cell in range(4, 8) else {2: (3,), 3: (2,)}.get(cell, ())
        for sibling in siblings:
            yield changed(others, (at, cell, by), (at, sibling, -by))
            for other in places:
                moved = ((at, cell, by), (at, sibling, -by), (other, cell, -by), (other, sibling, by))
                yield changed(others, *moved)
                yield changed(others, (at, cell, by), (other, sibling, -by))
        for other in places:
            yield changed(others, (at, cell, by), (other, cell, -by))
    for one, other in permutations(places, 2):
        swapped = [*others]
        swapped[one], swapped[other] = others[other], others[one]
        yield swapped


def changed(others, *changes):
    new = [list(cells) for cells in others]
    for at, cell, by in changes:
        new[at][cell] += by
    return new


few = st.lists(st.integers(0, 3) | st.sampled_from([0, 4, 5, 6, 20]), min_size=9, max_size=9)


class TestAYearWithOneCentresFiguresInHand:
    """All that is published of a year at once: what is shown, what is not, sums, parts and parts of parts."""

    @settings(max_examples=20, deadline=None)
    @given(few, st.lists(few, min_size=4, max_size=5))
    def test_two_values_remain_of_every_hidden_count_and_of_every_other_centres(self, own, others):
        published = PooledComplaints.of([made(own), *map(made, others)])
        results = [
            [*map(made, near)]
            for near in [others, *neighbours(others)]
            if min(count for cells in near for count in cells) >= 0
            and PooledComplaints.of([made(own), *map(made, near)]) == published
        ]
        for name in PooledComplaints.__dataclass_fields__:
            for at in range(len(others)):
                assert len({getattr(result[at], name) for result in results}) > 1, (name, at)
            if not isinstance(getattr(published, name), int):
                assert len({sum(getattr(one, name) for one in result) for result in results}) > 1, name
