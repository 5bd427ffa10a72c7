"""Conditions and verdict rules, changed node by node, each found by its path.

A path is a row of numbers from 0: of the part inside ``all`` and ``any``, 0 for what ``not`` negates; ``()`` is
the whole. Each function returns the changed tree and raises `PathUnknown` where the tree has no such node.
"""

from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import Literal, TypeAlias, TypeVar

from checklists.logic import AllOf, AnyOf, Negated, Single, Tree

Leaf = TypeVar("Leaf")
Path: TypeAlias = tuple[int, ...]


class PathUnknown(LookupError):
    """The condition or rule has no node at this path."""


def node_at(tree: Tree[Leaf], path: Path) -> Tree[Leaf]:
    """Return the node at a path."""
    for step in path:
        inside = _inside(tree)
        if not 0 <= step < len(inside):
            raise PathUnknown(path)
        tree = inside[step]
    return tree


def replaced(tree: Tree[Leaf], path: Path, node: Tree[Leaf]) -> Tree[Leaf]:
    """Return the tree with another node at a path."""
    return _with(tree, path, lambda _: node)


def added(tree: Tree[Leaf], path: Path, node: Tree[Leaf]) -> Tree[Leaf]:
    """Return the tree with one more node in the group at a path; what is no group becomes ``all`` of both."""

    def grown(old: Tree[Leaf]) -> Tree[Leaf]:
        if isinstance(old, AllOf | AnyOf):
            return replace(old, parts=(*old.parts, node))
        return AllOf((old, node))

    return _with(tree, path, grown)


def removed(tree: Tree[Leaf], path: Path) -> Tree[Leaf] | None:
    """Return the tree without the node at a path; None where nothing is left.

    A group left with one part becomes that part. ``not`` goes with what it negates.
    """
    node_at(tree, path)
    if not path:
        return None
    above, step = path[:-1], path[-1]
    group = node_at(tree, above)
    rest = [part for place, part in enumerate(_inside(group)) if place != step]
    if not rest:
        return removed(tree, above)
    if len(rest) == 1:
        return replaced(tree, above, rest[0])
    return replaced(tree, above, AllOf(tuple(rest)) if isinstance(group, AllOf) else AnyOf(tuple(rest)))


def negated(tree: Tree[Leaf], path: Path) -> Tree[Leaf]:
    """Return the tree with the node at a path negated; what is negated already, plain again."""
    return _with(tree, path, lambda node: node.part if isinstance(node, Negated) else Negated(node))


def joined(tree: Tree[Leaf], path: Path, word: Literal["all", "any"]) -> Tree[Leaf]:
    """Return the tree with the group at a path joined by ``all`` or ``any``; what is no group stays."""

    def rejoined(node: Tree[Leaf]) -> Tree[Leaf]:
        if not isinstance(node, AllOf | AnyOf):
            return node
        return AllOf(node.parts) if word == "all" else AnyOf(node.parts)

    return _with(tree, path, rejoined)


def _inside(tree: Tree[Leaf]) -> Sequence[Tree[Leaf]]:
    match tree:
        case AllOf() | AnyOf():
            return tree.parts
        case Negated():
            return (tree.part,)
        case Single():
            return ()


def _with(tree: Tree[Leaf], path: Path, change: Callable[[Tree[Leaf]], Tree[Leaf]]) -> Tree[Leaf]:
    if not path:
        return change(tree)
    inside = [*_inside(tree)]
    step, rest = path[0], path[1:]
    if not 0 <= step < len(inside):
        raise PathUnknown(path)
    inside[step] = _with(inside[step], rest, change)
    match tree:
        case AllOf():
            return AllOf(tuple(inside))
        case AnyOf():
            return AnyOf(tuple(inside))
        case _:
            return Negated(inside[0])
