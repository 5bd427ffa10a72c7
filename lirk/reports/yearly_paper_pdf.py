"""The annual paper for the council as PDF: the municipality as a whole, and no figure of one centre."""

from collections.abc import Iterator
from datetime import date

from reportlab.lib.styles import ParagraphStyle
from reportlab.platypus import Flowable, KeepTogether, Spacer

from lirk.domain.years import YearlyPaper
from lirk.reports.archival import Attachment
from lirk.reports.desk import Desk
from lirk.reports.embedded import both
from lirk.reports.paper import Pages, Paper, Story, print_story
from lirk.reports.styles import FULL, LABEL
from lirk.reports.summary_page import name_style
from lirk.reports.yearly_files import yearly_csv, yearly_json
from lirk.reports.yearly_sentences import (
    Part,
    Passage,
    Table,
    as_of,
    made_up,
    parts,
    purpose,
    short_title,
    title,
)
from lirk.wording import Wording

#: Between the cover's blue and the first line of text.
BELOW_COVER = 28.0
COUNT_WIDTH = 64.0
ROUND_WIDTHS = (FULL - 104.0 - 3 * COUNT_WIDTH, 104.0, COUNT_WIDTH, COUNT_WIDTH, COUNT_WIDTH)
FIGURE_WIDTHS = (FULL - 84.0, 84.0)


def yearly_paper_pdf(paper: YearlyPaper, words: Wording) -> bytes:
    """Return the printed paper of a year.

    Returns
    -------
    bytes
        An A4 PDF that can be archived and heard, with its numbers as CSV inside; the same paper and language
        always give the same bytes.
    """
    sheet = Paper(
        title=f"{title(paper, words)} – {paper.municipality}",
        short_title=short_title(paper, words),
        author=paper.municipality,
        issued_on=paper.as_of or _last_day(paper),
        program="",
        mark=made_up(paper, words),
        words=words,
        attachments=_numbers(paper, words),
    )
    return print_story(sheet, lambda pages: _story(paper, words, pages))


def _numbers(paper: YearlyPaper, words: Wording) -> tuple[Attachment, ...]:
    """Return the paper's files, byte for byte those that can be downloaded beside it."""
    return both("year", yearly_csv(paper, words), yearly_json(paper), words)


def _last_day(paper: YearlyPaper) -> date:
    """Return what an empty paper is dated: the same whenever it is made."""
    return date(paper.year, 12, 31)


def _story(paper: YearlyPaper, words: Wording, pages: Pages) -> Story:
    desk = Desk(words, pages)
    chapters = [flowable for part in parts(paper, desk) for flowable in _chapter(part, desk)]
    return Story(
        band=_cover(paper, desk), body=[Spacer(1, BELOW_COVER), *desk.prose(purpose(desk)), *chapters]
    )


def _cover(paper: YearlyPaper, desk: Desk) -> list[Flowable]:
    styles, words = desk.styles, desk.words
    mark, day = made_up(paper, words), as_of(paper, words)
    return [
        desk.paragraph(title(paper, words), styles.cover_title),
        desk.heading(paper.municipality, name_style(paper.municipality, desk), 1),
        *([desk.paragraph(mark, styles.cover_mark)] if mark else []),
        *([desk.paragraph(day, styles.cover_small)] if day else []),
    ]


def _chapter(part: Part, desk: Desk) -> Iterator[Flowable]:
    yield from desk.chapter(part.key, part.title)
    for passage in part.passages:
        yield from _passage(passage, desk)


def _passage(passage: Passage, desk: Desk) -> Iterator[Flowable]:
    if passage.long:
        yield from _long(passage, desk)
    elif passage.table is None:
        yield from desk.beside(passage.heading, *passage.paragraphs, *desk.points(passage.points))
    elif passage.heading:
        # The figures of a year are few rows, and no page begins with the last of them.
        told = desk.prose(*passage.paragraphs) if passage.paragraphs else []
        yield KeepTogether([desk.section_heading(passage.heading), *told, _table(passage.table, desk)])
    else:
        yield from desk.prose(*passage.paragraphs)
        yield _table(passage.table, desk)


def _long(passage: Passage, desk: Desk) -> Iterator[Flowable]:
    """Yield what may be longer than a page: text beside a label could not be divided at every line."""
    if passage.heading:
        yield from desk.section(passage.heading)
    style = ParagraphStyle("long", parent=desk.styles.body, leftIndent=LABEL, splitLongWords=1)
    for text in passage.paragraphs:
        yield desk.paragraph(text, style)
    yield from desk.points(passage.points)


def _table(table: Table, desk: Desk) -> Flowable:
    widths = ROUND_WIDTHS if len(table.head) > 2 else FIGURE_WIDTHS
    return desk.table(table.head, table.rows, widths, numbers=table.numbers, tight=True)
