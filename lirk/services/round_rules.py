"""How a round is reviewed: what the coordinator decides of it beside frame and draw."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime

from lirk.domain.access import Action, require
from lirk.domain.people import Person
from lirk.domain.reviews import Reading
from lirk.domain.round_rules import Begun, RoundRules, rules_problems, with_time_of_choice
from lirk.domain.rounds import Round, RoundState, check_step
from lirk.errors import ProblemsFound
from lirk.services.certificates import drawn_counts
from lirk.storage.store import Store


@dataclass(frozen=True, slots=True, kw_only=True)
class RulesPage:
    """The rules of a round, and what can still be changed of them.

    Attributes
    ----------
    cases
        How many cases are drawn; None where nothing is drawn yet.
    seed_known_at
        When the seed of the latest draw was known; it decides which cases are read twice.
    may_change
        False once the round is closed.
    """

    round: Round
    rules: RoundRules
    cases: int | None
    seed_known_at: datetime | None
    begun: Begun
    may_change: bool


def rules_page(store: Store, actor: Person, key: str) -> RulesPage:
    """Return the rules of a round with what there is to know before they are changed.

    Raises
    ------
    RoundUnknown
        If there is no such round.
    """
    require(actor, Action.RUN_ROUND)
    round_ = store.rounds.by_key(key)
    draws = store.draws.of(round_.id)
    latest = draws[-1].certificate if draws else None
    return RulesPage(
        round=round_,
        rules=store.round_rules.of(round_.id),
        cases=sum(count.drawn for count in drawn_counts(latest)) if latest else None,
        seed_known_at=datetime.fromisoformat(latest["seed"]["at"]) if latest else None,
        begun=_begun(store, round_),
        may_change=round_.state is not RoundState.CLOSED,
    )


def change_rules(
    store: Store,
    actor: Person,
    key: str,
    rules: RoundRules,
    *,
    unread: Collection[str] = (),
    now: datetime,
) -> RoundRules:
    """Change the rules of a round; return them as they are kept.

    When the share of second readings was chosen is noted here, whatever the rules given say of it.

    Parameters
    ----------
    unread
        Fields whose text could not be read, so that they are told together with everything else.

    Raises
    ------
    ProblemsFound
        With all that keeps them from being changed; nothing is.
    RoundUnknown, RoundNotIn
        If there is no such round, or it is closed.
    """
    require(actor, Action.RUN_ROUND)
    round_ = store.rounds.by_key(key)
    check_step(round_, "rules")
    old = store.round_rules.of(round_.id)
    problems = rules_problems(
        rules, old, begun=_begun(store, round_), today=now.date(), unread=frozenset(unread)
    )
    if problems:
        raise ProblemsFound(problems)
    new = with_time_of_choice(rules, old, now=now)
    if new == old:
        return old
    store.round_rules.keep(round_.id, new)
    store.trail.add("round-rules-changed", actor_id=actor.id, at=now, round=key, **_told(new))
    return new


def _told(rules: RoundRules) -> dict[str, object]:
    return {
        "shows_result": rules.shows_result,
        "bars_own_centre": rules.bars_own_centre,
        "double_percent": rules.double_percent,
        "deadline": rules.deadline.isoformat() if rules.deadline else None,
    }


def _begun(store: Store, round_: Round) -> Begun:
    second = store.work.of(round_.id, reading=Reading.SECOND)
    spoken = store.reviews.spoken_in(round_.id)
    first = store.work.of(round_.id)
    return Begun(
        second=any(one.begun or one.finished or one.review_id in spoken for one in second),
        finished=any(one.finished for one in (*first, *second)),
    )
