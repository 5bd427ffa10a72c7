"""Texts that people write: what never stands in one, and how long each may be."""

from collections.abc import Sequence

from lirk.domain.cpr import mentions_cpr
from lirk.errors import Problem, ProblemsFound

#: Signs of a title, a name or a place, at most.
SHORT = 200


class TextsRefused(ProblemsFound):
    """Texts that cannot be kept; ``column`` of each problem names the field."""


def text_problems(text: str, *, column: str, limit: int) -> list[Problem]:
    """Return why a text cannot be kept; ``column`` names its field."""
    problems = []
    if mentions_cpr(text):
        problems.append(Problem("text-looks-like-cpr", column=column))
    if len(text) > limit:
        problems.append(Problem("text-too-long", {"limit": limit, "count": len(text)}, column=column))
    return problems


def check_short_texts(**texts: str | Sequence[str]) -> None:
    """Refuse titles, names and places that cannot be kept: a text, or several, for each field.

    Raises
    ------
    TextsRefused
        With every problem of every text.
    """
    problems = [
        problem
        for field, given in texts.items()
        for text in ([given] if isinstance(given, str) else given)
        for problem in text_problems(text, column=field, limit=SHORT)
    ]
    if problems:
        raise TextsRefused(problems)
