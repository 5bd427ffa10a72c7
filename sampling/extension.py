"""Extending a draw: a larger sample by the same seed, declared beforehand in the plan or not.

An extended certificate keeps the format of its version: N, n, weights and cases mean what they always mean,
and ``extensions`` says why n is more than the plan's. A program that recomputes n from the plan alone and does
not know that member comes out with another size and refuses the certificate; it is not led to believe
anything. No version without the member was ever published.
"""

from collections.abc import Collection, Mapping
from datetime import datetime
from typing import Any

import polars as pl

from sampling.certificate import certified_strata, stratum_sizes
from sampling.documents import Document, digest, require_certificate
from sampling.errors import CertificateDiffers, ExtensionNeedsReason
from sampling.growth import declares, extension_sizes
from sampling.select import draw_sample
from sampling.verification import verify

__all__ = ["extend_certificate"]


def extend_certificate(
    document: Document,
    frame: pl.DataFrame,
    n: int | None = None,
    *,
    strata: Collection[str] | None = None,
    reason: str | None = None,
    results_seen: bool = True,
    at: datetime,
) -> dict[str, Any]:
    """Return the certificate of a draw that was extended; it names the digest of the one before.

    The cases drawn already stay, replaced ones stay replaced, and a reserve case that was called up goes on
    in the place of the case it replaced: the sample grows by the next cases in ticket order that are neither
    main nor called up, and the reserve goes on after them.

    Parameters
    ----------
    document
        The certificate as it stands; it must hold.
    frame
        The frame made anew from the register: ``case_id`` (str), ``stratum`` (str), in any order.
    n
        1 or more, and meant as the plan means its own: with the method ``fixed`` in each stratum, else in
        all (:func:`sampling.growth.extension_sizes`). None takes the number that the plan declared.
    strata
        The strata to extend; None for all.
    reason
        Why; needed unless the plan declared the extension, whose reason then stands.
    results_seen
        Whether any result was known when the extension was decided.
    at
        The time, with its offset.

    Raises
    ------
    DocumentMalformed, DocumentTooNew
        If it is no certificate of this version.
    CertificateDiffers
        If the certificate does not hold; ``values["differences"]`` says in what.
    ExtensionNeedsReason
        If there is no reason, and the plan has not declared this extension.
    FigureInvalid, ExtensionStratumUnknown, ExtensionAddsNothing
        If ``n`` is no whole number from 1 up, a stratum does not exist, or no case is left to add.
    """
    require_certificate(document)
    if differences := verify(document, frame):
        raise CertificateDiffers(differences=differences)
    planned = document["plan"]["extension"]
    wanted = planned["n"] if n is None and planned else n
    sizes = extension_sizes(document, wanted, strata)
    declared = declares(document, wanted)
    why = (reason or "").strip() or (planned["reason"] if declared else "")
    if not why:
        raise ExtensionNeedsReason
    return _extended(
        document,
        frame,
        {
            "n": wanted,
            "strata": None if strata is None else sorted(strata),
            "sizes": sizes,
            "declared": declared,
            "results_seen": results_seen,
            "reason": why,
            "at": at.isoformat(),
            "replacements_before": len(document["replacements"]),
        },
    )


def _extended(document: Document, frame: pl.DataFrame, extension: Mapping[str, object]) -> dict[str, Any]:
    longer = {**document, "extensions": [*document.get("extensions", []), dict(extension)]}
    sizes = stratum_sizes(longer)
    drawn = draw_sample(
        frame, {part.stratum: part.n + part.reserve for part in sizes}, document["seed"]["value"]
    )
    renewed = {
        **longer,
        "strata": certified_strata(longer, sizes, drawn),
        "previous": document["digest"],
    }
    return {**renewed, "digest": digest(renewed)}
