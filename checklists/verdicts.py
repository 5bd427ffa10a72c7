"""Verdict rules: ordered, the first that matches wins, and a critical breach is never averaged away."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from types import MappingProxyType
from typing import TypeAlias

from checklists.logic import Tree, holds


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


def rule_holds(
    rule: Rule | None,
    counted: Sequence[Counted],
    percent: Fraction | None,
    themes: Mapping[str, Collection[str]] = MappingProxyType({}),
) -> bool:
    """Return whether a verdict rule matches; no rule always does.

    ``themes`` tells of each theme all that it is: its own verdict, passed or not, not applicable.
    """

    def met(test: RuleTest) -> bool:
        if isinstance(test, PointsAtLeast):
            return percent is not None and percent >= test.percent
        if isinstance(test, ThemeIs):
            return not set(test.verdicts).isdisjoint(themes.get(test.theme, ()))
        number = sum(_selected(test, one) for one in counted)
        return number >= test.at_least and (test.at_most is None or number <= test.at_most)

    return rule is None or holds(rule, met)


def _selected(count: Count, one: Counted) -> bool:
    return (
        (not count.meanings or not one.meanings.isdisjoint(count.meanings))
        and (not count.severities or one.severity in count.severities)
        and (not count.themes or one.theme_id in count.themes)
        and (not count.items or one.item_id in count.items)
    )
