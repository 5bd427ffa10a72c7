"""Changing people: what they are called, what they may do, and whether they may act at all."""

from collections.abc import Iterable
from dataclasses import replace
from datetime import datetime

from lirk.domain.access import Action, require
from lirk.domain.people import Person, Role
from lirk.errors import RuleBroken
from lirk.services.people import administrators, caseworker_hash, check_administrator, check_fields
from lirk.storage.store import Store


class AdministratorStays(RuleBroken):
    """Nobody takes administration from themselves or from the last who has it."""

    code = "administrator-stays"


class OneselfStays(RuleBroken):
    """Nobody disables themselves."""

    code = "oneself-stays"


def change_person(
    store: Store,
    actor: Person,
    person_id: int,
    *,
    name: str | None = None,
    roles: Iterable[Role] | None = None,
    centres: Iterable[str] | None = None,
    caseworker_code: str | None = None,
    secret_key: str | None = None,
    now: datetime,
) -> Person:
    """Change what a person is called and may do; what is None stays as it is.

    The username is lasting. An empty caseworker code is forgotten. Another right ends the person's sessions.

    Raises
    ------
    NotFound, AdministratorOnly, AdministratorStays, NameMissing, NameTooLong, NameLooksLikeCpr, RoleMissing,
    CentreNeeded, SecretKeyMissing
        See each.
    """
    require(actor, Action.MANAGE_PEOPLE)
    before = store.people.by_id(person_id)
    after = replace(
        before,
        name=before.name if name is None else name.strip(),
        roles=before.roles if roles is None else frozenset(roles),
        centres=before.centres if centres is None else frozenset(centres),
        caseworker_hash=_hash_after(before, caseworker_code, secret_key),
    )
    check_administrator(store, actor, before.roles | after.roles)
    if Role.ADMINISTRATOR in before.roles - after.roles:
        _check_not_needed(store, actor, before)
    check_fields(before.username, after.name, after.roles, after.centres)
    if after == before:
        return before
    _keep(store, actor, before, after, now=now)
    return after


def set_person_active(store: Store, actor: Person, person_id: int, *, active: bool, now: datetime) -> Person:
    """Disable a person, who is signed out and whose links die at once, or enable one again.

    Raises
    ------
    NotFound, AdministratorOnly, AdministratorStays, OneselfStays
        See each.
    """
    require(actor, Action.MANAGE_PEOPLE)
    before = store.people.by_id(person_id)
    check_administrator(store, actor, before.roles)
    if before.active == active:
        return before
    if not active:
        if before.id == actor.id:
            raise OneselfStays
        if Role.ADMINISTRATOR in before.roles:
            _check_not_needed(store, actor, before)
    store.people.set_active(person_id, active=active)
    store.sessions.delete_of(person_id)
    store.password_links.delete_unused(person_id)
    action = "person-enabled" if active else "person-disabled"
    store.trail.add(action, actor_id=actor.id, at=now, person=person_id)
    return replace(before, active=active)


def _check_not_needed(store: Store, actor: Person, one: Person) -> None:
    if one.id == actor.id or not administrators(store) - {one.id}:
        raise AdministratorStays


def _hash_after(before: Person, code: str | None, secret_key: str | None) -> str | None:
    if code is None:
        return before.caseworker_hash
    return caseworker_hash(code, secret_key) if code.strip() else None


def _keep(store: Store, actor: Person, before: Person, after: Person, *, now: datetime) -> None:
    store.people.change(
        after.id,
        name=after.name,
        roles=after.roles,
        centres=after.centres,
        caseworker_hash=after.caseworker_hash,
    )
    if (after.roles, after.centres) != (before.roles, before.centres):
        store.sessions.delete_of(after.id)
    store.trail.add(
        "person-changed",
        actor_id=actor.id,
        at=now,
        person=after.id,
        roles=sorted(after.roles),
        centres=sorted(after.centres),
    )
