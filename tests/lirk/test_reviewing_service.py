"""The reviewer in the browser: queue, answers with versions, finishing, obstacles; on both databases."""

from dataclasses import replace
from datetime import timedelta

import pytest
from small_round import CHECKLIST, KEY, Municipality, under_way, write_files

from lirk.domain.obstacles import ObstacleReason, Settlement
from lirk.domain.people import Role
from lirk.domain.reviewing import (
    AlreadyFinished,
    AnswerChangedElsewhere,
    CaseSetAside,
    NotYetOpen,
    QuestionNotAsked,
    ReviewIncomplete,
)
from lirk.domain.reviews import Answer, CaseStatus
from lirk.domain.rounds import RoundNotIn
from lirk.errors import NotAllowed, NotFound, ProblemsFound
from lirk.services import finishing, reviewing
from lirk.services.reviewing import RowState, Show

SECOND = CHECKLIST.replace('id = "breve"', 'id = "data"')


class Desk:
    """A reviewer at their desk; each act is a unit of work."""

    def __init__(self, town, username="anne"):
        self.town, self.username = town, username
        self.ids = {number: town.reviews()[number].id for number in town.cases_of(username)}
        self.numbers = list(self.ids)

    def __call__(self, act, *args, who=None, **more):
        with self.town.acting(who or self.username) as (store, actor):
            return act(store, actor, *args, **more)

    def queue(self, show=Show.ALL, **more):
        [found] = self(reviewing.queue, show=show, **more).rounds
        return found

    def page(self, number, item="clear", **more):
        return self(reviewing.item_page, self.ids[number], item, **more)

    def save(self, number, item="clear", *, version=0, key=None, who=None, **said):
        answer = Answer(**{"item_id": item, "value": "yes", **said})
        return self(
            reviewing.save_answer,
            self.ids[number],
            item,
            answer,
            version=version,
            key=key,
            now=self.town.now,
            who=who,
        )

    def complete(self, number):
        for question in self(reviewing.open_review, self.ids[number]).walk.questions:
            self.save(number, question.id)

    def finish(self, number, **more):
        judged = {"judgement": "in-order", "now": self.town.now}
        return self(finishing.finish, self.ids[number], **{**judged, **more})

    def report(self, number, reason="not-found", note="", **more):
        return self(reviewing.report_obstacle, self.ids[number], reason, note, now=self.town.now, **more)

    def take_back(self, number):
        self(reviewing.take_back_obstacle, self.ids[number], now=self.town.now)


@pytest.fixture
def town(database, tmp_path, now):
    """A round whose cases anne and bo have in hand."""
    return under_way(database, tmp_path, now, "anne", "bo")


@pytest.fixture
def anne(town):
    return Desk(town)


def states(queue):
    return [row.state for row in queue.rows]


class TestQueue:
    def test_own_reviews_by_running_number(self, town, anne):
        queue = anne.queue()
        assert [row.number for row in queue.rows] == sorted(town.cases_of("anne"))
        assert {row.checklist.id for row in queue.rows} == {"breve"}
        assert (queue.round.key, queue.cases, queue.reviewed, queue.waiting) == (KEY, 4, 0, 0)

    def test_the_first_that_is_not_begun_holds_back_the_later_ones(self, anne):
        first, second, *_ = anne.numbers
        assert [row.waits_for for row in anne.queue().rows] == [None, first, first, first]
        anne.save(first)
        assert [row.waits_for for row in anne.queue().rows] == [None, None, second, second]

    def test_the_checklists_of_one_case_hold_back_the_next_case_only(self, database, tmp_path, now):
        anne = with_two_checklists(database, tmp_path, now)
        assert [row.waits_for for row in anne.queue().rows][:4] == [None, None, 1, 1]
        anne.save(1)
        assert [row.waits_for for row in anne.queue().rows][:4] == [None, None, 1, 1]
        with pytest.raises(NotYetOpen):
            anne.page(2)

    def test_how_far_each_is(self, anne):
        first, second, third, _ = anne.numbers
        anne.complete(first)
        anne.finish(first)
        anne.save(second, value="no")
        anne.report(third)
        queue = anne.queue()
        assert states(queue) == [RowState.FINISHED, RowState.BEGUN, RowState.REPORTED, RowState.NOT_BEGUN]
        assert (queue.cases, queue.reviewed, queue.waiting, queue.go_on.number) == (4, 1, 1, second)

    def test_what_lacks_its_note_is_not_answered(self, anne):
        anne.save(anne.numbers[0], value="no")
        row = anne.queue().rows[0]
        assert (row.answered, row.asked >= 1) == (0, True)

    @pytest.mark.parametrize(
        ("show", "places"), [(Show.MISSING, [2, 3]), (Show.DONE, [0, 1]), (Show.ALL, [0, 1, 2, 3])]
    )
    def test_what_to_show_does_not_change_the_counts(self, anne, show, places):
        anne.complete(anne.numbers[0])
        anne.finish(anne.numbers[0])
        anne.report(anne.numbers[1])
        queue = anne.queue(show)
        assert [row.number for row in queue.rows] == [anne.numbers[place] for place in places]
        assert (queue.cases, queue.reviewed, queue.waiting) == (4, 1, 1)

    @pytest.mark.parametrize(
        ("status", "state", "counts"),
        [
            (CaseStatus.NOT_FOUND, RowState.NOT_FOUND, (4, 1)),
            (CaseStatus.NO_ACCESS, RowState.NO_ACCESS, (4, 1)),
            (CaseStatus.OUT_OF_SCOPE, RowState.OUT_OF_SCOPE, (3, 0)),
        ],
    )
    def test_findings_count_as_reviewed_and_what_is_out_of_scope_not_at_all(
        self, town, anne, status, state, counts
    ):
        town.answer("anne", anne.numbers[0], value="", status=status)
        queue = anne.queue()
        assert (states(queue)[0], (queue.cases, queue.reviewed)) == (state, counts)

    def test_what_took_the_place_of_a_case_is_there(self, town, anne):
        called, _ = town.replace(anne.numbers[0])
        assert called.number in [row.number for row in anne.queue().rows]

    def test_a_closed_round_is_gone(self, town, anne):
        town.answer("anne")
        town.answer("bo")
        town.close()
        assert anne(reviewing.queue).rounds == ()

    def test_other_roles_have_none(self, town, anne):
        town.add("lis", Role.CENTRE_LEADER, centres=["Center Nord"])
        with pytest.raises(NotAllowed):
            anne(reviewing.queue, who="lis")


class TestItemPage:
    def test_the_question_with_all_about_the_case(self, town, anne):
        opened = anne.page(anne.numbers[0])
        assert (opened.question.id, opened.question.version, opened.review.round.key) == ("clear", 0, KEY)
        assert opened.review.case == town.cases()[anne.numbers[0]]

    @pytest.mark.parametrize("who", ["bo", "anne"])
    def test_another_s_is_not_found_whether_it_exists_or_not(self, anne, who):
        review = anne.ids[anne.numbers[0]] if who == "bo" else 4711
        with pytest.raises(NotFound) as refused:
            anne(reviewing.item_page, review, "clear", who=who)
        assert (refused.value.code, refused.value.values) == ("not-found", {})

    def test_the_coordinator_sees_every_review(self, town, anne):
        town.add("karen", Role.COORDINATOR)
        assert anne.page(anne.numbers[0], who="karen").question.id == "clear"

    def test_other_roles_see_none(self, town, anne):
        town.add("lis", Role.CENTRE_LEADER, centres=["Center Nord"])
        with pytest.raises(NotAllowed):
            anne.page(anne.numbers[0], who="lis")

    def test_not_before_the_earlier_one_is_begun(self, anne):
        with pytest.raises(NotYetOpen) as refused:
            anne.page(anne.numbers[1])
        assert refused.value.values == {"first": str(anne.numbers[0])}

    def test_once_begun_always_open(self, town, anne):
        anne.save(anne.numbers[0])
        anne.save(anne.numbers[1])
        anne.complete(anne.numbers[0])
        assert anne.page(anne.numbers[1]).question.version == 1

    @pytest.mark.parametrize("item", ["outcome", "ukendt"])
    def test_what_is_not_asked(self, anne, item):
        with pytest.raises(QuestionNotAsked):
            anne.page(anne.numbers[0], item)

    def test_a_closed_round_is_shut(self, town, anne):
        town.answer("anne")
        town.answer("bo")
        town.close()
        with pytest.raises(RoundNotIn):
            anne.page(anne.numbers[0])

    def test_a_review_of_an_earlier_draw_is_none(self, database, tmp_path, now):
        town = under_way(database, tmp_path, now)
        old = town.reviews()[1].id
        town.draw(seed="27182818284590452353", reason="Forkert periode")
        town.add("anne")
        town.assign("anne")
        with pytest.raises(NotFound):
            Desk(town)(reviewing.open_review, old)


class TestSaveAnswer:
    def test_is_kept_with_version_time_and_person(self, town, anne):
        saved = anne.save(anne.numbers[0], note="Klart  ", in_doubt=True)
        kept = anne.page(anne.numbers[0]).question.kept
        assert (saved.question.version, saved.at) == (1, town.now)
        assert kept == replace(saved.question.kept, key=None)
        assert (kept.answer.note, kept.answer.in_doubt, kept.by) == ("Klart", True, "Anne")

    def test_a_choice_is_kept_while_its_note_is_missing(self, anne):
        saved = anne.save(anne.numbers[0], value="no")
        assert [problem.code for problem in saved.question.lacking] == ["note-missing"]
        assert anne.page(anne.numbers[0]).question.answer.value == "no"

    def test_a_note_is_kept_while_its_choice_is_missing(self, anne):
        anne.save(anne.numbers[0], value="", note="Uklart")
        assert anne.page(anne.numbers[0]).question.answer.note == "Uklart"

    def test_nothing_is_no_write(self, town, anne):
        before = town.trail()
        assert anne.save(anne.numbers[0], value="").question.version == 0
        assert town.trail() == before

    def test_the_trail_says_that_and_not_what(self, town, anne):
        anne.save(anne.numbers[0], value="no", note="Hemmeligt")
        entry = town.trail()[-1]
        about = {"round": KEY, "number": anne.numbers[0], "checklist": "breve", "item": "clear", "version": 1}
        assert (entry.action, entry.about) == ("answer-given", about)

    def test_versions_go_up(self, anne):
        versions = [
            anne.save(anne.numbers[0], note=note, version=version).question.version
            for version, note in enumerate("abc")
        ]
        assert versions == [1, 2, 3]

    def test_the_same_again_is_the_same_whatever_the_version(self, town, anne):
        first = anne.save(anne.numbers[0], key="k1")
        before = town.trail()
        town.now += timedelta(minutes=1)
        again = anne.save(anne.numbers[0], key="k1")
        other = anne.save(anne.numbers[0], version=7, key="k2")
        assert again.at == other.at == first.at
        assert again.question.version == other.question.version == 1
        assert town.trail() == before

    def test_the_same_key_with_another_answer_is_another_save(self, anne):
        anne.save(anne.numbers[0], key="k1")
        with pytest.raises(AnswerChangedElsewhere) as refused:
            anne.save(anne.numbers[0], value="no", key="k1")
        assert refused.value.kept.answer.value == "yes"
        saved = anne.save(anne.numbers[0], value="no", version=1, key="k1").question
        assert (saved.answer.value, saved.version) == ("no", 2)

    def test_another_version_is_told_with_what_is_stored(self, town, anne):
        town.add("karen", Role.COORDINATOR)
        anne.save(anne.numbers[0], value="no", note="Min", who="karen")
        with pytest.raises(AnswerChangedElsewhere) as refused:
            anne.save(anne.numbers[0], note="Din")
        kept = refused.value.kept
        assert (kept.version, kept.by, kept.at, kept.answer.note) == (1, "Karen", town.now, "Min")
        assert anne.save(anne.numbers[0], note="Din", version=kept.version).question.version == 2

    def test_an_answer_that_was_taken_away_meanwhile(self, anne):
        """A version that is expected where nothing is stored is kept as the next one: nothing is overwritten."""
        assert anne.save(anne.numbers[0], version=3).question.version == 4

    def test_a_sheet_that_is_read_in_makes_a_new_version(self, town, anne):
        anne.save(anne.numbers[0], note="Fra siden")
        with town.acting() as (store, actor):
            answer = Answer(item_id="clear", value="no", note="Fra skemaet")
            store.reviews.save_answers(anne.ids[anne.numbers[0]], [answer], at=town.now, by=actor.id)
            store.trail.add("answers-imported", actor_id=actor.id, at=town.now, round=KEY)
        with pytest.raises(AnswerChangedElsewhere) as refused:
            anne.save(anne.numbers[0], note="Fra siden igen", version=1)
        assert (refused.value.kept.version, refused.value.kept.answer.note) == (2, "Fra skemaet")

    @pytest.mark.parametrize("said", [{"note": "010190-1234"}, {"value": "maybe"}, {"note": "x" * 2001}])
    def test_what_cannot_be_kept_is_not(self, town, anne, said):
        before = town.trail()
        with pytest.raises(ProblemsFound):
            anne.save(anne.numbers[0], **said)
        assert (town.trail(), anne.page(anne.numbers[0]).question.version) == (before, 0)

    def test_a_finished_review_takes_none(self, anne):
        anne.complete(anne.numbers[0])
        anne.finish(anne.numbers[0])
        with pytest.raises(AlreadyFinished):
            anne.save(anne.numbers[0], note="Ny")

    def test_a_case_that_is_set_aside_takes_none(self, anne):
        anne.report(anne.numbers[0])
        with pytest.raises(CaseSetAside):
            anne.save(anne.numbers[0])

    def test_nobody_answers_for_another(self, town, anne):
        before = town.trail()
        with pytest.raises(NotFound):
            anne.save(anne.numbers[0], who="bo")
        assert town.trail() == before


class TestFinish:
    def test_leads_to_the_next_case(self, town, anne):
        first, second, *_ = anne.numbers
        anne.complete(first)
        assert anne.finish(first) == anne.ids[second]
        assert town.reviews()[first].finished_at == town.now
        entry = town.trail()[-1]
        assert (entry.action, entry.about["number"]) == ("review-finished", first)

    def test_after_the_last_there_is_none(self, anne):
        for number in anne.numbers:
            anne.complete(number)
            following = anne.finish(number)
        assert following is None

    @pytest.mark.parametrize("said", [{"value": ""}, {"value": "no"}])
    def test_only_when_nothing_is_missing(self, anne, said):
        anne.complete(anne.numbers[0])
        anne.save(anne.numbers[0], version=1, **said)
        with pytest.raises(ReviewIncomplete) as refused:
            anne.finish(anne.numbers[0])
        assert refused.value.values == {"count": 1}

    def test_only_once(self, anne):
        anne.complete(anne.numbers[0])
        anne.finish(anne.numbers[0])
        with pytest.raises(AlreadyFinished):
            anne.finish(anne.numbers[0])


class TestObstacles:
    def test_is_told_without_its_note_and_leads_on(self, town, anne):
        first, second, *_ = anne.numbers
        assert anne.report(first, "other", "Låst i systemet") == anne.ids[second]
        entry = town.trail()[-1]
        assert (entry.action, entry.about["reason"]) == ("obstacle-reported", "other")
        assert "Låst" not in repr(entry)
        obstacle = anne(reviewing.open_review, anne.ids[first]).review.obstacle
        assert (obstacle.reason, obstacle.note, obstacle.settlement) == (
            ObstacleReason.OTHER,
            "Låst i systemet",
            None,
        )

    def test_both_reviews_of_the_case_are_reported(self, database, tmp_path, now):
        anne = with_two_checklists(database, tmp_path, now)
        anne(reviewing.report_obstacle, anne.queue().rows[0].review_id, "not-found", "", now=now)
        assert states(anne.queue())[:3] == [RowState.REPORTED, RowState.REPORTED, RowState.NOT_BEGUN]

    def test_a_second_report_takes_the_place_of_the_first(self, anne):
        anne.report(anne.numbers[0], "not-found")
        anne.report(anne.numbers[0], "no-access")
        assert anne(reviewing.open_review, anne.ids[anne.numbers[0]]).review.obstacle.reason == "no-access"

    def test_taken_back_the_case_is_there_again(self, town, anne):
        anne.report(anne.numbers[0])
        anne.take_back(anne.numbers[0])
        assert states(anne.queue())[0] is RowState.NOT_BEGUN
        assert town.trail()[-1].action == "obstacle-taken-back"
        with pytest.raises(NotFound):
            anne.take_back(anne.numbers[0])

    @pytest.mark.parametrize("settlement", [Settlement.RETURNED, Settlement.REASSIGNED])
    def test_what_the_coordinator_returned_can_be_reviewed_and_not_taken_back(self, town, anne, settlement):
        anne.report(anne.numbers[0])
        case = town.cases()[anne.numbers[0]]
        with town.acting() as (store, actor):
            store.obstacles.settle(case.id, settlement, at=town.now, by=actor.id)
            store.trail.add("obstacle-settled", actor_id=actor.id, at=town.now, round=KEY)
        anne.save(anne.numbers[0])
        with pytest.raises(NotFound):
            anne.take_back(anne.numbers[0])
        anne.report(anne.numbers[0])
        assert states(anne.queue())[0] is RowState.REPORTED

    def test_not_of_a_finished_case(self, anne):
        anne.complete(anne.numbers[0])
        anne.finish(anne.numbers[0])
        with pytest.raises(AlreadyFinished):
            anne.report(anne.numbers[0])

    def test_not_of_a_case_that_is_settled(self, town, anne):
        town.answer("anne", anne.numbers[0], value="", status=CaseStatus.NOT_FOUND)
        with pytest.raises(CaseSetAside):
            anne.report(anne.numbers[0])

    def test_nobody_reports_another_s(self, anne):
        with pytest.raises(NotFound):
            anne.report(anne.numbers[0], who="bo")


class TestStorage:
    def test_obstacles_of_a_round(self, town, anne):
        anne.report(anne.numbers[0])
        case = town.cases()[anne.numbers[0]]
        with town.acting() as (store, _):
            found = store.obstacles.of(store.rounds.by_key(KEY).id)
            assert found == {case.id: store.obstacles.get(case.id)}
            with pytest.raises(NotFound):
                store.obstacles.get(4711)
            with pytest.raises(NotFound):
                store.obstacles.settle(4711, Settlement.RETURNED, at=town.now, by=None)


class TestStatements:
    """However many rows; BEGIN is not sent through the cursor here."""

    @staticmethod
    def count(sent):
        return len([one for one in sent if not one.startswith(("BEGIN", "PRAGMA", "SELECT pg_advisory"))])

    def counted(self, anne, statements, act):
        with anne.town.acting("anne") as (store, _):
            # The text of the checklist is read once, and known from then on.
            store.reviewing.find(anne.ids[anne.numbers[0]])
        with anne.town.acting("anne") as (store, actor), statements() as sent:
            act(store, actor)
        return self.count(sent)

    @pytest.mark.parametrize("begun", [0, 1, 4])
    def test_the_queue_takes_three_and_deadlines_calibrations_and_reopenings(self, anne, statements, begun):
        for number in anne.numbers[:begun]:
            anne.save(number)
        assert self.counted(anne, statements, reviewing.queue) == 6

    @pytest.mark.parametrize("begun", [False, True])
    def test_a_page_takes_two_the_agreed_reading_and_one_for_the_order(self, anne, statements, begun):
        review = anne.ids[anne.numbers[0]]
        if begun:
            anne.save(anne.numbers[0])
        sent = self.counted(anne, statements, lambda *desk: reviewing.item_page(*desk, review, "clear"))
        assert sent == (3 if begun else 4)

    @pytest.mark.parametrize("begun", [False, True])
    def test_saving_takes_four_and_one_for_the_order(self, town, anne, statements, begun):
        review = anne.ids[anne.numbers[0]]
        if begun:
            anne.save(anne.numbers[0])

        def save(store, actor):
            # An answer that lacks its note takes one more: the page is shown again, with the agreed reading.
            answer = Answer(item_id="clear", value="no", note="Uklart.")
            reviewing.save_answer(store, actor, review, "clear", answer, version=int(begun), now=town.now)

        assert self.counted(anne, statements, save) == (4 if begun else 5)


def with_two_checklists(database, folder, now):
    """Anne with all cases of a round that has two checklists."""
    write_files(folder)
    town = Municipality(database, folder, now)
    town.add("anne")
    town.new(checklists=(CHECKLIST, SECOND))
    town.draw()
    town.assign("anne")
    return Desk(town)
