"""Counts of all centres together, said so that nobody can tell another centre's count from them.

The reader has the figures of one centre in hand and knows this program. Of every count, and every other centre,
at least two values must remain possible.

A count is shown where it is at least five, and where the centres beside the largest have at least two of it:
whichever centre the reader knows, at least two are left for the others to share. Where the others have none or
one, both look alike. A count that is not shown is "under 5" if it is so, zero included, and no centre has more
than three of it; otherwise it is withheld, so that whoever has four of four cannot tell that from four of five.

Counts that add up to one that is shown are shown together or not at all: the first could otherwise be computed
from the second. Their not being shown has one word only. Below a count that is not shown, none of its parts is.

A leader of two centres has the figures of both in hand; that is not provided for.
"""

from collections.abc import Sequence
from enum import StrEnum
from typing import TypeAlias

#: With figures of fewer centres nothing is shown (``lirk.domain.disclosure`` has the same limit).
FEWEST_CENTRES = 5
#: A count of all centres together that is smaller is not shown.
SMALLEST = 5
#: So many of a count must lie outside the centre that has the most of it.
FEWEST_BESIDE = 2


class Hidden(StrEnum):
    """What stands in place of a count: ``UNDER_FIVE``: it is 0 to 4; ``WITHHELD``: nothing is said of it."""

    UNDER_FIVE = "under-five"
    WITHHELD = "withheld"


#: A count of all centres together, as it may be said.
Said: TypeAlias = int | Hidden


def said(counts: Sequence[int]) -> Said:
    """Return a count of all centres together, from the count of each in any order."""
    if _may_be_shown(counts):
        return sum(counts)
    small = sum(counts) < SMALLEST and max(counts, default=0) < SMALLEST - 1
    return Hidden.UNDER_FIVE if small else Hidden.WITHHELD


def said_parts(whole: Said, *parts: Sequence[int]) -> tuple[Said, ...]:
    """Return the counts that add up to another one, each from the count of each centre.

    Parameters
    ----------
    whole
        Their sum as it is said.
    parts
        All of them, also those that are not to be printed: these could be computed.
    """
    if isinstance(whole, int) and all(map(_may_be_shown, parts)):
        return tuple(map(sum, parts))
    return tuple(Hidden.WITHHELD for _ in parts)


def _may_be_shown(counts: Sequence[int]) -> bool:
    whole = sum(counts)
    return whole >= SMALLEST and whole - max(counts, default=0) >= FEWEST_BESIDE
