"""What the coordinator decides of single cases: obstacles that were reported, and what is opened again."""

from collections.abc import Collection
from datetime import datetime

from lirk.domain.access import Action, require
from lirk.domain.obstacles import Obstacle, ObstacleReason, Settlement
from lirk.domain.people import Person
from lirk.domain.reviews import CaseStatus, DrawnCase, Reading, Review
from lirk.domain.rounds import Round, check_step
from lirk.domain.settling import (
    FindingNeedsStatus,
    NothingToReopen,
    ObstacleSettled,
    ReviewerNeeded,
    check_reopening,
    check_second_open,
)
from lirk.services.certificates import replaced_cases
from lirk.services.limits import check_may_take
from lirk.services.people import person_named
from lirk.services.rounds import replace_case
from lirk.services.samples import acting_case, open_obstacles
from lirk.services.second_readings import close_unbegun
from lirk.storage.store import Store

#: What a finding is, and the reason from which it follows.
FINDINGS = {
    ObstacleReason.NOT_FOUND: CaseStatus.NOT_FOUND,
    ObstacleReason.NO_ACCESS: CaseStatus.NO_ACCESS,
}


def settle_obstacle(
    store: Store,
    actor: Person,
    key: str,
    number: int,
    decision: Settlement,
    *,
    reading: Reading = Reading.FIRST,
    status: CaseStatus | None = None,
    reason: str = "",
    reviewer: str | None = None,
    now: datetime,
) -> DrawnCase:
    """Decide what becomes of a case that its reviewer cannot review.

    What the second reader reported never touches the first reader's work: a finding ends the second reading
    alone. The case is replaced, or becomes a finding, only while nobody has read it to the end.

    Parameters
    ----------
    reading
        Whose report is decided on.
    status
        For a finding: not found or no access. Left out, it follows from what was reported. What the second reader
        reported is none.
    reason
        For a replacement: why the case is no decision of this frame.
    reviewer
        For another reviewer: the username.

    Returns
    -------
    DrawnCase
        The case; where it was replaced, the one that took its place.

    Raises
    ------
    ObstacleSettled
        If there is nothing to decide.
    FindingNeedsStatus, SecondReadingFinished, ReviewerNeeded, NotAReviewer, MayNotRead
        See each.
    RoundUnknown, RoundNotIn, CaseUnknown, lirk.services.people.PersonUnknown
        See each; and what ``lirk.services.rounds.replace_case`` raises.
    """
    require(actor, Action.RUN_ROUND)
    round_ = store.rounds.by_key(key)
    check_step(round_, "answer")
    case = acting_case(store, round_, number)
    obstacle = open_obstacles(store, round_, reading=reading).get(case.id)
    if obstacle is None:
        raise ObstacleSettled(number=str(number))
    if decision is Settlement.REPLACED:
        return replace_case(store, actor, key, number=number, reason=reason, now=now)[0]
    about: dict[str, object] = {"reporter": obstacle.reported_by}
    if reading is not Reading.FIRST:
        about["reading"] = reading
    if decision is Settlement.FINDING and reading is Reading.FIRST:
        about["status"] = found = _finding(case, obstacle, status)
        check_second_open(case, store.reviews.of(round_.id, reading=Reading.SECOND))
        _keep_finding(store, actor, round_, case, found, now=now)
    elif decision is Settlement.REASSIGNED:
        about |= _reassign(store, round_, case, obstacle, reviewer)
    store.obstacles.settle(case.id, decision, reading=reading, at=now, by=actor.id)
    store.trail.add(
        "obstacle-settled",
        actor_id=actor.id,
        at=now,
        round=key,
        number=number,
        reason=obstacle.reason,
        settlement=decision,
        **about,
    )
    return case


def reopen_case(
    store: Store,
    actor: Person,
    key: str,
    number: int,
    reason: str,
    *,
    checklists: Collection[str] | None = None,
    now: datetime,
) -> DrawnCase:
    """Open a settled case again: its finished reviews, and what was found of it (not found, no access).

    Where the first reader has finished none, those of the second reader are opened. The answers stay, and the
    reason is kept in the trail.

    Parameters
    ----------
    checklists
        Ids of those whose reviews are opened; left out, all that are finished.

    Raises
    ------
    NothingToReopen
        If the case is not settled, or another took its place.
    ProblemsFound
        If the reason is missing or cannot be kept.
    RoundUnknown, RoundNotIn, CaseUnknown
        See each.
    """
    require(actor, Action.RUN_ROUND)
    round_ = store.rounds.by_key(key)
    check_step(round_, "answer")
    case = acting_case(store, round_, number)
    finished = _finished(store, round_, case, Reading.FIRST)
    about: dict[str, object] = {}
    if not finished and case.status is CaseStatus.TO_REVIEW:
        finished = _finished(store, round_, case, Reading.SECOND)
        about["reading"] = Reading.SECOND
    finished = [one for one in finished if checklists is None or one.checklist_id in checklists]
    gone = case.case_id in replaced_cases(store.draws.of(round_.id)[-1].certificate)
    if gone or (case.status is CaseStatus.TO_REVIEW and not finished):
        raise NothingToReopen(number=str(number))
    why = check_reopening(reason)
    if case.status is not CaseStatus.TO_REVIEW:
        store.cases.set_status(case.id, CaseStatus.TO_REVIEW)
    for review in finished:
        store.reviews.reopen(review.id)
    store.trail.add(
        "case-reopened",
        actor_id=actor.id,
        at=now,
        round=key,
        number=number,
        status=case.status,
        checklists=[review.checklist_id for review in finished],
        reason=why,
        **about,
    )
    return case


def _finished(store: Store, round_: Round, case: DrawnCase, reading: Reading) -> list[Review]:
    of_reading = store.reviews.of(round_.id, reading=reading)
    return [one for one in of_reading if one.case_id == case.id and one.finished_at]


def _finding(case: DrawnCase, obstacle: Obstacle, status: CaseStatus | None) -> CaseStatus:
    found = status or FINDINGS.get(obstacle.reason)
    if found is None or found not in FINDINGS.values():
        raise FindingNeedsStatus(number=str(case.number))
    return found


def _keep_finding(
    store: Store, actor: Person, round_: Round, case: DrawnCase, status: CaseStatus, *, now: datetime
) -> None:
    """Keep what was found of the case, which leaves its second reader nothing to do or to wait for."""
    store.cases.set_status(case.id, status)
    close_unbegun(store, actor, round_, [case], now=now)
    store.obstacles.settle_open(case.id, Settlement.RETURNED, Reading.SECOND, at=now, by=actor.id)


def _reassign(
    store: Store, round_: Round, case: DrawnCase, obstacle: Obstacle, username: str | None
) -> dict[str, object]:
    """Give the reading of who reported it to another; what an unfit reader answered is taken away."""
    if not username:
        raise ReviewerNeeded(number=str(case.number))
    person, reading = person_named(store, username), obstacle.reading
    check_may_take(store, round_, case, person, reading)
    names = {one.id: one.username for one in store.people.all()}
    had, removed = names.get(obstacle.reported_by or 0), 0
    for review in store.reviews.of(round_.id, reading=reading):
        if review.case_id != case.id:
            continue
        if obstacle.reason is ObstacleReason.DISQUALIFIED:
            removed += len(review.answers)
            store.reviews.remove_answers(review.id, review.answers)
            store.doubts.remove(review.id)
            store.reviews.forget_judgement(review.id)
            store.reviews.reopen(review.id)
            store.original_answers.forget(review.id)
        store.reviews.assign(review.id, person.id)
    return {"reviewer": person.username, "from": had, "removed": removed}
