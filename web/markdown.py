"""The little Markdown that checklists use, as HTML: paragraphs, lists, strong and emphasised words, links.

Everything else stands as it was written, and no HTML comes through. Headings become strong lines, so that they
cannot break the order of a page's own headings.
"""

import re
from collections.abc import Iterator
from functools import lru_cache

from markupsafe import Markup, escape

_MARKER = re.compile(r"(?:[-*+]|(?P<number>\d{1,3})[.)])\s+(?P<text>.*)")
_INLINE = (
    (re.compile(r"\*\*(?=\S)(.+?)(?<=\S)\*\*", re.DOTALL), r"<strong>\1</strong>"),
    (re.compile(r"(?<![\w*])\*(?=[^\s*])([^*]+?)(?<=\S)\*(?![\w*])"), r"<em>\1</em>"),
    (re.compile(r"`([^`\n]+)`"), r"<code>\1</code>"),
    (re.compile(r"\[([^\]\n]+)\]\((https?://[^\s()<>]+)\)"), r'<a href="\2" rel="noreferrer">\1</a>'),
)


# A checklist's texts are shown again and again, and never change.
@lru_cache(maxsize=2048)
def html_of(text: str) -> Markup:
    """Return a Markdown text as HTML."""
    return Markup("\n").join(_block(lines) for lines in _blocks(text))


def _blocks(text: str) -> Iterator[list[str]]:
    """Yield paragraphs and lists as their lines; a list begins a block of its own."""
    block: list[str] = []
    for line in (row.strip() for row in text.splitlines()):
        starts = bool(_MARKER.match(line))
        if block and (not line or (starts and not _MARKER.match(block[0]))):
            yield block
            block = []
        if line:
            block.append(line)
    if block:
        yield block


def _block(lines: list[str]) -> Markup:
    first = _MARKER.match(lines[0])
    if first is None:
        return Markup("<p>{}</p>").format(_inline(_without_heading("\n".join(lines))))
    entries: list[str] = []
    for line in lines:
        marked = _MARKER.match(line)
        if marked:
            entries.append(marked["text"])
        else:
            entries[-1] += f"\n{line}"
    items = Markup("").join(Markup("<li>{}</li>").format(_inline(entry)) for entry in entries)
    return Markup("<ol>{}</ol>").format(items) if first["number"] else Markup("<ul>{}</ul>").format(items)


def _without_heading(text: str) -> str:
    return re.sub(r"\A#{1,6}\s+(.+)", r"**\1**", text)


def _inline(text: str) -> Markup:
    made = str(escape(text))
    for pattern, replacement in _INLINE:
        made = pattern.sub(replacement, made)
    return Markup(made)  # noqa: S704 - escaped above; only the tags of this module were added
