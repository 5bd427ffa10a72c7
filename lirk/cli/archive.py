"""``lirk archive``: a closed round as one package that is readable without LIRK, and checking such a package."""

from pathlib import Path

import rich_click as click

from lirk.cli.door import Door, pass_door, problem_value
from lirk.cli.options import as_json, as_person, file_path, new_file
from lirk.cli.unit import acting
from lirk.services import archiving
from lirk.services.files import write_bytes
from lirk.services.reports import Reader


@click.group()
def archive() -> None:
    """Pack a closed round for the archive, and check such a package."""


@archive.command()
@click.argument("key")
@click.option("--out", type=file_path, help="Where to write the ZIP.  [default: KEY-arkiv.zip]")
@as_person
@as_json
@pass_door
def make(door: Door, key: str, out: Path | None, username: str | None, *, as_json: bool) -> None:
    """Write the archive package of the closed round KEY: one ZIP, readable without LIRK.

    It holds the reports, the data with a description of every column, checklists, certificates, the trail and
    a list of checksums. It names no reviewer. Its counts are the true ones: it is for the archive alone.
    """
    target = new_file(out or Path(archiving.file_name(key)))
    reader = Reader(municipality=door.settings.municipality, words=door.words)
    with acting(door, username) as (store, actor):
        archived = archiving.archived_round(store, actor, key, reader=reader)
    with door.progress(door.words.text("Arkivpakken"), total=archiving.file_count(archived)) as step:
        content = archiving.package(archived, reader, step)
    with acting(door, username) as (store, actor):
        digest = archiving.note_made(store, actor, key, content, now=door.now())
        # Inside, so that nothing is noted of a package that could not be written.
        write_bytes(target, content)
    if as_json:
        door.json({"out": str(target), "round": key, "sha256": digest, "bytes": len(content)})
        return
    door.say(door.words.text("Skrev {file}", file=str(target)))
    door.say(door.words.text("Pakkens kontrolsum: {digest}", digest=digest))
    door.say(door.words.text("Gem kontrolsummen et andet sted end pakken. Pakken må ikke offentliggøres."))


@archive.command()
@click.argument("package", metavar="FILE", type=file_path)
@as_json
@pass_door
def verify(door: Door, package: Path, *, as_json: bool) -> None:
    """Check the archive package FILE without unpacking it, and tell everything that is wrong.

    Each file is held against the list in the package, the list against the files, and each certificate against
    itself. Repeating a draw needs the register: see lirk draw verify.

    Exit status 1 if anything is wrong.
    """
    found = archiving.verify_package(package)
    if as_json:
        door.json(
            {
                "holds": found.holds,
                "sha256": found.sha256,
                "files": found.files,
                "certificates": found.certificates,
                "problems": [problem_value(door.words, problem) for problem in found.problems],
            }
        )
    else:
        _say(door, found)
    if not found.holds:
        door.fail_check()


def _say(door: Door, found: archiving.Checked) -> None:
    words = door.words
    for problem in found.problems:
        door.say(door.problem_line(problem))
    if found.problems:
        door.say(words.text("Pakken holder ikke. Fejl: {count}.", count=len(found.problems)))
    else:
        door.say(
            words.text(
                "Pakken holder. Kontrolleret mod listen: {files} filer. Certifikater, der passer i sig selv: "
                "{certificates}.",
                files=found.files,
                certificates=found.certificates,
            )
        )
    if found.sha256:
        door.say(words.text("Pakkens kontrolsum: {digest}", digest=found.sha256))
