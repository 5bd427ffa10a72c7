"""A planned round from its frozen frame to its drawn cases: freeze, open again, seed, draw."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from hashlib import sha256
from typing import Any

import sampling
from lirk.domain.access import Action, require
from lirk.domain.cpr import masked
from lirk.domain.draws import DrawNeedsReason, SeedBeforeFreeze, SeedRecord, SeedUsed
from lirk.domain.people import Person
from lirk.domain.plain_texts import check_short_texts
from lirk.domain.planning import (
    EnteredSeed,
    KeptRegister,
    PlanChanged,
    PlannedRound,
    PlanSettings,
    PlanUnknown,
    RegisterMissing,
    SeedInFuture,
    SeedNotEntered,
    SeedPlanMissing,
    Step,
    UnlockNeedsReason,
    UnlockTooLate,
    draw_plan,
    require_step,
    without_register,
)
from lirk.domain.reviews import DrawnCase
from lirk.domain.rounds import Draw, Frame, Round, RoundState, check_step
from lirk.domain.settling import check_unread
from lirk.intake import keeping
from lirk.intake.register import Register, examine_table
from lirk.intake.tables import Table
from lirk.services import draws, rounds
from lirk.services.calibration_guards import check_uncalibrated
from lirk.services.certificates import StratumCount
from lirk.services.people import kept_code
from lirk.services.planned_frames import read_upload
from lirk.services.planning import checklist_texts, editable, full_ids, note
from lirk.services.samples import acting_cases, latest_cases, read_so_far
from lirk.storage.store import Store


@dataclass(frozen=True, slots=True, kw_only=True)
class SeedPage:
    """A round that waits for a seed: its frame, its plan (None where it was made without the browser).

    ``about`` is known of the kept register, None where it must be handed in again; ``draws`` were made before.
    """

    round: Round
    frame: Frame
    plan: PlannedRound | None
    about: Mapping[str, Any] | None
    draws: tuple[Draw, ...]

    @property
    def seed(self) -> EnteredSeed | None:
        """The seed that waits for the draw to be confirmed."""
        return self.plan.settings.seed if self.plan else None

    @property
    def may_reopen(self) -> bool:
        """Whether the frame can be opened again: it was planned in the browser, and no seed is known."""
        return self.plan is not None and self.seed is None and self.round.state is RoundState.COMMITTED


@dataclass(frozen=True, slots=True, kw_only=True)
class CertificatePage:
    """The latest draw of a round and its cases: numbered ones by number, then the reserve by rank."""

    round: Round
    frame: Frame
    draw: Draw
    draws: tuple[Draw, ...]
    cases: tuple[DrawnCase, ...]
    seed_plan: Mapping[str, Any] | None


def freeze_plan(
    store: Store,
    actor: Person,
    plan_id: int,
    *,
    salt: str,
    secret_key: str | None,
    version: int,
    now: datetime,
) -> tuple[Round, Mapping[str, Any]]:
    """Freeze the frame of a plan; of its register only the mapped columns stay.

    Parameters
    ----------
    salt
        A random text from the door: the published fingerprint cannot be guessed by trying case numbers.
    secret_key
        Keys the hash of caseworkers.

    Returns
    -------
    tuple
        The round, and the freeze (``lirk-freeze/1``) to hand out before the seed exists.

    Raises
    ------
    StepNotReady, SeedPlanMissing, PlanUnknown, PlanFrozen, PlanChanged, SecretKeyMissing
        See each; and what ``lirk.services.rounds.new_round`` raises.
    """
    plan = editable(store, actor, plan_id, version)
    require_step(plan.settings, Step.SEED)
    if plan.settings.seed_plan is None:
        raise SeedPlanMissing
    kept = store.kept_registers.of(plan.id)
    table = _narrowed(keeping.kept_table(kept.about, kept.content), plan.settings.mapping, secret_key)
    planned = draws.plan_frame(
        _register(table, kept.about, plan.settings.mapping), draw_plan(plan.title, plan.settings)
    )
    texts, sha = checklist_texts(store, plan, now=now), kept.about["sha256"]
    frozen = {
        "title": plan.title,
        "planned": planned,
        "checklists": texts,
        "full": full_ids(plan),
        "salt": salt,
        "source_sha256": sha,
    }
    if plan.round_id is None:
        round_, freeze = rounds.new_round(store, actor, key=plan.key, **frozen, now=now)
    else:
        round_, freeze = rounds.freeze_again(store, actor, plan.key, **frozen, now=now)
    store.kept_registers.put(plan.id, _kept(table, kept.about))
    settings = replace(plan.settings, reopened=False)
    store.planned_rounds.change(replace(plan, round_id=round_.id, settings=settings))
    return round_, freeze


def seed_page(store: Store, actor: Person, key: str) -> SeedPage:
    """Return what the pages of a round's seed and draw show.

    Raises
    ------
    RoundUnknown
        If there is no such round.
    """
    require(actor, Action.RUN_ROUND)
    round_ = store.rounds.by_key(key)
    plan = store.planned_rounds.of_round(round_.id)
    return SeedPage(
        round=round_,
        frame=store.rounds.frame(round_.id),
        plan=plan,
        about=store.kept_registers.about(plan.id) if plan else None,
        draws=store.draws.of(round_.id),
    )


def reopen_frame(
    store: Store, actor: Person, key: str, *, reason: str, version: int, now: datetime
) -> PlannedRound:
    """Open a frozen frame again before its seed is known; freezing it anew is a new commitment.

    Raises
    ------
    UnlockNeedsReason, UnlockTooLate, PlanUnknown, PlanChanged, RoundUnknown
        See each.
    """
    page = seed_page(store, actor, key)
    if page.plan is None:
        raise PlanUnknown
    if not page.may_reopen:
        raise UnlockTooLate(round=key)
    if not reason.strip():
        raise UnlockNeedsReason
    if page.plan.version != version:
        raise PlanChanged
    settings = replace(page.plan.settings, reopened=True)
    plan = store.planned_rounds.change(replace(page.plan, settings=settings))
    fingerprint = page.frame.fingerprint
    note(store, "frame-reopened", actor, plan, now, reason=masked(reason.strip()), fingerprint=fingerprint)
    return plan


def enter_seed(
    store: Store,
    actor: Person,
    key: str,
    *,
    seed: SeedRecord,
    reason: str | None = None,
    register: tuple[str, bytes] | None = None,
    secret_key: str | None,
    now: datetime,
) -> PlannedRound:
    """Keep a seed that was found, until the draw is confirmed; from now on the frame cannot be opened.

    A seed that was mistyped may be entered again before the draw; the trail holds each of them.

    Parameters
    ----------
    reason
        Why a further draw is made; needed from the second on.
    register
        Name and content of the very file that was frozen, where none is kept.

    Raises
    ------
    RoundUnknown, RoundNotIn, FrameReopened, DrawAfterAnswers, DrawNeedsReason, RegisterMissing
    lirk.domain.calibration.CalibrationOpen
        See each.
    SeedBeforeFreeze, SeedInFuture, SeedUsed
        If the seed cannot be one that was found after the frame was frozen.
    TextsRefused
        If a witness cannot be written down.
    FingerprintDiffers, ProblemsFound
        If the file is not the one that was frozen.
    """
    page = seed_page(store, actor, key)
    check_short_texts(witnesses=seed.witnesses)
    _check_seed(store, page, seed, reason, now)
    plan = page.plan or _plan_of(store, actor, page.round, now)
    if page.about is None:
        if register is None:
            raise RegisterMissing
        store.kept_registers.put(plan.id, _same_register(page.frame, register, secret_key))
    entered = EnteredSeed(
        value=seed.value,
        how=str(seed.how),
        witnesses=tuple(seed.witnesses),
        at=seed.at,
        reason=masked((reason or "").strip()) or None,
    )
    settings = replace(plan.settings, uploaded=True, seed=entered)
    changed = store.planned_rounds.change(replace(plan, settings=settings))
    note(store, "seed-entered", actor, changed, now, seed=seed.value, how=entered.how)
    return changed


def draw_planned(
    store: Store, actor: Person, key: str, *, secret_key: str | None, version: int, now: datetime
) -> Mapping[str, Any]:
    """Draw with the seed that was entered, and delete the kept register.

    Parameters
    ----------
    version
        The plan's, as the page of confirmation showed it.

    Returns
    -------
    Mapping
        The certificate (``lirk-certificate/1``).

    Raises
    ------
    SeedNotEntered, RegisterMissing, PlanChanged
        See each; and what ``lirk.services.rounds.draw_round`` raises.
    """
    page = seed_page(store, actor, key)
    if page.plan is None or page.seed is None:
        raise SeedNotEntered
    if page.plan.version != version:
        raise PlanChanged
    plan, seed, kept = page.plan, page.seed, store.kept_registers.of(page.plan.id)
    table = keeping.kept_table(kept.about, kept.content)
    certificate = rounds.draw_round(
        store,
        actor,
        key,
        register=_register(table, kept.about, page.frame.freeze["mapping"]),
        seed=SeedRecord(value=seed.value, how=seed.how, witnesses=seed.witnesses, at=seed.at),
        reason=seed.reason,
        secret_key=secret_key,
        now=now,
    )
    store.kept_registers.delete(plan.id)
    store.planned_rounds.change(replace(plan, settings=without_register(plan.settings)))
    note(store, "register-deleted", actor, plan, now)
    return certificate


def certificate_page(store: Store, actor: Person, key: str) -> CertificatePage:
    """Return the latest draw of a round.

    Raises
    ------
    RoundUnknown, RoundNotIn
        If there is no such round, or nothing is drawn in it.
    """
    require(actor, Action.RUN_ROUND)
    round_ = store.rounds.by_key(key)
    check_step(round_, "certificate")
    plan, made = store.planned_rounds.of_round(round_.id), store.draws.of(round_.id)
    return CertificatePage(
        round=round_,
        frame=store.rounds.frame(round_.id),
        draw=made[-1],
        draws=made,
        cases=latest_cases(store, round_),
        seed_plan=plan.settings.seed_plan.as_dict() if plan and plan.settings.seed_plan else None,
    )


def _check_seed(store: Store, page: SeedPage, seed: SeedRecord, reason: str | None, now: datetime) -> None:
    check_step(page.round, "draw")
    rounds.check_closed(store, page.round)
    reviews, reported = read_so_far(store, page.round)
    check_unread(page.round.key, acting_cases(store, page.round), reviews, reported=reported)
    check_uncalibrated(store, page.round)
    if page.draws and not (reason or "").strip():
        raise DrawNeedsReason(number=len(page.draws) + 1)
    if seed.at < page.frame.committed_at:
        raise SeedBeforeFreeze(seed_at=seed.at, committed_at=page.frame.committed_at)
    if seed.at > now:
        raise SeedInFuture(seed_at=seed.at)
    if store.draws.seed_used(page.frame.fingerprint, seed.value):
        raise SeedUsed(seed=seed.value)


def _plan_of(store: Store, actor: Person, round_: Round, now: datetime) -> PlannedRound:
    """Return a plan for a round that was made without the browser, to keep its register until the draw."""
    return store.planned_rounds.add(
        key=round_.key,
        title=round_.title,
        settings=PlanSettings(),
        made_at=now,
        made_by=actor.id,
        round_id=round_.id,
    )


def _same_register(frame: Frame, register: tuple[str, bytes], secret_key: str | None) -> KeptRegister:
    """Return what is kept of a file that is the frozen one."""
    name, content = register
    mapping = frame.freeze["mapping"]
    read = {key: value for key, value in mapping.get("read", {}).items() if key != "date_format"}
    table = _narrowed(read_upload(content, read, mapping["columns"].values()), mapping, secret_key)
    about = {"source": name, "sha256": sha256(content).hexdigest()}
    draws.same_frame(_register(table, about, mapping), frame.freeze)
    return _kept(table, about)


def _narrowed(table: Table, mapping: Mapping[str, Any], secret_key: str | None) -> Table:
    return keeping.narrowed(table, mapping["columns"], lambda code: kept_code(code, secret_key))


def _kept(table: Table, about: Mapping[str, Any]) -> KeptRegister:
    whole = {**about, **keeping.about(table)}
    return KeptRegister(about=whole, content=keeping.content(table))


def _register(table: Table, about: Mapping[str, Any], mapping: Mapping[str, Any]) -> Register:
    examination = examine_table(about["source"], table, mapping)
    if examination.register is None:
        raise examination.error
    return examination.register


def planned_sizes(frame: Frame) -> tuple[StratumCount, ...]:
    """Return how many cases a frozen frame has in each stratum, and how many will be drawn."""
    return tuple(StratumCount(one.stratum, one.N, one.n) for one in sampling.stratum_sizes(frame.freeze))
