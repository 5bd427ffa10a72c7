"""Reports of rounds that went oddly, and every form in which one report is handed out."""

import csv
import subprocess
from dataclasses import replace
from datetime import date
from io import BytesIO, StringIO

import openpyxl
import report_values as values
from small_round import CHECKLIST

from checklists.load import load
from lirk.domain import centre_reports
from lirk.domain.assessed_items import AssessedItem, LeaderAssessment
from lirk.domain.figures import ReviewedCase
from lirk.domain.reports import ChecklistSeries, ItemSeries, SeriesBreak, SeriesPoint
from lirk.domain.rounds import Round, RoundState

LETTERS = load(CHECKLIST)
ROUND = Round(id=1, key="2026-1", title="1. runde 2026", state=RoundState.CLOSED, created_at=values.FROZEN)
LONG_QUESTION = ("Er afgørelsens begrundelse forståelig for den borger, der har fået den? " * 28)[:2000]
ODD_NAME = "Center for Æbler, Øl & Åløb 🦄 <b>fed</b>"


def computed(cases, *, population=30, drawn=None):
    """A report that the rules have made of cases."""
    return centre_reports.centre_report(
        municipality="Eksempel Kommune",
        centre="Center Nord",
        round_=ROUND,
        population=population,
        drawn=len(cases) if drawn is None else drawn,
        cases=cases,
        checklists=[LETTERS],
        method=values.method(reviewers=2),
        issued_on=date(2026, 11, 22),
        language="da",
    )


def read(number, clear="yes", reasons="yes", *, outcome="refusal", status="reviewed"):
    """A case with its answers."""
    answers = {"outcome": outcome, "clear": clear, "reasons": reasons}
    return ReviewedCase(number=number, status=status, answers={"breve": answers})


def unread():
    """Everything was drawn and nothing read."""
    return computed([ReviewedCase(number=at, status="to-review") for at in range(1, 6)])


def nothing_applies():
    """Every answer is that the item does not apply."""
    return computed([read(at, "not_applicable", "not_applicable") for at in range(1, 13)])


def forty_themes():
    """One checklist of forty themes of two items each."""
    result = values.checklist()
    first = result.themes[0]
    themes = tuple(
        replace(
            first,
            theme_id=f"theme-{at}",
            number=str(at),
            title=f"{first.title} og videre, del {at}",
            items=tuple(
                replace(item, item_id=f"item-{at}-{place}", number=f"{at}.{place}")
                for place, item in enumerate(first.items[:2], 1)
            ),
        )
        for at in range(1, 41)
    )
    result = replace(result, themes=themes)
    found = values.findings(result)
    told = tuple(replace(one, written_up=one.number <= 12) for one in found)
    return values.centre_report(checklists=(result,), findings=told, going_well=themes[:3])


def long_questions():
    """Every question has 2,000 characters."""
    result = values.checklist(values.DATA)
    themes = tuple(
        replace(theme, items=tuple(replace(item, question=LONG_QUESTION) for item in theme.items[:2]))
        for theme in result.themes[:2]
    )
    result = replace(result, themes=themes)
    return values.centre_report(checklists=(result,), findings=values.findings(result), going_well=themes[:1])


def odd_names():
    """Names with letters, signs and pictures that a font, a page or a sheet may not have."""
    return values.small_report(
        centre=ODD_NAME, round_title="Runde »æøå« 🎉 2026", municipality="=Åbenrå & Omegn"
    )


def ten_years():
    """Twenty rounds, of which the item was measured in every other one, with a break on the way."""
    rounds = tuple(f"{half}. runde {year}" for year in range(2017, 2027) for half in (1, 2))
    points = tuple(
        None
        if at % 2
        else SeriesPoint(
            hits=at % 7,
            assessed=9,
            begins=SeriesBreak(version=3, reason="Nyt krav") if at == 8 else None,
            by_chance=at == 18,
        )
        for at in range(20)
    )
    items = tuple(
        ItemSeries(item_id=f"item-{at}", number=f"1.{at}", question="Er brevet klart?", points=points)
        for at in range(1, 4)
    )
    series = ChecklistSeries(checklist_id=values.LAWFUL, title="Breve", rounds=rounds, items=items)
    return values.centre_report(earlier_rounds=rounds[:-1], series=(series,))


#: By what is odd about it, how the report is made.
ODD = {
    "unread": unread,
    "no case": lambda: computed([], population=0, drawn=0),
    "one case": lambda: computed([read(1, "no", "no")], population=1),
    "nothing applies": nothing_applies,
    "forty themes": forty_themes,
    "long questions": long_questions,
    "odd names": odd_names,
    "ten years": ten_years,
}


def assessed(report):
    """The report with its leader's self-assessment: one theme that was measured, and one that was not."""
    theme = report.checklists[0].themes[0]
    items = (
        AssessedItem(
            item_id=f"{theme.theme_id}-status",
            theme_id=theme.theme_id,
            theme=theme.title,
            question="Hvor godt har I styr på opstarten?",
            answer="8",
        ),
        AssessedItem(
            item_id="x-status", theme_id="x", theme="Andet", question="Hvordan går det ellers?", answer="3"
        ),
    )
    made = LeaderAssessment(
        checklist_id="lederens-selvvurdering",
        title="Lederens selvvurdering",
        version=1,
        finished_on=date(2026, 11, 1),
        items=items,
    )
    return replace(report, assessment=made)


def plain(text: str) -> str:
    """A text with single spaces."""
    return " ".join(text.replace("\u00a0", " ").split())


def pdf_text(content: bytes, *options: str) -> str:
    """What pdftotext reads in a PDF."""
    done = subprocess.run(
        ["pdftotext", *options, "-", "-"], input=content, stdout=subprocess.PIPE, check=True
    )
    return done.stdout.decode()


def sheets(content: bytes) -> dict[str, list[tuple[object, ...]]]:
    """The rows of an XLSX file by sheet."""
    book = openpyxl.load_workbook(BytesIO(content))
    return {sheet.title: list(sheet.iter_rows(values_only=True)) for sheet in book}


def records(rows) -> list[dict[str, object]]:
    """The rows of a table under its head."""
    head, *rest = rows
    return [dict(zip(head, row, strict=True)) for row in rest]


def csv_records(content: bytes) -> list[dict[str, str]]:
    """The rows of a CSV file."""
    return list(csv.DictReader(StringIO(content.decode("utf-8-sig")), delimiter=";"))
