"""Measures, colours and paragraph styles of the printed reports.

The page has two left edges: labels, headings, tables and figures begin at the first, running text and the
plot of a figure at the second. Distances are multiples of four points.
"""

from dataclasses import dataclass
from functools import cache

from reportlab.lib.colors import HexColor
from reportlab.lib.pagesizes import A4
from reportlab.lib.styles import ParagraphStyle

from lirk.reports.lettering import HYPHENATION, REGULAR, SEMIBOLD
from lirk.wording import Language

PAGE_WIDTH, PAGE_HEIGHT = A4
LEFT, TOP, BOTTOM = 72.0, 64.0, 68.0
#: Width of figures and tables; of the label column; of running text, which holds about 70 characters.
FULL, LABEL = 452.0, 112.0
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
    box: ParagraphStyle
    mono: ParagraphStyle
    cover_title: ParagraphStyle
    cover_name: ParagraphStyle
    cover_long_name: ParagraphStyle
    cover_line: ParagraphStyle
    cover_small: ParagraphStyle
    cover_mark: ParagraphStyle


@cache
def styles(language: Language) -> Styles:
    """Return the styles; only narrow cells hyphenate, and only long words, by the rules of ``language``."""
    base = ParagraphStyle(
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

    def made(name: str, **changes: object) -> ParagraphStyle:
        return ParagraphStyle(name, parent=base, **changes)

    narrow = {
        "fontSize": 8.75,
        "leading": 12,
        "hyphenationLang": HYPHENATION[language],
        "hyphenationMinWordLength": 13,
        "embeddedHyphenation": 1,
    }
    strong = {"fontName": SEMIBOLD}
    right = {"alignment": 2}
    return Styles(
        body=made("body", fontSize=10.25, leading=15, spaceAfter=6),
        brief=made("brief", fontSize=9.75, leading=14, spaceAfter=3),
        chapter=made(
            "chapter",
            **strong,
            fontSize=18,
            leading=23,
            textColor=BLUE,
            spaceBefore=28,
            spaceAfter=10,
            keepWithNext=1,
        ),
        section=made(
            "section", **strong, fontSize=11.5, leading=16, spaceBefore=16, spaceAfter=8, keepWithNext=1
        ),
        label=made("label", **{**narrow, **strong, "fontSize": 9.75, "leading": 14}, textColor=BLUE),
        caption=made("caption", fontSize=8.75, leading=12, textColor=GREY, spaceBefore=4),
        cell=made("cell", **narrow),
        number=made("number", **right, fontSize=8.75, leading=12),
        head=made("head", **{**narrow, **strong, "fontSize": 8.5, "leading": 11}),
        head_number=made("head_number", **{**narrow, **strong, **right, "fontSize": 8.5, "leading": 11}),
        group=made("group", **strong, fontSize=8.75, leading=12, textColor=BLUE),
        question=made("question", **strong, fontSize=10.5, leading=14, spaceAfter=3),
        small=made("small", fontSize=8.75, leading=12, textColor=GREY, spaceAfter=3),
        figure=made("figure", **strong, fontSize=30, leading=32, textColor=BLUE),
        box=made("box", **strong, fontSize=9.75, leading=14),
        mono=made("mono", fontSize=8.5, leading=12, splitLongWords=1),
        cover_title=made("cover_title", fontSize=11.5, leading=15, textColor=PALE, spaceAfter=2),
        cover_name=made("cover_name", **strong, fontSize=26, leading=31, textColor=PAPER, spaceAfter=6),
        cover_long_name=made(
            "cover_long_name", **strong, fontSize=19, leading=24, textColor=PAPER, spaceAfter=6
        ),
        cover_line=made("cover_line", fontSize=11, leading=15, textColor=PAPER, spaceAfter=6),
        cover_small=made("cover_small", fontSize=8.75, leading=12, textColor=PALE, spaceAfter=1),
        cover_mark=made("cover_mark", **strong, fontSize=10, leading=14, textColor=PAPER, spaceAfter=6),
    )
