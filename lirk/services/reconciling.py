"""Two readings of a case are made one: what the readers agree where they differ, or what a third decides."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from checklists.model import Checklist
from lirk.domain.access import Action, may, require
from lirk.domain.double_readings import ReadTwice
from lirk.domain.people import Person
from lirk.domain.reconciliation import (
    AgreedAnswer,
    AgreedElsewhere,
    KeptReconciliation,
    MayNotDecide,
    NothingToAgree,
    Reconciliation,
    check_agreed,
    counted_answers,
)
from lirk.domain.reviewing import ReviewInHand
from lirk.domain.reviews import Answer, Reading, Review
from lirk.domain.rounds import Round, RoundState, check_step
from lirk.domain.settling import check_reopening
from lirk.domain.todo import Todo
from lirk.errors import NotFound
from lirk.services.limits import able_to_decide
from lirk.services.pinned import asked_of
from lirk.services.read_twice import both_readings, differ, reconciled
from lirk.storage.store import Store


class Seat(StrEnum):
    """What a person is at a case that two have read: one of the two, or who was asked to decide."""

    A = "A"
    B = "B"
    DECIDER = "decider"


@dataclass(frozen=True, slots=True, kw_only=True)
class ReconciliationPage:
    """A case that both have read, in front of one who takes part in agreeing on it.

    Attributes
    ----------
    review_id
        The id of the first reading; it names the page.
    kept
        What was agreed, also before a reading was opened again; ``found`` knows what of it counts.
    takers
        Who may be asked to decide, by the alphabet; none where nobody can be asked now.
    seat
        What the person is here; None is the coordinator, who is neither of the two and not asked.
    agreed_readings
        How the round's reviewers agreed to read items in the calibration, by item id.
    before
        What each of the two answered before they saw each other's, by item id; None where their answers stand.
    can_agree, can_reopen
        Whether the person may do that now.
    """

    review_id: int
    review: ReviewInHand
    checklist: Checklist
    found: Reconciliation
    kept: KeptReconciliation
    takers: tuple[Person, ...]
    seat: Seat | None
    agreed_readings: Mapping[str, str]
    before: tuple[Mapping[str, Answer] | None, Mapping[str, Answer] | None]
    can_agree: bool
    can_reopen: bool

    @property
    def round(self) -> Round:
        """The round of the case."""
        return self.review.round

    @property
    def decider(self) -> Person | None:
        """Who was asked to decide, where that person still can be."""
        return next((one for one in self.takers if one.id == self.kept.decider_id), None)


@dataclass(frozen=True, slots=True, kw_only=True)
class ToReconcile:
    """A case that waits for a person to agree on it; ``open`` items have no agreed answer yet."""

    review_id: int
    round: Round
    number: int
    checklist: Checklist
    open: int


@dataclass(frozen=True, slots=True, kw_only=True)
class DoubleRow:
    """A case with two readings as the coordinator follows it.

    ``review_id`` names its page; None where it has none for this person. ``open`` is None before both are
    finished: how far the two agree is not told until then.
    """

    number: int
    checklist: Checklist
    set_aside: bool
    finished: int
    open: int | None
    complete: bool
    third_asked: bool
    review_id: int | None


@dataclass(frozen=True, slots=True, kw_only=True)
class DoublePage:
    """The cases of a round with two readings, by running number."""

    round: Round
    percent: int
    rows: tuple[DoubleRow, ...]


def reconciliation_page(store: Store, actor: Person, review_id: int) -> ReconciliationPage:
    """Return a case that both have read: where they differ, and what is agreed.

    Raises
    ------
    NotFound
        If there is no such case, or both are not finished, or the person is neither one of the two nor asked to
        decide nor the coordinator.
    NotAllowed
        If the person reviews nothing.
    """
    require(actor, Action.REVIEW, assigned_to=actor.id)
    twice = store.reconciliations.of_review(review_id)
    if twice is None or twice.first.review_id != review_id or not (twice.both_finished and twice.counts):
        raise NotFound
    kept = store.reconciliations.kept(twice.case_pk, twice.checklist_id)
    coordinator = may(actor, Action.RUN_ROUND)
    if not (twice.is_reader(actor.id) or kept.decider_id == actor.id or coordinator):
        raise NotFound
    review = store.reviewing.find(review_id)
    if review is None:
        raise NotFound
    checklist = asked_of(review.checklist).checklist
    readings = (store.reviews.get(review_id), store.reviews.get(twice.second.review_id))
    open_ = review.round.state is RoundState.REVIEWING and not twice.set_aside
    return ReconciliationPage(
        review_id=review_id,
        review=review,
        checklist=checklist,
        found=reconciled(checklist, review.case.facts, *readings, kept),
        kept=kept,
        takers=_takers(store, review, twice) if open_ else (),
        seat=_seat(twice, kept, actor),
        agreed_readings={
            item: one.text
            for (of, item), one in store.calibrations.agreed(review.round.id).items()
            if of == review.checklist.checklist_id
        },
        before=_before(store, checklist, review, readings),
        can_agree=open_,
        can_reopen=open_ and coordinator,
    )


def agree(
    store: Store,
    actor: Person,
    review_id: int,
    item_id: str,
    value: str,
    reason: str,
    *,
    version: int,
    now: datetime,
) -> Reconciliation:
    """Keep the answer that counts where the two readings differ, and return what is made of them now.

    The answers of the two stay as they are. The same again changes nothing.

    Parameters
    ----------
    version
        The version of the agreed answer that the page was made from, 0 where there was none.

    Raises
    ------
    ProblemsFound
        If the answer is not offered, or the reason is missing or cannot be kept.
    NothingToAgree
        If the two do not differ at the item.
    AgreedElsewhere
        If another version is stored.
    RoundNotIn
        If the round is not being reviewed.
    NotFound, NotAllowed
        As `reconciliation_page`.
    """
    page = _open_page(store, actor, review_id)
    difference = page.found.difference(item_id)
    why = check_agreed(difference.asked, value, reason)
    counts = difference.agreed
    if counts is not None and (counts.value, counts.reason) == (value, why):
        return page.found
    case, checklist = page.review.case, page.checklist
    agreed = AgreedAnswer(
        item_id=item_id, value=value, reason=why, version=version, at=now, by_id=actor.id, by=actor.name
    )
    stored = store.reconciliations.agree(case.id, checklist.id, agreed, expected=version)
    if stored is None:
        raise AgreedElsewhere
    found = reconciliation_page(store, actor, review_id).found
    store.reconciliations.settle(
        case.id, checklist.id, at=now if found.complete else None, by=actor.id if found.complete else None
    )
    _note(store, actor, "reading-agreed", page, now, item=item_id, version=stored, settled=found.complete)
    return found


def ask_third(store: Store, actor: Person, review_id: int, username: str, *, now: datetime) -> Person:
    """Ask a third reviewer to decide where two differ, and return who it is.

    Raises
    ------
    MayNotDecide
        If it is one of the two readers, or somebody who may not read the case.
    NothingToAgree
        If the two do not differ.
    RoundNotIn, NotFound, NotAllowed
        As `agree`.
    """
    page = _open_page(store, actor, review_id)
    if not page.found.differing:
        raise NothingToAgree
    third = next((one for one in page.takers if one.username == username), None)
    if third is None:
        raise MayNotDecide
    store.reconciliations.ask(page.review.case.id, page.checklist.id, third.id)
    _note(store, actor, "third-asked", page, now, reviewer=third.username)
    return third


def reopen_reading(
    store: Store, actor: Person, review_id: int, reading: Reading, reason: str, *, now: datetime
) -> None:
    """Open one of two readings again; what differs afterwards is to be agreed again.

    Raises
    ------
    NotAllowed
        If the person does not run rounds.
    ProblemsFound
        If the reason is missing or cannot be kept.
    RoundNotIn, NotFound
        As `agree`.
    """
    require(actor, Action.RUN_ROUND)
    page = _open_page(store, actor, review_id)
    twice = store.reconciliations.of_review(review_id)
    if twice is None or reading not in {Reading.FIRST, Reading.SECOND}:
        raise NotFound
    why = check_reopening(reason)
    store.reviews.reopen((twice.first if reading is Reading.FIRST else twice.second).review_id)
    _note(store, actor, "review-reopened", page, now, reading=reading.value, reason=why)


def to_reconcile(store: Store, actor: Person) -> tuple[ToReconcile, ...]:
    """Return the cases that wait for a person to agree on them, as one of two readers or as who decides.

    By round and running number. In one statement where there are none.

    Raises
    ------
    NotAllowed
        If the person reviews nothing.
    """
    require(actor, Action.REVIEW, assigned_to=actor.id)
    mine = {
        one.first.review_id: one
        for one in store.reconciliations.of_person(actor.id)
        if one.both_finished and not one.set_aside
    }
    rounds = [one for one in store.rounds.all() if one.id in {each.round_id for each in mine.values()}]
    return tuple(
        ToReconcile(
            review_id=one.first.id,
            round=round_,
            number=mine[one.first.id].number,
            checklist=one.checklist,
            open=len(one.found.open),
        )
        for round_ in rounds
        for one in both_readings(store, round_)
        if one.first.id in mine and not one.found.complete
    )


def double_page(store: Store, actor: Person, key: str) -> DoublePage:
    """Return the cases of a round with two readings, and how far each is; no answer is told.

    Raises
    ------
    RoundUnknown
        If there is no such round.
    NotAllowed
        If the person does not follow rounds.
    """
    require(actor, Action.SEE_ROUND)
    round_ = store.rounds.by_key(key)
    both = {one.first.id: one for one in both_readings(store, round_)}
    kept = store.reconciliations.of(round_.id)
    titles = {one.checklist_id: asked_of(one).checklist for one in store.rounds.checklists(round_.id)}
    rows = []
    for twice in store.reconciliations.read_twice(round_.id):
        read = both.get(twice.first.review_id) if twice.both_finished else None
        decider = kept.get((twice.case_pk, twice.checklist_id), KeptReconciliation()).decider_id
        rows.append(
            DoubleRow(
                number=twice.number,
                checklist=titles[twice.checklist_id],
                set_aside=twice.set_aside,
                finished=twice.first.finished + twice.second.finished,
                open=len(read.found.open) if read else None,
                complete=read.found.complete if read else False,
                third_asked=decider is not None,
                review_id=twice.first.review_id if read and twice.counts else None,
            )
        )
    return DoublePage(round=round_, percent=store.round_rules.of(round_.id).double_percent, rows=tuple(rows))


def readings_differ(store: Store, actor: Person, round_: Round) -> tuple[Todo, ...]:
    """Return how many cases wait to be agreed on, for ``lirk.services.todo.TODO``."""
    count = len({one.case_pk for one in differ(store, round_)})
    return (Todo(code="readings-differ", count=count, path="/double"),) if count else ()


def _before(
    store: Store, checklist: Checklist, review: ReviewInHand, readings: tuple[Review, Review]
) -> tuple[Mapping[str, Answer] | None, Mapping[str, Answer] | None]:
    """Return what the two answered before they saw each other's, of each whose answers are others now."""
    originals, facts = store.original_answers.of(review.round.id), review.case.facts

    def changed(reading: Review) -> Mapping[str, Answer] | None:
        original = originals.get(reading.id)
        if original is None or original == reading.answers:
            return None
        return counted_answers(checklist, facts, original)

    return changed(readings[0]), changed(readings[1])


def _open_page(store: Store, actor: Person, review_id: int) -> ReconciliationPage:
    page = reconciliation_page(store, actor, review_id)
    check_step(page.round, "answer")
    if not page.can_agree:
        raise NotFound
    return page


def _seat(twice: ReadTwice, kept: KeptReconciliation, actor: Person) -> Seat | None:
    if twice.first.person_id == actor.id:
        return Seat.A
    if twice.second.person_id == actor.id:
        return Seat.B
    return Seat.DECIDER if kept.decider_id == actor.id else None


def _takers(store: Store, review: ReviewInHand, twice: ReadTwice) -> tuple[Person, ...]:
    able = able_to_decide(store, review.round, review.case)
    return tuple(one for one in able if not twice.is_reader(one.id))


def _note(
    store: Store, actor: Person, action: str, page: ReconciliationPage, now: datetime, **about: object
) -> None:
    store.trail.add(
        action,
        actor_id=actor.id,
        at=now,
        round=page.round.key,
        number=page.review.number,
        checklist=page.checklist.id,
        **about,
    )
