"""What of a centre's report may leave the centre: a value with no place for the rest.

A copy has for each item that counts the number of cases by answer, small ones hidden by ``lirk.domain.hidden_rows``.
Of a critical item that was answered no in any case, or has a small count, nothing is shown. It has no totals by theme,
no critical breaches, verdicts, means, shares or limits, from which a hidden count could be computed; no cases that
could not be found, for they are part of every count; no free text, no running number of a case that was singled out;
and of a drawn case the month alone.

A copy is safe by itself. Held against the overview and the report of another centre it need not be: the overview
leaves that reader at least two counts for the copied centre, at its edges no more than two, and whatever a copy says
can part them. Only a copy without counts could not. So whoever makes one is told to give it to those who need it.
"""

from collections.abc import Iterable, Iterator, Mapping, Set
from dataclasses import dataclass
from datetime import date

from checklists.conditions import reads
from checklists.model import Checklist
from lirk.domain.hidden_rows import said_row, withheld_row
from lirk.domain.reports import (
    CaseLine,
    CentreReport,
    ChecklistResult,
    Counts,
    ItemResult,
    UsedChecklist,
)
from lirk.domain.small_numbers import Hidden, Said

#: Where the cases that an item did not apply to stand in a row.
NOT_APPLICABLE = 3


@dataclass(frozen=True, slots=True, kw_only=True)
class CopiedItem:
    """One item: ``cells`` are the cases that were read by answer, in the order of ``CaseResult``."""

    number: str
    question: str
    severity: str
    rule: str
    references: tuple[str, ...]
    verified: bool
    cells: tuple[Said, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class CopiedTheme:
    """The items of one theme, in checklist order; no counts of the theme itself."""

    number: str
    title: str
    items: tuple[CopiedItem, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class CopiedChecklist:
    """One checklist: ``read`` cases are behind each of its rows."""

    used: UsedChecklist
    read: int
    themes: tuple[CopiedTheme, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class CopiedCase:
    """A drawn case: its running number, and the first day of the month of its decision."""

    number: int
    month: date | None


@dataclass(frozen=True, slots=True, kw_only=True)
class CentreCopy:
    """A centre's report as others may have it; ``version`` is that of the published report, 0 of a draft."""

    municipality: str
    centre: str
    round_key: str
    round_title: str
    first_day: date | None
    last_day: date | None
    issued_on: date
    population: int
    checklists: tuple[CopiedChecklist, ...]
    cases: tuple[CopiedCase, ...]
    program_version: str
    made_up: str = ""
    draft: bool = False
    version: int = 0

    @property
    def hides(self) -> bool:
        """Whether any count of it is not shown."""
        return any(
            isinstance(cell, Hidden)
            for checklist in self.checklists
            for theme in checklist.themes
            for item in theme.items
            for cell in item.cells
        )


#: By item whose answers decide whether others are asked, these others; see ``gates_of``.
Gates = Mapping[str, Set[str]]


def copy_for_others(report: CentreReport, gates: Mapping[str, Gates]) -> CentreCopy:
    """Return what of a report may leave its centre.

    Parameters
    ----------
    gates
        By checklist id, the items whose answers decide whether others are asked: see ``gates_of``. In how many
        cases those were not asked tells of the answers to these; with a small count nothing of them is shown, and
        where one is critical and was answered no, nothing of those either.
    """
    stage = report.stage
    return CentreCopy(
        municipality=report.municipality,
        centre=report.centre,
        round_key=report.round_key,
        round_title=report.round_title,
        first_day=report.first_day,
        last_day=report.last_day,
        issued_on=report.issued_on,
        population=report.population,
        checklists=tuple(_checklist(one, gates.get(one.checklist_id, {})) for one in report.checklists),
        cases=tuple(_case(case) for case in report.cases),
        program_version=report.method.program_version,
        made_up=report.made_up,
        draft=stage is not None and stage.is_draft,
        version=stage.version if stage is not None and not stage.is_draft else 0,
    )


def gates_of(checklist: Checklist) -> Gates:
    """Return the items whose answers decide whether another item is asked, or end the review, with those others."""
    followers: dict[str, set[str]] = {}
    for asked, conditions in checklist.conditions.items():
        for name in (name for condition in conditions for name in reads(condition)):
            followers.setdefault(name, set()).add(asked)
    for name in (name for stop in checklist.stops for name in reads(stop.stop_when)):
        followers.setdefault(name, set())
    items = {item.id for item in checklist.items}
    return {name: frozenset(asked & items) for name, asked in followers.items() if name in items}


def _follow(first: Iterable[str], gates: Gates) -> frozenset[str]:
    """Return all items that are asked by the answers to some, or to one that is asked by these."""
    found: set[str] = set()
    left = [name for one in first for name in gates.get(one, ())]
    while left:
        name = left.pop()
        if name not in found:
            found.add(name)
            left += gates.get(name, ())
    return frozenset(found)


def _checklist(result: ChecklistResult, gates: Gates) -> CopiedChecklist:
    items = (item for theme in result.themes for item in theme.items)
    silent = _follow((item.item_id for item in items if item.breaks_critically), gates)
    themes = (
        CopiedTheme(
            number=theme.number,
            title=theme.title,
            items=tuple(_items(result, theme.items, gates, silent)),
        )
        for theme in result.themes
    )
    return CopiedChecklist(
        used=result.used,
        read=result.reviewed,
        themes=tuple(theme for theme in themes if theme.items),
    )


def _items(
    result: ChecklistResult, items: tuple[ItemResult, ...], gates: Gates, silent: Set[str]
) -> Iterator[CopiedItem]:
    for item in items:
        row = _row(item.counts, result.missing)
        # An item that only asks, or whose answers mean nothing, is told in words in the report, and not at all here.
        if not item.scored or sum(row) != result.reviewed:
            continue
        said = said_row(row, apart=NOT_APPLICABLE)
        # Decisions that cannot stand are not mentioned by number outside the centre. A critical row that is not wholly
        # hidden says that no decision fails on it, and a small count beside that could be told; in how many cases an
        # item was not asked says how many were answered so.
        alone = item.severity == "critical" or item.item_id in gates
        hidden = item.breaks_critically or item.item_id in silent or (alone and said != row)
        yield CopiedItem(
            number=item.number,
            question=item.question,
            severity=item.severity,
            rule=item.rule,
            references=item.references,
            verified=item.verified,
            cells=withheld_row(row) if hidden else said,
        )


def _row(counts: Counts, missing: int) -> tuple[int, ...]:
    """Return the cases that were read by answer; those that could not be found are counted as not assessable."""
    read = counts.cannot_assess - missing
    return (counts.yes, counts.partly, counts.no, counts.not_applicable, read)


def _case(case: CaseLine) -> CopiedCase:
    day = case.decision_date
    return CopiedCase(number=case.number, month=None if day is None else day.replace(day=1))
