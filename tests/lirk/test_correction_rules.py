"""Which answers may be corrected after an objection, what follows in a case, and what counts then."""

from dataclasses import replace
from datetime import UTC, datetime
from typing import ClassVar

import pytest
from branching import BRANCHING
from hypothesis import given
from hypothesis import strategies as st
from small_round import CHECKLIST

from lirk.domain.corrections import (
    LONGEST,
    CorrectedAnswer,
    CorrectedCase,
    CorrectionCounts,
    TypedCorrection,
    corrected_cases,
    correction_problems,
    in_effect,
    outcome,
    reason_problems,
    told,
    with_corrections,
)
from lirk.domain.reviews import Answer
from lirk.services.checklists import parse

NORTH, SOUTH = "Center Nord", "Center Syd"
WHY = "Brevet nævner begge grunde på side 2."
LETTERS, BRANCHED = parse(CHECKLIST), parse(BRANCHING)
DAY = datetime(2026, 11, 23, 9, tzinfo=UTC)


def made(item="clear", *, before="no", value="yes", version=1, review_id=1):
    return CorrectedAnswer(
        review_id=review_id,
        item_id=item,
        before=before,
        value=value,
        reason=WHY,
        version=version,
        corrected_at=DAY,
    )


def answers(**said):
    return {item: Answer(item_id=item, value=value, note="Noten") for item, value in said.items()}


class TestOutcome:
    """What follows in a case; ``why`` is asked after a no to ``clear``, and a no to ``decision`` ends the review."""

    WHOLE: ClassVar = {"decision": "yes", "clear": "no", "why": "yes", "reasons": "yes", "outcome": "refusal"}

    @pytest.mark.parametrize(
        ("codes", "item", "value", "also", "given", "open_"),
        [
            pytest.param({}, "clear", "yes", {}, {"clear": "yes"}, (), id="a question is asked no more"),
            pytest.param({}, "reasons", "no", {}, {"reasons": "no"}, (), id="nothing follows"),
            pytest.param({}, "decision", "no", {}, {"decision": "no"}, (), id="the review ends here"),
            pytest.param(
                {"clear": "yes", "why": ""},
                "clear",
                "no",
                {},
                {"clear": "no"},
                ("why",),
                id="a question comes to apply",
            ),
            pytest.param(
                {"clear": "yes", "why": ""},
                "clear",
                "no",
                {"why": "partly"},
                {"clear": "no", "why": "partly"},
                (),
                id="and is answered",
            ),
            pytest.param(
                {"clear": "yes", "why": ""},
                "clear",
                "no",
                {"why": "perhaps"},
                {"clear": "no"},
                ("why",),
                id="with something that is not offered",
            ),
            pytest.param(
                {"clear": "yes"},
                "clear",
                "no",
                {"why": "no"},
                {"clear": "no"},
                (),
                id="the reviewer's own answer stands",
            ),
            pytest.param(
                {},
                "reasons",
                "no",
                {"clear": "yes", "nothing": "yes"},
                {"reasons": "no"},
                (),
                id="nothing else is changed on the way",
            ),
        ],
    )
    def test_each(self, codes, item, value, also, given, open_):
        found = outcome(BRANCHED, {**self.WHOLE, **codes}, item, value, also)
        assert (dict(found.given), found.open) == (given, open_)
        assert found.asked == (given.keys() - {item}) | set(open_)

    @pytest.mark.parametrize(
        ("codes", "item", "value", "also", "again"),
        [
            pytest.param({"clear": "yes"}, "clear", "no", {}, {"why": "yes"}, id="an answer of the review"),
            pytest.param({"clear": "yes"}, "clear", "partly", {}, {}, id="it does not come to apply"),
            pytest.param({"clear": "yes", "why": ""}, "clear", "no", {"why": "no"}, {}, id="answered anew"),
            pytest.param({}, "reasons", "no", {}, {}, id="it applied before"),
        ],
    )
    def test_what_is_there_already_and_comes_to_count(self, codes, item, value, also, again):
        assert outcome(BRANCHED, {**self.WHOLE, **codes}, item, value, also).again == again

    def test_a_correction_tells_what_counts_again_because_of_it(self):
        rows = [made("clear", before="yes", value="no"), made("reasons", before="no", value="yes")]
        clear, reasons = corrected_cases(BRANCHED, 3, self.WHOLE, rows)
        assert (clear.number, clear.again, reasons.again) == (3, {"why": "yes"}, {})
        [told_, _] = told(BRANCHED, [reasons, clear], "en")
        [again] = told_.again
        assert (again.item_id, again.question, again.answer_text) == (
            "why",
            "Does it say whom to ask?",
            "Yes",
        )

    def test_what_was_answered_with_it_has_a_line_of_its_own(self):
        rows = [made("clear", before="yes", value="no"), made("why", before="", value="yes")]
        assert [one.again for one in corrected_cases(BRANCHED, 3, self.WHOLE, rows)] == [{}, {}]

    def test_a_stop_that_falls_away_opens_all_that_it_had_ended(self):
        found = outcome(
            BRANCHED, {"decision": "no", "outcome": "refusal"}, "decision", "yes", {"clear": "no"}
        )
        assert found.given == {"decision": "yes", "clear": "no"}
        assert found.open == ("why", "reasons")

    def test_answers_that_contradict_each_other(self):
        found = outcome(BRANCHED, {**self.WHOLE, "clear": "yes"}, "reasons", "no", {})
        assert [one.id for one in found.contradictions] == ["clear-without-reasons"]


class TestProblems:
    CODES: ClassVar = {"clear": "no", "outcome": "full-grant"}

    @pytest.mark.parametrize(
        ("item", "value", "codes"),
        [
            pytest.param("clear", "yes", [], id="nothing wrong"),
            pytest.param("clear", "", [("correction-answer-missing", "value")], id="no answer"),
            pytest.param("clear", "perhaps", [("correction-answer-missing", "value")], id="not offered"),
            pytest.param("clear", "no", [("correction-same-answer", "value")], id="what counts already"),
            pytest.param("reasons", "yes", [("correction-not-asked", "number")], id="hidden in the case"),
            pytest.param("nothing", "yes", [("correction-not-asked", "number")], id="not in the checklist"),
        ],
    )
    def test_each(self, item, value, codes):
        typed = TypedCorrection(checklist_id="breve", item_id=item, number=1, value=value)
        found = correction_problems(LETTERS, self.CODES, typed, "da")
        assert [(one.code, one.column) for one in found] == codes

    def test_what_comes_to_apply_is_named_at_its_own_field(self):
        typed = TypedCorrection(checklist_id="breve", item_id="clear", number=1, value="no")
        codes = {"decision": "yes", "clear": "yes", "reasons": "yes", "outcome": "refusal"}
        [found] = correction_problems(BRANCHED, codes, typed, "da")
        assert (found.code, found.column) == ("correction-opens", "also-why")
        assert found.values == {"question": "Står der, hvor man kan spørge?"}

    def test_a_contradiction_is_told_in_the_checklists_own_words(self):
        typed = TypedCorrection(checklist_id="breve", item_id="reasons", number=1, value="no")
        codes = {"decision": "yes", "clear": "yes", "reasons": "yes", "outcome": "refusal"}
        [found] = correction_problems(BRANCHED, codes, typed, "en")
        assert (found.code, found.values) == (
            "correction-contradicts",
            {"message": "Without reasons no letter is clear."},
        )

    @pytest.mark.parametrize(
        ("reason", "codes"),
        [
            ("Sådan.", []),
            (" \n", ["correction-reason-missing"]),
            ("Sag om 010190-1234", ["text-looks-like-cpr"]),
            ("x" * (LONGEST + 1), ["text-too-long"]),
        ],
    )
    def test_the_reason(self, reason, codes):
        assert [one.code for one in reason_problems(reason)] == codes


class TestWhatCounts:
    def test_the_value_is_another_and_the_note_stays(self):
        found = with_corrections(answers(clear="no", reasons="no"), [made()])
        assert found == {**answers(reasons="no"), "clear": Answer(item_id="clear", value="yes", note="Noten")}

    def test_what_was_not_asked_then_is_answered_now(self):
        assert with_corrections({}, [made(before="", value="no")]) == {
            "clear": Answer(item_id="clear", value="no")
        }

    def test_a_correction_that_was_taken_back_changes_nothing(self):
        given = answers(clear="no")
        assert with_corrections(given, [made(value="no", version=2)]) is given

    def test_only_what_applies_and_holds_is_in_effect(self):
        rows = [made("clear"), made("reasons"), made("why", value="no", version=2)]
        assert in_effect(LETTERS, {"clear": "yes", "outcome": "full-grant"}, rows) == (rows[0],)

    def test_told_by_case_and_in_the_order_of_the_checklist_without_a_person(self):
        rows = [
            CorrectedCase(number=number, checklist_id="breve", answer=one)
            for number, one in ((2, made("reasons")), (1, made("reasons", before="")), (2, made("clear")))
        ]
        found = told(LETTERS, rows, "en")
        assert [(one.number, one.item_number, one.before_text, one.after_text) for one in found] == [
            (1, "1.2", "", "Yes"),
            (2, "1.1", "No", "Yes"),
            (2, "1.2", "No", "Yes"),
        ]
        assert {(one.reason, one.day) for one in found} == {(WHY, DAY.date())}

    def test_counts_of_a_round_a_centre_and_both(self):
        counts = CorrectionCounts({(1, NORTH): 2, (1, SOUTH): 3, (2, NORTH): 5})
        assert (counts.of(round_id=1), counts.of(centre=NORTH), counts.of(round_id=2, centre=SOUTH)) == (
            5,
            7,
            0,
        )


class TestAnyOrder:
    @given(
        st.lists(st.tuples(st.sampled_from(["clear", "reasons"]), st.sampled_from(["yes", "partly", "no"])))
    )
    def test_the_last_of_each_counts_and_back_again_is_as_before(self, steps):
        given_, rows = answers(clear="no", reasons="no"), {}
        for item, value in steps:
            version = rows[item].version + 1 if item in rows else 1
            rows[item] = made(item, value=value, version=version)
        last = with_corrections(given_, rows.values())
        assert {item: one.value for item, one in last.items()} == {
            item: rows[item].value if item in rows else "no" for item in given_
        }
        back = [replace(one, value=one.before, version=one.version + 1) for one in rows.values()]
        assert with_corrections(given_, back) is given_
