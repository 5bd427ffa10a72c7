"""The lines about what waits for the coordinator in a round."""

from collections.abc import Callable, Mapping

from lirk.domain.todo import Todo
from lirk.wording.speech import Wording


def _urgent(words: Wording, count: int) -> str:
    return words.plural("{count} sag kræver handling nu", "{count} sager kræver handling nu", count)


def _obstacles(words: Wording, count: int) -> str:
    return words.plural(
        "{count} meldt sag venter på din afgørelse", "{count} meldte sager venter på din afgørelse", count
    )


def _doubts(words: Wording, count: int) -> str:
    return words.plural(
        "{count} punkt i tvivl venter på et svar", "{count} punkter i tvivl venter på et svar", count
    )


def _unassigned(words: Wording, count: int) -> str:
    return words.plural("{count} sag er ikke fordelt", "{count} sager er ikke fordelt", count)


def _readings_differ(words: Wording, count: int) -> str:
    return words.plural(
        "{count} sag skal to blive enige om",
        "{count} sager skal to blive enige om",
        count,
    )


def _replies(words: Wording, count: int) -> str:
    return words.plural(
        "Svar fra {count} leder venter på dig", "Svar fra {count} ledere venter på dig", count
    )


def _publishable(words: Wording, count: int) -> str:
    return words.plural(
        "{count} udkast venter på at blive udgivet", "{count} udkast venter på at blive udgivet", count
    )


def _drafts(words: Wording, count: int) -> str:
    return words.plural(
        "{count} udkast til rapport er ikke sendt til lederen",
        "{count} udkast til rapporter er ikke sendt til lederne",
        count,
    )


#: Each line by the code of what waits; it says the count and is the text of a link.
TODO_LINES: Mapping[str, Callable[[Wording, int], str]] = {
    "urgent": _urgent,
    "obstacles": _obstacles,
    "doubts": _doubts,
    "unassigned": _unassigned,
    "readings-differ": _readings_differ,
    "replies": _replies,
    "publishable": _publishable,
    "drafts": _drafts,
}


def todo_line(todo: Todo, words: Wording) -> str:
    """Return what waits, in words."""
    return TODO_LINES[todo.code](words, todo.count)
