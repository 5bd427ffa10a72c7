"""Answers that end a review, and answers that contradict each other."""

import pytest
from checklist_problems import problems_of

from checklists.model import Text
from checklists.score import ThemeScore, applying, score

STOPS = """
[[stops]]
id = "no-file"
title = { da = "Sagen kan ikke findes", en = "The file cannot be found" }
stop_when = { id = "found", is = "no" }

[[stops]]
id = "no-decision"
title = { da = "Der er ingen afgørelse" }
stop_when = { all = [{ id = "kind", is = "b" }, { id = "decided", is_not = "yes" }] }
"""
CLASH = """
[[contradictions]]
id = "heard-nobody"
message = { da = "Der kan ikke både være hørt og ikke hørt.", en = "Not both." }
refuse_when = { all = [{ id = "found", is = "yes" }, { id = "decided", is = "no" }] }

[[contradictions]]
id = "again"
message = { da = "Det passer ikke med slagsen." }
refuse_when = { all = [{ id = "kind", is = "a" }, { id = "shown", is = "no" }] }
"""
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
THEMES = {
    "first": {"found": CRITICAL, "decided": ""},
    "second": {"shown": 'applies_when = { id = "decided", is = ["yes", "no"] }', "last": ""},
}
ALL_YES = {"kind": "a", "found": "yes", "decided": "yes", "shown": "yes", "last": "yes"}
NOTHING = ThemeScore(0, 0, None, "not_applicable")


@pytest.fixture(scope="module")
def stopping(made):
    return made(THEMES, verdicts=BREACH, tail=STOPS)


@pytest.fixture(scope="module")
def clashing(made):
    return made(THEMES, verdicts=BREACH, tail=CLASH)


class TestStops:
    @pytest.mark.parametrize(
        ("answers", "stopped", "applies"),
        [
            pytest.param({"found": "no"}, "no-file", ("found",), id="nothing else is answered"),
            pytest.param({**ALL_YES, "found": "no"}, "no-file", ("found",), id="all else is answered"),
            pytest.param({"kind": "b", "decided": "no"}, "no-decision", ("decided",), id="with a fact"),
            pytest.param(
                {"kind": "b", "decided": "no", "found": "no"}, "no-file", ("found",), id="the first of two"
            ),
        ],
    )
    def test_a_review_ends_with_a_result_of_its_own(self, stopping, answers, stopped, applies):
        case = score(stopping, answers)
        assert (case.stopped, case.verdict, case.applies) == (stopped, stopped, applies)
        assert (case.points, case.possible, case.percent) == (0, 0, None)
        assert (case.unanswered, case.complete, case.critical_breaches) == ((), True, ())
        assert case.results == dict.fromkeys(applies, "no")
        assert case.themes == {"first": NOTHING, "second": NOTHING}

    @pytest.mark.parametrize(
        "answers",
        [
            pytest.param({}, id="nothing answered"),
            pytest.param(ALL_YES, id="another answer"),
            pytest.param({"kind": "b"}, id="half of it"),
            pytest.param({"found": "nope"}, id="a refused answer"),
        ],
    )
    def test_else_nothing_stops(self, stopping, answers):
        case = score(stopping, answers)
        assert case.stopped is None
        assert {"found", "decided", "last"} <= set(case.applies)

    def test_a_hidden_answer_stops_nothing(self, made):
        hidden = {"found": f'{CRITICAL}\napplies_when = {{ id = "kind", is = "b" }}', "decided": ""}
        checklist = made({"first": hidden}, verdicts=BREACH, tail=STOPS)
        assert score(checklist, {"kind": "a", "found": "no", "decided": "yes"}).verdict == "good"
        assert score(checklist, {"kind": "b", "found": "no", "decided": "yes"}).verdict == "no-file"

    def test_what_decides_whether_it_is_asked_stays_to_be_seen(self, made):
        first = {"found": f'{CRITICAL}\napplies_when = {{ id = "kind", is = "b" }}', "decided": ""}
        checklist = made({"first": first}, verdicts=BREACH, tail=STOPS)
        answers = {"kind": "b", "found": "no", "decided": "yes"}
        assert applying(checklist, answers) == ("kind", "found")
        assert score(checklist, answers).applies == ("found",)

    def test_what_applies_is_what_the_stop_looks_at(self, stopping):
        assert applying(stopping, {**ALL_YES, "kind": "b", "decided": "no"}) == ("kind", "decided")
        assert applying(stopping, {**ALL_YES, "kind": "b"}) == ("kind", "found", "decided", "shown", "last")

    def test_a_refused_answer_is_told_all_the_same(self, stopping):
        assert [one.item for one in score(stopping, {"found": "no", "last": "x"}).refusals] == ["last"]

    def test_a_theme_with_its_own_verdicts_does_not_apply(self, made):
        own = '[[themes.verdicts]]\nid = "any"\ntitle = { da = "x" }'
        checklist = made(THEMES, theme_lines={"second": own}, verdicts=BREACH, tail=STOPS)
        case = score(checklist, {"found": "no"})
        assert [theme.verdict for theme in case.themes.values()] == [None, "not_applicable"]

    def test_it_is_found_as_a_verdict_that_is_not_positive(self, stopping):
        verdict = stopping.verdict("no-file")
        assert (verdict.id, verdict.positive, verdict.when) == ("no-file", False, None)
        assert verdict.title == Text("Sagen kan ikke findes", "The file cannot be found")
        assert stopping.verdict("good").positive is True
        assert stopping.verdict("incomplete") is None


class TestContradictions:
    @pytest.mark.parametrize(
        ("changes", "found", "verdict"),
        [
            pytest.param({}, (), "good", id="none"),
            pytest.param({"decided": "no"}, ("heard-nobody",), "contradictory", id="one"),
            pytest.param(
                {"decided": "no", "shown": "no"}, ("heard-nobody", "again"), "contradictory", id="two"
            ),
            pytest.param({"shown": "no", "last": ""}, ("again",), "contradictory", id="before incomplete"),
            pytest.param({"decided": "", "last": ""}, (), "incomplete", id="incomplete"),
            pytest.param({"decided": "partly", "shown": "no"}, (), "good", id="a hidden answer"),
        ],
    )
    def test_while_there_is_one_there_is_no_verdict(self, clashing, changes, found, verdict):
        case = score(clashing, {**ALL_YES, **changes})
        assert (case.contradictions, case.verdict) == (found, verdict)
        assert case.complete is (verdict == "good")

    def test_a_stop_goes_before(self, made):
        tail = CLASH + STOPS.replace('"found", is = "no"', '"found", is = "yes"')
        case = score(made(THEMES, verdicts=BREACH, tail=tail), {"found": "yes", "decided": "no"})
        assert (case.verdict, case.contradictions) == ("no-file", ())

    def test_its_sentence_is_found(self, clashing):
        assert clashing.contradiction("again").message.da == "Det passer ikke med slagsen."
        assert clashing.contradiction("heard-nobody").message.in_("en") == "Not both."
        assert clashing.contradiction("breach") is None


class TestProblems:
    @pytest.mark.parametrize(
        ("old", "new", "code", "item"),
        [
            pytest.param(
                '"found", is = "no"', '"fond", is = "no"', "condition-misspelt", "no-file", id="near"
            ),
            pytest.param(
                '"found", is = "no"', '"xyz", is = "no"', "condition-unknown", "no-file", id="unknown"
            ),
            pytest.param('is = "no" }', 'is = "nope" }', "condition-answer", "no-file", id="no such answer"),
            pytest.param(
                'stop_when = { id = "found", is = "no" }',
                "",
                "missing",
                "no-file",
                id="a stop without its when",
            ),
            pytest.param(
                '{ id = "found", is = "no" }',
                '{ not = { id = "found", is = "yes" } }',
                "holds-unanswered",
                "no-file",
                id="holds at once",
            ),
            pytest.param(
                'id = "no-file"', 'id = "breach"', "duplicate-verdict", "breach", id="named as a verdict"
            ),
            pytest.param(
                'id = "no-file"', 'id = "no-decision"', "duplicate-verdict", "no-decision", id="named twice"
            ),
            pytest.param(
                'id = "no-file"', 'id = "contradictory"', "verdict-built-in", "contradictory", id="reserved"
            ),
            pytest.param("stop_when = { id", "stop_wen = { id", "misspelt-key", "no-file", id="misspelt"),
            pytest.param(
                'title = { da = "Der er', 'title = { en = "', "missing-danish", "no-decision", id="no words"
            ),
            pytest.param('"heard-nobody"', '"again"', "duplicate-contradiction", "again", id="twice"),
            pytest.param(
                'is = "no" }] }', 'is = "x" }] }', "condition-answer", "heard-nobody", id="an answer"
            ),
            pytest.param("message = ", "massage = ", "misspelt-key", "heard-nobody", id="no message"),
            pytest.param(
                "refuse_when = {", "refuse_when = 5 #", "not-table", "heard-nobody", id="no condition"
            ),
        ],
    )
    def test_told_with_their_place(self, made_text, old, new, code, item):
        tail = STOPS + CLASH
        assert old in tail
        text = made_text(THEMES, verdicts=BREACH, tail=tail.replace(old, new, 1))
        found = [one for one in problems_of(text) if one.code == f"checklist-{code}"]
        assert found, problems_of(text)
        assert {one.item for one in found} == {item}
        assert all(one.line and one.line > text[: text.index("[[stops]]")].count("\n") for one in found)
