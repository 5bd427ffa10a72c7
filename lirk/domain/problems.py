"""Problems as JSON values and back, days included, so that they can be kept and told later."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from lirk.errors import Problem

_PLACES = ("file", "sheet", "row", "line", "column", "item")


def problem_document(problem: Problem) -> dict[str, object]:
    """Return a problem as JSON values."""
    places = {name: getattr(problem, name) for name in _PLACES}
    values = {name: _plain(value) for name, value in problem.values.items()}
    return {"code": problem.code, "values": values} | {k: v for k, v in places.items() if v is not None}


def problem_of(document: Mapping[str, Any]) -> Problem:
    """Return the problem in a document."""
    values = {name: _value(value) for name, value in document["values"].items()}
    return Problem(**{**document, "values": values})


def _plain(value: object) -> object:
    match value:
        case date():
            return {"day": value.isoformat()}
        case list() | tuple():
            return [_plain(part) for part in value]
        case _:
            return value


def _value(value: object) -> object:
    match value:
        case {"day": str(day)}:
            return date.fromisoformat(day)
        case list():
            return tuple(_value(part) for part in value)
        case _:
            return value
