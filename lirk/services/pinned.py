"""The checklists of a round as they are asked: the pinned texts, read, with the set of items that was chosen."""

from functools import lru_cache

from checklists.model import Checklist
from lirk.domain.item_sets import Asked, asked
from lirk.domain.rounds import ChecklistVersion, Round
from lirk.services.checklists import parse
from lirk.storage.store import Store


@lru_cache(maxsize=128)
def asked_of(pinned: ChecklistVersion) -> Asked:
    """Return a pinned checklist as its round asks it: all readers of a pinned text go this way."""
    return asked(parse(pinned.text), pinned.items)


def asked_in(store: Store, round_: Round) -> tuple[Asked, ...]:
    """Return the checklists of a round in its order, as they are asked."""
    return tuple(asked_of(one) for one in store.rounds.checklists(round_.id))


def checklists_of(store: Store, round_: Round) -> dict[str, Checklist]:
    """Return the checklists of a round by their ids, in its order, as they are asked."""
    return {one.checklist.id: one.checklist for one in asked_in(store, round_)}
