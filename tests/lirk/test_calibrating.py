"""Calibrating a round: opened, scored blind, closed, and what it bars in its round meanwhile and afterwards."""

import json

import pytest
from calibrated_round import Calibrators
from small_round import KEY, OTHER_SEED, planned_in, under_way

from lirk.domain.calibration import (
    AgreedReadingChanged,
    CalibrationClosed,
    CalibrationEmpty,
    CalibrationExists,
    CalibrationNeedsReaders,
    CalibrationNeedsReserve,
    CalibrationOpen,
    CalibrationUnfinished,
    letters,
)
from lirk.domain.draws import NoReserveLeft, SeedRecord
from lirk.domain.people import Role
from lirk.domain.reviewing import AlreadyFinished, CalibrationOver, NotYetOpen
from lirk.domain.reviews import CaseRole, CaseStatus
from lirk.domain.rounds import RoundNotIn, RoundState
from lirk.domain.settling import DrawAfterAnswers
from lirk.errors import NotAllowed, NotFound, ProblemsFound
from lirk.services import calibrating, case_pages, planned_draws, reviewing, samples, standing

READERS = ("anne", "bo", "carl")


@pytest.fixture
def town(database, tmp_path, now):
    """A round that is drawn and not shared out; two cases of Nord and Syd are held in reserve."""
    town = under_way(database, tmp_path, now)
    for username in READERS:
        town.add(username)
    return town


@pytest.fixture
def desk(town):
    return Calibrators(town, *READERS)


def reserve(town):
    with town.acting() as (store, _):
        cases = samples.latest_cases(store, store.rounds.by_key(KEY))
    return [case for case in cases if case.number is None]


def queue(desk, who):
    return desk(reviewing.queue, show=reviewing.Show.ALL, who=who).rounds


class TestOpening:
    def test_everybody_gets_every_case_from_the_ends_of_the_reserves(self, town, desk):
        calibration = desk.open()
        ends = [max((one for one in reserve(town) if one.stratum == name), key=lambda one: one.rank)
                for name in ("Center Nord", "Center Syd")]  # fmt: skip
        assert calibration.cases == tuple(one.id for one in ends)
        assert {name: sorted(desk.ids(name)) for name in READERS} == {name: [1, 2] for name in READERS}

    def test_they_keep_no_number_and_count_in_nothing(self, town, desk):
        before = town.progress()
        desk.open()
        desk.complete("anne", {1: "yes", 2: "no"}, note="Uklart.")
        assert town.progress() == before
        assert {case.number for case in reserve(town)} == {None}
        assert len(town.reviews()) == len(town.cases())

    def test_the_same_cases_each_time(self, desk):
        first = desk.open(4).cases
        desk.cancel()
        assert desk.open(4).cases == first

    def test_who_handled_a_case_does_not_get_it(self, database, tmp_path, now):
        town = under_way(database, tmp_path, now, caseworkers=True)
        for username in ("anne", "bo"):
            town.add(username)
        town.add("ole", caseworker_code="OLE")
        desk = Calibrators(town, "anne", "bo", "ole")
        desk.open(4)
        with town.acting() as (store, _):
            own = store.people.by_username("ole").caseworker_hash
            cases = {case.id: case for case in store.cases.of(store.rounds.by_key(KEY).id)}
            pks = store.calibrations.case_pks(store.rounds.by_key(KEY).id)
        barred = [number for number, pk in enumerate(pks, start=1) if cases[pk].caseworker_hash == own]
        assert barred
        assert sorted(desk.ids("ole")) == [number for number in (1, 2, 3, 4) if number not in barred]

    def test_which_cases_somebody_does_not_get_is_told(self, town, desk):
        town.add("lis", Role.REVIEWER, Role.CENTRE_LEADER, centres=["Center Syd"])
        named = ("anne", "bo", "lis")
        planned = desk(calibrating.planned, KEY, cases=4, reviewers=named)
        desk.open(4, named)
        for readers in (planned.readers, desk.page().readers):
            assert {one.person.username: one.left_out for one in readers} == {
                "anne": (),
                "bo": (),
                "lis": (2, 4),
            }

    def test_two_must_be_able_to_read_each_case(self, town, desk):
        town.add("lis", Role.REVIEWER, Role.CENTRE_LEADER, centres=["Center Syd"])
        with pytest.raises(CalibrationNeedsReaders) as refused:
            desk.open(readers=["anne", "lis"])
        assert refused.value.values == {"number": "2", "centre": "Center Syd"}
        assert desk.page().calibration is None

    def test_more_cases_than_the_reserve_has(self, desk):
        with pytest.raises(CalibrationNeedsReserve) as refused:
            desk.open(5)
        assert refused.value.values == {"count": 4}

    def test_a_draw_without_reserve_has_none(self, database, tmp_path, now):
        town = under_way(database, tmp_path, now, reserve=0)
        assert Calibrators(town).page().available == 0

    def test_once_a_round(self, desk):
        desk.open()
        with pytest.raises(CalibrationExists):
            desk.open()

    def test_before_the_cases_are_shared_out(self, town, desk):
        town.assign(*READERS)
        with pytest.raises(RoundNotIn):
            desk.open()

    def test_for_the_coordinator_alone(self, desk):
        for act in (desk.open, desk.page, desk.close, desk.cancel):
            with pytest.raises((NotAllowed, NotFound)):
                act(who="anne")


class TestScoring:
    def test_stands_in_the_queue_with_numbers_of_its_own(self, desk):
        desk.open()
        [part] = queue(desk, "anne")
        assert part.calibrates
        assert [(row.number, row.waits_for) for row in part.rows] == [(1, None), (2, 1)]
        assert (part.cases, part.reviewed) == (2, 0)
        desk.complete("anne", {1: "yes"})
        [part] = queue(desk, "anne")
        assert (part.cases, part.reviewed, part.go_on.number) == (2, 1, 2)

    def test_in_the_order_of_the_numbers_and_on_to_the_next(self, desk):
        desk.open()
        with pytest.raises(NotYetOpen):
            desk.save("anne", 2)
        desk.save("anne", 1)
        for question in desk(reviewing.open_review, desk.ids("anne")[1], who="anne").walk.questions:
            desk.save("anne", 1, "yes", question.id)
        assert desk.finish("anne", 1) == desk.ids("anne")[2]

    @pytest.mark.parametrize("who", ["bo", None])
    def test_nobody_opens_another_s_not_the_coordinator_either(self, desk, who):
        desk.open()
        review = desk.ids("anne")[1]
        for _ in range(2):
            with pytest.raises(NotFound):
                desk(reviewing.item_page, review, "clear", who=who)
            desk.cancel()
            desk.open()
            review = desk.ids("anne")[1]

    def test_nobody_opens_another_s_after_it_is_closed(self, desk):
        desk.open()
        desk.complete("anne", {1: "yes", 2: "yes"})
        desk.close(unfinished=True)
        for who in ("bo", None):
            with pytest.raises(NotFound):
                desk(reviewing.open_review, desk.ids("anne")[1], who=who)

    def test_read_only_once_it_is_closed(self, desk):
        desk.open()
        desk.complete("anne", {1: "yes"})
        desk.save("anne", 2)
        desk.close(unfinished=True)
        assert desk(reviewing.open_review, desk.ids("anne")[1], who="anne").review.finished_at
        with pytest.raises(AlreadyFinished):
            desk.save("anne", 1, "no")
        for number in (2,):
            with pytest.raises(CalibrationOver):
                desk.save("anne", number, "no")
        assert queue(desk, "anne") == ()

    def test_neither_reported_nor_taken_back(self, desk, town):
        desk.open()
        review = desk.ids("anne")[1]
        with pytest.raises(NotFound):
            desk(reviewing.report_obstacle, review, "not-found", "", now=town.now, who="anne")
        with pytest.raises(NotFound):
            desk(reviewing.take_back_obstacle, review, now=town.now, who="anne")

    def test_the_log_says_so_without_answers(self, desk, town):
        desk.open()
        desk.save("anne", 1, "no", note="Vandmærke 4711")
        [entry] = [one for one in town.trail() if one.action == "calibration-answer-given"]
        assert entry.about["number"] == 1
        said = json.dumps([dict(one.about) for one in town.trail()])
        assert "4711" not in said
        assert '"no"' not in said


class TestWhatItBars:
    def test_sharing_out_while_it_is_open(self, town, desk):
        desk.open()
        with pytest.raises(CalibrationOpen):
            town.assign(*READERS)
        desk.cancel()
        town.assign(*READERS)
        assert town.round().state is RoundState.REVIEWING

    def test_sharing_out_after_it_is_closed_leaves_its_cases_out(self, town, desk):
        desk.open()
        desk.save("anne", 1)
        desk.close(unfinished=True)
        town.assign(*READERS)
        assert sorted(town.cases()) == sorted(town.reviews())
        assert [part.calibrates for part in queue(desk, "anne")] == [False]

    def test_a_further_draw(self, town, desk):
        desk.open()
        with pytest.raises(CalibrationOpen):
            town.draw(seed=OTHER_SEED, reason="Forkert.")
        desk.save("anne", 1)
        for _ in range(2):
            with pytest.raises(DrawAfterAnswers):
                town.draw(seed=OTHER_SEED, reason="Forkert.")
            if desk.page().calibration.is_open:
                desk.close(unfinished=True)

    def test_a_further_draw_after_it_is_cancelled(self, town, desk):
        desk.open()
        desk.save("anne", 1)
        desk.cancel()
        assert desk.reviews() == ()
        town.draw(seed=OTHER_SEED, reason="Forkert.")
        assert len(desk.open().cases) == 2

    def test_entering_a_seed_in_the_browser(self, town, desk):
        desk.open()
        desk.save("anne", 1)
        seed = SeedRecord(value=OTHER_SEED, how="dice", witnesses=(), at=town.now)
        content = (town.folder / "register.csv").read_bytes()
        with pytest.raises(DrawAfterAnswers):
            desk(
                planned_draws.enter_seed,
                KEY,
                seed=seed,
                reason="Forkert.",
                register=("register.csv", content),
                secret_key=None,
                now=town.now,
            )
        assert planned_in(town.folder).register

    def test_replacement_takes_the_reserve_by_rank_and_stops_before_its_cases(self, town, desk):
        desk.open()
        desk.save("anne", 1)
        desk.close(unfinished=True)
        town.assign(*READERS)
        nord = [number for number, case in town.cases().items() if case.stratum == "Center Nord"]
        first, *_ = sorted(
            (one for one in reserve(town) if one.stratum == "Center Nord"), key=lambda one: one.rank
        )
        called, certificate = town.replace(nord[0])
        assert called.case_id == first.case_id
        assert certificate["replacements"][-1]["in"] == first.case_id
        with pytest.raises(NoReserveLeft):
            town.replace(nord[1])
        assert town.cases()[nord[1]].status is CaseStatus.TO_REVIEW
        assert not desk(case_pages.case_page, KEY, nord[1]).can_replace

    def test_what_is_out_of_scope_then_simply_leaves_the_sample(self, town, desk):
        desk.open()
        desk.save("anne", 1)
        desk.close(unfinished=True)
        town.assign("anne", "bo", "carl")
        nord = [number for number, case in town.cases().items() if case.stratum == "Center Nord"]
        town.replace(nord[0])
        who = next(name for name in READERS if nord[1] in town.cases_of(name))
        town.answer(who, nord[1], value="", status=CaseStatus.OUT_OF_SCOPE)
        for name in READERS:
            rest = [number for number in town.cases_of(name)
                    if town.cases()[number].status is CaseStatus.TO_REVIEW]  # fmt: skip
            if rest:
                town.answer(name, *rest)
        with town.acting() as (store, _):
            round_ = store.rounds.by_key(KEY)
            assert standing.blocked(store, round_, standing.standing(store, round_)) == {}
        assert town.close().state is RoundState.CLOSED

    def test_its_cases_stay_reserve(self, town, desk):
        desk.open()
        assert {case.role for case in reserve(town)} == {CaseRole.RESERVE}


class TestClosing:
    def test_when_all_have_finished(self, desk, town):
        desk.open()
        for name in READERS:
            desk.complete(name, {1: "yes", 2: "yes"})
        closed = desk.close()
        assert closed.closed_at == town.now

    def test_who_has_not_finished_is_named(self, desk):
        desk.open()
        desk.complete("bo", {1: "yes", 2: "yes"})
        desk.complete("anne", {1: "yes"})
        with pytest.raises(CalibrationUnfinished) as refused:
            desk.close()
        assert refused.value.values == {"names": ["Anne", "Carl"]}
        assert [(one.person.name, one.finished, one.cases) for one in desk.page().readers] == [
            ("Anne", 1, 2),
            ("Bo", 2, 2),
            ("Carl", 0, 2),
        ]
        assert not desk.close(unfinished=True).is_open

    def test_there_must_be_something_to_compare(self, desk):
        desk.open()
        with pytest.raises(CalibrationEmpty):
            desk.close(unfinished=True)

    def test_neither_twice_nor_cancelled_afterwards(self, desk):
        desk.open()
        desk.save("anne", 1)
        desk.close(unfinished=True)
        for act in (lambda: desk.close(unfinished=True), desk.cancel):
            with pytest.raises(CalibrationClosed):
                act()

    def test_there_is_none(self, desk):
        for act in (desk.close, desk.cancel):
            with pytest.raises(NotFound):
                act()


@pytest.fixture
def closed(desk):
    """All have read both cases; bo answers the second otherwise than the others."""
    desk.open()
    desk.complete("anne", {1: "yes", 2: "yes"})
    desk.complete("bo", {1: "yes", 2: "no"}, note="Brevet siger ikke hvornår.")
    desk.complete("carl", {1: "yes", 2: "yes"})
    desk.close()
    return desk


def item(results, id_="clear"):
    return next(one for one in results.checklists[0].items if one.asked.id == id_)


class TestResults:
    def test_item_by_item_by_letters(self, closed, town):
        results = closed.results("anne")
        with town.acting() as (store, _):
            ids = {name: store.people.by_username(name).id for name in READERS}
            salt = store.calibrations.of(store.rounds.by_key(KEY).id).salt
        assert len(salt) == 64
        assert results.called == tuple(letters(salt, number, ids.values()) for number in (1, 2))
        assert closed.results("bo").called == results.called
        assert results.own == tuple(of_case[ids["anne"]] for of_case in results.called)
        clear = item(results)
        assert (clear.agreed, clear.compared, clear.differing) == (1, 2, (2,))
        assert clear.cases[1].answers[ids["bo"]].note == "Brevet siger ikke hvornår."

    def test_the_coordinator_sees_the_same(self, closed):
        assert closed.page().results.checklists == closed.results("bo").checklists

    def test_nothing_before_it_is_closed(self, desk):
        desk.open()
        desk.complete("anne", {1: "yes", 2: "yes"})
        assert desk.page().results is None
        with pytest.raises(NotFound):
            desk.results("anne")

    def test_nothing_for_who_took_no_part(self, closed, town):
        town.add("dan")
        for who in ("dan", None):
            with pytest.raises(NotFound):
                closed.results(who)

    def test_a_case_that_somebody_was_not_given_is_not_shown_to_them(self, town, desk):
        town.add("lis", Role.REVIEWER, Role.CENTRE_LEADER, centres=["Center Syd"])
        desk.open(readers=["anne", "bo", "lis"])
        for name in ("anne", "bo"):
            desk.complete(name, {1: "yes", 2: "yes"})
        desk.complete("lis", {1: "yes"})
        desk.close()
        results = desk.results("lis")
        assert [case is None for case in results.cases] == [False, True]
        assert (len(results.called[0]), results.called[1], results.own[1]) == (3, {}, "")
        assert sorted(desk.page().results.called[1].values()) == ["A", "B"]
        assert [bool(case.answers) for case in item(results).cases] == [True, False]
        assert [case is None for case in desk.results("anne").cases] == [False, False]

    def test_names_only_once_all_have_agreed(self, closed):
        for name in ("anne", "bo"):
            closed.name(name)
        assert not closed.results("anne").named
        assert closed.results("anne").agrees
        closed.name("carl")
        for of_case in closed.results("anne").called:
            assert sorted(of_case.values()) == ["Anne", "Bo", "Carl"]
        closed.name("bo", named=False)
        for of_case in closed.results("anne").called:
            assert sorted(of_case.values()) == ["A", "B", "C"]

    def test_agreeing_twice_is_agreeing_once(self, closed, town):
        closed.name("anne")
        before = len(town.trail())
        closed.name("anne")
        assert len(town.trail()) == before


class TestAgreedReading:
    def test_stands_with_the_item_in_the_round(self, closed, town):
        assert closed.agree("Ja, hvis datoen står der.").version == 1
        town.assign(*READERS)
        review = town.reviews()[1]
        with town.acting() as (store, _):
            who = next(one for one in store.people.all() if one.id == review.reviewer_id).username
        opened = closed(reviewing.item_page, review.id, "clear", who=who)
        assert opened.agreed == "Ja, hvis datoen står der."

    def test_only_where_it_was_agreed_on(self, closed, town):
        closed.agree("Om afslaget.", item="reasons")
        town.assign(*READERS)
        who = next(name for name in READERS if 1 in town.cases_of(name))
        assert closed(reviewing.item_page, town.reviews()[1].id, "clear", who=who).agreed == ""

    def test_written_anew_and_taken_back(self, closed):
        closed.agree("Først.")
        assert closed.agree("Så.", version=1).version == 2
        assert closed.agree("", version=2).text == ""

    def test_the_same_again_changes_nothing(self, closed, town):
        closed.agree("Først.")
        before = len(town.trail())
        assert closed.agree(" Først. ").version == 1
        assert len(town.trail()) == before

    @pytest.mark.parametrize("version", [0, 1, 3])
    def test_another_has_written_meanwhile(self, closed, version):
        closed.agree("Først.")
        closed.agree("Så.", version=1)
        with pytest.raises(AgreedReadingChanged):
            closed.agree("Nej.", version=version)

    def test_a_page_of_an_earlier_calibration_fills_in_nothing(self, closed):
        with pytest.raises(AgreedReadingChanged):
            closed.agree("Fra en side, der blev lavet, da noget var aftalt.", version=1)

    def test_two_cannot_both_be_the_first(self, closed):
        closed.agree("Først.")
        with pytest.raises(AgreedReadingChanged):
            closed.agree("Også først.", version=0)

    def test_a_number_that_looks_like_a_person_s_is_refused(self, closed):
        with pytest.raises(ProblemsFound):
            closed.agree("Som hos 010190-1234.")

    @pytest.mark.parametrize(("checklist", "item"), [("breve", "gone"), ("andet", "clear")])
    def test_of_an_item_that_the_round_does_not_ask(self, closed, checklist, item):
        with pytest.raises(NotFound):
            closed.agree("Hm.", checklist=checklist, item=item)

    def test_not_before_it_is_closed_and_not_without_one(self, desk):
        with pytest.raises(NotFound):
            desk.agree("Hm.")
        desk.open()
        with pytest.raises(CalibrationOpen):
            desk.agree("Hm.")

    def test_by_the_coordinator_alone(self, closed):
        with pytest.raises((NotAllowed, NotFound)):
            closed.agree("Hm.", who="anne")

    def test_not_once_the_round_is_closed(self, closed, town):
        town.assign(*READERS)
        for name in READERS:
            town.answer(name)
        town.close()
        with pytest.raises(RoundNotIn):
            closed.agree("For sent.")
