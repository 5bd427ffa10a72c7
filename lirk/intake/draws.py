"""Freezes and certificates from their files, read strictly: what is doubtful is refused."""

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

from lirk.domain.draws import (
    CertificateBroken,
    CertificateMalformed,
    DrawFileTooNew,
    FreezeBroken,
    FreezeMalformed,
)
from lirk.errors import UnusableRequest
from lirk.intake.opening import read_bytes
from sampling.documents import require_certificate, require_freeze
from sampling.errors import DocumentMalformed, DocumentTooNew


class NotJson(UnusableRequest):
    """The file holds no JSON object."""

    code = "draw-file-not-json"


class MemberTwice(UnusableRequest):
    """A member stands twice in an object: a reader and a program would believe different ones."""

    code = "draw-file-member-twice"


def read_freeze(path: Path) -> dict[str, Any]:
    """Return the freeze in a file, its form checked.

    Raises
    ------
    FileUnreadable, NotJson, MemberTwice
        If the file cannot be read.
    FreezeMalformed, DrawFileTooNew
        If it is no freeze, or one that a later version of LIRK wrote.
    """
    return freeze_in(read_bytes(path), path.name)


def read_certificate(path: Path) -> dict[str, Any]:
    """Return the certificate in a file, its form checked.

    Raises
    ------
    FileUnreadable, NotJson, MemberTwice
        If the file cannot be read.
    CertificateMalformed, DrawFileTooNew
        If it is no certificate, or one that a later version of LIRK wrote.
    """
    return certificate_in(read_bytes(path), path.name)


def freeze_in(content: bytes, name: str) -> dict[str, Any]:
    """Return the freeze in the bytes of a file of this name; see ``read_freeze``."""
    return _read(content, name, require_freeze, FreezeMalformed)


def certificate_in(content: bytes, name: str) -> dict[str, Any]:
    """Return the certificate in the bytes of a file of this name; see ``read_certificate``."""
    return _read(content, name, require_certificate, CertificateMalformed)


def _read(
    content: bytes,
    name: str,
    require: Callable[[object], None],
    refusal: type[FreezeBroken | CertificateBroken],
) -> dict[str, Any]:
    try:
        document = json.loads(content.decode("utf-8-sig"), object_pairs_hook=_once)
    except MemberTwice as error:
        raise MemberTwice(file=name, **error.values) from None
    except (ValueError, RecursionError):
        raise NotJson(file=name) from None
    if not isinstance(document, dict) or _half_characters(document):
        raise NotJson(file=name)
    try:
        require(document)
    except DocumentTooNew as error:
        raise DrawFileTooNew(file=name, **error.values) from None
    except DocumentMalformed as error:
        raise refusal(file=name, **error.values) from None
    return document


def _once(pairs: list[tuple[str, object]]) -> dict[str, object]:
    members = dict(pairs)
    if len(members) < len(pairs):
        names = [name for name, _ in pairs]
        raise MemberTwice(member=next(name for name in names if names.count(name) > 1))
    return members


def _half_characters(document: object) -> bool:
    """Return whether an escape stands for half a character (a lone surrogate), which nothing can print."""
    try:
        json.dumps(document, ensure_ascii=False).encode()
    except UnicodeEncodeError:
        return True
    return False
