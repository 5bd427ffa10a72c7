"""All, any and not over leaves of one kind: shared by applies-when conditions and verdict rules."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import Generic, TypeAlias, TypeVar

Leaf = TypeVar("Leaf")
Known = TypeVar("Known")


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


def compiled(
    tree: Tree[Leaf], leaf_compiled: Callable[[Leaf], Callable[[Known], bool]]
) -> Callable[[Known], bool]:
    """Return ``tree`` as a function, for one that is asked very often: the tree is walked only once."""
    match tree:
        case AllOf():
            return _every([compiled(part, leaf_compiled) for part in tree.parts])
        case AnyOf():
            return _some([compiled(part, leaf_compiled) for part in tree.parts])
        case Negated():
            part_holds = compiled(tree.part, leaf_compiled)
            return lambda known: not part_holds(known)
        case Single():
            return leaf_compiled(tree.leaf)


# Plain loops: a generator for each question of each case would cost more than the questions themselves.
def _every(parts: Sequence[Callable[[Known], bool]]) -> Callable[[Known], bool]:
    def every(known: Known) -> bool:
        for part in parts:  # noqa: SIM110
            if not part(known):
                return False
        return True

    return every


def _some(parts: Sequence[Callable[[Known], bool]]) -> Callable[[Known], bool]:
    def some(known: Known) -> bool:
        for part in parts:  # noqa: SIM110
            if part(known):
                return True
        return False

    return some


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
