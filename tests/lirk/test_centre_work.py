"""What a centre's own people are told of rounds under way: counts, and the cases that they can help to find."""

from datetime import date, timedelta

import pytest
from double_round import open_second, readings, write
from small_round import KEY, under_way

from lirk.domain.obstacles import Obstacle, ObstacleReason, Settlement
from lirk.domain.people import Role
from lirk.domain.reviews import Answer, CaseStatus, Reading
from lirk.domain.round_rules import RoundRules
from lirk.errors import NotAllowed, NotFound
from lirk.services import reconciling
from lirk.services.centre_work import running_rounds, sought_cases
from lirk.services.round_rules import change_rules

NORD = "Center Nord"


@pytest.fixture
def town(database, tmp_path, now):
    """Eight cases in bo's hands; three of them are Center Nord's, and lone's and kim's to follow."""
    made = under_way(database, tmp_path, now, "bo")
    made.add("lone", Role.CENTRE_LEADER, centres=[NORD])
    made.add("kim", Role.CONTACT_PERSON, centres=[NORD, "Center Vest"])
    return made


def told(town, who="lone"):
    with town.acting(who) as (store, actor):
        return running_rounds(store, actor)


def centre_of(town, centre=NORD, who="lone"):
    (round_,) = told(town, who)
    return next(one for one in round_.centres if one.centre == centre)


def numbers_in(town, centre=NORD):
    return [number for number, case in town.cases().items() if case.centre == centre]


def report(town, number, reason=ObstacleReason.NOT_FOUND, reading=Reading.FIRST):
    case_pk = town.cases()[number].id
    with town.acting() as (store, actor):
        store.obstacles.report(
            Obstacle(
                case_id=case_pk,
                reading=reading,
                reason=reason,
                note="",
                reported_at=town.now,
                reported_by=actor.id,
            )
        )
        store.trail.add("obstacle-reported", actor_id=actor.id, at=town.now, round=KEY, number=number)
    return case_pk


def sought(town, who="kim", address="center-nord", key=KEY):
    with town.acting(who) as (store, actor):
        return sought_cases(store, actor, key, address, now=town.now)


class TestRunningRounds:
    def test_how_far_the_centre_is(self, town):
        first, *_ = numbers_in(town)
        town.answer("bo", first)
        found = centre_of(town).progress
        assert (found.work.cases, found.work.finished, found.drawn, found.finished) == (3, 1, 3, False)

    def test_only_their_own_centres(self, town):
        assert [one.centre for one in told(town)[0].centres] == [NORD]
        assert [one.centre for one in told(town, "kim")[0].centres] == [NORD, "Center Vest"]

    def test_a_centre_without_drawn_cases(self, town):
        found = centre_of(town, "Center Vest", "kim")
        assert (found.progress.drawn, found.progress.finished, found.address) == (0, False, "")

    def test_finished_when_nothing_is_left(self, town):
        finding, *others = numbers_in(town)
        town.answer("bo", *others)
        town.answer("bo", finding, value="", status=CaseStatus.NOT_FOUND, note="Findes ikke")
        found = centre_of(town).progress
        assert (found.work.cases, found.findings, found.finished) == (2, 1, True)

    def test_not_finished_while_a_second_reader_is_at_it_or_the_two_do_not_agree(self, town):
        town.add("anne")
        numbers = numbers_in(town)
        open_second(town.database, town.now, "anne", numbers[0], key=KEY)
        town.answer("bo", *numbers)
        found = centre_of(town).progress
        assert (found.work.cases, found.work.finished, found.finished) == (3, 2, False)
        first, second = readings(town.database, KEY, numbers[0])
        write(town.database, second.id, town.now, clear=Answer(item_id="clear", value="no", note="x"))
        found = centre_of(town).progress
        assert (found.work.finished, found.finished) == (2, False)
        agree = {
            "value": "no",
            "reason": "Brevet er uklart",
            "version": 0,
            "now": town.now + timedelta(days=1),
        }
        with town.acting("bo") as (store, actor):
            page = reconciling.reconciliation_page(store, actor, first.id)
            for one in page.found.open:
                reconciling.agree(store, actor, first.id, one.id, **agree)
        assert centre_of(town).progress.finished

    def test_not_kept_waiting_by_a_second_reading_that_ended(self, town):
        town.add("anne")
        numbers = numbers_in(town)
        open_second(town.database, town.now, "anne", numbers[0], key=KEY)
        town.answer("bo", *numbers)
        assert not centre_of(town).progress.finished
        case_pk = report(town, numbers[0], reading=Reading.SECOND)
        with town.acting() as (store, actor):
            ended = {"reading": Reading.SECOND, "at": town.now, "by": actor.id}
            store.obstacles.settle(case_pk, Settlement.FINDING, **ended)
            store.trail.add("made", actor_id=actor.id, at=town.now)
        assert centre_of(town).progress.finished

    def test_a_replaced_case_is_not_theirs_any_more(self, town):
        town.replace(numbers_in(town)[0])
        assert centre_of(town).progress.drawn == 3

    def test_the_cases_to_find(self, town):
        first, second, third = numbers_in(town)
        report(town, first)
        report(town, second, ObstacleReason.NO_ACCESS)
        report(town, third, ObstacleReason.DISQUALIFIED)
        assert centre_of(town).missing == (first, second)

    def test_no_longer_once_it_is_decided(self, town):
        first, *_ = numbers_in(town)
        case_pk = report(town, first)
        with town.acting() as (store, actor):
            store.obstacles.settle(case_pk, Settlement.RETURNED, at=town.now, by=actor.id)
            store.trail.add("obstacle-settled", actor_id=actor.id, at=town.now, round=KEY, number=first)
        assert centre_of(town).missing == ()
        assert sought(town).cases == ()

    def test_the_deadline(self, town):
        with town.acting() as (store, actor):
            change_rules(store, actor, KEY, RoundRules(deadline=date(2026, 12, 15)), now=town.now)
        assert told(town)[0].deadline == date(2026, 12, 15)

    def test_not_of_a_round_that_is_closed(self, town):
        town.answer("bo")
        town.close()
        assert told(town) == ()

    def test_nothing_for_a_coordinator_without_a_centre(self, town):
        assert told(town, None) == ()

    def test_not_for_a_reviewer(self, town):
        with pytest.raises(NotAllowed):
            told(town, "bo")

    def test_as_many_statements_for_four_rounds_as_for_one(self, town, statements):
        counts = []
        for keys in ((), ("b", "c", "d")):
            for key in keys:
                town.new(key)
            with statements() as sent:
                told(town, "kim")
            counts.append(len(sent))
        assert counts[0] == counts[1]


class TestSoughtCases:
    def test_by_both_names_and_on_record(self, town):
        first, *_ = numbers_in(town)
        report(town, first)
        found = sought(town)
        assert [(one.number, one.case_id, one.reason) for one in found.cases] == [
            (first, town.cases()[first].case_id, ObstacleReason.NOT_FOUND)
        ]
        assert (town.trail()[-1].action, town.trail()[-1].about["centre"]) == ("cases-identified", NORD)

    def test_a_case_that_both_its_readers_miss_is_named_once(self, town):
        first, second, _ = numbers_in(town)
        report(town, first)
        for number in (first, second):
            report(town, number, reading=Reading.SECOND)
        assert centre_of(town).missing == (first, second)
        assert [one.number for one in sought(town).cases] == [first, second]

    def test_other_cases_are_not_named(self, town):
        report(town, numbers_in(town, "Center Syd")[0])
        before = len(town.trail())
        assert sought(town).cases == ()
        assert len(town.trail()) == before

    @pytest.mark.parametrize(
        ("who", "address", "key", "error"),
        [
            ("kim", "center-syd", KEY, NotFound),
            ("kim", "center-nowhere", KEY, NotFound),
            ("kim", "center-nord", "2030-1", NotFound),
            ("bo", "center-nord", KEY, NotAllowed),
        ],
    )
    def test_refused(self, town, who, address, key, error):
        with pytest.raises(error):
            sought(town, who, address, key)

    def test_none_once_it_is_closed(self, town):
        town.answer("bo")
        town.close()
        assert sought(town).cases == ()
