"""Wrong use of a command, in the reader's language: click's own messages are English only."""

import re

import click

from lirk.errors import Problem


def usage_problem(error: click.ClickException) -> Problem:
    """Return what was wrong in how a command was written, with the remedy."""
    match error:
        case click.NoSuchOption():
            return Problem("usage-option-unknown", {"option": error.option_name, "command": _command(error)})
        case click.NoSuchCommand():
            return Problem("usage-command-unknown", {"name": error.command_name, "command": _command(error)})
        case click.MissingParameter():
            return Problem("usage-missing", {"name": _name(error), "command": _command(error)})
        case click.BadParameter() if isinstance(error.param and error.param.type, click.Choice):
            return Problem(
                "usage-not-a-choice",
                {"name": _name(error), "value": _value(error), "choices": _choices(error)},
            )
        case click.BadParameter():
            return Problem("usage-bad-value", {"name": _name(error), "value": _value(error)})
        case _:
            return Problem(
                "usage-wrong", {"reason": error.format_message().rstrip("."), "command": _command(error)}
            )


def _command(error: click.ClickException) -> str:
    context = getattr(error, "ctx", None)
    return context.command_path if isinstance(context, click.Context) else "lirk"


def _name(error: click.BadParameter) -> str:
    """Return an option as it is written, or an argument as the help names it."""
    if error.param is None:
        return str(error.param_hint or "")
    if isinstance(error.param, click.Option):
        return max(error.param.opts, key=len)
    return error.param.make_metavar(error.ctx) if error.ctx else error.param.human_readable_name


def _value(error: click.BadParameter) -> str:
    """Return the value, which click hands on inside its message only."""
    quoted = re.search(r"'(.*?)'", error.message)
    return quoted.group(1) if quoted else error.message


def _choices(error: click.BadParameter) -> list[str]:
    kind = error.param.type if error.param else None
    return [str(choice) for choice in kind.choices] if isinstance(kind, click.Choice) else []
