"""The review sheet as an XLSX file: for reviewers who fill in a spreadsheet."""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from io import BytesIO
from typing import Literal, TypeAlias

from xlsxwriter import Workbook
from xlsxwriter.format import Format
from xlsxwriter.utility import xl_col_to_name
from xlsxwriter.worksheet import Worksheet

from checklists.model import Checklist, FactValue, Item, ScaleAnswer
from lirk.domain.review_sheets import (
    CASE_DETAIL,
    CASE_STATUS,
    COLUMNS,
    FORMAT,
    META_CASE,
    META_CHECKLIST,
    META_SHEET,
    Column,
    ColumnKey,
    FactQuestion,
    ReviewSheet,
    SheetCase,
    fact_questions,
    known_facts,
    ruled_out,
    written_answer,
    written_as,
)
from lirk.domain.reviews import Answer
from lirk.reports.review_sheet_instructions import (
    GUIDANCE,
    Section,
    guidance,
    instructions,
    without_marks,
)
from lirk.wording import Wording
from lirk.wording.reports import OUTCOMES
from lirk.wording.review_sheets import HEADINGS, RULED_OUT, STATUSES

#: Limits of the file format: a sheet's name, the title and the text of a message at a cell.
NAME_LENGTH, MESSAGE_TITLE, MESSAGE_TEXT = 31, 32, 255
KEYS_ROW, HEADINGS_ROW, FIRST_ROW = 0, 1, 2
LISTS_COLUMN = 3

PLAIN: dict[str, object] = {"font_name": "Calibri", "font_size": 11, "text_wrap": True, "valign": "top"}
LOOKS: dict[str, dict[str, object]] = {
    "heading": {**PLAIN, "bold": True, "font_color": "#FFFFFF", "bg_color": "#003972", "border": 1},
    "locked": {**PLAIN, "bg_color": "#F2F2F2", "border": 1, "border_color": "#BFBFBF"},
    "open": {**PLAIN, "locked": False, "border": 1, "border_color": "#7F7F7F"},
    "ruled-out": {**PLAIN, "bg_color": "#D9D9D9", "font_color": "#595959", "border": 1},
    "title": {**PLAIN, "bold": True, "font_size": 16},
    "section": {**PLAIN, "bold": True, "font_size": 13},
    "text": PLAIN,
}

State: TypeAlias = Literal["open", "locked", "ruled-out"]


@dataclass(frozen=True, slots=True, kw_only=True)
class _Row:
    """One row to write: what it shows, which answers it offers, and whether it is filled in."""

    case: SheetCase
    item: str
    theme: str
    question: str
    checklist: str = ""
    answer: str = ""
    note: str = ""
    journal_reference: str = ""
    offered: tuple[str, ...] = ()
    help: str = ""
    note_help: str = ""
    written: str = ""
    state: State = "open"

    def cell(self, key: ColumnKey) -> str | int:
        """Return what stands in one column."""
        match key:
            case "number":
                return self.case.number
            case "case":
                return self.case.case_id
            case _:
                return str(getattr(self, key))


def review_sheet_xlsx(sheet: ReviewSheet, words: Wording, *, made_at: datetime) -> bytes:
    """Return the sheet as an XLSX file; the same values give the same bytes.

    Parameters
    ----------
    words
        The language of headings, questions and answers; reading back does not depend on it.
    made_at
        Written into the file's properties as its date; aware.

    Notes
    -----
    All is locked but the columns that are filled in, without a password: the lock keeps from mistakes, not
    from wishes. Text that looks like a formula is written as text.
    """
    out = BytesIO()
    options = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
    workbook = Workbook(out, options)
    workbook.set_properties(
        {"title": words.text("Gennemgangsskema"), "created": made_at.astimezone(UTC).replace(tzinfo=None)}
    )
    book = _Book(workbook, words)
    instructions_name, facts_name, guidance_name, *checklist_names = _sheet_names(sheet, words)
    book.write_text(instructions_name, instructions(sheet, words, facts_name, checklist_names))
    book.write_rows(facts_name, _fact_rows(sheet, words))
    for name, checklist in zip(checklist_names, sheet.checklists, strict=True):
        book.write_rows(name, _item_rows(checklist, sheet, words))
    book.write_text(guidance_name, guidance(sheet, words))
    book.write_meta(_meta(sheet, words, made_at))
    workbook.close()
    return out.getvalue()


def _sheet_names(sheet: ReviewSheet, words: Wording) -> list[str]:
    """Return names for instructions, facts, guidance, each checklist: all different, as the format allows."""
    wanted = [words.text("Vejledning"), words.text("Sager og fakta"), words.text(GUIDANCE)]
    wanted += [checklist.title.in_(words.language) for checklist in sheet.checklists]
    names: list[str] = []
    for title in wanted:
        plain = " ".join(re.sub(r"[\[\]:*?/\\]", " ", title).split()).strip("'") or "?"
        name, number = _shortened(plain, NAME_LENGTH), 1
        while name.casefold() in {META_SHEET, *(taken.casefold() for taken in names)}:
            number += 1
            name = f"{_shortened(plain, NAME_LENGTH - 4)} {number}"
        names.append(name)
    return names


def _fact_rows(sheet: ReviewSheet, words: Wording) -> Iterator[_Row]:
    questions = fact_questions(sheet.checklists)
    for case in sheet.cases:
        yield _status_row(case, words)
        yield from _detail_rows(case, words, {question.fact.id for question in questions})
        out = {checklist.id: ruled_out(checklist, case.facts) for checklist in sheet.checklists}
        known = {checklist.id: known_facts(checklist, case.facts) for checklist in sheet.checklists}
        for question in questions:
            first = question.checklist_ids[0]
            hidden = all(question.fact.id in out[checklist_id] for checklist_id in question.checklist_ids)
            yield _fact_row(case, question, known[first].get(question.fact.id), words, hidden=hidden)


def _status_row(case: SheetCase, words: Wording) -> _Row:
    return _Row(
        case=case,
        item=CASE_STATUS,
        theme=words.text("Sagen"),
        question=words.text("Kan sagen gennemgås?"),
        answer=words.text(STATUSES[case.status]),
        offered=tuple(words.text(label) for label in STATUSES.values()),
        help=words.text("Kan sagen ikke gennemgås, skal resten af dens rækker stå tomme."),
        note_help=words.text("Skriv kort hvorfor, hvis sagen ikke kan gennemgås."),
        written=written_as(case.status),
    )


def _detail_rows(case: SheetCase, words: Wording, asked: set[str]) -> Iterator[_Row]:
    # Where a checklist asks for the outcome, it stands among the facts.
    label = None if "outcome" in asked else OUTCOMES.get(case.outcome or "")
    for question, value in (
        (words.text("Center"), case.centre),
        (words.text("Afgørelsesdato"), case.decision_date and words.date(case.decision_date)),
        (words.text("Sagstype"), case.case_type),
        (words.text("Udfald"), label and words.text(label)),
        (words.text("Link til sagen"), case.link),
    ):
        if value:
            yield _Row(
                case=case,
                item=CASE_DETAIL,
                theme=words.text("Sagen"),
                question=question,
                answer=value,
                state="locked",
            )


def _fact_row(
    case: SheetCase, question: FactQuestion, known: str | None, words: Wording, *, hidden: bool
) -> _Row:
    fact, language = question.fact, words.language
    given = next(
        (
            case.answers[checklist_id][fact.id]
            for checklist_id in question.checklist_ids
            if fact.id in case.answers.get(checklist_id, {})
        ),
        None,
    )
    code = known or (given.value if given else "")
    stored = (case.answers.get(checklist_id, {}).get(fact.id) for checklist_id in question.checklist_ids)
    is_open = not hidden and not known
    return _Row(
        case=case,
        item=fact.id,
        theme=words.text("Fakta om sagen"),
        question=fact.question.in_(language),
        checklist=" ".join(question.checklist_ids),
        answer=words.text(RULED_OUT) if hidden else _label(fact.values, code, language),
        note=given.note if given and not known else "",
        journal_reference=given.journal_reference if given and not known else "",
        offered=tuple(value.text.in_(language) for value in fact.values),
        help=_plain(fact.guidance.in_(language)),
        written=" ".join(map(written_answer, stored)) if is_open else "",
        state="ruled-out" if hidden else "locked" if known else "open",
    )


def _item_rows(checklist: Checklist, sheet: ReviewSheet, words: Wording) -> Iterator[_Row]:
    for case in sheet.cases:
        out = ruled_out(checklist, case.facts)
        answers = case.answers.get(checklist.id, {})
        for theme in checklist.themes:
            for item in theme.items:
                given = answers.get(item.id) or Answer(item_id=item.id, value="")
                yield _Row(
                    case=case,
                    item=item.id,
                    theme=theme.title.in_(words.language),
                    question=item.question.in_(words.language),
                    checklist=checklist.id,
                    answer=words.text(RULED_OUT) if item.id in out else _answer_label(item, given, words),
                    note="" if item.id in out else given.note,
                    journal_reference="" if item.id in out else given.journal_reference,
                    offered=tuple(answer.text.in_(words.language) for answer in item.answers),
                    help=_plain(item.guidance.in_(words.language)),
                    note_help=_note_help(item, words),
                    written="" if item.id in out else written_answer(answers.get(item.id)),
                    state="ruled-out" if item.id in out else "open",
                )


def _answer_label(item: Item, given: Answer, words: Wording) -> str:
    return _label(item.scale.answers, given.value, words.language)


def _label(choices: Sequence[ScaleAnswer | FactValue], code: str, language: str) -> str:
    """Return the text of a code; the code itself where it is none of the choices, so that nothing is lost."""
    return next((choice.text.in_(language) for choice in choices if choice.code == code), code)


def _note_help(item: Item, words: Wording) -> str:
    required = [
        answer.text.in_(words.language) for answer in item.answers if answer.code in item.note_required_at
    ]
    warning = words.text("Skriv ikke navne eller cpr-numre.")
    if not required:
        return warning
    return " ".join((words.text("Krævet ved: {answers}.", answers=required), warning))


def _meta(sheet: ReviewSheet, words: Wording, made_at: datetime) -> Mapping[str, str]:
    return {
        "format": FORMAT,
        "round": sheet.round_key,
        "reviewer": sheet.reviewer,
        "language": words.language,
        "made": made_at.astimezone(UTC).isoformat(),
        **{META_CASE + str(case.number): case.case_id for case in sheet.cases},
        **{META_CHECKLIST + checklist.id: str(checklist.version) for checklist in sheet.checklists},
    }


def _plain(markdown: str) -> str:
    """Return guidance as a message at a cell can show it: no marks, no line breaks."""
    return " ".join(re.sub(r"(?m:^\s*[-+]\s+)", "", without_marks(markdown)).split())


def _shortened(text: str, length: int) -> str:
    """Return the text, cut where it is longer than ``length``: between words if that costs little."""
    if len(text) <= length:
        return text
    cut = text[: length - 1]
    words = cut.rsplit(" ", 1)[0].rstrip(" ,.;:-")
    return (words if 3 * len(words) >= 2 * length else cut) + "…"


@dataclass(slots=True)
class _Book:
    """A workbook being written: its formats, and the lists that drop-downs point to."""

    workbook: Workbook
    words: Wording
    lists: dict[tuple[str, ...], str] = field(default_factory=dict)
    looks: dict[str, Format] = field(init=False)

    def __post_init__(self) -> None:
        self.looks = {name: self.workbook.add_format(look) for name, look in LOOKS.items()}

    def write_text(self, name: str, sections: Iterable[Section]) -> None:
        """Write a sheet to read: titles, and lines of one or two columns."""
        page = self._page(name)
        page.set_column(0, 0, 40)
        page.set_column(1, 1, 100)
        row = 0
        for section in sections:
            page.write_string(row, 0, section.title, self.looks["section" if row else "title"])
            page.set_row(row, 24)
            for label, text in section.lines:
                row += 1
                page.write_string(row, 0, label, self.looks["text"])
                page.write_string(row, 1, text, self.looks["text"])
            row += 2

    def write_rows(self, name: str, rows: Iterable[_Row]) -> None:
        """Write a sheet to fill in: hidden keys, headings, one row for each of ``rows``."""
        page = self._page(name)
        for index, column in enumerate(COLUMNS):
            page.set_column(index, index, column.width, None, {"hidden": column.hidden})
            page.write_string(KEYS_ROW, index, column.key)
            page.write_string(
                HEADINGS_ROW, index, self.words.text(HEADINGS[column.key]), self.looks["heading"]
            )
        page.set_row(KEYS_ROW, None, None, {"hidden": True})
        last = HEADINGS_ROW
        for last, row in enumerate(rows, start=FIRST_ROW):
            self._write_row(page, last, row)
        page.freeze_panes(FIRST_ROW, 2)
        page.autofilter(HEADINGS_ROW, 0, last, len(COLUMNS) - 1)
        page.repeat_rows(HEADINGS_ROW)

    def write_meta(self, meta: Mapping[str, str]) -> None:
        """Write the hidden sheet: what the file is, and the lists of all drop-downs."""
        page = self.workbook.add_worksheet(META_SHEET)
        page.very_hidden()
        page.protect()
        for row, (key, value) in enumerate(meta.items()):
            page.write_string(row, 0, key)
            page.write_string(row, 1, value)
        for index, labels in enumerate(self.lists):
            for row, label in enumerate(labels):
                page.write_string(row, LISTS_COLUMN + index, label)

    def _page(self, name: str) -> Worksheet:
        page = self.workbook.add_worksheet(name)
        page.protect("", {"autofilter": True, "format_columns": True, "format_rows": True})
        page.set_landscape()
        page.set_paper(9)
        page.fit_to_pages(1, 0)
        page.hide_gridlines(2)
        return page

    def _write_row(self, page: Worksheet, number: int, row: _Row) -> None:
        for index, column in enumerate(COLUMNS):
            look = self.looks[row.state if column.filled_in else "locked"]
            value = row.cell(column.key)
            if isinstance(value, int):
                page.write_number(number, index, value, look)
            elif row.item == CASE_DETAIL and re.match(r"https?://\S{1,2000}$", value):
                page.write_url(number, index, value, look)
            elif value:
                page.write_string(number, index, value, look)
            else:
                page.write_blank(number, index, None, look)
            if column.filled_in and row.state == "open":
                self._help(page, number, index, column, row)

    def _help(self, page: Worksheet, number: int, index: int, column: Column, row: _Row) -> None:
        rule: dict[str, object] = {"validate": "any"}
        message = row.note_help or self.words.text("Skriv ikke navne eller cpr-numre.")
        if column.key == "answer":
            message = row.help
            rule = {
                "validate": "list",
                "source": self._list(row.offered),
                "error_title": self.words.text("Svaret findes ikke"),
                "error_message": self.words.text("Vælg et svar på listen, eller lad feltet være tomt."),
            }
        if message:
            title = self.words.text(HEADINGS[column.key])
            rule["input_title"] = _shortened(title, MESSAGE_TITLE)
            rule["input_message"] = _shortened(message, MESSAGE_TEXT)
        page.data_validation(number, index, number, index, rule)

    def _list(self, labels: tuple[str, ...]) -> str:
        """Return where the list of these labels stands; a list inside the rule may hold no comma."""
        if labels not in self.lists:
            column = xl_col_to_name(LISTS_COLUMN + len(self.lists))
            self.lists[labels] = f"={META_SHEET}!${column}$1:${column}${len(labels)}"
        return self.lists[labels]
