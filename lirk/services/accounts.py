"""Signing in and out, passwords and the links to choose them, and what a person has chosen for the pages.

Functions that look at a password are handed the database instead of an open unit of work: hashing takes so
long that it must happen between two of them, and a failure must be kept although an error is raised.
"""

import hashlib
import secrets
from collections.abc import Mapping
from datetime import datetime

from lirk.domain.access import Action, require
from lirk.domain.accounts import (
    FAILURES_LAST,
    LONGEST_PASSWORD,
    TOUCH_EVERY,
    CurrentPasswordWrong,
    Failures,
    LinkDead,
    Session,
    SignInRefused,
    SignInThrottled,
    Visit,
    check_password,
    check_throttle,
    counted_once_more,
)
from lirk.domain.people import Person, Preferences
from lirk.services import passwords
from lirk.services.people import check_administrator, check_enabled
from lirk.storage.database import Database
from lirk.storage.store import Store

__all__ = ["SignInRefused", "SignInThrottled", "Visit"]


def sign_in(database: Database, username: str, password: str, *, origin: str, now: datetime) -> str:
    """Sign a person in and return the new session's id, which is kept as its SHA-256 only.

    Each try is counted as failed before the password is looked at, and taken back if it was right: so a
    failure is kept whatever happens, and many tries at once gain nothing.

    Parameters
    ----------
    origin
        Where it comes from: the address of the browser.

    Raises
    ------
    SignInRefused
        If the password is wrong, or nobody active with a password has the username; all alike.
    SignInThrottled
        If it was tried too often, or too many sign in at once.
    """
    username = username.strip().lower()
    # A password that nobody can have chosen is wrong; it is not worth the work of hashing all of it.
    password = password[: LONGEST_PASSWORD + 1]
    with passwords.turn():
        with database.begin() as store:
            kept = _counted_try(store, username, origin, now=now)
        if not passwords.matches(kept, password) or kept is None:
            raise SignInRefused
        renewed = passwords.hashed(password) if passwords.is_outdated(kept) else None
    with database.begin() as store:
        # It may have been changed, or the person disabled, while it was looked at.
        if store.people.password_hash_of(username) != kept:
            raise SignInRefused
        _take_back_try(store, username, origin)
        person = store.people.by_username(username)
        if renewed is not None:
            _keep_password(store, person, renewed, "password-rehashed", now=now)
        return _begin_session(store, person.id, now=now)


def who_is(store: Store, session_id: str, *, unattended: bool = False, now: datetime) -> Visit | None:
    """Return who is signed in by this session, or None if it is unknown or over, or the person inactive.

    What a page asks for by itself (``unattended``) does not make the session last longer.
    """
    id_hash = _sha256(session_id)
    visitor = store.sessions.visitor(id_hash)
    if visitor is None:
        return None
    found, person = visitor
    if found.expires_at <= now or not person.active:
        return None
    if not unattended and now - found.seen_at >= TOUCH_EVERY:
        store.sessions.touch(id_hash, now)
        found = Session(person_id=person.id, started_at=found.started_at, seen_at=now)
    return Visit(person, found.expires_at)


def sign_out(store: Store, session_id: str, now: datetime) -> None:
    """End one session, and forget those that ended by themselves."""
    store.sessions.delete(_sha256(session_id))
    store.sessions.delete_ended(now)


def make_password_link(store: Store, actor: Person, person_id: int, *, now: datetime) -> str:
    """Return the token of a link by which a person chooses a password; earlier links are dead from now on.

    Raises
    ------
    NotFound, lirk.services.people.AdministratorOnly, lirk.services.people.PersonDisabled
        See each.
    """
    require(actor, Action.MANAGE_PEOPLE)
    person = store.people.by_id(person_id)
    check_administrator(store, actor, person.roles)
    check_enabled(person)
    token = secrets.token_urlsafe(32)
    store.password_links.delete_unused(person.id)
    store.password_links.add(_sha256(token), person.id, now)
    store.trail.add("password-link-made", actor_id=actor.id, at=now, person=person.id)
    return token


def person_of_link(store: Store, token: str, *, now: datetime) -> Person:
    """Return the person who may choose a password by this link.

    Raises
    ------
    LinkDead
        If it was used, is too old, never existed, or the person is inactive.
    """
    link = store.password_links.find(_sha256(token))
    if link is None or not link.is_open(now):
        raise LinkDead
    person = store.people.by_id(link.person_id)
    if not person.active:
        raise LinkDead
    return person


def choose_password(database: Database, token: str, password: str, *, now: datetime) -> Person:
    """Keep the password that a person chose by a link; the link is dead, and all sessions end.

    Raises
    ------
    LinkDead, PasswordTooShort, PasswordTooLong, PasswordIsUsername, PasswordCommon, SignInBusy
        See each.
    """
    with database.begin() as store:
        username = person_of_link(store, token, now=now).username
    check_password(password, username)
    with passwords.turn():
        kept = passwords.hashed(password)
    with database.begin() as store:
        person = person_of_link(store, token, now=now)
        store.password_links.set_used(_sha256(token), now)
        store.sessions.delete_of(person.id)
        _keep_password(store, person, kept, "password-chosen", now=now)
        return person


def change_password(database: Database, actor: Person, current: str, new: str, *, now: datetime) -> str:
    """Keep a person's new password; all sessions end, and the id of a new one is returned.

    Raises
    ------
    CurrentPasswordWrong, SignInThrottled, PasswordTooShort, PasswordTooLong, PasswordIsUsername, PasswordCommon
        See each.
    """
    check_password(new, actor.username)
    origin = f"person {actor.id}"
    with passwords.turn():
        with database.begin() as store:
            before = _counted_try(store, actor.username, origin, now=now)
        if not passwords.matches(before, current):
            raise CurrentPasswordWrong
        kept = passwords.hashed(new)
    with database.begin() as store:
        if store.people.password_hash_of(actor.username) != before:
            raise CurrentPasswordWrong
        _take_back_try(store, actor.username, origin)
        store.password_links.delete_unused(actor.id)
        store.sessions.delete_of(actor.id)
        _keep_password(store, actor, kept, "password-changed", now=now)
        return _begin_session(store, actor.id, now=now)


def has_password(store: Store, actor: Person) -> bool:
    """Return whether a person has chosen a password."""
    return store.people.password_hash_of(actor.username) is not None


def save_preferences(store: Store, actor: Person, preferences: Preferences, *, now: datetime) -> None:
    """Keep what a person has chosen for the pages."""
    store.people.set_preferences(actor.id, preferences)
    store.trail.add("preferences-saved", actor_id=actor.id, at=now, person=actor.id)


def _counted_try(store: Store, username: str, origin: str, *, now: datetime) -> str | None:
    """Count a try as failed, and return the hash of the password to compare with."""
    keys = _keys(username, origin)
    store.failed_sign_ins.delete_before(now - FAILURES_LAST)
    known = _known_failures(store, keys)
    check_throttle(**known, now=now)
    store.failed_sign_ins.set_all({keys[one]: counted_once_more(known[one], now) for one in keys})
    return store.people.password_hash_of(username)


def _take_back_try(store: Store, username: str, origin: str) -> None:
    """Forget the failures of this person from this place, and of the others the one that was none."""
    keys = _keys(username, origin)
    known = _known_failures(store, keys)
    left = {
        keys[one]: Failures(failures.count - 1, failures.last_at)
        for one, failures in known.items()
        if one != "pair" and failures is not None and failures.count > 1
    }
    store.failed_sign_ins.delete(keys.values())
    store.failed_sign_ins.set_all(left)


def _keys(username: str, origin: str) -> dict[str, str]:
    """Return what is counted of a try, by its name in ``check_throttle``."""
    tried = {"pair": f"{username}\n{origin}", "origin": f"\n{origin}", "username": f"{username}\n"}
    return {name: _sha256(f"{name}\n{text}") for name, text in tried.items()}


def _known_failures(store: Store, keys: Mapping[str, str]) -> dict[str, Failures | None]:
    found = store.failed_sign_ins.of(keys.values())
    return {name: found.get(key) for name, key in keys.items()}


def _begin_session(store: Store, person_id: int, *, now: datetime) -> str:
    store.sessions.delete_ended(now)
    session_id = secrets.token_urlsafe(32)
    store.sessions.add(_sha256(session_id), Session(person_id=person_id, started_at=now, seen_at=now))
    return session_id


def _keep_password(store: Store, person: Person, kept: str, action: str, *, now: datetime) -> None:
    store.people.set_password_hash(person.id, kept)
    store.trail.add(action, actor_id=person.id, at=now, person=person.id)


def _sha256(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()
