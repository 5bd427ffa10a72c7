"""How a round is reviewed: what may be changed when, what is told of it, and what stays on record."""

from dataclasses import replace
from datetime import date, timedelta

import pytest
from small_round import KEY, under_way

from lirk.domain.access import NotAllowed
from lirk.domain.reviews import Answer, Reading
from lirk.domain.round_rules import Begun, RoundRules, rules_problems, second_count, with_time_of_choice
from lirk.domain.rounds import RoundNotIn, RoundUnknown
from lirk.errors import ProblemsFound
from lirk.services import round_rules
from lirk.services.round_rules import change_rules, rules_page
from lirk.wording import Wording
from lirk.wording.deadlines import deadline_line

TODAY = date(2026, 11, 22)
USUAL, NOTHING = RoundRules(), Begun()


def told(new, old=USUAL, *, begun=NOTHING, unread=()):
    problems = rules_problems(new, old, begun=begun, today=TODAY, unread=frozenset(unread))
    return {problem.column: problem.code for problem in problems}


class TestRulesProblems:
    @pytest.mark.parametrize("percent", [0, 1, 50, 100])
    def test_shares_that_can_be_chosen(self, percent):
        assert told(RoundRules(double_percent=percent)) == {}

    @pytest.mark.parametrize("percent", [-1, 101, 10**9])
    def test_shares_that_cannot(self, percent):
        assert told(RoundRules(double_percent=percent)) == {"double_percent": "double-percent-unusable"}

    def test_the_share_stands_fast_once_a_second_reading_is_begun(self):
        old, begun = RoundRules(double_percent=20), Begun(second=True)
        assert told(RoundRules(double_percent=10), old, begun=begun) == {
            "double_percent": "double-percent-fixed"
        }
        assert told(replace(old, deadline=TODAY), old, begun=begun) == {}

    def test_the_result_stands_fast_once_a_review_is_finished(self):
        begun = Begun(finished=True)
        assert told(RoundRules(shows_result=True), begun=begun) == {"shows_result": "shows-result-fixed"}
        assert told(RoundRules(shows_result=True)) == {}
        assert told(RoundRules(double_percent=10), begun=begun) == {}

    @pytest.mark.parametrize(
        ("deadline", "before", "expected"),
        [
            (TODAY, None, {}),
            (TODAY + timedelta(days=1), None, {}),
            (None, TODAY, {}),
            (TODAY - timedelta(days=1), None, {"deadline": "deadline-passed"}),
            (TODAY - timedelta(days=1), TODAY - timedelta(days=1), {}),
        ],
        ids=["today", "tomorrow", "taken away", "yesterday", "passed, and left as it is"],
    )
    def test_deadlines(self, deadline, before, expected):
        assert told(RoundRules(deadline=deadline), RoundRules(deadline=before)) == expected

    def test_all_are_told_at_once(self):
        wanted = RoundRules(shows_result=True, double_percent=101, deadline=TODAY - timedelta(days=9))
        assert told(wanted, begun=Begun(finished=True)) == {
            "double_percent": "double-percent-unusable",
            "deadline": "deadline-passed",
            "shows_result": "shows-result-fixed",
        }

    def test_what_could_not_be_read_is_told_with_the_rest(self):
        assert told(RoundRules(double_percent=300), unread=["deadline"]) == {
            "double_percent": "double-percent-unusable",
            "deadline": "deadline-unusable",
        }


class TestWithTimeOfChoice:
    def test_it_is_when_the_share_changed_last(self, now):
        first = with_time_of_choice(RoundRules(double_percent=20), USUAL, now=now)
        later = with_time_of_choice(
            RoundRules(double_percent=20, deadline=TODAY), first, now=now + timedelta(days=1)
        )
        assert (first.double_chosen_at, later.double_chosen_at) == (now, now)
        changed = with_time_of_choice(RoundRules(), later, now=now + timedelta(days=2))
        assert changed.double_chosen_at == now + timedelta(days=2)

    def test_who_leaves_it_alone_has_not_chosen(self, now):
        assert with_time_of_choice(RoundRules(shows_result=True), USUAL, now=now).double_chosen_at is None


class TestSecondCount:
    @pytest.mark.parametrize(
        ("cases", "percent", "expected"),
        [(8, 0, 0), (8, 1, 1), (8, 50, 4), (8, 51, 5), (8, 100, 8), (0, 50, 0)],
    )
    def test_rounds_up(self, cases, percent, expected):
        assert second_count(cases, percent) == expected


class TestDeadlineLine:
    @pytest.mark.parametrize(
        ("days", "expected"),
        [
            (5, "Frist 27. november 2026, om 5 dage"),
            (1, "Frist 23. november 2026, om 1 dag"),
            (0, "Frist 22. november 2026, det er i dag"),
            (-2, "Frist 20. november 2026; fristen er overskredet med 2 dage"),
        ],
    )
    def test_says_how_far_away_it_is(self, days, expected):
        assert deadline_line(TODAY + timedelta(days=days), TODAY, Wording("da")) == expected


@pytest.fixture
def town(database, tmp_path, now):
    """Eight cases that bo and anne share."""
    return under_way(database, tmp_path, now, "bo", "anne")


def change(town, *, who=None, unread=(), **rules):
    with town.acting(who) as (store, actor):
        return change_rules(store, actor, KEY, RoundRules(**rules), unread=unread, now=town.now)


def page(town, key=KEY):
    with town.acting() as (store, actor):
        return rules_page(store, actor, key)


def begin_second(town, number=1):
    """Open the second reading of a case, and answer one item in it."""
    with town.acting() as (store, actor):
        round_ = store.rounds.by_key(KEY)
        case = next(one for one in store.cases.of(round_.id) if one.number == number)
        anne = store.people.by_username("anne")
        store.reviews.open_for(round_.id, [case.id], ["breve"], reading=Reading.SECOND, reviewer_id=anne.id)
        (second,) = store.reviews.of(round_.id, reading=Reading.SECOND)
        answer = Answer(item_id="clear", value="yes")
        store.reviewing.keep_answer(second.id, answer, expected=0, key=None, at=town.now, by=anne.id)
        store.trail.add("answer-given", actor_id=actor.id, at=town.now, round=KEY, number=number)


class TestChangeRules:
    def test_they_are_kept_and_on_record(self, town):
        kept = change(town, shows_result=True, bars_own_centre=True, double_percent=20, deadline=TODAY)
        assert page(town).rules == kept
        assert kept.double_chosen_at == town.now
        entry = town.trail()[-1]
        assert (entry.action, dict(entry.about)) == (
            "round-rules-changed",
            {
                "round": KEY,
                "shows_result": True,
                "bars_own_centre": True,
                "double_percent": 20,
                "deadline": "2026-11-22",
            },
        )

    def test_the_same_again_is_no_change(self, town):
        change(town, double_percent=20)
        before = len(town.trail())
        change(town, double_percent=20)
        assert len(town.trail()) == before

    def test_nothing_is_kept_where_anything_is_wrong(self, town):
        with pytest.raises(ProblemsFound) as refused:
            change(town, bars_own_centre=True, double_percent=101, unread=["deadline"])
        assert {one.column for one in refused.value.problems} == {"double_percent", "deadline"}
        assert page(town).rules == RoundRules()

    def test_from_the_frozen_frame_on(self, town):
        town.new("2026-2")
        with town.acting() as (store, actor):
            change_rules(store, actor, "2026-2", RoundRules(double_percent=5), now=town.now)
        found = page(town, "2026-2")
        assert (found.rules.double_percent, found.cases, found.seed_known_at) == (5, None, None)

    def test_until_it_is_closed(self, town):
        town.answer("bo")
        town.answer("anne")
        town.close()
        assert not page(town).may_change
        with pytest.raises(RoundNotIn):
            change(town, deadline=TODAY)

    def test_the_result_when_a_review_is_finished(self, town):
        change(town, shows_result=True)
        town.answer("bo", next(iter(town.cases_of("bo"))))
        with pytest.raises(ProblemsFound):
            change(town, shows_result=False)
        change(town, shows_result=True, deadline=TODAY)

    def test_the_share_when_a_second_reading_is_begun(self, town):
        change(town, double_percent=20)
        begin_second(town)
        with pytest.raises(ProblemsFound):
            change(town, double_percent=30)
        assert page(town).begun == Begun(second=True)

    def test_is_the_coordinator_s(self, town):
        for do in (change, lambda town, who: rules_for(town, who)):
            with pytest.raises(NotAllowed):
                do(town, who="anne")

    def test_of_no_round(self, town):
        with pytest.raises(RoundUnknown):
            page(town, "2030-1")


def rules_for(town, who):
    with town.acting(who) as (store, actor):
        return round_rules.rules_page(store, actor, KEY)


class TestRulesPage:
    def test_it_knows_the_draw(self, town):
        found = page(town)
        assert found.cases == 8
        assert found.seed_known_at == town.now + timedelta(hours=1)
        assert found.may_change
