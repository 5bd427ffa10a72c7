"""Calibration by itself: which cases, what people are called, and how an item was read."""

import pytest
from small_round import CHECKLIST

from lirk.domain.calibration import (
    CalibrationNeedsReserve,
    CalibrationSizeWrong,
    available,
    check_agreed,
    chosen,
    counting,
    letters,
    readings,
)
from lirk.domain.reviews import Answer, CaseRole, DrawnCase
from lirk.errors import ProblemsFound
from lirk.services.checklists import parse

BREVE = parse(CHECKLIST)


def case(id_, stratum="Center Nord", rank=1, *, role=CaseRole.RESERVE, number=None):
    return DrawnCase(
        id=id_,
        round_id=1,
        draw_id=1,
        number=number,
        case_id=f"26/{id_:03}",
        centre=stratum,
        stratum=stratum,
        role=role,
        rank=rank,
        ticket=f"{id_:064x}",
    )


def answer(value, item="clear", **more):
    return Answer(item_id=item, value=value, **more)


class TestWhichCases:
    def test_one_from_the_end_of_each_reserve_in_turn(self):
        reserve = [
            case(1, "Center Nord", 4),
            case(2, "Center Nord", 5),
            case(3, "Center Nord", 6),
            case(4, "Center Syd", 4),
            case(5, "Center Syd", 5),
        ]
        assert [one.id for one in available(reserve)] == [3, 5, 2, 4, 1]

    def test_strata_take_turns_in_the_order_of_the_danish_alphabet(self):
        reserve = [case(1, "Århus"), case(2, "Ærø"), case(3, "Østerbro"), case(4, "Zoo")]
        assert [one.id for one in available(reserve)] == [4, 2, 3, 1]

    def test_whatever_the_order_of_the_cases(self):
        reserve = [case(id_, stratum, id_) for id_, stratum in enumerate(["B", "A", "B", "A", "C"], start=1)]
        assert available(reserve) == available(reserve[::-1])

    def test_what_was_called_up_or_is_in_the_sample_is_passed_over(self):
        held = [case(1, rank=4, number=7), case(2, role=CaseRole.MAIN, number=1), case(3, rank=5)]
        assert [one.id for one in available(held)] == [3]

    @pytest.mark.parametrize("count", [0, 1, 6])
    def test_two_to_five(self, count):
        with pytest.raises(CalibrationSizeWrong):
            chosen([case(id_, rank=id_) for id_ in range(1, 9)], count)

    @pytest.mark.parametrize("left", [0, 1, 2])
    def test_a_reserve_that_is_too_small_says_how_many_there_are(self, left):
        with pytest.raises(CalibrationNeedsReserve) as refused:
            chosen([case(id_, rank=id_) for id_ in range(left)], 3)
        assert refused.value.values == {"count": left}


class TestLetters:
    def test_each_has_one_and_always_the_same(self):
        assert letters("2026-1", 1, [4, 9, 2]) == letters("2026-1", 1, [9, 2, 4, 4])
        assert sorted(letters("2026-1", 1, [4, 9, 2]).values()) == ["A", "B", "C"]

    def test_as_worked_out_by_hand(self):
        # printf 1:1 | openssl dgst -sha256 -hmac salt begins with 8a99, that of 1:2 with a6eb, of 1:3 with a92c.
        assert letters("salt", 1, [1, 2, 3]) == {1: "A", 2: "B", 3: "C"}
        # Of 2:1 with 29ef, of 2:2 with 1a0f, of 2:3 with e262.
        assert letters("salt", 2, [1, 2, 3]) == {2: "A", 1: "B", 3: "C"}

    def test_differ_from_secret_to_secret(self):
        found = {tuple(sorted(letters(f"secret {one}", 1, range(6)).items())) for one in range(1, 9)}
        assert len(found) > 1

    def test_differ_from_case_to_case(self):
        found = {tuple(sorted(letters("2026-1", one, range(6)).items())) for one in range(1, 6)}
        assert len(found) == 5

    def test_more_than_the_alphabet_has(self):
        found = letters("2026-1", 1, range(30))
        assert len(set(found.values())) == 30


class TestReadings:
    def read(self, *cases):
        """How the item ``clear`` was read: for each case the answers by person."""
        given = [{person: {"clear": answer(value)} for person, value in of.items() if value} for of in cases]
        [found] = readings(BREVE, given)
        return found

    def test_who_answered_what(self):
        found = self.read({1: "yes", 2: "no", 3: None})
        assert found.asked.id == "clear"
        assert {who: one.value for who, one in found.cases[0].answers.items()} == {1: "yes", 2: "no"}

    @pytest.mark.parametrize(
        ("cases", "agreed", "compared", "differing", "agreement"),
        [
            ([{1: "yes", 2: "yes"}, {1: "no", 2: "no"}], 2, 2, (), 1.0),
            ([{1: "yes", 2: "no"}, {1: "no", 2: "no"}], 1, 2, (1,), 0.5),
            ([{1: "yes", 2: "no", 3: "yes"}, {1: "no", 2: "no", 3: "no"}], 1, 2, (1,), 2 / 3),
            ([{1: "yes", 2: "no"}, {1: "no", 2: "yes"}], 0, 2, (1, 2), 0.0),
            ([{1: "yes"}, {1: "no", 2: "no"}], 1, 1, (), 1.0),
            ([{1: "yes"}, {2: "no"}], 0, 0, (), None),
            ([{1: "yes"}, {1: "no"}], 0, 0, (), None),
        ],
    )
    def test_how_far_they_agree(self, cases, agreed, compared, differing, agreement):
        found = self.read(*cases)
        assert (found.agreed, found.compared, found.differing) == (agreed, compared, differing)
        assert found.agreement == (None if agreement is None else pytest.approx(agreement))

    def test_in_the_order_of_the_checklist_and_without_what_nobody_was_asked(self):
        both = {1: {"reasons": answer("yes", "reasons"), "clear": answer("yes")}}
        assert [one.asked.id for one in readings(BREVE, [both])] == ["clear", "reasons"]
        assert [one.asked.id for one in readings(BREVE, [{1: {"reasons": answer("yes", "reasons")}}])] == [
            "reasons"
        ]
        assert readings(BREVE, [{1: {}}]) == ()


GIVEN = {
    "clear": answer("yes"),
    "reasons": answer("no", "reasons"),
    "outcome": answer("refusal", "outcome"),
}


class TestCounting:
    def test_an_answer_to_what_does_not_apply_is_left_out(self):
        assert set(counting(BREVE, {"outcome": "full-grant"}, GIVEN)) == {"clear"}
        assert set(counting(BREVE, {"outcome": "refusal"}, GIVEN)) == {"clear", "reasons"}

    def test_a_fact_that_the_register_does_not_know_is_an_answer(self):
        assert set(counting(BREVE, {}, GIVEN)) == {"outcome", "clear", "reasons"}

    def test_a_note_without_an_answer_is_none(self):
        assert counting(BREVE, {}, {"clear": answer("", note="Hm.")}) == {}


class TestAgreedReading:
    def test_without_blanks_around_it(self):
        assert check_agreed("  Ja, hvis dato står der.\n") == "Ja, hvis dato står der."

    @pytest.mark.parametrize(
        ("text", "code"), [("Som i 010190-1234", "text-looks-like-cpr"), ("x" * 2001, "text-too-long")]
    )
    def test_what_is_never_kept(self, text, code):
        with pytest.raises(ProblemsFound) as refused:
            check_agreed(text)
        assert [one.code for one in refused.value.problems] == [code]
