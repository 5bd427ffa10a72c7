"""Two readings of a case held against each other."""

from datetime import datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st
from small_round import CHECKLIST

from checklists.load import load, shipped, shipped_ids
from lirk.domain.reconciliation import (
    AgreedAnswer,
    NothingToAgree,
    agreed_since,
    check_agreed,
    counted_answers,
    differences,
    settled_answers,
)
from lirk.domain.reviews import Answer
from lirk.errors import ProblemsFound

AT = datetime(2026, 3, 8, 9, 0).astimezone()
REFUSAL, GRANT = {"outcome": "refusal"}, {"outcome": "full-grant"}
BREVE = load(CHECKLIST)
#: The same checklist where the reviewer says what the outcome was.
ASKING = load(CHECKLIST.replace("from_register = true\n", ""))
STOPPING = load(
    CHECKLIST
    + """
[[contradictions]]
id = "clear-without-reasons"
message = { da = "Et klart brev har en begrundelse.", en = "A clear letter gives reasons." }
refuse_when = { all = [{ id = "clear", is = "yes" }, { id = "reasons", is = "no" }] }
"""
)


def said(notes="", **answers):
    return {
        item: Answer(item_id=item, value=value, note=f"{notes} {item}" if notes else "")
        for item, value in answers.items()
    }


def agreed(at=AT, **answers):
    return {
        item: AgreedAnswer(item_id=item, value=value, reason="Vi ser det ens", version=1, at=at, by_id=1)
        for item, value in answers.items()
    }


def held(first, second, agreed=None, checklist=BREVE, facts=REFUSAL):
    return differences(checklist, facts, first, second, agreed or {})


def ids(parts):
    return [one.id for one in parts]


class TestDifferences:
    def test_what_both_answered_alike_counts_and_needs_nothing(self):
        found = held(said(clear="yes", reasons="no"), said(clear="yes", reasons="no"))
        assert (found.complete, found.differing) == (True, ())
        assert found.answers == {"outcome": "refusal", "clear": "yes", "reasons": "no"}

    def test_what_differs_needs_an_agreed_answer(self):
        first, second = said(clear="yes", reasons="no"), said(clear="no", reasons="no")
        assert ids(held(first, second).open) == ["clear"]
        found = held(first, second, agreed(clear="no"))
        assert (found.complete, found.answers["clear"]) == (True, "no")

    def test_a_third_answer_may_be_agreed(self):
        found = held(said(clear="yes", reasons="no"), said(clear="no", reasons="no"), agreed(clear="partly"))
        assert found.answers["clear"] == "partly"

    def test_an_agreed_answer_that_is_not_offered_does_not_count(self):
        found = held(said(clear="yes", reasons="no"), said(clear="no", reasons="no"), agreed(clear="sure"))
        assert ids(found.open) == ["clear"]

    def test_an_agreed_answer_gives_way_where_both_now_answer_alike(self):
        found = held(said(clear="yes", reasons="no"), said(clear="yes", reasons="no"), agreed(clear="no"))
        assert found.answers["clear"] == "yes"

    def test_an_item_that_one_was_asked_is_open_as_long_as_it_applies(self):
        first, second = (
            said(outcome="refusal", clear="yes", reasons="no"),
            said(outcome="full-grant", clear="yes"),
        )
        assert ids(held(first, second, checklist=ASKING, facts={}).open) == ["outcome"]
        refused = held(first, second, agreed(outcome="refusal"), checklist=ASKING, facts={})
        assert ids(refused.open) == ["reasons"]
        assert refused.difference("reasons").second is None
        granted = held(first, second, agreed(outcome="full-grant"), checklist=ASKING, facts={})
        assert granted.complete

    def test_an_answer_that_is_hidden_in_its_own_reading_is_no_answer(self):
        first = said(outcome="full-grant", clear="yes", reasons="no")
        second = said(outcome="refusal", clear="yes", reasons="no")
        found = held(first, second, agreed(outcome="refusal"), checklist=ASKING, facts={})
        assert found.difference("reasons").first is None

    def test_the_register_is_never_a_difference(self):
        found = held(said(outcome="full-grant", clear="yes"), said(clear="yes"), facts=GRANT)
        assert found.complete

    def test_agreed_answers_that_contradict_each_other_are_not_complete(self):
        first, second = said(clear="yes", reasons="yes"), said(clear="no", reasons="no")
        found = held(first, second, agreed(clear="yes", reasons="no"), checklist=STOPPING)
        assert (found.open, found.complete, ids(found.contradictions)) == (
            (),
            False,
            ["clear-without-reasons"],
        )

    def test_what_does_not_differ_cannot_be_agreed(self):
        found = held(said(clear="yes", reasons="no"), said(clear="no", reasons="no"))
        with pytest.raises(NothingToAgree):
            found.difference("reasons")


class TestSettledAnswers:
    def test_notes_are_those_of_who_gave_the_answer(self):
        found = held(
            said("Anne", clear="yes", reasons="no"), said("Bo", clear="no", reasons="no"), agreed(clear="no")
        )
        notes = {item: answer.note for item, answer in settled_answers(found).items()}
        assert notes == {"clear": "Bo clear", "reasons": "Anne reasons\nBo reasons"}

    def test_the_same_note_is_not_told_twice(self):
        found = held(said("Vi", clear="yes", reasons="no"), said("Vi", clear="yes", reasons="no"))
        assert settled_answers(found)["clear"].note == "Vi clear"

    def test_an_answer_that_neither_gave_has_the_reason_as_its_note(self):
        found = held(
            said("A", clear="yes", reasons="no"), said("B", clear="no", reasons="no"), agreed(clear="partly")
        )
        assert settled_answers(found)["clear"].note == "Vi ser det ens"

    def test_what_is_not_agreed_yet_is_not_settled(self):
        found = held(said(clear="yes", reasons="no"), said(clear="no", reasons="no"))
        assert list(settled_answers(found)) == ["reasons"]


class TestAgreedSince:
    def test_what_was_agreed_before_a_reading_was_finished_again_is_left_out(self):
        kept = {**agreed(clear="no"), **agreed(at=AT + timedelta(days=2), reasons="no")}
        assert list(agreed_since(kept, (AT, AT + timedelta(days=1)))) == ["reasons"]

    def test_nothing_is_agreed_while_one_is_open(self):
        assert agreed_since(agreed(clear="no"), (AT, None)) == {}


class TestCheckAgreed:
    @pytest.mark.parametrize(
        ("value", "reason", "code"),
        [
            pytest.param("", "Fordi", "agreed-answer-missing", id="no answer"),
            pytest.param("sure", "Fordi", "agreed-answer-missing", id="not offered"),
            pytest.param("yes", "  ", "agreed-reason-missing", id="no reason"),
            pytest.param("yes", "a" * 2001, "text-too-long", id="too long"),
            pytest.param("yes", "010190-1234", "text-looks-like-cpr", id="a CPR number"),
        ],
    )
    def test_refused(self, value, reason, code):
        with pytest.raises(ProblemsFound) as error:
            check_agreed(BREVE.item("clear"), value, reason)
        assert [one.code for one in error.value.problems] == [code]

    def test_the_reason_is_tidied(self):
        assert check_agreed(BREVE.item("clear"), "yes", " Fordi ") == "Fordi"


CHECKLISTS = (BREVE, ASKING, STOPPING, *map(shipped, shipped_ids()))


@st.composite
def read_twice(draw):
    """A checklist, and what two have answered in a case: any answers, also none."""
    checklist = draw(st.sampled_from(CHECKLISTS))
    parts = (*checklist.facts, *checklist.items)
    places = st.lists(st.integers(0, 9), min_size=len(parts), max_size=len(parts))

    def reading():
        answers = {}
        for part, place in zip(parts, draw(places), strict=True):
            codes = ("", *part.offered)
            if code := codes[place % len(codes)]:
                answers[part.id] = code
        return said(**answers)

    return checklist, reading(), reading()


class TestAnyTwoReadings:
    @given(read_twice(), st.integers(0, 10**6))
    def test_agreeing_on_what_is_open_always_ends(self, twice, pick):
        checklist, first, second = twice
        settled: dict[str, AgreedAnswer] = {}
        for step in range(1, len(checklist.facts) + len(checklist.items) + 2):
            found = differences(checklist, {}, first, second, settled)
            if not found.open:
                break
            one = found.open[pick % len(found.open)]
            offered = list(one.asked.offered)
            settled |= agreed(**{one.id: offered[pick // step % len(offered)]})
        assert not found.open

    @given(read_twice())
    def test_two_alike_need_nothing_but_what_neither_answered(self, twice):
        checklist, first, _ = twice
        found = differences(checklist, {}, first, first, {})
        assert not [one for one in found.differing if one.first or one.second]
        counted = counted_answers(checklist, {}, first)
        assert {one.asked.id for one in found.alike} <= counted.keys()

    @given(read_twice())
    def test_it_does_not_matter_who_is_first(self, twice):
        checklist, first, second = twice
        one, other = (differences(checklist, {}, *both, {}) for both in ((first, second), (second, first)))
        assert ids(one.differing) == ids(other.differing)
        assert one.answers == other.answers
