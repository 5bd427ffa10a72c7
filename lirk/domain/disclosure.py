"""What may be said of a share that several centres have in common.

A reader with one centre's report in hand must be left with at least two possible counts for every other
centre. The reader is taken to know the program, every centre's cases in the register and in the sample, and
in how many cases each theme could be assessed: all but the counts themselves. What is said of a theme is a
word or a percentage, and whether any of its items is listed as found in several centres.

Words, at the ends
    "Few or none" is said of every result with no more hits than one centre can have, and one. Whatever the
    reader's own count, a hit can then be thought away from a centre, added to it, or moved to it.
Percentages, between them
    A percentage is said of every result that rounds to it, so long as for each reader and each other centre
    another result with another count there is published alike. Where all results can be listed they are, and
    results that stand alone are withheld until none does; if the words or those withheld then stand alone, every
    percentage of the theme is withheld.
    Where there are too many, the same is done with those near the result, in boxes that all results are divided
    into, as if there were no others. So that what is withheld does not stand alone either, all percentages are
    where one centre has more than half of the cases, and elsewhere those of results next to the words; and no item
    is listed beside what is withheld. A percentage of 0 or 100 is withheld too: hits are then neither few nor
    nearly all, and nearly all cases are one or two centres'.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import chain, combinations, islice, pairwise, product
from math import gcd, lcm, prod

import numpy as np
from numpy.typing import NDArray

from lirk.domain.overview_values import RoundedLevel

#: With fewer centres an overview is words.
FEWEST_CENTRES = 5
#: A share is published in steps of so many points; the first and the last step are said in words.
STEP = 5
STEPS = 100 // STEP
#: What stands for "withheld" among the numbered steps.
WITHHELD = STEPS + 1
#: Up to so many results are listed one by one; where there are more, so many are that are near the one asked about.
LISTED = 40_000
BOXED = 20_000
#: With so many centres a box has two values of each.
MOST_BOXED = BOXED.bit_length() - 1

Hits = tuple[int, ...]


@dataclass(frozen=True, slots=True, kw_only=True, order=True)
class CentreCount:
    """One theme in one centre.

    Attributes
    ----------
    population, sample
        Cases in the register, N_h, and cases read, n_h: a read case stands for N_h / n_h.
    assessed, hits
        Read cases in which the theme applied and could be assessed, and those of them that were in order.
    """

    population: int
    sample: int
    assessed: int
    hits: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Listing:
    """What a list of items found in several centres tells of the theme they belong to.

    Attributes
    ----------
    several
        An item found in so many centres is listed.
    items
        How many scored items the theme has.
    complete
        Whether every case that is not in order is so by an item that would be listed. If nothing is listed,
        each item was then found in fewer than ``several`` centres.
    """

    several: int
    items: int
    complete: bool

    @property
    def most_unlisted(self) -> int | None:
        """Return how many centres at most have a case that is not in order, if nothing is listed."""
        return self.items * (self.several - 1) if self.complete else None

    def allows(self, touched: int, *, listed: bool, own: int = 0) -> bool:
        """Return whether so many centres can have a case that is not in order.

        ``own``: the items found in the reader's own centre, if that is not among the centres counted.
        """
        if listed:
            return touched >= self.several
        return self.most_unlisted is None or touched + own <= self.most_unlisted


@dataclass(frozen=True, slots=True)
class Pool:
    """What is known of a theme before any answer: weights as whole numbers, and cases assessed, by centre."""

    weights: tuple[int, ...]
    assessed: tuple[int, ...]

    @property
    def threshold(self) -> int:
        """Return how many hits are still "few": the largest centre's cases and one."""
        return max(self.assessed, default=0) + 1

    @property
    def cases(self) -> int:
        """Return the cases assessed in all centres."""
        return sum(self.assessed)

    @property
    def weighted_cases(self) -> int:
        """Return what those cases stand for, in units of the weights."""
        return sum(weight * cases for weight, cases in zip(self.weights, self.assessed, strict=True))

    @property
    def size(self) -> int:
        """Return in how many ways the hits can fall."""
        return prod(cases + 1 for cases in self.assessed)

    @property
    def dominated(self) -> bool:
        """Return whether one centre has more than half of what the cases stand for."""
        counted = zip(self.weights, self.assessed, strict=True)
        return 2 * max((weight * cases for weight, cases in counted), default=0) > self.weighted_cases

    def usable(self, limit: int) -> bool:
        """Return whether anything is said: enough centres and cases, and both ends apart."""
        enough = self.cases >= max(limit, 2 * self.threshold + 1)
        return enough and len(self.assessed) >= FEWEST_CENTRES

    def steps(self, results: NDArray[np.int64]) -> NDArray[np.int64]:
        """Return what is said of results, not yet knowing whether it may be: 0 few, 20 nearly all, or withheld.

        Parameters
        ----------
        results
            Hits, one row a centre, one column a result.
        """
        found, all_ = results.sum(axis=0), self.weighted_cases
        # Weights are whole numbers of any size.
        kind = np.int64 if 4 * STEPS * all_ < np.iinfo(np.int64).max else object
        weighted = np.array(self.weights, dtype=kind) @ results.astype(kind)
        steps: NDArray[np.int64] = ((2 * STEPS * weighted + all_) // (2 * all_)).astype(np.int64)
        # Neither few nor nearly all: a large centre decides the percentage, and a word would tell its count.
        steps[(steps == 0) | (steps == STEPS)] = WITHHELD
        steps[self.cases - found <= self.threshold] = STEPS
        steps[found <= self.threshold] = 0
        return steps


def published(
    centres: Sequence[CentreCount], *, limit: int, listing: Listing | None = None, listed: bool = False
) -> tuple[int | RoundedLevel, bool]:
    """Return what the overview says of a share (a percentage in steps of five, or words), and of its items.

    The share is the ratio estimate sum(w_h * hits_h) / sum(w_h * assessed_h), w_h = N_h / n_h (Cochran 1977,
    6.2 and 5A.14), rounded to the nearest step, halves up. What is said does not depend on the order of the
    centres, nor on anything but the numbers given here.

    Parameters
    ----------
    centres
        Those that were measured; at least five must have assessed cases.
    limit
        The small-number limit: the fewest assessed cases, in all centres together.
    listing
        None where no item of the theme can be listed.
    listed
        Whether one is to be.

    Returns
    -------
    tuple
        The share as published, and whether the items may be listed beside it.
    """
    pool, hits = _pooled(centres)
    if not pool.usable(limit):
        return RoundedLevel.WITHHELD, False
    if pool.size <= LISTED:
        plan = _plan(pool, listing)
        listed = listed and plan.lists
        step = int(plan.said[int(listed), _place(pool, hits)])
    else:
        if listing is not None and (_tells_of_whole_centres(pool, listing) or _tells_of_all(pool, listing)):
            listing, listed = None, False
        step = _nearby(pool, hits, listing, listed=listed)
        listed = listed and step != WITHHELD
    words = {0: RoundedLevel.FEW, STEPS: RoundedLevel.NEARLY_ALL, WITHHELD: RoundedLevel.WITHHELD}
    return words.get(step, step * STEP), listed


def _pooled(centres: Sequence[CentreCount]) -> tuple[Pool, Hits]:
    """Return the centres in an order of their own, so that names and lists decide nothing."""
    kept = sorted(centre for centre in centres if centre.assessed)
    scale = lcm(*(centre.sample for centre in kept))
    weights = [centre.population * (scale // centre.sample) for centre in kept]
    unit = gcd(*weights) or 1
    return (
        Pool(tuple(weight // unit for weight in weights), tuple(centre.assessed for centre in kept)),
        tuple(centre.hits for centre in kept),
    )


# Every result, one by one ----------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class _Plan:
    """What is published of every result, without items listed (row 0) and with (row 1)."""

    said: NDArray[np.int64]
    lists: bool


@lru_cache(maxsize=64)
def _plan(pool: Pool, listing: Listing | None) -> _Plan:
    """Return the most that can be said: with items listed, without, or in words alone."""
    results = _results(pool)
    for known in (listing, None):
        said, alone = _settled(pool, known, results, pool.steps(results))
        if not alone:
            return _Plan(said, lists=known is not None)
    # Words depend on the numbers of hits and misses alone, and so does what is then withheld: none stands alone.
    said[(said > 0) & (said < STEPS)] = WITHHELD
    return _Plan(said, lists=False)


def _settled(
    pool: Pool, listing: Listing | None, results: NDArray[np.int64], steps: NDArray[np.int64]
) -> tuple[NDArray[np.int64], bool]:
    """Withhold what stands alone among results until no percentage does; return also whether anything else does."""
    touched = _touched(pool, results)
    unlisted = _allowing(listing, touched, listed=False)
    listed = _allowing(listing, touched, listed=True) if listing is not None else unlisted[:0]
    columns = np.concatenate([unlisted, listed])
    row = np.concatenate([np.zeros(unlisted.size, dtype=np.int64), np.ones(listed.size, dtype=np.int64)])
    view = _View(pool, results[:, columns], row, touched[columns], listing)
    said = view.left(steps[columns])
    everything = np.full((2, steps.size), WITHHELD)
    everything[row, columns] = said
    return everything, bool(view.alone(said).any())


@dataclass(frozen=True, slots=True)
class _View:
    """Results as readers see them: one column for each result, without or with items listed."""

    pool: Pool
    results: NDArray[np.int64]
    listed: NDArray[np.int64]
    touched: NDArray[np.int64]
    listing: Listing | None

    def left(self, said: NDArray[np.int64]) -> NDArray[np.int64]:
        """Return what can be said: percentages that stand alone are withheld until none does."""
        left = said.copy()
        while (alone := self.alone(left) & (left > 0) & (left < STEPS)).any():
            left[alone] = WITHHELD
        return left

    def alone(self, said: NDArray[np.int64]) -> NDArray[np.bool_]:
        """Return the results that leave some reader one possible count for some other centre."""
        alone = np.zeros(said.shape, dtype=bool)
        heard = 2 * said + self.listed
        for reader in range(len(self.pool.assessed)):
            seen = heard * (self.pool.assessed[reader] + 1) + self.results[reader]
            for known in self._known(reader):
                alone[known] |= self._alone_for(reader, seen[known], known)
        return alone

    def _known(self, reader: int) -> Iterator[NDArray[np.int64]]:
        """Yield what a reader can know besides, by which items were found in the own centre."""
        every = np.arange(self.listed.size)
        yield every
        if self.listing is None or (self.listing.items == 1 and self.listing.complete):
            return
        own_fault = self.results[reader] < self.pool.assessed[reader]
        others = self.touched - own_fault
        yield every[(self.listed == 1) & (others >= self.listing.several)]
        if self.listing.most_unlisted is not None:
            for own in range(2, self.listing.items + 1):
                yield every[(self.listed == 0) & own_fault & (others + own <= self.listing.most_unlisted)]

    def _alone_for(self, reader: int, seen: NDArray[np.int64], known: NDArray[np.int64]) -> NDArray[np.bool_]:
        alone = np.zeros(seen.shape, dtype=bool)
        for other in set(range(len(self.pool.assessed))) - {reader}:
            possible = np.zeros((int(seen.max(initial=0)) + 1, self.pool.assessed[other] + 1), dtype=bool)
            possible[seen, self.results[other, known]] = True
            alone |= possible.sum(axis=1)[seen] == 1
        return alone


def _touched(pool: Pool, results: NDArray[np.int64]) -> NDArray[np.int64]:
    """Return in how many centres some case is not in order."""
    touched: NDArray[np.int64] = (results < np.array(pool.assessed)[:, None]).sum(axis=0)
    return touched


def _allowing(listing: Listing | None, touched: NDArray[np.int64], *, listed: bool) -> NDArray[np.int64]:
    """Return the places of the results that can be so, items listed or not."""
    allowed = [listing is None or listing.allows(int(count), listed=listed) for count in touched]
    return np.flatnonzero(allowed)


def _results(pool: Pool) -> NDArray[np.int64]:
    """Return one row a centre, one column a result, in the order of ``_place``."""
    sizes = tuple(cases + 1 for cases in pool.assessed)
    return np.indices(sizes).reshape(len(sizes), -1)


def _place(pool: Pool, hits: Hits) -> int:
    return int(np.ravel_multi_index(hits, tuple(cases + 1 for cases in pool.assessed)))


# Too many results: those nearby ----------------------------------------------------------------------------


def _tells_of_whole_centres(pool: Pool, listing: Listing) -> bool:
    """Return whether, with few hits and no item listed, a reader could tell what another centre has.

    Each item was then found in so few centres that in some all cases are hits; fewer still of the others can have a
    case that is not, the more items were found in the reader's own.
    """
    most, centres = listing.most_unlisted, range(len(pool.assessed))
    if most is None:
        return False
    return any(
        _values_left(pool, reader, other, whole=len(centres) - 1 - (most - found), hits=pool.threshold - own)
        == 1
        for reader in centres
        for other in centres
        if other != reader
        for own in range(pool.assessed[reader] + 1)
        for found in (range(1, listing.items + 1) if own < pool.assessed[reader] else (0,))
    )


def _values_left(pool: Pool, reader: int, other: int, *, whole: int, hits: int) -> int:
    """Return how many counts a centre can have, if so many others than the reader's are whole, with so many hits."""
    rest = sorted(cases for at, cases in enumerate(pool.assessed) if at not in {reader, other})
    assessed, needed = pool.assessed[other], max(0, whole)
    as_whole = needed <= len(rest) + 1 and assessed + sum(rest[: max(0, needed - 1)]) <= hits
    left = hits - sum(rest[:needed]) if needed <= len(rest) else -1
    return int(as_whole) + min(left + 1, assessed) if left >= 0 else int(as_whole)


def _tells_of_all(pool: Pool, listing: Listing) -> bool:
    """Return whether, with few misses and an item listed, a reader could tell that every other centre has some.

    With two centres more than it takes, any one of the others may have none.
    """
    return len(pool.assessed) < listing.several + 2


def _nearby(pool: Pool, hits: Hits, listing: Listing | None, *, listed: bool) -> int:
    """Return what is said where results are too many to list: a percentage, if it is left in a box of the result.

    Among what is withheld are all results of one number of hits, and all of one number of misses, next to the words:
    whatever a reader has of either, the others can share the rest in several ways.
    """
    step = int(pool.steps(np.array(hits)[:, None])[0])
    if not 0 < step < STEPS:
        return step
    if pool.dominated:
        return WITHHELD
    boxes = _boxes(pool, hits)
    return step if any(hits in _left_in(pool, listing, listed, box, step) for box in boxes) else WITHHELD


@dataclass(frozen=True, slots=True)
class _Box:
    """Some of all results: the hits that each centre has in them, and which of these they are where that is too many.

    With more centres than MOST_BOXED each has two values, and those of the later centres follow from the earlier
    ones and ``offset``. Any two centres still have all pairs of values: they are columns of an orthogonal array of
    strength two (Hedayat, Sloane and Stufken 1999, ch. 4). Where a centre has one value, nothing is left of the box.
    """

    hits: tuple[range, ...]
    offset: tuple[int, ...] = ()

    def results(self) -> NDArray[np.int64]:
        """Return the results in the box, one row a centre, one column a result."""
        if not self.offset:
            return np.array(np.meshgrid(*self.hits, indexing="ij"), dtype=np.int64).reshape(
                len(self.hits), -1
            )
        first, last = (np.array([[known[at]] for known in self.hits]) for at in (0, -1))
        free = np.indices((2,) * MOST_BOXED).reshape(MOST_BOXED, -1)
        rest = (_parities(len(self.offset)) @ free + np.array(self.offset)[:, None]) % 2
        found: NDArray[np.int64] = np.vstack([free, rest]) + first
        return found[:, (found <= last).all(axis=0)]


def _boxes(pool: Pool, hits: Hits) -> Iterator[_Box]:
    """Yield the boxes that a result is in, whichever of their results is asked about.

    All results are divided into boxes of so many hits a centre, and once more into boxes that begin half-way; both
    also by misses, so that yes and no are treated alike.
    """
    size = max(2, int(BOXED ** (1 / len(hits))))
    many = len(hits) > MOST_BOXED
    for shift, by_misses in product((0, size // 2), (False, True)):
        ranges = tuple(
            _turned(_piece(cases - count, cases, size, shift, joined=not many), cases)
            if by_misses
            else _piece(count, cases, size, shift, joined=not many)
            for count, cases in zip(hits, pool.assessed, strict=True)
        )
        if many:
            yield _Box(ranges, _offset(hits, [known.start for known in ranges]))
        elif prod(map(len, ranges)) <= 2 * BOXED:
            yield _Box(ranges)


def _piece(count: int, cases: int, size: int, shift: int, *, joined: bool) -> range:
    """Return the piece that a count is in, where 0 to ``cases`` are cut into pieces of a size.

    The first begins ``shift`` below 0. ``joined``: a first or last piece of one value is put to the one beside it.
    """
    first = (count + shift) // size * size - shift
    end = first + size
    zero_alone = joined and size - shift == 1
    if zero_alone and first <= 1:
        first, end = 0, 1 + size
    if joined and cases + 1 - end == 1:
        end += 1
    elif joined and cases + 1 - first == 1:
        first -= size
    return range(0 if zero_alone and first <= 1 else max(0, first), min(end, cases + 1))


def _turned(misses: range, cases: int) -> range:
    return range(cases + 1 - misses.stop, cases + 1 - misses.start)


def _in_order(pool: Pool, results: NDArray[np.int64]) -> NDArray[np.bool_]:
    """Return which results have like centres in the order of their hits, as they are when they are asked about.

    Others are asked about in that order, too, and would then be in another box.
    """
    known = list(zip(pool.weights, pool.assessed, strict=True))
    alike = np.array([one == other for one, other in pairwise(known)])
    in_order: NDArray[np.bool_] = (np.diff(results, axis=0) >= 0)[alike].all(axis=0)
    return in_order


def _offset(hits: Hits, firsts: Sequence[int]) -> tuple[int, ...]:
    """Return what a result's later centres have beside what follows from the earlier ones; nothing for few centres."""
    values = np.array(hits) - np.array(firsts)
    later = values[MOST_BOXED:]
    if not later.size:
        return ()
    return tuple(((later - _parities(later.size) @ values[:MOST_BOXED]) % 2).tolist())


def _parities(centres: int) -> NDArray[np.int64]:
    """Return for so many later centres, a row each, the earlier ones whose values give theirs; no two alike."""
    some = chain.from_iterable(combinations(range(MOST_BOXED), size) for size in range(2, MOST_BOXED))
    return np.array([[int(one in known) for one in range(MOST_BOXED)] for known in islice(some, centres)])


@lru_cache(maxsize=16)
def _left_in(pool: Pool, listing: Listing | None, listed: bool, box: _Box, step: int) -> frozenset[Hits]:
    """Return the results in a box of which a percentage can be said, as if there were no others.

    For every reader and other centre, another of them has another count there.
    """
    results = box.results()
    found = results.sum(axis=0)
    next_to_words = (found == pool.threshold + 1) | (pool.cases - found == pool.threshold + 1)
    results = results[:, (pool.steps(results) == step) & ~next_to_words]
    if box.offset:
        results = results[:, _in_order(pool, results)]
    touched = _touched(pool, results)
    allowed = _allowing(listing, touched, listed=listed)
    view = _View(pool, results[:, allowed], np.full(allowed.size, int(listed)), touched[allowed], listing)
    left = view.left(np.full(allowed.size, step)) == step
    return frozenset(tuple(column) for column in view.results[:, left].T.tolist())
