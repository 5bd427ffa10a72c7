"""The rules that leave rows of a register out, in their fixed order, each with its count."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

import polars as pl

from lirk.domain.reports import Exclusion
from lirk.errors import Problem
from lirk.intake.columns import Columns
from lirk.intake.gathering import Gathered, quotable
from lirk.intake.mapping import Keep
from lirk.intake.rows import clean

_LISTS = (
    ("outcomes", "outcome_code", "outcome-not-kept"),
    ("case_types", "case_type", "case-type-not-kept"),
    ("kle_numbers", "kle_number", "kle-number-not-kept"),
    ("facets", "facet", "facet-not-kept"),
    ("centres", "centre", "centre-not-kept"),
)
#: The column that says how many cases a row stands for, where a database counted them; no mapping can name it.
CASES = "(cases)"
_NO = ("nej", "n", "no", "false", "falsk", "0")
_YES = ("ja", "j", "yes", "y", "true", "sand", "1", "x")


@dataclass(frozen=True, slots=True)
class _Rule:
    """``outside`` is true of the rows to leave out; they are counted by a column, or under one value."""

    name: str
    reason: str
    outside: pl.Expr
    by: str | None = None
    value: str = ""


def decisions_only(
    rows: pl.DataFrame, columns: Columns, gathered: Gathered
) -> tuple[pl.DataFrame, list[Exclusion]]:
    """Leave out rows that hold no decision: outcomes that say so, then a decision flag that says no."""
    before = rows.height
    excluded: list[Exclusion] = []
    if "outcome_code" in rows.columns:
        said = pl.col("outcome_code") == "not-a-decision"
        rows, excluded = _without(rows, _Rule("", "not-a-decision", said, by="outcome"))
    if "decision_flag" in rows.columns:
        flag = pl.col("decision_flag").str.to_lowercase()
        unknown = rows.filter(flag.is_not_null() & ~flag.is_in([*_YES, *_NO]))
        gathered.rows("flag-unknown", unknown, columns.heading("decision_flag"), "decision_flag")
        no = flag.is_in(_NO) | flag.is_null()
        rows, more = _without(rows, _Rule("", "decision-flag-no", no, by="decision_flag"))
        excluded += more
    if before and not rows.height:
        gathered.add(Problem("no-decisions"))
    return rows, excluded


def kept_rows(rows: pl.DataFrame, keep: Keep, gathered: Gathered) -> tuple[pl.DataFrame, list[Exclusion]]:
    """Use the filters of ``[keep]``; a row whose value is missing or unknown stays, to be told later.

    Parameters
    ----------
    rows
        ``row``, ``decision_date`` (Date) and our other columns, as ``rows_of`` gives them.
    keep
        The filters.
    gathered
        Takes the problem of a filter that leaves nothing, or lacks its column.
    """
    excluded: list[Exclusion] = []
    for rule in _rules(rows, keep, gathered):
        left, gone = _without(rows, rule)
        if rows.height and not left.height:
            gathered.add(_nothing_left(rule, rows))
        excluded += gone
        rows = left
    return rows, excluded


def once(rows: pl.DataFrame) -> tuple[pl.DataFrame, list[Exclusion]]:
    """Keep the first of rows that are alike in every column that is used."""
    left = rows.unique([name for name in rows.columns if name != "row"], keep="first", maintain_order=True)
    gone = rows.height - left.height
    return left, [Exclusion(reason="identical-row", value="", count=gone)] if gone else []


def _rules(rows: pl.DataFrame, keep: Keep, gathered: Gathered) -> Iterator[_Rule]:
    """Give each filter that is in use and can be."""
    if (keep.first or keep.last) and "decision_date" in rows.columns:
        day = pl.col("decision_date")
        ends = [*([day < keep.first] if keep.first else []), *([day > keep.last] if keep.last else [])]
        period = f"{keep.first or '..'}/{keep.last or '..'}"
        yield _Rule("from, to", "outside-period", pl.any_horizontal(ends), value=period)
    for name, column, reason in _LISTS:
        kept: tuple[str, ...] | None = getattr(keep, name)
        if kept is None:
            continue
        if column in rows.columns:
            _tell_unused(rows, name, column, kept, gathered)
            by = column if name in {"outcomes", "centres"} else None
            yield _Rule(name, reason, ~_inside(column, kept), by=by, value=", ".join(kept))
        else:
            missing = {"name": column.removesuffix("_code")}
            gathered.add(Problem("keep-needs-column", missing, item=f"[keep] {name}"))


def _inside(column: str, kept: Iterable[str]) -> pl.Expr:
    if column == "kle_number":
        below = [pl.col(column).str.starts_with(f"{number}.") for number in kept]
        return pl.any_horizontal(pl.col(column).is_in(list(kept)), *below)
    return pl.col(column).is_in([clean(value) for value in kept])


def _tell_unused(rows: pl.DataFrame, name: str, column: str, kept: Iterable[str], gathered: Gathered) -> None:
    for value in kept:
        if rows.height and not rows.select(_inside(column, [value]).any()).item():
            gathered.remarks.append(Problem("keep-value-unused", {"value": value}, item=f"[keep] {name}"))


def _nothing_left(rule: _Rule, rows: pl.DataFrame) -> Problem:
    if rule.reason != "outside-period":
        return Problem("filter-leaves-nothing", item=f"[keep] {rule.name}")
    days = rows["decision_date"]
    values = {"earliest": days.min(), "latest": days.max()}
    return Problem("period-leaves-nothing", values, item="[keep] from, to")


def _without(rows: pl.DataFrame, rule: _Rule) -> tuple[pl.DataFrame, list[Exclusion]]:
    gone = rows.filter(rule.outside)
    if not gone.height:
        return rows, []
    left = rows.filter(~rule.outside.fill_null(value=False))
    number = pl.col(CASES).sum() if CASES in gone.columns else pl.len()
    if rule.by is None:
        return left, [Exclusion(reason=rule.reason, value=rule.value, count=gone.select(number).item())]
    counts = gone.group_by(pl.col(rule.by).fill_null("")).agg(number).sort(rule.by)
    return left, [
        Exclusion(reason=rule.reason, value=quotable(name), count=count) for name, count in counts.rows()
    ]
