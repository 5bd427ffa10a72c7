"""Realistic values of a year: a round, complaint figures of seven centres, and the paper made of them."""

from dataclasses import replace
from datetime import date

import report_values as values

from lirk.domain.years import Complaints, YearlyFigures, YearlyPaper, YearlyText, yearly_paper

DAY = date(2026, 12, 1)


def complaints(at: int = 0) -> Complaints:
    """The figures of a centre; they differ by ``at``."""
    return Complaints(
        received=14 + at, changed_by_centre=3, sent_on=9 + at, sent_on_late=2, upheld=6 + at, changed=1,
        annulled=0, remitted=2, dismissed=1,
    )  # fmt: skip


def paper(
    *given: Complaints, found: str = "", done: str = "", missing: int = 0, **changes: object
) -> YearlyPaper:
    """The paper of a year with one round and the figures of seven centres; ``changes`` are put in last."""
    centres = given or tuple(map(complaints, range(7)))
    figures = {
        name: YearlyFigures(complaints=one, version=1, written_on=DAY)
        for name, one in zip(values.CENTRES, centres, strict=False)
    }
    made = yearly_paper(
        municipality="Eksempel Kommune",
        year=2026,
        overviews=[values.overview()],
        text=YearlyText(found=found, done=done),
        figures=figures,
        centres=(*figures, *(f"Ny {number}" for number in range(missing))),
    )
    return replace(made, **changes)
