"""Bytes to text: which encoding a file has, found without ever losing or inventing a letter.

A byte order mark decides; else strict UTF-8; else Windows-1252 or Mac Roman, whichever turns the bytes above
127 into letters that Danish and English files hold. Where neither does, the file is refused.
"""

import codecs
import re
from dataclasses import dataclass

import numpy as np

from lirk.errors import Problem

#: Byte order marks, the longer ones first: UTF-32's begins with UTF-16's.
_MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
#: Tried in this order where a file is not UTF-8; the first one wins a tie.
_ONE_BYTE = ("cp1252", "mac_roman")
_LIKELY = frozenset("æøåÆØÅéÉèÈêëËüÜöÖäÄáÁàÀâíÍóÓôñçßðþÞ–—‘’‚“”„«»…•·§°½¼€£´\u00a0")


@dataclass(frozen=True, slots=True)
class Decoded:
    """A file's text as UTF-8 bytes without a byte order mark, and the encoding it was read by.

    ``certain`` is False where the encoding was weighed, not known: then the reader is shown what came of it.
    """

    data: bytes
    encoding: str
    certain: bool


class Undecodable(Exception):
    """The bytes are no text, or not in the encoding that was named."""

    def __init__(self, problem: Problem) -> None:
        super().__init__(problem.code)
        self.problem = problem


def decode(raw: bytes, encoding: str | None = None) -> Decoded:
    """Return the text of a file.

    Parameters
    ----------
    raw
        The whole file.
    encoding
        A name that Python knows, where the mapping gives one; it is then the only one tried.

    Raises
    ------
    Undecodable
        With a problem: ``encoding-unknown``, ``encoding-does-not-fit`` (``encoding``, ``position`` from 1,
        with the row), ``encoding-not-found`` (``position``), ``not-a-text-file``.
    """
    if encoding is not None:
        return _named(raw, encoding)
    for mark, name in _MARKS:
        if raw.startswith(mark):
            return Decoded(_strictly(raw, name), name, certain=True)
    if b"\0" in raw:
        raise Undecodable(Problem("not-a-text-file"))
    try:
        raw.decode("utf-8")
    except UnicodeDecodeError as error:
        return _weighed(raw, error.start)
    return Decoded(raw, "utf-8", certain=True)


def row_of_position(data: bytes, position: int) -> int:
    """Return the row, from 1, in which a byte stands, where line ends are LF, CRLF or CR."""
    return len(re.findall(rb"\r\n|\r|\n", data[:position])) + 1


def may_be_plain_utf8(raw: bytes, encoding: str | None, looked_at: int) -> bool:
    """Tell whether a file, so far as its first ``looked_at`` bytes show, is UTF-8 without any mark.

    The rest is left to whoever reads it and refuses what is not UTF-8: looking twice at a large file is slow.
    """
    if encoding not in {None, "utf-8"} or raw.startswith(tuple(mark for mark, _ in _MARKS)) or b"\0" in raw:
        return False
    try:
        codecs.getincrementaldecoder("utf-8")().decode(raw[:looked_at])
    except UnicodeDecodeError:
        return False
    return True


def _named(raw: bytes, encoding: str) -> Decoded:
    try:
        known = codecs.lookup(encoding)
        "".encode(encoding)
    except (LookupError, ValueError):
        raise Undecodable(_unknown(encoding)) from None
    if known.name == "utf-8" and raw.startswith(codecs.BOM_UTF8):
        encoding = "utf-8-sig"
    data = _strictly(raw, encoding)
    if b"\0" in data:
        raise Undecodable(Problem("not-a-text-file"))
    return Decoded(data, encoding, certain=True)


def _unknown(encoding: str) -> Problem:
    return Problem("encoding-unknown", {"encoding": encoding}, item="[read] encoding")


def _strictly(raw: bytes, encoding: str) -> bytes:
    try:
        return raw.decode(encoding).encode()
    except UnicodeDecodeError as error:
        raise Undecodable(_does_not_fit(raw, encoding, error.start)) from None
    except (LookupError, UnicodeError):
        raise Undecodable(_unknown(encoding)) from None


def _does_not_fit(raw: bytes, encoding: str, position: int) -> Problem:
    values = {"encoding": encoding, "position": position + 1}
    row = None if encoding.startswith(("utf-16", "utf-32")) else row_of_position(raw, position)
    return Problem("encoding-does-not-fit", values, row=row)


def _weighed(raw: bytes, position: int) -> Decoded:
    """Choose between the one-byte encodings by what the bytes above 127 would be."""
    octets = np.frombuffer(raw, np.uint8)
    counts = np.bincount(octets[octets > 127], minlength=256)
    unlikely = {name: _unlikely(counts, name) for name in _ONE_BYTE}
    best = min(_ONE_BYTE, key=lambda name: unlikely[name])
    if unlikely[best] * 2 > counts.sum():
        values = {"position": position + 1}
        raise Undecodable(Problem("encoding-not-found", values, row=row_of_position(raw, position)))
    return Decoded(raw.decode(best).encode(), best, certain=False)


def _unlikely(counts: np.ndarray, encoding: str) -> float:
    """Return how many bytes would be signs that such files hardly hold; endless where one is undefined."""
    total = 0
    for value in np.flatnonzero(counts):
        try:
            sign = bytes([value]).decode(encoding)
        except UnicodeDecodeError:
            return float("inf")
        total += 0 if sign in _LIKELY else int(counts[value])
    return total
