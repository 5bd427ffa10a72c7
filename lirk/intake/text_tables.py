"""Tables in text files: CSV with any separator and line end.

Polars reads them. What it cannot be trusted with (a quote inside a field, a row with too many fields) is
first written out anew by the ``csv`` module, which also tells the row.
"""

import csv
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from io import StringIO
from typing import TYPE_CHECKING

import numpy as np
import polars as pl
from polars.exceptions import PolarsError

from lirk.errors import Problem
from lirk.intake.decoding import Undecodable, decode, may_be_plain_utf8
from lirk.intake.mapping import ReadSettings
from lirk.intake.tables import (
    MOST_COLUMNS,
    MOST_TOLD,
    ROWS_LOOKED_AT,
    NoTable,
    Table,
    as_table_columns,
    row_of_headings,
)

if TYPE_CHECKING:
    from _csv import Reader

_SEPARATORS = (";", ",", "\t", "|")
_HEAD = 1 << 18
_QUOTE = ord('"')


@dataclass(frozen=True, slots=True)
class _Head:
    """The first rows, and how many lines of the file stand above each."""

    rows: list[list[str]]
    lines_above: list[int]


@dataclass(frozen=True, slots=True)
class _Layout:
    """Where a table stands in a text: ``header`` counts rows from 0, ``above`` the lines over the headings."""

    separator: str
    header: int
    above: int
    headings: tuple[str, ...]


@dataclass(slots=True)
class _Rewritten:
    """A file written out anew, and what was wrong in it."""

    data: bytes = b""
    problems: list[Problem] = field(default_factory=list)
    too_long: int = 0


def read_text_table(raw: bytes, settings: ReadSettings) -> Table:
    """Return the table in a text file.

    Parameters
    ----------
    raw
        The whole file.
    settings
        Encoding, separator and header row, where they are not to be guessed.

    Raises
    ------
    NoTable
        If it is no text, cannot be decoded, or holds no rows.
    """
    if not raw or raw.isspace():
        raise NoTable(Problem("no-rows"))
    return _quickly(raw, settings) or _carefully(raw, settings)


def _quickly(raw: bytes, settings: ReadSettings) -> Table | None:
    """Return the table of a file in good order: UTF-8, rows that end in LF, quotes around whole fields."""
    if not may_be_plain_utf8(raw, settings.encoding, _HEAD) or _with_newlines(raw) is not raw:
        return None
    layout = _layout(raw, settings)
    if not _well_quoted(raw, layout.separator):
        return None
    try:
        cells = _polars(raw, layout.separator, layout.above)
    except PolarsError:
        return None  # not UTF-8 after all, or a row with too many fields
    return _table(cells, layout, "utf-8") if cells.width == len(layout.headings) else None


def _carefully(raw: bytes, settings: ReadSettings) -> Table:
    try:
        decoded = decode(raw, settings.encoding)
    except Undecodable as found:
        raise NoTable(found.problem) from None
    data = _with_newlines(decoded.data)
    layout = _layout(data, settings)
    cells, rewritten = _cells(data, layout)
    table = _table(cells, layout, decoded.encoding)
    return replace(
        table,
        certain=decoded.certain,
        problems=tuple(rewritten.problems),
        too_long=rewritten.too_long,
    )


def _table(cells: pl.DataFrame, layout: _Layout, encoding: str) -> Table:
    return Table(
        cells=cells,
        headings=layout.headings,
        first_row=layout.header + 2,
        read={"encoding": encoding, "header_row": layout.header + 1, "separator": layout.separator},
    )


def _with_newlines(data: bytes) -> bytes:
    """Return the text with LF at the end of each row where it was a single CR."""
    if b"\r" not in data or b"\r\n" in data:
        return data
    return data.replace(b"\r", b"\n") if data.count(b"\r") > data.count(b"\n") else data


def _layout(data: bytes, settings: ReadSettings) -> _Layout:
    separators = (settings.separator,) if settings.separator else _SEPARATORS
    enough = max(ROWS_LOOKED_AT, settings.header_row or 0)
    heads = {separator: _head(data, separator, enough) for separator in separators}
    if settings.header_row is not None:
        heads = {
            separator: head for separator, head in heads.items() if len(head.rows) >= settings.header_row
        }
        if not heads:
            raise NoTable(Problem("header-row-missing", {"row": str(settings.header_row)}))
    found = {separator: _header(head, settings) for separator, head in heads.items()}
    separator = max(found, key=lambda one: (found[one][1], len(heads[one].rows[found[one][0]])))
    header = found[separator][0]
    headings = tuple(cell.strip() for cell in heads[separator].rows[header])
    if len(headings) > MOST_COLUMNS:
        raise NoTable(Problem("too-many-columns", {"most": MOST_COLUMNS}))
    return _Layout(separator, header, heads[separator].lines_above[header], headings)


def _header(head: _Head, settings: ReadSettings) -> tuple[int, int]:
    row = settings.header_row
    if row is None:
        return row_of_headings(head.rows, settings.headings)
    return row - 1, row_of_headings(head.rows[row - 1 : row], settings.headings)[1]


def _head(data: bytes, separator: str, enough: int) -> _Head:
    reader = _reader(data[: _HEAD if enough <= ROWS_LOOKED_AT else None], separator)
    head = _Head([], [])
    above = 0
    try:
        for row in reader:
            head.rows.append(row)
            head.lines_above.append(above)
            above = reader.line_num
            if len(head.rows) == enough:
                break
    except csv.Error:
        pass  # a quote that is never closed: told when all rows are read
    return head if head.rows else _Head([[""]], [0])


def _cells(data: bytes, layout: _Layout) -> tuple[pl.DataFrame, _Rewritten]:
    width = len(layout.headings)
    if _well_quoted(data, layout.separator):
        try:
            cells = _polars(data, layout.separator, layout.above)
        except PolarsError:
            cells = None  # a row with too many fields: found below, with its number
        if cells is not None and cells.width == width:
            return cells, _Rewritten()
    rewritten = _rewrite(data, layout.separator, width, layout.header)
    return _polars(rewritten.data, layout.separator, 0), rewritten


def _polars(data: bytes, separator: str, above: int) -> pl.DataFrame:
    frame = pl.read_csv(data, separator=separator, skip_lines=above, infer_schema=False)
    return as_table_columns(frame)


def _reader(data: bytes, separator: str, *, strict: bool = False) -> "Reader":
    # A CR inside a line is no row end here, but the csv module takes it for a broken one.
    text = data.decode(errors="ignore").replace("\r\n", "\n").replace("\r", " ")
    return csv.reader(StringIO(text, newline="\n"), delimiter=separator, strict=strict)


def _well_quoted(data: bytes, separator: str) -> bool:
    """Tell whether each quote opens a whole field, closes one, or is doubled inside one."""
    if b'"' not in data:
        return True
    octets = np.frombuffer(data, np.uint8)
    quotes = np.flatnonzero(octets == _QUOTE)
    if quotes.size % 2:
        return False
    edges = np.array([_QUOTE, ord(separator), 10, 13], np.uint8)
    opening, closing = quotes[0::2], quotes[1::2]
    before, after = octets[opening[opening > 0] - 1], octets[closing[closing < octets.size - 1] + 1]
    return bool(np.isin(before, edges).all() and np.isin(after, edges).all())


def _rewrite(data: bytes, separator: str, width: int, header: int) -> _Rewritten:
    """Write headings and rows out anew, fields beyond the last heading left out and told."""
    out = StringIO(newline="")
    writer = csv.writer(out, delimiter=separator, lineterminator="\n")
    result = _Rewritten()
    for number, row in _numbered(data, separator, result):
        if number <= header:
            continue
        if any(cell.strip() for cell in row[width:]):
            result.too_long += 1
            if result.too_long <= MOST_TOLD:
                result.problems.append(_too_long(len(row), width, number))
        writer.writerow(row[:width])
    result.data = out.getvalue().encode()
    return result


def _numbered(data: bytes, separator: str, result: _Rewritten) -> Iterator[tuple[int, list[str]]]:
    """Give each row with its number; a quote that is never closed ends it and is told."""
    reader = _reader(data, separator)
    number, above, below = 0, 0, 0
    try:
        for number, row in enumerate(reader, 1):
            above, below = below, reader.line_num
            yield number, row
    except csv.Error:
        result.problems.append(Problem("quote-not-closed", row=number + 1))
        return
    if below - above > 1 and _left_open(data.split(b"\n", above)[-1], separator):
        result.problems.append(Problem("quote-not-closed", row=number))


def _left_open(row: bytes, separator: str) -> bool:
    """Tell whether the file ends inside a quoted field of its last row."""
    try:
        list(_reader(row, separator, strict=True))
    except csv.Error as error:
        return "unexpected end of data" in str(error)
    return False


def _too_long(fields: int, width: int, number: int) -> Problem:
    return Problem("too-many-fields", {"fields": fields, "headings": width}, row=number)
