"""Cases that must be acted on now: said, seen, handled, undone; never told to the other reader too early."""

from datetime import UTC, datetime, timedelta

import pytest
from small_round import KEY, under_way

from lirk.domain.people import Role
from lirk.domain.reviewing import CalibrationOver
from lirk.domain.reviews import Answer, Reading
from lirk.domain.urgent_cases import (
    UrgentCaseHandled,
    UrgentCaseOpen,
    UrgentReasonChanged,
    check_handling,
    check_urgent,
)
from lirk.errors import NotAllowed, NotFound, ProblemsFound
from lirk.services import closing_page, todo, urgent_cases
from lirk.services.closing import further_blockers
from lirk.wording import Wording
from web.pages.urgent_cases import how_long_ago

REASON = "Barnet er i fare"


@pytest.fixture
def town(database, tmp_path, now):
    """Anne has all cases; leader and contact person of Center Nord, and the leader of Center Syd."""
    made = under_way(database, tmp_path, now, "anne")
    made.add("bo")
    made.add("leder", Role.CENTRE_LEADER, centres=("Center Nord",))
    made.add("kontakt", Role.CONTACT_PERSON, centres=("Center Nord",))
    made.add("sydleder", Role.CENTRE_LEADER, centres=("Center Syd",))
    return made


@pytest.fixture
def review(town):
    """The review of case 1, of Center Nord."""
    return town.reviews()[1].id


def act(town, service, *args, who=None, **more):
    with town.acting(who) as (store, actor):
        return service(store, actor, *args, **more)


def say(town, review, reason=REASON, *, who="anne", at=None, was=""):
    act(town, urgent_cases.raise_urgent, review, reason, who=who, was=was, now=at or town.now)


def handle(town, review, text="Talt med centret", **more):
    return act(town, urgent_cases.handle_urgent, KEY, review, text, now=town.now, **more)


def listed(town, who=None):
    return act(town, urgent_cases.urgent_of_round, KEY, who=who)


class TestChecks:
    @pytest.mark.parametrize("check", [check_urgent, check_handling])
    @pytest.mark.parametrize("text", [" ", "010190-1234", "x" * 2001])
    def test_what_cannot_be_kept(self, check, text):
        with pytest.raises(ProblemsFound):
            check(text)

    def test_blanks_around_it_are_left_out(self):
        assert (check_urgent(" a "), check_handling(" b ")) == ("a", "b")


class TestRaise:
    def test_the_coordinator_sees_it_at_once(self, town, review):
        say(town, review)
        [row] = listed(town).waiting
        assert (row.case.number, row.case.centre, row.reason, row.case.raiser) == (
            1,
            "Center Nord",
            REASON,
            "Anne",
        )
        assert row.case.report_by == town.now + timedelta(hours=72)
        entry = town.trail()[-1]
        assert (entry.action, entry.about["number"], REASON in repr(entry)) == ("urgent-raised", 1, False)

    def test_the_same_again_changes_nothing(self, town, review):
        say(town, review)
        before = town.trail()
        say(town, review, f" {REASON} ")
        assert town.trail() == before

    def test_another_reason_keeps_the_time_while_it_waits(self, town, review):
        say(town, review)
        say(town, review, "Fristen udløber", at=town.now + timedelta(hours=1), was=REASON)
        [row] = listed(town).waiting
        assert (row.reason, row.case.raised_at) == ("Fristen udløber", town.now)
        assert town.trail()[-1].action == "urgent-changed"

    def test_another_reason_after_it_was_handled_waits_anew(self, town, review):
        say(town, review)
        handle(town, review)
        later = town.now + timedelta(hours=1)
        say(town, review, "Det er sket igen", at=later, was=REASON)
        [row] = listed(town).waiting
        assert (row.case.raised_at, row.case.handling) == (later, "Talt med centret")
        assert (row.case.handled_at, row.case.handled_by) == (None, None)

    @pytest.mark.parametrize("was", ["", "Noget andet"])
    def test_another_window_has_said_why(self, town, review, was):
        say(town, review)
        with pytest.raises(UrgentReasonChanged):
            say(town, review, "Fristen udløber", was=was)
        [row] = listed(town).waiting
        assert row.reason == REASON

    def test_nobody_says_it_of_another_s_case(self, town, review):
        with pytest.raises(NotFound):
            say(town, review, who="bo")

    def test_not_in_a_calibration(self, town):
        case_pk = town.cases()[1].id
        with town.acting() as (store, actor):
            round_, anne = store.rounds.by_key(KEY), store.people.by_username("anne")
            store.reviews.open_for(
                round_.id, [case_pk], ["breve"], reading=Reading.CALIBRATION, reviewer_id=anne.id
            )
            store.trail.add("calibration-opened", actor_id=actor.id, at=town.now, round=KEY)
            [made] = store.reviews.of(round_.id, reading=Reading.CALIBRATION)
        before = town.trail()
        with pytest.raises((NotFound, CalibrationOver)):
            say(town, made.id)
        assert town.trail() == before


class TestHandle:
    def test_what_was_done_is_kept(self, town, review):
        say(town, review)
        handle(town, review, " Talt med centret ")
        found = listed(town)
        assert (found.waiting, found.handled[0].case.handling) == ((), "Talt med centret")
        assert (found.handled[0].case.handled_at, town.trail()[-1].action) == (town.now, "urgent-handled")
        assert "centret" not in repr(town.trail()[-1].about)

    def test_undone_it_waits_again_with_what_was_written(self, town, review):
        say(town, review)
        handle(town, review)
        act(town, urgent_cases.undo_handling, KEY, review, now=town.now)
        [row] = listed(town).waiting
        assert (row.case.handling, row.case.handled_at) == ("Talt med centret", None)
        assert town.trail()[-1].action == "urgent-handling-undone"

    def test_each_once(self, town, review):
        say(town, review)
        with pytest.raises(UrgentCaseOpen):
            act(town, urgent_cases.undo_handling, KEY, review, now=town.now)
        handle(town, review)
        with pytest.raises(UrgentCaseHandled):
            handle(town, review)

    def test_what_is_refused_keeps_nothing(self, town, review):
        say(town, review)
        before = town.trail()
        with pytest.raises(ProblemsFound):
            handle(town, review, "")
        assert (town.trail(), listed(town).handled) == (before, ())

    def test_not_where_nothing_was_said_and_not_by_others(self, town, review):
        with pytest.raises(NotFound):
            handle(town, review)
        say(town, review)
        for who in ("anne", "leder"):
            with pytest.raises(NotAllowed):
                handle(town, review, who=who)
            with pytest.raises(NotAllowed):
                listed(town, who)

    def test_not_under_another_round_s_key(self, town, review):
        say(town, review)
        town.new("2026-2")
        with pytest.raises(NotFound):
            act(town, urgent_cases.urgent_in_round, "2026-2", review)


class TestRound:
    def test_it_waits_for_the_coordinator_and_keeps_the_round_open(self, town, review):
        say(town, review)
        with town.acting() as (store, actor):
            round_ = store.rounds.by_key(KEY)
            assert [one.code for one in todo.waiting(store, actor, round_)][:1] == ["urgent"]
            assert further_blockers(store, round_)["urgent-cases-open"] == (1,)
            assert "urgent-cases-open" in closing_page.closing(store, actor, KEY).blocked
        handle(town, review)
        with town.acting() as (store, actor):
            assert "urgent" not in [one.code for one in todo.waiting(store, actor, round_)]
            assert "urgent-cases-open" not in further_blockers(store, round_)


class TestOwnCentre:
    @pytest.mark.parametrize("who", ["leder", "kontakt"])
    def test_leader_and_contact_person_see_their_own(self, town, review, who):
        say(town, review)
        [row] = act(town, urgent_cases.urgent_of_own_centres, who=who)
        assert (row.case.number, row.reason) == (1, REASON)
        assert act(town, urgent_cases.urgent_to_see, who=who) == 1

    def test_no_other_centre_s(self, town, review):
        say(town, review)
        assert act(town, urgent_cases.urgent_of_own_centres, who="sydleder") == ()
        assert act(town, urgent_cases.urgent_to_see, who="sydleder") == 0
        with pytest.raises(NotFound):
            act(town, urgent_cases.identify_urgent, review, who="sydleder", now=town.now)

    def test_handled_it_is_gone(self, town, review):
        say(town, review)
        handle(town, review)
        assert act(town, urgent_cases.urgent_of_own_centres, who="leder") == ()
        with pytest.raises(NotFound):
            act(town, urgent_cases.identify_urgent, review, who="leder", now=town.now)

    def test_who_learns_the_case_number_is_noted(self, town, review):
        say(town, review)
        row = act(town, urgent_cases.identify_urgent, review, who="kontakt", now=town.now)
        assert row.case.case_id == town.cases()[1].case_id
        assert (town.trail()[-1].action, town.trail()[-1].about["number"]) == ("urgent-identified", 1)

    def test_reviewers_see_none(self, town, review):
        say(town, review)
        assert act(town, urgent_cases.urgent_to_see, who="anne") == 0
        with pytest.raises(NotAllowed):
            act(town, urgent_cases.urgent_of_own_centres, who="anne")
        with pytest.raises(NotAllowed):
            act(town, urgent_cases.identify_urgent, review, who="anne", now=town.now)


class TestBlindness:
    @pytest.fixture
    def both(self, town):
        """The second reading of case 1 belongs to one who coordinates, too."""
        town.add("karl", Role.REVIEWER, Role.COORDINATOR)
        case_pk = town.cases()[1].id
        with town.acting() as (store, actor):
            round_, karl = store.rounds.by_key(KEY), store.people.by_username("karl")
            store.reviews.open_for(
                round_.id, [case_pk], ["breve"], reading=Reading.SECOND, reviewer_id=karl.id
            )
            store.trail.add("second-readings-opened", actor_id=actor.id, at=town.now, round=KEY)
            [made] = store.reviews.of(round_.id, reading=Reading.SECOND)
        return made.id

    def finish(self, town, *reviews):
        with town.acting() as (store, actor):
            for review in reviews:
                store.reviews.save_answers(
                    review, [Answer(item_id="clear", value="yes")], at=town.now, by=actor.id
                )
                store.reviews.finish(review, town.now)
            store.trail.add("review-finished", actor_id=actor.id, at=town.now, round=KEY, number=1)

    def test_the_reason_waits_until_both_are_finished(self, town, review, both):
        say(town, review)
        for done, blind in (((), True), ((review,), True), ((both,), False)):
            self.finish(town, *done)
            [row] = listed(town, "karl").waiting
            assert (row.blind, row.reason) == (blind, "" if blind else REASON)

    def test_a_coordinator_who_reads_nothing_sees_it(self, town, review, both):
        say(town, review)
        assert listed(town).waiting[0].reason == REASON


@pytest.mark.parametrize(
    ("passed", "said"),
    [
        (timedelta(seconds=-5), "lige nu"),
        (timedelta(seconds=59), "lige nu"),
        (timedelta(minutes=1), "for 1 minut siden"),
        (timedelta(minutes=59), "for 59 minutter siden"),
        (timedelta(hours=1), "for 1 time siden"),
        (timedelta(hours=47), "for 47 timer siden"),
        (timedelta(hours=48), "for 2 dage siden"),
        (timedelta(days=10), "for 10 dage siden"),
    ],
)
def test_how_long_ago(passed, said):
    since = datetime(2026, 11, 22, 12, tzinfo=UTC)
    assert how_long_ago(since, since + passed, Wording("da")) == said
