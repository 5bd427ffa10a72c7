"""The core set: the same checklist with its core items only."""

import pytest
from checklist_problems import problems_of

from checklists.load import shipped
from checklists.model import FollowUp
from checklists.score import score

BREACH = """
[[verdicts]]
id = "breach"
title = { da = "Brud" }
when = { count = { meaning = "negative", severity = "critical" }, at_least = 1 }

[[verdicts]]
id = "good"
title = { da = "God" }
positive = true
"""
CRITICAL = 'severity = "critical"'
LEFT = "core = false"
THEMES = {
    "one": {"kept": f'{CRITICAL}\nfollow_ups = {{ no = ["left", "why"], partly = ["left"] }}',
            "left": LEFT, "why": ""},
    "two": {"also": LEFT},
}  # fmt: skip


class TestCoreSet:
    def test_it_holds_the_core_items_only(self, made):
        checklist = made(THEMES, verdicts=BREACH)
        core = checklist.core_set
        assert [theme.id for theme in core.themes] == ["one"]
        assert [item.id for item in core.items] == ["kept", "why"]
        assert core.item("kept").follow_ups == (FollowUp("no", ("why",)),)
        assert (core.id, core.version, core.verdicts) == (checklist.id, 4, checklist.verdicts)
        case = score(core, {"kind": "a", "kept": "partly"})
        assert (case.applies, case.verdict, list(case.themes)) == (("kept",), "good", ["one"])

    def test_facts_that_only_the_others_look_at_are_not_asked(self):
        whole = shipped("lovmedholdelig-sagsbehandling")
        asked = [fact.id for fact in whole.core_set.facts]
        assert asked == [fact.id for fact in whole.facts if fact.id in asked]
        assert {"outcome", "law_area", "adverse_unknown_facts"} <= set(asked)
        assert {"representative", "complaint", "access_request"}.isdisjoint(asked)

    def test_where_everything_is_core_it_is_the_checklist_itself(self, made):
        checklist = made({"one": {"a": "", "b": ""}})
        assert checklist.core_set == checklist
        assert made(THEMES).core_set.core_set == made(THEMES).core_set

    def test_an_answer_to_what_is_not_in_it_is_refused(self, made):
        (refusal,) = score(made(THEMES).core_set, {"also": "yes"}).refusals
        assert (refusal.code, refusal.item) == ("answer-unknown-question", "also")

    def test_a_theme_that_fell_away_is_not_applicable_to_the_rules(self, made):
        when = '[[verdicts]]\nid = "gone"\ntitle = { da = "x" }\nwhen = { theme = "two", verdict = "not_applicable" }'
        checklist = made(THEMES, verdicts=f"{when}\n{BREACH}")
        answers = {"kind": "a", "kept": "yes"}
        assert score(checklist, {**answers, "also": "yes"}).verdict == "good"
        assert score(checklist.core_set, answers).verdict == "gone"

    def test_what_would_hold_for_want_of_an_answer_falls_away(self, made):
        tail = """
[[contradictions]]
id = "negated"
message = { da = "x" }
refuse_when = { all = [{ id = "kept", is = "yes" }, { not = { id = "also", is = "yes" } }] }

[[contradictions]]
id = "plain"
message = { da = "x" }
refuse_when = { any = [{ id = "kept", is = "partly" }, { id = "also", is = "no" }] }

[[stops]]
id = "halt"
title = { da = "x" }
stop_when = { all = [{ id = "why", is = "no" }, { not = { id = "left", answered = true } }] }
"""
        checklist = made(THEMES, verdicts=BREACH, tail=tail)
        assert [one.id for one in checklist.core_set.contradictions] == ["plain"]
        assert checklist.core_set.stops == ()
        assert score(checklist.core_set, {"kept": "partly"}).contradictions == ("plain",)

    @pytest.mark.parametrize(
        ("themes", "theme_lines", "code", "item", "value"),
        [
            pytest.param(
                {"one": {"a": 'applies_when = { id = "b", is = "no" }', "b": LEFT}},
                {},
                "core-depends",
                "a",
                "b",
                id="a condition of an item",
            ),
            pytest.param(
                {"one": {"a": ""}, "two": {"b": LEFT}},
                {"one": 'applies_when = { id = "b", is = "no" }'},
                "core-depends",
                "one",
                "b",
                id="a condition of a theme",
            ),
            pytest.param(
                {"one": {"a": "", "b": f'{LEFT}\nfollow_ups = {{ no = ["a"], yes = ["a"] }}'}},
                {},
                "core-follows",
                "b",
                "a",
                id="a follow-up",
            ),
        ],
    )
    def test_it_may_not_depend_on_the_rest(self, made_text, themes, theme_lines, code, item, value):
        (problem,) = problems_of(made_text(themes, theme_lines=theme_lines))
        assert (problem.code, problem.item, problem.values["value"]) == (f"checklist-{code}", item, value)
        assert problem.line

    def test_a_fact_may_not_either(self, small_text):
        text = small_text.replace('{ id = "outcome", is = "refusal" }', '{ id = "tone", is = "poor" }')
        text = text.replace('scale = "own"', 'scale = "own"\ncore = false')
        (problem,) = problems_of(text)
        assert (problem.code, problem.item) == ("checklist-core-depends", "adverse")

    def test_the_rest_may_depend_on_it_and_on_itself(self, made):
        items = {"a": "", "b": f'{LEFT}\nfollow_ups = {{ no = ["c"] }}', "c": LEFT}
        depends = 'applies_when = { id = "a", is = "yes" }'
        checklist = made({"one": items, "two": {"d": f"{LEFT}\n{depends}"}})
        assert [item.id for item in checklist.core_set.items] == ["a"]
