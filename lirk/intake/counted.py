"""A register that stays where it lives: which columns are ours, and what strata its counted values make.

The rules are those of a register from a file, used on each combination of values instead of each row. What
needs the rows themselves is refused by name.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass, replace
from datetime import date, timedelta

import polars as pl

from lirk.domain.reports import Exclusion
from lirk.errors import Problem, ProblemsFound
from lirk.intake.checks import check_no_cpr
from lirk.intake.columns import Columns, find_columns
from lirk.intake.filters import CASES, decisions_only, kept_rows
from lirk.intake.gathering import Gathered, quotable
from lirk.intake.mapping import KEEP_KEYS, RegisterMapping, understand
from lirk.intake.rows import Rows, clean, rows_of
from lirk.intake.tables import Table
from sampling.engines.sql import Found
from sampling.frame import MISSING

#: Keys that need every row: case numbers put together or looked at beside their whole row.
_NEED_ROWS = ("local_case_numbers", "identical_rows_once")
#: Filters, and the columns whose values they ask for.
_FILTERED = {"case_types": "case_type", "kle_numbers": "kle_number", "facets": "facet"}


@dataclass(frozen=True, slots=True, kw_only=True)
class ChosenColumns:
    """The columns of a table that a draw uses.

    Attributes
    ----------
    case_number
        The heading of the case numbers.
    values
        Our columns whose values are counted, with their headings: the centre, the outcome where there is one,
        and what filters ask for.
    day
        The heading of the decision's day where the mapping keeps a period, else None.
    used
        All of ours that were found, with their headings, for the mapping in a certificate.
    mapping
        The mapping, understood.
    read
        How to read a file, as the mapping gives it: kept for who repeats the draw from one.
    remarks
        What the reader should know.
    """

    case_number: str
    values: Mapping[str, str]
    day: str | None
    used: Mapping[str, str]
    mapping: RegisterMapping
    read: Mapping[str, object]
    remarks: tuple[Problem, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Counted:
    """What the counted values of a register make.

    Attributes
    ----------
    named
        The stratum of each combination of values, None where a rule leaves its rows out.
    strata
        The strata of every centre, also those without cases.
    rows, excluded
        Rows of the table, and what rules left out of them.
    mapping
        The mapping as it was used, guesses included, fit for a certificate.
    remarks
        What the reader should know.
    """

    named: Mapping[tuple[str, ...], str | None]
    strata: tuple[str, ...]
    rows: int
    excluded: tuple[Exclusion, ...]
    mapping: dict[str, object]
    remarks: tuple[Problem, ...]


def choose_columns(headings: Sequence[str], mapping: Mapping[str, object] | None) -> ChosenColumns:
    """Return which columns of a table are used; what the mapping leaves out is guessed.

    Raises
    ------
    ProblemsFound
        If a column is not there, or the mapping asks for what only a file can be asked for.
    """
    understood, problems = understand(mapping)
    gathered = Gathered(problems)
    keep = understood.keep
    for key in _NEED_ROWS:
        if getattr(keep, key):
            gathered.add(Problem("mapping-needs-file", {"key": key}, item=f"[keep] {key}"))
    columns = find_columns(tuple(headings), understood.columns, gathered)
    period = keep.first is not None or keep.last is not None
    told = [problem for problem in gathered.problems if period or problem.code != "no-decision-date-column"]
    if told:
        raise ProblemsFound(told)
    used = {name: columns.heading(name) for name in columns.positions}
    given = (mapping or {}).get("read")
    read = dict(given) if isinstance(given, Mapping) else {}
    asked = ["centre", "outcome", "decision_flag"]
    asked += [column for name, column in _FILTERED.items() if getattr(keep, name) is not None]
    return ChosenColumns(
        case_number=used["case_number"],
        values={name: used[name] for name in asked if name in used},
        day=used["decision_date"] if period else None,
        used=used,
        mapping=understood,
        read=read,
        remarks=(Problem("read-is-for-files", {"keys": tuple(read)}, item="[read]"),) if read else (),
    )


def counted(found: Sequence[Found], chosen: ChosenColumns, strata: Sequence[str]) -> Counted:
    """Return what strata the values of a table make, by the rules of a register from a file.

    Parameters
    ----------
    found
        The combinations of ``chosen.values``, with how many rows have them, and whether in the period.
    chosen
        As :func:`choose_columns`.
    strata
        The plan's: the centre, or the centre and the outcome group.

    Rows without a number and any of these values are blank, and left out as such.

    Raises
    ------
    ProblemsFound
        With everything that is wrong in the values.
    """
    gathered, keep, every_row = Gathered(), chosen.mapping.keep, sum(part.count for part in found)
    blank = [part for part in found if not part.numbered and not any(part.values)]
    found = [part for part in found if part not in blank]
    if odd := sum(part.count for part in found if part.inside is None):
        gathered.add(Problem("days-not-readable", {"count": odd}, column=quotable(chosen.day or "")))
    read, columns = _rows(found, chosen)
    check_no_cpr(read, columns, gathered)
    counts = pl.DataFrame(
        {
            CASES: [part.count for part in found],
            "decision_date": [_day(part.inside, keep.first, keep.last) for part in found],
        },
        schema={CASES: pl.Int64, "decision_date": pl.Date},
    ).with_row_index("row")
    every = read.frame.join(counts if chosen.day else counts.drop("decision_date"), on="row")
    rows, excluded = decisions_only(every, columns, gathered)
    centres = _centres(rows, keep.centres)
    rows, filtered = kept_rows(rows, keep, gathered)
    gathered.problems.extend(_missing(rows, columns, strata))
    if gathered.problems:
        raise ProblemsFound(map(_without_row, gathered.problems))
    names = dict(zip(rows["row"].to_list(), _names(rows, strata), strict=True))
    named: dict[tuple[str, ...], str | None] = dict.fromkeys(part.values for part in (*blank, *found))
    named.update({found[row].values: name for row, name in names.items()})
    return Counted(
        named=named,
        strata=tuple(centres) if len(strata) == 1 else _by_group(centres),
        rows=every_row,
        excluded=(*_blank(blank), *excluded, *filtered),
        mapping=_effective(chosen, read),
        remarks=(*chosen.remarks, *map(_without_row, gathered.remarks)),
    )


def _rows(found: Sequence[Found], chosen: ChosenColumns) -> tuple[Rows, Columns]:
    """Return the combinations as rows of a file, cleaned as those are; a number makes each of them a case."""
    names = list(chosen.values)
    cells = {"0": [f"nr {row}" for row, _ in enumerate(found)]}
    for place, _ in enumerate(names):
        cells[str(place + 1)] = [part.values[place] for part in found]
    table = Table(
        cells=pl.DataFrame(cells, schema=dict.fromkeys(cells, pl.String)),
        headings=(chosen.case_number, *chosen.values.values()),
        first_row=0,
        read={},
    )
    columns = Columns(dict(zip(["case_number", *names], range(len(cells)), strict=True)), table.headings)
    return rows_of(table, columns, chosen.mapping), columns


def _blank(parts: Sequence[Found]) -> Iterator[Exclusion]:
    if parts:
        yield Exclusion(reason="blank-row", value="", count=sum(part.count for part in parts))


def _day(inside: bool | None, first: date | None, last: date | None) -> date | None:
    """Return a day inside the period, or one outside of it: the filter asks for no more."""
    if inside is None:
        return None
    if first is not None:
        return first if inside else first - timedelta(days=1)
    if last is not None:
        return last if inside else last + timedelta(days=1)
    return None


def _centres(rows: pl.DataFrame, kept: Sequence[str] | None) -> list[str]:
    names = None if kept is None else {clean(name) for name in kept}
    found = rows["centre"].drop_nulls().unique().to_list()
    return sorted(name for name in found if names is None or name in names)


def _missing(rows: pl.DataFrame, columns: Columns, strata: Sequence[str]) -> Iterator[Problem]:
    """Yield what every case must have and some have not: a centre, and an outcome with a meaning."""
    if "outcome_group" in strata and "outcome" not in columns.positions:
        yield Problem("frame-column-missing", {"column": "outcome_group"}, item="strata")
    for name in ("centre", "outcome"):
        if name in rows.columns and (empty := rows.filter(pl.col(name).is_null())[CASES].sum()):
            values = {"stratum": MISSING, "count": empty}
            yield Problem("frame-stratum-missing", values, column=columns.heading(name))
    if "outcome" in rows.columns:
        unmapped = rows.filter(pl.col("outcome").is_not_null() & pl.col("outcome_code").is_null())
        for value, count in unmapped.group_by("outcome").agg(pl.col(CASES).sum()).sort("outcome").rows():
            values = {"value": quotable(value), "count": count}
            yield Problem("outcome-unmapped", values, column=columns.heading("outcome"))


def _names(rows: pl.DataFrame, strata: Sequence[str]) -> list[str]:
    if len(strata) == 1:
        return rows["centre"].to_list()
    full = pl.col("outcome_code") == "full-grant"
    group = pl.when(full).then(pl.lit("full-grant")).otherwise(pl.lit("not-full-grant"))
    return rows.select(pl.concat_str("centre", group, separator="/")).to_series().to_list()


def _by_group(centres: Sequence[str]) -> tuple[str, ...]:
    return tuple(f"{centre}/{group}" for centre in centres for group in ("full-grant", "not-full-grant"))


def _effective(chosen: ChosenColumns, read: Rows) -> dict[str, object]:
    mapping = chosen.mapping
    effective: dict[str, object] = {"read": dict(chosen.read), "columns": dict(chosen.used)}
    if "outcome" in chosen.values:
        decided = {value: code for value, code in read.outcomes.items() if code}
        effective["outcome"] = dict(sorted({**(mapping.outcome or {}), **decided}.items()))
    if mapping.centre:
        effective["centre"] = dict(mapping.centre)
    kept = {KEEP_KEYS.get(name, name): value for name, value in asdict(mapping.keep).items()}
    effective["keep"] = {name: _plain(value) for name, value in kept.items() if value is not None}
    return effective


def _plain(value: object) -> object:
    if isinstance(value, date):
        return value.isoformat()
    return list(value) if isinstance(value, tuple) else value


def _without_row(problem: Problem) -> Problem:
    """Return a problem without its row: here a row is a combination of values."""
    if problem.code == "period-leaves-nothing":
        return Problem("filter-leaves-nothing", item=problem.item)
    if problem.code == "cpr-in-column":
        return Problem("cpr-in-table", column=problem.column)
    return replace(problem, row=None)
