"""A round: one measurement from the frozen frame to the closed reviews."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum


class RoundState(StrEnum):
    """How far a round has come; a stored word, never a puzzle of dates."""

    COMMITTED = "committed"
    DRAWN = "drawn"
    REVIEWING = "reviewing"
    CLOSED = "closed"


@dataclass(frozen=True, slots=True, kw_only=True)
class Frame:
    """What is kept of a register: counts and fingerprint, never the register itself.

    ``freeze`` is the whole freeze document (``lirk-freeze/1``) that was handed out before the seed existed.
    """

    source: str
    rows: int
    strata: Mapping[str, int]
    fingerprint: str
    committed_at: datetime
    freeze: Mapping[str, object]


@dataclass(frozen=True, slots=True, kw_only=True)
class ChecklistVersion:
    """A checklist as a round pinned it: id, version and the file's whole text."""

    checklist_id: str
    version: int
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Round:
    """A measurement round. ``key`` is its lasting short name (``2026-2``), used in addresses and file names.

    ``first_day`` and ``last_day`` bound the decision dates, both included; None where the mapping sets none.
    ``made_up`` marks a demonstration: ``""`` (real), ``"answers"`` or ``"all"``.
    """

    id: int
    key: str
    title: str
    state: RoundState
    created_at: datetime
    first_day: date | None = None
    last_day: date | None = None
    closed_at: datetime | None = None
    made_up: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Draw:
    """One draw of a round; ``certificate`` is the whole certificate (``lirk-certificate/1``)."""

    id: int
    round_id: int
    number: int
    reason: str | None
    seed: str
    drawn_at: datetime
    digest: str
    certificate: Mapping[str, object]
