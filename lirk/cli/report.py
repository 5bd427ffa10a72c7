"""``lirk report``: the reports of a closed round as PDF."""

from hashlib import sha256
from pathlib import Path

import rich_click as click

from lirk.cli.door import Door, pass_door
from lirk.cli.options import as_person, file_path
from lirk.cli.report_stages import publish, send
from lirk.cli.report_year import year
from lirk.cli.unit import acting
from lirk.services import publishing, reports
from lirk.services.files import write_bytes
from lirk.services.report_files import round_files


@click.group()
def report() -> None:
    """Make the reports of a closed round as PDF, send them to the leaders, and publish them."""


report.add_command(send)
report.add_command(publish)
report.add_command(year)


@report.command()
@click.argument("key")
@click.argument("centre")
@click.option("--out", required=True, type=file_path, help="Where to write the PDF.")
@as_person
@pass_door
def centre(door: Door, key: str, centre: str, out: Path, username: str | None) -> None:
    """Write the report of CENTRE in round KEY.

    A published report is the file that was kept then, and its checksum is told.
    """
    reader = _reader(door)
    with acting(door, username) as (store, actor):
        value = publishing.kept_or_report(store, actor, key, centre, "pdf", reader=reader)
    _write(door, out, publishing.bytes_of(value, "pdf", reader))
    if isinstance(value, bytes):
        door.say(
            door.words.text(
                "Den udgivne fils kontrolsum (SHA-256): {digest}", digest=sha256(value).hexdigest()
            )
        )


@report.command()
@click.argument("key")
@click.option("--out", required=True, type=file_path, help="Where to write the PDF.")
@as_person
@pass_door
def overview(door: Door, key: str, out: Path, username: str | None) -> None:
    """Write the municipality's overview of round KEY; it ranks nobody."""
    reader = _reader(door)
    with acting(door, username) as (store, actor):
        value = reports.overview(store, actor, key, reader=reader)
    _write(door, out, reports.overview_file(value, reader))


@report.command(name="all")
@click.argument("key")
@click.option("--out", required=True, type=file_path, help="The folder to write the PDFs in.")
@as_person
@pass_door
def all_(door: Door, key: str, out: Path, username: str | None) -> None:
    """Write the report of each centre in round KEY, and the overview."""
    reader = _reader(door)
    with acting(door, username) as (store, actor):
        centre_reports, municipality = reports.all_reports(store, actor, key, reader=reader)
        kept = publishing.in_force(store, store.rounds.by_key(key), reader.words.language)
    with door.progress(door.words.text("Rapporter"), total=len(centre_reports) + 1) as step:
        files = round_files(centre_reports, municipality, reader, step=step, kept=kept)
    for name, content in files.items():
        _write(door, out / name, content)


def _reader(door: Door) -> reports.Reader:
    return reports.Reader(municipality=door.settings.municipality, words=door.words)


def _write(door: Door, path: Path, content: bytes) -> None:
    write_bytes(path, content)
    door.say(door.words.text("Skrev {file}", file=str(path)))
