"""The answers that count where two people read a case, or where one was corrected; every report goes this way."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from checklists.model import Checklist
from lirk.domain.corrections import CorrectedAnswer, with_corrections
from lirk.domain.double_readings import ReadTwice
from lirk.domain.reconciliation import (
    KeptReconciliation,
    Reconciliation,
    agreed_since,
    differences,
    settled_answers,
)
from lirk.domain.reviews import Answer, Reading, Review
from lirk.domain.rounds import Round
from lirk.services.pinned import checklists_of
from lirk.storage.store import Store


@dataclass(frozen=True, slots=True, kw_only=True)
class BothReadings:
    """A case that two people have read to the end with one checklist, and what is made of it.

    ``originals`` are the answers of the two before they saw each other's: those that stand, where neither reading
    was opened again after that.
    """

    facts: Mapping[str, str]
    checklist: Checklist
    first: Review
    second: Review
    found: Reconciliation
    originals: tuple[Mapping[str, Answer], Mapping[str, Answer]]


def both_readings(
    store: Store,
    round_: Round,
    *,
    centre: str | None = None,
    twice: Sequence[ReadTwice] | None = None,
) -> tuple[BothReadings, ...]:
    """Return the cases of a round with two finished readings, in a fixed number of statements.

    By running number, then as the checklists were pinned; only cases that are to be reviewed. Right is the
    caller's to ask.

    Parameters
    ----------
    twice
        What ``store.reconciliations.read_twice`` says of the round, where the caller has asked already.
    """
    wanted = _wanted(store, round_, twice)
    if not wanted:
        return ()
    return tuple(_both(store, round_, store.reviews.of(round_.id, centre=centre), wanted, centre))


def counted_reviews(
    store: Store,
    round_: Round,
    *,
    centre: str | None = None,
    twice: Sequence[ReadTwice] | None = None,
    corrected: Mapping[int, tuple[CorrectedAnswer, ...]] | None = None,
) -> tuple[Review, ...]:
    """Return the first readings of a round, with the answers that count where a case was read twice, or corrected.

    The first reader's own answers count as long as the two are not reconciled; no round is closed like that.
    An answer that was corrected counts over what the readers agreed.

    Parameters
    ----------
    twice
        As ``both_readings`` takes it.
    corrected
        What ``store.corrections.of`` says of the round or the centre, where the caller has asked already; empty
        for the answers as they were before any correction.
    """
    first, wanted = store.reviews.of(round_.id, centre=centre), _wanted(store, round_, twice)
    settled = {
        one.first.id: settled_answers(one.found)
        for one in (_both(store, round_, first, wanted, centre) if wanted else ())
        if one.found.complete
    }
    changed = store.corrections.of(round_.id, centre=centre) if corrected is None else corrected
    return tuple(
        _counting(review, settled.get(review.id, review.answers), changed.get(review.id, ()))
        for review in first
    )


def differ(store: Store, round_: Round) -> tuple[ReadTwice, ...]:
    """Return the cases to review of a round that both have read and that are not reconciled."""
    twice = store.reconciliations.read_twice(round_.id)
    complete = {one.first.id for one in both_readings(store, round_, twice=twice) if one.found.complete}
    return tuple(
        one for one in twice if one.both_finished and one.counts and one.first.review_id not in complete
    )


def differing_numbers(store: Store, round_: Round) -> dict[str, tuple[int, ...]]:
    """Return the cases whose readings are not reconciled, for ``lirk.services.closing.BLOCKERS``."""
    return {"readings-differ": tuple(sorted({one.number for one in differ(store, round_)}))}


def reconciled(
    checklist: Checklist,
    facts: Mapping[str, str],
    first: Review,
    second: Review,
    kept: KeptReconciliation,
) -> Reconciliation:
    """Return what is made of two readings with what was agreed since both were finished."""
    agreed = agreed_since(kept.answers, (first.finished_at, second.finished_at))
    return differences(checklist, facts, first.answers, second.answers, agreed)


def _counting(review: Review, settled: Mapping[str, Answer], changed: Sequence[CorrectedAnswer]) -> Review:
    """Return a review with the answers that count in it; itself where they are its own."""
    answers = with_corrections(settled, changed)
    return review if answers is review.answers else replace(review, answers=answers)


def _wanted(store: Store, round_: Round, twice: Sequence[ReadTwice] | None) -> dict[int, ReadTwice]:
    pairs = store.reconciliations.read_twice(round_.id) if twice is None else twice
    return {one.first.review_id: one for one in pairs if one.both_finished and one.counts}


def _both(
    store: Store,
    round_: Round,
    reviews: Sequence[Review],
    wanted: Mapping[int, ReadTwice],
    centre: str | None,
) -> Iterator[BothReadings]:
    kept, checklists = store.reconciliations.of(round_.id), checklists_of(store, round_)
    originals = store.original_answers.of(round_.id)
    seconds = {one.id: one for one in store.reviews.of(round_.id, reading=Reading.SECOND, centre=centre)}
    facts = {case.id: case.facts for case in store.cases.of(round_.id, centre=centre)}
    for first in reviews:
        if first.id in wanted:
            second, checklist = seconds[wanted[first.id].second.review_id], checklists[first.checklist_id]
            agreed = kept.get((first.case_id, first.checklist_id), KeptReconciliation())
            yield BothReadings(
                checklist=checklist,
                facts=facts[first.case_id],
                first=first,
                second=second,
                found=reconciled(checklist, facts[first.case_id], first, second, agreed),
                originals=(
                    originals.get(first.id, first.answers),
                    originals.get(second.id, second.answers),
                ),
            )
