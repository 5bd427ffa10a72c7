"""Does a text hold something that looks like a CPR number.

Only the form is judged: a possible day, month and year, and four more digits. Modulus 11 is not asked, since
valid numbers without it have been issued since 2007 (https://cpr.dk).
"""

import re

_DAY_AND_MONTH = (
    "(?:0[1-9]|1[0-9]|2[0-8])(?:0[1-9]|1[0-2])"  # every month has 28 days
    "|(?:29|30)(?:0[13-9]|1[0-2])"
    "|31(?:0[13578]|1[02])"
)
_BIRTH_DATE = f"(?:(?:{_DAY_AND_MONTH})[0-9]{{2}}|2902(?:[02468][048]|[13579][26]))"
#: Word processors put blanks that do not break, and dashes and minus signs of many lengths.
_BETWEEN = "[ \u00a0\u202f]?[-\u2010-\u2015\u2212]?[ \u00a0\u202f]?"

#: Python and Polars read it alike: it does not look around, the number's neighbours are part of the match.
PATTERN = f"(?:^|[^0-9A-Za-z]){_BIRTH_DATE}{_BETWEEN}[0-9]{{4}}(?:[^0-9A-Za-z]|$)"

#: What is shown in place of such a number.
MASK = "••••••-••••"

_WHOLE_TOKEN = re.compile(f"(?<![0-9A-Za-z]){_BIRTH_DATE}{_BETWEEN}[0-9]{{4}}(?![0-9A-Za-z])")


def looks_like_cpr(text: str) -> bool:
    """Tell whether ``text`` holds a whole token that looks like a CPR number.

    Such a token is ``DDMMYY`` with a day that this month has, a dash, a space or nothing, and four digits; no
    letter or digit stands right before or after it. 29 February counts in the years that may be leap years.
    """
    return _WHOLE_TOKEN.search(text) is not None


def spans_of_cpr(text: str) -> tuple[tuple[int, int], ...]:
    """Return where such tokens stand in ``text``: (start, end) as for slices, in order, never overlapping."""
    return tuple(found.span() for found in _WHOLE_TOKEN.finditer(text))


def masked(text: str) -> str:
    """Return ``text`` with every such token replaced by dots, so that it can be shown or logged."""
    return _WHOLE_TOKEN.sub(MASK, text)
