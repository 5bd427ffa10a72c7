"""Who reads which case: even, repeatable, and nobody their own."""

from collections import Counter

import pytest
from hypothesis import given
from hypothesis import strategies as st
from stored import case

from lirk.domain.assignment import (
    Limits,
    NobodyMayRead,
    NoReviewers,
    NotAReviewer,
    assign,
    is_disqualified,
    may_read,
)
from lirk.domain.people import Person, Role

CENTRES = ("Center Nord", "Center Syd", "Center Øst")


def a_reviewer(number, **changes):
    usual = {"roles": frozenset({Role.REVIEWER})}
    return Person(number, f"r{number}", f"R{number}", **{**usual, **changes})


def a_case(number, **fields):
    made = case(1, 1, f"26/{number:03}", number=number, **fields)
    return type(made)(**{**{name: getattr(made, name) for name in made.__slots__}, "id": 100 + number})


class TestIsDisqualified:
    @pytest.mark.parametrize(
        ("person", "fields", "expected"),
        [
            pytest.param({}, {}, False, id="a stranger to the case"),
            pytest.param({"caseworker_hash": "a"}, {"caseworker_hash": "a"}, True, id="handled it"),
            pytest.param({"caseworker_hash": "a"}, {"caseworker_hash": "b"}, False, id="another handled it"),
            pytest.param({"caseworker_hash": "a"}, {}, False, id="nobody is known to have handled it"),
            pytest.param({}, {"caseworker_hash": "a"}, False, id="never a caseworker"),
            pytest.param(
                {"roles": {Role.REVIEWER, Role.CENTRE_LEADER}, "centres": {"Center Nord"}},
                {},
                True,
                id="leads the centre",
            ),
            pytest.param(
                {"roles": {Role.REVIEWER, Role.CENTRE_LEADER}, "centres": {"Center Syd"}},
                {},
                False,
                id="leads another centre",
            ),
            pytest.param(
                {"roles": {Role.REVIEWER, Role.CONTACT_PERSON}, "centres": {"Center Nord"}},
                {},
                False,
                id="contact person there",
            ),
        ],
    )
    def test_each(self, person, fields, expected):
        sets = {name: frozenset(value) if isinstance(value, set) else value for name, value in person.items()}
        assert is_disqualified(a_reviewer(1, **sets), a_case(1, **fields)) is expected


class TestAssign:
    def test_one_by_one_in_the_order_named(self):
        given_out = assign([a_case(number) for number in range(1, 6)], [a_reviewer(2), a_reviewer(1)])
        assert given_out == {101: 2, 102: 1, 103: 2, 104: 1, 105: 2}

    def test_who_has_cases_already_waits(self):
        given_out = assign([a_case(number) for number in (1, 2, 3)], [a_reviewer(1), a_reviewer(2)], {1: 2})
        assert given_out == {101: 2, 102: 2, 103: 1}

    def test_nobody_their_own(self):
        mine = a_case(1, caseworker_hash="a")
        assert assign([mine], [a_reviewer(1, caseworker_hash="a"), a_reviewer(2)]) == {101: 2}

    def test_no_cases(self):
        assert assign([], [a_reviewer(1)]) == {}

    @pytest.mark.parametrize(
        ("reviewers", "error", "values"),
        [
            pytest.param([], NoReviewers, {}, id="nobody named"),
            pytest.param(
                [a_reviewer(1), a_reviewer(2, roles=frozenset())], NotAReviewer, {"name": "r2"}, id="no role"
            ),
            pytest.param([a_reviewer(1, active=False)], NotAReviewer, {"name": "r1"}, id="inactive"),
            pytest.param(
                [a_reviewer(1, caseworker_hash="a")],
                NobodyMayRead,
                {"number": "1", "centre": "Center Nord"},
                id="only their own",
            ),
        ],
    )
    def test_refused(self, reviewers, error, values):
        with pytest.raises(error) as refused:
            assign([a_case(1, caseworker_hash="a")], reviewers)
        assert refused.value.values == values


hashes = st.sampled_from([None, "a", "b", "c"])
cases = st.lists(st.tuples(st.sampled_from(CENTRES), hashes), max_size=40).map(
    lambda drawn: [
        a_case(n, centre=centre, caseworker_hash=who) for n, (centre, who) in enumerate(drawn, start=1)
    ]
)
reviewers = st.lists(hashes, min_size=1, max_size=5).map(
    lambda drawn: [a_reviewer(number, caseworker_hash=who) for number, who in enumerate(drawn, start=1)]
)


class TestAssignProperties:
    @given(cases, reviewers)
    def test_every_case_once_and_to_nobody_who_handled_it(self, cases, reviewers):
        try:
            given_out = assign(cases, reviewers)
        except NobodyMayRead:
            assert any(all(is_disqualified(one, case) for one in reviewers) for case in cases)
            return
        people = {person.id: person for person in reviewers}
        assert set(given_out) == {case.id for case in cases}
        assert not any(is_disqualified(people[given_out[case.id]], case) for case in cases)

    @given(cases, reviewers)
    def test_the_same_input_the_same_result(self, cases, reviewers):
        try:
            assert assign(cases, reviewers) == assign(list(cases), list(reviewers))
        except NobodyMayRead:
            with pytest.raises(NobodyMayRead):
                assign(cases, reviewers)

    @given(
        st.integers(0, 60),
        st.lists(st.integers(0, 5), min_size=1, max_size=6),
    )
    def test_even_where_everybody_may_read_everything(self, count, loads):
        people = [a_reviewer(number) for number in range(1, len(loads) + 1)]
        load = dict(enumerate(loads, start=1))
        given_out = assign([a_case(number) for number in range(1, count + 1)], people, load)
        total = Counter(load) + Counter(given_out.values())
        receiving = set(given_out.values())
        least = min(total[person.id] for person in people)
        assert all(total[person] <= least + 1 for person in receiving)

    @given(cases, reviewers, st.lists(st.integers(0, 12), min_size=5, max_size=5))
    def test_nobody_over_their_most_and_nothing_left_that_has_room(self, cases, reviewers, most):
        limits = Limits(most={person.id: most[person.id - 1] for person in reviewers})
        try:
            given_out = assign(cases, reviewers, limits=limits)
        except NobodyMayRead:
            return
        total = Counter(given_out.values())
        assert all(total[person] <= limits.most[person] for person in total)
        for waiting in (one for one in cases if one.id not in given_out):
            able = [one for one in reviewers if may_read(one, waiting, limits)]
            assert all(total[one.id] == limits.most[one.id] for one in able)
