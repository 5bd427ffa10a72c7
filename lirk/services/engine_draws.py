"""Freezing, drawing and repeating a draw where the register lives; only counts, hashes and drawn rows leave it."""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path
from typing import Any

import sampling
from lirk.domain.cpr import PATTERN
from lirk.domain.draws import DrawPlan, FingerprintDiffers, SaltMissing, SeedRecord, Verification
from lirk.domain.reports import Exclusion
from lirk.errors import Problem, ProblemsFound, UnusableRequest
from lirk.intake.counted import Counted, choose_columns, counted
from lirk.intake.mapping import read_mapping
from lirk.intake.plans import read_plan
from lirk.services.draw_checks import (
    certificate_form,
    problems_of,
    register_differences,
    require_draw,
)
from sampling.certificate import certificate_of, counted_differences, freeze_counted
from sampling.engines import Period, Relation, open_engine
from sampling.engines.addresses import shown
from sampling.engines.sql import SqlEngine
from sampling.verification import verify_counted

Document = Mapping[str, Any]


class EngineRefused(UnusableRequest):
    """A register cannot be drawn from where it lives."""


class EngineUnknown(EngineRefused):
    """No engine reads such an address."""

    code = "engine-unknown"


class EngineMissing(EngineRefused):
    """The engine's library is not installed."""

    code = "engine-missing"


class EngineFailed(EngineRefused):
    """The engine does not answer, or cannot do what it is asked."""

    code = "engine-failed"


_REFUSALS: dict[str, type[EngineRefused]] = {
    refusal.code: refusal for refusal in (EngineUnknown, EngineMissing, EngineFailed)
}


@dataclass(frozen=True, slots=True)
class Place:
    """Where a register lives: the address of a database, and the table in it (empty if it is a file)."""

    address: str
    table: str = ""

    @property
    def shown(self) -> str:
        """What the place is called in a certificate: without user and password, and a file without its folder."""
        where = shown(self.address)
        where = where if "://" in where else Path(where).name
        return f"{where}, {self.table}" if self.table else where


@dataclass(frozen=True, slots=True, kw_only=True)
class _FrameAt:
    """The frame that a plan makes of a register, in its engine."""

    engine: SqlEngine
    values: Counted
    strata: Mapping[str, int]
    excluded: tuple[Exclusion, ...]
    remarks: tuple[Problem, ...]


def freeze_at(
    place: Place, plan_path: Path, *, salt: str | None = None, now: datetime
) -> tuple[dict[str, Any], tuple[Problem, ...]]:
    """Return the freeze of a register where it lives (``lirk-freeze/1``), and remarks on it.

    Raises
    ------
    EngineUnknown, EngineMissing, EngineFailed
        If the register cannot be reached, or lacks the table or a column.
    SaltMissing
        If the plan asks for a salt and none is given.
    lirk.intake.opening.FileUnreadable, ProblemsFound
        If the plan or the mapping cannot be used, or the frame cannot be drawn from.
    """
    plan = read_plan(plan_path)
    if plan.salt and not salt:
        raise SaltMissing
    mapping = read_mapping(plan_path.parent / plan.mapping) if plan.mapping else None
    used_salt = salt if plan.salt else None
    with _frame_at(place, mapping, plan) as frame:
        document = freeze_counted(
            frame.strata,
            frame.engine.fingerprint(used_salt),
            plan=plan.as_dict(),
            mapping=frame.values.mapping,
            source=place.shown,
            rows=frame.values.rows,
            excluded=[
                {"reason": rule.reason, "value": rule.value, "count": rule.count} for rule in frame.excluded
            ],
            salt=used_salt,
            at=now,
        )
    return document, frame.remarks


def draw_at(
    place: Place,
    freeze: Document,
    seed: SeedRecord,
    *,
    number: int = 1,
    reason: str | None = None,
    previous: Document | None = None,
    now: datetime,
) -> dict[str, Any]:
    """Draw from the very register that was frozen, where it lives, and return the certificate.

    Raises
    ------
    EngineUnknown, EngineMissing, EngineFailed
        If the register cannot be reached, or lacks the table or a column.
    FingerprintDiffers
        If the register is another than the frozen one; its problems say in what.
    lirk.errors.LirkError
        As :func:`lirk.services.draws.draw_cases`.
    """
    require_draw(freeze, seed, number, reason, previous)
    with _frame_at(place, freeze["mapping"], DrawPlan.from_dict(freeze["plan"])) as frame:
        found = frame.engine.fingerprint(freeze["frame"]["salt"])
        differences = [
            *register_differences(freeze, frame.values.rows, frame.excluded),
            *problems_of(counted_differences(freeze, frame.strata, found)),
        ]
        if differences:
            raise FingerprintDiffers(differences)
        sizes = {part.stratum: part.n + part.reserve for part in sampling.stratum_sizes(freeze)}
        drawn = frame.engine.draw(sizes, seed.value)
    return certificate_of(
        freeze,
        drawn,
        seed.as_dict(),
        at=now,
        number=number,
        reason=reason,
        previous=str(previous["digest"]) if previous else None,
    )


def verify_at(place: Place, certificate: Document) -> Verification:
    """Repeat a draw from its certificate where the register lives, and return every difference.

    Raises
    ------
    CertificateMalformed, DrawFileTooNew
        If it is no certificate that can be read.
    EngineUnknown, EngineMissing, EngineFailed
        If the register cannot be reached, or lacks the table or a column.
    ProblemsFound
        If it holds no frame that could be drawn from with the certificate's mapping.
    """
    certificate_form(certificate)
    with _frame_at(place, certificate["mapping"], DrawPlan.from_dict(certificate["plan"])) as frame:
        differences = (
            *problems_of(verify_counted(certificate, frame.engine)),
            *register_differences(certificate, frame.values.rows, frame.excluded),
        )
        fingerprint = frame.engine.fingerprint(certificate["frame"]["salt"])
    return Verification(fingerprint=fingerprint, cases=sum(frame.strata.values()), differences=differences)


@contextmanager
def _frame_at(place: Place, mapping: Mapping[str, object] | None, plan: DrawPlan) -> Iterator[_FrameAt]:
    """Give the frame that mapping and plan make, checked; refusals of ``sampling`` become ours."""
    try:
        with open_engine(place.address, Relation(name=place.table)) as opened:
            yield _planned(opened, mapping, plan)
    except sampling.SamplingError as error:
        if refusal := _REFUSALS.get(error.code):
            raise refusal(**error.values) from None
        raise ProblemsFound([Problem(error.code, error.values)]) from None


def _planned(opened: SqlEngine, mapping: Mapping[str, object] | None, plan: DrawPlan) -> _FrameAt:
    chosen = choose_columns(opened.columns, mapping)
    keep = chosen.mapping.keep
    relation = replace(
        opened.relation,
        case_id=chosen.case_number,
        strata=tuple(chosen.values.values()),
        period=Period(column=chosen.day, first=keep.first, last=keep.last) if chosen.day else None,
    )
    engine = opened.of(relation)
    values = counted(engine.found, chosen, plan.strata)
    engine = engine.of(replace(relation, named=values.named))
    engine, rules, remarks = _without_excluded(engine, plan)
    problems = [Problem(problem.code, problem.values) for problem in engine.problems()]
    if not problems and not engine.counts():
        problems.append(Problem("frame-without-cases", {"rows": values.rows}))
    if engine.matching(PATTERN):
        problems.append(Problem("cpr-in-table", column=chosen.case_number))
    if problems:
        raise ProblemsFound(problems)
    return _FrameAt(
        engine=engine,
        values=values,
        strata={**dict.fromkeys(values.strata, 0), **engine.counts()},
        excluded=(*values.excluded, *rules),
        remarks=(*values.remarks, *remarks),
    )


def _without_excluded(
    engine: SqlEngine, plan: DrawPlan
) -> tuple[SqlEngine, tuple[Exclusion, ...], tuple[Problem, ...]]:
    """Return the engine without the plan's exclusions, what each left out, and numbers that are not there."""
    numbers = [number for rule in plan.exclude for number in rule.case_numbers]
    if not numbers:
        return engine, tuple(Exclusion(reason=rule.reason, value="", count=0) for rule in plan.exclude), ()
    there = set(engine.locate(numbers))
    left, rules, remarks = set(there), [], []
    for rule in plan.exclude:
        named = set(rule.case_numbers)
        if unknown := [number for number in rule.case_numbers if number not in there]:
            values = {"reason": rule.reason, "count": len(unknown), "example": unknown[0]}
            remarks.append(Problem("excluded-not-found", values))
        rules.append(Exclusion(reason=rule.reason, value="", count=len(left & named)))
        left -= named
    return engine.of(replace(engine.relation, exclude=tuple(numbers))), tuple(rules), tuple(remarks)
