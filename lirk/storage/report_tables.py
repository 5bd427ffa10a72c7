"""The tables of what comes after a round: replies, publication, meetings, what was learnt, the year."""

from sqlalchemy import Column, ForeignKey, Integer, LargeBinary, PrimaryKeyConstraint

from lirk.domain.report_stages import ReplyOutcome, ReportState
from lirk.storage.column_types import TEXT, Day, Flag, Moment, Word, may, must, table

#: How far a centre's report is; one without a row is a draft. ``version`` is that of the next publication.
report_stage = table(
    "report_stage",
    must("round_id", Integer, ForeignKey("round.id")),
    must("centre", TEXT, ForeignKey("centre.name", onupdate="CASCADE")),
    must("state", Word(ReportState)),
    must("version", Integer),
    may("reply_by", Day),
    may("sent_at", Moment),
    may("sent_by", Integer, ForeignKey("person.id")),
    may("published_at", Moment),
    may("published_by", Integer, ForeignKey("person.id")),
    must("correction"),
    may("no_remarks_at", Moment),
    PrimaryKeyConstraint("round_id", "centre"),
)

#: What the leader says about a finding, and what the coordinator answers.
finding_reply = table(
    "finding_reply",
    must("round_id", Integer, ForeignKey("round.id")),
    must("centre", TEXT, ForeignKey("centre.name", onupdate="CASCADE")),
    must("checklist_id"),
    must("item_id"),
    must("comment"),
    must("objects", Flag),
    must("version", Integer),
    must("written_at", Moment),
    may("written_by", Integer, ForeignKey("person.id")),
    must("answer"),
    may("outcome", Word(ReplyOutcome)),
    may("answered_at", Moment),
    may("answered_by", Integer, ForeignKey("person.id")),
    PrimaryKeyConstraint("round_id", "centre", "checklist_id", "item_id"),
)

#: The answer that counts after an accepted objection; the reviewer's own stays with the review.
corrected_answer = table(
    "corrected_answer",
    must("review_id", Integer, ForeignKey("review.id", ondelete="CASCADE")),
    must("item_id"),
    must("before"),
    must("value"),
    must("reason"),
    must("version", Integer),
    must("corrected_at", Moment),
    may("corrected_by", Integer, ForeignKey("person.id")),
    PrimaryKeyConstraint("review_id", "item_id"),
)

#: The files of a published report, byte for byte as they were made then.
published_file = table(
    "published_file",
    must("round_id", Integer, ForeignKey("round.id")),
    must("centre", TEXT, ForeignKey("centre.name", onupdate="CASCADE")),
    must("version", Integer),
    must("name"),
    must("sha256"),
    must("content", LargeBinary),
    PrimaryKeyConstraint("round_id", "centre", "version", "name"),
)

#: The reading of a report in the section: which groups took part, what was agreed, and what was not.
report_meeting = table(
    "report_meeting",
    must("round_id", Integer, ForeignKey("round.id")),
    must("centre", TEXT, ForeignKey("centre.name", onupdate="CASCADE")),
    may("held_on", Day),
    must("leader", Flag),
    must("employee_representative", Flag),
    must("safety_representative", Flag),
    must("staff", Integer),
    must("agreed"),
    must("not_agreed"),
    must("version", Integer),
    must("written_at", Moment),
    may("written_by", Integer, ForeignKey("person.id")),
    PrimaryKeyConstraint("round_id", "centre"),
)

#: What the coordinator writes in the overview of a round.
overview_text = table(
    "overview_text",
    Column("round_id", Integer, ForeignKey("round.id"), primary_key=True),
    must("learnt"),
    must("next_steps"),
    must("version", Integer),
    must("written_at", Moment),
    may("written_by", Integer, ForeignKey("person.id")),
)

#: Complaints of a centre in a year: first how they were handled, then how they ended.
yearly_figures = table(
    "yearly_figures",
    must("year", Integer),
    must("centre", TEXT, ForeignKey("centre.name", onupdate="CASCADE")),
    must("received", Integer),
    must("changed_by_centre", Integer),
    must("sent_on", Integer),
    must("sent_on_late", Integer),
    must("upheld", Integer),
    must("changed", Integer),
    must("annulled", Integer),
    must("remitted", Integer),
    must("dismissed", Integer),
    must("version", Integer),
    must("written_at", Moment),
    may("written_by", Integer, ForeignKey("person.id")),
    PrimaryKeyConstraint("year", "centre"),
)

#: What the coordinator writes in the paper of a year.
yearly_text = table(
    "yearly_text",
    Column("year", Integer, primary_key=True, autoincrement=False),
    must("found"),
    must("done"),
    must("version", Integer),
    must("written_at", Moment),
    may("written_by", Integer, ForeignKey("person.id")),
)
