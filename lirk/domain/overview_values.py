"""The values behind a round's overview; none of them has a place for the result of one centre."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from lirk.domain.reports import Method, UsedChecklist


class RoundedLevel(StrEnum):
    """What the overview says of a pooled share where it gives no number."""

    FEW = "few-or-none"
    NEARLY_ALL = "nearly-all"
    WITHHELD = "withheld"


@dataclass(frozen=True, slots=True, kw_only=True)
class PooledTheme:
    """One theme for all centres together: a share in whole steps of five points, or words only."""

    checklist_id: str
    number: str
    title: str
    percent: int | None
    level: RoundedLevel | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class RecurringFinding:
    """An item with findings in several centres (at least half, and at least three); no number, no names."""

    checklist_id: str
    number: str
    question: str
    references: tuple[str, ...]
    recommendation: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Participation:
    """A centre that took part. No result of a centre has a place in the overview."""

    centre: str
    population: int
    reviewed: int
    report_ready: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class DevelopmentPoint:
    """What a round's own overview says of a theme; ``begins_anew``: it asked something else than before."""

    percent: int | None
    level: RoundedLevel | None = None
    begins_anew: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class ThemeDevelopment:
    """One theme in the municipality's own rounds; a point for each round, None where it published none."""

    number: str
    title: str
    points: tuple[DevelopmentPoint | None, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class ChecklistDevelopment:
    """The themes that several of the municipality's closed rounds published, by the rounds' titles, oldest first."""

    checklist_id: str
    rounds: tuple[str, ...]
    themes: tuple[ThemeDevelopment, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Overview:
    """All that the municipality's overview says; it holds no field for the result of one centre.

    ``learnt`` and ``next_steps`` are the coordinator's, empty until written.
    """

    municipality: str
    round_key: str
    round_title: str
    first_day: date | None
    last_day: date | None
    issued_on: date
    participation: tuple[Participation, ...]
    themes: tuple[PooledTheme, ...]
    going_well: tuple[PooledTheme, ...]
    joint_effort: tuple[PooledTheme, ...]
    recurring: tuple[RecurringFinding, ...]
    checklists: tuple[UsedChecklist, ...] = ()
    method: Method | None = None
    made_up: str = ""
    development: tuple[ChecklistDevelopment, ...] = ()
    learnt: str = ""
    next_steps: str = ""
