"""Which items follow which answer, as it stands in a checklist file."""

from collections.abc import Mapping, Sequence

from checklists.model import FollowUp
from checklists.reading.conditions import Question
from checklists.reading.table import Table

KEY = "follow_ups"


def read_follow_ups(
    table: Table, item_id: str, codes: Sequence[str], questions: Mapping[str, Question]
) -> tuple[FollowUp, ...]:
    """Return the item's follow-ups; what cannot follow is noted and left out."""
    raw = table.table(KEY)
    if raw is None:
        return ()
    part = table.part(raw, KEY)
    items = {name for name, question in questions.items() if question.points is not None}
    found = []
    for code in raw:
        if code not in codes:
            part.problem("checklist-unknown-answer", KEY, value=code, known=tuple(codes))
        if raw[code] == []:
            part.problem("checklist-empty-list", f"{KEY}.{code}")
        names = part.words(code, None)
        following = tuple(name for name in names if _may_follow(part, name, item_id, items))
        if following and code in codes:
            found.append(FollowUp(code, following))
    return tuple(found)


def _may_follow(part: Table, name: str, item_id: str, items: set[str]) -> bool:
    if name == item_id:
        part.problem("checklist-follow-up-itself", KEY, value=name)
        return False
    if name not in items:
        near = part.near(name, items)
        code = "checklist-follow-up-unknown" if near is None else "checklist-follow-up-misspelt"
        part.problem(code, KEY, value=name, near=near)
        return False
    return True
