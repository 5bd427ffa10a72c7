"""A canvas that says of all it paints either which element it is part of, or that it is decoration."""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from typing import Any, Literal, TypeAlias

from reportlab.pdfgen.canvas import Canvas

from lirk.reports.structure import Structure, Tag

#: What is no part of the text: decoration, or what stands on every page.
Decoration: TypeAlias = Literal["Layout", "Background", "Pagination"]

END = "EMC"


class TaggedCanvas(Canvas):  # type: ignore[misc]  # ReportLab is untyped: its classes are Any
    """ReportLab's canvas with marked content; ``structure`` holds what was marked.

    ``titles`` are the headings that links lead to, by anchor, as far as they are known. On a ``dry`` canvas nothing
    is painted: it only serves to find out on which page things come to stand.
    """

    def __init__(self, *arguments: Any, titles: Mapping[str, str], dry: bool = False, **options: Any) -> None:
        super().__init__(*arguments, **options)
        self.structure = Structure()
        self.titles = titles
        self.dry = dry

    def save(self) -> None:
        """End the last page; the file is written by ``getpdfdata``, once it is known that the pages are final."""
        if self._code:
            self.showPage()

    def beginning(self, tag: Tag) -> str:
        """Return the operator that begins painting under an element; ``END`` ends it."""
        number = self.structure.content(tag, self._pageNumber)
        return f"/{tag.role} <</MCID {number}>> BDC"

    @contextmanager
    def marked(self, tag: Tag) -> Iterator[None]:
        """Paint under an element."""
        self._code.append(self.beginning(tag))
        yield
        self._code.append(END)

    @contextmanager
    def decoration(self, kind: Decoration) -> Iterator[None]:
        """Paint what nobody needs to hear; nothing is written where nothing is painted."""
        before = len(self._code)
        self._code.append(f"/Artifact <</Type /{kind}>> BDC")
        yield
        if len(self._code) == before + 1:
            self._code.pop()
        else:
            self._code.append(END)

    def lead(self, tag: Tag, target: str, text: str, rectangle: tuple[float, float, float, float]) -> None:
        """Make ``rectangle`` lead to the anchor ``target``; ``text`` is what the link says on the page."""
        title = self.titles.get(target, "")
        said = ": ".join(filter(None, (text, title))) if title != text else text
        self.structure.link(tag, self._pageNumber)
        self.linkRect(said, target, rectangle, relative=1)
