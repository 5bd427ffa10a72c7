"""A doubt: an answer that its reviewer is in doubt about, and what was said until it was settled."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from checklists.model import Checklist
from checklists.score import outline
from lirk.domain.access import Action, may
from lirk.domain.people import Person
from lirk.domain.plain_texts import text_problems
from lirk.domain.review_sheets import known_facts
from lirk.domain.reviewing import within_reach
from lirk.domain.reviews import Answer
from lirk.errors import Problem, ProblemsFound, RuleBroken

MESSAGE_LIMIT = 1000


class DoubtSettled(RuleBroken):
    """Nothing is added to a doubt that is settled; it is opened again first."""

    code = "doubt-settled"


class DoubtOpen(RuleBroken):
    """A doubt that is not settled is not opened again."""

    code = "doubt-open"


class DoubtTakenBack(RuleBroken):
    """The reviewer is not in doubt any more; only the reviewer can be again, at the item itself."""

    code = "doubt-taken-back"


class DoubtNotAsked(RuleBroken):
    """The item is not asked any more; another answer in the case has hidden it."""

    code = "doubt-not-asked"


class DoubtState(StrEnum):
    """Who acts next in a doubt, or that nobody does."""

    WAITS_FOR_COORDINATOR = "waits-for-coordinator"
    WAITS_FOR_REVIEWER = "waits-for-reviewer"
    SETTLED = "settled"
    NOT_ASKED = "not-asked"


@dataclass(frozen=True, slots=True, kw_only=True)
class Message:
    """Something that was said of a doubt.

    ``from_reviewer`` is on which side its writer stood then; the other side is the coordinator or the legal
    department.
    """

    text: str
    from_reviewer: bool
    at: datetime
    by: int | None
    name: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Doubt:
    """An answer of a reading that was marked as in doubt, with what was said of it.

    ``in_doubt`` is the mark as it stands now: one that the reviewer took away is settled by that. ``settled_at``
    and ``settled_by`` (a name) are those of somebody who said that it is settled. ``asked``: the item is still
    asked in the case; one that another answer has hidden waits for nobody, unless it is asked again.
    """

    review_id: int
    round_key: str
    number: int
    centre: str
    checklist_id: str
    reviewer_id: int | None
    reviewer: str | None
    finished: bool
    answer: Answer
    settled_at: datetime | None = None
    settled_by: str | None = None
    messages: tuple[Message, ...] = ()
    asked: bool = True

    @property
    def item_id(self) -> str:
        """The id of the item, or of the fact."""
        return self.answer.item_id

    @property
    def in_doubt(self) -> bool:
        """Whether the reviewer's mark stands."""
        return self.answer.in_doubt

    @property
    def state(self) -> DoubtState:
        """Who acts next; an answer that is in doubt without a word of why waits for the coordinator too."""
        if not self.in_doubt or self.settled_at is not None:
            return DoubtState.SETTLED
        if not self.asked:
            return DoubtState.NOT_ASKED
        if self.messages and not self.messages[-1].from_reviewer:
            return DoubtState.WAITS_FOR_REVIEWER
        return DoubtState.WAITS_FOR_COORDINATOR

    @property
    def is_open(self) -> bool:
        """Whether it waits for somebody."""
        return self.state not in {DoubtState.SETTLED, DoubtState.NOT_ASKED}


def asked_in(checklist: Checklist, facts: Mapping[str, str], codes: Mapping[str, str]) -> Collection[str]:
    """Return the ids of what a reviewer is asked in a case, as `lirk.domain.reviewing.walkthrough` shows it.

    Parameters
    ----------
    facts
        What the register knows of the case.
    codes
        The reviewer's answers by fact or item id.
    """
    register = known_facts(checklist, facts)
    return within_reach(outline(checklist, {**codes, **register}), codes.keys(), register)


def in_order(doubts: Iterable[Doubt]) -> tuple[Doubt, ...]:
    """Return doubts as lists show them: open ones first, each by running number, checklist and item."""
    return tuple(
        sorted(
            doubts,
            key=lambda one: (not one.is_open, one.number, one.checklist_id, one.item_id, one.review_id),
        )
    )


def may_discuss(doubt: Doubt, person: Person) -> bool:
    """Return whether a person has a part in a doubt: its reviewer, the coordinator, the legal department."""
    return may(person, Action.DISCUSS_DOUBT, assigned_to=doubt.reviewer_id)


def check_message(text: str) -> str:
    """Return a message as it is kept.

    Raises
    ------
    ProblemsFound
        If it is empty, too long, or holds what looks like a CPR number.
    """
    text = text.strip()
    problems = text_problems(text, column="text", limit=MESSAGE_LIMIT)
    if not text:
        problems.append(Problem("doubt-message-missing", column="text"))
    if problems:
        raise ProblemsFound(problems)
    return text


def check_open(doubt: Doubt) -> None:
    """Refuse to add to a doubt that is settled, or to settle it once more.

    Raises
    ------
    DoubtSettled, DoubtNotAsked
        See each.
    """
    if doubt.state is DoubtState.NOT_ASKED:
        raise DoubtNotAsked
    if not doubt.is_open:
        raise DoubtSettled


def check_reopenable(doubt: Doubt) -> None:
    """Refuse to open a doubt again that is open, or that its reviewer took back.

    Raises
    ------
    DoubtOpen, DoubtTakenBack, DoubtNotAsked
        See each.
    """
    if doubt.state is DoubtState.NOT_ASKED:
        raise DoubtNotAsked
    if doubt.is_open:
        raise DoubtOpen
    if not doubt.in_doubt:
        raise DoubtTakenBack
