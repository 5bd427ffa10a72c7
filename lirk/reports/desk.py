"""The pieces a report is set from: headings, text, label and text side by side, figures, tables, boxes."""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, field
from typing import TypeAlias
from xml.sax.saxutils import unescape

from reportlab.lib.styles import ParagraphStyle
from reportlab.platypus import CondPageBreak, Flowable, KeepTogether, Spacer

from lirk.reports.chart_drawing import ChartDrawing
from lirk.reports.charts import Chart
from lirk.reports.grids import Grid, column_heads, group_cells, names_rows, row_cells
from lirk.reports.lettering import REGULAR, spelled
from lirk.reports.markup import MarkedWording, Markup
from lirk.reports.paper import Pages
from lirk.reports.passages import Manner, Passage
from lirk.reports.structure import Tag
from lirk.reports.styles import BLUE, FULL, INK, LABEL, RULE, TEXT, TINT, Styles, styles
from lirk.wording import Wording

#: A chapter does not begin in the last part of a page.
CHAPTER_ROOM, SECTION_ROOM = 176.0, 136.0
#: A table of numbers begins where there is room for its head and a few of its short rows.
TABLE_ROOM = 92.0
#: A table row taller than a page is divided, but never into pieces smaller than this.
LEAST_PIECE = 200.0
#: Signs of a cell that may fill a page, where nothing else is kept with its row.
LONG_TEXT = 1_000

#: Above figures that stand beside each other, and between their titles and them.
GAP = 6.0

#: The styles of the name on a cover, by which its document is known.
NAMES = frozenset({"cover_name", "cover_long_name"})

#: A text, or something that is set already.
Cell: TypeAlias = str | Flowable


@dataclass(frozen=True, slots=True)
class Desk:
    """Where one report is set: its language, its styles, and the pages as the last pass found them."""

    words: Wording
    pages: Pages = field(default_factory=dict)

    @property
    def say(self) -> MarkedWording:
        """The wording, escaped for paragraphs."""
        return MarkedWording(self.words)

    @property
    def styles(self) -> Styles:
        """The paragraph styles of the report's language."""
        return styles(self.words.language)

    def page(self, key: str) -> int:
        """Return the page on which an anchor stands, 0 before that is known."""
        return self.pages.get(key, 0)

    def see(self, key: str) -> Markup:
        """Return ``side 5``, linked to what stands there."""
        place = self.say.text("side {page}", page=self.page(key)).replace(" ", "\u00a0")
        return Markup(f'<a href="#{key}">{place}</a>')

    def where(self, key: str) -> Markup:
        """Return ``på side 5``, linked to what stands there."""
        return self.say.text("på {place}", place=self.see(key))

    def paragraph(self, text: str, style: ParagraphStyle, manner: Manner | None = None) -> Flowable:
        """Return a paragraph; a text that is not markup is escaped.

        It is heard as ``manner`` says; without it as what its style is for: the name on the cover as the first
        heading, all else as a paragraph.
        """
        if manner is None and style.name in NAMES:
            manner = Manner(tag=Tag("H1"))
        return Passage(spelled(Markup.of(text)), style, manner=manner)

    def heading(self, text: str, style: ParagraphStyle, level: int) -> Flowable:
        """Return a heading: 2 names a chapter, 3 and 4 what stands in it; 1 is the name on the cover."""
        return self.paragraph(text, style, Manner(tag=Tag(f"H{level}")))

    def chapter(self, key: str, title: str, *, room: float = CHAPTER_ROOM) -> list[Flowable]:
        """Return a chapter's heading, with its bookmark, where there is ``room`` (points) for it and more."""
        heading = self.heading(Markup(f'<a name="{key}"/>{Markup.of(title)}'), self.styles.chapter, 2)
        heading.bookmark = (key, plain(title), 0)
        return [CondPageBreak(room), heading]

    def section(self, title: str) -> list[Flowable]:
        """Return a section's heading, for a table that may run over several pages."""
        return [CondPageBreak(SECTION_ROOM), self.section_heading(title)]

    def under_figures(self, title: str) -> list[Flowable]:
        """Return the heading of the table behind some figures, with which it is one of them."""
        heading = self.heading(title, self.styles.figure_title, 3)
        return [CondPageBreak(TABLE_ROOM), Spacer(1, GAP), heading]

    def section_heading(self, title: str) -> Flowable:
        """Return a section's heading alone, for what is kept together with it."""
        heading = self.heading(title, self.styles.section, 3)
        # Kept with a long table it would wait for a page that holds them both.
        heading.keepWithNext = 0
        return heading

    def prose(self, *texts: Cell) -> list[Flowable]:
        """Return running text beside an empty label."""
        return self.beside("", *texts)

    def brief(self, texts: Iterable[str]) -> list[Flowable]:
        """Return paragraphs in the smaller size, for what is looked up rather than read."""
        return [self.paragraph(text, self.styles.brief) for text in texts]

    def beside(self, label: str, *parts: Cell, least: float = LEAST_PIECE) -> list[Flowable]:
        """Return a label with running text, or any flowables, to its right; the label is heard as a heading.

        What is divided between pages has no piece smaller than ``least``.
        """
        shown = [self.paragraph(part, self.styles.body) if isinstance(part, str) else part for part in parts]
        return [
            Grid(
                [[self.heading(label, self.styles.label, 3), shown]],
                colWidths=[LABEL, TEXT],
                splitInRow=least,
                style=[*BARE, ("RIGHTPADDING", (0, 0), (0, 0), 12), ("BOTTOMPADDING", (0, 0), (-1, -1), 5)],
            )
        ]

    def points(
        self, texts: Iterable[str], style: ParagraphStyle | None = None, *, numbered: bool = False
    ) -> list[Flowable]:
        """Return a list, with numbers or with dashes."""
        marks = (f"{at}." if numbered else "–" for at in range(1, 1_000))
        indented = ParagraphStyle("point", parent=style or self.styles.body, leftIndent=16, bulletIndent=0)
        all_of_them = Tag("L", numbering="Decimal" if numbered else "Disc")
        return [
            self.paragraph(text, indented, _point(mark, all_of_them))
            for mark, text in zip(marks, texts, strict=False)
        ]

    def box(self, text: str) -> Flowable:
        """Return a sentence that nobody may miss."""
        return Grid(
            [[self.paragraph(text, self.styles.box)]],
            colWidths=[FULL],
            style=[
                *BARE,
                ("BACKGROUND", (0, 0), (-1, -1), TINT),
                ("LINEBEFORE", (0, 0), (0, -1), 4, BLUE),
                ("LEFTPADDING", (0, 0), (-1, -1), 16),
                ("RIGHTPADDING", (0, 0), (-1, -1), 16),
                ("TOPPADDING", (0, 0), (-1, -1), 9),
                ("BOTTOMPADDING", (0, 0), (-1, -1), 10),
            ],
        )

    def figure(
        self, number: int, chart: Chart, caption: str, under: Sequence[Flowable] = ()
    ) -> list[Flowable]:
        """Return a chart under its title and above its caption, never parted; nor from headings it is ``under``."""
        title = self._figure_title(number, chart, self.styles.section)
        return [KeepTogether([*under, title, ChartDrawing(chart), self._caption(caption)])]

    def figures_beside(self, first: int, shown: Sequence[tuple[Chart, str]]) -> list[Flowable]:
        """Return two charts with the same rows beside each other, numbered from ``first``; never parted."""
        titles = [
            self._figure_title(number, chart, self.styles.figure_title)
            for number, (chart, _) in enumerate(shown, first)
        ]
        depths = [title.wrap(chart.width, 0)[1] for title, (chart, _) in zip(titles, shown, strict=True)]
        left, right = (
            # The shorter title begins lower, so that the charts are in line.
            [
                Spacer(1, max(depths) - depth),
                title,
                Spacer(1, GAP),
                ChartDrawing(chart),
                self._caption(caption),
            ]
            for title, depth, (chart, caption) in zip(titles, depths, shown, strict=True)
        )
        (first_chart, _), (second, _) = shown
        widths = [first_chart.width, FULL - first_chart.width - second.width, second.width]
        return [Spacer(1, GAP), KeepTogether([Grid([[left, "", right]], colWidths=widths, style=BARE)])]

    def _figure_title(self, number: int, chart: Chart, style: ParagraphStyle) -> Flowable:
        return self.heading(
            self.say.text("Figur {number}. {title}", number=number, title=chart.title), style, 3
        )

    def _caption(self, text: str) -> Flowable:
        return self.paragraph(text, self.styles.caption, Manner(tag=Tag("Caption")))

    def table(
        self,
        head: Sequence[str],
        rows: Iterable[Sequence[str]],
        widths: Sequence[float],
        *,
        numbers: frozenset[int] = frozenset(),
        named_by: int = 0,
        tight: bool = False,
    ) -> Flowable:
        """Return a table whose head repeats on each page.

        Parameters
        ----------
        rows
            A row of one cell is the name of the rows below it.
        widths
            One a column, in points; together at most the full width.
        numbers
            The columns that are set to the right.
        named_by
            The column whose cells name their rows, to those who hear them.
        tight
            Less room between the rows: for long lists of short cells.
        """
        lines = [tuple(row) for row in rows]
        tags = column_heads(len(head))
        names = [named_by] if names_rows(len(head), len(lines)) else []
        group: Tag | None = None
        cells = [self.row(head, [Manner(tag=tag, repeats=True) for tag in tags], numbers, head=True)]
        groups = []
        for at, line in enumerate(lines, 1):
            if len(line) == 1:
                group, last = group_cells(tags)
                groups.append(at)
                cells.append(self._group(line[0], group, last, len(head)))
            else:
                manners = [Manner(tag=tag, stays=True) for tag in row_cells(tags, group, names)]
                cells.append(self.row(line, manners, numbers))
        long = frozenset(at for at in groups if at < len(lines) and max(map(len, lines[at])) > LONG_TEXT)
        return self.grid(cells, widths, groups=groups, loose=long, tight=tight)

    def _group(self, name: str, tag: Tag, last: Tag, columns: int) -> list[Cell]:
        heading = self.paragraph(name, self.styles.group, Manner(tag=tag, followed_by=last))
        return [heading, *[""] * (columns - 1)]

    def row(
        self,
        texts: Sequence[str],
        manners: Sequence[Manner],
        numbers: Collection[int] = (),
        *,
        head: bool = False,
    ) -> list[Cell]:
        """Return the cells of a row, each heard in its own manner; ``numbers`` are set to the right."""
        words, figures = (self.styles.cell, self.styles.number)
        if head:
            words, figures = (self.styles.head, self.styles.head_number)
        return [
            self.paragraph(text, figures if at in numbers else words, manner)
            for at, (text, manner) in enumerate(zip(texts, manners, strict=True))
        ]

    def grid(
        self,
        cells: Sequence[Sequence[Cell]],
        widths: Sequence[float],
        *,
        groups: Iterable[int] = (),
        loose: Collection[int] = (),
        tight: bool = False,
    ) -> Flowable:
        """Return cells with rules between the rows, under a head that repeats; see ``table``.

        The names of ``groups`` are kept with the row below them, but for those that are ``loose``.
        """
        pad = 1.0 if tight else 2.0
        return Grid(
            cells,
            colWidths=list(widths),
            hAlign="LEFT",
            repeatRows=1,
            splitInRow=LEAST_PIECE,
            style=[
                *BARE,
                ("LINEBELOW", (0, 0), (-1, 0), 1, INK),
                ("LINEBELOW", (0, 1), (-1, -1), 0.4, RULE),
                ("VALIGN", (0, 0), (-1, 0), "BOTTOM"),
                ("TOPPADDING", (0, 0), (-1, -1), pad),
                ("BOTTOMPADDING", (0, 0), (-1, -1), pad + 1),
                ("RIGHTPADDING", (0, 0), (-2, -1), 6 if tight else 8),
                *(command for at in groups for command in _group(at, tied=at not in loose)),
            ],
        )


#: Helvetica would be embedded for cells that name no font.
BARE: list[tuple[object, ...]] = [
    ("FONTNAME", (0, 0), (-1, -1), REGULAR),
    ("VALIGN", (0, 0), (-1, -1), "TOP"),
    ("LEFTPADDING", (0, 0), (-1, -1), 0),
    ("RIGHTPADDING", (0, 0), (-1, -1), 0),
    ("TOPPADDING", (0, 0), (-1, -1), 0),
    ("BOTTOMPADDING", (0, 0), (-1, -1), 0),
]


def _point(mark: str, all_of_them: Tag) -> Manner:
    item = Tag("LI", under=all_of_them)
    return Manner(tag=Tag("LBody", under=item), label=(mark, Tag("Lbl", under=item)))


def _group(row: int, *, tied: bool) -> list[tuple[object, ...]]:
    return [
        ("SPAN", (0, row), (-1, row)),
        ("TOPPADDING", (0, row), (-1, row), 6),
        *([("NOSPLIT", (0, row), (0, row + 1))] if tied else []),
        ("LINEBELOW", (0, row), (-1, row), 0.4, INK),
    ]


def plain(title: str) -> str:
    """Return a heading as a bookmark shows it."""
    return unescape(title) if isinstance(title, Markup) else title
