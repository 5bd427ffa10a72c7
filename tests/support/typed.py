"""A command as a person types it, in this process."""

import sqlite3
from contextlib import redirect_stderr, redirect_stdout
from dataclasses import dataclass
from io import StringIO
from pathlib import Path

from lirk.cli.main import main


@dataclass(frozen=True)
class Ended:
    """How a command ended: exit status, standard output, standard error."""

    status: int
    out: str
    err: str

    def __post_init__(self):
        said = self.out + self.err
        assert not [fault for fault in ("Traceback", "fejl i LIRK selv", "fault in LIRK") if fault in said], (
            said
        )


def typed(*arguments: object) -> Ended:
    """Run ``lirk`` with these arguments; what it prints is not mixed with the tests'."""
    out, err, status = StringIO(), StringIO(), 0
    with redirect_stdout(out), redirect_stderr(err):
        try:
            main([str(argument) for argument in arguments])
        except SystemExit as ended:
            status = ended.code or 0
    return Ended(status, out.getvalue(), err.getvalue())


def content(folder: Path) -> dict[str, object]:
    """Everything in a folder: each file's bytes, and of a SQLite database every row."""
    return {
        str(path.relative_to(folder)): rows(path) if path.suffix == ".sqlite" else path.read_bytes()
        for path in sorted(folder.rglob("*"))
        if path.is_file() and path.suffix not in {".sqlite-wal", ".sqlite-shm"}
    }


def rows(path: Path) -> list[str]:
    connection = sqlite3.connect(path)
    try:
        return list(connection.iterdump())
    finally:
        connection.close()
