"""Who reads which case: even in expected time, repeatable, and nobody their own."""

from collections import Counter

import pytest
from hypothesis import given
from hypothesis import strategies as st
from stored import case

from lirk.domain.assignment import (
    Bar,
    Limits,
    Load,
    NobodyMayRead,
    NoReviewers,
    NotAReviewer,
    Piece,
    assign,
    bars,
    check_readable,
    may_read,
    without_reader,
)
from lirk.domain.people import Person, Role
from lirk.domain.reviews import Reading

CENTRES = ("Center Nord", "Center Syd", "Center Øst")
FIRST, SECOND = Reading.FIRST, Reading.SECOND


def a_reviewer(number, **changes):
    usual = {"roles": frozenset({Role.REVIEWER})}
    return Person(number, f"r{number}", f"R{number}", **{**usual, **changes})


def a_case(number, **fields):
    made = case(1, 1, f"26/{number:03}", number=number, **fields)
    return type(made)(**{**{name: getattr(made, name) for name in made.__slots__}, "id": 100 + number})


def a_piece(number, reading=FIRST, minutes=1, **fields):
    return Piece(case=a_case(number, **fields), reading=reading, minutes=minutes)


def firsts(given_out):
    """Who does the first readings, by the case's id."""
    return {case_id: person for (case_id, reading), person in given_out.items() if reading is FIRST}


class TestBars:
    @pytest.mark.parametrize(
        ("person", "fields", "limits", "expected"),
        [
            pytest.param({}, {}, {}, set(), id="a stranger to the case"),
            pytest.param(
                {"caseworker_hash": "a"}, {"caseworker_hash": "a"}, {}, {Bar.HANDLED}, id="handled it"
            ),
            pytest.param(
                {"caseworker_hash": "a"}, {"caseworker_hash": "b"}, {}, set(), id="another handled it"
            ),
            pytest.param({"caseworker_hash": "a"}, {}, {}, set(), id="nobody is known to have handled it"),
            pytest.param({}, {"caseworker_hash": "a"}, {}, set(), id="never a caseworker"),
            pytest.param(
                {"roles": {Role.REVIEWER, Role.CENTRE_LEADER}, "centres": {"Center Nord"}},
                {},
                {},
                {Bar.LEADS},
                id="leads the centre",
            ),
            pytest.param(
                {"roles": {Role.REVIEWER, Role.CENTRE_LEADER}, "centres": {"Center Syd"}},
                {},
                {"own_centre": True},
                set(),
                id="leads another centre",
            ),
            pytest.param(
                {"roles": {Role.REVIEWER, Role.CONTACT_PERSON}, "centres": {"Center Nord"}},
                {},
                {},
                set(),
                id="contact person there",
            ),
            pytest.param(
                {"roles": {Role.REVIEWER, Role.CONTACT_PERSON}, "centres": {"Center Nord"}},
                {},
                {"own_centre": True},
                {Bar.OWN_CENTRE},
                id="contact person there, where the round bars the own centre",
            ),
            pytest.param(
                {"centres": {"Center Nord"}},
                {},
                {"own_centre": True},
                {Bar.OWN_CENTRE},
                id="a reviewer who belongs there",
            ),
            pytest.param(
                {}, {}, {"centres": {1: {"Center Nord"}}}, {Bar.CONFLICT}, id="declared for the centre"
            ),
            pytest.param({}, {}, {"centres": {2: {"Center Nord"}}}, set(), id="declared by another"),
            pytest.param({}, {}, {"cases": {101: {1}}}, {Bar.DISQUALIFIED}, id="said so of the case"),
            pytest.param({}, {}, {"cases": {102: {1}}}, set(), id="said so of another case"),
            pytest.param(
                {}, {}, {"readers": {(101, SECOND): 1}}, {Bar.FIRST_READER}, id="has the other reading"
            ),
            pytest.param({}, {}, {"readers": {(101, FIRST): 1}}, set(), id="has this reading"),
            pytest.param(
                {
                    "roles": {Role.REVIEWER, Role.CENTRE_LEADER},
                    "centres": {"Center Nord"},
                    "caseworker_hash": "a",
                },
                {"caseworker_hash": "a"},
                {"own_centre": True, "centres": {1: {"Center Nord"}}},
                {Bar.HANDLED, Bar.LEADS, Bar.OWN_CENTRE, Bar.CONFLICT},
                id="all that is true",
            ),
        ],
    )
    def test_each(self, person, fields, limits, expected):
        sets = {name: frozenset(value) if isinstance(value, set) else value for name, value in person.items()}
        reader, read, held = a_reviewer(1, **sets), a_case(1, **fields), Limits(**limits)
        assert bars(reader, read, held) == expected
        assert may_read(reader, read, held) is not expected

    def test_a_second_reading_is_not_for_the_first_reader(self):
        limits = Limits(readers={(101, FIRST): 1})
        assert bars(a_reviewer(1), a_case(1), limits, SECOND) == {Bar.FIRST_READER}
        assert may_read(a_reviewer(2), a_case(1), limits, SECOND)


class TestAssign:
    def test_one_by_one_in_the_order_named(self):
        given_out = assign([a_piece(number) for number in range(1, 6)], [a_reviewer(2), a_reviewer(1)])
        assert firsts(given_out) == {101: 2, 102: 1, 103: 2, 104: 1, 105: 2}

    def test_who_has_work_already_waits(self):
        given_out = assign(
            [a_piece(number) for number in (1, 2, 3)], [a_reviewer(1), a_reviewer(2)], {1: Load(2, 2)}
        )
        assert firsts(given_out) == {101: 2, 102: 2, 103: 1}

    def test_minutes_count_and_not_cases(self):
        pieces = [a_piece(1, minutes=60), *(a_piece(number, minutes=20) for number in (2, 3, 4))]
        assert firsts(assign(pieces, [a_reviewer(1), a_reviewer(2)])) == {101: 1, 102: 2, 103: 2, 104: 2}

    def test_what_was_given_first_is_moved_where_only_one_may_read_the_rest(self):
        """Reviewer 2 reads Center Nord only; the cases of Center Syd come last, and all go to reviewer 1."""
        pieces = [
            *(a_piece(number) for number in (1, 2, 3, 4)),
            *(a_piece(number, centre="Center Syd") for number in (5, 6, 7, 8)),
        ]
        limits = Limits(centres={2: {"Center Syd"}})
        total = Counter(assign(pieces, [a_reviewer(1), a_reviewer(2)], limits=limits).values())
        assert total == {1: 4, 2: 4}

    def test_nobody_their_own(self):
        mine = a_piece(1, caseworker_hash="a")
        assert firsts(assign([mine], [a_reviewer(1, caseworker_hash="a"), a_reviewer(2)])) == {101: 2}

    def test_nothing_to_share_out(self):
        assert assign([], [a_reviewer(1)]) == {}

    @pytest.mark.parametrize(
        ("reviewers", "error", "values"),
        [
            pytest.param([], NoReviewers, {}, id="nobody named"),
            pytest.param(
                [a_reviewer(1), a_reviewer(2, roles=frozenset())], NotAReviewer, {"name": "r2"}, id="no role"
            ),
            pytest.param([a_reviewer(1, active=False)], NotAReviewer, {"name": "r1"}, id="inactive"),
        ],
    )
    def test_refused(self, reviewers, error, values):
        with pytest.raises(error) as refused:
            assign([a_piece(1)], reviewers)
        assert refused.value.values == values

    def test_a_case_that_nobody_may_read_is_left_and_told(self):
        pieces = [a_piece(1, caseworker_hash="a"), a_piece(2)]
        only = [a_reviewer(1, caseworker_hash="a")]
        assert firsts(assign(pieces, only)) == {102: 1}
        with pytest.raises(NobodyMayRead) as refused:
            check_readable(without_reader(pieces, only))
        assert refused.value.values == {"number": "1", "centre": "Center Nord"}


class TestSecondReadings:
    def test_by_another_than_the_first_reader(self):
        pieces = [a_piece(1), a_piece(1, SECOND)]
        assert assign(pieces, [a_reviewer(1), a_reviewer(2)]) == {(101, FIRST): 1, (101, SECOND): 2}

    def test_nobody_else_is_there(self):
        assert assign([a_piece(1), a_piece(1, SECOND)], [a_reviewer(1)]) == {(101, FIRST): 1}

    def test_none_for_a_case_without_a_first_reader(self):
        limits = Limits(cases={101: {1, 2}})
        assert assign([a_piece(1), a_piece(1, SECOND)], [a_reviewer(1), a_reviewer(2)], limits=limits) == {}

    def test_a_first_reading_makes_no_room_with_its_own_second_reader(self):
        """One place each: both hold a reading of the case, and neither may take the other's."""
        pieces, limits = [a_piece(1), a_piece(1, SECOND), a_piece(2)], Limits(most={1: 1, 2: 1})
        given_out = assign(pieces, [a_reviewer(1), a_reviewer(2)], limits=limits)
        assert firsts(given_out) == {101: 1, 102: 2}
        assert (101, SECOND) not in given_out


hashes = st.sampled_from([None, "a", "b", "c"])
minutes = st.integers(1, 90)
drawn = st.lists(st.tuples(st.sampled_from(CENTRES), hashes, minutes, st.booleans()), max_size=30).map(
    lambda rows: [
        a_piece(n, reading, long, centre=centre, caseworker_hash=who)
        for reading in (FIRST, SECOND)
        for n, (centre, who, long, twice) in enumerate(rows, start=1)
        if twice or reading is FIRST
    ]
)
reviewers = st.lists(
    st.tuples(hashes, st.frozensets(st.sampled_from(CENTRES), max_size=1)), min_size=1, max_size=5
).map(
    lambda rows: [
        a_reviewer(number, caseworker_hash=who, centres=centres)
        for number, (who, centres) in enumerate(rows, start=1)
    ]
)
limits = st.builds(
    Limits,
    most=st.dictionaries(st.integers(1, 5), st.integers(0, 12)),
    centres=st.dictionaries(st.integers(1, 5), st.frozensets(st.sampled_from(CENTRES), max_size=2)),
    cases=st.dictionaries(st.integers(101, 110), st.frozensets(st.integers(1, 5), max_size=2)),
    own_centre=st.booleans(),
)


class TestAssignProperties:
    @given(drawn, reviewers, limits)
    def test_nobody_barred_ever_gets_a_case_nor_both_readings_of_one(self, pieces, reviewers, limits):
        given_out = assign(pieces, reviewers, limits=limits)
        people, of = {person.id: person for person in reviewers}, {piece.key: piece for piece in pieces}
        for key, person in given_out.items():
            assert not bars(people[person], of[key].case, limits)
            assert given_out.get(of[key].other) != person

    @given(drawn, reviewers, limits)
    def test_nobody_over_their_most_and_no_first_reading_left_that_has_room(self, pieces, reviewers, limits):
        given_out = assign(pieces, reviewers, limits=limits)
        total = Counter(given_out.values())
        assert all(total[person] <= limits.most[person] for person in total if person in limits.most)
        for waiting in (one for one in pieces if one.reading is FIRST and one.key not in given_out):
            able = [one.id for one in reviewers if may_read(one, waiting.case, limits)]
            assert all(one in limits.most and total[one] == limits.most[one] for one in able)

    @given(drawn, reviewers)
    def test_every_first_reading_that_somebody_may_do_is_given(self, pieces, reviewers):
        given_out, left = assign(pieces, reviewers), without_reader(pieces, reviewers)
        wanted = {one.key for one in pieces if one.reading is FIRST} - {one.key for one in left}
        assert set(firsts(given_out)) == {case_id for case_id, _ in wanted}

    @given(drawn, reviewers, limits)
    def test_the_same_input_the_same_result(self, pieces, reviewers, limits):
        assert assign(pieces, reviewers, limits=limits) == assign(
            list(pieces), list(reviewers), limits=limits
        )

    @given(st.lists(minutes, max_size=60), st.integers(1, 6))
    def test_even_where_everybody_may_read_everything(self, long, count):
        people = [a_reviewer(number) for number in range(1, count + 1)]
        pieces = [a_piece(number, minutes=one) for number, one in enumerate(long, start=1)]
        given_out = assign(pieces, people)
        total = {person.id: 0 for person in people}
        for piece in pieces:
            total[given_out[piece.key]] += piece.minutes
        assert max(total.values()) - min(total.values()) <= max(long, default=0)

    @given(drawn, reviewers)
    def test_no_single_move_would_bring_two_reviewers_closer(self, pieces, reviewers):
        given_out = assign(pieces, reviewers)
        total = Counter({person.id: 0 for person in reviewers})
        for piece in pieces:
            if piece.key in given_out:
                total[given_out[piece.key]] += piece.minutes
        for piece in (one for one in pieces if one.key in given_out):
            for other in reviewers:
                if may_read(other, piece.case) and given_out.get(piece.other) != other.id:
                    assert total[given_out[piece.key]] - total[other.id] <= piece.minutes
