"""The certificates of a round."""

from collections.abc import Mapping
from typing import Any

from lirk.domain.people import Person
from lirk.errors import NotFound
from lirk.services import rounds
from lirk.storage.store import Store


def certificate_of(store: Store, actor: Person, key: str, number: int) -> tuple[Mapping[str, Any], str]:
    """Return the certificate of one draw of a round, and what of the round is made up.

    Raises
    ------
    NotFound
        If there is no such round, or no such draw in it.
    """
    found = rounds.documents(store, actor, key).get(f"certificate-{number}.json")
    if found is None:
        raise NotFound
    return found, store.rounds.by_key(key).made_up
