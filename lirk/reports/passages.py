"""Text that is set: paragraphs that know what they are, and say it where they are painted.

A paragraph is broken into lines by ReportLab and painted here. A line ends with a space, and a word that is divided
by hyphenation with a soft hyphen, so that whoever listens hears whole words. The two parts of a paragraph that is
divided between pages are one element.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from functools import lru_cache
from typing import Any, NamedTuple

from reportlab.lib.enums import TA_RIGHT
from reportlab.lib.styles import ParagraphStyle
from reportlab.platypus import Paragraph

from lirk.reports.lettering import width
from lirk.reports.structure import Box, Tag
from lirk.reports.tagged_canvas import END, TaggedCanvas

SOFT_HYPHEN = "\u00ad"
#: What ReportLab takes for the space between words; a no-break space is none.
SPACES = re.compile(r"[ \t\r\n\f\v]+")
#: How far below its base line a link reaches, as a share of its size.
BELOW = 0.2


@dataclass(frozen=True, slots=True, kw_only=True)
class Manner:
    """How a paragraph is told.

    Attributes
    ----------
    links
        The elements of its links, by number and target; paragraphs that share this share their links.
    label
        What stands before it in a list, and that element.
    repeats
        It is painted again at the head of each page of its table, and heard once.
    stays
        It is an element even where it is empty: the cell of a table.
    followed_by
        An element without content that comes after it.
    ends
        What is heard after the last word.
    """

    tag: Tag
    links: dict[tuple[int, str], Tag] = field(default_factory=dict)
    label: tuple[str, Tag] | None = None
    repeats: bool = False
    stays: bool = False
    followed_by: Tag | None = None
    ends: str = ""


class Run(NamedTuple):
    """A piece of a line with one look; ``look`` is ReportLab's: font, colour, link, anchor."""

    text: str
    look: Any


class Line(NamedTuple):
    """A line of ``words``; ``spare`` is how much narrower it is than it may be, below 0 where it is too wide."""

    spare: float
    words: int
    runs: list[Run]

    @property
    def text(self) -> str:
        """What the line says, with single spaces."""
        return _plain("".join(run.text for run in self.runs))

    def ending(self, end: str, *, dropped: str = "") -> "Line":
        """Return the line with another end; blanks there may be runs of their own."""
        at = max((at for at, run in enumerate(self.runs) if run.text.strip(" ")), default=None)
        if at is None:
            return self
        text = self.runs[at].text.rstrip(" ").removesuffix(dropped) + end
        after = [run._replace(text="") for run in self.runs[at + 1 :]]
        return self._replace(runs=[*self.runs[:at], self.runs[at]._replace(text=text), *after])


class Passage(Paragraph):  # type: ignore[misc]  # ReportLab is untyped: its classes are Any
    """A paragraph with its manner; set to the left or to the right, on no ground of its own."""

    def __init__(
        self,
        text: str | None,
        style: ParagraphStyle,
        bulletText: None = None,  # noqa: N803  # by this name ReportLab divides a paragraph
        frags: Any = None,
        *,
        manner: Manner | None = None,
    ) -> None:
        super().__init__(text, style, frags=frags or _unmarked(text, style))
        self.manner = manner or Manner(tag=Tag("P"))
        self.broken_for: float | None = None
        #: What the lines are broken from, which tells the hyphens of the text from those of a line's end.
        self.told = "" if text is None else _plain("".join(part.text for part in self.frags))

    def wrap(self, width: float, height: float) -> tuple[float, float]:
        """Return the size in a column of ``width``, and break the lines, unless they are broken so already.

        A table asks for the size of its cells three times on its way to paper.
        """
        if self.broken_for != width or not hasattr(self, "blPara"):
            super().wrap(width, height)
            self.broken_for = width
        return self.width, self.height

    def split(self, width: float, height: float) -> "list[Passage]":
        """Return the part that fits in ``height``, and the rest."""
        whole = list(self._broken()) if hasattr(self, "blPara") else []
        parts: list[Passage] = super().split(width, height)
        if len(parts) == 2:
            head, tail = parts
            head.manner, tail.manner = self.manner, replace(self.manner, label=None)
            head.told = tail.told = self.told
            for line in whole[: len(head.blPara.lines)]:
                _, tail.told = _ended(line, tail.told)
        return parts

    def draw(self) -> None:
        """Paint the lines; those that are repeated are decoration from the second time on."""
        canvas, manner = self.canv, self.manner
        if canvas.dry:
            return
        if manner.repeats and manner.tag in canvas.structure:
            with canvas.decoration("Pagination"):
                _Brush(canvas, self, heard=False).paint()
            return
        if manner.label:
            self._paint_label(*manner.label)
        if manner.stays:
            canvas.structure.note(manner.tag)
        _Brush(canvas, self, heard=True).paint()
        if manner.followed_by:
            canvas.structure.note(manner.followed_by)

    def lines(self) -> Iterator[Line]:
        """Yield the lines with the ends by which they are read on."""
        told = self.told
        for line in self._broken():
            ended, told = _ended(line, told)
            yield ended if told else ended.ending(self.manner.ends)

    @property
    def base(self) -> float:
        """How high the first line stands."""
        look = self.blPara if self.blPara.kind == 0 else self.blPara.lines[0]
        return float(self.height - look.fontSize)

    def _broken(self) -> Iterator[Line]:
        if self.blPara.kind == 0:
            for spare, words in self.blPara.lines:
                yield Line(spare, len(words), [Run(" ".join(words), self.blPara)])
        else:
            for line in self.blPara.lines:
                runs = [Run(getattr(part, "text", ""), part) for part in line.words]
                yield Line(line.extraSpace, line.wordCount, runs)

    def _paint_label(self, label: str, tag: Tag) -> None:
        style = self.style
        with self.canv.marked(tag):
            text = self.canv.beginText(style.bulletIndent, self.base)
            text.setFont(style.bulletFontName, style.bulletFontSize)
            text.setFillColor(style.textColor)
            text.textOut(f"{label} ")
            self.canv.drawText(text)


def _unmarked(text: str | None, style: ParagraphStyle) -> list[Any] | None:
    """Return a text without marks as ReportLab's parser would, which takes longer; None for every other text."""
    if text is None or not text or "<" in text or "&" in text:
        return None
    return [_look(style).clone(text=_spaced(text))]


@lru_cache(maxsize=128)
def _look(style: ParagraphStyle) -> Any:
    (fragment,) = Paragraph("x", style).frags
    return fragment


def _plain(text: str) -> str:
    """Return what a text says, wherever its words may be divided."""
    return _spaced(text.replace(SOFT_HYPHEN, ""))


def _spaced(text: str) -> str:
    return SPACES.sub(" ", text).strip(" ")


def _ended(line: Line, told: str) -> tuple[Line, str]:
    """Return a line with the end by which it is read on, and what is left to be told after it.

    ``told`` begins with what the line says, but for the hyphen of a divided word.
    """
    text = line.text
    if told.startswith(text):
        rest = told[len(text) :]
        return line.ending(" " if rest.startswith(" ") else ""), rest.lstrip(" ")
    if text.endswith("-") and told.startswith(text[:-1]):
        return line.ending(SOFT_HYPHEN, dropped="-"), told[len(text) - 1 :]
    # Nothing known leads here; a report with a space too many is better than none.
    return line.ending(" "), told


class _Brush:
    """Paints one passage: text in one text object, links after it."""

    def __init__(self, canvas: TaggedCanvas, passage: Passage, *, heard: bool) -> None:
        self.canvas = canvas
        self.passage = passage
        self.heard = heard
        self.links: list[tuple[Tag, str, str, Box]] = []
        self.tag: Tag | None = None
        self.look: tuple[Any, ...] = ()

    def paint(self) -> None:
        """Paint the lines, and make the links places to click on."""
        lines = list(self.passage.lines())
        if not lines:
            return
        style = self.passage.style
        self.text = self.canvas.beginText()
        for at, line in enumerate(lines):
            left = style.leftIndent + (style.firstLineIndent if at == 0 else 0)
            self._line(line, left, self.passage.base - at * style.leading)
        self._under(None)
        self.canvas.drawText(self.text)
        for link in self.links:
            self.canvas.lead(*link)

    def _line(self, line: Line, left: float, base: float) -> None:
        # A line may be a little too wide, and its spaces a little narrower.
        spaces = line.words - 1 + line.text.count("\u00a0")
        narrowed = line.spare < 0 and spaces > 0
        if self.passage.style.alignment == TA_RIGHT and not narrowed:
            left += line.spare
        self.text.setTextOrigin(left, base)
        if narrowed:
            self.text.setWordSpace(line.spare / spaces)
        for run in line.runs:
            left = self._run(run, left, base)
        if narrowed:
            self.text.setWordSpace(0)

    def _run(self, run: Run, left: float, base: float) -> float:
        """Paint a run and return where it ends."""
        look = run.look
        if hasattr(look, "cbDefn"):
            self.canvas.bookmarkHorizontal(look.cbDefn.name, left, base + self.passage.style.leading)
            return left
        if not run.text:
            return left
        link = look.link[0] if look.link else None
        self._under(self._link_tag(link) if link else self.passage.manner.tag)
        self._look(look)
        self.text._textOut(run.text)
        if link is None and len(self.passage.frags) == 1:
            return left
        end = left + width(run.text, look.fontSize, look.fontName)
        if link and self.heard:
            box = (left, base - BELOW * look.fontSize, end, base + look.fontSize)
            self.links.append((self._link_tag(link), link[1].removeprefix("#"), run.text.strip(), box))
        return end

    def _look(self, look: Any) -> None:
        if self.look[:2] != (look.fontName, look.fontSize):
            self.text.setFont(look.fontName, look.fontSize)
        if self.look[2:] != (look.textColor,):
            self.text.setFillColor(look.textColor)
        self.look = (look.fontName, look.fontSize, look.textColor)

    def _link_tag(self, link: tuple[int, str]) -> Tag:
        manner = self.passage.manner
        return manner.links.setdefault(link, Tag("Link", under=manner.tag))

    def _under(self, tag: Tag | None) -> None:
        """Go over to painting under another element, or end."""
        if not self.heard or tag is self.tag:
            return
        if self.tag is not None:
            self.text._code.append(END)
        if tag is not None:
            self.text._code.append(self.canvas.beginning(tag))
        self.tag = tag
