"""Tables in XLSX workbooks and Parquet files."""

import re
import zlib
from io import BytesIO
from zipfile import BadZipFile, ZipFile

import fastexcel
import polars as pl
from polars.exceptions import PolarsError

from lirk.errors import Problem
from lirk.intake.mapping import ReadSettings
from lirk.intake.tables import ROWS_LOOKED_AT, NoTable, Table, as_table_columns, row_of_headings

#: An aware time is a moment; the day it falls on is the Danish one.
_HERE = "Europe/Copenhagen"

#: Cells up to the last that is used, and bytes unpacked, at most: one stray cell far out would fill the memory.
MOST_CELLS, MOST_BYTES = 50_000_000, 800_000_000

_LAST_CELL = re.compile(rb'<dimension ref="(?:[A-Z]+[0-9]+:)?([A-Z]{1,3})([0-9]{1,7})"')


def read_workbook_table(raw: bytes, settings: ReadSettings) -> Table:
    """Return the table in an XLSX workbook: of the sheet with the most known headings, or the first one.

    Parameters
    ----------
    raw
        The whole file.
    settings
        Sheet and header row, where they are not to be guessed.

    Raises
    ------
    NoTable
        If it is no workbook, too big, the sheet is not there, or it is empty.
    """
    _check_size(raw)
    try:
        workbook = fastexcel.read_excel(raw)
        name = settings.sheet or _sheet(workbook, settings)
        if name not in workbook.sheet_names:
            raise NoTable(Problem("sheet-not-found", {"sheet": name, "sheets": workbook.sheet_names}))
        rows = _rows(workbook, name)
    except fastexcel.FastExcelError as error:
        raise NoTable(Problem("workbook-unreadable", {"reason": _first_line(error)})) from None
    if not rows.height:
        raise NoTable(Problem("no-rows"))
    header = (settings.header_row or _header(rows, settings)[0] + 1) - 1
    if header >= rows.height:
        raise NoTable(Problem("header-row-missing", {"row": str(header + 1)}))
    return Table(
        cells=as_table_columns(rows.slice(header + 1)),
        headings=tuple((cell or "").strip() for cell in rows.row(header)),
        first_row=header + 2,
        read={"header_row": header + 1, "sheet": name},
        real_dates=True,
    )


def read_parquet_table(raw: bytes) -> Table:
    """Return the table in a Parquet file; its rows are counted from 1, since it has no row of headings.

    Columns that hold lists, bytes or the like are left out and told.

    Raises
    ------
    NoTable
        If it cannot be read.
    """
    try:
        frame = pl.read_parquet(BytesIO(raw))
    except PolarsError as error:
        raise NoTable(Problem("parquet-unreadable", {"reason": _first_line(error)})) from None
    texts = [column for column in frame if not (column.dtype.is_nested() or column.dtype in _NO_TEXT)]
    skipped = [name for name in frame.columns if name not in {column.name for column in texts}]
    remarks = [Problem("columns-hold-no-text", {"columns": tuple(skipped)})] if skipped else []
    return Table(
        cells=as_table_columns(pl.DataFrame([_as_text(column) for column in texts])),
        headings=tuple(column.name.strip() for column in texts),
        first_row=1,
        read={},
        real_dates=True,
        remarks=tuple(remarks),
    )


_NO_TEXT = (pl.Binary, pl.Object)


def _as_text(column: pl.Series) -> pl.Series:
    if isinstance(column.dtype, pl.Datetime):
        if column.dtype.time_zone is not None:
            column = column.dt.convert_time_zone(_HERE)
        return column.dt.to_string("%Y-%m-%d %H:%M:%S")
    return column.cast(pl.String)


def _check_size(raw: bytes) -> None:
    try:
        with ZipFile(BytesIO(raw)) as packed:
            size = sum(part.file_size for part in packed.infolist())
            sheets = [name for name in packed.namelist() if name.startswith("xl/worksheets/")]
            # Where a sheet tells how far it goes, it does so first.
            beginnings = [packed.open(name).read(4000) for name in sheets if size <= MOST_BYTES]
    except (BadZipFile, NotImplementedError, RuntimeError, OSError, zlib.error):
        return  # no workbook, as its reader will tell
    if size > MOST_BYTES or any(_cells_of(beginning) > MOST_CELLS for beginning in beginnings):
        raise NoTable(Problem("workbook-too-big"))


def _cells_of(sheet: bytes) -> int:
    last = _LAST_CELL.search(sheet)
    if last is None:
        return 0
    width = 0
    for letter in last[1]:
        width = width * 26 + letter - ord("A") + 1
    return width * int(last[2])


def _rows(workbook: fastexcel.ExcelReader, name: str, most: int | None = None) -> pl.DataFrame:
    # Row numbers are the sheet's only if no row is skipped, blank ones at the top included.
    sheet = workbook.load_sheet(name, header_row=None, skip_rows=0, n_rows=most, dtypes="string")
    rows: pl.DataFrame = sheet.to_polars()
    return rows.cast(pl.String)


def _sheet(workbook: fastexcel.ExcelReader, settings: ReadSettings) -> str:
    names: list[str] = workbook.sheet_names
    if len(names) == 1:
        return names[0]
    scores = {}
    for name in names:
        rows = _rows(workbook, name, ROWS_LOOKED_AT)
        scores[name] = (_header(rows, settings)[1], rows.height > 0)
    return max(names, key=lambda name: scores[name])


def _header(rows: pl.DataFrame, settings: ReadSettings) -> tuple[int, int]:
    cells = [[cell or "" for cell in row] for row in rows.head(ROWS_LOOKED_AT).rows()]
    return row_of_headings(cells, settings.headings)


def _first_line(error: Exception) -> str:
    return str(error).splitlines()[0] if str(error) else type(error).__name__
