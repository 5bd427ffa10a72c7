"""Posted forms as values: texts, choices and files by the names of their fields."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime

from litestar import Request
from litestar.datastructures import FormMultiDict, State, UploadFile
from litestar.exceptions import HTTPException

from lirk.errors import LirkError, Problem, ProblemsFound, UnusableRequest
from lirk.wording import Wording

#: The hidden field of every form; see ``web.csrf``.
CSRF_FIELD = "csrf"

#: No id or version is greater; databases refuse to be asked for much greater ones.
GREATEST = 2**31 - 1


class FieldsUnknown(UnusableRequest):
    """A form came with fields that its page does not have."""

    code = "fields-unknown"


@dataclass(frozen=True, slots=True)
class FieldError:
    """What is wrong with one field, as the page says it; the error summary links to ``field``."""

    field: str
    text: str


def field_errors(problems: Sequence[Problem], words: Wording) -> tuple[FieldError, ...]:
    """Return problems as errors at the fields that their columns name."""
    return tuple(FieldError(problem.column or "", words.sentence(problem)) for problem in problems)


def refusal(error: LirkError, field: str, words: Wording) -> tuple[FieldError, ...]:
    """Return a refusal as errors at one field; each of several problems by itself."""
    told = error.problems if isinstance(error, ProblemsFound) else (error,)
    return tuple(FieldError(field, words.sentence(one)) for one in told)


@dataclass(frozen=True, slots=True)
class Upload:
    """A file that was handed in: its name without folders, and its bytes."""

    name: str
    content: bytes


@dataclass(frozen=True, slots=True)
class Form:
    """The fields of one posted form."""

    values: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    files: Mapping[str, Upload] = field(default_factory=dict)

    @property
    def names(self) -> frozenset[str]:
        """The names of all fields that came, but for the hidden token."""
        return frozenset({*self.values, *self.files} - {CSRF_FIELD})

    def value(self, name: str) -> str:
        """Return the text of a field without blanks around it; empty where the field is missing."""
        given = self.values.get(name, ())
        return given[0].strip() if given else ""

    def texts(self, name: str) -> tuple[str, ...]:
        """Return all values of a field that may come more than once, in their order."""
        return tuple(value.strip() for value in self.values.get(name, ()))

    def number(self, name: str, default: int = 0) -> int:
        """Return a whole number from 0 up; the default where the field holds none, or one too large to keep."""
        text = self.value(name)
        if not (text.isascii() and text.isdigit() and len(text) <= len(str(GREATEST))):
            return default
        return number if (number := int(text)) <= GREATEST else default

    def flag(self, name: str) -> bool:
        """Return whether a box was ticked."""
        return bool(self.value(name))

    def file(self, name: str) -> Upload | None:
        """Return the file of a field, or None where none was chosen."""
        return self.files.get(name)

    def only(self, *names: str) -> None:
        """Refuse a form with fields of other names; a name that ends in ``*`` stands for all that begin so.

        Raises
        ------
        FieldsUnknown
            If there are any.
        """
        fixed = {name for name in names if not name.endswith("*")}
        begun = tuple(name[:-1] for name in names if name.endswith("*"))
        if any(name not in fixed and not (begun and name.startswith(begun)) for name in self.names):
            raise FieldsUnknown


async def form_of(request: Request[object, object, State]) -> Form:
    """Return what was posted; line ends as one sign each, control characters left out."""
    values: dict[str, list[str]] = {}
    files: dict[str, Upload] = {}
    given = await posted(request)
    # In the order of the form; the library's own pairs come in any order.
    for name in dict.fromkeys(given):
        for value in given.getall(name):
            if not isinstance(value, UploadFile):
                values.setdefault(name, []).append(plain(str(value)))
            elif value.filename:
                files[name] = Upload(re.split(r"[/\\]", value.filename)[-1], await value.read())
    return Form({name: tuple(given) for name, given in values.items()}, files)


async def posted(request: Request[object, object, State]) -> FormMultiDict:
    """Return the fields as they came.

    Raises
    ------
    HTTPException
        If they are no text in UTF-8.
    """
    try:
        return await request.form()
    except UnicodeDecodeError:
        raise HTTPException(status_code=400) from None


def parse_day(text: str) -> date | None:
    """Return the day that a person wrote (``22.11.2026``, ``22-11-2026``, ``2026-11-22``), or None."""
    for form in ("%d.%m.%Y", "%d-%m-%Y", "%d/%m/%Y", "%Y-%m-%d"):
        try:
            return datetime.strptime(text.strip(), form).date()  # noqa: DTZ007 - a day has no zone
        except ValueError:
            continue
    return None


def plain(text: str) -> str:
    """Return a text as it is kept: line ends as one sign each, all blanks alike, no control characters."""
    if text.isprintable():
        return text
    lines = text.replace("\r\n", "\n").replace("\r", "\n")
    # A blank that does not break a line stands between words too, in what comes from a word processor.
    signs = (" " if sign.isspace() and sign not in "\n\t" else sign for sign in lines)
    return "".join(sign for sign in signs if sign in "\n\t" or sign.isprintable())
