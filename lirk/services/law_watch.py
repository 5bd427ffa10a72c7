"""The law watch: which references to the law are to be held against their source, and ticking them off."""

from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime

from checklists.acts import Act, acts
from checklists.model import Checklist, Reference
from lirk.domain.access import Action, may, require
from lirk.domain.checklist_versions import Standing
from lirk.domain.law_watch import (
    USUAL_MONTHS,
    Checks,
    LawCheck,
    LawCheckRefused,
    LawCheckStands,
    ReferenceUnknown,
    ReferenceUse,
    RoundUse,
    Watched,
    due_among,
    watched,
    withdrawable,
)
from lirk.domain.people import Person
from lirk.domain.plain_texts import SHORT, text_problems
from lirk.errors import Problem
from lirk.services.checklist_versions import ReadVersion, versions_on
from lirk.services.pinned import asked_of
from lirk.storage.store import Store

#: What stands for the act of references that name none, in addresses and in commands.
NO_ACT = "other"
#: Signs of a note, at most.
NOTE = 2000


@dataclass(frozen=True, slots=True, kw_only=True)
class WatchedAct:
    """One act with the references to it.

    Attributes
    ----------
    id
        As addresses name it; ``NO_ACT`` where the references name none.
    act
        As the list of acts has it, None where it is not there.
    changed
        The latest change that somebody told of.
    checks
        Every check of its references that stands, newest first.
    """

    id: str
    act: Act | None
    changed: LawCheck | None
    references: tuple[Watched, ...]
    checks: tuple[LawCheck, ...]

    @property
    def due(self) -> tuple[Watched, ...]:
        """The references that are to be held against their source."""
        return tuple(one for one in self.references if one.due is not None)


@dataclass(frozen=True, slots=True)
class Resting:
    """A reference that is due, and the rounds that rest on it."""

    reference: Watched
    rounds: tuple[RoundUse, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class LawWatch:
    """All references of versions in force and of drafts, by act.

    ``check`` and ``see_reports`` tell whether the reader may tick them off, and open the reports that rest on
    them.
    """

    months: int
    acts: tuple[WatchedAct, ...]
    resting: tuple[Resting, ...]
    check: bool
    see_reports: bool

    @property
    def due(self) -> int:
        """How many references are to be held against their source."""
        return sum(len(one.due) for one in self.acts)


def may_watch(actor: Person) -> bool:
    """Return whether a person's role looks after the law and the items of checklists."""
    return may(actor, Action.WATCH_CHECKLISTS)


def law_watch(store: Store, actor: Person, *, months: int = USUAL_MONTHS, now: datetime) -> LawWatch:
    """Return the references to the law, by act, in so many statements however many there are.

    Parameters
    ----------
    months
        A status date that lies further back is old.
    """
    require(actor, Action.WATCH_CHECKLISTS)
    checks, today = Checks(store.law_checks.all()), now.date()
    versions = versions_on(store, today)
    found = watched(_used(versions), checks, today=today, months=months)
    return LawWatch(
        months=months,
        acts=tuple(_by_act(found, checks)),
        resting=_resting(store, found),
        check=may(actor, Action.MANAGE_CHECKLISTS),
        see_reports=may(actor, Action.SEE_ROUND),
    )


def act_watch(
    store: Store, actor: Person, act_id: str, *, months: int = USUAL_MONTHS, now: datetime
) -> tuple[LawWatch, WatchedAct]:
    """Return the law watch and one act of it.

    Raises
    ------
    ReferenceUnknown
        If no reference is to that act.
    """
    watch = law_watch(store, actor, months=months, now=now)
    found = next((one for one in watch.acts if one.id == act_id), None)
    if found is None:
        raise ReferenceUnknown
    return watch, found


def checks_of(store: Store) -> Mapping[tuple[str, str], LawCheck]:
    """Return the latest check of each reference, by act and Danish text; the act is empty where none is named."""
    return Checks(store.law_checks.all()).by_reference()


def stale_items(
    store: Store, checklist: Checklist, *, today: date, months: int = USUAL_MONTHS
) -> frozenset[str]:
    """Return the ids of a checklist's items with a reference that is to be held against its source.

    It goes by what this very text says of its references, and by checks.
    """
    checks = Checks(store.law_checks.all())
    return frozenset(
        item.id for item in checklist.items if due_among(item.references, checks, today=today, months=months)
    )


def check_references(
    store: Store,
    actor: Person,
    act_id: str,
    references: Collection[str],
    *,
    status_date: date | None,
    source: str,
    note: str = "",
    now: datetime,
) -> tuple[Watched, ...]:
    """Keep that references of one act, by their Danish texts, were held against one source.

    Published texts stay what they are; pages show the check beside them.

    Raises
    ------
    ReferenceUnknown
        If the act has no such reference.
    LawCheckRefused
        With everything that is missing, too long or cannot be so.
    """
    require(actor, Action.MANAGE_CHECKLISTS)
    _, act = act_watch(store, actor, act_id, now=now)
    known = {one.text.da: one for one in act.references}
    if set(references) - set(known):
        raise ReferenceUnknown
    chosen = tuple(one for text, one in known.items() if text in references)
    problems = [] if chosen else [Problem("law-check-none", column="reference")]
    problems += _day_problems(status_date, now.date())
    problems += [
        Problem("law-check-before", {"reference": one.text.da, "day": one.status_date}, column="status_date")
        for one in chosen
        if status_date is not None and status_date < one.status_date
    ]
    problems += _text_problems(source, note)
    if problems or status_date is None:
        raise LawCheckRefused(problems)
    for one in chosen:
        _keep(store, actor, one.act, one.text.da, status_date, source, note, now)
    store.trail.add(
        "law-checked",
        actor_id=actor.id,
        at=now,
        act=act_id,
        references=[one.text.da for one in chosen],
        status_date=status_date.isoformat(),
        source=source,
    )
    return chosen


def mark_changed(
    store: Store,
    actor: Person,
    act_id: str,
    *,
    changed_on: date | None,
    source: str,
    note: str = "",
    now: datetime,
) -> WatchedAct:
    """Keep that an act is another from a day on: what was read of it before is to be read again.

    Raises
    ------
    ReferenceUnknown
        If no reference is to that act, or they name none.
    LawCheckRefused
        With everything that is missing, too long or cannot be so.
    """
    require(actor, Action.MANAGE_CHECKLISTS)
    _, act = act_watch(store, actor, act_id, now=now)
    if act_id == NO_ACT:
        raise ReferenceUnknown
    problems = [
        Problem(one.code, one.values, column=f"changed_{one.column}")
        for one in (
            *_day_problems(changed_on, now.date(), column="on"),
            *_text_problems(source, note),
        )
    ]
    if problems or changed_on is None:
        raise LawCheckRefused(problems)
    _keep(store, actor, act_id, "", changed_on, source, note, now)
    day = changed_on.isoformat()
    store.trail.add("law-changed", actor_id=actor.id, at=now, act=act_id, status_date=day, source=source)
    return act


def withdraw(store: Store, actor: Person, act_id: str, check_id: int, *, now: datetime) -> LawCheck:
    """Withdraw a check that was made by mistake.

    Raises
    ------
    NotFound
        If there is no such check of that act.
    LawCheckStands
        If somebody else made it, or it is not of today.
    """
    require(actor, Action.MANAGE_CHECKLISTS)
    check = store.law_checks.get(check_id)
    _, act = act_watch(store, actor, act_id, now=now)
    if check.id not in {one.id for one in act.checks}:
        raise ReferenceUnknown
    if not withdrawable(check, actor.id, now):
        raise LawCheckStands
    store.law_checks.delete(check_id)
    store.trail.add(
        "law-check-withdrawn",
        actor_id=actor.id,
        at=now,
        act=act_id,
        reference=check.reference,
        status_date=check.status_date.isoformat(),
    )
    return check


def _used(versions: Iterable[ReadVersion]) -> Iterator[tuple[ReferenceUse, Reference]]:
    """Yield what items of versions in force, to come in force, and of drafts rest on."""
    for version in versions:
        known = version.known
        if known.in_force or known.unpublished or known.standing is Standing.COMING:
            for item in version.checklist.items:
                use = ReferenceUse(
                    checklist_id=version.id,
                    title=version.title,
                    version=version.version,
                    draft=known.unpublished,
                    item_id=item.id,
                    question=item.question,
                )
                for reference in item.references:
                    yield use, reference


def _by_act(found: Iterable[Watched], checks: Checks) -> Iterator[WatchedAct]:
    """Yield the acts in the order of the list of acts, then those that are not in it, then what names none."""
    groups: dict[str, list[Watched]] = {}
    for one in found:
        groups.setdefault(one.act, []).append(one)
    listed = [act_id for act_id in acts() if act_id in groups]
    others = sorted(groups.keys() - set(listed), key=lambda act_id: (not act_id, act_id))
    for act_id in (*listed, *others):
        texts = {one.text.da for one in groups[act_id]}
        kept = [
            one for one in checks.every if one.reference in texts or (not one.reference and one.act == act_id)
        ]
        yield WatchedAct(
            id=act_id or NO_ACT,
            act=acts().get(act_id),
            changed=checks.changed(act_id),
            references=tuple(groups[act_id]),
            checks=tuple(reversed(kept)),
        )


def _resting(store: Store, found: Iterable[Watched]) -> tuple[Resting, ...]:
    """Return the references that are due with the rounds that ask an item with them, by their Danish texts."""
    rounds: dict[str, dict[RoundUse, None]] = {}
    for round_, pinned in store.law_checks.pinned():
        for item in asked_of(pinned).checklist.items:
            for reference in item.references:
                rounds.setdefault(reference.text.da, {})[round_] = None
    return tuple(
        Resting(one, tuple(rounds[one.text.da])) for one in found if one.due and one.text.da in rounds
    )


def _keep(
    store: Store,
    actor: Person,
    act: str,
    reference: str,
    status_date: date,
    source: str,
    note: str,
    now: datetime,
) -> None:
    store.law_checks.add(
        act=act,
        reference=reference,
        status_date=status_date,
        source=source,
        note=note,
        at=now,
        by=actor.id,
    )


def _day_problems(day: date | None, today: date, column: str = "status_date") -> list[Problem]:
    if day is None:
        return [Problem("law-check-no-day", column=column)]
    return [Problem("law-check-future", column=column)] if day > today else []


def _text_problems(source: str, note: str) -> list[Problem]:
    missing = [] if source else [Problem("law-check-no-source", column="source")]
    return [
        *missing,
        *text_problems(source, column="source", limit=SHORT),
        *text_problems(note, column="note", limit=NOTE),
    ]
