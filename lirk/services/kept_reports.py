"""Published reports as they were then: page, files and copies say the same, whatever is corrected afterwards."""

from collections.abc import Mapping
from dataclasses import replace

from lirk.domain.report_stages import ReportStage
from lirk.domain.reports import CentreReport
from lirk.domain.rounds import Round
from lirk.reports.kept_values import kept_value, report_in
from lirk.services.report_shelf import ReportShelf
from lirk.storage.store import Store
from lirk.wording.catalogue import Language

#: The ending of a value among the files of a version; it is handed out to nobody.
VALUE = "value"


def value_files(values: Mapping[Language, CentreReport]) -> dict[str, bytes]:
    """Return what is kept beside the files of a version, so that its page can be made from it."""
    return {f"{language}.{VALUE}": kept_value(report) for language, report in values.items()}


def kept_report(
    store: Store,
    round_: Round,
    centre: str,
    stage: ReportStage,
    *,
    language: Language,
    shelf: ReportShelf | None,
) -> CentreReport | None:
    """Return a report as it was published, with what was learnt since; None where there is none to be read.

    Of a draft there is none. What was published by an older program may not have been kept, or be kept in words that
    this one does not know. The caller has asked whether the person may read the centre's report.
    """
    if stage.is_draft:
        return None

    def read() -> CentreReport | None:
        return kept_version(store, round_, centre, stage.version, language=language)

    # No version ever changes.
    place = (round_, centre, stage.version, language)
    kept = read() if shelf is None else shelf.published.get(place, read)
    return kept and replace(kept, stage=stage, meeting=store.meetings.of(round_.id, centre))


def kept_version(
    store: Store, round_: Round, centre: str, version: int, *, language: Language
) -> CentreReport | None:
    """Return a published version's report just as its files were made of it; None where there is none to be read."""
    found = store.published_files.find(round_.id, centre, version, f"{language}.{VALUE}")
    return None if found is None else report_in(found)
