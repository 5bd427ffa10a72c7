"""Tables in XLSX workbooks and Parquet files."""

from io import BytesIO

import fastexcel
import polars as pl
from polars.exceptions import PolarsError

from lirk.errors import Problem
from lirk.intake.mapping import ReadSettings
from lirk.intake.tables import ROWS_LOOKED_AT, NoTable, Table, as_table_columns, row_of_headings

#: An aware time is a moment; the day it falls on is the Danish one.
_HERE = "Europe/Copenhagen"


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
        If it is no workbook, the sheet is not there, or it is empty.
    """
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
