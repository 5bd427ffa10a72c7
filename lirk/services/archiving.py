"""The archive package of a closed round: everything of it in one ZIP that is readable without LIRK."""

import csv
import hashlib
import zipfile
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from importlib.metadata import version
from io import BytesIO, StringIO
from pathlib import Path
from typing import Any

import sampling
from checklists.model import Checklist
from checklists.score import applying
from lirk.domain.access import Action, require
from lirk.domain.archives import (
    CASES,
    CERTIFICATES,
    CHECKLISTS,
    COLUMNS,
    EARLIER,
    FREEZE,
    ITEMS,
    MADE,
    README,
    REPORTS,
    SUMS,
    UNTOLD,
    ArchivedAnswer,
    ArchivedRound,
    answers_of,
    archived_trail,
    sums_of,
)
from lirk.domain.people import Person
from lirk.domain.reports import CentreReport
from lirk.domain.review_sheets import known_facts
from lirk.domain.reviews import Answer, CaseStatus, DrawnCase, Reading, Review
from lirk.domain.rounds import ChecklistVersion, Round, RoundState
from lirk.errors import LirkError, Problem, RuleBroken
from lirk.intake.archives import ReadPackage, name_told, read_package
from lirk.intake.draws import certificate_in, freeze_in
from lirk.reports.archive_readme import readme
from lirk.reports.archive_tables import data_tables
from lirk.services import reports
from lirk.services.certificate_pages import certificate_page
from lirk.services.draw_checks import problems_of
from lirk.services.files import document_bytes
from lirk.services.pinned import asked_in
from lirk.services.publishing import bytes_of, in_force_or_kept, superseded
from lirk.services.read_twice import BothReadings, both_readings, counted_reviews
from lirk.services.reports import Reader, centre_addresses
from lirk.services.reviews import answer_codes
from lirk.services.samples import latest_cases
from lirk.storage.store import Store
from sampling.documents import freeze_digest
from sampling.verification import differences_within

#: What a centre's report is put in as, by the endings of its files.
REPORT_FILES = ("pdf", "xlsx", "csv", "json")
#: The tables that say which parts a package has, with the columns that say it.
TELLING = {COLUMNS: ("fil",), CASES: ("loebenummer", "center"), ITEMS: ("tjekliste", "version")}
#: As old as a file in a ZIP can be.
FIRST_YEAR = 1980
#: A plain file that its owner writes and all read.
PLAIN_FILE = 0o100644
#: The system that the rights of a file are written for, whatever system the package is made on.
UNIX = 3


class ArchiveNotClosed(RuleBroken):
    """A package is made of a round that is closed; this one is not."""

    code = "archive-not-closed"


@dataclass(frozen=True, slots=True, kw_only=True)
class Checked:
    """What came of checking a package: its own checksum, files and certificates read, and all problems."""

    sha256: str
    files: int
    certificates: int
    problems: tuple[Problem, ...]

    @property
    def holds(self) -> bool:
        """Whether it is whole and unchanged."""
        return not self.problems


def archived_round(store: Store, actor: Person, key: str, *, reader: Reader) -> ArchivedRound:
    """Return all of a closed round that its archive package is made of.

    Raises
    ------
    NotAllowed
        If the person's role may not have everything of a round.
    RoundUnknown
        If there is no such round.
    ArchiveNotClosed
        If it is not closed.
    """
    require(actor, Action.MAKE_ARCHIVE)
    round_ = store.rounds.by_key(key)
    if round_.state is not RoundState.CLOSED:
        raise ArchiveNotClosed(round=key)
    written, overview = reports.reports_of(store, round_, reader)
    cases = latest_cases(store, round_)
    without = tuple(sorted(UNTOLD))
    told = store.trail.count(round_.id, without=without)
    trail = store.trail.latest(round_.id, skip=0, count=told, without=without)
    return ArchivedRound(
        municipality=reader.municipality,
        round=round_,
        frame=store.rounds.frame(round_.id),
        draws=store.draws.of(round_.id),
        cases=cases,
        answers=tuple(_answers(store, round_, cases)),
        asked=asked_in(store, round_),
        checklists={_checklist_name(one): one.text for one in store.rounds.checklists(round_.id)},
        reports={report.centre: report for report in written},
        overview=overview,
        trail=archived_trail(reversed(trail), round_.closed_at),
        published=in_force_or_kept(store, round_, reader.words.language, REPORT_FILES),
        superseded=superseded(store, round_, reader.words.language),
    )


def file_count(archived: ArchivedRound) -> int:
    """Return how many times ``package`` will say that it has made a part."""
    return len(archived.reports) + len(archived.draws) + 2


def package(archived: ArchivedRound, reader: Reader, step: Callable[[], None] = lambda: None) -> bytes:
    """Return the package as a ZIP; the same round gives the same bytes.

    The files are stored as they are: every program can unpack them in thirty years, and no release of a packing
    library makes other bytes. All of them carry the time when the round was closed.
    """
    files = dict(_files(archived, reader, step))
    return _zipped({**files, SUMS: sums_of(files)}, archived.closed_at)


def note_made(store: Store, actor: Person, key: str, content: bytes, *, now: datetime) -> str:
    """Write in the trail that a package was made; returns its checksum, which stands there, too.

    Raises
    ------
    NotAllowed
        If the person's role may not have everything of a round.
    """
    require(actor, Action.MAKE_ARCHIVE)
    digest = hashlib.sha256(content).hexdigest()
    store.trail.add(MADE, actor_id=actor.id, at=now, round=key, sha256=digest)
    return digest


def file_name(key: str) -> str:
    """Return what a round's package is called."""
    return f"{key}-arkiv.zip"


def verify_package(path: Path) -> Checked:
    """Check a package without unpacking it: the list both ways, and each certificate as far as it shows by itself.

    That the register gives the same draw cannot be seen here: the register is in no package.

    Raises
    ------
    lirk.intake.opening.FileUnreadable
        If the system does not hand the file out.
    """
    found = read_package(path)
    return Checked(
        sha256=found.sha256,
        files=found.files,
        certificates=sum(name != FREEZE for name in found.certificates),
        problems=(*found.problems, *_absent(found), *_certificate_problems(found)),
    )


def _absent(found: ReadPackage) -> Iterator[Problem]:
    """Yield the tables, checklists and reports that a package's own tables tell of and that are not in it.

    A table that cannot say so is a problem itself: a list made anew hides what was taken out with it.
    """
    read: dict[str, list[dict[str, str]]] = {}
    for name, columns in TELLING.items():
        if name in found.kept and not (rows := _rows(found.kept[name], columns)):
            yield Problem("archive-table-unreadable", file=name)
        elif name in found.kept:
            read[name] = rows
    centres = {row["center"] for row in read.get(CASES, ()) if row["loebenummer"]}
    expected = {f"{REPORTS}{address}.pdf" for address in centre_addresses(sorted(centres)).values()}
    expected |= {_checklist_place(row["tjekliste"], row["version"]) for row in read.get(ITEMS, ())}
    expected |= {row["fil"] for row in read.get(COLUMNS, ()) if "*" not in row["fil"]}
    told = {problem.file for problem in found.problems}
    yield from (
        Problem("archive-part-missing", file=name_told(name))
        for name in sorted(expected - found.names - told)
    )


def _rows(table: bytes, columns: tuple[str, ...]) -> list[dict[str, str]]:
    """Return a table's rows by column; none of one that cannot be read, or lacks one of these columns or values."""
    try:
        rows = list(csv.DictReader(StringIO(table.decode("utf-8-sig"), newline=""), delimiter=";"))
    except (UnicodeDecodeError, csv.Error):
        return []
    whole = all(isinstance(row.get(column), str) for row in rows for column in columns)
    return rows if whole else []


def _checklist_name(pinned: ChecklistVersion) -> str:
    return _checklist_place(pinned.checklist_id, str(pinned.version))


def _checklist_place(checklist_id: str, version: str) -> str:
    return f"{CHECKLISTS}{checklist_id}-{version}.toml"


def _answers(store: Store, round_: Round, cases: tuple[DrawnCase, ...]) -> Iterator[ArchivedAnswer]:
    """Yield what each numbered case was answered, by running number and in the order of the checklists."""
    twice = store.reconciliations.read_twice(round_.id)
    counted = {_key(one): one for one in counted_reviews(store, round_, twice=twice)}
    first = {_key(one): one for one in store.reviews.of(round_.id)}
    second = {_key(one): one for one in store.reviews.of(round_.id, reading=Reading.SECOND)}
    both = {_key(one.first): one for one in both_readings(store, round_, twice=twice)}
    originals = store.original_answers.of(round_.id)
    asked = [one.checklist for one in asked_in(store, round_)]
    for case in (case for case in cases if case.number is not None):
        for checklist in asked:
            key = (case.id, checklist.id)
            yield from answers_of(
                case,
                checklist.id,
                checklist.version,
                _questions(checklist),
                register=known_facts(checklist, case.facts),
                first=first[key].answers if key in first else {},
                second=second[key].answers if key in second else {},
                agreed=_agreed(both.get(key)),
                counts=_counted(checklist, case, counted.get(key)),
                before=(_original(first.get(key), originals), _original(second.get(key), originals)),
            )


def _key(review: Review) -> tuple[int, str]:
    return review.case_id, review.checklist_id


def _original(review: Review | None, originals: Mapping[int, Mapping[str, Answer]]) -> Mapping[str, Answer]:
    return originals.get(review.id, {}) if review else {}


def _questions(checklist: Checklist) -> tuple[tuple[str, str], ...]:
    facts, items = (
        (("fact", fact.id) for fact in checklist.facts),
        (("item", item.id) for item in checklist.items),
    )
    return (*facts, *items)


def _agreed(both: BothReadings | None) -> dict[str, str]:
    found = both.found.differing if both else ()
    return {one.id: one.agreed.value for one in found if one.agreed is not None}


def _counted(checklist: Checklist, case: DrawnCase, review: Review | None) -> dict[str, str]:
    """Return the codes that the reports count: of a case that was reviewed, and of what applies in it."""
    if review is None or case.status is not CaseStatus.TO_REVIEW:
        return {}
    codes = answer_codes(checklist, case, review.answers)
    return {id_: codes[id_] for id_ in applying(checklist, codes) if codes.get(id_)}


def _files(archived: ArchivedRound, reader: Reader, step: Callable[[], None]) -> Iterator[tuple[str, bytes]]:
    yield README, readme(archived, file_name(archived.round.key))
    addresses = centre_addresses(list(archived.reports))
    for centre in archived.reports:
        for kind, found in _parts(archived, centre):
            yield f"{REPORTS}{addresses[centre]}.{kind}", bytes_of(found, kind, reader)
        yield from _superseded(archived, centre, addresses[centre])
        step()
    yield "rapporter/overblik.pdf", reports.overview_file(archived.overview, reader)
    yield "rapporter/overblik.csv", reports.overview_csv(archived.overview, reader)
    yield "rapporter/overblik.json", reports.overview_json(archived.overview)
    step()
    yield FREEZE, document_bytes(archived.frame.freeze)
    for draw in archived.draws:
        place = f"{CERTIFICATES}certifikat-{draw.number}"
        yield f"{place}.json", document_bytes(draw.certificate)
        yield (
            f"{place}.pdf",
            certificate_page(draw.certificate, reader.words, made_up=archived.round.made_up),
        )
        step()
    yield from ((name, text.encode()) for name, text in archived.checklists.items())
    yield from data_tables(archived, reader.words, program=version("lirk")).items()
    step()


def _parts(archived: ArchivedRound, centre: str) -> Iterator[tuple[str, bytes | CentreReport]]:
    """Yield each kind of file of a centre's report with its bytes, or what it is made from."""
    kept = archived.published.get(centre, {})
    for kind in REPORT_FILES:
        if kind in kept:
            yield kind, kept[kind]
        # A file of the next version's draft has no place among those of the version in force.
        elif centre not in archived.being_corrected:
            yield kind, archived.reports[centre]


def _superseded(archived: ArchivedRound, centre: str, address: str) -> Iterator[tuple[str, bytes]]:
    """Yield the files of a centre's published versions that a later one replaced, with the version's number."""
    for version_, files in archived.superseded.get(centre, {}).items():
        for kind in (kind for kind in REPORT_FILES if kind in files):
            yield f"{EARLIER}{address}-version-{version_}.{kind}", files[kind]


def _zipped(files: Mapping[str, bytes], at: datetime) -> bytes:
    buffer, moment = BytesIO(), at.astimezone(UTC)
    when = (max(moment.year, FIRST_YEAR), moment.month, moment.day, moment.hour, moment.minute, moment.second)
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_STORED) as made:
        for name in sorted(files):
            entry = zipfile.ZipInfo(name, when)
            entry.external_attr, entry.create_system = PLAIN_FILE << 16, UNIX
            made.writestr(entry, files[name])
    return buffer.getvalue()


def _certificate_problems(found: ReadPackage) -> Iterator[Problem]:
    freeze = None
    for name in sorted(found.certificates, key=lambda one: (one != FREEZE, one)):
        try:
            if name == FREEZE:
                freeze = freeze_in(found.certificates[name], name)
                if sampling.digest(freeze) != freeze["digest"]:
                    yield Problem("archive-freeze-edited", file=name)
            else:
                document = certificate_in(found.certificates[name], name)
                yield from _wrong_within(document, freeze, name)
        except LirkError:
            yield Problem("archive-certificate-unreadable", file=name)


def _wrong_within(
    certificate: Mapping[str, Any], freeze: Mapping[str, Any] | None, name: str
) -> Iterator[Problem]:
    yield from (replace(problem, file=name) for problem in problems_of(differences_within(certificate)))
    if freeze is not None and freeze_digest(certificate) != freeze["digest"]:
        yield Problem("archive-freeze-other", file=name)
