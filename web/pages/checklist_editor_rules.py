"""checklist_editor/rule.html and test.html: conditions and verdict rules as nested lists, changed test by test."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from fractions import Fraction
from typing import Any

from checklists import editing
from checklists.conditions import Answered, AtLeast, Is, IsNot
from checklists.editing_trees import node_at, replaced
from checklists.logic import AllOf, AnyOf, Negated, Single
from checklists.model import Checklist
from checklists.verdicts import Count, PointsAtLeast, ThemeIs
from lirk.services.checklist_drafts import OpenDraft
from lirk.wording import N_, Wording
from lirk.wording.checklist_rules import condition_sentence, rule_sentence
from lirk.wording.checklist_versions import MEANINGS
from lirk.wording.reports import SEVERITIES
from web.forms import FieldError
from web.pages.checklist_editor import EditorHead
from web.pages.checklist_editor_fields import Ask, Field, Given, Section, Values, filled
from web.pages.checklist_editor_items import numbered
from web.pages.checklist_editor_parts import PartKind, owned
from web.pages.checklist_editor_results import VERDICTS, answers, questions

#: The attribute of a part that holds its condition or rule, by kind.
ATTRIBUTES = {
    "items": "applies_when",
    "themes": "applies_when",
    "facts": "applies_when",
    "contradictions": "refuse_when",
    "stops": "stop_when",
    "verdicts": "when",
}
LEADS = {
    "items": N_("Punktet gælder, når …"),
    "themes": N_("Temaet gælder, når …"),
    "facts": N_("Der spørges, når …"),
    "contradictions": N_("Svarene kan ikke stå sammen, når …"),
    "stops": N_("Gennemgangen slutter, når …"),
    "verdicts": N_("Sagen får konklusionen, når …"),
}
#: Kinds whose parts are nothing without a condition.
NEEDED = ("contradictions", "stops")
#: Items that one verdict can count at most; a number of answers is never greater.
MOST = 500
KINDS_OF_TEST = {
    "is": N_("er et af svarene nedenfor"),
    "is_not": N_("er besvaret, men ikke med et af svarene nedenfor"),
    "answered": N_("er besvaret"),
    "at_least": N_("er mindst det svar, der er valgt nedenfor"),
}
NUMBERS = {
    "least": N_("mindst så mange punkter"),
    "most": N_("højst så mange punkter"),
    "between": N_("fra det ene antal til det andet"),
    "all": N_("alle punkter, der gælder"),
    "least-or-all": N_("mindst så mange, eller alle, hvis færre gælder"),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Node:
    """One node of a condition or rule; ``kind`` is ``all``, ``any``, ``not`` or ``test``."""

    path: str
    kind: str
    sentence: str
    parts: "tuple[Node, ...]" = ()

    @property
    def anchor(self) -> str:
        """Where the page shows it."""
        return f"node-{self.path.replace('.', '-')}" if self.path else "rule"


@dataclass(frozen=True, slots=True, kw_only=True)
class RulePage:
    """A condition or a rule; ``node`` is None where there is none."""

    head: EditorHead
    heading: str
    lead: str
    always: str
    label: str
    back: str
    action: str
    seen: str
    node: Node | None
    sentence: str
    needed: bool

    @classmethod
    def of(cls, draft: OpenDraft, kind: PartKind, part_id: str, words: Wording) -> "RulePage":
        """Return the page for a part that there is."""
        checklist, head = draft.version.checklist, EditorHead.of(draft, words)
        part: Any = kind.find(checklist, part_id)
        tree = tree_of(kind, part)
        action = f"{head.edit}/{kind.name}/{part_id}/rule"
        return cls(
            head=head,
            heading=words.text("Regel") if kind is VERDICTS else words.text("Betingelse"),
            lead=words.text(LEADS[kind.name]),
            always=words.text("Alle andre sager") if kind is VERDICTS else words.text("Altid"),
            label=kind.label(part, words),
            back=f"{head.edit}/{kind.name}/{part_id}",
            action=action,
            seen=editing.part_fingerprint(checklist, kind.ref(part_id)),
            node=None if tree is None else _node(tree, (), kind, checklist, words),
            sentence="" if tree is None else said(tree, kind, checklist, words),
            needed=kind.name in NEEDED,
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class LeafPage:
    """One test of a condition or rule: first what it asks about, then what it says of it."""

    head: EditorHead
    heading: str
    label: str
    back: str
    action: str
    seen: str
    path: str
    how: str
    about: str
    asked: str
    choices: tuple[tuple[str, str], ...]
    sections: tuple[Section, ...]
    values: Values


def tree_of(kind: PartKind, part: Any) -> Any:
    """Return the condition or rule of a part, None where it has none."""
    return getattr(part, ATTRIBUTES[kind.name])


def with_tree(kind: PartKind, checklist: Checklist, part_id: str, tree: Any) -> Checklist:
    """Return the checklist with another condition or rule of a part."""
    part: Any = kind.find(checklist, part_id)
    if part is None:
        raise editing.PartUnknown(part_id)
    changed: Any = replace(part, **{ATTRIBUTES[kind.name]: tree})
    match kind.name:
        case "items":
            return editing.change_item(checklist, changed)
        case "themes":
            return editing.change_theme(checklist, changed)
        case "facts":
            return editing.change_fact(checklist, changed)
        case "contradictions":
            return editing.change_contradiction(checklist, changed)
        case "stops":
            return editing.change_stop(checklist, changed)
        case _:
            return editing.change_verdict(checklist, changed, owned(part_id)[0] or None)


def grown(tree: Any, path: tuple[int, ...], how: str, leaf: Any) -> Any:
    """Return a tree with one more test beside the node at a path, or instead of it (``how`` is ``replace``)."""
    group = AllOf if how == "all" else AnyOf
    if tree is None:
        return Single(leaf)
    node = node_at(tree, path)
    if how == "replace":
        return replaced(tree, path, Single(leaf))
    parts = (*node.parts, Single(leaf)) if isinstance(node, group) else (node, Single(leaf))
    return replaced(tree, path, group(parts))


def path_of(text: str) -> tuple[int, ...] | None:
    """Return the path that a form or an address names, None where it is none."""
    if not re.fullmatch(r"(\d{1,3}(\.\d{1,3}){0,20})?", text, re.ASCII):
        return None
    return tuple(int(step) for step in text.split(".")) if text else ()


def said(tree: Any, kind: PartKind, checklist: Checklist, words: Wording) -> str:
    """Return a condition or rule as a sentence."""
    if kind is VERDICTS:
        return rule_sentence(tree, checklist, words)
    return condition_sentence(tree, checklist, words)


def subjects(
    kind: PartKind, part_id: str, checklist: Checklist, words: Wording
) -> tuple[tuple[str, str], ...]:
    """Return what a test can be about: a question, or for a rule what is counted."""
    if kind is not VERDICTS:
        others = (
            choice for choice in questions(checklist, words) if choice[0] != part_id or kind.name in NEEDED
        )
        return tuple(others)
    counts = (
        ("count", words.text("hvor mange punkter der har et bestemt svar")),
        ("points", words.text("hvor mange procent af de mulige point sagen har")),
    )
    if owned(part_id)[0]:
        return counts
    themes = (
        (
            f"theme:{theme.id}",
            words.text("hvordan det gik temaet »{theme}«", theme=theme.title.in_(words.language)),
        )
        for theme in checklist.themes
        if theme.verdicts or theme.pass_mark is not None
    )
    return (*counts, *themes)


def leaf_sections(about: str, kind: PartKind, checklist: Checklist, words: Wording) -> tuple[Section, ...]:
    """Return the fields of a test."""
    if kind is not VERDICTS:
        fields = _condition_fields(about, checklist, words)
    elif about == "points":
        fields = iter(
            [Field(name="percent", label=words.text("Mindst så mange procent"), ask=Ask.NUMBER, limit=100)]
        )
    elif about == "count":
        return tuple(_count_sections(checklist, words))
    else:
        fields = iter([_theme_field(about.partition(":")[2], checklist, words)])
    return (Section("", tuple(fields)),)


def leaf_values(leaf: Any) -> tuple[str, Values]:
    """Return what a test is about, and what stands in its fields."""
    match leaf:
        case Is():
            return leaf.id, filled(kind="is", answers=leaf.codes)
        case IsNot():
            return leaf.id, filled(kind="is_not", answers=leaf.codes)
        case Answered():
            return leaf.id, filled(kind="answered", answers=())
        case AtLeast():
            return leaf.id, filled(kind="at_least", answers=(leaf.code,))
        case PointsAtLeast():
            return "points", filled(percent=leaf.percent)
        case ThemeIs():
            return f"theme:{leaf.theme}", filled(verdicts=leaf.verdicts)
        case Count():
            return "count", _count_values(leaf)
        case _:
            raise TypeError(leaf)


def check_leaf(given: Given, about: str, kind: PartKind, words: Wording) -> None:
    """Add what is wrong between the fields of a test."""
    if kind is not VERDICTS:
        how, chosen = given.line("kind"), given.many("answers")
        if how in {"is", "is_not"} and not chosen:
            given.errors.append(FieldError("answers", words.text("Vælg mindst ét svar.")))
        if how == "at_least" and len(chosen) != 1:
            given.errors.append(FieldError("answers", words.text("Vælg netop ét svar.")))
    elif about == "count" and given.line("number") not in {"", "all"}:
        for name in ("amount", "highest") if given.line("number") == "between" else ("amount",):
            if not (given.line(name).isascii() and given.line(name).isdigit()):
                said = words.text("Skriv, hvor mange punkter, som et helt tal.")
                given.errors.append(FieldError(name, said))


def leaf_of(given: Given, about: str, kind: PartKind) -> Any:
    """Return the test that was typed."""
    if kind is not VERDICTS:
        return _condition_of(given, about)
    if about == "points":
        return PointsAtLeast(given.number("percent") or Fraction(0))
    return _count_of(given) if about == "count" else ThemeIs(about.partition(":")[2], given.many("verdicts"))


def _node(tree: Any, path: tuple[int, ...], kind: PartKind, checklist: Checklist, words: Wording) -> Node:
    inside: tuple[Any, ...] = ()
    match tree:
        case AllOf():
            name, inside = "all", tree.parts
        case AnyOf():
            name, inside = "any", tree.parts
        case Negated():
            name, inside = "not", (tree.part,)
        case _:
            name = "test"
    return Node(
        path=".".join(str(step) for step in path),
        kind=name,
        sentence=said(tree, kind, checklist, words),
        parts=tuple(_node(part, (*path, place), kind, checklist, words) for place, part in enumerate(inside)),
    )


def _condition_fields(about: str, checklist: Checklist, words: Wording) -> Iterator[Field]:
    # The values of a fact have no order.
    kinds = [(code, words.text(text)) for code, text in KINDS_OF_TEST.items()]
    if checklist.item(about) is None:
        kinds = [choice for choice in kinds if choice[0] != "at_least"]
    yield Field(name="kind", label=words.text("Spørgsmålet"), ask=Ask.RADIOS, choices=tuple(kinds))
    yield Field(
        name="answers",
        label=words.text("Svar"),
        ask=Ask.MANY,
        choices=answers(checklist, about, words),
        optional=True,
    )


def _condition_of(given: Given, about: str) -> Any:
    codes = given.many("answers")
    match given.line("kind"):
        case "is":
            return Is(about, codes)
        case "is_not":
            return IsNot(about, codes)
        case "answered":
            return Answered(about)
        case _:
            # Which answers earn as much, the reader of the language finds.
            return AtLeast(about, codes[0], codes)


def _theme_field(theme_id: str, checklist: Checklist, words: Wording) -> Field:
    theme = checklist.theme(theme_id)
    verdicts = () if theme is None else theme.verdicts
    own = [(verdict.id, verdict.title.in_(words.language)) for verdict in verdicts]
    if theme is not None and theme.pass_mark is not None:
        own += [("passed", words.text("Bestået")), ("not_passed", words.text("Ikke bestået"))]
    own.append(("not_applicable", words.text("Intet punkt i temaet gælder")))
    return Field(
        name="verdicts", label=words.text("Temaets konklusion er en af"), ask=Ask.MANY, choices=tuple(own)
    )


def _count_sections(checklist: Checklist, words: Wording) -> Iterator[Section]:
    numbers = tuple((code, words.text(text)) for code, text in NUMBERS.items())
    meanings = tuple((code, words.text(text)) for code, text in MEANINGS.items())
    severities = tuple((code, words.text(text)) for code, text in SEVERITIES.items())
    themes = tuple((theme.id, theme.title.in_(words.language)) for theme in checklist.themes)
    scored = tuple(choice for choice in numbered(checklist, words) if _scored(checklist, choice[0]))
    yield Section(
        words.text("Hvor mange"),
        (
            Field(name="number", label=words.text("Antal"), ask=Ask.RADIOS, choices=numbers),
            Field(name="amount", label=words.text("Så mange"), ask=Ask.NUMBER, limit=MOST, optional=True),
            Field(
                name="highest",
                label=words.text("Til og med"),
                ask=Ask.NUMBER,
                limit=MOST,
                optional=True,
                hint=words.text("Kun ved »fra det ene antal til det andet«."),
            ),
        ),
    )
    yield Section(
        words.text("Hvilke svar og punkter"),
        (
            _many("meanings", words.text("Svaret er"), meanings),
            _many("severities", words.text("Punktets alvor er"), severities),
            _many("themes", words.text("Punktet står under"), themes),
        ),
        hint=words.text("Vælges intet ved et spørgsmål, tæller alle med."),
    )
    yield Section(
        words.text("Kun bestemte punkter"), (_many("items", words.text("Punktet er"), scored),), folded=True
    )


def _scored(checklist: Checklist, item_id: str) -> bool:
    item = checklist.item(item_id)
    return item is not None and item.scored


def _many(name: str, label: str, choices: tuple[tuple[str, str], ...]) -> Field:
    return Field(name=name, label=label, ask=Ask.MANY, choices=choices, optional=True)


def _count_values(count: Count) -> Values:
    number, amount = "least", str(count.at_least)
    if count.all_that_apply:
        number, amount = "all", ""
    elif count.or_all:
        number = "least-or-all"
    elif count.at_most is not None:
        number, amount = ("between", amount) if count.at_least else ("most", str(count.at_most))
    return filled(
        number=number,
        amount=amount,
        highest=str(count.at_most) if number == "between" else "",
        meanings=count.meanings,
        severities=count.severities,
        themes=count.themes,
        items=count.items,
    )


def _count_of(given: Given) -> Count:
    number, amount = given.line("number"), int(given.number("amount") or 0)
    return Count(
        meanings=given.many("meanings"),
        severities=given.many("severities"),
        themes=given.many("themes"),
        items=given.many("items"),
        at_least=amount if number in {"least", "least-or-all", "between"} else 0,
        at_most=int(given.number("highest") or 0)
        if number == "between"
        else amount
        if number == "most"
        else None,
        all_that_apply=number == "all",
        or_all=number == "least-or-all",
    )
