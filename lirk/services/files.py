"""Files out, whole or not at all."""

import json
import os
import tempfile
from collections.abc import Mapping
from pathlib import Path

from lirk.errors import UnusableRequest


class FileNotWritten(UnusableRequest):
    """A file could not be written: no room, no right, no such folder."""

    code = "file-not-written"


def write_bytes(path: Path, content: bytes) -> None:
    """Write a file so that it stands there whole, or what stood there before.

    The folder is made where it is missing. The bytes are on the disk when this returns.

    Raises
    ------
    FileNotWritten
        If the system refuses; nothing half-written stays behind.
    """
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        _replace(path, content)
    except OSError as error:
        raise FileNotWritten(file=str(path), reason=error.strerror or str(error)) from None


def write_document(path: Path, document: Mapping[str, object]) -> None:
    """Write a JSON document as people read it: indented, sorted, UTF-8.

    Raises
    ------
    FileNotWritten
        See ``write_bytes``.
    """
    text = json.dumps(document, ensure_ascii=False, indent=2, sort_keys=True)
    write_bytes(path, f"{text}\n".encode())


def _replace(path: Path, content: bytes) -> None:
    descriptor, name = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}.")
    try:
        with os.fdopen(descriptor, "wb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        Path(name).chmod(0o644)
        Path(name).replace(path)
    except BaseException:
        Path(name).unlink(missing_ok=True)
        raise
