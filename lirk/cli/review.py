"""``lirk review``: a reviewer's cases as a spreadsheet."""

from pathlib import Path

import rich_click as click

from lirk.cli.door import Door, pass_door
from lirk.cli.options import as_person, file_path, new_file
from lirk.cli.unit import acting
from lirk.services import reviews
from lirk.services.files import write_bytes


@click.group()
def review() -> None:
    """Take a reviewer's cases to a spreadsheet."""


@review.command()
@click.argument("key")
@click.option("--reviewer", required=True, help="The reviewer's username.")
@click.option("--out", required=True, type=file_path, help="Where to write the sheet (XLSX).")
@as_person
@pass_door
def sheet(door: Door, key: str, reviewer: str, out: Path, username: str | None) -> None:
    """Write the cases that REVIEWER has in round KEY as a form to fill in."""
    target = new_file(out)
    with acting(door, username) as (store, actor):
        content = reviews.sheet_for(store, actor, key, reviewer)
    write_bytes(target, reviews.sheet_file(content, door.words, now=door.now()))
    door.say(
        door.words.plural(
            "Skrev {file} med {count} sag. Udfyld det, og læs det ind med `lirk round import-answers {key} {file}`.",
            "Skrev {file} med {count} sager. Udfyld det, og læs det ind med `lirk round import-answers {key} {file}`.",
            len(content.cases),
            file=str(target),
            key=key,
        )
    )
