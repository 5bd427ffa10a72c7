"""What a reviewer does in the browser: the queue, one question at a time, and finishing a case."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import datetime
from enum import StrEnum
from itertools import groupby

from checklists.model import Checklist
from lirk.domain.access import Action, require
from lirk.domain.obstacles import Obstacle
from lirk.domain.people import Person
from lirk.domain.reviewing import (
    AlreadyFinished,
    AnswerChangedElsewhere,
    CaseSetAside,
    KeptAnswer,
    Question,
    ReviewContradictory,
    ReviewIncomplete,
    ReviewInHand,
    Turn,
    Walkthrough,
    check_keepable,
    check_obstacle,
    check_turn,
    next_turn,
    walkthrough,
)
from lirk.domain.reviews import Answer, CaseStatus
from lirk.domain.rounds import Round, check_step
from lirk.errors import NotFound
from lirk.services.pinned import asked_of
from lirk.storage.store import Store


class Show(StrEnum):
    """Which reviews the queue lists."""

    MISSING = "missing"
    DONE = "done"
    ALL = "all"


class RowState(StrEnum):
    """How far a review in the queue is, or why its case is not reviewed."""

    NOT_BEGUN = "not-begun"
    BEGUN = "begun"
    FINISHED = "finished"
    REPORTED = "reported"
    NOT_FOUND = "not-found"
    NO_ACCESS = "no-access"
    OUT_OF_SCOPE = "out-of-scope"


@dataclass(frozen=True, slots=True, kw_only=True)
class QueueRow:
    """One review of the queue; ``answered`` of ``asked`` questions need no more.

    ``waits_for`` is the running number to begin with before this one can be opened, None where it can.
    """

    review_id: int
    number: int
    centre: str
    checklist: Checklist
    state: RowState
    answered: int
    asked: int
    waits_for: int | None = None

    @property
    def done(self) -> bool:
        """Whether the reviewer has nothing more to do here."""
        return self.state not in {RowState.NOT_BEGUN, RowState.BEGUN}


@dataclass(frozen=True, slots=True, kw_only=True)
class QueueRound:
    """What a reviewer has in hand in one round.

    ``rows`` are those that were asked for; the counts are of all: cases to review, those of them that are
    reviewed or are findings as they stand, and those that wait for the coordinator. ``go_on`` is the review
    to go on with.
    """

    round: Round
    rows: tuple[QueueRow, ...]
    cases: int
    reviewed: int
    waiting: int
    go_on: QueueRow | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Queue:
    """All that a reviewer has in hand, round by round."""

    show: Show
    rounds: tuple[QueueRound, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Opened:
    """A review that a person has opened: everything about it, and what is asked in it."""

    review: ReviewInHand
    walk: Walkthrough


@dataclass(frozen=True, slots=True, kw_only=True)
class OpenedQuestion(Opened):
    """A review that is open at one question."""

    question: Question


@dataclass(frozen=True, slots=True, kw_only=True)
class Saved(OpenedQuestion):
    """What is stored after saving: the question as it now stands; ``at`` is None where nothing is stored.

    ``question.lacking`` says what the kept answer still needs.
    """

    at: datetime | None


def queue(store: Store, actor: Person, *, show: Show = Show.MISSING) -> Queue:
    """Return what a reviewer has in hand in the rounds that are being reviewed, by running number.

    Raises
    ------
    NotAllowed
        If the person reviews nothing.
    """
    require(actor, Action.REVIEW, assigned_to=actor.id)
    mine = store.reviewing.of_person(actor.id)
    rounds = (tuple(reviews) for _, reviews in groupby(mine, key=lambda review: review.round.id))
    return Queue(show=show, rounds=tuple(_queue_round(reviews, show) for reviews in rounds))


def open_review(store: Store, actor: Person, review_id: int) -> Opened:
    """Return a review with what is asked in it; also one that is finished or set aside.

    Raises
    ------
    NotFound
        If there is no such review, or it is another reviewer's.
    RoundNotIn
        If its round is not being reviewed.
    NotYetOpen
        If an earlier case must be begun first.
    """
    review = store.reviewing.find(review_id)
    require(actor, Action.REVIEW, assigned_to=review.reviewer_id if review else None)
    if review is None:
        raise NotFound
    check_step(review.round, "answer")
    turn = review.turn
    if not turn.begun and not turn.done:
        check_turn(store.reviewing.turns(review.round.id, review.reviewer_id), review.number)
    return Opened(review=review, walk=_walk(review))


def item_page(store: Store, actor: Person, review_id: int, question_id: str) -> OpenedQuestion:
    """Return a review, open at one fact or item.

    Raises
    ------
    QuestionNotAsked
        If it is not asked in this case.
    NotFound, RoundNotIn, NotYetOpen
        As `open_review`.
    """
    opened = open_review(store, actor, review_id)
    question = opened.walk.question(question_id)
    return OpenedQuestion(review=opened.review, walk=opened.walk, question=question)


def save_answer(
    store: Store,
    actor: Person,
    review_id: int,
    question_id: str,
    answer: Answer,
    *,
    version: int,
    key: str | None = None,
    now: datetime,
) -> Saved:
    """Keep the answer to one question, also where its note is missing yet.

    The same again changes nothing, whatever the version; nor does the same key.

    Parameters
    ----------
    version
        The version of the answer that the page was made from, 0 where none was stored.
    key
        Names this attempt, so that sending it twice keeps it once.

    Raises
    ------
    ProblemsFound
        With all that keeps it from being kept; nothing is.
    AnswerChangedElsewhere
        If another version is stored.
    AlreadyFinished, CaseSetAside
        If the review takes no answers now.
    QuestionNotAsked, NotFound, RoundNotIn, NotYetOpen
        As `item_page`.
    """
    opened = item_page(store, actor, review_id, question_id)
    _check_open(opened.review)
    answer = replace(answer, note=answer.note.strip(), journal_reference=answer.journal_reference.strip())
    check_keepable(opened.question.asked, answer)
    kept = opened.question.kept
    if opened.question.answer == answer or (kept and key and kept.key == key):
        return _saved(opened, kept)
    stored = store.reviewing.keep_answer(review_id, answer, expected=version, key=key, at=now, by=actor.id)
    if stored is None:
        raise AnswerChangedElsewhere(kept)
    _note(store, actor, "answer-given", opened.review, now, item=question_id, version=stored)
    return _saved(opened, KeptAnswer(answer=answer, version=stored, at=now, by=actor.name, key=key))


def finish(store: Store, actor: Person, review_id: int, *, now: datetime) -> int | None:
    """Finish a review that is complete; return the id of the review to go on with, or None.

    Raises
    ------
    ReviewIncomplete
        If an answer, or a note that an answer takes, is missing.
    ReviewContradictory
        If answers contradict each other.
    AlreadyFinished, CaseSetAside, NotFound, RoundNotIn, NotYetOpen
        As `save_answer`.
    """
    opened = open_review(store, actor, review_id)
    _check_open(opened.review)
    missing = len(opened.walk.open_questions)
    if missing:
        raise ReviewIncomplete(count=missing)
    if opened.walk.contradictions:
        raise ReviewContradictory(count=len(opened.walk.contradictions))
    store.reviews.finish(review_id, now)
    _note(store, actor, "review-finished", opened.review, now)
    return _next_review(store, opened.review)


def report_obstacle(
    store: Store, actor: Person, review_id: int, reason: str, note: str, *, now: datetime
) -> int | None:
    """Report that a case cannot be reviewed, whatever the checklist; return the review to go on with.

    A second report takes the place of the first.

    Raises
    ------
    ProblemsFound
        If the reason is none, or its note is missing or cannot be kept.
    AlreadyFinished
        If any of the case's reviews is finished.
    CaseSetAside
        If the coordinator has decided already.
    NotFound, RoundNotIn, NotYetOpen
        As `open_review`.
    """
    review = open_review(store, actor, review_id).review
    if review.case.status is not CaseStatus.TO_REVIEW:
        raise CaseSetAside(number=str(review.number))
    if store.reviewing.finished_beside(review.case.id):
        raise AlreadyFinished(number=str(review.number))
    why = check_obstacle(reason, note)
    store.obstacles.report(
        Obstacle(case_id=review.case.id, reason=why, note=note.strip(), reported_at=now, reported_by=actor.id)
    )
    _note(store, actor, "obstacle-reported", review, now, reason=why.value)
    return _next_review(store, review)


def take_back_obstacle(store: Store, actor: Person, review_id: int, *, now: datetime) -> None:
    """Take back a report that the coordinator has not decided on: the case can be reviewed after all.

    Raises
    ------
    NotFound
        If nothing of the kind is reported, or as `open_review`.
    RoundNotIn
        As `open_review`.
    """
    review = open_review(store, actor, review_id).review
    store.obstacles.take_back(review.case.id)
    _note(store, actor, "obstacle-taken-back", review, now)


def _walk(review: ReviewInHand) -> Walkthrough:
    return walkthrough(asked_of(review.checklist).checklist, review.case.facts, review.answers)


def _check_open(review: ReviewInHand) -> None:
    if review.finished_at is not None:
        raise AlreadyFinished(number=str(review.number))
    if review.set_aside:
        raise CaseSetAside(number=str(review.number))


def _saved(opened: OpenedQuestion, kept: KeptAnswer | None) -> Saved:
    """Return the review as it stands with an answer that is stored now."""
    answers = dict(opened.review.answers)
    if kept is not None:
        answers[opened.question.id] = kept
    walk = walkthrough(opened.walk.checklist, opened.review.case.facts, answers)
    return Saved(
        review=opened.review,
        walk=walk,
        question=walk.question(opened.question.id),
        at=kept.at if kept else None,
    )


def _note(
    store: Store, actor: Person, action: str, review: ReviewInHand, now: datetime, **about: object
) -> None:
    store.trail.add(
        action,
        actor_id=actor.id,
        at=now,
        round=review.round.key,
        number=review.number,
        checklist=review.checklist.checklist_id,
        **about,
    )


def _next_review(store: Store, review: ReviewInHand) -> int | None:
    found = next_turn(store.reviewing.turns(review.round.id, review.reviewer_id), review.id)
    return found.review_id if found else None


def _queue_round(reviews: tuple[ReviewInHand, ...], show: Show) -> QueueRound:
    rows = _rows(reviews)
    by_case: dict[int, list[QueueRow]] = {}
    for row in rows:
        by_case.setdefault(row.number, []).append(row)
    cases = [of_case for of_case in by_case.values() if of_case[0].state is not RowState.OUT_OF_SCOPE]
    waiting = [of_case for of_case in cases if of_case[0].state is RowState.REPORTED]
    open_rows = [row for row in rows if not row.done]
    return QueueRound(
        round=reviews[0].round,
        rows=tuple(row for row in rows if show is Show.ALL or row.done == (show is Show.DONE)),
        cases=len(cases),
        reviewed=sum(all(row.done for row in of_case) for of_case in cases) - len(waiting),
        waiting=len(waiting),
        go_on=open_rows[0] if open_rows else None,
    )


def _rows(reviews: Iterable[ReviewInHand]) -> tuple[QueueRow, ...]:
    """Return the rows of a round in order; a case that is not begun holds back those of greater number."""
    rows, first = [], None
    for review in reviews:
        turn = review.turn
        fresh = not turn.begun and not turn.done
        if fresh and first is None:
            first = review.number
        waits_for = first if fresh and first is not None and first < review.number else None
        rows.append(_row(review, turn, waits_for))
    return tuple(rows)


def _row(review: ReviewInHand, turn: Turn, waits_for: int | None) -> QueueRow:
    walk = _walk(review)
    return QueueRow(
        review_id=review.id,
        number=review.number,
        centre=review.case.centre,
        checklist=walk.checklist,
        state=_state(review, turn),
        answered=walk.answered,
        asked=len(walk.questions),
        waits_for=waits_for,
    )


def _state(review: ReviewInHand, turn: Turn) -> RowState:
    if review.case.status is not CaseStatus.TO_REVIEW:
        return RowState(review.case.status.value)
    if review.reported:
        return RowState.REPORTED
    if review.finished_at is not None:
        return RowState.FINISHED
    return RowState.BEGUN if turn.begun else RowState.NOT_BEGUN
