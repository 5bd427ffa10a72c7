"""Repeating a draw from its certificate and the register alone, and telling every difference."""

from collections.abc import Callable, Iterator, Mapping
from datetime import datetime

import polars as pl

from sampling.certificate import (
    METHOD,
    Difference,
    StratumSizes,
    counted_differences,
    frame_differences,
    stratum_sizes,
    weights,
)
from sampling.documents import Document, digest, is_hash, require_certificate
from sampling.engines.table import Engine
from sampling.errors import SamplingError
from sampling.frame import counts
from sampling.growth import wrong_extensions
from sampling.roles import acting, next_reserve, roles
from sampling.select import draw_sample, is_seed, tickets

__all__ = ["differences_within", "verify", "verify_counted"]


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
        First what is wrong in the certificate itself (digest, method, seed, sizes, extensions, tickets, order,
        replacements), then in what the frame differs (fingerprint, counts, cases that are gone, moved, or
        should have been drawn).

    Raises
    ------
    DocumentMalformed, DocumentTooNew
        If it is no certificate of this version, so that it cannot be read at all.
    FrameBroken, FrameEmpty
        If the frame cannot be drawn from.
    """
    require_certificate(document)
    listed = [case for cases in _listed(document).values() for case in cases]
    named = frame.filter(pl.col("case_id").is_in(listed))
    where = dict(zip(named["case_id"].to_list(), named["stratum"].to_list(), strict=True))
    return (
        *_wrong_in_itself(document),
        *frame_differences(document, frame),
        *_displaced(document, where),
        *_redrawn(document, where, counts(frame), lambda sizes, seed: draw_sample(frame, sizes, seed)),
    )


def differences_within(document: Document) -> tuple[Difference, ...]:
    """Return what is wrong in a certificate itself, without the register; :func:`verify` tells the rest.

    Raises
    ------
    DocumentMalformed, DocumentTooNew
        If it is no certificate of this version, so that it cannot be read at all.
    """
    require_certificate(document)
    return tuple(_wrong_in_itself(document))


def verify_counted(document: Document, engine: Engine) -> tuple[Difference, ...]:
    """Repeat a draw where the frame lives, and return every difference, as :func:`verify`.

    Parameters
    ----------
    document
        The certificate.
    engine
        Has the frame; only counts, hashes, and the rows of drawn cases come out of it.

    Raises
    ------
    DocumentMalformed, DocumentTooNew
        If it is no certificate of this version, so that it cannot be read at all.
    EngineFailed, ColumnNotText, FrameBroken, FrameEmpty
        If the engine does not answer, or its frame cannot be drawn from.
    """
    require_certificate(document)
    now, found = engine.counts(), engine.fingerprint(document["frame"]["salt"])
    where = engine.locate(case for cases in _listed(document).values() for case in cases)
    return (
        *_wrong_in_itself(document),
        *counted_differences(document, now, found),
        *_displaced(document, where),
        *_redrawn(document, where, now, engine.draw),
    )


def _wrong_in_itself(document: Document) -> Iterator[Difference]:
    yield from _wrong_as_a_whole(document)
    yield from _wrong_times(document)
    yield from _wrong_series(document)
    yield from _wrong_sizes(document)
    yield from wrong_extensions(document)
    for part in document["strata"]:
        yield from _wrong_in_stratum(part, document)
    yield from _wrong_replacements(document)


def _wrong_as_a_whole(document: Document) -> Iterator[Difference]:
    if (computed := digest(document)) != document["digest"]:
        yield Difference("digest-wrong", {"certified": document["digest"], "found": computed})
    if document["method"] != METHOD:
        yield Difference("method-other", {"certified": _other_method(document["method"])})
    if not is_seed(document["seed"]["value"]):
        yield Difference("seed-malformed", {"value": document["seed"]["value"]})


def _other_method(method: Document) -> object:
    """Return the first member in which a method is another; its name where it only has more members."""
    other = (method[name] for name, ours in METHOD.items() if method[name] != ours)
    return next(other, method["name"])


def _wrong_times(document: Document) -> Iterator[Difference]:
    """Yield times that stand before what they must follow: register, freeze, seed, draw.

    Replacements must follow the freeze; they are not compared with the draw or each other, as they may come
    from machines whose clocks differ.
    """
    taken_at, committed_at, seed_at, drawn_at = (
        datetime.fromisoformat(at)
        for at in (
            document["frame"]["taken_at"],
            document["committed_at"],
            document["seed"]["at"],
            document["draw"]["at"],
        )
    )
    if committed_at < taken_at:
        yield _malformed("frame.taken_at")
    if seed_at < committed_at:
        yield Difference("seed-before-freeze", {"seed_at": seed_at, "committed_at": committed_at})
    if drawn_at < max(seed_at, committed_at):
        yield _malformed("draw.at")
    for number, replaced in enumerate(document["replacements"], 1):
        if datetime.fromisoformat(replaced["at"]) < committed_at:
            yield _malformed(f"replacements[{number}].at")


def _wrong_series(document: Document) -> Iterator[Difference]:
    """Yield a further draw without its reason, and a certificate whose predecessor is missing or too many."""
    drawn, previous = document["draw"], document["previous"]
    changed = bool(document["replacements"] or document.get("extensions"))
    if drawn["number"] > 1:
        if not ((drawn["reason"] or "").strip() and is_hash(previous)):
            yield Difference("further-draw-unexplained", {"number": drawn["number"]})
    elif not is_hash(previous) if changed else previous is not None:
        yield _malformed("previous")


def _malformed(member: str) -> Difference:
    return Difference("document-malformed", {"member": member})


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
    listed = [case["role"] for case in part["cases"]]
    checked = (
        ("cases-other", part["N"], sizes.N),
        ("size-other", part["n"], sizes.n),
        ("main-count-other", listed.count("main"), sizes.n),
        ("reserve-count-other", listed.count("reserve"), sizes.reserve),
    )
    for code, certified, found in checked:
        if certified != found:
            yield Difference(code, {"stratum": sizes.stratum, "certified": certified, "found": found})


def _wrong_in_stratum(stratum: Document, document: Document) -> Iterator[Difference]:
    """Yield what is wrong in the list of one stratum: fraction, weight, tickets, order, ranks and roles."""
    name, cases = stratum["stratum"], stratum["cases"]
    for member, value in weights(stratum["N"], stratum["n"]).items():
        if stratum[member] != value:
            yield Difference("weight-wrong", {"stratum": name, "certified": stratum[member], "found": value})
    computed = tickets(document["seed"]["value"], (case["case_id"] for case in cases))
    for case, found in zip(cases, computed, strict=True):
        if case["ticket"] != found:
            values = {"case_id": case["case_id"], "certified": case["ticket"], "found": found}
            yield Difference("ticket-wrong", values)
    # By the true tickets: a ticket that was edited is told as that, and as nothing else.
    order = [
        (found, case["case_id"].encode("utf-8", "surrogatepass"))
        for case, found in zip(cases, computed, strict=True)
    ]
    ranks = [case["rank"] for case in cases]
    if order != sorted(order) or ranks != list(range(1, len(cases) + 1)):
        yield Difference("order-wrong", {"stratum": name})
    right = roles(document, stratum)
    for case in cases:
        if case["role"] != right[case["case_id"]]:
            yield Difference("role-wrong", {"case_id": case["case_id"], "certified": case["role"]})


def _wrong_replacements(document: Document) -> Iterator[Difference]:
    """Yield replacements that are not the next reserve case for an acting one, in the order written."""
    home = {case["case_id"]: part for part in document["strata"] for case in part["cases"]}
    for number, replaced in enumerate(document["replacements"]):
        part = home.get(replaced["out"])
        right = (
            part is not None
            and replaced["out"] in acting(document, part, number)
            and replaced["in"] == next_reserve(document, part, number)
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


def _redrawn(
    document: Document,
    where: Mapping[str, str],
    now: Mapping[str, int],
    draw: Callable[[Mapping[str, int], str], pl.DataFrame],
) -> Iterator[Difference]:
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
    sizes = {**dict.fromkeys(now, 0), **{name: len(cases) for name, cases in staying.items()}}
    redrawn: dict[str, list[str]] = {stratum: [] for stratum in staying}
    for stratum, case in draw(sizes, document["seed"]["value"]).select("stratum", "case_id").iter_rows():
        redrawn.setdefault(stratum, []).append(case)
    for stratum, listed in staying.items():
        found = redrawn[stratum]
        for code, cases, others in (("passed-over", found, {*listed}), ("not-smallest", listed, {*found})):
            for case in cases:
                if case not in others:
                    yield Difference(f"case-{code}", {"case_id": case, "stratum": stratum})


def _listed(document: Document) -> dict[str, list[str]]:
    return {part["stratum"]: [case["case_id"] for case in part["cases"]] for part in document["strata"]}
