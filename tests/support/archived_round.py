"""A closed round with all that an archive package must be careful with, and its package taken apart."""

from datetime import timedelta
from io import BytesIO
from pathlib import Path
from zipfile import ZIP_STORED, ZipFile, ZipInfo

from double_round import open_second, readings, write
from small_round import KEY, Municipality, under_way

from lirk.domain.archives import SUMS, sums_of
from lirk.domain.people import Role
from lirk.domain.reviews import Answer, CaseStatus
from lirk.services import archiving, reconciling
from lirk.services.reports import Reader
from lirk.wording import Wording

#: The readers, with names that stand in no other text.
FIRST, SECOND = "zenobia", "quirinus"
NOTE, REFERENCE, AGREED = "Ringede til Xanthippe", "Brev fra Xanthippe", "Xanthippe fik det oplyst"
NAMES = (FIRST, SECOND, "Xanthippe", "kleopatra", "astyages")
TWICE = 2


def closed_round(database, folder, now) -> Municipality:
    """Case 1 was replaced, case 2 read by two who agreed, case 3 not found; one more coordinator, and a leader."""
    town = under_way(database, folder, now, FIRST)
    town.add(SECOND)
    town.add("kleopatra", Role.COORDINATOR)
    town.add("astyages", Role.CENTRE_LEADER, centres=frozenset({"Center Nord"}))
    open_second(database, now, SECOND, TWICE, key=KEY)
    town.answer(FIRST, 1, value="", status=CaseStatus.OUT_OF_SCOPE)
    town.replace(1)
    town.answer(FIRST, 3, value="", status=CaseStatus.NOT_FOUND)
    first, second = readings(database, KEY, TWICE)
    write(database, first.id, now, clear=Answer(item_id="clear", value="yes", note=NOTE), reasons="no")
    write(database, second.id, now, clear="no", reasons="no")
    with town.acting(FIRST) as (store, actor):
        after = now + timedelta(days=1)
        reconciling.agree(store, actor, first.id, "clear", "no", AGREED, version=0, now=after)
    for number, review in town.reviews().items():
        if number not in {1, TWICE, 3}:
            note = Answer(item_id="clear", value="yes", note=NOTE, journal_reference=REFERENCE)
            write(database, review.id, now, clear=note, reasons="yes")
    town.now = now + timedelta(days=2)
    town.close()
    return town


def reader(language: str = "da") -> Reader:
    return Reader(municipality="Sydfjord Kommune", words=Wording(language))


def archived(town: Municipality, *, language: str = "da", who: str | None = None):
    with town.acting(who) as (store, actor):
        return archiving.archived_round(store, actor, KEY, reader=reader(language))


def made(town: Municipality, *, language: str = "da") -> bytes:
    return archiving.package(archived(town, language=language), reader(language))


def files_in(content: bytes) -> dict[str, bytes]:
    with ZipFile(BytesIO(content)) as package:
        return {name: package.read(name) for name in package.namelist()}


def zipped(files, path: Path) -> Path:
    """Write files, (name or entry, bytes) each, as they are; names may stand twice."""
    with ZipFile(path, "w", ZIP_STORED) as package:
        for name, content in files.items() if isinstance(files, dict) else files:
            package.writestr(name if isinstance(name, ZipInfo) else ZipInfo(name), content)
    return path


def listed_anew(files: dict[str, bytes]) -> dict[str, bytes]:
    """The files with a list that fits them."""
    rest = {name: content for name, content in files.items() if name != SUMS}
    return {**rest, SUMS: sums_of(rest)}
