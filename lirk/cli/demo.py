"""``lirk demo``: a municipality to look at, made anew on this machine."""

from pathlib import Path

import rich_click as click

from lirk.cli.door import Door, pass_door
from lirk.cli.options import file_path
from lirk.demo import municipality
from lirk.settings import Settings


@click.command()
@click.option("--out", type=file_path, default=Path("lirk-demo"), help="The folder to make it in.")
@click.option("--register", type=file_path, help="A real register to draw from; the answers stay made up.")
@click.option(
    "--mapping",
    help="The register's mapping: a file, or the name of an example that ships (planning-decisions).",
)
@click.option("--again", is_flag=True, help="Make it anew, in the place of what is there.")
@click.option("--no-serve", is_flag=True, help="Make it and stop. (There is nothing to serve yet.)")
@pass_door
def demo(
    door: Door, out: Path, register: Path | None, mapping: str | None, *, again: bool, no_serve: bool
) -> None:
    """Make a demonstration: a register, one closed round with its reports, and one round half-way.

    Everything made up is called that, on every page and in every file. A second run shows what is there.
    """
    words = door.words
    if municipality.is_made(out) and not again:
        door.say(
            words.text(
                "Demonstrationen ligger allerede i {folder}. Lav den forfra med --again.", folder=str(out)
            )
        )
    else:
        recipe = municipality.recipe(register, mapping)
        with door.progress(words.text("Laver demonstrationen"), total=recipe.steps) as step:
            municipality.make(out, recipe, words=words, municipality=_name(door.settings), step=step)
    door.say((out / "README.txt").read_text(encoding="utf-8").rstrip())


def _name(settings: Settings) -> str:
    return "Eksempel Kommune" if settings.municipality == Settings.municipality else settings.municipality
