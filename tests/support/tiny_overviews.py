"""Overviews of a few centres with a few cases each: so small that every possible round can be listed."""

from collections.abc import Iterable, Sequence
from datetime import UTC, date, datetime

from lirk.domain.overview_values import Overview
from lirk.domain.overviews import overview
from lirk.domain.reports import (
    CentreReport,
    ChecklistResult,
    Counts,
    ItemResult,
    Method,
    ThemeResult,
)
from lirk.domain.rounds import Round, RoundState

NOW = datetime(2026, 11, 22, 9, 0, tzinfo=UTC)
CENTRES = "ABCDEFG"
ROUND = Round(
    id=1, key="2026-2", title="2. runde 2026", state=RoundState.CLOSED, created_at=NOW, closed_at=NOW
)
METHOD = Method(
    source="register.csv",
    source_rows=312,
    exclusions=(),
    fingerprint="3f9c",
    committed_at=NOW,
    draws=(),
    program_version="0.1.0",
    reviewers=2,
    small_number_limit=5,
)

#: A case by its answers, an item each: whether it is in order.
Case = tuple[bool, ...]


def tiny_report(centre: str, cases: Sequence[Case], *, population: int = 10) -> CentreReport:
    """A centre's report on one theme, from the answers in each of its cases."""
    items = tuple(
        ItemResult(
            item_id=f"item-{at}",
            number=f"1.{at}",
            question=f"Punkt {at}?",
            severity="serious",
            rule="order",
            references=("FVL § 24",),
            verified=True,
            counts=_counted(given),
            share=None,
            recommendation=f"Gør {at}.",
        )
        for at, given in enumerate(zip(*cases, strict=True), 1)
    )
    theme = ThemeResult(
        theme_id="theme",
        number="1",
        title="Tema",
        counts=_counted(all(case) for case in cases),
        share=None,
        items=items,
    )
    result = ChecklistResult(
        checklist_id="law",
        title="Jura",
        version=7,
        status_date=date(2026, 3, 8),
        not_applicable_policy="drop",
        cannot_assess_policy="out",
        reviewed=len(cases),
        critical_breaches=0,
        verdicts=(),
        themes=(theme,),
    )
    return CentreReport(
        municipality="Eksempel Kommune",
        centre=centre,
        round_key=ROUND.key,
        round_title=ROUND.title,
        first_day=None,
        last_day=None,
        issued_on=NOW.date(),
        population=population,
        drawn=len(cases),
        reviewed=len(cases),
        checklists=(result,),
        findings=(),
        going_well=(),
        cases=(),
        method=METHOD,
    )


def tiny_overview(results: Sequence[Sequence[Case]], populations: Sequence[int] = ()) -> Overview:
    """The overview of so many centres, each from the answers in its cases."""
    sizes = populations or [10] * len(results)
    reports = [
        tiny_report(centre, cases, population=population)
        for centre, cases, population in zip(CENTRES, results, sizes, strict=False)
    ]
    return overview(
        reports, municipality="Eksempel Kommune", round_=ROUND, issued_on=NOW.date(), method=METHOD
    )


def in_order(hits: int, cases: int) -> list[Case]:
    """Cases of one item: so many in order, then the others."""
    return [(place < hits,) for place in range(cases)]


def _counted(given: Iterable[bool]) -> Counts:
    answers = list(given)
    return Counts(yes=sum(answers), no=len(answers) - sum(answers))
