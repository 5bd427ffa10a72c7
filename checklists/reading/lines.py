"""On which line something stands in a TOML text: the parser itself does not tell."""

import re
from bisect import bisect_right
from collections.abc import Iterator
from itertools import repeat
from operator import itemgetter

_TOKENS = re.compile(r'"""|\'\'\'|"(?:\\.|[^"\\])*"|\'[^\']*\'|#')
_HEADER = re.compile(r"\s*\[{1,2}\s*([A-Za-z0-9_.\- ]+?)\s*\]{1,2}")


class Lines:
    """Headings, keys and ids of a TOML text by line, counted from 1.

    Lines inside texts of several lines are not looked at. What is written in an unusual way (a table inside
    a list on one line) is found by its id, or not at all.
    """

    def __init__(self, text: str) -> None:
        self._rows = list(_outside_texts(text))
        self._headers = [
            (number, match.group(1).replace(" ", ""))
            for number, row in self._rows
            if (match := _HEADER.match(row)) is not None
        ]

    def starts(self, heading: str, total: int) -> Iterator[int | None]:
        """Return the lines of all ``[[heading]]``, or unknown lines if they are not ``total`` in number."""
        found = [number for number, name in self._headers if name == heading]
        return iter(found) if len(found) == total else repeat(None)

    def heading(self, name: str) -> int | None:
        """Return the first line of ``[name]``."""
        return next((number for number, header in self._headers if header == name), None)

    def of_id(self, identifier: str) -> int | None:
        """Return the first line with ``id = "identifier"``."""
        wanted = re.compile(rf"\bid\s*=\s*[\"']{re.escape(identifier)}[\"']")
        return next((number for number, row in self._rows if wanted.search(row)), None)

    def of_key(self, key: str, start: int | None) -> int | None:
        """Return the line of ``key`` in the section that begins at ``start`` (0: before all headings).

        Where the key does not stand there, the line of the section; None where that is not known.
        """
        if start is None:
            return None
        after = bisect_right(self._headers, start, key=itemgetter(0))
        end = self._headers[after][0] if after < len(self._headers) else float("inf")
        wanted = re.compile(rf"\s*[\"']?{re.escape(key)}[\"']?\s*[=.]")
        for number, row in self._rows[bisect_right(self._rows, start, key=itemgetter(0)) :]:
            if number >= end:
                break
            if wanted.match(row):
                return number
        return start or None


def _outside_texts(text: str) -> Iterator[tuple[int, str]]:
    """Yield the numbered lines that do not begin inside a text of several lines."""
    inside = ""
    for number, row in enumerate(text.split("\n"), start=1):
        if not inside:
            yield number, row
        inside = _state_after(row, inside)


def _state_after(row: str, inside: str) -> str:
    position = 0
    while True:
        if inside:
            end = row.find(inside, position)
            if end < 0:
                return inside
            position, inside = end + 3, ""
        token = _TOKENS.search(row, position)
        if token is None or token.group() == "#":
            return ""
        position = token.end()
        if token.group() in {'"""', "'''"}:
            inside = token.group()
