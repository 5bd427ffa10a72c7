"""Help pages in the reader's language: code writes them in English, ``locale/da/help.po`` holds the Danish.

The catalogue is opened when a page is shown, and never otherwise; the commands themselves are not changed.
"""

from copy import copy
from inspect import cleandoc
from typing import TypeVar

import rich_click as click
from rich_click.rich_help_formatter import RichHelpFormatter

from lirk.cli.door import Door
from lirk.wording import Wording
from lirk.wording.catalogue import help_translations

#: What rich-click writes around the help itself, by the name of its setting.
FRAME = {
    "arguments_panel_title": "Arguments",
    "options_panel_title": "Options",
    "commands_panel_title": "Commands",
    "default_string": "[default: {}]",
    "required_long_string": "[required]",
}
USAGE = "Usage:"

AnyCommand = TypeVar("AnyCommand", bound=click.Command)


def folded(english: str) -> str:
    """Return a help text as the catalogue names it: a space for each run of white space, paragraphs kept."""
    return "\n\n".join(" ".join(part.split()) for part in cleandoc(english).split("\n\n"))


def danish(english: str) -> str:
    """Return the Danish of a help text, or the text itself where there is none."""
    return help_translations("da").gettext(folded(english)) if english else english


class DanishFormatter(RichHelpFormatter):
    """Writes a help page whose first word is Danish too; rich-click has no setting for that word."""

    def write_usage(self, prog: str, args: str = "", prefix: str | None = None) -> None:
        """Write how the command is written."""
        super().write_usage(prog, args, danish(USAGE) if prefix is None else prefix)


class HelpContext(click.RichContext):
    """The context of a command whose help is in the reader's language."""

    def get_help(self) -> str:
        """Return the help page."""
        door = self.find_object(Door)
        words = Wording() if door is None else door.words
        if words.language == "en":
            return super().get_help()
        shown = self._danish()
        return shown.command.get_help(shown)

    def _danish(self) -> "HelpContext":
        """Return this context with a command, settings and a formatter that are Danish."""
        shown = copy(self)
        shown.command = _danish_command(self.command, self)
        shown.formatter_class = DanishFormatter
        shown.help_config = copy(self.help_config)
        for setting, english in FRAME.items():
            setattr(shown.help_config, setting, danish(english).replace("[", r"\["))
        return shown


def with_help(command: AnyCommand) -> AnyCommand:
    """Give a command, and all commands under it, help in the reader's language; returns the command."""
    command.context_class = HelpContext
    for one in command.commands.values() if isinstance(command, click.Group) else ():
        with_help(one)
    return command


def _danish_command(command: click.Command, context: click.Context) -> click.Command:
    """Return a copy of a command for its help page."""
    shown = _described(command)
    # The option --help is made anew by click at each asking, in English, unless it is one of the others.
    shown.params = [_danish_parameter(one, context) for one in command.get_params(context)]
    shown.add_help_option = False
    shown.options_metavar = danish(command.options_metavar or "")
    if isinstance(shown, click.Group) and isinstance(command, click.Group):
        found = {name: command.get_command(context, name) for name in command.list_commands(context)}
        shown.commands = {name: _described(one) for name, one in found.items() if one is not None}
        shown.subcommand_metavar = danish(command.subcommand_metavar)
    return shown


def _described(command: AnyCommand) -> AnyCommand:
    """Return a copy of a command as its group's page lists it."""
    shown = copy(command)
    shown.help = danish(command.help or "")
    shown.short_help = danish(command.short_help or "")
    shown.epilog = danish(command.epilog or "")
    return shown


def _danish_parameter(parameter: click.Parameter, context: click.Context) -> click.Parameter:
    """Return a copy of a parameter; arguments keep the names that the texts and the manual call them by."""
    shown = copy(parameter)
    if isinstance(shown, click.Option):
        shown.help = danish(shown.help or "")
        if not shown.is_flag:
            shown.metavar = danish(parameter.make_metavar(context))
    return shown
