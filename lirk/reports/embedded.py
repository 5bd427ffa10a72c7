"""The data of a report as files inside its PDF: what stands on the pages, to calculate with."""

from lirk.domain.overview_values import Overview
from lirk.domain.reports import CentreReport
from lirk.reports.archival import Attachment
from lirk.reports.data_files import centre_csv, centre_json, overview_csv, overview_json
from lirk.wording import Wording


def centre_files(report: CentreReport, words: Wording) -> tuple[Attachment, ...]:
    """Return the files of a centre's report, byte for byte those that can be downloaded beside it."""
    return both("centre-report", centre_csv(report, words), centre_json(report), words)


def overview_files(overview: Overview, words: Wording) -> tuple[Attachment, ...]:
    """Return the files of the overview, byte for byte those that can be downloaded beside it."""
    return both("overview", overview_csv(overview, words), overview_json(overview), words)


def both(name: str, table: bytes, values: bytes, words: Wording) -> tuple[Attachment, ...]:
    """Return a table and values as files inside a PDF, named alike."""
    return (
        Attachment(
            name=f"{name}.csv",
            media_type="text/csv",
            description=words.text("Rapportens tal til et regneark"),
            content=table,
        ),
        Attachment(
            name=f"{name}.json",
            media_type="application/json",
            description=words.text("Rapportens tal til et program"),
            content=values,
        ),
    )
