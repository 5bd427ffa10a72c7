"""A register file as a table of texts, with the row numbers that a spreadsheet shows."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

import polars as pl

from lirk.errors import Problem
from lirk.intake.guessing import heading_score

#: The headings are looked for in so many rows.
ROWS_LOOKED_AT = 60
#: So many problems of one kind are told one by one; what is more is told as a count.
MOST_TOLD = 20
#: Columns of a text file, at most: no register has so many, and each takes its time.
MOST_COLUMNS = 2_000


@dataclass(frozen=True, slots=True, kw_only=True)
class Table:
    """What a file holds, before anything is known about its meaning.

    Attributes
    ----------
    cells
        One row a record below the headings, blank ones too; every column is text, named by its position
        (``"0"``, ``"1"`` …), null or empty where a cell is empty.
    headings
        As they stand in the file, trimmed, by position.
    first_row
        The spreadsheet's number of the first row of ``cells``.
    read
        How it was read: encoding, header_row, separator, sheet, as far as this kind of file has them.
    real_dates
        Whether cells can be real dates; they stand in ``cells`` in ISO form.
    certain
        Whether the encoding is known, not weighed.
    problems, too_long
        Of single rows: fields beyond the last heading, quotes that are not closed; and how many rows are too
        long in all.
    remarks
        What looks wrong without being it.
    withheld
        Positions of columns whose content was left out because it may be about persons, each with the reason;
        they cannot be mapped.
    """

    cells: pl.DataFrame
    headings: tuple[str, ...]
    first_row: int
    read: Mapping[str, object]
    real_dates: bool = False
    certain: bool = True
    problems: tuple[Problem, ...] = ()
    too_long: int = 0
    remarks: tuple[Problem, ...] = ()
    withheld: Mapping[int, str] = field(default_factory=dict)

    @property
    def problem_count(self) -> int:
        """How many problems there are, also those that are not told one by one."""
        told = sum(1 for problem in self.problems if problem.code == "too-many-fields")
        return len(self.problems) - told + self.too_long


class NoTable(Exception):
    """The file holds no table that can be read; turned into a problem, never shown as an error."""

    def __init__(self, problem: Problem) -> None:
        super().__init__(problem.code)
        self.problem = problem


def row_of_headings(rows: Sequence[Sequence[str]], named: Iterable[str] = ()) -> tuple[int, int]:
    """Return which of the first rows holds the headings, and how many of them are known.

    The row with the most known or ``named`` headings, two at least; else the first row with two filled cells; else the
    first filled one.
    """
    scores = [heading_score(row, named) for row in rows[:ROWS_LOOKED_AT]]
    best = max(scores, default=0)
    if best > 1:
        return scores.index(best), best
    filled = [sum(1 for cell in row if cell.strip()) for row in rows[:ROWS_LOOKED_AT]]
    for enough in (2, 1):
        for position, count in enumerate(filled):
            if count >= enough:
                return position, best
    return 0, 0


def as_table_columns(frame: pl.DataFrame) -> pl.DataFrame:
    """Return a frame with its columns named by position."""
    return frame.rename(dict(zip(frame.columns, map(str, range(frame.width)), strict=True)))
