"""A small round in a review sheet, and the sheet in the hands of a reviewer."""

from datetime import UTC, datetime
from io import BytesIO

import openpyxl

from checklists.load import load
from lirk.domain.review_sheets import ReviewSheet, SheetCase
from lirk.reports.review_sheets import review_sheet_xlsx
from lirk.wording import Wording

OUTCOME = """
[[facts]]
id = "outcome"
question = { da = "Hvad blev udfaldet?", en = "What was the outcome?" }
from_register = true
values = [
  { code = "full-grant", text = { da = "Fuldt medhold", en = "Full grant" } },
  { code = "refusal", text = { da = "Afslag", en = "Refusal" } },
]
"""

LETTER = (
    """
format = "lirk-checklist/1"
id = "breve"
version = 3
subject = "case"
status_date = 2026-03-08
title = { da = "Breve: klare/tydelige [sagsbehandling]", en = "Letters" }
purpose = { da = "Prøve", en = "Test" }
responsible = { da = "Prøve", en = "Test" }
not_applicable = "drop"
cannot_assess = "out"
"""
    + OUTCOME
    + """
[[facts]]
id = "adverse"
question = { da = "Er der oplysninger til ugunst?", en = "Is there adverse information?" }
guidance = { da = "Se **kun** på [loven](https://example.org).", en = "Look at the law." }
values = [
  { code = "yes", text = { da = "Ja", en = "Yes" } },
  { code = "no", text = { da = "Nej", en = "No" } },
]

[[themes]]
id = "hearing"
title = { da = "Partshøring", en = "Hearing" }
[[themes.items]]
id = "hearing-done"
question = { da = "Er borgeren hørt?", en = "Was the citizen heard?" }
severity = "critical"
rule = "guarantee"
answers = ["yes", "partly", "no", "cannot_assess"]
journal_reference_required_at = ["no"]
applies_when = { id = "adverse", is = "yes" }

[[themes]]
id = "letter"
title = { da = "Brevet", en = "The letter" }
[[themes.items]]
id = "reasons"
question = { da = "=Er afslaget begrundet?", en = "Are there reasons?" }
severity = "critical"
rule = "guarantee"
applies_when = { all = [{ id = "outcome", is_not = "full-grant" }, { id = "adverse", answered = true }] }
[[themes.items]]
id = "clear"
question = { da = "Er brevet klart?", en = "Is the letter clear?" }
severity = "minor"
rule = "good-practice"

[[verdicts]]
id = "rest"
title = { da = "Resten", en = "The rest" }
"""
)

RECORDS = (
    LETTER.split("[[facts]]", maxsplit=1)[0]
    .replace('"breve"', '"journal"')
    .replace("Breve: klare/tydelige [sagsbehandling]", "God data- og informationsforvaltning")
    + OUTCOME
    + """
[[themes]]
id = "filing"
title = { da = "Journalisering", en = "Filing" }
[[themes.items]]
id = "filed"
question = { da = "Er sagen journaliseret?", en = "Was it filed?" }
severity = "serious"
rule = "records"

[[verdicts]]
id = "rest"
title = { da = "Resten", en = "The rest" }
"""
)

LETTERS, JOURNAL = load(LETTER), load(RECORDS)
MADE = datetime(2026, 11, 22, 14, 5, tzinfo=UTC)
DANISH, ENGLISH = Wording("da"), Wording("en")
FACTS_SHEET = "Sager og fakta"


def a_case(number=1, **changes):
    usual = {"number": number, "case_id": f"27.60.08-G01-{number}-26", "centre": "Center Nord"}
    return SheetCase(**{**usual, **changes})


def a_sheet(*cases, **changes):
    usual = {
        "round_key": "2026-2",
        "round_title": "2. runde 2026",
        "reviewer": "anne",
        "checklists": (LETTERS, JOURNAL),
        "cases": cases or (a_case(1), a_case(2)),
    }
    return ReviewSheet(**{**usual, **changes})


class Filled:
    """A written sheet in the hands of a reviewer."""

    def __init__(self, sheet, words=DANISH):
        self.book = openpyxl.load_workbook(BytesIO(review_sheet_xlsx(sheet, words, made_at=MADE)))
        self.keys = [cell.value for cell in self.book.worksheets[1][1]]

    def page_of(self, item):
        return next(page for page in self.book.worksheets[1:-2] if self.rows_of(page, 1, item))

    def rows_of(self, page, number, item):
        at, case = self.keys.index("item"), self.keys.index("number")
        return [
            row[0].row
            for row in page.iter_rows(min_row=3)
            if row[at].value == item and row[case].value == number
        ]

    def cell(self, item, column="answer", number=1):
        page = self.page_of(item)
        return page.cell(self.rows_of(page, number, item)[0], self.keys.index(column) + 1)

    def put(self, item, answer, note=None, reference=None, number=1):
        self.cell(item, "answer", number).value = answer
        self.cell(item, "note", number).value = note
        self.cell(item, "journal_reference", number).value = reference
        return self

    def add(self, row_of, /, **changes):
        """Repeat a row of case 1 at the end of its sheet, with other cells."""
        page = self.page_of(row_of)
        old = self.rows_of(page, 1, row_of)[0]
        new = page.max_row + 1
        for index, key in enumerate(self.keys, start=1):
            page.cell(new, index).value = changes.get(key, page.cell(old, index).value)
        return self

    def save(self, folder):
        self.book.save(folder / "skema.xlsx")
        return folder / "skema.xlsx"
