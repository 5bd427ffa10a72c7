"""A spreadsheet being written: sheets to read and sheets of tables, with the looks that all of them share."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date
from io import BytesIO
from math import ceil
from typing import TypeAlias
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

from xlsxwriter import Workbook
from xlsxwriter.format import Format
from xlsxwriter.worksheet import Worksheet

#: What a cell can hold, by the file format.
LONGEST = 32_767
#: What an entry of the file says it was made on.
UNIX = 3
#: A cell is a text, a whole number, a share, a day, or empty.
Cell: TypeAlias = str | int | float | date | None

BASE: dict[str, object] = {"font_name": "Calibri", "font_size": 11, "text_wrap": True, "valign": "top"}
LOOKS: dict[str, dict[str, object]] = {
    "heading": {**BASE, "bold": True, "font_color": "#FFFFFF", "bg_color": "#003972", "border": 1},
    "title": {**BASE, "bold": True, "font_size": 16, "text_wrap": False},
    "text": BASE,
    "strong": {**BASE, "bold": True},
    "number": {**BASE, "num_format": "0"},
    "share": {**BASE, "num_format": "0.0%"},
    "day": {**BASE, "num_format": "yyyy-mm-dd", "align": "left", "indent": 1},
}
SHORT, MIDDLE, LONG, WIDE = 11.0, 24.0, 60.0, 100.0
#: Points of a title, of a line, and of the highest row there can be; words at the end of a line leave some of it empty.
TITLE, LINE, HIGHEST, LEFT_EMPTY = 24.0, 15.0, 409.0, 1.15


@dataclass(frozen=True, slots=True)
class Table:
    """A table to write: its columns with their widths, and the rows."""

    columns: tuple[tuple[str, float], ...]
    rows: Iterable[Sequence[Cell]]


@dataclass(slots=True)
class Book:
    """A workbook being written; the looks are made for it."""

    workbook: Workbook
    looks: dict[str, Format] = field(init=False)

    def __post_init__(self) -> None:
        self.looks = {name: self.workbook.add_format(look) for name, look in LOOKS.items()}

    def write_lines(self, name: str, lines: Iterable[tuple[str, str]]) -> None:
        """Write a sheet to read: a label and a text a line, under a title that stays."""
        page = self._page(name)
        widths = (MIDDLE + 6, WIDE)
        for column, width in enumerate(widths):
            page.set_column(column, column, width)
        for row, (label, text) in enumerate(lines):
            page.set_row(row, _height((label, text), widths) if row else TITLE)
            self._text(page, row, 0, label, "strong" if row else "title")
            self._text(page, row, 1, text, "text")
        page.freeze_panes(1, 0)

    def write_tables(self, name: str, tables: Sequence[Table]) -> None:
        """Write a sheet of tables, one under the other; the head of the first stays."""
        page, at = self._page(name), 0
        for table in tables:
            widths = [width for _, width in table.columns]
            page.set_row(at, _height([heading for heading, _ in table.columns], widths))
            for column, (heading, width) in enumerate(table.columns):
                page.set_column(column, column, width)
                self._text(page, at, column, heading, "heading")
            for row in table.rows:
                at += 1
                page.set_row(at, _height(row, widths))
                for column, cell in enumerate(row):
                    self._cell(page, at, column, cell)
            at += 2
        page.freeze_panes(1, 0)
        page.repeat_rows(0)

    def _page(self, name: str) -> Worksheet:
        page = self.workbook.add_worksheet(name)
        page.set_landscape()
        page.set_paper(9)
        page.fit_to_pages(1, 0)
        # An item's number is a name, not a number to calculate with.
        page.ignore_errors({"number_stored_as_text": "A1:Z9999"})
        return page

    def _cell(self, page: Worksheet, row: int, column: int, cell: Cell) -> None:
        match cell:
            case None:
                page.write_blank(row, column, None, self.looks["text"])
            case str():
                self._text(page, row, column, cell, "text")
            case date():
                page.write_datetime(row, column, cell, self.looks["day"])
            case int():
                page.write_number(row, column, cell, self.looks["number"])
            case _:
                page.write_number(row, column, cell, self.looks["share"])

    def _text(self, page: Worksheet, row: int, column: int, text: str, look: str) -> None:
        shown = text if len(text) <= LONGEST else f"{text[: LONGEST - 1]}…"
        page.write_string(row, column, shown, self.looks[look])


def written(workbook: Workbook, out: BytesIO) -> bytes:
    """Finish a workbook that is written to ``out``, and return its bytes: the same on every system."""
    workbook.close()
    again = BytesIO()
    with ZipFile(out) as packed, ZipFile(again, "w", ZIP_DEFLATED) as made:
        for entry in packed.infolist():
            same = ZipInfo(entry.filename, entry.date_time)
            # The library leaves the name of the system there that the file was made on.
            same.create_system, same.compress_type = UNIX, ZIP_DEFLATED
            made.writestr(same, packed.read(entry))
    return again.getvalue()


def _height(row: Sequence[Cell], widths: Sequence[float]) -> float:
    """Return how high a row must be to show its texts: not every program finds that out for itself."""
    cells = zip(row, widths, strict=True)
    return min(
        HIGHEST, LINE * max(_lines(cell, width) if isinstance(cell, str) else 1 for cell, width in cells)
    )


def _lines(text: str, width: float) -> int:
    return sum(max(1, ceil(LEFT_EMPTY * len(part) / width)) for part in text.split("\n"))
