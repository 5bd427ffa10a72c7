"""How long a case can be expected to take: what cases are shared out by, never what anybody is held to.

The method's estimate is ``HOURS_A_CASE`` for a case that is read with the two core sets: 54 minutes. A reader
spends a while on finding the way in the file, with each checklist anew, and about as long on each question.
With five minutes a file and one a question the two core sets, 43 items, come to 2 · 5 + 43 = 53; all of it is
lengthened by 54/53 so that the estimate holds.
"""

from collections.abc import Iterable, Mapping

from checklists.model import Checklist
from lirk.domain.planning import HOURS_A_CASE
from lirk.domain.reviewing import walkthrough

#: What the estimate is of: a file that is opened with each of two checklists, and the items of their core sets.
FILES, QUESTIONS = 2, 43
#: A file is worth as much time as so many questions.
QUESTIONS_A_FILE = 5

MINUTES_A_QUESTION = HOURS_A_CASE * 60 / (FILES * QUESTIONS_A_FILE + QUESTIONS)
MINUTES_A_FILE = QUESTIONS_A_FILE * MINUTES_A_QUESTION


def review_minutes(checklist: Checklist, facts: Mapping[str, str]) -> float:
    """Return how long a case can be expected to take with one checklist, as it is asked.

    Parameters
    ----------
    facts
        What the register says of the case, by fact id: questions that it answers or rules out take no time.
    """
    return MINUTES_A_FILE + MINUTES_A_QUESTION * len(walkthrough(checklist, facts, {}).questions)


def case_minutes(checklists: Iterable[Checklist], facts: Mapping[str, str]) -> int:
    """Return how many minutes a case can be expected to take with all checklists of its round; at least one.

    Whole minutes, so that sums do not depend on the order of adding.
    """
    return max(1, round(sum(review_minutes(checklist, facts) for checklist in checklists)))
