"""What came of a calibration: how each item was read, by whom if they agree to it, and what was agreed."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime

from checklists.model import Checklist
from lirk.domain.access import Action, require
from lirk.domain.calibration import (
    AgreedReading,
    AgreedReadingChanged,
    Calibration,
    CalibrationOpen,
    ItemReading,
    check_agreed,
    counting,
    letters,
    questions,
    readings,
)
from lirk.domain.people import Person
from lirk.domain.reviews import Answer, DrawnCase, Reading, Review
from lirk.domain.rounds import Round, check_step
from lirk.errors import NotFound
from lirk.services.pinned import checklists_of
from lirk.storage.store import Store


@dataclass(frozen=True, slots=True, kw_only=True)
class ChecklistReadings:
    """How the items of one checklist were read, and the agreed readings by fact or item id."""

    checklist: Checklist
    items: tuple[ItemReading, ...]
    agreed: Mapping[str, AgreedReading]


@dataclass(frozen=True, slots=True, kw_only=True)
class Results:
    """A closed calibration as its readers see it.

    Attributes
    ----------
    cases
        In the order of their numbers; one that the reader was not given is None, and its answers are not here.
    called
        For each case, in the same order, what its readers are called, by id: their names where ``named`` says
        that all agreed, else letters, which are drawn anew for each case. Empty for a case that is not shown.
    own
        What the reader is called in each case; empty where they read none.
    agrees
        Whether the reader agrees to be named.
    """

    round: Round
    cases: tuple[DrawnCase | None, ...]
    checklists: tuple[ChecklistReadings, ...]
    called: tuple[Mapping[int, str], ...]
    named: bool
    own: tuple[str, ...]
    agrees: bool = False


def results_page(store: Store, actor: Person, key: str) -> Results:
    """Return what came of a closed calibration, for somebody who took part.

    Raises
    ------
    NotFound
        If there is none that is closed, or the person took no part in it.
    NotAllowed
        If the person reviews nothing.
    """
    round_, calibration = _closed_of(store, actor, key)
    return results_of(store, round_, calibration, reader=actor.id)


def agree_to_be_named(store: Store, actor: Person, key: str, *, named: bool, now: datetime) -> None:
    """Keep whether a reader agrees to stand with their name beside their answers.

    Names are shown only where all have agreed: the last letter left would be a name as well.

    Raises
    ------
    NotFound, NotAllowed
        As `results_page`.
    """
    round_, calibration = _closed_of(store, actor, key)
    if named == (actor.id in calibration.named):
        return
    store.calibrations.name(round_.id, actor.id, named=named)
    action = "calibration-name-agreed" if named else "calibration-name-withdrawn"
    store.trail.add(action, actor_id=actor.id, at=now, round=key)


def write_agreed_reading(
    store: Store,
    actor: Person,
    key: str,
    checklist_id: str,
    item_id: str,
    text: str,
    *,
    version: int,
    now: datetime,
) -> AgreedReading:
    """Keep how an item is read in a round; an empty text takes it back.

    Parameters
    ----------
    version
        The version that the page was made from, 0 where nothing was stored.

    Raises
    ------
    ProblemsFound
        If the text cannot be kept.
    AgreedReadingChanged
        If another version is stored.
    NotFound
        If the round has no calibration, or no such item.
    CalibrationOpen
        If its calibration is not closed yet.
    RoundUnknown, RoundNotIn
        See each.
    """
    require(actor, Action.RUN_ROUND)
    round_ = store.rounds.by_key(key)
    check_step(round_, "agree")
    calibration = store.calibrations.of(round_.id)
    checklist = checklists_of(store, round_).get(checklist_id)
    if calibration is None or checklist is None or item_id not in {one.id for one in questions(checklist)}:
        raise NotFound
    if calibration.is_open:
        raise CalibrationOpen(round=key)
    said = check_agreed(text)
    kept = store.calibrations.agreed(round_.id).get((checklist_id, item_id), AgreedReading())
    if kept.text == said:
        return kept
    stored = None
    # Not where nothing is stored any more: a page of an earlier calibration fills in nothing in a new one.
    if kept.version == version:
        stored = store.calibrations.write_agreed(
            round_.id, checklist_id, item_id, said, expected=version, at=now, by=actor.id
        )
    if stored is None:
        raise AgreedReadingChanged
    store.trail.add(
        "agreed-reading-written",
        actor_id=actor.id,
        at=now,
        round=key,
        checklist=checklist_id,
        item=item_id,
        version=stored,
    )
    return AgreedReading(text=said, version=stored)


def results_of(
    store: Store, round_: Round, calibration: Calibration, *, reader: int | None = None
) -> Results:
    """Return what came of a calibration; right and state are the caller's to ask.

    Parameters
    ----------
    reader
        Who reads it, of those who took part: cases that they were not given are left out. None: everything.
    """
    known = {case.id: case for case in store.cases.of(round_.id)}
    reviews = [one for one in _reviews(store, round_) if one.reviewer_id is not None]
    theirs = {one.case_id for one in reviews if reader in {None, one.reviewer_id}}
    people = {one.reviewer_id for one in reviews if one.reviewer_id is not None}
    named = people <= calibration.named
    shown = tuple(known[one] if one in theirs else None for one in calibration.cases)
    names = _names(store, people) if named else None
    called = tuple(
        _called(calibration.salt, number, case, reviews, names) if case else {}
        for number, case in enumerate(shown, start=1)
    )
    agreed = store.calibrations.agreed(round_.id)
    return Results(
        round=round_,
        cases=shown,
        checklists=tuple(
            ChecklistReadings(
                checklist=checklist,
                items=readings(checklist, [_answers(checklist, case, reviews) for case in shown]),
                agreed={item: one for (of, item), one in agreed.items() if of == id_},
            )
            for id_, checklist in checklists_of(store, round_).items()
        ),
        called=called,
        named=named,
        own=tuple("" if reader is None else of_case.get(reader, "") for of_case in called),
        agrees=reader in calibration.named,
    )


def _closed_of(store: Store, actor: Person, key: str) -> tuple[Round, Calibration]:
    """Return a round and its closed calibration, in which the person took part."""
    require(actor, Action.REVIEW, assigned_to=actor.id)
    round_ = store.rounds.find(key)
    calibration = store.calibrations.of(round_.id) if round_ else None
    if round_ is None or calibration is None or calibration.is_open:
        raise NotFound
    if not any(review.reviewer_id == actor.id for review in _reviews(store, round_)):
        raise NotFound
    return round_, calibration


def _reviews(store: Store, round_: Round) -> tuple[Review, ...]:
    return store.reviews.of(round_.id, reading=Reading.CALIBRATION)


def _names(store: Store, people: Iterable[int]) -> dict[int, str]:
    wanted = set(people)
    return {one.id: one.name for one in store.people.all() if one.id in wanted}


def _called(
    salt: str, number: int, case: DrawnCase, reviews: Iterable[Review], names: Mapping[int, str] | None
) -> Mapping[int, str]:
    """Return what the readers of one case are called; ``names`` are None where not all agreed to be named."""
    readers = {one.reviewer_id for one in reviews if one.case_id == case.id and one.reviewer_id is not None}
    if names is None:
        return letters(salt, number, readers)
    return {one: names[one] for one in readers}


def _answers(
    checklist: Checklist, case: DrawnCase | None, reviews: Iterable[Review]
) -> Mapping[int, Mapping[str, Answer]]:
    """Return the answers to one case with one checklist by person."""
    if case is None:
        return {}
    return {
        review.reviewer_id: counting(checklist, case.facts, review.answers)
        for review in reviews
        if review.case_id == case.id
        and review.checklist_id == checklist.id
        and review.reviewer_id is not None
    }
