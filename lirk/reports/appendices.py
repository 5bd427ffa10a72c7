"""The drawn cases by running number, and the checksums."""

from reportlab.platypus import Flowable

from lirk.domain.reports import CaseLine, CentreReport
from lirk.reports.desk import Desk
from lirk.reports.method_chapter import checksums
from lirk.reports.phrases import known, sentence
from lirk.reports.used_checklists import identified
from lirk.wording.reports import OUTCOMES, STATUSES

CASE_WIDTHS = (32.0, 100.0, 128.0, 96.0, 96.0)


def appendices(report: CentreReport, desk: Desk) -> list[Flowable]:
    """Return both appendices of a centre's report."""
    say, words = desk.say, desk.words
    parts = desk.chapter("cases", say.text("Bilag A. Udtrukne sager"))
    parts += desk.prose(
        say.text("Sagerne står med løbenummer. Sagsnumrene findes hos koordinatoren og kontaktpersonen.")
    )
    parts.append(
        desk.table(
            [
                words.text("Nr."),
                words.text("Afgjort"),
                words.text("Sagstype"),
                words.text("Udfald"),
                words.text("Status"),
            ],
            [_case(case, desk) for case in report.cases],
            CASE_WIDTHS,
            tight=True,
        )
    )
    parts += desk.chapter("checksums", say.text("Bilag B. Kontrolsummer"))
    checklists = [identified(checklist.used, words) for checklist in report.checklists]
    return [*parts, checksums(report.method, checklists, desk)]


def _case(case: CaseLine, desk: Desk) -> list[str]:
    words = desk.words
    return [
        words.number(case.number),
        words.date(case.decision_date) if case.decision_date else "–",
        case.case_type or "–",
        sentence(known(OUTCOMES, case.outcome, words)),
        sentence(known(STATUSES, case.status, words)),
    ]
