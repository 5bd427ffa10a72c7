"""A round's calibration: opened, followed, closed, and what the readers made of each item."""

import secrets
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from lirk.domain.access import Action, require
from lirk.domain.alphabet import danish_key
from lirk.domain.assignment import Limits, check_reviewer, may_read
from lirk.domain.calibration import (
    FEWEST_READERS,
    Calibration,
    CalibrationClosed,
    CalibrationEmpty,
    CalibrationExists,
    CalibrationNeedsReaders,
    CalibrationUnfinished,
    available,
    chosen,
)
from lirk.domain.people import Person, Role
from lirk.domain.reviews import DrawnCase, Reading, Review
from lirk.domain.rounds import Round, RoundState, check_step
from lirk.errors import NotFound
from lirk.services.calibration_results import Results, results_of
from lirk.services.limits import limits_of
from lirk.services.people import person_named
from lirk.services.samples import latest_cases
from lirk.storage.store import Store

#: The secret that decides who is called A, B, C.
SALT_BYTES = 32


@dataclass(frozen=True, slots=True, kw_only=True)
class Reader:
    """Somebody who takes part: how many of their cases they finished, and the numbers of those not theirs."""

    person: Person
    finished: int
    cases: int
    left_out: tuple[int, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Planned:
    """A calibration as it would be opened: its cases by number, and who reads which, by the alphabet."""

    round: Round
    cases: tuple[DrawnCase, ...]
    readers: tuple[Reader, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class CalibrationPage:
    """What the coordinator sees; ``candidates`` are all who review, and ``available`` counts cases.

    ``results`` is None until the calibration is closed.
    """

    round: Round
    calibration: Calibration | None
    available: int
    candidates: tuple[Person, ...]
    cases: tuple[DrawnCase, ...] = ()
    readers: tuple[Reader, ...] = ()
    results: Results | None = None

    @property
    def may_open(self) -> bool:
        """Whether one can be opened, as far as the round goes."""
        return self.calibration is None and self.round.state is RoundState.DRAWN


def calibration_page(store: Store, actor: Person, key: str) -> CalibrationPage:
    """Return how far a round's calibration is, and what came of it once it is closed.

    Raises
    ------
    RoundUnknown
        If there is no such round.
    """
    require(actor, Action.RUN_ROUND)
    round_ = store.rounds.by_key(key)
    calibration = store.calibrations.of(round_.id)
    if calibration is None:
        able = [one for one in store.people.all() if one.active and Role.REVIEWER in one.roles]
        return CalibrationPage(
            round=round_,
            calibration=None,
            available=len(available(latest_cases(store, round_))),
            candidates=_by_name(able),
        )
    cases = _cases(store, round_, calibration)
    return CalibrationPage(
        round=round_,
        calibration=calibration,
        available=0,
        candidates=(),
        cases=cases,
        readers=_readers(store, cases, _reviews(store, round_)),
        results=None if calibration.is_open else results_of(store, round_, calibration),
    )


def planned(store: Store, actor: Person, key: str, *, cases: int, reviewers: Sequence[str]) -> Planned:
    """Return a calibration as ``open_calibration`` with the same arguments would open it.

    Raises
    ------
    CalibrationExists, CalibrationSizeWrong, CalibrationNeedsReserve, CalibrationNeedsReaders, NotAReviewer
        See each.
    RoundUnknown, RoundNotIn, lirk.services.people.PersonUnknown
        See each.
    """
    require(actor, Action.RUN_ROUND)
    round_ = store.rounds.by_key(key)
    check_step(round_, "calibrate")
    if store.calibrations.of(round_.id) is not None:
        raise CalibrationExists(round=key)
    taken = chosen(latest_cases(store, round_), cases)
    people = [person_named(store, username) for username in dict.fromkeys(reviewers)]
    for person in people:
        check_reviewer(person)
    limits = limits_of(store, round_)
    for number, case in enumerate(taken, start=1):
        if sum(may_read(one, case, limits) for one in people) < FEWEST_READERS:
            raise CalibrationNeedsReaders(number=str(number), centre=case.centre)
    return Planned(
        round=round_, cases=taken, readers=tuple(_planned(one, taken, limits) for one in _by_name(people))
    )


def open_calibration(
    store: Store, actor: Person, key: str, *, cases: int, reviewers: Sequence[str], now: datetime
) -> Calibration:
    """Open a round's calibration: everybody named gets every case that they may read, with each checklist.

    The cases come from the ends of the reserves, and are called up for the sample no more.

    Raises
    ------
    CalibrationExists, CalibrationSizeWrong, CalibrationNeedsReserve, CalibrationNeedsReaders, NotAReviewer
        See each.
    RoundUnknown, RoundNotIn, lirk.services.people.PersonUnknown
        See each.
    """
    plan = planned(store, actor, key, cases=cases, reviewers=reviewers)
    round_ = plan.round
    store.calibrations.add(
        round_.id,
        [case.id for case in plan.cases],
        at=now,
        by=actor.id,
        salt=secrets.token_hex(SALT_BYTES),
    )
    checklists = [one.checklist_id for one in store.rounds.checklists(round_.id)]
    for reader in plan.readers:
        theirs = [case.id for number, case in enumerate(plan.cases, start=1) if number not in reader.left_out]
        store.reviews.open_for(
            round_.id, theirs, checklists, reading=Reading.CALIBRATION, reviewer_id=reader.person.id
        )
    store.trail.add(
        "calibration-opened",
        actor_id=actor.id,
        at=now,
        round=key,
        cases=len(plan.cases),
        reviewers=[reader.person.username for reader in plan.readers],
    )
    return _open(store, round_)


def cancel(store: Store, actor: Person, key: str, *, now: datetime) -> None:
    """Cancel an open calibration: its reviews with all their answers are deleted, and its cases set free.

    Raises
    ------
    NotFound
        If the round has no calibration.
    CalibrationClosed
        If it is closed.
    RoundUnknown
        If there is no such round.
    """
    require(actor, Action.RUN_ROUND)
    round_ = store.rounds.by_key(key)
    calibration = _open(store, round_)
    for case in calibration.cases:
        store.reviews.delete_for_case(case)
    store.calibrations.delete(round_.id)
    store.trail.add("calibration-cancelled", actor_id=actor.id, at=now, round=key)


def close(store: Store, actor: Person, key: str, *, unfinished: bool = False, now: datetime) -> Calibration:
    """Close a calibration: no more answers are taken, and how each item was read can be seen.

    Parameters
    ----------
    unfinished
        Close it also where somebody has not finished.

    Raises
    ------
    CalibrationUnfinished
        If somebody has not, and that was not agreed to.
    CalibrationEmpty
        If nobody has answered anything.
    NotFound, CalibrationClosed, RoundUnknown
        As `cancel`.
    """
    require(actor, Action.RUN_ROUND)
    round_ = store.rounds.by_key(key)
    calibration = _open(store, round_)
    reviews = _reviews(store, round_)
    if not any(review.answers for review in reviews):
        raise CalibrationEmpty(round=key)
    readers = _readers(store, _cases(store, round_, calibration), reviews)
    waiting = [reader.person for reader in readers if reader.finished < reader.cases]
    if waiting and not unfinished:
        raise CalibrationUnfinished(names=[one.name for one in waiting])
    store.calibrations.close(round_.id, at=now, by=actor.id)
    store.trail.add(
        "calibration-closed",
        actor_id=actor.id,
        at=now,
        round=key,
        unfinished=[one.username for one in waiting],
    )
    return store.calibrations.of(round_.id) or calibration


def _open(store: Store, round_: Round) -> Calibration:
    calibration = store.calibrations.of(round_.id)
    if calibration is None:
        raise NotFound
    if not calibration.is_open:
        raise CalibrationClosed(round=round_.key)
    return calibration


def _reviews(store: Store, round_: Round) -> tuple[Review, ...]:
    return store.reviews.of(round_.id, reading=Reading.CALIBRATION)


def _cases(store: Store, round_: Round, calibration: Calibration) -> tuple[DrawnCase, ...]:
    known = {case.id: case for case in store.cases.of(round_.id)}
    return tuple(known[one] for one in calibration.cases)


def _planned(person: Person, cases: Sequence[DrawnCase], limits: Limits) -> Reader:
    barred = tuple(number for number, case in enumerate(cases, start=1) if not may_read(person, case, limits))
    return Reader(person=person, finished=0, cases=len(cases) - len(barred), left_out=barred)


def _readers(store: Store, cases: Sequence[DrawnCase], reviews: Sequence[Review]) -> tuple[Reader, ...]:
    numbers = {case.id: number for number, case in enumerate(cases, start=1)}
    unfinished: dict[int, dict[int, bool]] = defaultdict(lambda: defaultdict(bool))
    for review in reviews:
        if review.reviewer_id is not None:
            unfinished[review.reviewer_id][numbers[review.case_id]] |= review.finished_at is None
    people = _by_name([one for one in store.people.all() if one.id in unfinished])
    return tuple(_reader(one, unfinished[one.id], numbers) for one in people)


def _reader(person: Person, unfinished: Mapping[int, bool], numbers: Mapping[int, int]) -> Reader:
    return Reader(
        person=person,
        finished=sum(not one for one in unfinished.values()),
        cases=len(unfinished),
        left_out=tuple(number for number in numbers.values() if number not in unfinished),
    )


def _by_name(people: Sequence[Person]) -> tuple[Person, ...]:
    return tuple(sorted(people, key=lambda one: (danish_key(one.name), one.username)))
