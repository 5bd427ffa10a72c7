"""The page for reading the report in the section: what the meeting came to, or a form to fill in by hand."""

from collections.abc import Iterator

from reportlab.lib.styles import ParagraphStyle
from reportlab.platypus import Flowable

from lirk.domain.meetings import Meeting
from lirk.domain.reports import CentreReport
from lirk.reports.desk import BARE, Cell, Desk
from lirk.reports.grids import Grid
from lirk.reports.markup import Markup
from lirk.reports.meeting_sentences import lines, purpose, took_part
from lirk.reports.phrases import sentence
from lirk.reports.styles import FULL, GREY, INK, LABEL, TEXT
from lirk.wording.meetings import GROUPS

#: Points that the form takes with its heading and the fewest lines: it begins where there is so much room.
FORM_ROOM = 300.0
#: Of a line to write on by hand, and of a box to tick.
LINE, DAY_LINE, BOX, GAP = 24.0, 14.0, 13.0, 4.0
#: Lines to write on, at most and at least, and how many in ten are for what was agreed.
MOST_LINES, FEWEST_LINES, AGREED_OF_TEN = 12, 3, 6
DAY_WIDTH, STAFF_WIDTH = 160.0, 72.0


def meeting_chapter(report: CentreReport, desk: Desk) -> list[Flowable]:
    """Return what is recorded of the meeting, or a page to write it on."""
    title = desk.say.text("Gennemgang i afsnittet")
    if report.meeting is not None:
        return [*desk.chapter("meeting", title), *_record(report.meeting, desk)]
    page_break, heading = desk.chapter("meeting", title, room=FORM_ROOM)
    # Kept with the form it would ask for the room of all its lines.
    heading.keepWithNext = 0
    return [page_break, heading, _Form(desk)]


def _record(meeting: Meeting, desk: Desk) -> list[Flowable]:
    say, words = desk.say, desk.words
    day = words.date(meeting.held_on) if meeting.held_on else "–"
    return [
        *desk.beside(say.text("Dag"), day),
        *desk.beside(say.text("Hvem deltog"), took_part(meeting, words)),
        *_written(say.text("Det aftalte vi"), meeting.agreed, desk),
        *_written(say.text("Det blev vi ikke enige om"), meeting.not_agreed, desk),
    ]


def _written(title: str, text: str, desk: Desk) -> list[Flowable]:
    """Return a text under its heading; it may be longer than a page, which a cell of a table may not."""
    style = ParagraphStyle("written", parent=desk.styles.body, leftIndent=LABEL)
    return [*desk.section(title), *(desk.paragraph(line, style) for line in lines(text))]


class _Form(Flowable):  # type: ignore[misc]  # ReportLab is untyped: its classes are Any
    """The form with as many lines as there is room for on its page."""

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self.desk = desk

    def wrap(self, width: float, height: float) -> tuple[float, float]:
        """Choose the lines, and return the size."""
        _, fixed = _column(_parts(self.desk, FEWEST_LINES)).wrap(width, height)
        more = max(0, int((height - fixed) / LINE))
        self.form = _column(_parts(self.desk, min(MOST_LINES, FEWEST_LINES + more)))
        size: tuple[float, float] = self.form.wrapOn(self.canv, width, height)
        return size

    def draw(self) -> None:
        """Paint the form."""
        self.form.drawOn(self.canv, 0, 0)


def _column(parts: list[Flowable]) -> Flowable:
    """Return parts below each other as one."""
    return Grid([[part] for part in parts], colWidths=[FULL], style=BARE)


def _parts(desk: Desk, count: int) -> list[Flowable]:
    """Return the parts of a form with so many lines to write on."""
    say, agreed = desk.say, round(count * AGREED_OF_TEN / 10)
    later = say.text(
        "Udfyld siden på mødet, og skriv det bagefter i LIRK. Så står det på rapportens side og i arkivpakken."
    )
    return [
        *desk.prose(Markup.joined(" ", [purpose(desk), later])),
        *desk.beside(say.text("Dag"), _ruled(1, DAY_WIDTH, DAY_LINE)),
        *desk.beside(say.text("Hvem deltog"), *_boxes(desk), _staff(desk)),
        *desk.beside(say.text("Det aftalte vi"), _ruled(agreed, TEXT)),
        *desk.beside(say.text("Det blev vi ikke enige om"), _ruled(count - agreed, TEXT)),
    ]


def _ruled(count: int, width: float, height: float = LINE) -> Flowable:
    """Return empty lines to write on."""
    return Grid(
        [[""]] * count,
        colWidths=[width],
        rowHeights=[height] * count,
        hAlign="LEFT",
        style=[*BARE, ("LINEBELOW", (0, 0), (-1, -1), 0.5, GREY)],
    )


def _boxes(desk: Desk) -> Iterator[Flowable]:
    """Yield an empty square for each group, with the group beside it."""
    for name in GROUPS.values():
        text = desk.paragraph(sentence(desk.words.text(name)), desk.styles.brief)
        yield _row(["", text], [BOX, TEXT - BOX], ("BOX", (0, 0), (0, 0), 0.75, INK))


def _staff(desk: Desk) -> Flowable:
    """Return a short line for how many of the staff took part, with the word beside it."""
    text = desk.paragraph(desk.words.text("medarbejdere (antal)"), desk.styles.brief)
    rule = ("LINEBELOW", (0, 0), (0, 0), 0.5, GREY)
    return _row(["", text], [STAFF_WIDTH, TEXT - STAFF_WIDTH], rule)


def _row(cells: list[Cell], widths: list[float], drawn: tuple[object, ...]) -> Flowable:
    """Return a place to write with what it is for, to its right; below it there is room."""
    return Grid(
        [cells, ["", ""]],
        colWidths=widths,
        rowHeights=[BOX, GAP],
        hAlign="LEFT",
        style=[*BARE, ("LEFTPADDING", (1, 0), (1, 0), 2 * GAP), ("VALIGN", (1, 0), (1, 0), "MIDDLE"), drawn],
    )
