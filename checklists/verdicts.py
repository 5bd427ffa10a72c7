"""Verdict rules: ordered, the first that matches wins, and a critical breach is never averaged away."""

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import TypeAlias

from checklists.logic import Tree, holds


@dataclass(frozen=True, slots=True, kw_only=True)
class Count:
    """How many scored items with these marks there are: from ``at_least`` to ``at_most``.

    An empty selection means: whatever it is.
    """

    meanings: tuple[str, ...] = ()
    severities: tuple[str, ...] = ()
    themes: tuple[str, ...] = ()
    items: tuple[str, ...] = ()
    at_least: int = 0
    at_most: int | None = None


@dataclass(frozen=True, slots=True)
class PointsAtLeast:
    """The unrounded score is at least ``percent`` (0 to 100); false where there is no score."""

    percent: Fraction


Rule: TypeAlias = Tree[Count | PointsAtLeast]


@dataclass(frozen=True, slots=True)
class Counted:
    """One scored item that applies, as the verdict rules see it.

    ``meanings`` holds more than one word where a policy lets an answer count as another.
    """

    item_id: str
    theme_id: str
    severity: str
    meanings: frozenset[str]


def rule_holds(rule: Rule | None, counted: Sequence[Counted], percent: Fraction | None) -> bool:
    """Return whether a verdict rule matches; no rule always does."""

    def met(test: Count | PointsAtLeast) -> bool:
        if isinstance(test, PointsAtLeast):
            return percent is not None and percent >= test.percent
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
