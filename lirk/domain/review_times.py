"""The time that a reviewer has a case in use: measured in small steps, corrected by the reviewer, summed for all."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime, timedelta

from lirk.domain.planning import HOURS_A_CASE
from lirk.errors import Problem, ProblemsFound

#: Seconds of one report that are believed, at most.
MOST_A_REPORT = 120
#: A report may take this long to arrive, so that the one before it seems nearer than it was.
MARGIN = timedelta(seconds=2)
#: Minutes that a reviewer can say that a case took.
MOST_MINUTES = 600
#: With fewer people a sum would tell how fast one of them is; so it would where others have next to no time.
FEWEST_PEOPLE = 3
LEAST_TIME = 600
#: While a round is open, hours are told in such steps: from day to day, a sum would tell of one person's day.
STEP = 5
MINUTE, HOUR = 60, 3600


@dataclass(frozen=True, slots=True, kw_only=True)
class ReviewTime:
    """Seconds that one person had one review in use; ``corrected`` is what the person says instead."""

    seconds: int = 0
    corrected: int | None = None
    reported_at: datetime | None = None

    @property
    def counted(self) -> int:
        """The seconds that count."""
        return self.seconds if self.corrected is None else self.corrected


@dataclass(frozen=True, slots=True, kw_only=True)
class Hours:
    """What the cases of a round took against what was planned; ``used`` is None where it could name somebody.

    ``exact``: else ``used`` is told in steps.
    """

    used: int | None
    planned: int
    exact: bool


def believed(seconds: int, kept: ReviewTime, now: datetime) -> int:
    """Return how many seconds of a report count.

    Never more than passed since the report before it, so that two windows do not count twice.
    """
    if kept.reported_at is None:
        return max(0, min(seconds, MOST_A_REPORT))
    passed = (now - kept.reported_at + MARGIN).total_seconds()
    return max(0, min(seconds, MOST_A_REPORT, int(passed)))


def minutes(seconds: int) -> int:
    """Return whole minutes, halves up; what was begun is never told as nothing."""
    return max(1, (seconds + MINUTE // 2) // MINUTE) if seconds else 0


def check_minutes(text: str) -> int | None:
    """Return the seconds that a person says that a case took, None for an empty text.

    Raises
    ------
    ProblemsFound
        If it is no whole number of minutes within reach.
    """
    text = text.strip()
    if not text:
        return None
    if not (text.isascii() and text.isdigit() and len(text) <= len(str(MOST_MINUTES))):
        raise ProblemsFound([Problem("minutes-out-of-range", {"most": MOST_MINUTES}, column="minutes")])
    if int(text) > MOST_MINUTES:
        raise ProblemsFound([Problem("minutes-out-of-range", {"most": MOST_MINUTES}, column="minutes")])
    return int(text) * MINUTE


def hours(by_person: Collection[int], readings: int, *, closed: bool) -> Hours:
    """Return the hours of a round: whole ones where it is closed, else to the nearest of a step.

    They are told where three or more have ten minutes or more each, and nobody has more than half of all.

    Parameters
    ----------
    by_person
        Seconds of each person who has any.
    readings
        Cases to be read, those that two people read counted twice.
    """
    total, step = sum(by_person), 1 if closed else STEP
    used = (total + step * HOUR // 2) // (step * HOUR) * step if _hides_each(by_person, total) else None
    return Hours(used=used, planned=round(readings * HOURS_A_CASE), exact=closed)


def _hides_each(by_person: Collection[int], total: int) -> bool:
    people = sum(seconds >= LEAST_TIME for seconds in by_person)
    return people >= FEWEST_PEOPLE and max(by_person) * 2 <= total
