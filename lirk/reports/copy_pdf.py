"""A copy for others as PDF."""

from reportlab.platypus import Flowable

from lirk.domain.copies import CentreCopy, CopiedChecklist
from lirk.reports.copy_sentences import (
    case_head,
    case_rows,
    hiding,
    item_head,
    item_rows,
    marks,
    purpose,
    read_line,
)
from lirk.reports.desk import Desk
from lirk.reports.markup import Markup
from lirk.reports.paper import Pages, Paper, Story, print_story
from lirk.reports.phrases import period
from lirk.reports.styles import FULL
from lirk.reports.summary_page import name_style
from lirk.reports.used_checklists import cover_line
from lirk.wording import Wording

NUMBER_WIDTH = 28.0
COUNT_WIDTHS = (42.0, 42.0, 42.0, 50.0, 52.0)
CASE_WIDTHS = (32.0, 140.0)


def copy_pdf(copy: CentreCopy, words: Wording) -> bytes:
    """Return the printed copy of a centre's report for others.

    Parameters
    ----------
    copy
        All values; nothing else of the report is known here.
    words
        The language of everything but the checklists' own texts.

    Returns
    -------
    bytes
        An A4 PDF; the same copy and language always give the same bytes.
    """
    named = {"centre": copy.centre, "round": copy.round_title}
    paper = Paper(
        title=words.text("Kopi til andre af rapporten – {centre}, {round}", **named),
        short_title=words.text("Kopi til andre · {centre} · {round}", **named),
        author=copy.municipality,
        issued_on=copy.issued_on,
        program=copy.program_version,
        mark=marks(copy, words),
        words=words,
    )
    return print_story(paper, lambda pages: _story(copy, words, pages))


def _story(copy: CentreCopy, words: Wording, pages: Pages) -> Story:
    desk = Desk(words, pages)
    say = desk.say
    return Story(
        band=_cover(copy, desk),
        body=[
            *desk.chapter("purpose", say.text("Om kopien")),
            *desk.prose(*purpose(copy, desk)),
            *desk.beside(say.text("Det er skjult"), *desk.points(hiding(desk))),
            *(part for checklist in copy.checklists for part in _results(copy, checklist, desk)),
            *desk.chapter("cases", say.text("Udtrukne sager")),
            desk.table(case_head(words), case_rows(copy, words), CASE_WIDTHS, tight=True),
        ],
    )


def _cover(copy: CentreCopy, desk: Desk) -> list[Flowable]:
    say, styles, words = desk.say, desk.styles, desk.words
    about = Markup.joined(" · ", [copy.round_title, period(copy.first_day, copy.last_day, words)])
    issued = say.text(
        "{municipality} · runden er lukket {day}", municipality=copy.municipality, day=copy.issued_on
    )
    return [
        desk.paragraph(say.text("Kvalitetsgennemgang af sagsbehandlingen"), styles.cover_title),
        desk.heading(copy.centre, name_style(copy.centre, desk), 1),
        desk.paragraph(about, styles.cover_line),
        desk.paragraph(marks(copy, words), styles.cover_mark),
        desk.paragraph(issued, styles.cover_small),
        *(desk.paragraph(cover_line(one.used, desk), styles.cover_small) for one in copy.checklists),
    ]


def _results(copy: CentreCopy, checklist: CopiedChecklist, desk: Desk) -> list[Flowable]:
    groups = (
        [[f"{theme.number} {theme.title}"], *item_rows(theme, desk.words)] for theme in checklist.themes
    )
    return [
        *desk.chapter(f"items {checklist.used.checklist_id}", checklist.used.title),
        *desk.prose(read_line(copy, checklist, desk)),
        desk.table(
            item_head(desk.words),
            [row for group in groups for row in group],
            [NUMBER_WIDTH, FULL - NUMBER_WIDTH - sum(COUNT_WIDTHS), *COUNT_WIDTHS],
            numbers=frozenset(range(2, 7)),
            named_by=1,
        ),
    ]
