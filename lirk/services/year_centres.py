"""What the store knows of centres over the years: from the frames and draws of rounds, and from the trail."""

from collections.abc import Iterator

from lirk.domain.trail import TrailEntry
from lirk.domain.year_centres import CentreStep, Step, YearCentres, centres_of_year
from lirk.storage.store import Store

#: The trail's codes of what is done to a centre.
STEPS = {
    "centre-added": Step.ADDED,
    "centre-enabled": Step.OPENED,
    "centre-disabled": Step.CLOSED,
    "centre-renamed": Step.RENAMED,
    "yearly-figures-written": Step.ENTERED,
}


class CentresOverYears:
    """The centres of each year, from one reading of the store."""

    def __init__(self, store: Store) -> None:
        self._names = store.centres.all()
        self._entered = store.years.entered()
        self._steps = (*_measured(store), *map(_step, store.trail.of_no_round(*STEPS)))

    @property
    def years(self) -> frozenset[int]:
        """Return the years that have figures."""
        return frozenset(self._entered)

    def of(self, year: int) -> YearCentres:
        """Return the centres of a year; those that have figures are among them."""
        found = centres_of_year(year, self._steps, unknown=self._names)
        return YearCentres(names=found.names | self.entered(year), settled=found.settled)

    def entered(self, year: int) -> frozenset[str]:
        """Return the centres with figures of a year."""
        return self._entered.get(year, frozenset())


def _measured(store: Store) -> Iterator[CentreStep]:
    """Yield the centres of each round: from its frame when it was made, and when it was closed, those with cases."""
    rounds = {one.id: one for one in store.rounds.all()}
    for round_id, centres in store.centres.framed():
        at = rounds[round_id].created_at
        yield from (CentreStep(at=at, step=Step.MEASURED, centre=one) for one in sorted(centres))
    for round_id, centre in sorted(store.cases.measured()):
        if closed := rounds[round_id].closed_at:
            yield CentreStep(at=closed, step=Step.MEASURED, centre=centre)


def _step(entry: TrailEntry) -> CentreStep:
    about = entry.about
    return CentreStep(
        at=entry.at,
        step=STEPS[entry.action],
        centre=str(about["centre"]),
        new=str(about.get("new", "")),
        year=int(str(about.get("year", 0))),
    )
