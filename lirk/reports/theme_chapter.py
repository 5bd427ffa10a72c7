"""The chapter on one checklist: cases by theme, shares with their limits, and the numbers behind."""

from reportlab.platypus import Flowable

from lirk.domain.reports import CentreReport, ChecklistResult
from lirk.reports.desk import Desk
from lirk.reports.markup import Markup
from lirk.reports.phrases import sentence
from lirk.reports.result_sentences import (
    disagreement,
    figures,
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
        *desk.prose(opening(checklist, desk)),
        *desk.beside(say.text("Sagerne samlet"), *whole_cases(checklist, desk)),
        *_figures(report, checklist, first, desk),
        *desk.section(say.text("Tallene bag figurerne")),
        _table(checklist, desk),
        *_disagreements(checklist, desk),
    ]


def chapter_key(checklist: ChecklistResult) -> str:
    """Return the anchor of a checklist's chapter."""
    return f"themes {checklist.checklist_id}"


def _figures(report: CentreReport, checklist: ChecklistResult, first: int, desk: Desk) -> list[Flowable]:
    shown = enumerate(figures(report, checklist, desk), first)
    return [part for at, figure in shown for part in desk.figure(at, figure.chart, figure.caption)]


def _table(checklist: ChecklistResult, desk: Desk) -> Flowable:
    rest = FULL - sum(COUNTS_WIDTHS) - SHARE_WIDTH
    return desk.table(
        theme_head(desk),
        theme_rows(checklist, desk),
        [rest, *COUNTS_WIDTHS, SHARE_WIDTH],
        numbers=frozenset(range(1, 7)),
    )


def _disagreements(checklist: ChecklistResult, desk: Desk) -> list[Flowable]:
    text = disagreement(checklist, desk)
    if text is None:
        return []
    return desk.section(desk.say.text("Til drøftelse")) + desk.prose(sentence(text))
