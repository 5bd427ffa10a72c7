"""What a freeze and a certificate say, as values."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import polars as pl

from lirk.domain.reports import DrawLine, Exclusion
from lirk.domain.rounds import Draw, Frame
from lirk.intake.register import Register

Document = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class CertifiedCase:
    """One case as a certificate lists it: main or reserve, with its place in its stratum."""

    case_id: str
    stratum: str
    role: str
    rank: int
    ticket: str


@dataclass(frozen=True, slots=True)
class StratumCount:
    """How many of a stratum's cases were drawn."""

    name: str
    population: int
    drawn: int

    @property
    def census(self) -> bool:
        """Whether all of the stratum's cases were drawn, and there were any."""
        return self.drawn >= self.population > 0


def frame_of(freeze: Document) -> Frame:
    """Return the frame that a freeze commits to."""
    frame = freeze["frame"]
    return Frame(
        source=frame["source"],
        rows=frame["rows"],
        strata=frame["strata"],
        fingerprint=frame["fingerprint"],
        committed_at=datetime.fromisoformat(freeze["committed_at"]),
        freeze=freeze,
    )


def cases_of(certificate: Document) -> Iterator[CertifiedCase]:
    """Yield all drawn and reserve cases, in the certificate's order."""
    for stratum in certificate["strata"]:
        for case in stratum["cases"]:
            yield CertifiedCase(
                case_id=case["case_id"],
                stratum=stratum["stratum"],
                role=case["role"],
                rank=case["rank"],
                ticket=case["ticket"],
            )


def rows_of(register: Register, certificate: Document) -> dict[str, dict[str, Any]]:
    """Return the register's rows of the certified cases by case id; no other row leaves the register."""
    wanted = [case.case_id for case in cases_of(certificate)]
    rows = register.frame.filter(pl.col("case_id").is_in(wanted))
    return {row["case_id"]: row for row in rows.iter_rows(named=True)}


def replaced_cases(certificate: Document) -> frozenset[str]:
    """Return the case ids that a reserve case has taken the place of."""
    return frozenset(replacement["out"] for replacement in certificate["replacements"])


def drawn_counts(certificate: Document) -> tuple[StratumCount, ...]:
    """Return population and sample size of each stratum, in the certificate's order."""
    return tuple(
        StratumCount(stratum["stratum"], stratum["N"], stratum["n"]) for stratum in certificate["strata"]
    )


def exclusions_of(frame: Frame) -> tuple[Exclusion, ...]:
    """Return what was left out before the fingerprint, rule by rule."""
    return tuple(
        Exclusion(reason=rule["reason"], value=str(rule.get("value", "")), count=rule["count"])
        for rule in frame.freeze["frame"]["excluded"]
    )


def draw_lines(draws: Sequence[Draw]) -> tuple[DrawLine, ...]:
    """Return the draws of a round as a report's method chapter prints them."""
    return tuple(
        DrawLine(
            number=draw.number,
            of=len(draws),
            reason=draw.reason,
            seed=draw.seed,
            seed_how=draw.certificate["seed"]["how"],
            drawn_at=draw.drawn_at,
            digest=draw.digest,
        )
        for draw in draws
    )
