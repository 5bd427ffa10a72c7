"""The drawn cases by running number, and the checksums."""

from reportlab.platypus import Flowable

from lirk.domain.reports import CentreReport
from lirk.reports.desk import Desk
from lirk.reports.drawn_cases import case_head, case_row
from lirk.reports.method_chapter import checksums
from lirk.reports.used_checklists import identified

CASE_WIDTHS = (28.0, 94.0, 205.0, 74.0, 74.0)


def appendices(report: CentreReport, desk: Desk) -> list[Flowable]:
    """Return both appendices of a centre's report."""
    say = desk.say
    parts = desk.chapter("cases", say.text("Bilag A. Udtrukne sager"))
    parts += desk.prose(
        say.text(
            "Sagerne står med løbenummer. Centrets leder, kontaktpersonen og koordinatoren kan se sagsnumrene."
        )
    )
    parts.append(
        desk.table(
            case_head(desk.words),
            [case_row(case, desk.words) for case in report.cases],
            CASE_WIDTHS,
            tight=True,
        )
    )
    parts += desk.chapter("checksums", say.text("Bilag B. Kontrolsummer"))
    checklists = [identified(checklist.used, desk.words) for checklist in report.checklists]
    return [*parts, checksums(report.method, checklists, desk)]
