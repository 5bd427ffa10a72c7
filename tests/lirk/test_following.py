"""What the coordinator sees of a round: counts of work by the alphabet, read in a fixed number of statements."""

from datetime import timedelta

import pytest
from small_round import KEY, answers_to, under_way

from lirk.domain.following import (
    CaseState,
    NextStep,
    PersonAtWork,
    ReviewProgress,
    Tally,
    WorkState,
    by_need,
    case_progress,
    in_hand,
    next_step,
    tally,
)
from lirk.domain.obstacles import Obstacle, ObstacleReason
from lirk.domain.reviews import Answer, CaseStatus, Reading
from lirk.domain.round_rules import RoundRules
from lirk.domain.rounds import RoundNotIn, RoundState
from lirk.domain.todo import Todo
from lirk.errors import NotAllowed
from lirk.services import case_pages, closing_page, following, round_log, settling
from lirk.services.round_log import ANSWERS, PAGE
from lirk.services.round_rules import change_rules
from lirk.wording.following import LOG


def a_review(**fields):
    usual = {
        "review_id": 1,
        "case_pk": 1,
        "number": 1,
        "case_id": "26/001",
        "centre": "Center Nord",
        "stratum": "Center Nord",
        "status": CaseStatus.TO_REVIEW,
        "checklist_id": "breve",
        "reviewer_id": 5,
        "begun": False,
        "finished": False,
    }
    return ReviewProgress(**{**usual, **fields})


class TestCaseProgress:
    @pytest.mark.parametrize(
        ("reviews", "more", "expected"),
        [
            ([{"reviewer_id": None}], {}, CaseState.UNASSIGNED),
            ([{}], {}, CaseState.WAITING),
            ([{"begun": True}], {}, CaseState.BEGUN),
            ([{"begun": True, "finished": True}, {"checklist_id": "data"}], {}, CaseState.BEGUN),
            ([{"finished": True}, {"finished": True, "checklist_id": "data"}], {}, CaseState.FINISHED),
            ([{"begun": True}], {"reported": [1]}, CaseState.REPORTED),
            ([{"status": CaseStatus.NOT_FOUND}], {}, CaseState.NOT_FOUND),
            ([{"status": CaseStatus.OUT_OF_SCOPE}], {"replaced": ["26/001"]}, CaseState.REPLACED),
        ],
    )
    def test_state(self, reviews, more, expected):
        (case,) = case_progress([a_review(**one) for one in reviews], **more)
        assert case.state is expected

    def test_findings_and_replaced_cases_are_no_work(self):
        cases = case_progress(
            [
                a_review(),
                a_review(case_pk=2, number=2, finished=True),
                a_review(case_pk=3, number=3, status=CaseStatus.NO_ACCESS),
                a_review(case_pk=4, number=4, reviewer_id=None),
            ]
        )
        assert tally(cases) == Tally(cases=3, assigned=2, begun=0, finished=1)
        assert tally(cases).missing == 2


class TestWorkState:
    @pytest.mark.parametrize(
        ("counts", "expected"),
        [
            ({}, WorkState.NOTHING),
            ({"cases": 3, "assigned": 3}, WorkState.NOT_BEGUN),
            ({"cases": 3, "begun": 1}, WorkState.UNDER_WAY),
            ({"cases": 3, "finished": 1}, WorkState.UNDER_WAY),
            ({"cases": 3, "finished": 3}, WorkState.FINISHED),
        ],
    )
    def test_each(self, counts, expected):
        assert Tally(**counts).state is expected

    def test_counts_of_both_readings_together(self):
        both = Tally(cases=3, assigned=3, finished=3) + Tally(cases=1, assigned=1, begun=1)
        assert both == Tally(cases=4, assigned=4, begun=1, finished=3)
        assert both.state is WorkState.UNDER_WAY


class TestInHand:
    def test_what_somebody_reported_waits_for_the_coordinator_not_for_them(self):
        cases = case_progress([a_review(), a_review(case_pk=2, number=2, finished=True)], reported=[1])
        assert in_hand(cases) == {5: Tally(cases=1, assigned=1, finished=1)}

    def test_second_readings_are_work_of_their_reader(self):
        first = case_progress([a_review(finished=True)])
        second = case_progress([a_review(review_id=2, reviewer_id=6)])
        assert in_hand([*first, *second]) == {
            5: Tally(cases=1, assigned=1, finished=1),
            6: Tally(cases=1, assigned=1),
        }


def person(number, name, **counts):
    return PersonAtWork(id=number, name=name, work=Tally(**counts))


class TestByNeed:
    def test_those_who_need_a_nudge_first_and_then_by_the_alphabet(self):
        people = [
            person(1, "Åse", cases=2),
            person(2, "Anne", cases=2, finished=2),
            person(3, "Bo", cases=9, finished=8),
            person(4, "Aage", cases=3),
            person(5, "Alma"),
            person(6, "Ib", cases=9, finished=1),
        ]
        assert [one.name for one in by_need(people)] == ["Aage", "Åse", "Bo", "Ib", "Alma", "Anne"]

    @pytest.mark.parametrize("reverse", [False, True])
    def test_who_did_more_comes_no_sooner(self, reverse):
        shares = sorted([(9, 1), (9, 8), (2, 1), (40, 20)], reverse=reverse)
        names = ["Anne", "Bo", "Ida", "Ole"]
        people = [
            person(number, name, cases=cases, finished=finished)
            for number, (name, (cases, finished)) in enumerate(zip(names, shares, strict=True))
        ]
        assert [one.name for one in by_need(reversed(people))] == names


class TestNextStep:
    @pytest.mark.parametrize(
        ("state", "counts", "expected"),
        [
            (RoundState.COMMITTED, {}, NextStep.SEED),
            (RoundState.DRAWN, {}, NextStep.ASSIGN),
            (RoundState.REVIEWING, {"obstacles": 1, "unassigned": 1, "left": 1}, NextStep.SETTLE),
            (RoundState.REVIEWING, {"unassigned": 1, "left": 1}, NextStep.ASSIGN),
            (RoundState.REVIEWING, {"left": 1}, NextStep.REVIEW),
            (RoundState.REVIEWING, {}, NextStep.CLOSE),
            (RoundState.CLOSED, {}, NextStep.REPORT),
        ],
    )
    def test_each(self, state, counts, expected):
        assert next_step(state, **counts) is expected


@pytest.fixture
def town(database, tmp_path, now):
    """Eight cases that bo and anne share."""
    return under_way(database, tmp_path, now, "bo", "anne")


#: What is told as it is on a day.
DAILY = (following.rounds_page, following.round_page)


def ask(town, read, *arguments, who=None, **more):
    if read in DAILY:
        more["today"] = town.now.date()
    with town.acting(who) as (store, actor):
        return read(store, actor, *arguments, **more)


def report(town, number):
    case_pk = town.cases()[number].id
    with town.acting() as (store, _):
        store.obstacles.report(
            Obstacle(
                case_id=case_pk,
                reason=ObstacleReason.NOT_FOUND,
                note="",
                reported_at=town.now,
                reported_by=store.people.by_username("bo").id,
            )
        )
        store.trail.add(
            "obstacle-reported", actor_id=None, at=town.now, round=KEY, number=number, reason="not-found"
        )


def town_case(store, round_, number):
    return next(one for one in store.cases.of(round_.id) if one.number == number)


class TestFollow:
    def test_those_who_need_a_nudge_first(self, town):
        town.add("alma")
        town.answer("anne")
        found = ask(town, following.follow, KEY)
        assert [(one.name, one.work.state, one.work.finished) for one in found.people] == [
            ("Bo", WorkState.NOT_BEGUN, 0),
            ("Alma", WorkState.NOTHING, 0),
            ("Anne", WorkState.FINISHED, 4),
        ]
        assert [name for name, _ in found.by_centre] == ["Center Nord", "Center Syd", "Center Øst"]
        assert [case.number for case, _ in found.cases] == list(range(1, 9))

    def test_what_waits_for_the_coordinator(self, town):
        report(town, 3)
        number = next(iter(town.cases_of("anne")))
        town.answer("anne", number, value="", status=CaseStatus.OUT_OF_SCOPE)
        found = ask(town, following.follow, KEY)
        assert [(one.number, one.reporter) for one in found.obstacles] == [(3, "Bo")]
        assert found.to_replace == (number,)
        assert ask(town, following.round_page, KEY).next is NextStep.SETTLE

    def test_a_second_reading_counts_for_its_reader_and_no_case_tells_of_it(self, town):
        before = ask(town, following.follow, KEY)
        number = next(iter(town.cases_of("anne")))
        with town.acting() as (store, actor):
            round_, bo = store.rounds.by_key(KEY), store.people.by_username("bo")
            case = town_case(store, round_, number)
            store.reviews.open_for(round_.id, [case.id], ["breve"], reading=Reading.SECOND, reviewer_id=bo.id)
            store.trail.add("cases-assigned", actor_id=actor.id, at=town.now, round=KEY, cases={})
        found = ask(town, following.follow, KEY)
        assert {one.name: one.work.cases for one in found.people} == {"Anne": 4, "Bo": 5}
        assert (found.cases, found.by_centre, found.work) == (before.cases, before.by_centre, before.work)
        assert found.second == Tally(cases=1, assigned=1)

    def test_a_centre_is_not_finished_while_a_second_reading_is_open(self, town):
        town.answer("anne")
        town.answer("bo")
        number = next(iter(town.cases_of("anne")))
        centre = town.cases()[number].centre
        assert dict(ask(town, following.follow, KEY).by_centre)[centre].state is WorkState.FINISHED
        with town.acting() as (store, actor):
            round_, bo = store.rounds.by_key(KEY), store.people.by_username("bo")
            case = town_case(store, round_, number)
            store.reviews.open_for(round_.id, [case.id], ["breve"], reading=Reading.SECOND, reviewer_id=bo.id)
            store.trail.add("cases-assigned", actor_id=actor.id, at=town.now, round=KEY, cases={})
        found = dict(ask(town, following.follow, KEY).by_centre)
        assert [name for name, one in found.items() if one.state is not WorkState.FINISHED] == [centre]
        assert found[centre].missing == 1

    def test_what_waits_is_told_with_its_count(self, town):
        report(town, 3)
        found = ask(town, following.follow, KEY)
        assert Todo(code="obstacles", count=1, path="/follow#obstacles") in found.todo
        assert ask(town, following.round_page, KEY).todo == found.todo

    def test_nothing_waits_once_it_is_closed(self, town):
        town.answer("anne")
        town.answer("bo")
        town.close()
        found = ask(town, following.follow, KEY)
        assert (found.todo, found.deadline) == ((), None)

    def test_the_deadline_stands_in_the_list_and_on_the_page(self, town):
        day = town.now.date()
        with town.acting() as (store, actor):
            change_rules(store, actor, KEY, RoundRules(deadline=day), now=town.now)
        town.answer("bo")
        assert ask(town, following.follow, KEY).deadline == day
        (row,) = ask(town, following.rounds_page).rounds
        assert (row.deadline, row.work) == (day, Tally(cases=8, finished=4))

    def test_not_before_the_draw(self, town):
        town.new("2026-2")
        with pytest.raises(RoundNotIn):
            ask(town, following.follow, "2026-2")


class TestClosing:
    def test_what_keeps_it_open(self, town):
        report(town, 3)
        town.answer("anne")
        found = ask(town, closing_page.closing, KEY)
        left = tuple(number for number in town.cases_of("bo") if number != 3)
        assert found.blocked == {"obstacles-open": (3,), "cases-not-reviewed": left}

    def test_doubts_without_their_answers_and_reopenings(self, town):
        mine = town.cases_of("bo")
        number = next(iter(mine))
        said = answers_to("bo", {number: mine[number]})
        doubtful = (
            Answer(item_id="clear", value="yes", in_doubt=True),
            *said.cases[number].answers["breve"][1:],
        )
        said.cases[number].answers["breve"] = doubtful
        town.hand_in(said)
        with town.acting() as (store, actor):
            settling.reopen_case(store, actor, KEY, number, "Læst forkert", now=town.now)
        found = ask(town, closing_page.closing, KEY)
        assert found.blocked["doubts-open"] == (number,)
        assert [(one.numbers, one.reason) for one in found.reopenings] == [((number,), "Læst forkert")]

    def test_nothing_when_all_is_settled(self, town):
        town.answer("anne")
        town.answer("bo")
        assert ask(town, closing_page.closing, KEY).blocked == {}
        assert ask(town, following.round_page, KEY).next is NextStep.CLOSE


class TestCasePage:
    def test_both_ends_of_a_replacement(self, town):
        town.replace(1)
        out, called = (ask(town, case_pages.case_page, KEY, number) for number in (1, 9))
        assert (out.replaced_by, called.took_place_of) == (9, 1)
        assert (out.can_move, out.can_replace, out.can_reopen) == (False, False, False)
        assert called.can_move

    def test_who_has_it_is_not_offered(self, town):
        number = next(iter(town.cases_of("bo")))
        assert [one.username for one in ask(town, case_pages.case_page, KEY, number).takers] == ["anne"]


class TestTrailPage:
    def test_newest_first_in_pages(self, town):
        with town.acting() as (store, actor):
            for second in range(PAGE + 10):
                at = town.now + timedelta(seconds=second)
                store.trail.add(
                    "case-moved", actor_id=actor.id, at=at, round=KEY, number=second, reviewer="bo"
                )
        first, last = (ask(town, round_log.trail_page, KEY, page=page) for page in (1, 99))
        assert (len(first.entries), first.entries[0][0].about["number"], first.pages) == (PAGE, PAGE + 9, 2)
        assert (last.page, last.entries[-1][0].action, last.entries[-1][1]) == (
            2,
            "frame-frozen",
            "Koordinator",
        )

    def test_single_answers_are_left_out(self, town):
        with town.acting() as (store, actor):
            store.trail.add(ANSWERS[0], actor_id=actor.id, at=town.now, round=KEY, number=1)
        count = ask(town, round_log.trail_page, KEY).count
        assert ask(town, round_log.trail_page, KEY, answers=True).count == count + 1

    def test_the_planning_of_the_round_is_in_it(self, town):
        with town.acting() as (store, actor):
            for key in ("2026-2", "2026-22"):
                store.trail.add("plan-made", actor_id=actor.id, at=town.now, round=key)
        town.new("2026-2")
        found = ask(town, round_log.trail_page, "2026-2")
        assert [entry.action for entry, _ in found.entries] == ["frame-frozen", "plan-made"]

    def test_each_thing_done_in_a_round_has_a_sentence(self, town):
        report(town, 3)
        town.answer("anne")
        assert {entry.action for entry, _ in ask(town, round_log.trail_page, KEY).entries} <= set(LOG)


class TestRights:
    @pytest.mark.parametrize(
        ("read", "arguments"),
        [
            (following.rounds_page, ()),
            (following.round_page, (KEY,)),
            (following.follow, (KEY,)),
            (case_pages.case_page, (KEY, 1)),
            (closing_page.closing, (KEY,)),
            (round_log.trail_page, (KEY,)),
        ],
    )
    def test_not_for_reviewers(self, town, read, arguments):
        with pytest.raises(NotAllowed):
            ask(town, read, *arguments, who="anne")


class TestStatements:
    def test_as_many_for_one_round_as_for_four(self, database, tmp_path, now, statements):
        town = under_way(database, tmp_path, now, "anne")
        counts = []
        for keys in ((), ("b", "c", "d")):
            for key in keys:
                town.new(key)
            with statements() as sent:
                ask(town, following.rounds_page)
            counts.append(len(sent))
        assert counts[0] == counts[1]

    def test_as_many_for_few_cases_as_for_many(self, sqlite_url, tmp_path, now, statements):
        from lirk.storage.database import Database

        counts = []
        for n in (1, 5):
            folder = tmp_path / str(n)
            folder.mkdir()
            database = Database(f"{sqlite_url}-{n}")
            database.upgrade()
            town = under_way(database, folder, now, "anne", "bo", n=n, reserve=1)
            for read, arguments in (
                (following.round_page, (KEY,)),
                (following.follow, (KEY,)),
                (case_pages.case_page, (KEY, 1)),
                (closing_page.closing, (KEY,)),
                (round_log.trail_page, (KEY,)),
            ):
                with statements() as sent:
                    ask(town, read, *arguments)
                counts.append((n, read.__name__, len(sent)))
            database.dispose()
        assert [count[1:] for count in counts if count[0] == 1] == [
            count[1:] for count in counts if count[0] == 5
        ]
