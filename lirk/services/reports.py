"""The reports of a closed round: one value each, which page, PDF and spreadsheet print."""

from collections.abc import Hashable, Sequence
from dataclasses import dataclass, replace
from datetime import date
from unicodedata import normalize

from lirk.domain.access import Action, may, require
from lirk.domain.alphabet import danish_key
from lirk.domain.corrections import CorrectionCounts
from lirk.domain.finding_replies import with_replies
from lirk.domain.finding_texts import with_texts
from lirk.domain.overview_texts import with_text
from lirk.domain.overview_values import Overview
from lirk.domain.people import Person
from lirk.domain.report_stages import ReportStage
from lirk.domain.reports import CentreReport
from lirk.domain.rounds import Round, RoundState, check_step
from lirk.errors import NotFound
from lirk.reports import data_files, report_sheets
from lirk.reports.centre_pdf import centre_pdf
from lirk.reports.overview_pdf import overview_pdf
from lirk.services.assessed_reports import with_assessment
from lirk.services.development import development_of
from lirk.services.kept_reports import kept_report
from lirk.services.own_rounds import Series, series_of
from lirk.services.report_material import Material, material
from lirk.services.report_shelf import ReportShelf
from lirk.storage.store import Store
from lirk.wording import Wording

#: How a file name spells what is no plain letter; every other sign becomes a hyphen.
SPELLED_OUT = {"æ": "ae", "ø": "oe", "å": "aa", "&": "og"}
#: Letters of a file name before its number and ending; file systems take 255 bytes.
NAME_LENGTH = 80


class CentreUnknown(NotFound):
    """The round has no report for a centre of that name: no such centre, or none of its cases was drawn."""

    code = "centre-unknown"


@dataclass(frozen=True, slots=True, kw_only=True)
class Reader:
    """For whom a report is made: the municipality's name on it, the language, and where reports are kept."""

    municipality: str
    words: Wording
    shelf: ReportShelf | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class RoundReports:
    """The reports of a closed round that a person may read: centre and address, in Danish order."""

    key: str
    title: str
    first_day: date | None
    last_day: date | None
    closed_on: date
    made_up: str
    centres: tuple[tuple[str, str], ...]


def centre_report(store: Store, actor: Person, key: str, centre: str, *, reader: Reader) -> CentreReport:
    """Return the report of one centre in a closed round, with what the coordinator has written.

    Raises
    ------
    RoundUnknown, CentreUnknown
        If the round does not exist, or the centre does not or had no cases.
    NotFound
        If the centre is not the person's own.
    NotAllowed
        If the person's role reads no centre reports.
    RoundNotIn
        If the round is not closed.
    """
    require(actor, Action.READ_CENTRE_REPORT, centre=centre)
    return report_of(store, store.rounds.by_key(key), centre, reader)


def centre_report_at(store: Store, actor: Person, key: str, address: str, *, reader: Reader) -> CentreReport:
    """Return the report that has this address; see ``centre_report``.

    Raises
    ------
    NotFound
        In the same words if there is no such round, no such centre, or it is not the person's own.
    NotAllowed, RoundNotIn
        See ``centre_report``.
    """
    round_, centre = place_of(store, actor, Action.READ_CENTRE_REPORT, key, address)
    return report_of(store, round_, centre, reader)


def overview(store: Store, actor: Person, key: str, *, reader: Reader) -> Overview:
    """Return the municipality's overview of a closed round; it holds no result of a centre.

    Raises
    ------
    NotFound, NotAllowed, RoundNotIn
        See ``centre_report``.
    """
    require(actor, Action.READ_OVERVIEW)
    round_ = _closed(store, key)
    return _whole(store, round_, _bare_overview(store, round_, reader), reader)


def prepare(store: Store, *, reader: Reader) -> None:
    """Compute all that the latest closed round says and leave it on the reader's shelf; nobody is shown it."""
    latest = next(iter(_closed_rounds(store)), None)
    if latest is not None and reader.shelf is not None:
        counts = store.corrections.counts()
        _whole(store, latest, _bare_overview(store, latest, reader), reader)
        for centre, series in series_of(store, latest, reader.words.language).items():
            reader.shelf.series.put(_kept_series(latest, centre, reader, counts), series)


def all_reports(
    store: Store, actor: Person, key: str, *, reader: Reader
) -> tuple[tuple[CentreReport, ...], Overview]:
    """Return each centre's report, in Danish order, and the overview, from one reading of the round.

    Raises
    ------
    NotFound, NotAllowed, RoundNotIn
        See ``centre_report``; who asks must be allowed to read all of them.
    """
    require(actor, Action.READ_OVERVIEW)
    round_ = _closed(store, key)
    written, municipality = reports_of(store, round_, reader)
    for report in written:
        require(actor, Action.READ_CENTRE_REPORT, centre=report.centre)
    return written, municipality


def reports_of(store: Store, round_: Round, reader: Reader) -> tuple[tuple[CentreReport, ...], Overview]:
    """Return what ``all_reports`` does, for a person whose right was asked; the round must be closed."""
    read = material(store, round_)
    bare = [read.report(centre, reader.municipality, reader.words.language) for centre in read.centres]
    before = any(report.earlier_rounds for report in bare)
    series = series_of(store, round_, reader.words.language) if before else {}
    stages = store.report_stages.of_round(round_.id)
    told = (
        replace(
            report,
            series=series.get(report.centre, ()),
            stage=stages.get(report.centre, ReportStage()),
        )
        for report in bare
    )
    written = tuple(_with_words(store, round_, report, reader) for report in told)
    # Where nothing is corrected, what was read for the reports is what the overview is made of.
    whole = (
        _bare_overview(store, round_, reader) if read.corrected else read.overview(bare, reader.municipality)
    )
    return written, _whole(store, round_, whole, reader)


def readable_reports(store: Store, actor: Person) -> tuple[RoundReports, ...]:
    """Return the closed rounds with the reports that a person may read, the latest round first.

    Raises
    ------
    NotFound, NotAllowed
        If the person's role reads no centre reports.
    """
    require(actor, Action.READ_CENTRE_REPORT, centre=next(iter(actor.centres), None))
    measured = store.cases.measured()
    rounds = (
        _readable(round_, [name for pk, name in measured if pk == round_.id], actor)
        for round_ in _closed_rounds(store)
    )
    return tuple(one for one in rounds if one.centres)


def overview_rounds(store: Store, actor: Person) -> tuple[Round, ...]:
    """Return the closed rounds, the latest first.

    Raises
    ------
    NotAllowed
        If the person's role reads no overview.
    """
    require(actor, Action.READ_OVERVIEW)
    return _closed_rounds(store)


def centre_file(report: CentreReport, reader: Reader) -> bytes:
    """Return a centre's report as PDF; the same report gives the same bytes."""
    return centre_pdf(report, reader.words)


def centre_csv(report: CentreReport, reader: Reader) -> bytes:
    """Return the numbers of a centre's report as CSV, a row a theme and an item."""
    return data_files.centre_csv(report, reader.words)


def centre_xlsx(report: CentreReport, reader: Reader) -> bytes:
    """Return a centre's report as a spreadsheet; the same report gives the same bytes."""
    return report_sheets.centre_xlsx(report, reader.words)


def centre_json(report: CentreReport) -> bytes:
    """Return a centre's report as JSON; cases have their running numbers only."""
    return data_files.centre_json(report)


def overview_file(value: Overview, reader: Reader) -> bytes:
    """Return the overview as PDF; the same overview gives the same bytes."""
    return overview_pdf(value, reader.words)


def overview_csv(value: Overview, reader: Reader) -> bytes:
    """Return the overview as CSV: participation, themes, what several centres share, earlier rounds, texts."""
    return data_files.overview_csv(value, reader.words)


def overview_json(value: Overview) -> bytes:
    """Return the overview as JSON."""
    return data_files.overview_json(value)


def file_names(centres: tuple[str, ...]) -> dict[str, str]:
    """Return a file name for each centre: its name in plain letters, numbered where two would be alike.

    No number says anything of a result: it follows the order of the centres as given.
    """
    names: dict[str, str] = {}
    for centre in centres:
        plain = _plain(centre)[:NAME_LENGTH] or "center"
        taken = set(names.values()) | {"overview.pdf"}
        candidates = (f"{plain}.pdf", *(f"{plain}-{number}.pdf" for number in range(2, len(centres) + 2)))
        names[centre] = next(name for name in candidates if name not in taken)
    return names


def centre_addresses(centres: Sequence[str]) -> dict[str, str]:
    """Return what stands for each centre in an address, in Danish order of the centres.

    The same centres in any order have the same addresses; ask with all that have a report in the round.
    """
    ordered = tuple(sorted(set(centres), key=danish_key))
    return {centre: name.removesuffix(".pdf") for centre, name in file_names(ordered).items()}


def report_addresses(store: Store, round_: Round) -> dict[str, str]:
    """Return the address of each centre with drawn cases in a round; what may be shown is the caller's to ask."""
    return centre_addresses([centre for _, centre in store.cases.measured(round_id=round_.id)])


def place_of(store: Store, actor: Person, action: Action, key: str, address: str) -> tuple[Round, str]:
    """Return the round and the centre that an address names, if a person may do a thing there.

    Raises
    ------
    NotFound
        In the same words whether there is no such round, no such centre, or it is not the person's own.
    NotAllowed
        If the person's role cannot do it at all.
    """
    round_ = store.rounds.find(key)
    addresses = report_addresses(store, round_) if round_ else {}
    centre = next((name for name, known in addresses.items() if known == address), None)
    require(actor, action, centre=centre)
    if round_ is None or centre is None:
        raise NotFound
    return round_, centre


def report_of(store: Store, round_: Round, centre: str, reader: Reader) -> CentreReport:
    """Return a centre's report for a person whose right was asked, from the shelf where it is kept.

    What is published is the report as it was then; its meeting is told as it stands now.

    Raises
    ------
    CentreUnknown, RoundNotIn
        See ``centre_report``.
    """
    check_step(round_, "report")
    stage = store.report_stages.of(round_.id, centre)
    kept = kept_report(store, round_, centre, stage, language=reader.words.language, shelf=reader.shelf)
    return kept or _computed(store, round_, centre, stage, reader)


def _computed(store: Store, round_: Round, centre: str, stage: ReportStage, reader: Reader) -> CentreReport:
    """Return a centre's report as it follows from what stands in the store now."""
    counts = store.corrections.counts()
    if reader.shelf is None:
        bare = _report(store, round_, centre, reader)
    else:
        bare = reader.shelf.centres.get(
            _kept(round_, centre, reader, counts), lambda: _report(store, round_, centre, reader)
        )
    series = _series(store, round_, centre, reader, counts) if bare.earlier_rounds else ()
    return _with_words(store, round_, replace(bare, series=series, stage=stage), reader)


def _with_words(store: Store, round_: Round, report: CentreReport, reader: Reader) -> CentreReport:
    """Return a centre's report with what people have said about it, which is never kept on a shelf."""
    told = with_texts(report, store.finding_texts.of(round_.id, report.centre))
    told = with_replies(told, store.finding_replies.of(round_.id, report.centre))
    told = replace(told, meeting=store.meetings.of(round_.id, report.centre))
    return with_assessment(store, round_, told, reader.words.language)


def _series(store: Store, round_: Round, centre: str, reader: Reader, counts: CorrectionCounts) -> Series:
    """Return the centre's own rounds beside each other, from the shelf where they are kept."""

    def made() -> Series:
        return series_of(store, round_, reader.words.language, centre).get(centre, ())

    if reader.shelf is None:
        return made()
    return reader.shelf.series.get(_kept_series(round_, centre, reader, counts), made)


def _report(store: Store, round_: Round, centre: str, reader: Reader) -> CentreReport:
    read = material(store, round_, centre)
    if centre not in read.cases:
        raise CentreUnknown(round=round_.key, centre=centre)
    return read.report(centre, reader.municipality, reader.words.language)


def _whole(store: Store, round_: Round, bare: Overview, reader: Reader) -> Overview:
    """Return an overview with the earlier rounds' and what the coordinator has written, which nobody keeps."""
    beside = development_of(store, round_, bare, lambda one: _bare_overview(store, one, reader))
    return with_text(replace(bare, development=beside), store.overview_texts.of(round_.id))


def _bare_overview(store: Store, round_: Round, reader: Reader) -> Overview:
    """Return what is computed of a round for its overview, from the shelf where it is kept.

    It is made of the answers as they were when the round was closed, and never changes. Between an overview
    before a correction and one after it, whoever knows the corrected case could work out other centres' counts.
    """
    if reader.shelf is None:
        return _overview(store, round_, reader)
    kept = (round_, reader.municipality, reader.words.language)
    return reader.shelf.overviews.get(kept, lambda: _overview(store, round_, reader))


def _overview(store: Store, round_: Round, reader: Reader) -> Overview:
    read = material(store, round_, as_closed=True)
    return read.overview([_bare(read, centre, reader) for centre in read.centres], reader.municipality)


def _bare(read: Material, centre: str, reader: Reader) -> CentreReport:
    """Return a centre's report before any correction, kept for those who ask for it while there is none."""

    def made() -> CentreReport:
        return read.report(centre, reader.municipality, reader.words.language)

    if reader.shelf is None:
        return made()
    return reader.shelf.centres.get(_kept(read.round_, centre, reader, CorrectionCounts()), made)


def _kept(round_: Round, centre: str, reader: Reader, counts: CorrectionCounts) -> tuple[Hashable, ...]:
    """Return what a centre's report is kept under: all that it is made from.

    What a closed round was answered changes by corrections alone, and their count only goes up.
    """
    corrected = counts.of(round_id=round_.id, centre=centre)
    return round_, centre, corrected, reader.municipality, reader.words.language


def _kept_series(
    round_: Round, centre: str, reader: Reader, counts: CorrectionCounts
) -> tuple[Hashable, ...]:
    """Return what a centre's own rounds are kept under; an earlier round's answers may be corrected, too."""
    return round_, centre, counts.of(centre=centre), reader.municipality, reader.words.language


def _closed(store: Store, key: str) -> Round:
    """Return a round that is closed; no report is made of another."""
    round_ = store.rounds.by_key(key)
    check_step(round_, "report")
    return round_


def _closed_rounds(store: Store) -> tuple[Round, ...]:
    closed = [
        (round_.closed_at, round_) for round_ in store.rounds.all() if round_.state is RoundState.CLOSED
    ]
    ordered = sorted(closed, key=lambda one: (one[0] or one[1].created_at, one[1].id), reverse=True)
    return tuple(round_ for _, round_ in ordered)


def _readable(round_: Round, centres: Sequence[str], actor: Person) -> RoundReports:
    return RoundReports(
        key=round_.key,
        title=round_.title,
        first_day=round_.first_day,
        last_day=round_.last_day,
        closed_on=(round_.closed_at or round_.created_at).date(),
        made_up=round_.made_up,
        centres=tuple(
            (centre, address)
            for centre, address in centre_addresses(centres).items()
            if may(actor, Action.READ_CENTRE_REPORT, centre=centre)
        ),
    )


def _plain(name: str) -> str:
    """Return a name in the letters a-z and digits, with hyphens between its words."""
    spelled = "".join(SPELLED_OUT.get(letter, letter) for letter in normalize("NFC", name).lower())
    ascii_only = normalize("NFKD", spelled).encode("ascii", "ignore").decode()
    return "-".join("".join(letter if letter.isalnum() else " " for letter in ascii_only).split())
