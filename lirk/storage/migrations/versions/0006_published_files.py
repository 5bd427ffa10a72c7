"""The database itself keeps what is published of a report: no file is changed, taken away or put in another's place."""

from alembic import op

revision = "0006"
down_revision = "0005"


ON_SQLITE = (
    """
    CREATE TRIGGER published_file_is_not_updated BEFORE UPDATE ON published_file
    BEGIN SELECT RAISE(ABORT, 'a published report never changes'); END
    """,
    """
    CREATE TRIGGER published_file_is_not_deleted BEFORE DELETE ON published_file
    BEGIN SELECT RAISE(ABORT, 'a published report never changes'); END
    """,
    # INSERT OR REPLACE deletes without asking the trigger above, unless recursive_triggers is on.
    """
    CREATE TRIGGER published_file_is_not_replaced BEFORE INSERT ON published_file
    WHEN EXISTS (
        SELECT 1 FROM published_file
        WHERE round_id = NEW.round_id AND centre = NEW.centre AND version = NEW.version AND name = NEW.name
    )
    BEGIN SELECT RAISE(ABORT, 'a published report never changes'); END
    """,
)
ON_POSTGRESQL = (
    """
    CREATE FUNCTION refuse_change_of_report() RETURNS trigger LANGUAGE plpgsql AS $$
    BEGIN
        RAISE EXCEPTION 'a published report never changes' USING ERRCODE = 'restrict_violation';
    END
    $$
    """,
    """
    CREATE TRIGGER published_file_is_frozen BEFORE UPDATE OR DELETE ON published_file
    FOR EACH ROW EXECUTE FUNCTION refuse_change_of_report()
    """,
    """
    CREATE FUNCTION refuse_truncate_of_reports() RETURNS trigger LANGUAGE plpgsql AS $$
    BEGIN
        IF EXISTS (SELECT 1 FROM lirk.published_file) THEN
            RAISE EXCEPTION 'a published report never changes' USING ERRCODE = 'restrict_violation';
        END IF;
        RETURN NULL;
    END
    $$
    """,
    """
    CREATE TRIGGER published_file_is_not_truncated BEFORE TRUNCATE ON published_file
    FOR EACH STATEMENT EXECUTE FUNCTION refuse_truncate_of_reports()
    """,
)


def upgrade() -> None:
    """Make the triggers; they are the same for what was published before."""
    for statement in ON_SQLITE if op.get_bind().dialect.name == "sqlite" else ON_POSTGRESQL:
        op.execute(statement)
