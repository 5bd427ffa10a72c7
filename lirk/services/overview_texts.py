"""What the coordinator writes in the overview of a round."""

from dataclasses import dataclass, replace
from datetime import datetime

from lirk.domain.access import Action, require
from lirk.domain.overview_texts import OverviewText, OverviewTextChanged
from lirk.domain.people import Person
from lirk.domain.rounds import Round, check_step
from lirk.errors import ProblemsFound
from lirk.storage.store import Store


@dataclass(frozen=True, slots=True, kw_only=True)
class OverviewToWrite:
    """A closed round, and what stands in its overview."""

    round_: Round
    text: OverviewText


def overview_to_write(store: Store, actor: Person, key: str) -> OverviewToWrite:
    """Return what the coordinator has written in the overview of a round.

    Raises
    ------
    NotAllowed
        If the person writes in no overview.
    RoundUnknown, RoundNotIn
        If there is no such round, or it is not closed.
    """
    require(actor, Action.WRITE_OVERVIEW)
    round_ = store.rounds.by_key(key)
    check_step(round_, "report")
    return OverviewToWrite(round_=round_, text=store.overview_texts.of(round_.id) or OverviewText())


def write_overview_text(
    store: Store, actor: Person, key: str, typed: OverviewText, *, now: datetime
) -> OverviewText:
    """Keep what the coordinator writes in the overview of a round, and return it as it is kept.

    Parameters
    ----------
    typed
        Its version is that of the text which the person had in front of them; 0 where there was none.

    Raises
    ------
    ProblemsFound
        With every field that is too long, holds what looks like a CPR number, or names a centre of the round;
        ``column`` names it.
    OverviewTextChanged
        If somebody else has written since.
    NotAllowed, RoundUnknown, RoundNotIn
        See ``overview_to_write``.
    """
    round_ = overview_to_write(store, actor, key).round_
    if problems := tuple(typed.problems(_centres(store, round_))):
        raise ProblemsFound(problems)
    version = store.overview_texts.keep(round_.id, typed, at=now, by=actor.id)
    if version is None:
        raise OverviewTextChanged
    store.trail.add("overview-text-written", actor_id=actor.id, at=now, round=key, version=version)
    return replace(typed, version=version, written_on=now.date())


def _centres(store: Store, round_: Round) -> frozenset[str]:
    """Return the centres of a round, also those without a case in it, by the names they have and had."""
    measured = {centre for _, centre in store.cases.measured(round_id=round_.id)}
    return frozenset(measured | set(store.rounds.frame(round_.id).strata))
