"""Files that would fill the memory: refused before they are read."""

from io import BytesIO
from zipfile import ZIP_DEFLATED, ZipFile

import pytest
import xlsxwriter

from lirk.intake import workbooks
from lirk.intake.mapping import ReadSettings
from lirk.intake.register_files import table_in
from lirk.intake.tables import MOST_COLUMNS, NoTable


def workbook(*cells):
    out = BytesIO()
    with xlsxwriter.Workbook(out) as book:
        sheet = book.add_worksheet()
        sheet.write_row(0, 0, ["Sagsnummer", "Center"])
        sheet.write_row(1, 0, ["1", "Socialcentret"])
        for row, column in cells:
            sheet.write(row, column, "x")
    return out.getvalue()


def refusal(content):
    with pytest.raises(NoTable) as refused:
        table_in(content, ReadSettings())
    return refused.value.problem.code


def test_one_stray_cell_in_the_far_corner_is_refused():
    assert refusal(workbook((1_048_575, 16_383))) == "workbook-too-big"


def test_a_long_sheet_is_read():
    assert table_in(workbook((99_999, 1)), ReadSettings()).cells.shape == (99_999, 2)


def test_a_small_file_that_unpacks_to_a_huge_one_is_refused(monkeypatch):
    monkeypatch.setattr(workbooks, "MOST_BYTES", 1_000_000)
    out = BytesIO(workbook())
    with ZipFile(out, "a", ZIP_DEFLATED) as packed:
        packed.writestr("xl/media/big", bytes(2_000_000))
    assert refusal(out.getvalue()) == "workbook-too-big"


def test_what_is_no_workbook_at_all_is_told_as_such():
    assert refusal(b"PK\x03\x04 and no more") == "workbook-unreadable"


def test_a_text_with_more_columns_than_any_register_is_refused():
    text = ";".join(f"kolonne {number}" for number in range(MOST_COLUMNS + 1))
    assert refusal(f"{text}\n1;2\n".encode()) == "too-many-columns"
