"""How a round is reviewed: what the coordinator decides of it beside frame and draw."""

from dataclasses import dataclass, replace
from datetime import date, datetime

from lirk.errors import Problem


@dataclass(frozen=True, slots=True, kw_only=True)
class RoundRules:
    """The rules of a round.

    Attributes
    ----------
    shows_result
        Whether a reviewer sees the calculated verdict before finishing.
    bars_own_centre
        Whether nobody reads cases of a centre that they belong to.
    double_percent
        How many in a hundred of the drawn cases are read by a second person, too; 0 to 100.
    double_chosen_at
        When that was last chosen; a reader can hold it against the time of the draw.
    deadline
        The day by which the cases are to be reviewed.
    """

    shows_result: bool = False
    bars_own_centre: bool = False
    double_percent: int = 0
    double_chosen_at: datetime | None = None
    deadline: date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Begun:
    """What has been begun in a round, so that some of its rules stand fast.

    ``second`` is whether somebody has begun to read a case as the second person; ``finished`` whether any
    review is finished.
    """

    second: bool = False
    finished: bool = False


def rules_problems(
    new: RoundRules, old: RoundRules, *, begun: Begun, today: date, unread: frozenset[str] = frozenset()
) -> tuple[Problem, ...]:
    """Return all that keeps a round's rules from being changed; each names its field as ``column``.

    Parameters
    ----------
    new, old
        The rules as they are wanted, and as they are.
    unread
        Fields whose text could not be read; they are told instead of what stands in ``new`` for them.
    """
    found = {
        "double_percent": _percent_problem(new, old, begun, unreadable="double_percent" in unread),
        "deadline": _deadline_problem(new, old, today, unreadable="deadline" in unread),
        "shows_result": "shows-result-fixed"
        if begun.finished and new.shows_result != old.shows_result
        else None,
    }
    return tuple(Problem(code, column=column) for column, code in found.items() if code)


def with_time_of_choice(new: RoundRules, old: RoundRules, *, now: datetime) -> RoundRules:
    """Return the new rules with the time at which the share of second readings was last chosen."""
    chosen_at = old.double_chosen_at if new.double_percent == old.double_percent else now
    return replace(new, double_chosen_at=chosen_at)


def second_count(cases: int, percent: int) -> int:
    """Return how many of the drawn cases are read by a second person: the share, rounded up."""
    return -(-cases * percent // 100)


def _percent_problem(new: RoundRules, old: RoundRules, begun: Begun, *, unreadable: bool) -> str | None:
    if unreadable or not 0 <= new.double_percent <= 100:
        return "double-percent-unusable"
    return "double-percent-fixed" if begun.second and new.double_percent != old.double_percent else None


def _deadline_problem(new: RoundRules, old: RoundRules, today: date, *, unreadable: bool) -> str | None:
    if unreadable:
        return "deadline-unusable"
    # One that has passed stays as it is while something else is changed.
    changed = new.deadline is not None and new.deadline != old.deadline
    return "deadline-passed" if changed and new.deadline is not None and new.deadline < today else None
