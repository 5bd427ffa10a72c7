"""IBM Plex Sans: the only lettering of a printed report, and how wide a text is in it."""

import re
from collections.abc import Iterator
from functools import cache, lru_cache
from importlib.resources import files
from io import BytesIO
from unicodedata import category, name, normalize

from pyphen import Pyphen
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import TTFont

REGULAR = "Plex"
SEMIBOLD = "Plex-SemiBold"
ITALIC = "Plex-Italic"

FILES = {
    REGULAR: "IBMPlexSans-Regular.ttf",
    SEMIBOLD: "IBMPlexSans-SemiBold.ttf",
    ITALIC: "IBMPlexSans-Italic.ttf",
}
HYPHENATION = {"da": "da_DK", "en": "en_GB"}
#: Which picture of a sign is meant: nothing that could be spelled out.
VARIANTS = re.compile("[\ufe00-\ufe0f]")


@cache
def register() -> None:
    """Make the three fonts known to ReportLab; to be called before the first paragraph is made."""
    folder = files("lirk.reports") / "fonts"
    for font, file in FILES.items():
        pdfmetrics.registerFont(TTFont(font, BytesIO((folder / file).read_bytes())))
    pdfmetrics.registerFontFamily(REGULAR, normal=REGULAR, bold=SEMIBOLD, italic=ITALIC, boldItalic=SEMIBOLD)


def width(text: str, size: float, font: str = REGULAR) -> float:
    """Return how many points wide ``text`` is at ``size`` points, as it is printed."""
    register()
    return float(pdfmetrics.stringWidth(spelled(text), font, size))


def covers(text: str, font: str = REGULAR) -> bool:
    """Return whether the lettering has a sign for every letter of ``text``; what it lacks prints as nothing."""
    register()
    known = pdfmetrics.getFont(font).face.charToGlyph
    return all(ord(letter) in known for letter in text)


@lru_cache(maxsize=4096)
def spelled(text: str) -> str:
    """Return ``text`` as it can be printed: a sign that the lettering lacks is its name, ``[PARTY POPPER]``.

    Marks that only join or vary other signs are left out, as they are nothing by themselves.
    """
    if text.isascii():
        return text
    composed = normalize("NFC", text)
    return composed if covers(composed) else "".join(map(_spelled, VARIANTS.sub("", composed)))


def _spelled(sign: str) -> str:
    if covers(sign) or sign.isspace():
        return sign
    if category(sign) == "Cf":
        return ""
    return f"[{name(sign, f'U+{ord(sign):04X}')}]"


def shortened(text: str, size: float, limit: float, font: str = REGULAR) -> str:
    """Return ``text``, cut with an ellipsis where it is wider than ``limit`` points."""
    if width(text, size, font) <= limit:
        return text
    kept = text
    while kept and width(f"{kept}…", size, font) > limit:
        kept = kept[:-1].rstrip()
    return f"{kept}…"


def wrapped(text: str, size: float, limit: float, *, language: str = "da", most: int = 3) -> tuple[str, ...]:
    """Return ``text`` in lines of at most ``limit`` points.

    Parameters
    ----------
    language
        ``da`` or ``en``: how a word is hyphenated that is wider than a line.
    most
        The last of so many lines ends with an ellipsis where the text goes on.
    """
    lines = list(_lines(text.split(), size, limit, language))
    if len(lines) <= most:
        return tuple(lines) or ("",)
    rest = " ".join(lines[most - 1 :])
    return (*lines[: most - 1], shortened(rest, size, limit))


def _lines(pieces: list[str], size: float, limit: float, language: str) -> Iterator[str]:
    line = ""
    waiting = list(reversed(pieces))
    while waiting:
        word = waiting.pop()
        longer = f"{line} {word}".strip()
        if width(longer, size) <= limit:
            line = longer
        elif line:
            yield line
            line = ""
            waiting.append(word)
        else:
            head, tail = _broken(word, size, limit, language)
            yield head
            if tail:
                waiting.append(tail)
    if line:
        yield line


def _broken(word: str, size: float, limit: float, language: str) -> tuple[str, str]:
    for head, tail in Pyphen(lang=HYPHENATION[language]).iterate(word):
        if width(f"{head}-", size) <= limit:
            return f"{head}-", tail
    cut = next((at for at in range(len(word), 1, -1) if width(word[:at], size) <= limit), 1)
    return word[:cut], word[cut:]
