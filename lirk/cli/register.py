"""``lirk register``: read a case register and tell what is in it."""

from collections.abc import Iterable, Mapping
from dataclasses import asdict
from pathlib import Path

import rich_click as click

from lirk.cli.door import Door, pass_door, problem_value
from lirk.cli.drawing import say_serials
from lirk.cli.options import as_json, new_file
from lirk.domain.alphabet import danish_key
from lirk.domain.serials import year_notes
from lirk.intake.dates import example_of
from lirk.intake.mapping import OUTCOMES
from lirk.intake.register import Register
from lirk.services.draws import serials_of
from lirk.services.registers import RegisterCheck, check_register, write_mapping
from lirk.wording import Wording
from lirk.wording import register as said
from lirk.wording.exclusions import exclusion_text
from lirk.wording.reports import OUTCOMES as OUTCOME_NAMES


@click.group()
def register() -> None:
    """Read a case register and check it."""


@register.command()
@click.argument("file", type=click.Path(path_type=Path))
@click.option(
    "--mapping",
    "mapping_path",
    metavar="FILE",
    type=click.Path(path_type=Path),
    help="TOML file that says what the register's columns and values mean; guessed if left out.",
)
@click.option(
    "--write-mapping",
    "written",
    metavar="FILE",
    type=click.Path(path_type=Path),
    help="Write the mapping that was used to a new file, to be corrected and given with --mapping.",
)
@as_json
@pass_door
def check(door: Door, file: Path, mapping_path: Path | None, written: Path | None, *, as_json: bool) -> None:
    """Read the register FILE (CSV, XLSX, Parquet) and print what is in it, or all its problems.

    Nothing of the register is kept. A mapping is written also where there are problems; what could not be
    found or decided stands in it as an empty text.

    Exit status: 0 the register can be drawn from, 1 problems were found, 2 it could not be read.
    """
    if written is not None:
        new_file(written)
    result = check_register(file, mapping_path)
    if written is not None and result.mapping:
        write_mapping(written, result.mapping)
    if as_json:
        door.json(_value(result, door.words))
    elif result.register is not None:
        _say(door, result.register, result.given)
    if written is not None:
        _remark_written(door, written, result)
    if result.error is not None and not as_json:
        raise result.error
    if result.error is not None:
        door.fail_check()


def _remark_written(door: Door, path: Path, result: RegisterCheck) -> None:
    if not result.mapping:
        return
    if result.holds:
        door.remark(door.words.text("Mappingen er skrevet til {file}.", file=str(path)))
        return
    door.remark(
        door.words.text(
            "Mappingen er skrevet til {file}, så langt den kunne gættes. Udfyld det, der er tomt, og prøv igen med "
            "--mapping {file}.",
            file=str(path),
        )
    )


def _say(door: Door, found: Register, given: frozenset[str]) -> None:
    words = door.words
    parts = (
        _file_lines(found, words),
        _column_lines(found, given, words),
        _count_lines(found, words),
        _centre_lines(found, words),
        _outcome_lines(found, words),
    )
    for lines in parts:
        for line in lines:
            door.say(line)
        if lines:
            door.say()
    say_serials(door, year_notes(serials_of(found)))
    for remark in found.remarks:
        door.remark(door.problem_line(remark))


def _file_lines(found: Register, words: Wording) -> list[str]:
    read = _table(found.mapping, "read")
    facts = [words.plural("{count} række", "{count} rækker", found.rows)]
    if "sheet" in read:
        facts.append(words.text("ark »{sheet}«", sheet=read["sheet"]))
    if "header_row" in read:
        facts.append(words.text("overskrifter i række {row}", row=str(read["header_row"])))
    if "encoding" in read:
        facts.append(words.text("tegnsæt {encoding}", encoding=read["encoding"]))
    if "separator" in read:
        separator = str(read["separator"])
        name = words.text(said.SEPARATORS[separator]) if separator in said.SEPARATORS else separator
        facts.append(words.text("felter skilt af {separator}", separator=name))
    if "date_format" in read:
        facts.append(words.text("datoer som {example}", example=example_of(str(read["date_format"]))))
    return [words.text("Register: {file}", file=found.source), *(f"  {fact}" for fact in facts)]


def _column_lines(found: Register, given: frozenset[str], words: Wording) -> list[str]:
    rows = []
    for name, heading in _table(found.mapping, "columns").items():
        known = f"{words.text(said.COLUMNS[name])} ({name})" if name in said.COLUMNS else name
        guessed = "" if name in given else words.text("(gættet)")
        rows.append((known, f"{heading}  {guessed}".rstrip()))
    width = max(len(known) for known, _ in rows)
    used = [f"  {known:{width}}  {heading}" for known, heading in rows]
    return [words.text("Kolonner, der bruges"), *used]


def _count_lines(found: Register, words: Wording) -> list[str]:
    left = found.rows
    rows = [(words.text("rækker i filen"), "", words.number(left))]
    for gone in found.excluded:
        left -= gone.count
        reason = exclusion_text(words, gone.reason, gone.value)
        rows.append((reason, f"-{words.number(gone.count)}", words.number(left)))
    rows.append((words.text("sager at trække fra"), "", words.number(found.frame.height)))
    return [words.text("Fra fil til sager"), *_aligned(rows)]


def _centre_lines(found: Register, words: Wording) -> list[str]:
    counts = _counts(found, "centre")
    rows = [(name, words.number(counts.get(name, 0))) for name in sorted(found.centres, key=danish_key)]
    return [words.text("Sager pr. center"), *_aligned(rows)]


def _outcome_lines(found: Register, words: Wording) -> list[str]:
    if "outcome" not in found.frame.columns:
        return []
    counts = _counts(found, "outcome")
    rows = [
        (f"{words.text(OUTCOME_NAMES[code])} ({code})", words.number(counts[code]))
        for code in OUTCOMES
        if code in counts
    ]
    return [words.text("Udfald"), *_aligned(rows)]


def _aligned(rows: Iterable[tuple[str, ...]]) -> list[str]:
    """Return rows as lines: the first column to the left, the others to the right."""
    table = list(rows)
    if not table:
        return []
    widths = [max(len(row[place]) for row in table) for place in range(len(table[0]))]
    return [
        "  "
        + "  ".join(
            (
                row[0].ljust(widths[0]),
                *(cell.rjust(width) for cell, width in zip(row[1:], widths[1:], strict=True)),
            )
        )
        for row in table
    ]


def _counts(found: Register, column: str) -> dict[str, int]:
    return dict(found.frame.group_by(column).len().iter_rows())


def _table(mapping: Mapping[str, object], name: str) -> Mapping[str, object]:
    table = mapping.get(name)
    return table if isinstance(table, Mapping) else {}


def _value(result: RegisterCheck, words: Wording) -> dict[str, object]:
    """Return a check as ``--json`` prints it."""
    value: dict[str, object] = {"holds": result.holds, "mapping": result.mapping}
    if result.error is not None:
        problems = [problem_value(words, problem) for problem in result.error.problems]
        return value | {"problem_count": result.error.values["count"], "problems": problems}
    found = result.register
    if found is None:
        return value
    counts = _counts(found, "centre")
    return value | {
        "source": found.source,
        "rows": found.rows,
        "cases": found.frame.height,
        "excluded": [
            {"reason": gone.reason, "value": gone.value, "count": gone.count} for gone in found.excluded
        ],
        "centres": [
            {"centre": name, "cases": counts.get(name, 0)} for name in sorted(found.centres, key=danish_key)
        ],
        "outcomes": _counts(found, "outcome") if "outcome" in found.frame.columns else {},
        "columns_dropped": list(found.dropped),
        "serials": [asdict(year) for year in serials_of(found)],
        "remarks": [problem_value(words, remark) for remark in found.remarks],
    }
