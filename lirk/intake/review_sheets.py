"""A filled-in review sheet: the file to rows, and the rows to answers or to all that is wrong with them."""

from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

import fastexcel

from lirk.domain.review_sheets import (
    COLUMNS,
    FORMAT,
    META_CASE,
    META_CHECKLIST,
    META_SHEET,
    ReviewSheet,
    SheetAnswers,
)
from lirk.errors import Problem, ProblemsFound, UnusableRequest
from lirk.intake.review_sheet_rows import Reading, SheetRow
from lirk.wording import Language, Wording
from lirk.wording.review_sheets import HEADINGS

#: Rows above the first row that is filled in: the hidden keys and the headings.
ROWS_ABOVE = 2


class SheetFileMissing(UnusableRequest):
    """There is no file with this name."""

    code = "sheet-file-missing"


def read_review_sheet(path: Path, sheet: ReviewSheet) -> SheetAnswers:
    """Read the answers of a filled-in sheet; empty cells are unanswered, which is no problem.

    Parameters
    ----------
    sheet
        The same round, reviewer, checklists and cases as the sheet was written for. Answers already given
        there matter for their mark of doubt, which a spreadsheet cannot show and which is kept, and where
        they are newer than the sheet: a cell that was not filled in anew leaves them as they are.

    Returns
    -------
    SheetAnswers
        Every case of ``sheet``, also those without a row; answers by code, texts trimmed. An answer is read
        by its label in Danish or English or by its code, whatever its case and surrounding spaces.

    Raises
    ------
    SheetFileMissing
        If there is no such file.
    ProblemsFound
        With everything that is wrong, in the order of sheets and rows. Where the file is not a sheet of this
        round and reviewer, with that alone.
    """
    pages = _pages(path)
    meta = _meta(pages.pop(META_SHEET, []), path.name)
    if mismatches := tuple(_mismatches(meta, sheet, path.name)):
        raise ProblemsFound(mismatches)
    words = Wording(_language(meta))
    reading = Reading(sheet, words, written_with=_written_with(meta), made=meta.get("made", ""))
    for name, cells in pages.items():
        for found in _rows(name, cells, words, path.name):
            reading.take(found)
    return reading.finish()


def reviewer_of(path: Path) -> str:
    """Return the username of the reviewer that a sheet was written for.

    Raises
    ------
    SheetFileMissing
        If there is no such file.
    ProblemsFound
        If it is not a review sheet.
    """
    return _meta(_pages(path).get(META_SHEET, []), path.name)["reviewer"]


def _written_with(meta: Mapping[str, str]) -> frozenset[tuple[str, str]]:
    """Return number and id of the cases that the sheet was written with."""
    return frozenset((key.removeprefix(META_CASE), meta[key]) for key in meta if key.startswith(META_CASE))


def _meta(cells: Sequence[Sequence[str]], file: str) -> dict[str, str]:
    """Return what the hidden sheet says: values by key, of which format, round and reviewer are there."""
    meta = {row[0]: row[1] for row in cells if len(row) > 1}
    if not all(meta.get(key) for key in ("format", "round", "reviewer")):
        raise ProblemsFound([Problem("sheet-not-ours", file=file)])
    return meta


def _pages(path: Path) -> dict[str, list[list[str]]]:
    """Return the cells of every sheet as trimmed text, row by row as the spreadsheet numbers them."""
    if not path.is_file():
        raise SheetFileMissing(file=path.name)
    try:
        book = fastexcel.read_excel(path)
        frames = {
            name: book.load_sheet(name, header_row=None, skip_rows=0, dtypes="string").to_polars()
            for name in book.sheet_names
        }
    except fastexcel.FastExcelError as error:
        raise ProblemsFound([Problem("sheet-not-a-workbook", file=path.name)]) from error
    return {
        name: [[_trimmed(cell) for cell in row] for row in frame.iter_rows()]
        for name, frame in frames.items()
    }


def _trimmed(cell: object) -> str:
    """Return a cell's text without what a person cannot see: outer spaces, and hard spaces."""
    return "" if cell is None else str(cell).replace("\u00a0", " ").strip()


def _language(meta: Mapping[str, str]) -> Language:
    return "en" if meta.get("language") == "en" else "da"


def _mismatches(meta: Mapping[str, str], sheet: ReviewSheet, file: str) -> Iterator[Problem]:
    """Yield what shows that the file belongs to something else."""
    for key, expected in (("format", FORMAT), ("round", sheet.round_key), ("reviewer", sheet.reviewer)):
        if meta[key] != expected:
            yield Problem(f"sheet-other-{key}", {"found": meta[key], "expected": expected}, file=file)
    for checklist in sheet.checklists:
        found = meta.get(META_CHECKLIST + checklist.id) or "–"
        if found != str(checklist.version):
            values = {"checklist": checklist.id, "found": found, "expected": str(checklist.version)}
            yield Problem("sheet-other-checklist", values, file=file)


def _rows(
    page: str, cells: Sequence[Sequence[str]], words: Wording, file: str
) -> Iterator[SheetRow | Problem]:
    """Yield the rows of one sheet; one without our keys (the instructions, a page of notes) has none."""
    positions = {key: index for index, key in enumerate(cells[0] if cells else ()) if key}
    if not {"answer", "item"} & positions.keys():
        return
    missing = [column.key for column in COLUMNS if column.key not in positions and not column.added_later]
    for key in missing:
        heading = words.text(HEADINGS[key])
        yield Problem("sheet-column-missing", {"heading": heading}, file=file, sheet=page)
    if missing:
        return
    headings = {
        column.key: cells[ROWS_ABOVE - 1][positions[column.key]] or words.text(HEADINGS[column.key])
        for column in COLUMNS
        if len(cells) > ROWS_ABOVE and column.key in positions
    }
    for number, row in enumerate(cells[ROWS_ABOVE:], start=ROWS_ABOVE + 1):
        values = {column.key: row[positions[column.key]] for column in COLUMNS if column.key in positions}
        if any(values.values()):
            yield SheetRow(file, page, number, values, headings)
