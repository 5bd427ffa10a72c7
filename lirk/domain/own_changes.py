"""How the figures of a centre's own rounds stand to each other: each is held against the one before it."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum
from itertools import pairwise

from lirk.domain.reports import SeriesPoint


class Difference(StrEnum):
    """What a figure is beside the one before it.

    ``BROKEN``: they cannot be compared; ``NONE``: the shares are the same; ``BY_CHANCE``: drawing other cases could
    have made them differ so; ``LARGER``: it could not.
    """

    BROKEN = "broken"
    NONE = "none"
    BY_CHANCE = "by-chance"
    LARGER = "larger"


@dataclass(frozen=True, slots=True)
class Step:
    """From the figure of one round to the next there is; both rounds by their place in the series."""

    before: int
    after: int
    difference: Difference


def steps(points: Sequence[SeriesPoint | None]) -> Iterator[Step]:
    """Yield the steps between the figures of a series, oldest first; rounds without a figure are passed over."""
    known = [(at, point) for at, point in enumerate(points) if point is not None]
    for (before, then), (after, now) in pairwise(known):
        yield Step(before, after, _difference(then, now))


def latest_step(points: Sequence[SeriesPoint | None]) -> Step | None:
    """Return the step to the latest round, or None where that has no figure, or no figure before it."""
    return next((step for step in steps(points) if step.after == len(points) - 1), None)


def rises(points: Sequence[SeriesPoint | None], step: Step) -> bool:
    """Return whether the share of a step's later round is the larger one."""
    then, now = points[step.before], points[step.after]
    return then is not None and now is not None and now.hits * then.assessed > then.hits * now.assessed


def _difference(then: SeriesPoint, now: SeriesPoint) -> Difference:
    if now.begins is not None:
        return Difference.BROKEN
    if now.by_chance:
        return Difference.BY_CHANCE
    same = then.hits * now.assessed == now.hits * then.assessed
    return Difference.NONE if same else Difference.LARGER
