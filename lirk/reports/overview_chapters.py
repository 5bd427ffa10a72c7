"""The chapters of the overview: who took part, themes, recurring findings, method."""

from reportlab.platypus import Flowable

from lirk.domain.reports import Overview
from lirk.reports.desk import Desk
from lirk.reports.method_chapter import checksums, draw_parts, register_parts
from lirk.reports.overview_sentences import (
    Table,
    checklists_line,
    figure_caption,
    figures,
    level_table,
    no_numbers,
    no_ranking,
    participation_head,
    participation_order,
    participation_rows,
    recurring_opening,
    recurring_table,
    rounding,
    themes_opening,
)
from lirk.reports.styles import FULL

CASES_WIDTH, REVIEWED_WIDTH, REPORT_WIDTH = 88.0, 72.0, 88.0
LEVEL_WIDTH = 120.0
LAW_WIDTH, SPREAD_WIDTH, ADVICE_WIDTH = 130.0, 44.0, 160.0


def participation_chapter(overview: Overview, desk: Desk) -> list[Flowable]:
    """Return who took part, in the order given, and nothing of how it went."""
    table = desk.table(
        participation_head(desk),
        participation_rows(overview, desk),
        [FULL - CASES_WIDTH - REVIEWED_WIDTH - REPORT_WIDTH, CASES_WIDTH, REVIEWED_WIDTH, REPORT_WIDTH],
        numbers=frozenset({1, 2, 3}),
    )
    heading = desk.chapter("participation", desk.say.text("Deltagelse"))
    return [*heading, *desk.prose(participation_order(desk)), table]


def theme_chapter(overview: Overview, desk: Desk) -> list[Flowable]:
    """Return the municipality as a whole by theme, or in words why no number is shown."""
    heading = desk.chapter("themes", desk.say.text("Mønstre på tværs af temaer"))
    if not overview.themes:
        return heading + desk.prose(no_numbers(desk))
    return heading + desk.prose(themes_opening(desk)) + _figures(overview, desk) + _table(overview, desk)


def _figures(overview: Overview, desk: Desk) -> list[Flowable]:
    caption = figure_caption(desk)
    shown = enumerate(figures(overview, desk), 1)
    return [part for number, chart in shown for part in desk.figure(number, chart, caption)]


def _table(overview: Overview, desk: Desk) -> list[Flowable]:
    head, rows = _grouped(level_table(overview, desk))
    table = desk.table(head, rows, [FULL - LEVEL_WIDTH, LEVEL_WIDTH], numbers=frozenset({1}))
    return [*desk.section(desk.say.text("Tallene bag figurerne")), table]


def _grouped(table: Table) -> tuple[list[str], list[list[str]]]:
    """Return the rows of a table, each group under a row of its name."""
    head, groups = table
    return head, [row for name, rows in groups for row in ([[name]] if name else []) + rows]


def recurring_chapter(overview: Overview, desk: Desk) -> list[Flowable]:
    """Return what several centres share, with one recommendation for all; no number, no name."""
    heading = desk.chapter("recurring", desk.say.text("Fund, der går igen"))
    opening = desk.prose(recurring_opening(overview, desk))
    if not overview.recurring:
        return heading + opening
    return [*heading, *opening, _recurring(overview, desk)]


def _recurring(overview: Overview, desk: Desk) -> Flowable:
    head, rows = _grouped(recurring_table(overview, desk))
    return desk.table(
        head,
        rows,
        [FULL - LAW_WIDTH - SPREAD_WIDTH - ADVICE_WIDTH, LAW_WIDTH, SPREAD_WIDTH, ADVICE_WIDTH],
        tight=True,
    )


def method_chapter(overview: Overview, desk: Desk) -> list[Flowable]:
    """Return how the round was measured, why centres are not compared, and what identifies it."""
    say, method = desk.say, overview.method
    parts = desk.chapter("method", say.text("Metode og begrænsninger"))
    parts += desk.beside(say.text("Ingen rangorden"), no_ranking(desk))
    parts += desk.beside(say.text("Afrunding og ord"), rounding(desk))
    if method is None:
        return parts
    return [
        *parts,
        *desk.beside(say.text("Registret"), *register_parts(method, desk)),
        *draw_parts(method, desk),
        *desk.chapter("checksums", say.text("Kontrolsummer")),
        checksums(method, checklists_line(overview, desk), desk),
    ]
