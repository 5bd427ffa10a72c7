"""``lirk checklist``: check checklist files, score files of answers."""

import sys
from pathlib import Path

import rich_click as click

from checklists.model import Checklist
from lirk.cli.checklist_output import checklist_value, describe, head_lines, row_lines, row_value
from lirk.cli.door import NOT_DONE, Door, pass_door, problem_value
from lirk.cli.options import as_json
from lirk.errors import Problem, ProblemsFound, UnusableRequest
from lirk.services import checklists


@click.group()
def checklist() -> None:
    """Check checklist files and score files of answers."""


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
    empty cell is no answer.

    Exit status: 0 every row is valid, 1 a row is refused or a file has problems, 2 a file could not be read.
    """
    found = checklists.read_checklist(file)
    rows = checklists.score_file(found, answers)
    if as_json:
        value = checklist_value(found, door.words)
        door.json({"checklist": value, "rows": [row_value(found, row, door.words) for row in rows]})
    else:
        for line in head_lines(found, door.words):
            door.say(line)
        for row in rows:
            door.say()
            for line in row_lines(found, row, door):
                door.say(line)
    if any(row.problems for row in rows):
        door.fail_check()


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
