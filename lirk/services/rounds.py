"""A round from the frozen frame to the closed reviews: one function for each thing a coordinator does."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from lirk.domain.access import Action, require
from lirk.domain.assignment import assign
from lirk.domain.draws import SeedRecord, SeedUsed
from lirk.domain.people import Person
from lirk.domain.reviews import CaseRole, CaseStatus, DrawnCase
from lirk.domain.rounds import (
    ChecklistVersion,
    Draw,
    Frame,
    OutcomeStrataNotReported,
    Round,
    RoundExists,
    RoundState,
    check_key,
    check_step,
)
from lirk.domain.settling import DrawAfterAnswers, unsettled
from lirk.errors import ProblemsFound
from lirk.intake.register import Register
from lirk.services import draws as drawing
from lirk.services.certificates import cases_of, frame_of, replaced_cases, rows_of
from lirk.services.checklists import parse
from lirk.services.people import caseworker_hash
from lirk.storage.store import Store

#: What is kept of a drawn case beside its number, centre and ticket; every other mapped column is a fact.
KEPT = {
    "case_id", "centre", "stratum", "decision_date", "outcome", "outcome_group", "case_type", "link", "caseworker",
    "unit", "kle_number", "facet", "decision_flag", "created", "received", "closed",
}  # fmt: skip


@dataclass(frozen=True, slots=True, kw_only=True)
class Progress:
    """How far the reviewing of a round is; counts of reviews only, never of answers.

    ``by_reviewer`` holds (name, finished, assigned) in the order of the names.
    """

    cases: int
    reviews: int
    finished: int
    unassigned: int
    by_reviewer: tuple[tuple[str, int, int], ...]


def new_round(
    store: Store,
    actor: Person,
    *,
    key: str,
    title: str,
    planned: drawing.PlannedFrame,
    checklists: Sequence[str],
    salt: str | None,
    source_sha256: str | None = None,
    now: datetime,
    made_up: str = "",
) -> tuple[Round, Mapping[str, object]]:
    """Freeze the frame of a new round and pin its checklists.

    Parameters
    ----------
    planned
        The register after the plan's exclusions and strata (``lirk.services.draws.plan_frame``).
    checklists
        The whole texts of the checklists; each drawn case is reviewed once with each of them.
    salt, source_sha256
        Salt of the published fingerprint, used where the plan wants one; SHA-256 of the register's file.

    Returns
    -------
    tuple
        The round, and the freeze (``lirk-freeze/1``) to hand out before the seed exists.

    Raises
    ------
    RoundKeyMalformed, RoundExists, OutcomeStrataNotReported, ProblemsFound
        See each.
    """
    require(actor, Action.RUN_ROUND)
    if store.rounds.find(check_key(key)) is not None:
        raise RoundExists(round=key)
    strata = tuple(planned.plan.strata)
    if strata != ("centre",):
        raise OutcomeStrataNotReported(strata=strata)
    pinned = [_pinned(text) for text in checklists]
    freeze = drawing.freeze_planned(planned, salt=salt, now=now, source_sha256=source_sha256)
    first, last = _period(planned.register)
    round_ = store.rounds.add(
        key=key,
        title=title,
        state=RoundState.COMMITTED,
        created_at=now,
        first_day=first,
        last_day=last,
        made_up=made_up,
    )
    store.rounds.set_frame(round_.id, frame_of(freeze))
    store.rounds.pin_checklists(round_.id, pinned)
    store.centres.ensure(planned.strata)
    frame = store.rounds.frame(round_.id)
    store.trail.add(
        "frame-frozen",
        actor_id=actor.id,
        at=now,
        round=key,
        fingerprint=frame.fingerprint,
        strata=dict(frame.strata),
        checklists=[f"{one.checklist_id}/{one.version}" for one in pinned],
    )
    return round_, freeze


def draw_round(
    store: Store,
    actor: Person,
    key: str,
    *,
    register: Register,
    seed: SeedRecord,
    reason: str | None = None,
    secret_key: str | None = None,
    now: datetime,
) -> Mapping[str, object]:
    """Draw the cases of a round from the very register that was frozen, and open their reviews.

    A further draw, before the first answer, needs a reason and takes the place of the one before it, which
    stays on record with its number.

    Returns
    -------
    Mapping
        The certificate (``lirk-certificate/1``).

    Raises
    ------
    RoundNotIn, DrawAfterAnswers, SeedUsed
        See each; and what ``lirk.services.draws.draw_cases`` raises.
    """
    require(actor, Action.RUN_ROUND)
    round_ = store.rounds.by_key(key)
    check_step(round_, "draw")
    frame = store.rounds.frame(round_.id)
    earlier = store.draws.of(round_.id)
    if store.draws.seed_used(frame.fingerprint, seed.value):
        raise SeedUsed(seed=seed.value)
    if any(review.answers for review in store.reviews.of(round_.id)):
        raise DrawAfterAnswers(round=key)
    certificate = drawing.draw_cases(
        register,
        frame.freeze,
        seed,
        number=len(earlier) + 1,
        reason=reason,
        previous=earlier[-1].digest if earlier else None,
        now=now,
    )
    draw = store.draws.add(
        round_id=round_.id,
        number=len(earlier) + 1,
        reason=reason,
        seed=seed.value,
        drawn_at=now,
        digest=str(certificate["digest"]),
        certificate=certificate,
    )
    store.cases.add_all(_drawn_cases(store, draw, register, secret_key))
    _open_reviews(store, round_, [case for case in acting_cases(store, round_) if case.role is CaseRole.MAIN])
    store.rounds.set_state(round_.id, RoundState.DRAWN)
    store.trail.add(
        "cases-drawn",
        actor_id=actor.id,
        at=now,
        round=key,
        number=draw.number,
        reason=reason,
        seed=seed.value,
        digest=draw.digest,
    )
    return certificate


def assign_cases(
    store: Store, actor: Person, key: str, *, reviewers: Sequence[str], again: bool = False, now: datetime
) -> dict[str, int]:
    """Share the unassigned cases out evenly; with ``again`` also those that nobody has begun.

    Returns
    -------
    dict
        Number of cases newly given, by username in the order given.

    Raises
    ------
    RoundNotIn, NoReviewers, NotAReviewer, NobodyMayRead, NotFound
        See each.
    """
    require(actor, Action.RUN_ROUND)
    round_ = store.rounds.by_key(key)
    check_step(round_, "assign")
    people = [store.people.by_username(username) for username in dict.fromkeys(reviewers)]
    reviews = store.reviews.of(round_.id)
    begun = {review.case_id for review in reviews if review.answers or review.finished_at}
    has = {review.case_id: review.reviewer_id for review in reviews if review.reviewer_id is not None}
    free = [
        case
        for case in acting_cases(store, round_)
        if case.status is CaseStatus.TO_REVIEW and (case.id not in has or (again and case.id not in begun))
    ]
    free_ids = {case.id for case in free}
    load = {
        person.id: sum(1 for case, who in has.items() if who == person.id and case not in free_ids)
        for person in people
    }
    given = assign(free, people, load)
    for review in reviews:
        if review.case_id in given:
            store.reviews.assign(review.id, given[review.case_id])
    store.rounds.set_state(round_.id, RoundState.REVIEWING)
    counts = {person.username: sum(1 for who in given.values() if who == person.id) for person in people}
    store.trail.add("cases-assigned", actor_id=actor.id, at=now, round=key, cases=counts)
    return counts


def replace_case(
    store: Store, actor: Person, key: str, *, number: int, reason: str, now: datetime
) -> tuple[DrawnCase, Mapping[str, object]]:
    """Replace a case that is out of scope by the next reserve case of its stratum.

    Returns
    -------
    tuple
        The case called up, with its running number, and the new certificate.

    Raises
    ------
    RoundNotIn, NotFound, ReserveExhausted, CaseNotReplaceable
        See each.
    """
    require(actor, Action.RUN_ROUND)
    round_ = store.rounds.by_key(key)
    check_step(round_, "replace")
    out = store.cases.by_number(round_.id, number)
    draw = store.draws.of(round_.id)[-1]
    certificate, called = drawing.replace_case(draw.certificate, out.case_id, reason=reason, now=now)
    store.draws.replace_certificate(draw.id, certificate=certificate, digest=str(certificate["digest"]))
    reserve = next(
        case for case in store.cases.of(round_.id) if case.draw_id == draw.id and case.case_id == called
    )
    store.cases.set_status(out.id, CaseStatus.OUT_OF_SCOPE)
    store.cases.call_up(reserve.id, store.cases.next_number(round_.id))
    before = [review for review in store.reviews.of(round_.id) if review.case_id == out.id]
    _open_reviews(store, round_, [reserve])
    _hand_over(store, round_, reserve, before[0].reviewer_id if before else None)
    store.trail.add(
        "case-replaced", actor_id=actor.id, at=now, round=key, number=number, reason=reason,
        digest=str(certificate["digest"]),
    )  # fmt: skip
    return store.cases.by_case_id(round_.id, reserve.case_id), certificate


def close_round(store: Store, actor: Person, key: str, *, now: datetime) -> Round:
    """Close a round; its answers are final from now on, and its reports can be made.

    Raises
    ------
    ProblemsFound
        If a case still needs its review or its replacement; every such case is named.
    RoundNotIn
        If the round is not being reviewed.
    """
    require(actor, Action.RUN_ROUND)
    round_ = store.rounds.by_key(key)
    check_step(round_, "close")
    cases = acting_cases(store, round_)
    draw = store.draws.of(round_.id)[-1]
    problems = unsettled(
        cases,
        store.reviews.of(round_.id),
        replaced=replaced_cases(draw.certificate),
        with_reserve={
            case.stratum
            for case in store.cases.of(round_.id)
            if case.draw_id == draw.id and case.number is None
        },
    )
    if problems:
        raise ProblemsFound(problems)
    store.rounds.set_state(round_.id, RoundState.CLOSED, closed_at=now)
    store.trail.add("round-closed", actor_id=actor.id, at=now, round=key)
    return store.rounds.by_key(key)


def progress(store: Store, actor: Person, key: str) -> tuple[Round, Frame, Progress]:
    """Return how far a round is: counts of cases and reviews, nothing of what was answered."""
    require(actor, Action.SEE_ROUND)
    round_ = store.rounds.by_key(key)
    cases = {case.id for case in acting_cases(store, round_) if case.status is CaseStatus.TO_REVIEW}
    reviews = [review for review in store.reviews.of(round_.id) if review.case_id in cases]
    people = {person.id: person.name for person in store.people.all()}
    given = {review.reviewer_id for review in reviews if review.reviewer_id is not None}
    by_reviewer = tuple(
        (
            people[who],
            sum(1 for review in reviews if review.reviewer_id == who and review.finished_at),
            sum(1 for review in reviews if review.reviewer_id == who),
        )
        for who in sorted(given, key=lambda one: people[one])
    )
    return (
        round_,
        store.rounds.frame(round_.id),
        Progress(
            cases=len(cases),
            reviews=len(reviews),
            finished=sum(1 for review in reviews if review.finished_at),
            unassigned=sum(1 for review in reviews if review.reviewer_id is None),
            by_reviewer=by_reviewer,
        ),
    )


def reviewed_case_ids(store: Store, actor: Person, key: str) -> tuple[str, ...]:
    """Return the case numbers of a round that were reviewed, for leaving them out of the next frame."""
    require(actor, Action.RUN_ROUND)
    round_ = store.rounds.by_key(key)
    return tuple(case.case_id for case in acting_cases(store, round_) if case.status is CaseStatus.TO_REVIEW)


def all_rounds(store: Store, actor: Person) -> tuple[Round, ...]:
    """Return every round, in the order in which they were made."""
    require(actor, Action.SEE_ROUND)
    return store.rounds.all()


def acting_cases(store: Store, round_: Round) -> tuple[DrawnCase, ...]:
    """Return the numbered cases of the latest draw, by running number."""
    draws = store.draws.of(round_.id)
    if not draws:
        return ()
    latest = draws[-1].id
    return tuple(
        case for case in store.cases.of(round_.id) if case.draw_id == latest and case.number is not None
    )


def _pinned(text: str) -> ChecklistVersion:
    checklist = parse(text)
    return ChecklistVersion(checklist_id=checklist.id, version=checklist.version, text=text)


def _period(register: Register) -> tuple[date | None, date | None]:
    keep = register.mapping.get("keep", {})
    bounds = [keep.get(name) if isinstance(keep, Mapping) else None for name in ("from", "to")]
    first, last = (date.fromisoformat(str(bound)) if bound else None for bound in bounds)
    return first, last


def _drawn_cases(store: Store, draw: Draw, register: Register, secret_key: str | None) -> list[DrawnCase]:
    """Return the cases of a certificate with what is kept of their rows; main cases get running numbers."""
    rows = rows_of(register, draw.certificate)
    number = store.cases.next_number(draw.round_id)
    cases = []
    for drawn in cases_of(draw.certificate):
        row, main = rows[drawn.case_id], drawn.role == CaseRole.MAIN
        code = row.get("caseworker")
        cases.append(
            DrawnCase(
                id=0,
                round_id=draw.round_id,
                draw_id=draw.id,
                number=number if main else None,
                case_id=drawn.case_id,
                centre=str(row["centre"]),
                stratum=drawn.stratum,
                role=CaseRole(drawn.role),
                rank=drawn.rank,
                ticket=drawn.ticket,
                decision_date=row.get("decision_date"),
                case_type=row.get("case_type"),
                outcome=row.get("outcome"),
                facts={name: str(value) for name, value in row.items() if _is_fact(name, value)},
                link=row.get("link"),
                caseworker_hash=caseworker_hash(code, secret_key) if code else None,
            )
        )
        number += main
    return cases


def _is_fact(name: str, value: object) -> bool:
    return value is not None and (name not in KEPT or name == "outcome")


def _open_reviews(store: Store, round_: Round, cases: Sequence[DrawnCase]) -> None:
    wanted = [one.checklist_id for one in store.rounds.checklists(round_.id)]
    store.reviews.open_for(round_.id, [case.id for case in cases], wanted)


def _hand_over(store: Store, round_: Round, case: DrawnCase, reviewer_id: int | None) -> None:
    if reviewer_id is None:
        return
    for review in store.reviews.of(round_.id):
        if review.case_id == case.id:
            store.reviews.assign(review.id, reviewer_id)
