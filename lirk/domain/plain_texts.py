"""Short texts that a person makes up: titles, names of things, places."""

from lirk.domain.cpr import looks_like_cpr
from lirk.errors import RuleBroken

LONGEST = 200


class TextLooksLikeCpr(RuleBroken):
    """A short text holds what looks like a CPR number."""

    code = "short-text-looks-like-cpr"


class TextTooLong(RuleBroken):
    """A short text is a long one."""

    code = "short-text-too-long"


def check_text(*texts: str) -> None:
    """Refuse short texts that cannot be kept.

    Raises
    ------
    TextLooksLikeCpr, TextTooLong
        See each.
    """
    if any(looks_like_cpr(text) for text in texts):
        raise TextLooksLikeCpr
    if any(len(text) > LONGEST for text in texts):
        raise TextTooLong(longest=LONGEST)
