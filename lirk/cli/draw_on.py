"""``lirk draw … --on``: the same commands where the register lives."""

import secrets
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any, TypeVar

import rich_click as click

from lirk.cli.door import Door
from lirk.domain.draws import SeedMalformed
from lirk.errors import Problem, UnusableRequest
from lirk.intake.draws import read_freeze
from lirk.services.engine_draws import Place, freeze_at
from sampling import is_seed

Command = TypeVar("Command", bound=Callable[..., Any])


class RegisterUnclear(UnusableRequest):
    """Either a register file or the place where the register lives is named, and not both."""

    code = "register-file-or-place"


class FreezeUnclear(UnusableRequest):
    """Either a freeze or a plan is named; a plan only where the register lives."""

    code = "freeze-or-plan"


class SeedMissing(UnusableRequest):
    """The seed is neither given nor can it be asked for."""

    code = "seed-missing"


def on_options(command: Command) -> Command:
    """Give a command the options ``--on`` and ``--table``."""
    table = click.option(
        "--table", default="", help="With --on: the table or view, with its schema if it needs one."
    )
    on = click.option(
        "--on",
        "address",
        metavar="URL",
        help="Where the register lives, instead of FILE: postgresql://…, duckdb:///FILE, a .duckdb, .parquet or "
        ".csv file, spark://… or local[*]. Only counts, hashes and drawn cases leave it.",
    )
    return on(table(command))


def place_of(register: Path | None, address: str | None, table: str) -> Path | Place:
    """Return the register's file, or the place where it lives.

    Raises
    ------
    RegisterUnclear
        If both or none is named, or a table beside a file.
    """
    if register is not None and address is None and not table:
        return register
    if register is None and address is not None:
        return Place(address, table)
    raise RegisterUnclear


def freeze_there(door: Door, place: Place, plan: Path) -> tuple[dict[str, Any], tuple[Problem, ...]]:
    """Return the freeze of a register where it lives, and remarks on it."""
    return freeze_at(place, plan, salt=secrets.token_hex(16), now=door.now())


def frozen_document(
    door: Door, place: Path | Place, frozen: Path | None, plan: Path | None, *, as_json: bool
) -> tuple[dict[str, Any], tuple[Problem, ...]]:
    """Return the freeze that is named, or one made now where the register lives, and remarks on that.

    What is handed out before the seed exists is printed then: on standard error if JSON is wanted.

    Raises
    ------
    FreezeUnclear
        If both or none is named, or a plan for a file.
    """
    if frozen is not None and plan is None:
        return read_freeze(frozen), ()
    if plan is None or frozen is not None or isinstance(place, Path):
        raise FreezeUnclear
    document, remarks = freeze_there(door, place, plan)
    say = door.remark if as_json else door.say
    fingerprint = document["frame"]["fingerprint"]
    say(door.words.text("Rammens fingeraftryk: {fingerprint}", fingerprint=fingerprint))
    say(door.words.text("Frysningens kontrolsum: {digest}", digest=document["digest"]))
    return document, remarks


def require_seed(seed: str | None, plan: Path | None) -> None:
    """Refuse a command without a seed that can ask nobody for it: SeedMissing."""
    if seed is None and (plan is None or not sys.stdin.isatty()):
        raise SeedMissing


def seed_asked(door: Door) -> str:
    """Return a seed that is asked for on the terminal, until it is one."""
    while True:
        seed = str(click.prompt(door.words.text("Frø, 20 cifre"), err=True)).strip()
        if is_seed(seed):
            return seed
        door.remark(door.words.sentence(SeedMalformed(value=seed)))
