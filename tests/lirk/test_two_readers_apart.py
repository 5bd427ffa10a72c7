"""Two who read the same case stay apart, whoever it goes to; what they said is not lost, and nothing is stuck."""

import pytest
from double_round import open_second, readings, write
from small_round import KEY, OTHER_SEED, answers_to, under_way

from lirk.domain.assignment import Bar, MayNotRead
from lirk.domain.disqualified import disqualified_in
from lirk.domain.obstacles import Settlement
from lirk.domain.people import Role
from lirk.domain.reviews import Answer, CaseStatus, Reading
from lirk.domain.round_rules import RoundRules
from lirk.domain.settling import DrawAfterAnswers, SecondReadingFinished, SecondReadingHeld
from lirk.domain.trail import TrailEntry
from lirk.errors import NotAllowed, ProblemsFound
from lirk.services import (
    assigning,
    case_pages,
    finishing,
    handing_over,
    reconciling,
    reviewing,
    reviews,
    round_rules,
    rounds,
    second_readings,
    settling,
    urgent_cases,
)
from lirk.services.closing import further_blockers
from lirk.services.limits import able_to_take
from lirk.services.samples import acting_case
from lirk.services.second_readings import second_reviews

NO = Answer(item_id="clear", value="no", note="Brevet siger intet om klage")


@pytest.fixture
def town(database, tmp_path, now):
    """Anne has all cases; bo and carl review, too."""
    made = under_way(database, tmp_path, now, "anne")
    for username in ("bo", "carl"):
        made.add(username)
    return made


@pytest.fixture
def twice(town):
    """Case 1 is read by bo, too."""
    open_second(town.database, town.now, "bo", 1, key=KEY)
    return town


def do(town, act, *said, who=None, **more):
    with town.acting(who) as (store, actor):
        return act(store, actor, *said, now=town.now, **more)


def look(town, see, *said, who=None, **more):
    with town.acting(who) as (store, actor):
        return see(store, actor, *said, **more)


def move(town, number, username, reading=Reading.FIRST):
    do(town, handing_over.move_case, KEY, number=number, username=username, reading=reading)


def able(town, number, reading=Reading.FIRST):
    with town.acting() as (store, _):
        round_ = store.rounds.by_key(KEY)
        found = able_to_take(store, round_, acting_case(store, round_, number), reading)
        return [one.username for one in found]


def has(town, number=1):
    return tuple(one.username for one in readings(town.database, KEY, number))


def blocking(town):
    with town.acting() as (store, _):
        return further_blockers(store, store.rounds.by_key(KEY))


def seconds_of(town, number):
    with town.acting() as (store, _):
        round_ = store.rounds.by_key(KEY)
        return second_reviews(store, round_).get(acting_case(store, round_, number).id, ())


class TestWhoHasSeenTheOther:
    def test_somebody_who_had_it_before(self, twice):
        write(twice.database, readings(twice.database, KEY, 1)[1].id, twice.now, finished=False, clear=NO)
        move(twice, 1, "carl", Reading.SECOND)
        move(twice, 1, "bo", Reading.SECOND)
        assert able(twice, 1) == ["anne"]
        with pytest.raises(MayNotRead):
            move(twice, 1, "carl")
        assert has(twice) == ("anne", "bo")

    def test_somebody_who_answered_in_it(self, twice):
        write(twice.database, readings(twice.database, KEY, 1)[0].id, twice.now, finished=False, clear=NO)
        move(twice, 1, "carl")
        with pytest.raises(MayNotRead):
            move(twice, 1, "anne", Reading.SECOND)
        assert able(twice, 1, Reading.SECOND) == ["bo"]

    def test_handing_all_of_it_over_leaves_the_case(self, twice):
        write(twice.database, readings(twice.database, KEY, 1)[1].id, twice.now, finished=False, clear=NO)
        do(twice, handing_over.hand_over, KEY, giver="bo", takers=["carl"])
        do(twice, handing_over.hand_over, KEY, giver="carl", takers=["bo"])
        done = do(twice, handing_over.hand_over, KEY, giver="anne", takers=["carl"])
        assert 1 not in done.given
        assert (done.stay, [one.reasons for one in done.barred]) == ((1,), [{Bar.HAS_SEEN: 1}])

    def test_sharing_the_rest_out_gives_it_to_another(self, town):
        open_second(town.database, town.now, "bo", 1, key=KEY)
        with town.acting() as (store, actor):
            store.round_rules.keep(store.rounds.by_key(KEY).id, RoundRules(double_percent=100))
            store.trail.add("made", actor_id=actor.id, at=town.now)
        first = readings(town.database, KEY, 1)[0]
        write(town.database, first.id, town.now, finished=False, clear=NO)
        move(town, 1, "carl")
        done = do(town, assigning.assign, KEY, reviewers=["anne", "bo"], again=True)
        assert done.seconds[1] == "bo"

    def test_a_coordinator_who_could_look_at_it(self, twice):
        twice.add("dorte", Role.COORDINATOR, Role.REVIEWER)
        assert able(twice, 1, Reading.SECOND) == ["bo", "carl", "dorte"]
        write(twice.database, readings(twice.database, KEY, 1)[0].id, twice.now, finished=False, clear=NO)
        assert able(twice, 1, Reading.SECOND) == ["bo", "carl"]
        with pytest.raises(MayNotRead):
            move(twice, 1, "dorte", Reading.SECOND)

    def test_not_a_coordinator_who_had_the_other_reading_all_along(self, twice):
        twice.add("dorte", Role.COORDINATOR, Role.REVIEWER)
        move(twice, 1, "dorte", Reading.SECOND)
        write(twice.database, readings(twice.database, KEY, 1)[0].id, twice.now, finished=False, clear=NO)
        assert "dorte" in able(twice, 1, Reading.SECOND)

    def test_not_where_there_was_nothing_to_see(self, twice):
        move(twice, 1, "carl", Reading.SECOND)
        move(twice, 1, "bo", Reading.SECOND)
        assert able(twice, 1) == ["anne", "carl"]

    def test_who_was_asked_to_decide_reads_neither_and_may_be_asked_again(self, twice):
        one, two = readings(twice.database, KEY, 1)
        write(twice.database, one.id, twice.now, clear="yes")
        write(twice.database, two.id, twice.now, clear="no")
        do(twice, reconciling.ask_third, one.id, "carl", who="anne")
        page = look(twice, reconciling.reconciliation_page, one.id, who="anne")
        assert [person.username for person in page.takers] == ["carl"]
        do(twice, reconciling.reopen_reading, one.id, Reading.SECOND, "Forkert bilag")
        with pytest.raises(MayNotRead):
            move(twice, 1, "carl", Reading.SECOND)
        assert "carl" not in able(twice, 1)

    def test_who_had_a_reading_does_not_decide(self, twice):
        write(twice.database, readings(twice.database, KEY, 1)[0].id, twice.now, finished=False, clear=NO)
        twice.add("dora")
        move(twice, 1, "carl")
        one, two = readings(twice.database, KEY, 1)
        write(twice.database, one.id, twice.now, reasons="yes")
        write(twice.database, two.id, twice.now, clear="yes", reasons="yes")
        page = look(twice, reconciling.reconciliation_page, one.id, who="bo")
        assert [person.username for person in page.takers] == ["dora"]

    def test_after_somebody_disqualified_it_goes_to_nobody_who_saw_the_other(self, twice):
        one, two = readings(twice.database, KEY, 1)
        write(twice.database, two.id, twice.now, finished=False, clear=NO)
        move(twice, 1, "carl", Reading.SECOND)
        do(twice, reviewing.report_obstacle, one.id, "other", "Kan ikke åbne sagen", who="anne")
        with pytest.raises(MayNotRead):
            do(twice, settling.settle_obstacle, KEY, 1, Settlement.REASSIGNED, reviewer="bo")


def disqualify(town, username="anne", number=1, to="bo"):
    review = town.reviews()[number].id
    do(town, reviewing.report_obstacle, review, "disqualified", "", who=username)
    do(town, settling.settle_obstacle, KEY, number, Settlement.REASSIGNED, reviewer=to)
    return review


class TestDisqualified:
    def test_stays_so_when_the_next_reader_reports_and_takes_it_back(self, town):
        review = disqualify(town)
        do(town, reviewing.report_obstacle, review, "not-found", "", who="bo")
        assert able(town, 1) == ["bo", "carl"]
        do(town, reviewing.take_back_obstacle, review, who="bo")
        assert able(town, 1) == ["bo", "carl"]
        with pytest.raises(MayNotRead):
            move(town, 1, "anne")
        shared = do(town, handing_over.hand_over, KEY, giver="bo", takers=["anne", "carl"])
        assert shared.given == {1: "carl"}

    @pytest.mark.parametrize("how", ["taken back", "other reason", "returned"])
    def test_not_any_more_when_it_was_a_mistake(self, town, how):
        review = town.reviews()[1].id
        do(town, reviewing.report_obstacle, review, "disqualified", "", who="anne")
        assert able(town, 1) == ["bo", "carl"]
        if how == "taken back":
            do(town, reviewing.take_back_obstacle, review, who="anne")
        elif how == "other reason":
            do(town, reviewing.report_obstacle, review, "not-found", "", who="anne")
        else:
            do(town, settling.settle_obstacle, KEY, 1, Settlement.RETURNED)
        assert able(town, 1) == ["anne", "bo", "carl"]

    def test_each_of_two_is_decided_on_alone(self, twice):
        one, two = readings(twice.database, KEY, 1)
        do(twice, reviewing.report_obstacle, one.id, "disqualified", "", who="anne")
        do(twice, reviewing.report_obstacle, two.id, "disqualified", "", who="bo")
        do(twice, settling.settle_obstacle, KEY, 1, Settlement.RETURNED)
        assert able(twice, 1) == ["anne", "carl"]

    def test_an_entry_that_does_not_say_whose_report_it_was(self, now):
        about = {"number": 3, "reason": "disqualified"}

        def entry(action, actor, **more):
            return TrailEntry(at=now, actor_id=actor, action=action, about={**about, **more})

        reported = entry("obstacle-reported", 7)
        assert disqualified_in([reported]) == {3: {7}}
        assert disqualified_in([reported, entry("obstacle-settled", 1, settlement="reassigned")]) == {3: {7}}
        assert disqualified_in([reported, entry("obstacle-settled", 1, settlement="returned")]) == {}

    def test_the_next_reader_is_not_shown_what_the_first_judged_or_said_in_haste(self, town):
        review = town.reviews()[1].id
        write(town.database, review, town.now, finished=False, clear=NO)
        with town.acting() as (store, actor):
            store.reviews.finish(review, town.now, judgement="critical-breach")
            store.trail.add("made", actor_id=actor.id, at=town.now)
        do(town, urgent_cases.raise_urgent, review, "Annes grund", who="anne")
        do(town, settling.reopen_case, KEY, 1, "Se igen")
        disqualify(town)
        shown = look(town, finishing.summary, review, who="bo")
        assert (shown.review.judgement, shown.urgent, dict(shown.review.answers)) == (None, None, {})
        assert look(town, urgent_cases.urgent_page, review, who="bo").said is None

    def test_what_the_first_said_in_haste_waits_beside_what_the_next_says(self, town):
        review = town.reviews()[1].id
        do(town, urgent_cases.raise_urgent, review, "Annes grund", who="anne")
        disqualify(town)
        for _ in range(2):
            do(town, urgent_cases.raise_urgent, review, "Bos grund", who="bo")
        [waits] = look(town, urgent_cases.urgent_of_round, KEY).waiting
        assert waits.reason == "Annes grund\n\nBos grund"
        assert look(town, urgent_cases.urgent_page, review, who="bo").said is None


@pytest.fixture
def urgent(town):
    """Half of the cases are read twice; the second reader of one only said that something must be done."""
    do(town, round_rules.change_rules, KEY, RoundRules(double_percent=50))
    shared = do(town, assigning.assign, KEY, reviewers=["anne", "bo"])
    number = min(shared.seconds)
    [review] = seconds_of(town, number)
    do(town, urgent_cases.raise_urgent, review.id, "Står uden bolig", who=shared.seconds[number])
    return number


def waiting(town):
    return [one.reason for one in look(town, urgent_cases.urgent_of_round, KEY).waiting]


class TestUrgentSecond:
    def test_counts_as_begun(self, town, urgent):
        with pytest.raises(ProblemsFound):
            do(town, round_rules.change_rules, KEY, RoundRules(double_percent=0))
        with town.acting() as (store, actor):
            store.round_rules.keep(store.rounds.by_key(KEY).id, RoundRules())
            store.trail.add("made", actor_id=actor.id, at=town.now)
        shared = do(town, assigning.assign, KEY, reviewers=["anne", "bo", "carl"], again=True)
        assert urgent not in shared.closed
        assert shared.closed
        assert waiting(town) == ["Står uden bolig"]
        assert blocking(town)["second-readings-missing"] == (urgent,)

    def test_lives_on_when_the_first_reader_finds_nothing(self, town, urgent):
        sheet = answers_to(
            "anne", {urgent: town.cases()[urgent].case_id}, value="", status=CaseStatus.NOT_FOUND
        )
        do(town, reviews.import_answers, KEY, sheet, who="anne")
        assert waiting(town) == ["Står uden bolig"]
        assert (
            "second-readings-missing" not in blocking(town)
            or urgent not in blocking(town)["second-readings-missing"]
        )

    @pytest.mark.parametrize("decision", [Settlement.FINDING, Settlement.REPLACED])
    def test_lives_on_when_the_case_leaves(self, town, urgent, decision):
        review = town.reviews()[urgent].id
        do(town, reviewing.report_obstacle, review, "no-access", "", who="anne")
        do(town, settling.settle_obstacle, KEY, urgent, decision, reason="Ingen afgørelse")
        assert waiting(town) == ["Står uden bolig"]

    def test_so_does_a_word_about_a_doubt(self, town):
        open_second(town.database, town.now, "bo", 1, key=KEY)
        [review] = seconds_of(town, 1)
        with town.acting() as (store, actor):
            store.doubts.add_message(
                review.id, "clear", "Hvad nu?", from_reviewer=True, at=town.now, by=actor.id
            )
            store.trail.add("made", actor_id=actor.id, at=town.now)
        do(town, reviewing.report_obstacle, town.reviews()[1].id, "no-access", "", who="anne")
        do(town, settling.settle_obstacle, KEY, 1, Settlement.FINDING)
        assert seconds_of(town, 1)

    def test_nobody_draws_again_because_of_it(self, town):
        do(town, urgent_cases.raise_urgent, town.reviews()[1].id, "Nu", who="anne")
        with pytest.raises(DrawAfterAnswers):
            town.draw(seed=OTHER_SEED, reason="Forkert vidne")
        assert waiting(town) == ["Nu"]


class TestFinishedSecond:
    @pytest.fixture
    def finished(self, twice):
        one, two = readings(twice.database, KEY, 1)
        write(twice.database, two.id, twice.now, clear=NO, reasons="no")
        do(twice, reviewing.report_obstacle, one.id, "out-of-scope", "", who="anne")
        return two.id

    @pytest.mark.parametrize("decision", [Settlement.FINDING, Settlement.REPLACED])
    def test_is_not_put_aside_until_it_is_opened_again(self, twice, finished, decision):
        said = {"status": CaseStatus.NOT_FOUND, "reason": "Ingen afgørelse"}
        with pytest.raises(SecondReadingFinished):
            do(twice, settling.settle_obstacle, KEY, 1, decision, **said)
        assert twice.cases()[1].status is CaseStatus.TO_REVIEW
        page = look(twice, case_pages.case_page, KEY, 1)
        assert (page.second_finished, page.can_replace, page.can_reopen) == (True, False, True)
        do(twice, settling.reopen_case, KEY, 1, "Sagen hører ikke til rammen")
        assert look(twice, finishing.summary, finished, who="bo").reopened == "Sagen hører ikke til rammen"
        do(twice, settling.settle_obstacle, KEY, 1, decision, **said)
        assert seconds_of(twice, 1)[0].answers["clear"] == NO

    def test_is_not_replaced_without_a_report_either(self, twice, finished):
        with pytest.raises(SecondReadingFinished):
            do(twice, rounds.replace_case, KEY, number=1, reason="Ingen afgørelse")

    def test_stays_finished_where_the_first_reading_is_opened(self, twice):
        one, two = readings(twice.database, KEY, 1)
        for review in (one, two):
            write(twice.database, review.id, twice.now, clear="yes")
        do(twice, settling.reopen_case, KEY, 1, "Se igen")
        assert not twice.reviews()[1].finished_at
        assert seconds_of(twice, 1)[0].finished_at


class TestGivingUp:
    @pytest.fixture
    def stuck(self, town):
        """Everything is to be read twice; bo may read nothing of Center Nord, and carl nothing at all."""
        do(town, round_rules.change_rules, KEY, RoundRules(double_percent=100))
        barred = {"bo": ["Center Nord"]}
        shared = do(town, assigning.assign, KEY, reviewers=["anne", "bo"], conflicts=barred)
        assert shared.left_seconds
        return shared

    def end(self, town, number, reason="Ingen andre må læse den", who=None):
        return do(town, second_readings.end_second, KEY, number, reason, who=who)

    def test_what_nobody_has_keeps_no_round_open(self, town, stuck):
        for number in stuck.left_seconds:
            assert look(town, case_pages.case_page, KEY, number).can_end_second
            self.end(town, number)
            assert not look(town, case_pages.case_page, KEY, number).can_end_second
        assert blocking(town)["second-readings-missing"] == tuple(sorted(stuck.seconds))
        [*_, last] = town.trail()
        assert (last.action, last.about["reason"]) == ("second-reading-ended", "Ingen andre må læse den")
        again = do(town, assigning.assign, KEY, reviewers=["anne", "bo", "carl"], again=True)
        assert not set(stuck.left_seconds) & {*again.seconds, *again.left_seconds}

    def test_also_of_a_reader_who_left(self, town, stuck):
        number = min(stuck.seconds)
        [review] = seconds_of(town, number)
        with town.acting() as (store, actor):
            gone = store.people.by_id(review.reviewer_id)
            store.people.set_active(gone.id, active=False)
            store.trail.add("made", actor_id=actor.id, at=town.now)
        self.end(town, number)
        assert number not in blocking(town)["second-readings-missing"]

    def test_not_what_somebody_has_or_has_finished(self, town, stuck):
        taken = min(stuck.seconds)
        with pytest.raises(SecondReadingHeld):
            self.end(town, taken)
        write(town.database, seconds_of(town, taken)[0].id, town.now, clear="yes")
        with pytest.raises(SecondReadingHeld):
            self.end(town, taken)

    def test_not_twice_and_not_where_none_is_wanted(self, town, stuck):
        number = stuck.left_seconds[0]
        self.end(town, number)
        with pytest.raises(SecondReadingHeld):
            self.end(town, number)

    def test_not_in_a_round_where_cases_are_read_once(self, town):
        with pytest.raises(SecondReadingHeld):
            self.end(town, 1)

    def test_needs_a_reason_and_the_coordinator(self, town, stuck):
        number = stuck.left_seconds[0]
        with pytest.raises(ProblemsFound) as refused:
            self.end(town, number, " ")
        assert [one.code for one in refused.value.problems] == ["giving-up-reason-missing"]
        with pytest.raises(NotAllowed):
            self.end(town, number, who="bo")
