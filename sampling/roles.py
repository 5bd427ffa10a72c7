"""Which listed cases of a certificate are to be reviewed: main, called up from the reserve, or replaced.

A stratum lists its cases in ticket order. The first n are main, the next the reserve; a case that is out of
scope is replaced by the next reserve case that is at rest. An extension by a makes main the next a cases of
the reserve that are at rest, so that a reserve case that was called up stays what it is: it goes on in the
place of the case it replaced, and the sample is n + a acting cases: the first n + a of the list that are in
scope.
"""

from sampling.documents import Document


def added(document: Document, stratum: str) -> int:
    """Return by how many cases the extensions of a certificate enlarged the sample of a stratum."""
    return sum(int(extension["sizes"].get(stratum, 0)) for extension in document.get("extensions", []))


def main_cases(document: Document, stratum: Document, replaced: int | None = None) -> list[str]:
    """Return the main cases of a stratum, in ticket order.

    Parameters
    ----------
    replaced
        As they were when so many cases had been replaced, with the extensions made until then; None for now.
    """
    name, order = stratum["stratum"], _in_order(stratum)
    main = set(order[: max(0, stratum["n"] - added(document, name))])
    for extension in document.get("extensions", []):
        before = extension["replacements_before"]
        if replaced is None or before <= replaced:
            taken = main | _called(document, before)
            main |= set([case for case in order if case not in taken][: extension["sizes"].get(name, 0)])
    return [case for case in order if case in main]


def roles(document: Document, stratum: Document) -> dict[str, str]:
    """Return ``main`` or ``reserve`` for each listed case of a stratum, in ticket order."""
    main = set(main_cases(document, stratum))
    return {case: "main" if case in main else "reserve" for case in _in_order(stratum)}


def acting(document: Document, stratum: Document, replaced: int | None = None) -> set[str]:
    """Return the cases of a stratum that are to be reviewed: main or called up, and not replaced."""
    called = _called(document, replaced) & set(_in_order(stratum))
    out = {str(one["out"]) for one in document["replacements"][:replaced]}
    return ({*main_cases(document, stratum, replaced)} | called) - out


def next_reserve(document: Document, stratum: Document, replaced: int | None = None) -> str | None:
    """Return the reserve case of a stratum that is called up next, or None if none is at rest."""
    return next(iter(at_rest(document, stratum, replaced)), None)


def at_rest(document: Document, stratum: Document, replaced: int | None = None) -> list[str]:
    """Return the reserve cases of a stratum that were not called up, in ticket order."""
    taken = {*main_cases(document, stratum, replaced)} | _called(document, replaced)
    return [case for case in _in_order(stratum) if case not in taken]


def _called(document: Document, replaced: int | None) -> set[str]:
    return {str(one["in"]) for one in document["replacements"][:replaced]}


def _in_order(stratum: Document) -> list[str]:
    return [str(case["case_id"]) for case in stratum["cases"]]
