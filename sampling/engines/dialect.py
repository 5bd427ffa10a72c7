"""How each database says what a draw needs: a quoted name, a parameter, a ticket, the order of bytes."""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Dialect:
    """What differs between databases; each part takes SQL texts and returns one.

    Attributes
    ----------
    quoted
        A name, so that nothing in it can be taken for SQL.
    parameter
        The place of a text value by its name.
    text
        A value of any type as text.
    bytewise
        A text that is compared and sorted by its bytes, whatever the column's collation.
    sha256
        Lower-case hex SHA-256 of the UTF-8 of a text.
    hash64
        A text as a number of 64 bits, to count different texts with little memory.
    lower
        A text without capitals.
    octets
        The length of a text in UTF-8.
    matches
        Whether a text matches a pattern.
    not_nfc
        Whether a text is not in NFC; None where SQL cannot say.
    table
        A JSON text (a list of objects) as rows with the columns given, each ``int`` or ``text``.
    joined
        All texts of a group in one, in the order of ``place`` and ``case_id``.
    control
        The pattern of control characters.
    """

    quoted: Callable[[str], str]
    parameter: Callable[[str], str]
    text: Callable[[str], str]
    bytewise: Callable[[str], str]
    sha256: Callable[[str], str]
    hash64: Callable[[str], str]
    lower: Callable[[str], str]
    octets: Callable[[str], str]
    matches: Callable[[str, str], str]
    not_nfc: Callable[[str], str] | None
    table: Callable[[str, Mapping[str, str]], str]
    joined: Callable[[str], str]
    control: str = "[\\x00-\\x1f\\x7f\u0085\u2028\u2029]"


#: A part of a table's name: in double quotes, which inside it are doubled, or as it stands.
_PART = r'"(?:[^"]|"")+"|[^."][^.]*'


def double_quoted(name: str) -> str:
    """Return a name in double quotes, as standard SQL has it."""
    return '"' + name.replace('"', '""') + '"'


def name_parts(name: str) -> list[str]:
    """Return the parts of a table's name: split at its dots, but not inside double quotes.

    What is not written so is one name, signs and all.
    """
    if not re.fullmatch(rf"(?:{_PART})(?:[.](?:{_PART}))*", name):
        return [name]
    parts = re.findall(_PART, name)
    return [part[1:-1].replace('""', '"') if part.startswith('"') else part for part in parts]


def first_line(error: Exception) -> str:
    """Return what a database says is wrong, without the query that it quotes."""
    return str(error).strip().partition("\n")[0]
