"""Options that several commands share, so that they read the same everywhere."""

from pathlib import Path

import rich_click as click

from lirk.errors import UnusableRequest
from lirk.services.files import FileNotWritten

as_person = click.option(
    "--as", "username", metavar="PERSON", help="Who acts, by username; the coordinator if left out."
)
as_json = click.option("--json", "as_json", is_flag=True, help="Print JSON.")
file_path = click.Path(path_type=Path)


class FileExists(UnusableRequest):
    """A file that would be written over stands there already."""

    code = "file-exists"


def new_file(path: Path) -> Path:
    """Return a path that nothing stands at yet.

    Raises
    ------
    FileExists
        If something does.
    lirk.services.files.FileNotWritten
        If nothing can stand there: the name is too long, or the folder may not be looked into.
    """
    try:
        taken = path.exists()
    except OSError as error:
        raise FileNotWritten(file=str(path), reason=error.strerror or str(error)) from None
    if taken:
        raise FileExists(file=str(path))
    return path
