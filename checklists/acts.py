"""The acts, orders and guides that references to the law name, with the version that was read."""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, fields
from datetime import date
from functools import cache
from importlib.resources import files
from types import MappingProxyType

import msgspec

from checklists.model import Text
from checklists.reading.table import ID_PATTERN


@dataclass(frozen=True, slots=True, kw_only=True)
class Act:
    """One act, or what stands in its place where no act states the rule.

    Attributes
    ----------
    id
        As `checklists.model.Reference.act` names it; it lasts.
    name, title
        What it is called every day, and in full.
    version
        The consolidation and its changes, in Danish as on retsinformation.dk.
    status_date
        The day whose law was read.
    verified
        False where a part of the version line was not held against ``source``; ``note`` says which.
    """

    id: str
    name: Text
    title: Text
    version: str
    status_date: date
    source: str
    verified: bool
    note: Text


@cache
def acts() -> Mapping[str, Act]:
    """Return the acts by their ids, in the order of the list."""
    return read_acts((files("checklists") / "acts.toml").read_text(encoding="utf-8"))


def read_acts(text: str) -> Mapping[str, Act]:
    """Return the acts that a list of acts (TOML) holds, by their ids and in its order.

    Raises
    ------
    ValueError
        If the text is no TOML or no such list, or if an act has a key too many, an empty part, a bad id or
        the id of another.
    """
    raw = tomllib.loads(text)
    found: dict[str, Act] = {}
    for act in msgspec.convert(raw.get("acts"), list[Act]):
        _check(act)
        if act.id in found:
            raise ValueError(f"two acts have the id {act.id}")
        found[act.id] = act
    _check_keys(raw)
    return MappingProxyType(found)


def _check(act: Act) -> None:
    if not ID_PATTERN.fullmatch(act.id):
        raise ValueError(f"{act.id!r} is no id")
    if not all((act.name.da, act.name.en, act.title.da, act.title.en, act.version, act.source)):
        raise ValueError(f"{act.id}: name, title, version and source must not be empty")


def _check_keys(raw: Mapping[str, list[Mapping[str, object]]]) -> None:
    known = {field.name for field in fields(Act)}
    unknown = (raw.keys() - {"acts"}) | {key for act in raw["acts"] for key in act.keys() - known}
    if unknown:
        raise ValueError(f"unknown keys: {', '.join(sorted(unknown))}")
