"""Sensible values to store: a frame, a case, a round; a test names only what matters to it."""

from dataclasses import dataclass
from datetime import date, datetime

from lirk.domain.people import Person
from lirk.domain.reviews import CaseRole, DrawnCase
from lirk.domain.rounds import ChecklistVersion, Draw, Frame, Round, RoundState
from lirk.storage.store import Store


def frame(now: datetime, fingerprint: str = "f" * 64) -> Frame:
    return Frame(
        source="register.csv",
        rows=3,
        strata={"Center Øst": 2, "Center Nord": 1},
        fingerprint=fingerprint,
        committed_at=now,
        freeze={"format": "lirk-freeze/1", "plan": {"sizes": {"n": 2}, "share": 0.1}, "æ": [None, True]},
    )


def case(round_id: int, draw_id: int, case_id: str, **fields: object) -> DrawnCase:
    values: dict[str, object] = {
        "number": None,
        "centre": "Center Nord",
        "stratum": "Center Nord",
        "role": CaseRole.MAIN,
        "rank": 1,
        "ticket": "0" * 64,
        **fields,
    }
    return DrawnCase(id=0, round_id=round_id, draw_id=draw_id, case_id=case_id, **values)


@dataclass(frozen=True)
class Drawn:
    """A round that is being reviewed: two main cases and a reserve case, each main case with two reviews."""

    round: Round
    draw: Draw
    cases: tuple[DrawnCase, ...]
    reviewer: Person


def add_round(store: Store, now: datetime, key: str = "2026-2") -> Round:
    return store.rounds.add(
        key=key,
        title="2. runde 2026",
        state=RoundState.COMMITTED,
        created_at=now,
        first_day=date(2026, 1, 1),
        last_day=None,
    )


def add_draw(store: Store, round_id: int, now: datetime, *, number: int = 1, seed: str = "1" * 20) -> Draw:
    return store.draws.add(
        round_id=round_id,
        number=number,
        reason=None if number == 1 else "Forkert periode",
        seed=seed,
        drawn_at=now,
        digest="d" * 64,
        certificate={"format": "lirk-certificate/1", "share": 0.1, "n": 15},
    )


def pin(store: Store, round_id: int) -> None:
    store.rounds.pin_checklists(
        round_id,
        [
            ChecklistVersion(checklist_id="sagsbehandling", version=3, text='id = "sagsbehandling" # æøå\n'),
            ChecklistVersion(checklist_id="data", version=1, text='id = "data"\n'),
        ],
    )
