"""The archivist's workshop: steps of a draft, approval, in force from a day, retirement, checks of the law.

A published checklist is frozen by the database itself, and so is what a drawn round has pinned.
"""

from typing import Any

import sqlalchemy as sa
from alembic import op

from lirk.storage.migrations.parts import DAY, MOMENT, TEXT, foreign, key, may, must, primary, table

revision = "0003"
down_revision = "0002"


ON_SQLITE = (
    """
    CREATE TRIGGER checklist_version_is_not_updated BEFORE UPDATE ON checklist_version
    WHEN OLD.published_at IS NOT NULL
    BEGIN SELECT RAISE(ABORT, 'a published checklist never changes'); END
    """,
    """
    CREATE TRIGGER checklist_version_is_not_deleted BEFORE DELETE ON checklist_version
    WHEN OLD.published_at IS NOT NULL
    BEGIN SELECT RAISE(ABORT, 'a published checklist never changes'); END
    """,
    # INSERT OR REPLACE deletes without asking the trigger above, unless recursive_triggers is on.
    """
    CREATE TRIGGER checklist_version_is_not_replaced BEFORE INSERT ON checklist_version
    WHEN EXISTS (
        SELECT 1 FROM checklist_version
        WHERE checklist_id = NEW.checklist_id AND version = NEW.version AND published_at IS NOT NULL
    )
    BEGIN SELECT RAISE(ABORT, 'a published checklist never changes'); END
    """,
    """
    CREATE TRIGGER pinned_checklist_is_not_updated
    BEFORE UPDATE OF round_id, checklist_id, version, text, items ON pinned_checklist
    WHEN EXISTS (SELECT 1 FROM draw WHERE round_id = OLD.round_id)
    BEGIN SELECT RAISE(ABORT, 'the checklist of a drawn round never changes'); END
    """,
    """
    CREATE TRIGGER pinned_checklist_is_not_deleted BEFORE DELETE ON pinned_checklist
    WHEN EXISTS (SELECT 1 FROM draw WHERE round_id = OLD.round_id)
    BEGIN SELECT RAISE(ABORT, 'the checklist of a drawn round never changes'); END
    """,
    """
    CREATE TRIGGER pinned_checklist_is_not_replaced BEFORE INSERT ON pinned_checklist
    WHEN EXISTS (SELECT 1 FROM draw WHERE round_id = NEW.round_id)
        AND EXISTS (
            SELECT 1 FROM pinned_checklist WHERE round_id = NEW.round_id AND checklist_id = NEW.checklist_id
        )
    BEGIN SELECT RAISE(ABORT, 'the checklist of a drawn round never changes'); END
    """,
)
ON_POSTGRESQL = (
    """
    CREATE FUNCTION refuse_change_of_published() RETURNS trigger LANGUAGE plpgsql AS $$
    BEGIN
        RAISE EXCEPTION 'a published checklist never changes' USING ERRCODE = 'restrict_violation';
    END
    $$
    """,
    """
    CREATE TRIGGER checklist_version_is_frozen BEFORE UPDATE OR DELETE ON checklist_version
    FOR EACH ROW WHEN (OLD.published_at IS NOT NULL) EXECUTE FUNCTION refuse_change_of_published()
    """,
    """
    CREATE FUNCTION refuse_truncate_of_published() RETURNS trigger LANGUAGE plpgsql AS $$
    BEGIN
        IF EXISTS (SELECT 1 FROM lirk.checklist_version WHERE published_at IS NOT NULL) THEN
            RAISE EXCEPTION 'a published checklist never changes' USING ERRCODE = 'restrict_violation';
        END IF;
        RETURN NULL;
    END
    $$
    """,
    """
    CREATE TRIGGER checklist_version_is_not_truncated BEFORE TRUNCATE ON checklist_version
    FOR EACH STATEMENT EXECUTE FUNCTION refuse_truncate_of_published()
    """,
    """
    CREATE FUNCTION refuse_change_of_drawn() RETURNS trigger LANGUAGE plpgsql AS $$
    BEGIN
        IF EXISTS (SELECT 1 FROM lirk.draw WHERE round_id = OLD.round_id) THEN
            RAISE EXCEPTION 'the checklist of a drawn round never changes'
                USING ERRCODE = 'restrict_violation';
        END IF;
        IF TG_OP = 'DELETE' THEN
            RETURN OLD;
        END IF;
        RETURN NEW;
    END
    $$
    """,
    """
    CREATE TRIGGER pinned_checklist_is_frozen
    BEFORE UPDATE OF round_id, checklist_id, version, text, items OR DELETE ON pinned_checklist
    FOR EACH ROW EXECUTE FUNCTION refuse_change_of_drawn()
    """,
)

BEFORE = ("checklist_id", "version", "text", "imported_at", "imported_by", "published_at", "published_by")


def upgrade() -> None:
    """Widen the versions, make the workshop's tables, and freeze what is published or drawn."""
    sqlite = op.get_bind().dialect.name == "sqlite"
    if sqlite:
        _versions_anew()
    else:
        _versions_widened()
    _force_what_is_published(sqlite=sqlite)
    _steps()
    _retirements()
    _law_checks()
    op.add_column("pinned_checklist", sa.Column("items", TEXT, nullable=False, server_default="full"))
    for statement in ON_SQLITE if sqlite else ON_POSTGRESQL:
        op.execute(statement)


def _new_columns() -> tuple[sa.Column[Any], ...]:
    return (
        may("sent_at", MOMENT),
        may("sent_by", sa.Integer()),
        may("approved_at", MOMENT),
        may("approved_by", sa.Integer()),
        may("in_force_from", DAY),
    )


def _versions_widened() -> None:
    for column in _new_columns():
        op.add_column("checklist_version", column)
    for name in ("sent_by", "approved_by"):
        op.create_foreign_key(f"fk_checklist_version_{name}", "checklist_version", "person", [name], ["id"])


def _versions_anew() -> None:
    """SQLite adds no constraint to a table that is there."""
    op.rename_table("checklist_version", "checklist_version_before")
    table(
        "checklist_version",
        must("checklist_id"),
        must("version", sa.Integer()),
        must("text"),
        must("imported_at", MOMENT),
        may("imported_by", sa.Integer()),
        may("published_at", MOMENT),
        may("published_by", sa.Integer()),
        *_new_columns(),
        primary("checklist_version", "checklist_id", "version"),
        foreign("checklist_version", "imported_by", "person.id"),
        foreign("checklist_version", "published_by", "person.id"),
        foreign("checklist_version", "sent_by", "person.id"),
        foreign("checklist_version", "approved_by", "person.id"),
    )
    before, now = (
        sa.table(name, *(sa.column(column) for column in BEFORE))
        for name in ("checklist_version_before", "checklist_version")
    )
    op.execute(sa.insert(now).from_select(list(BEFORE), sa.select(*before.c)))
    op.drop_table("checklist_version_before")


def _force_what_is_published(*, sqlite: bool) -> None:
    """Say from which day the versions are in force that were published when nobody chose one."""
    kept = sa.table("checklist_version", sa.column("published_at"), sa.column("in_force_from"))
    published_on: sa.ColumnElement[Any] = sa.func.substr(kept.c.published_at, 1, 10)
    day = published_on if sqlite else sa.cast(published_on, sa.Date())
    op.execute(sa.update(kept).where(kept.c.published_at.is_not(None)).values(in_force_from=day))


def _steps() -> None:
    table(
        "checklist_step",
        key(),
        must("checklist_id"),
        must("version", sa.Integer()),
        must("action"),
        must("subject"),
        must("part"),
        must("text"),
        must("at", MOMENT),
        may("person_id", sa.Integer()),
        primary("checklist_step", "id"),
        foreign("checklist_step", "person_id", "person.id"),
        sa.ForeignKeyConstraint(
            ["checklist_id", "version"],
            ["checklist_version.checklist_id", "checklist_version.version"],
            name="fk_checklist_step_checklist_id_version",
            ondelete="CASCADE",
        ),
    )
    op.create_index("ix_checklist_step_checklist_id_version", "checklist_step", ["checklist_id", "version"])


def _retirements() -> None:
    table(
        "checklist_retirement",
        must("checklist_id"),
        must("version", sa.Integer()),
        must("retired_at", MOMENT),
        may("retired_by", sa.Integer()),
        must("reason"),
        primary("checklist_retirement", "checklist_id", "version"),
        foreign("checklist_retirement", "retired_by", "person.id"),
    )


def _law_checks() -> None:
    table(
        "law_check",
        key(),
        must("act"),
        must("reference"),
        must("status_date", DAY),
        must("source"),
        must("note"),
        must("checked_at", MOMENT),
        may("checked_by", sa.Integer()),
        primary("law_check", "id"),
        foreign("law_check", "checked_by", "person.id"),
    )
    op.create_index("ix_law_check_act_reference", "law_check", ["act", "reference"])
