"""What a reviewer does in the browser: the queue, one question at a time, and finishing a case."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from enum import StrEnum
from itertools import groupby

from checklists.model import Checklist
from lirk.domain.access import Action, require
from lirk.domain.finishing import REOPENINGS, reopened_because
from lirk.domain.handing_over import HANDED, taken_over
from lirk.domain.obstacles import Obstacle, ObstacleReason
from lirk.domain.people import Person
from lirk.domain.reviewing import (
    AlreadyFinished,
    AnswerChangedElsewhere,
    CaseSetAside,
    KeptAnswer,
    Question,
    ReviewInHand,
    Turn,
    Walkthrough,
    check_answerable,
    check_obstacle,
    check_turn,
    is_kept,
    next_turn,
    prepared,
    walkthrough,
)
from lirk.domain.reviews import Answer, CaseStatus
from lirk.domain.rounds import Round
from lirk.domain.trail import TrailEntry
from lirk.domain.walking_on import walked_on
from lirk.errors import NotFound
from lirk.services.blindness import is_other_readers
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

    ``waits_for`` is the running number to begin with before this one can be opened, None where it can;
    ``reopened`` is why the coordinator opened it again, empty where that was not; ``taken_over`` whether it was
    handed over from somebody else.
    """

    review_id: int
    number: int
    centre: str
    checklist: Checklist
    state: RowState
    answered: int
    asked: int
    waits_for: int | None = None
    reopened: str = ""
    taken_over: bool = False

    @property
    def done(self) -> bool:
        """Whether the reviewer has nothing more to do here."""
        return self.state not in {RowState.NOT_BEGUN, RowState.BEGUN}


@dataclass(frozen=True, slots=True, kw_only=True)
class QueueRound:
    """What a reviewer has in hand in one round.

    ``rows`` are those that were asked for; the counts are of all: cases to review, those of them that are
    reviewed or are findings as they stand, and those that wait for the coordinator. ``go_on`` is the review
    to go on with. A round's calibration is one of its own, with its own numbers.
    """

    round: Round
    rows: tuple[QueueRow, ...]
    cases: int
    reviewed: int
    waiting: int
    go_on: QueueRow | None = None
    calibrates: bool = False
    deadline: date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Queue:
    """All that a reviewer has in hand, round by round.

    ``calibrated`` are rounds with a closed calibration that the reviewer took part in.
    """

    show: Show
    rounds: tuple[QueueRound, ...]
    calibrated: tuple[Round, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Opened:
    """A review that a person has opened: everything about it, and what is asked in it."""

    review: ReviewInHand
    walk: Walkthrough


@dataclass(frozen=True, slots=True, kw_only=True)
class OpenedQuestion(Opened):
    """A review that is open at one question.

    ``agreed`` says how the round reads it, empty where nothing does; `with_agreed` looks it up.
    """

    question: Question
    agreed: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Saved(OpenedQuestion):
    """What is stored after saving: the question as it now stands; ``at`` is None where nothing is stored.

    ``question.lacking`` says what the kept answer still needs; ``before`` is what was asked before.
    """

    before: Walkthrough
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
    rounds = (
        tuple(reviews)
        for _, reviews in groupby(mine, key=lambda review: (review.round.id, review.calibrates))
    )
    deadlines = store.round_rules.deadlines()
    return Queue(
        show=show,
        rounds=tuple(_queue_round(store, actor.username, reviews, show, deadlines) for reviews in rounds),
        calibrated=store.calibrations.rounds_of(actor.id),
    )


def open_review(store: Store, actor: Person, review_id: int) -> Opened:
    """Return a review with what is asked in it; also one that is finished or set aside.

    Raises
    ------
    NotFound
        If there is no such review, or it is another reviewer's, or that of the one who reads the same case.
    RoundNotIn
        If its round is not being reviewed.
    NotYetOpen
        If an earlier case must be begun first.
    """
    review = store.reviewing.find(review_id)
    require(actor, Action.REVIEW, assigned_to=review.reviewer_id if review else None)
    if review is None or (review.calibrates and review.reviewer_id != actor.id):
        raise NotFound
    if review.reviewer_id != actor.id and is_other_readers(store, actor, review_id):
        raise NotFound
    check_answerable(review)
    turn = review.turn
    if not turn.begun and not turn.done:
        check_turn(turns_beside(store, review), review.number)
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
    return with_agreed(store, _at_question(store, actor, review_id, question_id))


def with_agreed(store: Store, opened: OpenedQuestion) -> OpenedQuestion:
    """Return a review that is open at a question with how its round reads it."""
    round_id, checklist_id = opened.review.round.id, opened.review.checklist.checklist_id
    return replace(opened, agreed=store.calibrations.agreed_text(round_id, checklist_id, opened.question.id))


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
    opened = _at_question(store, actor, review_id, question_id)
    check_takes_answers(opened.review)
    answer, kept = prepared(opened.question, answer), opened.question.kept
    if is_kept(opened.question, answer):
        return _saved(opened, kept)
    stored = store.reviewing.keep_answer(review_id, answer, expected=version, key=key, at=now, by=actor.id)
    if stored is None:
        raise AnswerChangedElsewhere(kept)
    if answer.in_doubt and not opened.question.in_doubt:
        # Who is in doubt anew has more to say, whatever was settled before.
        store.doubts.reopen(review_id, question_id)
    note_in_trail(store, actor, "answer-given", opened.review, now, item=question_id, version=stored)
    settled = bool(kept and kept.settled and opened.question.in_doubt)
    written = KeptAnswer(answer=answer, version=stored, at=now, by=actor.name, key=key, settled=settled)
    return _saved(opened, written)


def open_reportable(store: Store, actor: Person, review_id: int) -> Opened:
    """Return a review of which something can be reported to the coordinator.

    Raises
    ------
    NotFound
        If it is of a calibration, whose cases are in no sample; or as `open_review`.
    RoundNotIn, NotYetOpen
        As `open_review`.
    """
    opened = open_review(store, actor, review_id)
    if opened.review.calibrates:
        raise NotFound
    return opened


def report_obstacle(
    store: Store, actor: Person, review_id: int, reason: str, note: str, *, now: datetime
) -> int | None:
    """Report that a case cannot be reviewed, whatever the checklist; return the review to go on with.

    A second report takes the place of the first. It is about the actor's own reading: another who reads the
    same case goes on, and is told nothing.

    Raises
    ------
    ProblemsFound
        If the reason is none, or its note is missing or cannot be kept.
    AlreadyFinished
        If any review of the same reading of the case is finished.
    CaseSetAside
        If the coordinator has decided already.
    NotFound, RoundNotIn, NotYetOpen
        As `open_review`.
    """
    review = open_reportable(store, actor, review_id).review
    if review.ended or review.case.status is not CaseStatus.TO_REVIEW:
        raise CaseSetAside(number=str(review.number))
    if store.reviewing.finished_beside(review.case.id, review.reading):
        raise AlreadyFinished(number=str(review.number))
    why = check_obstacle(reason, note)
    store.obstacles.report(
        Obstacle(
            case_id=review.case.id,
            reading=review.reading,
            reason=why,
            note=note.strip(),
            reported_at=now,
            reported_by=actor.id,
        )
    )
    note_in_trail(store, actor, "obstacle-reported", review, now, reason=why.value)
    return next_review(store, review)


def take_back_obstacle(store: Store, actor: Person, review_id: int, *, now: datetime) -> None:
    """Take back a report that the coordinator has not decided on: the case can be reviewed after all.

    Raises
    ------
    NotFound
        If nothing of the kind is reported, or as `open_review`.
    RoundNotIn
        As `open_review`.
    """
    review = open_reportable(store, actor, review_id).review
    store.obstacles.take_back(review.case.id, reading=review.reading)
    note_in_trail(store, actor, "obstacle-taken-back", review, now)


def turns_beside(store: Store, review: ReviewInHand) -> tuple[Turn, ...]:
    """Return the reviewer's reviews among which one has its turn: those of the round, or of the calibration."""
    return store.reviewing.turns(review.round.id, review.reviewer_id, calibration=review.calibrates)


def _walk(review: ReviewInHand) -> Walkthrough:
    return walkthrough(asked_of(review.checklist).checklist, review.case.facts, review.answers)


def check_takes_answers(review: ReviewInHand) -> None:
    """Refuse a review that takes no answers now.

    Raises
    ------
    AlreadyFinished, CaseSetAside
        See each.
    """
    if review.finished_at is not None:
        raise AlreadyFinished(number=str(review.number))
    if review.set_aside:
        raise CaseSetAside(number=str(review.number))


def _at_question(store: Store, actor: Person, review_id: int, question_id: str) -> OpenedQuestion:
    opened = open_review(store, actor, review_id)
    question = opened.walk.question(question_id)
    return OpenedQuestion(review=opened.review, walk=opened.walk, question=question)


def _saved(opened: OpenedQuestion, kept: KeptAnswer | None) -> Saved:
    """Return the review as it stands with an answer that is stored now."""
    review, before = opened.review, opened.walk
    walk = walked_on(before, review.case.facts, review.answers, kept) if kept else before
    question = walk.question(opened.question.id)
    return Saved(
        review=review,
        walk=walk,
        before=before,
        question=question,
        at=kept.at if kept else None,
    )


def note_in_trail(
    store: Store, actor: Person, action: str, review: ReviewInHand, now: datetime, **about: object
) -> None:
    """Note in the trail what was done in a review, of a calibration under a code of its own."""
    store.trail.add(
        f"calibration-{action}" if review.calibrates else action,
        actor_id=actor.id,
        at=now,
        round=review.round.key,
        number=review.number,
        checklist=review.checklist.checklist_id,
        **about,
    )


def next_review(store: Store, review: ReviewInHand) -> int | None:
    """Return the id of the review to go on with after one, or None where nothing is left to do."""
    found = next_turn(turns_beside(store, review), review.id)
    return found.review_id if found else None


def _queue_round(
    store: Store,
    username: str,
    reviews: tuple[ReviewInHand, ...],
    show: Show,
    deadlines: Mapping[int, date],
) -> QueueRound:
    entries = store.trail.named(reviews[0].round.id, *REOPENINGS, *HANDED)
    rows = _rows(reviews, entries)
    taken = taken_over(entries)
    rows = tuple(
        replace(row, taken_over=not row.done and taken.get((review.number, review.reading)) == username)
        for row, review in zip(rows, reviews, strict=True)
    )
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
        calibrates=reviews[0].calibrates,
        deadline=None if reviews[0].calibrates else deadlines.get(reviews[0].round.id),
    )


def _rows(reviews: Iterable[ReviewInHand], reopenings: Sequence[TrailEntry]) -> tuple[QueueRow, ...]:
    """Return the rows of a round in order; a case that is not begun holds back those of greater number."""
    rows, first = [], None
    for review in reviews:
        turn = review.turn
        fresh = not turn.begun and not turn.done
        if fresh and first is None:
            first = review.number
        waits_for = first if fresh and first is not None and first < review.number else None
        row = _row(review, turn, waits_for)
        rows.append(replace(row, reopened=reopened_because(reopenings, review)))
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
    if review.ended:
        missing = review.obstacle is not None and review.obstacle.reason is ObstacleReason.NOT_FOUND
        return RowState.NOT_FOUND if missing else RowState.NO_ACCESS
    if review.finished_at is not None:
        return RowState.FINISHED
    return RowState.BEGUN if turn.begun else RowState.NOT_BEGUN
