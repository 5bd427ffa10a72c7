"""What must hold before a draw, and how a register differs from the one that was frozen."""

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping
from datetime import datetime
from typing import Any

import sampling
from lirk.domain.draws import (
    STRATA,
    CertificateEdited,
    CertificateMalformed,
    DrawFileTooNew,
    DrawNeedsPrevious,
    DrawNeedsReason,
    DrawNumberWrong,
    FreezeEdited,
    FreezeMalformed,
    PreviousOfAnotherFrame,
    SeedBeforeFreeze,
    SeedRecord,
    SeedUsed,
)
from lirk.domain.reports import Exclusion
from lirk.errors import Problem
from sampling.documents import require_certificate, require_freeze
from sampling.errors import DocumentMalformed, DocumentTooNew

Document = Mapping[str, Any]


def require_draw(
    freeze: Document, seed: SeedRecord, number: int, reason: str | None, previous: Document | str | None
) -> None:
    """Refuse a draw from a freeze that was edited, or by a seed older than it, or out of its series.

    Raises
    ------
    FreezeMalformed, FreezeEdited, DrawFileTooNew
        If the freeze is not as it was made.
    DrawNeedsReason, DrawNeedsPrevious, DrawNumberWrong, PreviousOfAnotherFrame
        If a further draw is not explained, or does not follow the one before it.
    CertificateMalformed, CertificateEdited
        If the certificate before it is not as it was made.
    SeedUsed, SeedBeforeFreeze
        If the seed drew from this frame already, or is older than the freeze.
    """
    _unedited_freeze(freeze)
    _require_series(freeze, seed, number, reason, previous)
    committed = datetime.fromisoformat(freeze["committed_at"])
    if seed.at < committed:
        raise SeedBeforeFreeze(seed_at=seed.at, committed_at=committed)


def certificate_form(certificate: Document) -> None:
    """Refuse what is no certificate that can be read: CertificateMalformed, DrawFileTooNew."""
    _require_form(certificate, require_certificate, CertificateMalformed)


def _require_form(
    document: Document,
    require: Callable[[object], None],
    refusal: type[FreezeMalformed | CertificateMalformed],
) -> None:
    try:
        require(document)
    except DocumentTooNew as error:
        raise DrawFileTooNew(**error.values) from None
    except DocumentMalformed as error:
        raise refusal(**error.values) from None
    if tuple(document["plan"]["strata"]) not in STRATA:
        raise refusal(member="plan.strata")


def _unedited_freeze(freeze: Document) -> None:
    _require_form(freeze, require_freeze, FreezeMalformed)
    if sampling.digest(freeze) != freeze["digest"]:
        raise FreezeEdited


def require_unedited(certificate: Document) -> None:
    """Refuse a certificate that is not as it was made: CertificateMalformed, CertificateEdited, DrawFileTooNew."""
    certificate_form(certificate)
    if sampling.digest(certificate) != certificate["digest"]:
        raise CertificateEdited


def _require_series(
    freeze: Document, seed: SeedRecord, number: int, reason: str | None, previous: Document | str | None
) -> None:
    """Refuse a draw that does not follow the one before it on the same frame."""
    if number > 1 and not (reason or "").strip():
        raise DrawNeedsReason(number=number)
    if number > 1 and previous is None:
        raise DrawNeedsPrevious(number=number)
    if number < 1 or (number == 1 and previous is not None):
        raise DrawNumberWrong(number=number, expected=2 if previous else 1)
    if previous is None or isinstance(previous, str):
        return
    require_unedited(previous)
    if previous["frame"]["fingerprint"] != freeze["frame"]["fingerprint"]:
        raise PreviousOfAnotherFrame
    if previous["draw"]["number"] != number - 1:
        raise DrawNumberWrong(number=number, expected=previous["draw"]["number"] + 1)
    if previous["seed"]["value"] == seed.value:
        raise SeedUsed(seed=seed.value)


def problems_of(differences: Iterable[sampling.Difference]) -> Iterator[Problem]:
    """Yield each difference as a problem, which has a sentence."""
    for difference in differences:
        yield Problem(difference.code, difference.values)


def register_differences(document: Document, rows: int, excluded: Iterable[Exclusion]) -> Iterator[Problem]:
    """Yield where the rows of the register, or what rules left out, are not as they were."""
    frame = document["frame"]
    if rows != frame["rows"]:
        yield Problem("rows-other", {"certified": frame["rows"], "found": rows})
    before, now = Counter[tuple[str, str]](), Counter[tuple[str, str]]()
    for rule in frame["excluded"]:
        before[rule["reason"], rule["value"]] += rule["count"]
    for rule in excluded:
        now[rule.reason, rule.value] += rule.count
    for reason, value in sorted({*before, *now}):
        counts = {"certified": before[reason, value], "found": now[reason, value]}
        if counts["certified"] != counts["found"]:
            name = f"{reason}: {value}" if value else reason
            yield Problem("excluded-other", {"rule": name, "reason": reason, "value": value, **counts})
