"""The year in the municipality: complaint figures, the coordinator's words, and the paper for the council."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from lirk.domain.access import Action, may, require
from lirk.domain.alphabet import danish_key
from lirk.domain.people import Person
from lirk.domain.rounds import Round
from lirk.domain.years import (
    YearlyFigures,
    YearlyFiguresChanged,
    YearlyPaper,
    YearlyText,
    YearlyTextChanged,
    check_year,
    read_complaints,
    yearly_paper,
)
from lirk.errors import NotFound, ProblemsFound
from lirk.reports.yearly_files import yearly_csv, yearly_json
from lirk.reports.yearly_paper_pdf import yearly_paper_pdf
from lirk.services import reports
from lirk.services.reports import Reader, centre_addresses, overview_rounds
from lirk.services.year_centres import CentresOverYears
from lirk.storage.store import Store


@dataclass(frozen=True, slots=True, kw_only=True)
class YearLine:
    """A year on the list: the titles of its closed rounds, and what the coordinator has still to write."""

    year: int
    rounds: tuple[str, ...]
    entered: int
    missing: int
    written: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class CentreToEnter:
    """A centre on the coordinator's list: whether its figures are there, and none of them."""

    centre: str
    address: str
    entered: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class CentresToEnter:
    """The coordinator's list of a year; ``settled``: all are entered, and no other centre comes to it."""

    lines: tuple[CentreToEnter, ...]
    settled: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class OwnFigures:
    """The figures of a leader's own centre; None where the coordinator has not entered them.

    ``made_up`` says what of a demonstration's round of the year is.
    """

    centre: str
    figures: YearlyFigures | None
    made_up: str


def years(store: Store, actor: Person, *, now: datetime) -> tuple[YearLine, ...]:
    """Return the years with closed rounds, figures or text, the latest first.

    Whoever writes them sees the present year too.

    Raises
    ------
    NotAllowed
        If the person's role reads no paper of the year.
    """
    require(actor, Action.READ_YEARLY_PAPER)
    rounds = overview_rounds(store, actor)
    written, centres = store.years.written(), CentresOverYears(store)
    shown = {_closed_in(one) for one in rounds} | {*centres.years} | {*written}
    if may(actor, Action.KEEP_YEARLY_FIGURES):
        shown.add(now.year)
    return tuple(
        YearLine(
            year=year,
            rounds=tuple(one.title for one in reversed(rounds) if _closed_in(one) == year),
            entered=len(centres.entered(year)),
            missing=len(centres.of(year).names - centres.entered(year)),
            written=year in written,
        )
        for year in sorted(shown, reverse=True)
    )


def paper(store: Store, actor: Person, year: int, *, reader: Reader, now: datetime) -> YearlyPaper:
    """Return the paper of a year for the council; it holds no figure of a centre.

    Raises
    ------
    YearUnknown
        If there can be none of that year.
    NotAllowed
        If the person's role reads no paper of the year.
    """
    require(actor, Action.READ_YEARLY_PAPER)
    check_year(year, today=now.date())
    closed = [one for one in reversed(overview_rounds(store, actor)) if _closed_in(one) == year]
    texts = [store.overview_texts.of(one.id) for one in closed]
    figures = store.years.figures(year)
    return yearly_paper(
        municipality=reader.municipality,
        year=year,
        overviews=[reports.overview(store, actor, one.key, reader=reader) for one in closed],
        text=store.years.text(year),
        figures=figures,
        centres=tuple(CentresOverYears(store).of(year).names),
        written=[text.written_on for text in texts if text is not None and text.written_on],
    )


def own_figures(store: Store, actor: Person, year: int, *, now: datetime) -> tuple[OwnFigures, ...]:
    """Return the figures of the centres that a person leads, in Danish order, and of no other.

    Raises
    ------
    YearUnknown
        If there can be none of that year.
    NotAllowed, NotFound
        If the person leads no centre.
    """
    own = [one for one in actor.centres if may(actor, Action.READ_YEARLY_FIGURES, centre=one)]
    if not own:
        require(actor, Action.READ_YEARLY_FIGURES)
    check_year(year, today=now.date())
    figures = store.years.figures(year)
    closed = (one.made_up for one in store.rounds.all() if one.closed_at and _closed_in(one) == year)
    made_up = next(filter(None, closed), "")
    return tuple(
        OwnFigures(centre=one, figures=figures.get(one), made_up=made_up)
        for one in sorted(own, key=danish_key)
    )


def centres_to_enter(store: Store, actor: Person, year: int, *, now: datetime) -> CentresToEnter:
    """Return the centres of a year, also those closed since, in Danish order, with no figure of any.

    Raises
    ------
    YearUnknown
        If there can be none of that year.
    NotAllowed
        If the person enters no figures.
    """
    require(actor, Action.KEEP_YEARLY_FIGURES)
    check_year(year, today=now.date())
    centres = CentresOverYears(store)
    of_year = centres.of(year)
    lines = tuple(
        CentreToEnter(centre=centre, address=address, entered=centre in centres.entered(year))
        for centre, address in centre_addresses(store.centres.all()).items()
        if centre in of_year.names
    )
    return CentresToEnter(lines=lines, settled=of_year.settled)


def figures_at(
    store: Store, actor: Person, year: int, address: str, *, now: datetime
) -> tuple[str, YearlyFigures | None]:
    """Return the centre at an address, and its figures where they are there.

    Raises
    ------
    NotFound
        If no centre of the year has that address.
    YearUnknown, NotAllowed
        See ``centres_to_enter``.
    """
    listed = centres_to_enter(store, actor, year, now=now)
    found = next((one.centre for one in listed.lines if one.address == address), None)
    if found is None:
        raise NotFound
    return found, store.years.figures(year).get(found)


def enter_figures(
    store: Store,
    actor: Person,
    year: int,
    address: str,
    typed: Mapping[str, str],
    *,
    version: int,
    now: datetime,
) -> str:
    """Keep the figures of the centre at an address, as they were typed, and return its name.

    Parameters
    ----------
    version
        Of the figures that the person had in front of them; 0 where there were none.

    Raises
    ------
    YearlyFiguresRefused
        With every field that is wrong.
    YearlyFiguresChanged
        If somebody else has written since.
    NotFound, YearUnknown, NotAllowed
        See ``figures_at``.
    """
    centre, _ = figures_at(store, actor, year, address, now=now)
    complaints = read_complaints(typed)
    kept = store.years.keep_figures(year, centre, complaints, expected=version, at=now, by=actor.id)
    if kept is None:
        raise YearlyFiguresChanged(centre=centre)
    store.trail.add(
        "yearly-figures-written", actor_id=actor.id, at=now, year=year, centre=centre, version=kept
    )
    return centre


def text_to_write(store: Store, actor: Person, year: int, *, now: datetime) -> YearlyText:
    """Return what is written of a year.

    Raises
    ------
    YearUnknown
        If there can be no paper of that year.
    NotAllowed
        If the person writes none.
    """
    require(actor, Action.KEEP_YEARLY_FIGURES)
    check_year(year, today=now.date())
    return store.years.text(year)


def write_text(store: Store, actor: Person, year: int, typed: YearlyText, *, now: datetime) -> YearlyText:
    """Keep what the coordinator writes of a year; ``version`` is that of the text they had in front of them.

    Raises
    ------
    ProblemsFound
        With every field that is too long, holds what looks like a CPR number or names a centre; ``column`` names it.
    YearlyTextChanged
        If somebody else has written since.
    YearUnknown, NotAllowed
        See ``text_to_write``.
    """
    text_to_write(store, actor, year, now=now)
    if problems := tuple(typed.problems(store.centres.all())):
        raise ProblemsFound(problems)
    kept = store.years.keep_text(year, typed, expected=typed.version, at=now, by=actor.id)
    if kept is None:
        raise YearlyTextChanged(year=str(year))
    store.trail.add("yearly-text-written", actor_id=actor.id, at=now, year=year, version=kept)
    return store.years.text(year)


def paper_file(value: YearlyPaper, reader: Reader) -> bytes:
    """Return the paper as PDF; the same paper gives the same bytes."""
    return yearly_paper_pdf(value, reader.words)


def paper_csv(value: YearlyPaper, reader: Reader) -> bytes:
    """Return the numbers of the paper as CSV: the rounds, then the complaint figures."""
    return yearly_csv(value, reader.words)


def paper_json(value: YearlyPaper) -> bytes:
    """Return the paper as JSON."""
    return yearly_json(value)


def _closed_in(round_: Round) -> int:
    return (round_.closed_at or round_.created_at).year
