"""Work handed over: all that one reviewer has left, to one or several others, and back again."""

import pytest
from small_round import KEY, under_way

from lirk.domain.assignment import AssignmentChanged, NoReviewers, NotAReviewer
from lirk.domain.obstacles import Obstacle, ObstacleReason
from lirk.domain.people import Role
from lirk.domain.reviews import Answer, CaseStatus, Reading
from lirk.domain.round_rules import RoundRules
from lirk.errors import NotAllowed
from lirk.services import assigning, changing_people, handing_over, reviewing
from lirk.services.assignment_page import assignment_page
from lirk.services.handing_over import NothingToHandOver
from lirk.services.people import PersonUnknown


@pytest.fixture
def town(database, tmp_path, now):
    """A round of eight cases, all in Anne's hands; Bo and Se review, too."""
    made = under_way(database, tmp_path, now, "anne")
    for username in ("bo", "se"):
        made.add(username)
    return made


def readers(town, reading=Reading.FIRST):
    """Return the username who has each case, by number."""
    cases = town.cases()
    with town.acting() as (store, _):
        names = {one.id: one.username for one in store.people.all()}
        reviews = store.reviews.of(store.rounds.by_key(KEY).id, reading=reading)
    numbers = {case.id: number for number, case in cases.items()}
    return {numbers[one.case_id]: names.get(one.reviewer_id) for one in reviews}


def preview(town, giver, *takers, who=None, **chosen):
    with town.acting(who) as (store, actor):
        return handing_over.hand_over_preview(store, actor, KEY, giver=giver, takers=takers, **chosen)


def hand_over(town, giver, *takers, who=None, **chosen):
    with town.acting(who) as (store, actor):
        return handing_over.hand_over(store, actor, KEY, giver=giver, takers=takers, now=town.now, **chosen)


def page(town):
    with town.acting() as (store, actor):
        return handing_over.hand_over_page(store, actor, KEY)


def queue_of(town, username):
    with town.acting(username) as (store, actor):
        (part,) = reviewing.queue(store, actor).rounds
    return {row.number: row.taken_over for row in part.rows}


def begin(town, number):
    """Answer something in a case."""
    review = town.reviews()[number]
    with town.acting() as (store, actor):
        store.reviews.save_answers(
            review.id, [Answer(item_id="clear", value="yes")], at=town.now, by=review.reviewer_id
        )
        store.trail.add("answer-given", actor_id=actor.id, at=town.now, round=KEY, number=number)


class TestHandOver:
    def test_what_is_not_finished_goes_with_its_answers_and_the_rest_stays(self, town):
        town.answer("anne", 1, 2)
        begin(town, 3)
        before = town.reviews()[3].answers
        done = hand_over(town, "anne", "bo")
        assert readers(town) == {**dict.fromkeys((1, 2), "anne"), **dict.fromkeys(range(3, 9), "bo")}
        assert town.reviews()[3].answers == before
        assert set(done.given) == set(range(3, 9))

    def test_several_share_it_evenly(self, town):
        done = hand_over(town, "anne", "bo", "se")
        assert [(one.username, one.new) for one in done.shares] == [("bo", 4), ("se", 4)]
        minutes = [one.minutes for one in done.shares]
        assert max(minutes) - min(minutes) <= max(minutes) / 4 + 1

    def test_what_is_shown_is_what_is_done(self, town):
        shown = preview(town, "anne", "bo", "se")
        before = town.trail()
        done = hand_over(town, "anne", "bo", "se", shown=shown.digest)
        assert done.given == shown.given
        assert len(town.trail()) == len(before) + 1
        assert town.trail()[-1].action == "cases-handed-over"

    def test_it_is_refused_where_something_was_finished_meanwhile(self, town):
        shown = preview(town, "anne", "bo")
        town.answer("anne", 1)
        before = readers(town)
        with pytest.raises(AssignmentChanged):
            hand_over(town, "anne", "bo", shown=shown.digest)
        assert readers(town) == before

    def test_what_nobody_chosen_may_read_stays_and_is_told_with_the_reason(self, town):
        with town.acting() as (store, actor):
            store.trail.add(
                "cases-assigned", actor_id=actor.id, at=town.now, round=KEY, conflicts={"bo": ["Center Nord"]}
            )
        done = hand_over(town, "anne", "bo")
        nord = {number for number, case in town.cases().items() if case.centre == "Center Nord"}
        assert set(done.stay) == nord
        assert {number for number, who in readers(town).items() if who == "anne"} == nord
        assert [(one.name, one.cases) for one in done.barred] == [("Bo", len(nord))]

    def test_a_reported_case_stays(self, town):
        case_pk = town.cases()[2].id
        with town.acting() as (store, _):
            who = store.people.by_username("anne")
            store.obstacles.report(
                Obstacle(
                    case_id=case_pk,
                    reason=ObstacleReason.NOT_FOUND,
                    note="",
                    reported_at=town.now,
                    reported_by=who.id,
                )
            )
            store.trail.add("obstacle-reported", actor_id=who.id, at=town.now, round=KEY, number=2)
        done = hand_over(town, "anne", "bo")
        assert done.reported == (2,)
        assert readers(town)[2] == "anne"

    def test_a_finding_stays(self, town):
        town.answer("anne", 4, value="", status=CaseStatus.NOT_FOUND)
        assert 4 not in hand_over(town, "anne", "bo").given

    def test_second_readings_go_too_and_never_to_the_first_reader(self, town):
        with town.acting() as (store, actor):
            store.round_rules.keep(store.rounds.by_key(KEY).id, RoundRules(double_percent=100))
            store.trail.add("round-rules-kept", actor_id=actor.id, at=town.now, round=KEY)
            assigning.assign(store, actor, KEY, reviewers=["bo"], now=town.now)
        assert set(readers(town, Reading.SECOND).values()) == {"bo"}
        done = hand_over(town, "bo", "anne", "se")
        assert set(done.seconds.values()) == {"se"}
        assert set(readers(town, Reading.SECOND).values()) == {"se"}
        assert set(hand_over(town, "se", "bo").seconds) == set(range(1, 9))


class TestBackAgain:
    def test_only_what_was_taken_over_is_given_back(self, town):
        with town.acting() as (store, actor):
            handing_over.move_case(store, actor, KEY, number=8, username="bo", now=town.now)
        hand_over(town, "anne", "se")
        hand_over(town, "se", "anne", only_taken=True)
        assert readers(town) == {**dict.fromkeys(range(1, 8), "anne"), 8: "bo"}

    def test_own_cases_stay_where_only_those_taken_over_go(self, database, tmp_path, now):
        made = under_way(database, tmp_path, now, "anne", "bo")
        own = {number for number, who in readers(made).items() if who == "bo"}
        hand_over(made, "anne", "bo")
        hand_over(made, "bo", "anne", only_taken=True)
        assert {number for number, who in readers(made).items() if who == "bo"} == own

    def test_nothing_was_taken_over(self, town):
        with pytest.raises(NothingToHandOver):
            preview(town, "anne", "bo", only_taken=True)


class TestQueue:
    def test_who_receives_cases_sees_that_they_were_handed_over(self, database, tmp_path, now):
        made = under_way(database, tmp_path, now, "anne", "bo")
        own = {number for number, who in readers(made).items() if who == "bo"}
        hand_over(made, "anne", "bo")
        assert queue_of(made, "bo") == {number: number not in own for number in range(1, 9)}

    def test_a_single_case_as_well(self, town):
        with town.acting() as (store, actor):
            handing_over.move_case(store, actor, KEY, number=3, username="bo", now=town.now)
        assert queue_of(town, "bo") == {3: True}

    def test_a_case_that_nobody_had_is_not_taken_over(self, database, tmp_path, now):
        made = under_way(database, tmp_path, now)
        for username in ("anne", "bo"):
            made.add(username)
        with made.acting() as (store, actor):
            assigning.assign(store, actor, KEY, reviewers=["anne"], most={"anne": 7}, now=made.now)
        with made.acting() as (store, actor):
            handing_over.move_case(store, actor, KEY, number=8, username="bo", now=made.now)
        assert queue_of(made, "bo") == {8: False}


class TestRefused:
    @pytest.mark.parametrize(
        ("giver", "takers", "error"),
        [
            pytest.param("anne", [], NoReviewers, id="nobody takes over"),
            pytest.param("anne", ["anne"], NoReviewers, id="only the giver"),
            pytest.param("anne", ["chef"], NotAReviewer, id="no reviewer"),
            pytest.param("anne", ["ukendt"], PersonUnknown, id="nobody of that name"),
            pytest.param("ukendt", ["bo"], PersonUnknown, id="cases of nobody"),
            pytest.param("bo", ["se"], NothingToHandOver, id="who has none"),
        ],
    )
    def test_each(self, town, giver, takers, error):
        town.add("chef", Role.CHIEF_GROUP)
        before = town.trail()
        for step in (preview, hand_over):
            with pytest.raises(error):
                step(town, giver, *takers)
        assert town.trail() == before

    def test_a_reviewer_hands_nothing_over(self, town):
        for step in (preview, hand_over):
            with pytest.raises(NotAllowed):
                step(town, "anne", "bo", who="anne")


class TestWhoHasNothing:
    def test_a_reviewer_without_cases_blocks_nothing(self, town):
        assert "bo" not in readers(town).values()
        town.answer("anne")
        town.close()
        assert town.round().closed_at is not None

    def test_who_left_with_cases_is_told_and_their_cases_can_go_to_another(self, town):
        town.answer("anne", 1)
        with town.acting() as (store, actor):
            anne = store.people.by_username("anne")
            changing_people.set_person_active(store, actor, anne.id, active=False, now=town.now)
        with town.acting() as (store, actor):
            (left,) = assignment_page(store, actor, KEY).left_behind
        assert (left.username, left.cases) == ("anne", 7)
        assert [(one.username, one.reviews, one.cases) for one in page(town).givers] == [("anne", False, 7)]
        hand_over(town, "anne", "bo")
        with town.acting() as (store, actor):
            assert assignment_page(store, actor, KEY).left_behind == ()
        town.answer("bo")
        town.close()
