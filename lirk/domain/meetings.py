"""The reading of a centre's report in the section: which groups took part, what was agreed, and what was not."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from lirk.domain.plain_texts import text_problems
from lirk.errors import Problem, RuleBroken

#: Signs in each of the two texts; more is not read.
LONGEST = 4000
#: No section has more staff; a greater number is a slip of the fingers.
MOST_STAFF = 10_000


class MeetingChanged(RuleBroken):
    """Somebody else has recorded the meeting since the page was opened."""

    code = "meeting-changed"


class Group(StrEnum):
    """Who takes part by their office; who they are is never kept."""

    LEADER = "leader"
    EMPLOYEE_REPRESENTATIVE = "employee_representative"
    SAFETY_REPRESENTATIVE = "safety_representative"


@dataclass(frozen=True, slots=True, kw_only=True)
class Meeting:
    """What is recorded of a meeting; ``version`` counts how often it was written, 0 is never.

    ``held_on`` and ``staff`` are None only where what was typed is no day, or no number.
    """

    held_on: date | None
    leader: bool = False
    employee_representative: bool = False
    safety_representative: bool = False
    staff: int | None = 0
    agreed: str = ""
    not_agreed: str = ""
    version: int = 0

    @property
    def groups(self) -> tuple[Group, ...]:
        """The groups that took part, but for the staff."""
        return tuple(group for group in Group if getattr(self, group.value))

    def problems(self, *, closed_on: date, today: date) -> Iterator[Problem]:
        """Yield what is wrong with it, in the order of its fields; ``column`` names the field.

        Parameters
        ----------
        closed_on
            The day on which the round was closed: there is no report before.
        """
        yield from self._of_the_day(closed_on, today)
        if self.staff is None or not 0 <= self.staff <= MOST_STAFF:
            yield Problem("meeting-staff-unreadable", {"most": MOST_STAFF}, column="staff")
        elif not (self.groups or self.staff):
            yield Problem("meeting-nobody", column="took_part")
        if not (self.agreed or self.not_agreed):
            yield Problem("meeting-nothing-said", column="agreed")
        for name in ("agreed", "not_agreed"):
            yield from text_problems(getattr(self, name), column=name, limit=LONGEST)

    def _of_the_day(self, closed_on: date, today: date) -> Iterator[Problem]:
        if self.held_on is None:
            yield Problem("meeting-day-missing", column="held_on")
        elif self.held_on > today:
            yield Problem("meeting-day-to-come", {"day": self.held_on}, column="held_on")
        elif self.held_on < closed_on:
            values = {"day": self.held_on, "closed": closed_on}
            yield Problem("meeting-day-before-report", values, column="held_on")
