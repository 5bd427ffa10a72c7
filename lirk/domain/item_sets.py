"""Which of a checklist's items a round asks: its core set, or all of them."""

from dataclasses import dataclass
from enum import StrEnum

from checklists.model import Checklist


class ItemSet(StrEnum):
    """A stored word: the checklist's core set, or every item of it."""

    CORE = "core"
    FULL = "full"


@dataclass(frozen=True, slots=True, kw_only=True)
class ItemsUsed:
    """How many of a checklist's items a round asks.

    ``choice`` says whether it could be otherwise: where all items are core, there is nothing to tell.
    """

    items: ItemSet = ItemSet.FULL
    used: int = 0
    of: int = 0
    choice: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """A checklist as a round asks it, with its chosen items only, and how many of all that is."""

    checklist: Checklist
    items: ItemsUsed


def has_core_set(checklist: Checklist) -> bool:
    """Return whether there is something to choose: some of the items are core, and some are not."""
    return 0 < sum(item.core for item in checklist.items) < len(checklist.items)


def item_set(checklist: Checklist, *, full: bool) -> ItemSet:
    """Return what a round asks: the core set, unless all items are wanted or there is no smaller set."""
    return ItemSet.FULL if full or not has_core_set(checklist) else ItemSet.CORE


def asked(checklist: Checklist, items: ItemSet) -> Asked:
    """Return a whole checklist as it is asked with a set of its items."""
    chosen = checklist.core_set if items is ItemSet.CORE else checklist
    used = ItemsUsed(
        items=items, used=len(chosen.items), of=len(checklist.items), choice=has_core_set(checklist)
    )
    return Asked(checklist=chosen, items=used)
