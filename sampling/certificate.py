"""What makes a draw repeatable: the freeze before the seed exists, and the certificate after the draw."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import polars as pl

from sampling.documents import (
    CERTIFICATE_FORMAT,
    FREEZE_FORMAT,
    Document,
    digest,
    require_certificate,
    require_freeze,
)
from sampling.errors import (
    CaseNotActing,
    DrawnDiffers,
    FrameDiffers,
    NoReserveLeft,
    ReasonMissing,
    SeedInvalid,
)
from sampling.frame import counts, fingerprint
from sampling.plan import sizes_of_plan
from sampling.roles import acting, added, next_reserve, roles
from sampling.select import draw_sample, is_seed, tickets

__all__ = [
    "METHOD",
    "Difference",
    "StratumSizes",
    "certificate",
    "certificate_of",
    "certified_strata",
    "counted_differences",
    "digest",
    "frame_differences",
    "freeze",
    "freeze_counted",
    "replace_case",
    "stratum_sizes",
    "weights",
]

METHOD: Mapping[str, object] = {
    "name": "lirk-ticket",
    "version": 1,
    "formula": (
        "ticket = lower-case hex SHA-256 of UTF-8(seed + ':' + case number); "
        "sample = in each stratum the n smallest by (ticket, case number bytewise); "
        "reserve = the next tickets in the same order"
    ),
}


@dataclass(frozen=True, slots=True)
class StratumSizes:
    """A stratum's cases N, how many are drawn (n), and how many more are held in reserve."""

    stratum: str
    N: int
    n: int
    reserve: int


@dataclass(frozen=True, slots=True)
class Difference:
    """One way in which a certificate does not hold; ``code`` names it, ``values`` says what and where."""

    code: str
    values: Mapping[str, object]


def freeze(
    frame: pl.DataFrame,
    *,
    plan: Mapping[str, object],
    mapping: Mapping[str, object],
    source: str,
    rows: int,
    excluded: Sequence[Mapping[str, object]],
    strata: Iterable[str] = (),
    salt: str | None = None,
    at: datetime,
    source_sha256: str | None = None,
    serials: Sequence[Mapping[str, object]] | None = None,
) -> dict[str, Any]:
    """Return the freeze of a frame: what is handed out before the seed exists.

    Parameters
    ----------
    frame
        ``case_id`` (str), ``stratum`` (str); after all exclusions.
    plan, mapping
        As in the file formats, the case numbers of exclusions written out.
    source, rows, excluded
        Name of the register, its rows, and what rules left out: ``reason``, ``value``, ``count``.
    strata
        Strata that exist, also those without cases: they are listed with N = 0.
    salt
        Put before the frame in its fingerprint, so that nobody can try case numbers out; or None.
    at
        The time, with its offset.
    source_sha256
        SHA-256 of the register's file where it came from one; only ever compared for a remark.
    serials
        What the serial numbers in the case numbers show: ``pattern``, ``year`` (or None), ``first``,
        ``last``, ``cases``, ``missing``; None where nobody looked. A note, never a filter.

    Raises
    ------
    FrameBroken, SaltInvalid
        As :func:`sampling.frame.fingerprint`.
    SamplingError
        If the plan's sizes do not fit the strata.
    """
    return freeze_counted(
        {**dict.fromkeys(strata, 0), **counts(frame)},
        fingerprint(frame, salt),
        plan=plan,
        mapping=mapping,
        source=source,
        rows=rows,
        excluded=excluded,
        salt=salt,
        at=at,
        source_sha256=source_sha256,
        serials=serials,
    )


def freeze_counted(
    strata: Mapping[str, int],
    fingerprint: str,
    *,
    plan: Mapping[str, object],
    mapping: Mapping[str, object],
    source: str,
    rows: int,
    excluded: Sequence[Mapping[str, object]],
    salt: str | None,
    at: datetime,
    source_sha256: str | None = None,
    serials: Sequence[Mapping[str, object]] | None = None,
) -> dict[str, Any]:
    """Return the freeze of a frame that was counted and fingerprinted where it lives.

    Parameters
    ----------
    strata
        Cases N of every stratum, also of those without any.
    fingerprint
        Of the frame with ``salt``, as :func:`sampling.frame.fingerprint` makes it.
    plan, mapping, source, rows, excluded, salt, at, source_sha256, serials
        As for :func:`freeze`.

    Raises
    ------
    SamplingError
        If the plan's sizes do not fit the strata.
    """
    frame: dict[str, Any] = {
        "source": source,
        "source_sha256": source_sha256,
        "taken_at": at.isoformat(),
        "rows": rows,
        "excluded": [dict(rule) for rule in excluded],
        "strata": dict(sorted(strata.items())),
        "fingerprint": fingerprint,
        "salt": salt,
    }
    document: dict[str, Any] = {
        "format": FREEZE_FORMAT,
        "mapping": dict(mapping),
        "plan": dict(plan),
        "frame": frame if serials is None else {**frame, "serials": [dict(part) for part in serials]},
        "committed_at": at.isoformat(),
    }
    stratum_sizes(document)
    return {**document, "digest": digest(document)}


def stratum_sizes(document: Document) -> tuple[StratumSizes, ...]:
    """Return what a freeze or certificate draws from each stratum, by stratum name.

    The plan's sizes, and in a certificate what its extensions added to them.

    Raises
    ------
    SamplingError
        If the plan's sizes do not fit the strata.
    """
    strata, reserve = document["frame"]["strata"], document["plan"]["reserve"]
    planned = sizes_of_plan(document["plan"]["sizes"], strata)
    sizes = {stratum: n + added(document, stratum) for stratum, n in planned.items()}
    return tuple(
        StratumSizes(
            stratum,
            strata[stratum],
            n,
            max(0, min(n if reserve is None else reserve, strata[stratum] - n)),
        )
        for stratum, n in sizes.items()
    )


def certificate(
    frozen: Document,
    frame: pl.DataFrame,
    seed: Mapping[str, object],
    *,
    at: datetime,
    number: int = 1,
    reason: str | None = None,
    previous: str | None = None,
) -> dict[str, Any]:
    """Draw from a frozen frame and return the certificate of it.

    Parameters
    ----------
    frozen
        The freeze.
    frame
        The same frame again: ``case_id`` (str), ``stratum`` (str), in any order.
    seed
        ``value`` (20 digits), ``how``, ``witnesses``, ``at``.
    at
        The time of the draw, with its offset.
    number, reason
        The draw's number on this frame, and why there is one more where it is not the first.
    previous
        Digest of the certificate before it.

    Raises
    ------
    DocumentMalformed, DocumentTooNew
        If it is no freeze of this version.
    FrameDiffers
        If the frame is not the frozen one.
    SeedInvalid, FrameBroken
        As :func:`sampling.select.draw_sample`.
    """
    require_freeze(frozen)
    if differences := frame_differences(frozen, frame):
        raise FrameDiffers(differences=differences)
    sizes = {part.stratum: part.n + part.reserve for part in stratum_sizes(frozen)}
    drawn = draw_sample(frame, sizes, str(seed["value"]))
    return certificate_of(frozen, drawn, seed, at=at, number=number, reason=reason, previous=previous)


def certificate_of(
    frozen: Document,
    drawn: pl.DataFrame,
    seed: Mapping[str, object],
    *,
    at: datetime,
    number: int = 1,
    reason: str | None = None,
    previous: str | None = None,
) -> dict[str, Any]:
    """Return the certificate of cases that were drawn where the frame lives.

    The caller has compared counts and fingerprint of that frame with the freeze; here nobody can see whether
    the cases are those with the smallest tickets, only whether their tickets and ranks are right.

    Parameters
    ----------
    frozen
        The freeze.
    drawn
        Sample and reserve together: ``case_id`` (str), ``stratum`` (str), ``ticket`` (str), ``rank`` (int,
        from 1 within the stratum), in any order.
    seed, at, number, reason, previous
        As for :func:`certificate`.

    Raises
    ------
    DocumentMalformed, DocumentTooNew
        If it is no freeze of this version.
    SeedInvalid
        If the seed is not 20 digits.
    DrawnDiffers
        If a stratum has not as many cases as the plan draws, or a ticket or rank is wrong.
    """
    require_freeze(frozen)
    if not is_seed(str(seed["value"])):
        raise SeedInvalid(value=seed["value"])
    document: dict[str, Any] = {
        "format": CERTIFICATE_FORMAT,
        "method": dict(METHOD),
        **{name: frozen[name] for name in ("mapping", "plan", "frame", "committed_at")},
        "seed": {name: seed[name] for name in ("value", "how", "witnesses", "at")},
        "draw": {"number": number, "reason": reason, "at": at.isoformat()},
        "replacements": [],
        "previous": previous,
    }
    whole = {**document, "strata": certified_strata(document, stratum_sizes(frozen), drawn)}
    return {**whole, "digest": digest(whole)}


def replace_case(document: Document, out: str, reason: str, at: datetime) -> dict[str, Any]:
    """Return the certificate with one case replaced by the next reserve case of its stratum.

    Parameters
    ----------
    document
        The certificate as it stands; the new one names its digest as ``previous``.
    out
        The case number to replace: of a drawn case, or of a reserve case that was called up.
    reason
        Why; not empty.
    at
        The time, with its offset.

    Raises
    ------
    DocumentMalformed, DocumentTooNew
        If it is no certificate of this version.
    ReasonMissing
        If there is no reason.
    CaseNotActing
        If the case is not in the sample, or was replaced already.
    NoReserveLeft
        If every reserve case of the stratum has been called up.
    """
    require_certificate(document)
    if not reason.strip():
        raise ReasonMissing
    stratum = next((part for part in document["strata"] if out in acting(document, part)), None)
    if stratum is None:
        raise CaseNotActing(case_id=out)
    called = next_reserve(document, stratum)
    if called is None:
        raise NoReserveLeft(stratum=stratum["stratum"])
    replaced = {"out": out, "in": called, "reason": reason.strip(), "at": at.isoformat()}
    renewed = {
        **document,
        "replacements": [*document["replacements"], replaced],
        "previous": document["digest"],
    }
    return {**renewed, "digest": digest(renewed)}


def frame_differences(document: Document, frame: pl.DataFrame) -> tuple[Difference, ...]:
    """Return in what a frame differs from the one in a freeze or certificate: fingerprint and counts."""
    return counted_differences(document, counts(frame), fingerprint(frame, document["frame"]["salt"]))


def counted_differences(document: Document, now: Mapping[str, int], found: str) -> tuple[Difference, ...]:
    """Return in what counts and fingerprint, taken where the frame lives, differ from the certified ones.

    Parameters
    ----------
    document
        The freeze or certificate.
    now
        Cases N of each stratum.
    found
        The fingerprint, with the document's salt.
    """
    frozen = document["frame"]
    before: Mapping[str, int] = frozen["strata"]
    fingerprints = {"certified": frozen["fingerprint"], "found": found}
    return (
        *([] if found == frozen["fingerprint"] else [Difference("fingerprint-other", fingerprints)]),
        *(
            Difference(
                "stratum-count-other",
                {"stratum": stratum, "certified": before.get(stratum, 0), "found": now.get(stratum, 0)},
            )
            for stratum in sorted({*before, *now})
            if before.get(stratum, 0) != now.get(stratum, 0)
        ),
    )


def certified_strata(
    document: Document, sizes: Sequence[StratumSizes], drawn: pl.DataFrame
) -> list[dict[str, Any]]:
    """Return the strata of a certificate with its seed, replacements and extensions, cases in rank order.

    Raises
    ------
    DrawnDiffers
        If a stratum has not as many cases as ``sizes`` say, or a ticket or rank is wrong.
    """
    lists: dict[str, list[dict[str, Any]]] = {part.stratum: [] for part in sizes}
    ordered = drawn.sort("stratum", "rank").select("stratum", "case_id", "ticket", "rank")
    for case in ordered.iter_rows(named=True):
        lists.setdefault(case.pop("stratum"), []).append(case)
    wanted = {part.stratum: part.n + part.reserve for part in sizes}
    for stratum, cases in lists.items():
        if not _in_order(cases, wanted.get(stratum, 0), document["seed"]["value"]):
            raise DrawnDiffers(stratum=stratum, wanted=wanted.get(stratum, 0), found=len(cases))
    return [_stratum(document, part, lists[part.stratum]) for part in sizes]


def _in_order(cases: Sequence[Document], wanted: int, seed: str) -> bool:
    """Return whether there are so many cases, with their true tickets, ranked by them."""
    order = [(case["ticket"], case["case_id"].encode()) for case in cases]
    return (
        [case["rank"] for case in cases] == list(range(1, wanted + 1))
        and order == sorted(order)
        and [case["ticket"] for case in cases] == tickets(seed, (case["case_id"] for case in cases))
    )


def _stratum(document: Document, sizes: StratumSizes, cases: Sequence[Document]) -> dict[str, Any]:
    part = {"stratum": sizes.stratum, "N": sizes.N, "n": sizes.n, **weights(sizes.N, sizes.n)}
    by_case = roles(document, {**part, "cases": cases})
    return {**part, "cases": [{**case, "role": by_case[case["case_id"]]} for case in cases]}


def weights(cases: int, n: int) -> dict[str, float | None]:
    """Return f = n/N and w = N/n; one division each, so that every machine gets the same digits."""
    return {"sampling_fraction": n / cases if cases else None, "weight": cases / n if n else None}
