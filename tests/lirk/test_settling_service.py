"""What the coordinator decides of single cases: each decision, what it changes, and what is refused."""

import pytest
from small_round import KEY, under_way

from lirk.domain.assignment import MayNotRead
from lirk.domain.draws import ReplacementNeedsReason
from lirk.domain.obstacles import Obstacle, ObstacleReason, Settlement
from lirk.domain.reviews import CaseStatus
from lirk.domain.rounds import RoundNotIn, RoundState
from lirk.domain.settling import (
    DrawAfterAnswers,
    FindingNeedsStatus,
    NothingToReopen,
    ObstacleSettled,
    ReviewerNeeded,
)
from lirk.errors import NotAllowed, ProblemsFound
from lirk.services import settling


@pytest.fixture
def town(database, tmp_path, now):
    """Eight cases that anne has, and bo beside her."""
    made = under_way(database, tmp_path, now, "anne")
    made.add("bo")
    return made


def report(town, number=1, reason=ObstacleReason.NOT_FOUND, username="anne"):
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


def settle(town, decision, number=1, *, who=None, **more):
    with town.acting(who) as (store, actor):
        return settling.settle_obstacle(store, actor, KEY, number, decision, now=town.now, **more)


def reopen(town, number=1, reason="Læst forkert", *, who=None, **more):
    with town.acting(who) as (store, actor):
        return settling.reopen_case(store, actor, KEY, number, reason, now=town.now, **more)


def obstacle(town, number=1):
    case_pk = town.cases()[number].id
    with town.acting() as (store, _):
        return store.obstacles.get(case_pk)


class TestSettleObstacle:
    @pytest.mark.parametrize(
        ("reason", "chosen", "expected"),
        [
            (ObstacleReason.NOT_FOUND, None, CaseStatus.NOT_FOUND),
            (ObstacleReason.NO_ACCESS, None, CaseStatus.NO_ACCESS),
            (ObstacleReason.NO_ACCESS, CaseStatus.NOT_FOUND, CaseStatus.NOT_FOUND),
            (ObstacleReason.OTHER, CaseStatus.NO_ACCESS, CaseStatus.NO_ACCESS),
        ],
    )
    def test_a_finding_stays_in_the_sample(self, town, reason, chosen, expected):
        report(town, reason=reason)
        settle(town, Settlement.FINDING, status=chosen)
        assert town.cases()[1].status is expected
        assert (obstacle(town).settlement, obstacle(town).settled_at) == (Settlement.FINDING, town.now)

    def test_replaced_by_the_next_of_the_reserve(self, town):
        report(town, reason=ObstacleReason.OUT_OF_SCOPE)
        called = settle(town, Settlement.REPLACED, reason="Ingen afgørelse")
        assert (called.number, called.centre) == (9, "Center Nord")
        assert town.cases()[1].status is CaseStatus.OUT_OF_SCOPE
        assert obstacle(town).settlement is Settlement.REPLACED

    def test_a_replacement_on_the_command_line_settles_it_too(self, town):
        report(town, reason=ObstacleReason.OUT_OF_SCOPE)
        town.replace(1)
        assert obstacle(town).settlement is Settlement.REPLACED

    def test_another_reviewer_reads_the_same_case(self, town):
        report(town, reason=ObstacleReason.NO_ACCESS)
        settle(town, Settlement.REASSIGNED, reviewer="bo")
        assert list(town.cases_of("bo")) == [1]
        assert town.trail()[-1].about["reviewer"] == "bo"

    def test_what_a_disqualified_one_answered_is_taken_away(self, town):
        town.answer("anne", 1)
        report(town, reason=ObstacleReason.DISQUALIFIED)
        settle(town, Settlement.REASSIGNED, reviewer="bo")
        review = town.reviews()[1]
        assert (dict(review.answers), review.finished_at) == ({}, None)
        assert town.trail()[-1].about["removed"] == 2

    def test_never_to_the_disqualified_one(self, town):
        report(town, reason=ObstacleReason.DISQUALIFIED)
        with pytest.raises(MayNotRead):
            settle(town, Settlement.REASSIGNED, reviewer="anne")

    def test_returned_to_who_has_it(self, town):
        report(town)
        settle(town, Settlement.RETURNED)
        assert town.cases()[1].status is CaseStatus.TO_REVIEW
        assert 1 in town.cases_of("anne")
        assert obstacle(town).settlement is Settlement.RETURNED

    @pytest.mark.parametrize(
        ("decision", "more", "error"),
        [
            pytest.param(Settlement.FINDING, {}, FindingNeedsStatus, id="which finding"),
            pytest.param(
                Settlement.FINDING, {"status": CaseStatus.OUT_OF_SCOPE}, FindingNeedsStatus, id="no finding"
            ),
            pytest.param(Settlement.REPLACED, {"reason": " "}, ReplacementNeedsReason, id="no reason"),
            pytest.param(Settlement.REPLACED, {"reason": "010180-1234"}, ProblemsFound, id="a CPR number"),
            pytest.param(Settlement.REASSIGNED, {}, ReviewerNeeded, id="to whom"),
        ],
    )
    def test_refused_and_nothing_kept(self, town, decision, more, error):
        report(town, reason=ObstacleReason.OTHER)
        before = town.trail()
        with pytest.raises(error):
            settle(town, decision, **more)
        assert town.trail() == before
        assert obstacle(town).settlement is None

    def test_once_only(self, town):
        with pytest.raises(ObstacleSettled):
            settle(town, Settlement.RETURNED)
        report(town)
        settle(town, Settlement.RETURNED)
        with pytest.raises(ObstacleSettled):
            settle(town, Settlement.RETURNED)

    def test_not_by_a_reviewer(self, town):
        report(town)
        with pytest.raises(NotAllowed):
            settle(town, Settlement.RETURNED, who="anne")


class TestOpenObstacles:
    def test_keep_the_round_open_and_are_named(self, town):
        town.answer("anne")
        report(town, 2)
        report(town, 3)
        with pytest.raises(ProblemsFound) as refused:
            town.close()
        assert [(one.code, one.values["numbers"]) for one in refused.value.problems] == [
            ("obstacles-open", ["2–3"])
        ]
        for number in (2, 3):
            settle(town, Settlement.RETURNED, number)
        assert town.close().state is RoundState.CLOSED

    def test_forbid_a_further_draw(self, town):
        report(town)
        with pytest.raises(DrawAfterAnswers):
            town.draw(seed="2" * 20, reason="Forkert vidne")


class TestReopenCase:
    def test_a_finished_review_with_its_answers(self, town):
        town.answer("anne", 1)
        reopen(town)
        review = town.reviews()[1]
        assert (review.finished_at, set(review.answers)) == (None, {"clear", "reasons"})
        assert town.trail()[-1].about["reason"] == "Læst forkert"

    @pytest.mark.parametrize("status", [CaseStatus.NOT_FOUND, CaseStatus.NO_ACCESS, CaseStatus.OUT_OF_SCOPE])
    def test_a_case_that_was_set_aside(self, town, status):
        town.answer("anne", 1, value="", status=status)
        reopen(town)
        assert town.cases()[1].status is CaseStatus.TO_REVIEW

    def test_a_reason_is_needed_and_holds_no_cpr_number(self, town):
        town.answer("anne", 1)
        for reason in (" ", "010180-1234"):
            with pytest.raises(ProblemsFound):
                reopen(town, reason=reason)
        assert town.reviews()[1].finished_at

    def test_nothing_to_open(self, town):
        town.replace(2)
        town.answer("anne", 3)
        for number, more in ((1, {}), (2, {}), (3, {"checklists": ["andet"]})):
            with pytest.raises(NothingToReopen):
                reopen(town, number, **more)

    def test_not_in_a_closed_round_and_not_by_a_reviewer(self, town):
        town.answer("anne")
        with pytest.raises(NotAllowed):
            reopen(town, who="anne")
        town.close()
        with pytest.raises(RoundNotIn):
            reopen(town)
