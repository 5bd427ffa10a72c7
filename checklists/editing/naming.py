"""A lasting id from the words of a new part."""

import re
import unicodedata
from collections.abc import Collection

LONGEST = 40
#: Ids that no part can have: the column of the case in files of answers, and LIRK's own verdicts.
RESERVED = frozenset({"case", "incomplete", "not_applicable", "contradictory", "passed", "not_passed"})
_DANISH = str.maketrans({"æ": "ae", "ø": "oe", "å": "aa", "ß": "ss"})


def new_id(text: str, taken: Collection[str]) -> str:
    """Return an id that says what ``text`` says, and that is not taken.

    Whole words of it in small letters a to z and digits, with hyphens, at most 40 characters; where that is
    taken, with the first free number behind it.
    """
    slug = _slug(text)
    found, number = slug, 1
    while found in taken or found in RESERVED:
        number += 1
        tail = f"-{number}"
        found = slug[: LONGEST - len(tail)].rstrip("-") + tail
    return found


def _slug(text: str) -> str:
    plain = unicodedata.normalize("NFKD", unicodedata.normalize("NFC", text).casefold().translate(_DANISH))
    without_marks = "".join(sign for sign in plain if not unicodedata.combining(sign))
    words: list[str] = re.findall("[a-z0-9]+", without_marks)
    if not words or not words[0][0].isalpha():
        words.insert(0, "part")
    slug = words[0][:LONGEST]
    for word in words[1:]:
        if len(slug) + 1 + len(word) > LONGEST:
            break
        slug += f"-{word}"
    return slug
