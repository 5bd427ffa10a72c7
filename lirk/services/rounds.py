"""A round from the frozen frame to the closed reviews: one function for each thing a coordinator does."""

from collections import Counter
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from lirk.domain.access import Action, require
from lirk.domain.assignment import may_read
from lirk.domain.draws import SeedRecord, SeedUsed
from lirk.domain.item_sets import Asked, ItemSet, item_set
from lirk.domain.obstacles import Settlement
from lirk.domain.people import Person
from lirk.domain.plain_texts import text_problems
from lirk.domain.reviewing import NOTE_LIMIT
from lirk.domain.reviews import CaseStatus, DrawnCase, Reading, Review
from lirk.domain.rounds import (
    ChecklistNotChosen,
    ChecklistTwice,
    ChecklistVersion,
    Draw,
    Frame,
    FrameReopened,
    OutcomeStrataNotReported,
    Round,
    RoundExists,
    RoundState,
    check_key,
    check_step,
)
from lirk.domain.serials import period_of
from lirk.domain.settling import check_replaceable, check_unread, runs, unsettled
from lirk.errors import Problem, ProblemsFound
from lirk.intake.register import Register
from lirk.services import draws as drawing
from lirk.services.assigning import assign
from lirk.services.calibration_guards import check_callable, check_uncalibrated, strata_with_reserve
from lirk.services.certificates import frame_of, replaced_cases
from lirk.services.checklists import parse
from lirk.services.closing import further_blockers
from lirk.services.limits import limits_of
from lirk.services.pinned import asked_in
from lirk.services.samples import (
    acting_case,
    acting_cases,
    acting_reviews,
    keep_sample,
    latest_cases,
    open_obstacles,
    open_reviews,
    read_so_far,
)
from lirk.services.second_readings import close_unbegun
from lirk.storage.store import Store


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
    full: Collection[str] = (),
    now: datetime,
    made_up: str = "",
) -> tuple[Round, Mapping[str, Any]]:
    """Freeze the frame of a new round and pin its checklists.

    Parameters
    ----------
    planned
        The register after the plan's exclusions and strata (``lirk.services.draws.plan_frame``).
    checklists
        The whole texts of the checklists; each drawn case is reviewed once with each of them.
    salt, source_sha256
        Salt of the published fingerprint, used where the plan wants one; SHA-256 of the register's file.
    full
        Ids of the checklists of which all items are asked; of the others the core set is.

    Returns
    -------
    tuple
        The round, and the freeze (``lirk-freeze/1``) to hand out before the seed exists.

    Raises
    ------
    RoundKeyMalformed, RoundExists, OutcomeStrataNotReported, ChecklistTwice, ProblemsFound
        See each.
    """
    require(actor, Action.RUN_ROUND)
    if store.rounds.find(check_key(key)) is not None:
        raise RoundExists(round=key)
    pinned = _pinned_for(planned, checklists, full)
    freeze = drawing.freeze_planned(planned, salt=salt, now=now, source_sha256=source_sha256)
    first, last = period_of(planned.register.mapping)
    round_ = store.rounds.add(
        key=key,
        title=title,
        state=RoundState.COMMITTED,
        created_at=now,
        first_day=first,
        last_day=last,
        made_up=made_up,
    )
    _commit(store, actor, round_, freeze, pinned, now)
    return round_, freeze


def freeze_again(
    store: Store,
    actor: Person,
    key: str,
    *,
    title: str,
    planned: drawing.PlannedFrame,
    checklists: Sequence[str],
    salt: str | None,
    source_sha256: str | None = None,
    full: Collection[str] = (),
    now: datetime,
) -> tuple[Round, Mapping[str, Any]]:
    """Freeze the frame of a round anew, in place of one that was opened before its seed was known.

    Parameters and result are those of :func:`new_round`; the freeze is a new commitment, and the trail keeps
    the fingerprint of the one before.

    Raises
    ------
    RoundUnknown, RoundNotIn, OutcomeStrataNotReported, ChecklistTwice, ProblemsFound
        See each.
    """
    require(actor, Action.RUN_ROUND)
    round_ = store.rounds.by_key(key)
    check_step(round_, "freeze")
    pinned = _pinned_for(planned, checklists, full)
    freeze = drawing.freeze_planned(planned, salt=salt, now=now, source_sha256=source_sha256)
    first, last = period_of(planned.register.mapping)
    store.rounds.unpin_checklists(round_.id)
    store.rounds.change(round_.id, title=title, first_day=first, last_day=last)
    _commit(store, actor, round_, freeze, pinned, now)
    return store.rounds.by_key(key), freeze


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
) -> Mapping[str, Any]:
    """Draw the cases of a round from the very register that was frozen, and open their reviews.

    A further draw, before anything is read, needs a reason and takes the place of the one before it, which
    stays on record with its number.

    Returns
    -------
    Mapping
        The certificate (``lirk-certificate/1``).

    Raises
    ------
    RoundUnknown, RoundNotIn, FrameReopened, DrawAfterAnswers, SeedUsed, lirk.services.people.SecretKeyMissing
    lirk.domain.calibration.CalibrationOpen
        See each; and what ``lirk.services.draws.draw_cases`` raises.
    """
    require(actor, Action.RUN_ROUND)
    round_ = store.rounds.by_key(key)
    check_step(round_, "draw")
    check_closed(store, round_)
    frame, earlier = store.rounds.frame(round_.id), store.draws.of(round_.id)
    reviews, reported = read_so_far(store, round_)
    check_unread(key, acting_cases(store, round_), reviews, reported=reported)
    check_uncalibrated(store, round_)
    if store.draws.seed_used(frame.fingerprint, seed.value):
        raise SeedUsed(seed=seed.value)
    certificate = drawing.draw_cases(
        register,
        frame.freeze,
        seed,
        number=len(earlier) + 1,
        reason=reason,
        previous=earlier[-1].digest if earlier else None,
        now=now,
    )
    draw = _keep_draw(store, round_, certificate, now)
    keep_sample(store, round_, draw, register, secret_key)
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
    RoundUnknown, RoundNotIn, NoReviewers, NotAReviewer, NobodyMayRead, lirk.services.people.PersonUnknown
        See each.
    """
    done = assign(store, actor, key, reviewers=reviewers, again=again, now=now)
    return {share.username: share.new for share in done.shares}


def replace_case(
    store: Store, actor: Person, key: str, *, number: int, reason: str, now: datetime
) -> tuple[DrawnCase, Mapping[str, Any]]:
    """Replace a case that is out of scope by the next reserve case of its stratum.

    The same reviewer gets it, unless it is one that they may not read: then nobody has it yet.

    Returns
    -------
    tuple
        The case called up, with its running number, and the new certificate.

    Raises
    ------
    ProblemsFound
        If the reason cannot be kept.
    RoundUnknown, RoundNotIn, CaseUnknown, CaseIsFinding, CaseReviewed, SecondReadingFinished
        See each; and what ``lirk.services.draws.replace_case`` raises.
    """
    require(actor, Action.RUN_ROUND)
    round_ = store.rounds.by_key(key)
    check_step(round_, "replace")
    told = text_problems(reason, column="reason", limit=NOTE_LIMIT)
    if told:
        raise ProblemsFound(told)
    out, draw = acting_case(store, round_, number), store.draws.of(round_.id)[-1]
    reviews = [review for review in acting_reviews(store, round_) if review.case_id == out.id]
    check_replaceable(out, reviews, acting_reviews(store, round_, reading=Reading.SECOND))
    certificate, called = drawing.replace_case(draw.certificate, out.case_id, reason=reason, now=now)
    reserve = next(case for case in latest_cases(store, round_) if case.case_id == called)
    check_callable(store, round_, reserve)
    store.draws.replace_certificate(draw.id, certificate=certificate, digest=certificate["digest"])
    store.cases.set_status(out.id, CaseStatus.OUT_OF_SCOPE)
    close_unbegun(store, actor, round_, [out], now=now)
    store.obstacles.settle_open(out.id, Settlement.REPLACED, at=now, by=actor.id)
    _call_up(store, round_, reserve, reviews)
    store.trail.add(
        "case-replaced",
        actor_id=actor.id,
        at=now,
        round=key,
        number=number,
        reason=reason,
        digest=certificate["digest"],
    )
    return store.cases.by_case_id(round_.id, called), certificate


def close_round(store: Store, actor: Person, key: str, *, now: datetime) -> Round:
    """Close a round; its answers are final from now on, and its reports can be made.

    Raises
    ------
    ProblemsFound
        If a case still needs its review or its replacement; every such case is named.
    RoundUnknown, RoundNotIn
        If there is no such round, or it is not being reviewed.
    """
    require(actor, Action.RUN_ROUND)
    round_ = store.rounds.by_key(key)
    check_step(round_, "close")
    problems = unsettled(
        acting_cases(store, round_),
        acting_reviews(store, round_),
        replaced=replaced_cases(store.draws.of(round_.id)[-1].certificate),
        with_reserve=strata_with_reserve(store, round_, latest_cases(store, round_)),
        reported=open_obstacles(store, round_),
    )
    further = further_blockers(store, round_).items()
    problems += tuple(Problem(code, {"numbers": runs(numbers)}) for code, numbers in further)
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
    reviews = [review for review in acting_reviews(store, round_) if review.case_id in cases]
    state = Progress(
        cases=len(cases),
        reviews=len(reviews),
        finished=sum(review.finished_at is not None for review in reviews),
        unassigned=sum(review.reviewer_id is None for review in reviews),
        by_reviewer=_by_reviewer(reviews, store.people.all()),
    )
    return round_, store.rounds.frame(round_.id), state


def reviewed_case_ids(store: Store, actor: Person, key: str) -> tuple[str, ...]:
    """Return the case numbers of a round that were reviewed, for leaving them out of the next frame."""
    require(actor, Action.RUN_ROUND)
    round_ = store.rounds.by_key(key)
    return tuple(case.case_id for case in acting_cases(store, round_) if case.status is CaseStatus.TO_REVIEW)


def documents(store: Store, actor: Person, key: str) -> dict[str, Mapping[str, object]]:
    """Return the freeze and the certificates of a round, by the names of the files to write them to."""
    require(actor, Action.SEE_ROUND)
    round_ = store.rounds.by_key(key)
    certificates = {f"certificate-{draw.number}.json": draw.certificate for draw in store.draws.of(round_.id)}
    return {"freeze.json": store.rounds.frame(round_.id).freeze, **certificates}


def checklists_asked(store: Store, actor: Person, key: str) -> tuple[Asked, ...]:
    """Return the checklists of a round with the items that it asks."""
    require(actor, Action.SEE_ROUND)
    return asked_in(store, store.rounds.by_key(key))


def ids_in_full(texts: Mapping[str, str], full: Iterable[str]) -> tuple[str, ...]:
    """Return the ids of the checklists of which all items are wanted.

    Parameters
    ----------
    texts
        The chosen checklists by the names that they were chosen by.
    full
        Names of some of them.

    Raises
    ------
    ChecklistNotChosen
        If one is none of them.
    """
    for name in full:
        if name not in texts:
            raise ChecklistNotChosen(name=name, known=list(texts))
    return tuple(parse(texts[name]).id for name in full)


def all_rounds(store: Store, actor: Person) -> tuple[Round, ...]:
    """Return every round, in the order in which they were made."""
    require(actor, Action.SEE_ROUND)
    return store.rounds.all()


def check_closed(store: Store, round_: Round) -> None:
    """Refuse what needs a frozen frame while it is being changed.

    Raises
    ------
    FrameReopened
        If it was opened again.
    """
    plan = store.planned_rounds.of_round(round_.id)
    if plan is not None and plan.settings.reopened:
        raise FrameReopened(round=round_.key)


def _pinned_for(
    planned: drawing.PlannedFrame, checklists: Iterable[str], full: Collection[str]
) -> tuple[ChecklistVersion, ...]:
    strata = tuple(planned.plan.strata)
    if strata != ("centre",):
        raise OutcomeStrataNotReported(strata=strata)
    return _pinned(checklists, full)


def _pinned(texts: Iterable[str], full: Collection[str]) -> tuple[ChecklistVersion, ...]:
    pinned: dict[str, ChecklistVersion] = {}
    for text in texts:
        checklist = parse(text)
        if checklist.id in pinned:
            raise ChecklistTwice(checklist=checklist.id)
        pinned[checklist.id] = ChecklistVersion(
            checklist_id=checklist.id,
            version=checklist.version,
            text=text,
            items=item_set(checklist, full=checklist.id in full),
        )
    return tuple(pinned.values())


def _commit(
    store: Store,
    actor: Person,
    round_: Round,
    freeze: Mapping[str, Any],
    pinned: Sequence[ChecklistVersion],
    now: datetime,
) -> None:
    frame = frame_of(freeze)
    store.rounds.set_frame(round_.id, frame)
    store.rounds.pin_checklists(round_.id, pinned)
    store.centres.ensure(frame.strata)
    store.trail.add(
        "frame-frozen",
        actor_id=actor.id,
        at=now,
        round=round_.key,
        fingerprint=frame.fingerprint,
        strata=frame.strata,
        checklists=[f"{one.checklist_id}/{one.version}" for one in pinned],
        core=[one.checklist_id for one in pinned if one.items is ItemSet.CORE],
    )


def _keep_draw(store: Store, round_: Round, certificate: Mapping[str, Any], now: datetime) -> Draw:
    return store.draws.add(
        round_id=round_.id,
        number=certificate["draw"]["number"],
        reason=certificate["draw"]["reason"],
        seed=certificate["seed"]["value"],
        drawn_at=now,
        digest=certificate["digest"],
        certificate=certificate,
    )


def _call_up(store: Store, round_: Round, reserve: DrawnCase, before: Sequence[Review]) -> None:
    """Give a reserve case its number, open its reviews, and hand them to who had the case before."""
    store.cases.call_up(reserve.id, store.cases.next_number(round_.id))
    open_reviews(store, round_, [reserve])
    had, limits = {review.reviewer_id for review in before} - {None}, limits_of(store, round_)
    able = [
        person
        for person in store.people.all()
        if person.id in had and person.active and may_read(person, reserve, limits)
    ]
    for review in acting_reviews(store, round_):
        if able and review.case_id == reserve.id:
            store.reviews.assign(review.id, able[0].id)


def _by_reviewer(reviews: Sequence[Review], people: Sequence[Person]) -> tuple[tuple[str, int, int], ...]:
    given = Counter(review.reviewer_id for review in reviews)
    finished = Counter(review.reviewer_id for review in reviews if review.finished_at)
    named = sorted((person.name, person.id) for person in people if given[person.id])
    return tuple((name, finished[id_], given[id_]) for name, id_ in named)
