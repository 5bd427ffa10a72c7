"""``lirk report``: the reports of a closed round as PDF."""

from pathlib import Path

import rich_click as click

from lirk.cli.door import Door, pass_door
from lirk.cli.options import as_person, file_path
from lirk.cli.unit import acting
from lirk.services import reports
from lirk.services.files import write_bytes


@click.group()
def report() -> None:
    """Make the reports of a closed round as PDF."""


@report.command()
@click.argument("key")
@click.argument("centre")
@click.option("--out", required=True, type=file_path, help="Where to write the PDF.")
@as_person
@pass_door
def centre(door: Door, key: str, centre: str, out: Path, username: str | None) -> None:
    """Write the report of CENTRE in round KEY."""
    reader = _reader(door)
    with acting(door, username) as (store, actor):
        value = reports.centre_report(store, actor, key, centre, reader=reader)
    _write(door, out, reports.centre_file(value, reader))


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
    names = reports.file_names(tuple(one.centre for one in centre_reports))
    with door.progress(door.words.text("Rapporter"), total=len(names) + 1) as step:
        files = {}
        for one in centre_reports:
            files[names[one.centre]] = reports.centre_file(one, reader)
            step()
        files["overview.pdf"] = reports.overview_file(municipality, reader)
        step()
    for name, content in files.items():
        _write(door, out / name, content)


def _reader(door: Door) -> reports.Reader:
    return reports.Reader(municipality=door.settings.municipality, words=door.words)


def _write(door: Door, path: Path, content: bytes) -> None:
    write_bytes(path, content)
    door.say(door.words.text("Skrev {file}", file=str(path)))
