"""What a value has a place for: the types of its fields, of their fields, and so on."""

from dataclasses import is_dataclass
from typing import get_args, get_type_hints


def held_by(hint: object) -> tuple[set[type], set[type]]:
    """The dataclasses, itself among them, and the plain types that a value of this type can hold, however deep."""
    seen: set[object] = set()
    _collect(hint, seen)
    kinds = {one for one in seen if isinstance(one, type) and not get_args(one)}
    values = {one for one in kinds if is_dataclass(one)}
    return values, kinds - values


def _collect(hint: object, seen: set[object]) -> None:
    if hint in seen or hint is Ellipsis:
        return
    seen.add(hint)
    for part in get_args(hint):
        _collect(part, seen)
    if is_dataclass(hint):
        for part in get_type_hints(hint).values():
            _collect(part, seen)
