"""A printed document: pages, footers, bookmarks and properties; the same story gives the same bytes.

The story is set several times until the page numbers it mentions are those on which things really stand.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from hashlib import md5
from io import BytesIO
from typing import Any

from reportlab.platypus import (
    AnchorFlowable,
    BaseDocTemplate,
    Flowable,
    Frame,
    NextPageTemplate,
    PageTemplate,
)

from lirk.reports import lettering
from lirk.reports.lettering import REGULAR, SEMIBOLD
from lirk.reports.styles import (
    BLUE,
    BOTTOM,
    FULL,
    GREY,
    INK,
    LEFT,
    PAGE_HEIGHT,
    PAGE_WIDTH,
    RULE,
    TOP,
)
from lirk.wording import Language, Wording

#: A page number can move a line, and a line a page; two rounds are enough in practice.
MOST_PASSES = 5
BAND_TOP, BAND_BOTTOM = 36.0, 24.0
FOOT = 38.0

Pages = Mapping[str, int]


@dataclass(frozen=True, slots=True, kw_only=True)
class Paper:
    """What a document is called, and what stands on each of its pages.

    ``mark`` is printed at the top of every page after the cover, whose band says the same, where something
    in the document is made up.
    """

    title: str
    short_title: str
    author: str
    issued_on: date
    program: str
    mark: str
    words: Wording

    @property
    def language(self) -> Language:
        """The language of the document."""
        return self.words.language


@dataclass(frozen=True, slots=True)
class Story:
    """What is set: ``band`` in white on the cover's blue, ``body`` on paper."""

    band: list[Flowable]
    body: list[Flowable]


@dataclass(frozen=True, slots=True)
class _Setting:
    """One pass: the file, and on which page each anchor came to stand."""

    content: bytes
    pages: dict[str, int]


def anchor(key: str, title: str = "", level: int = 0) -> Flowable:
    """Return an invisible place that links and page numbers name; with ``title`` also a bookmark."""
    place = AnchorFlowable(key)
    place.bookmark = (key, title, level)
    place.keepWithNext = 1
    return place


def print_story(paper: Paper, tell: Callable[[Pages], Story]) -> bytes:
    """Return the PDF of a story.

    Parameters
    ----------
    tell
        Makes the story anew, handed the page of each anchor by key; empty on the first pass. The key
        ``last page`` holds the number of pages.
    """
    lettering.register()
    pages: dict[str, int] = {}
    for _ in range(MOST_PASSES):
        setting = _set(paper, tell(pages), pages)
        if setting.pages == pages:
            break
        pages = setting.pages
    return setting.content


def _set(paper: Paper, story: Story, known: Pages) -> _Setting:
    file = BytesIO()
    document = BaseDocTemplate(
        file,
        pagesize=(PAGE_WIDTH, PAGE_HEIGHT),
        title=paper.title,
        author=paper.author,
        subject=paper.short_title,
        creator=f"LIRK {paper.program}",
        producer="ReportLab",
        lang="da-DK" if paper.language == "da" else "en-GB",
        initialFontName=REGULAR,
        invariant=1,
    )
    found: dict[str, int] = {}
    band = _height(story.band)
    document.addPageTemplates(_templates(paper, band, known))
    document.afterFlowable = lambda flowable: _note(document, flowable, found)
    document.build([NextPageTemplate("later"), *story.band, *story.body])
    found["last page"] = document.page
    return _Setting(file.getvalue(), found)


def _height(band: list[Flowable]) -> float:
    """Return how deep the blue reaches."""
    heights = (part.wrap(FULL, PAGE_HEIGHT)[1] + part.getSpaceAfter() for part in band)
    return BAND_TOP + float(sum(heights)) + BAND_BOTTOM / 2


def _templates(paper: Paper, band: float, known: Pages) -> list[PageTemplate]:
    def first(canvas: Any, _document: Any) -> None:
        _properties(canvas, paper)
        canvas.setFillColor(BLUE)
        canvas.rect(0, PAGE_HEIGHT - band, PAGE_WIDTH, band, stroke=0, fill=1)
        _footer(canvas, paper, known)

    def later(canvas: Any, _document: Any) -> None:
        # The cover says it in its own words, on its blue.
        _mark(canvas, paper)
        _footer(canvas, paper, known)

    return [
        PageTemplate("first", [_frame(BAND_TOP)], onPage=first),
        PageTemplate("later", [_frame(TOP)], onPage=later),
    ]


def _frame(top: float) -> Frame:
    height = PAGE_HEIGHT - top - BOTTOM
    return Frame(LEFT, BOTTOM, FULL, height, leftPadding=0, rightPadding=0, topPadding=0, bottomPadding=0)


def _properties(canvas: Any, paper: Paper) -> None:
    day = paper.issued_on
    # The day of issue instead of the clock: the same report is the same file at any time.
    canvas.setDateFormatter(lambda *_: f"D:{day:%Y%m%d}120000Z")
    # ReportLab begins the file's ID with SOURCE_DATE_EPOCH, where the environment has one.
    canvas._doc.signature = md5(f"{paper.title} {day}".encode(), usedforsecurity=False)
    canvas.showOutline()


def _mark(canvas: Any, paper: Paper) -> None:
    if paper.mark:
        canvas.saveState()
        canvas.setFillColor(INK)
        canvas.setFont(SEMIBOLD, 8.5)
        canvas.drawRightString(LEFT + FULL, PAGE_HEIGHT - 32, paper.mark)
        canvas.restoreState()


def _footer(canvas: Any, paper: Paper, known: Pages) -> None:
    """Paint the line at the foot, the short title and the page number."""
    canvas.saveState()
    right = LEFT + FULL
    canvas.setStrokeColor(RULE)
    canvas.setLineWidth(0.5)
    canvas.line(LEFT, FOOT + 14, right, FOOT + 14)
    number = paper.words.text(
        "Side {page} af {pages}", page=canvas.getPageNumber(), pages=known.get("last page", 0)
    )
    room = FULL - lettering.width(number, 8.5) - 16
    canvas.setFillColor(GREY)
    canvas.setFont(REGULAR, 8.5)
    canvas.drawString(LEFT, FOOT, lettering.shortened(paper.short_title, 8.5, room))
    canvas.drawRightString(right, FOOT, number)
    canvas.restoreState()


def _note(document: Any, flowable: Any, found: dict[str, int]) -> None:
    """Keep the page of an anchor that was just set, and give it its bookmark."""
    key, title, level = getattr(flowable, "bookmark", ("", "", 0))
    if key:
        found[key] = document.page
    if title:
        document.canv.addOutlineEntry(title, key, level, closed=level > 0)
