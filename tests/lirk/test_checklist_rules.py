"""Conditions and verdict rules in words."""

from dataclasses import replace
from fractions import Fraction

import pytest
from small_round import CHECKLIST

from checklists.conditions import Answered, AtLeast, Is, IsNot
from checklists.load import load, shipped, shipped_ids
from checklists.logic import AllOf, AnyOf, Negated, Single
from checklists.model import Text, Verdict
from checklists.verdicts import Count, PointsAtLeast, ThemeIs
from lirk.wording import Wording
from lirk.wording.checklist_rules import condition_sentence, either, rule_sentence

DANISH, ENGLISH = Wording("da"), Wording("en")
OUTCOME = Single(Is("outcome", ("refusal",)))
CLEAR = Single(AtLeast("clear", "partly", ("yes", "partly")))


@pytest.fixture(scope="module")
def letters():
    return load(CHECKLIST)


class TestEither:
    @pytest.mark.parametrize(("choices", "said"), [([], ""), (["a"], "a"), (["a", "b", "c"], "a, b eller c")])
    def test_lists_with_or(self, choices, said):
        assert either(DANISH, choices) == said


class TestConditionSentence:
    @pytest.mark.parametrize(
        ("condition", "said"),
        [
            (OUTCOME, "svaret på »Hvad blev udfaldet?« er »Afslag«"),
            (
                Single(Is("outcome", ("full-grant", "refusal"))),
                "svaret på »Hvad blev udfaldet?« er »Fuldt medhold« eller »Afslag«",
            ),
            (
                Single(IsNot("outcome", ("full-grant",))),
                "»Hvad blev udfaldet?« er besvaret med andet end »Fuldt medhold«",
            ),
            (Single(Answered("clear")), "»Er brevet klart?« er besvaret"),
            (CLEAR, "svaret på »Er brevet klart?« er mindst »Delvist«"),
            (
                AllOf((OUTCOME, AnyOf((CLEAR, Single(Answered("reasons")))))),
                "svaret på »Hvad blev udfaldet?« er »Afslag« og (svaret på »Er brevet klart?« er mindst »Delvist« "
                "eller »Er afslaget begrundet?« er besvaret)",
            ),
            (
                Negated(OUTCOME),
                "det passer ikke, at svaret på »Hvad blev udfaldet?« er »Afslag«",
            ),
        ],
    )
    def test_in_danish(self, letters, condition, said):
        assert condition_sentence(condition, letters, DANISH) == said

    def test_in_english(self, letters):
        said = condition_sentence(OUTCOME, letters, ENGLISH)
        assert said == "the answer to “What was the outcome?” is “Refusal”"


class TestRuleSentence:
    @pytest.mark.parametrize(
        ("rule", "said"),
        [
            (None, "alle andre sager"),
            (
                Single(Count(meanings=("negative",), severities=("critical",), at_least=1)),
                "mindst ét punkt er »ikke opfyldt« (blandt punkter, hvis alvor er kritisk)",
            ),
            (
                Single(Count(meanings=("negative", "partial"), at_most=2)),
                "højst 2 punkter er »ikke opfyldt eller delvist opfyldt«",
            ),
            (Single(Count(at_most=0)), "intet punkt gælder"),
            (Single(Count(at_least=1, at_most=3)), "1 til 3 punkter gælder"),
            (
                Single(Count(themes=("letter",), at_least=2)),
                "mindst 2 punkter gælder (blandt punkter under »Brevet«)",
            ),
            (
                Single(Count(meanings=("positive",), items=("clear", "reasons"), at_least=1)),
                "mindst ét punkt er »opfyldt« (blandt punkterne »Er brevet klart?« og »Er afslaget begrundet?«)",
            ),
            (Single(PointsAtLeast(Fraction(95))), "sagen har mindst 95 % af de mulige point"),
            (
                Single(Count(meanings=("positive",), all_that_apply=True)),
                "alle punkter, der gælder, er »opfyldt«",
            ),
            (
                Single(Count(meanings=("positive",), themes=("letter",), at_least=2, or_all=True)),
                "mindst 2 punkter (eller alle, hvis færre gælder) er »opfyldt« (blandt punkter under »Brevet«)",
            ),
            (
                Single(ThemeIs("letter", ("fine", "passed"))),
                "temaet »Brevet« er »Fint« eller »bestået«",
            ),
            (
                Negated(Single(ThemeIs("letter", ("not_applicable",)))),
                "det passer ikke, at temaet »Brevet« er »ikke relevant«",
            ),
            (Single(PointsAtLeast(Fraction(185, 2))), "sagen har mindst 92,5 % af de mulige point"),
        ],
    )
    def test_in_danish(self, letters, rule, said):
        own = Verdict(id="fine", title=Text("Fint", "Fine"))
        themes = tuple(replace(theme, verdicts=(own,)) for theme in letters.themes)
        assert rule_sentence(rule, replace(letters, themes=themes), DANISH) == said

    @pytest.mark.parametrize(
        ("rule", "said"),
        [
            (ThemeIs("letter", ("not_passed",)), "the theme “The letter” is “not passed”"),
            (Count(meanings=("positive",), all_that_apply=True), "every item that applies: “met”"),
            (
                Count(meanings=("positive",), at_least=2, or_all=True),
                "at least 2 items (or all, where fewer apply): “met”",
            ),
        ],
    )
    def test_in_english(self, letters, rule, said):
        assert rule_sentence(Single(rule), letters, ENGLISH) == said


@pytest.mark.parametrize("checklist_id", shipped_ids())
@pytest.mark.parametrize("words", [DANISH, ENGLISH])
def test_all_that_ships_can_be_said(checklist_id, words):
    checklist = shipped(checklist_id)
    for one in (*checklist.themes, *checklist.items, *checklist.facts):
        assert one.applies_when is None or condition_sentence(one.applies_when, checklist, words)
    for verdict in checklist.verdicts:
        assert rule_sentence(verdict.when, checklist, words)
