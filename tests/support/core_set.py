"""The letters' checklist with a core set of one item out of two, published beside those that ship."""

from datetime import datetime

from small_round import CHECKLIST

from lirk.storage.store import Store

CORE = CHECKLIST.replace('rule = "guarantee"', 'rule = "guarantee"\ncore = false')
NAME = "breve/1"


def publish(store: Store, now: datetime) -> None:
    """Publish it, so that rounds can be planned with it."""
    someone = store.people.all()[0].id
    kept = store.checklist_versions
    kept.add(checklist_id="breve", version=1, text=CORE, imported_at=now, imported_by=someone)
    kept.publish("breve", 1, at=now, by=someone, in_force_from=now.date())
    store.trail.add("checklist-published", actor_id=someone, at=now)
