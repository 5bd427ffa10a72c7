"""One case of a round as the coordinator sees it."""

from collections.abc import Mapping
from dataclasses import dataclass

from checklists.model import Checklist
from lirk.domain.access import Action, require
from lirk.domain.following import CaseProgress, CaseState
from lirk.domain.obstacles import Obstacle
from lirk.domain.people import Person
from lirk.domain.reviews import CaseStatus, DrawnCase, Reading
from lirk.domain.rounds import Round, RoundState
from lirk.services.calibration_guards import strata_with_reserve
from lirk.services.limits import able_to_take, readers
from lirk.services.pinned import checklists_of
from lirk.services.samples import case_numbered, latest_cases
from lirk.services.second_readings import may_end_second, second_reviews
from lirk.services.standing import Standing, standing
from lirk.storage.store import Store

#: How far a case is that can be handed over.
MOVABLE = (CaseState.UNASSIGNED, CaseState.WAITING, CaseState.BEGUN)


@dataclass(frozen=True, slots=True, kw_only=True)
class CasePage:
    """One case as the coordinator sees it; ``takers`` may take it over, by the alphabet.

    While ``second_finished``, the case is neither replaced nor called a finding: that reading is opened first.
    """

    round: Round
    case: DrawnCase
    progress: CaseProgress
    reviewer: Person | None
    checklists: Mapping[str, Checklist]
    obstacle: Obstacle | None
    reporter: str | None
    takers: tuple[Person, ...]
    reading: Reading
    can_move: bool
    can_replace: bool
    second_finished: bool
    can_end_second: bool
    can_reopen: bool
    took_place_of: int | None
    replaced_by: int | None

    @property
    def open_obstacle(self) -> bool:
        """Return whether an obstacle waits for a decision."""
        return self.obstacle is not None and self.obstacle.settlement is None


def case_page(
    store: Store, actor: Person, key: str, number: int, *, reading: Reading = Reading.FIRST
) -> CasePage:
    """Return one case of the sample: its facts, who has it, how far it is, and what can be done with it.

    Parameters
    ----------
    reading
        Whose report is shown, and who may take it over; everything else is of the case and its first reading.

    Raises
    ------
    RoundUnknown, CaseUnknown
        See each.
    """
    require(actor, Action.SEE_ROUND)
    round_ = store.rounds.by_key(key)
    cases, state = latest_cases(store, round_), standing(store, round_)
    case = case_numbered(round_, cases, number)
    progress = next(one for one in state.cases if one.number == number)
    people = {one.id: one for one in store.people.all()}
    obstacle = store.obstacles.of(round_.id, reading=reading).get(case.id)
    reviewer = people.get(progress.reviewer_id or 0)
    reporter = people.get(obstacle.reported_by or 0) if obstacle else None
    takers = able_to_take(store, round_, case, reading)
    has_it = reviewer.id if reviewer else None
    if reading is Reading.SECOND:
        has_it = readers(store, round_).get((case.id, reading))
    open_ = round_.state is RoundState.REVIEWING
    finding = progress.state in {CaseState.NOT_FOUND, CaseState.NO_ACCESS}
    seconds = second_reviews(store, round_).get(case.id, ())
    second_finished = any(one.finished_at for one in seconds)
    untouched = not any(one.finished for one in progress.reviews)
    reserve = case.stratum in strata_with_reserve(store, round_, cases)
    return CasePage(
        round=round_,
        case=case,
        progress=progress,
        reviewer=reviewer,
        checklists=checklists_of(store, round_),
        obstacle=obstacle,
        reporter=reporter.name if reporter else None,
        takers=tuple(one for one in takers if one.id != has_it),
        reading=reading,
        can_move=open_ and progress.state in MOVABLE,
        can_replace=open_
        and reserve
        and not finding
        and progress.state is not CaseState.REPLACED
        and untouched
        and not second_finished,
        second_finished=second_finished,
        can_end_second=may_end_second(store, round_, case),
        can_reopen=open_
        and progress.state is not CaseState.REPLACED
        and (case.status is not CaseStatus.TO_REVIEW or not untouched or second_finished),
        took_place_of=_other_end(state, case.case_id, known="in", sought="out"),
        replaced_by=_other_end(state, case.case_id, known="out", sought="in"),
    )


def _other_end(state: Standing, case_id: str, *, known: str, sought: str) -> int | None:
    """Return the number of the case at the other end of a replacement, if there was one."""
    if not state.draws:
        return None
    found = {one[known]: one[sought] for one in state.draws[-1].certificate["replacements"]}
    return next((one.number for one in state.cases if one.case_id == found.get(case_id)), None)
