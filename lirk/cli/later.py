"""A group some of whose commands are imported when they are asked for: they need rooms that the others do not."""

import importlib
from collections.abc import Mapping

import rich_click as click

from lirk.cli.help import with_help


class LaterGroup(click.RichGroup):
    """A group whose class says which commands come later."""

    #: Each such command, and the module that is loaded for it.
    LATER: Mapping[str, str] = {}

    def list_commands(self, ctx: click.Context) -> list[str]:
        """Return the names of all commands, as they were added, those that come later last."""
        known = super().list_commands(ctx)
        return [*known, *(name for name in self.LATER if name not in known)]

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """Return one command, imported now, or the one that a copy made for a help page holds already."""
        known = super().get_command(ctx, cmd_name)
        if known is not None or cmd_name not in self.LATER:
            return known
        command = getattr(importlib.import_module(self.LATER[cmd_name]), cmd_name)
        return with_help(command) if isinstance(command, click.Command) else None


class ChecklistGroup(LaterGroup):
    """``lirk checklist``: what is done with a database comes later."""

    LATER: Mapping[str, str] = {"law": "lirk.cli.checklist_watch", "health": "lirk.cli.checklist_watch"}
