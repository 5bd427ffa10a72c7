"""The municipality's overview: patterns that centres share, and nothing that tells one from another."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import groupby
from types import MappingProxyType

from lirk.domain.alphabet import danish_key
from lirk.domain.centre_reports import is_finding
from lirk.domain.disclosure import FEWEST_CENTRES, CentreCount, Listing, published
from lirk.domain.overview_values import (
    Overview,
    Participation,
    PooledTheme,
    RecurringFinding,
    RoundedLevel,
)
from lirk.domain.reports import (
    CentreReport,
    ChecklistResult,
    ItemResult,
    Method,
    ThemeResult,
)
from lirk.domain.rounds import Round

PATTERNS = 3
#: "Several" is at least half of the centres, and at least so many.
FEWEST_SHARING = 3
#: A pattern goes well if at least this percentage of the cases is in order.
GOES_WELL_FROM = 50
SMALL_NUMBER_LIMIT = 10


def overview(
    reports: Sequence[CentreReport],
    *,
    municipality: str,
    round_: Round,
    issued_on: date,
    method: Method | None = None,
    without_cases: Mapping[str, int] = MappingProxyType({}),
) -> Overview:
    """Return the overview of a round; it holds no field for the result of one centre.

    With fewer than five measured centres it is participation and words only.

    Parameters
    ----------
    reports
        Of the centres of the round, in any order, all with the same checklists.
    method
        Passed on; its ``small_number_limit`` (10 without it) is the fewest assessed cases behind a share.
    without_cases
        Centres without a report, each with its cases in the register.
    """
    limit = method.small_number_limit if method is not None else SMALL_NUMBER_LIMIT
    measured = [report for report in reports if report.reviewed]
    enough = len(measured) >= FEWEST_CENTRES
    pools = tuple(_pools(measured, limit)) if enough else ()
    themes = tuple(pool.theme for pool in pools)
    going_well = going_well_of(themes)
    return Overview(
        municipality=municipality,
        round_key=round_.key,
        round_title=round_.title,
        first_day=round_.first_day,
        last_day=round_.last_day,
        issued_on=issued_on,
        participation=participation_of(reports, without_cases),
        themes=themes,
        going_well=going_well,
        joint_effort=joint_effort_of(themes, going_well),
        recurring=tuple(finding for pool in pools for finding in pool.recurring),
        checklists=tuple(result.used for result in _checklists(reports)),
        method=method,
        made_up=round_.made_up,
    )


def participation_of(
    reports: Iterable[CentreReport], without_cases: Mapping[str, int]
) -> tuple[Participation, ...]:
    """Return all centres of a round in Danish alphabetical order, with exact counts."""
    lines = [
        Participation(
            centre=report.centre, population=report.population, reviewed=report.reviewed, report_ready=True
        )
        for report in reports
    ]
    lines += [
        Participation(centre=centre, population=cases, reviewed=0, report_ready=False)
        for centre, cases in without_cases.items()
    ]
    return tuple(sorted(lines, key=lambda line: danish_key(line.centre)))


def going_well_of(themes: Sequence[PooledTheme]) -> tuple[PooledTheme, ...]:
    """Return at most three themes from the upper half, the highest as published, in checklist order.

    Themes alike as published are taken together: more than three only where the highest are so many.
    """
    high = [theme for theme in themes if (value := _value(theme)) is not None and value >= GOES_WELL_FROM]
    return _first(themes, sorted(high, key=lambda theme: -(_value(theme) or 0)))


def joint_effort_of(
    themes: Sequence[PooledTheme], going_well: Sequence[PooledTheme]
) -> tuple[PooledTheme, ...]:
    """Return at most three themes, the lowest as published, in checklist order.

    Each stands below every theme that goes well, and those alike are taken together, as in ``going_well_of``: alike
    as published is never told apart.
    """
    below = min((_value(theme) or 0 for theme in going_well), default=101)
    low = [theme for theme in themes if (value := _value(theme)) is not None and value < below]
    return _first(themes, sorted(low, key=lambda theme: _value(theme) or 0))


def _first(themes: Sequence[PooledTheme], ordered: Sequence[PooledTheme]) -> tuple[PooledTheme, ...]:
    chosen: list[PooledTheme] = []
    for _, alike in groupby(ordered, key=_value):
        group = list(alike)
        if chosen and len(chosen) + len(group) > PATTERNS:
            break
        chosen += group
    return tuple(theme for theme in themes if theme in chosen)


def _value(theme: PooledTheme) -> int | None:
    """Return the published value as a percentage, the words as the ends they stand for."""
    if theme.level is None:
        return theme.percent
    return {RoundedLevel.FEW: 0, RoundedLevel.NEARLY_ALL: 100}.get(theme.level)


@dataclass(frozen=True, slots=True)
class _Measured:
    """One theme in one centre, with the numbers that weigh it."""

    population: int
    sample: int
    theme: ThemeResult

    @property
    def count(self) -> CentreCount:
        counts = self.theme.counts
        return CentreCount(
            population=self.population, sample=self.sample, assessed=counts.assessed, hits=counts.yes
        )


@dataclass(frozen=True, slots=True)
class _Published:
    """All that is said of one theme."""

    theme: PooledTheme
    recurring: tuple[RecurringFinding, ...]


def _checklists(reports: Iterable[CentreReport]) -> tuple[ChecklistResult, ...]:
    """Return each checklist once, from the first report that has it, in the round's order."""
    known: dict[str, ChecklistResult] = {}
    for report in reports:
        for result in report.checklists:
            known.setdefault(result.checklist_id, result)
    return tuple(known.values())


def _pools(measured: Sequence[CentreReport], limit: int) -> Iterator[_Published]:
    for checklist in _checklists(measured):
        for place, theme in enumerate(checklist.themes):
            if any(item.scored for item in theme.items):
                centres = [
                    _Measured(report.population, result.reviewed, result.themes[place])
                    for report in measured
                    for result in report.checklists
                    if result.checklist_id == checklist.checklist_id and result.reviewed
                ]
                yield _published(checklist, theme, centres, limit)


def _published(
    checklist: ChecklistResult, theme: ThemeResult, centres: Sequence[_Measured], limit: int
) -> _Published:
    scored = [place for place, item in enumerate(theme.items) if item.scored]
    listable = [place for place in scored if _is_listable(centres, place)]
    shared = [place for place in listable if _is_shared(centres, place)]
    # Every centre with a case that is not in order has a finding, and a finding in several is listed; unless
    # an item can never be, or a case fails on what could not be assessed.
    always_listed = listable == scored and checklist.cannot_assess_policy != "negative"
    listing = Listing(several=_several(centres), items=len(scored), complete=always_listed)
    said, listed = published(
        [centre.count for centre in centres],
        limit=limit,
        listing=listing if listable else None,
        listed=bool(shared),
    )
    return _Published(
        PooledTheme(
            checklist_id=checklist.checklist_id,
            number=theme.number,
            title=theme.title,
            percent=None if isinstance(said, RoundedLevel) else said,
            level=said if isinstance(said, RoundedLevel) else None,
        ),
        tuple(_recurring(checklist.checklist_id, theme.items[place]) for place in shared if listed),
    )


def _several(centres: Sequence[_Measured]) -> int:
    return max(FEWEST_SHARING, -(-len(centres) // 2))


def _is_shared(centres: Sequence[_Measured], place: int) -> bool:
    return sum(is_finding(centre.theme.items[place]) for centre in centres) >= _several(centres)


def _is_listable(centres: Sequence[_Measured], place: int) -> bool:
    """Return whether a list could name the item and no centre's count be told from that.

    Where so few centres had cases to assess that a reader could tell who the several are, a centre's count
    stays open only if it had at least two such cases.
    """
    assessed = [centre.theme.items[place].counts.assessed for centre in centres]
    assessing = sum(count > 0 for count in assessed)
    hidden = assessing >= _several(centres) + 2 or 1 not in assessed
    return hidden and len(centres) >= FEWEST_CENTRES


def _recurring(checklist_id: str, item: ItemResult) -> RecurringFinding:
    return RecurringFinding(
        checklist_id=checklist_id,
        number=item.number,
        question=item.question,
        references=item.references,
        recommendation=item.recommendation,
    )
