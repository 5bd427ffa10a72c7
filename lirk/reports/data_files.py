"""The values of reports as files to calculate with: CSV for a spreadsheet, JSON for a program.

Both hold what page and PDF hold, and no more: cases by running number, and of the overview no centre's result.
"""

import csv
import json
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import asdict
from datetime import date, datetime
from io import StringIO

from lirk.domain.overview_values import Overview
from lirk.domain.reports import CentreReport, ChecklistResult, Counts, Share
from lirk.reports.charts import by_result, level_text
from lirk.reports.development_sentences import development_lines
from lirk.reports.phrases import known, made_up
from lirk.reports.stage_sentences import marks
from lirk.wording import N_, Wording
from lirk.wording.item_sets import items_text
from lirk.wording.reports import RESULTS, RULES, SEVERITIES

CENTRE_FORMAT, OVERVIEW_FORMAT = "lirk-centre-report/1", "lirk-overview/1"
#: A spreadsheet reads a cell that begins with one of these as a formula.
FORMULA = ("=", "+", "-", "@", "\t", "\r")

#: The headings of the two tables, in Danish; what each column holds is told in ``lirk.wording.archives``.
CENTRE_HEAD = (
    N_("Center"),
    N_("Runde"),
    N_("Tjekliste"),
    N_("Tjeklistens id"),
    N_("Version"),
    N_("Retsgrundlag pr."),
    N_("Tjeklistens punkter"),
    N_("Tema"),
    N_("Punkt"),
    N_("Tekst"),
    N_("Alvor"),
    N_("Slags regel"),
    N_("Retsgrundlag"),
    N_("Indgår i point"),
    *RESULTS.values(),
    N_("Relevante sager"),
    N_("Andel opfyldt i procent"),
    N_("Nedre grænse i procent"),
    N_("Øvre grænse i procent"),
    N_("Fund nr."),
    N_("Bemærkning"),
)
OVERVIEW_HEAD = (
    N_("Del"),
    N_("Navn"),
    N_("Runde"),
    N_("Sager i registret"),
    N_("Gennemgået"),
    N_("Andel opfyldt, afrundet"),
    N_("Retsgrundlag"),
    N_("Findes i"),
    N_("Bemærkning"),
)


def centre_json(report: CentreReport) -> bytes:
    """Return a centre's report as JSON; shares are numbers from 0 to 1."""
    return json_file(CENTRE_FORMAT, asdict(report))


def overview_json(overview: Overview) -> bytes:
    """Return the overview as JSON; ``percent`` is in steps of five points."""
    return json_file(OVERVIEW_FORMAT, asdict(overview))


def centre_csv(report: CentreReport, words: Wording) -> bytes:
    """Return the numbers of a centre's report, a row a theme and an item, in checklist order.

    A theme that only asks is no theme of the results: its items have rows, and it has none.
    """
    head = [words.text(heading) for heading in CENTRE_HEAD]
    fixed = [report.centre, report.round_title]
    rows = (row for checklist in report.checklists for row in _checklist_rows(report, checklist, words))
    return csv_file(head, ([*fixed, *row, marks(report, words)] for row in rows))


def _checklist_rows(report: CentreReport, checklist: ChecklistResult, words: Wording) -> Iterator[list[str]]:
    yes, no = words.text("ja"), words.text("nej")
    fixed = _identity(checklist, words)
    for theme in checklist.themes:
        if theme.scored:
            counts = _counts(theme.counts, theme.share, words)
            yield [*fixed, theme.number, "", theme.title, "", "", "", yes, *counts, ""]
        for item in theme.items:
            finding = report.finding(checklist.checklist_id, item.item_id)
            yield [
                *fixed,
                theme.number,
                item.number,
                item.question,
                known(SEVERITIES, item.severity, words),
                known(RULES, item.rule, words),
                "; ".join(item.references),
                yes if item.scored else no,
                *_counts(item.counts, item.share, words),
                str(finding.number) if finding else "",
            ]


def _identity(checklist: ChecklistResult, words: Wording) -> list[str]:
    return [
        checklist.title,
        checklist.checklist_id,
        str(checklist.version),
        checklist.status_date.isoformat(),
        items_text(checklist.items, words) or words.text("alle"),
    ]


def _counts(counts: Counts, share: Share | None, words: Wording) -> list[str]:
    cells = [*(str(count) for count in by_result(counts).values()), str(counts.assessed)]
    shares = (share.share, share.lower, share.upper) if share else ()
    return [*cells, *(words.number(100 * value, 1) for value in shares), *[""] * (3 - len(shares))]


def overview_csv(overview: Overview, words: Wording) -> bytes:
    """Return the overview: who took part, themes, what several centres share, earlier rounds, what was written."""
    head = [words.text(heading) for heading in OVERVIEW_HEAD]
    mark = made_up(overview, words)
    rows = _overview_rows(overview, words)
    return csv_file(head, ([*row, " ".join(filter(None, (remark, mark)))] for *row, remark in rows))


def _overview_rows(overview: Overview, words: Wording) -> Iterator[list[str]]:
    title = overview.round_title
    for line in overview.participation:
        counts = [str(line.population), str(line.reviewed)]
        yield [words.text("Deltagelse"), line.centre, title, *counts, "", "", "", ""]
    for theme in overview.themes:
        name = f"{theme.number} {theme.title}"
        yield [words.text("Tema"), name, title, "", "", level_text(theme, words), "", "", ""]
    for finding in overview.recurring:
        name, law = f"{finding.number} {finding.question}", "; ".join(finding.references)
        several = words.text("flere centre")
        yield [words.text("Fund, der går igen"), name, title, "", "", "", law, several, ""]
    for one in overview.development:
        for name, round_, said, remark in development_lines(one, words):
            yield [words.text("Udvikling"), name, round_, "", "", said, "", "", remark]
    if overview.learnt:
        yield [words.text("Det lærte vi"), overview.learnt, title, *[""] * 6]
    if overview.next_steps:
        yield [words.text("Det gør kommunen nu"), overview.next_steps, title, *[""] * 6]


def json_file(kind: str, value: dict[str, object]) -> bytes:
    """Return a value as JSON that people can read; ``kind`` names its format and version."""
    text = json.dumps({"format": kind, **value}, ensure_ascii=False, indent=2, default=_plain)
    return f"{text}\n".encode()


def _plain(value: object) -> str:
    if isinstance(value, date | datetime):
        return value.isoformat()
    raise TypeError(type(value).__name__)


def csv_file(head: Sequence[str], rows: Iterable[Sequence[str]]) -> bytes:
    """Return a table as spreadsheets in both languages open it: UTF-8 with its mark, semicolons."""
    text = StringIO()
    writer = csv.writer(text, delimiter=";", lineterminator="\r\n")
    for row in (head, *rows):
        writer.writerow([_harmless(cell) for cell in row])
    return text.getvalue().encode("utf-8-sig")


def _harmless(cell: str) -> str:
    return f"'{cell}" if cell.startswith(FORMULA) else cell
