"""The two documents of a draw, freeze and certificate: their form and their digest.

The form stands here as a table that refuses before anything is read, and as JSON Schema (draft 2020-12) for
those who read the documents with other programs; tests hold the two equal. Members that the tables do not
know are let through: the digest covers them all the same.
"""

import json
import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from hashlib import sha256
from importlib.resources import files
from typing import Any

from sampling.errors import DocumentMalformed, DocumentTooNew

FREEZE_FORMAT = "lirk-freeze/1"
CERTIFICATE_FORMAT = "lirk-certificate/1"

#: Every reader of JSON can hold whole numbers below this exactly.
_LARGEST = 2**53

#: As ``datetime.isoformat`` writes a time with its offset.
_MOMENT = re.compile(
    r"[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}(?:\.[0-9]{1,6})?(?:Z|[+-][0-9]{2}:[0-9]{2})"
)

_HASH = re.compile("[0-9a-f]{64}")

Document = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class _Optional:
    """A member that may be left out."""

    shape: "Shape"


Shape = Callable[[object], bool] | dict[str, "Shape"] | list["Shape"] | _Optional


def digest(document: Mapping[str, object]) -> str:
    """Return the digest of a freeze or certificate.

    Lower-case hex SHA-256 of the canonical JSON without the member ``digest``: sorted keys, no spaces, UTF-8.
    """
    kept = {name: value for name, value in document.items() if name != "digest"}
    text = json.dumps(kept, sort_keys=True, separators=(",", ":"), ensure_ascii=False)
    # A lone surrogate can stand in an edited file; it must give another digest, not an error.
    return sha256(text.encode("utf-8", "surrogatepass")).hexdigest()


def is_hash(value: object) -> bool:
    """Return whether a value is a SHA-256 as fingerprints and digests are written: 64 lower-case hex digits."""
    return isinstance(value, str) and _HASH.fullmatch(value) is not None


def freeze_digest(certificate: Document) -> str:
    """Return the digest of the freeze that a certificate was drawn from, made anew from what it has of it.

    Whoever was handed the freeze's digest before the seed compares it with this one: they are equal only where
    plan, mapping, frame and the time of the freeze are the very ones. Nothing in a certificate alone can show
    that somebody wrote another plan into it and drew by that.
    """
    committed = {name: certificate[name] for name in _COMMITTED}
    return digest({"format": FREEZE_FORMAT, **committed})


def require_freeze(document: object) -> None:
    """Refuse what is no freeze of this version.

    Raises
    ------
    DocumentTooNew
        If a later version of the program wrote it.
    DocumentMalformed
        If a member is missing or malformed; the first of them is named.
    """
    _require(document, _FREEZE, FREEZE_FORMAT)


def require_certificate(document: object) -> None:
    """Refuse what is no certificate of this version; raises as :func:`require_freeze`."""
    _require(document, _CERTIFICATE, CERTIFICATE_FORMAT)


def schema(kind: str) -> dict[str, Any]:
    """Return the published JSON Schema (draft 2020-12) of a ``certificate`` or a ``freeze``.

    Raises
    ------
    KeyError
        If ``kind`` is neither.
    """
    name = {"certificate": CERTIFICATE_FORMAT, "freeze": FREEZE_FORMAT}[kind].replace("/", "-")
    text = (files("sampling") / "schemas" / f"{name}.schema.json").read_text(encoding="utf-8")
    return dict(json.loads(text))


def malformed_freeze(document: object) -> tuple[str, ...]:
    """Return the members of a freeze that are missing or malformed, as paths (``frame.strata``)."""
    return tuple(_misshapen(document, _FREEZE, ""))


def malformed_certificate(document: object) -> tuple[str, ...]:
    """Return the members of a certificate that are missing or malformed, as paths."""
    return tuple(_misshapen(document, _CERTIFICATE, ""))


def _require(document: object, shape: Shape, known: str) -> None:
    written = document.get("format") if isinstance(document, Mapping) else None
    if _later(written, known):
        raise DocumentTooNew(format=written, known=known)
    for member in _misshapen(document, shape, ""):
        raise DocumentMalformed(member=member)


def _later(written: object, known: str) -> bool:
    """Return whether a format has the name of the one that is known, and a higher number."""
    name, _, number = known.partition("/")
    found = re.fullmatch(f"{name}/([1-9][0-9]{{0,8}})", written) if isinstance(written, str) else None
    return found is not None and int(found[1]) > int(number)


def _misshapen(value: object, shape: Shape, place: str) -> Iterator[str]:
    if isinstance(shape, _Optional):
        yield from _misshapen(value, shape.shape, place)
    elif isinstance(shape, dict):
        yield from _members(value, shape, place) if isinstance(value, Mapping) else [place]
    elif isinstance(shape, list):
        elements = value if isinstance(value, list | tuple) else None
        yield from [place] if elements is None else _elements(elements, shape[0], place)
    elif not shape(value):
        yield place


def _members(value: Document, shape: dict[str, Shape], place: str) -> Iterator[str]:
    for name, part in shape.items():
        path = f"{place}.{name}" if place else name
        if name in value:
            yield from _misshapen(value[name], part, path)
        elif not isinstance(part, _Optional):
            yield path


def _elements(value: Sequence[object], shape: Shape, place: str) -> Iterator[str]:
    for number, element in enumerate(value, 1):
        yield from _misshapen(element, shape, f"{place}[{number}]")


def _text(value: object) -> bool:
    # A lone surrogate is no text: it has no bytes that could be hashed.
    return isinstance(value, str) and not any("\ud800" <= sign <= "\udfff" for sign in value)


def _salt(value: object) -> bool:
    return isinstance(value, str) and _text(value) and value.splitlines() == [value]


def _count(value: object) -> bool:
    return isinstance(value, int) and not isinstance(value, bool) and 0 <= value < _LARGEST


def _ordinal(value: object) -> bool:
    return _count(value) and value != 0


def _number(value: object) -> bool:
    return isinstance(value, int | float) and not isinstance(value, bool) and abs(value) < _LARGEST


def _yes_no(value: object) -> bool:
    return isinstance(value, bool)


def _table(value: object) -> bool:
    return isinstance(value, Mapping)


def _counts(value: object) -> bool:
    return isinstance(value, Mapping) and all(_text(name) and _count(count) for name, count in value.items())


def _texts(value: object) -> bool:
    return isinstance(value, list | tuple) and all(_text(element) for element in value)


def _extension(value: object) -> bool:
    return isinstance(value, Mapping) and _count(value.get("n")) and _text(value.get("reason"))


def _moment(value: object) -> bool:
    if not isinstance(value, str) or _MOMENT.fullmatch(value) is None:
        return False
    try:
        return datetime.fromisoformat(value).utcoffset() is not None
    except ValueError:
        return False


def _or_null(shape: Callable[[object], bool]) -> Callable[[object], bool]:
    return lambda value: value is None or shape(value)


def _is(text: str) -> Callable[[object], bool]:
    return lambda value: value == text


_COMMITTED: dict[str, Shape] = {
    "mapping": _table,
    "plan": {
        "title": _text,
        "strata": [_text],
        "reserve": _or_null(_count),
        "salt": _yes_no,
        "exclude": [{"reason": _text, "case_numbers": [_text]}],
        "sizes": _table,
        "mapping": _or_null(_text),
        "extension": _or_null(_extension),
    },
    "frame": {
        "source": _text,
        "taken_at": _moment,
        "rows": _count,
        "excluded": [{"reason": _text, "value": _text, "count": _count}],
        "strata": _counts,
        "fingerprint": is_hash,
        "salt": _or_null(_salt),
        "source_sha256": _Optional(_or_null(_text)),
        "serials": _Optional(
            [
                {
                    "pattern": _text,
                    "year": _or_null(_count),
                    "first": _count,
                    "last": _count,
                    "cases": _count,
                    "missing": _count,
                    "series": _Optional(_count),
                    "skipped": _Optional(_count),
                    "between": _Optional(_count),
                }
            ]
        ),
    },
    "committed_at": _moment,
}
_FREEZE: dict[str, Shape] = {"format": _is(FREEZE_FORMAT), **_COMMITTED, "digest": _text}
_CERTIFICATE: dict[str, Shape] = {
    "format": _is(CERTIFICATE_FORMAT),
    "method": {"name": _text, "version": _count, "formula": _text},
    **_COMMITTED,
    "seed": {"value": _text, "how": _text, "witnesses": [_text], "at": _moment},
    "draw": {"number": _ordinal, "reason": _or_null(_text), "at": _moment},
    "strata": [
        {
            "stratum": _text,
            "N": _count,
            "n": _count,
            "sampling_fraction": _or_null(_number),
            "weight": _or_null(_number),
            "cases": [{"case_id": _text, "ticket": _text, "rank": _count, "role": _text}],
        }
    ],
    "replacements": [{"out": _text, "in": _text, "reason": _text, "at": _moment}],
    "extensions": _Optional(
        [
            {
                "n": _count,
                "strata": _or_null(_texts),
                "sizes": _counts,
                "declared": _yes_no,
                "results_seen": _yes_no,
                "reason": _text,
                "at": _moment,
                "replacements_before": _count,
            }
        ]
    ),
    "digest": _text,
    "previous": _or_null(_text),
}
