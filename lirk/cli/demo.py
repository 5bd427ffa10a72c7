"""``lirk demo``: a municipality to look at, made anew on this machine."""

from pathlib import Path

import rich_click as click

from lirk.cli.door import Door, pass_door
from lirk.cli.options import file_path
from lirk.cli.serve import address, check_free, run
from lirk.demo import municipality
from lirk.settings import Settings

#: Nobody else on the network shall see the pages of a demonstration.
HOST = "127.0.0.1"


@click.command()
@click.option("--out", type=file_path, default=Path("lirk-demo"), help="The folder to make it in.")
@click.option("--register", type=file_path, help="A real register to draw from; the answers stay made up.")
@click.option(
    "--mapping",
    help="The register's mapping: a file, or the name of an example that ships (planning-decisions).",
)
@click.option("--again", is_flag=True, help="Make it anew, in the place of what is there.")
@click.option(
    "--port", metavar="PORT", type=click.IntRange(1, 65535), default=8000, show_default=True, help="The port."
)
@click.option("--no-serve", is_flag=True, help="Make it and stop.")
@pass_door
def demo(
    door: Door,
    out: Path,
    register: Path | None,
    mapping: str | None,
    port: int,
    *,
    again: bool,
    no_serve: bool,
) -> None:
    """Make a demonstration and serve its pages: a closed round with its reports, and one round half-way.

    Everything made up is called that, on every page and in every file. A second run serves what is there.
    """
    words = door.words
    if not no_serve:
        check_free(HOST, port)
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
    door.say((out / municipality.README).read_text(encoding="utf-8").rstrip())
    if no_serve:
        return
    door.say()
    door.say(words.text("Siderne er klar på {address}. Stop med Ctrl-C.", address=address(HOST, port)))
    run(HOST, port, workers=1, environment=_environment(door, out))


def _environment(door: Door, folder: Path) -> dict[str, str]:
    named = {"LIRK_MUNICIPALITY": _name(door.settings), "LIRK_LANGUAGE": door.settings.language}
    return named | municipality.environment(folder)


def _name(settings: Settings) -> str:
    return "Eksempel Kommune" if settings.municipality == Settings.municipality else settings.municipality
