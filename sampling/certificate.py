"""What makes a draw repeatable: the freeze before the seed exists, and the certificate after the draw."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import polars as pl

from sampling.documents import (
    CERTIFICATE_FORMAT,
    FREEZE_FORMAT,
    digest,
    malformed_certificate,
    malformed_freeze,
)
from sampling.errors import (
    CaseNotActing,
    DocumentMalformed,
    FrameDiffers,
    NoReserveLeft,
    ReasonMissing,
    SamplingError,
)
from sampling.frame import counts, fingerprint
from sampling.plan import sizes_of_plan
from sampling.select import draw_sample, is_seed, tickets

__all__ = [
    "METHOD",
    "Difference",
    "StratumSizes",
    "certificate",
    "digest",
    "frame_differences",
    "freeze",
    "replace_case",
    "stratum_sizes",
    "verify",
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

# A freeze or certificate as it stands in its file; its form is checked before anything is read from it.
Document = Mapping[str, Any]


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

    Raises
    ------
    FrameBroken, SaltInvalid
        As :func:`sampling.frame.fingerprint`.
    SamplingError
        If the plan's sizes do not fit the strata.
    """
    document: dict[str, Any] = {
        "format": FREEZE_FORMAT,
        "mapping": dict(mapping),
        "plan": dict(plan),
        "frame": {
            "source": source,
            "source_sha256": source_sha256,
            "taken_at": at.isoformat(),
            "rows": rows,
            "excluded": [dict(rule) for rule in excluded],
            "strata": dict(sorted({**dict.fromkeys(strata, 0), **counts(frame)}.items())),
            "fingerprint": fingerprint(frame, salt),
            "salt": salt,
        },
        "committed_at": at.isoformat(),
    }
    stratum_sizes(document)
    return {**document, "digest": digest(document)}


def stratum_sizes(document: Document) -> tuple[StratumSizes, ...]:
    """Return what the plan of a freeze or certificate draws from each stratum, by stratum name.

    Raises
    ------
    SamplingError
        If the plan's sizes do not fit the strata.
    """
    strata, reserve = document["frame"]["strata"], document["plan"]["reserve"]
    sizes = sizes_of_plan(document["plan"]["sizes"], strata)
    return tuple(
        StratumSizes(stratum, strata[stratum], n, min(n if reserve is None else reserve, strata[stratum] - n))
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
    DocumentMalformed
        If the freeze lacks a member.
    FrameDiffers
        If the frame is not the frozen one.
    SeedInvalid, FrameBroken
        As :func:`sampling.select.draw_sample`.
    """
    for member in malformed_freeze(frozen):
        raise DocumentMalformed(member=member)
    if differences := frame_differences(frozen, frame):
        raise FrameDiffers(differences=differences)
    sizes = stratum_sizes(frozen)
    drawn = draw_sample(frame, {part.stratum: part.n + part.reserve for part in sizes}, str(seed["value"]))
    document: dict[str, Any] = {
        "format": CERTIFICATE_FORMAT,
        "method": dict(METHOD),
        **{name: frozen[name] for name in ("mapping", "plan", "frame", "committed_at")},
        "seed": {name: seed[name] for name in ("value", "how", "witnesses", "at")},
        "draw": {"number": number, "reason": reason, "at": at.isoformat()},
        "strata": [_stratum(part, drawn) for part in sizes],
        "replacements": [],
        "previous": previous,
    }
    return {**document, "digest": digest(document)}


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
    DocumentMalformed
        If the certificate lacks a member.
    ReasonMissing
        If there is no reason.
    CaseNotActing
        If the case is not in the sample, or was replaced already.
    NoReserveLeft
        If every reserve case of the stratum has been called up.
    """
    for member in malformed_certificate(document):
        raise DocumentMalformed(member=member)
    if not reason.strip():
        raise ReasonMissing
    stratum = next(
        (part for part in document["strata"] if out in _acting(part, document["replacements"])), None
    )
    if stratum is None:
        raise CaseNotActing(case_id=out)
    called = _next_reserve(stratum, document["replacements"])
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
    frozen = document["frame"]
    found = fingerprint(frame, frozen["salt"])
    if found == frozen["fingerprint"]:
        fingerprints = []
    else:
        fingerprints = [Difference("fingerprint-other", {"certified": frozen["fingerprint"], "found": found})]
    now = counts(frame)
    return (
        *fingerprints,
        *(
            Difference(
                "stratum-count-other",
                {
                    "stratum": stratum,
                    "certified": frozen["strata"].get(stratum, 0),
                    "found": now.get(stratum, 0),
                },
            )
            for stratum in sorted({*frozen["strata"], *now})
            if frozen["strata"].get(stratum, 0) != now.get(stratum, 0)
        ),
    )


def verify(document: Document, frame: pl.DataFrame) -> tuple[Difference, ...]:
    """Repeat a draw from its certificate and return every difference; none means that it holds.

    Parameters
    ----------
    document
        The certificate.
    frame
        The frame made anew from the register: ``case_id`` (str), ``stratum`` (str), in any order.

    Returns
    -------
    tuple of Difference
        First what is wrong in the certificate itself (digest, method, seed, sizes, tickets, order,
        replacements), then in what the frame differs (fingerprint, counts, cases that are gone, moved, or
        should have been drawn).

    Raises
    ------
    DocumentMalformed
        If the certificate lacks a member, so that it cannot be read at all.
    FrameBroken
        If the frame cannot be drawn from.
    """
    for member in malformed_certificate(document):
        raise DocumentMalformed(member=member)
    listed = [case for cases in _listed(document).values() for case in cases]
    named = frame.filter(pl.col("case_id").is_in(listed))
    where = dict(zip(named["case_id"].to_list(), named["stratum"].to_list(), strict=True))
    return (
        *_wrong_as_a_whole(document),
        *_wrong_sizes(document),
        *(difference for part in document["strata"] for difference in _wrong_in_stratum(part, document)),
        *_wrong_replacements(document),
        *frame_differences(document, frame),
        *_displaced(document, where),
        *_redrawn(document, frame, where),
    )


def _stratum(sizes: StratumSizes, drawn: pl.DataFrame) -> dict[str, Any]:
    cases = drawn.filter(pl.col("stratum") == sizes.stratum)
    return {
        "stratum": sizes.stratum,
        "N": sizes.N,
        "n": sizes.n,
        **_weights(sizes.N, sizes.n),
        "cases": [
            {
                "case_id": case["case_id"],
                "ticket": case["ticket"],
                "rank": case["rank"],
                "role": _role(case["rank"], sizes.n),
            }
            for case in cases.select("case_id", "ticket", "rank").iter_rows(named=True)
        ],
    }


def _weights(cases: int, n: int) -> dict[str, float | None]:
    """Return f = n/N and w = N/n; one division each, so that every machine gets the same digits."""
    return {"sampling_fraction": n / cases if cases else None, "weight": cases / n if n else None}


def _role(rank: int, n: int) -> str:
    return "main" if rank <= n else "reserve"


def _acting(stratum: Document, replacements: Sequence[Document]) -> set[str]:
    """Return the cases of a stratum that are to be reviewed: drawn or called up, and not replaced."""
    listed = {case["case_id"] for case in stratum["cases"]}
    main = {case["case_id"] for case in stratum["cases"] if case["role"] == "main"}
    called = {replaced["in"] for replaced in replacements if replaced["in"] in listed}
    return (main | called) - {replaced["out"] for replaced in replacements}


def _next_reserve(stratum: Document, replacements: Sequence[Document]) -> str | None:
    called = {replaced["in"] for replaced in replacements}
    waiting = (
        str(case["case_id"])
        for case in sorted(stratum["cases"], key=lambda case: case["rank"])
        if case["role"] == "reserve" and case["case_id"] not in called
    )
    return next(waiting, None)


def _wrong_as_a_whole(document: Document) -> Iterator[Difference]:
    if (computed := digest(document)) != document["digest"]:
        yield Difference("digest-wrong", {"certified": document["digest"], "found": computed})
    if document["method"] != METHOD:
        yield Difference("method-other", {"certified": document["method"]["name"]})
    seed, drawn = document["seed"], document["draw"]
    if not is_seed(seed["value"]):
        yield Difference("seed-malformed", {"value": seed["value"]})
    seed_at, committed_at = (datetime.fromisoformat(at) for at in (seed["at"], document["committed_at"]))
    if seed_at < committed_at:
        yield Difference("seed-before-freeze", {"seed_at": seed_at, "committed_at": committed_at})
    if drawn["number"] > 1 and not ((drawn["reason"] or "").strip() and document["previous"]):
        yield Difference("further-draw-unexplained", {"number": drawn["number"]})


def _wrong_sizes(document: Document) -> Iterator[Difference]:
    """Yield where the strata of a certificate are not what its own plan and counts make of them."""
    try:
        planned = {part.stratum: part for part in stratum_sizes(document)}
    except SamplingError as error:
        yield Difference(error.code, error.values)
        return
    listed = [part["stratum"] for part in document["strata"]]
    if listed != sorted(planned):
        yield Difference("strata-other", {"certified": listed, "found": sorted(planned)})
    for part in document["strata"]:
        if (sizes := planned.get(part["stratum"])) is not None:
            yield from _wrong_size(part, sizes)


def _wrong_size(part: Document, sizes: StratumSizes) -> Iterator[Difference]:
    roles = [case["role"] for case in part["cases"]]
    checked = (
        ("cases-other", part["N"], sizes.N),
        ("size-other", part["n"], sizes.n),
        ("main-count-other", roles.count("main"), sizes.n),
        ("reserve-count-other", roles.count("reserve"), sizes.reserve),
    )
    for code, certified, found in checked:
        if certified != found:
            yield Difference(code, {"stratum": sizes.stratum, "certified": certified, "found": found})


def _wrong_in_stratum(stratum: Document, document: Document) -> Iterator[Difference]:
    """Yield what is wrong in the list of one stratum: fraction, weight, tickets, order, ranks and roles."""
    name, cases = stratum["stratum"], stratum["cases"]
    for member, value in _weights(stratum["N"], stratum["n"]).items():
        if stratum[member] != value:
            yield Difference("weight-wrong", {"stratum": name, "certified": stratum[member], "found": value})
    computed = tickets(document["seed"]["value"], (case["case_id"] for case in cases))
    for case, found in zip(cases, computed, strict=True):
        if case["ticket"] != found:
            values = {"case_id": case["case_id"], "certified": case["ticket"], "found": found}
            yield Difference("ticket-wrong", values)
    order = [(case["ticket"], case["case_id"].encode("utf-8", "surrogatepass")) for case in cases]
    ranks = [case["rank"] for case in cases]
    if order != sorted(order) or ranks != list(range(1, len(cases) + 1)):
        yield Difference("order-wrong", {"stratum": name})
    for case in cases:
        if case["role"] != _role(case["rank"], stratum["n"]):
            yield Difference("role-wrong", {"case_id": case["case_id"], "certified": case["role"]})


def _wrong_replacements(document: Document) -> Iterator[Difference]:
    """Yield replacements that are not the next reserve case for an acting one, in the order written."""
    replacements = document["replacements"]
    for number, replaced in enumerate(replacements):
        earlier = replacements[:number]
        right = any(
            replaced["out"] in _acting(part, earlier) and replaced["in"] == _next_reserve(part, earlier)
            for part in document["strata"]
        )
        if not right or not replaced["reason"].strip():
            yield Difference("replacement-wrong", {"out": replaced["out"], "called": replaced["in"]})


def _displaced(document: Document, where: Mapping[str, str]) -> Iterator[Difference]:
    """Yield the listed cases that are gone from the frame, or stand in another stratum."""
    for stratum, listed in _listed(document).items():
        for case in listed:
            if case not in where:
                yield Difference("case-gone", {"case_id": case, "stratum": stratum})
            elif where[case] != stratum:
                values = {"case_id": case, "certified": stratum, "found": where[case]}
                yield Difference("case-moved", values)


def _redrawn(document: Document, frame: pl.DataFrame, where: Mapping[str, str]) -> Iterator[Difference]:
    """Yield the cases in which the certificate and a draw from the frame differ.

    Where cases are gone from the frame, the others are compared with as many smallest tickets as there are
    of them, so that one case taken out is told as one difference.
    """
    if not is_seed(document["seed"]["value"]):
        return
    staying = {
        stratum: [case for case in listed if where.get(case) == stratum]
        for stratum, listed in _listed(document).items()
    }
    sizes = {**dict.fromkeys(counts(frame), 0), **{name: len(cases) for name, cases in staying.items()}}
    redrawn = draw_sample(frame, sizes, document["seed"]["value"])
    for stratum, listed in staying.items():
        found = redrawn.filter(pl.col("stratum") == stratum)["case_id"].to_list()
        for code, cases, others in (("passed-over", found, listed), ("not-smallest", listed, found)):
            for case in cases:
                if case not in others:
                    yield Difference(f"case-{code}", {"case_id": case, "stratum": stratum})


def _listed(document: Document) -> dict[str, list[str]]:
    return {part["stratum"]: [case["case_id"] for case in part["cases"]] for part in document["strata"]}
