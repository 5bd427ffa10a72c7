"""Dates as registers write them: which form a column has, and the days it holds."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

import polars as pl

ISO = "%Y-%m-%d"

#: The forms that are tried, Danish order before American, four-digit years before two-digit ones.
FORMS = (
    "%d-%m-%Y",
    "%d.%m.%Y",
    "%d/%m/%Y",
    ISO,
    "%Y/%m/%d",
    "%Y.%m.%d",
    "%d-%b-%Y",
    "%d-%b-%y",
    "%d %b %Y",
    "%d. %b %Y",
    "%d %b %y",
    "%d. %b %y",
    "%d/%b/%Y",
    "%b %d, %Y",
    "%d-%m-%y",
    "%d.%m.%y",
    "%d/%m/%y",
    "%m/%d/%Y",
    "%m-%d-%Y",
    "%m/%d/%y",
    "%m-%d-%y",
    "%Y%m%d",
    "%d%m%Y",
    "%y-%m-%d",
)
_FIRST, _LAST = date(1900, 1, 1), date(2100, 12, 31)
_SAMPLE = 1000
#: A time of day after a date; it is cut off, since only the day matters.
_TIME = (
    r"(?:[ T]+|, ?)(?:kl\.? ?)?[0-9]{1,2}[:.][0-9]{2}(?:[:.][0-9]{2}(?:[.,][0-9]+)?)?"
    r"(?: ?[AaPp][Mm])?(?: ?(?:Z|[+-][0-9]{2}:?[0-9]{2}))?$"
)
_TIME_DIRECTIVES = ("%H", "%I", "%M", "%S", "%T", "%R", "%f", "%p", "%z", "%Z", "%s")
_WORD = re.compile(r"[^\W\d_]+\.?")
_MONTHS = {
    spelling: english
    for english, spellings in {
        "Jan": "jan januar january", "Feb": "feb febr februar february", "Mar": "mar marts march",
        "Apr": "apr april", "May": "maj may", "Jun": "jun juni june", "Jul": "jul juli july",
        "Aug": "aug august", "Sep": "sep sept september", "Oct": "okt oct oktober october",
        "Nov": "nov november", "Dec": "dec december",
    }.items()
    for spelling in spellings.split()
}  # fmt: skip
#: A day that shows a form: its parts cannot be taken for one another.
_EXAMPLE = date(2023, 12, 31)


@dataclass(frozen=True, slots=True)
class Days:
    """The days of a column.

    ``days`` is null where the text is empty or no day; ``form`` is None where there is no text at all.
    ``instead`` is another form that every text fits, too, with other days: then the order was assumed.
    """

    days: pl.Series
    form: str | None
    instead: str | None = None


def read_days(texts: pl.Series, form: str | None = None, *, real_dates: bool = False) -> Days:
    """Return the days that a column of texts holds.

    Parameters
    ----------
    texts
        Text, trimmed, null where the cell is empty. A time of day after the date is left out.
    form
        As for ``strptime``; None chooses the form that fits every text, or most of them if none does, Danish
        order first.
    real_dates
        Whether ISO dates are taken whatever the form: real dates in a spreadsheet come as such.
    """
    if form is not None and any(directive in form for directive in _TIME_DIRECTIVES):
        return Days(_days(texts, form), form)
    found = _read(texts, form, real_dates=real_dates, look_at=_SAMPLE)
    if found.days.null_count() == texts.null_count():
        return found
    return _read(texts, form, real_dates=real_dates, look_at=texts.len())


def _read(texts: pl.Series, form: str | None, *, real_dates: bool, look_at: int) -> Days:
    plain = _spelled_alike(_without_times(texts, look_at), look_at)
    real = _days(plain, ISO) if real_dates else None
    rest = plain if real is None else plain.set(real.is_not_null(), None)
    if rest.null_count() == rest.len():
        return Days(plain.str.to_date(ISO, strict=False) if real is None else real, _iso_or(form, texts))
    chosen, instead = (form, None) if form is not None else _guess(rest, look_at)
    days = _days(rest, chosen)
    return Days(days if real is None else real.zip_with(real.is_not_null(), days), chosen, instead)


def example_of(form: str) -> str:
    """Return a day written in a form, to show people what is meant: ``31-12-2023``."""
    return _EXAMPLE.strftime(form)


def _iso_or(form: str | None, texts: pl.Series) -> str | None:
    return form if form is not None or texts.null_count() == texts.len() else ISO


def _days(texts: pl.Series, form: str) -> pl.Series:
    days = texts.str.to_date(form, strict=False)
    if days.null_count() == days.len() or days.is_between(_FIRST, _LAST).all():
        return days
    return days.set((days < _FIRST) | (days > _LAST), None)


def _without_times(texts: pl.Series, look_at: int) -> pl.Series:
    if not texts.drop_nulls().head(look_at).str.contains(_TIME).any():
        return texts
    return texts.str.replace(_TIME, "")


def _spelled_alike(texts: pl.Series, look_at: int) -> pl.Series:
    """Return the texts with month names as English abbreviations; other words stay."""
    if not texts.drop_nulls().head(look_at).str.contains("[A-Za-z]").any():
        return texts
    spellings = texts.drop_nulls().unique().to_list()
    return texts.replace(spellings, [_WORD.sub(_month, spelling) for spelling in spellings])


def _month(found: re.Match[str]) -> str:
    word = found[0]
    return _MONTHS.get(word.rstrip(".").casefold(), word)


def _guess(texts: pl.Series, look_at: int) -> tuple[str, str | None]:
    """Return the form that fits most texts, and another one that fits all of them with other days."""
    sample = texts.drop_nulls().head(look_at).unique(maintain_order=True)
    fits = {form: _fitting(sample, form) for form in FORMS}
    best = max(fits.values())
    forms = [form for form in FORMS if fits[form] == best]
    if best < sample.len() or len(forms) == 1:
        return forms[0], None
    fits = {form: _fitting(texts, form) for form in forms}
    chosen = max(forms, key=lambda form: fits[form])
    if fits[chosen] < texts.len() - texts.null_count():
        return chosen, None
    return chosen, _other(texts, chosen, (form for form in forms if fits[form] == fits[chosen]))


def _fitting(texts: pl.Series, form: str) -> int:
    return texts.len() - _days(texts, form).null_count()


def _other(texts: pl.Series, chosen: str, others: Iterable[str]) -> str | None:
    days = _days(texts, chosen)
    return next((form for form in others if not _days(texts, form).equals(days)), None)
