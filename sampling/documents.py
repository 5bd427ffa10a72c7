"""The two documents of a draw, freeze and certificate: their form and their digest."""

import json
from collections.abc import Callable, Iterator, Mapping
from datetime import datetime
from hashlib import sha256

FREEZE_FORMAT = "lirk-freeze/1"
CERTIFICATE_FORMAT = "lirk-certificate/1"

#: Every reader of JSON can hold whole numbers below this exactly.
_LARGEST = 2**53

Shape = Callable[[object], bool] | dict[str, "Shape"] | list["Shape"]


def digest(document: Mapping[str, object]) -> str:
    """Return the digest of a freeze or certificate.

    Lower-case hex SHA-256 of the canonical JSON without the member ``digest``: sorted keys, no spaces, UTF-8.
    """
    kept = {name: value for name, value in document.items() if name != "digest"}
    text = json.dumps(kept, sort_keys=True, separators=(",", ":"), ensure_ascii=False)
    # A lone surrogate can stand in an edited file; it must give another digest, not an error.
    return sha256(text.encode("utf-8", "surrogatepass")).hexdigest()


def malformed_freeze(document: object) -> tuple[str, ...]:
    """Return the members of a freeze that are missing or malformed, as paths (``frame.strata``)."""
    return tuple(_misshapen(document, _FREEZE, ""))


def malformed_certificate(document: object) -> tuple[str, ...]:
    """Return the members of a certificate that are missing or malformed, as paths."""
    return tuple(_misshapen(document, _CERTIFICATE, ""))


def _misshapen(value: object, shape: Shape, place: str) -> Iterator[str]:
    if isinstance(shape, dict):
        if not isinstance(value, Mapping):
            yield place
            return
        for name, part in shape.items():
            path = f"{place}.{name}" if place else name
            yield from _misshapen(value[name], part, path) if name in value else [path]
    elif isinstance(shape, list):
        if not isinstance(value, list | tuple):
            yield place
            return
        for number, element in enumerate(value, 1):
            yield from _misshapen(element, shape[0], f"{place}[{number}]")
    elif not shape(value):
        yield place


def _text(value: object) -> bool:
    # A lone surrogate is no text: it has no bytes that could be hashed.
    return isinstance(value, str) and not any("\ud800" <= sign <= "\udfff" for sign in value)


def _salt(value: object) -> bool:
    return isinstance(value, str) and _text(value) and value.splitlines() == [value]


def _count(value: object) -> bool:
    return isinstance(value, int) and not isinstance(value, bool) and 0 <= value < _LARGEST


def _number(value: object) -> bool:
    return isinstance(value, int | float) and not isinstance(value, bool) and abs(value) < _LARGEST


def _yes_no(value: object) -> bool:
    return isinstance(value, bool)


def _table(value: object) -> bool:
    return isinstance(value, Mapping)


def _counts(value: object) -> bool:
    return isinstance(value, Mapping) and all(_text(name) and _count(count) for name, count in value.items())


def _extension(value: object) -> bool:
    return isinstance(value, Mapping) and _count(value.get("n")) and _text(value.get("reason"))


def _moment(value: object) -> bool:
    try:
        return isinstance(value, str) and datetime.fromisoformat(value).utcoffset() is not None
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
        "fingerprint": _text,
        "salt": _or_null(_salt),
    },
    "committed_at": _moment,
}
_FREEZE: dict[str, Shape] = {"format": _is(FREEZE_FORMAT), **_COMMITTED, "digest": _text}
_CERTIFICATE: dict[str, Shape] = {
    "format": _is(CERTIFICATE_FORMAT),
    "method": {"name": _text, "version": _count, "formula": _text},
    **_COMMITTED,
    "seed": {"value": _text, "how": _text, "witnesses": [_text], "at": _moment},
    "draw": {"number": _count, "reason": _or_null(_text), "at": _moment},
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
    "digest": _text,
    "previous": _or_null(_text),
}
