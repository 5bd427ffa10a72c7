"""Does a text hold something that looks like a CPR number.

Only the form is judged: a possible day, month and year, and four more digits. Modulus 11 is not asked, since
valid numbers without it have been issued since 2007 (https://cpr.dk).
"""

import re
import unicodedata

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


_DASH = "[-\u2010-\u2015\u2212]"
#: One more part after the last four digits makes a case number of it.
_END = "(?![0-9A-Za-z])(?![-/.][0-9])"
#: The parts of a number as people write it in a sentence; looked for ahead, so that no match hides another.
_WRITTEN = (
    # 010190-0000 and 010190 0000, also over two lines, after a full stop, or with a slash.
    re.compile(
        rf"(?<![0-9])(?=(?P<day>[0-9]{{2}})(?P<month>[0-9]{{2}})(?P<year>[0-9]{{2}})"
        rf"(?P<between>\s{{0,3}}(?:{_DASH}\s{{0,3}})?|\.\s{{1,3}}|\s?/\s?)[0-9]{{4}}{_END})"
    ),
    # 01.01.90-0000, 01-01-90-0000, 01/01/90-0000: a blank alone would make it a date with a time.
    re.compile(
        rf"(?<![0-9])(?=(?P<day>[0-9]{{2}})(?P<sign>[./]\s?|{_DASH})(?P<month>[0-9]{{2}})(?P=sign)"
        rf"(?P<year>[0-9]{{2}})(?P<between>\s{{0,3}}(?:{_DASH}|/)\s{{0,3}})[0-9]{{4}}{_END})"
    ),
    # 01 01 90 0000; two digits more before it make it a telephone number.
    re.compile(
        rf"(?<![0-9])(?<![0-9]\s)(?=(?P<day>[0-9]{{2}})\s(?P<month>[0-9]{{2}})\s(?P<year>[0-9]{{2}})"
        rf"(?P<between>\s{{1,3}}|\s{{0,3}}{_DASH}\s{{0,3}})[0-9]{{4}}{_END})"
    ),
)
#: What may stand right before ten digits in a row; other letters make a case number of them.
_CALLED = re.compile(r"(?:cpr|nr|no|nummer)$", re.IGNORECASE)
_DATE = re.compile(_BIRTH_DATE)


def mentions_cpr(text: str) -> bool:
    """Tell whether a text that somebody wrote holds what looks like a CPR number, however it is written.

    Beside what `looks_like_cpr` knows: digits of any script, signs that are not seen, ``01.01.90-0000``,
    ``010190/0000``, ``010190. 0000``, ``01 01 90 0000``, a line break before the last four digits, and a letter
    right before the number. Registers are read by the narrower form, for which a column of case numbers is not
    taken for one.
    """
    seen = "".join(
        str(unicodedata.decimal(sign, sign))
        for sign in unicodedata.normalize("NFKC", text)
        if unicodedata.category(sign) != "Cf"
    )
    return looks_like_cpr(text) or any(
        _DATE.fullmatch("".join(found.group("day", "month", "year")))
        and _may_follow(seen[: found.start()], found["between"])
        for pattern in _WRITTEN
        for found in pattern.finditer(seen)
    )


def _may_follow(before: str, between: str) -> bool:
    """Return whether a number may begin after a text: letters right before it make a case number of most."""
    letter = bool(before) and before[-1].isascii() and before[-1].isalpha()
    parted = bool(between) and "/" not in between
    return not letter or parted or _CALLED.search(before[-6:]) is not None


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
