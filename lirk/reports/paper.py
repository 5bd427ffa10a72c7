"""A printed document: pages, footers, bookmarks and properties; the same story gives the same bytes.

The story is set several times until the page numbers it mentions are those on which things really stand. What is
painted is marked on the way, and the last setting becomes a file that can be heard and archived.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date
from functools import partial
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
from lirk.reports.archival import Attachment, archived
from lirk.reports.lettering import REGULAR, SEMIBOLD
from lirk.reports.properties import Properties
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
from lirk.reports.tagged_canvas import TaggedCanvas
from lirk.wording import Language, Wording

#: Raised whenever a report would print otherwise than before; it stands in the properties of each document. A
#: published report is handed out as the bytes that were kept, so an earlier layout is never set again.
#: 2: figures beside each other, shorter chapters. 3: a table of the findings that are not told in full.
LAYOUT = 3
#: A page number can move a line, and a line a page; two rounds are enough in practice.
MOST_PASSES = 5
#: A document of so many pages has contents from the second pass on and moves by them: it is painted on the third.
LONG = 6
BAND_TOP, BAND_BOTTOM = 36.0, 24.0
FOOT = 38.0

Pages = Mapping[str, int]


@dataclass(frozen=True, slots=True, kw_only=True)
class Paper:
    """What a document is called, and what stands on each of its pages.

    ``mark`` is printed at the top of every page after the cover, whose band says the same, where something
    in the document is made up. ``attachments`` are embedded: the data that the document shows.
    """

    title: str
    short_title: str
    author: str
    issued_on: date
    program: str
    mark: str
    words: Wording
    attachments: tuple[Attachment, ...] = ()

    @property
    def language(self) -> Language:
        """The language of the document."""
        return self.words.language

    @property
    def properties(self) -> Properties:
        """What the file says of itself."""
        return Properties(
            title=self.title,
            author=self.author,
            subject=self.short_title,
            creator=printed_by(self.program),
            language="da-DK" if self.language == "da" else "en-GB",
            day=self.issued_on,
        )


def printed_by(program: str) -> str:
    """Return the version of LIRK and of its layout: both are needed to print a document again as it was."""
    return " ".join(filter(None, ("LIRK", program, f"(layout {LAYOUT})")))


@dataclass(frozen=True, slots=True)
class Story:
    """What is set: ``band`` in white on the cover's blue, ``body`` on paper."""

    band: list[Flowable]
    body: list[Flowable]


@dataclass(slots=True)
class _Setting:
    """One pass: the canvas, on which page each anchor came to stand, and what its heading says."""

    canvas: Any = None
    pages: dict[str, int] = field(default_factory=dict)
    titles: dict[str, str] = field(default_factory=dict)


def anchor(key: str, title: str = "", level: int = 0) -> Flowable:
    """Return an invisible place that links and page numbers name; with ``title`` also a bookmark."""
    place = AnchorFlowable(key)
    place.bookmark = (key, title, level)
    place.keepWithNext = 1
    return place


def print_story(paper: Paper, tell: Callable[[Pages], Story]) -> bytes:
    """Return the PDF of a story: PDF/A-3a and PDF/UA-1.

    Parameters
    ----------
    tell
        Makes the story anew, handed the page of each anchor by key; empty on the first pass. The key
        ``last page`` holds the number of pages.
    """
    lettering.register()
    known = _Setting()
    for at in range(1, MOST_PASSES + 1):
        dry = at == 1 or (at == 2 and known.pages["last page"] >= LONG)
        setting = _set(paper, tell(known.pages), known, dry=dry)
        if setting.pages == known.pages and not dry:
            break
        known = setting
    canvas = setting.canvas
    return archived(canvas.getpdfdata(), canvas.structure, paper.properties, paper.attachments)


def _set(paper: Paper, story: Story, known: _Setting, *, dry: bool) -> _Setting:
    """Set a story with the page numbers and headings that an earlier pass made known."""
    found = _Setting()
    document = BaseDocTemplate(
        BytesIO(),
        pagesize=(PAGE_WIDTH, PAGE_HEIGHT),
        initialFontName=REGULAR,
        invariant=1,
    )
    band = _height(story.band)
    document.addPageTemplates(_templates(paper, band, known.pages))
    document.afterFlowable = lambda flowable: _note(document, flowable, found)
    document.build(
        [NextPageTemplate("later"), *story.band, *story.body],
        canvasmaker=partial(TaggedCanvas, titles=known.titles, dry=dry),
    )
    found.canvas = document.canv
    found.pages["last page"] = document.page
    return found


def _height(band: list[Flowable]) -> float:
    """Return how deep the blue reaches."""
    heights = (part.wrap(FULL, PAGE_HEIGHT)[1] + part.getSpaceAfter() for part in band)
    return BAND_TOP + float(sum(heights)) + BAND_BOTTOM / 2


def _templates(paper: Paper, band: float, known: Pages) -> list[PageTemplate]:
    def first(canvas: Any, _document: Any) -> None:
        canvas.showOutline()
        with canvas.decoration("Background"):
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


def _mark(canvas: Any, paper: Paper) -> None:
    if not paper.mark:
        return
    with canvas.decoration("Pagination"):
        canvas.saveState()
        canvas.setFillColor(INK)
        canvas.setFont(SEMIBOLD, 8.5)
        canvas.drawRightString(LEFT + FULL, PAGE_HEIGHT - 32, lettering.spelled(paper.mark))
        canvas.restoreState()


def _footer(canvas: Any, paper: Paper, known: Pages) -> None:
    """Paint the line at the foot, the short title and the page number."""
    right = LEFT + FULL
    number = paper.words.text(
        "Side {page} af {pages}", page=canvas.getPageNumber(), pages=known.get("last page", 0)
    )
    room = FULL - lettering.width(number, 8.5) - 16
    with canvas.decoration("Pagination"):
        canvas.saveState()
        canvas.setStrokeColor(RULE)
        canvas.setLineWidth(0.5)
        canvas.line(LEFT, FOOT + 14, right, FOOT + 14)
        canvas.setFillColor(GREY)
        canvas.setFont(REGULAR, 8.5)
        canvas.drawString(LEFT, FOOT, lettering.shortened(lettering.spelled(paper.short_title), 8.5, room))
        canvas.drawRightString(right, FOOT, number)
        canvas.restoreState()


def _note(document: Any, flowable: Any, found: _Setting) -> None:
    """Keep the page of an anchor that was just set, and give it its bookmark."""
    key, title, level = getattr(flowable, "bookmark", ("", "", 0))
    if key:
        found.pages[key] = document.page
    if title:
        found.titles[key] = title
        document.canv.addOutlineEntry(title, key, level, closed=level > 0)
