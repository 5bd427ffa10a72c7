"""Texts for ReportLab's paragraphs, in which whatever came from outside is escaped."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Self
from xml.sax.saxutils import escape

from lirk.wording import Wording

#: A paragraph sign never stands at the end of a line, apart from its number.
_TIED = re.compile(r"(§|stk\.|nr\.|pkt\.|art\.|\bs\.) (?=[\d(])")
_NO_BREAK = r"\1" + "\u00a0"


class Markup(str):
    """A text that may hold ReportLab's tags; everything else in it is escaped already."""

    __slots__ = ()

    @classmethod
    def of(cls, text: str) -> Self:
        """Return ``text`` escaped, unless it is markup already; law references keep their numbers."""
        return text if isinstance(text, cls) else cls(_TIED.sub(_NO_BREAK, escape(text)))

    @classmethod
    def strong(cls, text: str) -> Self:
        """Return ``text`` in semi-bold."""
        return cls(f"<b>{cls.of(text)}</b>")

    @classmethod
    def joined(cls, separator: str, texts: Iterable[str]) -> Self:
        """Return the texts that are not empty, with ``separator`` between them."""
        return cls(cls.of(separator).join(cls.of(text) for text in texts if text))


@dataclass(frozen=True, slots=True)
class MarkedWording:
    """The wording of a report: as ``lirk.wording.Wording``, but its texts are markup."""

    words: Wording

    def text(self, danish: str, /, **values: object) -> Markup:
        """Return a text with its values put in, escaped."""
        return Markup(_tied(self.words.text(danish, **_escaped(values))))

    def plural(self, one: str, many: str, count: int, /, **values: object) -> Markup:
        """Return the form for ``count``, with its values put in, escaped."""
        return Markup(_tied(self.words.plural(one, many, count, **_escaped(values))))

    def listing(self, texts: Iterable[str]) -> Markup:
        """Return texts as a sentence lists them."""
        return Markup(self.words.listing(Markup.of(text) for text in texts))


def _escaped(values: dict[str, object]) -> dict[str, object]:
    return {name: Markup.of(value) if isinstance(value, str) else value for name, value in values.items()}


def _tied(text: str) -> str:
    return _TIED.sub(_NO_BREAK, text)
