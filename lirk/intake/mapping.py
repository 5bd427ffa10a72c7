"""The mapping of a register: what the file's columns and values are called with us, and which rows are kept.

A mapping is a plain dictionary in the shape of its TOML file, dates as ISO text, so that it can stand in a
certificate. ``understand`` turns it into the values that reading a register needs.
"""

import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from pathlib import Path
from typing import Any

import tomlkit
from tomlkit.items import Table as TomlTable

from lirk.errors import Problem, ProblemsFound
from lirk.intake.opening import read_bytes

REQUIRED = ("case_number", "centre", "decision_date")
OPTIONAL = (
    "outcome",
    "unit",
    "case_type",
    "kle_number",
    "facet",
    "caseworker",
    "decision_flag",
    "created",
    "received",
    "closed",
    "link",
)
OUTCOMES = (
    "full-grant",
    "partial-grant",
    "refusal",
    "burdening",
    "reduction",
    "repayment",
    "dismissal",
    "other",
    "not-a-decision",
)
#: Names that a frame uses itself.
_TAKEN = frozenset({"case_id", "outcome_group", "stratum", "ticket", "rank", "role", "row"})
_FACT_ID = re.compile(r"[a-z0-9_-]+")

#: Every key of a mapping, and the kind of value it takes.
_KEYS: dict[str, dict[str, str]] = {
    "read": {
        "encoding": "text",
        "header_row": "number",
        "separator": "separator",
        "date_format": "text",
        "sheet": "text",
    },
    "keep": {
        "from": "date",
        "to": "date",
        "outcomes": "outcomes",
        "case_types": "list",
        "kle_numbers": "list",
        "facets": "list",
        "centres": "list",
        "local_case_numbers": "yes-no",
        "identical_rows_once": "yes-no",
    },
}
_TABLES = ("read", "columns", "outcome", "centre", "keep")
_REFUSED = object()
_KEEP_NAMES = {"from": "first", "to": "last"}
#: What the fields of ``Keep`` are called in a mapping, where it is something else.
KEEP_KEYS = {field: key for key, field in _KEEP_NAMES.items()}


@dataclass(frozen=True, slots=True, kw_only=True)
class ReadSettings:
    """How to read the file; None is guessed. ``headings`` are those that the mapping names."""

    encoding: str | None = None
    header_row: int | None = None
    separator: str | None = None
    date_format: str | None = None
    sheet: str | None = None
    headings: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True, kw_only=True)
class Keep:
    """The filters, in the order of use; None keeps all. The days ``first`` and ``last`` are included."""

    first: date | None = None
    last: date | None = None
    outcomes: tuple[str, ...] | None = None
    case_types: tuple[str, ...] | None = None
    kle_numbers: tuple[str, ...] | None = None
    facets: tuple[str, ...] | None = None
    centres: tuple[str, ...] | None = None
    local_case_numbers: bool = False
    identical_rows_once: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class RegisterMapping:
    """A mapping as a reader uses it. ``columns`` and ``outcome`` are None where they are to be guessed.

    An empty text in ``columns`` or ``outcome`` has not been decided yet; an empty ``columns`` entry is left
    out here.
    """

    read: ReadSettings = field(default_factory=ReadSettings)
    columns: Mapping[str, str] | None = None
    outcome: Mapping[str, str] | None = None
    centre: Mapping[str, str] = field(default_factory=dict)
    keep: Keep = field(default_factory=Keep)


def read_mapping(path: Path) -> dict[str, object]:
    """Return the mapping in a TOML file, with its dates as ISO text.

    Raises
    ------
    FileUnreadable
        If the system does not hand the file out.
    ProblemsFound
        With everything that is wrong in it: TOML that cannot be read, unknown keys, wrong types.
    """
    try:
        document = tomllib.loads(read_bytes(path).decode("utf-8-sig"))
    except UnicodeDecodeError:
        raise ProblemsFound([Problem("mapping-not-utf8", file=path.name)]) from None
    except tomllib.TOMLDecodeError as error:
        raise ProblemsFound([Problem("mapping-not-toml", {"reason": str(error)}, file=path.name)]) from None
    mapping = plain(document)
    _, problems = understand(mapping)
    if problems:
        raise ProblemsFound(_in_file(problem, path.name) for problem in problems)
    return mapping


def mapping_text(mapping: Mapping[str, object]) -> str:
    """Return a mapping as the text of a TOML file; ``read_mapping`` of it gives the same mapping."""
    document = tomlkit.document()
    for name, value in mapping.items():
        document.add(name, _toml_table(value) if isinstance(value, Mapping) else tomlkit.item(value))
    return tomlkit.dumps(document)


def plain(mapping: Mapping[str, object]) -> dict[str, object]:
    """Return a mapping that fits JSON: its dates as ISO text, everything else as it is."""
    return {name: _plain(value) for name, value in mapping.items()}


def _plain(value: object) -> object:
    match value:
        case Mapping():
            return plain(value)
        case list() | tuple():
            return [_plain(part) for part in value]
        case datetime():
            return value.date().isoformat()
        case date():
            return value.isoformat()
        case _:
            return value


def understand(mapping: Mapping[str, object] | None) -> tuple[RegisterMapping, list[Problem]]:
    """Return what a mapping says as far as it can be understood, and everything that is wrong in it."""
    problems: list[Problem] = []
    tables = _tables(mapping or {}, problems)
    read = _known_values("read", tables.get("read", {}), problems)
    keep = _known_values("keep", tables.get("keep", {}), problems)
    if "from" in keep and "to" in keep and keep["from"] > keep["to"]:
        problems.append(Problem("period-reversed", item="[keep] from, to"))
    columns = _columns(tables["columns"], problems) if "columns" in tables else None
    understood = RegisterMapping(
        read=ReadSettings(**read, headings=frozenset((columns or {}).values())),
        columns=columns,
        outcome=_outcomes(tables["outcome"], problems) if "outcome" in tables else None,
        centre=_centres(tables.get("centre", {}), problems),
        keep=Keep(**{_KEEP_NAMES.get(name, name): value for name, value in keep.items()}),
    )
    return understood, problems


def _tables(mapping: Mapping[str, object], problems: list[Problem]) -> dict[str, Mapping[str, object]]:
    tables: dict[str, Mapping[str, object]] = {}
    for name, value in mapping.items():
        if name not in _TABLES:
            problems.append(Problem("mapping-table-unknown", {"known": _TABLES}, item=f"[{name}]"))
        elif not isinstance(value, Mapping):
            problems.append(Problem("mapping-needs-table", {"name": name}, item=name))
        else:
            tables[name] = value
    return tables


def _known_values(table: str, given: Mapping[str, object], problems: list[Problem]) -> dict[str, Any]:
    kinds = _KEYS[table]
    values: dict[str, Any] = {}
    for name, value in given.items():
        place = f"[{table}] {name}"
        if name not in kinds:
            problems.append(Problem("mapping-key-unknown", {"known": tuple(kinds)}, item=place))
            continue
        understood = _value(kinds[name], value)
        if understood is _REFUSED:
            problems.append(_refusal(kinds[name], value, place))
        else:
            values[name] = understood
    return values


def _refusal(kind: str, value: object, place: str) -> Problem:
    if kind == "outcomes" and _texts(value) is not _REFUSED:
        return Problem("mapping-outcome-unknown", {"known": OUTCOMES[:-1]}, item=place)
    return Problem(f"mapping-needs-{'list' if kind == 'outcomes' else kind}", item=place)


def _value(kind: str, value: object) -> object:
    """Return a value of a kind, or ``_REFUSED``."""
    match kind:
        case "text":
            return value if isinstance(value, str) and value else _REFUSED
        case "separator":
            return value if isinstance(value, str) and len(value) == 1 and value not in '"\r\n' else _REFUSED
        case "number":
            whole = isinstance(value, int) and not isinstance(value, bool) and value >= 1
            return value if whole else _REFUSED
        case "yes-no":
            return value if isinstance(value, bool) else _REFUSED
        case "date":
            return _day(value)
        case "outcomes":
            codes = _texts(value)
            known = isinstance(codes, tuple) and set(codes) <= set(OUTCOMES[:-1])
            return codes if known else _REFUSED
        case _:
            return _texts(value)


def _texts(value: object) -> object:
    if isinstance(value, list | tuple) and value and all(isinstance(part, str) and part for part in value):
        return tuple(value)
    return _REFUSED


def _day(value: object) -> object:
    if isinstance(value, datetime):
        return value.date()
    if isinstance(value, date):
        return value
    if isinstance(value, str) and re.fullmatch(r"\d{4}-\d\d-\d\d", value):
        try:
            return date.fromisoformat(value)
        except ValueError:
            return _REFUSED
    return _REFUSED


def _columns(given: Mapping[str, object], problems: list[Problem]) -> dict[str, str]:
    columns: dict[str, str] = {}
    for name, heading in given.items():
        place = f"[columns] {name}"
        if not _FACT_ID.fullmatch(name) or name in _TAKEN:
            problems.append(Problem("mapping-column-name", {"name": name}, item=place))
        elif not isinstance(heading, str):
            problems.append(Problem("mapping-needs-text", item=place))
        elif heading.strip():
            columns[name] = heading
    return columns


def _outcomes(given: Mapping[str, object], problems: list[Problem]) -> dict[str, str]:
    outcomes: dict[str, str] = {}
    for value, code in given.items():
        if code in OUTCOMES or code == "":
            outcomes[value] = str(code)
        else:
            problems.append(Problem("mapping-outcome-unknown", {"known": OUTCOMES}, item="[outcome]"))
    return outcomes


def _centres(given: Mapping[str, object], problems: list[Problem]) -> dict[str, str]:
    centres: dict[str, str] = {}
    for spelling, name in given.items():
        if isinstance(name, str) and name.strip():
            centres[spelling] = name.strip()
        else:
            problems.append(Problem("mapping-needs-text", item="[centre]"))
    return centres


def _toml_table(values: Mapping[str, object]) -> TomlTable:
    table = tomlkit.table()
    for name, value in values.items():
        day = _day(value) if name in _KEEP_NAMES else _REFUSED
        table.add(name, day if isinstance(day, date) else value)
    return table


def _in_file(problem: Problem, name: str) -> Problem:
    return Problem(problem.code, problem.values, file=name, item=problem.item)
