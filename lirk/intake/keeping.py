"""A register that is kept from upload to draw: nothing about persons in it, and later no column too many.

A column that is left out keeps one sign for each filled cell. So blank rows and rows of totals are told
apart as in the whole file, and a draw from what was kept can be repeated from the file itself.
"""

import re
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import replace
from io import BytesIO
from typing import Any

import polars as pl

from lirk.domain.cpr import PATTERN, masked
from lirk.domain.problems import problem_document, problem_of
from lirk.intake.dates import read_days
from lirk.intake.guessing import guess_columns, spelling_key
from lirk.intake.rows import TOTAL, clean, trimmed
from lirk.intake.tables import Table

#: Stands for a filled cell that was left out, and for one that said that its row holds totals.
FILLED, SUM = "•", "sum"

_MAIL = r"[^\s@]+@[^\s@]+\.[^\s@]+"
#: Words of a heading that say: this is about a person, or is free text in which persons are named.
_PERSONAL = {
    "cpr", "cprnr", "cprnummer", "personnummer", "navn", "navne", "fornavn", "efternavn", "mellemnavn", "adresse",
    "adr", "vejnavn", "telefon", "telefonnummer", "tlf", "mobil", "mobilnummer", "email", "mail", "part", "parter",
    "borger", "klient", "ansøger", "modtager", "afsender", "værge", "barn", "forælder", "person", "født",
    "fødselsdag", "fødselsdato", "køn", "titel", "sagstitel", "overskrift", "sagsoverskrift", "emne",
    "bemærkning", "bemærkninger", "note", "noter", "notat", "kommentar", "beskrivelse",
    "name", "forename", "firstname", "surname", "lastname", "fullname", "address", "phone", "telephone", "mobile",
    "applicant", "agent", "citizen", "client", "party", "birth", "birthday", "title", "subject", "description",
    "proposal", "comment", "comments", "remarks", "notes", "recipient", "sender",
}  # fmt: skip
#: What a heading may end in and be about a person; and what stands before it where it is not.
_ENDINGS = (
    "navn", "adresse", "telefon", "mail", "cpr", "cprnr", "cprnummer", "name", "address", "phone",
)  # fmt: skip
_OFFICE = (
    "center", "centre", "centrets", "enhed", "enheds", "afdeling", "afdelings", "forvaltning", "forvaltnings",
    "organisation", "organisations", "team", "fagområde", "kontor", "sagstype", "skabelon", "kle", "fil",
    "gruppe", "område", "system", "unit", "department", "section", "file", "case type", "team",
)  # fmt: skip


def without_persons(table: Table, hashed: Callable[[str], str] | None = None) -> Table:
    """Return a table without the content of columns that may be about persons.

    Parameters
    ----------
    table
        As it was read from the file.
    hashed
        Hashes a caseworker's code; None where that cannot be done, so that the column is left out.

    Returns
    -------
    Table
        ``withheld`` says why each column was left out: ``cpr``, ``mail``, ``heading`` or ``caseworker``. The
        column that is guessed to name the caseworker holds hashes instead.
    """
    withheld = dict(_withheld(table))
    caseworker = guess_columns(table.headings).columns.get("caseworker")
    cells = table.cells
    if caseworker is not None and hashed is None:
        withheld.setdefault(caseworker, "caseworker")
    elif caseworker is not None and hashed is not None and withheld.get(caseworker) != "cpr":
        withheld.pop(caseworker, None)
        cells = cells.with_columns(_hashed(cells[str(caseworker)], hashed))
    return replace(
        table,
        cells=_signs_only(cells, withheld),
        headings=tuple(masked(heading) for heading in table.headings),
        withheld=withheld,
    )


def narrowed(table: Table, columns: Mapping[str, str], hashed: Callable[[str], str]) -> Table:
    """Return a table without the content of every column that is not mapped.

    Parameters
    ----------
    table
        As it was read from the file, or as it was kept.
    columns
        Ours with the file's headings, as a mapping has them.
    hashed
        Hashes the caseworkers' codes where that column is mapped.
    """
    used = {heading.strip() for heading in columns.values()}
    others = [position for position, heading in enumerate(table.headings) if heading not in used]
    cells, caseworker = table.cells, columns.get("caseworker", "").strip()
    if caseworker and caseworker in table.headings:
        cells = cells.with_columns(_hashed(cells[str(table.headings.index(caseworker))], hashed))
    withheld = {**dict.fromkeys(others, "not-mapped"), **table.withheld}
    return replace(table, cells=_signs_only(cells, others), withheld=dict(sorted(withheld.items())))


def about(table: Table) -> dict[str, object]:
    """Return what a table says beside its cells, as JSON values."""
    return {
        "headings": list(table.headings),
        "first_row": table.first_row,
        "rows": table.cells.height,
        "read": dict(table.read),
        "real_dates": table.real_dates,
        "certain": table.certain,
        "remarks": [problem_document(remark) for remark in table.remarks],
        "withheld": {str(position): reason for position, reason in table.withheld.items()},
    }


def content(table: Table) -> bytes:
    """Return a table's cells as a Parquet file of text columns."""
    file = BytesIO()
    table.cells.write_parquet(file, compression="zstd", statistics=False)
    return file.getvalue()


def kept_table(about: Mapping[str, Any], content: bytes) -> Table:
    """Return the table that was kept as these two."""
    return Table(
        cells=pl.read_parquet(BytesIO(content)),
        headings=tuple(about["headings"]),
        first_row=about["first_row"],
        read=about["read"],
        real_dates=about["real_dates"],
        certain=about["certain"],
        remarks=tuple(problem_of(remark) for remark in about["remarks"]),
        withheld={int(position): reason for position, reason in about["withheld"].items()},
    )


def value_counts(table: Table, heading: str, most: int) -> dict[str, int]:
    """Return how often each value of a column stands in its cells, in one spelling, the most frequent first.

    Empty where the table has no such column; values beyond ``most`` are left out.
    """
    if heading not in table.headings:
        return {}
    texts = table.cells.select(trimmed(str(table.headings.index(heading)))).to_series().drop_nulls()
    counts = Counter[str]()
    for value, count in texts.alias("value").value_counts().rows():
        counts[masked(clean(value))] += count
    return dict(sorted(counts.items(), key=lambda entry: (-entry[1], entry[0]))[:most])


def empty_count(table: Table, heading: str, *, beside: str) -> int:
    """Return how many cells of a column are empty where those of another are filled."""
    if not {heading, beside} <= set(table.headings):
        return 0
    empty, filled = (trimmed(str(table.headings.index(name))) for name in (heading, beside))
    return table.cells.filter(empty.is_null() & filled.is_not_null()).height


def about_a_person(heading: str) -> bool:
    """Tell whether a heading says that its column is about a person, or free text that may name one."""
    words = re.findall(r"[^\W\d_]+", re.sub(r"(?<=[a-zæøå])(?=[A-ZÆØÅ])", " ", heading))
    lowered = [word.lower() for word in words]
    key = spelling_key(heading)
    if not lowered or guess_columns([heading]).columns.keys() - {"caseworker"}:
        return False
    if any(key.startswith(spelling_key(office)) for office in _OFFICE) and "cpr" not in key:
        return False
    endings = tuple(spelling_key(ending) for ending in _ENDINGS)
    return bool(_PERSONAL & set(lowered)) or key.endswith(endings) or spelling_key("e-mail") in key


def _withheld(table: Table) -> Iterator[tuple[int, str]]:
    for position, heading in enumerate(table.headings):
        texts = table.cells[str(position)]
        if masked(heading) != heading or _holds_cpr(texts, real_dates=table.real_dates):
            yield position, "cpr"
        elif texts.str.contains(_MAIL).any():
            yield position, "mail"
        elif about_a_person(heading):
            yield position, "heading"


def _holds_cpr(texts: pl.Series, *, real_dates: bool) -> bool:
    """Tell whether a text looks like a CPR number, unless all are days: a day and a time may look like one."""
    if not texts.str.contains(PATTERN).any():
        return False
    stripped = texts.to_frame("text").select(trimmed("text")).to_series()
    days = read_days(stripped, real_dates=real_dates).days
    return days.null_count() > stripped.null_count()


def _signs_only(cells: pl.DataFrame, positions: Iterable[int]) -> pl.DataFrame:
    return cells.with_columns(_sign(cells[str(position)]) for position in positions)


def _sign(texts: pl.Series) -> pl.Series:
    text = pl.col(texts.name).str.strip_chars()
    sign = (
        pl.when(text.str.contains(rf"(?i)^(?:{TOTAL.pattern})$")).then(pl.lit(SUM)).otherwise(pl.lit(FILLED))
    )
    return texts.to_frame().select(pl.when(text != "").then(sign).alias(texts.name)).to_series()


def _hashed(texts: pl.Series, hashed: Callable[[str], str]) -> pl.Series:
    """Return hashes; spellings with one hash stay apart, as they do where rows are compared."""
    spellings = sorted({text.strip() for text in texts.unique().drop_nulls().to_list()} - {""})
    known: dict[str, int] = {}
    codes = {}
    for spelling in spellings:
        code = hashed(spelling)
        known[code] = known.get(code, 0) + 1
        codes[spelling] = f"{code}#{known[code]}"
    stripped = texts.to_frame("text").select(trimmed("text")).to_series()
    return stripped.replace_strict(
        list(codes), list(codes.values()), default=None, return_dtype=pl.String
    ).alias(texts.name)
