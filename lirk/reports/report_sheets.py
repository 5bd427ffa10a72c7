"""The report of one centre as an XLSX file: the same sentences and numbers, to read and to calculate with."""

from collections.abc import Iterator
from datetime import datetime, time
from io import BytesIO

from xlsxwriter import Workbook

from lirk.domain.reports import CaseLine, CentreReport, Counts, Finding, ItemResult, Reply, Share
from lirk.reports import (
    assessment_sentences,
    caseworker_sentences,
    finding_sentences,
    reply_sentences,
    series_sentences,
)
from lirk.reports.charts import by_result
from lirk.reports.drawn_cases import case_head
from lirk.reports.phrases import known, sentence
from lirk.reports.sheet_texts import SheetVoice, meeting_lines, method_lines, plain, summary_lines
from lirk.reports.workbook import LONG, MIDDLE, SHORT, Book, Cell, Table, written
from lirk.wording import Wording
from lirk.wording.reports import OUTCOMES, RESULTS, RULES, SEVERITIES, STATUSES


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
    book, voice = Book(workbook), SheetVoice(words)
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
    if report.written_up:
        book.write_tables(plain(caseworker_sentences.title(voice)), [_lessons(report, voice)])
    book.write_lines(words.text("Metode"), method_lines(report, voice))
    if report.meeting:
        book.write_lines(words.text("Gennemgang i afsnittet"), meeting_lines(report.meeting, words))
    book.write_tables(words.text("Udtrukne sager"), [_cases(report, words)])
    return written(workbook, out)


def _themes(report: CentreReport, words: Wording) -> Table:
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
    return Table(columns, rows)


def _items(report: CentreReport, words: Wording) -> Table:
    columns = (
        (words.text("Tjekliste"), MIDDLE),
        (words.text("Tema"), MIDDLE),
        (words.text("Nr."), SHORT),
        (words.text("Punkt"), LONG),
        *_rule_columns(words),
        (words.text("Indgår i point"), SHORT),
        *_number_columns(words),
        (words.text("Fund nr."), SHORT),
    )
    return Table(columns, _item_rows(report, words))


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


def _findings(report: CentreReport, voice: SheetVoice) -> Table:
    words = voice.words
    columns = (
        (words.text("Fund nr."), SHORT),
        (words.text("Tjekliste"), MIDDLE),
        (words.text("Tema"), MIDDLE),
        (words.text("Nr."), SHORT),
        (words.text("Punkt"), LONG),
        *_rule_columns(words),
        (words.text("Sager, hvor det ikke eller kun delvist er opfyldt"), SHORT),
        (words.text("Relevante sager"), SHORT),
        (words.text("Hvor sikkert er tallet?"), LONG),
        (words.text("Det så vi"), LONG),
        (words.text("Anbefaling"), LONG),
        (words.text("Eksempler uden personer"), LONG),
    )
    titles = {checklist.checklist_id: checklist.title for checklist in report.checklists}
    return Table(columns, (_finding(one, titles, voice) for one in report.findings))


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


def _replies(report: CentreReport, voice: SheetVoice) -> Table:
    words = voice.words
    columns = (
        (words.text("Fund nr."), SHORT),
        (words.text("Punkt"), LONG),
        (words.text("Lederen skriver"), LONG),
        (words.text("Koordinatoren svarer"), LONG),
    )
    if not report.replies:
        return Table(
            columns, ([None, plain(text), None, None] for text in reply_sentences.opening(report, voice))
        )
    return Table(columns, (_reply(one, report, voice) for one in report.replies))


def _reply(reply: Reply, report: CentreReport, voice: SheetVoice) -> list[Cell]:
    answered = [*(plain(text) for text in reply_sentences.outcome(reply, report, voice)), reply.answer]
    return [
        plain(reply_sentences.place(reply, voice)),
        reply.question,
        f"{plain(reply_sentences.stance(reply, voice))} {reply.comment}",
        " ".join(filter(None, answered)),
    ]


def _series(report: CentreReport, words: Wording) -> Iterator[Table]:
    for one in report.series:
        item, *rounds, remark = series_sentences.series_head(one, words)
        columns = (
            (words.text("Tjekliste"), MIDDLE),
            (item, LONG),
            *((title, SHORT) for title in rounds),
            (remark, LONG),
        )
        yield Table(columns, ([one.title, *row] for row in series_sentences.series_rows(one, words)))


def _assessment(report: CentreReport, voice: SheetVoice) -> Table:
    assessed = report.assessment
    rows = assessment_sentences.rows(report, assessed, voice) if assessed else []
    question, answer, result = assessment_sentences.head(voice)
    return Table(((question, LONG), (answer, MIDDLE), (result, LONG)), rows)


def _lessons(report: CentreReport, voice: SheetVoice) -> Table:
    """Return the caseworkers' part: a row for each thing that a finding tells, without counts and cases."""
    words = voice.words
    columns = (
        (words.text("Tjekliste"), MIDDLE),
        (words.text("Tema"), MIDDLE),
        (words.text("Punkt"), LONG),
        (words.text("Hvad"), MIDDLE),
        (words.text("Tekst"), LONG),
    )
    return Table(columns, _lesson_rows(report, voice))


def _lesson_rows(report: CentreReport, voice: SheetVoice) -> Iterator[list[Cell]]:
    checklist = report.checklists[0].title if len(report.checklists) == 1 else ""
    for problem in caseworker_sentences.problems(report, voice):
        checklist = problem.checklist or checklist
        for lesson in problem.lessons:
            for label, lines in lesson.told:
                text = "\n".join(plain(line) for line in lines)
                yield [checklist, problem.theme, lesson.question, plain(label).rstrip(":"), text]


def _cases(report: CentreReport, words: Wording) -> Table:
    """Return the drawn cases as the appendix has them; days are days, to sort and to count by."""
    widths = (SHORT, MIDDLE, LONG, MIDDLE, MIDDLE)
    columns = tuple(zip(case_head(words), widths, strict=True))
    return Table(columns, (_case(case, words) for case in report.cases))


def _case(case: CaseLine, words: Wording) -> list[Cell]:
    return [
        case.number,
        case.decision_date,
        case.case_type or "–",
        sentence(known(OUTCOMES, case.outcome, words)),
        sentence(known(STATUSES, case.status, words)),
    ]


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
