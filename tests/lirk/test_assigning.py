"""Sharing cases out: what is shown is what is done; limits, conflicts, and single cases handed over."""

import pytest
from small_round import KEY, SECRET_KEY, under_way

from lirk.domain.assignment import AssignmentChanged, MayNotRead, NobodyMayRead, NotAReviewer
from lirk.domain.obstacles import Obstacle, ObstacleReason, Settlement
from lirk.domain.people import Role
from lirk.domain.reviews import CaseStatus
from lirk.domain.rounds import RoundNotIn, RoundState
from lirk.domain.settling import CaseNotOpen
from lirk.errors import NotAllowed
from lirk.services import assigning, handing_over, settling
from lirk.services.assignment_page import assignment_page
from lirk.services.people import PersonUnknown, caseworker_hash


@pytest.fixture
def drawn(database, tmp_path, now):
    """A round of eight drawn cases, and three who review."""
    town = under_way(database, tmp_path, now)
    for username in ("anne", "bo", "se"):
        town.add(username)
    return town


def preview(town, *reviewers, who=None, **limits):
    with town.acting(who) as (store, actor):
        return assigning.assignment_preview(store, actor, KEY, reviewers=reviewers, **limits)


def share_out(town, *reviewers, who=None, **limits):
    with town.acting(who) as (store, actor):
        return assigning.assign(store, actor, KEY, reviewers=reviewers, now=town.now, **limits)


def move(town, number, username, who=None):
    with town.acting(who) as (store, actor):
        return handing_over.move_case(store, actor, KEY, number=number, username=username, now=town.now)


def report(town, number, username, reason):
    case_pk = town.cases()[number].id
    with town.acting() as (store, _):
        who = store.people.by_username(username)
        store.obstacles.report(
            Obstacle(
                case_id=case_pk,
                reason=reason,
                note="",
                reported_at=town.now,
                reported_by=who.id,
            )
        )
        store.trail.add("obstacle-reported", actor_id=who.id, at=town.now, round=KEY, number=number)


def given(town):
    """Return the username who has each case, by number."""
    with town.acting() as (store, _):
        names = {one.id: one.username for one in store.people.all()}
    return {
        number: names[one.reviewer_id]
        for number, one in town.reviews().items()
        if one.reviewer_id is not None
    }


class TestPreviewIsWhatIsDone:
    @pytest.mark.parametrize(
        "limits",
        [
            pytest.param({}, id="without limits"),
            pytest.param({"most": {"anne": 2}}, id="one has a maximum"),
            pytest.param({"most": {"anne": 1, "bo": 2}}, id="too little room"),
            pytest.param({"conflicts": {"anne": {"Center Nord"}, "bo": {"Center Syd"}}}, id="conflicts"),
            pytest.param(
                {"most": {"anne": 4, "bo": 4}, "conflicts": {"anne": {"Center Syd"}}}, id="both of them"
            ),
        ],
    )
    def test_who_gets_what(self, drawn, limits):
        shown = preview(drawn, "anne", "bo", **limits)
        done = share_out(drawn, "anne", "bo", shown=shown.digest, **limits)
        assert (done.given, done.shares, done.left) == (shown.given, shown.shares, shown.left)
        assert given(drawn) == dict(shown.given)

    def test_the_preview_keeps_nothing(self, drawn):
        before = drawn.trail()
        preview(drawn, "anne")
        assert (drawn.trail(), drawn.round().state, given(drawn)) == (before, RoundState.DRAWN, {})

    def test_it_is_refused_where_something_happened_meanwhile(self, drawn):
        shown = preview(drawn, "anne", "bo")
        share_out(drawn, "bo", most={"bo": 1})
        before = drawn.trail()
        with pytest.raises(AssignmentChanged):
            share_out(drawn, "anne", "bo", shown=shown.digest)
        assert drawn.trail() == before


class TestMost:
    def test_nobody_gets_more_and_what_is_left_is_told(self, drawn):
        done = share_out(drawn, "anne", "bo", most={"anne": 1, "bo": 2})
        assert [(one.username, one.new, one.most) for one in done.shares] == [("anne", 1, 1), ("bo", 2, 2)]
        assert done.left == (4, 5, 6, 7, 8)

    def test_cases_in_hand_count(self, drawn):
        share_out(drawn, "anne", most={"anne": 3})
        done = share_out(drawn, "anne", "bo", most={"anne": 4})
        assert [(one.had, one.new, one.total) for one in done.shares] == [(3, 1, 4), (0, 4, 4)]

    def test_room_is_made_where_another_may_read_what_one_has(self, drawn):
        """Bo reads Center Nord only; anne has room for no more than the rest."""
        done = share_out(
            drawn, "anne", "bo", most={"anne": 5, "bo": 3}, conflicts={"bo": {"Center Syd", "Center Øst"}}
        )
        assert done.left == ()
        assert [one.new for one in done.shares] == [5, 3]


class TestConflicts:
    def test_no_case_of_the_centre(self, drawn):
        share_out(drawn, "anne", "bo", conflicts={"anne": {"Center Nord", "Center Øst"}})
        centres = {drawn.cases()[number].centre for number, who in given(drawn).items() if who == "anne"}
        assert centres == {"Center Syd"}

    def test_all_cases_that_nobody_may_read_are_told_at_once(self, drawn):
        with pytest.raises(NobodyMayRead) as refused:
            share_out(
                drawn,
                "anne",
                "bo",
                conflicts={"anne": {"Center Nord", "Center Øst"}, "bo": {"Center Øst", "Center Nord"}},
            )
        assert refused.value.values == {"number": "1–3, 7–8", "centre": "Center Nord, Center Øst"}

    def test_they_hold_until_others_are_declared(self, drawn):
        share_out(drawn, "anne", "bo", conflicts={"anne": {"Center Nord"}}, most={"anne": 1, "bo": 1})
        with pytest.raises(MayNotRead):
            move(drawn, next(n for n, who in given(drawn).items() if who == "bo"), "anne")
        assert not [n for n, who in preview(drawn, "anne", "bo").given.items() if who == "anne" and n < 4]
        assert [
            n
            for n, who in preview(drawn, "anne", "bo", conflicts={}).given.items()
            if who == "anne" and n < 4
        ]

    def test_who_said_they_are_disqualified_does_not_get_the_case_again(self, drawn):
        share_out(drawn, "anne")
        report(drawn, 1, "anne", ObstacleReason.DISQUALIFIED)
        with drawn.acting() as (store, actor):
            settling.settle_obstacle(
                store, actor, KEY, 1, Settlement.REASSIGNED, reviewer="bo", now=drawn.now
            )
        with pytest.raises(MayNotRead):
            move(drawn, 1, "anne")
        assert preview(drawn, "anne", "bo", again=True).given[1] == "bo"


class TestAgain:
    def test_what_there_is_no_room_for_is_taken_back(self, drawn):
        share_out(drawn, "anne", "bo")
        done = share_out(drawn, "anne", again=True, most={"anne": 3})
        assert given(drawn) == dict(done.given)
        assert len(done.left) == 5

    def test_a_case_that_waits_for_a_decision_stays(self, drawn):
        share_out(drawn, "anne")
        report(drawn, 2, "anne", ObstacleReason.NOT_FOUND)
        assert 2 not in preview(drawn, "bo", again=True).given


class TestRefused:
    def test_who_is_no_reviewer_or_nobody(self, drawn):
        drawn.add("chef", Role.CHIEF_GROUP)
        for username, error in (("chef", NotAReviewer), ("ukendt", PersonUnknown)):
            with pytest.raises(error):
                preview(drawn, username)
            with pytest.raises(error):
                share_out(drawn, username)

    def test_a_reviewer_shares_nothing_out(self, drawn):
        for step in (preview, share_out):
            with pytest.raises(NotAllowed):
                step(drawn, "anne", who="anne")
        with pytest.raises(NotAllowed):
            move(drawn, 1, "anne", who="anne")

    def test_not_in_a_closed_round(self, drawn):
        share_out(drawn, "anne")
        drawn.answer("anne")
        drawn.close()
        with pytest.raises(RoundNotIn):
            preview(drawn, "bo")
        with drawn.acting() as (store, actor):
            assert not assignment_page(store, actor, KEY).may_assign


class TestAssignmentPage:
    def test_people_and_centres_by_the_alphabet(self, drawn):
        drawn.add("aage", Role.REVIEWER)
        share_out(drawn, "bo", "anne", conflicts={"bo": {"Center Syd"}}, most={"bo": 2, "anne": 0})
        with drawn.acting() as (store, actor):
            page = assignment_page(store, actor, KEY)
        assert [(one.name, one.cases) for one in page.candidates] == [
            ("Anne", 0),
            ("Bo", 2),
            ("Se", 0),
            ("Aage", 0),
        ]
        assert page.candidates[1].conflicts == {"Center Syd"}
        assert page.centres == ("Center Nord", "Center Syd", "Center Øst")
        assert (page.unassigned, page.not_begun) == (6, 8)


class TestMoveCase:
    def test_to_another_with_its_answers(self, drawn):
        share_out(drawn, "anne")
        before = drawn.reviews()[1].answers
        move(drawn, 1, "bo")
        assert given(drawn)[1] == "bo"
        assert drawn.reviews()[1].answers == before
        assert drawn.trail()[-1].about == {"round": KEY, "number": 1, "reviewer": "bo", "from": "anne"}

    def test_not_to_who_handled_it(self, database, tmp_path, now):
        town = under_way(database, tmp_path, now, "anne", caseworkers=True)
        town.add("ole", caseworker_code="OLE")
        own = next(
            n
            for n, case in town.cases().items()
            if case.caseworker_hash == caseworker_hash("OLE", SECRET_KEY)
        )
        with pytest.raises(MayNotRead):
            move(town, own, "ole")

    def test_a_case_that_is_settled_or_reported_stays(self, drawn):
        share_out(drawn, "anne")
        drawn.answer("anne", 1)
        drawn.answer("anne", 2, value="", status=CaseStatus.NOT_FOUND)
        report(drawn, 3, "anne", ObstacleReason.NO_ACCESS)
        for number in (1, 2, 3):
            with pytest.raises(CaseNotOpen):
                move(drawn, number, "bo")
