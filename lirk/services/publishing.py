"""Publishing a centre's report: its files are made once, kept byte for byte, and handed out from then on."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime

from lirk.domain.access import Action, may, require
from lirk.domain.finding_replies import unheard
from lirk.domain.people import Person
from lirk.domain.report_stages import ReportStage, published
from lirk.domain.reports import CentreReport
from lirk.domain.rounds import Round
from lirk.errors import NotFound, RuleBroken
from lirk.services import reports
from lirk.services.reports import Reader, place_of, report_of
from lirk.storage.store import Store
from lirk.wording import Wording
from lirk.wording.catalogue import LANGUAGES, Language

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
    """The leader has not replied and still could; that is to be confirmed."""

    code = "leader-not-heard"


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


def edition_of(
    store: Store,
    actor: Person,
    key: str,
    centre: str,
    *,
    reader: Reader,
    without_reply: bool = False,
    now: datetime,
) -> Edition:
    """Return a report as it will be published, with everything asked that could stand against it.

    Parameters
    ----------
    without_reply
        It is confirmed that the leader has not replied, although there was still time.

    Raises
    ------
    ObjectionsOpen, LeaderNotHeard
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
    if not without_reply and unheard(before, replies, now.date()):
        raise LeaderNotHeard(centre=centre)
    return Edition(
        round=round_,
        centre=centre,
        stage=stage,
        reports={
            language: replace(report_of(store, round_, centre, of), stage=stage)
            for language, of in _readers(reader).items()
        },
    )


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
    """Publish an edition with the files that were made of it.

    Parameters
    ----------
    now
        The time for which the edition was made.

    Raises
    ------
    EditionChanged
        If the report is another one by now.
    ObjectionsOpen, ReportPublished, NotAllowed
        See ``edition_of``.
    """
    again = edition_of(
        store, actor, edition.round.key, edition.centre, reader=reader, without_reply=True, now=now
    )
    if again != edition:
        raise EditionChanged(centre=edition.centre)
    round_, stage = edition.round, edition.stage
    store.report_stages.keep(round_.id, edition.centre, stage, published_by=actor.id)
    store.published_files.add(round_.id, edition.centre, stage.version, files)
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
    kept = store.published_files.find(round_.id, centre, stage.version, _name(reader, kind))
    return report if kept is None else kept


def bytes_of(found: bytes | CentreReport, kind: str, reader: Reader) -> bytes:
    """Return the bytes of a file that ``kept_or_report`` found."""
    return found if isinstance(found, bytes) else KINDS[kind](found, reader)


def in_force(store: Store, round_: Round, language: Language) -> Mapping[str, Mapping[str, bytes]]:
    """Return the files of the published reports of a round in a language, by centre and ending."""
    prefix = f"{language}."
    found = store.published_files.in_force(round_.id, prefix)
    return {
        centre: {name.removeprefix(prefix): content for name, content in files.items()}
        for centre, files in found.items()
    }


def version_file(
    store: Store, actor: Person, key: str, address: str, version: int, kind: str, *, reader: Reader
) -> bytes:
    """Return a file of a published version: the latest one to all who read the report, others to the coordinator.

    Raises
    ------
    NotFound
        If there is no such report, version or file, or it is not for the person; in the same words.
    NotAllowed
        If the person's role reads no centre reports.
    """
    round_, centre = place_of(store, actor, Action.READ_CENTRE_REPORT, key, address)
    latest = store.report_stages.of(round_.id, centre).latest
    if version != latest and not may(actor, Action.PUBLISH_REPORTS, centre=centre):
        raise NotFound
    found = store.published_files.find(round_.id, centre, version, _name(reader, kind))
    if found is None:
        raise NotFound
    return found


def _name(reader: Reader, kind: str) -> str:
    return f"{reader.words.language}.{kind}"


def _readers(reader: Reader) -> dict[Language, Reader]:
    return {language: replace(reader, words=Wording(language)) for language in LANGUAGES}
