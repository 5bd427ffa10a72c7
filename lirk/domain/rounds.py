"""A round: one measurement from the frozen frame to the closed reviews."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from typing import Any

from lirk.domain.item_sets import ItemSet
from lirk.errors import NotFound, RuleBroken, UnusableRequest


class RoundKeyMalformed(RuleBroken):
    """A round's key is used in file names and addresses, and so has few letters to choose from."""

    code = "round-key-malformed"


class RoundExists(RuleBroken):
    """There is a round with that key already."""

    code = "round-exists"


class RoundUnknown(NotFound):
    """No round has that key."""

    code = "round-unknown"


class CaseUnknown(NotFound):
    """The round's sample has no case with that running number."""

    code = "case-unknown"


class ChecklistTwice(UnusableRequest):
    """Two checklists of one round have the same id, so that their answers could not be told apart."""

    code = "checklist-twice"


class ChecklistNotChosen(UnusableRequest):
    """All items are asked for of a checklist that is none of the round's."""

    code = "checklist-not-chosen"


class RoundNotIn(RuleBroken):
    """What was asked for is possible in another state of the round; ``state`` is a ``RoundState``."""

    code = "round-not-in-state"


class ReportsNotReady(RoundNotIn):
    """There are reports when the round is closed; not all who ask may open the round's own page."""

    code = "reports-not-ready"


class FrameReopened(RuleBroken):
    """The frozen frame was opened again and is being changed; it must be frozen anew first."""

    code = "frame-reopened"


class OutcomeStrataNotReported(RuleBroken):
    """A round whose strata are split by outcome cannot be reported yet: its shares must be weighted back."""

    code = "outcome-strata-not-reported"


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
    freeze: Mapping[str, Any]


@dataclass(frozen=True, slots=True, kw_only=True)
class ChecklistVersion:
    """A checklist as a round pinned it: id, version, the file's whole text, and which of its items are asked."""

    checklist_id: str
    version: int
    text: str
    items: ItemSet = ItemSet.FULL


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
    certificate: Mapping[str, Any]


KEY = re.compile(r"[a-z0-9][a-z0-9-]{0,39}")

#: The states in which each step may be taken.
ALLOWED = {
    "freeze": {RoundState.COMMITTED},
    "draw": {RoundState.COMMITTED, RoundState.DRAWN, RoundState.REVIEWING},
    "calibrate": {RoundState.DRAWN},
    "agree": {RoundState.DRAWN, RoundState.REVIEWING},
    "assign": {RoundState.DRAWN, RoundState.REVIEWING},
    "answer": {RoundState.REVIEWING},
    "replace": {RoundState.DRAWN, RoundState.REVIEWING},
    "certificate": {RoundState.DRAWN, RoundState.REVIEWING, RoundState.CLOSED},
    "rules": {RoundState.COMMITTED, RoundState.DRAWN, RoundState.REVIEWING},
    "close": {RoundState.REVIEWING},
    "report": {RoundState.CLOSED},
}


def check_key(key: str) -> str:
    """Return the key if it can name a round (``2026-2``).

    Raises
    ------
    RoundKeyMalformed
        If it has other than 1 to 40 small letters a-z, digits and hyphens.
    """
    if not KEY.fullmatch(key):
        raise RoundKeyMalformed(key=key)
    return key


def check_step(round_: Round, step: str) -> None:
    """Refuse a step that the round is not ready for, or is past.

    Raises
    ------
    RoundNotIn
        If the round is in another state than the step needs.
    """
    if round_.state in ALLOWED[step]:
        return
    if step == "report":
        raise ReportsNotReady(round=round_.title, step=step, state=round_.state)
    raise RoundNotIn(round=round_.key, step=step, state=round_.state)
