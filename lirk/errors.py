"""Everything that can go wrong for a person using LIRK.

An error carries a code and the values its sentence needs. The sentence itself lives in ``lirk.wording``, so
that pages, commands and reports say the same thing in the reader's language. Status codes belong to the web
and exit statuses to the command line.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import ClassVar


@dataclass(frozen=True, slots=True)
class Problem:
    """One thing that is wrong in something a person handed in, with its place.

    Attributes
    ----------
    code
        Names the sentence in ``lirk.wording``.
    values
        What the sentence needs, by name.
    file, sheet, row, line, column, item
        The place, as far as it is known: ``row`` and ``line`` are counted from 1 as a spreadsheet or an
        editor shows them, ``column`` is the heading or field, ``item`` a checklist item or case.
    """

    code: str
    values: Mapping[str, object] = field(default_factory=dict)
    file: str | None = None
    sheet: str | None = None
    row: int | None = None
    line: int | None = None
    column: str | None = None
    item: str | None = None


class LirkError(Exception):
    """Base of all errors that are shown to people."""

    code: ClassVar[str]

    def __init__(self, **values: object) -> None:
        super().__init__(self.code, values)
        self.values = values


class ProblemsFound(LirkError):
    """Something handed in has problems; all of them are told at once, and nothing of it is kept."""

    code = "problems-found"

    def __init__(self, problems: Iterable[Problem]) -> None:
        self.problems = tuple(problems)
        super().__init__(count=len(self.problems))


class NotFound(LirkError):
    """It does not exist, or the person may not know that it does."""

    code = "not-found"


class NotAllowed(LirkError):
    """The person may see it, but may not do this."""

    code = "not-allowed"


class RuleBroken(LirkError):
    """A request that is well formed but not possible in the present state."""


class UnusableRequest(LirkError):
    """A request that could not be carried out: a file that is missing, a setting that is not there."""
