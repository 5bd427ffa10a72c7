"""The report of one centre as PDF."""

from itertools import accumulate

from reportlab.platypus import Flowable, PageBreak

from lirk.domain.reports import CentreReport
from lirk.reports.appendices import appendices
from lirk.reports.assessment_chapter import KEY as ASSESSMENT
from lirk.reports.assessment_chapter import assessment_chapter
from lirk.reports.assessment_sentences import title as assessment_title
from lirk.reports.caseworker_chapter import KEY as CASEWORKERS
from lirk.reports.caseworker_chapter import caseworker_chapter
from lirk.reports.caseworker_sentences import title as caseworker_title
from lirk.reports.contents import contents
from lirk.reports.desk import Desk
from lirk.reports.embedded import centre_files
from lirk.reports.finding_chapter import finding_chapter, item_chapter
from lirk.reports.markup import Markup
from lirk.reports.meeting_chapter import meeting_chapter
from lirk.reports.method_chapter import method_chapter
from lirk.reports.paper import Pages, Paper, Story, print_story
from lirk.reports.reply_chapter import reply_chapter
from lirk.reports.reply_sentences import has_chapter
from lirk.reports.result_sentences import figures_of
from lirk.reports.series_chapter import series_chapter
from lirk.reports.stage_sentences import marks
from lirk.reports.summary_page import cover, summary
from lirk.reports.theme_chapter import chapter_key, theme_chapter
from lirk.wording import Wording


def centre_pdf(report: CentreReport, words: Wording) -> bytes:
    """Return the printed report of one centre.

    Parameters
    ----------
    report
        All values; nothing is computed here.
    words
        The language of everything but the checklist's own texts, which are in the report.

    Returns
    -------
    bytes
        An A4 PDF that can be archived and heard, with the data as CSV and JSON inside; the same report and
        language always give the same bytes.
    """
    title = words.text(
        "Kvalitetsgennemgang af sagsbehandlingen – {centre}, {round}",
        centre=report.centre,
        round=report.round_title,
    )
    short = words.text(
        "Kvalitetsgennemgang · {centre} · {round}", centre=report.centre, round=report.round_title
    )
    paper = Paper(
        title=title,
        short_title=short,
        author=report.municipality,
        issued_on=report.issued_on,
        program=report.method.program_version,
        mark=marks(report, words),
        words=words,
        attachments=centre_files(report, words),
    )
    return print_story(paper, lambda pages: _story(report, words, pages))


def _story(report: CentreReport, words: Wording, pages: Pages) -> Story:
    desk = Desk(words, pages)
    return Story(
        band=cover(report, desk),
        body=[
            *summary(report, desk),
            *_after_page_one(desk),
            *contents(_chapters(report, desk), desk),
            *_results(report, desk),
            *finding_chapter(report, desk),
            *reply_chapter(report, desk),
            *assessment_chapter(report, desk),
            *item_chapter(report, desk),
            *series_chapter(report, desk),
            *caseworker_chapter(report, desk),
            *method_chapter(report, desk),
            *meeting_chapter(report, desk),
            *appendices(report, desk),
        ],
    )


def _after_page_one(desk: Desk) -> list[Flowable]:
    """Page one is left alone, unless it ran over: then the rest follows on without a gap."""
    return [PageBreak()] if desk.page("summary end") <= 1 else []


def _results(report: CentreReport, desk: Desk) -> list[Flowable]:
    firsts = accumulate((figures_of(checklist) for checklist in report.checklists), initial=1)
    return [
        part
        for checklist, first in zip(report.checklists, firsts, strict=False)
        for part in theme_chapter(report, checklist, first, desk)
    ]


def _chapters(report: CentreReport, desk: Desk) -> list[tuple[str, str]]:
    say = desk.say
    results = say.text("Resultater pr. tema")
    return [
        *(
            (chapter_key(checklist), Markup.joined(": ", [results, checklist.title]))
            for checklist in report.checklists
        ),
        ("findings", say.text("Fund")),
        *([("replies", say.text("Centrets svar"))] if has_chapter(report) else []),
        *([(ASSESSMENT, assessment_title(desk))] if report.assessment else []),
        ("items", say.text("Alle punkter")),
        *([("rounds", say.text("Egne runder"))] if report.series else []),
        (CASEWORKERS, caseworker_title(desk)),
        ("method", say.text("Metode")),
        ("meeting", say.text("Gennemgang i afsnittet")),
        ("cases", say.text("Bilag A. Udtrukne sager")),
        ("checksums", say.text("Bilag B. Kontrolsummer")),
    ]
