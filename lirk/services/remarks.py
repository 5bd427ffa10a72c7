"""A leader's word that there is nothing to add to a draft: what it was said of, and when it no longer counts."""

from dataclasses import replace
from datetime import datetime
from hashlib import sha256

from lirk.domain.people import Person
from lirk.domain.report_stages import ReportStage
from lirk.domain.reports import CentreReport
from lirk.domain.rounds import Round
from lirk.services.reports import centre_json
from lirk.storage.store import Store


def mark_of(report: CentreReport) -> str:
    """Return a mark of all that a draft says, apart from how far it is and what its meeting came to."""
    return sha256(centre_json(replace(report, stage=None, meeting=None))).hexdigest()


def keep_remarks(
    store: Store,
    actor: Person,
    round_: Round,
    centre: str,
    stage: ReportStage,
    *,
    action: str,
    now: datetime,
) -> ReportStage:
    """Keep whether there is anything to add, and say in the trail why."""
    store.report_stages.keep(round_.id, centre, stage)
    store.trail.add(action, actor_id=actor.id, at=now, round=round_.key, centre=centre, version=stage.version)
    return stage


def ask_again(store: Store, actor: Person, round_: Round, centre: str, *, now: datetime) -> bool:
    """Let the leader's word no longer count, because the coordinator has changed the draft since.

    Returns
    -------
    bool
        Whether there was such a word.
    """
    stage = store.report_stages.of(round_.id, centre)
    if stage.no_remarks_at is None:
        return False
    blank = replace(stage, no_remarks_at=None)
    keep_remarks(store, actor, round_, centre, blank, action="report-remarks-outdated", now=now)
    return True
