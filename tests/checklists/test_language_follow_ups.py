"""Items that are asked after some answers only."""

import pytest
from checklist_problems import problems_of

from checklists.conditions import Is
from checklists.logic import AnyOf, Single
from checklists.model import FollowUp
from checklists.score import score

#: why follows no and partly, deeper follows why, other follows two items.
ITEMS = {
    "top": 'follow_ups = { no = ["why", "other"], partly = ["why"] }',
    "side": 'follow_ups = { no = ["other"] }',
    "why": 'follow_ups = { yes = ["deeper"] }',
    "deeper": "",
    "other": 'applies_when = { id = "kind", is = "a" }',
}


@pytest.fixture(scope="module")
def following(made):
    return made({"one": ITEMS})


class TestFollowUps:
    @pytest.mark.parametrize(
        ("answers", "applies"),
        [
            pytest.param({}, "top side", id="nothing answered"),
            pytest.param({"top": "yes", "side": "yes"}, "top side", id="another answer"),
            pytest.param({"top": "partly"}, "top side why", id="one of two answers"),
            pytest.param({"top": "no"}, "top side why other", id="one parent"),
            pytest.param({"side": "no"}, "top side other", id="the other parent"),
            pytest.param({"side": "no", "kind": "b"}, "top side", id="its own condition does not hold"),
            pytest.param({"top": "no", "why": "yes"}, "top side why deeper other", id="a chain"),
            pytest.param({"top": "yes", "why": "yes"}, "top side", id="a hidden answer shows nothing"),
        ],
    )
    def test_they_apply_after_their_answers_only(self, following, answers, applies):
        assert score(following, {"kind": "a", **answers}).applies == tuple(applies.split())

    def test_hidden_answers_are_kept_and_not_counted(self, following):
        answers = {"kind": "a", "top": "no", "side": "yes", "why": "yes", "deeper": "no", "other": "no"}
        # Three no of five, then only two yes are left, and then all five are back.
        cases = [score(following, one) for one in (answers, {**answers, "top": "yes"}, answers)]
        assert [(case.points, case.possible) for case in cases] == [(2, 5), (2, 2), (2, 5)]
        assert cases[1].results == {"top": "yes", "side": "yes"}

    def test_they_stand_in_the_checklist(self, following):
        assert following.item("top").follow_ups == (
            FollowUp("no", ("why", "other")),
            FollowUp("partly", ("why",)),
        )
        (of_why,) = following.conditions["why"]
        assert of_why == Single(Is("top", ("no", "partly")))
        _, of_other = following.conditions["other"]
        assert of_other == AnyOf((Single(Is("top", ("no",))), Single(Is("side", ("no",)))))
        order = following.evaluation_order
        assert order.index("top") < order.index("why") < order.index("deeper")

    @pytest.mark.parametrize(
        ("lines", "code", "value"),
        [
            pytest.param('{ no = ["whyy"] }', "follow-up-misspelt", "whyy", id="misspelt"),
            pytest.param('{ no = ["qqqq"] }', "follow-up-unknown", "qqqq", id="unknown"),
            pytest.param('{ no = ["kind"] }', "follow-up-unknown", "kind", id="a fact"),
            pytest.param('{ no = ["top"] }', "follow-up-itself", "top", id="itself"),
            pytest.param('{ nope = ["why"] }', "unknown-answer", "nope", id="unknown answer"),
            pytest.param("{ no = [] }", "empty-list", None, id="nothing"),
            pytest.param("{ no = [1] }", "not-words", "[1]", id="a number"),
            pytest.param('["why"]', "not-table", '["why"]', id="no answer"),
        ],
    )
    def test_what_cannot_follow(self, made_text, lines, code, value):
        text = made_text({"one": {"top": f"follow_ups = {lines}", "why": ""}})
        (problem,) = problems_of(text)
        assert (problem.code, problem.item, problem.values.get("value")) == (
            f"checklist-{code}",
            "top",
            value,
        )
        assert problem.line == text[: text.index("follow_ups")].count("\n") + 1

    @pytest.mark.parametrize(
        ("first", "second"),
        [
            pytest.param('follow_ups = { no = ["b"] }', 'follow_ups = { no = ["a"] }', id="each other"),
            pytest.param(
                'follow_ups = { no = ["b"] }\napplies_when = { id = "b", is = "yes" }', "", id="a condition"
            ),
        ],
    )
    def test_a_circle(self, made_text, first, second):
        (problem,) = problems_of(made_text({"one": {"a": first, "b": second}}))
        assert problem.code == "checklist-condition-loop"
        assert set(problem.values["circle"].split(" → ")) == {"a", "b"}
