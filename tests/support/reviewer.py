"""A reviewer who fills in a review sheet in a spreadsheet, cell by cell, without LIRK's own reader."""

from collections import defaultdict
from pathlib import Path
from random import Random

import openpyxl

from checklists.load import shipped
from lirk.demo.answers import made_up_answers

KEYS = ("number", "answer", "note", "journal_reference", "checklist", "item")


def fill_in(path: Path) -> int:
    """Answer every fact and item that applies in every case of a sheet; return the number of cases."""
    book = openpyxl.load_workbook(path)
    rows = [row for sheet in book for row in _rows(sheet)]
    cases = defaultdict(list)
    for row in rows:
        cases[row["number"].value].append(row)
    for number, of_case in cases.items():
        _answer(of_case, number)
    book.save(path)
    return len(cases)


def _rows(sheet):
    """Yield the cells of each row that is about a case, by the hidden key above them."""
    keys = {cell.value: cell.column for cell in sheet[1]}
    if set(KEYS) <= set(keys):
        for number in range(3, sheet.max_row + 1):
            cells = {key: sheet.cell(number, keys[key]) for key in KEYS}
            if cells["number"].value is not None:
                yield cells


def _answer(rows, number):
    """Write the answer codes of made-up answers into one case's cells."""
    for checklist in map(shipped, {row["checklist"].value for row in rows} - {None}):
        facts = {}
        for row in rows:
            fact = checklist.fact(row["item"].value)
            for value in fact.values if fact else ():
                if row["answer"].value == value.text.da:
                    facts[fact.id] = value.code
        chance = Random(f"{number}/{checklist.id}")  # noqa: S311 - made-up answers
        answers = made_up_answers(checklist, facts, "", int(number), chance)
        for row in rows:
            answer = answers.get(row["item"].value)
            asked_here = row["checklist"].value == checklist.id or checklist.fact(row["item"].value)
            if answer and asked_here and row["answer"].value is None:
                row["answer"].value = answer.value
                row["note"].value = answer.note or None
                row["journal_reference"].value = answer.journal_reference or None
