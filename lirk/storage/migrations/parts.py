"""What the migrations make tables of; never changed, or what was made before would be made otherwise now."""

from typing import Any

import sqlalchemy as sa
from alembic import op

TEXT = sa.Text().with_variant(sa.Text(collation="C"), "postgresql")
FLAG = sa.Boolean().with_variant(sa.Integer(), "sqlite")
DAY = sa.Date().with_variant(sa.Text(), "sqlite")
MOMENT = sa.Text()
DOCUMENT = sa.Text()


def table(name: str, *parts: sa.schema.SchemaItem) -> None:
    """Make a table; an id that was given is never given again on SQLite, too."""
    has_id = any(isinstance(part, sa.Column) and part.name == "id" for part in parts)
    op.create_table(name, *parts, sqlite_strict=True, sqlite_autoincrement=has_id)


def key() -> sa.Column[int]:
    """Return the column of ids that a table gives itself."""
    return sa.Column("id", sa.Integer(), sa.Identity(), nullable=False)


def must(name: str, type_: sa.types.TypeEngine[Any] = TEXT) -> sa.Column[Any]:
    """Return a column that always holds something."""
    return sa.Column(name, type_, nullable=False)


def may(name: str, type_: sa.types.TypeEngine[Any] = TEXT) -> sa.Column[Any]:
    """Return a column that may be empty."""
    return sa.Column(name, type_, nullable=True)


def primary(of: str, *columns: str) -> sa.PrimaryKeyConstraint:
    """Return the primary key of a table."""
    return sa.PrimaryKeyConstraint(*columns, name=f"pk_{of}")


def foreign(
    of: str, column: str, target: str, ondelete: str | None = None, onupdate: str | None = None
) -> sa.ForeignKeyConstraint:
    """Return a reference of a table's column to a column of another."""
    name = f"fk_{of}_{column}"
    return sa.ForeignKeyConstraint([column], [target], name=name, ondelete=ondelete, onupdate=onupdate)
