"""The plan of a draw from its TOML file, or everything that is wrong in it."""

import re
import tomllib
import unicodedata
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any, TypeGuard, TypeVar

from lirk.domain.draws import STRATA, CaseExclusion, DrawPlan, Extension
from lirk.errors import Problem, ProblemsFound
from lirk.intake.opening import FileMissing, FileUnreadable, read_bytes
from sampling.allocate import METHODS

Value = TypeVar("Value")

_PLAN = ("title", "mapping", "strata", "reserve", "salt", "exclude", "sizes", "extension")
_SIZES = ("method", "n", "minimum", "exceptions", "deviations")


def read_plan(path: Path) -> DrawPlan:
    """Return the plan in a TOML file, the case numbers of its exclusions read in.

    Parameters
    ----------
    path
        The plan; files that it names are looked for from its folder.

    Raises
    ------
    FileUnreadable
        If the system does not hand the plan out.
    ProblemsFound
        With everything that is wrong: TOML that cannot be read, unknown keys, wrong types, an unknown method
        or stratum, a missing or negative size, files that are not there.
    """
    given, notes = _toml(path), _Notes(path)
    notes.known(given, _PLAN)
    plan = DrawPlan(
        title=notes.take(given, "title", _is_text, "plan-needs-text", default=""),
        mapping=_mapping(given, notes),
        strata=_strata(given, notes),
        reserve=notes.take(given, "reserve", _is_count, "plan-needs-count", default=None),
        salt=notes.take(given, "salt", _is_yes_no, "plan-needs-yes-no", default=False),
        exclude=_exclusions(given, notes),
        sizes=_sizes(given, notes),
        extension=_extension(given, notes),
    )
    if notes.problems:
        raise ProblemsFound(notes.problems)
    return plan


def _toml(path: Path) -> dict[str, Any]:
    try:
        return tomllib.loads(read_bytes(path).decode("utf-8-sig"))
    except UnicodeDecodeError:
        raise ProblemsFound([Problem("plan-not-utf8", file=path.name)]) from None
    except tomllib.TOMLDecodeError as error:
        line = re.search(r"line (\d+)", str(error))
        place = int(line[1]) if line else None
        problem = Problem("plan-not-toml", {"reason": str(error)}, file=path.name, line=place)
        raise ProblemsFound([problem]) from None


class _Notes:
    """What is wrong in one plan, gathered while it is read; a wrong value is read as its default."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self.problems: list[Problem] = []

    def tell(self, code: str, item: str, **values: object) -> None:
        self.problems.append(Problem(code, values, file=self.path.name, item=item))

    def known(self, given: Mapping[str, object], names: tuple[str, ...], place: str = "") -> None:
        for name in given:
            if name not in names:
                self.tell("plan-key-unknown", f"{place}{name}", known=names)

    def take(
        self,
        given: Mapping[str, object],
        name: str,
        fits: Callable[[object], TypeGuard[Value]],
        code: str,
        *,
        default: Value,
        place: str = "",
        needed: bool = False,
    ) -> Value:
        """Return a member that fits, or its default; one that does not fit is told by ``code``."""
        if name not in given:
            if needed:
                self.tell("plan-key-missing", f"{place}{name}", name=name)
            return default
        value = given[name]
        if fits(value):
            return value
        self.tell(code, f"{place}{name}")
        return default


def _is_text(value: object) -> TypeGuard[str]:
    return isinstance(value, str)


def _is_filled(value: object) -> TypeGuard[str]:
    return isinstance(value, str) and bool(value.strip())


def _is_yes_no(value: object) -> TypeGuard[bool]:
    return isinstance(value, bool)


def _is_count(value: object) -> TypeGuard[int]:
    return isinstance(value, int) and not isinstance(value, bool) and value >= 0


def _is_size(value: object) -> TypeGuard[int]:
    return _is_count(value) and value > 0


def _is_deviation(value: object) -> TypeGuard[float]:
    return isinstance(value, int | float) and not isinstance(value, bool) and 0 <= value < float("inf")


def _is_table(value: object) -> TypeGuard[dict[str, object]]:
    return isinstance(value, dict)


def _is_method(value: object) -> TypeGuard[str]:
    return value in METHODS


def _mapping(given: Mapping[str, object], notes: _Notes) -> str | None:
    name = notes.take(given, "mapping", _is_filled, "plan-needs-text", default="")
    if name and not (notes.path.parent / name).is_file():
        notes.tell("plan-file-missing", "mapping", named=name)
    return name or None


def _strata(given: Mapping[str, object], notes: _Notes) -> tuple[str, ...]:
    strata = given.get("strata", ["centre"])
    if isinstance(strata, list) and tuple(strata) in STRATA:
        return tuple(strata)
    notes.tell("plan-strata-unknown", "strata")
    return STRATA[0]


def _sizes(given: Mapping[str, object], notes: _Notes) -> dict[str, object]:
    place = "[sizes] "
    sizes = notes.take(given, "sizes", _is_table, "plan-needs-table", default={}, needed=True)
    if not sizes:
        return {}
    notes.known(sizes, _SIZES, place)
    read: dict[str, object] = {
        "method": notes.take(
            sizes, "method", _is_method, "plan-method-unknown", default="", place=place, needed=True
        ),
        "n": notes.take(sizes, "n", _is_size, "plan-needs-size", default=0, place=place, needed=True),
    }
    if "minimum" in sizes:
        read["minimum"] = notes.take(sizes, "minimum", _is_count, "plan-needs-count", default=0, place=place)
    if "exceptions" in sizes:
        read["exceptions"] = _by_stratum(sizes, "exceptions", _is_count, "plan-needs-count", notes)
    if "deviations" in sizes:
        read["deviations"] = _by_stratum(sizes, "deviations", _is_deviation, "plan-needs-deviation", notes)
    elif read["method"] == "neyman":
        notes.tell("plan-neyman-needs-deviations", f"{place}deviations")
    return read


def _by_stratum(
    sizes: Mapping[str, object],
    name: str,
    fits: Callable[[object], TypeGuard[float]],
    code: str,
    notes: _Notes,
) -> dict[str, float]:
    """Return a table of numbers by stratum."""
    place = f"[sizes] {name}."
    table = notes.take(sizes, name, _is_table, "plan-needs-table", default={}, place="[sizes] ")
    return {
        unicodedata.normalize("NFC", stratum): notes.take(table, stratum, fits, code, default=0, place=place)
        for stratum in table
    }


def _extension(given: Mapping[str, object], notes: _Notes) -> Extension | None:
    if "extension" not in given:
        return None
    place = "[extension] "
    table = notes.take(given, "extension", _is_table, "plan-needs-table", default={})
    notes.known(table, ("n", "reason"), place)
    return Extension(
        n=notes.take(table, "n", _is_size, "plan-needs-size", default=0, place=place, needed=True),
        reason=notes.take(
            table, "reason", _is_filled, "plan-needs-text", default="", place=place, needed=True
        ),
    )


def _exclusions(given: Mapping[str, object], notes: _Notes) -> tuple[CaseExclusion, ...]:
    rules = given.get("exclude", [])
    if not isinstance(rules, list) or not all(_is_table(rule) for rule in rules):
        notes.tell("plan-needs-tables", "exclude")
        return ()
    return tuple(_exclusion(rule, f"[[exclude]] {number} ", notes) for number, rule in enumerate(rules, 1))


def _exclusion(rule: Mapping[str, object], place: str, notes: _Notes) -> CaseExclusion:
    notes.known(rule, ("reason", "case_numbers_file"), place)
    name = notes.take(
        rule, "case_numbers_file", _is_filled, "plan-needs-text", default="", place=place, needed=True
    )
    return CaseExclusion(
        reason=notes.take(
            rule, "reason", _is_filled, "plan-needs-text", default="", place=place, needed=True
        ),
        case_numbers=_case_numbers(name, f"{place}case_numbers_file", notes) if name else (),
    )


def _case_numbers(name: str, item: str, notes: _Notes) -> tuple[str, ...]:
    """Return the case numbers of a text file, one a line, trimmed and in NFC, blank lines left out."""
    try:
        text = read_bytes(notes.path.parent / name).decode("utf-8-sig")
    except FileMissing:
        notes.tell("plan-file-missing", item, named=name)
        return ()
    except FileUnreadable as error:
        notes.tell("plan-file-unreadable", item, named=name, reason=error.values["reason"])
        return ()
    except UnicodeDecodeError:
        notes.tell("plan-case-numbers-not-utf8", item, named=name)
        return ()
    lines = (unicodedata.normalize("NFC", line.strip()) for line in text.splitlines())
    numbers = tuple(dict.fromkeys(line for line in lines if line))
    if not numbers:
        notes.tell("plan-case-numbers-empty", item, named=name)
    return numbers
