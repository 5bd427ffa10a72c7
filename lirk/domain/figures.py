"""Counts and shares of one centre's cases under one checklist."""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from fractions import Fraction

from checklists.model import Checklist
from checklists.score import CaseScore, score
from lirk.domain.reports import CaseResult, Counts, Share
from lirk.domain.reviews import CaseStatus
from sampling.estimate import hypergeometric_interval

#: The status of a drawn case that was read; the others are those of ``CaseStatus``.
REVIEWED = "reviewed"
#: Cases that are findings themselves: counted as cannot be assessed, everywhere.
MISSING = frozenset({CaseStatus.NOT_FOUND.value, CaseStatus.NO_ACCESS.value})


@dataclass(frozen=True, slots=True, kw_only=True)
class ReviewedCase:
    """A drawn case with all that was answered about it.

    Attributes
    ----------
    number
        The running number within the round.
    status
        ``"reviewed"``, or a value of ``CaseStatus``: ``not-found`` and ``no-access`` are counted as cannot be
        assessed; ``out-of-scope`` and ``to-review`` count nowhere.
    answers
        By checklist id, the answer codes by fact and item id.
    """

    number: int
    decision_date: date | None = None
    case_type: str | None = None
    outcome: str | None = None
    status: str = REVIEWED
    answers: Mapping[str, Mapping[str, str]] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class Readings:
    """What was read in one centre with one checklist.

    Attributes
    ----------
    scores
        Finished readings as running number and score, by number. A reading in which something that applies
        is unanswered, or answers contradict each other, is not finished, and counts nowhere.
    missing
        Cases that could not be found or opened.
    population
        The largest possible number of decisions in the register: its cases less those drawn that turned
        out to be none.
    """

    checklist: Checklist
    scores: tuple[tuple[int, CaseScore], ...]
    missing: int
    population: int

    def counts(self, results: Iterable[str]) -> Counts:
        """Return the results of the finished readings together with the missing cases."""
        return counts_of([*results, *[CaseResult.CANNOT_ASSESS.value] * self.missing])

    def item_counts(self, item_id: str) -> Counts:
        """Return the cases by their result at one item; where it does not apply, it is not applicable."""
        hidden = CaseResult.NOT_APPLICABLE.value
        return self.counts(case.results.get(item_id, hidden) for _, case in self.scores)

    def theme_counts(self, theme_id: str) -> Counts:
        """Return the cases by their result in one theme."""
        return self.counts(case.themes[theme_id].result for _, case in self.scores)


def readings(checklist: Checklist, cases: Iterable[ReviewedCase], *, population: int) -> Readings:
    """Score the cases of one centre with one checklist.

    Parameters
    ----------
    population
        Cases of the centre in the register, N.
    """
    drawn = sorted(cases, key=lambda case: case.number)
    scored = [
        (case.number, score(checklist, case.answers.get(checklist.id, {})))
        for case in drawn
        if case.status == REVIEWED
    ]
    return Readings(
        checklist=checklist,
        scores=tuple(
            (number, found) for number, found in scored if found.complete and not found.contradictions
        ),
        missing=sum(case.status in MISSING for case in drawn),
        population=population - sum(case.status == CaseStatus.OUT_OF_SCOPE.value for case in drawn),
    )


def counts_of(results: Iterable[str]) -> Counts:
    """Return the cases by result; an answer without meaning (a scale from 1 to 10) counts nowhere."""
    found = Counter(results)
    return Counts(**{result.value: found[result.value] for result in CaseResult})


def share_of(counts: Counts, *, population: int, limit: int, level: float = 0.95) -> Share | None:
    """Return the share of yes with its exact limits, or None with fewer assessed cases than ``limit``.

    Parameters
    ----------
    counts
        The sample, ``counts.total <= population``.
    population
        Cases that were drawn from, N.
    limit
        The small-number limit: the fewest assessed cases of which a share is shown.
    level
        Of the interval, between 0 and 1.

    Notes
    -----
    Not applicable is a domain: n_a = n - NA of N_a = N - NA, the largest number of cases it can apply to, so
    that the limits are never too narrow. Cases that could not be assessed leave the denominator; ``worst``
    and ``best`` show what they could change. The limits are ``sampling.estimate.hypergeometric_interval``.
    """
    assessed, unknown = counts.assessed, counts.cannot_assess
    if assessed < max(limit, 1):
        return None
    applies_to = population - counts.not_applicable
    interval = hypergeometric_interval(counts.yes, assessed, applies_to, level)
    return Share(
        hits=counts.yes,
        assessed=assessed,
        population=applies_to,
        share=counts.yes / assessed,
        lower=interval.lower,
        upper=interval.upper,
        count_lower=interval.count_lower,
        count_upper=interval.count_upper,
        worst=counts.yes / (assessed + unknown),
        best=(counts.yes + unknown) / (assessed + unknown),
        census=assessed == applies_to,
    )


def mean_percent(percents: Iterable[Fraction | None]) -> float | None:
    """Return the mean of exact percentages, unrounded; None where there is none."""
    known = [percent for percent in percents if percent is not None]
    return float(sum(known, Fraction(0)) / len(known)) if known else None
