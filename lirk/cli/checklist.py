"""``lirk checklist``: check, compare and begin checklist files, score files of answers."""

import json
import sys
from pathlib import Path

import rich_click as click

from checklists.model import SUBJECTS, Checklist
from checklists.schema import schema
from lirk.cli.checklist_diff import diff_lines, diff_value
from lirk.cli.checklist_output import (
    checklist_value,
    describe,
    head_lines,
    row_lines,
    row_value,
    share_lines,
    share_value,
)
from lirk.cli.door import NOT_DONE, Door, pass_door, problem_value
from lirk.cli.later import ChecklistGroup
from lirk.cli.options import as_json, file_path, new_file
from lirk.errors import Problem, ProblemsFound, UnusableRequest
from lirk.services import checklists
from lirk.services.checklist_comparison import compare
from lirk.services.checklist_starter import starter
from lirk.services.files import write_bytes


@click.group(cls=ChecklistGroup)
def checklist() -> None:
    """Check, compare and begin checklist files, and score files of answers."""


@checklist.command()
@click.argument("files", metavar="FILE...", nargs=-1, required=True)
@as_json
@pass_door
def check(door: Door, files: tuple[str, ...], as_json: bool) -> None:
    """Read each FILE (or shipped checklist, by its id) and print every problem with its place.

    Exit status: 0 all can be used, 1 problems were found, 2 a file could not be read.
    """
    checked = [_checked(door, name, quiet=as_json) for name in files]
    if as_json:
        door.json({"files": checked})
    if any(one["valid"] is None for one in checked):
        sys.exit(NOT_DONE)
    if not all(one["valid"] for one in checked):
        door.fail_check()


@checklist.command()
@click.argument("file")
@click.argument("answers", metavar="ANSWERS.csv", type=click.Path(path_type=Path))
@as_json
@pass_door
def score(door: Door, file: str, answers: Path, as_json: bool) -> None:
    """Score each row of ANSWERS.csv with the checklist FILE (or shipped checklist, by its id).

    The first row holds headings: case, then the ids of facts and items. A cell holds an answer's code; an
    empty cell is no answer. The last lines are about all rows as the cases of one centre.

    Exit status: 0 every row is valid, 1 a row is refused or a file has problems, 2 a file could not be read.
    """
    found = checklists.read_checklist(file)
    rows = checklists.score_file(found, answers)
    share = checklists.share_of(found, rows)
    if as_json:
        value = checklist_value(found, door.words)
        scored = [row_value(found, row, door.words) for row in rows]
        door.json({"checklist": value, "rows": scored, "centre": share_value(share)})
    else:
        for line in head_lines(found, door.words):
            door.say(line)
        for row in rows:
            door.say()
            for line in row_lines(found, row, door):
                door.say(line)
        door.say()
        for line in share_lines(found, share, door.words):
            door.say(line)
    if not all(row.valid for row in rows):
        door.fail_check()


@checklist.command()
@click.argument("old")
@click.argument("new")
@as_json
@pass_door
def diff(door: Door, old: str, new: str, as_json: bool) -> None:
    """Print what differs between the checklists OLD and NEW, part by part and word by word.

    Each is a file, or the id of one that ships.

    Exit status: 0 they say the same, 1 they differ or a file has problems, 2 a file could not be read.
    """
    before, after = checklists.read_checklist(old), checklists.read_checklist(new)
    found = compare(before, after)
    if as_json:
        door.json(diff_value(before, after, found))
    else:
        for line in diff_lines(before, after, found, door.words):
            door.say(line)
    if found:
        door.fail_check()


@checklist.command(name="schema")
@pass_door
def print_schema(door: Door) -> None:
    """Print the JSON Schema of checklist files, for editors that check while one writes."""
    # In its own order, which is the one in which people read it; `Door.json` sorts.
    door.say(json.dumps(schema(), ensure_ascii=False, indent=2))


@checklist.command()
@click.argument("checklist_id", metavar="ID")
@click.argument("file", type=file_path)
@click.option("--title", metavar="TEXT", default="", help="The title in Danish; the id if left out.")
@click.option(
    "--subject",
    type=click.Choice(SUBJECTS),
    default="case",
    show_default=True,
    help="What is looked at: a drawn case, a centre or institution, or the staff.",
)
@pass_door
def new(door: Door, checklist_id: str, file: Path, title: str, subject: str) -> None:
    """Write a checklist to begin with into FILE: one theme, one item, the usual verdicts.

    A file that is there is not written over.

    Exit status: 0 it is written, 1 the id or the title cannot be used, 2 the file could not be written.
    """
    new_file(file)
    text = starter(checklist_id, title, subject, today=door.now().date())
    write_bytes(file, text.encode())
    door.say(door.words.text("Skrevet: {file}", file=str(file)))


@checklist.command(name="list")
@as_json
@pass_door
def list_shipped(door: Door, as_json: bool) -> None:
    """List the checklists that ship with LIRK."""
    shipped = checklists.shipped_checklists()
    if as_json:
        door.json({"checklists": [checklist_value(one, door.words) for one in shipped]})
        return
    if not shipped:
        door.say(door.words.text("Ingen tjeklister følger med denne installation."))
    for one in shipped:
        door.say(describe(one.id, one, door.words))


def _checked(door: Door, name: str, *, quiet: bool) -> dict[str, object]:
    """Check one file and return what ``--json`` prints of it; ``valid`` is None where it cannot be read."""
    found: Checklist | None = None
    problems: tuple[Problem, ...] = ()
    try:
        found = checklists.read_checklist(name)
    except UnusableRequest as error:
        door.tell(error)
        return {"file": name, "valid": None, "reason": door.words.sentence(error)}
    except ProblemsFound as error:
        problems = error.problems
    if not quiet:
        _say_checked(door, name, found, problems)
    return {
        "file": name,
        "valid": found is not None,
        "problems": [problem_value(door.words, problem) for problem in problems],
        "checklist": None if found is None else checklist_value(found, door.words),
    }


def _say_checked(door: Door, name: str, found: Checklist | None, problems: tuple[Problem, ...]) -> None:
    if found is not None:
        door.say(describe(name, found, door.words))
        return
    for problem in problems:
        door.say(door.problem_line(problem))
    door.say(
        door.words.plural("{name}: {count} problem", "{name}: {count} problemer", len(problems), name=name)
    )
