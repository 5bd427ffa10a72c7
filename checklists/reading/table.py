"""One table of a checklist file, read key by key; what is wrong is noted and reading goes on."""

import difflib
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import Decimal
from fractions import Fraction

from checklists.model import Text
from checklists.problems import ChecklistProblem
from checklists.reading.lines import Lines

#: What can name a checklist, theme, fact, item, scale, verdict.
ID_PATTERN = re.compile(r"[a-z][a-z0-9_-]{0,79}")
#: What can be an answer: as an id, and the figures of a scale from 1 to 10.
CODE_PATTERN = re.compile(r"[a-z0-9][a-z0-9_-]{0,79}")

_DECIMALS = 6
#: Looking for what was meant is slow: among more problems than this it is not done any more.
_MOST_GUESSED = 100


@dataclass(frozen=True, slots=True)
class Source:
    """The file that is read, and all that was found wrong with it.

    ``draft``: it may lack what an unfinished checklist lacks. ``version``: the checklist's own.
    """

    file: str | None
    lines: Lines
    draft: bool = False
    version: int = 1_000_000
    problems: list[ChecklistProblem] = field(default_factory=list)


def closest(word: str, words: Iterable[str]) -> str | None:
    """Return the word that was probably meant, or None."""
    found = difflib.get_close_matches(word, list(words), n=1, cutoff=0.7)
    return found[0] if found else None


@dataclass(slots=True)
class Table:
    """A table, its place, and which of its keys have been read.

    Each reading method returns a value of its type whatever the file holds, and notes what is wrong.
    """

    raw: Mapping[str, object]
    source: Source
    start: int | None = None
    item: str | None = None
    inline: bool = False
    known: set[str] = field(default_factory=set)

    def part(self, raw: Mapping[str, object], key: str) -> "Table":
        """Return a table written inside ``key``: its problems stand on the line of that key."""
        line = self.source.lines.of_key(key, self.start)
        return Table(raw, self.source, line, self.item, inline=True)

    def problem(self, code: str, key: str | None = None, /, **values: object) -> None:
        """Note a problem at ``key``, or at the table as a whole."""
        line = self.start or None
        if key is not None and not self.inline:
            line = self.source.lines.of_key(key.split(".")[0], self.start)
        if key is not None:
            values = {"key": key, **values}
        self.source.problems.append(ChecklistProblem(code, values, self.source.file, line, self.item))

    def near(self, word: str, words: Iterable[str]) -> str | None:
        """Return the word that was probably meant, or None; also None in a file with very many problems."""
        return closest(word, words) if len(self.source.problems) < _MOST_GUESSED else None

    def take(self, key: str, *, required: bool = False) -> object:
        """Return the raw value of ``key``, None where it is absent."""
        self.known.add(key)
        if required and key not in self.raw:
            self.problem("checklist-missing", key)
        return self.raw.get(key)

    def close(self) -> None:
        """Note all keys that nothing has asked for."""
        for key in self.raw:
            if key in self.known:
                continue
            near = self.near(key, self.known)
            if near is None:
                self.problem("checklist-unknown-key", key, known=sorted(self.known))
            else:
                self.problem("checklist-misspelt-key", key, near=near)

    def identify(self, pattern: re.Pattern[str] = ID_PATTERN, code: str = "checklist-bad-id") -> str:
        """Return the table's id and let the problems that follow name it."""
        value = self.string("id", required=True)
        if self.item is None:
            self.item = value or None
        if value and self.start is None:
            self.start = self.source.lines.of_id(value)
        if value and not pattern.fullmatch(value):
            self.problem(code, "id", value=value)
        return value

    def string(self, key: str, *, required: bool = False) -> str:
        """Return a text in one language (an id, a source, a short name), trimmed."""
        value = self.take(key, required=required)
        if value is None:
            return ""
        if not isinstance(value, str):
            self.problem("checklist-not-string", key, value=_shown(value))
            return ""
        if not value.strip():
            self.problem("checklist-empty", key)
        return value.strip()

    def text(self, key: str, *, required: bool = False) -> Text:
        """Return a text ``{ da = "…", en = "…" }``; Danish is required, English is not."""
        value = self.take(key, required=required)
        if value is None:
            return Text()
        if not isinstance(value, dict):
            self.problem("checklist-not-text", key, value=_shown(value))
            return Text()
        for language in value:
            if language not in {"da", "en"}:
                self.problem("checklist-unknown-language", key, language=language)
        danish, english = (self._in_language(key, value, language) for language in ("da", "en"))
        if not danish and isinstance(value.get("da", ""), str):
            self.problem("checklist-missing-danish", key)
        return Text(danish, english)

    def _in_language(self, key: str, value: Mapping[str, object], language: str) -> str:
        words = value.get(language, "")
        if isinstance(words, str):
            return words.strip()
        self.problem("checklist-not-string", f"{key}.{language}", value=_shown(words))
        return ""

    def word(
        self, key: str, allowed: Sequence[str], code: str = "checklist-unknown-word", *, default: str = ""
    ) -> str:
        """Return one of the ``allowed`` words; without a default the key is required."""
        value = self.string(key, required=not default) or default
        if value and value not in allowed:
            self.problem(code, key, value=value, known=tuple(allowed))
        return value if value in allowed else default or allowed[0]

    def choice(self, key: str, allowed: Sequence[str]) -> str | None:
        """Return one of the ``allowed`` words, None where the key is absent."""
        if key in self.raw:
            return self.word(key, allowed)
        self.known.add(key)
        return None

    def words(
        self, key: str, allowed: Sequence[str] | None, code: str = "checklist-unknown-word"
    ) -> tuple[str, ...]:
        """Return the words of a list, or the one word that stands alone; ``allowed`` None: not checked."""
        value = self.take(key)
        if value is None:
            return ()
        listed = value if isinstance(value, list) else [value]
        words = [word for word in listed if isinstance(word, str)]
        if len(words) < len(listed):
            self.problem("checklist-not-words", key, value=_shown(value))
        for word in words:
            if allowed is not None and word not in allowed:
                self.problem(code, key, value=word, known=tuple(allowed))
        return tuple(dict.fromkeys(word for word in words if allowed is None or word in allowed))

    def flag(self, key: str, *, default: bool | None = None) -> bool:
        """Return true or false; without a default the key is required."""
        value = self.take(key, required=default is None)
        if value is not None and not isinstance(value, bool):
            self.problem("checklist-not-flag", key, value=_shown(value))
        return value if isinstance(value, bool) else bool(default)

    def whole(self, key: str, low: int, high: int, *, required: bool = False) -> int | None:
        """Return a whole number from ``low`` to ``high``."""
        value = self.take(key, required=required)
        if value is None:
            return None
        if isinstance(value, bool) or not isinstance(value, int) or not low <= value <= high:
            self.problem("checklist-not-whole", key, value=_shown(value), low=low, high=high)
            return None
        return value

    def amount(self, key: str, high: int, *, required: bool = False) -> Fraction | None:
        """Return an exact number from 0 to ``high`` with at most six decimals."""
        value = self.take(key, required=required)
        if value is None:
            return None
        number = exact(value, high)
        if number is None:
            self.problem("checklist-not-number", key, value=_shown(value), high=high)
        return number

    def day(self, key: str, *, required: bool = False) -> date | None:
        """Return a date, written without quotation marks."""
        value = self.take(key, required=required)
        if isinstance(value, date) and not isinstance(value, datetime):
            return value
        if value is not None:
            self.problem("checklist-not-date", key, value=_shown(value))
        return None

    def tables(self, key: str, *, required: bool = False) -> list[Mapping[str, object]]:
        """Return a list of tables (``[[key]]``); what is no table is noted and left out."""
        value = self.take(key, required=required)
        if value is None:
            return []
        if not isinstance(value, list) or not all(isinstance(part, dict) for part in value):
            self.problem("checklist-not-tables", key)
        return tables_in(value)

    def table(self, key: str, *, required: bool = False) -> Mapping[str, object] | None:
        """Return a table inside this one, None where it is absent or no table."""
        value = self.take(key, required=required)
        if value is not None and not isinstance(value, dict):
            self.problem("checklist-not-table", key, value=_shown(value))
        return value if isinstance(value, dict) else None


def tables_in(value: object) -> list[Mapping[str, object]]:
    """Return the tables of a raw value that ought to be a list of tables."""
    return [part for part in value if isinstance(part, dict)] if isinstance(value, list) else []


def exact(value: object, high: int) -> Fraction | None:
    """Return a raw value as a number from 0 to ``high`` with at most six decimals, or None."""
    if isinstance(value, bool) or not isinstance(value, int | Decimal):
        return None
    number = Decimal(value)
    if not number.is_finite() or not 0 <= number <= high:
        return None
    exponent = number.as_tuple().exponent
    # A number with a huge negative exponent is short to write and endless to calculate with.
    return Fraction(number) if isinstance(exponent, int) and exponent >= -_DECIMALS else None


def _shown(value: object) -> str:
    """Return a raw value as the file has it, shortened."""
    match value:
        case bool():
            written = str(value).lower()
        case str():
            written = f'"{value}"'
        case dict():
            written = "{ … }"
        case list():
            written = "[" + ", ".join(_shown(part) for part in value[:3]) + (", …]" if value[3:] else "]")
        case _:
            written = str(value)
    return written if len(written) <= 60 else written[:59] + "…"
