"""The pieces a report is set from: headings, text, label and text side by side, figures, tables, boxes."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import TypeAlias
from xml.sax.saxutils import unescape

from reportlab.lib.styles import ParagraphStyle
from reportlab.platypus import CondPageBreak, Flowable, KeepTogether, Paragraph, Table

from lirk.reports.chart_drawing import ChartDrawing
from lirk.reports.charts import Chart
from lirk.reports.lettering import REGULAR
from lirk.reports.markup import MarkedWording, Markup
from lirk.reports.paper import Pages
from lirk.reports.styles import BLUE, FULL, INK, LABEL, RULE, TEXT, TINT, Styles, styles
from lirk.wording import Wording

#: A chapter does not begin in the last part of a page.
CHAPTER_ROOM, SECTION_ROOM = 176.0, 136.0
#: A table row taller than a page is divided, but never into pieces smaller than this.
LEAST_PIECE = 200.0

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

    def paragraph(self, text: str, style: ParagraphStyle) -> Flowable:
        """Return a paragraph; a text that is not markup is escaped."""
        return Paragraph(Markup.of(text), style)

    def chapter(self, key: str, title: str, *, room: float = CHAPTER_ROOM) -> list[Flowable]:
        """Return a chapter's heading, with its bookmark, where there is ``room`` (points) for it and more."""
        heading = self.paragraph(Markup(f'<a name="{key}"/>{Markup.of(title)}'), self.styles.chapter)
        heading.bookmark = (key, plain(title), 0)
        return [CondPageBreak(room), heading]

    def section(self, title: str) -> list[Flowable]:
        """Return a section's heading, for a table that may run over several pages."""
        return [CondPageBreak(SECTION_ROOM), self.section_heading(title)]

    def section_heading(self, title: str) -> Flowable:
        """Return a section's heading alone, for what is kept together with it."""
        heading = self.paragraph(title, self.styles.section)
        # Kept with a long table it would wait for a page that holds them both.
        heading.keepWithNext = 0
        return heading

    def prose(self, *texts: Cell) -> list[Flowable]:
        """Return running text beside an empty label."""
        return self.beside("", *texts)

    def beside(self, label: str, *parts: Cell) -> list[Flowable]:
        """Return a label with running text, or any flowables, to its right."""
        shown = [self.paragraph(part, self.styles.body) if isinstance(part, str) else part for part in parts]
        return [
            Table(
                [[self.paragraph(label, self.styles.label), shown]],
                colWidths=[LABEL, TEXT],
                splitInRow=LEAST_PIECE,
                style=[*BARE, ("RIGHTPADDING", (0, 0), (0, 0), 12), ("BOTTOMPADDING", (0, 0), (-1, -1), 8)],
            )
        ]

    def points(
        self, texts: Iterable[str], style: ParagraphStyle | None = None, *, numbered: bool = False
    ) -> list[Flowable]:
        """Return a list, with numbers or with dashes."""
        marks = (f"{at}." if numbered else "–" for at in range(1, 1_000))
        indented = ParagraphStyle("point", parent=style or self.styles.body, leftIndent=16, bulletIndent=0)
        return [
            Paragraph(Markup.of(text), indented, bulletText=mark)
            for mark, text in zip(marks, texts, strict=False)
        ]

    def box(self, text: str) -> Flowable:
        """Return a sentence that nobody may miss."""
        return Table(
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

    def figure(self, number: int, chart: Chart, caption: str) -> list[Flowable]:
        """Return a chart under its title and above its caption, never parted."""
        say = self.say.text("Figur {number}. {title}", number=number, title=chart.title)
        return [
            KeepTogether(
                [
                    self.paragraph(say, self.styles.section),
                    ChartDrawing(chart),
                    self.paragraph(caption, self.styles.caption),
                ]
            ),
        ]

    def table(
        self,
        head: Sequence[str],
        rows: Iterable[Sequence[str]],
        widths: Sequence[float],
        *,
        numbers: frozenset[int] = frozenset(),
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
        tight
            Less room between the rows: for long lists of short cells.
        """
        lines = [tuple(row) for row in rows]
        heads = [self._cell(text, at in numbers, head=True) for at, text in enumerate(head)]
        body = [
            [self.paragraph(line[0], self.styles.group), *[""] * (len(head) - 1)]
            if len(line) == 1
            else [self._cell(text, at in numbers) for at, text in enumerate(line)]
            for line in lines
        ]
        groups = [at for at, line in enumerate(lines, 1) if len(line) == 1]
        pad = 1.5 if tight else 3.0
        return Table(
            [heads, *body],
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
                ("RIGHTPADDING", (0, 0), (-2, -1), 8),
                *(command for at in groups for command in _group(at)),
            ],
        )

    def _cell(self, text: str, number: bool, *, head: bool = False) -> Flowable:
        if head:
            return self.paragraph(text, self.styles.head_number if number else self.styles.head)
        return self.paragraph(text, self.styles.number if number else self.styles.cell)


#: Helvetica would be embedded for cells that name no font.
BARE: list[tuple[object, ...]] = [
    ("FONTNAME", (0, 0), (-1, -1), REGULAR),
    ("VALIGN", (0, 0), (-1, -1), "TOP"),
    ("LEFTPADDING", (0, 0), (-1, -1), 0),
    ("RIGHTPADDING", (0, 0), (-1, -1), 0),
    ("TOPPADDING", (0, 0), (-1, -1), 0),
    ("BOTTOMPADDING", (0, 0), (-1, -1), 0),
]


def _group(row: int) -> list[tuple[object, ...]]:
    return [
        ("SPAN", (0, row), (-1, row)),
        ("TOPPADDING", (0, row), (-1, row), 10),
        ("NOSPLIT", (0, row), (0, row + 1)),
        ("LINEBELOW", (0, row), (-1, row), 0.4, INK),
    ]


def plain(title: str) -> str:
    """Return a heading as a bookmark shows it."""
    return unescape(title) if isinstance(title, Markup) else title
