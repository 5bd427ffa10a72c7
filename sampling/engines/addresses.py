"""The address of a register: which engine reads it, and what of it may be shown."""

import re
from urllib.parse import unquote

#: Shorter parts of a secret would stand in any sentence.
_SHORTEST = 3


def without_secrets(text: str, address: str) -> str:
    """Return a text without the password of an address, or any part of it.

    What a database says of an address that it misread may quote pieces of the password: it is taken apart at
    the signs at which addresses are.
    """
    for secret in sorted(_secrets(address), key=len, reverse=True):
        text = text.replace(secret, "***")
    return text


def shown(address: str) -> str:
    """Return an address without user, password and parameters, as a document may name it."""
    scheme, separator, rest = address.partition("://")
    if not separator:
        return address
    return f"{scheme}://{rest.rpartition('@')[2].partition('?')[0]}"


def _secrets(address: str) -> set[str]:
    user_info = address.partition("://")[2].rpartition("@")[0]
    whole = [user_info.partition(":")[2], *re.findall(r"[?&](?:ssl)?password=([^&]*)", address)]
    parts = [part for text in whole for part in (text, *re.split(r"[:/@?#&=\[\]]", text))]
    return {form for part in parts for form in (part, unquote(part)) if len(form) >= _SHORTEST}
