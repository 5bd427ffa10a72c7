"""Who said of a case that they are disqualified, as the trail has it: a later report makes nobody fit again."""

from collections.abc import Iterable

from lirk.domain.obstacles import ObstacleReason, Settlement
from lirk.domain.trail import TrailEntry

#: The codes of the entries that tell of it.
REPORTS = ("obstacle-reported", "obstacle-taken-back", "obstacle-settled")


def disqualified_in(entries: Iterable[TrailEntry]) -> dict[int, frozenset[int]]:
    """Return the ids of the people who are disqualified in cases of a round, by running number.

    Somebody no longer is who took it back or reported something else before it was decided on, or to whom the
    coordinator returned the case.

    Parameters
    ----------
    entries
        Of one round, in their order; those that tell of something else are passed over.
    """
    found: dict[int, _Said] = {}
    for entry in entries:
        if entry.action in REPORTS:
            found.setdefault(int(str(entry.about["number"])), _Said()).hear(entry)
    return {number: said.disqualified for number, said in found.items() if said.disqualified}


class _Said:
    """What was said of one case: ``waiting`` are those whose report nobody has decided on, latest last."""

    def __init__(self) -> None:
        self.waiting: list[int] = []
        self.settled: set[int] = set()

    @property
    def disqualified(self) -> frozenset[int]:
        return frozenset({*self.waiting, *self.settled})

    def hear(self, entry: TrailEntry) -> None:
        if entry.action == "obstacle-settled":
            self._settle(entry)
        elif entry.actor_id is not None:
            self._withdraw(entry.actor_id)
            if entry.about.get("reason") == ObstacleReason.DISQUALIFIED:
                self.waiting.append(entry.actor_id)

    def _settle(self, entry: TrailEntry) -> None:
        # Entries from before a case could be read twice do not say whose report it was: there was one.
        who = entry.about.get("reporter", self.waiting[-1] if self.waiting else None)
        if entry.about.get("reason") == ObstacleReason.DISQUALIFIED and who in self.waiting:
            self.waiting.remove(who)
            if entry.about.get("settlement") != Settlement.RETURNED:
                self.settled.add(who)

    def _withdraw(self, person: int) -> None:
        if person in self.waiting:
            self.waiting.remove(person)
