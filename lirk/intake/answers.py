"""A file of answers (CSV): a column ``case``, then one column a fact or item, one row a case."""

import csv
import difflib
import io
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from unicodedata import normalize

from checklists.model import Checklist
from checklists.score import refusals
from lirk.errors import Problem, ProblemsFound, UnusableRequest

CASE = "case"
SEPARATORS = (",", ";", "\t")

#: The first bytes of a spreadsheet file that was renamed.
_ZIP = b"PK\x03\x04"


class AnswersUnreadable(UnusableRequest):
    """The file cannot be opened."""

    code = "answers-unreadable"


@dataclass(frozen=True, slots=True)
class AnswerRow:
    """The answers of one case as the file holds them.

    Attributes
    ----------
    row
        Number of the row in the file, counted from 1 with the headings.
    case
        The case number, trimmed, in Unicode's composed form.
    answers
        Codes by fact or item id; empty cells are left out.
    problems
        Why the row is refused; empty where it is not.
    """

    row: int
    case: str
    answers: Mapping[str, str]
    problems: tuple[Problem, ...]


def read_answers(path: Path, checklist: Checklist) -> tuple[AnswerRow, ...]:
    """Return the rows of a file of answers, in its order.

    Comma, semicolon or tab between the cells; UTF-8 (with or without a byte order mark) or cp1252. Blank
    rows are skipped, cells are trimmed.

    Raises
    ------
    AnswersUnreadable
        If the file cannot be opened.
    ProblemsFound
        If the file as a whole cannot be used (no column ``case``, unknown or repeated columns, no rows): with
        every problem of its rows as well. Problems of rows alone stand in the rows.
    """
    file = path.name
    records = _records(_text(path), file)
    headings = _headings(records)
    rows = _rows(headings, records[1:], checklist, file)
    problems = list(_column_problems(headings, records, checklist, file))
    if not rows:
        problems.append(Problem("answers-empty", file=file))
    if problems:
        raise ProblemsFound([*problems, *(problem for row in rows for problem in row.problems)])
    return rows


def _text(path: Path) -> str:
    try:
        content = path.read_bytes()
    except OSError as error:
        raise AnswersUnreadable(file=str(path), reason=error.strerror or str(error)) from None
    if content.startswith(_ZIP) or b"\0" in content:
        raise ProblemsFound([Problem("answers-not-text", file=path.name)])
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError:
        pass
    try:
        return content.decode("cp1252")
    except UnicodeDecodeError:
        raise ProblemsFound([Problem("answers-not-text", file=path.name)]) from None


def _records(text: str, file: str) -> list[tuple[int, list[str]]]:
    """Return row numbers and trimmed cells of all rows that are not blank, cut by the likeliest separator."""
    separator = max(SEPARATORS, key=lambda one: _fitness(_first_cells(text, one)))
    try:
        rows = list(enumerate(_cells(text, separator), start=1))
    except _Malformed as error:
        problem = Problem("answers-malformed", {"reason": error.reason}, file=file, line=error.line)
        raise ProblemsFound([problem]) from None
    return [(number, cells) for number, cells in rows if any(cells)]


class _Malformed(Exception):
    def __init__(self, line: int, reason: str) -> None:
        super().__init__(line, reason)
        self.line, self.reason = line, reason


def _cells(text: str, separator: str) -> Iterator[list[str]]:
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=separator, strict=True)
    try:
        for cells in reader:
            yield [cell.strip() for cell in cells]
    except csv.Error as error:
        raise _Malformed(reader.line_num, str(error)) from None


def _first_cells(text: str, separator: str) -> list[str]:
    try:
        return next((cells for cells in _cells(text, separator) if any(cells)), [])
    except _Malformed:
        return []


def _fitness(headings: Sequence[str]) -> tuple[bool, int]:
    return CASE in headings, len(headings)


def _headings(records: Sequence[tuple[int, Sequence[str]]]) -> list[str]:
    """Return the headings, with empty ones for cells to the right of the last."""
    width = max((len(cells) for _, cells in records), default=0)
    headings = list(records[0][1]) if records else []
    return headings + [""] * (width - len(headings))


def _column_problems(
    headings: Sequence[str], records: Sequence[tuple[int, Sequence[str]]], checklist: Checklist, file: str
) -> Iterator[Problem]:
    row = records[0][0] if records else None
    if records and CASE not in headings:
        yield Problem("answers-no-case-column", file=file, row=row)
    known = [CASE, *checklist.conditions]
    for heading, times in Counter(headings).items():
        if heading and times > 1:
            yield Problem("answers-duplicate-column", {"count": times}, file=file, row=row, column=heading)
        if heading and heading not in known:
            yield _unknown_column(heading, known, file, row)
    for index, heading in enumerate(headings):
        if not heading and any(cells[index : index + 1] not in ([], [""]) for _, cells in records[1:]):
            yield Problem("answers-unnamed-column", {"number": index + 1}, file=file, row=row)


def _unknown_column(heading: str, known: Sequence[str], file: str, row: int | None) -> Problem:
    near = difflib.get_close_matches(heading.lower(), known, n=1, cutoff=0.7)
    if near:
        return Problem("answers-misspelt-column", {"near": near[0]}, file=file, row=row, column=heading)
    return Problem("answers-unknown-column", file=file, row=row, column=heading)


def _rows(
    headings: Sequence[str],
    records: Sequence[tuple[int, Sequence[str]]],
    checklist: Checklist,
    file: str,
) -> tuple[AnswerRow, ...]:
    rows = []
    first: dict[str, int] = {}
    for number, cells in records:
        named = {
            heading: cell for heading, cell in reversed(list(zip(headings, cells, strict=False))) if heading
        }
        case = normalize("NFC", named.pop(CASE, ""))
        answers = {
            name: code
            for name, code in reversed(named.items())
            if code and checklist.offered(name) is not None
        }
        problems = [
            *_case_problems(case, number, first, headings, file),
            *_refused(checklist, answers, number, file),
        ]
        first.setdefault(case, number)
        rows.append(AnswerRow(number, case, answers, tuple(problems)))
    return tuple(rows)


def _case_problems(
    case: str, number: int, first: Mapping[str, int], headings: Sequence[str], file: str
) -> Iterator[Problem]:
    if CASE not in headings:
        return
    if not case:
        yield Problem("answers-no-case", file=file, row=number, column=CASE)
    elif case in first:
        values = {"value": case, "first": first[case]}
        yield Problem("answers-duplicate-case", values, file=file, row=number, column=CASE)


def _refused(checklist: Checklist, answers: Mapping[str, str], number: int, file: str) -> Iterator[Problem]:
    for refusal in refusals(checklist, answers):
        yield Problem(refusal.code, refusal.values, file=file, row=number, column=refusal.item)
