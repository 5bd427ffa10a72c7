"""Extending a draw from its certificate and the register's file; no database."""

from collections.abc import Collection, Mapping
from datetime import datetime
from pathlib import Path
from typing import Any

from lirk.domain.draws import (
    CertificateDiffers,
    ExtensionAddsNothing,
    ExtensionNeedsReason,
    ExtensionRefused,
    ExtensionSizeMissing,
    ExtensionSizeWrong,
    ExtensionStratumUnknown,
)
from lirk.services import draws
from sampling import SamplingError
from sampling.extension import extend_certificate

_REFUSALS: dict[str, type[ExtensionRefused]] = {
    "figure-invalid": ExtensionSizeWrong,
    **{
        refusal.code: refusal
        for refusal in (ExtensionNeedsReason, ExtensionStratumUnknown, ExtensionAddsNothing)
    },
}


def extend_draw(
    certificate: Mapping[str, Any],
    register_path: Path,
    n: int | None = None,
    *,
    strata: Collection[str] = (),
    reason: str | None = None,
    results_seen: bool = True,
    now: datetime,
) -> dict[str, Any]:
    """Return the certificate of a draw with more cases by the same seed.

    Parameters
    ----------
    n
        As :func:`sampling.extension.extend_certificate`; None takes the number that the plan declared.
    strata
        The strata to extend; none given means all.

    Raises
    ------
    CertificateMalformed, DrawFileTooNew, lirk.intake.opening.FileUnreadable, ProblemsFound
        As :func:`lirk.services.draws.verify_certificate`.
    CertificateDiffers
        If the certificate does not hold with this register; the problems say in what.
    ExtensionNeedsReason, ExtensionSizeMissing, ExtensionSizeWrong, ExtensionStratumUnknown, ExtensionAddsNothing
        If the draw cannot be extended so.
    """
    planned, differences = draws.repeated(certificate, register_path)
    if differences:
        raise CertificateDiffers(differences)
    if n is None and certificate["plan"]["extension"] is None:
        raise ExtensionSizeMissing
    try:
        return extend_certificate(
            certificate,
            planned.frame,
            n,
            strata=strata or None,
            reason=reason,
            results_seen=results_seen,
            at=now,
        )
    except SamplingError as error:
        raise _REFUSALS[error.code](**error.values) from None
