"""The counts of one row, said so that nobody can tell a small one from what stands beside it.

A row divides a number of cases that is known: yes, partly, no, not applicable, cannot be assessed. Where none of its
counts is from 1 to 4, all are shown. Where one is, the small ones are "under 5" and the others are withheld, so that
a small one can be 1 to 4 whatever the others are. Where so few cases are left for the others that some of these
values were impossible, or nearly all counts are small, nothing of the row is shown.

The reader is taken to know this program, the number of cases, and one more count, ``apart``, where it is not small:
how many cases an item did not apply to can stand in another row, of an item that is asked of the same cases. So it is
not withheld beside small ones, and they are hidden as if it were no part of the row.
"""

from collections.abc import Sequence

from lirk.domain.small_numbers import SMALLEST, Hidden, Said

#: The largest count that is not shown.
LARGEST_SMALL = SMALLEST - 1


def said_row(counts: Sequence[int], *, apart: int | None = None) -> tuple[Said, ...]:
    """Return the counts of a row as they may be said.

    Parameters
    ----------
    counts
        Disjoint, and together a number that is known.
    apart
        The place of the count that may be known from elsewhere, unless it is small.
    """
    small = {place for place, count in enumerate(counts) if 1 <= count <= LARGEST_SMALL}
    if not small:
        return tuple(counts)
    known = counts[apart] if apart is not None and apart not in small else 0
    room = sum(counts) - known - LARGEST_SMALL * len(small)
    if room < SMALLEST or len(small) > len(counts) - 2:
        return withheld_row(counts)
    shown: dict[int | None, Said] = {apart: known}
    shown.update(dict.fromkeys(small, Hidden.UNDER_FIVE))
    return tuple(shown.get(place, Hidden.WITHHELD) for place in range(len(counts)))


def withheld_row(counts: Sequence[int]) -> tuple[Said, ...]:
    """Return a row of which nothing is said."""
    return tuple(Hidden.WITHHELD for _ in counts)
