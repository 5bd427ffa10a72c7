"""What waits for the coordinator in a round, as links."""

from collections.abc import Iterable
from dataclasses import dataclass

from lirk.domain.todo import Todo
from lirk.wording import Wording
from lirk.wording.todo import todo_line


@dataclass(frozen=True, slots=True)
class TodoLine:
    """One thing that waits, and where it is settled."""

    text: str
    href: str


def todo_lines(waiting: Iterable[Todo], at: str, words: Wording) -> tuple[TodoLine, ...]:
    """Return what waits in the round with this address, in the order given."""
    return tuple(TodoLine(todo_line(one, words), f"{at}{one.path}") for one in waiting)
