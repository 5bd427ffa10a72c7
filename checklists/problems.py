"""What is wrong with a checklist file or with the answers to a checklist."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class ChecklistProblem:
    """One problem, with its place as far as it is known.

    Attributes
    ----------
    code
        Names the sentence; the words of this room live elsewhere.
    values
        What the sentence needs, by name.
    file, line, item
        File name as given, line from 1, and the id of the fact, item, theme, scale or verdict.
    """

    code: str
    values: Mapping[str, object] = field(default_factory=dict)
    file: str | None = None
    line: int | None = None
    item: str | None = None


class ChecklistProblems(Exception):
    """A checklist file that cannot be used; ``problems`` are all that were found, in the file's order."""

    def __init__(self, problems: Iterable[ChecklistProblem]) -> None:
        self.problems = tuple(problems)
        super().__init__(f"{len(self.problems)} problems in a checklist")


class UnknownChecklist(LookupError):
    """There is no shipped checklist with this id."""
