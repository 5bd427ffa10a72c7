"""A case register, from a file to a frame that a sample can be drawn from.

The file is read once. What is wrong in it is gathered and told at once; then nothing of it is kept.
"""

from collections.abc import Iterator, Mapping
from dataclasses import asdict, dataclass
from datetime import date
from pathlib import Path

import polars as pl

from lirk.domain.cpr import looks_like_cpr
from lirk.domain.reports import Exclusion
from lirk.errors import Problem, ProblemsFound
from lirk.intake.checks import check_days, check_no_cpr, check_unique, check_values, is_ascii
from lirk.intake.columns import Columns, find_columns
from lirk.intake.dates import Days, read_days
from lirk.intake.filters import decisions_only, kept_rows, once
from lirk.intake.gathering import Gathered
from lirk.intake.mapping import (
    KEEP_KEYS,
    REQUIRED,
    Keep,
    RegisterMapping,
    mapping_text,
    plain,
    read_mapping,
    understand,
)
from lirk.intake.opening import FileUnreadable
from lirk.intake.register_files import read_table
from lirk.intake.remarks import (
    remarks_on_centres,
    remarks_on_days,
    remarks_on_letters,
    remarks_on_numbers,
)
from lirk.intake.rows import Rows, clean, rows_of, trimmed
from lirk.intake.tables import NoTable, Table

__all__ = [
    "Examination",
    "FileUnreadable",
    "Register",
    "examine",
    "examine_table",
    "mapping_text",
    "read_mapping",
    "read_register",
]

#: A column with more unknown outcomes than this is hardly one of outcomes; a mapping need not list them all.
_MOST_UNDECIDED = 100


@dataclass(frozen=True, slots=True, kw_only=True)
class Register:
    """A register that holds no problems.

    Attributes
    ----------
    frame
        One row a case, in the order of the file: ``case_id`` (str, unique; trimmed, NFC, with
        ``local_case_numbers`` as ``centre/number``), ``centre`` (str), ``decision_date`` (Date); where the
        outcome is mapped ``outcome`` (str, our code) and ``outcome_group`` (``full-grant`` or
        ``not-full-grant``); then every other mapped column as text, null where empty.
    source
        The file's name, without its folder.
    rows
        Data rows in the file: below the headings, blank ones included.
    excluded
        What each rule left out, in the order of the rules; ``rows`` less all counts is the frame's height.
        Reasons: blank-row, total-row, not-a-decision, decision-flag-no, outside-period, outcome-not-kept,
        case-type-not-kept, kle-number-not-kept, facet-not-kept, centre-not-kept, identical-row.
    centres
        All centres that the file names at decisions, sorted bytewise, also those that lose all their cases to
        a filter; not those that ``[keep] centres`` leaves out.
    mapping
        The whole mapping as it was used, guesses included, fit for JSON; read again it gives the same result.
    remarks
        What looks wrong without being it, and what the reader should know.
    dropped
        The headings that were not used.
    """

    frame: pl.DataFrame
    source: str
    rows: int
    excluded: tuple[Exclusion, ...]
    centres: tuple[str, ...]
    mapping: dict[str, object]
    remarks: tuple[Problem, ...]
    dropped: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Examination:
    """What reading a register came to: the register, or all its problems.

    ``mapping`` is there in both cases, as complete as it could be made; ``total`` counts all problems, also
    those that are not told one by one.
    """

    register: Register | None
    mapping: dict[str, object]
    problems: tuple[Problem, ...]
    total: int

    @property
    def error(self) -> ProblemsFound:
        """The error that tells the problems; it counts them all."""
        error = ProblemsFound(self.problems)
        error.values = {"count": self.total}
        return error


def read_register(path: Path, mapping: Mapping[str, object] | None = None) -> Register:
    """Return the register in a CSV, XLSX or Parquet file.

    Parameters
    ----------
    path
        The file.
    mapping
        As ``read_mapping`` gives it; what it leaves out is guessed.

    Raises
    ------
    FileUnreadable
        If the system does not hand the file out.
    ProblemsFound
        With everything that is wrong in the file and the mapping. Of each kind of problem the first 20 rows
        are told, then how many more there are; the error counts them all.
    """
    examination = examine(path, mapping)
    if examination.register is None:
        raise examination.error
    return examination.register


def examine(path: Path, mapping: Mapping[str, object] | None = None) -> Examination:
    """Return what is in a register file, problems included; parameters as for ``read_register``.

    Raises
    ------
    FileUnreadable
        If the system does not hand the file out.
    """
    understood, problems = understand(mapping)
    gathered = Gathered(problems)
    try:
        table = read_table(path, understood.read)
    except NoTable as found:
        gathered.add(found.problem)
        return _examination(None, plain(mapping or {}), gathered)
    return _examined(path.name, table, understood, gathered)


def examine_table(source: str, table: Table, mapping: Mapping[str, object] | None = None) -> Examination:
    """Return what is in a table that was read already, problems included.

    Parameters
    ----------
    source
        The name of the file that it was read from.
    table
        As ``lirk.intake.register_files`` reads it.
    mapping
        As for ``read_register``; how to read the file is settled by ``table``, but for the form of its dates.
    """
    understood, problems = understand(mapping)
    return _examined(source, table, understood, Gathered(problems))


@dataclass(frozen=True, slots=True)
class _Reading:
    """A file read: the table, which of its columns are ours, their rows, and the days of the decisions."""

    table: Table
    columns: Columns
    read: Rows
    days: Days


def _examined(source: str, table: Table, mapping: RegisterMapping, gathered: Gathered) -> Examination:
    """Use the rules in their order, then check what they leave."""
    gathered.some(table.problems, table.problem_count)
    columns = find_columns(table.headings, mapping.columns, gathered, withheld=table.withheld)
    read = rows_of(table, columns, mapping)
    if not read.frame.height:
        gathered.add(Problem("no-rows"))
    check_no_cpr(read, columns, gathered)
    rows, undecided = decisions_only(read.frame, columns, gathered)
    centres = _centres(read, rows, mapping.keep)
    rows, days = _with_days(rows, mapping, real_dates=table.real_dates)
    rows, excluded = kept_rows(rows, mapping.keep, gathered)
    rows = _with_case_ids(rows, local=mapping.keep.local_case_numbers)
    rows, repeated = once(rows) if mapping.keep.identical_rows_once else (rows, [])
    _check(rows, read.signs, columns, days, gathered)
    reading = _Reading(table, columns, read, days)
    effective = _effective(reading, mapping)
    if gathered.problems:
        return _examination(None, effective, gathered)
    register = Register(
        frame=_frame(rows, columns),
        source=source,
        rows=table.cells.height,
        excluded=(*_left_out_first(read), *undecided, *excluded, *repeated),
        centres=centres,
        mapping=effective,
        remarks=(*gathered.remarks, *_remarks(reading, rows, centres)),
        dropped=columns.dropped,
    )
    return _examination(register, effective, gathered)


def _examination(register: Register | None, mapping: dict[str, object], gathered: Gathered) -> Examination:
    return Examination(
        register=register,
        mapping=mapping,
        problems=tuple(gathered.problems),
        total=gathered.total,
    )


def _left_out_first(read: Rows) -> Iterator[Exclusion]:
    for reason, count in (("blank-row", read.blank), ("total-row", read.totals)):
        if count:
            yield Exclusion(reason=reason, value="", count=count)


def _centres(read: Rows, rows: pl.DataFrame, keep: Keep) -> tuple[str, ...]:
    if "centre" not in rows.columns:
        return ()
    kept = None if keep.centres is None else {clean(name) for name in keep.centres}
    all_left = rows.height == read.frame.height
    names = read.distinct["centre"] if all_left else rows["centre"].unique().to_list()
    return tuple(sorted(name for name in names if name is not None and (kept is None or name in kept)))


def _with_days(
    rows: pl.DataFrame, mapping: RegisterMapping, *, real_dates: bool
) -> tuple[pl.DataFrame, Days]:
    """Keep the date's text beside the day, to tell it where it is none."""
    if "decision_date" not in rows.columns:
        return rows, Days(pl.Series(dtype=pl.Date), None)
    texts = rows["decision_date"]
    days = read_days(texts, mapping.read.date_format, real_dates=real_dates)
    if days.days.null_count() > texts.null_count():
        texts = rows.select(trimmed("decision_date"))["decision_date"]
        days = read_days(texts, mapping.read.date_format, real_dates=real_dates)
    return rows.with_columns(texts.alias("decision_text"), days.days.alias("decision_date")), days


def _with_case_ids(rows: pl.DataFrame, *, local: bool) -> pl.DataFrame:
    if "case_number" not in rows.columns:
        return rows
    number = pl.col("case_number")
    if not is_ascii(rows["case_number"]):
        number = number.str.normalize("NFC")
    if local and "centre" in rows.columns:
        number = pl.concat_str("centre", number, separator="/")
    return rows.with_columns(number.alias("case_id"))


def _check(
    rows: pl.DataFrame, signs: frozenset[str], columns: Columns, days: Days, gathered: Gathered
) -> None:
    check_values(rows, columns, signs, gathered)
    if "decision_date" in columns.positions:
        check_days(rows, days, columns.heading("decision_date"), gathered)
    if "case_id" in rows.columns:
        check_unique(rows, columns, signs, gathered)


def _frame(rows: pl.DataFrame, columns: Columns) -> pl.DataFrame:
    others = [name for name in columns.positions if name not in (*REQUIRED, "outcome")]
    outcome = []
    if "outcome_code" in rows.columns:
        full = pl.col("outcome_code") == "full-grant"
        group = pl.when(full).then(pl.lit("full-grant")).otherwise(pl.lit("not-full-grant"))
        outcome = [pl.col("outcome_code").alias("outcome"), group.alias("outcome_group")]
    return rows.select("case_id", "centre", "decision_date", *outcome, *others)


def _remarks(reading: _Reading, rows: pl.DataFrame, centres: tuple[str, ...]) -> Iterator[Problem]:
    columns = reading.columns
    yield from reading.table.remarks
    yield from remarks_on_letters(reading.table, reading.read, columns)
    yield from remarks_on_days(rows, reading.days, columns.heading("decision_date"))
    yield from remarks_on_numbers(rows, reading.read.signs, columns.heading("case_number"))
    yield from remarks_on_centres(centres, columns.heading("centre"))
    if columns.dropped:
        yield Problem("columns-dropped", {"columns": tuple(f"»{heading}«" for heading in columns.dropped)})


def _effective(reading: _Reading, mapping: RegisterMapping) -> dict[str, object]:
    """Return the mapping as it was used; what could not be found or decided stands in it as an empty text."""
    table, columns, read, days = reading.table, reading.columns, reading.read, reading.days
    form = mapping.read.date_format or days.form
    missing = {name: "" for name in REQUIRED if name not in columns.positions}
    used = {name: columns.headings[position] for name, position in columns.positions.items()}
    effective: dict[str, object] = {
        "read": {**table.read, **({"date_format": form} if form else {})},
        "columns": missing | used,
    }
    if "outcome" in columns.positions:
        effective["outcome"] = {**(mapping.outcome or {}), **_outcomes_to_decide(read)}
    if mapping.centre:
        effective["centre"] = dict(mapping.centre)
    effective["keep"] = _keep_as_given(mapping.keep)
    return effective


def _outcomes_to_decide(read: Rows) -> dict[str, str]:
    """Return the file's outcomes for a mapping: all that have a code, and the first that have none."""
    undecided = [value for value, code in read.outcomes.items() if not code and not looks_like_cpr(value)]
    decided = {value: code for value, code in read.outcomes.items() if code}
    return dict(sorted((decided | dict.fromkeys(undecided[:_MOST_UNDECIDED], "")).items()))


def _keep_as_given(keep: Keep) -> dict[str, object]:
    given: dict[str, object] = {}
    for name, value in asdict(keep).items():
        name = KEEP_KEYS.get(name, name)
        if isinstance(value, tuple):
            given[name] = list(value)
        elif value is not None:
            given[name] = value.isoformat() if isinstance(value, date) else value
    return given
