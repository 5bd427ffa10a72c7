"""The findings as blocks that are never parted, and the table of all items."""

from collections.abc import Iterator
from itertools import groupby

from reportlab.platypus import Flowable, KeepTogether

from lirk.domain.reports import CentreReport, ChecklistResult, Finding
from lirk.reports.desk import BARE, LEAST_PIECE, Desk
from lirk.reports.finding_sentences import (
    brief_head,
    brief_rows,
    brief_title,
    heading,
    kicker,
    opening,
    out_of,
    sureness,
    titles,
    written,
)
from lirk.reports.grids import Grid
from lirk.reports.markup import Markup
from lirk.reports.paper import anchor
from lirk.reports.phrases import answers, law
from lirk.reports.result_sentences import item_head, item_rows, items_opening, name
from lirk.reports.styles import FULL, LABEL, RULE, TEXT
from lirk.reports.summary_sentences import key

#: The table of all items leaves its room to the questions: columns are as wide as their heads.
NUMBER_WIDTH, COUNTS_WIDTHS, SHARE_WIDTH = 24.0, (21.0, 36.0, 22.0, 43.0, 43.0), 70.0
#: Points for the chapter's heading, its opening, a section's heading and the first rows of the table.
ITEMS_ROOM = 210.0


def finding_chapter(report: CentreReport, desk: Desk) -> list[Flowable]:
    """Return every finding with rule, cases and recommendation: the gravest as blocks, the others in a table."""
    begun = desk.chapter("findings", desk.say.text("Fund"))
    opened = desk.prose(*desk.brief(opening(report, desk)))
    return [*begun, *opened, *_blocks(report, desk), *_in_brief(report, desk)]


def _in_brief(report: CentreReport, desk: Desk) -> list[Flowable]:
    if not report.in_brief:
        return []
    half = (FULL - NUMBER_WIDTH) / 2
    widths = [NUMBER_WIDTH, half, half]
    table = desk.table(brief_head(desk), brief_rows(report, desk), widths, named_by=1, tight=True)
    return [*desk.section(brief_title(desk)), table]


def _blocks(report: CentreReport, desk: Desk) -> Iterator[Flowable]:
    named = titles(report)
    for checklist_id, findings in groupby(report.written_up, key=lambda finding: finding.checklist_id):
        headings = [desk.section_heading(named[checklist_id])] if named else []
        level = 4 if headings else 3
        for finding in findings:
            yield _block(finding, desk, under=headings, level=level)
            headings = []


def _block(finding: Finding, desk: Desk, *, under: list[Flowable], level: int) -> Flowable:
    """Return one finding, itself a heading of ``level``, with the headings that it is never parted from."""
    counts = finding.item.counts
    big = [
        desk.paragraph(desk.words.number(counts.breached), desk.styles.figure),
        desk.paragraph(out_of(counts, desk), desk.styles.small),
        desk.paragraph(_tied(answers(counts, desk)), desk.styles.small),
    ]
    block = Grid(
        [[big, list(_told(finding, level, desk))]],
        colWidths=[LABEL, TEXT],
        splitInRow=LEAST_PIECE,
        style=[
            *BARE,
            ("LINEABOVE", (0, 0), (-1, 0), 0.75, RULE),
            ("TOPPADDING", (0, 0), (-1, -1), 5),
            ("BOTTOMPADDING", (0, 0), (-1, -1), 5),
            ("RIGHTPADDING", (0, 0), (0, -1), 16),
        ],
    )
    return KeepTogether([*under, anchor(key(finding), heading(finding, desk.words), 1), block])


def _tied(answers: Markup) -> Markup:
    """Return the cases by answer so that no line ends within one of them."""
    return Markup(answers.replace(" ", "\u00a0").replace("\u00a0·\u00a0", " · "))


def _told(finding: Finding, level: int, desk: Desk) -> Iterator[Flowable]:
    item, styles = finding.item, desk.styles
    yield desk.paragraph(kicker(finding, desk), styles.small)
    yield desk.heading(item.question, styles.question, level)
    rule = law(item, desk)
    if rule:
        yield desk.paragraph(rule, styles.small)
    yield desk.paragraph(sureness(item, desk), styles.brief)
    for label, text in written(finding, desk):
        first, *more = text.splitlines()
        yield desk.paragraph(Markup.joined(" ", [Markup.strong(label), first]), styles.brief)
        yield from (desk.paragraph(line, styles.brief) for line in more if line.strip())


def item_chapter(report: CentreReport, desk: Desk) -> list[Flowable]:
    """Return the table of all items, so that what is no finding can be read too."""
    parts = desk.chapter("items", desk.say.text("Alle punkter"), room=ITEMS_ROOM)
    parts += desk.prose(*desk.brief([items_opening(desk)]))
    for checklist in report.checklists:
        parts += desk.section(checklist.title)
        parts.append(_items(checklist, desk))
    return parts


def _items(checklist: ChecklistResult, desk: Desk) -> Flowable:
    rows = [row for theme in checklist.themes for row in ([name(theme)], *item_rows(theme, desk))]
    rest = FULL - NUMBER_WIDTH - sum(COUNTS_WIDTHS) - SHARE_WIDTH
    return desk.table(
        item_head(desk),
        rows,
        [NUMBER_WIDTH, rest, *COUNTS_WIDTHS, SHARE_WIDTH],
        numbers=frozenset(range(2, 8)),
        named_by=1,
        tight=True,
    )
