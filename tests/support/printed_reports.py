"""One printed document of each kind, made once in a test run, with all that can stand in it."""

from functools import cache

import certificates
import report_values as values

from lirk.domain.reports import CentreReport, ChecklistSeries, ItemSeries, SeriesBreak, SeriesPoint
from lirk.reports.centre_pdf import centre_pdf
from lirk.reports.certificate_pdf import certificate_pdf
from lirk.reports.overview_pdf import overview_pdf
from lirk.wording import Wording

DANISH, ENGLISH = Wording("da"), Wording("en")


def series() -> ChecklistSeries:
    """Three items in three rounds: one that changes, one whose meaning changed, one that is new."""

    def point(hits: int, assessed: int, **changes: object) -> SeriesPoint:
        return SeriesPoint(hits=hits, assessed=assessed, **changes)

    changed = SeriesBreak(version=2, reason="Kravet er delt i to.")
    return ChecklistSeries(
        checklist_id=values.LAWFUL,
        title="Lovmedholdelig sagsbehandling",
        rounds=("1. runde 2025", "2. runde 2025", "2. runde 2026"),
        items=tuple(
            ItemSeries(item_id=f"item-{at}", number=f"1.{at}", question=question, points=points)
            for at, (question, points) in enumerate(
                (
                    ("Er parten hørt?", (point(3, 7), point(5, 9, by_chance=True), point(9, 9))),
                    ("Er sagen oplyst?", (point(3, 7), point(5, 9, begins=changed), point(9, 9))),
                    ("Er fristen overholdt?", (None, point(5, 9), point(6, 9, by_chance=True))),
                ),
                1,
            )
        ),
    )


def report(**changes: object) -> CentreReport:
    """A centre with two checklists, findings, texts of the coordinator and rounds before this one."""
    made = values.centre_report(made_up="answers", series=(series(),), earlier_rounds=("1. runde 2025",))
    return values.replace(made, **changes)


def certificate() -> dict[str, object]:
    """A certificate of three strata."""
    return certificates.drawn()


@cache
def centre(language: str = "da") -> bytes:
    """The printed report of a centre."""
    return centre_pdf(report(), Wording(language))


@cache
def overview(language: str = "da") -> bytes:
    """The printed overview."""
    return overview_pdf(values.overview(), Wording(language))


@cache
def drawn(language: str = "da") -> bytes:
    """The printed certificate."""
    return certificate_pdf(certificate(), Wording(language), program="9.9")


DOCUMENTS = {"centre": centre, "overview": overview, "certificate": drawn}
