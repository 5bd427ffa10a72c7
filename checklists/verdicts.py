"""Verdict rules: ordered, the first that matches wins, and a critical breach is never averaged away."""

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass, field
from fractions import Fraction
from types import MappingProxyType
from typing import TypeAlias

from checklists.logic import Tree, compiled


@dataclass(frozen=True, slots=True, kw_only=True)
class Count:
    """How many scored items with these marks there are: from ``at_least`` to ``at_most``.

    An empty selection means: whatever it is.

    Attributes
    ----------
    all_that_apply
        As many as there are in the selection whatever their meaning, *not applicable* left out; holds where
        there are none.
    or_all
        ``at_least``, or where fewer apply all of those.
    """

    meanings: tuple[str, ...] = ()
    severities: tuple[str, ...] = ()
    themes: tuple[str, ...] = ()
    items: tuple[str, ...] = ()
    at_least: int = 0
    at_most: int | None = None
    all_that_apply: bool = False
    or_all: bool = False


@dataclass(frozen=True, slots=True)
class PointsAtLeast:
    """The unrounded score is at least ``percent`` (0 to 100); false where there is no score."""

    percent: Fraction


@dataclass(frozen=True, slots=True)
class ThemeIs:
    """The theme's own verdict is one of ``verdicts``; only in the rules of a case.

    Beside the theme's own ids: ``passed`` and ``not_passed`` (its pass mark), ``not_applicable``.
    """

    theme: str
    verdicts: tuple[str, ...]


#: What a theme can be called beside its own verdicts.
PASSED, NOT_PASSED, NOT_APPLICABLE = "passed", "not_passed", "not_applicable"
ABSENT = frozenset({NOT_APPLICABLE})

RuleTest: TypeAlias = Count | PointsAtLeast | ThemeIs
Rule: TypeAlias = Tree[RuleTest]


@dataclass(frozen=True, slots=True)
class Counted:
    """One scored item that applies, as the verdict rules see it.

    ``meanings`` holds more than one word where a policy lets an answer count as another.
    """

    item_id: str
    theme_id: str
    severity: str
    meanings: frozenset[str]


@dataclass(frozen=True, slots=True)
class Standing:
    """What the rules of a case, or of a theme, are held against.

    Attributes
    ----------
    rows
        The scored items that apply, by their numbers among those that the rule was compiled for.
    percent
        The unrounded score, None where there is none.
    themes
        Of each theme all that it is: its own verdict, passed or not, not applicable. A theme that is not there
        is not applicable.
    """

    rows: Collection[int]
    percent: Fraction | None
    themes: Mapping[str, Collection[str]] = field(default_factory=dict)


def rule_holds(
    rule: Rule | None,
    counted: Sequence[Counted],
    percent: Fraction | None,
    themes: Mapping[str, Collection[str]] = MappingProxyType({}),
) -> bool:
    """Return whether a verdict rule matches; no rule always does."""
    return compiled_rule(rule, counted)(Standing(range(len(counted)), percent, themes))


def compiled_rule(rule: Rule | None, counted: Sequence[Counted]) -> Callable[[Standing], bool]:
    """Return a verdict rule as a function, for one that is asked of many cases.

    ``counted`` is all that a case can have: each item with each of its answers.
    """
    if rule is None:
        return lambda _: True
    return compiled(rule, lambda test: _checker(test, counted))


def _checker(test: RuleTest, counted: Sequence[Counted]) -> Callable[[Standing], bool]:
    match test:
        case PointsAtLeast():
            percent = test.percent
            return lambda standing: standing.percent is not None and standing.percent >= percent
        case ThemeIs():
            theme, wanted = test.theme, frozenset(test.verdicts)
            return lambda standing: not wanted.isdisjoint(standing.themes.get(theme, ABSENT))
        case Count():
            return _counter(test, counted)


def _counter(count: Count, counted: Sequence[Counted]) -> Callable[[Standing], bool]:
    selected = [(number, one) for number, one in enumerate(counted) if _selected(count, one)]
    hits = frozenset(number for number, one in selected if _means(count, one))
    missed = frozenset(number for number, one in selected if number not in hits and _relevant(one))
    low, high = count.at_least, count.at_most
    all_will_do = count.all_that_apply or count.or_all

    def met(standing: Standing) -> bool:
        number = sum(map(hits.__contains__, standing.rows))
        if high is not None and number > high:
            return False
        if not count.all_that_apply and number >= low:
            return True
        return all_will_do and missed.isdisjoint(standing.rows)

    return met


def _means(count: Count, one: Counted) -> bool:
    return not count.meanings or not one.meanings.isdisjoint(count.meanings)


def _relevant(one: Counted) -> bool:
    return "not_applicable" not in one.meanings


def _selected(count: Count, one: Counted) -> bool:
    return (
        (not count.severities or one.severity in count.severities)
        and (not count.themes or one.theme_id in count.themes)
        and (not count.items or one.item_id in count.items)
    )
