"""A critical breach is never averaged away."""

import pytest
from checklist_problems import problems_of

from checklists.load import load
from checklists.score import score

CRITICAL = 'severity = "critical"'
GOOD = '[[verdicts]]\nid = "good"\ntitle = { da = "x" }\npositive = true\n'
POOR = '[[verdicts]]\nid = "poor"\ntitle = { da = "x" }\nwhen = %s\n\n'
OWN = (
    '[[themes.verdicts]]\nid = "down"\ntitle = { da = "x" }\nwhen = %s\n\n'
    '[[themes.verdicts]]\nid = "up"\ntitle = { da = "x" }\npositive = %s\n'
)
ITEMS = {"a": CRITICAL, "b": "", "c": "", "d": ""}


class TestNeverAveragedAway:
    """A case with a critical No, whatever else is answered, never ends in a positive verdict."""

    @pytest.mark.parametrize(
        ("when", "lines", "refused"),
        [
            pytest.param("{ points_at_least = 0 }", "", False, id="everything is poor"),
            pytest.param("{ not = { points_at_least = 75 } }", "", True, id="exactly enough points"),
            pytest.param("{ not = { points_at_least = 75.000001 } }", "", False, id="just too few points"),
            pytest.param('{ theme = "one", verdict = "not_passed" }', "pass_mark = 75", True, id="it passes"),
            pytest.param(
                '{ theme = "one", verdict = "not_passed" }', "pass_mark = 76", False, id="it does not"
            ),
            pytest.param(
                '{ theme = "one", verdict = "down" }',
                OWN % ('{ count = { meaning = "negative" }, at_least = 2 }', "false"),
                True,
                id="the theme wants two",
            ),
            pytest.param(
                '{ theme = "one", verdict = "down" }',
                OWN % ('{ count = { meaning = "negative" }, at_least = 1 }', "true"),
                False,
                id="the theme wants one",
            ),
            pytest.param(
                '{ not = { count = { items = ["a"], meaning = "positive" }, at_least = "all" } }',
                "",
                False,
                id="all that apply",
            ),
            pytest.param(
                '{ not = { count = { items = ["b", "c"], meaning = "positive" }, at_least = 2, or_all = true } }',
                "",
                True,
                id="all of the others",
            ),
        ],
    )
    def test_in_the_verdict_of_a_case(self, made_text, when, lines, refused):
        text = made_text({"one": ITEMS}, theme_lines={"one": lines}, verdicts=POOR % when + GOOD)
        if not refused:
            assert load(text).verdict("good").positive
            return
        (problem,) = problems_of(text)
        assert (problem.code, problem.item, problem.values) == (
            "checklist-averaged-away",
            "good",
            {"value": "a"},
        )

    def test_in_the_verdict_of_a_theme(self, made_text):
        own = OWN % ('{ count = { meaning = "negative" }, at_least = 2 }', "true")
        (problem,) = problems_of(made_text({"one": ITEMS}, theme_lines={"one": own}))
        assert (problem.code, problem.item) == ("checklist-averaged-away", "up")

    @pytest.mark.parametrize(
        ("lines", "refused"),
        [
            pytest.param("points = { yes = 1, no = 0.9 }", True, id="a no that earns nearly all"),
            pytest.param("points = { yes = 1, no = 0 }", False, id="a no that earns nothing"),
            pytest.param(
                'cannot_assess = "negative"\nanswers = ["yes", "cannot_assess"]', False, id="unknown"
            ),
        ],
    )
    def test_by_what_the_item_says_of_its_own(self, made_text, lines, refused):
        items = {**ITEMS, "a": f"{CRITICAL}\n{lines}"}
        text = made_text({"one": items}, verdicts=POOR % "{ not = { points_at_least = 90 } }" + GOOD)
        if refused:
            assert [one.code for one in problems_of(text)] == ["checklist-averaged-away"]
        else:
            assert load(text).verdict("poor")

    def test_what_cannot_be_assessed_counts_where_it_is_negative(self, made_text):
        lines = f'{CRITICAL}\ncannot_assess = "negative"\nanswers = ["yes", "cannot_assess"]'
        text = made_text({"one": {**ITEMS, "a": lines}}, verdicts=GOOD)
        assert [one.code for one in problems_of(text)] == ["checklist-averaged-away"]
        out = text.replace('"negative"', '"out"')
        assert load(out).verdict("good")

    @pytest.mark.parametrize(
        ("stop_when", "refused"),
        [
            pytest.param('{ id = "a", is = "no" }', False, id="the breach"),
            pytest.param('{ any = [{ id = "a", is_not = "yes" }, { id = "b", is = "no" }] }', False, id="or"),
            pytest.param(
                '{ all = [{ id = "a", is = "no" }, { id = "b", is = "no" }] }', True, id="and another"
            ),
            pytest.param('{ id = "b", is = "no" }', True, id="another"),
            pytest.param(
                '{ all = [{ id = "a", is = "no" }, { not = { id = "b", is = "yes" } }] }',
                True,
                id="unless another",
            ),
            pytest.param(
                '{ all = [{ id = "a", answered = true }, { not = { id = "a", is = "yes" } }] }',
                False,
                id="unless it is yes",
            ),
        ],
    )
    def test_a_breach_that_ends_the_review_is_no_verdict(self, made_text, stop_when, refused):
        stop = f'[[stops]]\nid = "halt"\ntitle = {{ da = "x" }}\nstop_when = {stop_when}\n'
        text = made_text({"one": ITEMS}, verdicts=GOOD, tail=stop)
        if refused:
            assert [one.code for one in problems_of(text)] == ["checklist-averaged-away"]
        else:
            assert (
                score(load(text), {"kind": "a", **dict.fromkeys("bcd", "yes"), "a": "no"}).verdict == "halt"
            )

    @pytest.mark.parametrize(
        "rule",
        [
            pytest.param('{ count = { meaning = "partial" }, at_least = 1 }', id="something is partly so"),
            pytest.param('{ count = { meaning = "negative" }, at_least = 2 }', id="two breaches"),
            pytest.param(
                '{ count = { meaning = "cannot_assess" }, at_least = 1 }', id="something is unknown"
            ),
            pytest.param('{ theme = "two", verdict = "not_applicable" }', id="a theme does not apply"),
            pytest.param("{ not = { points_at_least = 1 } }", id="nothing is good"),
        ],
    )
    def test_nor_by_what_else_is_wrong(self, made_text, rule):
        first = GOOD.replace('"good"', '"fine"') + f"when = {rule}\n\n"
        breach = POOR % '{ count = { meaning = "negative", severity = "critical" }, at_least = 1 }'
        themes = {"one": {"a": CRITICAL, "b": ""}, "two": {"c": "", "d": CRITICAL}}
        found = problems_of(made_text(themes, verdicts=first + breach + GOOD))
        assert {(one.code, one.item) for one in found} == {("checklist-averaged-away", "fine")}
        assert load(made_text(themes, verdicts=breach + first + GOOD)).verdict("fine").positive

    def test_an_item_that_the_others_hide_is_no_breach(self, made_text):
        rule = 'when = { count = { items = ["b"], meaning = "negative" }, at_least = 1 }\n'
        breach = POOR % '{ count = { meaning = "negative", severity = "critical" }, at_least = 1 }'
        hidden = f'{CRITICAL}\napplies_when = {{ id = "b", is = "yes" }}'
        for lines, refused in ((hidden, False), (CRITICAL, True)):
            verdicts = GOOD.replace('"good"', '"none"') + rule + breach + GOOD
            text = made_text({"one": {"a": lines, "b": ""}}, verdicts=verdicts)
            if refused:
                assert {one.item for one in problems_of(text)} == {"none"}
            else:
                assert score(load(text), {"kind": "a", "b": "no", "a": "no"}).critical_breaches == ()

    def test_nor_in_the_core_set(self, made_text):
        # With all items 75 %, with those of the core set 50 %.
        items = {**ITEMS, "c": "core = false", "d": "core = false"}
        when = '{ any = [{ points_at_least = 60 }, { count = { meaning = "negative" }, at_least = 9 }] }'
        text = made_text({"one": items}, verdicts=POOR % when + GOOD)
        (problem,) = problems_of(text)
        assert (problem.code, problem.values["value"]) == ("checklist-averaged-away", "a")
