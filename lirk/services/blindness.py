"""Two who read the same case do not see each other's reading before both are finished.

It holds for everybody who is one of the two, also for a coordinator: whatever shows a review, or anything that
was written in it, asks here first.
"""

from collections.abc import Callable

from lirk.domain.people import Person
from lirk.domain.trail import TrailEntry
from lirk.storage.store import Store


def may_see_reading(store: Store, actor: Person, review_id: int) -> bool:
    """Return whether a person may learn what is in a review, as far as two readings of its case go.

    False for one of two readers of a case about the other's review, until both are finished; whether the
    person's role lets them see it at all is asked elsewhere.
    """
    twice = store.reconciliations.of_review(review_id)
    other = twice.blinds(actor.id) if twice else None
    return other is None or other.review_id != review_id


def hidden_reviews(store: Store, actor: Person, round_id: int) -> frozenset[int]:
    """Return the ids of the reviews of a round that `may_see_reading` keeps from a person, in one statement."""
    found = (one.blinds(actor.id) for one in store.reconciliations.read_twice(round_id))
    return frozenset(other.review_id for other in found if other)


def is_other_readers(store: Store, actor: Person, review_id: int) -> bool:
    """Return whether a review is that of the one who reads the same case as this person.

    Its pages stay closed to the person also afterwards: two readings are held against each other in their
    reconciliation, and nowhere else.
    """
    twice = store.reconciliations.of_review(review_id)
    other = twice.other_of(actor.id) if twice else None
    return other is not None and other.review_id == review_id


def hidden_entries(store: Store, actor: Person, round_id: int) -> Callable[[TrailEntry], bool]:
    """Return what tells of an entry of a round's log whether it is kept from a person.

    Kept are the entries about single items of a case that the person reads beside somebody else, until both
    are finished; but for those about what the person did.
    """
    kept = {
        (one.number, one.checklist_id)
        for one in store.reconciliations.read_twice(round_id)
        if one.blinds(actor.id)
    }

    def is_hidden(entry: TrailEntry) -> bool:
        about = entry.about
        if "item" not in about or entry.actor_id == actor.id:
            return False
        return (about.get("number"), about.get("checklist")) in kept

    return is_hidden
