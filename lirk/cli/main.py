"""``lirk``: the command line. Commands that need no database or PDF import neither."""

import importlib
import os
import sys
import tempfile
import traceback

import rich_click as click
from click.exceptions import NoArgsIsHelpError

from lirk.cli.door import DOES_NOT_HOLD, HOLDS, NOT_DONE, Door, error_value
from lirk.cli.help import HelpContext, with_help
from lirk.cli.usage import usage_problem
from lirk.errors import LirkError, Problem, ProblemsFound
from lirk.settings import Settings
from lirk.wording import Wording

#: Each command group, and the module that is loaded when somebody asks for it.
GROUPS = {
    "archive": "lirk.cli.archive",
    "checklist": "lirk.cli.checklist",
    "db": "lirk.cli.db",
    "demo": "lirk.cli.demo",
    "draw": "lirk.cli.draw",
    "register": "lirk.cli.register",
    "plan": "lirk.cli.plan",
    "report": "lirk.cli.report",
    "review": "lirk.cli.review",
    "round": "lirk.cli.round",
    "serve": "lirk.cli.serve",
    "user": "lirk.cli.user",
}


class Rooms(click.RichGroup):
    """A group that imports a command group's module only when it is used."""

    context_class = HelpContext

    def list_commands(self, ctx: click.Context) -> list[str]:
        """Return the names of all groups, alphabetically."""
        return sorted(GROUPS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """Return one group, imported now, or the one that a copy made for a help page holds already."""
        known = super().get_command(ctx, cmd_name)
        if known is not None or cmd_name not in GROUPS:
            return known
        command = getattr(importlib.import_module(GROUPS[cmd_name]), cmd_name)
        return with_help(command) if isinstance(command, click.Command) else None


@click.group(cls=Rooms, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(package_name="lirk", prog_name="lirk")
def lirk() -> None:
    """Draw decision cases at random, review them, and report to each centre.

    Exit status: 0 done, and what was checked holds; 1 done, and what was checked does not hold;
    2 wrong use of the command, or it could not be done.
    """


def main(arguments: list[str] | None = None) -> None:
    """Run the command line; errors become sentences, never a stack trace."""
    fallback = Wording()
    try:
        settings = Settings.read()
    except LirkError as error:
        Door(Settings(), fallback).tell(error)
        sys.exit(NOT_DONE)
    door = Door(settings, Wording(settings.language))
    try:
        status = lirk.main(args=arguments, obj=door, prog_name="lirk", standalone_mode=False)
    except LirkError as error:
        door.tell(error)
        if "--json" in (sys.argv[1:] if arguments is None else arguments):
            door.json(error_value(door.words, error))
        sys.exit(DOES_NOT_HOLD if isinstance(error, ProblemsFound) else NOT_DONE)
    except NoArgsIsHelpError as asked:
        asked.show()
        sys.exit(NOT_DONE)
    except click.ClickException as wrong:
        door.remark(door.words.sentence(usage_problem(wrong)))
        sys.exit(NOT_DONE)
    except click.Abort:
        door.remark(door.words.sentence(Problem("interrupted")))
        sys.exit(NOT_DONE)
    except Exception as error:  # a fault of LIRK's own: no stack trace reaches a person
        door.remark(door.words.sentence(_unexpected(error)))
        sys.exit(NOT_DONE)
    sys.exit(status if isinstance(status, int) else HOLDS)


def _unexpected(error: Exception) -> Problem:
    """Return what to say of a fault in LIRK itself, and write down where it happened.

    The file gets the places in the program and the kind of error, never its message: that could quote a
    value from a register.
    """
    descriptor, name = tempfile.mkstemp(prefix="lirk-", suffix=".txt")
    with os.fdopen(descriptor, "w", encoding="utf-8") as file:
        file.writelines(traceback.format_tb(error.__traceback__))
        file.write(f"{type(error).__name__}\n")
    return Problem("unexpected", {"kind": type(error).__name__, "log": name})
