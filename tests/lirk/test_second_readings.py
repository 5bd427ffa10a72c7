"""Second readings: opened and given to another where cases are shared out, and closed while nobody has begun."""

import pytest
from small_round import CHECKLIST, KEY, SEED, under_way

from lirk.domain.assignment import MayNotRead
from lirk.domain.double_readings import drawn_for_second
from lirk.domain.obstacles import Obstacle, ObstacleReason, Settlement
from lirk.domain.reviews import Answer, Reading
from lirk.domain.round_rules import RoundRules
from lirk.domain.settling import CaseNotOpen
from lirk.errors import ProblemsFound
from lirk.services import assigning, handing_over, settling
from lirk.services.samples import latest_cases
from lirk.services.second_readings import cases_wanted, close_unbegun, open_seconds, second_reviews

OTHER = CHECKLIST.replace('id = "breve"', 'id = "svar"')


@pytest.fixture
def town(database, tmp_path, now):
    """A round of eight drawn cases, and three who review."""
    made = under_way(database, tmp_path, now)
    for username in ("anne", "bo", "se"):
        made.add(username)
    return made


def twice(town, percent, **rules):
    with town.acting() as (store, actor):
        store.round_rules.keep(round_of(store).id, RoundRules(double_percent=percent, **rules))
        store.trail.add("round-rules-kept", actor_id=actor.id, at=town.now, round=KEY)


def share_out(town, *reviewers, **limits):
    with town.acting() as (store, actor):
        return assigning.assign(
            store, actor, KEY, reviewers=reviewers or ("anne", "bo", "se"), now=town.now, **limits
        )


def preview(town, *reviewers, **limits):
    with town.acting() as (store, actor):
        return assigning.assignment_preview(store, actor, KEY, reviewers=reviewers, **limits)


def move(town, number, username, reading=Reading.FIRST):
    with town.acting() as (store, actor):
        handing_over.move_case(
            store, actor, KEY, number=number, username=username, reading=reading, now=town.now
        )


def round_of(store):
    return store.rounds.by_key(KEY)


def readers(town, reading):
    """The username who has each case, by number; None where nobody has."""
    with town.acting() as (store, _):
        names = {one.id: one.username for one in store.people.all()}
        numbers = {case.id: case.number for case in latest_cases(store, round_of(store))}
        reviews = store.reviews.of(round_of(store).id, reading=reading)
    return {numbers[one.case_id]: names.get(one.reviewer_id) for one in reviews}


def seconds(town):
    return readers(town, Reading.SECOND)


def drawn_numbers(town, percent):
    with town.acting() as (store, _):
        cases = latest_cases(store, round_of(store))
    return {case.number for case in drawn_for_second(SEED, cases, percent)}


def begin(town, number, *, finish=False):
    """Answer something in the second reading of a case."""
    case_pk = town.cases()[number].id
    with town.acting() as (store, actor):
        for review in second_reviews(store, round_of(store))[case_pk]:
            store.reviews.save_answers(
                review.id, [Answer(item_id="clear", value="yes")], at=town.now, by=review.reviewer_id
            )
            if finish:
                store.reviews.finish(review.id, town.now)
        store.trail.add("answer-given", actor_id=actor.id, at=town.now, round=KEY, number=number)


def report(town, number, username, reason, reading=Reading.FIRST):
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
                reading=reading,
            )
        )
        store.trail.add("obstacle-reported", actor_id=who.id, at=town.now, round=KEY, number=number)


def settle(town, number, decision, **said):
    with town.acting() as (store, actor):
        settling.settle_obstacle(store, actor, KEY, number, decision, now=town.now, **said)


class TestSharingOut:
    @pytest.mark.parametrize("percent", [0, 20, 25, 100])
    def test_the_cases_drawn_for_it_go_to_another_than_the_first_reader(self, town, percent):
        twice(town, percent)
        share_out(town)
        first, second = readers(town, Reading.FIRST), seconds(town)
        assert set(second) == drawn_numbers(town, percent)
        assert None not in second.values()
        assert all(second[number] != first[number] for number in second)

    def test_each_checklist_of_the_round_is_read_a_second_time(self, database, tmp_path, now):
        made = under_way(database, tmp_path, now, checklists=(CHECKLIST, OTHER))
        for username in ("anne", "bo"):
            made.add(username)
        twice(made, 10)
        share_out(made, "anne", "bo")
        with made.acting() as (store, _):
            (reviews,) = second_reviews(store, round_of(store)).values()
        assert [(one.checklist_id, one.reading) for one in reviews] == [
            ("breve", Reading.SECOND),
            ("svar", Reading.SECOND),
        ]
        assert len({one.reviewer_id for one in reviews}) == 1

    def test_what_is_shown_is_what_is_done(self, town):
        twice(town, 50)
        shown = preview(town, "anne", "bo")
        done = share_out(town, "anne", "bo", shown=shown.digest)
        assert (done.given, done.seconds) == (shown.given, shown.seconds)
        assert seconds(town) == dict(shown.seconds)

    def test_nobody_is_said_to_have_seen_what_is_their_own_begun_reading(self, town):
        share_out(town, "anne")
        with town.acting() as (store, actor):
            for review in store.reviews.of(round_of(store).id):
                begun = Answer(item_id="clear", value="yes")
                store.reviews.save_answers(review.id, [begun], at=town.now, by=review.reviewer_id)
            store.trail.add("made", actor_id=actor.id, at=town.now)
        twice(town, 100)
        shown = preview(town, "anne", "bo")
        assert (set(shown.seconds.values()), shown.barred) == ({"bo"}, ())

    def test_the_digest_tells_second_readings_apart(self, town):
        before = preview(town, "anne", "bo").digest
        twice(town, 50)
        assert preview(town, "anne", "bo").digest != before

    def test_they_count_in_the_balance_and_within_the_limits(self, town):
        twice(town, 100)
        done = share_out(town, "anne", "bo", most={"anne": 6})
        anne, bo = done.shares
        assert (anne.total, bo.total, bo.new + bo.seconds) == (6, 8, 8)
        assert len(done.left_seconds) == 2

    def test_nobody_else_to_read_it_is_told_and_blocks_nothing_but_closing(self, town):
        twice(town, 25)
        done = share_out(town, "anne")
        assert done.left_seconds == tuple(sorted(drawn_numbers(town, 25)))
        assert set(seconds(town).values()) == {None}
        town.answer("anne")
        with pytest.raises(ProblemsFound) as refused:
            town.close()
        assert [one.code for one in refused.value.problems] == ["second-readings-missing"]

    def test_a_later_share_gives_them_to_somebody(self, town):
        twice(town, 25)
        share_out(town, "anne")
        done = share_out(town, "bo")
        assert (done.given, set(done.seconds)) == ({}, drawn_numbers(town, 25))
        assert set(seconds(town).values()) == {"bo"}


class TestChangedRules:
    def test_a_raised_share_opens_what_is_missing_and_leaves_the_rest(self, town):
        twice(town, 25)
        share_out(town)
        before = seconds(town)
        twice(town, 75)
        share_out(town)
        after = seconds(town)
        assert set(after) == drawn_numbers(town, 75)
        assert {number: after[number] for number in before} == before

    def test_a_lowered_share_closes_those_that_nobody_has_begun(self, town):
        twice(town, 75)
        share_out(town)
        kept = min(drawn_numbers(town, 75) - drawn_numbers(town, 25))
        begin(town, kept)
        twice(town, 25)
        done = share_out(town)
        assert set(seconds(town)) == drawn_numbers(town, 25) | {kept}
        assert set(done.closed) == drawn_numbers(town, 75) - drawn_numbers(town, 25) - {kept}
        assert "second-readings-closed" in [entry.action for entry in town.trail()]

    def test_sharing_out_again_leaves_alone_what_is_begun(self, town):
        twice(town, 100)
        share_out(town, "anne", "bo")
        begin(town, 3)
        had = seconds(town)[3]
        share_out(town, "se", "anne", "bo", again=True)
        assert seconds(town)[3] == had
        first, second = readers(town, Reading.FIRST), seconds(town)
        assert all(second[number] != first[number] for number in second)


class TestMoving:
    def test_a_first_reading_never_goes_to_the_second_reader(self, town):
        twice(town, 100)
        share_out(town)
        number, other = min(seconds(town).items())
        with pytest.raises(MayNotRead):
            move(town, number, other)

    def test_a_second_reading_never_goes_to_the_first_reader(self, town):
        twice(town, 100)
        share_out(town)
        with pytest.raises(MayNotRead):
            move(town, 1, readers(town, Reading.FIRST)[1], Reading.SECOND)

    def test_a_second_reading_is_handed_over_alone(self, town):
        twice(town, 100)
        share_out(town)
        first, second = readers(town, Reading.FIRST), seconds(town)
        third = ({"anne", "bo", "se"} - {first[1], second[1]}).pop()
        move(town, 1, third, Reading.SECOND)
        assert (readers(town, Reading.FIRST), seconds(town)[1]) == (first, third)
        assert town.trail()[-1].about == {
            "round": KEY,
            "number": 1,
            "reviewer": third,
            "from": second[1],
            "reading": "second",
        }

    def test_there_is_none(self, town):
        share_out(town)
        with pytest.raises(CaseNotOpen):
            move(town, 1, "se", Reading.SECOND)


class TestCasesThatLeave:
    @pytest.mark.parametrize("begun", [False, True])
    def test_a_replaced_case_loses_the_second_reading_that_nobody_has_begun(self, town, begun):
        twice(town, 100)
        share_out(town)
        if begun:
            begin(town, 2)
        town.replace(2)
        case_pk = town.cases()[2].id
        with town.acting() as (store, _):
            of_case = second_reviews(store, round_of(store)).get(case_pk, ())
            wanted = {case.number for case in cases_wanted(store, round_of(store))}
        assert bool(of_case) is begun
        assert 2 not in wanted

    def test_a_finding_does_so_too(self, town):
        twice(town, 100)
        share_out(town)
        report(town, 1, readers(town, Reading.FIRST)[1], ObstacleReason.NOT_FOUND)
        settle(town, 1, Settlement.FINDING)
        assert 1 not in seconds(town)

    def test_who_is_disqualified_as_second_reader_loses_the_second_reading_only(self, town):
        twice(town, 100)
        share_out(town)
        first, second = readers(town, Reading.FIRST), seconds(town)
        begin(town, 1)
        report(town, 1, second[1], ObstacleReason.DISQUALIFIED, Reading.SECOND)
        third = ({"anne", "bo", "se"} - {first[1], second[1]}).pop()
        settle(town, 1, Settlement.REASSIGNED, reading=Reading.SECOND, reviewer=third)
        assert (readers(town, Reading.FIRST), seconds(town)[1]) == (first, third)
        case_pk = town.cases()[1].id
        with town.acting() as (store, _):
            (review,) = second_reviews(store, round_of(store))[case_pk]
        assert review.answers == {}


class TestClosing:
    def test_a_finished_second_reading_blocks_nothing(self, town):
        twice(town, 10)
        share_out(town, "anne", "bo")
        (number,) = seconds(town)
        begin(town, number, finish=True)
        for username in ("anne", "bo"):
            town.answer(username)
        with town.acting() as (store, _):
            missing = store.reviews.of(round_of(store).id, reading=Reading.SECOND)
        assert all(one.finished_at for one in missing)
        assert "second-readings-missing" not in blocked(town)

    def test_one_that_was_never_opened_is_missing(self, town):
        share_out(town, "anne", "bo")
        twice(town, 10)
        assert "second-readings-missing" in blocked(town)

    def test_one_that_the_rules_no_longer_want_is_not(self, town):
        twice(town, 10)
        share_out(town, "anne", "bo")
        twice(town, 0)
        assert "second-readings-missing" not in blocked(town)

    def test_one_that_is_begun_is_missing_whatever_the_rules_say(self, town):
        twice(town, 10)
        share_out(town, "anne", "bo")
        begin(town, *seconds(town))
        twice(town, 0)
        assert "second-readings-missing" in blocked(town)


def blocked(town):
    try:
        town.close()
    except ProblemsFound as refused:
        return {problem.code for problem in refused.problems}
    return set()


class TestOpeningAndClosing:
    def test_nothing_to_do_leaves_no_trace(self, town):
        before, cases = town.trail(), list(town.cases().values())
        with town.acting() as (store, actor):
            open_seconds(store, actor, round_of(store), [], now=town.now)
            assert close_unbegun(store, actor, round_of(store), cases, now=town.now) == ()
        assert town.trail() == before
