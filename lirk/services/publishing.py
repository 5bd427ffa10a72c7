"""Publishing a centre's report: its files are made once, kept byte for byte, and handed out from then on."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import AbstractContextManager, contextmanager
from dataclasses import dataclass, replace
from datetime import date, datetime

from lirk.domain.access import Action, require
from lirk.domain.finding_replies import FindingReplies
from lirk.domain.objections import granted_unchanged, ungranted
from lirk.domain.people import Person
from lirk.domain.report_stages import ReportStage, ReportState, published
from lirk.domain.reports import CentreReport
from lirk.domain.rounds import Round
from lirk.errors import LirkError, NotFound, RuleBroken
from lirk.services import reports
from lirk.services.kept_reports import kept_report, kept_version, value_files
from lirk.services.objections import item_numbers, resting
from lirk.services.report_stages import without_leader
from lirk.services.reports import Reader, place_of, report_of
from lirk.storage.database import Database
from lirk.storage.store import Store
from lirk.wording import Wording
from lirk.wording.catalogue import LANGUAGES, Language

#: Opens a unit of work for the person who publishes.
Opening = Callable[[], AbstractContextManager[tuple[Store, Person]]]

#: What a report is handed out as, by the ending of the file.
KINDS: Mapping[str, Callable[[CentreReport, Reader], bytes]] = {
    "pdf": reports.centre_file,
    "xlsx": reports.centre_xlsx,
    "csv": reports.centre_csv,
    "json": lambda report, _: reports.centre_json(report),
}


class ObjectionsOpen(RuleBroken):
    """The leader disagrees with findings, and nobody has answered."""

    code = "objections-open"


class LeaderNotHeard(RuleBroken):
    """The leader can still write and has not said to have nothing (more) to add; that is to be confirmed."""

    code = "leader-not-heard"


class LeaderNotAsked(LeaderNotHeard):
    """The leader has not been sent this version; that it is published all the same is to be confirmed."""

    code = "leader-not-asked"


class NobodyToHear(LeaderNotHeard):
    """The centre has no leader who could reply; that it is published all the same is to be confirmed."""

    code = "nobody-to-hear"


class CorrectionsUngranted(RuleBroken):
    """Answers are corrected after objections that are not found to be right."""

    code = "corrections-ungranted"


class GrantedUnchanged(RuleBroken):
    """An objection is found to be right, and no answer was corrected; that is to be confirmed."""

    code = "granted-unchanged"


class Unconfirmed(RuleBroken):
    """Several things are to be confirmed; ``missing`` has the refusal of each."""

    code = "unconfirmed"

    def __init__(self, missing: Iterable[RuleBroken], *, centre: str) -> None:
        self.missing = tuple(missing)
        super().__init__(centre=centre, count=len(self.missing))


class EditionChanged(RuleBroken):
    """Something in the report was changed while its files were made."""

    code = "edition-changed"


@dataclass(frozen=True, slots=True, kw_only=True)
class Edition:
    """A version of a report that is about to be published: the same report in each language."""

    round: Round
    centre: str
    stage: ReportStage
    reports: Mapping[Language, CentreReport]


@dataclass(frozen=True, slots=True, kw_only=True)
class Attempt:
    """What came of publishing one of several reports: its stage, or why it stays what it was."""

    centre: str
    stage: ReportStage | None = None
    refused: LirkError | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class InForce:
    """The version of a report that is in force.

    Attributes
    ----------
    sums
        The checksums (SHA-256) of its files in one language by their endings, in the order of ``KINDS``.
    replaced_soon
        Its correction is a draft.
    computed_anew
        The page is not made from what was kept then: nothing was, or this program cannot read it.
    """

    version: int
    sums: Mapping[str, str]
    replaced_soon: bool
    computed_anew: bool


def opening(database: Database, actor: Person) -> Opening:
    """Return what opens a unit of work of a database for a person."""

    @contextmanager
    def opened() -> Iterator[tuple[Store, Person]]:
        with database.begin() as store:
            yield store, actor

    return opened


def publish_report(
    begin: Opening,
    key: str,
    centre: str,
    *,
    reader: Reader,
    without_reply: bool = False,
    unchanged: bool = False,
    now: datetime,
) -> ReportStage:
    """Publish a centre's report; its files are made while no unit of work is open.

    Raises
    ------
    EditionChanged
        If something in it was changed meanwhile.
    ObjectionsOpen, CorrectionsUngranted, LeaderNotHeard, GrantedUnchanged, Unconfirmed, ReportPublished
    ReportNotSent, NotAllowed, RoundUnknown, RoundNotIn
        See ``edition_of``.
    """
    with begin() as (store, actor):
        edition = edition_of(
            store,
            actor,
            key,
            centre,
            reader=reader,
            without_reply=without_reply,
            unchanged=unchanged,
            now=now,
        )
    files = printed(edition, reader)
    with begin() as (store, actor):
        return publish(store, actor, edition, files, reader=reader, now=now)


def publish_each(
    begin: Opening,
    key: str,
    centres: Iterable[str],
    *,
    reader: Reader,
    without_reply: bool = False,
    unchanged: bool = False,
    now: datetime,
) -> Iterator[Attempt]:
    """Publish one report after the other, each by itself; what a rule refuses is passed over, with the reason."""
    for centre in centres:
        try:
            stage = publish_report(
                begin, key, centre, reader=reader, without_reply=without_reply, unchanged=unchanged, now=now
            )
        except (RuleBroken, NotFound) as error:
            yield Attempt(centre=centre, refused=error)
        else:
            yield Attempt(centre=centre, stage=stage)


def edition_of(
    store: Store,
    actor: Person,
    key: str,
    centre: str,
    *,
    reader: Reader,
    without_reply: bool = False,
    unchanged: bool = False,
    now: datetime,
) -> Edition:
    """Return a report as it will be published, with everything asked that could stand against it.

    Parameters
    ----------
    without_reply
        It is confirmed that the leader is not waited for, although there is still time.
    unchanged
        It is confirmed that an objection was found to be right, although no answer was corrected.

    Raises
    ------
    ObjectionsOpen, CorrectionsUngranted, LeaderNotHeard, GrantedUnchanged, Unconfirmed
        See each.
    ReportPublished, ReportNotSent
        If its stage does not allow it.
    NotAllowed, RoundUnknown, RoundNotIn, lirk.services.reports.CentreUnknown
        If the person publishes nothing, or there is no such report.
    """
    require(actor, Action.PUBLISH_REPORTS, centre=centre)
    round_ = store.rounds.by_key(key)
    value = report_of(store, round_, centre, reader)
    before = store.report_stages.of(round_.id, centre)
    stage = published(before, centre=centre, now=now)
    replies = store.finding_replies.of(round_.id, centre)
    if items := [one.item for one in value.replies if one.objects and one.outcome is None]:
        raise ObjectionsOpen(centre=centre, items=items)
    _check_corrections(store, round_, value, replies)
    led = not without_leader(store, [centre])
    unheard = [] if without_reply else not_heard(before, led=led, centre=centre, today=now.date())
    missing = [*unheard, *([] if unchanged else _unchanged(value, replies))]
    if missing:
        raise missing[0] if len(missing) == 1 else Unconfirmed(missing, centre=centre)
    return Edition(
        round=round_,
        centre=centre,
        stage=stage,
        reports={
            language: replace(report_of(store, round_, centre, of), stage=stage)
            for language, of in _readers(reader).items()
        },
    )


def parts_of(refused: LirkError) -> tuple[LirkError, ...]:
    """Return what is told of a refusal: each thing that is to be confirmed, or the refusal itself."""
    return refused.missing if isinstance(refused, Unconfirmed) else (refused,)


def _check_corrections(store: Store, round_: Round, report: CentreReport, replies: FindingReplies) -> None:
    """Refuse a report in which an answer was corrected after an objection that is not found to be right."""
    made = ungranted(resting(store, round_, report), replies)
    if made:
        items = item_numbers(report, [(one.checklist_id, one.item_id) for one in made])
        raise CorrectionsUngranted(centre=report.centre, items=list(items))


def not_heard(stage: ReportStage, *, led: bool, centre: str, today: date) -> list[RuleBroken]:
    """Return that it is to be confirmed that the leader is not waited for; nothing where that is not so.

    ``led``: the centre has a leader who could reply.
    """
    if not stage.unheard(today):
        return []
    if not led:
        return [NobodyToHear(centre=centre)]
    asked = stage.state is not ReportState.DRAFT
    return [LeaderNotHeard(centre=centre) if asked else LeaderNotAsked(centre=centre)]


def _unchanged(report: CentreReport, replies: FindingReplies) -> list[RuleBroken]:
    """Return that it is to be confirmed that nothing came of an objection; nothing where that is not so."""
    items = item_numbers(report, granted_unchanged(report.corrections, replies))
    return [GrantedUnchanged(centre=report.centre, items=list(items))] if items else []


def printed(edition: Edition, reader: Reader) -> dict[str, bytes]:
    """Return the files of an edition by name: ``da.pdf``, ``en.csv``. No database is open meanwhile."""
    return {
        f"{language}.{kind}": make(edition.reports[language], of)
        for language, of in _readers(reader).items()
        for kind, make in KINDS.items()
    }


def publish(
    store: Store,
    actor: Person,
    edition: Edition,
    files: Mapping[str, bytes],
    *,
    reader: Reader,
    now: datetime,
) -> ReportStage:
    """Publish an edition with the files that were made of it; its value is kept beside them, for its page.

    Parameters
    ----------
    now
        The time for which the edition was made.

    Raises
    ------
    EditionChanged
        If the report is another one by now.
    ObjectionsOpen, CorrectionsUngranted, ReportPublished, NotAllowed
        See ``edition_of``.
    """
    again = edition_of(
        store,
        actor,
        edition.round.key,
        edition.centre,
        reader=reader,
        without_reply=True,
        unchanged=True,
        now=now,
    )
    if again != edition:
        raise EditionChanged(centre=edition.centre)
    round_, stage = edition.round, edition.stage
    store.report_stages.keep(round_.id, edition.centre, stage, published_by=actor.id)
    kept = {**files, **value_files(edition.reports)}
    store.published_files.add(round_.id, edition.centre, stage.version, kept)
    store.trail.add(
        "report-published",
        actor_id=actor.id,
        at=now,
        round=round_.key,
        centre=edition.centre,
        version=stage.version,
        files=len(files),
    )
    return stage


def kept_or_report(
    store: Store, actor: Person, key: str, centre: str, kind: str, *, reader: Reader
) -> bytes | CentreReport:
    """Return the file of a published report as it was made then; of a draft the report to make it from.

    What was not made when the report was published is made of what was kept then.

    Raises
    ------
    RoundUnknown, CentreUnknown, NotFound, NotAllowed, RoundNotIn
        See ``lirk.services.reports.centre_report``.
    """
    report = reports.centre_report(store, actor, key, centre, reader=reader)
    stage = report.stage
    if stage is None or stage.is_draft:
        return report
    round_ = store.rounds.by_key(key)
    found = _found(store, round_, centre, stage.version, kind, reader=reader)
    return report if found is None else found


def bytes_of(found: bytes | CentreReport, kind: str, reader: Reader) -> bytes:
    """Return the bytes of a file that ``kept_or_report`` or ``version_file`` found."""
    return found if isinstance(found, bytes) else KINDS[kind](found, reader)


def in_force(store: Store, round_: Round, language: Language) -> Mapping[str, Mapping[str, bytes]]:
    """Return the files of the published reports of a round in a language, by centre and ending."""
    kinds = {f"{language}.{kind}": kind for kind in KINDS}
    found = store.published_files.in_force(round_.id, kinds)
    return {
        centre: {kinds[name]: content for name, content in files.items()} for centre, files in found.items()
    }


def in_force_or_kept(
    store: Store, round_: Round, language: Language, kinds: Iterable[str]
) -> Mapping[str, Mapping[str, bytes | CentreReport]]:
    """Return what ``in_force`` does, and of what was not made then the report of that version to make it from."""
    stages, asked = store.report_stages.of_round(round_.id), tuple(kinds)

    def whole(centre: str, files: Mapping[str, bytes]) -> dict[str, bytes | CentreReport]:
        missing = [kind for kind in asked if kind not in files]
        version = stages[centre].latest
        kept = kept_version(store, round_, centre, version, language=language) if missing else None
        return {**files, **(dict.fromkeys(missing, kept) if kept else {})}

    return {centre: whole(centre, files) for centre, files in in_force(store, round_, language).items()}


def superseded(
    store: Store, round_: Round, language: Language
) -> Mapping[str, Mapping[int, Mapping[str, bytes]]]:
    """Return the files of published versions that a later one replaced, by centre, version and ending."""
    kinds = {f"{language}.{kind}": kind for kind in KINDS}
    found = store.published_files.superseded(round_.id, kinds)
    return {
        centre: {
            version: {kinds[name]: content for name, content in files.items()}
            for version, files in versions.items()
        }
        for centre, versions in found.items()
    }


def in_force_at(store: Store, actor: Person, key: str, address: str, *, reader: Reader) -> InForce | None:
    """Return what can be told of the version in force of the report at an address, or None where there is none.

    Raises
    ------
    NotFound, NotAllowed
        See ``lirk.services.reports.centre_report_at``.
    """
    round_, centre = place_of(store, actor, Action.READ_CENTRE_REPORT, key, address)
    stage, language = store.report_stages.of(round_.id, centre), reader.words.language
    if not stage.latest:
        return None
    kept = stage.is_draft or kept_report(store, round_, centre, stage, language=language, shelf=reader.shelf)
    return InForce(
        version=stage.latest,
        sums=sums_of(store, round_, centre, stage.latest, reader=reader),
        replaced_soon=stage.is_draft,
        computed_anew=not kept,
    )


def sums_of(store: Store, round_: Round, centre: str, version: int, *, reader: Reader) -> dict[str, str]:
    """Return the checksums of a version's files in the reader's language by their endings, as ``KINDS`` has them."""
    sums = store.published_files.sums(round_.id, centre, version)
    return {kind: sums[name] for kind in KINDS if (name := _name(reader, kind)) in sums}


def version_file(
    store: Store, actor: Person, key: str, address: str, version: int, kind: str, *, reader: Reader
) -> bytes | CentreReport:
    """Return a file of a published version, also of one that was replaced, for whoever may read the report.

    Where the file was not made then, the report of that version is returned, to make it from.

    Raises
    ------
    NotFound
        If there is no such report, published version or file, or it is not for the person; in the same words.
    NotAllowed
        If the person's role reads no centre reports.
    """
    round_, centre = place_of(store, actor, Action.READ_CENTRE_REPORT, key, address)
    found = _found(store, round_, centre, version, kind, reader=reader) if kind in KINDS else None
    if found is None:
        raise NotFound
    return found


def _found(
    store: Store, round_: Round, centre: str, version: int, kind: str, *, reader: Reader
) -> bytes | CentreReport | None:
    """Return a published version's file, or what was kept of it to make the file from."""
    kept = store.published_files.find(round_.id, centre, version, _name(reader, kind))
    if kept is not None:
        return kept
    return kept_version(store, round_, centre, version, language=reader.words.language)


def _name(reader: Reader, kind: str) -> str:
    return f"{reader.words.language}.{kind}"


def _readers(reader: Reader) -> dict[Language, Reader]:
    return {language: replace(reader, words=Wording(language)) for language in LANGUAGES}
