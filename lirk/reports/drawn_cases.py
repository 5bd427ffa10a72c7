"""The drawn cases of a centre's report, the same on paper, page and in a spreadsheet: by running number alone."""

from lirk.domain.reports import CaseLine
from lirk.reports.phrases import known, sentence
from lirk.wording import Wording
from lirk.wording.reports import OUTCOMES, STATUSES


def case_head(words: Wording) -> list[str]:
    """Return the columns' names."""
    return [
        words.text("Nr."),
        words.text("Afgjort"),
        words.text("Sagstype"),
        words.text("Udfald"),
        words.text("Status"),
    ]


def case_row(case: CaseLine, words: Wording) -> list[str]:
    """Return what is told of one case."""
    return [
        words.number(case.number),
        words.date(case.decision_date) if case.decision_date else "–",
        case.case_type or "–",
        sentence(known(OUTCOMES, case.outcome, words)),
        sentence(known(STATUSES, case.status, words)),
    ]
