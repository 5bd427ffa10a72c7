"""The sentences of a report as a page says them: places are links, and only harmless tags are left."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from xml.sax.saxutils import unescape

from markupsafe import Markup, escape

from lirk.reports import markup as reports
from lirk.wording import Wording

#: All that a marked sentence may hold of HTML; whatever else looks like a tag is text.
_TAG = re.compile(r'(</?(?:b|strong|i)>|<a href="#[A-Za-z0-9-]+">|</a>)')
_STRONG = {"<b>": "<strong>", "</b>": "</strong>"}


@dataclass(frozen=True, slots=True)
class PageVoice:
    """Fulfils ``lirk.reports.voice.Voice`` for a page.

    Attributes
    ----------
    sections
        The headings of the page's parts, by the key that sentences call them.
    """

    words: Wording
    sections: Mapping[str, str] = field(default_factory=dict)

    @property
    def say(self) -> reports.MarkedWording:
        """The wording, marked."""
        return reports.MarkedWording(self.words)

    def see(self, key: str) -> reports.Markup:
        """Return ``fund 3`` or ``afsnittet »Metode«``, linked to it."""
        if key.startswith("finding "):
            name = self.say.text("fund {number}", number=key.removeprefix("finding "))
        else:
            name = self.say.text("afsnittet »{heading}«", heading=self.sections[key])
        return reports.Markup(f'<a href="#{place_id(key)}">{name}</a>')

    def where(self, key: str) -> reports.Markup:
        """Return ``i afsnittet »Metode«``, linked to it."""
        return self.say.text("i {place}", place=self.see(key))


def place_id(key: str) -> str:
    """Return the id on a page of what sentences call ``finding 3``."""
    return key.replace(" ", "-")


def html(text: str) -> Markup:
    """Return a sentence as HTML; a text that is not marked is escaped."""
    if not isinstance(text, reports.Markup):
        return escape(text)
    return Markup("").join(_part(part) for part in _TAG.split(text))


def html_all(texts: Iterable[str]) -> tuple[Markup, ...]:
    """Return sentences as HTML."""
    return tuple(html(text) for text in texts)


def _part(part: str) -> Markup:
    if _TAG.fullmatch(part):
        return Markup(_STRONG.get(part, part))  # noqa: S704 - one of the tags above
    # Marked texts are escaped once already.
    return escape(unescape(part))
