"""What a printed document is to those who hear it: its elements, and what is painted under each.

A tag is made with the text or figure that it stands for, and noted when that is first painted, so that the order
of painting is the order of reading. ``structure_tree`` writes what was noted into the file.
"""

from collections import Counter
from dataclasses import dataclass, field
from typing import Literal, TypeAlias

Scope: TypeAlias = Literal["", "Column", "Row"]
Box: TypeAlias = tuple[float, float, float, float]


@dataclass(frozen=True, slots=True, eq=False)
class Tag:
    """One element of the structure, equal only to itself.

    Attributes
    ----------
    role
        A standard structure type of PDF 1.7: ``P``, ``H2``, ``TD``.
    under
        The element that holds it; the document itself where there is none.
    alt
        The text that replaces a figure.
    numbering
        How a list is marked: ``Disc`` or ``Decimal``.
    scope, headers, columns
        Of a table's cell: what a heading is a heading of, the headings of a cell, and how many columns it fills.
    """

    role: str
    under: "Tag | None" = None
    alt: str = ""
    numbering: str = ""
    scope: Scope = ""
    headers: "tuple[Tag, ...]" = ()
    columns: int = 1


@dataclass(frozen=True, slots=True)
class Content:
    """A run of painting on a page (from 1), by its number on that page (from 0)."""

    page: int
    number: int


@dataclass(frozen=True, slots=True)
class Link:
    """A place to click on a page (from 1), by its number on that page (from 0)."""

    page: int
    number: int


Kid: TypeAlias = Tag | Content | Link


@dataclass(slots=True)
class Structure:
    """The elements of one document as they were painted; ``kids`` holds for each what stands in it, in order."""

    root: Tag = field(default_factory=lambda: Tag("Document"))
    kids: dict[Tag, list[Kid]] = field(default_factory=dict)
    boxes: dict[Tag, Box] = field(default_factory=dict)
    _contents: Counter[int] = field(default_factory=Counter)
    _links: Counter[int] = field(default_factory=Counter)

    def __contains__(self, tag: Tag) -> bool:
        """Whether the element has been noted already."""
        return tag in self.kids

    def note(self, tag: Tag) -> list[Kid]:
        """Give the element its place, unless it has one, and return what stands in it."""
        if tag not in self.kids:
            self.kids[tag] = []
            if tag is not self.root:
                self.note(tag.under or self.root).append(tag)
        return self.kids[tag]

    def content(self, tag: Tag, page: int) -> int:
        """Note that painting under ``tag`` begins on ``page``, and return the number that marks it."""
        number = self._contents[page]
        self._contents[page] += 1
        self.note(tag).append(Content(page, number))
        return number

    def link(self, tag: Tag, page: int) -> None:
        """Note that the next place to click on ``page`` belongs to ``tag``."""
        self.note(tag).append(Link(page, self._links[page]))
        self._links[page] += 1
