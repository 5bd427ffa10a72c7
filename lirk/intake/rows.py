"""From the cells of a file to rows with our columns: blank and total rows out, names and outcomes cleaned."""

import re
import unicodedata
from collections.abc import Callable, Mapping
from dataclasses import dataclass

import polars as pl

from lirk.intake.columns import Columns
from lirk.intake.guessing import guess_outcome
from lirk.intake.mapping import RegisterMapping
from lirk.intake.signs import signs_of
from lirk.intake.tables import Table

TOTAL = re.compile(r"(?:i ?alt|totalt?|sum|subtotal|antal(?: sager| rækker)?)\b.*", re.IGNORECASE)
#: So many of the last rows may be totals.
_LAST_ROWS = 5
#: A column has few different values if its first rows have.
_LOOKED_AT, _FEW = 20_000, 1_000


@dataclass(frozen=True, slots=True, kw_only=True)
class Rows:
    """The rows of a register.

    Attributes
    ----------
    frame
        ``row`` (UInt32, the spreadsheet's number) and our columns as trimmed text, null where empty; of these
        ``centre`` with its spellings joined, ``outcome`` as the file has it, ``outcome_code`` with ours, null
        where it has none; ``decision_date`` as it stands in the file, not trimmed.
    blank, totals
        How many rows were left out as blank, or as totals at the bottom.
    outcomes
        Each outcome in the file with its code, ``""`` where it has none.
    distinct
        For columns with few different values these values, as far as they are not empty.
    signs
        What the case numbers look like, as ``signs_of`` tells.
    """

    frame: pl.DataFrame
    blank: int
    totals: int
    outcomes: Mapping[str, str]
    distinct: Mapping[str, tuple[str, ...]]
    signs: frozenset[str]


def rows_of(table: Table, columns: Columns, mapping: RegisterMapping) -> Rows:
    """Return the rows of a table that say something, with our columns only."""
    cells = table.cells.with_row_index("row", offset=table.first_row)
    ours = cells.select("row", *(pl.col(str(at)).alias(name) for name, at in columns.positions.items()))
    ours, signs = _with_numbers(ours)
    blank = _blank_rows(cells, ours)
    totals = _total_rows(cells, blank)
    ours = _without(ours, [*totals, *blank.to_list()])
    ours, distinct = _cleaned(ours, mapping)
    ours, outcomes = _with_codes(ours, distinct.get("outcome", ()), mapping)
    return Rows(
        frame=ours,
        blank=blank.len(),
        totals=len(totals),
        outcomes=outcomes,
        distinct=distinct,
        signs=signs,
    )


def _with_numbers(rows: pl.DataFrame) -> tuple[pl.DataFrame, frozenset[str]]:
    """Trim the case numbers if any needs it, and return what they look like."""
    if "case_number" not in rows.columns:
        return rows, frozenset()
    signs = signs_of(rows["case_number"])
    if "padded" not in signs:
        number = pl.col("case_number")
        return rows.with_columns(pl.when(number != "").then(number).alias("case_number")), signs
    rows = rows.with_columns(trimmed("case_number"))
    return rows, signs_of(rows["case_number"])


def clean(text: str) -> str:
    """Return a name or value in one spelling: NFC, trimmed, single blanks."""
    return " ".join(unicodedata.normalize("NFC", text).split())


def _without(rows: pl.DataFrame, numbers: list[int]) -> pl.DataFrame:
    """Leave rows out by their numbers; at the bottom, where they mostly are, without copying the others."""
    height = rows.height - len(numbers)
    if not rows["row"].tail(len(numbers)).is_in(numbers).all():
        return rows.filter(~pl.col("row").is_in(numbers))
    return rows.head(height)


def _blank_rows(cells: pl.DataFrame, ours: pl.DataFrame) -> pl.Series:
    """Return the numbers of the rows in which every cell is blank."""
    suspects = cells
    if "case_number" in ours.columns:
        suspects = cells[ours["case_number"].is_null().arg_true()]
    blank = [pl.col(name).str.strip_chars().fill_null("") == "" for name in cells.columns if name != "row"]
    return suspects.filter(pl.all_horizontal(blank) if blank else pl.lit(value=True))["row"]


def _total_rows(cells: pl.DataFrame, blank: pl.Series) -> list[int]:
    """Return the numbers of the rows of totals at the bottom.

    The first filled cell says that it is one, and most others are empty.
    """
    totals = []
    last = cells.tail(blank.len() + _LAST_ROWS).filter(~pl.col("row").is_in(blank.implode()))
    for number, *row in reversed(last.tail(_LAST_ROWS).rows()):
        filled = [cell.strip() for cell in row if cell and cell.strip()]
        if not TOTAL.fullmatch(filled[0]) or (len(filled) - 1) * 2 > len(row):
            break
        totals.append(number)
    return totals


def trimmed(name: str) -> pl.Expr:
    """Return a column's texts trimmed, null where empty."""
    text = pl.col(name).str.strip_chars()
    return pl.when(text != "").then(text).alias(name)


def _cleaned(rows: pl.DataFrame, mapping: RegisterMapping) -> tuple[pl.DataFrame, dict[str, tuple[str, ...]]]:
    """Clean every column; of one with few different values these are cleaned, not the rows."""
    spellings = {clean(spelling): clean(name) for spelling, name in mapping.centre.items()}
    ways: dict[str, Callable[[str], str]] = {
        "centre": lambda text: spellings.get(clean(text), clean(text)),
        "outcome": clean,
    }
    distinct = {}
    for name in rows.columns:
        if name in {"row", "case_number", "decision_date"}:
            continue
        if name in ways or _has_few_values(rows[name]):
            column, distinct[name] = _renamed(rows[name], ways.get(name, str.strip))
            rows = rows.with_columns(column)
        else:
            rows = rows.with_columns(trimmed(name))
    return rows, distinct


def _has_few_values(texts: pl.Series) -> bool:
    return texts.head(_LOOKED_AT).n_unique() <= _FEW


def _renamed(texts: pl.Series, rename: Callable[[str], str]) -> tuple[pl.Series, tuple[str, ...]]:
    """Return texts renamed, null where empty, and the different ones; untouched where nothing changes."""
    found = texts.unique().to_list()
    renamed = [None if text is None else (rename(text) or None) for text in found]
    names = tuple(sorted({name for name in renamed if name is not None}))
    if found == renamed:
        return texts, names
    return texts.replace_strict(found, renamed, return_dtype=pl.String), names


def _with_codes(
    rows: pl.DataFrame, values: tuple[str, ...], mapping: RegisterMapping
) -> tuple[pl.DataFrame, dict[str, str]]:
    if "outcome" not in rows.columns:
        return rows, {}
    known = _outcome_codes(mapping)
    codes = {value: known(value) or "" for value in values}
    if (empty := known("")) is not None:
        rows = rows.with_columns(pl.col("outcome").fill_null(""))
        codes[""] = empty
    return rows.with_columns(_coded(rows["outcome"], codes)), codes


def _outcome_codes(mapping: RegisterMapping) -> Callable[[str], str | None]:
    """Return what finds an outcome's code: as mapped, whatever its case; guessed if nothing is mapped."""
    if mapping.outcome is None:
        return lambda value: guess_outcome(value) if value else None
    exact = {clean(value): code for value, code in mapping.outcome.items() if code}
    folded = {value.casefold(): code for value, code in exact.items()}
    return lambda value: exact.get(value) or folded.get(value.casefold())


def _coded(outcomes: pl.Series, codes: Mapping[str, str]) -> pl.Series:
    if not codes:
        return pl.Series("outcome_code", [None] * outcomes.len(), dtype=pl.String)
    return outcomes.replace_strict(
        list(codes), [code or None for code in codes.values()], default=None, return_dtype=pl.String
    ).alias("outcome_code")
