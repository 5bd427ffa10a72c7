"""The closed round's reports on their way: drafts at the leaders, and one replied to, answered and published."""

from datetime import datetime, timedelta

from lirk.domain.finding_replies import FindingReply
from lirk.domain.people import Person
from lirk.domain.report_stages import ReplyOutcome
from lirk.services import finding_replies, publishing, report_stages, reports
from lirk.services.reports import Reader
from lirk.storage.database import Database
from lirk.storage.store import Store

#: How long the leaders have.
DAYS = timedelta(days=14)


def publish_one(
    database: Database, coordinator: Person, leader: Person, key: str, *, reader: Reader, now: datetime
) -> None:
    """Send every draft of a round, let one leader object to the first finding, and publish that centre's report."""
    centre = min(leader.centres)
    with database.begin() as store:
        report_stages.send_drafts(store, coordinator, key, (now + DAYS).date(), now=now)
        _reply(store, coordinator, leader, key, centre, reader=reader, now=now + timedelta(days=2))
    at = now + DAYS + timedelta(days=1)
    begin = publishing.opening(database, coordinator)
    publishing.publish_report(begin, key, centre, reader=reader, now=at)


def _reply(
    store: Store, coordinator: Person, leader: Person, key: str, centre: str, *, reader: Reader, now: datetime
) -> None:
    report = reports.centre_report(store, leader, key, centre, reader=reader)
    if not report.written_up:
        return
    finding, words = report.written_up[0], reader.words
    said = FindingReply(
        checklist_id=finding.checklist_id,
        item_id=finding.item.item_id,
        comment=words.text("Vi er ikke enige. Efter vores mening er kravet opfyldt i nogle af sagerne."),
        objects=True,
    )
    finding_replies.write_reply(store, leader, key, centre, said, reader=reader, now=now)
    answer = FindingReply(
        checklist_id=said.checklist_id,
        item_id=said.item_id,
        outcome=ReplyOutcome.NOT_ACCEPTED,
        answer=words.text(
            "Vi har læst sagerne igen. Det kan ikke ses af dem, at kravet er opfyldt. Fundet står."
        ),
        version=1,
    )
    at = now + timedelta(days=3)
    finding_replies.write_answer(store, coordinator, key, centre, answer, reader=reader, now=at)
