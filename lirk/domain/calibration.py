"""A round's calibration: a few cases that everybody scores blind, and how each item was read."""

import hmac
import string
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime

from checklists.model import Checklist, Fact, Item
from checklists.score import outline
from lirk.domain.alphabet import danish_key
from lirk.domain.plain_texts import text_problems
from lirk.domain.review_sheets import known_facts
from lirk.domain.reviewing import NOTE_LIMIT
from lirk.domain.reviews import Answer, CaseRole, DrawnCase
from lirk.errors import ProblemsFound, RuleBroken
from sampling.agreement import percent_agreement

FEWEST_CASES, MOST_CASES = 2, 5
FEWEST_READERS = 2


class CalibrationExists(RuleBroken):
    """A round is calibrated once; an open calibration can be cancelled, and another one opened."""

    code = "calibration-exists"


class CalibrationSizeWrong(RuleBroken):
    """A calibration has two to five cases."""

    code = "calibration-size-wrong"


class CalibrationNeedsReserve(RuleBroken):
    """The reserve has fewer cases than the calibration would take; ``count`` says how many."""

    code = "calibration-needs-reserve"


class CalibrationNeedsReaders(RuleBroken):
    """Fewer than two of those who were chosen may read a case; ``number`` and ``centre`` name it."""

    code = "calibration-needs-readers"


class CalibrationOpen(RuleBroken):
    """Cases are neither shared out nor drawn anew while a calibration is open."""

    code = "calibration-open"


class CalibrationClosed(RuleBroken):
    """A calibration that is closed is neither cancelled nor closed again."""

    code = "calibration-closed"


class CalibrationUnfinished(RuleBroken):
    """Somebody has not finished; ``names`` says who. It can be closed all the same, if that is said."""

    code = "calibration-unfinished"


class CalibrationEmpty(RuleBroken):
    """Nobody has answered anything, so that there is nothing to compare."""

    code = "calibration-empty"


class AgreedReadingChanged(RuleBroken):
    """Another version of the agreed reading is stored than the one that the page was made from."""

    code = "agreed-reading-changed"


@dataclass(frozen=True, slots=True, kw_only=True)
class Calibration:
    """A round's calibration: ids of its cases in the order of their numbers, and who agreed to be named.

    ``salt`` is a secret that was drawn when it was opened: see `letters`.
    """

    round_id: int
    opened_at: datetime
    opened_by: int | None
    closed_at: datetime | None = None
    closed_by: int | None = None
    cases: tuple[int, ...] = ()
    named: frozenset[int] = frozenset()
    salt: str = field(default="", repr=False)

    @property
    def is_open(self) -> bool:
        """Whether answers are taken."""
        return self.closed_at is None


@dataclass(frozen=True, slots=True, kw_only=True)
class AgreedReading:
    """How a round's reviewers agreed to read a fact or an item; ``version`` counts from 1."""

    text: str = ""
    version: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class CaseReading:
    """How one case was read at one item: the answers by person, those who were not asked left out."""

    number: int
    answers: Mapping[int, Answer] = field(default_factory=dict)

    @property
    def differs(self) -> bool:
        """Whether not all who answered gave the same answer."""
        return len({one.value for one in self.answers.values()}) > 1

    @property
    def compared(self) -> bool:
        """Whether two answered or more."""
        return len(self.answers) > 1


@dataclass(frozen=True, slots=True, kw_only=True)
class ItemReading:
    """How a fact or an item was read, case by case."""

    asked: Fact | Item
    cases: tuple[CaseReading, ...]

    @property
    def compared(self) -> int:
        """How many cases two or more answered."""
        return sum(case.compared for case in self.cases)

    @property
    def agreed(self) -> int:
        """In how many of those all gave the same answer."""
        return sum(case.compared and not case.differs for case in self.cases)

    @property
    def differing(self) -> tuple[int, ...]:
        """The numbers of the cases in which the answers differ."""
        return tuple(case.number for case in self.cases if case.differs)

    @property
    def agreement(self) -> float | None:
        """The share of pairs of answers that are the same, a mean over the cases; None where none has a pair."""
        people = sorted({person for case in self.cases for person in case.answers})
        if len(people) < FEWEST_READERS:
            return None
        return percent_agreement([[_value(case, person) for case in self.cases] for person in people])


def available(cases: Iterable[DrawnCase]) -> tuple[DrawnCase, ...]:
    """Return the cases for a calibration, best first: from the ends of the reserves, one of each in turn.

    Parameters
    ----------
    cases
        Those of the latest draw. Those with a running number and the main cases are passed over.

    Returns
    -------
    tuple
        The strata take turns in the order of the alphabet, and each gives its highest rank first, which it
        would itself be called up last by.
    """
    held: dict[str, list[DrawnCase]] = defaultdict(list)
    for case in cases:
        if case.number is None and case.role is CaseRole.RESERVE:
            held[case.stratum].append(case)
    turns = [
        (turn, danish_key(stratum), case)
        for stratum, reserve in held.items()
        for turn, case in enumerate(sorted(reserve, key=lambda case: -case.rank))
    ]
    return tuple(case for _, _, case in sorted(turns, key=lambda one: one[:2]))


def chosen(cases: Iterable[DrawnCase], count: int) -> tuple[DrawnCase, ...]:
    """Return the cases of a calibration in the order of their numbers.

    Raises
    ------
    CalibrationSizeWrong, CalibrationNeedsReserve
        See each.
    """
    if not FEWEST_CASES <= count <= MOST_CASES:
        raise CalibrationSizeWrong(fewest=FEWEST_CASES, most=MOST_CASES)
    found = available(cases)
    if len(found) < count:
        raise CalibrationNeedsReserve(count=len(found))
    return found[:count]


def letters(salt: str, number: int, people: Iterable[int]) -> dict[int, str]:
    """Return what the readers of a case are called where they are not named: A, B, C …, the same each time.

    The order is that of HMAC-SHA-256 of ``number of the case:person id`` with the calibration's secret, so that
    neither name nor age of an account nor speed decides who is A, and nobody can work it out. It is another in
    each case: whom the others know not to have read one case would else be known by their letter in all of them.
    """

    def place_of(person: int) -> bytes:
        return hmac.digest(salt.encode(), f"{number}:{person}".encode(), "sha256")

    ordered = sorted(set(people), key=place_of)
    signs = string.ascii_uppercase
    return {one: signs[place % 26] * (place // 26 + 1) for place, one in enumerate(ordered)}


def counting(
    checklist: Checklist, facts: Mapping[str, str], answers: Mapping[str, Answer]
) -> dict[str, Answer]:
    """Return the answers that count: given to what applies by the register's facts and the answers themselves."""
    register = known_facts(checklist, facts)
    codes = {**{one: answer.value for one, answer in answers.items() if answer.value}, **register}
    shown = outline(checklist, codes).visible - register.keys()
    return {one: answer for one, answer in answers.items() if answer.value and one in shown}


def questions(checklist: Checklist) -> tuple[Fact | Item, ...]:
    """Return all that a checklist may ask, facts first."""
    return (*checklist.facts, *checklist.items)


def readings(
    checklist: Checklist, answers: Sequence[Mapping[int, Mapping[str, Answer]]]
) -> tuple[ItemReading, ...]:
    """Return how each fact and item of a checklist was read, in the checklist's order.

    Parameters
    ----------
    answers
        For each case, in the order of its number from 1: by person, the answers that count.

    Returns
    -------
    tuple
        What nobody was asked in any case is left out.
    """
    found = []
    for asked in questions(checklist):
        cases = tuple(
            CaseReading(
                number=number,
                answers={person: given[asked.id] for person, given in of_case.items() if asked.id in given},
            )
            for number, of_case in enumerate(answers, start=1)
        )
        if any(case.answers for case in cases):
            found.append(ItemReading(asked=asked, cases=cases))
    return tuple(found)


def check_agreed(text: str) -> str:
    """Return the text of an agreed reading without blanks around it.

    Raises
    ------
    ProblemsFound
        If it cannot be kept; ``column`` names the field.
    """
    problems = text_problems(text, column="text", limit=NOTE_LIMIT)
    if problems:
        raise ProblemsFound(problems)
    return text.strip()


def _value(case: CaseReading, person: int) -> str | None:
    answer = case.answers.get(person)
    return answer.value if answer else None
