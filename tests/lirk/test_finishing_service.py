"""Finishing a review with a judgement, acting now, and a case that was opened again; on both databases."""

import pytest
from small_round import KEY, under_way

from lirk.domain.finishing import AnswersChangedSince, answers_mark
from lirk.domain.reviewing import AlreadyFinished, CaseSetAside, ReviewIncomplete
from lirk.domain.reviews import Answer, CaseStatus
from lirk.domain.round_rules import RoundRules
from lirk.errors import NotFound, ProblemsFound
from lirk.services import finishing, reviewing, settling, urgent_cases


@pytest.fixture
def town(database, tmp_path, now):
    """A round whose cases anne and bo have in hand."""
    return under_way(database, tmp_path, now, "anne", "bo")


@pytest.fixture
def number(town):
    """The first of anne's cases, with everything answered Yes."""
    first = min(town.cases_of("anne"))
    answer_all(town, first)
    return first


def answer_all(town, number, value="yes"):
    review_id = town.reviews()[number].id
    with town.acting("anne") as (store, actor):
        for question in reviewing.open_review(store, actor, review_id).walk.questions:
            given = Answer(item_id=question.id, value=value, note="Se sagen.")
            reviewing.save_answer(
                store, actor, review_id, question.id, given, version=question.version, now=town.now
            )


def finish(town, number, judgement="in-order", *, who="anne", **more):
    review_id = town.reviews()[number].id
    with town.acting(who) as (store, actor):
        return finishing.finish(store, actor, review_id, judgement=judgement, now=town.now, **more)


def summary(town, number, *, who="anne"):
    review_id = town.reviews()[number].id
    with town.acting(who) as (store, actor):
        return finishing.summary(store, actor, review_id)


def reopen(town, number, reason="Se § 3 igen"):
    with town.acting() as (store, actor):
        settling.reopen_case(store, actor, KEY, number, reason, now=town.now)


def rules(town, **chosen):
    with town.acting() as (store, actor):
        store.round_rules.keep(store.rounds.by_key(KEY).id, RoundRules(**chosen))
        store.trail.add("round-rules-changed", actor_id=actor.id, at=town.now, round=KEY)


class TestFinish:
    def test_by_the_answers_that_were_seen(self, town, number):
        seen = answers_mark(summary(town, number).walk)
        answer_all(town, number, value="no")
        before = len(town.trail())
        with pytest.raises(AnswersChangedSince):
            finish(town, number, urgent="Frist i dag", seen=seen)
        assert (town.reviews()[number].finished_at, len(town.trail())) == (None, before)
        now_seen = answers_mark(summary(town, number).walk)
        finish(town, number, seen=now_seen)
        assert town.reviews()[number].finished_at == town.now

    def test_keeps_the_judgement_and_not_in_the_trail(self, town, number):
        finish(town, number, "critical-breach")
        review = town.reviews()[number]
        assert (review.judgement, review.finished_at) == ("critical-breach", town.now)
        entry = town.trail()[-1]
        assert (entry.action, entry.about["number"]) == ("review-finished", number)
        assert "critical-breach" not in repr(entry)

    @pytest.mark.parametrize(
        ("judgement", "urgent", "codes"),
        [
            (None, None, ["judgement-missing"]),
            ("excellent", None, ["judgement-unknown"]),
            (None, "010190-1234", ["judgement-missing", "text-looks-like-cpr"]),
            ("in-order", "", ["urgent-reason-missing"]),
        ],
    )
    def test_what_is_missing_keeps_nothing(self, town, number, judgement, urgent, codes):
        before = town.trail()
        with pytest.raises(ProblemsFound) as refused:
            finish(town, number, judgement, urgent=urgent)
        assert [one.code for one in refused.value.problems] == codes
        assert (town.trail(), town.reviews()[number].finished_at) == (before, None)

    def test_an_answer_that_is_missing_is_told_first(self, town):
        with pytest.raises(ReviewIncomplete):
            finish(town, min(town.cases_of("anne")), None)

    def test_what_must_be_acted_on_now_is_kept_with_it(self, town, number):
        finish(town, number, urgent=" Barnet er i fare ")
        said = summary(town, number).urgent
        assert (said.reason, said.raised_at, said.handled_at) == ("Barnet er i fare", town.now, None)
        assert [entry.action for entry in town.trail()[-2:]] == ["urgent-raised", "review-finished"]
        assert "fare" not in repr(town.trail())

    def test_only_once(self, town, number):
        finish(town, number)
        with pytest.raises(AlreadyFinished):
            finish(town, number)

    def test_not_what_is_set_aside(self, town, number):
        review_id = town.reviews()[number].id
        with town.acting("anne") as (store, actor):
            reviewing.report_obstacle(store, actor, review_id, "no-access", "", now=town.now)
        with pytest.raises(CaseSetAside):
            finish(town, number)

    def test_not_another_s(self, town, number):
        with pytest.raises(NotFound):
            finish(town, number, who="bo")

    def test_a_sheet_finishes_without_a_judgement(self, town, number):
        town.answer("anne", number)
        assert (town.reviews()[number].judgement, town.reviews()[number].finished_at is None) == (None, False)


class TestSummary:
    @pytest.mark.parametrize(("shows", "result"), [(True, "in-order"), (False, None)])
    def test_the_computed_verdict_only_where_the_round_shows_it(self, town, number, shows, result):
        rules(town, shows_result=shows)
        assert summary(town, number).result == result
        finish(town, number, "critical-breach")
        assert summary(town, number).result == result

    def test_not_while_anything_is_missing(self, town):
        rules(town, shows_result=True)
        assert summary(town, min(town.cases_of("anne"))).result is None

    def test_offers_the_checklist_s_verdicts(self, town, number):
        assert [one.id for one in summary(town, number).judgements] == ["in-order", "critical-breach"]


class TestReopened:
    def test_reason_answers_and_judgement_are_there(self, town, number):
        finish(town, number, "critical-breach")
        reopen(town, number)
        value = summary(town, number)
        assert (value.reopened, value.review.finished_at) == ("Se § 3 igen", None)
        assert (value.review.judgement, value.walk.complete) == ("critical-breach", True)
        [rows] = [one.rows for one in queue(town).rounds]
        assert [row.reopened for row in rows if row.number == number] == ["Se § 3 igen"]
        assert {row.reopened for row in rows if row.number != number} == {""}

    def test_finished_again_it_is_over(self, town, number):
        finish(town, number)
        reopen(town, number)
        finish(town, number)
        assert summary(town, number).reopened == ""

    def test_a_finding_that_is_opened_again_says_why(self, town):
        number = min(town.cases_of("anne"))
        town.answer("anne", number, value="", status=CaseStatus.NOT_FOUND)
        reopen(town, number, "Sagen er fundet")
        assert summary(town, number).reopened == "Sagen er fundet"


def queue(town):
    with town.acting("anne") as (store, actor):
        return reviewing.queue(store, actor, show=reviewing.Show.ALL)


def test_urgent_may_be_said_before_and_after_finishing(town, number):
    review_id = town.reviews()[number].id
    with town.acting("anne") as (store, actor):
        urgent_cases.raise_urgent(store, actor, review_id, "Fristen udløber", now=town.now)
    finish(town, number)
    with town.acting("anne") as (store, actor):
        urgent_cases.raise_urgent(
            store, actor, review_id, "Fristen er udløbet", was="Fristen udløber", now=town.now
        )
    assert summary(town, number).urgent.reason == "Fristen er udløbet"
