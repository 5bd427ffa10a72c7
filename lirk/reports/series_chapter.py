"""The chapter with the centre's own rounds beside each other; there is none in a first round."""

from reportlab.platypus import Flowable

from lirk.domain.reports import CentreReport, ChecklistSeries
from lirk.reports.desk import Desk
from lirk.reports.series_sentences import opening, series_head, series_rows
from lirk.reports.styles import FULL

ROUND_WIDTH, REMARK_WIDTH = 54.0, 112.0


def series_chapter(report: CentreReport, desk: Desk) -> list[Flowable]:
    """Return a table for each checklist with items that were measured in several rounds."""
    if not report.series:
        return []
    parts = desk.chapter("rounds", desk.say.text("Egne runder"))
    parts += desk.prose(opening(desk))
    for series in report.series:
        parts += [*desk.section(series.title), _table(series, desk)]
    return parts


def _table(series: ChecklistSeries, desk: Desk) -> Flowable:
    rounds = len(series.rounds)
    return desk.table(
        series_head(series, desk.words),
        series_rows(series, desk.words),
        [FULL - rounds * ROUND_WIDTH - REMARK_WIDTH, *[ROUND_WIDTH] * rounds, REMARK_WIDTH],
        numbers=frozenset(range(1, rounds + 1)),
    )
