"""What must hold of every row that is kept.

All is asked of whole columns; only rows that fail are looked at one by one.
"""

import polars as pl

from lirk.domain.cpr import PATTERN, looks_like_cpr
from lirk.errors import Problem
from lirk.intake.columns import Columns
from lirk.intake.dates import ISO, Days, example_of
from lirk.intake.gathering import Gathered, quotable
from lirk.intake.rows import Rows
from lirk.intake.signs import RARE
from lirk.intake.tables import MOST_TOLD

_ROWS_NAMED = 8


def check_no_cpr(read: Rows, columns: Columns, gathered: Gathered) -> None:
    """Refuse every column whose texts look like CPR numbers; never with the texts.

    The decision date is asked later, where it is no date: a day and a time together may look like one.
    """
    rows = read.frame
    known = {*read.distinct, "decision_date", *([] if "cpr" in read.signs else ["case_number"])}
    many = [name for name in columns.positions if name not in known]
    asked = rows.select(pl.col(name).str.contains(PATTERN).any() for name in many)
    for name in (name for name in many if asked[name][0]):
        _refuse_cpr(rows.filter(pl.col(name).str.contains(PATTERN)), columns.heading(name), gathered)
    for name, texts in read.distinct.items():
        found = [text for text in texts if looks_like_cpr(text)]
        if found:
            _refuse_cpr(rows.filter(pl.col(name).is_in(found)), columns.heading(name), gathered)


def _refuse_cpr(bad: pl.DataFrame, heading: str, gathered: Gathered) -> None:
    gathered.add(Problem("cpr-in-column", {"count": bad.height}, row=bad["row"][0], column=heading))


def check_values(rows: pl.DataFrame, columns: Columns, signs: frozenset[str], gathered: Gathered) -> None:
    """Tell every row that lacks what a case must have, or has it in a form that cannot be used."""
    used = columns.positions
    if "case_number" in used:
        heading, number = columns.heading("case_number"), pl.col("case_number")
        gathered.rows("case-number-missing", rows.filter(number.is_null()), heading)
        if "control" in signs:
            broken = rows.filter(number.str.contains(RARE["control"]))
            gathered.rows("case-number-broken", broken, heading, "case_number")
    if "centre" in used:
        gathered.rows("centre-missing", rows.filter(pl.col("centre").is_null()), columns.heading("centre"))
    if "outcome" in used:
        missing = rows.filter(pl.col("outcome").is_null())
        gathered.rows("outcome-missing", missing, columns.heading("outcome"))
        unmapped = rows.filter(pl.col("outcome").is_not_null() & pl.col("outcome_code").is_null())
        _tell_unmapped(unmapped, columns.heading("outcome"), gathered)


def check_days(rows: pl.DataFrame, days: Days, heading: str, gathered: Gathered) -> None:
    """Tell every row without a day, or with a text that is none in the form of this column."""
    text = pl.col("decision_text")
    gathered.rows("date-missing", rows.filter(text.is_null()), heading)
    wrong = rows.filter(text.is_not_null() & pl.col("decision_date").is_null())
    if wrong.height and wrong["decision_text"].str.contains(PATTERN).any():
        _refuse_cpr(wrong.filter(text.str.contains(PATTERN)), heading, gathered)
    gathered.rows("date-impossible", wrong, heading, "decision_text", example=example_of(days.form or ISO))


def _tell_unmapped(unmapped: pl.DataFrame, heading: str, gathered: Gathered) -> None:
    values = unmapped.group_by("outcome").agg(pl.len(), pl.col("row").min()).sort("row")
    told = [
        Problem("outcome-unmapped", {"value": quotable(value), "count": count}, row=row, column=heading)
        for value, count, row in values.head(MOST_TOLD).rows()
    ]
    gathered.some(told, values.height, heading)


def check_unique(rows: pl.DataFrame, columns: Columns, signs: frozenset[str], gathered: Gathered) -> None:
    """Tell case numbers that are doubled, or alike but for case or the form of their letters.

    Parameters
    ----------
    rows
        With ``row`` and ``case_id``, and ``case_number`` as the file has it.
    columns
        For the heading.
    signs
        Of the case numbers.
    gathered
        Takes the problems.
    """
    ids = rows["case_id"]
    keys = _alike_keys(ids, signs)
    if keys.hash().n_unique() == keys.len() and not keys.null_count():
        return
    keyed = rows.with_columns(keys.alias("_key")).filter(pl.col("_key").is_not_null())
    heading = columns.heading("case_number")
    doubled = keyed.filter(pl.col("_key").is_duplicated())
    content = [name for name in rows.columns if name not in {"row", "case_number"}]
    again = doubled.select(~pl.struct(content).is_first_distinct()).to_series()
    _tell_identical(doubled.filter(again), heading, gathered)
    _tell_doubled(doubled.filter(~again), heading, gathered)
    _tell_alike(doubled.unique("case_id", keep="first", maintain_order=True), heading, gathered)


def _alike_keys(ids: pl.Series, signs: frozenset[str]) -> pl.Series:
    """Return what numbers that differ only by case or the form of their letters have in common."""
    if not is_ascii(ids):
        return ids.str.normalize("NFKC").str.to_lowercase()
    # Without small letters no two numbers differ by case.
    return ids.str.to_lowercase() if "small-letter" in signs else ids


def is_ascii(texts: pl.Series) -> bool:
    """Tell whether all texts hold ASCII only."""
    return texts.str.len_bytes().sum() == texts.str.len_chars().sum()


def _tell_identical(again: pl.DataFrame, heading: str, gathered: Gathered) -> None:
    if not again.height:
        return
    values = {"count": again.height, "rows": _numbers(again)}
    gathered.add(Problem("rows-identical", values, row=again["row"][0], column=heading))
    gathered.total += again.height - 1


def _numbers(rows: pl.DataFrame) -> str:
    numbers = ", ".join(map(str, rows["row"].head(_ROWS_NAMED).to_list()))
    return f"{numbers} …" if rows.height > _ROWS_NAMED else numbers


def _tell_doubled(doubled: pl.DataFrame, heading: str, gathered: Gathered) -> None:
    first = doubled.with_columns(pl.col("row").min().over("case_id").alias("first"))
    later = first.filter(pl.col("row") != pl.col("first"))
    told = [
        Problem(
            "case-number-doubled", {"value": quotable(number), "other": str(other)}, row=row, column=heading
        )
        for row, number, other in later.select("row", "case_id", "first").head(MOST_TOLD).rows()
    ]
    gathered.some(told, later.height, heading)


def _tell_alike(distinct: pl.DataFrame, heading: str, gathered: Gathered) -> None:
    firsts = distinct.with_columns(
        pl.col("case_id").first().over("_key").alias("first"),
        pl.col("row").first().over("_key").alias("other"),
    )
    later = firsts.filter(pl.col("case_id") != pl.col("first")).select("row", "case_id", "first", "other")
    told = [
        Problem(
            "case-numbers-alike",
            {"value": quotable(number), "first": quotable(first), "other": str(other)},
            row=row,
            column=heading,
        )
        for row, number, first, other in later.head(MOST_TOLD).rows()
    ]
    gathered.some(told, later.height, heading)
