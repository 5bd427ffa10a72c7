"""What looks wrong in a register without being it, and what its reader should know."""

from collections.abc import Iterator

import polars as pl

from lirk.errors import Problem
from lirk.intake.columns import Columns
from lirk.intake.dates import Days
from lirk.intake.gathering import quotable
from lirk.intake.guessing import spelling_key
from lirk.intake.rows import Rows
from lirk.intake.signs import DIGITS, RARE
from lirk.intake.tables import Table

_MOST_SHOWN = 6
#: What stands for letters that were lost, or were UTF-8 and read as something else, before the file was made.
_LOST = ("\ufffd", "Ã¦", "Ã¸", "Ã¥")


def remarks_on_days(rows: pl.DataFrame, days: Days, heading: str) -> Iterator[Problem]:
    """Show how a date was read where its day and month could be the other way round, or are."""
    american = days.form is not None and days.form.startswith("%m")
    if days.instead is None and not american:
        return
    day = pl.col("decision_date")
    shown = rows.filter(day.dt.day() != day.dt.month())
    if shown.height:
        values = {"value": quotable(shown["decision_text"][0]), "day": shown["decision_date"][0]}
        code = "date-order-assumed" if days.instead else "date-order-american"
        yield Problem(code, values, row=shown["row"][0], column=heading)


def remarks_on_numbers(rows: pl.DataFrame, signs: frozenset[str], heading: str) -> Iterator[Problem]:
    """Find case numbers that a spreadsheet may have damaged."""
    numbers = pl.col("case_number")
    for sign in ("power", "date"):
        damaged = rows.filter(numbers.str.contains(RARE[sign])) if sign in signs else rows.clear()
        if damaged.height:
            values = {"value": quotable(damaged["case_number"][0]), "count": damaged.height}
            yield Problem(f"number-as-{sign}", values, row=damaged["row"][0], column=heading)
    if "digits" in signs:
        digits = rows.filter(numbers.str.contains(DIGITS))
        lengths = digits["case_number"].str.len_bytes().unique().sort()
        if lengths.len() > 1:
            values = {"shortest": lengths[0], "longest": lengths[-1]}
            yield Problem("numbers-of-mixed-length", values, column=heading)


def remarks_on_centres(centres: tuple[str, ...], heading: str) -> Iterator[Problem]:
    """Find names of centres that may be two spellings of one."""
    alike: dict[str, list[str]] = {}
    for centre in centres:
        alike.setdefault(spelling_key(centre), []).append(f"»{quotable(centre)}«")
    for names in alike.values():
        if len(names) > 1:
            yield Problem("centres-alike", {"names": tuple(names)}, column=heading)


def remarks_on_letters(table: Table, read: Rows, columns: Columns) -> Iterator[Problem]:
    """Show what became of æ, ø and å where the encoding was weighed, and letters that were lost before."""
    if not table.certain:
        shown = [f"»{quotable(heading)}«" for heading in columns.headings if not heading.isascii()]
        shown += [
            f"»{quotable(text)}« ({_first_row(read, name, text)})"
            for name, text in _names(read)
            if not text.isascii()
        ][: _MOST_SHOWN - len(shown[:_MOST_SHOWN])]
        values = {"encoding": table.read["encoding"], "examples": tuple(shown[:_MOST_SHOWN]) or ("–",)}
        yield Problem("encoding-weighed", values)
    for name, text in _names(read):
        if any(sign in text for sign in _LOST):
            yield Problem("letters-lost", {"value": quotable(text)}, row=_first_row(read, name, text))
            return


def _names(read: Rows) -> Iterator[tuple[str, str]]:
    for name in ("centre", "outcome", "unit", "case_type"):
        yield from ((name, text) for text in read.distinct.get(name, ()))


def _first_row(read: Rows, name: str, text: str) -> int:
    row: int = read.frame.filter(pl.col(name) == text)["row"][0]
    return row
