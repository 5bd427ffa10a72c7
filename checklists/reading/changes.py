"""The changes of an item or a fact from version to version, as they stand in a checklist file."""

from itertools import pairwise

from checklists.model import KINDS_OF_CHANGE, PartChange
from checklists.reading.table import Table


def read_changes(table: Table) -> tuple[PartChange, ...]:
    """Return the table's changes, oldest first."""
    changes = tuple(_change(table.part(raw, "changes")) for raw in table.tables("changes"))
    if any(later.version <= earlier.version for earlier, later in pairwise(changes)):
        table.problem("checklist-change-order", "changes")
    newest = max((change.version for change in changes), default=0)
    if newest > table.source.version:
        table.problem("checklist-change-later", "changes", value=newest, version=table.source.version)
    return changes


def _change(table: Table) -> PartChange:
    change = PartChange(
        version=table.whole("version", 1, 1_000_000, required=True) or 0,
        kind=table.word("kind", KINDS_OF_CHANGE),
        reason=table.string("reason"),
    )
    table.close()
    return change
