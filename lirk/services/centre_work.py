"""What a centre's leader and contact person are told of rounds under way: counts, and what is asked of them."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime

from lirk.domain.access import Action, may, require
from lirk.domain.alphabet import danish_key
from lirk.domain.centre_work import CentreProgress
from lirk.domain.following import Tally
from lirk.domain.obstacles import ObstacleReason
from lirk.domain.people import Person
from lirk.domain.reviews import Reading
from lirk.domain.rounds import Round, RoundState, check_step
from lirk.services.read_twice import both_readings
from lirk.services.reports import centre_addresses, place_of
from lirk.services.samples import acting_cases, open_obstacles
from lirk.storage.store import Store


@dataclass(frozen=True, slots=True, kw_only=True)
class CentreInRound:
    """A centre in a round under way.

    Attributes
    ----------
    address
        What stands for the centre in addresses; empty where none of its cases is drawn.
    missing
        Running numbers of cases whose file the centre is asked to help with.
    """

    centre: str
    progress: CentreProgress
    address: str
    missing: tuple[int, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class RunningRound:
    """A round that is not closed, with the centres of the person who asks."""

    round: Round
    deadline: date | None
    centres: tuple[CentreInRound, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class SoughtCase:
    """A case that its reviewer cannot find or open, by both its names."""

    number: int
    case_id: str
    link: str | None
    decision_date: date | None
    reason: ObstacleReason


@dataclass(frozen=True, slots=True, kw_only=True)
class SoughtCases:
    """The cases of one centre that somebody has to find."""

    round: Round
    centre: str
    cases: tuple[SoughtCase, ...]


def running_rounds(store: Store, actor: Person) -> tuple[RunningRound, ...]:
    """Return the rounds under way, latest first, with how far a person's own centres are in each.

    Raises
    ------
    NotFound, NotAllowed
        If the person's role reads no centre reports.
    """
    require(actor, Action.READ_CENTRE_REPORT, centre=next(iter(actor.centres), None))
    if not actor.centres:
        return ()
    mine = sorted(actor.centres, key=danish_key)
    running = [one for one in reversed(store.rounds.all()) if one.state is not RoundState.CLOSED]
    deadlines, addresses = store.round_rules.deadlines(), _addresses(store)
    progress = {
        (one.round_id, one.centre): one
        for one in _with_disagreements(store, running, store.work.at_centres(mine))
    }
    missing = store.work.missing_files([one for one in mine if may(actor, Action.IDENTIFY_CASES, centre=one)])
    return tuple(
        RunningRound(
            round=round_,
            deadline=deadlines.get(round_.id),
            centres=tuple(
                CentreInRound(
                    centre=centre,
                    progress=progress.get(
                        (round_.id, centre), CentreProgress(round_id=round_.id, centre=centre, work=Tally())
                    ),
                    address=addresses.get(round_.id, {}).get(centre, ""),
                    missing=tuple(
                        one.number for one in missing if (one.round_id, one.centre) == (round_.id, centre)
                    ),
                )
                for centre in mine
            ),
        )
        for round_ in running
    )


def sought_cases(store: Store, actor: Person, key: str, address: str, *, now: datetime) -> SoughtCases:
    """Return the cases of a centre that cannot be found or opened, by case number; the trail says who looked.

    None in a closed round: what was not found stands in its report.

    Raises
    ------
    NotFound
        In the same words whether there is no such round, no such centre, or it is not the person's own.
    NotAllowed
        If the person's role may not know case numbers.
    RoundNotIn
        If the round is not being reviewed yet.
    """
    round_, centre = place_of(store, actor, Action.IDENTIFY_CASES, key, address)
    if round_.state is RoundState.CLOSED:
        return SoughtCases(round=round_, centre=centre, cases=())
    check_step(round_, "answer")
    reported = _reported(store, round_)
    cases = tuple(
        SoughtCase(
            number=case.number or 0,
            case_id=case.case_id,
            link=case.link,
            decision_date=case.decision_date,
            reason=reported[case.id],
        )
        for case in acting_cases(store, round_, centre=centre)
        if case.id in reported
    )
    if cases:
        store.trail.add(
            "cases-identified", actor_id=actor.id, at=now, round=key, centre=centre, cases=len(cases)
        )
    return SoughtCases(round=round_, centre=centre, cases=cases)


def _reported(store: Store, round_: Round) -> dict[int, ObstacleReason]:
    """Return which cases lack their file and why, by the case's id, whichever reader reported it."""
    return {
        pk: one.reason
        for reading in (Reading.SECOND, Reading.FIRST)
        for pk, one in open_obstacles(store, round_, reading=reading).items()
        if one.reason in {ObstacleReason.NOT_FOUND, ObstacleReason.NO_ACCESS}
    }


def _with_disagreements(
    store: Store, running: Sequence[Round], progress: Iterable[CentreProgress]
) -> Iterator[CentreProgress]:
    """Yield how far centres are, where a case that its readers do not agree on yet is not finished."""
    under_review = {one.id: one for one in running if one.state is RoundState.REVIEWING}
    twice = {id_: store.reconciliations.read_twice(id_) for id_ in under_review}
    for one in progress:
        if one.round_id not in under_review:
            yield one
            continue
        both = both_readings(store, under_review[one.round_id], centre=one.centre, twice=twice[one.round_id])
        left = len({each.first.case_id for each in both if not each.found.complete})
        yield replace(one, work=replace(one.work, finished=one.work.finished - left))


def _addresses(store: Store) -> dict[int, dict[str, str]]:
    """Return what stands for each centre in addresses, by round."""
    of: dict[int, list[str]] = {}
    for round_id, centre in store.cases.measured():
        of.setdefault(round_id, []).append(centre)
    return {round_id: centre_addresses(centres) for round_id, centres in of.items()}
