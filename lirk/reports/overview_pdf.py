"""The municipality's overview as PDF: patterns across centres, and no result of any one centre."""

from reportlab.platypus import Flowable, PageBreak, Spacer

from lirk.domain.overview_values import Overview
from lirk.reports.contents import contents
from lirk.reports.desk import Desk
from lirk.reports.embedded import overview_files
from lirk.reports.markup import Markup
from lirk.reports.overview_chapters import (
    development_chapter,
    learnt_chapter,
    method_chapter,
    participation_chapter,
    recurring_chapter,
    theme_chapter,
)
from lirk.reports.overview_sentences import (
    caution,
    joint_effort,
    municipality_does,
    next_steps,
    participation_sentence,
    patterns_going_well,
    purpose,
)
from lirk.reports.paper import Pages, Paper, Story, anchor, print_story
from lirk.reports.phrases import made_up, period
from lirk.reports.summary_page import name_style
from lirk.reports.used_checklists import cover_line
from lirk.wording import Wording


def overview_pdf(overview: Overview, words: Wording) -> bytes:
    """Return the printed overview of one round.

    Parameters
    ----------
    overview
        All values; it holds no result of one centre, and nothing is computed here.
    words
        The language of everything but the checklists' own texts, which are in the overview.

    Returns
    -------
    bytes
        An A4 PDF that can be archived and heard, with the data as CSV and JSON inside; the same overview and
        language always give the same bytes.
    """
    named = {"municipality": overview.municipality, "round": overview.round_title}
    paper = Paper(
        title=words.text("Overblik over sagsbehandlingen – {municipality}, {round}", **named),
        short_title=words.text("Overblik · {municipality} · {round}", **named),
        author=overview.municipality,
        issued_on=overview.issued_on,
        program=overview.method.program_version if overview.method else "",
        mark=made_up(overview, words),
        words=words,
        attachments=overview_files(overview, words),
    )
    return print_story(paper, lambda pages: _story(overview, words, pages))


def _story(overview: Overview, words: Wording, pages: Pages) -> Story:
    desk = Desk(words, pages)
    return Story(
        band=_cover(overview, desk),
        body=[
            *_page_one(overview, desk),
            *([PageBreak()] if desk.page("summary end") <= 1 else []),
            *contents(_chapters(overview, desk), desk),
            *participation_chapter(overview, desk),
            *theme_chapter(overview, desk),
            *recurring_chapter(overview, desk),
            *development_chapter(overview, desk),
            *learnt_chapter(overview, desk),
            *method_chapter(overview, desk),
        ],
    )


def _cover(overview: Overview, desk: Desk) -> list[Flowable]:
    say, styles = desk.say, desk.styles
    about = Markup.joined(
        " · ", [overview.round_title, period(overview.first_day, overview.last_day, desk.words)]
    )
    mark = made_up(overview, desk.words)
    return [
        desk.paragraph(say.text("Overblik over sagsbehandlingen"), styles.cover_title),
        desk.paragraph(overview.municipality, name_style(overview.municipality, desk)),
        desk.paragraph(about, styles.cover_line),
        *([desk.paragraph(mark, styles.cover_mark)] if mark else []),
        desk.paragraph(say.text("Udgivet {day}", day=overview.issued_on), styles.cover_small),
        *(desk.paragraph(cover_line(used, desk), styles.cover_small) for used in overview.checklists),
    ]


def _page_one(overview: Overview, desk: Desk) -> list[Flowable]:
    say, body = desk.say, desk.styles.body
    return [
        *desk.chapter("summary", say.text("Kort fortalt")),
        *desk.beside(
            say.text("Formål"),
            purpose(desk),
        ),
        *desk.beside(say.text("Deltagelse"), participation_sentence(overview, desk)),
        *desk.beside(say.text("Det går godt"), *desk.points(patterns_going_well(overview, desk), body)),
        *desk.beside(
            say.text("Det kræver en fælles indsats"), *desk.points(joint_effort(overview, desk), body)
        ),
        *desk.beside(say.text("Det gør kommunen nu"), *municipality_does(overview, desk)),
        *desk.beside(say.text("Næste skridt"), *desk.points(next_steps(overview, desk), body)),
        Spacer(1, 6),
        desk.box(caution(desk)),
        anchor("summary end"),
        Spacer(1, 1),
    ]


def _chapters(overview: Overview, desk: Desk) -> list[tuple[str, str]]:
    say = desk.say
    return [
        ("participation", say.text("Deltagelse")),
        *([("themes", say.text("Mønstre på tværs af temaer"))] if overview.themes else []),
        ("recurring", say.text("Fund, der går igen")),
        *([("development", say.text("Udvikling"))] if overview.development else []),
        ("learnt", say.text("Det lærte vi")),
        ("method", say.text("Metode og begrænsninger")),
    ]
