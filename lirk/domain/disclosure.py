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
    results that stand alone are withheld until none does; if those withheld then stand alone, every
    percentage of the theme is withheld. Where there are too many, others are looked for near the result, and
    near those again; if none is found, the percentage is withheld. So that what is withheld does not stand alone
    either, all percentages are where one centre has more than half of the cases, and elsewhere those of results
    next to the words; and no item is listed beside what is withheld.
"""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import combinations, islice
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
#: Up to so many results are listed one by one.
LISTED = 40_000
#: Neighbours looked at before one is taken not to exist, and how far their own neighbours are looked at.
NEIGHBOURS = 40
DEPTH = 1

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

    def step(self, hits: Sequence[int]) -> int:
        """Return what is said of a result, not yet knowing whether it may be: 0 few, 20 nearly all."""
        found = sum(hits)
        if found <= self.threshold:
            return 0
        if self.cases - found <= self.threshold:
            return STEPS
        weighted = sum(weight * count for weight, count in zip(self.weights, hits, strict=True))
        return (2 * STEPS * weighted + self.weighted_cases) // (2 * self.weighted_cases)


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
        return RoundedLevel.WITHHELD, listed
    if pool.size <= LISTED:
        plan = _plan(pool, listing)
        listed = listed and plan.lists
        step = int(plan.said[int(listed), _place(pool, hits)])
    else:
        if listing is not None and _tells_of_whole_centres(pool, listing):
            listing, listed = None, False
        step = _nearby(pool, hits, None if listing is None else (listing, listed))
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
    if listing is not None:
        said, alone = _settled(pool, listing)
        if not alone:
            return _Plan(said, lists=True)
    said, alone = _settled(pool, None)
    if alone:
        said[(said > 0) & (said < STEPS)] = WITHHELD
    return _Plan(said, lists=False)


def _settled(pool: Pool, listing: Listing | None) -> tuple[NDArray[np.int64], bool]:
    """Withhold what stands alone until no percentage does; return also whether words still do."""
    results, steps = _results(pool), _steps(pool)
    touched = (results < np.array(pool.assessed)[:, None]).sum(axis=0)
    unlisted = _allowing(listing, touched, listed=False)
    listed = _allowing(listing, touched, listed=True) if listing is not None else unlisted[:0]
    columns = np.concatenate([unlisted, listed])
    row = np.concatenate([np.zeros(unlisted.size, dtype=np.int64), np.ones(listed.size, dtype=np.int64)])
    view = _View(pool, results[:, columns], row, touched[columns], listing)
    said = steps[columns]
    while (alone := view.alone(said) & (said > 0) & (said < STEPS)).any():
        said[alone] = WITHHELD
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
        if self.listing is None or self.listing.items == 1:
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


def _steps(pool: Pool) -> NDArray[np.int64]:
    results = _results(pool).T.tolist()
    return np.fromiter((pool.step(hits) for hits in results), dtype=np.int64, count=pool.size)


# Too many results: those nearby ----------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class _Span:
    """How far the hits, and their weighted sum, may move without changing what is said (both included)."""

    hits: tuple[int, int]
    weighted: tuple[int, int]

    def moved(self, hits: int, weighted: int) -> "_Span":
        return _Span(
            (self.hits[0] - hits, self.hits[1] - hits),
            (self.weighted[0] - weighted, self.weighted[1] - weighted),
        )

    @property
    def holds_rest(self) -> bool:
        return self.hits[0] <= 0 <= self.hits[1] and self.weighted[0] <= 0 <= self.weighted[1]


_Known = tuple[Listing, bool]


def _tells_of_whole_centres(pool: Pool, listing: Listing) -> bool:
    """Return whether, with few hits and no item listed, a reader could tell in which centres all cases are hits."""
    most = listing.most_unlisted
    whole = 0 if most is None else len(pool.assessed) - most
    return whole > 0 and sum(sorted(pool.assessed)[:whole]) <= pool.threshold


def _nearby(pool: Pool, hits: Hits, known: _Known | None) -> int:
    """Return what is said where results are too many to list.

    Among what is withheld are all results of one number of hits, and all of one number of misses, next to the words:
    whatever a reader has of either, the others can share the rest in several ways.
    """
    step = pool.step(hits)
    if not 0 < step < STEPS:
        return step
    next_to_words = pool.threshold + 1 in {sum(hits), pool.cases - sum(hits)}
    if pool.dominated or next_to_words or not _certified(pool, hits, DEPTH, known):
        return WITHHELD
    return step


@lru_cache(maxsize=20_000)
def _certified(pool: Pool, hits: Hits, depth: int, known: _Known | None) -> bool:
    """Return whether each reader finds another count for each other centre in a result published alike."""

    def good(near: Hits) -> bool:
        return _allowed(pool, near, known) and (depth == 0 or _certified(pool, near, depth - 1, known))

    return all(
        _any_good(_neighbours(pool, hits, other, {other}, ways=0), good)
        or all(
            _any_good(_neighbours(pool, hits, other, {reader, other}), good)
            for reader in range(len(hits))
            if reader != other
        )
        for other in range(len(hits))
    )


def _any_good(found: Iterator[Hits], good: Callable[[Hits], bool]) -> bool:
    return any(good(near) for near in islice(found, NEIGHBOURS))


def _allowed(pool: Pool, hits: Hits, known: _Known | None) -> bool:
    if known is None:
        return True
    listing, listed = known
    touched = sum(count < cases for count, cases in zip(hits, pool.assessed, strict=True))
    if listing.items > 1 and listed:
        touched -= 1  # the reader's own fault may be an item that is not among those listed
    return listing.allows(touched, listed=listed, own=listing.items - 1)


def _neighbours(pool: Pool, hits: Hits, other: int, fixed: set[int], ways: int = 2) -> Iterator[Hits]:
    """Yield results published alike in which ``other`` has one or two hits more or fewer.

    Up to ``ways`` centres that are not ``fixed`` make up for it; nearest first.
    """
    span = _span(pool, hits)
    free = [place for place in range(len(hits)) if place not in fixed]
    moves = [move for move in (1, -1, 2, -2) if 0 <= hits[other] + move <= pool.assessed[other]]
    for count in range(ways + 1):
        for move in moves:
            rest = span.moved(move, move * pool.weights[other])
            for places in combinations(free, count):
                for made_up in _made_up(pool, hits, places, rest):
                    yield _with(hits, {other: move, **dict(zip(places, made_up, strict=True))})


def _made_up(pool: Pool, hits: Hits, places: tuple[int, ...], span: _Span) -> Iterator[tuple[int, ...]]:
    """Yield how the centres at ``places`` can move, each by at least one case, to end within the span."""
    if not places:
        if span.holds_rest:
            yield ()
        return
    place, rest = places[0], places[1:]
    low, high = -hits[place], pool.assessed[place] - hits[place]
    if not rest:
        weight = pool.weights[place]
        low = max(low, span.hits[0], -(-span.weighted[0] // weight))
        high = min(high, span.hits[1], span.weighted[1] // weight)
    for move in sorted(range(low, high + 1), key=lambda move: (abs(move), move)):
        if move:
            left = span.moved(move, move * pool.weights[place])
            yield from ((move, *more) for more in _made_up(pool, hits, rest, left))


def _span(pool: Pool, hits: Hits) -> _Span:
    found, all_ = sum(hits), pool.weighted_cases
    weighted = sum(weight * count for weight, count in zip(pool.weights, hits, strict=True))
    step = pool.step(hits)
    lowest = -(-(2 * step - 1) * all_ // (2 * STEPS))
    above = -(-(2 * step + 1) * all_ // (2 * STEPS))
    between = (pool.threshold + 2, pool.cases - pool.threshold - 2)
    return _Span(between, (lowest, above - 1)).moved(found, weighted)


def _with(hits: Hits, moves: dict[int, int]) -> Hits:
    return tuple(count + moves.get(place, 0) for place, count in enumerate(hits))
