"""What case numbers look like, asked of all of them at once before any is looked at by itself."""

from collections.abc import Mapping

import polars as pl

from lirk.domain.cpr import PATTERN

_PADDED = "^\\s|\\s$"
_PARTS = 4
_MONTH = "(?:jan|feb|mar|apr|maj|may|jun|jul|aug|sep|okt|oct|nov|dec)"

#: Signs that hardly any register shows: a CPR number; a character that is no letter or sign; a number that a
#: spreadsheet shortened (1.0E+05), or made a date of (dec-21).
RARE = {
    "cpr": PATTERN,
    "control": "[\\x00-\\x1f\\x7f\\x{85}\\x{2028}\\x{2029}]",
    "power": "^[0-9](?:[.,][0-9]+)?[eE][+]?[0-9]+$",
    "date": f"(?i)^(?:[0-9]{{1,2}}[-. ]{_MONTH}|{_MONTH}[-. ][0-9]{{2,4}})$",
}
#: Numbers of digits only, which a spreadsheet may have shortened by their leading zeros.
DIGITS = "^[0-9]+$"


def signs_of(numbers: pl.Series) -> frozenset[str]:
    """Return which signs any of the numbers shows: those of ``RARE``, ``digits``, ``padded``, ``small-letter``.

    ``padded`` says that blanks stand around a number, which may hide other signs.
    """
    every = {**RARE, "digits": DIGITS, "padded": _PADDED}
    # One pattern for all costs no more than one of them, and mostly none is there.
    shown = _shown(numbers, every) if _shown(numbers, {"any": _either(every)}) else frozenset()
    text = str(numbers.str.join("").item())
    return shown if text == text.upper() else shown | {"small-letter"}


def _either(patterns: Mapping[str, str]) -> str:
    return "|".join(f"(?:{pattern})" for pattern in patterns.values())


def _shown(numbers: pl.Series, patterns: Mapping[str, str]) -> frozenset[str]:
    """Return the names of the patterns that any number fits; asked of parts at once, a core each."""
    number, part = pl.col("number"), -(-numbers.len() // _PARTS)
    found = (
        numbers.alias("number")
        .to_frame()
        .select(
            number.slice(at * part, part).str.contains(pattern).any().alias(f"{name} {at}")
            for name, pattern in patterns.items()
            for at in range(_PARTS)
        )
    )
    return frozenset(name for name in patterns if any(found[f"{name} {at}"][0] for at in range(_PARTS)))
