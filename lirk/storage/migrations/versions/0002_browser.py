"""What the pages need: sign-in, checklists by version, planned rounds, obstacles, the coordinator's texts."""

import sqlalchemy as sa
from alembic import op

from lirk.storage.migrations.parts import DOCUMENT, FLAG, MOMENT, foreign, may, must, primary, table

revision = "0002"
down_revision = "0001"


def upgrade() -> None:
    """Add columns to centre, person and answer, and make the new tables."""
    op.add_column("centre", sa.Column("active", FLAG, nullable=False, server_default="1"))
    op.add_column("person", may("password_hash"))
    op.add_column("person", sa.Column("preferences", DOCUMENT, nullable=False, server_default="{}"))
    op.add_column("answer", sa.Column("version", sa.Integer(), nullable=False, server_default="1"))
    op.add_column("answer", may("idempotency_key"))
    _sign_in()
    _checklists()
    _planning()
    _obstacles()
    _finding_texts()


def _sign_in() -> None:
    table(
        "session",
        must("id_hash"),
        must("person_id", sa.Integer()),
        must("started_at", MOMENT),
        must("seen_at", MOMENT),
        primary("session", "id_hash"),
        foreign("session", "person_id", "person.id", ondelete="CASCADE"),
    )
    op.create_index("ix_session_person_id", "session", ["person_id"])
    table(
        "failed_sign_in",
        must("key_hash"),
        must("failures", sa.Integer()),
        must("last_at", MOMENT),
        primary("failed_sign_in", "key_hash"),
    )
    table(
        "password_link",
        must("token_hash"),
        must("person_id", sa.Integer()),
        must("made_at", MOMENT),
        may("used_at", MOMENT),
        primary("password_link", "token_hash"),
        foreign("password_link", "person_id", "person.id", ondelete="CASCADE"),
    )
    op.create_index("ix_password_link_person_id", "password_link", ["person_id"])


def _checklists() -> None:
    table(
        "checklist_version",
        must("checklist_id"),
        must("version", sa.Integer()),
        must("text"),
        must("imported_at", MOMENT),
        may("imported_by", sa.Integer()),
        may("published_at", MOMENT),
        may("published_by", sa.Integer()),
        primary("checklist_version", "checklist_id", "version"),
        foreign("checklist_version", "imported_by", "person.id"),
        foreign("checklist_version", "published_by", "person.id"),
    )


def _planning() -> None:
    table(
        "saved_mapping",
        must("name"),
        must("mapping", DOCUMENT),
        must("saved_at", MOMENT),
        may("saved_by", sa.Integer()),
        primary("saved_mapping", "name"),
        foreign("saved_mapping", "saved_by", "person.id"),
    )
    table(
        "planned_round",
        sa.Column("id", sa.Integer(), sa.Identity(), nullable=False),
        must("key"),
        must("title"),
        must("settings", DOCUMENT),
        must("version", sa.Integer()),
        may("round_id", sa.Integer()),
        must("made_at", MOMENT),
        may("made_by", sa.Integer()),
        primary("planned_round", "id"),
        foreign("planned_round", "round_id", "round.id"),
        foreign("planned_round", "made_by", "person.id"),
        sa.UniqueConstraint("key", name="uq_planned_round_key"),
        sa.UniqueConstraint("round_id", name="uq_planned_round_round_id"),
    )
    table(
        "kept_register",
        must("planned_id", sa.Integer()),
        must("about", DOCUMENT),
        must("content", sa.LargeBinary()),
        primary("kept_register", "planned_id"),
        foreign("kept_register", "planned_id", "planned_round.id", ondelete="CASCADE"),
    )


def _obstacles() -> None:
    table(
        "obstacle",
        must("case_id", sa.Integer()),
        must("reason"),
        must("note"),
        must("reported_at", MOMENT),
        may("reported_by", sa.Integer()),
        may("settled_at", MOMENT),
        may("settled_by", sa.Integer()),
        may("settlement"),
        primary("obstacle", "case_id"),
        foreign("obstacle", "case_id", "drawn_case.id"),
        foreign("obstacle", "reported_by", "person.id"),
        foreign("obstacle", "settled_by", "person.id"),
    )


def _finding_texts() -> None:
    table(
        "finding_text",
        must("round_id", sa.Integer()),
        must("centre"),
        must("checklist_id"),
        must("item_id"),
        must("seen"),
        must("recommendation"),
        must("examples"),
        must("version", sa.Integer()),
        must("written_at", MOMENT),
        may("written_by", sa.Integer()),
        primary("finding_text", "round_id", "centre", "checklist_id", "item_id"),
        foreign("finding_text", "round_id", "round.id"),
        foreign("finding_text", "centre", "centre.name", onupdate="CASCADE"),
        foreign("finding_text", "written_by", "person.id"),
    )
