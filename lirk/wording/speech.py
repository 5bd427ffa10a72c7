"""What LIRK says in one language: texts, sentences of errors, numbers, dates."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from decimal import ROUND_HALF_UP, Decimal
from functools import lru_cache

from babel.dates import format_date
from babel.lists import format_list
from babel.numbers import format_decimal

from lirk.domain.rounds import RoundState
from lirk.errors import LirkError, Problem
from lirk.wording import sentences
from lirk.wording.catalogue import N_, Language, translations
from lirk.wording.rounds import STATES

PLACES = {
    "file": N_("{file}"),
    "sheet": N_("ark »{sheet}«"),
    "line": N_("linje {line}"),
    "row": N_("række {row}"),
    "column": N_("kolonne »{column}«"),
    "item": N_("{item}"),
}


@lru_cache(maxsize=4096)
def _number(value: str, decimals: int, language: Language) -> str:
    """Return a number in a language; a page of a report says a thousand, most of them alike."""
    pattern = "#,##0" + ("." + "0" * decimals if decimals else "")
    rounded = Decimal(value).quantize(Decimal(1).scaleb(-decimals), rounding=ROUND_HALF_UP)
    return format_decimal(rounded, format=pattern, locale=language)


@dataclass(frozen=True, slots=True)
class Wording:
    """All that depends on the reader's language; made at the door and handed inwards."""

    language: Language = "da"

    def text(self, danish: str, /, **values: object) -> str:
        """Return a text in the reader's language with its values put in.

        ``values`` are shown as this language writes them: whole numbers grouped, dates in full, states in words.
        """
        return translations(self.language).gettext(danish).format(**self._shown(values))

    def plural(self, one: str, many: str, count: int, /, **values: object) -> str:
        """Return ``one`` or ``many`` as the language counts; ``{count}`` may be used in both."""
        chosen = translations(self.language).ngettext(one, many, count)
        return chosen.format(**self._shown({"count": count, **values}))

    def sentence(self, error: LirkError | Problem) -> str:
        """Return what happened and what to do next, without the place."""
        return self.text(sentences.SENTENCES[error.code], **error.values)

    def place(self, problem: Problem) -> str:
        """Return where a problem is (``række 14, kolonne »Udfald«``), or nothing where no place is known."""
        parts = [
            translations(self.language).gettext(text).format(**{name: value})
            for name, text in PLACES.items()
            if (value := getattr(problem, name)) is not None
        ]
        return ", ".join(parts)

    def number(self, value: float, decimals: int = 0) -> str:
        """Return a number with the language's decimal sign and grouping, halves rounded away from zero."""
        return _number(repr(value), decimals, self.language)

    def percent(self, share: float) -> str:
        """Return a share as a whole percentage: ``71 %`` in Danish, ``71%`` in English."""
        return f"{self.number(share * 100)}{self._percent_sign}"

    def interval(self, lower: float, upper: float) -> str:
        """Return the limits of a share: ``67–75 %``."""
        return f"{self.number(lower * 100)}–{self.number(upper * 100)}{self._percent_sign}"

    def month(self, day: date) -> str:
        """Return the month of a day: ``november 2026``."""
        return format_date(day, "MMMM y", locale=self.language)

    def date(self, day: date) -> str:
        """Return a day in full: ``22. november 2026``."""
        return format_date(day, "d. MMMM y" if self.language == "da" else "d MMMM y", locale=self.language)

    def time(self, moment: datetime) -> str:
        """Return the time of day: ``kl. 14.05``."""
        hour, minute = f"{moment.hour:02}", f"{moment.minute:02}"
        return f"kl. {hour}.{minute}" if self.language == "da" else f"{hour}:{minute}"

    def moment(self, moment: datetime) -> str:
        """Return day and time."""
        return f"{self.date(moment.date())} {self.time(moment)}"

    def listing(self, words: Iterable[str]) -> str:
        """Return words as a sentence lists them: ``a, b og c``."""
        return format_list(list(words), locale=self.language)

    @property
    def _percent_sign(self) -> str:
        return "\u00a0%" if self.language == "da" else "%"

    def _shown(self, values: Mapping[str, object]) -> dict[str, object]:
        return {name: self._show(value) for name, value in values.items()}

    def _show(self, value: object) -> object:
        match value:
            case RoundState():
                return self.text(STATES[value])
            case bool() | str():
                return value
            case int():
                return self.number(value)
            case datetime():
                return self.moment(value)
            case date():
                return self.date(value)
            case list() | tuple():
                return self.listing(str(self._show(part)) for part in value)
            case _:
                return value
