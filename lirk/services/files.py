"""Files out, whole or not at all."""

import json
import os
import secrets
from collections.abc import Mapping
from contextlib import suppress
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
    write_bytes(path, document_bytes(document))


def document_bytes(document: Mapping[str, object]) -> bytes:
    """Return a JSON document as people read it: indented, sorted, UTF-8."""
    text = json.dumps(document, ensure_ascii=False, indent=2, sort_keys=True)
    return f"{text}\n".encode()


def _replace(path: Path, content: bytes) -> None:
    # Not by tempfile, whose files nobody else may read: the rights are those that the person's own files get.
    beside = path.parent / f".lirk-{secrets.token_hex(8)}"
    try:
        with beside.open("xb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        beside.replace(path)
    except BaseException:
        beside.unlink(missing_ok=True)
        raise
    _settle(path.parent)


def _settle(folder: Path) -> None:
    """Bring a folder's new entry to the disk, on systems that let a folder be opened."""
    with suppress(OSError):
        descriptor = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(descriptor)
        finally:
            os.close(descriptor)
