"""Verdict rules of a case and of a theme: k of n, all that apply, pass marks, theme verdicts."""

from fractions import Fraction

import pytest
from checklist_problems import problems_of

from checklists.score import score

NUMBERS = 'scale = "zero-one-two"'


def rule(when):
    """The verdict that is tried, before the rest."""
    return (
        f'[[verdicts]]\nid = "tried"\ntitle = {{ da = "x" }}\nwhen = {when}\n\n'
        '[[verdicts]]\nid = "rest"\ntitle = { da = "x" }\n'
    )


def given(codes):
    """Answers to the items a, b, c, … by one letter each; a dot is not applicable, a question mark not known."""
    words = {"y": "yes", "p": "partly", "n": "no", ".": "not_applicable", "?": "cannot_assess"}
    return {"kind": "a", **{name: words[code] for name, code in zip("abcd", codes, strict=True)}}


class TestCount:
    TWO_OF_THREE = 'count = { items = ["a", "b", "c"], meaning = "positive" }'

    @pytest.mark.parametrize(
        ("test", "codes", "matches"),
        [
            # At least two of a, b and c.
            pytest.param("at_least = 2", "yyny", True, id="two of three"),
            pytest.param("at_least = 2", "ynny", False, id="one of three, the fourth is another"),
            pytest.param("at_least = 2", "y..y", False, id="one, and one applies"),
            # At least two, or all where fewer apply.
            pytest.param("at_least = 2, or_all = true", "y..y", True, id="one of the one that applies"),
            pytest.param("at_least = 2, or_all = true", "n..y", False, id="none of the one that applies"),
            pytest.param("at_least = 2, or_all = true", "yn.y", False, id="one of two that apply"),
            pytest.param("at_least = 2, or_all = true", "yyny", True, id="two of three that apply"),
            pytest.param("at_least = 2, or_all = true", "...y", True, id="all of none"),
            pytest.param("at_least = 2, or_all = true", "y?.y", False, id="what cannot be assessed applies"),
            # All that apply.
            pytest.param('at_least = "all"', "yyyn", True, id="all three"),
            pytest.param('at_least = "all"', "yy.n", True, id="all two that apply"),
            pytest.param('at_least = "all"', "yypy", False, id="one is partial"),
            pytest.param('at_least = "all"', "yy?y", False, id="one cannot be assessed"),
            pytest.param('at_least = "all"', "...y", True, id="none applies"),
            pytest.param('at_least = "all", at_most = 2', "yyyn", False, id="all, and too many"),
            pytest.param('at_least = "all", at_most = 2', "yy.n", True, id="all, and few enough"),
        ],
    )
    def test_k_of_n(self, made, test, codes, matches):
        checklist = made(
            {"one": dict.fromkeys("abcd", "")}, verdicts=rule(f"{{ {self.TWO_OF_THREE}, {test} }}")
        )
        assert score(checklist, given(codes)).verdict == ("tried" if matches else "rest")

    @pytest.mark.parametrize(
        ("codes", "matches"),
        [
            ("yyyn", True),
            ("yy.n", False),
            ("yyn.", False),
            ("yn.y", False),
            ("yyny", True),
            ("nyyy", False),
            ("y...", True),
            (".yyy", False),
        ],
    )
    def test_a_mandatory_item_and_two_of_the_three_others(self, made, codes, matches):
        # The mandatory one is asked of every case, so that not applicable does not do.
        when = (
            '{ all = [{ count = { items = ["a"], meaning = "positive" }, at_least = 1 }, '
            '{ count = { items = ["b", "c", "d"], meaning = "positive" }, at_least = 2, or_all = true }] }'
        )
        checklist = made({"one": dict.fromkeys("abcd", "")}, verdicts=rule(when))
        assert score(checklist, given(codes)).verdict == ("tried" if matches else "rest")

    def test_hidden_items_do_not_apply(self, made):
        hidden = {"b": 'applies_when = { id = "kind", is = "b" }'}
        when = '{ count = { meaning = "positive" }, at_least = "all" }'
        checklist = made({"one": {**dict.fromkeys("abc", ""), **hidden}}, verdicts=rule(when))
        answers = {"a": "yes", "b": "no", "c": "yes"}
        assert score(checklist, {"kind": "a", **answers}).verdict == "tried"
        assert score(checklist, {"kind": "b", **answers}).verdict == "rest"

    def test_of_severity_and_theme(self, made):
        when = (
            '{ count = { severity = "critical", theme = "one", meaning = ["positive", "partial"] }, '
            'at_least = "all" }'
        )
        critical = 'severity = "critical"'
        checklist = made(
            {"one": {"a": critical, "b": ""}, "two": {"c": critical, "d": ""}}, verdicts=rule(when)
        )
        assert score(checklist, given("pnnn")).verdict == "tried"
        assert score(checklist, given("nyyy")).verdict == "rest"


class TestPassMark:
    @pytest.mark.parametrize(
        ("codes", "percent", "passed"),
        [
            pytest.param("2220", "75", True, id="exactly three quarters"),
            pytest.param("2210", "125/2", False, id="below"),
            pytest.param("2211", "75", True, id="three quarters in another way"),
            pytest.param("2221", "175/2", True, id="above"),
        ],
    )
    def test_the_boundary_passes(self, made, codes, percent, passed):
        checklist = made({"one": dict.fromkeys("abcd", NUMBERS)}, theme_lines={"one": "pass_mark = 75"})
        case = score(checklist, {"kind": "a", **dict(zip("abcd", codes, strict=True))})
        assert (case.themes["one"].percent, case.themes["one"].passed) == (Fraction(percent), passed)

    @pytest.mark.parametrize(
        ("mark", "passed"), [("66.666666", True), ("66.666667", False), ("0", True), ("100", False)]
    )
    def test_nothing_is_rounded(self, made, mark, passed):
        # Two of three: 66.666… percent.
        checklist = made({"one": dict.fromkeys("abc", "")}, theme_lines={"one": f"pass_mark = {mark}"})
        answers = {"kind": "a", "a": "yes", "b": "yes", "c": "no"}
        assert score(checklist, answers).themes["one"].passed is passed

    @pytest.mark.parametrize(
        ("lines", "answers"),
        [
            pytest.param("", {"a": "yes", "b": "yes"}, id="no mark"),
            pytest.param("pass_mark = 0", dict.fromkeys("ab", "not_applicable"), id="no percentage"),
            pytest.param("pass_mark = 50", {"a": "yes"}, id="an item is unanswered"),
        ],
    )
    def test_neither_passed_nor_not(self, made, lines, answers):
        checklist = made({"one": {"a": "", "b": ""}}, theme_lines={"one": lines})
        assert score(checklist, {"kind": "a", **answers}).themes["one"].passed is None

    def test_while_it_is_open_which_items_apply_nothing_is_passed(self, made):
        chain = {"middle": 'applies_when = { id = "kind", is = "a" }'}
        hidden = {"a": "", "b": 'applies_when = { id = "middle", is = "no" }'}
        checklist = made({"two": chain, "one": hidden}, theme_lines={"one": "pass_mark = 50"})
        assert score(checklist, {"a": "yes"}).themes["one"].passed is None
        assert score(checklist, {"a": "yes", "kind": "a"}).themes["one"].passed is None
        assert score(checklist, {"a": "yes", "kind": "b"}).themes["one"].passed is True


THEMES = {"one": {"a": "", "b": ""}, "two": {"c": "", "d": ""}}
OWN = """
[[themes.verdicts]]
id = "weak"
title = { da = "Svagt" }
when = { count = { meaning = "negative" }, at_least = 1 }

[[themes.verdicts]]
id = "strong"
title = { da = "Stærkt" }
positive = true
when = { points_at_least = 75 }

[[themes.verdicts]]
id = "fair"
title = { da = "Rimeligt" }
"""


class TestThemeVerdicts:
    @pytest.mark.parametrize(
        ("codes", "one", "two"),
        [
            pytest.param("yyyy", "strong", None, id="all yes"),
            pytest.param("ypyy", "strong", None, id="exactly 75 %"),
            pytest.param("ppyy", "fair", None, id="half"),
            pytest.param("ynyy", "weak", None, id="one no"),
            pytest.param("ppnn", "fair", None, id="another theme has no part in it"),
            pytest.param("..nn", "not_applicable", None, id="nothing applies"),
            pytest.param("??nn", "fair", None, id="nothing can be assessed"),
        ],
    )
    def test_of_its_own_items_and_points(self, made, codes, one, two):
        case = score(made(THEMES, theme_lines={"one": OWN}), given(codes))
        assert (case.themes["one"].verdict, case.themes["two"].verdict) == (one, two)

    def test_incomplete_while_an_item_is_unanswered(self, made):
        case = score(made(THEMES, theme_lines={"one": OWN}), {"kind": "a", "a": "no"})
        assert case.themes["one"].verdict == "incomplete"

    def test_they_are_found_by_id(self, made):
        theme = made(THEMES, theme_lines={"one": OWN}).theme("one")
        assert [verdict.id for verdict in theme.verdicts] == ["weak", "strong", "fair"]
        assert (theme.verdict("strong").positive, theme.verdict("rest")) == (True, None)

    @pytest.mark.parametrize(
        ("when", "codes", "matches"),
        [
            pytest.param('{ theme = "one", verdict = "strong" }', "yynn", True, id="own verdict"),
            pytest.param('{ theme = "one", verdict = "strong" }', "ynyy", False, id="another own verdict"),
            pytest.param('{ theme = "one", verdict = ["strong", "fair"] }', "ppnn", True, id="one of two"),
            pytest.param('{ theme = "two", verdict = "passed" }', "nnyp", True, id="passed"),
            pytest.param('{ theme = "two", verdict = "passed" }', "yyyn", False, id="not passed"),
            pytest.param('{ theme = "two", verdict = "not_passed" }', "yyyn", True, id="is not passed"),
            pytest.param('{ theme = "two", verdict = "not_passed" }', "yy..", False, id="neither"),
            pytest.param('{ theme = "two", verdict = "not_applicable" }', "yy..", True, id="not applicable"),
            pytest.param('{ theme = "one", verdict = "not_applicable" }', "..yy", True, id="own, n/a"),
            pytest.param('{ not = { theme = "one", verdict = "weak" } }', "ppyy", True, id="is not"),
        ],
    )
    def test_the_rules_of_a_case_rest_on_them(self, made, when, codes, matches):
        lines = {"one": OWN, "two": "pass_mark = 75"}
        checklist = made(THEMES, theme_lines=lines, verdicts=rule(when))
        assert score(checklist, given(codes)).verdict == ("tried" if matches else "rest")


class TestProblems:
    @pytest.mark.parametrize(
        ("when", "code", "value"),
        [
            pytest.param(
                '{ theme = "twoo", verdict = "passed" }', "verdict-theme-misspelt", "twoo", id="near"
            ),
            pytest.param('{ theme = "xyz", verdict = "passed" }', "verdict-theme", "xyz", id="theme"),
            pytest.param('{ theme = "one", verdict = "passed" }', "verdict-outcome", "passed", id="no mark"),
            pytest.param('{ theme = "two", verdict = "weak" }', "verdict-outcome", "weak", id="another's"),
            pytest.param('{ theme = "one" }', "missing", None, id="no verdict"),
            pytest.param('{ theme = "one", verdict = [] }', "empty-list", None, id="none of nothing"),
            pytest.param('{ theme = "one", count = {}, at_least = 1 }', "verdict-form", None, id="two forms"),
            pytest.param(
                '{ theme = "one", verdict = "weak", at_least = 1 }',
                "verdict-form",
                None,
                id="a key of another",
            ),
            pytest.param(
                "{ points_at_least = 9, or_all = true }", "verdict-form", None, id="points and a count's key"
            ),
            pytest.param('{ count = {}, at_least = "al" }', "verdict-at-least", "al", id="neither all nor k"),
            pytest.param('{ count = {}, at_least = "all", or_all = true }', "verdict-or-all", None, id="all"),
            pytest.param("{ count = {}, at_most = 2, or_all = true }", "verdict-or-all", None, id="no k"),
            pytest.param('{ theme = "one", verdic = "weak" }', "misspelt-key", None, id="misspelt"),
        ],
    )
    def test_a_rule_that_cannot_be_used(self, made_text, when, code, value):
        text = made_text(THEMES, theme_lines={"one": OWN, "two": "pass_mark = 9"}, verdicts=rule(when))
        found = [one for one in problems_of(text) if one.code == f"checklist-{code}"]
        assert found, problems_of(text)
        assert {one.item for one in found} == {"tried"}
        assert {one.line for one in found} == {text[: text.index(f"when = {when}")].count("\n") + 1}
        assert value is None or {one.values["value"] for one in found} == {value}

    @pytest.mark.parametrize(
        ("old", "new", "code"),
        [
            pytest.param(
                "{ points_at_least = 75 }",
                '{ theme = "two", verdict = "not_applicable" }',
                "verdict-theme-inside",
                id="rests on another theme",
            ),
            pytest.param(
                "{ points_at_least = 75 }",
                '{ count = { items = ["c"] }, at_least = 1 }',
                "verdict-item",
                id="an item of another theme",
            ),
            pytest.param(
                "{ points_at_least = 75 }",
                '{ count = { theme = "two" }, at_least = 1 }',
                "verdict-theme",
                id="another theme",
            ),
            pytest.param('id = "weak"', 'id = "passed"', "verdict-built-in", id="reserved"),
            pytest.param('id = "weak"', 'id = "incomplete"', "verdict-built-in", id="built in"),
            pytest.param('id = "weak"', 'id = "fair"', "duplicate-verdict", id="twice"),
            pytest.param("when = { points_at_least = 75 }", "", "verdict-unreachable", id="rest too early"),
            pytest.param(
                '"Rimeligt" }', '"x" }\nwhen = { points_at_least = 1 }', "verdict-no-rest", id="no rest"
            ),
            pytest.param('title = { da = "Svagt" }', "", "missing", id="no title"),
            pytest.param("positive = true", "positiv = true", "misspelt-key", id="misspelt"),
        ],
    )
    def test_a_themes_own_verdicts(self, made_text, old, new, code):
        text = made_text(THEMES, theme_lines={"one": OWN.replace(old, new, 1)})
        found = [one for one in problems_of(text) if one.code == f"checklist-{code}"]
        assert found, problems_of(text)
        assert all(one.line and one.item for one in found)

    @pytest.mark.parametrize("mark", ["101", "-1", '"75"', "75.1234567"])
    def test_no_pass_mark(self, made_text, mark):
        (problem,) = problems_of(made_text({"one": {"a": ""}}, theme_lines={"one": f"pass_mark = {mark}"}))
        assert (problem.code, problem.item, problem.values["key"]) == (
            "checklist-not-number",
            "one",
            "pass_mark",
        )
