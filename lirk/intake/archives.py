"""An archive package as somebody hands it in: held against its own list, in memory and within limits.

Nothing is ever unpacked to a disk, and nothing in the file is believed before it is checked.
"""

import hashlib
import zipfile
import zlib
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from io import BytesIO
from pathlib import Path
from stat import S_IFMT, S_IFREG

from lirk.domain.archives import CASES, CERTIFICATES, COLUMNS, ITEMS, PARTS, SUMS, is_safe, read_sums
from lirk.errors import Problem
from lirk.intake.opening import read_bytes

#: A package of a hundred centres is about 50 MB. What is far beyond is no package, whatever it says of itself.
MOST_BYTES, MOST_FILES, MOST_UNPACKED, LARGEST_FILE = 2**29, 5_000, 2**30, 2**27
#: A certificate is read whole, and so are the tables that say which parts there must be.
LARGEST_READ = 2**24
TABLES = frozenset({CASES, COLUMNS, ITEMS})
#: So is the list of checksums; its lines are a checksum and a name.
LARGEST_LIST = MOST_FILES * 512
#: Bytes of the directory at the end of the file, a file in it; names are short.
DIRECTORY_LINE = 1_024
END, END_LENGTH, END_OF_LARGE = b"PK\x05\x06", 22, b"PK\x06\x07"
ENCRYPTED = 0x1
CHUNK = 2**20
#: Letters of a name that is told; a hostile one may be as long as it likes.
TOLD = 120


@dataclass(frozen=True, slots=True, kw_only=True)
class ReadPackage:
    """What was found in a package: its own checksum, the names in it, what was read whole, and all problems.

    ``kept`` has the certificates and the tables of columns, cases and items, by name.
    """

    sha256: str
    names: frozenset[str] = frozenset()
    kept: dict[str, bytes] = field(default_factory=dict)
    problems: tuple[Problem, ...]

    @property
    def files(self) -> int:
        """How many files there are beside the list."""
        return len(self.names)

    @property
    def certificates(self) -> dict[str, bytes]:
        """The certificates and the freeze, by name."""
        return {name: content for name, content in self.kept.items() if name.startswith(CERTIFICATES)}


class _Unreadable(Exception):
    """A file in the package cannot be read whole."""


def read_package(path: Path) -> ReadPackage:
    """Read a package and hold it against its list, both ways; all problems at once.

    Raises
    ------
    lirk.intake.opening.FileUnreadable
        If the system does not hand the file out.
    """
    if path.is_file() and path.stat().st_size > MOST_BYTES:
        return ReadPackage(
            sha256="",
            problems=(Problem("archive-too-large", {"most": MOST_BYTES}),),
        )
    content = read_bytes(path)
    digest = hashlib.sha256(content).hexdigest()
    if (problem := _wrong_outside(content)) is not None:
        return ReadPackage(sha256=digest, problems=(problem,))
    try:
        with zipfile.ZipFile(BytesIO(content)) as package:
            return _read(package, digest)
    except (zipfile.BadZipFile, NotImplementedError, ValueError, EOFError):
        return ReadPackage(sha256=digest, problems=(Problem("archive-broken"),))


def _wrong_outside(content: bytes) -> Problem | None:
    """Return what is wrong with a file before anything in it is believed, or None.

    A directory that is large, of the kind for large files, not where it says it is, or followed by something is
    refused before it is read: it would take the memory, or another program would read another one.
    """
    end = content[-END_LENGTH:]
    if len(end) < END_LENGTH or end[:4] != END or end[-2:] != b"\0\0":
        return Problem("archive-broken")
    if content[-END_LENGTH - 20 : -END_LENGTH].startswith(END_OF_LARGE):
        return Problem("archive-too-many-files", {"most": MOST_FILES})
    count, size = int.from_bytes(end[10:12], "little"), int.from_bytes(end[12:16], "little")
    if count > MOST_FILES or size > MOST_FILES * DIRECTORY_LINE:
        return Problem("archive-too-many-files", {"most": MOST_FILES})
    if int.from_bytes(end[16:20], "little") + size + END_LENGTH != len(content):
        return Problem("archive-broken")
    return None


def _read(package: zipfile.ZipFile, digest: str) -> ReadPackage:
    entries = package.infolist()
    problems = list(_wrong_entries(entries))
    kept: dict[str, bytes] = {}
    names = frozenset(one.filename for one in entries) - {SUMS}
    if len(entries) > MOST_FILES or sum(one.file_size for one in entries) > MOST_UNPACKED:
        problems.append(Problem("archive-unpacks-too-large", {"most": MOST_UNPACKED}))
        return ReadPackage(sha256=digest, names=names, problems=tuple(problems))
    sums, wrong = _listed(package)
    problems += wrong
    there = {one.filename: one for one in entries}
    for name in sorted(names):
        problems += _held_against(package, there[name], sums.get(name) if sums is not None else None, kept)
        if sums is not None and name not in sums:
            problems.append(Problem("archive-file-extra", file=name_told(name)))
    for name in sorted((sums or {}).keys() - there.keys()):
        problems.append(Problem("archive-file-missing", file=name_told(name)))
    known = names | (sums or {}).keys()
    problems += [Problem("archive-part-missing", file=name) for name in PARTS if name not in known]
    return ReadPackage(sha256=digest, names=names, kept=kept, problems=tuple(problems))


def _wrong_entries(entries: list[zipfile.ZipInfo]) -> Iterator[Problem]:
    for name, count in sorted(Counter(one.filename for one in entries).items()):
        if count > 1:
            yield Problem("archive-name-twice", {"count": count}, file=name_told(name))
    # Names that a Windows or Mac computer takes for one would write over each other there.
    folded = Counter(name.casefold() for name in {one.filename for one in entries})
    for name in sorted(name for name, count in folded.items() if count > 1):
        yield Problem("archive-name-twice", {"count": folded[name]}, file=name_told(name))
    for one in entries:
        # What zipfile makes of a name (a NUL ends it, a backslash is turned) may be safe where the name is not.
        if not (is_safe(one.filename) and is_safe(one.orig_filename)):
            yield Problem("archive-name-unsafe", file=name_told(one.orig_filename))
        kind = S_IFMT(one.external_attr >> 16)
        if kind not in {0, S_IFREG}:
            yield Problem("archive-no-plain-file", file=name_told(one.filename))


def _listed(package: zipfile.ZipFile) -> tuple[dict[str, str] | None, list[Problem]]:
    """Return the checksums by name, None where there is no list, and what is wrong with the list."""
    try:
        text = b"".join(_chunks(package, package.getinfo(SUMS), most=LARGEST_LIST)).decode()
    except KeyError:
        return None, [Problem("archive-sums-missing")]
    except (_Unreadable, UnicodeDecodeError):
        return None, [Problem("archive-file-damaged", file=SUMS)]
    if text.count("\n") > MOST_FILES:
        # Each line of a hostile list could be told as a problem of its own.
        return None, [Problem("archive-file-damaged", file=SUMS)]
    lines, wrong = read_sums(text)
    problems = [Problem("archive-sums-malformed", file=SUMS, line=number) for number in wrong]
    counts = Counter(name for name, _ in lines)
    problems += [
        Problem("archive-listed-twice", {"count": count}, file=name_told(name))
        for name, count in sorted(counts.items())
        if count > 1
    ]
    return dict(lines), problems


def _held_against(
    package: zipfile.ZipFile, entry: zipfile.ZipInfo, listed: str | None, kept: dict[str, bytes]
) -> Iterator[Problem]:
    """Yield what is wrong with one file's bytes; keep them where they are read whole."""
    found, read = hashlib.sha256(), bytearray()
    certificate = entry.filename.startswith(CERTIFICATES) and entry.filename.endswith(".json")
    wanted = certificate or entry.filename in TABLES
    try:
        for chunk in _chunks(package, entry, most=LARGEST_READ if wanted else LARGEST_FILE):
            found.update(chunk)
            if wanted:
                read += chunk
    except _Unreadable:
        yield Problem("archive-file-damaged", file=name_told(entry.filename))
        return
    if wanted:
        kept[entry.filename] = bytes(read)
    if listed is not None and found.hexdigest() != listed:
        yield Problem("archive-file-changed", file=name_told(entry.filename))


def _chunks(package: zipfile.ZipFile, entry: zipfile.ZipInfo, *, most: int) -> Iterator[bytes]:
    """Yield the bytes of one file; never more than it says it has, and never more than ``most``."""
    packed = {zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED}
    if entry.flag_bits & ENCRYPTED or entry.file_size > most or entry.compress_type not in packed:
        raise _Unreadable
    read = 0
    try:
        with package.open(entry) as file:
            while chunk := file.read(CHUNK):
                read += len(chunk)
                if read > most:
                    raise _Unreadable
                yield chunk
    except (zipfile.BadZipFile, zlib.error, EOFError, OSError, RuntimeError, ValueError):
        raise _Unreadable from None
    if read != entry.file_size:
        raise _Unreadable


def name_told(name: str) -> str:
    """Return a name as it is told: a hostile one may hold what steers a terminal or breaks a line."""
    plain = "".join(sign if sign.isprintable() else ascii(sign)[1:-1] for sign in name)
    return plain if len(plain) <= TOLD else f"{plain[:TOLD]}…"
