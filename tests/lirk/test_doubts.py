"""Answers in doubt: who acts next, who may say what, what keeps a round open; the services on both databases."""

from datetime import timedelta

import pytest
from small_round import KEY, under_way

from lirk.domain.doubts import (
    MESSAGE_LIMIT,
    Doubt,
    DoubtNotAsked,
    DoubtOpen,
    DoubtSettled,
    DoubtState,
    DoubtTakenBack,
    Message,
    check_message,
    in_order,
    may_discuss,
)
from lirk.domain.obstacles import Settlement
from lirk.domain.people import Person, Role
from lirk.domain.reviews import Answer, Reading
from lirk.domain.rounds import RoundNotIn
from lirk.errors import NotAllowed, NotFound, ProblemsFound
from lirk.services import closing_page, doubts, finishing, reviewing, settling
from lirk.services.todo import waiting
from lirk.wording.following import LOG

QUESTION, REPLY = "Er »venligst« klart nok?", "Ja, når fristen står der."


def a_doubt(now, *from_reviewer, in_doubt=True, **fields):
    usual = {
        "review_id": 1,
        "round_key": KEY,
        "number": 1,
        "centre": "Center Nord",
        "checklist_id": "breve",
        "reviewer_id": 7,
        "reviewer": "Anne",
        "finished": False,
        "answer": Answer(item_id="clear", value="yes", in_doubt=in_doubt),
        "messages": tuple(
            Message(text="…", from_reviewer=side, at=now, by=1, name="…") for side in from_reviewer
        ),
    }
    return Doubt(**{**usual, **fields})


class TestState:
    @pytest.mark.parametrize(
        ("sides", "state"),
        [
            ((), DoubtState.WAITS_FOR_COORDINATOR),
            ((True,), DoubtState.WAITS_FOR_COORDINATOR),
            ((True, False), DoubtState.WAITS_FOR_REVIEWER),
            ((False, True), DoubtState.WAITS_FOR_COORDINATOR),
        ],
    )
    def test_the_other_side_of_the_last_word_acts(self, now, sides, state):
        assert a_doubt(now, *sides).state is state

    def test_what_somebody_settled_is_settled(self, now):
        assert not a_doubt(now, True, settled_at=now).is_open

    def test_a_mark_that_is_taken_away_settles_by_itself(self, now):
        assert not a_doubt(now, True, in_doubt=False).is_open

    def test_one_that_is_not_asked_any_more_waits_for_nobody(self, now):
        assert a_doubt(now, True, asked=False).state is DoubtState.NOT_ASKED
        assert a_doubt(now, True, asked=False, settled_at=now).state is DoubtState.SETTLED

    def test_lists_have_open_ones_first_and_then_go_by_number(self, now):
        settled, later, first = (
            a_doubt(now, number=1, settled_at=now),
            a_doubt(now, number=3),
            a_doubt(now, number=2),
        )
        assert in_order([settled, later, first]) == (first, later, settled)


class TestWho:
    @pytest.mark.parametrize("role", list(Role))
    def test_the_coordinator_and_the_legal_department_discuss_every_doubt(self, now, role):
        person = Person(8, "p", "P", roles=frozenset({role}))
        assert may_discuss(a_doubt(now), person) == (role in {Role.COORDINATOR, Role.LEGAL_ADVISER})

    def test_a_reviewer_discusses_their_own(self, now):
        roles = frozenset({Role.REVIEWER})
        assert may_discuss(a_doubt(now), Person(7, "a", "A", roles=roles))
        assert not may_discuss(a_doubt(now), Person(7, "a", "A", roles=roles, active=False))


class TestText:
    def test_blanks_around_it_are_left_out(self):
        assert check_message("  Hvad nu?\n") == "Hvad nu?"
        assert len(check_message("x" * MESSAGE_LIMIT)) == MESSAGE_LIMIT

    @pytest.mark.parametrize(
        ("text", "code"),
        [
            (" \n", "doubt-message-missing"),
            ("x" * (MESSAGE_LIMIT + 1), "text-too-long"),
            ("Borgeren 010190-1234 fik brevet", "text-looks-like-cpr"),
        ],
    )
    def test_what_is_refused(self, text, code):
        with pytest.raises(ProblemsFound) as found:
            check_message(text)
        assert [(one.code, one.column) for one in found.value.problems] == [(code, "text")]


class Talk:
    """A round in which anne is in doubt about the first of her cases; each act is a unit of work."""

    def __init__(self, town):
        self.town = town
        self.number, *_ = town.cases_of("anne")
        self.review = town.reviews()[self.number].id
        self.at = town.now

    def __call__(self, act, *args, who, **more):
        with self.town.acting(who) as (store, actor):
            return act(store, actor, *args, **more)

    def answer(self, *, in_doubt=True, value="yes", version=0, who="anne", note="", item="clear"):
        said = Answer(item_id=item, value=value, in_doubt=in_doubt, note=note)
        self(reviewing.save_answer, self.review, item, said, version=version, now=self.at, who=who)

    def complete(self):
        walk = self(reviewing.open_review, self.review, who="anne").walk
        for question in walk.open_questions:
            self.answer(in_doubt=False, item=question.id)

    def write(self, who, text=QUESTION):
        self.at += timedelta(minutes=1)
        return self(doubts.write, self.review, "clear", text, now=self.at, who=who)

    def settle(self, who):
        return self(doubts.settle, self.review, "clear", now=self.at, who=who)

    def reopen(self, who):
        return self(doubts.reopen, self.review, "clear", now=self.at, who=who)

    def page(self, who):
        return self(doubts.doubt_page, self.review, "clear", who=who)

    def state(self):
        return self.page("koordinator").doubt.state

    def blocked(self):
        return self(closing_page.closing, KEY, who="koordinator").blocked.get("doubts-open", ())


@pytest.fixture
def town(database, tmp_path, now):
    made = under_way(database, tmp_path, now, "anne", "bo")
    made.add("jurist", Role.LEGAL_ADVISER)
    made.add("leder", Role.CENTRE_LEADER, centres=["Center Nord"])
    return made


@pytest.fixture
def talk(town):
    made = Talk(town)
    made.answer()
    return made


class TestExchange:
    def test_goes_to_and_fro_until_it_is_settled(self, talk):
        assert talk.state() is DoubtState.WAITS_FOR_COORDINATOR
        talk.write("anne")
        assert talk.state() is DoubtState.WAITS_FOR_COORDINATOR
        talk.write("jurist", REPLY)
        assert talk.state() is DoubtState.WAITS_FOR_REVIEWER
        found = talk.page("anne").doubt
        assert [(one.text, one.from_reviewer, one.name) for one in found.messages] == [
            (QUESTION, True, "Anne"),
            (REPLY, False, "Jurist"),
        ]
        talk.settle("anne")
        assert talk.state() is DoubtState.SETTLED
        assert talk.page("koordinator").doubt.settled_by == "Anne"

    @pytest.mark.parametrize("who", ["anne", "koordinator", "jurist"])
    def test_all_parts_write_settle_and_open_again(self, talk, who):
        talk.write(who)
        talk.settle(who)
        with pytest.raises(DoubtSettled):
            talk.write(who)
        with pytest.raises(DoubtSettled):
            talk.settle(who)
        talk.reopen(who)
        with pytest.raises(DoubtOpen):
            talk.reopen(who)
        assert talk.page(who).doubt.is_open

    @pytest.mark.parametrize(("who", "error"), [("bo", NotFound), ("leder", NotAllowed)])
    def test_nobody_else_has_a_part(self, talk, who, error):
        for act in (talk.page, talk.write, talk.settle, talk.reopen):
            with pytest.raises(error):
                act(who)

    def test_a_text_that_is_refused_changes_nothing(self, talk):
        with pytest.raises(ProblemsFound):
            talk.write("anne", "Borgeren 010190-1234 fik brevet")
        assert talk.page("anne").doubt.messages == ()

    def test_the_mark_taken_away_settles_and_set_again_opens(self, talk):
        talk.write("anne")
        talk.answer(in_doubt=False, version=1)
        assert talk.state() is DoubtState.SETTLED
        with pytest.raises(DoubtTakenBack):
            talk.reopen("koordinator")
        talk.answer(version=2)
        assert talk.state() is DoubtState.WAITS_FOR_COORDINATOR

    def test_a_doubt_set_again_is_open_whoever_settled_it(self, talk):
        talk.settle("koordinator")
        talk.answer(in_doubt=False, version=1)
        talk.answer(version=2)
        assert talk.page("anne").doubt.is_open

    def test_an_answer_changed_as_agreed_stays_settled(self, talk):
        talk.settle("koordinator")
        talk.answer(value="no", note="Uklart", version=1)
        assert talk.state() is DoubtState.SETTLED

    def test_an_answer_that_never_was_in_doubt_has_none(self, town):
        talk = Talk(town)
        talk.answer(in_doubt=False)
        for who in ("anne", "koordinator", "jurist"):
            with pytest.raises(NotFound):
                talk.page(who)

    def test_goes_on_in_a_finished_case(self, talk):
        talk.complete()
        talk(finishing.finish, talk.review, judgement="in-order", now=talk.at, who="anne")
        talk.write("koordinator", REPLY)
        talk.write("anne")
        assert talk.page("anne").doubt.finished
        assert talk.state() is DoubtState.WAITS_FOR_COORDINATOR

    def test_is_read_and_not_written_when_the_round_is_closed(self, town, talk):
        talk.settle("koordinator")
        town.answer("anne")
        town.answer("bo")
        town.close()
        assert not talk.page("koordinator").takes
        for act in (talk.write, talk.reopen):
            with pytest.raises(RoundNotIn):
                act("koordinator")

    def test_a_calibration_has_no_doubts(self, town, talk):
        with town.acting() as (store, actor):
            round_ = store.rounds.by_key(KEY)
            case = store.reviews.get(talk.review).case_id
            anne = store.people.by_username("anne").id
            store.reviews.open_for(
                round_.id, [case], ["breve"], reading=Reading.CALIBRATION, reviewer_id=anne
            )
            [review] = store.reviews.of(round_.id, reading=Reading.CALIBRATION)
            said = Answer(item_id="clear", value="yes", in_doubt=True)
            store.reviewing.keep_answer(review.id, said, expected=0, key=None, at=town.now, by=anne)
            store.trail.add("made", actor_id=actor.id, at=town.now)
        with pytest.raises(NotFound):
            talk(doubts.doubt_page, review.id, "clear", who="anne")
        assert len(talk(doubts.doubts_list, KEY, who="koordinator").doubts) == 1

    def test_who_is_disqualified_leaves_no_word_behind(self, town, talk):
        talk.write("anne")
        talk(reviewing.report_obstacle, talk.review, "disqualified", "", now=talk.at, who="anne")
        with town.acting() as (store, actor):
            settling.settle_obstacle(
                store, actor, KEY, talk.number, Settlement.REASSIGNED, reviewer="bo", now=talk.at
            )
        talk.answer(who="bo")
        assert talk.page("bo").doubt.messages == ()


class TestLists:
    def test_of_a_round_for_those_who_answer(self, talk):
        for who, names in (("koordinator", True), ("jurist", False)):
            found = talk(doubts.doubts_list, KEY, who=who)
            assert [(one.doubt.number, one.doubt.item_id) for one in found.doubts] == [(talk.number, "clear")]
            assert found.names == names

    def test_of_all_rounds_without_those_that_are_settled(self, talk):
        assert len(talk(doubts.open_doubts, who="jurist").doubts) == 1
        talk.settle("jurist")
        assert talk(doubts.open_doubts, who="jurist").doubts == ()
        assert len(talk(doubts.doubts_list, KEY, who="jurist").doubts) == 1

    def test_ones_own(self, talk):
        assert [one.doubt.number for one in talk(doubts.my_doubts, who="anne")] == [talk.number]
        assert talk(doubts.my_doubts, who="bo") == ()
        talk.settle("koordinator")
        assert talk(doubts.my_doubts, who="anne") == ()

    @pytest.mark.parametrize("who", ["anne", "leder"])
    def test_are_not_for_others(self, talk, who):
        for act, *args in ((doubts.doubts_list, KEY), (doubts.open_doubts,)):
            with pytest.raises(NotAllowed):
                talk(act, *args, who=who)

    def test_take_a_fixed_number_of_statements(self, town, talk, statements):
        def counted(act, *args, who):
            with statements() as sent:
                talk(act, *args, who=who)
            return len(sent)

        asked = [(doubts.doubts_list, KEY), (doubts.open_doubts,)]
        before = [counted(*one, who="jurist") for one in asked]
        talk.write("anne")
        for number in town.cases_of("bo"):
            talk.review = town.reviews()[number].id
            talk.answer(who="bo")
            talk.write("bo")
        assert [counted(*one, who="jurist") for one in asked] == before


class TestRound:
    def test_is_not_closed_before_all_is_settled(self, town, talk):
        town.answer("anne", *(number for number in town.cases_of("anne") if number != talk.number))
        town.answer("bo")
        talk.complete()
        talk(finishing.finish, talk.review, judgement="in-order", now=talk.at, who="anne")
        assert talk.blocked() == (talk.number,)
        with pytest.raises(ProblemsFound) as found:
            town.close()
        assert [one.code for one in found.value.problems] == ["doubts-open"]
        talk.settle("jurist")
        assert talk.blocked() == ()
        town.close()

    def test_an_item_that_is_hidden_keeps_nothing_open(self, town, talk):
        talk.settle("anne")
        number = next(one for one, case in town.cases().items() if case.outcome == "full-grant")
        review, hidden = town.reviews()[number], Answer(item_id="reasons", value="yes", in_doubt=True)
        with town.acting() as (store, actor):
            store.reviews.save_answers(review.id, [hidden], at=town.now, by=review.reviewer_id)
            store.trail.add("made", actor_id=actor.id, at=town.now)
        who = {one: name for name in ("anne", "bo") for one in town.cases_of(name)}[number]
        assert talk.blocked() == ()
        assert talk(doubts.my_doubts, who=who) == ()
        assert talk(doubts.open_doubts, who="jurist").doubts == ()
        found = talk(doubts.doubt_page, review.id, "reasons", who=who).doubt
        assert (found.state, found.is_open) == (DoubtState.NOT_ASKED, False)
        for act in (doubts.settle, doubts.reopen):
            with pytest.raises(DoubtNotAsked):
                talk(act, review.id, "reasons", now=talk.at, who=who)
        with pytest.raises(DoubtNotAsked):
            talk(doubts.write, review.id, "reasons", QUESTION, now=talk.at, who=who)

    def test_tells_the_coordinator_what_waits(self, town, talk):
        def todo():
            with town.acting() as (store, actor):
                round_ = store.rounds.by_key(KEY)
                return [(one.code, one.count) for one in waiting(store, actor, round_)]

        assert ("doubts", 1) in todo()
        talk.write("koordinator", REPLY)
        assert todo() == []

    def test_a_case_that_is_found_missing_needs_no_talk(self, town, talk):
        talk(reviewing.report_obstacle, talk.review, "not-found", "", now=talk.at, who="anne")
        with town.acting() as (store, actor):
            settling.settle_obstacle(store, actor, KEY, talk.number, Settlement.FINDING, now=talk.at)
        assert talk.blocked() == ()
        with pytest.raises(NotFound):
            talk.page("koordinator")

    def test_the_trail_tells_that_and_never_what(self, town, talk):
        talk.write("anne")
        talk.settle("koordinator")
        talk.reopen("koordinator")
        told = [entry for entry in town.trail() if entry.action.startswith("doubt-")]
        assert [one.action for one in told] == ["doubt-discussed", "doubt-settled", "doubt-reopened"]
        assert {one.action for one in told} <= set(LOG)
        for one in told:
            about = {"round": KEY, "number": talk.number, "checklist": "breve", "item": "clear"}
            assert one.about == about


class TestTwoReaders:
    """Who reads a case as one of two does not see the other's doubts before both are finished."""

    @pytest.fixture
    def second(self, town, talk):
        """A second reading by the coordinator, who may see all doubts but this case's other reader's."""
        with town.acting() as (store, actor):
            round_ = store.rounds.by_key(KEY)
            case = store.reviews.get(talk.review).case_id
            store.reviews.open_for(round_.id, [case], ["breve"], reading=Reading.SECOND, reviewer_id=actor.id)
            [found] = store.reviews.of(round_.id, reading=Reading.SECOND)
            store.trail.add("made", actor_id=actor.id, at=town.now)
        return found.id

    def test_the_other_s_doubt_is_hidden(self, town, talk, second):
        talk.write("anne")
        for act in (talk.page, talk.write, talk.settle):
            with pytest.raises(NotFound):
                act("koordinator")
        assert talk(doubts.doubts_list, KEY, who="koordinator").doubts == ()
        assert talk(doubts.open_doubts, who="koordinator").doubts == ()
        assert len(talk(doubts.open_doubts, who="jurist").doubts) == 1
        with town.acting() as (store, actor):
            assert doubts.doubts_waiting(store, actor, store.rounds.by_key(KEY)) == ()

    def test_until_both_are_finished(self, town, talk, second):
        with town.acting() as (store, actor):
            store.reviews.finish(talk.review, town.now)
            store.trail.add("made", actor_id=actor.id, at=town.now)
        with pytest.raises(NotFound):
            talk.page("koordinator")
        with town.acting() as (store, actor):
            store.reviews.finish(second, town.now)
            store.trail.add("made", actor_id=actor.id, at=town.now)
        assert talk.page("koordinator").doubt.is_open
        assert len(talk(doubts.doubts_list, KEY, who="koordinator").doubts) == 1

    def test_both_talk_for_themselves(self, town, talk, second):
        with town.acting() as (store, actor):
            said = Answer(item_id="clear", value="no", in_doubt=True)
            store.reviewing.keep_answer(second, said, expected=0, key=None, at=town.now, by=actor.id)
            store.trail.add("made", actor_id=actor.id, at=town.now)
        with pytest.raises(NotFound):
            talk(doubts.doubt_page, second, "clear", who="anne")
        assert [one.doubt.review_id for one in talk(doubts.my_doubts, who="anne")] == [talk.review]
        assert talk(doubts.doubt_page, second, "clear", who="koordinator").mine
