"""The answers of one case become points, themes and a verdict."""

from fractions import Fraction

import pytest

from checklists.load import load
from checklists.score import score

GRANT = {"outcome": "full-grant", "clear": "yes", "tone": "good", "overall": "yes"}
REFUSAL = {**GRANT, "outcome": "refusal", "adverse": "yes", "heard": "yes", "deadline": "yes"}


class TestApplies:
    @pytest.mark.parametrize(
        ("answers", "items"),
        [
            pytest.param({}, ["clear", "tone", "overall"], id="nothing known"),
            pytest.param(GRANT, ["clear", "tone", "overall"], id="another value"),
            pytest.param({"outcome": "refusal"}, ["clear", "tone", "overall"], id="the fact is unanswered"),
            pytest.param(
                {"outcome": "refusal", "adverse": "yes"}, ["heard", "clear", "tone", "overall"], id="shown"
            ),
            pytest.param(REFUSAL, ["heard", "deadline", "clear", "tone", "overall"], id="at least, more"),
            pytest.param(
                {**REFUSAL, "heard": "partly"},
                ["heard", "deadline", "clear", "tone", "overall"],
                id="at least, just",
            ),
            pytest.param({**REFUSAL, "heard": "no"}, ["heard", "clear", "tone", "overall"], id="less"),
            pytest.param(
                {**REFUSAL, "heard": "cannot_assess"}, ["heard", "clear", "tone", "overall"], id="no points"
            ),
            pytest.param(
                {**REFUSAL, "outcome": "full-grant"}, ["clear", "tone", "overall"], id="hidden is missing"
            ),
        ],
    )
    def test_items_that_apply_in_order(self, small, answers, items):
        assert list(score(small, answers).applies) == items

    @pytest.mark.parametrize(
        ("condition", "shown"),
        [
            pytest.param('{ id = "outcome", is_not = "refusal" }', [True, False, False], id="is not"),
            pytest.param('{ not = { id = "outcome", is = "refusal" } }', [True, False, True], id="not is"),
            pytest.param('{ id = "outcome", answered = true }', [True, True, False], id="answered"),
            pytest.param(
                '{ id = "outcome", is = ["refusal", "full-grant"] }', [True, True, False], id="is one of"
            ),
            pytest.param(
                '{ all = [{ id = "outcome", answered = true }, { id = "adverse", is = "yes" }] }',
                [False, True, False],
                id="all",
            ),
            pytest.param(
                '{ any = [{ id = "outcome", is = "full-grant" }, { id = "adverse", is = "yes" }] }',
                [True, True, False],
                id="any",
            ),
        ],
    )
    def test_conditions_at_a_grant_a_refusal_and_nothing(self, changed, condition, shown):
        checklist = load(changed(('severity = "minor"', f'applies_when = {condition}\nseverity = "minor"')))
        cases = [{"outcome": "full-grant"}, {"outcome": "refusal", "adverse": "yes"}, {}]
        assert ["clear" in score(checklist, answers).applies for answers in cases] == shown

    def test_a_hidden_theme_hides_its_items(self, changed):
        hidden = 'title = { da = "Brevet" }\napplies_when = { id = "outcome", is = "refusal" }'
        checklist = load(changed(('title = { da = "Brevet" }', hidden)))
        case = score(checklist, GRANT)
        assert (case.applies, case.verdict) == ((), "not_applicable")
        assert {theme.result for theme in case.themes.values()} == {"not_applicable"}


class TestUnanswered:
    @pytest.mark.parametrize(
        ("answers", "unanswered"),
        [
            pytest.param({}, ["outcome", "clear", "tone", "overall"], id="all that applies"),
            pytest.param(GRANT, [], id="none"),
            pytest.param({**GRANT, "outcome": "refusal"}, ["adverse"], id="a fact"),
            pytest.param({**REFUSAL, "deadline": ""}, ["deadline"], id="an empty code is no answer"),
            pytest.param({**GRANT, "clear": "maybe"}, ["clear"], id="a refused answer is none"),
            pytest.param({**GRANT, "overall": ""}, ["overall"], id="also what is not scored"),
        ],
    )
    def test_what_applies_and_is_not_answered(self, small, answers, unanswered):
        case = score(small, answers)
        assert list(case.unanswered) == unanswered
        assert case.complete == (not unanswered)
        assert (case.verdict == "incomplete") == bool(unanswered)


class TestRefusals:
    @pytest.mark.parametrize(
        ("answers", "code", "item"),
        [
            pytest.param({"nothing": "yes"}, "answer-unknown-question", "nothing", id="unknown id"),
            pytest.param({"clear": "maybe"}, "answer-unknown", "clear", id="unknown answer"),
            pytest.param({"outcome": "yes"}, "answer-unknown", "outcome", id="unknown value of a fact"),
            pytest.param(
                {"deadline": "not_applicable"},
                "answer-not-offered",
                "deadline",
                id="of the scale, not offered",
            ),
            pytest.param({"tone": "yes"}, "answer-unknown", "tone", id="of another scale"),
        ],
    )
    def test_refused(self, small, answers, code, item):
        (refusal,) = score(small, answers).refusals
        assert (refusal.code, refusal.item) == (code, item)

    def test_the_offered_codes_are_told(self, small):
        (refusal,) = score(small, {"deadline": "not_applicable"}).refusals
        assert refusal.values == {"value": "not_applicable", "known": ("yes", "partly", "no")}

    def test_an_answer_to_what_is_hidden_is_not_refused(self, small):
        assert score(small, {**REFUSAL, "outcome": "full-grant"}).refusals == ()


class TestPoints:
    @pytest.mark.parametrize(
        ("changes", "points", "possible"),
        [
            # heard weighs 2, deadline 1, clear 1/2; tone earns 3 of its own scale; overall weighs 0.
            pytest.param({}, "13/2", "13/2", id="all good"),
            pytest.param({"heard": "partly"}, "11/2", "13/2", id="half of two"),
            pytest.param({"clear": "no"}, "6", "13/2", id="a light item"),
            pytest.param({"tone": "poor"}, "7/2", "13/2", id="an own scale"),
            pytest.param({"overall": "no"}, "13/2", "13/2", id="weight 0"),
            pytest.param({"clear": "not_applicable"}, "6", "6", id="not applicable"),
            pytest.param({"clear": "cannot_assess"}, "6", "6", id="cannot assess"),
            pytest.param({"heard": "no"}, "7/2", "11/2", id="what depends on it is hidden"),
            pytest.param({"tone": ""}, "7/2", "7/2", id="unanswered"),
        ],
    )
    def test_points_are_exact(self, small, changes, points, possible):
        case = score(small, {**REFUSAL, **changes})
        assert (case.points, case.possible) == (Fraction(points), Fraction(possible))
        assert case.percent == 100 * Fraction(points) / Fraction(possible)

    @pytest.mark.parametrize(
        ("policy", "points", "possible"),
        [
            pytest.param('"drop"', "6", "6", id="drop"),
            pytest.param('"full"', "13/2", "13/2", id="full"),
            pytest.param('"target"\ntarget = 90', "129/20", "13/2", id="target"),
        ],
    )
    def test_policies_of_not_applicable(self, changed, policy, points, possible):
        checklist = load(changed(('not_applicable = "drop"', f"not_applicable = {policy}")))
        case = score(checklist, {**REFUSAL, "clear": "not_applicable"})
        assert (case.points, case.possible) == (Fraction(points), Fraction(possible))

    def test_nothing_possible_is_no_percentage(self, small):
        case = score(small, {})
        assert (case.points, case.possible, case.percent) == (0, 0, None)

    def test_themes_add_up(self, small):
        case = score(small, {**REFUSAL, "heard": "partly", "tone": "poor"})
        assert sum(theme.points for theme in case.themes.values()) == case.points
        assert sum(theme.possible for theme in case.themes.values()) == case.possible


class TestCannotAssessAsNegative:
    def test_it_stands_apart_and_counts_as_negative(self, changed):
        checklist = load(changed(('cannot_assess = "out"', 'cannot_assess = "negative"')))
        case = score(checklist, {**REFUSAL, "heard": "cannot_assess"})
        assert (case.points, case.possible) == (Fraction(7, 2), Fraction(11, 2))
        assert case.results["heard"] == "cannot_assess"
        assert case.themes["hearing"].result == "no"
        assert case.critical_breaches == ("heard",)
        assert case.verdict == "critical-breach"


class TestThemes:
    @pytest.mark.parametrize(
        ("heard", "deadline", "result"),
        [
            pytest.param("yes", "yes", "yes", id="all yes"),
            pytest.param("partly", "yes", "partly", id="one partly"),
            pytest.param("partly", "no", "no", id="one no"),
            pytest.param("cannot_assess", "", "cannot_assess", id="cannot assess"),
            pytest.param("not_applicable", "", "not_applicable", id="not applicable"),
            pytest.param("yes", "", "incomplete", id="one unanswered"),
            pytest.param("", "", "incomplete", id="none answered"),
        ],
    )
    def test_result(self, small, heard, deadline, result):
        case = score(small, {**REFUSAL, "heard": heard, "deadline": deadline})
        assert case.themes["hearing"].result == result

    @pytest.mark.parametrize(
        ("clear", "tone", "result"),
        [
            pytest.param("cannot_assess", "good", "cannot_assess", id="one cannot be assessed"),
            pytest.param("not_applicable", "good", "yes", id="one does not apply"),
            pytest.param("partly", "cannot_assess", "incomplete", id="one refused"),
        ],
    )
    def test_mixtures(self, small, clear, tone, result):
        assert score(small, {**GRANT, "clear": clear, "tone": tone}).themes["letter"].result == result

    def test_what_is_not_scored_has_no_part_in_it(self, small):
        assert score(small, {**GRANT, "overall": "no"}).themes["letter"].result == "yes"

    def test_answers_without_meaning_are_neither_yes_nor_no(self, changed):
        text = changed(
            ('scale = "own"', 'scale = "one-to-ten"'),
            ('rule = "good-practice"\nweight = 0.5', 'rule = "local"\nweight = 0'),
        )
        case = score(load(text), {**GRANT, "tone": "7"})
        assert (case.themes["letter"].result, case.results["tone"]) == ("none", "none")
        assert case.themes["letter"].percent == 70


class TestVerdict:
    @pytest.mark.parametrize(
        ("changes", "verdict"),
        [
            pytest.param({}, "in-order", id="all good"),
            pytest.param({"heard": "no"}, "critical-breach", id="critical"),
            pytest.param({"heard": "partly"}, "errors", id="critical, partly"),
            pytest.param({"clear": "no"}, "errors", id="minor"),
            pytest.param({"overall": "no"}, "in-order", id="weight 0"),
            pytest.param({"clear": "cannot_assess"}, "in-order", id="one cannot be assessed"),
            pytest.param({"adverse": ""}, "incomplete", id="a fact is missing"),
            pytest.param({"heard": "no", "tone": ""}, "incomplete", id="incomplete comes first"),
        ],
    )
    def test_the_first_rule_that_matches(self, small, changes, verdict):
        assert score(small, {**REFUSAL, **changes}).verdict == verdict

    @pytest.mark.parametrize(
        ("rule", "matches"),
        [
            pytest.param("{ points_at_least = 100 }", False, id="points, just too few"),
            pytest.param("{ points_at_least = 92 }", True, id="points"),
            pytest.param('{ count = { theme = "letter" }, at_least = 2 }', True, id="a theme"),
            pytest.param('{ count = { theme = "letter" }, at_most = 1 }', False, id="at most"),
            pytest.param(
                '{ count = { items = ["heard", "clear"], meaning = "partial" }, at_least = 1 }',
                True,
                id="items",
            ),
            pytest.param(
                '{ count = { severity = ["critical", "serious"], meaning = "partial" }, at_least = 1 }',
                False,
                id="severities",
            ),
            pytest.param(
                '{ count = { meaning = "positive" }, at_least = 3, at_most = 3 }', True, id="exactly"
            ),
            pytest.param(
                "{ all = [{ points_at_least = 92 }, { not = { points_at_least = 99 } }] }",
                True,
                id="all and not",
            ),
        ],
    )
    def test_rules(self, changed, rule, matches):
        gate = 'when = { count = { meaning = "negative", severity = "critical" }, at_least = 1 }\n'
        first = f'{gate}\n[[verdicts]]\nid = "tried"\ntitle = {{ da = "x" }}\nwhen = {rule}\n'
        case = score(load(changed((gate, first))), {**REFUSAL, "clear": "partly"})
        assert case.percent == Fraction(1250, 13)
        assert (case.verdict == "tried") is matches

    def test_a_percentage_just_below_is_below(self, changed):
        # Two of three points are 66.666… percent.
        text = changed(
            ('scale = "own"', "weight = 2"),
            ("weight = 0.5", "weight = 1"),
            ("points_at_least = 50", "points_at_least = 66.666667"),
            ('meaning = ["negative", "partial"]', 'meaning = "partial"'),
        )
        assert score(load(text), {**GRANT, "tone": "yes", "clear": "no"}).verdict == "errors"

    def test_all_not_applicable(self, small):
        none = {"clear": "not_applicable", "tone": "good"}
        assert score(small, {**GRANT, **none}).verdict == "in-order"
        answers = {"outcome": "full-grant", "clear": "not_applicable", "overall": "yes"}
        assert score(small, answers).verdict == "incomplete"

    def test_critical_breaches_are_named_whatever_the_points(self, small):
        case = score(small, {**REFUSAL, "heard": "no", "overall": "no"})
        assert case.critical_breaches == ("heard",)


class TestResults:
    def test_each_answer_by_what_it_means(self, small):
        answers = {**REFUSAL, "heard": "partly", "deadline": "no", "clear": "cannot_assess", "tone": "good"}
        assert score(small, {**answers, "overall": "not_applicable"}).results == {
            "heard": "partly",
            "deadline": "no",
            "clear": "cannot_assess",
            "tone": "yes",
            "overall": "not_applicable",
        }

    def test_hidden_answers_are_left_out(self, small):
        assert "heard" not in score(small, {**REFUSAL, "outcome": "full-grant"}).results
