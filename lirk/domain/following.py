"""How far a round is: counts of work done, never of answers, and never in an order of who did most."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

from lirk.domain.alphabet import danish_key
from lirk.domain.reviews import CaseStatus
from lirk.domain.rounds import RoundState


class NextStep(StrEnum):
    """What a round waits for, and so who acts."""

    SEED = "seed"
    ASSIGN = "assign"
    REVIEW = "review"
    SETTLE = "settle"
    CLOSE = "close"
    REPORT = "report"


class CaseState(StrEnum):
    """How far one case is."""

    UNASSIGNED = "unassigned"
    WAITING = "waiting"
    BEGUN = "begun"
    FINISHED = "finished"
    REPORTED = "reported"
    NOT_FOUND = "not-found"
    NO_ACCESS = "no-access"
    OUT_OF_SCOPE = "out-of-scope"
    REPLACED = "replaced"


class WorkState(StrEnum):
    """How far somebody, or a centre, is with the cases that are theirs."""

    NOT_BEGUN = "not-begun"
    UNDER_WAY = "under-way"
    FINISHED = "finished"
    NOTHING = "nothing"


#: Who needs a nudge comes first; those who have nothing left to do stand together, whichever way it came.
NUDGES = (
    frozenset({WorkState.NOT_BEGUN}),
    frozenset({WorkState.UNDER_WAY}),
    frozenset({WorkState.FINISHED, WorkState.NOTHING}),
)

#: States in which a case counts among those to be reviewed.
COUNTED = (CaseState.UNASSIGNED, CaseState.WAITING, CaseState.BEGUN, CaseState.FINISHED, CaseState.REPORTED)


@dataclass(frozen=True, slots=True, kw_only=True)
class ReviewProgress:
    """How far one review of a numbered case is; whether anything is answered, never what."""

    review_id: int
    case_pk: int
    number: int
    case_id: str
    centre: str
    stratum: str
    status: CaseStatus
    checklist_id: str
    reviewer_id: int | None
    begun: bool
    finished: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class CaseProgress:
    """How far one case is with all its reviews."""

    number: int
    case_id: str
    centre: str
    state: CaseState
    reviewer_id: int | None
    reviews: tuple[ReviewProgress, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Tally:
    """Counts of cases; ``missing`` are all that are not finished, also those begun."""

    assigned: int = 0
    begun: int = 0
    finished: int = 0
    cases: int = 0

    @property
    def missing(self) -> int:
        """Return how many cases are not finished."""
        return self.cases - self.finished

    @property
    def state(self) -> WorkState:
        """How far the work on these cases is."""
        if not self.cases:
            return WorkState.NOTHING
        if not self.missing:
            return WorkState.FINISHED
        return WorkState.UNDER_WAY if self.begun or self.finished else WorkState.NOT_BEGUN

    def __add__(self, other: "Tally") -> "Tally":
        """Return the counts of both together."""
        return Tally(
            assigned=self.assigned + other.assigned,
            begun=self.begun + other.begun,
            finished=self.finished + other.finished,
            cases=self.cases + other.cases,
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class PersonAtWork:
    """Somebody who reviews in a round, with the counts of all their cases in either reading."""

    id: int
    name: str
    work: Tally


def case_progress(
    reviews: Iterable[ReviewProgress], *, reported: Iterable[int] = (), replaced: Iterable[str] = ()
) -> tuple[CaseProgress, ...]:
    """Return how far each case is, by running number.

    Parameters
    ----------
    reported
        Ids of the cases with an obstacle that nobody has decided on.
    replaced
        Case ids that a reserve case has taken the place of.
    """
    of_case: dict[int, list[ReviewProgress]] = {}
    for one in reviews:
        of_case.setdefault(one.case_pk, []).append(one)
    told, gone = frozenset(reported), frozenset(replaced)
    found = [
        CaseProgress(
            number=of[0].number,
            case_id=of[0].case_id,
            centre=of[0].centre,
            state=_state(of, reported=pk in told, replaced=of[0].case_id in gone),
            reviewer_id=next((one.reviewer_id for one in of if one.reviewer_id is not None), None),
            reviews=tuple(of),
        )
        for pk, of in of_case.items()
    ]
    return tuple(sorted(found, key=lambda one: one.number))


def tally(cases: Iterable[CaseProgress]) -> Tally:
    """Count the cases that are to be reviewed; findings and cases that left the sample are no work."""
    counted = [case for case in cases if case.state in COUNTED]
    return Tally(
        cases=len(counted),
        assigned=sum(case.reviewer_id is not None for case in counted),
        begun=sum(case.state is CaseState.BEGUN for case in counted),
        finished=sum(case.state is CaseState.FINISHED for case in counted),
    )


def in_hand(cases: Iterable[CaseProgress]) -> dict[int, Tally]:
    """Return the counts of each person's cases; what they reported waits for the coordinator, not for them."""
    of: dict[int, list[CaseProgress]] = {}
    for case in cases:
        if case.reviewer_id is not None and case.state is not CaseState.REPORTED:
            of.setdefault(case.reviewer_id, []).append(case)
    return {person: tally(theirs) for person, theirs in of.items()}


def by_need(people: Iterable[PersonAtWork]) -> tuple[PersonAtWork, ...]:
    """Return people with those first who need a nudge; alike ones by the alphabet, never by how much they did."""
    return tuple(sorted(people, key=lambda one: (_group(one.work.state), danish_key(one.name), one.id)))


def _group(state: WorkState) -> int:
    return next(place for place, states in enumerate(NUDGES) if state in states)


def next_step(state: RoundState, *, obstacles: int = 0, unassigned: int = 0, left: int = 0) -> NextStep:
    """Return what a round waits for.

    Parameters
    ----------
    obstacles, unassigned, left
        Cases of a round under review: with an open obstacle, with no reviewer, and not finished.
    """
    if state is not RoundState.REVIEWING:
        return _BY_STATE[state]
    if obstacles:
        return NextStep.SETTLE
    if unassigned:
        return NextStep.ASSIGN
    return NextStep.REVIEW if left else NextStep.CLOSE


_BY_STATE: Mapping[RoundState, NextStep] = {
    RoundState.COMMITTED: NextStep.SEED,
    RoundState.DRAWN: NextStep.ASSIGN,
    RoundState.CLOSED: NextStep.REPORT,
}


def _state(reviews: Sequence[ReviewProgress], *, reported: bool, replaced: bool) -> CaseState:
    status = reviews[0].status
    if replaced:
        return CaseState.REPLACED
    if reported:
        return CaseState.REPORTED
    if status is not CaseStatus.TO_REVIEW:
        return CaseState(status.value)
    if all(one.finished for one in reviews):
        return CaseState.FINISHED
    if any(one.begun or one.finished for one in reviews):
        return CaseState.BEGUN
    return CaseState.WAITING if any(one.reviewer_id is not None for one in reviews) else CaseState.UNASSIGNED
