"""A year's paper as files to calculate with: CSV for a spreadsheet, JSON for a program, and no more than the page."""

from collections.abc import Iterator
from dataclasses import asdict

from lirk.domain.years import PooledComplaints, YearlyPaper
from lirk.reports.data_files import csv_file, json_file
from lirk.reports.yearly_sentences import HANDLING, OUTCOME, made_up, shown
from lirk.wording import N_, Wording
from lirk.wording.years import FIGURES

YEAR_FORMAT = "lirk-year/1"
HEAD = (
    N_("Del"),
    N_("Navn"),
    N_("Centre"),
    N_("Sager i registret"),
    N_("Gennemgået"),
    N_("Antal"),
    N_("Bemærkning"),
)


def yearly_csv(paper: YearlyPaper, words: Wording) -> bytes:
    """Return the rounds, then the complaint figures of all centres together."""
    head = [words.text(heading) for heading in HEAD]
    return csv_file(head, ([*row, made_up(paper, words)] for row in _rows(paper, words)))


def yearly_json(paper: YearlyPaper) -> bytes:
    """Return the paper; a count that is not shown is a word in place of a number, the reversal rate from 0 to 1."""
    value = {**asdict(paper), "made_up": paper.made_up}
    if paper.complaints is not None:
        value["complaints"]["reversal_rate"] = paper.complaints.reversal_rate
    return json_file(YEAR_FORMAT, value)


def _rows(paper: YearlyPaper, words: Wording) -> Iterator[list[str]]:
    for one in paper.rounds:
        counts = (one.centres, one.population, one.reviewed)
        yield [words.text("Runde"), one.title, *map(str, counts), ""]
    if paper.complaints is not None:
        yield from _complaint_rows(paper.complaints, words)


def _complaint_rows(pooled: PooledComplaints, words: Wording) -> Iterator[list[str]]:
    parts = ((words.text("Klager, behandling"), HANDLING), (words.text("Klager, udfald"), OUTCOME))
    for part, names in parts:
        for name in names:
            count = getattr(pooled, name)
            value = str(count) if isinstance(count, int) else shown(count, words)
            yield [part, words.text(FIGURES[name]), "", "", "", value]
    if (rate := pooled.reversal_rate) is not None:
        name = words.text("Omgørelsesprocent")
        yield [words.text("Klager, udfald"), name, "", "", "", words.percent(rate)]
