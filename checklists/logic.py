"""All, any and not over leaves of one kind: shared by applies-when conditions and verdict rules."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Generic, TypeAlias, TypeVar

Leaf = TypeVar("Leaf")


@dataclass(frozen=True, slots=True)
class Single(Generic[Leaf]):
    """Holds where its leaf does."""

    leaf: Leaf


@dataclass(frozen=True, slots=True)
class AllOf(Generic[Leaf]):
    """Holds where every part holds."""

    parts: "tuple[Tree[Leaf], ...]"


@dataclass(frozen=True, slots=True)
class AnyOf(Generic[Leaf]):
    """Holds where at least one part holds."""

    parts: "tuple[Tree[Leaf], ...]"


@dataclass(frozen=True, slots=True)
class Negated(Generic[Leaf]):
    """Holds where its part does not."""

    part: "Tree[Leaf]"


Tree: TypeAlias = Single[Leaf] | AllOf[Leaf] | AnyOf[Leaf] | Negated[Leaf]


def holds(tree: Tree[Leaf], leaf_holds: Callable[[Leaf], bool]) -> bool:
    """Return whether ``tree`` holds, asking ``leaf_holds`` at each leaf."""
    match tree:
        case AllOf():
            return all(holds(part, leaf_holds) for part in tree.parts)
        case AnyOf():
            return any(holds(part, leaf_holds) for part in tree.parts)
        case Negated():
            return not holds(tree.part, leaf_holds)
        case Single():
            return leaf_holds(tree.leaf)


def leaves(tree: Tree[Leaf]) -> Iterator[Leaf]:
    """Yield the leaves of ``tree`` from left to right."""
    match tree:
        case AllOf() | AnyOf():
            for part in tree.parts:
                yield from leaves(part)
        case Negated():
            yield from leaves(tree.part)
        case Single():
            yield tree.leaf
