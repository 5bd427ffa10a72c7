"""The chapter on one checklist: cases by theme, shares with their limits, and the numbers behind."""

from collections.abc import Iterator

from reportlab.platypus import Flowable

from lirk.domain.reports import CentreReport, ChecklistResult
from lirk.reports.desk import Desk
from lirk.reports.markup import Markup
from lirk.reports.phrases import sentence
from lirk.reports.result_sentences import (
    disagreement,
    figure_pairs,
    opening,
    theme_head,
    theme_rows,
    whole_cases,
)
from lirk.reports.styles import FULL

COUNTS_WIDTHS = (26.0, 40.0, 26.0, 52.0, 52.0)
SHARE_WIDTH = 82.0


def theme_chapter(report: CentreReport, checklist: ChecklistResult, first: int, desk: Desk) -> list[Flowable]:
    """Return the results of one checklist by theme; its figures are numbered from ``first``."""
    say = desk.say
    title = say.text("Resultater pr. tema")
    if len(report.checklists) > 1:
        title = Markup.joined(": ", [title, checklist.title])
    return [
        *desk.chapter(chapter_key(checklist), title),
        *desk.prose(*desk.brief([opening(checklist, desk)])),
        *desk.beside(say.text("Sagerne samlet"), *desk.brief(whole_cases(checklist, desk))),
        *_figures(report, checklist, first, desk),
        *desk.under_figures(say.text("Tallene bag figurerne")),
        _table(checklist, desk),
        *_disagreements(checklist, desk),
    ]


def chapter_key(checklist: ChecklistResult) -> str:
    """Return the anchor of a checklist's chapter."""
    return f"themes {checklist.checklist_id}"


def _figures(report: CentreReport, checklist: ChecklistResult, first: int, desk: Desk) -> Iterator[Flowable]:
    for pair in figure_pairs(report, checklist, desk):
        if len(pair) == 1:
            yield from desk.figure(first, pair[0].chart, pair[0].caption)
        else:
            yield from desk.figures_beside(first, [(one.chart, one.caption) for one in pair])
        first += len(pair)


def _table(checklist: ChecklistResult, desk: Desk) -> Flowable:
    rest = FULL - sum(COUNTS_WIDTHS) - SHARE_WIDTH
    return desk.table(
        theme_head(desk),
        theme_rows(checklist, desk),
        [rest, *COUNTS_WIDTHS, SHARE_WIDTH],
        numbers=frozenset(range(1, 7)),
        tight=True,
    )


def _disagreements(checklist: ChecklistResult, desk: Desk) -> list[Flowable]:
    text = disagreement(checklist, desk)
    if text is None:
        return []
    return desk.section(desk.say.text("Til drøftelse")) + desk.prose(sentence(text))
