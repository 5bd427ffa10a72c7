"""What the coordinator sees of rounds: the list, a round's own page, and how far the reviewing is.

Counts of work only: nothing here holds an answer, and people and centres stand in the order of the alphabet.
"""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date

from lirk.domain.access import Action, require
from lirk.domain.alphabet import danish_key
from lirk.domain.calibration import Calibration
from lirk.domain.following import (
    COUNTED,
    CaseProgress,
    CaseState,
    NextStep,
    PersonAtWork,
    Tally,
    by_need,
    case_progress,
    in_hand,
    next_step,
    tally,
)
from lirk.domain.item_sets import Asked
from lirk.domain.obstacles import Obstacle
from lirk.domain.people import Person, Role
from lirk.domain.planning import PlannedRound
from lirk.domain.review_times import Hours
from lirk.domain.reviews import Reading
from lirk.domain.round_rules import RoundRules
from lirk.domain.rounds import Draw, Frame, Round, RoundState, check_step
from lirk.domain.todo import Todo
from lirk.services.pinned import asked_in
from lirk.services.read_twice import differ
from lirk.services.report_stages import reports_waiting
from lirk.services.review_times import hours_of
from lirk.services.samples import open_obstacles
from lirk.services.second_readings import ended_seconds
from lirk.services.standing import Standing, blocked, standing
from lirk.services.todo import waiting
from lirk.storage.store import Store


@dataclass(frozen=True, slots=True, kw_only=True)
class RoundRow:
    """One round in the list, with what it waits for; how far it is and its deadline while it is reviewed.

    ``todo`` is what waits for the coordinator in the reports of a closed round.
    """

    round: Round
    next: NextStep
    todo: tuple[Todo, ...] = ()
    work: Tally | None = None
    deadline: date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class RoundsPage:
    """All rounds and all plans, newest first."""

    rounds: tuple[RoundRow, ...]
    plans: tuple[PlannedRound, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class RoundPage:
    """Everything decided in a round so far; ``obstacles`` wait for a decision, ``todo`` for the coordinator."""

    round: Round
    frame: Frame
    plan: PlannedRound | None
    checklists: tuple[Asked, ...]
    draws: tuple[Draw, ...]
    work: Tally
    reviewers: int
    obstacles: int
    findings: int
    replaced: int
    next: NextStep
    rules: RoundRules
    todo: tuple[Todo, ...]
    calibration: Calibration | None


@dataclass(frozen=True, slots=True, kw_only=True)
class ReportedCase:
    """An obstacle with the case that it is about, and who reported it."""

    number: int
    case_id: str
    centre: str
    obstacle: Obstacle
    reporter: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Following:
    """How far the reviewing of a round is; centres by the alphabet, cases by running number.

    ``people`` are those who need a nudge first, then by the alphabet. ``second`` counts the cases that are read
    by a second person; which they are, and who that is, is not told.
    """

    round: Round
    work: Tally
    second: Tally
    deadline: date | None
    todo: tuple[Todo, ...]
    people: tuple[PersonAtWork, ...]
    by_centre: tuple[tuple[str, Tally], ...]
    obstacles: tuple[ReportedCase, ...]
    to_replace: tuple[int, ...]
    hours: Hours
    cases: tuple[tuple[CaseProgress, str | None], ...]

    def count(self, *states: CaseState) -> int:
        """Return how many cases are in one of the states."""
        return sum(case.state in states for case, _ in self.cases)


def rounds_page(store: Store, actor: Person, *, today: date) -> RoundsPage:
    """Return all rounds and plans with what each waits for on a day, in a fixed number of statements."""
    require(actor, Action.SEE_ROUND)
    obstacles, unassigned = store.work.obstacles(), store.work.unassigned()
    left, all_cases = store.work.unfinished(), store.work.to_review()
    deadlines, rounds = store.round_rules.deadlines(), store.rounds.all()
    reports = reports_waiting(store, rounds, today=today)
    rows = [
        RoundRow(
            round=one,
            todo=reports.get(one.id, ()),
            work=_counts(all_cases.get(one.id, 0), left.get(one.id, 0)) if _reviewed(one) else None,
            deadline=deadlines.get(one.id) if _reviewed(one) else None,
            next=next_step(
                one.state,
                obstacles=obstacles.get(one.id, 0),
                unassigned=unassigned.get(one.id, 0),
                left=left.get(one.id, 0),
            ),
        )
        for one in rounds
    ]
    return RoundsPage(rounds=tuple(reversed(rows)), plans=tuple(reversed(store.planned_rounds.open())))


def round_page(store: Store, actor: Person, key: str, *, today: date) -> RoundPage:
    """Return what was decided in a round so far, how far it is, and what it waits for on a day.

    Raises
    ------
    RoundUnknown
        If there is no such round.
    """
    require(actor, Action.SEE_ROUND)
    round_ = store.rounds.by_key(key)
    state = standing(store, round_)
    work = tally(state.cases)
    open_ = sum(case.state is CaseState.REPORTED for case in state.cases)
    return RoundPage(
        round=round_,
        frame=store.rounds.frame(round_.id),
        plan=store.planned_rounds.of_round(round_.id),
        checklists=asked_in(store, round_),
        draws=state.draws,
        work=work,
        reviewers=len({case.reviewer_id for case in state.cases} - {None}),
        obstacles=open_,
        findings=state.findings,
        replaced=len(state.replaced),
        next=next_step(
            round_.state, obstacles=open_, unassigned=work.cases - work.assigned, left=work.missing
        ),
        rules=store.round_rules.of(round_.id),
        todo=(
            *waiting(store, actor, round_),
            *reports_waiting(store, [round_], today=today).get(round_.id, ()),
        ),
        calibration=store.calibrations.of(round_.id),
    )


def follow(store: Store, actor: Person, key: str) -> Following:
    """Return how far the reviewing is, by reviewer, by centre and case by case.

    Raises
    ------
    RoundUnknown
        If there is no such round.
    RoundNotIn
        If nothing is drawn yet.
    """
    require(actor, Action.SEE_ROUND)
    round_ = store.rounds.by_key(key)
    if round_.state is RoundState.COMMITTED:
        check_step(round_, "assign")
    state = standing(store, round_)
    second = _second(store, round_, state)
    waited_for = _waited_for(store, round_, second)
    people = store.people.all()
    names = {one.id: one.name for one in people}
    return Following(
        round=round_,
        work=tally(state.cases),
        second=tally(second),
        deadline=store.round_rules.of(round_.id).deadline if _reviewed(round_) else None,
        todo=waiting(store, actor, round_),
        people=_at_work([*state.cases, *second], people),
        by_centre=_by_centre(state.cases, waited_for),
        obstacles=tuple(
            _reported(state, second, open_obstacles(store, round_, reading=Reading.SECOND), names)
        ),
        to_replace=_to_replace(store, round_, state),
        hours=hours_of(store, round_),
        cases=tuple((case, names.get(case.reviewer_id or 0)) for case in state.cases),
    )


def _reviewed(round_: Round) -> bool:
    return round_.state is RoundState.REVIEWING


def _counts(cases: int, left: int) -> Tally:
    return Tally(cases=cases, finished=cases - left)


def _second(store: Store, round_: Round, state: Standing) -> tuple[CaseProgress, ...]:
    return case_progress(
        store.work.of(round_.id, reading=Reading.SECOND),
        reported=[*open_obstacles(store, round_, reading=Reading.SECOND), *ended_seconds(store, round_)],
        replaced=state.replaced,
    )


def _at_work(cases: Sequence[CaseProgress], people: Sequence[Person]) -> tuple[PersonAtWork, ...]:
    """Return all who have cases, and all who could have some."""
    counts = in_hand(cases)
    had = {case.reviewer_id for case in cases}
    return by_need(
        PersonAtWork(id=one.id, name=one.name, work=counts.get(one.id, Tally()))
        for one in people
        if one.id in had or (one.active and Role.REVIEWER in one.roles)
    )


def _waited_for(store: Store, round_: Round, second: Sequence[CaseProgress]) -> frozenset[int]:
    """Return the cases that a second reader has not finished, or whose readers do not agree yet."""
    if not second:
        return frozenset()
    ended = ended_seconds(store, round_)
    open_ = {one.reviews[0].case_pk for one in second if one.state in COUNTED and not _done(one)} - ended
    return frozenset(open_ | {one.case_pk for one in differ(store, round_)})


def _done(case: CaseProgress) -> bool:
    return case.state is CaseState.FINISHED


def _by_centre(cases: Sequence[CaseProgress], waited_for: Collection[int]) -> tuple[tuple[str, Tally], ...]:
    """Return how far each centre's cases are; one that anything is waited for with is begun, not finished."""
    cases = [
        replace(one, state=CaseState.BEGUN) if _done(one) and one.reviews[0].case_pk in waited_for else one
        for one in cases
    ]
    centres = sorted({case.centre for case in cases}, key=danish_key)
    return tuple((one, tally(case for case in cases if case.centre == one)) for one in centres)


def _to_replace(store: Store, round_: Round, state: Standing) -> tuple[int, ...]:
    # The reserve is only looked into where there is something to take from it for.
    if not any(case.state is CaseState.OUT_OF_SCOPE for case in state.cases):
        return ()
    return blocked(store, round_, state).get("cases-not-replaced", ())


def _reported(
    state: Standing,
    second: Sequence[CaseProgress],
    of_second: Mapping[int, Obstacle],
    names: Mapping[int, str],
) -> Iterable[ReportedCase]:
    """Yield what waits for a decision, by running number; what the second reader reported comes last."""
    beside = {one.reviews[0].case_pk: one for one in second}
    for case in state.cases:
        if case.state is CaseState.REPORTED:
            yield _reported_case(case, state.obstacles[case.reviews[0].case_pk], names)
    for pk, obstacle in of_second.items():
        if pk in beside:
            yield _reported_case(beside[pk], obstacle, names)


def _reported_case(case: CaseProgress, obstacle: Obstacle, names: Mapping[int, str]) -> ReportedCase:
    return ReportedCase(
        number=case.number,
        case_id=case.case_id,
        centre=case.centre,
        obstacle=obstacle,
        reporter=names.get(obstacle.reported_by or 0),
    )
