"""Second readings: which cases have one by the round's rules, opening and closing them, what is missing.

A second reading is a ``review`` of ``Reading.SECOND`` with each checklist of the round. Which cases have one
follows from the draw's seed and the round's rules alone (``lirk.domain.double_readings``); they are opened and
given to somebody where cases are shared out (``lirk.services.assigning``), closed again while nobody has begun
them, and never closed once somebody has. One that nobody can do is given up by the coordinator, with a reason.
"""

from collections.abc import Collection, Sequence
from datetime import datetime

from lirk.domain.access import Action, require
from lirk.domain.assignment import is_reviewer
from lirk.domain.double_readings import drawn_for_second
from lirk.domain.obstacles import Obstacle, ObstacleReason, Settlement
from lirk.domain.people import Person
from lirk.domain.reviews import CaseStatus, DrawnCase, Reading, Review
from lirk.domain.rounds import Round, RoundState, check_step
from lirk.domain.settling import SecondReadingHeld, check_giving_up, runs
from lirk.services.limits import begun_among
from lirk.services.samples import acting_case, acting_cases, latest_cases, open_obstacles
from lirk.storage.store import Store


def cases_wanted(store: Store, round_: Round) -> tuple[DrawnCase, ...]:
    """Return the cases still to review that a second person reads by the round's rules, by running number."""
    percent = store.round_rules.of(round_.id).double_percent
    draws = store.draws.of(round_.id)
    if not percent or not draws:
        return ()
    drawn = drawn_for_second(draws[-1].seed, latest_cases(store, round_), percent)
    to_review = [case for case in drawn if case.status is CaseStatus.TO_REVIEW]
    return tuple(sorted(to_review, key=lambda case: case.number or 0))


def second_reviews(store: Store, round_: Round) -> dict[int, tuple[Review, ...]]:
    """Return the second reviews of the latest draw that are open or finished, by the case's id."""
    acting = {case.id for case in acting_cases(store, round_)}
    found: dict[int, tuple[Review, ...]] = {}
    for review in store.reviews.of(round_.id, reading=Reading.SECOND):
        if review.case_id in acting:
            found[review.case_id] = (*found.get(review.case_id, ()), review)
    return found


def is_begun(reviews: Collection[Review], spoken: Collection[int]) -> bool:
    """Return whether anything is answered, finished, or said beside the answers in a reading of a case.

    Parameters
    ----------
    spoken
        As ``lirk.services.limits.begun_among``.
    """
    return bool(begun_among(tuple(reviews), spoken))


def open_seconds(
    store: Store,
    actor: Person,
    round_: Round,
    readers: Sequence[tuple[DrawnCase, int | None]],
    *,
    now: datetime,
) -> None:
    """Open the second readings of cases that have none.

    Parameters
    ----------
    readers
        Each case with the id of who reads it, or None where there is nobody to do it yet.
    """
    if not readers:
        return
    checklists = [one.checklist_id for one in store.rounds.checklists(round_.id)]
    for case, reader in readers:
        store.reviews.open_for(round_.id, [case.id], checklists, reading=Reading.SECOND, reviewer_id=reader)
    _note(store, actor, "second-readings-opened", round_, [case for case, _ in readers], now)


def close_unbegun(
    store: Store, actor: Person, round_: Round, cases: Collection[DrawnCase], *, now: datetime
) -> tuple[DrawnCase, ...]:
    """Delete the second readings of these cases that nobody has begun, and return the cases that had one.

    For cases that left the sample or were set aside, and for those that the rules no longer want.
    """
    reviews, spoken = second_reviews(store, round_), store.reviews.spoken_in(round_.id)
    gone = tuple(case for case in cases if case.id in reviews and not is_begun(reviews[case.id], spoken))
    if gone:
        store.reviews.delete([review.id for case in gone for review in reviews[case.id]])
        for case in gone:
            store.obstacles.settle_open(case.id, Settlement.REASSIGNED, Reading.SECOND, at=now, by=actor.id)
        _note(store, actor, "second-readings-closed", round_, gone, now)
    return gone


def unfinished_seconds(store: Store, round_: Round) -> dict[str, tuple[int, ...]]:
    """Return the cases whose second reading is missing, for ``lirk.services.closing.BLOCKERS``.

    Those that the rules want, whether opened or not, and those that somebody has begun; a case that waits for
    a decision of the coordinator is told of as that.
    """
    reviews, reported = second_reviews(store, round_), open_obstacles(store, round_)
    spoken = store.reviews.spoken_in(round_.id)
    wanted = {case.id for case in cases_wanted(store, round_)}
    ended = ended_seconds(store, round_)
    missing = [
        case.number
        for case in acting_cases(store, round_)
        if case.status is CaseStatus.TO_REVIEW
        and case.id not in reported
        and case.id not in ended
        and case.number is not None
        and _lacks(reviews.get(case.id, ()), spoken, wanted=case.id in wanted)
    ]
    return {"second-readings-missing": tuple(sorted(missing))}


def ended_seconds(store: Store, round_: Round) -> frozenset[int]:
    """Return the cases whose second reading ended without answers, as the coordinator decided."""
    kept = store.obstacles.of(round_.id, reading=Reading.SECOND)
    return frozenset(pk for pk, one in kept.items() if one.settlement is Settlement.FINDING)


def may_end_second(store: Store, round_: Round, case: DrawnCase) -> bool:
    """Return whether the second reading of a case can be given up.

    It is wanted or opened, not finished, waits for no decision, and nobody has it who reviews cases.
    """
    reviews = second_reviews(store, round_).get(case.id, ())
    wanted = bool(reviews) or case.id in {one.id for one in cases_wanted(store, round_)}
    people = {one.id: one for one in store.people.all() if is_reviewer(one)}
    held = any(review.reviewer_id in people for review in reviews)
    done = bool(reviews) and all(review.finished_at for review in reviews)
    waits = case.id in open_obstacles(store, round_, reading=Reading.SECOND)
    over = case.status is not CaseStatus.TO_REVIEW or case.id in ended_seconds(store, round_)
    return wanted and not (held or done or waits or over) and round_.state is RoundState.REVIEWING


def end_second(
    store: Store, actor: Person, key: str, number: int, reason: str, *, now: datetime
) -> DrawnCase:
    """Give up the second reading of a case that nobody has, so that it keeps no round open.

    The case is read once; what was answered in the reading stays, and counts nowhere.

    Raises
    ------
    SecondReadingHeld
        See `may_end_second`.
    ProblemsFound
        If the reason is missing or cannot be kept.
    RoundUnknown, RoundNotIn, CaseUnknown
        See each.
    """
    require(actor, Action.RUN_ROUND)
    round_ = store.rounds.by_key(key)
    check_step(round_, "answer")
    case = acting_case(store, round_, number)
    if not may_end_second(store, round_, case):
        raise SecondReadingHeld(number=str(number))
    why = check_giving_up(reason)
    store.obstacles.report(
        Obstacle(
            case_id=case.id,
            reading=Reading.SECOND,
            reason=ObstacleReason.OTHER,
            note=why,
            reported_at=now,
            reported_by=actor.id,
            settled_at=now,
            settled_by=actor.id,
            settlement=Settlement.FINDING,
        )
    )
    store.trail.add("second-reading-ended", actor_id=actor.id, at=now, round=key, number=number, reason=why)
    return case


def _lacks(reviews: Collection[Review], spoken: Collection[int], *, wanted: bool) -> bool:
    if not reviews:
        return wanted
    return (wanted or is_begun(reviews, spoken)) and not all(review.finished_at for review in reviews)


def _note(
    store: Store, actor: Person, action: str, round_: Round, cases: Collection[DrawnCase], now: datetime
) -> None:
    numbers = runs([case.number for case in cases if case.number is not None])
    store.trail.add(action, actor_id=actor.id, at=now, round=round_.key, numbers=numbers)
