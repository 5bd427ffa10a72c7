"""The cases behind a centre's report by both their names, for those who work with them."""

from dataclasses import dataclass
from datetime import date, datetime

from lirk.domain.access import Action
from lirk.domain.breaches import Breach, breaches_of
from lirk.domain.people import Person
from lirk.domain.reports import CentreReport
from lirk.domain.rounds import check_step
from lirk.services.report_material import material
from lirk.services.reports import Reader, place_of, report_of
from lirk.services.samples import acting_cases
from lirk.storage.store import Store


@dataclass(frozen=True, slots=True, kw_only=True)
class IdentifiedCase:
    """A drawn case by both its names, with what was not met in it; shown to few, and never in a file."""

    number: int
    case_id: str
    link: str | None
    decision_date: date | None
    status: str
    breaches: tuple[Breach, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class IdentifiedCases:
    """A centre's report, whose findings the breaches belong to, and the drawn cases by running number."""

    report: CentreReport
    cases: tuple[IdentifiedCase, ...]


def identified_cases(
    store: Store, actor: Person, key: str, address: str, *, reader: Reader, now: datetime
) -> IdentifiedCases:
    """Return a centre's drawn cases by running number and case number; the trail says who looked.

    Raises
    ------
    NotFound, NotAllowed, RoundNotIn
        See ``lirk.services.reports.centre_report_at``.
    """
    round_, centre = place_of(store, actor, Action.IDENTIFY_CASES, key, address)
    check_step(round_, "report")
    read = material(store, round_, centre)
    breaches = breaches_of([one.checklist for one in read.asked], read.cases.get(centre, ()))
    cases = tuple(
        IdentifiedCase(
            number=case.number,
            case_id=case.case_id,
            link=case.link,
            decision_date=case.decision_date,
            status=case.status.value,
            breaches=breaches.get(case.number, ()),
        )
        for case in acting_cases(store, round_, centre=centre)
        if case.number is not None
    )
    store.trail.add("cases-identified", actor_id=actor.id, at=now, round=key, centre=centre, cases=len(cases))
    return IdentifiedCases(report=report_of(store, round_, centre, reader), cases=cases)
