"""Time on a case: measured while its page is in use, seen and corrected by its reviewer, summed for a round."""

from datetime import datetime

from lirk.domain.access import Action, require
from lirk.domain.people import Person
from lirk.domain.review_times import Hours, ReviewTime, believed, check_minutes, hours
from lirk.domain.reviewing import ReviewInHand, check_answerable
from lirk.domain.reviews import CaseStatus, Reading
from lirk.domain.rounds import Round, RoundState
from lirk.errors import NotFound
from lirk.storage.store import Store


def my_time(store: Store, actor: Person, review_id: int) -> ReviewTime | None:
    """Return the actor's own time with a review, None where it is not the actor's: nobody else is shown it."""
    review = store.reviewing.find(review_id)
    if review is None or review.reviewer_id != actor.id:
        return None
    return store.review_times.of(review_id, actor.id)


def report(store: Store, actor: Person, review_id: int, seconds: int, *, now: datetime) -> int:
    """Add what a page reports to have been in use; return the seconds that were believed.

    What is not one's own, or is finished, is not measured: somebody who only looks leaves no time.

    Raises
    ------
    NotFound
        If there is no such review, or it is another reviewer's.
    """
    review = store.reviewing.find(review_id)
    require(actor, Action.REVIEW, assigned_to=review.reviewer_id if review else None)
    if review is None:
        raise NotFound
    if not _measured(review, actor):
        return 0
    added = believed(seconds, store.review_times.take(review_id, actor.id), now)
    store.review_times.add(review_id, actor.id, added, at=now)
    return added


def correct(store: Store, actor: Person, review_id: int, text: str) -> None:
    """Keep how many minutes a case took as its reviewer says; an empty text lets the measured time count again.

    Raises
    ------
    ProblemsFound
        If it is no number of minutes.
    NotFound
        If the review is not the actor's own.
    RoundNotIn
        If the round is not under review.
    """
    review = store.reviewing.find(review_id)
    require(actor, Action.REVIEW, assigned_to=review.reviewer_id if review else None)
    if review is None or review.reviewer_id != actor.id:
        raise NotFound
    check_answerable(review)
    seconds = check_minutes(text)
    store.review_times.take(review_id, actor.id)
    store.review_times.correct(review_id, actor.id, seconds)


def hours_of(store: Store, round_: Round) -> Hours:
    """Return the hours of a round against its plan; never of a person, a centre or a case."""
    read = [
        one
        for reading in (Reading.FIRST, Reading.SECOND)
        for one in {
            review.case_pk: review
            for review in store.work.of(round_.id, reading=reading)
            if review.status is not CaseStatus.OUT_OF_SCOPE
        }.values()
    ]
    closed = round_.state is RoundState.CLOSED
    return hours(store.review_times.by_person(round_.id), len(read), closed=closed)


def _measured(review: ReviewInHand, actor: Person) -> bool:
    return review.reviewer_id == actor.id and review.finished_at is None and not review.set_aside
