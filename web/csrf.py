"""Tokens against forms that another site posts: bound to the cookie, and masked anew on each page.

The cookie holds a secret that no page shows; the token is its keyed hash, so that one who sees a page knows
neither. The mask keeps a compressed page from telling the token by its length. Behind the token stands a mark of
whose page it is: it outlives the session, and keeps what was typed from whoever signs in next.
"""

import base64
import binascii
import hashlib
import hmac
import secrets
from collections.abc import Mapping

from lirk.errors import NotAllowed


class TokenMissing(NotAllowed):
    """The form's token is missing, or was made for another sign-in."""

    code = "form-token-missing"


class FromAnotherSite(NotAllowed):
    """The browser says that another site sent the form."""

    code = "form-from-another-site"


def token(secret: str, owner: str = "") -> str:
    """Return a fresh token of a cookie's secret, with the mark of whose page it is."""
    digest = _digest(secret)
    mask = secrets.token_bytes(len(digest))
    made = base64.urlsafe_b64encode(mask + _xor(mask, digest)).decode()
    return f"{made}.{owner}" if owner else made


def owner_mark(person_id: int, key: str | None) -> str:
    """Return the mark of a person, by the installation's key; it tells nobody who it is."""
    return hmac.new((key or "").encode(), f"owner:{person_id}".encode(), hashlib.sha256).hexdigest()


def owner_of(token: str) -> str:
    """Return the mark of whose page a token was made for; empty where nobody was signed in."""
    return token.partition(".")[2]


def check_token(given: str, secret: str) -> None:
    """Refuse a token that was not made from the secret.

    Raises
    ------
    TokenMissing
        If it is missing, malformed or another's.
    """
    digest = _digest(secret)
    try:
        raw = base64.urlsafe_b64decode(given.partition(".")[0].encode())
    except (ValueError, binascii.Error):
        raise TokenMissing from None
    mask, masked = raw[: len(digest)], raw[len(digest) :]
    if not secret or len(masked) != len(digest) or not hmac.compare_digest(_xor(mask, masked), digest):
        raise TokenMissing


def check_site(headers: Mapping[str, str]) -> None:
    """Refuse what the browser says was sent by another site.

    Raises
    ------
    FromAnotherSite
        If it was.
    """
    site, origin = headers.get("sec-fetch-site"), headers.get("origin")
    if site is not None:
        foreign = site not in {"same-origin", "none"}
    else:
        foreign = origin is not None and origin.rpartition("://")[2] != headers.get("host")
    if foreign:
        raise FromAnotherSite


def _digest(secret: str) -> bytes:
    return hmac.digest(secret.encode(), b"form", "sha256")


def _xor(left: bytes, right: bytes) -> bytes:
    return (int.from_bytes(left) ^ int.from_bytes(right)).to_bytes(len(left))
