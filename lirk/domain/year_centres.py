"""Which centres' figures a year is made of.

A centre belongs to a year if it was measured in it, or was there in it: known before the year ended, and not closed
before it began. A year that ended before LIRK knew any centre has those of the first year in which it did.

Once the figures of all of them are there, and there are enough to be shown, the year is settled: no centre comes to
it afterwards. From the sums before, and those after, the figures of the one that came could be told.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum

from lirk.domain.small_numbers import FEWEST_CENTRES


class Step(StrEnum):
    """What became of a centre; ``ENTERED``: figures of a year were written for it."""

    ADDED = "added"
    MEASURED = "measured"
    OPENED = "opened"
    CLOSED = "closed"
    RENAMED = "renamed"
    ENTERED = "entered"


@dataclass(frozen=True, slots=True, kw_only=True)
class CentreStep:
    """One step of one centre, by the name it had; ``new`` is a renamed centre's, ``year`` that of the figures."""

    at: datetime
    step: Step
    centre: str
    new: str = ""
    year: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class YearCentres:
    """The centres of a year; ``settled``: no other comes to it."""

    names: frozenset[str]
    settled: bool


def centres_of_year(year: int, steps: Iterable[CentreStep], *, unknown: Iterable[str] = ()) -> YearCentres:
    """Return the centres whose figures a year is made of.

    Parameters
    ----------
    steps
        Of all centres; those of one moment in the order in which they were taken.
    unknown
        Centres that may have no step: they have always been there.
    """
    ordered = sorted(steps, key=lambda one: one.at)
    walk = _Walk(year=year, last=max([year, *(one.at.year for one in ordered[:1])]))
    taken = {one.centre for one in ordered} | {one.new for one in ordered}
    walk.open |= set(unknown) - taken
    for one in ordered:
        walk.take(one)
    walk.begin()
    names = walk.entered if walk.settled else walk.members
    return YearCentres(names=frozenset(names), settled=walk.settled)


@dataclass(slots=True, kw_only=True)
class _Walk:
    """What is known of a year's centres, step by step; ``last`` is the year whose end settles who was there."""

    year: int
    last: int
    begun: bool = False
    settled: bool = False
    open: set[str] = field(default_factory=set)
    known: set[str] = field(default_factory=set)
    members: set[str] = field(default_factory=set)
    entered: set[str] = field(default_factory=set)

    def take(self, one: CentreStep) -> None:
        if one.at.year >= self.year:
            self.begin()
        steps: dict[Step, Callable[[CentreStep], None]] = {
            Step.RENAMED: self._rename,
            Step.ENTERED: self._enter,
            Step.CLOSED: lambda one: self.open.discard(one.centre),
            Step.MEASURED: self._measure,
        }
        steps.get(one.step, self._come)(one)

    def begin(self) -> None:
        """Take in who is there when the year begins, once."""
        if not self.begun:
            self.begun, self.members = True, set(self.open)

    def _come(self, one: CentreStep) -> None:
        self.known.add(one.centre)
        self.open.add(one.centre)
        self._belong(one)

    def _measure(self, one: CentreStep) -> None:
        """Take in a centre of a round; where it was closed meanwhile, that opens nothing."""
        if one.centre not in self.known:
            self._come(one)
        self._belong(one)

    def _belong(self, one: CentreStep) -> None:
        if self.year <= one.at.year <= self.last:
            self.members.add(one.centre)

    def _rename(self, one: CentreStep) -> None:
        for names in (self.open, self.known, self.members, self.entered):
            if one.centre in names:
                names.remove(one.centre)
                names.add(one.new)

    def _enter(self, one: CentreStep) -> None:
        if one.year != self.year or self.settled:
            return
        self.entered.add(one.centre)
        self.settled = self.members <= self.entered and len(self.entered) >= FEWEST_CENTRES
