"""Which kind of table a register file holds: its first bytes say, not its name."""

from pathlib import Path

from lirk.errors import Problem
from lirk.intake.mapping import ReadSettings
from lirk.intake.opening import read_bytes
from lirk.intake.tables import NoTable, Table
from lirk.intake.text_tables import read_text_table
from lirk.intake.workbooks import read_parquet_table, read_workbook_table

_ZIP, _PARQUET = b"PK\x03\x04", b"PAR1"
#: Workbooks before 2007, and newer ones that are locked with a password.
_OLD_OFFICE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_NO_TABLES = (b"%PDF", b"{\\rtf", b"\x1f\x8b", b"\x89PNG", b"\xff\xd8\xff")


def read_table(path: Path, settings: ReadSettings) -> Table:
    """Return the table in a CSV, XLSX or Parquet file.

    Raises
    ------
    FileUnreadable
        If the system does not hand the file out.
    NoTable
        With the problem, if it holds no table that can be read.
    """
    return table_in(read_bytes(path), settings)


def table_in(raw: bytes, settings: ReadSettings) -> Table:
    """Return the table in the bytes of such a file.

    Raises
    ------
    NoTable
        With the problem, if they hold no table that can be read.
    """
    if not raw:
        raise NoTable(Problem("no-rows"))
    if raw.startswith(_ZIP):
        return read_workbook_table(raw, settings)
    if raw.startswith(_PARQUET):
        return read_parquet_table(raw)
    if raw.startswith(_OLD_OFFICE):
        raise NoTable(Problem("old-or-locked-workbook"))
    if raw.startswith(_NO_TABLES):
        raise NoTable(Problem("not-a-text-file"))
    return read_text_table(raw, settings)
