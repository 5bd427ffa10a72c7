"""What the coordinator sees of a round: how far it is, single cases, what keeps it open, and its log.

Counts of work only: nothing here holds an answer, and people and centres stand in the order of the alphabet.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from checklists.model import Checklist
from lirk.domain.access import Action, require
from lirk.domain.alphabet import danish_key
from lirk.domain.following import (
    CaseProgress,
    CaseState,
    Doubt,
    NextStep,
    Tally,
    case_progress,
    next_step,
    tally,
)
from lirk.domain.item_sets import Asked
from lirk.domain.obstacles import Obstacle
from lirk.domain.people import Person
from lirk.domain.planning import PlannedRound
from lirk.domain.reviews import CaseStatus, DrawnCase
from lirk.domain.rounds import Draw, Frame, Round, RoundState, check_step
from lirk.domain.settling import unsettled_numbers
from lirk.domain.trail import TrailEntry
from lirk.services.assigning import able_to_take
from lirk.services.certificates import replaced_cases
from lirk.services.closing import further_blockers
from lirk.services.pinned import asked_in, checklists_of
from lirk.services.samples import case_numbered, latest_cases
from lirk.storage.store import Store

#: Entries on one page of the log.
PAGE = 50
#: Entries of every single answer; the log shows them where they are asked for.
ANSWERS = ("answer-given",)


#: How far a case is that can be handed over.
MOVABLE = (CaseState.UNASSIGNED, CaseState.WAITING, CaseState.BEGUN)


@dataclass(frozen=True, slots=True, kw_only=True)
class RoundRow:
    """One round in the list, with what it waits for."""

    round: Round
    next: NextStep


@dataclass(frozen=True, slots=True, kw_only=True)
class RoundsPage:
    """All rounds and all plans, newest first."""

    rounds: tuple[RoundRow, ...]
    plans: tuple[PlannedRound, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class RoundPage:
    """Everything decided in a round so far; ``obstacles`` wait for a decision."""

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
    """How far the reviewing of a round is; people and centres by the alphabet, cases by running number."""

    round: Round
    work: Tally
    by_reviewer: tuple[tuple[str, Tally], ...]
    by_centre: tuple[tuple[str, Tally], ...]
    obstacles: tuple[ReportedCase, ...]
    unassigned: tuple[int, ...]
    to_replace: tuple[int, ...]
    cases: tuple[tuple[CaseProgress, str | None], ...]

    def count(self, *states: CaseState) -> int:
        """Return how many cases are in one of the states."""
        return sum(case.state in states for case, _ in self.cases)


@dataclass(frozen=True, slots=True, kw_only=True)
class CasePage:
    """One case as the coordinator sees it; ``takers`` may take it over, by the alphabet."""

    round: Round
    case: DrawnCase
    progress: CaseProgress
    reviewer: Person | None
    checklists: Mapping[str, Checklist]
    obstacle: Obstacle | None
    reporter: str | None
    takers: tuple[Person, ...]
    can_move: bool
    can_replace: bool
    can_reopen: bool
    took_place_of: int | None
    replaced_by: int | None

    @property
    def open_obstacle(self) -> bool:
        """Return whether an obstacle waits for a decision."""
        return self.obstacle is not None and self.obstacle.settlement is None


@dataclass(frozen=True, slots=True, kw_only=True)
class Reopening:
    """Something settled that was opened again."""

    at: datetime
    numbers: tuple[int, ...]
    reason: str


#: An answer in doubt, with the checklist that it answers.
DoubtIn = tuple[Doubt, Checklist]


@dataclass(frozen=True, slots=True, kw_only=True)
class Closing:
    """What there is to know before a round is closed.

    ``blocked`` holds the numbers of the cases that keep it open, by the code of what is missing.
    """

    round: Round
    blocked: Mapping[str, tuple[int, ...]]
    doubts: tuple[DoubtIn, ...]
    reopenings: tuple[Reopening, ...]
    work: Tally
    findings: int
    replaced: int


@dataclass(frozen=True, slots=True, kw_only=True)
class TrailPage:
    """A page of a round's log, newest first; ``names`` are people's names by username."""

    round: Round
    entries: tuple[tuple[TrailEntry, str | None], ...]
    names: Mapping[str, str]
    page: int
    pages: int
    count: int
    answers: bool


@dataclass(frozen=True, slots=True)
class _State:
    """A round as far as it is, read in a fixed number of statements."""

    draws: tuple[Draw, ...]
    obstacles: Mapping[int, Obstacle]
    cases: tuple[CaseProgress, ...]

    @property
    def replaced(self) -> frozenset[str]:
        return replaced_cases(self.draws[-1].certificate) if self.draws else frozenset()

    @property
    def findings(self) -> int:
        return sum(case.state in {CaseState.NOT_FOUND, CaseState.NO_ACCESS} for case in self.cases)


def rounds_page(store: Store, actor: Person) -> RoundsPage:
    """Return all rounds and plans with what each waits for, in a fixed number of statements."""
    require(actor, Action.SEE_ROUND)
    obstacles, unassigned = store.work.obstacles(), store.work.unassigned()
    left = store.work.unfinished()
    rows = [
        RoundRow(
            round=one,
            next=next_step(
                one.state,
                obstacles=obstacles.get(one.id, 0),
                unassigned=unassigned.get(one.id, 0),
                left=left.get(one.id, 0),
            ),
        )
        for one in store.rounds.all()
    ]
    return RoundsPage(rounds=tuple(reversed(rows)), plans=tuple(reversed(store.planned_rounds.open())))


def round_page(store: Store, actor: Person, key: str) -> RoundPage:
    """Return what was decided in a round so far, how far it is, and what it waits for.

    Raises
    ------
    RoundUnknown
        If there is no such round.
    """
    require(actor, Action.SEE_ROUND)
    round_ = store.rounds.by_key(key)
    state = _state(store, round_)
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
    state = _state(store, round_)
    names = {one.id: one.name for one in store.people.all()}
    return Following(
        round=round_,
        work=tally(state.cases),
        by_reviewer=_by_reviewer(state.cases, names),
        by_centre=_by_centre(state.cases),
        obstacles=tuple(_reported(state, names)),
        unassigned=tuple(case.number for case in state.cases if case.state is CaseState.UNASSIGNED),
        to_replace=_blocked(store, round_, state).get("cases-not-replaced", ()),
        cases=tuple((case, names.get(case.reviewer_id or 0)) for case in state.cases),
    )


def case_page(store: Store, actor: Person, key: str, number: int) -> CasePage:
    """Return one case of the sample: its facts, who has it, how far it is, and what can be done with it.

    Raises
    ------
    RoundUnknown, CaseUnknown
        See each.
    """
    require(actor, Action.SEE_ROUND)
    round_ = store.rounds.by_key(key)
    cases, state = latest_cases(store, round_), _state(store, round_)
    case = case_numbered(round_, cases, number)
    progress = next(one for one in state.cases if one.number == number)
    obstacle, people = state.obstacles.get(case.id), {one.id: one for one in store.people.all()}
    reviewer = people.get(progress.reviewer_id or 0)
    reporter = people.get(obstacle.reported_by or 0) if obstacle else None
    takers = able_to_take(store, round_, case)
    open_ = round_.state is RoundState.REVIEWING
    finding = progress.state in {CaseState.NOT_FOUND, CaseState.NO_ACCESS}
    untouched = not any(one.finished for one in progress.reviews)
    reserve = any(one.number is None and one.stratum == case.stratum for one in cases)
    return CasePage(
        round=round_,
        case=case,
        progress=progress,
        reviewer=reviewer,
        checklists=checklists_of(store, round_),
        obstacle=obstacle,
        reporter=reporter.name if reporter else None,
        takers=tuple(one for one in takers if reviewer is None or one.id != reviewer.id),
        can_move=open_ and progress.state in MOVABLE,
        can_replace=open_
        and reserve
        and not finding
        and progress.state is not CaseState.REPLACED
        and untouched,
        can_reopen=open_
        and progress.state is not CaseState.REPLACED
        and (case.status is not CaseStatus.TO_REVIEW or not untouched),
        took_place_of=_other_end(state, case.case_id, known="in", sought="out"),
        replaced_by=_other_end(state, case.case_id, known="out", sought="in"),
    )


def closing(store: Store, actor: Person, key: str) -> Closing:
    """Return what keeps a round from being closed, and what to look at before.

    Raises
    ------
    RoundUnknown
        If there is no such round.
    RoundNotIn
        If it is not being reviewed yet.
    """
    require(actor, Action.RUN_ROUND)
    round_ = store.rounds.by_key(key)
    if round_.state is not RoundState.CLOSED:
        check_step(round_, "close")
    state, checklists = _state(store, round_), checklists_of(store, round_)
    return Closing(
        round=round_,
        blocked={}
        if round_.state is RoundState.CLOSED
        else {**_blocked(store, round_, state), **further_blockers(store, round_)},
        doubts=tuple((doubt, checklists[doubt.checklist_id]) for doubt in store.work.doubts(round_.id)),
        reopenings=tuple(_reopenings(store, round_)),
        work=tally(state.cases),
        findings=state.findings,
        replaced=len(state.replaced),
    )


def trail_page(store: Store, actor: Person, key: str, *, page: int = 1, answers: bool = False) -> TrailPage:
    """Return a page of a round's log, newest first.

    Parameters
    ----------
    page
        From 1; a number beyond the last shows the last.
    answers
        Show also that single answers were given; what was answered is not in the log.

    Raises
    ------
    RoundUnknown
        If there is no such round.
    """
    require(actor, Action.SEE_ROUND)
    round_ = store.rounds.by_key(key)
    without = () if answers else ANSWERS
    count = store.trail.count(round_.id, without=without)
    pages = max(1, -(-count // PAGE))
    shown = min(max(page, 1), pages)
    people = store.people.all()
    names = {one.id: one.name for one in people}
    entries = store.trail.latest(round_.id, skip=(shown - 1) * PAGE, count=PAGE, without=without)
    return TrailPage(
        round=round_,
        entries=tuple((entry, names.get(entry.actor_id or 0)) for entry in entries),
        names={one.username: one.name for one in people},
        page=shown,
        pages=pages,
        count=count,
        answers=answers,
    )


def _state(store: Store, round_: Round) -> _State:
    draws, obstacles = store.draws.of(round_.id), store.obstacles.of(round_.id)
    cases = case_progress(
        store.work.of(round_.id),
        reported=[pk for pk, one in obstacles.items() if one.settlement is None],
        replaced=replaced_cases(draws[-1].certificate) if draws else (),
    )
    return _State(draws, obstacles, cases)


def _by_reviewer(cases: Sequence[CaseProgress], names: Mapping[int, str]) -> tuple[tuple[str, Tally], ...]:
    of: dict[int, list[CaseProgress]] = {}
    for case in cases:
        if case.reviewer_id is not None:
            of.setdefault(case.reviewer_id, []).append(case)
    ordered = sorted(of, key=lambda one: (danish_key(names[one]), one))
    return tuple((names[one], tally(of[one])) for one in ordered)


def _by_centre(cases: Sequence[CaseProgress]) -> tuple[tuple[str, Tally], ...]:
    centres = sorted({case.centre for case in cases}, key=danish_key)
    return tuple((one, tally(case for case in cases if case.centre == one)) for one in centres)


def _reported(state: _State, names: Mapping[int, str]) -> Iterable[ReportedCase]:
    for case in state.cases:
        if case.state is CaseState.REPORTED:
            obstacle = state.obstacles[case.reviews[0].case_pk]
            yield ReportedCase(
                number=case.number,
                case_id=case.case_id,
                centre=case.centre,
                obstacle=obstacle,
                reporter=names.get(obstacle.reported_by or 0),
            )


def _blocked(store: Store, round_: Round, state: _State) -> dict[str, tuple[int, ...]]:
    if not state.draws:
        return {}
    cases = latest_cases(store, round_)
    reviews = [review for case in state.cases for review in case.reviews]
    return unsettled_numbers(
        [case for case in cases if case.number is not None],
        {review.case_pk for review in reviews if not review.finished},
        replaced=state.replaced,
        with_reserve={case.stratum for case in cases if case.number is None},
        reported={pk for pk, one in state.obstacles.items() if one.settlement is None},
    )


def _other_end(state: _State, case_id: str, *, known: str, sought: str) -> int | None:
    """Return the number of the case at the other end of a replacement, if there was one."""
    if not state.draws:
        return None
    found = {one[known]: one[sought] for one in state.draws[-1].certificate["replacements"]}
    return next((one.number for one in state.cases if one.case_id == found.get(case_id)), None)


def _reopenings(store: Store, round_: Round) -> Iterable[Reopening]:
    for entry in store.trail.named(round_.id, "review-reopened", "case-reopened", "answers-imported"):
        about = entry.about
        several, one = about.get("reopened"), about.get("number")
        numbers = [one] if isinstance(one, int) else several if isinstance(several, list) else []
        if numbers:
            reason = about.get("reason") or about.get("reopen_reason") or ""
            yield Reopening(at=entry.at, numbers=tuple(map(int, numbers)), reason=str(reason))
