"""Parts in a row, each with an id: one added, changed, moved, taken out."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Protocol, TypeVar

from checklists.editing.refusals import EditRefused, PartUnknown
from checklists.problems import ChecklistProblem


class Named(Protocol):
    """Anything that has an id."""

    @property
    def id(self) -> str:
        """What it is called by."""


Part = TypeVar("Part", bound=Named)


@dataclass(frozen=True, slots=True)
class Taken:
    """Ids that a new part cannot have."""

    ids: frozenset[str]

    @classmethod
    def by(cls, *parts: Iterable[Named]) -> "Taken":
        """Return the ids of all these parts."""
        return cls(frozenset(part.id for row in parts for part in row))

    def refuse(self, part_id: str) -> None:
        """Raise `EditRefused` if the id is taken."""
        if part_id in self.ids:
            raise EditRefused([ChecklistProblem("edit-id-taken", {"value": part_id}, item=part_id)])


def place_of(parts: Sequence[Named], part_id: str) -> int:
    """Return where a part stands, from 0; `PartUnknown` where it does not."""
    for place, part in enumerate(parts):
        if part.id == part_id:
            return place
    raise PartUnknown(part_id)


def changed(parts: Sequence[Part], part: Part) -> tuple[Part, ...]:
    """Return the row with the part of the same id replaced."""
    place = place_of(parts, part.id)
    return (*parts[:place], part, *parts[place + 1 :])


def moved(parts: Sequence[Part], part_id: str, step: int) -> tuple[Part, ...]:
    """Return the row with one part so many places further on (back, where ``step`` is negative), at most to its end."""
    place = place_of(parts, part_id)
    rest = without(parts, part_id)
    to = min(max(place + step, 0), len(rest))
    return (*rest[:to], parts[place], *rest[to:])


def without(parts: Sequence[Part], part_id: str) -> tuple[Part, ...]:
    """Return the row without one part."""
    place = place_of(parts, part_id)
    return (*parts[:place], *parts[place + 1 :])
