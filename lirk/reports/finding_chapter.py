"""The findings as blocks that are never parted, and the table of all items."""

from collections.abc import Iterator
from itertools import groupby

from reportlab.platypus import Flowable, KeepTogether, Table

from lirk.domain.reports import CentreReport, ChecklistResult, Finding, ItemResult
from lirk.reports.charts import share_text
from lirk.reports.desk import BARE, LEAST_PIECE, Desk
from lirk.reports.markup import Markup
from lirk.reports.paper import anchor
from lirk.reports.phrases import answers, in_cases, known, law, sentence
from lirk.reports.styles import FULL, LABEL, RULE, TEXT
from lirk.reports.summary_page import key
from lirk.reports.theme_chapter import COUNTS_WIDTHS, SHARE_WIDTH, answer_heads, counted, name, share_cell
from lirk.wording.reports import RULES, SEVERITIES

NUMBER_WIDTH = 28.0
#: Points for the chapter's heading, its opening, a section's heading and the first rows of the table.
ITEMS_ROOM = 280.0


def finding_chapter(report: CentreReport, desk: Desk) -> list[Flowable]:
    """Return every finding: rule, cases as a big figure, answers, recommendation."""
    say = desk.say
    heading = desk.chapter("findings", say.text("Fund"))
    if not report.findings:
        nothing = say.text(
            "Ingen punkter er besvaret med nej eller delvist. I en stikprøve udelukker det ikke fejl i de andre sager."
        )
        if report.census:
            nothing = say.text("Ingen punkter er besvaret med nej eller delvist i nogen af centrets sager.")
        return heading + desk.prose(nothing)
    opening = say.text(
        "Et fund er et punkt, der er besvaret med nej eller delvist i mindst én sag. Fundene står i tjeklistens "
        "rækkefølge. Det store tal er antallet af sager, hvor punktet ikke eller kun delvist er opfyldt. Tallene i "
        "parentes efter en andel er {level} sikkerhedsintervallet.",
        level=desk.words.percent(report.method.level),
    )
    more = [_left_to_the_table(report, desk)] if len(report.written_up) < len(report.findings) else []
    return heading + desk.prose(opening, *more) + list(_blocks(report, desk))


def _left_to_the_table(report: CentreReport, desk: Desk) -> Markup:
    return desk.say.text(
        "Centret har {all} fund. Her står de {told}, der er kritiske eller ses i flest sager; de øvrige står i "
        "tabellen »Alle punkter«.",
        all=len(report.findings),
        told=len(report.written_up),
    )


def _blocks(report: CentreReport, desk: Desk) -> Iterator[Flowable]:
    titles = {checklist.checklist_id: checklist.title for checklist in report.checklists}
    for checklist_id, findings in groupby(report.written_up, key=lambda finding: finding.checklist_id):
        headings = [desk.section_heading(titles[checklist_id])] if len(titles) > 1 else []
        for finding in findings:
            yield _block(finding, desk, under=headings)
            headings = []


def _block(finding: Finding, desk: Desk, *, under: list[Flowable]) -> Flowable:
    """Return one finding with the headings that it stands under, never parted from them."""
    title = desk.words.text(
        "Fund {number}: {question}", number=finding.number, question=finding.item.question
    )
    counts = finding.item.counts
    big = [
        desk.paragraph(desk.words.number(counts.breached), desk.styles.figure),
        desk.paragraph(
            desk.say.plural("af {count} relevant sag", "af {count} relevante sager", counts.assessed),
            desk.styles.small,
        ),
    ]
    block = Table(
        [[big, list(_told(finding, desk))]],
        colWidths=[LABEL, TEXT],
        splitInRow=LEAST_PIECE,
        style=[
            *BARE,
            ("LINEABOVE", (0, 0), (-1, 0), 0.75, RULE),
            ("TOPPADDING", (0, 0), (-1, -1), 8),
            ("BOTTOMPADDING", (0, 0), (-1, -1), 10),
            ("RIGHTPADDING", (0, 0), (0, -1), 20),
        ],
    )
    return KeepTogether([*under, anchor(key(finding), title, 1), block])


def _told(finding: Finding, desk: Desk) -> Iterator[Flowable]:
    item, say, styles = finding.item, desk.say, desk.styles
    yield desk.paragraph(_kicker(finding, desk), styles.small)
    yield desk.paragraph(item.question, styles.question)
    rule = law(item, desk)
    if rule:
        yield desk.paragraph(rule, styles.brief)
    yield desk.paragraph(answers(item.counts, desk), styles.brief)
    yield desk.paragraph(_sureness(item, desk), styles.brief)
    if item.recommendation:
        label = Markup.strong(say.text("Anbefaling:"))
        yield desk.paragraph(Markup.joined(" ", [label, item.recommendation]), styles.brief)


def _kicker(finding: Finding, desk: Desk) -> Markup:
    """Return the line above the question: number, item, theme, how grave, what kind of rule."""
    item, words = finding.item, desk.words
    return Markup.joined(
        " · ",
        [
            words.text("Fund {number}", number=finding.number),
            words.text("punkt {number}", number=item.number),
            finding.theme,
            known(SEVERITIES, item.severity, words),
            known(RULES, item.rule, words),
        ],
    )


def _sureness(item: ItemResult, desk: Desk) -> Markup:
    share = item.share
    if share is None:
        return desk.say.text("Der er for få relevante sager til at vise en andel.")
    if share.census:
        return in_cases(share, desk)
    spoken = desk.say.text("Opfyldt i {share} af de relevante sager.", share=share_text(share, desk.words))
    parts: list[str] = [spoken, in_cases(share, desk)]
    if item.counts.cannot_assess:
        parts.append(
            desk.say.plural(
                "Afhængigt af den sag, der ikke kunne vurderes, er andelen {limits}.",
                "Afhængigt af de {count} sager, der ikke kunne vurderes, er andelen {limits}.",
                item.counts.cannot_assess,
                limits=desk.words.interval(share.worst, share.best),
            )
        )
    return Markup.joined(" ", parts)


def item_chapter(report: CentreReport, desk: Desk) -> list[Flowable]:
    """Return the table of all items, so that what is no finding can be read too."""
    say = desk.say
    parts = desk.chapter("items", say.text("Alle punkter"), room=ITEMS_ROOM)
    parts += desk.prose(
        say.text(
            "Antal sager efter svar på hvert punkt, og andelen af de relevante sager, hvor punktet er opfyldt. Punkter "
            "med * indgår ikke i sagens point."
        )
    )
    for checklist in report.checklists:
        parts += desk.section(checklist.title)
        parts.append(_items(checklist, desk))
    return parts


def _items(checklist: ChecklistResult, desk: Desk) -> Flowable:
    rows: list[list[str]] = []
    for theme in checklist.themes:
        rows.append([name(theme)])
        rows += [_item(item, desk) for item in theme.items]
    rest = FULL - NUMBER_WIDTH - sum(COUNTS_WIDTHS) - SHARE_WIDTH
    return desk.table(
        ["", desk.words.text("Punkt"), *answer_heads(desk), desk.words.text("Andel opfyldt")],
        rows,
        [NUMBER_WIDTH, rest, *COUNTS_WIDTHS, SHARE_WIDTH],
        numbers=frozenset(range(2, 8)),
    )


def _item(item: ItemResult, desk: Desk) -> list[str]:
    number = item.number if item.scored else f"{item.number}*"
    return [
        number,
        sentence(item.question),
        *counted(item.counts, desk),
        share_cell(item.counts, item.share, desk),
    ]
