"""A copy for others as CSV for a spreadsheet and JSON for a program; both hold what the copy does, and no more."""

from collections.abc import Iterator
from dataclasses import asdict

from lirk.domain.copies import CentreCopy
from lirk.domain.reports import CaseResult
from lirk.reports.copy_sentences import cell_text, law_text, marks
from lirk.reports.data_files import csv_file, json_file
from lirk.reports.phrases import known
from lirk.wording import Wording
from lirk.wording.catalogue import N_
from lirk.wording.reports import RESULTS, RULES, SEVERITIES

COPY_FORMAT = "lirk-copy/1"
COPY_HEAD = (
    N_("Center"),
    N_("Runde"),
    N_("Tjekliste"),
    N_("Version"),
    N_("Gennemgået"),
    N_("Tema"),
    N_("Punkt"),
    N_("Tekst"),
    N_("Alvor"),
    N_("Slags regel"),
    N_("Retsgrundlag"),
    *RESULTS.values(),
    N_("Bemærkning"),
)


def copy_csv(copy: CentreCopy, words: Wording) -> bytes:
    """Return the numbers of a copy, a row an item, in checklist order."""
    return csv_file([words.text(heading) for heading in COPY_HEAD], _rows(copy, words))


def copy_json(copy: CentreCopy) -> bytes:
    """Return a copy; a count that is not shown is a word in place of a number."""
    value = asdict(copy)
    for checklist in value["checklists"]:
        for item in (item for theme in checklist["themes"] for item in theme["items"]):
            item["cells"] = dict(zip(CaseResult, item["cells"], strict=True))
    return json_file(COPY_FORMAT, value)


def _rows(copy: CentreCopy, words: Wording) -> Iterator[list[str]]:
    for checklist in copy.checklists:
        used = checklist.used
        fixed = [copy.centre, copy.round_title, used.title, str(used.version), str(checklist.read)]
        for theme in checklist.themes:
            for item in theme.items:
                yield [
                    *fixed,
                    theme.number,
                    item.number,
                    item.question,
                    known(SEVERITIES, item.severity, words),
                    known(RULES, item.rule, words),
                    law_text(item),
                    *(cell_text(cell, words) for cell in item.cells),
                    marks(copy, words),
                ]
