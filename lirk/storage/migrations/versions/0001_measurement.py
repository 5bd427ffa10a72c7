"""All of a measurement: people, rounds, draws, cases, reviews, answers and the trail. Makes every table."""

from typing import Any

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None

TEXT = sa.Text().with_variant(sa.Text(collation="C"), "postgresql")
DAY = sa.Date().with_variant(sa.Text(), "sqlite")
FLAG = sa.Boolean().with_variant(sa.Integer(), "sqlite")
MOMENT = sa.Text()
DOCUMENT = sa.Text()

ON_SQLITE = (
    """
    CREATE TRIGGER trail_entry_is_not_updated BEFORE UPDATE ON trail_entry
    BEGIN SELECT RAISE(ABORT, 'the trail is append-only'); END
    """,
    """
    CREATE TRIGGER trail_entry_is_not_deleted BEFORE DELETE ON trail_entry
    BEGIN SELECT RAISE(ABORT, 'the trail is append-only'); END
    """,
    # INSERT OR REPLACE deletes without asking the trigger above, unless recursive_triggers is on.
    """
    CREATE TRIGGER trail_entry_is_not_replaced BEFORE INSERT ON trail_entry
    WHEN EXISTS (SELECT 1 FROM trail_entry WHERE id = NEW.id)
    BEGIN SELECT RAISE(ABORT, 'the trail is append-only'); END
    """,
)
ON_POSTGRESQL = (
    """
    CREATE FUNCTION refuse_change() RETURNS trigger LANGUAGE plpgsql AS $$
    BEGIN
        RAISE EXCEPTION 'the trail is append-only' USING ERRCODE = 'restrict_violation';
    END
    $$
    """,
    """
    CREATE TRIGGER trail_entry_is_append_only BEFORE UPDATE OR DELETE ON trail_entry
    FOR EACH ROW EXECUTE FUNCTION refuse_change()
    """,
    """
    CREATE TRIGGER trail_entry_is_not_truncated BEFORE TRUNCATE ON trail_entry
    FOR EACH STATEMENT EXECUTE FUNCTION refuse_change()
    """,
)


def upgrade() -> None:
    """Make all tables and the triggers that keep the trail."""
    _people()
    _rounds()
    _cases()
    _reviews()
    _trail()


def _table(name: str, *parts: sa.schema.SchemaItem) -> None:
    has_id = any(isinstance(part, sa.Column) and part.name == "id" for part in parts)
    op.create_table(name, *parts, sqlite_strict=True, sqlite_autoincrement=has_id)


def _key() -> sa.Column[int]:
    return sa.Column("id", sa.Integer(), sa.Identity(), nullable=False)


def _must(name: str, type_: sa.types.TypeEngine[Any] = TEXT) -> sa.Column[Any]:
    return sa.Column(name, type_, nullable=False)


def _may(name: str, type_: sa.types.TypeEngine[Any] = TEXT) -> sa.Column[Any]:
    return sa.Column(name, type_, nullable=True)


def _primary(table: str, *columns: str) -> sa.PrimaryKeyConstraint:
    return sa.PrimaryKeyConstraint(*columns, name=f"pk_{table}")


def _foreign(
    table: str, column: str, target: str, ondelete: str | None = None, onupdate: str | None = None
) -> sa.ForeignKeyConstraint:
    name = f"fk_{table}_{column}"
    return sa.ForeignKeyConstraint([column], [target], name=name, ondelete=ondelete, onupdate=onupdate)


def _people() -> None:
    _table("centre", _must("name"), _primary("centre", "name"))
    _table(
        "person",
        _key(),
        _must("username"),
        _must("name"),
        _may("caseworker_hash"),
        _must("active", FLAG),
        _primary("person", "id"),
        sa.UniqueConstraint("username", name="uq_person_username"),
    )
    _table(
        "person_role",
        _must("person_id", sa.Integer()),
        _must("role"),
        _primary("person_role", "person_id", "role"),
        _foreign("person_role", "person_id", "person.id", ondelete="CASCADE"),
    )
    _table(
        "person_centre",
        _must("person_id", sa.Integer()),
        _must("centre"),
        _primary("person_centre", "person_id", "centre"),
        _foreign("person_centre", "person_id", "person.id", ondelete="CASCADE"),
        _foreign("person_centre", "centre", "centre.name", onupdate="CASCADE"),
    )


def _rounds() -> None:
    _table(
        "round",
        _key(),
        _must("key"),
        _must("title"),
        _must("state"),
        _must("created_at", MOMENT),
        _may("first_day", DAY),
        _may("last_day", DAY),
        _may("closed_at", MOMENT),
        _must("made_up"),
        _primary("round", "id"),
        sa.UniqueConstraint("key", name="uq_round_key"),
    )
    _table(
        "frame",
        _must("round_id", sa.Integer()),
        _must("source"),
        _must("rows", sa.Integer()),
        _must("strata", DOCUMENT),
        _must("fingerprint"),
        _must("committed_at", MOMENT),
        _must("freeze", DOCUMENT),
        _primary("frame", "round_id"),
        _foreign("frame", "round_id", "round.id"),
    )
    op.create_index("ix_frame_fingerprint", "frame", ["fingerprint"])
    _table(
        "pinned_checklist",
        _must("round_id", sa.Integer()),
        _must("checklist_id"),
        _must("version", sa.Integer()),
        _must("text"),
        _must("position", sa.Integer()),
        _primary("pinned_checklist", "round_id", "checklist_id"),
        _foreign("pinned_checklist", "round_id", "round.id"),
    )


def _cases() -> None:
    _table(
        "draw",
        _key(),
        _must("round_id", sa.Integer()),
        _must("number", sa.Integer()),
        _may("reason"),
        _must("seed"),
        _must("drawn_at", MOMENT),
        _must("digest"),
        _must("certificate", DOCUMENT),
        _primary("draw", "id"),
        _foreign("draw", "round_id", "round.id"),
        sa.UniqueConstraint("round_id", "number", name="uq_draw_round_id_number"),
    )
    _table(
        "drawn_case",
        _key(),
        _must("round_id", sa.Integer()),
        _must("draw_id", sa.Integer()),
        _may("number", sa.Integer()),
        _must("case_id"),
        _must("centre"),
        _must("stratum"),
        _must("role"),
        _must("rank", sa.Integer()),
        _must("ticket"),
        _must("status"),
        _may("decision_date", DAY),
        _may("case_type"),
        _may("outcome"),
        _must("facts", DOCUMENT),
        _may("link"),
        _may("caseworker_hash"),
        _primary("drawn_case", "id"),
        _foreign("drawn_case", "round_id", "round.id"),
        _foreign("drawn_case", "draw_id", "draw.id"),
        _foreign("drawn_case", "centre", "centre.name", onupdate="CASCADE"),
        sa.UniqueConstraint("draw_id", "case_id", name="uq_drawn_case_draw_id_case_id"),
        sa.UniqueConstraint("round_id", "number", name="uq_drawn_case_round_id_number"),
    )
    op.create_index("ix_drawn_case_round_id_centre", "drawn_case", ["round_id", "centre"])


def _reviews() -> None:
    _table(
        "review",
        _key(),
        _must("round_id", sa.Integer()),
        _must("case_id", sa.Integer()),
        _must("checklist_id"),
        _may("reviewer_id", sa.Integer()),
        _may("finished_at", MOMENT),
        _primary("review", "id"),
        _foreign("review", "round_id", "round.id"),
        _foreign("review", "case_id", "drawn_case.id"),
        _foreign("review", "reviewer_id", "person.id"),
        sa.UniqueConstraint("case_id", "checklist_id", name="uq_review_case_id_checklist_id"),
        sa.ForeignKeyConstraint(
            ["round_id", "checklist_id"],
            ["pinned_checklist.round_id", "pinned_checklist.checklist_id"],
            name="fk_review_round_id_checklist_id",
        ),
    )
    op.create_index("ix_review_round_id_reviewer_id", "review", ["round_id", "reviewer_id"])
    _table(
        "answer",
        _must("review_id", sa.Integer()),
        _must("item_id"),
        _must("value"),
        _must("note"),
        _must("journal_reference"),
        _must("in_doubt", FLAG),
        _must("answered_at", MOMENT),
        _may("answered_by", sa.Integer()),
        _primary("answer", "review_id", "item_id"),
        _foreign("answer", "review_id", "review.id", ondelete="CASCADE"),
        _foreign("answer", "answered_by", "person.id"),
    )


def _trail() -> None:
    _table(
        "trail_entry",
        _key(),
        _must("at", MOMENT),
        _may("actor_id", sa.Integer()),
        _must("action"),
        _may("round_id", sa.Integer()),
        _must("about", DOCUMENT),
        _primary("trail_entry", "id"),
        _foreign("trail_entry", "actor_id", "person.id"),
        _foreign("trail_entry", "round_id", "round.id"),
    )
    op.create_index("ix_trail_entry_round_id", "trail_entry", ["round_id"])
    for statement in ON_SQLITE if op.get_bind().dialect.name == "sqlite" else ON_POSTGRESQL:
        op.execute(statement)
