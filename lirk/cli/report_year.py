"""``lirk report year``: the annual paper for the council as PDF."""

from pathlib import Path

import rich_click as click

from lirk.cli.door import Door, pass_door
from lirk.cli.options import as_person, file_path
from lirk.cli.unit import acting
from lirk.services import years
from lirk.services.files import write_bytes
from lirk.services.reports import Reader


@click.command()
@click.argument("year", type=int)
@click.option("--out", required=True, type=file_path, help="Where to write the PDF.")
@as_person
@pass_door
def year(door: Door, year: int, out: Path, username: str | None) -> None:
    """Write the annual paper of YEAR for the council; it names no centre."""
    reader = Reader(municipality=door.settings.municipality, words=door.words)
    with acting(door, username) as (store, actor):
        value = years.paper(store, actor, year, reader=reader, now=door.now())
    write_bytes(out, years.paper_file(value, reader))
    door.say(door.words.text("Skrev {file}", file=str(out)))
