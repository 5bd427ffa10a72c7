"""Computed reports that are kept for the next reader.

What a closed round says changes by corrections of answers alone: whoever keeps a report names in its key how often
that was done. What is published never changes.
"""

from collections import OrderedDict
from collections.abc import Callable, Hashable
from dataclasses import dataclass, field
from threading import Lock
from typing import Generic, TypeVar

from lirk.domain.overview_values import Overview
from lirk.domain.reports import CentreReport, ChecklistSeries

T = TypeVar("T")

#: Values of either kind; a report of forty items takes about a tenth of a megabyte.
ROOM = 128


class Kept(Generic[T]):
    """The values that were asked for last; used by several threads at once."""

    def __init__(self, room: int = ROOM) -> None:
        self._room = room
        self._values: OrderedDict[Hashable, T] = OrderedDict()
        self._lock = Lock()

    def get(self, key: Hashable, make: Callable[[], T]) -> T:
        """Return the value kept under a key, made first where there is none."""
        with self._lock:
            if key in self._values:
                self._values.move_to_end(key)
                return self._values[key]
        # Two readers may make the same value at once; nobody waits for another's.
        made = make()
        self.put(key, made)
        return made

    def put(self, key: Hashable, value: T) -> None:
        """Keep a value under a key; the one not asked for longest makes room."""
        with self._lock:
            self._values[key] = value
            self._values.move_to_end(key)
            while len(self._values) > self._room:
                self._values.popitem(last=False)


@dataclass(frozen=True, slots=True)
class ReportShelf:
    """The reports of one database; it knows no rights: who asks it has been asked for theirs."""

    centres: Kept[CentreReport] = field(default_factory=Kept)
    overviews: Kept[Overview] = field(default_factory=Kept)
    series: Kept[tuple[ChecklistSeries, ...]] = field(default_factory=Kept)
    published: Kept[CentreReport | None] = field(default_factory=Kept)
