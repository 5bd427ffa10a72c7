"""The two cookies: who is signed in, and the receipt that the next page shows."""

import base64
import binascii
import hashlib
import hmac
import json
import secrets
from typing import Any

from litestar.datastructures import Cookie

#: Seconds that a receipt waits for the page that shows it.
RECEIPT_AGE = 120
#: Characters of a receipt, at most: browsers drop a cookie of more than 4,096 bytes.
LONGEST_RECEIPT = 450


def session_name(*, https: bool) -> str:
    """Return the name of the session's cookie; the prefix keeps other hosts and plain http from setting it."""
    return "__Host-lirk" if https else "lirk"


def session_cookie(value: str, *, https: bool) -> Cookie:
    """Return the cookie that carries a session's id, or the secret of one who is not signed in."""
    return Cookie(
        key=session_name(https=https), value=value, path="/", httponly=True, secure=https, samesite="lax"
    )


def new_secret() -> str:
    """Return a secret for one who is not signed in."""
    return secrets.token_urlsafe(32)


def receipt_cookie(text: str, secret: str, *, https: bool) -> Cookie:
    """Return the cookie that carries a receipt to the next page; ``secret`` is the session's."""
    shown = text if len(text) <= LONGEST_RECEIPT else f"{text[:LONGEST_RECEIPT]}…"
    content = base64.urlsafe_b64encode(json.dumps(shown).encode()).decode()
    return _receipt(f"{content}.{_seal(content, secret)}", RECEIPT_AGE, https=https)


def spent_receipt(*, https: bool) -> Cookie:
    """Return the cookie that takes a receipt away."""
    return _receipt("", 0, https=https)


def receipt_text(value: str, secret: str) -> str | None:
    """Return what a receipt says, or None where it was not made here for this session."""
    content, _, seal = value.rpartition(".")
    if not hmac.compare_digest(seal.encode(), _seal(content, secret).encode()):
        return None
    try:
        text: Any = json.loads(base64.urlsafe_b64decode(content))
    except (ValueError, binascii.Error):
        return None
    return text if isinstance(text, str) else None


def _receipt(value: str, age: int, *, https: bool) -> Cookie:
    return Cookie(
        key="lirk-receipt", value=value, path="/", max_age=age, httponly=True, secure=https, samesite="lax"
    )


def _seal(content: str, secret: str) -> str:
    return hmac.new(secret.encode(), b"receipt" + content.encode(), hashlib.sha256).hexdigest()
