"""Cases that must be acted on now: why, and what was done."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from lirk.domain.plain_texts import text_problems
from lirk.domain.reviewing import NOTE_LIMIT
from lirk.domain.reviews import Reading
from lirk.errors import Problem, ProblemsFound, RuleBroken

#: A breach of the security of personal data is reported to the authority within this time of being known.
BREACH_IS_REPORTED_WITHIN = timedelta(hours=72)


class UrgentCaseHandled(RuleBroken):
    """The case is marked as handled already."""

    code = "urgent-case-handled"


class UrgentReasonChanged(RuleBroken):
    """Another reason is stored than the one that the page was made from."""

    code = "urgent-reason-changed"


class UrgentCaseOpen(RuleBroken):
    """The case is not marked as handled, so there is nothing to undo."""

    code = "urgent-case-open"


@dataclass(frozen=True, slots=True, kw_only=True)
class UrgentCase:
    """That a case must be acted on, as the reader of one review said; open until ``handled_at`` is there."""

    review_id: int
    reason: str
    raised_at: datetime
    raised_by: int | None
    handling: str | None = None
    handled_at: datetime | None = None
    handled_by: int | None = None

    @property
    def report_by(self) -> datetime:
        """Until when a breach of data security would have to be reported."""
        return self.raised_at + BREACH_IS_REPORTED_WITHIN


@dataclass(frozen=True, slots=True, kw_only=True)
class UrgentInRound(UrgentCase):
    """An urgent case with what its lists show.

    ``link`` leads to the case, ``raiser`` is a name; ``finished`` says whether the review is.
    """

    round_id: int
    round_key: str
    round_title: str
    case_pk: int
    number: int
    case_id: str
    centre: str
    link: str | None
    checklist_id: str
    reading: Reading
    finished: bool
    raiser: str | None


def urgent_problems(reason: str) -> list[Problem]:
    """Return what is wrong with the reason for acting on a case now; ``column`` names the field."""
    return _problems(reason, "urgent_reason", "urgent-reason-missing")


def check_urgent(reason: str) -> str:
    """Return why a case must be acted on now, without blanks around it.

    Raises
    ------
    ProblemsFound
        If it is missing or cannot be kept; ``column`` names the field.
    """
    return _checked(reason, urgent_problems(reason))


def check_handling(text: str) -> str:
    """Return what was done about an urgent case, without blanks around it.

    Raises
    ------
    ProblemsFound
        If it is missing or cannot be kept; ``column`` names the field.
    """
    return _checked(text, _problems(text, "handling", "urgent-handling-missing"))


def _problems(text: str, column: str, missing: str) -> list[Problem]:
    problems = text_problems(text, column=column, limit=NOTE_LIMIT)
    if not text.strip():
        problems.append(Problem(missing, column=column))
    return problems


def _checked(text: str, problems: list[Problem]) -> str:
    if problems:
        raise ProblemsFound(problems)
    return text.strip()
