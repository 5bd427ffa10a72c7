"""What the coordinator writes about a finding in a centre's report, and how it comes into the report."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace

from lirk.domain.plain_texts import text_problems
from lirk.domain.reports import CentreReport, Finding
from lirk.errors import NotFound, Problem, RuleBroken

#: Signs in each of the three fields; more is not read.
LONGEST = 2000


class FindingUnknown(NotFound):
    """The report has no finding at this item."""

    code = "finding-unknown"


class FindingTextChanged(RuleBroken):
    """Somebody else has written since the page was opened."""

    code = "finding-text-changed"


@dataclass(frozen=True, slots=True, kw_only=True)
class FindingText:
    """The coordinator's text about one finding; ``version`` counts how often it was written, 0 is never.

    ``recommendation`` is empty where the checklist's own stands.
    """

    checklist_id: str
    item_id: str
    seen: str = ""
    recommendation: str = ""
    examples: str = ""
    version: int = 0

    @property
    def written(self) -> bool:
        """Whether anything stands in it."""
        return bool(self.seen or self.recommendation or self.examples)

    def problems(self) -> Iterator[Problem]:
        """Yield what is wrong with its fields: too long, or with what looks like a CPR number."""
        for name in ("seen", "recommendation", "examples"):
            yield from text_problems(getattr(self, name), column=name, limit=LONGEST)


#: By checklist and item.
FindingTexts = Mapping[tuple[str, str], FindingText]


def with_texts(report: CentreReport, texts: FindingTexts) -> CentreReport:
    """Return a report with the coordinator's texts in its findings; a finding with a text is told in full."""
    written = {place: text for place, text in texts.items() if text.written}
    if not written:
        return report
    return replace(report, findings=tuple(_with_text(finding, written) for finding in report.findings))


def _with_text(finding: Finding, texts: FindingTexts) -> Finding:
    text = texts.get((finding.checklist_id, finding.item.item_id))
    if text is None:
        return finding
    return replace(
        finding, written_up=True, seen=text.seen, advice=text.recommendation, examples=text.examples
    )
