"""What the pages need: sign-in, checklists by version, planned rounds, obstacles, the coordinator's texts."""

from typing import Any

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"

TEXT = sa.Text().with_variant(sa.Text(collation="C"), "postgresql")
FLAG = sa.Boolean().with_variant(sa.Integer(), "sqlite")
MOMENT = sa.Text()
DOCUMENT = sa.Text()


def upgrade() -> None:
    """Add columns to centre, person and answer, and make the new tables."""
    op.add_column("centre", sa.Column("active", FLAG, nullable=False, server_default="1"))
    op.add_column("person", _may("password_hash"))
    op.add_column("person", sa.Column("preferences", DOCUMENT, nullable=False, server_default="{}"))
    op.add_column("answer", sa.Column("version", sa.Integer(), nullable=False, server_default="1"))
    op.add_column("answer", _may("idempotency_key"))
    _sign_in()
    _checklists()
    _planning()
    _obstacles()
    _finding_texts()


def _table(name: str, *parts: sa.schema.SchemaItem) -> None:
    has_id = any(isinstance(part, sa.Column) and part.name == "id" for part in parts)
    op.create_table(name, *parts, sqlite_strict=True, sqlite_autoincrement=has_id)


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


def _sign_in() -> None:
    _table(
        "session",
        _must("id_hash"),
        _must("person_id", sa.Integer()),
        _must("started_at", MOMENT),
        _must("seen_at", MOMENT),
        _primary("session", "id_hash"),
        _foreign("session", "person_id", "person.id", ondelete="CASCADE"),
    )
    op.create_index("ix_session_person_id", "session", ["person_id"])
    _table(
        "failed_sign_in",
        _must("key_hash"),
        _must("failures", sa.Integer()),
        _must("last_at", MOMENT),
        _primary("failed_sign_in", "key_hash"),
    )
    _table(
        "password_link",
        _must("token_hash"),
        _must("person_id", sa.Integer()),
        _must("made_at", MOMENT),
        _may("used_at", MOMENT),
        _primary("password_link", "token_hash"),
        _foreign("password_link", "person_id", "person.id", ondelete="CASCADE"),
    )
    op.create_index("ix_password_link_person_id", "password_link", ["person_id"])


def _checklists() -> None:
    _table(
        "checklist_version",
        _must("checklist_id"),
        _must("version", sa.Integer()),
        _must("text"),
        _must("imported_at", MOMENT),
        _may("imported_by", sa.Integer()),
        _may("published_at", MOMENT),
        _may("published_by", sa.Integer()),
        _primary("checklist_version", "checklist_id", "version"),
        _foreign("checklist_version", "imported_by", "person.id"),
        _foreign("checklist_version", "published_by", "person.id"),
    )


def _planning() -> None:
    _table(
        "saved_mapping",
        _must("name"),
        _must("mapping", DOCUMENT),
        _must("saved_at", MOMENT),
        _may("saved_by", sa.Integer()),
        _primary("saved_mapping", "name"),
        _foreign("saved_mapping", "saved_by", "person.id"),
    )
    _table(
        "planned_round",
        sa.Column("id", sa.Integer(), sa.Identity(), nullable=False),
        _must("key"),
        _must("title"),
        _must("settings", DOCUMENT),
        _must("version", sa.Integer()),
        _may("round_id", sa.Integer()),
        _must("made_at", MOMENT),
        _may("made_by", sa.Integer()),
        _primary("planned_round", "id"),
        _foreign("planned_round", "round_id", "round.id"),
        _foreign("planned_round", "made_by", "person.id"),
        sa.UniqueConstraint("key", name="uq_planned_round_key"),
        sa.UniqueConstraint("round_id", name="uq_planned_round_round_id"),
    )
    _table(
        "kept_register",
        _must("planned_id", sa.Integer()),
        _must("about", DOCUMENT),
        _must("content", sa.LargeBinary()),
        _primary("kept_register", "planned_id"),
        _foreign("kept_register", "planned_id", "planned_round.id", ondelete="CASCADE"),
    )


def _obstacles() -> None:
    _table(
        "obstacle",
        _must("case_id", sa.Integer()),
        _must("reason"),
        _must("note"),
        _must("reported_at", MOMENT),
        _may("reported_by", sa.Integer()),
        _may("settled_at", MOMENT),
        _may("settled_by", sa.Integer()),
        _may("settlement"),
        _primary("obstacle", "case_id"),
        _foreign("obstacle", "case_id", "drawn_case.id"),
        _foreign("obstacle", "reported_by", "person.id"),
        _foreign("obstacle", "settled_by", "person.id"),
    )


def _finding_texts() -> None:
    _table(
        "finding_text",
        _must("round_id", sa.Integer()),
        _must("centre"),
        _must("checklist_id"),
        _must("item_id"),
        _must("seen"),
        _must("recommendation"),
        _must("examples"),
        _must("version", sa.Integer()),
        _must("written_at", MOMENT),
        _may("written_by", sa.Integer()),
        _primary("finding_text", "round_id", "centre", "checklist_id", "item_id"),
        _foreign("finding_text", "round_id", "round.id"),
        _foreign("finding_text", "centre", "centre.name", onupdate="CASCADE"),
        _foreign("finding_text", "written_by", "person.id"),
    )
