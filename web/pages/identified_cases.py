"""reports/cases.html: the cases behind a centre's report by both their names, with what was found in each."""

from collections.abc import Iterator
from dataclasses import dataclass

from lirk.domain.breaches import Breach
from lirk.domain.reports import CentreReport
from lirk.reports.finding_sentences import heading
from lirk.reports.phrases import known, sentence
from lirk.reports.summary_sentences import key
from lirk.services.identified_cases import IdentifiedCase, IdentifiedCases
from lirk.wording import Wording
from lirk.wording.reports import STATUSES
from web.pages.case_line import web_link
from web.pages.voice import place_id


@dataclass(frozen=True, slots=True)
class FindingLine:
    """A finding of a case: its heading, where it is told, and what was answered."""

    heading: str
    href: str
    answer: str


@dataclass(frozen=True, slots=True)
class CaseNames:
    """A case by both its names; ``href`` is empty where the register gave no address that can be opened."""

    number: str
    case_id: str
    href: str
    decided: str
    status: str
    findings: tuple[FindingLine, ...]


@dataclass(frozen=True, slots=True)
class CasesPage:
    """The cases of a centre."""

    title: str
    address: str
    report_title: str
    cases: tuple[CaseNames, ...]

    @classmethod
    def of(cls, found: IdentifiedCases, address: str, words: Wording) -> "CasesPage":
        """Return the page of the cases of the report at an address."""
        report = found.report
        named = {"centre": report.centre, "round": report.round_title}
        return cls(
            title=words.text("Sagsnumre, {centre}, {round}", **named),
            address=address,
            report_title=words.text("{centre}, {round}", **named),
            cases=tuple(_names(case, report, address, words) for case in found.cases),
        )


def _names(case: IdentifiedCase, report: CentreReport, address: str, words: Wording) -> CaseNames:
    status = "reviewed" if case.status == "to-review" else case.status
    return CaseNames(
        number=words.number(case.number),
        case_id=case.case_id,
        href=web_link(case.link),
        decided=words.date(case.decision_date) if case.decision_date else "–",
        status=sentence(known(STATUSES, status, words)),
        findings=tuple(_findings(case.breaches, report, address, words)),
    )


def _findings(
    breaches: tuple[Breach, ...], report: CentreReport, address: str, words: Wording
) -> Iterator[FindingLine]:
    for breach in breaches:
        finding = report.finding(breach.checklist_id, breach.item_id)
        if finding is not None:
            yield FindingLine(
                heading(finding, words), f"{address}#{place_id(key(finding))}", _answer(breach, words)
            )


def _answer(breach: Breach, words: Wording) -> str:
    if breach.partly:
        return words.text("delvist")
    return words.text("nej, kritisk brud") if breach.critical else words.text("nej")
