"""A leader who has read a draft and has nothing to add can say so."""

from alembic import op

from lirk.storage.migrations.parts import MOMENT, may

revision = "0007"
down_revision = "0006"


def upgrade() -> None:
    """Keep when it was said."""
    op.add_column("report_stage", may("no_remarks_at", MOMENT))
