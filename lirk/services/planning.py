"""Planning a round in the browser, from its key and checklists to the way its seed will be found."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from checklists.model import Text
from lirk.domain.access import Action, require
from lirk.domain.checklist_versions import NotOffered
from lirk.domain.item_sets import Asked, asked, item_set
from lirk.domain.people import Person
from lirk.domain.plain_texts import check_short_texts
from lirk.domain.planning import (
    FrameSummary,
    PlanChanged,
    PlanChecklistsMissing,
    PlanFrozen,
    PlannedRound,
    PlanSettings,
    PlanTitleMissing,
    SeedPlan,
    Sizes,
    Step,
    StepNotReady,
    require_step,
)
from lirk.domain.rounds import ChecklistTwice, RoundExists, RoundKeyMalformed, check_key
from lirk.services.checklist_versions import ReadVersion, offered
from lirk.services.checklists import ChecklistNotFound
from lirk.services.plan_sizes import check_sizes
from lirk.storage.store import Store

#: Words that stand in an address where a round's key does.
RESERVED = {"plans"}


@dataclass(frozen=True, slots=True, kw_only=True)
class PlanPage:
    """A plan, and what is known of its register (``lirk.intake.keeping.about``; None where none is kept).

    ``checklists`` are the chosen ones with their chosen items; ``facts`` are what they ask that a register may
    know, id and question; ``saved`` are the names of the saved mappings.
    """

    plan: PlannedRound
    about: Mapping[str, Any] | None
    checklists: tuple[Asked, ...] = ()
    facts: tuple[tuple[str, Text], ...] = ()
    saved: tuple[str, ...] = ()


def checklist_choices(store: Store, actor: Person, *, now: datetime) -> tuple[ReadVersion, ...]:
    """Return the checklists that a round can be planned with."""
    require(actor, Action.RUN_ROUND)
    return offered(store, now=now)


def plan_page(store: Store, actor: Person, plan_id: int, *, now: datetime) -> PlanPage:
    """Return a plan and what its pages show.

    Raises
    ------
    PlanUnknown
        If there is no such plan.
    """
    return _plan_page(store, actor, plan_id, offered(store, now=now))


def mapping_page(store: Store, actor: Person, plan_id: int, *, now: datetime) -> PlanPage:
    """Return what :func:`plan_page` does, with the facts and the saved mappings that can be chosen."""
    every = offered(store, now=now)
    page = _plan_page(store, actor, plan_id, every)
    facts = {
        fact.id: fact.question
        for one in every
        if _name(one) in page.plan.settings.checklists
        for fact in one.checklist.facts
        if fact.id != "outcome"
    }
    return replace(page, facts=tuple(facts.items()), saved=store.saved_mappings.names())


def new_plan(
    store: Store,
    actor: Person,
    *,
    key: str,
    title: str,
    checklists: Sequence[str],
    full: Sequence[str] = (),
    now: datetime,
) -> PlannedRound:
    """Begin a plan.

    Parameters
    ----------
    key
        The round's key, free among rounds and plans.
    checklists
        Ids and versions, ``id/version``.
    full
        Those of them of which all items are asked; of the others the core set is.

    Raises
    ------
    RoundKeyMalformed, RoundExists, PlanTitleMissing, PlanChecklistsMissing, ChecklistTwice, ChecklistNotFound,
    TextsRefused
        See each.
    """
    require(actor, Action.RUN_ROUND)
    _check_basics(store, key, title, checklists, now=now)
    settings = PlanSettings(checklists=tuple(checklists), full=_of_chosen(full, checklists))
    plan = store.planned_rounds.add(
        key=key, title=title.strip(), settings=settings, made_at=now, made_by=actor.id
    )
    note(store, "plan-made", actor, plan, now, checklists=list(checklists), full=list(settings.full))
    return plan


def change_basics(
    store: Store,
    actor: Person,
    plan_id: int,
    *,
    key: str,
    title: str,
    checklists: Sequence[str],
    full: Sequence[str] = (),
    version: int,
    now: datetime,
) -> PlannedRound:
    """Change key, title and checklists of a plan; a frame that was frozen before keeps its key.

    Raises
    ------
    PlanUnknown, PlanFrozen, PlanChanged
        See each; and what :func:`new_plan` raises.
    """
    plan = editable(store, actor, plan_id, version)
    key = plan.key if plan.settings.reopened else key
    _check_basics(store, key, title, checklists, plan=plan, now=now)
    settings = replace(plan.settings, checklists=tuple(checklists), full=_of_chosen(full, checklists))
    changed = store.planned_rounds.change(replace(plan, key=key, title=title.strip(), settings=settings))
    chosen = {"checklists": list(checklists), "full": list(settings.full)}
    note(store, "plan-changed", actor, changed, now, part="basics", **chosen)
    return changed


def delete_plan(store: Store, actor: Person, plan_id: int, *, version: int, now: datetime) -> None:
    """Delete a plan and its register; one whose frame was ever frozen stays.

    Raises
    ------
    PlanUnknown, PlanFrozen, PlanChanged
        See each.
    """
    plan = editable(store, actor, plan_id, version)
    if plan.round_id is not None:
        raise PlanFrozen
    store.kept_registers.delete(plan.id)
    store.planned_rounds.delete(plan.id)
    note(store, "plan-deleted", actor, plan, now)


def approve_frame(store: Store, actor: Person, plan_id: int, *, version: int, now: datetime) -> PlannedRound:
    """Say that the frame is as it should be; any change of it takes that back.

    Raises
    ------
    StepNotReady
        If the register has problems, or no case is left.
    PlanUnknown, PlanFrozen, PlanChanged
        See each.
    """
    plan = editable(store, actor, plan_id, version)
    require_step(plan.settings, Step.FRAME)
    changed = store.planned_rounds.change(replace(plan, settings=replace(plan.settings, approved=True)))
    cases = changed.settings.summary.cases if changed.settings.summary else 0
    note(store, "frame-approved", actor, changed, now, cases=cases)
    return changed


def save_sizes(
    store: Store, actor: Person, plan_id: int, sizes: Sizes, *, version: int, now: datetime
) -> PlannedRound:
    """Keep how many cases to draw.

    Raises
    ------
    ProblemsFound
        If the sizes do not fit the frame.
    StepNotReady, PlanUnknown, PlanFrozen, PlanChanged
        See each.
    """
    plan = editable(store, actor, plan_id, version)
    require_step(plan.settings, Step.SIZES)
    check_sizes(sizes, summary_of(plan).centres)
    changed = store.planned_rounds.change(replace(plan, settings=replace(plan.settings, sizes=sizes)))
    note(store, "sizes-decided", actor, changed, now, sizes=sizes.as_plan())
    return changed


def save_seed_plan(
    store: Store, actor: Person, plan_id: int, seed_plan: SeedPlan, *, version: int, now: datetime
) -> PlannedRound:
    """Keep how the seed will be found, before it is known.

    Raises
    ------
    StepNotReady, PlanUnknown, PlanFrozen, PlanChanged, TextsRefused
        See each.
    """
    plan = editable(store, actor, plan_id, version)
    require_step(plan.settings, Step.SEED)
    check_short_texts(place=seed_plan.place, witnesses=seed_plan.witnesses)
    changed = store.planned_rounds.change(replace(plan, settings=replace(plan.settings, seed_plan=seed_plan)))
    note(
        store,
        "seed-planned",
        actor,
        changed,
        now,
        how=str(seed_plan.how),
        deadline=seed_plan.deadline.isoformat(),
        witnesses=len(seed_plan.witnesses),
    )
    return changed


def editable(store: Store, actor: Person, plan_id: int, version: int) -> PlannedRound:
    """Return a plan that may be changed now.

    Raises
    ------
    PlanUnknown, PlanFrozen, PlanChanged
        See each.
    """
    require(actor, Action.RUN_ROUND)
    plan = store.planned_rounds.by_id(plan_id)
    if plan.round_id is not None and not plan.settings.reopened:
        raise PlanFrozen
    if plan.version != version:
        raise PlanChanged
    return plan


def checklist_texts(store: Store, plan: PlannedRound, *, now: datetime) -> list[str]:
    """Return the whole texts of a plan's checklists; a round whose frame was frozen before keeps its own.

    Raises
    ------
    NotOffered
        If one is no longer offered.
    """
    texts = {_name(one): one.text for one in offered(store, now=now)}
    if plan.round_id is not None:
        pinned = store.rounds.checklists(plan.round_id)
        texts |= {f"{one.checklist_id}/{one.version}": one.text for one in pinned}
    missing = [name for name in plan.settings.checklists if name not in texts]
    if missing:
        checklist, _, version = missing[0].partition("/")
        raise NotOffered(checklist=checklist, version=version)
    return [texts[name] for name in plan.settings.checklists]


def summary_of(plan: PlannedRound) -> FrameSummary:
    """Return what reading a plan's register came to.

    Raises
    ------
    StepNotReady
        If none was read.
    """
    if plan.settings.summary is None:
        raise StepNotReady(step=Step.FRAME, needs=Step.REGISTER)
    return plan.settings.summary


def note(
    store: Store, action: str, actor: Person, plan: PlannedRound, now: datetime, **about: object
) -> None:
    """Write to the trail what was done to a plan."""
    store.trail.add(action, actor_id=actor.id, at=now, round=plan.key, plan=plan.id, **about)


def _plan_page(store: Store, actor: Person, plan_id: int, every: Sequence[ReadVersion]) -> PlanPage:
    require(actor, Action.RUN_ROUND)
    plan = store.planned_rounds.by_id(plan_id)
    known, full = {_name(one): one.checklist for one in every}, plan.settings.full
    chosen = tuple(
        asked(known[name], item_set(known[name], full=name in full))
        for name in plan.settings.checklists
        if name in known
    )
    return PlanPage(plan=plan, about=store.kept_registers.about(plan.id), checklists=chosen)


def full_ids(plan: PlannedRound) -> tuple[str, ...]:
    """Return the ids of a plan's checklists of which all items are asked."""
    return tuple(name.partition("/")[0] for name in plan.settings.full)


def _of_chosen(full: Sequence[str], checklists: Sequence[str]) -> tuple[str, ...]:
    return tuple(name for name in checklists if name in full)


def _name(one: ReadVersion) -> str:
    return f"{one.id}/{one.version}"


def _check_basics(
    store: Store,
    key: str,
    title: str,
    checklists: Sequence[str],
    *,
    plan: PlannedRound | None = None,
    now: datetime,
) -> None:
    if not title.strip():
        raise PlanTitleMissing
    check_short_texts(title=title)
    own = plan is not None and plan.key == key
    if key in RESERVED:
        raise RoundKeyMalformed(key=key)
    if not own and (
        store.rounds.find(check_key(key)) is not None or store.planned_rounds.find(key) is not None
    ):
        raise RoundExists(round=key)
    if not checklists:
        raise PlanChecklistsMissing
    ids = [name.partition("/")[0] for name in checklists]
    if twice := [id_ for id_ in ids if ids.count(id_) > 1]:
        raise ChecklistTwice(checklist=twice[0])
    known = {_name(one) for one in offered(store, now=now)}
    for name in checklists:
        if name not in known:
            raise ChecklistNotFound(name=name, known=sorted(known))
