"""The published versions of a centre's report that a later one took the place of."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from lirk.domain.access import Action
from lirk.domain.people import Person
from lirk.domain.rounds import Round
from lirk.services.kept_reports import kept_version
from lirk.services.publishing import sums_of
from lirk.services.reports import Reader, place_of
from lirk.storage.store import Store
from lirk.wording.catalogue import Language


@dataclass(frozen=True, slots=True, kw_only=True)
class EarlierVersion:
    """A published version, when it was published, and why the next one took its place.

    Attributes
    ----------
    reason
        Empty where the next version was kept by a program whose words this one does not know.
    sums
        The checksums (SHA-256) of its files in one language by their endings.
    """

    version: int
    published_on: date | None
    reason: str
    sums: Mapping[str, str]


def earlier_versions_at(
    store: Store, actor: Person, key: str, address: str, *, reader: Reader
) -> tuple[EarlierVersion, ...]:
    """Return the earlier published versions of the report at an address, the latest first.

    The version in force is not among them, nor what is still a draft.

    Raises
    ------
    NotFound, NotAllowed
        See ``lirk.services.reports.centre_report_at``.
    """
    round_, centre = place_of(store, actor, Action.READ_CENTRE_REPORT, key, address)
    earlier = range(store.report_stages.of(round_.id, centre).latest - 1, 0, -1)
    days = _days(store, round_, centre) if earlier else {}
    return tuple(
        EarlierVersion(
            version=version,
            published_on=days.get(version),
            reason=_reason(store, round_, centre, version + 1, reader.words.language),
            sums=sums_of(store, round_, centre, version, reader=reader),
        )
        for version in earlier
    )


def _days(store: Store, round_: Round, centre: str) -> dict[int, date]:
    """Return when each version was published; the stage knows only the latest."""
    return {
        int(str(entry.about["version"])): entry.at.date()
        for entry in store.trail.named(round_.id, "report-published")
        if entry.about["centre"] == centre
    }


def _reason(store: Store, round_: Round, centre: str, version: int, language: Language) -> str:
    """Return why a version took the place of the one before."""
    kept = kept_version(store, round_, centre, version, language=language)
    return kept.stage.correction if kept and kept.stage else ""
