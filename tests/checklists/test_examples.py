"""The example instruments, scored from their files of answers; every result here was worked out by hand."""

import csv
from fractions import Fraction
from functools import cache
from importlib.resources import files

import pytest

from checklists.centre import centre_share
from checklists.load import load, shipped_ids
from checklists.score import score

EXAMPLES = files("checklists") / "library" / "examples"


@cache
def scored(name):
    """The checklist of one example, and the score of each case in its file of answers."""
    checklist = load((EXAMPLES / f"{name}.toml").read_text(encoding="utf-8"), f"{name}.toml")
    with (EXAMPLES / f"{name}.csv").open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    return checklist, {row.pop("case"): score(checklist, row) for row in rows}


def percent(points, possible):
    return Fraction(100 * points, possible)


def figures(one):
    """Points and possible of a case or a theme, with the percentage checked against them."""
    assert one.percent == (percent(one.points, one.possible) if one.possible else None)
    return int(one.points), int(one.possible)


def test_no_example_is_offered_as_a_checklist():
    names = {entry.name.removesuffix(".toml") for entry in EXAMPLES.iterdir() if entry.name.endswith(".toml")}
    assert names == {"eksempel-egne-point", "eksempel-k-af-n", "eksempel-selvvurdering"}
    assert names.isdisjoint(shipped_ids())


class TestOwnPoints:
    """Facts 20 + 15 = 35, law 45, letter 20: 100 points in all; in order from 95, defensible from 80."""

    @pytest.fixture
    def cases(self):
        return scored("eksempel-egne-point")[1]

    @pytest.mark.parametrize(
        ("case", "facts", "decision", "total", "verdict"),
        [
            # 20 + 15; 45 + 20
            ("all-best", (35, 35), (65, 65), (100, 100), "sound"),
            # 20 + 15; 45 + 15: exactly 95 %
            ("exactly-95", (35, 35), (60, 65), (95, 100), "sound"),
            # 20 + 15 in full for what was not applicable; 45 + 0: exactly 80 %
            ("full-points-for-not-applicable", (35, 35), (45, 65), (80, 100), "defensible"),
            # 20 of 20, since the other 15 cannot be assessed; 45 + 15: 80 of 85, which is under 95 %
            ("cannot-assess-stays-out", (20, 20), (60, 65), (80, 85), "defensible"),
            # 0 + 15 of 35, since this item counts as a no where it cannot be assessed; 45 + 20
            ("cannot-assess-counts-as-no", (15, 35), (65, 65), (80, 100), "defensible"),
            # 20 + 9; 45 + 20: 94 points, and answers that cannot stand together
            ("right-on-thin-facts", (29, 35), (65, 65), (94, 100), "contradictory"),
            # 20 + 9; 30 + 20: one point under 80
            ("questionable-on-thin-facts", (29, 35), (50, 65), (79, 100), "unsound"),
            # 12 + 15; 0 + 20
            ("wrong-law", (27, 35), (20, 65), (47, 100), "wrong-result"),
            ("material-not-found", (0, 0), (0, 0), (0, 0), "material-not-found"),
            ("no-decision", (0, 0), (0, 0), (0, 0), "no-decision"),
            # 20 + 15; 45, the letter unanswered
            ("letter-unanswered", (35, 35), (45, 45), (80, 80), "incomplete"),
        ],
    )
    def test_points_and_verdict(self, cases, case, facts, decision, total, verdict):
        found = cases[case]
        assert figures(found.themes["fact-finding"]) == facts
        assert figures(found.themes["decision"]) == decision
        assert (figures(found), found.verdict, found.refusals) == (total, verdict, ())

    def test_every_case_is_looked_at(self, cases):
        assert len(cases) == 11

    def test_eighty_of_eighty_five_is_not_rounded(self, cases):
        # 100 * 80 / 85 = 8000 / 85 = 1600 / 17 = 94.1...
        assert cases["cannot-assess-stays-out"].percent == Fraction(1600, 17)

    def test_only_the_combination_is_refused(self, cases):
        refused = {name: case.contradictions for name, case in cases.items() if case.contradictions}
        assert refused == {"right-on-thin-facts": ("right-on-thin-facts",)}

    def test_a_stop_is_never_a_zero(self, cases):
        stopped = {name: case for name, case in cases.items() if case.stopped is not None}
        assert {name: case.stopped for name, case in stopped.items()} == {
            "material-not-found": "material-not-found",
            "no-decision": "no-decision",
        }
        for case in stopped.values():
            assert (case.percent, case.unanswered, case.critical_breaches) == (None, (), ())
            assert {theme.result for theme in case.themes.values()} == {"not_applicable"}

    def test_only_what_the_stop_rests_on_applies(self, cases):
        # The other answers of the first row are kept in the file and count nowhere.
        assert cases["material-not-found"].results == {"case-found": "no"}
        assert cases["no-decision"].results == {"is-decision": "no"}

    def test_a_follow_up_is_asked_after_its_answers_only(self, cases):
        asked = {name for name, case in cases.items() if "error-explained" in case.applies}
        assert asked == {"questionable-on-thin-facts", "wrong-law"}

    def test_what_cannot_be_assessed_is_shown_apart_even_where_it_counts_as_no(self, cases):
        apart, negative = cases["cannot-assess-stays-out"], cases["cannot-assess-counts-as-no"]
        assert (apart.results["other-facts"], apart.themes["fact-finding"].result) == (
            "cannot_assess",
            "cannot_assess",
        )
        assert (negative.results["citizen-facts"], negative.themes["fact-finding"].result) == (
            "cannot_assess",
            "no",
        )

    def test_a_wrong_result_is_a_critical_breach(self, cases):
        assert {name: case.critical_breaches for name, case in cases.items() if case.critical_breaches} == {
            "wrong-law": ("law-applied",)
        }

    def test_what_is_unanswered_is_named(self, cases):
        assert {name: case.unanswered for name, case in cases.items() if case.unanswered} == {
            "letter-unanswered": ("letter-written",)
        }


class TestKOfN:
    """Contact: the mandatory item and two of three. Plan and complaint: all that apply, if asked at all."""

    @pytest.fixture
    def cases(self):
        return scored("eksempel-k-af-n")[1]

    @pytest.mark.parametrize(
        ("case", "contact", "plan", "complaint", "total", "verdict"),
        [
            # X, A and B yes, C no: 3 of 4
            ("two-of-three", "achieved", "not_applicable", "not_applicable", (3, 4), "in-order"),
            # X no, A, B and C yes: as many points, and not achieved
            (
                "mandatory-item-missing",
                "partly-achieved",
                "not_applicable",
                "not_applicable",
                (3, 4),
                "partly-in-order",
            ),
            # A yes, B no, C left out: 1 of the 2 that apply, 2 are needed
            (
                "one-of-two-that-apply",
                "partly-achieved",
                "not_applicable",
                "not_applicable",
                (2, 3),
                "partly-in-order",
            ),
            # A alone applies: all of what applies, where fewer than two do
            ("the-only-one-that-applies", "achieved", "not_applicable", "not_applicable", (2, 2), "in-order"),
            # None of the three applies: X alone decides
            ("none-that-applies", "achieved", "not_applicable", "not_applicable", (1, 1), "in-order"),
            # 4 of 4, and 2 of the 2 that apply in the plan
            ("plan-all-that-apply", "achieved", "achieved", "not_applicable", (6, 6), "in-order"),
            # The same points: what cannot be assessed leaves the points, and applies in the rule (2 of 3)
            (
                "plan-cannot-be-assessed",
                "achieved",
                "not-achieved",
                "not_applicable",
                (6, 6),
                "partly-in-order",
            ),
            # 4 of 4, and 1 of 2 in the complaint
            ("complaint-unanswered", "achieved", "not_applicable", "not-achieved", (5, 6), "not-in-order"),
            ("nothing-done", "not-achieved", "not_applicable", "not_applicable", (0, 4), "not-in-order"),
            # No plan was needed: three times no behind the closed gate counts nowhere
            ("plan-answers-hidden", "achieved", "not_applicable", "not_applicable", (4, 4), "in-order"),
            # 4 of 4 and 3 of 3; whether there was a complaint is unanswered
            ("gate-unanswered", "achieved", "achieved", "incomplete", (7, 7), "incomplete"),
        ],
    )
    def test_verdicts(self, cases, case, contact, plan, complaint, total, verdict):
        found = cases[case]
        assert {name: theme.verdict for name, theme in found.themes.items()} == {
            "gates": None,
            "contact": contact,
            "plan": plan,
            "complaint": complaint,
        }
        assert (figures(found), found.verdict, found.refusals) == (total, verdict, ())

    def test_every_case_is_looked_at(self, cases):
        assert len(cases) == 11

    def test_percent_is_exact(self, cases):
        # 100 * 2 / 3 and 100 * 5 / 6 = 250 / 3
        assert cases["one-of-two-that-apply"].percent == Fraction(200, 3)
        assert cases["complaint-unanswered"].percent == Fraction(250, 3)

    def test_breaches_stand_beside_the_points(self, cases):
        assert {name: case.critical_breaches for name, case in cases.items() if case.critical_breaches} == {
            "mandatory-item-missing": ("spoken-with",),
            "nothing-done": ("spoken-with",),
            "complaint-unanswered": ("complaint-answered",),
        }

    def test_a_closed_gate_hides_its_theme(self, cases):
        hidden = cases["plan-answers-hidden"]
        assert not {"plan-made", "plan-goals", "plan-shared"} & {*hidden.applies, *hidden.results}
        assert figures(hidden.themes["plan"]) == (0, 0)

    def test_a_gate_is_asked(self, cases):
        assert cases["gate-unanswered"].unanswered == ("complained",)


class TestSelfAssessment:
    """Management (goals, and follow-up twice) passes at 70 %, people at 60 %; the centre at 75 %."""

    @pytest.fixture
    def example(self):
        return scored("eksempel-selvvurdering")

    @pytest.fixture
    def cases(self, example):
        return example[1]

    @pytest.mark.parametrize(
        ("case", "management", "people", "total", "passed", "verdict"),
        [
            # 7 + 2 * 7 = 21 of 30 = 70 %; 6 + 6 = 12 of 20 = 60 %; 21 + 12 + 5
            ("exactly-at-both-marks", (21, 30), (12, 20), (38, 60), (True, True), "reached"),
            # 5 + 2 * 8 = 21 of 30, though (5 + 8) / 20 is 65 %; 10 + 2; 21 + 12 + 1
            ("weight-carries-it", (21, 30), (12, 20), (34, 60), (True, True), "reached"),
            # 8 + 2 * 6 = 20 of 30 = 66.7 %; 8 + 8; 20 + 16 + 9 = 45 of 60 = 75 %
            ("two-thirds-is-not-70", (20, 30), (16, 20), (45, 60), (False, True), "on-the-way"),
            # not applicable earns 70 % of 10 = 7; 7 + 2 * 7; 7 + 7; 21 + 14 + 8
            ("not-applicable-earns-the-target", (21, 30), (14, 20), (43, 60), (True, True), "reached"),
            ("all-ten", (30, 30), (20, 20), (60, 60), (True, True), "reached"),
            # 8 + 2 * 8; 6 of 10, since the other 10 cannot be assessed; 24 + 6 + 4 of 30 + 10 + 10
            ("cannot-assess-stays-out", (24, 30), (6, 10), (34, 50), (True, True), "reached"),
            # 3 + 2 * 2; 4 + 3; 7 + 7 + 2 = 16 of 60 = 26.7 %
            ("far-from-it", (7, 30), (7, 20), (16, 60), (False, False), "effort-needed"),
            # 10 + 2 * 8; 9 + 5; 26 + 14 + 7
            ("well-above", (26, 30), (14, 20), (47, 60), (True, True), "reached"),
            # 7 + 2 * 7; 6 + 6; the last answer is missing, in a theme of its own
            ("not-filled-in", (21, 30), (12, 20), (33, 50), (True, True), "incomplete"),
            # 7 + 2 * 7; 7 + 7; 21 + 14 + 7 = 70 %, and nothing was judged
            ("all-not-applicable", (21, 30), (14, 20), (42, 60), (True, True), "not_applicable"),
        ],
    )
    def test_points_marks_and_verdict(self, cases, case, management, people, total, passed, verdict):
        found = cases[case]
        assert figures(found.themes["management"]) == management
        assert figures(found.themes["people"]) == people
        assert (found.themes["management"].passed, found.themes["people"].passed) == passed
        assert found.themes["records"].passed is None
        assert (figures(found), found.verdict, found.refusals) == (total, verdict, ())

    def test_every_case_is_looked_at(self, cases):
        assert len(cases) == 10

    def test_percent_is_exact(self, cases):
        # 100 * 20 / 30 = 200 / 3; 100 * 34 / 60 = 170 / 3; 100 * 16 / 60 = 80 / 3
        assert cases["two-thirds-is-not-70"].themes["management"].percent == Fraction(200, 3)
        assert cases["weight-carries-it"].percent == Fraction(170, 3)
        assert cases["far-from-it"].percent == Fraction(80, 3)

    def test_the_centre_passes_with_six_of_eight(self, example):
        # 6 reached of 6 + 1 on the way + 1 that needs an effort; two are left out: 100 * 6 / 8 = 75
        checklist, cases = example
        share = centre_share(checklist, list(cases.values()))
        assert (share.counted, share.positive, share.percent) == (8, 6, Fraction(75))
        assert share.left_out == {"incomplete": 1, "not_applicable": 1}
        assert (share.mark, share.passed) == (Fraction(75), True)

    def test_the_centre_does_not_pass_with_five_of_seven(self, example):
        # 100 * 5 / 7 = 71.4...
        checklist, cases = example
        share = centre_share(checklist, [case for name, case in cases.items() if name != "all-ten"])
        assert (share.counted, share.positive, share.percent) == (7, 5, Fraction(500, 7))
        assert share.passed is False


@pytest.mark.parametrize("name", ["eksempel-egne-point", "eksempel-k-af-n"])
def test_a_centre_without_a_decided_mark_is_counted_and_neither_passes_nor_fails(name):
    checklist, cases = scored(name)
    share = centre_share(checklist, cases.values())
    # Own points: 2 sound of 2 + 3 defensible + 1 unsound + 1 wrong = 7. K of n: 5 in order of 5 + 3 + 2 = 10.
    expected = {
        "eksempel-egne-point": (
            (7, 2, Fraction(200, 7)),
            {"contradictory": 1, "incomplete": 1, "material-not-found": 1, "no-decision": 1},
        ),
        "eksempel-k-af-n": ((10, 5, Fraction(50)), {"incomplete": 1}),
    }
    assert ((share.counted, share.positive, share.percent), share.left_out) == expected[name]
    assert (share.mark, share.passed) == (None, None)
