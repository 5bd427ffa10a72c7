"""A leader's self-assessment put into the report of the own centre, and into no other."""

from dataclasses import replace

from lirk.domain.leader_assessments import assessed
from lirk.domain.reports import CentreReport
from lirk.domain.reviewing import walkthrough
from lirk.domain.rounds import Round
from lirk.services.checklists import parse
from lirk.storage.store import Store


def with_assessment(store: Store, round_: Round, report: CentreReport, language: str) -> CentreReport:
    """Return a centre's report with what its leader answered in the round, where that is finished.

    The caller has asked whether the person may read the centre's report.
    """
    form = store.place_forms.self_assessment(round_.id, report.centre)
    if form is None or form.finished_at is None:
        return report
    walk = walkthrough(parse(form.text), {}, form.answers)
    return replace(report, assessment=assessed(form, walk, language))
