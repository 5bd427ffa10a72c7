"""Centres: which there are, what they are called, and which are offered for what is new."""

from datetime import datetime

from lirk.domain.access import Action, require
from lirk.domain.alphabet import danish_key
from lirk.domain.people import Centre, Person
from lirk.domain.plain_texts import check_short_texts
from lirk.errors import NotFound, RuleBroken
from lirk.storage.store import Store

#: Characters of a centre's name, at most.
LONGEST_NAME = 120


class CentreNameMissing(RuleBroken):
    """A centre has a name."""

    code = "centre-name-missing"


class CentreNameTooLong(RuleBroken):
    """A centre's name stands on covers and above tables."""

    code = "centre-name-too-long"


class CentreTaken(RuleBroken):
    """There is a centre with that name already."""

    code = "centre-taken"


class CentreMeasured(RuleBroken):
    """A round has the centre: its frozen frame holds the name, and cannot be changed."""

    code = "centre-measured"


def all_centres(store: Store, actor: Person) -> tuple[Centre, ...]:
    """Return every centre, as the Danish alphabet orders them."""
    require(actor, Action.MANAGE_PEOPLE)
    return tuple(sorted(store.centres.listing(), key=lambda one: danish_key(one.name)))


def add_centre(store: Store, actor: Person, name: str, *, now: datetime) -> Centre:
    """Add a centre.

    Raises
    ------
    CentreNameMissing, CentreNameTooLong, CentreTaken, TextsRefused
        See each.
    """
    require(actor, Action.MANAGE_PEOPLE)
    chosen = _free_name(store, name)
    store.centres.ensure([chosen])
    store.trail.add("centre-added", actor_id=actor.id, at=now, centre=chosen)
    return Centre(chosen)


def rename_centre(store: Store, actor: Person, name: str, new: str, *, now: datetime) -> str:
    """Call a centre something else, for its people too; returns the name as it is kept.

    Raises
    ------
    NotFound, CentreMeasured, CentreNameMissing, CentreNameTooLong, CentreTaken
        See each.
    """
    require(actor, Action.MANAGE_PEOPLE)
    _existing(store, name)
    if store.centres.is_measured(name):
        raise CentreMeasured(centre=name)
    chosen = _free_name(store, new)
    store.centres.rename(name, chosen)
    store.trail.add("centre-renamed", actor_id=actor.id, at=now, centre=name, new=chosen)
    return chosen


def set_centre_active(store: Store, actor: Person, name: str, *, active: bool, now: datetime) -> None:
    """Offer a centre for what is new, or no longer; nothing that it has changes.

    Raises
    ------
    NotFound
        If there is no such centre.
    """
    require(actor, Action.MANAGE_PEOPLE)
    if _existing(store, name).active == active:
        return
    store.centres.set_active(name, active=active)
    action = "centre-enabled" if active else "centre-disabled"
    store.trail.add(action, actor_id=actor.id, at=now, centre=name)


def _existing(store: Store, name: str) -> Centre:
    found = next((one for one in store.centres.listing() if one.name == name), None)
    if found is None:
        raise NotFound
    return found


def _free_name(store: Store, name: str) -> str:
    chosen = " ".join(name.split())
    if not chosen:
        raise CentreNameMissing
    if len(chosen) > LONGEST_NAME:
        raise CentreNameTooLong(longest=LONGEST_NAME)
    check_short_texts(name=chosen)
    if chosen in store.centres.all():
        raise CentreTaken(centre=chosen)
    return chosen
