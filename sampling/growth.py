"""By how many cases an extension enlarges each stratum, and whether the plan declared it beforehand."""

from collections.abc import Collection, Iterator, Mapping
from datetime import datetime

from sampling.allocate import allocate
from sampling.certificate import Difference, stratum_sizes
from sampling.documents import Document
from sampling.errors import ExtensionAddsNothing, ExtensionStratumUnknown, FigureInvalid, SamplingError

__all__ = ["declares", "extension_sizes", "wrong_extensions"]


def extension_sizes(
    document: Document, n: int | None, strata: Collection[str] | None = None
) -> dict[str, int]:
    """Return by how many cases each stratum grows; strata that do not are left out.

    With the method ``fixed`` each stratum grows by ``n``. Else they share ``n`` further cases by the plan's
    method, as if the larger sample had been planned at once, but that no stratum shrinks; strata with a size
    of their own in the plan then keep it. No stratum grows by more than the cases that were neither drawn nor
    called up.

    Parameters
    ----------
    document
        The certificate as it stands.
    n
        1 or more.
    strata
        The strata to extend; None for all.

    Raises
    ------
    FigureInvalid
        If ``n`` is no whole number from 1 up.
    ExtensionStratumUnknown
        If a stratum is not in the certificate.
    ExtensionAddsNothing
        If no stratum has a case left to add.
    """
    if isinstance(n, bool) or not isinstance(n, int) or not 1 <= n < 2**53:
        raise FigureInvalid(name="n", wanted="a whole number from 1 up", value=n)
    room = _room(document)
    if unknown := sorted({*(strata or ())} - set(room)):
        raise ExtensionStratumUnknown(strata=unknown, known=list(room))
    chosen = {name: cases for name, cases in room.items() if strata is None or name in strata}
    if document["plan"]["sizes"]["method"] == "fixed":
        sizes = {name: min(n, cases) for name, cases in chosen.items()}
    else:
        own = document["plan"]["sizes"].get("exceptions", {})
        sizes = _shared(document, n, {name: cases for name, cases in chosen.items() if name not in own})
    grown = {name: size for name, size in sizes.items() if size}
    if not grown:
        raise ExtensionAddsNothing
    return grown


def declares(document: Document, n: object) -> bool:
    """Return whether the plan declared an extension by ``n``, and none was made yet."""
    planned = document["plan"]["extension"]
    return planned is not None and bool(planned["n"] == n and not document.get("extensions"))


def wrong_extensions(document: Document) -> Iterator[Difference]:
    """Yield what is wrong in a certificate's extensions: sizes, order, reason, or that one was declared."""
    drawn_at = datetime.fromisoformat(document["draw"]["at"])
    extensions, replaced = document.get("extensions", []), 0
    for number, extension in enumerate(extensions, 1):
        before = extension["replacements_before"]
        stood = {
            **document,
            "extensions": extensions[: number - 1],
            "replacements": document["replacements"][:before],
        }
        in_order = (
            replaced <= before <= len(document["replacements"])
            and datetime.fromisoformat(extension["at"]) >= drawn_at
        )
        if not (in_order and extension["reason"].strip() and _fits(extension, stood)):
            yield Difference("extension-wrong", {"number": number})
        if extension["declared"] != declares(stood, extension["n"]):
            yield Difference("extension-declared-other", {"number": number})
        replaced = before


def _fits(extension: Document, stood: Document) -> bool:
    try:
        return bool(extension_sizes(stood, extension["n"], extension["strata"]) == extension["sizes"])
    except SamplingError:
        return False


def _room(document: Document) -> dict[str, int]:
    """Return how many cases of each stratum were neither drawn nor called up."""
    called = {one["in"] for one in document["replacements"]}
    listed = {
        part["stratum"]: sum(case["case_id"] in called for case in part["cases"])
        for part in document["strata"]
    }
    return {
        part.stratum: max(0, part.N - part.n - listed.get(part.stratum, 0))
        for part in stratum_sizes(document)
    }


def _shared(document: Document, n: int, room: Mapping[str, int]) -> dict[str, int]:
    """Return the shares of ``n`` further cases: the larger sample's sizes less those that there are."""
    sizes = document["plan"]["sizes"]
    now = {part.stratum: part.n for part in stratum_sizes(document) if part.stratum in room}
    total = min(n, sum(room.values())) + sum(now.values())
    kept: dict[str, int] = {}
    while True:
        high = {name: now[name] + room[name] for name in room if name not in kept}
        shares = allocate(
            sizes["method"], total - sum(kept.values()), high, deviations=sizes.get("deviations")
        )
        shrunk = {name: now[name] for name, size in shares.items() if size < now[name]}
        if not shrunk:
            return {name: {**shares, **kept}[name] - now[name] for name in room}
        kept |= shrunk
