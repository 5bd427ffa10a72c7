"""Passwords as they are kept: Argon2id, made and checked by two at once at most.

Each takes 64 MiB and some tenths of a second, so never inside a unit of work: all others would wait for it.
"""

import secrets
import unicodedata
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache
from threading import BoundedSemaphore

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError

from lirk.domain.accounts import SignInBusy

#: RFC 9106, section 4, second recommended option.
HASHER = PasswordHasher(time_cost=3, memory_cost=64 * 1024, parallelism=4, hash_len=32, salt_len=16)

#: Seconds to wait for one's turn; whoever floods the sign-in shall not tie up all threads of the pages.
PATIENCE = 5.0
_TURNS = BoundedSemaphore(2)


@contextmanager
def turn() -> Iterator[None]:
    """Wait for one's turn with passwords; taken before a unit of work is opened, never inside one.

    Raises
    ------
    SignInBusy
        If it took too long.
    """
    if not _TURNS.acquire(timeout=PATIENCE):
        raise SignInBusy(minutes=1)
    try:
        yield
    finally:
        _TURNS.release()


def hashed(password: str, *, salt: bytes | None = None) -> str:
    """Return a password as it is kept; the salt is random unless a demonstration names one."""
    return HASHER.hash(_folded(password), salt=salt)


def matches(kept: str | None, password: str) -> bool:
    """Return whether a password is the kept one; takes as long where nothing is kept."""
    nobody = _nobodys_hash()
    try:
        return HASHER.verify(kept or nobody, _folded(password)) and kept is not None
    except (VerificationError, InvalidHashError):
        return False


def is_outdated(kept: str) -> bool:
    """Return whether a password was kept with other costs than today's."""
    return HASHER.check_needs_rehash(kept)


@cache
def _nobodys_hash() -> str:
    return HASHER.hash(secrets.token_urlsafe(32))


def _folded(password: str) -> str:
    """Return a password alike from every keyboard: å is one sign on some, a and a ring on others."""
    return unicodedata.normalize("NFKC", password)
