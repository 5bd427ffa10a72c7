"""Time on a case: what of a report is believed, who sees it, and what is told of a round; on both databases."""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st
from small_round import KEY, under_way

from lirk.domain.people import Role
from lirk.domain.planning import HOURS_A_CASE
from lirk.domain.review_times import (
    FEWEST_PEOPLE,
    HOUR,
    MARGIN,
    MOST_A_REPORT,
    MOST_MINUTES,
    ReviewTime,
    believed,
    check_minutes,
    hours,
    minutes,
)
from lirk.domain.reviews import Reading
from lirk.errors import NotAllowed, NotFound, ProblemsFound
from lirk.services import review_times, reviewing


class TestBelieved:
    @pytest.mark.parametrize(
        ("seconds", "passed", "counted"),
        [
            (30, None, 30),
            (500, None, MOST_A_REPORT),
            (30, 30, 30),
            (30, 29, 30),  # it took a second longer to arrive than the one before
            (30, 10, 12),
            (90, 3600, 90),
            (500, 3600, MOST_A_REPORT),
            (30, -60, 0),  # a clock that was set back
        ],
    )
    def test_no_more_than_passed(self, now, seconds, passed, counted):
        kept = ReviewTime(reported_at=None if passed is None else now - timedelta(seconds=passed))
        assert believed(seconds, kept, now) == counted

    @given(reports=st.lists(st.tuples(st.integers(0, 300), st.integers(0, 1000)), max_size=40))
    def test_any_reports_of_any_windows_add_up_to_no_more_than_passed(self, reports):
        begin = now = datetime(2026, 11, 22, tzinfo=UTC)
        kept, total = ReviewTime(), 0
        for passed, seconds in reports:
            now += timedelta(seconds=passed)
            total += believed(seconds, kept, now)
            kept = ReviewTime(reported_at=now)
        margins = MARGIN.total_seconds() * len(reports)
        assert total <= (now - begin).total_seconds() + MOST_A_REPORT + margins


class TestMinutes:
    @pytest.mark.parametrize(("seconds", "told"), [(0, 0), (1, 1), (89, 1), (90, 2), (2460, 41)])
    def test_are_whole(self, seconds, told):
        assert minutes(seconds) == told

    @pytest.mark.parametrize(("text", "kept"), [("", None), (" ", None), ("0", 0), ("41", 2460)])
    def test_are_read(self, text, kept):
        assert check_minutes(text) == kept
        assert check_minutes(str(MOST_MINUTES)) == MOST_MINUTES * 60

    @pytest.mark.parametrize("text", ["601", "-1", "1,5", "1e2", "en time", "²", "9" * 5000])
    def test_are_refused(self, text):
        with pytest.raises(ProblemsFound) as found:
            check_minutes(text)
        assert [(one.code, one.column) for one in found.value.problems] == [
            ("minutes-out-of-range", "minutes")
        ]

    def test_what_is_corrected_counts(self):
        assert ReviewTime(seconds=60, corrected=0).counted == 0
        assert ReviewTime(seconds=60).counted == 60


class TestHours:
    def test_are_told_of_three_people_and_more(self):
        two = [HOUR] * (FEWEST_PEOPLE - 1)
        assert hours(two, 30, closed=True).used is None
        assert hours([*two, HOUR], 30, closed=True).used == FEWEST_PEOPLE
        assert hours([], 30, closed=True).planned == round(30 * HOURS_A_CASE) == 27

    @pytest.mark.parametrize(("minutes_each", "told"), [(10, 1), (29, 1), (30, 2)])
    def test_are_whole_once_the_round_is_closed(self, minutes_each, told):
        assert hours([minutes_each * 60] * 3, 1, closed=True).used == told

    @pytest.mark.parametrize(("minutes_each", "told"), [(49, 0), (50, 5), (149, 5), (150, 10)])
    def test_are_told_in_steps_while_it_is_open(self, minutes_each, told):
        found = hours([minutes_each * 60] * 3, 1, closed=False)
        assert (found.used, found.exact) == (told, False)

    @pytest.mark.parametrize(
        ("by_person", "told"),
        [
            ((1, 1, 12 * HOUR), False),
            ((599, HOUR, HOUR), False),
            ((600, HOUR, HOUR), True),
            ((600, 599, HOUR, HOUR), True),
            ((HOUR, HOUR, 2 * HOUR), True),
            ((HOUR, HOUR, 2 * HOUR + 1), False),
        ],
    )
    def test_are_not_told_where_they_are_mostly_one_s(self, by_person, told):
        assert (hours(by_person, 20, closed=True).used is not None) is told


@pytest.fixture
def town(database, tmp_path, now):
    made = under_way(database, tmp_path, now, "anne", "bo", "carl")
    made.add("leder", Role.CENTRE_LEADER, centres=["Center Nord"])
    return made


class Desk:
    """The first case of each reviewer, and what is done with the time on it."""

    def __init__(self, town):
        self.town = town
        self.of = {
            name: town.reviews()[next(iter(town.cases_of(name)))].id for name in ("anne", "bo", "carl")
        }

    def __call__(self, act, *args, who, **more):
        with self.town.acting(who) as (store, actor):
            return act(store, actor, *args, **more)

    def report(self, seconds, *, who="anne", of=None, after=0):
        now = self.town.now + timedelta(seconds=after)
        return self(review_times.report, self.of[of or who], seconds, now=now, who=who)

    def correct(self, text, *, who="anne", of=None):
        self(review_times.correct, self.of[of or who], text, who=who)

    def time(self, *, who="anne", of=None):
        return self(review_times.my_time, self.of[of or who], who=who)

    def hours(self):
        with self.town.acting() as (store, _):
            return review_times.hours_of(store, store.rounds.by_key(KEY))


@pytest.fixture
def desk(town):
    return Desk(town)


class TestOnesOwn:
    def test_is_added_up(self, desk):
        assert desk.time().counted == 0
        assert desk.report(30) == 30
        assert desk.report(30, after=30) == 30
        assert desk.time().seconds == 60

    def test_two_windows_do_not_count_twice(self, desk):
        for after in range(30, 600, 30):
            desk.report(30, after=after)
            desk.report(30, after=after)
        assert desk.time().seconds <= 600 * 1.1

    def test_is_corrected_and_measured_again(self, desk):
        desk.report(90)
        desk.correct("41")
        assert (desk.time().counted, desk.time().seconds) == (41 * 60, 90)
        desk.report(30, after=60)
        desk.correct("")
        assert desk.time().counted == 120

    def test_is_corrected_where_nothing_was_measured(self, desk):
        desk.correct("20")
        assert desk.time().counted == 20 * 60

    def test_of_a_finished_case_is_corrected_and_not_measured(self, town, desk):
        town.answer("anne")
        assert desk.report(30) == 0
        desk.correct("20")
        assert desk.time().counted == 20 * 60

    def test_of_a_case_set_aside_is_not_measured(self, town, desk):
        desk(reviewing.report_obstacle, desk.of["anne"], "not-found", "", now=town.now, who="anne")
        assert desk.report(30) == 0

    def test_leaves_no_trail(self, town, desk):
        before = len(town.trail())
        desk.report(30)
        desk.correct("20")
        assert len(town.trail()) == before


class TestOthers:
    @pytest.mark.parametrize(("who", "error"), [("bo", NotFound), ("leder", NotAllowed)])
    def test_may_nothing(self, desk, who, error):
        with pytest.raises(error):
            desk.report(30, who=who, of="anne")
        with pytest.raises(error):
            desk.correct("20", who=who, of="anne")

    def test_the_coordinator_neither_sees_nor_changes_nor_leaves_time(self, desk):
        desk.report(30)
        assert desk.report(30, who="koordinator", of="anne") == 0
        assert desk.time(who="koordinator", of="anne") is None
        with pytest.raises(NotFound):
            desk.correct("20", who="koordinator", of="anne")
        assert desk.time().counted == 30

    def test_who_takes_a_case_over_does_not_see_who_had_it(self, town, desk):
        desk.report(30)
        with town.acting() as (store, actor):
            store.reviews.assign(desk.of["anne"], store.people.by_username("bo").id)
            store.trail.add("made", actor_id=actor.id, at=town.now)
        assert desk.time(who="anne", of="anne") is None
        assert desk.time(who="bo", of="anne").counted == 0


class TestHoursOfRound:
    def test_are_hidden_until_three_have_time(self, town, desk):
        assert (desk.hours().used, desk.hours().planned) == (None, round(len(town.cases()) * HOURS_A_CASE))
        desk.correct("60", who="anne")
        desk.correct("60", who="bo")
        assert desk.hours().used is None
        desk.correct("0", who="carl")
        assert desk.hours().used is None
        desk.correct("60", who="carl")
        assert (desk.hours().used, desk.hours().exact) == (5, False)

    def test_second_readings_are_planned_and_a_calibration_is_not_counted(self, town, desk):
        before = desk.hours().planned
        with town.acting() as (store, actor):
            round_, bo = store.rounds.by_key(KEY), store.people.by_username("bo").id
            cases = [one.case_id for one in store.reviews.of(round_.id)]
            store.reviews.open_for(round_.id, cases, ["breve"], reading=Reading.SECOND, reviewer_id=bo)
            store.reviews.open_for(
                round_.id, cases[:1], ["breve"], reading=Reading.CALIBRATION, reviewer_id=bo
            )
            [calibrating] = store.reviews.of(round_.id, reading=Reading.CALIBRATION)
            store.review_times.take(calibrating.id, bo)
            store.review_times.correct(calibrating.id, bo, 600 * 60)
            store.trail.add("made", actor_id=actor.id, at=town.now)
        for name in ("anne", "bo", "carl"):
            desk.correct("60", who=name)
        assert desk.hours().used == 5
        assert desk.hours().planned == round(2 * len(town.cases()) * HOURS_A_CASE)
        assert desk.hours().planned > before
