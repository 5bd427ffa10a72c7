"""Freezes and certificates from their files, read strictly: what is doubtful is refused."""

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

from lirk.domain.draws import CertificateBroken, CertificateMalformed, FreezeBroken, FreezeMalformed
from lirk.errors import UnusableRequest
from lirk.intake.opening import read_bytes
from sampling.documents import malformed_certificate, malformed_freeze


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
    FreezeMalformed
        If it is no freeze.
    """
    return _read(path, malformed_freeze, FreezeMalformed)


def read_certificate(path: Path) -> dict[str, Any]:
    """Return the certificate in a file, its form checked.

    Raises
    ------
    FileUnreadable, NotJson, MemberTwice
        If the file cannot be read.
    CertificateMalformed
        If it is no certificate.
    """
    return _read(path, malformed_certificate, CertificateMalformed)


def _read(
    path: Path,
    malformed: Callable[[object], tuple[str, ...]],
    refusal: type[FreezeBroken | CertificateBroken],
) -> dict[str, Any]:
    try:
        document = json.loads(read_bytes(path).decode("utf-8-sig"), object_pairs_hook=_once)
    except MemberTwice as error:
        raise MemberTwice(file=path.name, **error.values) from None
    except (ValueError, RecursionError):
        raise NotJson(file=path.name) from None
    if not isinstance(document, dict) or _half_characters(document):
        raise NotJson(file=path.name)
    for member in malformed(document):
        raise refusal(file=path.name, member=member)
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
