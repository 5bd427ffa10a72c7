"""A case that its second reader cannot review: decided on without touching the first reader's work."""

import pytest
from small_round import KEY, under_way

from lirk.domain.assignment import MayNotRead
from lirk.domain.obstacles import ObstacleReason, Settlement
from lirk.domain.reviewing import AlreadyFinished, CaseSetAside
from lirk.domain.reviews import Answer, CaseStatus, Reading
from lirk.domain.round_rules import RoundRules
from lirk.domain.settling import CaseReviewed, DrawAfterAnswers
from lirk.errors import NotFound
from lirk.services import case_pages, following, reviewing, second_readings, settling
from lirk.services.reviewing import RowState, Show


@pytest.fixture
def town(database, tmp_path, now):
    """Anne has all cases, bo reads the first of them too, and carl could."""
    made = under_way(database, tmp_path, now, "anne")
    for username in ("bo", "carl"):
        made.add(username)
    case_pk = made.cases()[1].id
    with made.acting() as (store, actor):
        round_ = store.rounds.by_key(KEY)
        reader = store.people.by_username("bo").id
        store.round_rules.keep(round_.id, RoundRules(double_percent=100))
        store.reviews.open_for(round_.id, [case_pk], ["breve"], reading=Reading.SECOND, reviewer_id=reader)
        store.trail.add("second-readings-opened", actor_id=actor.id, at=now, round=KEY, numbers=["1"])
    return made


def second(town):
    with town.acting() as (store, _):
        [found] = store.reviews.of(store.rounds.by_key(KEY).id, reading=Reading.SECOND)
        return found


def report(town, review, username="bo", reason="not-found"):
    with town.acting(username) as (store, actor):
        return reviewing.report_obstacle(store, actor, review.id, reason, "", now=town.now)


def settle(town, decision, *, reading=Reading.SECOND, **more):
    with town.acting() as (store, actor):
        return settling.settle_obstacle(store, actor, KEY, 1, decision, reading=reading, now=town.now, **more)


def opened(town, review, username):
    with town.acting(username) as (store, actor):
        return reviewing.open_review(store, actor, review.id).review


def row(town, username):
    with town.acting(username) as (store, actor):
        return reviewing.queue(store, actor, show=Show.ALL).rounds[0].rows[0]


def missing(town):
    with town.acting() as (store, _):
        return second_readings.unfinished_seconds(store, store.rounds.by_key(KEY))["second-readings-missing"]


class TestReport:
    @pytest.mark.parametrize("reason", [one.value for one in ObstacleReason if one != "other"])
    def test_after_the_first_reader_has_finished(self, town, reason):
        town.answer("anne", 1)
        before = town.reviews()[1]
        report(town, second(town), reason=reason)
        assert town.reviews()[1] == before
        assert not opened(town, before, "anne").set_aside
        assert opened(town, second(town), "bo").reported

    def test_tells_the_other_reader_nothing_and_stops_nobody(self, town):
        report(town, second(town))
        first = opened(town, town.reviews()[1], "anne")
        assert (first.obstacle, first.set_aside, row(town, "anne").state) == (None, False, RowState.NOT_BEGUN)
        assert row(town, "bo").state is RowState.REPORTED

    def test_both_may_report_and_each_takes_back_their_own(self, town):
        report(town, second(town), reason="no-access")
        report(town, town.reviews()[1], "anne")
        with town.acting("anne") as (store, actor):
            first = store.reviews.of(store.rounds.by_key(KEY).id)[0]
            reviewing.take_back_obstacle(store, actor, first.id, now=town.now)
        assert opened(town, second(town), "bo").obstacle.reason is ObstacleReason.NO_ACCESS
        with town.acting("anne") as (store, actor), pytest.raises(NotFound):
            reviewing.take_back_obstacle(store, actor, first.id, now=town.now)

    def test_not_of_a_reading_that_is_finished(self, town):
        review = second(town)
        with town.acting() as (store, actor):
            store.reviews.finish(review.id, town.now)
            store.trail.add("review-finished", actor_id=actor.id, at=town.now, round=KEY, number=1)
        with pytest.raises(AlreadyFinished):
            report(town, review)

    def test_the_coordinator_sees_whose_reading_it_is(self, town):
        report(town, second(town))
        with town.acting() as (store, actor):
            [one] = following.follow(store, actor, KEY).obstacles
            page = case_pages.case_page(store, actor, KEY, 1, reading=Reading.SECOND)
        assert (one.number, one.obstacle.reading, one.reporter) == (1, Reading.SECOND, "Bo")
        assert page.open_obstacle
        assert [person.username for person in page.takers] == ["carl"]


class TestFurtherDraw:
    """Nobody draws again because of what the second reader saw."""

    def test_not_after_a_report(self, town):
        report(town, second(town))
        with pytest.raises(DrawAfterAnswers):
            town.draw(seed="2" * 20, reason="Forkert vidne")

    def test_not_after_an_answer(self, town):
        review = second(town)
        with town.acting("bo") as (store, actor):
            given = Answer(item_id="clear", value="yes")
            reviewing.save_answer(store, actor, review.id, "clear", given, version=0, now=town.now)
        with pytest.raises(DrawAfterAnswers):
            town.draw(seed="2" * 20, reason="Forkert vidne")


class TestSettle:
    def test_a_disqualified_one_gives_way_to_another_second_reader(self, town):
        town.answer("anne", 1)
        before, review = town.reviews()[1], second(town)
        with town.acting("bo") as (store, actor):
            given = Answer(item_id="clear", value="yes")
            reviewing.save_answer(store, actor, review.id, "clear", given, version=0, now=town.now)
        report(town, review, reason="disqualified")
        for barred in ("bo", "anne"):
            with pytest.raises(MayNotRead):
                settle(town, Settlement.REASSIGNED, reviewer=barred)
        settle(town, Settlement.REASSIGNED, reviewer="carl")
        assert town.reviews()[1] == before
        with town.acting() as (store, _):
            assert second_of(store).reviewer_id == store.people.by_username("carl").id
            assert dict(second_of(store).answers) == {}
        assert not opened(town, review, "carl").set_aside

    def test_a_finding_ends_the_second_reading_alone(self, town):
        town.answer("anne", 1)
        before = town.reviews()[1]
        report(town, second(town), reason="no-access")
        assert 1 in missing(town)
        settle(town, Settlement.FINDING)
        assert (town.cases()[1].status, town.reviews()[1]) == (CaseStatus.TO_REVIEW, before)
        assert row(town, "bo").state is RowState.NO_ACCESS
        assert 1 not in missing(town)
        with pytest.raises(CaseSetAside):
            report(town, second(town))

    def test_returned_it_goes_on(self, town):
        report(town, second(town))
        settle(town, Settlement.RETURNED)
        assert row(town, "bo").state is RowState.NOT_BEGUN

    def test_a_case_that_was_read_to_the_end_is_not_replaced(self, town):
        town.answer("anne", 1)
        report(town, second(town), reason="out-of-scope")
        with pytest.raises(CaseReviewed):
            settle(town, Settlement.REPLACED, reason="Ingen afgørelse")
        assert town.reviews()[1].finished_at == town.now

    @pytest.mark.parametrize("reading", [Reading.FIRST, Reading.SECOND])
    def test_a_replacement_answers_both_reports(self, town, reading):
        report(town, second(town), reason="out-of-scope")
        report(town, town.reviews()[1], "anne", "out-of-scope")
        called = settle(town, Settlement.REPLACED, reading=reading, reason="Ingen afgørelse")
        assert called.number == 9
        assert open_reports(town) == {}

    def test_a_finding_of_the_first_reader_leaves_nothing_to_decide(self, town):
        report(town, second(town))
        report(town, town.reviews()[1], "anne")
        settle(town, Settlement.FINDING, reading=Reading.FIRST)
        assert town.cases()[1].status is CaseStatus.NOT_FOUND
        assert open_reports(town) == {}


def second_of(store):
    return store.reviews.of(store.rounds.by_key(KEY).id, reading=Reading.SECOND)[0]


def open_reports(town):
    with town.acting() as (store, _):
        return store.work.obstacles()
