"""The leader's self-assessment beside the result, where one was made."""

from reportlab.platypus import Flowable

from lirk.domain.reports import CentreReport
from lirk.reports.assessment_sentences import head, opening, rows, title
from lirk.reports.desk import Desk
from lirk.reports.styles import FULL

#: The anchor of the chapter.
KEY = "assessment"
ANSWER_WIDTH, RESULT_WIDTH = 72.0, 180.0


def assessment_chapter(report: CentreReport, desk: Desk) -> list[Flowable]:
    """Return what the leader answered, question by question, with the result beside it."""
    if report.assessment is None:
        return []
    return [
        *desk.chapter(KEY, title(desk)),
        *desk.prose(opening(report.assessment, desk)),
        desk.table(
            head(desk),
            rows(report, report.assessment, desk),
            [FULL - ANSWER_WIDTH - RESULT_WIDTH, ANSWER_WIDTH, RESULT_WIDTH],
        ),
    ]
