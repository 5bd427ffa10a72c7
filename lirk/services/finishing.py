"""Finishing a review: what is left, the reviewer's own judgement, what must be acted on now, and the next case."""

from dataclasses import dataclass
from datetime import datetime

from checklists.model import Verdict
from lirk.domain.finishing import (
    REOPENINGS,
    check_finishing,
    check_seen,
    computed_verdict,
    judgements,
    reopened_because,
)
from lirk.domain.people import Person
from lirk.domain.reviewing import ReviewContradictory, ReviewIncomplete, ReviewInHand
from lirk.domain.urgent_cases import UrgentCase, check_urgent
from lirk.services.reviewing import (
    Opened,
    check_takes_answers,
    next_review,
    note_in_trail,
    open_review,
)
from lirk.services.urgent_cases import keep_urgent, said_by
from lirk.storage.store import Store


@dataclass(frozen=True, slots=True, kw_only=True)
class Summary(Opened):
    """A review as a whole.

    Attributes
    ----------
    judgements
        The verdicts that the reviewer may give.
    result
        The verdict by the checklist's rules, only where the round shows it and nothing is missing.
    reopened
        Why it was opened again, empty where it was not.
    urgent
        What this person said of acting on the case now; None also where it cannot be said.
    """

    judgements: tuple[Verdict, ...]
    result: str | None
    reopened: str
    urgent: UrgentCase | None


def summary(store: Store, actor: Person, review_id: int) -> Summary:
    """Return a review as a whole; also one that is finished or set aside.

    Raises
    ------
    NotFound, RoundNotIn, NotYetOpen
        As ``lirk.services.reviewing.open_review``.
    """
    opened = open_review(store, actor, review_id)
    review, walk = opened.review, opened.walk
    shows = walk.complete and store.round_rules.of(review.round.id).shows_result
    return Summary(
        review=review,
        walk=walk,
        judgements=judgements(walk),
        result=computed_verdict(walk) if shows else None,
        reopened=why_reopened(store, review),
        urgent=said_by(store, actor, review_id),
    )


def finish(
    store: Store,
    actor: Person,
    review_id: int,
    *,
    judgement: str | None,
    urgent: str | None = None,
    seen: str | None = None,
    now: datetime,
) -> int | None:
    """Finish a review that is complete; return the id of the review to go on with, or None.

    Parameters
    ----------
    judgement
        Id of the verdict that the reviewer gives the case as a whole; None only where none is offered.
    urgent
        Why the case must be acted on now; None where it need not. A review of a calibration takes none.
    seen
        The mark of the answers that the summary showed (`lirk.domain.finishing.answers_mark`); None where none
        was shown.

    Raises
    ------
    ReviewIncomplete
        If an answer, or a note that an answer takes, is missing.
    ReviewContradictory
        If answers contradict each other.
    AnswersChangedSince
        If the summary that was shown had other answers; nothing is kept then.
    ProblemsFound
        If the judgement or the reason is missing or cannot be kept; nothing is kept then.
    UrgentReasonChanged
        If another window has said meanwhile why the case must be acted on.
    AlreadyFinished, CaseSetAside, NotFound, RoundNotIn, NotYetOpen
        As ``lirk.services.reviewing.save_answer``.
    """
    opened = open_review(store, actor, review_id)
    review, walk = opened.review, opened.walk
    check_takes_answers(review)
    missing = len(walk.open_questions)
    if missing:
        raise ReviewIncomplete(count=missing)
    if walk.contradictions:
        raise ReviewContradictory(count=len(walk.contradictions))
    check_seen(walk, seen)
    said = None if review.calibrates else urgent
    check_finishing(walk, judgement, said)
    if said is not None:
        keep_urgent(store, actor, review, check_urgent(said), now=now)
    store.reviews.finish(review_id, now, judgement=judgement or None)
    note_in_trail(store, actor, "review-finished", review, now)
    return next_review(store, review)


def why_reopened(store: Store, review: ReviewInHand) -> str:
    """Return why a review was opened again, empty where it is finished or never was."""
    return reopened_because(store.trail.named(review.round.id, *REOPENINGS), review)
