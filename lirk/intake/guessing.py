"""What a heading or an outcome of a register most likely means: tables of known Danish and English spellings.

Only whole spellings are known, whatever their case, spaces and punctuation; a part of a word proves nothing.
The headings are those that SBSYS, KMD Nova, Acadre and F2 exports and KOMBIT's shared case index use.
"""

import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

_LETTERS = str.maketrans({"æ": "ae", "ø": "oe", "å": "aa"})

#: For each of our columns the headings that mean it, the surest first.
_HEADINGS = {
    "case_number": (
        "sagsnummer", "sagsnr", "sag nr", "sagnr", "sagsid", "sag", "journalnummer", "journalnr", "j nr",
        "nummer", "case number", "case no", "case ref", "case reference", "case id", "reference number",
        "application number", "application ref", "pa ref", "reference", "ref", "ref no",
    ),
    "centre": (
        "center", "centre", "forvaltning", "fagområde", "responsible department", "department", "directorate",
        "determining body", "decision maker", "decided by", "authority",
    ),
    "decision_date": (
        "afgørelsesdato", "dato for afgørelse", "beslutningsdato", "besluttet", "afgjort", "afgørelse dato",
        "decision date", "date of decision", "decision issued", "date decided", "decided", "date determined",
        "determined", "issued",
    ),
    "outcome": (
        "afgørelsestype", "beslutningstype", "resultat", "udfald", "afgørelse", "beslutning", "outcome",
        "decision", "decision type", "result",
    ),
    "unit": ("afdeling", "enhed", "ansættelsessted", "team", "organisation enhed navn", "unit", "section"),
    "case_type": ("sagstype", "skabelon", "sagsskabelon", "case type", "application type"),
    "kle_number": ("kle nummer", "kle", "kle nr", "emnenr", "emnenummer", "kle klasse", "kle number"),
    "facet": ("facet", "handlingsfacet", "kle handlingsfacet", "kle facet", "proceeding facet"),
    "caseworker": (
        "sagsbehandler", "behandler", "ansvarlig", "primær behandler navn", "caseworker", "case officer",
    ),
    "decision_flag": ("er besluttet", "afgørelse j n", "afgørelse ja nej", "is decided"),
    "created": ("oprettet", "oprettelsesdato", "sagsdato", "opstået", "created", "case date"),
    "received": ("modtaget", "modtagelsesdato", "ansøgningsdato", "received", "date received"),
    "closed": ("afsluttet", "afsluttet dato", "afslutningsdato", "lukket", "closed", "date closed"),
    "link": ("link", "sagslink", "url"),
}  # fmt: skip

#: Headings that registers have and we do not read; they help to find the row of headings.
_OTHERS = (
    "titel", "sagstitel", "sagsoverskrift", "overskrift", "emne", "title", "status", "sagsstatus", "tilstand",
    "progress state", "frist", "svarfrist", "beslutning deadline", "deadline", "cpr", "cpr nr", "cpr nummer",
    "cvr", "primær part cpr", "part", "navn", "adresse", "beskyttet", "er beskyttet", "fortrolig",
    "følsomhed", "sensitivity", "bevaring", "kassationsdato", "sletningsdato", "proposal", "address",
    "applicant", "bemærkning", "bemærkninger",
)  # fmt: skip

#: For each outcome the spellings that mean it. Where the applicant drops the case, nothing was decided.
_OUTCOMES = {
    "full-grant": (
        "bevilling", "bevilget", "fuld bevilling", "fuldt bevilget", "fuldt medhold", "medhold", "tilladelse",
        "tilladt", "godkendelse", "godkendt", "imødekommet", "fuldt imødekommet", "dispensation", "accept",
        "full grant", "granted", "grant", "permitted", "approved", "approval", "allowed", "accepted",
        "agreed",
    ),
    "partial-grant": (
        "delvist medhold", "delvis medhold", "delvis bevilling", "delvist bevilget", "delvist imødekommet",
        "delvis imødekommelse", "delvist godkendt", "delvist afslag", "delvis afslag", "partial grant",
        "partly granted", "partially granted", "partially approved", "split decision",
    ),
    "refusal": (
        "afslag", "afslået", "fuldt afslag", "ikke bevilget", "ikke godkendt", "ikke imødekommet",
        "ikke medhold", "refusal", "refused", "rejected", "denied", "declined",
    ),
    "burdening": (
        "påbud", "forbud", "sanktion", "bebyrdende", "bebyrdende afgørelse", "indskærpelse", "tvangsbøder",
        "burdening", "order", "injunction", "sanction", "påbud eller forbud", "order or prohibition",
    ),
    "reduction": (
        "ophør", "ophørt", "nedsættelse", "nedsat", "frakendelse", "frakendt", "bortfald", "stop", "standset",
        "ydelse stoppet", "reduction", "reduced", "stopped", "discontinued", "revoked", "terminated",
        "nedsættelse eller ophør", "reduction or termination",
    ),
    "repayment": ("tilbagebetaling", "tilbagebetalingskrav", "repayment", "recovery"),
    "dismissal": ("afvisning", "afvist", "dismissal", "dismissed", "inadmissible"),
    "other": ("andet", "øvrige", "anden afgørelse", "other"),
    "not-a-decision": (
        "ikke en afgørelse", "ingen afgørelse", "ikke afgørelse", "tilbagetrukket", "trukket tilbage",
        "ansøgning trukket", "ansøgning trukket tilbage", "frafaldet", "henlagt", "bortfaldet",
        "not a decision", "no decision", "withdrawn", "application withdrawn", "withdrawn by applicant",
        "deemed withdrawn",
    ),
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Guess:
    """Which heading is which of our columns, by position.

    ``others`` are headings that could have meant a column, too, with that column.
    """

    columns: dict[str, int]
    others: tuple[tuple[int, str], ...]


def spelling_key(text: str) -> str:
    """Return ``text`` without what spellings differ by: case, blanks, punctuation, æøå as ae oe aa."""
    folded = unicodedata.normalize("NFC", text).casefold().translate(_LETTERS)
    return "".join(letter for letter in folded if letter.isalnum())


_COLUMN_OF = {
    spelling_key(spelling): (column, rank)
    for column, spellings in _HEADINGS.items()
    for rank, spelling in enumerate((column, *spellings))
}
_KNOWN = _COLUMN_OF.keys() | {spelling_key(spelling) for spelling in _OTHERS}
_OUTCOME_OF = {
    spelling_key(spelling): outcome
    for outcome, spellings in _OUTCOMES.items()
    for spelling in (outcome, *spellings)
}


def guess_columns(headings: Sequence[str]) -> Guess:
    """Return for each of our columns the heading that most likely means it; the first of equal ones."""
    candidates: dict[str, list[tuple[int, int]]] = {}
    for position, heading in enumerate(headings):
        column, rank = _COLUMN_OF.get(spelling_key(heading), ("", 0))
        if column:
            candidates.setdefault(column, []).append((rank, position))
    ordered = {column: sorted(found) for column, found in candidates.items()}
    others = [(position, column) for column, found in ordered.items() for _, position in found[1:]]
    return Guess({column: found[0][1] for column, found in ordered.items()}, tuple(sorted(others)))


def heading_score(cells: Sequence[str], named: Iterable[str] = ()) -> int:
    """Return how many cells of a row are headings that registers are known to have, or are ``named``.

    Each counts once.
    """
    known = _KNOWN | {spelling_key(heading) for heading in named}
    return len({key for cell in cells if (key := spelling_key(cell)) in known})


def guess_outcome(value: str) -> str | None:
    """Return the outcome that a register's value is known to mean, or None."""
    return _OUTCOME_OF.get(spelling_key(value))
