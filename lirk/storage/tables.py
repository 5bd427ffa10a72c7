"""The tables. Rows never leave this room: a column is named after the field of the value that it fills."""

from sqlalchemy import (
    Column,
    ForeignKey,
    ForeignKeyConstraint,
    Index,
    Integer,
    LargeBinary,
    PrimaryKeyConstraint,
    UniqueConstraint,
)

# Not by its own name, which is that of what says a text to a person.
from sqlalchemy import text as sql

from lirk.domain.obstacles import ObstacleReason, Settlement
from lirk.domain.people import Role
from lirk.domain.reviews import CaseRole, CaseStatus, Reading
from lirk.domain.rounds import RoundState
from lirk.storage.column_types import (
    TEXT,
    Day,
    Document,
    Flag,
    Moment,
    Word,
    key,
    may,
    must,
    table,
)

centre = table(
    "centre",
    Column("name", TEXT, primary_key=True),
    Column("active", Flag, nullable=False, server_default="1"),
)

person = table(
    "person",
    key(),
    must("username"),
    must("name"),
    may("caseworker_hash"),
    must("active", Flag),
    may("password_hash"),
    Column("preferences", Document, nullable=False, server_default="{}"),
    UniqueConstraint("username"),
)

person_role = table(
    "person_role",
    must("person_id", Integer, ForeignKey("person.id", ondelete="CASCADE")),
    must("role", Word(Role)),
    PrimaryKeyConstraint("person_id", "role"),
)

person_centre = table(
    "person_centre",
    must("person_id", Integer, ForeignKey("person.id", ondelete="CASCADE")),
    must("centre", TEXT, ForeignKey("centre.name", onupdate="CASCADE")),
    PrimaryKeyConstraint("person_id", "centre"),
)

#: Who is signed in. The cookie's id is kept as its SHA-256 only, so that a copy of the table opens nothing.
session = table(
    "session",
    Column("id_hash", TEXT, primary_key=True),
    must("person_id", Integer, ForeignKey("person.id", ondelete="CASCADE")),
    must("started_at", Moment),
    must("seen_at", Moment),
    Index(None, "person_id"),
)

#: Sign-ins that failed lately, by the SHA-256 of what was tried from where.
failed_sign_in = table(
    "failed_sign_in",
    Column("key_hash", TEXT, primary_key=True),
    must("failures", Integer),
    must("last_at", Moment),
)

#: Links by which a person chooses a password, once; kept as the SHA-256 of their token.
password_link = table(
    "password_link",
    Column("token_hash", TEXT, primary_key=True),
    must("person_id", Integer, ForeignKey("person.id", ondelete="CASCADE")),
    must("made_at", Moment),
    may("used_at", Moment),
    Index(None, "person_id"),
)

#: Checklists that the archivist has imported, version by version; a published one never changes.
checklist_version = table(
    "checklist_version",
    must("checklist_id"),
    must("version", Integer),
    must("text"),
    must("imported_at", Moment),
    may("imported_by", Integer, ForeignKey("person.id")),
    may("published_at", Moment),
    may("published_by", Integer, ForeignKey("person.id")),
    may("sent_at", Moment),
    may("sent_by", Integer, ForeignKey("person.id")),
    may("approved_at", Moment),
    may("approved_by", Integer, ForeignKey("person.id")),
    may("in_force_from", Day),
    PrimaryKeyConstraint("checklist_id", "version"),
)

#: The steps by which a draft came to be, each with the whole text before it; gone once it is published.
checklist_step = table(
    "checklist_step",
    key(),
    must("checklist_id"),
    must("version", Integer),
    must("action"),
    must("subject"),
    must("part"),
    must("text"),
    must("at", Moment),
    may("person_id", Integer, ForeignKey("person.id")),
    ForeignKeyConstraint(
        ["checklist_id", "version"],
        ["checklist_version.checklist_id", "checklist_version.version"],
        ondelete="CASCADE",
    ),
    Index(None, "checklist_id", "version"),
)

#: Versions that are no longer offered to new rounds, those that ship with LIRK among them.
checklist_retirement = table(
    "checklist_retirement",
    must("checklist_id"),
    must("version", Integer),
    must("retired_at", Moment),
    may("retired_by", Integer, ForeignKey("person.id")),
    must("reason"),
    PrimaryKeyConstraint("checklist_id", "version"),
)

#: Each time that somebody held a reference to the law against its source.
law_check = table(
    "law_check",
    key(),
    must("act"),
    must("reference"),
    must("status_date", Day),
    must("source"),
    must("note"),
    must("checked_at", Moment),
    may("checked_by", Integer, ForeignKey("person.id")),
    Index(None, "act", "reference"),
)

#: Mappings that a coordinator has saved by name, for the next register from the same system.
saved_mapping = table(
    "saved_mapping",
    Column("name", TEXT, primary_key=True),
    must("mapping", Document),
    must("saved_at", Moment),
    may("saved_by", Integer, ForeignKey("person.id")),
)

round_ = table(
    "round",
    key(),
    must("key"),
    must("title"),
    must("state", Word(RoundState)),
    must("created_at", Moment),
    may("first_day", Day),
    may("last_day", Day),
    may("closed_at", Moment),
    must("made_up"),
    UniqueConstraint("key"),
)

frame = table(
    "frame",
    must("round_id", Integer, ForeignKey("round.id")),
    must("source"),
    must("rows", Integer),
    must("strata", Document),
    must("fingerprint"),
    must("committed_at", Moment),
    must("freeze", Document),
    PrimaryKeyConstraint("round_id"),
    Index(None, "fingerprint"),
)

pinned_checklist = table(
    "pinned_checklist",
    must("round_id", Integer, ForeignKey("round.id")),
    must("checklist_id"),
    must("version", Integer),
    must("text"),
    must("position", Integer),
    Column("items", TEXT, nullable=False, server_default="full"),
    PrimaryKeyConstraint("round_id", "checklist_id"),
)

draw = table(
    "draw",
    key(),
    must("round_id", Integer, ForeignKey("round.id")),
    must("number", Integer),
    may("reason"),
    must("seed"),
    must("drawn_at", Moment),
    must("digest"),
    must("certificate", Document),
    UniqueConstraint("round_id", "number"),
)

#: A round that is still being planned in the browser; ``round_id`` is set when its frame is frozen.
planned_round = table(
    "planned_round",
    key(),
    must("key"),
    must("title"),
    must("settings", Document),
    must("version", Integer),
    may("round_id", Integer, ForeignKey("round.id")),
    must("made_at", Moment),
    may("made_by", Integer, ForeignKey("person.id")),
    UniqueConstraint("key"),
    UniqueConstraint("round_id"),
)

#: The columns that a planned round may use of its register, from upload to draw, and not a day longer.
kept_register = table(
    "kept_register",
    Column("planned_id", Integer, ForeignKey("planned_round.id", ondelete="CASCADE"), primary_key=True),
    must("about", Document),
    must("content", LargeBinary),
)

drawn_case = table(
    "drawn_case",
    key(),
    must("round_id", Integer, ForeignKey("round.id")),
    must("draw_id", Integer, ForeignKey("draw.id")),
    may("number", Integer),
    must("case_id"),
    must("centre", TEXT, ForeignKey("centre.name", onupdate="CASCADE")),
    must("stratum"),
    must("role", Word(CaseRole)),
    must("rank", Integer),
    must("ticket"),
    must("status", Word(CaseStatus)),
    may("decision_date", Day),
    may("case_type"),
    may("outcome"),
    must("facts", Document),
    may("link"),
    may("caseworker_hash"),
    UniqueConstraint("draw_id", "case_id"),
    UniqueConstraint("round_id", "number"),
    Index(None, "round_id", "centre"),
)

review = table(
    "review",
    key(),
    must("round_id", Integer, ForeignKey("round.id")),
    must("case_id", Integer, ForeignKey("drawn_case.id")),
    must("checklist_id"),
    may("reviewer_id", Integer, ForeignKey("person.id")),
    may("finished_at", Moment),
    Column("reading", Word(Reading), nullable=False, server_default="first"),
    may("judgement"),
    ForeignKeyConstraint(
        ["round_id", "checklist_id"], ["pinned_checklist.round_id", "pinned_checklist.checklist_id"]
    ),
    Index(None, "round_id", "reviewer_id"),
    # A case is calibrated on by many, and read for the round by one, or by a first and a second.
    Index(
        "uq_review_reading",
        "case_id",
        "checklist_id",
        "reading",
        unique=True,
        sqlite_where=sql("reading <> 'calibration'"),
        postgresql_where=sql("reading <> 'calibration'"),
    ),
    Index(
        "uq_review_calibration",
        "case_id",
        "checklist_id",
        "reviewer_id",
        unique=True,
        sqlite_where=sql("reading = 'calibration'"),
        postgresql_where=sql("reading = 'calibration'"),
    ),
)

#: Why a case cannot be reviewed, and what the coordinator made of it.
obstacle = table(
    "obstacle",
    Column("case_id", Integer, ForeignKey("drawn_case.id"), primary_key=True),
    must("reason", Word(ObstacleReason)),
    must("note"),
    must("reported_at", Moment),
    may("reported_by", Integer, ForeignKey("person.id")),
    may("settled_at", Moment),
    may("settled_by", Integer, ForeignKey("person.id")),
    may("settlement", Word(Settlement)),
    Column("reading", Word(Reading), primary_key=True, server_default="first"),
)

answer = table(
    "answer",
    must("review_id", Integer, ForeignKey("review.id", ondelete="CASCADE")),
    must("item_id"),
    must("value"),
    must("note"),
    must("journal_reference"),
    must("in_doubt", Flag),
    must("answered_at", Moment),
    may("answered_by", Integer, ForeignKey("person.id")),
    Column("version", Integer, nullable=False, server_default="1"),
    may("idempotency_key"),
    PrimaryKeyConstraint("review_id", "item_id"),
)

#: What the coordinator wrote about a finding of a centre's report.
finding_text = table(
    "finding_text",
    must("round_id", Integer, ForeignKey("round.id")),
    must("centre", TEXT, ForeignKey("centre.name", onupdate="CASCADE")),
    must("checklist_id"),
    must("item_id"),
    must("seen"),
    must("recommendation"),
    must("examples"),
    must("version", Integer),
    must("written_at", Moment),
    may("written_by", Integer, ForeignKey("person.id")),
    PrimaryKeyConstraint("round_id", "centre", "checklist_id", "item_id"),
)

trail_entry = table(
    "trail_entry",
    key(),
    must("at", Moment),
    may("actor_id", Integer, ForeignKey("person.id")),
    must("action"),
    may("round_id", Integer, ForeignKey("round.id")),
    must("about", Document),
    Index(None, "round_id"),
)
