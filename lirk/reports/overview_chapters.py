"""The chapters of the overview: who took part, themes, recurring findings, method."""

from reportlab.platypus import Flowable

from lirk.domain.overview_values import Overview
from lirk.reports.desk import Desk
from lirk.reports.development_sentences import development_head, development_rows, opening, title_of
from lirk.reports.method_chapter import checksums, draw_parts, register_parts
from lirk.reports.overview_sentences import (
    Table,
    checklists_line,
    figure_caption,
    figures,
    learnt,
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
#: A heading and a few lines.
LEARNT_ROOM = 96.0
ROUND_WIDTH, REMARK_WIDTH = 58.0, 128.0
#: References of an item on paper; some have ten, and page and files tell all of them.
MOST_REFERENCES = 1
LAW_WIDTH, SPREAD_WIDTH, ADVICE_WIDTH = 100.0, 42.0, 158.0


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
    # Every bar has its value beside it, and the file has the table inside: set again it would cost a page.
    return heading + desk.prose(themes_opening(desk)) + _figures(overview, desk)


def _figures(overview: Overview, desk: Desk) -> list[Flowable]:
    caption = figure_caption(desk)
    shown = enumerate(figures(overview, desk), 1)
    return [part for number, chart in shown for part in desk.figure(number, chart, caption)]


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
    head, rows = _grouped(recurring_table(overview, desk, most=MOST_REFERENCES))
    return desk.table(
        head,
        rows,
        [FULL - LAW_WIDTH - SPREAD_WIDTH - ADVICE_WIDTH, LAW_WIDTH, SPREAD_WIDTH, ADVICE_WIDTH],
        tight=True,
    )


def development_chapter(overview: Overview, desk: Desk) -> list[Flowable]:
    """Return the municipality's own rounds beside each other; there is no chapter without two."""
    if not overview.development:
        return []
    parts = desk.chapter("development", desk.say.text("Udvikling"))
    parts += desk.prose(opening(overview, desk))
    for one in overview.development:
        rounds = len(one.rounds)
        table = desk.table(
            development_head(one, desk.words),
            development_rows(one, desk.words),
            [FULL - rounds * ROUND_WIDTH - REMARK_WIDTH, *[ROUND_WIDTH] * rounds, REMARK_WIDTH],
            numbers=frozenset(range(1, rounds + 1)),
        )
        parts += [*desk.section(title_of(one, overview)), table]
    return parts


def learnt_chapter(overview: Overview, desk: Desk) -> list[Flowable]:
    """Return what the coordinator has written of what was learnt."""
    heading = desk.chapter("learnt", desk.say.text("Det lærte vi"), room=LEARNT_ROOM)
    return heading + desk.prose(*learnt(overview, desk))


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
