"""How the sample came to be, how it can be repeated, how sure the numbers are, and what they cannot say."""

from collections.abc import Sequence

from reportlab.platypus import Flowable

from lirk.domain.reports import CentreReport, Method
from lirk.reports import correction_sentences
from lirk.reports.desk import Desk
from lirk.reports.method_sentences import (
    checksum_rows,
    command,
    draw_sentences,
    exclusion_line,
    limits,
    register_sentences,
    reviewing,
    sample,
    sureness,
)
from lirk.reports.paper import LAYOUT
from lirk.reports.styles import LABEL, TEXT

#: A reason may be as long as a page: it begins where there is room for its first lines.
A_FEW_LINES = 56.0


def method_chapter(report: CentreReport, desk: Desk) -> list[Flowable]:
    """Return the method of a centre's report."""
    say, method = desk.say, report.method
    return [
        *desk.chapter("method", say.text("Metode")),
        *desk.beside(say.text("Registret"), *register_parts(method, desk)),
        *desk.beside(say.text("Stikprøven"), *desk.brief(sample(report, desk))),
        *draw_parts(method, desk),
        *desk.beside(say.text("Gennemgangen"), *desk.brief(reviewing(report, desk))),
        *correction_parts(report, desk),
        *desk.beside(say.text("Hvor sikre er tallene?"), *desk.brief(sureness(report, desk))),
        *desk.beside(say.text("Hvad tallene ikke kan"), *desk.brief(limits(report, desk))),
    ]


def register_parts(method: Method, desk: Desk) -> list[str | Flowable]:
    """Return where the cases come from, and what was left out for which reason."""
    reasons = desk.points((exclusion_line(one, desk) for one in method.exclusions), desk.styles.brief)
    return [*desk.brief(register_sentences(method, desk)), *reasons]


def correction_parts(report: CentreReport, desk: Desk) -> list[Flowable]:
    """Return which answers were changed after the centre's objection; nothing where none was."""
    if not report.corrections:
        return []
    changed = desk.points(correction_sentences.line(one, desk) for one in report.corrections)
    return desk.beside(
        desk.say.text("Svar, der er ændret efter centrets indsigelse"),
        *correction_sentences.opening(report, desk),
        *changed,
        least=A_FEW_LINES,
    )


def draw_parts(method: Method, desk: Desk) -> list[Flowable]:
    """Return the fingerprint, every draw, and how anyone repeats it."""
    return desk.beside(
        desk.say.text("Udtrækningen"),
        *desk.brief(draw_sentences(method, desk)),
        desk.paragraph(command(desk), desk.styles.mono),
    )


def checksums(method: Method, checklists: Sequence[str], desk: Desk) -> Flowable:
    """Return a table of all that identifies the measurement."""
    layout = [desk.words.text("Opsætning (layout)"), desk.words.number(LAYOUT)]
    return desk.table(
        [desk.words.text("Hvad"), desk.words.text("Værdi")],
        [*checksum_rows(method, checklists, desk), layout],
        [LABEL, TEXT],
        tight=True,
    )
