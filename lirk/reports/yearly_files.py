"""The numbers of a year's paper as CSV for a spreadsheet: what the page holds, and no more."""

from collections.abc import Iterator

from lirk.domain.years import PooledComplaints, YearlyPaper
from lirk.reports.data_files import csv_file
from lirk.reports.yearly_sentences import HANDLING, OUTCOME, made_up, shown
from lirk.wording import N_, Wording
from lirk.wording.years import FIGURES

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
