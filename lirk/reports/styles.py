"""Measures, colours and paragraph styles of the printed reports.

The page has two left edges: labels, headings, tables and figures begin at the first, running text and the
plot of a figure at the second. Distances are multiples of four points.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache

from reportlab.lib.colors import HexColor
from reportlab.lib.pagesizes import A4
from reportlab.lib.styles import ParagraphStyle

from lirk.reports.lettering import HYPHENATION, REGULAR, SEMIBOLD
from lirk.wording import Language

PAGE_WIDTH, PAGE_HEIGHT = A4
LEFT, TOP, BOTTOM = 60.0, 54.0, 60.0
#: Width of figures and tables; of the label column; of running text, which holds about 70 characters.
FULL, LABEL = 475.0, 112.0
TEXT = FULL - LABEL

BLUE = HexColor("#003972")
INK = HexColor("#1a1a1a")
GREY = HexColor("#5b5b5b")
RULE = HexColor("#c4cad2")
TINT = HexColor("#f1f4f8")
PAPER = HexColor("#ffffff")
PALE = HexColor("#d5e0ec")


@dataclass(frozen=True, slots=True)
class Styles:
    """The paragraph styles by what they are for."""

    body: ParagraphStyle
    roomy: ParagraphStyle
    brief: ParagraphStyle
    chapter: ParagraphStyle
    section: ParagraphStyle
    label: ParagraphStyle
    caption: ParagraphStyle
    cell: ParagraphStyle
    number: ParagraphStyle
    head: ParagraphStyle
    head_number: ParagraphStyle
    group: ParagraphStyle
    question: ParagraphStyle
    small: ParagraphStyle
    figure: ParagraphStyle
    figure_title: ParagraphStyle
    box: ParagraphStyle
    mono: ParagraphStyle
    cover_title: ParagraphStyle
    cover_name: ParagraphStyle
    cover_long_name: ParagraphStyle
    cover_line: ParagraphStyle
    cover_small: ParagraphStyle
    cover_mark: ParagraphStyle


#: What differs from ``BASE``, by style; those of ``NARROW`` also hyphenate long words.
STRONG: Mapping[str, object] = {"fontName": SEMIBOLD}
RIGHT: Mapping[str, object] = {"alignment": 2}
CELL: Mapping[str, object] = {"fontSize": 8.75, "leading": 11}
HEAD: Mapping[str, object] = {**STRONG, "fontSize": 8.5, "leading": 10.5}
KEPT: Mapping[str, object] = {**STRONG, "keepWithNext": 1}
LOOKS: Mapping[str, Mapping[str, object]] = {
    "body": {"leading": 14, "spaceAfter": 5},
    "roomy": {"fontSize": 10.75, "leading": 16, "spaceAfter": 9},
    "brief": {"fontSize": 9.5, "leading": 12.5, "spaceAfter": 3},
    "chapter": {
        **KEPT, "fontSize": 17, "leading": 21, "textColor": BLUE, "spaceBefore": 20, "spaceAfter": 8,
    },
    "section": {**KEPT, "fontSize": 11, "leading": 14, "spaceBefore": 11, "spaceAfter": 5},
    "label": {**STRONG, "fontSize": 9.5, "leading": 12.75, "textColor": BLUE},
    "caption": {"fontSize": 8.75, "leading": 11.25, "textColor": GREY, "spaceBefore": 4},
    "cell": CELL,
    "number": {**CELL, **RIGHT},
    "head": HEAD,
    "head_number": {**HEAD, **RIGHT},
    "group": {**STRONG, **CELL, "textColor": BLUE},
    "question": {**STRONG, "leading": 13, "spaceAfter": 2},
    "small": {"fontSize": 8.75, "leading": 11, "textColor": GREY, "spaceAfter": 2},
    "figure": {**STRONG, "fontSize": 26, "leading": 28, "textColor": BLUE},
    "figure_title": {**STRONG, "fontSize": 9.5, "leading": 12.5},
    "box": {**STRONG, "fontSize": 9.75, "leading": 13.5},
    "mono": {"fontSize": 8.5, "leading": 11.25, "splitLongWords": 1},
    "cover_title": {"fontSize": 11.5, "leading": 15, "textColor": PALE, "spaceAfter": 2},
    "cover_name": {**STRONG, "fontSize": 26, "leading": 31, "textColor": PAPER, "spaceAfter": 6},
    "cover_long_name": {**STRONG, "fontSize": 19, "leading": 24, "textColor": PAPER, "spaceAfter": 6},
    "cover_line": {"fontSize": 11, "leading": 15, "textColor": PAPER, "spaceAfter": 6},
    "cover_small": {"fontSize": 8.75, "leading": 12, "textColor": PALE, "spaceAfter": 1},
    "cover_mark": {**STRONG, "textColor": PAPER, "spaceAfter": 6},
}  # fmt: skip
NARROW = frozenset({"label", "cell", "head", "head_number"})
BASE = ParagraphStyle(
    "base",
    fontName=REGULAR,
    fontSize=10,
    leading=14,
    textColor=INK,
    bulletFontName=REGULAR,
    bulletFontSize=10,
    allowWidows=0,
    allowOrphans=0,
)


@cache
def styles(language: Language) -> Styles:
    """Return the styles; only narrow cells hyphenate, and only long words, by the rules of ``language``."""
    hyphens = {
        "hyphenationLang": HYPHENATION[language],
        "hyphenationMinWordLength": 13,
        "embeddedHyphenation": 1,
    }
    return Styles(
        **{
            name: ParagraphStyle(name, parent=BASE, **(hyphens if name in NARROW else {}), **look)
            for name, look in LOOKS.items()
        }
    )
