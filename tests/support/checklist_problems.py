"""What is wrong with a checklist that is refused."""

import pytest

from checklists.load import load
from checklists.problems import ChecklistProblems


def problems_of(text, *, draft=False):
    """Every problem of a checklist file that cannot be read."""
    with pytest.raises(ChecklistProblems) as caught:
        load(text, draft=draft)
    return caught.value.problems
