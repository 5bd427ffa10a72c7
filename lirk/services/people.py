"""Adding people, and finding who acts."""

import hashlib
import hmac
import re
from collections.abc import Iterable
from datetime import datetime

from lirk.domain.access import Action, require
from lirk.domain.cpr import looks_like_cpr
from lirk.domain.people import Person, Role
from lirk.errors import NotAllowed, RuleBroken, UnusableRequest
from lirk.storage.store import Store

#: The person that the command line acts as where no other is named.
COORDINATOR = "koordinator"

#: Characters of a secret key, at least.
SECRET_KEY_LENGTH = 32

#: Marks a caseworker code that is hashed already.
_HASHED = "hmac-sha256:"

#: Characters of a person's name, at most.
LONGEST_NAME = 120

USERNAME = re.compile(r"[a-z0-9][a-z0-9._-]{0,39}")


class UsernameMalformed(RuleBroken):
    """A username is used in file names and commands, and so has few letters to choose from."""

    code = "username-malformed"


class NameMissing(RuleBroken):
    """A person has a name that others know them by."""

    code = "name-missing"


class NameTooLong(RuleBroken):
    """A person's name stands in lists and receipts."""

    code = "name-too-long"


class NameLooksLikeCpr(RuleBroken):
    """A CPR number is kept nowhere, and so nobody is called by one."""

    code = "name-looks-like-cpr"


class UsernameTaken(RuleBroken):
    """There is a person with that username already."""

    code = "username-taken"


class CentreNeeded(RuleBroken):
    """A role that holds in one's own centres only was given without a centre."""

    code = "centre-needed"


class RoleMissing(RuleBroken):
    """A person without a role could do nothing."""

    code = "role-missing"


class AdministratorOnly(NotAllowed):
    """Only an administrator may make, change or disable an administrator, or hand one a link."""

    code = "administrator-only"


class PersonDisabled(RuleBroken):
    """A disabled person gets no link; enable them first."""

    code = "person-disabled"


class SecretKeyMissing(UnusableRequest):
    """Caseworker codes are only ever kept as a keyed hash, and no key is set."""

    code = "secret-key-missing"


class PersonUnknown(UnusableRequest):
    """Nobody has the username."""

    code = "person-unknown"


def caseworker_hash(code: str, secret_key: str | None) -> str:
    """Return the keyed hash of a caseworker code: lower-case hex HMAC-SHA-256.

    Raises
    ------
    SecretKeyMissing
        If there is no key, or one so short that the hash of initials could be guessed.
    """
    if secret_key is None or len(secret_key) < SECRET_KEY_LENGTH:
        raise SecretKeyMissing
    return hmac.new(secret_key.encode(), code.strip().casefold().encode(), hashlib.sha256).hexdigest()


def kept_code(code: str, secret_key: str | None) -> str:
    """Return a caseworker code hashed, for a register that is kept; :func:`kept_hash` finds the hash again.

    Raises
    ------
    SecretKeyMissing
        As :func:`caseworker_hash`.
    """
    return code if code.startswith(_HASHED) else f"{_HASHED}{caseworker_hash(code, secret_key)}"


def kept_hash(code: str, secret_key: str | None) -> str:
    """Return the keyed hash of a caseworker code, which may have been hashed when its register was kept.

    Raises
    ------
    SecretKeyMissing
        As :func:`caseworker_hash`.
    """
    if code.startswith(_HASHED):
        # What follows a "#" tells spellings of one code apart.
        return code.removeprefix(_HASHED).partition("#")[0]
    return caseworker_hash(code, secret_key)


def acting_person(store: Store, username: str | None, *, now: datetime) -> Person:
    """Return the person with this username, or the coordinator, who is made the first time.

    Raises
    ------
    PersonUnknown
        If nobody has the username.
    """
    person = store.people.find(username or COORDINATOR)
    if person is not None:
        return person
    if username is not None and username != COORDINATOR:
        raise PersonUnknown(username=username)
    person = store.people.add(username=COORDINATOR, name="Koordinator", roles=frozenset({Role.COORDINATOR}))
    store.trail.add("person-added", actor_id=None, at=now, username=COORDINATOR, roles=[Role.COORDINATOR])
    return person


def person_named(store: Store, username: str) -> Person:
    """Return the person with this username; only for who may know everybody.

    Raises
    ------
    PersonUnknown
        If nobody has the username.
    """
    person = store.people.find(username)
    if person is None:
        raise PersonUnknown(username=username)
    return person


def add_person(
    store: Store,
    actor: Person,
    *,
    username: str,
    name: str,
    roles: Iterable[Role],
    centres: Iterable[str] = (),
    caseworker_code: str | None = None,
    secret_key: str | None = None,
    now: datetime,
) -> Person:
    """Add a person; the caseworker code is kept as a keyed hash only.

    Raises
    ------
    UsernameMalformed, NameMissing, NameTooLong, NameLooksLikeCpr, RoleMissing, UsernameTaken, CentreNeeded,
    AdministratorOnly, SecretKeyMissing
        See each.
    """
    require(actor, Action.MANAGE_PEOPLE)
    given, places = frozenset(roles), frozenset(centres)
    if not USERNAME.fullmatch(username) or looks_like_cpr(username):
        raise UsernameMalformed(username=username)
    check_fields(username, name, given, places)
    if store.people.find(username) is not None:
        raise UsernameTaken(username=username)
    check_administrator(store, actor, given)
    hashed = caseworker_hash(caseworker_code, secret_key) if caseworker_code else None
    person = store.people.add(
        username=username, name=name.strip(), roles=given, centres=places, caseworker_hash=hashed
    )
    store.trail.add(
        "person-added",
        actor_id=actor.id,
        at=now,
        username=username,
        roles=sorted(given),
        centres=sorted(places),
    )
    return person


def all_people(store: Store, actor: Person) -> tuple[Person, ...]:
    """Return everybody, by username."""
    require(actor, Action.MANAGE_PEOPLE)
    return store.people.all()


def person(store: Store, actor: Person, person_id: int) -> Person:
    """Return one person.

    Raises
    ------
    NotFound
        If nobody has the id.
    """
    require(actor, Action.MANAGE_PEOPLE)
    return store.people.by_id(person_id)


def with_password(store: Store, actor: Person) -> frozenset[int]:
    """Return the ids of those who have chosen a password."""
    require(actor, Action.MANAGE_PEOPLE)
    return store.people.with_password()


def check_administrator(store: Store, actor: Person, roles: Iterable[Role]) -> None:
    """Leave administrators to administrators; where there is none yet, anybody who may add people makes the first.

    Raises
    ------
    AdministratorOnly
        If the roles are an administrator's and the actor's are not.
    """
    if Role.ADMINISTRATOR not in roles or Role.ADMINISTRATOR in actor.roles:
        return
    if administrators(store):
        raise AdministratorOnly


def check_enabled(one: Person) -> None:
    """Refuse what only an enabled person can have.

    Raises
    ------
    PersonDisabled
        If the person is disabled.
    """
    if not one.active:
        raise PersonDisabled(name=one.name)


def administrators(store: Store) -> set[int]:
    """Return the ids of the active administrators."""
    return {one.id for one in store.people.all() if one.active and Role.ADMINISTRATOR in one.roles}


def check_fields(username: str, name: str, roles: frozenset[Role], centres: frozenset[str]) -> None:
    """Refuse a person who could not be told from others, or could do nothing.

    Raises
    ------
    NameMissing, NameTooLong, NameLooksLikeCpr, RoleMissing, CentreNeeded
        See each.
    """
    if not name.strip():
        raise NameMissing(username=username)
    if len(name.strip()) > LONGEST_NAME:
        raise NameTooLong(longest=LONGEST_NAME)
    if looks_like_cpr(name):
        raise NameLooksLikeCpr
    if not roles:
        raise RoleMissing(username=username)
    if roles & {Role.CENTRE_LEADER, Role.CONTACT_PERSON} and not centres:
        raise CentreNeeded(username=username)
