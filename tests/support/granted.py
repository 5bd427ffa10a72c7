"""Objections that were found to be right, so that answers may be corrected."""

from datetime import datetime

from lirk.domain.finding_replies import FindingReply
from lirk.domain.report_stages import ReplyOutcome
from lirk.storage.store import Store

CENTRES = ("Center Nord", "Center Syd", "Center Øst")


def grant(
    store: Store,
    key: str,
    at: datetime,
    *,
    checklist: str = "breve",
    items=("clear", "reasons"),
    outcome: ReplyOutcome | None = ReplyOutcome.ACCEPTED,
) -> None:
    """Let every centre of the small round have objected to some items, and be right; or not, the second time."""
    round_ = store.rounds.by_key(key)
    for centre in CENTRES:
        before = store.finding_replies.of(round_.id, centre)
        for item in items:
            known = before.get((checklist, item))
            said = FindingReply(
                checklist_id=checklist,
                item_id=item,
                comment="Det står i bilaget.",
                objects=True,
                answer="Det har I ret i.",
                outcome=outcome,
                version=known.version if known else 0,
            )
            store.finding_replies.keep_comment(round_.id, centre, said, at=at, by=None)
    store.trail.add("made", actor_id=None, at=at, round=key)
