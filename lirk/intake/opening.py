"""The bytes of a file that a person handed in."""

from pathlib import Path

from lirk.errors import UnusableRequest


class FileUnreadable(UnusableRequest):
    """The system does not hand the file out: it is a folder, or may not be read."""

    code = "input-file-unreadable"


class FileMissing(FileUnreadable):
    """There is no such file."""

    code = "input-file-missing"


def read_bytes(path: Path) -> bytes:
    """Return the content of a file.

    Raises
    ------
    FileUnreadable
        If the system does not hand it out; ``FileMissing`` if it is not there.
    """
    try:
        return path.read_bytes()
    except FileNotFoundError:
        raise FileMissing(file=path.name) from None
    except OSError as error:
        raise FileUnreadable(file=path.name, reason=error.strerror or type(error).__name__) from None
