"""What there is to know before a round is closed: what keeps it open, and what was opened again."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime

from lirk.domain.access import Action, require
from lirk.domain.following import Tally, tally
from lirk.domain.people import Person
from lirk.domain.rounds import Round, RoundState, check_step
from lirk.services.closing import further_blockers
from lirk.services.standing import blocked, standing
from lirk.storage.store import Store


@dataclass(frozen=True, slots=True, kw_only=True)
class Reopening:
    """Something settled that was opened again."""

    at: datetime
    numbers: tuple[int, ...]
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Closing:
    """What there is to know before a round is closed.

    ``blocked`` holds the numbers of the cases that keep it open, by the code of what is missing.
    """

    round: Round
    blocked: Mapping[str, tuple[int, ...]]
    reopenings: tuple[Reopening, ...]
    work: Tally
    findings: int
    replaced: int


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
    state = standing(store, round_)
    return Closing(
        round=round_,
        blocked={}
        if round_.state is RoundState.CLOSED
        else {**blocked(store, round_, state), **further_blockers(store, round_)},
        reopenings=tuple(_reopenings(store, round_)),
        work=tally(state.cases),
        findings=state.findings,
        replaced=len(state.replaced),
    )


def _reopenings(store: Store, round_: Round) -> Iterable[Reopening]:
    for entry in store.trail.named(round_.id, "review-reopened", "case-reopened", "answers-imported"):
        about = entry.about
        several, one = about.get("reopened"), about.get("number")
        numbers = [one] if isinstance(one, int) else several if isinstance(several, list) else []
        if numbers:
            reason = about.get("reason") or about.get("reopen_reason") or ""
            yield Reopening(at=entry.at, numbers=tuple(map(int, numbers)), reason=str(reason))
