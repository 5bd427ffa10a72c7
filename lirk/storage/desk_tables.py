"""The tables of the reviewer's desk: what was agreed, doubted, measured and judged around the reviews."""

from sqlalchemy import (
    Column,
    ForeignKey,
    Index,
    Integer,
    PrimaryKeyConstraint,
    UniqueConstraint,
)

from lirk.domain.place_forms import PlaceKind
from lirk.storage.column_types import TEXT, Day, Flag, Moment, Word, key, may, must, table

#: How a round is reviewed; a round without a row has the rules of ``RoundRules()``.
round_rules = table(
    "round_rules",
    Column("round_id", Integer, ForeignKey("round.id"), primary_key=True),
    must("shows_result", Flag),
    must("bars_own_centre", Flag),
    must("double_percent", Integer),
    may("double_chosen_at", Moment),
    may("deadline", Day),
)

#: Cases that must be acted on now: the reviewer's reason, and what the coordinator did.
urgent_case = table(
    "urgent_case",
    Column("review_id", Integer, ForeignKey("review.id", ondelete="CASCADE"), primary_key=True),
    must("reason"),
    must("raised_at", Moment),
    may("raised_by", Integer, ForeignKey("person.id")),
    may("handling"),
    may("handled_at", Moment),
    may("handled_by", Integer, ForeignKey("person.id")),
)

#: Seconds that a person had a review in use, as last reported by their page; ``corrected`` is what the person
#: says instead.
review_time = table(
    "review_time",
    must("review_id", Integer, ForeignKey("review.id", ondelete="CASCADE")),
    must("person_id", Integer, ForeignKey("person.id", ondelete="CASCADE")),
    must("seconds", Integer),
    may("reported_at", Moment),
    may("corrected", Integer),
    PrimaryKeyConstraint("review_id", "person_id"),
)

#: What was said about an answer that is in doubt; texts stay, also where the doubt is settled. ``from_reviewer``
#: tells who spoke, also when the review has got another reviewer or the person another role.
doubt_message = table(
    "doubt_message",
    key(),
    must("review_id", Integer, ForeignKey("review.id", ondelete="CASCADE")),
    must("item_id"),
    must("text"),
    must("from_reviewer", Flag),
    must("written_at", Moment),
    may("written_by", Integer, ForeignKey("person.id")),
    Index(None, "review_id"),
)

settled_doubt = table(
    "settled_doubt",
    must("review_id", Integer, ForeignKey("review.id", ondelete="CASCADE")),
    must("item_id"),
    must("settled_at", Moment),
    may("settled_by", Integer, ForeignKey("person.id")),
    PrimaryKeyConstraint("review_id", "item_id"),
)

#: A round's calibration: everybody scores the same few cases before the cases are shared out. ``salt`` is a secret
#: that decides who is called A, B, C.
calibration = table(
    "calibration",
    Column("round_id", Integer, ForeignKey("round.id"), primary_key=True),
    must("opened_at", Moment),
    may("opened_by", Integer, ForeignKey("person.id")),
    may("closed_at", Moment),
    may("closed_by", Integer, ForeignKey("person.id")),
    may("salt"),
)

calibration_case = table(
    "calibration_case",
    must("round_id", Integer, ForeignKey("round.id")),
    must("number", Integer),
    must("case_id", Integer, ForeignKey("drawn_case.id")),
    PrimaryKeyConstraint("round_id", "number"),
    UniqueConstraint("case_id"),
)

#: Who agreed to stand with their name beside their calibration answers.
calibration_name = table(
    "calibration_name",
    must("round_id", Integer, ForeignKey("round.id")),
    must("person_id", Integer, ForeignKey("person.id", ondelete="CASCADE")),
    PrimaryKeyConstraint("round_id", "person_id"),
)

#: How the reviewers of a round agreed to read an item; shown with it during the round.
agreed_reading = table(
    "agreed_reading",
    must("round_id", Integer, ForeignKey("round.id")),
    must("checklist_id"),
    must("item_id"),
    must("text"),
    must("version", Integer),
    must("written_at", Moment),
    may("written_by", Integer, ForeignKey("person.id")),
    PrimaryKeyConstraint("round_id", "checklist_id", "item_id"),
)

#: What was made of two readings of a case; ``decider_id`` is a third reviewer who was asked to decide.
reconciliation = table(
    "reconciliation",
    must("case_id", Integer, ForeignKey("drawn_case.id")),
    must("checklist_id"),
    may("decider_id", Integer, ForeignKey("person.id")),
    may("settled_at", Moment),
    may("settled_by", Integer, ForeignKey("person.id")),
    PrimaryKeyConstraint("case_id", "checklist_id"),
)

#: The answer that counts where two readings differ; the answers of both stay with their reviews.
agreed_answer = table(
    "agreed_answer",
    must("case_id", Integer, ForeignKey("drawn_case.id")),
    must("checklist_id"),
    must("item_id"),
    must("value"),
    must("reason"),
    must("version", Integer),
    must("agreed_at", Moment),
    may("agreed_by", Integer, ForeignKey("person.id")),
    PrimaryKeyConstraint("case_id", "checklist_id", "item_id"),
)

#: The answers of two readings as they stood when both were finished and one was opened again: what the two answered
#: before they saw each other's. Never changed, and taken away only with all answers of its reading.
original_answer = table(
    "original_answer",
    must("review_id", Integer, ForeignKey("review.id", ondelete="CASCADE")),
    must("item_id"),
    must("value"),
    must("note"),
    must("journal_reference"),
    must("in_doubt", Flag),
    must("answered_at", Moment),
    may("answered_by", Integer, ForeignKey("person.id")),
    PrimaryKeyConstraint("review_id", "item_id"),
)

#: A spot check of a place, or a leader's self-assessment: a checklist filled in about a centre, not a case.
place_form = table(
    "place_form",
    key(),
    must("kind", Word(PlaceKind)),
    must("centre", TEXT, ForeignKey("centre.name", onupdate="CASCADE")),
    must("place"),
    may("round_id", Integer, ForeignKey("round.id")),
    must("checklist_id"),
    must("checklist_version", Integer),
    must("text"),
    must("begun_at", Moment),
    may("begun_by", Integer, ForeignKey("person.id")),
    may("finished_at", Moment),
    may("finished_by", Integer, ForeignKey("person.id")),
    Index(None, "centre"),
    # Spot checks belong to no round, and of those there may be many.
    UniqueConstraint("round_id", "centre"),
)

place_answer = table(
    "place_answer",
    must("form_id", Integer, ForeignKey("place_form.id", ondelete="CASCADE")),
    must("item_id"),
    must("value"),
    must("note"),
    must("journal_reference"),
    must("in_doubt", Flag),
    must("answered_at", Moment),
    may("answered_by", Integer, ForeignKey("person.id")),
    must("version", Integer),
    may("idempotency_key"),
    PrimaryKeyConstraint("form_id", "item_id"),
)

#: When the leader of a centre first saw its report of a round.
report_seen = table(
    "report_seen",
    must("round_id", Integer, ForeignKey("round.id")),
    must("centre", TEXT, ForeignKey("centre.name", onupdate="CASCADE")),
    must("seen_at", Moment),
    may("seen_by", Integer, ForeignKey("person.id")),
    PrimaryKeyConstraint("round_id", "centre"),
)
