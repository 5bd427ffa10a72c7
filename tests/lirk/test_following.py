"""What the coordinator sees of a round: counts of work by the alphabet, read in a fixed number of statements."""

from datetime import timedelta

import pytest
from small_round import KEY, answers_to, under_way

from lirk.domain.following import (
    CaseState,
    NextStep,
    ReviewProgress,
    Tally,
    case_progress,
    next_step,
    tally,
)
from lirk.domain.obstacles import Obstacle, ObstacleReason
from lirk.domain.reviews import Answer, CaseStatus
from lirk.domain.rounds import RoundNotIn, RoundState
from lirk.errors import NotAllowed
from lirk.services import following, settling
from lirk.services.following import ANSWERS, PAGE
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


def ask(town, read, *arguments, who=None, **more):
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


class TestFollow:
    def test_counts_by_the_alphabet(self, town):
        town.answer("bo")
        found = ask(town, following.follow, KEY)
        assert [(name, one.assigned, one.finished, one.missing) for name, one in found.by_reviewer] == [
            ("Anne", 4, 0, 4),
            ("Bo", 4, 4, 0),
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

    def test_not_before_the_draw(self, town):
        town.new("2026-2")
        with pytest.raises(RoundNotIn):
            ask(town, following.follow, "2026-2")


class TestClosing:
    def test_what_keeps_it_open(self, town):
        report(town, 3)
        town.answer("anne")
        found = ask(town, following.closing, KEY)
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
        found = ask(town, following.closing, KEY)
        assert [(one.number, one.item_id, checklist.id) for one, checklist in found.doubts] == [
            (number, "clear", "breve")
        ]
        assert [(one.numbers, one.reason) for one in found.reopenings] == [((number,), "Læst forkert")]

    def test_nothing_when_all_is_settled(self, town):
        town.answer("anne")
        town.answer("bo")
        assert ask(town, following.closing, KEY).blocked == {}
        assert ask(town, following.round_page, KEY).next is NextStep.CLOSE


class TestCasePage:
    def test_both_ends_of_a_replacement(self, town):
        town.replace(1)
        out, called = (ask(town, following.case_page, KEY, number) for number in (1, 9))
        assert (out.replaced_by, called.took_place_of) == (9, 1)
        assert (out.can_move, out.can_replace, out.can_reopen) == (False, False, False)
        assert called.can_move

    def test_who_has_it_is_not_offered(self, town):
        number = next(iter(town.cases_of("bo")))
        assert [one.username for one in ask(town, following.case_page, KEY, number).takers] == ["anne"]


class TestTrailPage:
    def test_newest_first_in_pages(self, town):
        with town.acting() as (store, actor):
            for second in range(PAGE + 10):
                at = town.now + timedelta(seconds=second)
                store.trail.add(
                    "case-moved", actor_id=actor.id, at=at, round=KEY, number=second, reviewer="bo"
                )
        first, last = (ask(town, following.trail_page, KEY, page=page) for page in (1, 99))
        assert (len(first.entries), first.entries[0][0].about["number"], first.pages) == (PAGE, PAGE + 9, 2)
        assert (last.page, last.entries[-1][0].action, last.entries[-1][1]) == (
            2,
            "frame-frozen",
            "Koordinator",
        )

    def test_single_answers_are_left_out(self, town):
        with town.acting() as (store, actor):
            store.trail.add(ANSWERS[0], actor_id=actor.id, at=town.now, round=KEY, number=1)
        count = ask(town, following.trail_page, KEY).count
        assert ask(town, following.trail_page, KEY, answers=True).count == count + 1

    def test_the_planning_of_the_round_is_in_it(self, town):
        with town.acting() as (store, actor):
            for key in ("2026-2", "2026-22"):
                store.trail.add("plan-made", actor_id=actor.id, at=town.now, round=key)
        town.new("2026-2")
        found = ask(town, following.trail_page, "2026-2")
        assert [entry.action for entry, _ in found.entries] == ["frame-frozen", "plan-made"]

    def test_each_thing_done_in_a_round_has_a_sentence(self, town):
        report(town, 3)
        town.answer("anne")
        assert {entry.action for entry, _ in ask(town, following.trail_page, KEY).entries} <= set(LOG)


class TestRights:
    @pytest.mark.parametrize(
        ("read", "arguments"),
        [
            (following.rounds_page, ()),
            (following.round_page, (KEY,)),
            (following.follow, (KEY,)),
            (following.case_page, (KEY, 1)),
            (following.closing, (KEY,)),
            (following.trail_page, (KEY,)),
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
                (following.case_page, (KEY, 1)),
                (following.closing, (KEY,)),
                (following.trail_page, (KEY,)),
            ):
                with statements() as sent:
                    ask(town, read, *arguments)
                counts.append((n, read.__name__, len(sent)))
            database.dispose()
        assert [count[1:] for count in counts if count[0] == 1] == [
            count[1:] for count in counts if count[0] == 5
        ]
