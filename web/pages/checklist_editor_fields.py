"""The fields of the editor's forms: what they ask, and what was typed as values or as errors at its field."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from enum import StrEnum
from fractions import Fraction
from typing import Any

from checklists.model import Text
from lirk.domain.plain_texts import SHORT, text_problems
from lirk.wording import Wording
from web.forms import FieldError, Form, parse_day
from web.pasted import without_markup

#: Signs of a guidance or an example, at most.
LONG = 10_000
#: Empty rows below those that are filled in, and how many more are given where they are asked for.
SPARE, MORE = 2, 3
#: Rows of a table, at most; no scale and no fact has nearly as many.
MOST_ROWS = 60
_NUMBER = re.compile(r"\d{1,9}(?:[.,]\d{1,6})?")

#: What stands in the fields of a form, by their names.
Values = Mapping[str, tuple[str, ...]]


class Ask(StrEnum):
    """How a field asks."""

    LINE = "line"
    AREA = "area"
    NUMBER = "number"
    DAY = "day"
    CHOICE = "choice"
    RADIOS = "radios"
    MANY = "many"
    FLAG = "flag"
    ROWS = "rows"


@dataclass(frozen=True, slots=True, kw_only=True)
class Field:
    """One field.

    Attributes
    ----------
    translated
        Asked twice: in Danish, and in English beside it.
    optional
        May be left empty; English always may.
    choices
        ``(value, words)`` for each; for radios and boxes also with a hint.
    limit
        Signs of a text, or the greatest number.
    columns
        What each row asks, under ``ROWS``.
    """

    name: str
    label: str
    ask: Ask = Ask.LINE
    translated: bool = False
    optional: bool = False
    hint: str = ""
    choices: tuple[tuple[str, ...], ...] = ()
    limit: int = SHORT
    columns: "tuple[Field, ...]" = ()

    @property
    def names(self) -> tuple[str, ...]:
        """The names under which it is sent; one that ends in ``*`` stands for many."""
        if self.ask is Ask.ROWS:
            return (f"{self.name}-*",)
        return (f"{self.name}_da", f"{self.name}_en") if self.translated else (self.name,)

    def in_row(self, rows: str, number: int) -> "Field":
        """Return the field as a row of a table asks it."""
        return replace(self, name=f"{rows}-{number}-{self.name}")


@dataclass(frozen=True, slots=True)
class Section:
    """Fields that belong together, under a heading; ``folded`` until somebody wants them."""

    heading: str
    fields: tuple[Field, ...]
    hint: str = ""
    folded: bool = False


@dataclass(slots=True)
class Given:
    """What was typed: cleaned texts, all that is wrong with them, and the fields that markup was taken from."""

    values: dict[str, tuple[str, ...]] = field(default_factory=dict)
    errors: list[FieldError] = field(default_factory=list)
    cleaned: list[str] = field(default_factory=list)

    def line(self, name: str) -> str:
        """Return a text of one field."""
        return first(self.values, name)

    def both(self, name: str) -> Text:
        """Return a text in both languages."""
        return Text(self.line(f"{name}_da"), self.line(f"{name}_en"))

    def many(self, name: str) -> tuple[str, ...]:
        """Return what was ticked."""
        return self.values.get(name, ())

    def flag(self, name: str) -> bool:
        """Return whether a box was ticked."""
        return bool(self.line(name))

    def number(self, name: str) -> Fraction | None:
        """Return a number, None where there is none."""
        return number_of(self.line(name))

    def day(self, name: str) -> date | None:
        """Return a day, None where there is none."""
        return parse_day(self.line(name))

    def rows(self, name: str) -> Iterator[str]:
        """Yield the beginning of the names of each row in which something stands."""
        for number in range(rows_in(self.values, name)):
            begun = f"{name}-{number}-"
            if any(any(texts) for key, texts in self.values.items() if key.startswith(begun)):
                yield begun


def first(values: Values, name: str) -> str:
    """Return what stands in a field; empty where nothing does."""
    return next(iter(values.get(name, ())), "")


def number_of(text: str) -> Fraction | None:
    """Return the number that a person wrote, with comma or full stop, or None."""
    return Fraction(text.replace(",", ".")) if _NUMBER.fullmatch(text) else None


def number_text(value: Fraction | None) -> str:
    """Return a number as it stands in a field: never grouped, with a comma, as many decimals as it has."""
    if value is None:
        return ""
    return f"{float(value):.6f}".rstrip("0").rstrip(".").replace(".", ",")


def rows_in(values: Values, name: str) -> int:
    """Return how many rows of a table the values reach."""
    found = (re.match(rf"{re.escape(name)}-(\d{{1,3}})-", key) for key in values)
    numbers = [int(one[1]) for one in found if one]
    return min(max(numbers, default=-1) + 1, MOST_ROWS)


def shown_rows(sections: Sequence[Section], values: Values, more: str = "") -> dict[str, int]:
    """Return how many rows each table shows; ``more`` names one that shall have some more."""
    counts = {}
    for one in (one for section in sections for one in section.fields if one.ask is Ask.ROWS):
        sent = rows_in(values, one.name)
        filled_in = rows_in({name: texts for name, texts in values.items() if any(texts)}, one.name)
        counts[one.name] = min(max(sent, filled_in + SPARE) + (MORE if more == one.name else 0), MOST_ROWS)
    return counts


def names_of(sections: Sequence[Section]) -> tuple[str, ...]:
    """Return the names of all fields."""
    return tuple(name for section in sections for one in section.fields for name in one.names)


def typed(form: Form) -> dict[str, tuple[str, ...]]:
    """Return a form as it was typed, to be shown again."""
    return {name: form.texts(name) for name in form.values}


def read(sections: Sequence[Section], form: Form, words: Wording) -> Given:
    """Read a form: every field by its own rules."""
    given = Given()
    for one in (one for section in sections for one in section.fields):
        _read(one, form, given, words)
    return given


def _read(one: Field, form: Form, given: Given, words: Wording) -> None:
    if one.ask is Ask.ROWS:
        for number in range(rows_in(form.values, one.name)):
            asked = [column.in_row(one.name, number) for column in one.columns]
            names = [name for column in asked for name in column.names]
            if any(form.value(name) for name in names):
                for column in asked:
                    _read(column, form, given, words)
        return
    for place, name in enumerate(one.names):
        optional = one.optional or place > 0
        given.values[name] = _one(replace(one, name=name, optional=optional), form, given, words)


def _one(one: Field, form: Form, given: Given, words: Wording) -> tuple[str, ...]:
    match one.ask:
        case Ask.MANY | Ask.CHOICE | Ask.RADIOS:
            return _chosen(one, form, given, words)
        case Ask.FLAG:
            return ("yes",) if form.flag(one.name) else ()
        case _:
            text = without_markup(form.value(one.name))
    if text != form.value(one.name):
        given.cleaned.append(one.label)
    if not text and not one.optional:
        given.errors.append(FieldError(one.name, words.text("Udfyld »{label}«.", label=one.label)))
    elif text:
        given.errors += (FieldError(one.name, said) for said in _faults(one, text, words))
    return (text,)


def _chosen(one: Field, form: Form, given: Given, words: Wording) -> tuple[str, ...]:
    values = tuple(value for value in form.texts(one.name) if value)
    if any(value not in {choice[0] for choice in one.choices} for value in values):
        given.errors.append(
            FieldError(one.name, words.text("Vælg en af mulighederne ved »{label}«.", label=one.label))
        )
    elif not values and not one.optional:
        given.errors.append(FieldError(one.name, words.text("Vælg ved »{label}«.", label=one.label)))
    return values


def _faults(one: Field, text: str, words: Wording) -> Iterator[str]:
    match one.ask:
        case Ask.NUMBER:
            number = number_of(text)
            if number is None or number > one.limit:
                yield words.text(
                    "»{label}« skal være et tal fra 0 til {most} med højst seks decimaler.",
                    label=one.label,
                    most=one.limit,
                )
        case Ask.DAY:
            if parse_day(text) is None:
                yield words.text("»{label}« skal være en dag, fx 22.11.2026.", label=one.label)
        case _:
            for problem in text_problems(text, column=one.name, limit=one.limit):
                yield words.sentence(problem)


def filled(**texts: Any) -> dict[str, tuple[str, ...]]:
    """Return values of fields: of texts in both languages, days, numbers, flags, words and lists of words."""
    values: dict[str, tuple[str, ...]] = {}
    for name, value in texts.items():
        if isinstance(value, Text):
            values[f"{name}_da"], values[f"{name}_en"] = (value.da,), (value.en,)
        else:
            values[name] = _filled(value)
    return values


def _filled(value: Any) -> tuple[str, ...]:
    match value:
        case None:
            return ("",)
        case bool():
            return ("yes",) if value else ()
        case Fraction():
            return (number_text(value),)
        case date():
            return (value.isoformat(),)
        case tuple():
            return value
        case _:
            return (str(value),)
