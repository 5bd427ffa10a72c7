"""All, any and not as they stand in a checklist file."""

from collections.abc import Callable, Mapping
from typing import TypeVar

from checklists.logic import AllOf, AnyOf, Negated, Single, Tree
from checklists.reading.table import Table

Leaf = TypeVar("Leaf")

#: Deeper conditions nobody can read.
DEEPEST = 20


def read_tree(table: Table, leaf: Callable[[Table], Leaf | None], depth: int = 0) -> Tree[Leaf] | None:
    """Return a condition or rule from its table; faulty parts are noted and left out.

    ``leaf`` reads a table that holds none of ``all``, ``any`` and ``not``.
    """
    joining = next((word for word in ("all", "any", "not") if word in table.raw), None)
    if joining is None:
        found = leaf(table)
        table.close()
        return None if found is None else Single(found)
    if depth >= DEEPEST:
        table.problem("checklist-too-deep", None, deepest=DEEPEST)
        return None
    parts = [
        tree
        for raw in _parts(table, joining)
        if (tree := read_tree(table.part(raw, joining), leaf, depth + 1)) is not None
    ]
    table.close()
    if not parts:
        return None
    if joining == "not":
        return Negated(parts[0])
    return AllOf(tuple(parts)) if joining == "all" else AnyOf(tuple(parts))


def _parts(table: Table, joining: str) -> list[Mapping[str, object]]:
    if joining == "not":
        part = table.table("not")
        return [] if part is None else [part]
    if table.raw[joining] == []:
        table.problem("checklist-empty-list", joining)
    return table.tables(joining)
