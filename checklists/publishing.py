"""What a checklist must have before it may be published, beyond being readable."""

from collections.abc import Iterator
from datetime import date

from checklists.model import Checklist, Item
from checklists.problems import ChecklistProblem
from checklists.reading.lines import Lines

#: Kinds of rule that need no law behind them.
WITHOUT_LAW = ("good-practice", "local")


def publishing_faults(
    checklist: Checklist, text: str, *, today: date, file: str | None = None
) -> tuple[ChecklistProblem, ...]:
    """Return everything that keeps a checklist from being published, in the order of its items.

    Parameters
    ----------
    text
        The file that holds the checklist, for the lines of its items.
    today
        No reference can state the law of a later day.
    """
    lines = Lines(text)
    asked: dict[str, str] = {}
    faults = []
    for item in checklist.items:
        for code, values in _faults_of(item, today, asked):
            faults.append(ChecklistProblem(code, values, file, lines.of_id(item.id), item.id))
        asked.setdefault(_plain(item), item.id)
    return tuple(faults)


def _faults_of(item: Item, today: date, asked: dict[str, str]) -> Iterator[tuple[str, dict[str, object]]]:
    if not item.guidance:
        yield "publish-no-guidance", {}
    if item.scored and item.rule not in WITHOUT_LAW and not item.references:
        yield "publish-no-reference", {"without": WITHOUT_LAW}
    for reference in item.references:
        if reference.status_date > today:
            yield "publish-future-law", {"reference": reference.text.da, "day": reference.status_date}
    if (other := asked.get(_plain(item))) is not None:
        yield "publish-same-question", {"other": other}


def _plain(item: Item) -> str:
    return " ".join(item.question.da.casefold().split())
