"""Agreement: how far reviewers who read the same cases gave the same answers.

Ratings are one list a reviewer, all equally long, with None where a reviewer did not read the case. A rating is
a number or a text; numbers are read as floats, so 1 and 1.0 are one category. Where the order of the categories
counts, numbers have it by their value; for three texts or more it is given by ``categories``. Categories that
are named there and never used count as categories; without it the categories are those of the ratings given.
A figure that is not defined is None, and ``agreement_undefined`` says why.
"""

from collections.abc import Iterable, Sequence
from math import isfinite
from numbers import Real
from operator import index
from typing import TypeAlias

import numpy as np
from numpy.typing import NDArray

from sampling.errors import EstimatorUnknown, FigureInvalid, LengthsDiffer, SampleEmpty, ValueInvalid

Label: TypeAlias = float | str
Ratings: TypeAlias = Sequence[Sequence[Label | None]]
Floats: TypeAlias = NDArray[np.float64]

LEVELS = ("nominal", "ordinal", "interval", "ratio")
GWET_WEIGHTS = ("identity", "linear", "ordinal", "quadratic")
COHEN_WEIGHTS = (None, "linear", "quadratic")


def agreement_undefined(ratings: Ratings) -> str | None:
    """Return why the agreement of these ratings is not defined; None where it is.

    ``no-case-read-twice``
        No case has two ratings: no figure of this module is defined.
    ``nothing-varies``
        All ratings of the cases read twice are the same. Percent agreement is 1, and nothing else is defined:
        what chance would give cannot be told from what the reviewers give.

    Raises
    ------
    FigureInvalid, LengthsDiffer, ValueInvalid
        If the ratings are not one equally long list of numbers and texts for each of two reviewers or more.
    """
    return _undefined(_table(_read(ratings)))


def percent_agreement(ratings: Ratings) -> float | None:
    """Return the share of agreeing pairs of ratings, as a mean over the cases read twice or more.

    With two reviewers it is the share of the cases on which they agree. Between 0 and 1; None where no case was
    read twice. It does not take away what chance alone would give.

    Parameters
    ----------
    ratings
        One list a reviewer, equally long; None = not read.

    Raises
    ------
    FigureInvalid, LengthsDiffer, ValueInvalid
        As :func:`agreement_undefined`.

    Notes
    -----
    J. L. Fleiss (1971), Psychological Bulletin 76, 378-382, eq. 2, in the form for a number of ratings that
    differs from case to case of K. L. Gwet (2014), *Handbook of Inter-Rater Reliability*, 4th ed., ch. 2.
    """
    table = _table(_read(ratings))
    if _undefined(table) == "no-case-read-twice":
        return None
    return _agreeing(table, np.eye(table.shape[1]))


def krippendorff_alpha(
    ratings: Ratings, level: str = "ordinal", *, categories: Sequence[Label] | None = None
) -> float | None:
    """Return Krippendorff's alpha: 1 - observed / expected disagreement.

    1 is full agreement, 0 what chance would give, and below 0 is less than that. Cases read once take no part.
    None where no case was read twice or nothing varies.

    Parameters
    ----------
    ratings
        One list a reviewer, equally long; None = not read.
    level
        ``nominal``, ``ordinal``, ``interval`` or ``ratio``; the last two need numbers, ``ratio`` from 0 up.
    categories
        All categories in their order; needed at the level ``ordinal`` for three texts or more.

    Raises
    ------
    FigureInvalid, LengthsDiffer, ValueInvalid, EstimatorUnknown
        If the ratings, the categories or the level are none of these.

    Notes
    -----
    K. Krippendorff (2011), *Computing Krippendorff's Alpha-Reliability*, University of Pennsylvania, section E
    and the metric differences there; the ordinal one counts the ratings of the cases read twice or more.
    """
    _require_known("level", level, LEVELS)
    read = _read(ratings, numbers=level in LEVELS[2:], least=0.0 if level == "ratio" else None)
    labels = _categories(read, categories, ordered=level == "ordinal")
    table = _table(read, labels)
    if _undefined(table):
        return None
    table = table[table.sum(axis=1) >= 2]
    used = table.sum(axis=0) > 0
    table = table[:, used]
    totals = table.sum(axis=0)
    distances = _distances(level, [label for label, kept in zip(labels, used, strict=True) if kept], totals)
    among = ((table @ distances) * table).sum(axis=1) / (table.sum(axis=1) - 1)
    return float(1 - (totals.sum() - 1) * among.sum() / (totals @ distances @ totals))


def gwet_ac1(ratings: Ratings, *, categories: Sequence[Label] | None = None) -> float | None:
    """Return Gwet's AC1: agreement beyond chance, steady where nearly all ratings are the same.

    1 is full agreement, 0 what chance would give. None where no case was read twice or nothing varies.

    Parameters
    ----------
    ratings
        One list a reviewer, equally long; None = not read.
    categories
        All categories; more of them make chance agreement less likely. Left out: those of the ratings.

    Raises
    ------
    FigureInvalid, LengthsDiffer, ValueInvalid
        As :func:`agreement_undefined`, and where a rating is none of ``categories``.

    Notes
    -----
    K. L. Gwet (2008), British Journal of Mathematical and Statistical Psychology 61, 29-48. Expected agreement
    is Σ π_k(1 - π_k) / (q - 1); π_k is the mean share of category k over all cases with a rating.
    """
    return _gwet(ratings, "identity", categories)


def gwet_ac2(
    ratings: Ratings, weights: str = "ordinal", *, categories: Sequence[Label] | None = None
) -> float | None:
    """Return Gwet's AC2: as AC1, with part of the credit for ratings that are near each other.

    Parameters
    ----------
    ratings
        One list a reviewer, equally long; None = not read.
    weights
        Of two categories at the places k and l of q: ``ordinal`` 1 - C(|k-l|+1, 2) / C(q, 2), ``linear``
        1 - |k-l|/(q-1), ``quadratic`` 1 - (k-l)²/(q-1)², ``identity`` 0 unless they are the same (AC1).
    categories
        All categories in their order; needed for three texts or more, and to be given where a category in
        between was never used.

    Raises
    ------
    FigureInvalid, LengthsDiffer, ValueInvalid, EstimatorUnknown
        If the ratings, the categories or the weights are none of these.

    Notes
    -----
    K. L. Gwet (2014), *Handbook of Inter-Rater Reliability*, 4th ed., ch. 3 (weights) and 4 (the coefficient):
    expected agreement is T Σ π_k(1 - π_k) / (q(q - 1)), T the sum of all weights.
    """
    _require_known("weights", weights, GWET_WEIGHTS)
    return _gwet(ratings, weights, categories)


def cohen_kappa(
    ratings: Ratings, weights: str | None = None, *, categories: Sequence[Label] | None = None
) -> float | None:
    """Return Cohen's kappa of two reviewers, plain or weighted.

    1 is full agreement, 0 what chance would give, reviewers keeping their own shares of each category. Only cases
    that both read take part. None where there is no such case, or nothing varies.

    Parameters
    ----------
    ratings
        Two lists, equally long; None = not read.
    weights
        None (every disagreement counts the same), ``linear`` (by the number of places between the categories)
        or ``quadratic`` (by its square).
    categories
        All categories in their order; with weights needed for three texts or more, and to be given where a
        category in between was never used.

    Raises
    ------
    FigureInvalid, LengthsDiffer, ValueInvalid, EstimatorUnknown
        If the ratings, the categories or the weights are none of these, or the reviewers are not two.

    Notes
    -----
    J. Cohen (1960), Educational and Psychological Measurement 20, 37-46; weighted: J. Cohen (1968),
    Psychological Bulletin 70, 213-220, eq. 7 with these weights of disagreement.
    """
    _require_known("weights", weights, COHEN_WEIGHTS)
    read = _read(ratings)
    if len(read) != 2:
        raise FigureInvalid(name="the number of reviewers", wanted="2", value=len(read))
    labels = _categories(read, categories, ordered=weights is not None)
    if _undefined(_table(read, labels)):
        return None
    found = np.zeros((len(labels), len(labels)))
    for one, other in zip(*read, strict=True):
        if one is not None and other is not None:
            found[labels.index(one), labels.index(other)] += 1
    disagreement = 1 - _weights(weights or "identity", len(labels))
    by_chance = np.outer(found.sum(axis=1), found.sum(axis=0))
    return float(1 - found.sum() * (disagreement * found).sum() / (disagreement * by_chance).sum())


def fleiss_kappa(counts: Sequence[Sequence[int]]) -> float | None:
    """Return Fleiss' kappa of any number of reviewers.

    1 is full agreement, 0 what chance would give. None where cases have fewer than two ratings or nothing
    varies: :func:`fleiss_undefined` says which.

    Parameters
    ----------
    counts
        One row a case, one column a category: how many reviewers gave it. Every row must have the same sum. The
        method is made for that; where reviewers differ in number, ask :func:`krippendorff_alpha` or
        :func:`gwet_ac1`, which are made for missing ratings.

    Raises
    ------
    SampleEmpty
        If there is no row.
    LengthsDiffer
        If the rows have different numbers of categories.
    ValueInvalid, FigureInvalid
        If a count is not a whole number from 0 up; if a row has another sum than the first.

    Notes
    -----
    J. L. Fleiss (1971), Psychological Bulletin 76, 378-382. Reckoned in whole numbers up to the last division.
    """
    rows = _counts(counts)
    if _undefined_counts(rows):
        return None
    each = sum(rows[0])
    ratings = len(rows) * each
    disagreeing = len(rows) * each * (each - 1) - sum(count * (count - 1) for row in rows for count in row)
    by_chance = (each - 1) * (ratings**2 - sum(sum(column) ** 2 for column in zip(*rows, strict=True)))
    return float((by_chance - disagreeing * ratings) / by_chance)


def fleiss_undefined(counts: Sequence[Sequence[int]]) -> str | None:
    """Return why Fleiss' kappa of these counts is not defined, as :func:`agreement_undefined` of ratings.

    Raises
    ------
    SampleEmpty, LengthsDiffer, ValueInvalid, FigureInvalid
        As :func:`fleiss_kappa`.
    """
    return _undefined_counts(_counts(counts))


def _gwet(ratings: Ratings, weights: str, categories: Sequence[Label] | None) -> float | None:
    read = _read(ratings)
    labels = _categories(read, categories, ordered=weights != "identity")
    table = _table(read, labels)
    if _undefined(table):
        return None
    q = len(labels)
    table = table[table.sum(axis=1) > 0]
    shares = (table / table.sum(axis=1, keepdims=True)).mean(axis=0)
    weighting = _weights(weights, q)
    by_chance = weighting.sum() / (q * (q - 1)) * (shares * (1 - shares)).sum()
    return float((_agreeing(table, weighting) - by_chance) / (1 - by_chance))


def _agreeing(table: Floats, weights: Floats) -> float:
    """Return the weighted share of agreeing pairs, as a mean over the cases with two ratings or more."""
    table = table[table.sum(axis=1) >= 2]
    each = table.sum(axis=1)
    pairs = (table * (table @ weights - 1)).sum(axis=1)
    return float((pairs / (each * (each - 1))).mean())


def _undefined(table: Floats) -> str | None:
    read_twice = table[table.sum(axis=1) >= 2]
    if not len(read_twice):
        return "no-case-read-twice"
    return "nothing-varies" if np.count_nonzero(read_twice.sum(axis=0)) < 2 else None


def _undefined_counts(rows: Sequence[Sequence[int]]) -> str | None:
    # Two ratings are as many as it takes, and larger counts may be too large for a float.
    return _undefined(np.array([[min(count, 2) for count in row] for row in rows], dtype=np.float64))


def _distances(level: str, labels: Sequence[Label], totals: Floats) -> Floats:
    """Return the squared metric difference of each two categories."""
    if level == "nominal":
        return 1 - np.eye(len(labels))
    if level == "ordinal":
        # From the middle of one category to the middle of the other, in ratings.
        places = np.cumsum(totals) - totals / 2
        return np.square(np.subtract.outer(places, places))
    values = np.array(labels, dtype=np.float64)
    # Neither level depends on the unit, and squares of large numbers would overflow.
    values = values / np.abs(values).max()
    differences: Floats = np.subtract.outer(values, values)
    if level == "ratio":
        sums = np.add.outer(values, values)
        differences = np.divide(differences, sums, out=np.zeros_like(sums), where=sums > 0)
    return np.square(differences)


def _weights(kind: str, q: int) -> Floats:
    places = np.arange(q, dtype=np.float64)
    apart: Floats = np.abs(np.subtract.outer(places, places))
    if kind == "identity" or q == 1:
        return np.eye(q)
    if kind == "linear":
        return 1 - apart / (q - 1)
    if kind == "quadratic":
        return 1 - (apart / (q - 1)) ** 2
    return 1 - apart * (apart + 1) / (q * (q - 1))


def _require_known(name: str, value: object, known: Sequence[str | None]) -> None:
    if value not in known:
        raise EstimatorUnknown(name=name, value=value, known=list(known))


def _read(ratings: Ratings, *, numbers: bool = False, least: float | None = None) -> list[list[Label | None]]:
    """Return the ratings with every number as a float, or refuse them."""
    rows = [
        [
            _rating(value, f"{case} of reviewer {reviewer}", numbers, least)
            for case, value in enumerate(row, 1)
        ]
        for reviewer, row in enumerate(_lists(ratings, "ratings"), 1)
    ]
    if len(rows) < 2:
        raise FigureInvalid(name="the number of reviewers", wanted="2 or more", value=len(rows))
    return rows


def _lists(given: Sequence[Iterable[object]], name: str) -> list[list[object]]:
    """Return lists of one length."""
    for row in given:
        if isinstance(row, str) or not isinstance(row, Iterable):
            raise FigureInvalid(name=name, wanted="a list of lists", value=row)
    rows = [list(row) for row in given]
    if len({len(row) for row in rows}) > 1:
        raise LengthsDiffer(lengths=[len(row) for row in rows])
    return rows


def _rating(value: object, place: str, numbers: bool, least: float | None) -> Label | None:
    if value is None or (isinstance(value, str) and not numbers):
        return value
    number = _finite(value)
    if number is None:
        wanted = "a finite number or None" if numbers else "a finite number, a text or None"
        raise ValueInvalid(place=place, wanted=wanted, value=value)
    if least is not None and number < least:
        raise ValueInvalid(place=place, wanted=f"{least:g} or more", value=value)
    return number


def _finite(value: object) -> float | None:
    if isinstance(value, bool) or not isinstance(value, Real):
        return None
    try:
        number = float(value)
    except OverflowError:
        return None
    return number if isfinite(number) else None


def _categories(
    read: Sequence[Sequence[Label | None]], categories: Sequence[Label] | None, *, ordered: bool
) -> list[Label]:
    """Return the categories in their order; where it does not count, in the order they are met."""
    met = list(dict.fromkeys(value for row in read for value in row if value is not None))
    if categories is not None:
        return _as_named(categories, read)
    texts = [label for label in met if isinstance(label, str)]
    if not texts:
        return sorted(met)
    if ordered and len(met) > 2:
        raise FigureInvalid(name="categories", wanted=f"all of {met} in their order", value=None)
    return met


def _as_named(categories: Sequence[Label], read: Sequence[Sequence[Label | None]]) -> list[Label]:
    named = [value for value in _lists([categories], "categories")[0] if value is not None]
    labels = [
        _rating(value, f"{place} of categories", numbers=False, least=None)
        for place, value in enumerate(named, 1)
    ]
    known = [label for label in labels if label is not None]
    if len(set(known)) < len(categories):
        raise FigureInvalid(
            name="categories", wanted="different names, none of them None", value=list(categories)
        )
    for reviewer, row in enumerate(read, 1):
        for case, value in enumerate(row, 1):
            if value is not None and value not in known:
                raise ValueInvalid(
                    place=f"{case} of reviewer {reviewer}", wanted=f"one of {known}", value=value
                )
    return known


def _table(read: Sequence[Sequence[Label | None]], labels: Sequence[Label] | None = None) -> Floats:
    """Return how many reviewers gave each case (row) each category (column)."""
    if labels is None:
        labels = _categories(read, None, ordered=False)
    places = {label: place for place, label in enumerate(labels)}
    table = np.zeros((len(read[0]), len(labels)))
    for row in read:
        for case, value in enumerate(row):
            if value is not None:
                table[case, places[value]] += 1
    return table


def _counts(counts: Sequence[Sequence[int]]) -> list[list[int]]:
    rows = [
        [_count(value, f"{column} of row {place}") for column, value in enumerate(row, 1)]
        for place, row in enumerate(_lists(counts, "counts"), 1)
    ]
    if not rows:
        raise SampleEmpty
    for place, row in enumerate(rows, 1):
        if sum(row) != sum(rows[0]):
            raise FigureInvalid(
                name=f"the sum of row {place}", wanted=f"{sum(rows[0])}, that of row 1", value=sum(row)
            )
    return rows


def _count(value: object, place: str) -> int:
    try:
        whole = -1 if isinstance(value, bool | np.bool_) else index(value)  # type: ignore[arg-type]
    except TypeError:
        whole = -1
    if whole < 0:
        raise ValueInvalid(place=place, wanted="a whole number from 0 up", value=value)
    return whole
