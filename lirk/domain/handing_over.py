"""Work that went from one reviewer to another, as the trail has it."""

from collections.abc import Iterable, Iterator, Mapping

from lirk.domain.reviews import Reading
from lirk.domain.trail import TrailEntry

#: The codes of the entries that tell of it.
HANDED = ("case-moved", "cases-handed-over")

#: A running number, and which reading of the case.
NumberedReading = tuple[int, Reading]


def taken_over(entries: Iterable[TrailEntry]) -> dict[NumberedReading, str]:
    """Return to whom readings of a round were last handed over by somebody else: usernames.

    Parameters
    ----------
    entries
        Of one round, in their order; those that tell of something else are passed over. Whoever has a reading
        now may be another, if it was shared out anew since.
    """
    return {reading: taker for entry in entries for reading, taker in _handed(entry)}


def had_before(entries: Iterable[TrailEntry]) -> dict[NumberedReading, frozenset[str]]:
    """Return who had readings of a round before or after they went from one to another: usernames.

    Parameters
    ----------
    entries
        As `taken_over`, and those that tell what was decided of cases that cannot be reviewed.
    """
    found: dict[NumberedReading, frozenset[str]] = {}
    for entry in entries:
        giver = str(entry.about.get("reviewer" if entry.action == "cases-handed-over" else "from") or "")
        for reading, taker in (*_handed(entry), *_reassigned(entry)):
            found[reading] = found.get(reading, frozenset()) | ({giver, taker} - {""})
    return found


def _reassigned(entry: TrailEntry) -> Iterator[tuple[NumberedReading, str]]:
    about = entry.about
    given = entry.action == "case-moved" and not about.get("from")
    if given or (entry.action == "obstacle-settled" and about.get("reviewer")):
        reading = Reading(str(about.get("reading", Reading.FIRST)))
        yield (int(str(about["number"])), reading), str(about["reviewer"])


def _handed(entry: TrailEntry) -> Iterator[tuple[NumberedReading, str]]:
    about = entry.about
    # A case that nobody had was given to somebody, and not handed over.
    if entry.action == "case-moved" and about.get("from"):
        reading = Reading(str(about.get("reading", Reading.FIRST)))
        yield (int(str(about["number"])), reading), str(about["reviewer"])
    elif entry.action == "cases-handed-over":
        for name, reading in (("given", Reading.FIRST), ("seconds", Reading.SECOND)):
            given = about.get(name)
            for number, taker in given.items() if isinstance(given, Mapping) else ():
                yield (int(number), reading), str(taker)
