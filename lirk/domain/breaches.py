"""Which of a centre's cases an item was not met in: told to those who work with the cases, and never in a file."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from checklists.model import Checklist
from lirk.domain.figures import ReviewedCase, readings
from lirk.domain.reports import CaseResult


@dataclass(frozen=True, slots=True, kw_only=True)
class Breach:
    """An item that counts and was not, or with ``partly`` only partly, met in a case.

    ``critical``: the item is critical and was answered no.
    """

    checklist_id: str
    item_id: str
    partly: bool = False
    critical: bool = False


def breaches_of(
    checklists: Iterable[Checklist], cases: Iterable[ReviewedCase]
) -> Mapping[int, tuple[Breach, ...]]:
    """Return the breaches in each case by its running number, in checklist order; a case without any is left out.

    They are counted as reports count them: over a centre's cases, those at an item are its finding's cases.
    """
    read = tuple(cases)
    found: dict[int, list[Breach]] = {}
    for checklist in checklists:
        for number, score in readings(checklist, read, population=len(read)).scores:
            if breaches := tuple(_breaches(checklist, score.results)):
                found.setdefault(number, []).extend(breaches)
    return {number: tuple(breaches) for number, breaches in sorted(found.items())}


def _breaches(checklist: Checklist, results: Mapping[str, str]) -> Iterator[Breach]:
    for item in checklist.items:
        result = results.get(item.id)
        if item.scored and result in {CaseResult.NO, CaseResult.PARTLY}:
            partly = result == CaseResult.PARTLY
            yield Breach(
                checklist_id=checklist.id,
                item_id=item.id,
                partly=partly,
                critical=item.severity == "critical" and not partly,
            )
