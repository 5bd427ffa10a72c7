"""Talking over answers that are in doubt: the reviewer with the coordinator or the legal department."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from checklists.model import Checklist
from lirk.domain.access import Action, may, require
from lirk.domain.doubts import (
    Doubt,
    DoubtState,
    asked_in,
    check_message,
    check_open,
    check_reopenable,
    in_order,
)
from lirk.domain.people import Person
from lirk.domain.reviewing import ReviewInHand
from lirk.domain.rounds import Round, RoundState, check_step
from lirk.domain.todo import Todo
from lirk.errors import NotFound
from lirk.services.blindness import hidden_reviews, may_see_reading
from lirk.services.pinned import checklists_of
from lirk.storage.store import Store


@dataclass(frozen=True, slots=True, kw_only=True)
class DoubtIn:
    """A doubt with the round and the checklist that it is in."""

    doubt: Doubt
    round: Round
    checklist: Checklist


@dataclass(frozen=True, slots=True, kw_only=True)
class DoubtsList:
    """The doubts of a round, or of all rounds under review; ``names``: the reviewers are named."""

    round: Round | None
    doubts: tuple[DoubtIn, ...]
    names: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class DoubtPage(DoubtIn):
    """One doubt as a person who has a part in it sees it.

    ``mine``: the person is its reviewer; ``names``: the reviewer is named; ``takes``: the round is still under
    review, so that more can be said; ``agreed`` says how the round reads the item, empty where nothing does.
    """

    agreed: str
    mine: bool
    names: bool
    takes: bool


def doubts_list(store: Store, actor: Person, key: str) -> DoubtsList:
    """Return the doubts of a round: open ones first, by running number.

    Raises
    ------
    RoundUnknown
        If there is no such round.
    """
    require(actor, Action.ANSWER_DOUBTS)
    round_ = store.rounds.by_key(key)
    hidden = hidden_reviews(store, actor, round_.id)
    seen = in_order(
        one for one in _placed(store, store.doubts.of_round(round_.id)) if one.review_id not in hidden
    )
    return DoubtsList(round=round_, doubts=_in_rounds(store, seen), names=_sees_names(actor))


def open_doubts(store: Store, actor: Person) -> DoubtsList:
    """Return what is open in all rounds under review, by round and running number."""
    require(actor, Action.ANSWER_DOUBTS)
    found = _in_rounds(store, _open(_placed(store, store.doubts.open_ones())))
    hidden = {
        review_id
        for round_id in {one.round.id for one in found}
        for review_id in hidden_reviews(store, actor, round_id)
    }
    seen = tuple(one for one in found if one.doubt.review_id not in hidden)
    return DoubtsList(round=None, doubts=seen, names=_sees_names(actor))


def my_doubts(store: Store, actor: Person) -> tuple[DoubtIn, ...]:
    """Return the open doubts in a reviewer's own reviews, by round and running number.

    Raises
    ------
    NotAllowed
        If the person reviews nothing.
    """
    require(actor, Action.REVIEW, assigned_to=actor.id)
    return _in_rounds(store, _open(_placed(store, store.doubts.of_reviewer(actor.id))))


def doubt_page(store: Store, actor: Person, review_id: int, item_id: str) -> DoubtPage:
    """Return one doubt, settled or not, with the answer that it is about.

    Raises
    ------
    NotFound
        If the answer never was in doubt, or the person has no part in it.
    """
    doubt = _doubt(store, actor, review_id, item_id)
    round_ = store.rounds.by_key(doubt.round_key)
    return DoubtPage(
        doubt=doubt,
        round=round_,
        checklist=checklists_of(store, round_)[doubt.checklist_id],
        agreed=store.calibrations.agreed_text(round_.id, doubt.checklist_id, item_id),
        mine=doubt.reviewer_id == actor.id,
        names=_sees_names(actor),
        takes=round_.state is RoundState.REVIEWING,
    )


def doubt_at(store: Store, review: ReviewInHand, item_id: str) -> Doubt | None:
    """Return what was said of one answer of a review that a person has opened, or None.

    An answer without a mark of doubt costs no statement.
    """
    kept = review.answers.get(item_id)
    if kept is None or not kept.answer.in_doubt or review.calibrates:
        return None
    return store.doubts.find(review.id, item_id)


def write(store: Store, actor: Person, review_id: int, item_id: str, text: str, *, now: datetime) -> Doubt:
    """Keep what a person says of a doubt, and return the doubt as it was before.

    Raises
    ------
    ProblemsFound
        If the text cannot be kept.
    lirk.domain.doubts.DoubtSettled, lirk.domain.doubts.DoubtNotAsked
        See each.
    NotFound, RoundNotIn
        As `doubt_page`; and where the round is not under review.
    """
    doubt = _changeable(store, actor, review_id, item_id)
    check_open(doubt)
    said, mine = check_message(text), doubt.reviewer_id == actor.id
    store.doubts.add_message(review_id, item_id, said, from_reviewer=mine, at=now, by=actor.id)
    _note(store, actor, "doubt-discussed", doubt, now)
    return doubt


def settle(store: Store, actor: Person, review_id: int, item_id: str, *, now: datetime) -> Doubt:
    """Say that a doubt is settled; either side may, and a reviewer also by taking the mark away.

    Raises
    ------
    lirk.domain.doubts.DoubtSettled, lirk.domain.doubts.DoubtNotAsked
        See each.
    NotFound, RoundNotIn
        As `write`.
    """
    doubt = _changeable(store, actor, review_id, item_id)
    check_open(doubt)
    store.doubts.settle(review_id, item_id, at=now, by=actor.id)
    _note(store, actor, "doubt-settled", doubt, now)
    return doubt


def reopen(store: Store, actor: Person, review_id: int, item_id: str, *, now: datetime) -> Doubt:
    """Open a settled doubt again, since there is more to say.

    Raises
    ------
    lirk.domain.doubts.DoubtOpen, lirk.domain.doubts.DoubtTakenBack, lirk.domain.doubts.DoubtNotAsked
        See each.
    NotFound, RoundNotIn
        As `write`.
    """
    doubt = _changeable(store, actor, review_id, item_id)
    check_reopenable(doubt)
    store.doubts.reopen(review_id, item_id)
    _note(store, actor, "doubt-reopened", doubt, now)
    return doubt


def doubts_block(store: Store, round_: Round) -> dict[str, tuple[int, ...]]:
    """Return the running numbers of the cases with doubts that keep a round from being closed."""
    open_ = _open(_placed(store, store.doubts.open_in(round_.id)))
    return {"doubts-open": tuple(sorted({one.number for one in open_}))}


def doubts_waiting(store: Store, actor: Person, round_: Round) -> tuple[Todo, ...]:
    """Return how many doubts wait for a word from the coordinator or the legal department."""
    hidden = hidden_reviews(store, actor, round_.id)
    count = sum(
        one.state is DoubtState.WAITS_FOR_COORDINATOR and one.review_id not in hidden
        for one in _placed(store, store.doubts.of_round(round_.id))
    )
    return (Todo(code="doubts", count=count, path="/doubts"),) if count else ()


def _placed(store: Store, doubts: Sequence[Doubt]) -> tuple[Doubt, ...]:
    """Return doubts with whether their items are still asked; costs nothing where none is open."""
    open_ = _open(doubts)
    if not open_:
        return tuple(doubts)
    around = store.doubts.around({one.review_id for one in open_})
    checklists = {
        key: checklists_of(store, store.rounds.by_key(key)) for key in {one.round_key for one in open_}
    }
    asked = {
        one.review_id: asked_in(checklists[one.round_key][one.checklist_id], *around[one.review_id])
        for one in open_
    }
    return tuple(
        replace(one, asked=one.item_id in asked[one.review_id]) if one.review_id in asked else one
        for one in doubts
    )


def _open(doubts: Iterable[Doubt]) -> tuple[Doubt, ...]:
    return tuple(one for one in doubts if one.is_open)


def _doubt(store: Store, actor: Person, review_id: int, item_id: str) -> Doubt:
    found = store.doubts.find(review_id, item_id)
    require(actor, Action.DISCUSS_DOUBT, assigned_to=found.reviewer_id if found else None)
    if found is None or not may_see_reading(store, actor, review_id):
        raise NotFound
    return _placed(store, [found])[0]


def _changeable(store: Store, actor: Person, review_id: int, item_id: str) -> Doubt:
    doubt = _doubt(store, actor, review_id, item_id)
    check_step(store.rounds.by_key(doubt.round_key), "answer")
    return doubt


def _sees_names(actor: Person) -> bool:
    """Return whether a person is told who reviews what: the legal department has no need of it."""
    return may(actor, Action.SEE_ROUND)


def _in_rounds(store: Store, doubts: Iterable[Doubt]) -> tuple[DoubtIn, ...]:
    known: dict[str, tuple[Round, dict[str, Checklist]]] = {}
    found = []
    for one in doubts:
        if one.round_key not in known:
            round_ = store.rounds.by_key(one.round_key)
            known[one.round_key] = round_, checklists_of(store, round_)
        round_, checklists = known[one.round_key]
        found.append(DoubtIn(doubt=one, round=round_, checklist=checklists[one.checklist_id]))
    return tuple(found)


def _note(store: Store, actor: Person, action: str, doubt: Doubt, now: datetime) -> None:
    store.trail.add(
        action,
        actor_id=actor.id,
        at=now,
        round=doubt.round_key,
        number=doubt.number,
        checklist=doubt.checklist_id,
        item=doubt.item_id,
    )
