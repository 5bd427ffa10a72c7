"""Realistic values of reports: Danish questions of the usual length, counts that add up, limits that hold."""

from dataclasses import replace
from datetime import UTC, date, datetime
from math import ceil, floor, sqrt

from report_questions import DATA_THEMES, LAWFUL_THEMES

from lirk.domain.overview_values import (
    Overview,
    Participation,
    PooledTheme,
    RecurringFinding,
    RoundedLevel,
)
from lirk.domain.reports import (
    CaseLine,
    CentreReport,
    ChecklistResult,
    Counts,
    DrawLine,
    Exclusion,
    Finding,
    ItemResult,
    Method,
    Share,
    ThemeResult,
    UsedChecklist,
    VerdictCount,
)

LAWFUL = "lovmedholdelig-sagsbehandling"
DATA = "data-og-informationsforvaltning"

RECOMMENDATION = (
    "Indfør et fast trin i sagsgangen, hvor sagsbehandleren tager stilling til kravet og noterer det, og aftal, hvem "
    "der følger op, når den næste måling er lavet."
)
FROZEN = datetime(2026, 10, 1, 9, 0, tzinfo=UTC)
DRAWN = datetime(2026, 10, 2, 14, 5, tzinfo=UTC)


def share(hits: int, assessed: int, population: int, *, census: bool = False, unknown: int = 0) -> Share:
    """A share with Wilson's limits: near enough to the exact ones for a page."""
    p, z = hits / assessed, 1.96
    middle, half = (p + z * z / 2 / assessed), z * sqrt(p * (1 - p) / assessed + z * z / 4 / assessed**2)
    whole = 1 + z * z / assessed
    lower = p if census else max(0.0, (middle - half) / whole)
    upper = p if census else min(1.0, (middle + half) / whole)
    return Share(
        hits=hits,
        assessed=assessed,
        population=population,
        share=p,
        lower=lower,
        upper=upper,
        count_lower=floor(lower * population),
        count_upper=ceil(upper * population),
        worst=hits / (assessed + unknown),
        best=(hits + unknown) / (assessed + unknown),
        census=census,
    )


def counts(cases: int, at: int) -> Counts:
    """Counts that differ from item to item and add up to ``cases``."""
    not_applicable = (at * 5) % (cases + 1) if at % 3 == 1 else 0
    cannot = 1 if at % 7 == 2 and not_applicable < cases else 0
    left = cases - not_applicable - cannot
    no = min(left, (at * 3) % 8 if at % 2 else 0)
    partly = min(left - no, at % 4)
    return Counts(
        yes=left - no - partly, partly=partly, no=no, not_applicable=not_applicable, cannot_assess=cannot
    )


def item(
    question: tuple[str, str, str, str],
    number: str,
    cases: int,
    population: int,
    at: int,
    *,
    census: bool = False,
) -> ItemResult:
    text, reference, severity, rule = question
    counted = counts(cases, at)
    enough = counted.assessed >= 10 or (census and counted.assessed)
    return ItemResult(
        item_id=f"item-{number}",
        number=number,
        question=text,
        severity=severity,
        rule=rule,
        references=(reference,),
        verified=rule in {"guarantee", "order"},
        counts=counted,
        share=share(
            counted.yes,
            counted.assessed,
            population - counted.not_applicable,
            census=census,
            unknown=counted.cannot_assess,
        )
        if enough
        else None,
        scored=not text.startswith("Samlet"),
        recommendation=RECOMMENDATION,
    )


def checklist(
    checklist_id: str = LAWFUL, *, cases: int = 48, population: int = 312, critical: int = 4
) -> ChecklistResult:
    themes = LAWFUL_THEMES if checklist_id == LAWFUL else DATA_THEMES
    census = cases >= population
    made, at = [], 0
    for theme_at, (title, questions) in enumerate(themes, 1):
        items = []
        for item_at, question in enumerate(questions, 1):
            items.append(item(question, f"{theme_at}.{item_at}", cases, population, at, census=census))
            at += 1
        counted = counts(cases, theme_at + 2) if any(one.scored for one in items) else Counts()
        enough = counted.assessed >= 10 or (census and counted.assessed)
        made.append(
            ThemeResult(
                theme_id=f"theme-{theme_at}",
                number=str(theme_at),
                title=title,
                counts=counted,
                share=share(counted.yes, counted.assessed, population, census=census) if enough else None,
                items=tuple(items),
            )
        )
    return ChecklistResult(
        checklist_id=checklist_id,
        title="Lovmedholdelig sagsbehandling"
        if checklist_id == LAWFUL
        else "God data- og informationsforvaltning",
        version=1,
        status_date=date(2026, 3, 8),
        not_applicable_policy="drop",
        cannot_assess_policy="out",
        reviewed=cases,
        critical_breaches=critical,
        verdicts=(
            VerdictCount(verdict_id="critical-breach", title="Kritisk brud", cases=critical),
            VerdictCount(verdict_id="errors", title="Fejl, der skal rettes", cases=(cases - critical) // 2),
            VerdictCount(
                verdict_id="in-order", title="I orden", cases=cases - critical - (cases - critical) // 2
            ),
        ),
        themes=tuple(made),
        mean_percent=84.4,
        disagreements=(7, 19),
    )


def findings(*checklists: ChecklistResult, page_one: int = 4) -> tuple[Finding, ...]:
    found = [
        (result.checklist_id, theme.title, item)
        for result in checklists
        for theme in result.themes
        for item in theme.items
        if item.counts.breached and item.scored
    ]
    chosen = sorted(found, key=lambda entry: (entry[2].severity != "critical", -entry[2].counts.breached))
    names = {(entry[0], entry[2].item_id) for entry in chosen[:page_one]}
    return tuple(
        Finding(
            number=at, checklist_id=name, theme=theme, item=item, on_page_one=(name, item.item_id) in names
        )
        for at, (name, theme, item) in enumerate(found, 1)
    )


def method(**changes: object) -> Method:
    made = Method(
        source="afgoerelser-2026-1.csv",
        source_rows=16_204,
        exclusions=(
            Exclusion(reason="not-a-decision", value="not-a-decision", count=412),
            Exclusion(reason="outside-period", value="", count=1_893),
            Exclusion(reason="gennemgået i forrige runde", value="", count=135),
        ),
        fingerprint="9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08",
        committed_at=FROZEN,
        draws=(
            DrawLine(
                number=1,
                of=1,
                reason=None,
                seed="73914526008431975520",
                seed_how="dice",
                drawn_at=DRAWN,
                digest="60303ae22b998861bce3b28f33eec1be758a213c86c93c076dbe9f558c11c752",
            ),
        ),
        program_version="0.1.0",
        reviewers=3,
        replaced=2,
        not_found=1,
    )
    return replace(made, **changes)


def cases(number: int) -> tuple[CaseLine, ...]:
    types = (
        "Bevilling efter serviceloven",
        "Tabt arbejdsfortjeneste",
        "Byggetilladelse",
        "Friplads i dagtilbud",
    )
    outcomes = ("full-grant", "partial-grant", "refusal", "burdening", None)
    return tuple(
        CaseLine(
            number=at,
            decision_date=date(2026, 1 + at % 6, 1 + at % 28),
            case_type=types[at % 4],
            outcome=outcomes[at % 5],
            status="not-found" if at == 3 else "reviewed",
        )
        for at in range(1, number + 1)
    )


def centre_report(*, drawn: int = 48, population: int = 312, **changes: object) -> CentreReport:
    """A report on two checklists of 23 and 20 items; ``changes`` are put in last."""
    results = (
        checklist(LAWFUL, cases=drawn, population=population),
        checklist(DATA, cases=drawn, population=population, critical=0),
    )
    good = tuple(theme for result in results for theme in result.themes if theme.counts.assessed)
    made = CentreReport(
        municipality="Eksempel Kommune",
        centre="Center for Børn & Familie",
        round_key="2026-2",
        round_title="2. runde 2026",
        first_day=date(2026, 1, 1),
        last_day=date(2026, 6, 30),
        issued_on=date(2026, 11, 22),
        population=population,
        drawn=drawn,
        reviewed=drawn,
        checklists=results,
        findings=findings(*results),
        going_well=good[:3],
        cases=cases(drawn),
        method=method(),
    )
    return replace(made, **changes)


def small_report(**changes: object) -> CentreReport:
    """A centre with seven cases, all of them read, and nothing found in any."""
    theme_items = LAWFUL_THEMES[1][1]
    items = tuple(
        replace(
            item(question, f"1.{at}", 7, 7, 0, census=True),
            counts=Counts(yes=7) if at % 2 else Counts(not_applicable=7),
            share=share(7, 7, 7, census=True) if at % 2 else None,
        )
        for at, question in enumerate(theme_items, 1)
    )
    theme = ThemeResult(
        theme_id="only",
        number="1",
        title=LAWFUL_THEMES[1][0],
        counts=Counts(yes=7),
        share=share(7, 7, 7, census=True),
        items=items,
    )
    result = replace(
        checklist(cases=7, population=7, critical=0), themes=(theme,), mean_percent=100.0, disagreements=()
    )
    return centre_report(
        drawn=7,
        population=7,
        **{
            "centre": "Center for Kultur & Fritid",
            "checklists": (result,),
            "findings": (),
            "going_well": (theme,),
            "method": method(replaced=0, not_found=0, exclusions=(), reviewers=1),
            **changes,
        },
    )


CENTRES = (
    "Borgerservice",
    "Center for Arbejdsmarked",
    "Center for Børn & Familie",
    "Center for Børn & Læring",
    "Center for Kultur & Fritid",
    "Center for Politik & Personale",
    "Center for Socialområdet",
    "Center for Sundhed & Omsorg",
    "Center for Teknik & Miljø",
)


def pooled(checklist_id: str, number: str, title: str, percent: int | None) -> PooledTheme:
    level = None if percent is not None else tuple(RoundedLevel)[int(number) % 3]
    return PooledTheme(checklist_id=checklist_id, number=number, title=title, percent=percent, level=level)


def overview(**changes: object) -> Overview:
    """The municipality's overview: nine centres, nine themes, six recurring findings."""
    percents = iter((85, 70, None, 55, 90, None, 75, 40, 65))
    themes = tuple(
        pooled(name, str(at), title, next(percents))
        for name, listed in ((LAWFUL, LAWFUL_THEMES), (DATA, DATA_THEMES))
        for at, (title, _) in enumerate(listed, 1)
    )
    recurring = tuple(
        RecurringFinding(
            checklist_id=LAWFUL,
            number=f"2.{at}",
            question=question,
            references=(reference,),
            recommendation=RECOMMENDATION,
        )
        for at, (question, reference, _, _) in enumerate((*LAWFUL_THEMES[1][1], LAWFUL_THEMES[3][1][2]), 1)
    )
    made = Overview(
        municipality="Eksempel Kommune",
        round_key="2026-2",
        round_title="2. runde 2026",
        first_day=date(2026, 1, 1),
        last_day=date(2026, 6, 30),
        issued_on=date(2026, 11, 22),
        participation=tuple(
            Participation(centre=centre, population=150 + 420 * at, reviewed=20, report_ready=at != 4)
            for at, centre in enumerate(CENTRES)
        ),
        themes=themes,
        going_well=(themes[0], themes[4], themes[6]),
        joint_effort=(themes[3], themes[7], themes[8]),
        recurring=recurring,
        checklists=(
            UsedChecklist(
                checklist_id="lovmedholdelig-sagsbehandling",
                title="Lovmedholdelig sagsbehandling",
                version=1,
                status_date=date(2026, 3, 8),
            ),
            UsedChecklist(
                checklist_id="data-og-informationsforvaltning",
                title="God data- og informationsforvaltning",
                version=1,
                status_date=date(2026, 3, 8),
            ),
        ),
        method=method(),
    )
    return replace(made, **changes)
