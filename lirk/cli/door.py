"""What every command is handed: language, clock, settings, and where to say things."""

import json
import re
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import NoReturn

import rich_click as click
from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, SpinnerColumn, TextColumn

from lirk.errors import LirkError, Problem, ProblemsFound
from lirk.settings import Settings
from lirk.wording import Wording

#: Exit statuses of every command (the manual's chapter on the command line).
HOLDS, DOES_NOT_HOLD, NOT_DONE = 0, 1, 2


#: Signs that steer a terminal: a file that somebody edited may hold them, to hide what is told of it.
_STEERING = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f]")


def _shown(text: str) -> str:
    return _STEERING.sub(lambda sign: f"\\x{ord(sign[0]):02x}", text)


def _local_now() -> datetime:
    return datetime.now(UTC).astimezone()


@dataclass(frozen=True, slots=True)
class Door:
    """The one place where the command line meets the clock, the settings and the terminal."""

    settings: Settings
    words: Wording
    now: Callable[[], datetime] = field(default=_local_now)

    def say(self, text: str = "") -> None:
        """Print a result on standard output."""
        click.echo(_shown(text))

    def remark(self, text: str) -> None:
        """Print a remark on standard error."""
        click.echo(_shown(text), err=True)

    def json(self, value: object) -> None:
        """Print a result for programs: JSON with sorted keys on standard output."""
        click.echo(json.dumps(value, ensure_ascii=False, indent=2, sort_keys=True, default=str))

    def problem_line(self, problem: Problem) -> str:
        """Return one problem as a person reads it: place, then sentence."""
        place = self.words.place(problem)
        sentence = self.words.sentence(problem)
        return f"{place}: {sentence}" if place else sentence

    def tell(self, error: LirkError) -> None:
        """Print an error with all its problems on standard error."""
        if isinstance(error, ProblemsFound):
            for problem in error.problems:
                self.remark(self.problem_line(problem))
        self.remark(self.words.sentence(error))

    def fail_check(self) -> NoReturn:
        """End the command: it was done, and what was checked does not hold."""
        sys.exit(DOES_NOT_HOLD)

    @contextmanager
    def progress(self, text: str, total: int | None = None) -> Iterator[Callable[[], None]]:
        """Show how far a long piece of work has come, on standard error; yields what to call at each step.

        Where standard error is no terminal, nothing is shown.
        """
        counted = () if total is None else (MofNCompleteColumn(),)
        columns = (SpinnerColumn(), TextColumn("{task.description}"), BarColumn(), *counted)
        console = Console(stderr=True)
        with Progress(*columns, console=console, transient=True, disable=not console.is_terminal) as bar:
            task = bar.add_task(text, total=total)
            yield lambda: bar.advance(task)


pass_door = click.make_pass_decorator(Door)


def problem_value(words: Wording, problem: Problem) -> dict[str, object]:
    """Return a problem as ``--json`` prints it."""
    names = ("file", "sheet", "row", "line", "column", "item")
    place = {name: getattr(problem, name) for name in names if getattr(problem, name) is not None}
    return {"code": problem.code, **place, "sentence": words.sentence(problem)}


def error_value(words: Wording, error: LirkError) -> dict[str, object]:
    """Return an error as ``--json`` prints it, with all its problems."""
    problems = error.problems if isinstance(error, ProblemsFound) else ()
    return {
        "error": {
            "code": error.code,
            "sentence": words.sentence(error),
            "problems": [problem_value(words, problem) for problem in problems],
        }
    }
