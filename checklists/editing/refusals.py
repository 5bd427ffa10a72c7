"""What editing refuses."""

from collections.abc import Iterable

from checklists.problems import ChecklistProblem


class PartUnknown(LookupError):
    """The checklist has no such part."""


class EditRefused(Exception):
    """A change that cannot be made as it stands; ``problems`` say why, each naming a part."""

    def __init__(self, problems: Iterable[ChecklistProblem]) -> None:
        self.problems = tuple(problems)
        super().__init__(f"{len(self.problems)} reasons against a change of a checklist")
