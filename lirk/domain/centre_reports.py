"""The report of one centre: findings, what goes well, and every count behind them."""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import date
from types import MappingProxyType

from checklists.model import Checklist, Item, Theme
from checklists.score import NOT_APPLICABLE, CaseScore
from lirk.domain.figures import REVIEWED, Readings, ReviewedCase, mean_percent, readings, share_of
from lirk.domain.item_sets import ItemsUsed
from lirk.domain.reports import (
    CaseLine,
    CentreReport,
    ChecklistResult,
    Counts,
    Finding,
    ItemResult,
    Method,
    StoppedCases,
    ThemeResult,
    VerdictCount,
)
from lirk.domain.rounds import Round

#: The reviewer's own judgement of the whole case: asked, never computed, never scored.
OVERALL_ITEM = "overall-lawful"
FINDINGS_ON_PAGE_ONE = 4
#: A report that tells more in full is not read; the other findings stand in a table.
FINDINGS_WRITTEN_UP = 12
THEMES_GOING_WELL = 3
#: A theme goes well if at least this share of the centre's cases is surely in order.
GOES_WELL_FROM = 0.5


def centre_report(
    *,
    municipality: str,
    centre: str,
    round_: Round,
    population: int,
    drawn: int,
    cases: Sequence[ReviewedCase],
    checklists: Sequence[Checklist],
    method: Method,
    issued_on: date,
    language: str,
    items: Mapping[str, ItemsUsed] = MappingProxyType({}),
    earlier_rounds: Sequence[str] = (),
) -> CentreReport:
    """Return all that the report of one centre says.

    Parameters
    ----------
    population, drawn
        Cases of the centre in the register, and in the sample; ``drawn >= population`` is a census.
    cases
        The drawn cases, in any order.
    checklists
        Those of the round, in its order, as they were asked.
    method
        Its ``small_number_limit`` and ``level`` govern the shares.
    language
        ``"da"`` or ``"en"``: of the checklists' texts.
    items
        By checklist id, how many of its items were asked.
    earlier_rounds
        Titles of the centre's own closed rounds before this one, oldest first.
    """
    results = tuple(
        replace(
            _checklist_result(readings(checklist, cases, population=population), method, language),
            items=items.get(checklist.id, ItemsUsed()),
        )
        for checklist in checklists
    )
    return CentreReport(
        municipality=municipality,
        centre=centre,
        round_key=round_.key,
        round_title=round_.title,
        first_day=round_.first_day,
        last_day=round_.last_day,
        issued_on=issued_on,
        population=population,
        drawn=drawn,
        reviewed=sum(case.status == REVIEWED for case in cases),
        checklists=results,
        findings=findings_of(results),
        going_well=going_well_of(results),
        cases=tuple(_case_line(case) for case in sorted(cases, key=lambda case: case.number)),
        method=method,
        made_up=round_.made_up,
        earlier_rounds=tuple(earlier_rounds),
    )


def findings_of(results: Iterable[ChecklistResult]) -> tuple[Finding, ...]:
    """Return the scored items answered no or partly in some case, in checklist order, numbered from 1.

    At most four are for page one and twelve are told in full: critical breaches first, then critical items
    that are only partly met, then those with most cases; where these are alike, the checklist's order decides.
    The finding with most cases of all is among the four, unless these are critical breaches.
    """
    found = [
        (result.checklist_id, theme.title, item)
        for result in results
        for theme in result.themes
        for item in theme.items
        if is_finding(item)
    ]
    findings = [
        Finding(number=number, checklist_id=checklist_id, theme=theme, item=item)
        for number, (checklist_id, theme, item) in enumerate(found, start=1)
    ]
    ranked = [finding.number for finding in _ranked(findings)]
    first, told = set(ranked[:FINDINGS_ON_PAGE_ONE]), set(ranked[:FINDINGS_WRITTEN_UP])
    return tuple(
        replace(finding, on_page_one=finding.number in first, written_up=finding.number in told)
        for finding in findings
    )


def _ranked(findings: Iterable[Finding]) -> list[Finding]:
    ranked = sorted(findings, key=_urgency)
    # Critical items that are partly met in one case each would fill page one before what fails in most.
    most = max(ranked, key=lambda finding: finding.item.counts.breached, default=None)
    last = FINDINGS_ON_PAGE_ONE - 1
    if most is not None and ranked.index(most) > last and not ranked[last].item.breaks_critically:
        ranked.remove(most)
        ranked.insert(last, most)
    return ranked


def is_finding(item: ItemResult) -> bool:
    """Return whether a scored item was answered no or partly in at least one case."""
    return item.scored and item.counts.breached > 0


def going_well_of(results: Iterable[ChecklistResult]) -> tuple[ThemeResult, ...]:
    """Return at most three themes whose lower limit is at least a half, the surest, in checklist order.

    A theme in which a critical item was answered no in any case is never among them.
    """
    themes = [theme for result in results for theme in result.themes if _goes_well(theme)]
    surest = sorted(range(len(themes)), key=lambda place: (-_lower(themes[place]), place))
    return tuple(themes[place] for place in sorted(surest[:THEMES_GOING_WELL]))


def _urgency(finding: Finding) -> tuple[bool, bool, int, int]:
    critical = finding.item.severity == "critical"
    return not finding.item.breaks_critically, not critical, -finding.item.counts.breached, finding.number


def _goes_well(theme: ThemeResult) -> bool:
    return _lower(theme) >= GOES_WELL_FROM and not any(
        item.scored and item.breaks_critically for item in theme.items
    )


def _lower(theme: ThemeResult) -> float:
    return theme.share.lower if theme.share is not None else 0.0


def _checklist_result(read: Readings, method: Method, language: str) -> ChecklistResult:
    checklist = read.checklist
    verdicts = Counter(case.verdict for _, case in read.scores)
    return ChecklistResult(
        checklist_id=checklist.id,
        title=checklist.title.in_(language),
        version=checklist.version,
        status_date=checklist.status_date,
        not_applicable_policy=checklist.not_applicable,
        cannot_assess_policy=checklist.cannot_assess,
        reviewed=len(read.scores),
        critical_breaches=sum(bool(case.critical_breaches) for _, case in read.scores),
        verdicts=tuple(
            VerdictCount(verdict_id=verdict.id, title=verdict.title.in_(language), cases=verdicts[verdict.id])
            for verdict in checklist.verdicts
        ),
        themes=tuple(
            _theme_result(read, theme, str(number), method, language)
            for number, theme in enumerate(checklist.themes, start=1)
        ),
        mean_percent=mean_percent(case.percent for _, case in read.scores),
        disagreements=tuple(number for number, case in read.scores if _disagrees(checklist, case)),
        not_applicable=verdicts[NOT_APPLICABLE],
        missing=read.missing,
        stopped=tuple(_stopped(read, language)),
    )


def _stopped(read: Readings, language: str) -> Iterator[StoppedCases]:
    for stop in read.checklist.stops:
        numbers = tuple(number for number, case in read.scores if case.stopped == stop.id)
        if numbers:
            yield StoppedCases(verdict_id=stop.id, title=stop.title.in_(language), numbers=numbers)


def _theme_result(read: Readings, theme: Theme, number: str, method: Method, language: str) -> ThemeResult:
    # A theme that only asks has no result: what was answered stands at its items.
    counts = read.theme_counts(theme.id) if any(item.scored for item in theme.items) else Counts()
    return ThemeResult(
        theme_id=theme.id,
        number=number,
        title=theme.title.in_(language),
        counts=counts,
        share=share_of(
            counts, population=read.population, limit=method.small_number_limit, level=method.level
        ),
        items=tuple(
            _item_result(read, item, f"{number}.{place}", method, language)
            for place, item in enumerate(theme.items, start=1)
        ),
    )


def _item_result(read: Readings, item: Item, number: str, method: Method, language: str) -> ItemResult:
    counts = read.item_counts(item.id)
    return ItemResult(
        item_id=item.id,
        number=number,
        question=item.question.in_(language),
        severity=item.severity,
        rule=item.rule,
        references=tuple(reference.text.in_(language) for reference in item.references),
        verified=all(reference.verified for reference in item.references),
        counts=counts,
        share=share_of(
            counts, population=read.population, limit=method.small_number_limit, level=method.level
        ),
        scored=item.scored,
        recommendation=item.recommendation.in_(language),
        good_example=item.good_example.in_(language),
    )


def _disagrees(checklist: Checklist, case: CaseScore) -> bool:
    """Whether the reviewer's own judgement and the computed verdict point in opposite directions."""
    overall = case.results.get(OVERALL_ITEM)
    verdict = checklist.verdict(case.verdict)
    positive = verdict is not None and verdict.positive
    return (overall == "yes" and bool(case.critical_breaches)) or (overall == "no" and positive)


def _case_line(case: ReviewedCase) -> CaseLine:
    return CaseLine(
        number=case.number,
        decision_date=case.decision_date,
        case_type=case.case_type,
        outcome=case.outcome,
        status=case.status,
    )
