"""All of a measurement: people, rounds, draws, cases, reviews, answers and the trail. Makes every table."""

import sqlalchemy as sa
from alembic import op

from lirk.storage.migrations.parts import DAY, DOCUMENT, FLAG, MOMENT, foreign, key, may, must, primary, table

revision = "0001"
down_revision = None


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


def _people() -> None:
    table("centre", must("name"), primary("centre", "name"))
    table(
        "person",
        key(),
        must("username"),
        must("name"),
        may("caseworker_hash"),
        must("active", FLAG),
        primary("person", "id"),
        sa.UniqueConstraint("username", name="uq_person_username"),
    )
    table(
        "person_role",
        must("person_id", sa.Integer()),
        must("role"),
        primary("person_role", "person_id", "role"),
        foreign("person_role", "person_id", "person.id", ondelete="CASCADE"),
    )
    table(
        "person_centre",
        must("person_id", sa.Integer()),
        must("centre"),
        primary("person_centre", "person_id", "centre"),
        foreign("person_centre", "person_id", "person.id", ondelete="CASCADE"),
        foreign("person_centre", "centre", "centre.name", onupdate="CASCADE"),
    )


def _rounds() -> None:
    table(
        "round",
        key(),
        must("key"),
        must("title"),
        must("state"),
        must("created_at", MOMENT),
        may("first_day", DAY),
        may("last_day", DAY),
        may("closed_at", MOMENT),
        must("made_up"),
        primary("round", "id"),
        sa.UniqueConstraint("key", name="uq_round_key"),
    )
    table(
        "frame",
        must("round_id", sa.Integer()),
        must("source"),
        must("rows", sa.Integer()),
        must("strata", DOCUMENT),
        must("fingerprint"),
        must("committed_at", MOMENT),
        must("freeze", DOCUMENT),
        primary("frame", "round_id"),
        foreign("frame", "round_id", "round.id"),
    )
    op.create_index("ix_frame_fingerprint", "frame", ["fingerprint"])
    table(
        "pinned_checklist",
        must("round_id", sa.Integer()),
        must("checklist_id"),
        must("version", sa.Integer()),
        must("text"),
        must("position", sa.Integer()),
        primary("pinned_checklist", "round_id", "checklist_id"),
        foreign("pinned_checklist", "round_id", "round.id"),
    )


def _cases() -> None:
    table(
        "draw",
        key(),
        must("round_id", sa.Integer()),
        must("number", sa.Integer()),
        may("reason"),
        must("seed"),
        must("drawn_at", MOMENT),
        must("digest"),
        must("certificate", DOCUMENT),
        primary("draw", "id"),
        foreign("draw", "round_id", "round.id"),
        sa.UniqueConstraint("round_id", "number", name="uq_draw_round_id_number"),
    )
    table(
        "drawn_case",
        key(),
        must("round_id", sa.Integer()),
        must("draw_id", sa.Integer()),
        may("number", sa.Integer()),
        must("case_id"),
        must("centre"),
        must("stratum"),
        must("role"),
        must("rank", sa.Integer()),
        must("ticket"),
        must("status"),
        may("decision_date", DAY),
        may("case_type"),
        may("outcome"),
        must("facts", DOCUMENT),
        may("link"),
        may("caseworker_hash"),
        primary("drawn_case", "id"),
        foreign("drawn_case", "round_id", "round.id"),
        foreign("drawn_case", "draw_id", "draw.id"),
        foreign("drawn_case", "centre", "centre.name", onupdate="CASCADE"),
        sa.UniqueConstraint("draw_id", "case_id", name="uq_drawn_case_draw_id_case_id"),
        sa.UniqueConstraint("round_id", "number", name="uq_drawn_case_round_id_number"),
    )
    op.create_index("ix_drawn_case_round_id_centre", "drawn_case", ["round_id", "centre"])


def _reviews() -> None:
    table(
        "review",
        key(),
        must("round_id", sa.Integer()),
        must("case_id", sa.Integer()),
        must("checklist_id"),
        may("reviewer_id", sa.Integer()),
        may("finished_at", MOMENT),
        primary("review", "id"),
        foreign("review", "round_id", "round.id"),
        foreign("review", "case_id", "drawn_case.id"),
        foreign("review", "reviewer_id", "person.id"),
        sa.UniqueConstraint("case_id", "checklist_id", name="uq_review_case_id_checklist_id"),
        sa.ForeignKeyConstraint(
            ["round_id", "checklist_id"],
            ["pinned_checklist.round_id", "pinned_checklist.checklist_id"],
            name="fk_review_round_id_checklist_id",
        ),
    )
    op.create_index("ix_review_round_id_reviewer_id", "review", ["round_id", "reviewer_id"])
    table(
        "answer",
        must("review_id", sa.Integer()),
        must("item_id"),
        must("value"),
        must("note"),
        must("journal_reference"),
        must("in_doubt", FLAG),
        must("answered_at", MOMENT),
        may("answered_by", sa.Integer()),
        primary("answer", "review_id", "item_id"),
        foreign("answer", "review_id", "review.id", ondelete="CASCADE"),
        foreign("answer", "answered_by", "person.id"),
    )


def _trail() -> None:
    table(
        "trail_entry",
        key(),
        must("at", MOMENT),
        may("actor_id", sa.Integer()),
        must("action"),
        may("round_id", sa.Integer()),
        must("about", DOCUMENT),
        primary("trail_entry", "id"),
        foreign("trail_entry", "actor_id", "person.id"),
        foreign("trail_entry", "round_id", "round.id"),
    )
    op.create_index("ix_trail_entry_round_id", "trail_entry", ["round_id"])
    for statement in ON_SQLITE if op.get_bind().dialect.name == "sqlite" else ON_POSTGRESQL:
        op.execute(statement)
