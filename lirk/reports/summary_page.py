"""Page one of a centre report: the cover's band and *Kort fortalt*."""

from reportlab.lib.styles import ParagraphStyle
from reportlab.platypus import Flowable, Spacer

from lirk.domain.reports import CentreReport
from lirk.reports.desk import Desk
from lirk.reports.lettering import wrapped
from lirk.reports.markup import Markup
from lirk.reports.paper import anchor
from lirk.reports.phrases import period
from lirk.reports.since_last import since_last
from lirk.reports.stage_sentences import issued, marks, replaced
from lirk.reports.styles import FULL
from lirk.reports.summary_sentences import (
    MOST_TO_DO,
    caution,
    critical_lines,
    going_well,
    next_steps,
    to_do,
    who_and_what,
)
from lirk.reports.used_checklists import cover_line

#: With so few findings there is room for a larger size.
ROOMY = 2
#: Points above the box, without and with such room.
BOX_GAP = (6.0, 20.0)


def cover(report: CentreReport, desk: Desk) -> list[Flowable]:
    """Return what stands on the blue of the cover."""
    say, styles = desk.say, desk.styles
    about = Markup.joined(" · ", [report.round_title, period(report.first_day, report.last_day, desk.words)])
    mark = marks(report, desk.words)
    return [
        desk.paragraph(say.text("Kvalitetsgennemgang af sagsbehandlingen"), styles.cover_title),
        desk.paragraph(report.centre, name_style(report.centre, desk)),
        desk.paragraph(about, styles.cover_line),
        *([desk.paragraph(mark, styles.cover_mark)] if mark else []),
        *(
            desk.paragraph(line, styles.cover_small)
            for line in (issued(report, desk), *replaced(report, desk))
        ),
        *(
            desk.paragraph(cover_line(checklist.used, desk), styles.cover_small)
            for checklist in report.checklists
        ),
    ]


def name_style(name: str, desk: Desk) -> ParagraphStyle:
    """Return the cover's style for a name: a smaller one where it would fill more than two lines."""
    lines = wrapped(name, desk.styles.cover_name.fontSize * 1.05, FULL, language=desk.words.language)
    return desk.styles.cover_name if len(lines) <= 2 else desk.styles.cover_long_name


def summary(report: CentreReport, desk: Desk) -> list[Flowable]:
    """Return *Kort fortalt*, in the order that every report has."""
    say = desk.say
    roomy = len(report.to_do) <= ROOMY
    brief = desk.styles.roomy if roomy else desk.styles.brief
    return [
        *desk.chapter("summary", say.text("Kort fortalt")),
        *desk.prose(desk.paragraph(who_and_what(report, desk), brief)),
        *desk.beside(say.text("Det går godt"), *desk.points(going_well(report, desk), brief)),
        *desk.beside(
            say.text("Det skal I gøre noget ved"),
            *(desk.paragraph(line, brief) for line in critical_lines(report, desk)),
            *desk.points(
                (to_do(finding, desk) for finding in report.to_do[:MOST_TO_DO]), brief, numbered=True
            ),
        ),
        *desk.beside(
            say.text("Siden sidst"),
            desk.paragraph(since_last(report, desk), brief),
        ),
        *desk.beside(say.text("Næste skridt"), *desk.points(next_steps(report, desk), brief)),
        Spacer(1, BOX_GAP[roomy]),
        desk.box(caution(report, desk)),
        anchor("summary end"),
        Spacer(1, 1),
    ]
