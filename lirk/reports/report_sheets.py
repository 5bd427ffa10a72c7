"""The report of one centre as an XLSX file: the same sentences and numbers, to read and to calculate with."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import datetime, time
from io import BytesIO
from typing import TypeAlias

from xlsxwriter import Workbook
from xlsxwriter.format import Format
from xlsxwriter.worksheet import Worksheet

from lirk.domain.reports import CentreReport, Counts, Finding, ItemResult, Reply, Share
from lirk.reports import assessment_sentences, finding_sentences, reply_sentences, series_sentences
from lirk.reports.charts import by_result
from lirk.reports.phrases import known
from lirk.reports.sheet_texts import SheetVoice, method_lines, plain, summary_lines
from lirk.wording import Wording
from lirk.wording.reports import RESULTS, RULES, SEVERITIES

#: What a cell can hold, by the file format.
LONGEST = 32_767
#: A cell is a text, a whole number, a share, or empty.
Cell: TypeAlias = str | int | float | None

BASE: dict[str, object] = {"font_name": "Calibri", "font_size": 11, "text_wrap": True, "valign": "top"}
LOOKS: dict[str, dict[str, object]] = {
    "heading": {**BASE, "bold": True, "font_color": "#FFFFFF", "bg_color": "#003972", "border": 1},
    "title": {**BASE, "bold": True, "font_size": 16, "text_wrap": False},
    "text": BASE,
    "strong": {**BASE, "bold": True},
    "number": {**BASE, "num_format": "0"},
    "share": {**BASE, "num_format": "0.0%"},
}
SHORT, MIDDLE, LONG = 11.0, 24.0, 60.0


@dataclass(frozen=True, slots=True)
class _Table:
    """A table to write: its columns with their widths, and the rows."""

    columns: tuple[tuple[str, float], ...]
    rows: Iterable[Sequence[Cell]]


def centre_xlsx(report: CentreReport, words: Wording) -> bytes:
    """Return a centre's report as a spreadsheet; the same report gives the same bytes.

    Notes
    -----
    Shares are numbers from 0 to 1 that are shown as percentages. A text that looks like a formula or an address
    is written as text. The file's date is the report's.
    """
    out = BytesIO()
    options = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
    workbook = Workbook(out, options)
    workbook.set_properties(
        {
            "title": f"{report.centre}, {report.round_title}",
            "company": report.municipality,
            "created": datetime.combine(report.issued_on, time()),
        }
    )
    book, voice = _Book(workbook), SheetVoice(words)
    book.write_lines(words.text("Kort fortalt"), summary_lines(report, voice))
    book.write_tables(words.text("Temaer"), [_themes(report, words)])
    book.write_tables(words.text("Punkter"), [_items(report, words)])
    book.write_tables(words.text("Fund"), [_findings(report, voice)])
    if reply_sentences.has_chapter(report):
        book.write_tables(words.text("Centrets svar"), [_replies(report, voice)])
    if report.series:
        book.write_tables(words.text("Egne runder"), list(_series(report, words)))
    if report.assessment:
        book.write_tables(plain(assessment_sentences.title(voice)), [_assessment(report, voice)])
    book.write_lines(words.text("Metode"), method_lines(report, voice))
    workbook.close()
    return out.getvalue()


def _themes(report: CentreReport, words: Wording) -> _Table:
    columns = (
        (words.text("Tjekliste"), MIDDLE),
        (words.text("Nr."), SHORT),
        (words.text("Tema"), LONG),
        *_number_columns(words),
        (words.text("Sager med kritisk brud i tjeklisten"), SHORT),
    )
    rows = (
        [
            checklist.title,
            theme.number,
            theme.title,
            *_numbers(theme.counts, theme.share),
            checklist.critical_breaches,
        ]
        for checklist in report.checklists
        for theme in checklist.themes
        if theme.scored
    )
    return _Table(columns, rows)


def _items(report: CentreReport, words: Wording) -> _Table:
    columns = (
        (words.text("Tjekliste"), MIDDLE),
        (words.text("Tema"), MIDDLE),
        (words.text("Nr."), SHORT),
        (words.text("Punkt"), LONG),
        *_rule_columns(words),
        (words.text("Indgår i point"), SHORT),
        *_number_columns(words),
        (words.text("Fund"), SHORT),
    )
    return _Table(columns, _item_rows(report, words))


def _item_rows(report: CentreReport, words: Wording) -> Iterator[list[Cell]]:
    for checklist in report.checklists:
        for theme in checklist.themes:
            for item in theme.items:
                finding = report.finding(checklist.checklist_id, item.item_id)
                yield [
                    checklist.title,
                    theme.title,
                    item.number,
                    item.question,
                    *_rule(item, words),
                    words.text("ja") if item.scored else words.text("nej"),
                    *_numbers(item.counts, item.share),
                    finding.number if finding else None,
                ]


def _findings(report: CentreReport, voice: SheetVoice) -> _Table:
    words = voice.words
    columns = (
        (words.text("Fund"), SHORT),
        (words.text("Tjekliste"), MIDDLE),
        (words.text("Tema"), MIDDLE),
        (words.text("Nr."), SHORT),
        (words.text("Punkt"), LONG),
        *_rule_columns(words),
        (words.text("Sager, hvor det ikke er opfyldt"), SHORT),
        (words.text("Relevante sager"), SHORT),
        (words.text("Hvor sikkert er tallet?"), LONG),
        (words.text("Det så vi"), LONG),
        (words.text("Anbefaling"), LONG),
        (words.text("Eksempler uden personer"), LONG),
    )
    titles = {checklist.checklist_id: checklist.title for checklist in report.checklists}
    return _Table(columns, (_finding(one, titles, voice) for one in report.findings))


def _finding(finding: Finding, titles: dict[str, str], voice: SheetVoice) -> list[Cell]:
    item = finding.item
    return [
        finding.number,
        titles[finding.checklist_id],
        finding.theme,
        item.number,
        item.question,
        *_rule(item, voice.words),
        item.counts.breached,
        item.counts.assessed,
        plain(finding_sentences.sureness(item, voice)),
        finding.seen,
        finding.recommendation,
        finding.examples,
    ]


def _replies(report: CentreReport, voice: SheetVoice) -> _Table:
    words = voice.words
    columns = (
        (words.text("Fund"), SHORT),
        (words.text("Punkt"), LONG),
        (words.text("Lederen skriver"), LONG),
        (words.text("Koordinatoren svarer"), LONG),
    )
    if not report.replies:
        return _Table(
            columns, ([None, plain(text), None, None] for text in reply_sentences.opening(report, voice))
        )
    return _Table(columns, (_reply(one, report, voice) for one in report.replies))


def _reply(reply: Reply, report: CentreReport, voice: SheetVoice) -> list[Cell]:
    answered = [*(plain(text) for text in reply_sentences.outcome(reply, report, voice)), reply.answer]
    return [
        plain(reply_sentences.place(reply, voice)),
        reply.question,
        f"{plain(reply_sentences.stance(reply, voice))} {reply.comment}",
        " ".join(filter(None, answered)),
    ]


def _series(report: CentreReport, words: Wording) -> Iterator[_Table]:
    for one in report.series:
        item, *rounds, remark = series_sentences.series_head(one, words)
        columns = (
            (words.text("Tjekliste"), MIDDLE),
            (item, LONG),
            *((title, SHORT) for title in rounds),
            (remark, LONG),
        )
        yield _Table(columns, ([one.title, *row] for row in series_sentences.series_rows(one, words)))


def _assessment(report: CentreReport, voice: SheetVoice) -> _Table:
    assessed = report.assessment
    rows = assessment_sentences.rows(report, assessed, voice) if assessed else []
    question, answer, result = assessment_sentences.head(voice)
    return _Table(((question, LONG), (answer, MIDDLE), (result, LONG)), rows)


def _rule_columns(words: Wording) -> tuple[tuple[str, float], ...]:
    return (
        (words.text("Alvor"), SHORT),
        (words.text("Slags regel"), MIDDLE),
        (words.text("Retsgrundlag"), MIDDLE),
    )


def _rule(item: ItemResult, words: Wording) -> list[Cell]:
    return [
        known(SEVERITIES, item.severity, words),
        known(RULES, item.rule, words),
        "; ".join(item.references),
    ]


def _number_columns(words: Wording) -> tuple[tuple[str, float], ...]:
    counts = (words.text(text) for text in RESULTS.values())
    named = (
        *counts,
        words.text("Relevante sager"),
        words.text("Andel opfyldt"),
        words.text("Nedre grænse"),
        words.text("Øvre grænse"),
    )
    return tuple((name, SHORT) for name in named)


def _numbers(counts: Counts, share: Share | None) -> list[Cell]:
    """Return counts and share with its limits; the three are empty where no share is shown."""
    shares: tuple[Cell, ...] = (share.share, share.lower, share.upper) if share else (None, None, None)
    return [*by_result(counts).values(), counts.assessed, *shares]


@dataclass(slots=True)
class _Book:
    """A workbook being written."""

    workbook: Workbook
    looks: dict[str, Format] = field(init=False)

    def __post_init__(self) -> None:
        self.looks = {name: self.workbook.add_format(look) for name, look in LOOKS.items()}

    def write_lines(self, name: str, lines: Iterable[tuple[str, str]]) -> None:
        """Write a sheet to read: a label and a text a line, under a title that stays."""
        page = self._page(name)
        page.set_column(0, 0, MIDDLE + 6)
        page.set_column(1, 1, 100)
        for row, (label, text) in enumerate(lines):
            self._text(page, row, 0, label, "strong" if row else "title")
            self._text(page, row, 1, text, "text")
        page.freeze_panes(1, 0)

    def write_tables(self, name: str, tables: Sequence[_Table]) -> None:
        """Write a sheet of tables, one under the other; the head of the first stays."""
        page, at = self._page(name), 0
        for table in tables:
            for column, (heading, width) in enumerate(table.columns):
                page.set_column(column, column, width)
                self._text(page, at, column, heading, "heading")
            for row in table.rows:
                at += 1
                for column, cell in enumerate(row):
                    self._cell(page, at, column, cell)
            at += 2
        page.freeze_panes(1, 0)
        page.repeat_rows(0)

    def _page(self, name: str) -> Worksheet:
        page = self.workbook.add_worksheet(name)
        page.set_landscape()
        page.set_paper(9)
        page.fit_to_pages(1, 0)
        # An item's number is a name, not a number to calculate with.
        page.ignore_errors({"number_stored_as_text": "A1:Z9999"})
        return page

    def _cell(self, page: Worksheet, row: int, column: int, cell: Cell) -> None:
        match cell:
            case None:
                page.write_blank(row, column, None, self.looks["text"])
            case str():
                self._text(page, row, column, cell, "text")
            case int():
                page.write_number(row, column, cell, self.looks["number"])
            case _:
                page.write_number(row, column, cell, self.looks["share"])

    def _text(self, page: Worksheet, row: int, column: int, text: str, look: str) -> None:
        shown = text if len(text) <= LONGEST else f"{text[: LONGEST - 1]}…"
        page.write_string(row, column, shown, self.looks[look])
