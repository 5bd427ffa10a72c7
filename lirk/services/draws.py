"""Freezing a frame, drawing from it, and repeating the draw; files and values only, no database."""

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from datetime import datetime
from hashlib import sha256
from pathlib import Path
from typing import Any

import polars as pl

import sampling
from lirk.domain.draws import (
    CaseNotActing,
    DrawPlan,
    FingerprintDiffers,
    NoReserveLeft,
    ReplacementNeedsReason,
    ReplacementRefused,
    SaltMissing,
    SeedRecord,
    Verification,
)
from lirk.domain.reports import Exclusion
from lirk.errors import Problem, ProblemsFound
from lirk.intake.mapping import read_mapping
from lirk.intake.opening import read_bytes
from lirk.intake.plans import read_plan
from lirk.intake.register import Register, read_register
from lirk.services.draw_checks import (
    certificate_form,
    problems_of,
    register_differences,
    require_draw,
    require_unedited,
)
from sampling.certificate import certificate as certified
from sampling.gaps import YearGaps, serial_gaps
from sampling.verification import differences_within

Document = Mapping[str, Any]

_GROUPS = ("full-grant", "not-full-grant")
_REPLACEMENT_REFUSALS: dict[str, type[ReplacementRefused]] = {
    refusal.code: refusal for refusal in (ReplacementNeedsReason, CaseNotActing, NoReserveLeft)
}


@dataclass(frozen=True, slots=True, kw_only=True)
class PlannedFrame:
    """A register after the plan's exclusions and strata, checked.

    Attributes
    ----------
    frame
        ``case_id`` (str), ``stratum`` (str).
    strata
        The strata of every centre that the register names, also those without cases.
    excluded
        What rules left out: the register's filters, then the plan's exclusions.
    remarks
        What is worth knowing and no reason to refuse.
    """

    register: Register
    plan: DrawPlan
    frame: pl.DataFrame
    strata: tuple[str, ...]
    excluded: tuple[Exclusion, ...]
    remarks: tuple[Problem, ...]


def register_and_plan(register_path: Path, plan_path: Path) -> tuple[Register, DrawPlan]:
    """Return a plan, and the register read with the plan's mapping, or with a guessed one if it names none.

    Raises
    ------
    lirk.intake.opening.FileUnreadable
        If the system does not hand out a file.
    ProblemsFound
        With everything that is wrong in the plan, else in the mapping, else in the register.
    """
    plan = read_plan(plan_path)
    mapping = read_mapping(plan_path.parent / plan.mapping) if plan.mapping else None
    return read_register(register_path, mapping), plan


def register_of(register_path: Path, document: Document) -> Register:
    """Return the register as a freeze or certificate says that it is read.

    Raises
    ------
    lirk.intake.opening.FileUnreadable, ProblemsFound
        If it cannot be read so.
    """
    return read_register(register_path, document["mapping"])


def freeze_register(
    register_path: Path, plan_path: Path, *, salt: str | None = None, now: datetime
) -> dict[str, Any]:
    """Read a register and a plan, and return the freeze (``lirk-freeze/1``).

    Raises
    ------
    lirk.intake.opening.FileUnreadable, ProblemsFound, SaltMissing
        As :func:`register_and_plan` and :func:`freeze_planned`.
    """
    register, plan = register_and_plan(register_path, plan_path)
    return freeze_frame(register, plan, salt=salt, now=now, source_sha256=file_sha256(register_path))


def freeze_frame(
    register: Register,
    plan: DrawPlan,
    *,
    salt: str | None = None,
    now: datetime,
    source_sha256: str | None = None,
) -> dict[str, Any]:
    """Return the freeze of a register that was read already; see :func:`freeze_planned`."""
    return freeze_planned(plan_frame(register, plan), salt=salt, now=now, source_sha256=source_sha256)


def plan_frame(register: Register, plan: DrawPlan) -> PlannedFrame:
    """Apply a plan's exclusions and strata to a register, and check the frame that is left.

    Raises
    ------
    ProblemsFound
        If no case is left, the strata need an outcome that is not mapped, or the frame cannot be drawn from.
    """
    kept, rules, remarks = _without_excluded(register.frame, plan)
    try:
        frame = sampling.stratify(kept, plan.strata).select("case_id", "stratum")
        found = sampling.check_frame(frame)
    except sampling.SamplingError as error:
        raise ProblemsFound([Problem(error.code, error.values, item="strata")]) from None
    problems = [Problem(problem.code, problem.values) for problem in found if not problem.warning]
    if not frame.height:
        problems.append(Problem("frame-without-cases", {"rows": register.rows}))
    if problems:
        raise ProblemsFound(problems)
    warnings = tuple(Problem(problem.code, problem.values) for problem in found)
    return PlannedFrame(
        register=register,
        plan=plan,
        frame=frame,
        strata=_strata(register, plan),
        excluded=(*register.excluded, *rules),
        remarks=(*register.remarks, *remarks, *warnings),
    )


def freeze_planned(
    planned: PlannedFrame, *, salt: str | None = None, now: datetime, source_sha256: str | None = None
) -> dict[str, Any]:
    """Return the freeze of a planned frame.

    Parameters
    ----------
    salt
        A random text from the door; used only where the plan asks for a salted fingerprint.
    source_sha256
        SHA-256 of the register's file, where it is known.

    Raises
    ------
    SaltMissing
        If the plan asks for a salt and none is given.
    ProblemsFound
        If the plan's sizes do not fit the strata.
    """
    register, plan = planned.register, planned.plan
    if plan.salt and not salt:
        raise SaltMissing
    try:
        return sampling.freeze(
            planned.frame,
            plan=plan.as_dict(),
            mapping=register.mapping,
            source=register.source,
            rows=register.rows,
            excluded=_excluded_values(planned.excluded),
            strata=planned.strata,
            salt=salt if plan.salt else None,
            at=now,
            source_sha256=source_sha256,
            serials=[asdict(year) for year in serials_of(register)],
        )
    except sampling.SamplingError as error:
        raise ProblemsFound([Problem(error.code, error.values, item="[sizes]")]) from None


def serials_of(register: Register) -> tuple[YearGaps, ...]:
    """Return the serial numbers that a register's case numbers carry, by year; none where they carry none.

    Of all decisions that its mapping keeps, before a plan excludes single cases.
    """
    return serial_gaps(register.frame).years


def draw_cases(
    register: Register,
    freeze: Document,
    seed: SeedRecord,
    *,
    number: int = 1,
    reason: str | None = None,
    previous: Document | str | None = None,
    now: datetime,
) -> dict[str, Any]:
    """Draw from the very register that was frozen, and return the certificate (``lirk-certificate/1``).

    Parameters
    ----------
    register
        Read with the freeze's mapping (:func:`register_of`).
    number, reason
        The draw's number on this frame; from the second on it has a reason.
    previous
        The certificate before it, or its digest where the caller keeps the certificates.

    Raises
    ------
    FreezeMalformed, FreezeEdited
        If the freeze is not as it was made.
    DrawNeedsReason, DrawNeedsPrevious, DrawNumberWrong, PreviousOfAnotherFrame
        If a further draw is not explained, or does not follow the one before it.
    CertificateMalformed, CertificateEdited
        If the certificate before it is not as it was made.
    SeedUsed, SeedBeforeFreeze
        If the seed drew from this frame already, or is older than the freeze.
    FingerprintDiffers
        If the register is another than the frozen one; its problems say in what.
    """
    require_draw(freeze, seed, number, reason, previous)
    planned = same_frame(register, freeze)
    return certified(
        freeze,
        planned.frame,
        seed.as_dict(),
        at=now,
        number=number,
        reason=reason,
        previous=previous if previous is None or isinstance(previous, str) else str(previous["digest"]),
    )


def same_frame(register: Register, freeze: Document) -> PlannedFrame:
    """Return the frame of the very register that was frozen.

    Raises
    ------
    FingerprintDiffers
        If the register is another; its problems say in what.
    ProblemsFound
        If no frame can be made of it at all.
    """
    planned = plan_frame(register, DrawPlan.from_dict(freeze["plan"]))
    differences = [
        *register_differences(freeze, planned.register.rows, planned.excluded),
        *problems_of(sampling.frame_differences(freeze, planned.frame)),
    ]
    if differences:
        raise FingerprintDiffers(differences)
    return planned


def repeated(certificate: Document, register_path: Path) -> tuple[PlannedFrame, tuple[Problem, ...]]:
    """Return the frame of a certificate made anew from the register's file, and in what the draw differs.

    Raises
    ------
    CertificateMalformed, DrawFileTooNew, lirk.intake.opening.FileUnreadable, ProblemsFound
        As :func:`verify_certificate`.
    """
    certificate_form(certificate)
    try:
        planned = plan_frame(register_of(register_path, certificate), DrawPlan.from_dict(certificate["plan"]))
    except ProblemsFound as error:
        # A certificate that was edited can be why the register does not read: that is told first.
        raise ProblemsFound([*problems_of(differences_within(certificate)), *error.problems]) from None
    differences = (
        *problems_of(sampling.verify(certificate, planned.frame)),
        *register_differences(certificate, planned.register.rows, planned.excluded),
    )
    return planned, differences


def verify_certificate(certificate: Document, register_path: Path) -> Verification:
    """Repeat a draw from its certificate and the register's file, and return every difference.

    Raises
    ------
    CertificateMalformed, DrawFileTooNew
        If a member of the certificate is missing or malformed, or a later version of LIRK wrote it.
    lirk.intake.opening.FileUnreadable
        If the system does not hand the register out.
    ProblemsFound
        If the file is no register that can be read with the certificate's mapping, or no frame.
    """
    planned, differences = repeated(certificate, register_path)
    frame = certificate["frame"]
    known = frame.get("source_sha256")
    # Where the draw itself differs, this would say nothing more.
    other_file = known is not None and not differences and known != file_sha256(register_path)
    return Verification(
        fingerprint=sampling.fingerprint(planned.frame, frame["salt"]),
        cases=planned.frame.height,
        differences=differences,
        remarks=(Problem("file-not-the-same-bytes"),) if other_file else (),
    )


def replace_case(
    certificate: Document, out: str, *, reason: str, now: datetime
) -> tuple[dict[str, Any], str]:
    """Replace a case by the next reserve case of its stratum.

    Returns
    -------
    tuple
        The new certificate, which names the old one's digest, and the case number called up.

    Raises
    ------
    CertificateMalformed, CertificateEdited
        If the certificate is not as it was made.
    ReplacementNeedsReason, CaseNotActing, NoReserveLeft
        If the case cannot be replaced.
    """
    require_unedited(certificate)
    try:
        renewed = sampling.replace_case(certificate, out, reason, now)
    except sampling.SamplingError as error:
        raise _REPLACEMENT_REFUSALS[error.code](**error.values) from None
    return renewed, str(renewed["replacements"][-1]["in"])


def file_sha256(path: Path) -> str:
    """Return the SHA-256 of a file's bytes.

    Raises
    ------
    lirk.intake.opening.FileUnreadable
        If the system does not hand the file out.
    """
    return sha256(read_bytes(path)).hexdigest()


def _without_excluded(
    frame: pl.DataFrame, plan: DrawPlan
) -> tuple[pl.DataFrame, tuple[Exclusion, ...], tuple[Problem, ...]]:
    """Return the frame without the plan's exclusions, what each left out, and numbers that are not there."""
    kept, rules, remarks = frame, [], []
    for rule in plan.exclude:
        named = pl.Series(rule.case_numbers, dtype=pl.String)
        unknown = named.filter(~named.is_in(frame["case_id"].implode()))
        if len(unknown):
            values = {"reason": rule.reason, "count": len(unknown), "example": unknown[0]}
            remarks.append(Problem("excluded-not-found", values))
        before = kept.height
        kept = kept.filter(~pl.col("case_id").is_in(named.implode()))
        rules.append(Exclusion(reason=rule.reason, value="", count=before - kept.height))
    return kept, tuple(rules), tuple(remarks)


def _strata(register: Register, plan: DrawPlan) -> tuple[str, ...]:
    if plan.strata == ("centre",):
        return tuple(register.centres)
    return tuple(f"{centre}/{group}" for centre in register.centres for group in _GROUPS)


def _excluded_values(excluded: tuple[Exclusion, ...]) -> list[dict[str, object]]:
    return [{"reason": rule.reason, "value": rule.value, "count": rule.count} for rule in excluded]
