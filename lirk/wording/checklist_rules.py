"""Conditions and verdict rules of a checklist in sentences, so that nobody has to read the file."""

from collections.abc import Callable, Iterator, Sequence
from typing import TypeVar

from checklists.conditions import Answered, AtLeast, Condition, Is, IsNot, Test
from checklists.logic import AllOf, AnyOf, Negated, Single, Tree
from checklists.model import Checklist
from checklists.verdicts import Count, PointsAtLeast, Rule, RuleTest, ThemeIs
from lirk.wording.catalogue import N_
from lirk.wording.checklist_versions import MEANINGS
from lirk.wording.reports import SEVERITIES
from lirk.wording.speech import Wording

Leaf = TypeVar("Leaf")

#: What a theme can be called beside its own verdicts.
THEME_OUTCOMES = {
    "passed": N_("bestået"),
    "not_passed": N_("ikke bestået"),
    "not_applicable": N_("ikke relevant"),
}


def either(words: Wording, choices: Sequence[str]) -> str:
    """Return choices as a sentence lists them: ``a, b eller c``."""
    if len(choices) < 2:
        return "".join(choices)
    return words.text("{first} eller {last}", first=", ".join(choices[:-1]), last=choices[-1])


def condition_sentence(condition: Condition, checklist: Checklist, words: Wording) -> str:
    """Return a condition in words, with the questions and answers that it names."""
    return _joined(condition, lambda test: _test(test, checklist, words), words)


def rule_sentence(rule: Rule | None, checklist: Checklist, words: Wording) -> str:
    """Return a verdict's rule in words."""
    if rule is None:
        return words.text("alle andre sager")
    return _joined(rule, lambda test: _count(test, checklist, words), words)


def _joined(tree: Tree[Leaf], said: Callable[[Leaf], str], words: Wording, *, inside: bool = False) -> str:
    match tree:
        case Single():
            return said(tree.leaf)
        case Negated():
            part = _joined(tree.part, said, words, inside=True)
            return words.text("det passer ikke, at {condition}", condition=part)
        case AllOf() | AnyOf():
            parts = [_joined(part, said, words, inside=True) for part in tree.parts]
            between = words.text("og") if isinstance(tree, AllOf) else words.text("eller")
            joined = f" {between} ".join(parts)
            return f"({joined})" if inside and len(parts) > 1 else joined


def _test(test: Test, checklist: Checklist, words: Wording) -> str:
    question = _question(test.id, checklist, words)
    match test:
        case Answered():
            return words.text("»{question}« er besvaret", question=question)
        case Is():
            answers = either(words, _answers(test.id, test.codes, checklist, words))
            return words.text("svaret på »{question}« er {answers}", question=question, answers=answers)
        case IsNot():
            answers = either(words, _answers(test.id, test.codes, checklist, words))
            return words.text(
                "»{question}« er besvaret med andet end {answers}", question=question, answers=answers
            )
        case AtLeast():
            answer = either(words, _answers(test.id, (test.code,), checklist, words))
            return words.text("svaret på »{question}« er mindst {answer}", question=question, answer=answer)


def _question(question_id: str, checklist: Checklist, words: Wording) -> str:
    asked = checklist.item(question_id) or checklist.fact(question_id)
    return question_id if asked is None else asked.question.in_(words.language)


def _answers(question_id: str, codes: Sequence[str], checklist: Checklist, words: Wording) -> list[str]:
    item, fact = checklist.item(question_id), checklist.fact(question_id)
    texts = {}
    if item is not None:
        texts = {answer.code: answer.text for answer in item.scale.answers}
    elif fact is not None:
        texts = {value.code: value.text for value in fact.values}
    return [_quoted(texts[code].in_(words.language), words) if code in texts else code for code in codes]


def _quoted(text: str, words: Wording) -> str:
    return words.text("»{text}«", text=text)


def _count(test: RuleTest, checklist: Checklist, words: Wording) -> str:
    if isinstance(test, ThemeIs):
        return _theme_is(test, checklist, words)
    if isinstance(test, PointsAtLeast):
        decimals = 0 if test.percent.denominator == 1 else 1
        percent = words.number(float(test.percent), decimals)
        return words.text("sagen har mindst {percent} % af de mulige point", percent=percent)
    counted = _number(test, words)
    if test.meanings:
        meanings = either(words, [words.text(MEANINGS[one]) for one in test.meanings])
        said = words.text("{counted} er »{meanings}«", counted=counted, meanings=meanings)
    else:
        said = words.text("{counted} gælder", counted=counted)
    only = list(_selections(test, checklist, words))
    return words.text("{said} (blandt {only})", said=said, only=", ".join(only)) if only else said


def _theme_is(test: ThemeIs, checklist: Checklist, words: Wording) -> str:
    theme, called = checklist.theme(test.theme), []
    for verdict_id in test.verdicts:
        own = None if theme is None else theme.verdict(verdict_id)
        said = words.text(THEME_OUTCOMES[verdict_id]) if verdict_id in THEME_OUTCOMES else verdict_id
        called.append(_quoted(said if own is None else own.title.in_(words.language), words))
    title = test.theme if theme is None else theme.title.in_(words.language)
    return words.text("temaet »{theme}« er {outcomes}", theme=title, outcomes=either(words, called))


def _number(count: Count, words: Wording) -> str:
    if count.all_that_apply:
        return words.text("alle punkter, der gælder,")
    if count.or_all:
        least = words.plural("mindst ét punkt", "mindst {count} punkter", count.at_least)
        return words.text("{least} (eller alle, hvis færre gælder)", least=least)
    if count.at_most is None:
        return words.plural("mindst ét punkt", "mindst {count} punkter", count.at_least)
    if count.at_most == 0:
        return words.text("intet punkt")
    if count.at_least:
        return words.text("{low} til {high} punkter", low=count.at_least, high=count.at_most)
    return words.plural("højst ét punkt", "højst {count} punkter", count.at_most)


def _selections(count: Count, checklist: Checklist, words: Wording) -> Iterator[str]:
    if count.severities:
        severities = either(words, [words.text(SEVERITIES[one]) for one in count.severities])
        yield words.text("punkter, hvis alvor er {severities}", severities=severities)
    if count.themes:
        found = [theme.title.in_(words.language) for theme in checklist.themes if theme.id in count.themes]
        yield words.text(
            "punkter under {themes}", themes=either(words, [_quoted(title, words) for title in found])
        )
    if count.items:
        asked = [_quoted(_question(item_id, checklist, words), words) for item_id in count.items]
        yield words.text("punkterne {items}", items=words.listing(asked))
