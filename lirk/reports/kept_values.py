"""A centre's report as it is kept when it is published: everything of its value, to be read again without loss.

It is no file for people: what they are handed is printed from it.
"""

from typing import Any

import msgspec

from lirk.domain.reports import CentreReport

#: Told in what is kept; another one when the same words come to mean something else.
FORMAT = "lirk-kept-report/1"


class _Kept(msgspec.Struct, kw_only=True):
    format: str
    report: CentreReport


def kept_value(report: CentreReport) -> bytes:
    """Return a report as it is kept."""
    return msgspec.json.encode(_Kept(format=FORMAT, report=report))


def report_in(content: bytes) -> CentreReport | None:
    """Return the report that was kept, or None where this program cannot say all that was kept.

    What was added to reports since has its default; what is no longer part of them would be lost, and so the
    whole is not read.
    """
    try:
        kept = msgspec.json.decode(content, type=_Kept)
    except (msgspec.DecodeError, UnicodeDecodeError):
        return None
    if kept.format != FORMAT:
        return None
    again = msgspec.json.decode(msgspec.json.encode(kept))
    return kept.report if _all_said(msgspec.json.decode(content), again) else None


def _all_said(before: Any, again: Any) -> bool:
    """Return whether everything of one JSON value stands in another, which may say more."""
    if isinstance(before, dict):
        return isinstance(again, dict) and all(
            name in again and _all_said(value, again[name]) for name, value in before.items()
        )
    if isinstance(before, list):
        same = isinstance(again, list) and len(before) == len(again)
        return same and all(map(_all_said, before, again))
    return bool(before == again)
