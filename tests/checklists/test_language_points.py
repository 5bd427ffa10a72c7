"""Points by policy and by an item's own table, worked out by hand."""

from fractions import Fraction

import pytest

from checklists.load import load
from checklists.problems import ChecklistProblems
from checklists.score import score

OWN = "points = { yes = 3, partly = 1, no = 0 }"
#: Two points of two, then three, then one and a half.
ITEMS = {"two": "weight = 2", "own": OWN, "half": "weight = 1.5"}
ALL_YES = {"kind": "a", "two": "yes", "own": "yes", "half": "yes"}
DROP, OUT = 'not_applicable = "drop"', 'cannot_assess = "out"'


def policies(not_applicable="drop", cannot_assess="out", target=""):
    return f'not_applicable = "{not_applicable}"\ncannot_assess = "{cannot_assess}"\n{target}'


class TestNotApplicable:
    # Possible: 2 + 3 + 1.5 = 6.5 points.
    @pytest.mark.parametrize(
        ("policy", "target", "answers", "points", "possible"),
        [
            pytest.param("drop", "", {"two": "not_applicable"}, "4.5", "4.5", id="drop leaves both"),
            pytest.param("drop", "", {"own": "not_applicable"}, "3.5", "3.5", id="drop leaves own points"),
            pytest.param("full", "", {"two": "not_applicable"}, "6.5", "6.5", id="full earns all"),
            pytest.param(
                "full", "", {"own": "not_applicable", "half": "no"}, "5", "6.5", id="full earns own points"
            ),
            pytest.param("target", "target = 90", {"two": "not_applicable"}, "6.3", "6.5", id="90 % of 2"),
            pytest.param("target", "target = 90", {"own": "not_applicable"}, "6.2", "6.5", id="90 % of 3"),
            pytest.param("target", "target = 33.3", {"half": "not_applicable"}, "5.4995", "6.5", id="33.3 %"),
            pytest.param("target", "target = 0", {"two": "not_applicable"}, "4.5", "6.5", id="nothing"),
        ],
    )
    def test_points_and_possible(self, made, policy, target, answers, points, possible):
        checklist = made({"one": ITEMS}, policies=policies(policy, target=target))
        case = score(checklist, {**ALL_YES, **answers})
        assert (case.points, case.possible) == (Fraction(points), Fraction(possible))
        assert case.percent == 100 * Fraction(points) / Fraction(possible)

    @pytest.mark.parametrize(("policy", "percent"), [("drop", None), ("full", 100), ("target", Fraction(90))])
    def test_a_case_without_one_that_applies_has_no_verdict_whatever_its_points(self, made, policy, percent):
        target = "target = 90" if policy == "target" else ""
        checklist = made({"one": ITEMS}, policies=policies(policy, target=target))
        case = score(checklist, {"kind": "a", **dict.fromkeys(ITEMS, "not_applicable")})
        assert (case.verdict, case.percent) == ("not_applicable", percent)


class TestCannotAssess:
    @pytest.mark.parametrize(
        ("of_all", "of_the_item", "points", "possible", "breaches", "result"),
        [
            pytest.param("out", "", "4.5", "4.5", (), "cannot_assess", id="out"),
            pytest.param("out", "negative", "4.5", "6.5", ("two",), "no", id="the item's own: negative"),
            pytest.param("negative", "", "4.5", "6.5", ("two",), "no", id="negative"),
            pytest.param("negative", "out", "4.5", "4.5", (), "cannot_assess", id="the item's own: out"),
        ],
    )
    def test_the_item_goes_before_the_checklist(
        self, made, of_all, of_the_item, points, possible, breaches, result
    ):
        own = f'cannot_assess = "{of_the_item}"' if of_the_item else ""
        critical = f'weight = 2\nseverity = "critical"\n{own}'
        checklist = made({"one": {**ITEMS, "two": critical}}, policies=policies(cannot_assess=of_all))
        case = score(checklist, {**ALL_YES, "two": "cannot_assess"})
        assert (case.points, case.possible) == (Fraction(points), Fraction(possible))
        assert case.critical_breaches == breaches
        assert case.themes["one"].result == result
        assert case.results["two"] == "cannot_assess"

    def test_it_is_never_merged_with_not_applicable(self, made):
        checklist = made({"one": ITEMS})
        case = score(checklist, {"kind": "a", **dict.fromkeys(ITEMS, "cannot_assess")})
        assert (case.verdict, case.percent) == ("rest", None)


class TestOwnPoints:
    @pytest.mark.parametrize(("answer", "points"), [("yes", 3), ("partly", 1), ("no", 0)])
    def test_they_replace_those_of_the_scale(self, made, answer, points):
        case = score(made({"one": {"own": OWN}}), {"kind": "a", "own": answer})
        assert (case.points, case.possible) == (points, 3)

    def test_weight_comes_on_top(self, made):
        case = score(made({"one": {"own": f"{OWN}\nweight = 2.5"}}), {"kind": "a", "own": "partly"})
        assert (case.points, case.possible, case.percent) == (
            Fraction(5, 2),
            Fraction(15, 2),
            Fraction(100, 3),
        )

    def test_what_they_leave_out_keeps_the_scales_own(self, made):
        item = made({"one": {"own": "points = { yes = 4 }"}}).item("own")
        assert [answer.points for answer in item.answers] == [4, Fraction(1, 2), 0, None, None]
        assert [answer.points for answer in item.scale.answers] == [1, Fraction(1, 2), 0, None, None]

    def test_nothing_can_be_won_with_an_answer_that_is_not_offered(self, made):
        item = made({"one": {"own": f'{OWN}\nanswers = ["partly", "no"]'}}).item("own")
        assert (item.offered, item.possible) == (("partly", "no"), 1)

    def test_a_condition_asks_for_the_items_own_points(self, made):
        turned = "points = { yes = 1, partly = 2, no = 0 }"
        after = 'applies_when = { id = "own", at_least = "partly" }'
        checklist = made({"one": {"own": turned, "after": after}})
        shown = {code: "after" in score(checklist, {"own": code}).applies for code in ("yes", "partly", "no")}
        assert shown == {"yes": False, "partly": True, "no": False}


class TestWeightZero:
    def test_it_is_asked_and_counts_nowhere(self, made):
        free = 'weight = 0\nseverity = "critical"\ncannot_assess = "negative"'
        checklist = made({"one": {"free": free, "half": "weight = 1.5"}})
        case = score(checklist, {"kind": "a", "free": "no", "half": "yes"})
        assert (case.points, case.possible) == (Fraction(3, 2), Fraction(3, 2))
        assert (case.critical_breaches, case.themes["one"].result) == ((), "yes")
        assert case.results == {"free": "no", "half": "yes"}
        assert score(checklist, {"kind": "a", "half": "yes"}).unanswered == ("free",)


class TestProblems:
    @pytest.mark.parametrize(
        ("lines", "code", "values"),
        [
            pytest.param(
                "points = { yess = 3 }",
                "unknown-answer",
                {"key": "points", "value": "yess", "known": ("yes", "partly", "no")},
                id="no such answer",
            ),
            pytest.param(
                "points = { cannot_assess = 1 }",
                "points-unused",
                {"key": "points", "value": "cannot_assess", "meaning": "cannot_assess"},
                id="an answer outside the score",
            ),
            pytest.param(
                "points = { yes = -1 }",
                "not-number",
                {"key": "yes", "value": "-1", "high": 1000},
                id="negative",
            ),
            pytest.param("points = 3", "not-table", {"key": "points", "value": "3"}, id="a number"),
            pytest.param(
                "points = { yes = 0, partly = 0, no = 0 }",
                "item-without-points",
                {"key": "answers"},
                id="nothing to win",
            ),
            pytest.param(
                'cannot_assess = "positive"',
                "unknown-word",
                {"key": "cannot_assess", "value": "positive", "known": ("out", "negative")},
                id="no such policy",
            ),
        ],
    )
    def test_told(self, made_text, lines, code, values):
        text = made_text({"one": {"item": lines}})
        with pytest.raises(ChecklistProblems) as caught:
            load(text)
        (problem,) = caught.value.problems
        assert (problem.code, problem.item, problem.values) == (f"checklist-{code}", "item", values)
        assert problem.line in {
            text[: text.index(part)].count("\n") + 1 for part in (lines, "[[themes.items")
        }
