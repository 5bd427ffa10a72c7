"""The chapter with the centre's own rounds beside each other; there is none in a first round."""

from itertools import count

from reportlab.platypus import Flowable, Spacer

from lirk.domain.reports import CentreReport, ChecklistSeries
from lirk.reports.desk import Desk
from lirk.reports.result_sentences import figures_of
from lirk.reports.series_sentences import figures, opening, series_head, series_rows
from lirk.reports.styles import FULL

#: By the number of rounds in a table: a round's column, in which a count and a share have a line, and the remarks'.
ROUND_WIDTHS, REMARK_WIDTHS = {1: 90.0, 2: 80.0, 3: 78.0, 4: 62.0}, {1: 120.0, 2: 118.0, 3: 108.0, 4: 100.0}
#: Between the last round's numbers, which are set to the right, and the remarks.
GUTTER = 8.0
#: Between the figures and the table under them.
AIR = 10.0
#: Rounds in one table, which leave room for the item and the remarks.
MOST_ROUNDS = 4


def series_chapter(report: CentreReport, desk: Desk) -> list[Flowable]:
    """Return figures and a table for each checklist with items that were measured in several rounds."""
    if not report.series:
        return []
    parts = desk.chapter("rounds", desk.say.text("Egne runder"))
    parts += desk.prose(opening(report, desk))
    numbers = count(1 + sum(figures_of(checklist) for checklist in report.checklists))
    for series in report.series:
        portions, shown = _portions(series), list(figures(series, desk))
        headings = [desk.section_heading(series.title)]
        for figure in shown:
            parts += desk.figure(next(numbers), figure.chart, figure.caption, headings)
            headings = []
        parts += [Spacer(1, AIR)] if shown else []
        for portion in portions:
            told = shown and len(portions) == 1
            parts += [] if told else desk.section(_heading(series, portion, desk))
            parts.append(_table(series, portion, desk))
    return parts


def _portions(series: ChecklistSeries) -> list[range]:
    """Return the rounds of each table, oldest first: more than so many are not read on paper."""
    rounds = len(series.rounds)
    return [range(at, min(at + MOST_ROUNDS, rounds)) for at in range(0, rounds, MOST_ROUNDS)]


def _heading(series: ChecklistSeries, portion: range, desk: Desk) -> str:
    if len(portion) == len(series.rounds):
        return series.title
    first, last = series.rounds[portion[0]], series.rounds[portion[-1]]
    return desk.words.text("{title}, {first} til {last}", title=series.title, first=first, last=last)


def _table(series: ChecklistSeries, portion: range, desk: Desk) -> Flowable:
    """Return a portion of the rounds; the remarks, which are on all of them, stand beside the latest."""
    latest = portion[-1] == len(series.rounds) - 1
    columns = [0, *(at + 1 for at in portion), *([len(series.rounds) + 1] if latest else [])]
    remark = [REMARK_WIDTHS[len(portion)]] if latest else []
    rounds = [ROUND_WIDTHS[len(portion)]] * len(portion)
    table = desk.table(
        [series_head(series, desk.words)[at] for at in columns],
        [[row[at] for at in columns] for row in series_rows(series, desk.words)],
        [FULL - sum(rounds) - sum(remark), *rounds, *remark],
        numbers=frozenset(range(1, len(portion) + 1)),
        tight=True,
    )
    if latest:
        table.setStyle([("LEFTPADDING", (-1, 0), (-1, -1), GUTTER)])
    return table
