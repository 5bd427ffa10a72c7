"""How a review ends: which judgements are offered, what is refused, and why it was opened again."""

from dataclasses import replace
from types import SimpleNamespace

import pytest
from branching import BRANCHING

from lirk.domain.finishing import (
    check_finishing,
    check_judgement,
    computed_verdict,
    judgements,
    reopened_because,
)
from lirk.domain.reviewing import NOTE_LIMIT, KeptAnswer, walkthrough
from lirk.domain.reviews import Answer, Reading
from lirk.domain.trail import TrailEntry
from lirk.errors import ProblemsFound
from lirk.services.checklists import parse

CHECKLIST = parse(BRANCHING)
ANSWERS = {"decision": "yes", "clear": "no", "why": "yes", "reasons": "yes"}


def walk(now, **answers):
    given = {
        one: KeptAnswer(answer=Answer(item_id=one, value=value, note="Se sagen."), version=1, at=now)
        for one, value in answers.items()
    }
    return walkthrough(CHECKLIST, {"outcome": "full-grant"}, given)


def problems(check, *args):
    with pytest.raises(ProblemsFound) as refused:
        check(*args)
    return [(one.code, one.column) for one in refused.value.problems]


class TestJudgements:
    def test_begin_with_the_positive_ones_and_end_with_that_nothing_can_be_said(self, now):
        verdicts = ("critical-breach", "not-assessable", "errors", "in-order")
        checklist = replace(
            CHECKLIST,
            verdicts=tuple(
                replace(CHECKLIST.verdicts[0], id=one, positive=one == "in-order") for one in verdicts
            ),
        )
        offered = judgements(replace(walk(now, **ANSWERS), checklist=checklist))
        assert [one.id for one in offered] == ["in-order", "critical-breach", "errors", "not-assessable"]

    def test_none_where_a_stop_ends_the_review(self, now):
        assert judgements(walk(now, decision="no")) == ()


class TestCheckJudgement:
    def test_one_that_is_offered(self, now):
        assert check_judgement(walk(now, **ANSWERS), "in-order") == "in-order"

    @pytest.mark.parametrize("given", [None, ""])
    def test_none_is_needed_after_a_stop(self, now, given):
        assert check_judgement(walk(now, decision="no"), given) is None

    @pytest.mark.parametrize(
        ("answers", "given", "code"),
        [
            (ANSWERS, None, "judgement-missing"),
            (ANSWERS, "", "judgement-missing"),
            (ANSWERS, "no-decision", "judgement-unknown"),
            ({"decision": "no"}, "in-order", "judgement-unknown"),
        ],
    )
    def test_refused(self, now, answers, given, code):
        assert problems(check_judgement, walk(now, **answers), given) == [(code, "judgement")]


class TestCheckFinishing:
    def test_everything_wrong_is_told_at_once(self, now):
        assert problems(check_finishing, walk(now, **ANSWERS), None, " ") == [
            ("judgement-missing", "judgement"),
            ("urgent-reason-missing", "urgent_reason"),
        ]

    @pytest.mark.parametrize(
        ("reason", "code"),
        [("Barnet 010190-1234", "text-looks-like-cpr"), ("x" * (NOTE_LIMIT + 1), "text-too-long")],
    )
    def test_a_reason_that_cannot_be_kept(self, now, reason, code):
        assert problems(check_finishing, walk(now, **ANSWERS), "in-order", reason) == [
            (code, "urgent_reason")
        ]

    def test_without_a_reason_there_is_nothing_urgent(self, now):
        check_finishing(walk(now, **ANSWERS), "in-order", None)
        check_finishing(walk(now, **ANSWERS), "in-order", "x" * NOTE_LIMIT)


class TestComputedVerdict:
    @pytest.mark.parametrize(
        ("answers", "verdict"),
        [
            (ANSWERS, "critical-breach"),
            ({"decision": "yes", "clear": "yes", "reasons": "yes"}, "in-order"),
            ({"decision": "no"}, "no-decision"),
            ({"decision": "yes", "clear": "yes", "why": "no", "reasons": "yes"}, "in-order"),
        ],
        ids=["breach", "in order", "stopped", "what is hidden does not count"],
    )
    def test_follows_the_rules(self, now, answers, verdict):
        assert computed_verdict(walk(now, **answers)) == verdict


def reopening(now, **about):
    return TrailEntry(at=now, actor_id=1, action="case-reopened", about={"reason": "Se igen", **about})


def a_review(**changes):
    usual = {
        "number": 7,
        "reading": Reading.FIRST,
        "finished_at": None,
        "calibrates": False,
        "checklist": SimpleNamespace(checklist_id="breve"),
    }
    return SimpleNamespace(**{**usual, **changes})


class TestReopenedBecause:
    def test_the_last_reason_holds(self, now):
        entries = [
            reopening(now, number=7, checklists=["breve"], reason="Først"),
            reopening(now, number=7, checklists=["breve", "data"], reason="Siden"),
            reopening(now, number=8, checklists=["breve"], reason="En anden"),
        ]
        assert reopened_because(entries, a_review()) == "Siden"

    def test_a_finding_is_opened_with_all_checklists(self, now):
        assert reopened_because([reopening(now, number=7, checklists=[])], a_review()) == "Se igen"

    @pytest.mark.parametrize(
        ("about", "review"),
        [
            ({"number": 8, "checklists": ["breve"]}, {}),
            ({"number": 7, "checklists": ["data"]}, {}),
            ({"number": 7, "checklists": ["breve"]}, {"reading": Reading.SECOND}),
            ({"number": 7, "checklists": ["breve"]}, {"finished_at": "siden"}),
            ({"number": 7, "checklists": ["breve"]}, {"calibrates": True}),
        ],
        ids=["another case", "another checklist", "another reading", "finished since", "a calibration"],
    )
    def test_not_of_this_review(self, now, about, review):
        assert reopened_because([reopening(now, **about)], a_review(**review)) == ""
