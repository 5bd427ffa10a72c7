"""The tables. Rows never leave this room: a column is named after the field of the value that it fills.

Words, moments and documents are kept as text on both databases:

- Text compares and sorts by code point on both (``COLLATE "C"``); Danish order is made where it is shown.
- A moment keeps the offset that the clock showed, so that it is printed as it was. SQL never sorts by it.
- A document (freeze, certificate, facts) comes back exactly equal, floats and all; ``jsonb`` would change it.

Which words a state may take is known by the domain alone, so that a new one needs no rebuilt table.
"""

import json
from collections.abc import Mapping
from datetime import date, datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import (
    Boolean,
    Column,
    Constraint,
    Date,
    ForeignKey,
    ForeignKeyConstraint,
    Identity,
    Index,
    Integer,
    LargeBinary,
    MetaData,
    PrimaryKeyConstraint,
    Table,
    Text,
    UniqueConstraint,
)
from sqlalchemy.engine import Dialect
from sqlalchemy.types import TypeDecorator, TypeEngine

from lirk.domain.obstacles import ObstacleReason, Settlement
from lirk.domain.people import Role
from lirk.domain.reviews import CaseRole, CaseStatus
from lirk.domain.rounds import RoundState

#: Where PostgreSQL keeps the tables; a SQLite file has no schemas.
SCHEMA = "lirk"

metadata = MetaData(
    naming_convention={
        "pk": "pk_%(table_name)s",
        "fk": "fk_%(table_name)s_%(column_0_N_name)s",
        "uq": "uq_%(table_name)s_%(column_0_N_name)s",
        "ix": "ix_%(table_name)s_%(column_0_N_name)s",
        "ck": "ck_%(table_name)s_%(constraint_name)s",
    }
)


class Word(TypeDecorator[StrEnum]):
    """A member of an enumeration, kept as its word."""

    impl = Text
    cache_ok = True

    def __init__(self, words: type[StrEnum]) -> None:
        super().__init__()
        self.words = words

    def load_dialect_impl(self, dialect: Dialect) -> TypeEngine[str]:
        """Return the type of the database: text by code point."""
        return dialect.type_descriptor(TEXT)

    def process_bind_param(self, value: StrEnum | None, dialect: Dialect) -> str | None:
        """Return the word to keep."""
        return None if value is None else self.words(value).value

    def process_result_value(self, value: str | None, dialect: Dialect) -> StrEnum | None:
        """Return the member that a kept word names."""
        return None if value is None else self.words(value)


class Moment(TypeDecorator[datetime]):
    """A time with its offset, kept as ISO 8601."""

    impl = Text
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> str | None:
        """Return the text to keep; a time without an offset is a programming error."""
        if value is not None and value.utcoffset() is None:
            raise ValueError(f"a time without an offset: {value!r}")
        return None if value is None else value.isoformat()

    def process_result_value(self, value: str | None, dialect: Dialect) -> datetime | None:
        """Return the time as it was handed in."""
        return None if value is None else datetime.fromisoformat(value)


class Day(TypeDecorator[date]):
    """A calendar day: ``date`` on PostgreSQL, ISO 8601 text on SQLite, whose strict tables have no dates."""

    impl = Date
    cache_ok = True

    def load_dialect_impl(self, dialect: Dialect) -> TypeEngine[Any]:
        """Return the type of the database."""
        return dialect.type_descriptor(Text() if dialect.name == "sqlite" else Date())

    def process_bind_param(self, value: date | None, dialect: Dialect) -> Any:
        """Return the day as the database takes it."""
        return value.isoformat() if value is not None and dialect.name == "sqlite" else value

    def process_result_value(self, value: Any | None, dialect: Dialect) -> date | None:
        """Return the day."""
        return date.fromisoformat(value) if isinstance(value, str) else value


class Flag(TypeDecorator[bool]):
    """Yes or no: ``boolean`` on PostgreSQL, 1 or 0 on SQLite."""

    impl = Boolean
    cache_ok = True

    def load_dialect_impl(self, dialect: Dialect) -> TypeEngine[Any]:
        """Return the type of the database."""
        return dialect.type_descriptor(Integer() if dialect.name == "sqlite" else Boolean())

    def process_result_value(self, value: Any | None, dialect: Dialect) -> bool | None:
        """Return the flag."""
        return None if value is None else bool(value)


class Document(TypeDecorator[Mapping[str, object]]):
    """A JSON document, kept as text with sorted keys."""

    impl = Text
    cache_ok = True

    def process_bind_param(self, value: Mapping[str, object] | None, dialect: Dialect) -> str | None:
        """Return the text to keep."""
        if value is None:
            return None
        return json.dumps(value, sort_keys=True, ensure_ascii=False, allow_nan=False, default=_as_dict)

    def process_result_value(self, value: str | None, dialect: Dialect) -> dict[str, object] | None:
        """Return the document as it was handed in."""
        if value is None:
            return None
        document: dict[str, object] = json.loads(value)
        return document


def _as_dict(value: object) -> dict[object, object]:
    if isinstance(value, Mapping):
        return dict(value)
    raise TypeError(f"not for JSON: {value!r}")


TEXT = Text().with_variant(Text(collation="C"), "postgresql")


def _key() -> Column[int]:
    return Column("id", Integer, Identity(), primary_key=True)


def _must(name: str, type_: TypeEngine[Any] | type[TypeEngine[Any]] = TEXT, *more: ForeignKey) -> Column[Any]:
    return Column(name, type_, *more, nullable=False)


def _may(name: str, type_: TypeEngine[Any] | type[TypeEngine[Any]] = TEXT, *more: ForeignKey) -> Column[Any]:
    return Column(name, type_, *more, nullable=True)


def _table(name: str, *parts: Column[Any] | Constraint | Index) -> Table:
    # An id that the trail names is never given again, also where its row was deleted.
    has_id = any(part.name == "id" for part in parts)
    return Table(name, metadata, *parts, sqlite_strict=True, sqlite_autoincrement=has_id)


centre = _table(
    "centre",
    Column("name", TEXT, primary_key=True),
    Column("active", Flag, nullable=False, server_default="1"),
)

person = _table(
    "person",
    _key(),
    _must("username"),
    _must("name"),
    _may("caseworker_hash"),
    _must("active", Flag),
    _may("password_hash"),
    Column("preferences", Document, nullable=False, server_default="{}"),
    UniqueConstraint("username"),
)

person_role = _table(
    "person_role",
    _must("person_id", Integer, ForeignKey("person.id", ondelete="CASCADE")),
    _must("role", Word(Role)),
    PrimaryKeyConstraint("person_id", "role"),
)

person_centre = _table(
    "person_centre",
    _must("person_id", Integer, ForeignKey("person.id", ondelete="CASCADE")),
    _must("centre", TEXT, ForeignKey("centre.name", onupdate="CASCADE")),
    PrimaryKeyConstraint("person_id", "centre"),
)

#: Who is signed in. The cookie's id is kept as its SHA-256 only, so that a copy of the table opens nothing.
session = _table(
    "session",
    Column("id_hash", TEXT, primary_key=True),
    _must("person_id", Integer, ForeignKey("person.id", ondelete="CASCADE")),
    _must("started_at", Moment),
    _must("seen_at", Moment),
    Index(None, "person_id"),
)

#: Sign-ins that failed lately, by the SHA-256 of what was tried from where.
failed_sign_in = _table(
    "failed_sign_in",
    Column("key_hash", TEXT, primary_key=True),
    _must("failures", Integer),
    _must("last_at", Moment),
)

#: Links by which a person chooses a password, once; kept as the SHA-256 of their token.
password_link = _table(
    "password_link",
    Column("token_hash", TEXT, primary_key=True),
    _must("person_id", Integer, ForeignKey("person.id", ondelete="CASCADE")),
    _must("made_at", Moment),
    _may("used_at", Moment),
    Index(None, "person_id"),
)

#: Checklists that the archivist has imported, version by version; a published one never changes.
checklist_version = _table(
    "checklist_version",
    _must("checklist_id"),
    _must("version", Integer),
    _must("text"),
    _must("imported_at", Moment),
    _may("imported_by", Integer, ForeignKey("person.id")),
    _may("published_at", Moment),
    _may("published_by", Integer, ForeignKey("person.id")),
    _may("sent_at", Moment),
    _may("sent_by", Integer, ForeignKey("person.id")),
    _may("approved_at", Moment),
    _may("approved_by", Integer, ForeignKey("person.id")),
    _may("in_force_from", Day),
    PrimaryKeyConstraint("checklist_id", "version"),
)

#: The steps by which a draft came to be, each with the whole text before it; gone once it is published.
checklist_step = _table(
    "checklist_step",
    _key(),
    _must("checklist_id"),
    _must("version", Integer),
    _must("action"),
    _must("subject"),
    _must("part"),
    _must("text"),
    _must("at", Moment),
    _may("person_id", Integer, ForeignKey("person.id")),
    ForeignKeyConstraint(
        ["checklist_id", "version"],
        ["checklist_version.checklist_id", "checklist_version.version"],
        ondelete="CASCADE",
    ),
    Index(None, "checklist_id", "version"),
)

#: Versions that are no longer offered to new rounds, those that ship with LIRK among them.
checklist_retirement = _table(
    "checklist_retirement",
    _must("checklist_id"),
    _must("version", Integer),
    _must("retired_at", Moment),
    _may("retired_by", Integer, ForeignKey("person.id")),
    _must("reason"),
    PrimaryKeyConstraint("checklist_id", "version"),
)

#: Each time that somebody held a reference to the law against its source.
law_check = _table(
    "law_check",
    _key(),
    _must("act"),
    _must("reference"),
    _must("status_date", Day),
    _must("source"),
    _must("note"),
    _must("checked_at", Moment),
    _may("checked_by", Integer, ForeignKey("person.id")),
    Index(None, "act", "reference"),
)

#: Mappings that a coordinator has saved by name, for the next register from the same system.
saved_mapping = _table(
    "saved_mapping",
    Column("name", TEXT, primary_key=True),
    _must("mapping", Document),
    _must("saved_at", Moment),
    _may("saved_by", Integer, ForeignKey("person.id")),
)

round_ = _table(
    "round",
    _key(),
    _must("key"),
    _must("title"),
    _must("state", Word(RoundState)),
    _must("created_at", Moment),
    _may("first_day", Day),
    _may("last_day", Day),
    _may("closed_at", Moment),
    _must("made_up"),
    UniqueConstraint("key"),
)

frame = _table(
    "frame",
    _must("round_id", Integer, ForeignKey("round.id")),
    _must("source"),
    _must("rows", Integer),
    _must("strata", Document),
    _must("fingerprint"),
    _must("committed_at", Moment),
    _must("freeze", Document),
    PrimaryKeyConstraint("round_id"),
    Index(None, "fingerprint"),
)

pinned_checklist = _table(
    "pinned_checklist",
    _must("round_id", Integer, ForeignKey("round.id")),
    _must("checklist_id"),
    _must("version", Integer),
    _must("text"),
    _must("position", Integer),
    Column("items", TEXT, nullable=False, server_default="full"),
    PrimaryKeyConstraint("round_id", "checklist_id"),
)

draw = _table(
    "draw",
    _key(),
    _must("round_id", Integer, ForeignKey("round.id")),
    _must("number", Integer),
    _may("reason"),
    _must("seed"),
    _must("drawn_at", Moment),
    _must("digest"),
    _must("certificate", Document),
    UniqueConstraint("round_id", "number"),
)

#: A round that is still being planned in the browser; ``round_id`` is set when its frame is frozen.
planned_round = _table(
    "planned_round",
    _key(),
    _must("key"),
    _must("title"),
    _must("settings", Document),
    _must("version", Integer),
    _may("round_id", Integer, ForeignKey("round.id")),
    _must("made_at", Moment),
    _may("made_by", Integer, ForeignKey("person.id")),
    UniqueConstraint("key"),
    UniqueConstraint("round_id"),
)

#: The columns that a planned round may use of its register, from upload to draw, and not a day longer.
kept_register = _table(
    "kept_register",
    Column("planned_id", Integer, ForeignKey("planned_round.id", ondelete="CASCADE"), primary_key=True),
    _must("about", Document),
    _must("content", LargeBinary),
)

drawn_case = _table(
    "drawn_case",
    _key(),
    _must("round_id", Integer, ForeignKey("round.id")),
    _must("draw_id", Integer, ForeignKey("draw.id")),
    _may("number", Integer),
    _must("case_id"),
    _must("centre", TEXT, ForeignKey("centre.name", onupdate="CASCADE")),
    _must("stratum"),
    _must("role", Word(CaseRole)),
    _must("rank", Integer),
    _must("ticket"),
    _must("status", Word(CaseStatus)),
    _may("decision_date", Day),
    _may("case_type"),
    _may("outcome"),
    _must("facts", Document),
    _may("link"),
    _may("caseworker_hash"),
    UniqueConstraint("draw_id", "case_id"),
    UniqueConstraint("round_id", "number"),
    Index(None, "round_id", "centre"),
)

review = _table(
    "review",
    _key(),
    _must("round_id", Integer, ForeignKey("round.id")),
    _must("case_id", Integer, ForeignKey("drawn_case.id")),
    _must("checklist_id"),
    _may("reviewer_id", Integer, ForeignKey("person.id")),
    _may("finished_at", Moment),
    UniqueConstraint("case_id", "checklist_id"),
    ForeignKeyConstraint(
        ["round_id", "checklist_id"], ["pinned_checklist.round_id", "pinned_checklist.checklist_id"]
    ),
    Index(None, "round_id", "reviewer_id"),
)

#: Why a case cannot be reviewed, and what the coordinator made of it.
obstacle = _table(
    "obstacle",
    Column("case_id", Integer, ForeignKey("drawn_case.id"), primary_key=True),
    _must("reason", Word(ObstacleReason)),
    _must("note"),
    _must("reported_at", Moment),
    _may("reported_by", Integer, ForeignKey("person.id")),
    _may("settled_at", Moment),
    _may("settled_by", Integer, ForeignKey("person.id")),
    _may("settlement", Word(Settlement)),
)

answer = _table(
    "answer",
    _must("review_id", Integer, ForeignKey("review.id", ondelete="CASCADE")),
    _must("item_id"),
    _must("value"),
    _must("note"),
    _must("journal_reference"),
    _must("in_doubt", Flag),
    _must("answered_at", Moment),
    _may("answered_by", Integer, ForeignKey("person.id")),
    Column("version", Integer, nullable=False, server_default="1"),
    _may("idempotency_key"),
    PrimaryKeyConstraint("review_id", "item_id"),
)

#: What the coordinator wrote about a finding of a centre's report.
finding_text = _table(
    "finding_text",
    _must("round_id", Integer, ForeignKey("round.id")),
    _must("centre", TEXT, ForeignKey("centre.name", onupdate="CASCADE")),
    _must("checklist_id"),
    _must("item_id"),
    _must("seen"),
    _must("recommendation"),
    _must("examples"),
    _must("version", Integer),
    _must("written_at", Moment),
    _may("written_by", Integer, ForeignKey("person.id")),
    PrimaryKeyConstraint("round_id", "centre", "checklist_id", "item_id"),
)

trail_entry = _table(
    "trail_entry",
    _key(),
    _must("at", Moment),
    _may("actor_id", Integer, ForeignKey("person.id")),
    _must("action"),
    _may("round_id", Integer, ForeignKey("round.id")),
    _must("about", Document),
    Index(None, "round_id"),
)


def is_ours(name: str | None, kind: str, parents: Mapping[str, object]) -> bool:
    """Return whether Alembic may look at something it found in the database: our tables and what is in them.

    A table that LIRK does not know belongs to somebody else, and no migration may propose to drop it.
    """
    return name in metadata.tables if kind == "table" else True


#: How Alembic compares and migrates; the same in the migrations' environment and in the tests.
MIGRATION_OPTIONS: Mapping[str, Any] = {"target_metadata": metadata, "include_name": is_ours}
