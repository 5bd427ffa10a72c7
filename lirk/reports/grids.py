"""Rows and columns: as a table whose cells know their headings, or only to set things side by side."""

from collections.abc import Collection, Sequence
from typing import Any

from reportlab.platypus import Table

from lirk.reports.structure import Tag
from lirk.reports.styles import BOTTOM, PAGE_HEIGHT, TOP

#: What is left of a page as high as this is a fresh one.
FRESH = 0.95 * (PAGE_HEIGHT - TOP - BOTTOM)


class Grid(Table):  # type: ignore[misc]  # ReportLab is untyped: its classes are Any
    """Cells side by side; rules and grounds are decoration, and what is heard is said by what stands in the cells.

    Every cell holds flowables, or is the empty string.
    """

    splitInRow: float  # noqa: N815  # ReportLab's name

    def split(self, width: float, height: float) -> list["Grid"]:
        """Return the part that has room and the rest, or nothing: then all of it goes to the next page.

        Where there is a whole page and no piece would be as long as wished, the pieces are as long as they come.
        """
        parts: list[Grid] = super().split(width, height)
        if parts or not self.splitInRow or height < FRESH:
            return parts
        wished, self.splitInRow = self.splitInRow, 1
        parts = super().split(width, height)
        for part in (self, *parts):
            part.splitInRow = wished
        return parts

    def draw(self) -> None:
        """Paint rules, grounds and cells."""
        if not self.canv.dry:
            super().draw()

    def _drawBkgrnd(self) -> None:  # noqa: N802  # ReportLab's name
        with self.canv.decoration("Background"):
            super()._drawBkgrnd()

    def _drawLines(self) -> None:  # noqa: N802  # ReportLab's name
        with self.canv.decoration("Layout"):
            super()._drawLines()

    def _drawCell(self, cell: Any, style: Any, place: Any, size: Any) -> None:  # noqa: N802  # ReportLab's name
        if cell != "":
            # The cell's own font and colour are for strings; paragraphs bring theirs.
            self._curcellstyle = style
            super()._drawCell(cell, style, place, size)


def column_heads(columns: int) -> list[Tag]:
    """Return the headings of a new table's columns."""
    row = Tag("TR", under=Tag("Table"))
    return [Tag("TH", under=row, scope="Column") for _ in range(columns)]


def group_cells(heads: Sequence[Tag]) -> tuple[Tag, Tag]:
    """Return the heading of a group of rows, and the empty cell at the end of its row.

    Without that cell the row would pass for another row of the table's head.
    """
    row = _row(heads)
    return Tag("TH", under=row, scope="Column", columns=len(heads) - 1), Tag("TD", under=row)


def row_cells(heads: Sequence[Tag], group: Tag | None, named_by: Collection[int]) -> list[Tag]:
    """Return the cells of a new row.

    Parameters
    ----------
    group
        The heading of the group that the row is part of.
    named_by
        The columns whose cells are headings of their row: each of those to its right, as far as the next; the
        first also of those to its left.
    """
    row, above = _row(heads), (group,) if group else ()
    names = {at: Tag("TH", under=row, scope="Row", headers=(heads[at], *above)) for at in named_by}
    cells: list[Tag] = []
    name = tuple(names.values())[:1]
    for at, head in enumerate(heads):
        if at in names:
            name = (names[at],)
        cells.append(names.get(at) or Tag("TD", under=row, headers=(head, *above, *name)))
    return cells


def names_rows(columns: int, rows: int) -> bool:
    """Whether a table is large enough for rows to have headings too.

    In a smaller one they would outnumber its other cells, which checkers take for a table that fell to pieces; a
    row's first cell is heard just before the others there anyway.
    """
    return rows * (columns - 2) >= columns


def _row(heads: Sequence[Tag]) -> Tag:
    table = heads[0].under.under if heads[0].under else None
    return Tag("TR", under=table)
