"""What the coordinator chooses from before the cases of a round are shared out."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from lirk.domain.access import Action, require
from lirk.domain.alphabet import danish_key
from lirk.domain.assignment import Load, is_reviewer
from lirk.domain.people import Person
from lirk.domain.reviews import Reading
from lirk.domain.rounds import Round, RoundState, check_step
from lirk.services.limits import by_name
from lirk.services.round_work import RoundWork, round_work
from lirk.storage.store import Store


@dataclass(frozen=True, slots=True, kw_only=True)
class Candidate:
    """Somebody who reviews: cases in hand in this round, and the centres declared barred to them."""

    username: str
    name: str
    cases: int
    conflicts: frozenset[str]


@dataclass(frozen=True, slots=True, kw_only=True)
class LeftBehind:
    """Somebody who no longer reviews and still has cases that are not finished."""

    username: str
    name: str
    cases: int


@dataclass(frozen=True, slots=True, kw_only=True)
class AssignmentPage:
    """What the coordinator chooses from; reviewers and centres in the order of the alphabet.

    ``may_assign`` is False once the round is closed; then it only shows who had how many. ``unassigned`` and
    ``not_begun`` are counts of cases that nobody has, and that nobody has begun; ``seconds`` counts the second
    readings that nobody has.
    """

    round: Round
    may_assign: bool
    candidates: tuple[Candidate, ...]
    left_behind: tuple[LeftBehind, ...]
    centres: tuple[str, ...]
    unassigned: int
    not_begun: int
    seconds: int


def assignment_page(store: Store, actor: Person, key: str) -> AssignmentPage:
    """Return who may review, the centres of the sample, and how many cases wait.

    Raises
    ------
    RoundUnknown, RoundNotIn
        If there is no such round, or its cases are not drawn yet.
    """
    require(actor, Action.RUN_ROUND)
    round_ = store.rounds.by_key(key)
    if round_.state is not RoundState.CLOSED:
        check_step(round_, "assign")
    work, people = round_work(store, round_), sorted(store.people.all(), key=by_name)
    load = work.held()
    free = Counter(piece.reading for piece in work.free(again=False))
    return AssignmentPage(
        round=round_,
        may_assign=round_.state is not RoundState.CLOSED,
        candidates=tuple(
            Candidate(
                username=one.username,
                name=one.name,
                cases=load.get(one.id, Load()).cases,
                conflicts=work.declared.get(one.username, frozenset()),
            )
            for one in people
            if is_reviewer(one)
        ),
        left_behind=_left_behind(work, people),
        centres=tuple(sorted({case.centre for case in work.cases}, key=danish_key)),
        unassigned=free[Reading.FIRST],
        not_begun=sum(piece.reading is Reading.FIRST for piece in work.free(again=True)),
        seconds=free[Reading.SECOND],
    )


def _left_behind(work: RoundWork, people: Sequence[Person]) -> tuple[LeftBehind, ...]:
    """Return who no longer reviews and still has readings to do in the round."""
    to_review, finished = {case.id for case in work.to_review}, work.finished
    cases = Counter(
        person for key, person in work.holders.items() if key[0] in to_review and key not in finished
    )
    return tuple(
        LeftBehind(username=one.username, name=one.name, cases=cases[one.id])
        for one in people
        if cases[one.id] and not is_reviewer(one)
    )
