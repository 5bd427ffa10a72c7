"""What Alembic is told of the tables; importing this knows all of them."""

from collections.abc import Mapping
from typing import Any

from lirk.storage import desk_tables, report_tables, tables
from lirk.storage.column_types import metadata

#: All modules that hold tables.
MODULES = (tables, desk_tables, report_tables)


def is_ours(name: str | None, kind: str, parents: Mapping[str, object]) -> bool:
    """Return whether Alembic may look at something it found in the database: our tables and what is in them.

    A table that LIRK does not know belongs to somebody else, and no migration may propose to drop it.
    """
    return name in metadata.tables if kind == "table" else True


#: How Alembic compares and migrates; the same in the migrations' environment and in the tests.
MIGRATION_OPTIONS: Mapping[str, Any] = {"target_metadata": metadata, "include_name": is_ours}
