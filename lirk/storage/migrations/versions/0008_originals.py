"""What two readers answered before they saw each other's answers stays, and a calibration's letters cannot be told."""

import secrets

import sqlalchemy as sa
from alembic import op

from lirk.storage.migrations.parts import FLAG, MOMENT, foreign, may, must, primary, table

revision = "0008"
down_revision = "0007"


ON_SQLITE = (
    """
    CREATE TRIGGER original_answer_is_not_updated BEFORE UPDATE ON original_answer
    BEGIN SELECT RAISE(ABORT, 'an original answer never changes'); END
    """,
    """
    CREATE TRIGGER original_answer_is_not_deleted BEFORE DELETE ON original_answer
    WHEN EXISTS (
        SELECT 1 FROM review JOIN answer ON answer.review_id = review.id WHERE review.id = OLD.review_id
    )
    BEGIN SELECT RAISE(ABORT, 'an original answer never changes'); END
    """,
    # INSERT OR REPLACE deletes without asking the trigger above, unless recursive_triggers is on.
    """
    CREATE TRIGGER original_answer_is_not_replaced BEFORE INSERT ON original_answer
    WHEN EXISTS (
        SELECT 1 FROM original_answer WHERE review_id = NEW.review_id AND item_id = NEW.item_id
    )
    BEGIN SELECT RAISE(ABORT, 'an original answer never changes'); END
    """,
)
ON_POSTGRESQL = (
    """
    CREATE FUNCTION refuse_change_of_original() RETURNS trigger LANGUAGE plpgsql AS $$
    BEGIN
        IF TG_OP = 'UPDATE' OR EXISTS (
            SELECT 1 FROM lirk.review JOIN lirk.answer ON answer.review_id = review.id
            WHERE review.id = OLD.review_id
        ) THEN
            RAISE EXCEPTION 'an original answer never changes' USING ERRCODE = 'restrict_violation';
        END IF;
        RETURN OLD;
    END
    $$
    """,
    """
    CREATE TRIGGER original_answer_is_kept BEFORE UPDATE OR DELETE ON original_answer
    FOR EACH ROW EXECUTE FUNCTION refuse_change_of_original()
    """,
    """
    CREATE FUNCTION refuse_truncate_of_originals() RETURNS trigger LANGUAGE plpgsql AS $$
    BEGIN
        IF EXISTS (SELECT 1 FROM lirk.original_answer) THEN
            RAISE EXCEPTION 'an original answer never changes' USING ERRCODE = 'restrict_violation';
        END IF;
        RETURN NULL;
    END
    $$
    """,
    """
    CREATE TRIGGER original_answer_is_not_truncated BEFORE TRUNCATE ON original_answer
    FOR EACH STATEMENT EXECUTE FUNCTION refuse_truncate_of_originals()
    """,
)


def upgrade() -> None:
    """Make the table with its triggers, and give every calibration a secret of its own."""
    name = "original_answer"
    table(
        name,
        must("review_id", sa.Integer()),
        must("item_id"),
        must("value"),
        must("note"),
        must("journal_reference"),
        must("in_doubt", FLAG),
        must("answered_at", MOMENT),
        may("answered_by", sa.Integer()),
        primary(name, "review_id", "item_id"),
        foreign(name, "review_id", "review.id", ondelete="CASCADE"),
        foreign(name, "answered_by", "person.id"),
    )
    for statement in ON_SQLITE if op.get_bind().dialect.name == "sqlite" else ON_POSTGRESQL:
        op.execute(statement)
    op.add_column("calibration", may("salt"))
    _salts()


def _salts() -> None:
    calibration = sa.table("calibration", sa.column("round_id"), sa.column("salt"))
    for round_id in op.get_bind().scalars(sa.select(calibration.c.round_id)).all():
        salted = calibration.update().where(calibration.c.round_id == round_id)
        op.execute(salted.values(salt=secrets.token_hex(32)))
