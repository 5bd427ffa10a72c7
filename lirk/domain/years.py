"""A year in the municipality: complaint figures by centre, what was found and done, and the paper for the council.

The paper holds no figure of a centre: complaint figures are pooled by ``lirk.domain.small_numbers``, and what is
said of a round comes from its overview.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import astuple, dataclass, fields
from datetime import date
from operator import attrgetter
from typing import Self

from lirk.domain.alphabet import danish_key
from lirk.domain.overview_texts import names
from lirk.domain.overview_values import Overview, PooledTheme, RecurringFinding
from lirk.domain.plain_texts import text_problems
from lirk.domain.small_numbers import FEWEST_CENTRES, Said, said, said_parts
from lirk.errors import NotFound, Problem, ProblemsFound, RuleBroken

#: No figures are kept of an earlier year.
FIRST_YEAR = 2000
#: More complaints in a year have not been counted but mistyped.
MOST = 100_000
#: Signs in each of the two texts.
LONGEST = 4000


class YearUnknown(NotFound):
    """There is no paper of a year that has not begun, or that was before ``FIRST_YEAR``."""

    code = "year-unknown"


class YearlyFiguresRefused(ProblemsFound):
    """Figures that cannot be kept; ``column`` of each problem names the field."""


class YearlyFiguresChanged(RuleBroken):
    """Somebody else has written the figures of the centre since the page was opened."""

    code = "yearly-figures-changed"


class YearlyTextChanged(RuleBroken):
    """Somebody else has written the text of the year since the page was opened."""

    code = "yearly-text-changed"


@dataclass(frozen=True, slots=True, kw_only=True)
class Complaints:
    """The complaints of a year: first how they were handled, then how they ended at Ankestyrelsen.

    The two groups do not add up: a complaint may have come, or ended, in another year.

    Attributes
    ----------
    received
        Complaints that came (klager modtaget).
    changed_by_centre
        Decisions that the centre itself changed when it reassessed them (genvurdering).
    sent_on, sent_on_late
        Complaints sent on to Ankestyrelsen, and those of them sent on after the limit.
    upheld, changed, annulled, remitted
        Cases decided on their merits: stadfæstet, ændret, ophævet, hjemvist.
    dismissed
        Cases that were not decided on their merits (afvist, henvist).
    """

    received: int = 0
    changed_by_centre: int = 0
    sent_on: int = 0
    sent_on_late: int = 0
    upheld: int = 0
    changed: int = 0
    annulled: int = 0
    remitted: int = 0
    dismissed: int = 0

    @property
    def sent_on_in_time(self) -> int:
        """Complaints sent on within the limit."""
        return self.sent_on - self.sent_on_late

    @property
    def changed_or_annulled(self) -> int:
        """Decisions that Ankestyrelsen put another in place of, or none; it counts them as one kind."""
        return self.changed + self.annulled

    @property
    def reversed(self) -> int:
        """Decisions that did not stand (omgjort): changed, annulled or remitted."""
        return self.changed_or_annulled + self.remitted

    @property
    def decided(self) -> int:
        """Cases that were decided on their merits (realitetsbehandlet)."""
        return self.upheld + self.reversed

    @property
    def reversal_rate(self) -> float | None:
        """See ``reversal_rate``."""
        return reversal_rate(self.reversed, self.decided)


def reversal_rate(reversed_: Said, decided: Said) -> float | None:
    """Return the share of decided cases that did not stand (omgørelsesprocent), from 0 to 1.

    (changed + annulled + remitted) / (upheld + changed + annulled + remitted). Dismissed cases are in neither.
    None where no case was decided, or where one of the counts may not be said.

    Notes
    -----
    Ankestyrelsen, "Afgørelsestyper og omgørelsesprocent" (ast.dk, begreber fra statistikken, 20/08/2021), whose
    example is 19 remitted and 5 changed of 129: 19 per cent.
    """
    if not isinstance(reversed_, int) or not isinstance(decided, int) or not decided:
        return None
    return reversed_ / decided


#: The fields of the complaints, in the order in which they are asked for.
FIELDS = tuple(field.name for field in fields(Complaints))


def read_complaints(typed: Mapping[str, str]) -> Complaints:
    """Return what was typed as figures.

    Raises
    ------
    YearlyFiguresRefused
        With every field that holds no whole number from 0 to ``MOST``, and if more were late than were sent on.
    """
    if problems := [*_typing_problems(typed)]:
        raise YearlyFiguresRefused(problems)
    return Complaints(**{name: int(typed[name]) for name in FIELDS})


def _typing_problems(typed: Mapping[str, str]) -> Iterator[Problem]:
    """Yield what is wrong, in the order of the fields."""
    wrong = {name: problem for name in FIELDS if (problem := _number_problem(name, typed.get(name, "")))}
    if not wrong.keys() & {"sent_on", "sent_on_late"}:
        sent_on, late = int(typed["sent_on"]), int(typed["sent_on_late"])
        if late > sent_on:
            values = {"late": late, "sent": sent_on}
            wrong["sent_on_late"] = Problem("yearly-late-exceeds-sent", values, column="sent_on_late")
    yield from (wrong[name] for name in FIELDS if name in wrong)


def _number_problem(name: str, text: str) -> Problem | None:
    if not text:
        return Problem("yearly-figure-missing", column=name)
    if not (text.isascii() and text.isdigit()):
        return Problem("yearly-figure-not-whole", {"typed": text[:40]}, column=name)
    # So many digits that reading them takes time are too large whatever they are.
    if len(text) > 40 or int(text) > MOST:
        return Problem("yearly-figure-too-large", {"typed": text[:40], "most": MOST}, column=name)
    return None


@dataclass(frozen=True, slots=True, kw_only=True)
class YearlyFigures:
    """The complaints of one centre; ``version`` counts how often they were written, ``written_on`` is the last."""

    complaints: Complaints
    version: int
    written_on: date


@dataclass(frozen=True, slots=True, kw_only=True)
class YearlyText:
    """What the coordinator writes; ``version`` counts how often it was written, 0 is never."""

    found: str = ""
    done: str = ""
    version: int = 0
    written_on: date | None = None

    def problems(self, centres: Iterable[str]) -> Iterator[Problem]:
        """Yield what is wrong with its fields: too long, what looks like a CPR number, or one of the centres' names."""
        for name in ("found", "done"):
            text = getattr(self, name)
            yield from text_problems(text, column=name, limit=LONGEST)
            for centre in sorted(centres, key=danish_key):
                if names(text, centre):
                    yield Problem("yearly-text-names-centre", {"centre": centre}, column=name)


@dataclass(frozen=True, slots=True, kw_only=True)
class PooledComplaints:
    """The complaints of all centres together, each as it may be said; see ``Complaints``.

    ``decided`` is upheld and reversed, ``reversed`` is remitted and changed or annulled.
    """

    received: Said
    changed_by_centre: Said
    sent_on: Said
    sent_on_late: Said
    decided: Said
    upheld: Said
    reversed: Said
    remitted: Said
    changed_or_annulled: Said
    changed: Said
    annulled: Said
    dismissed: Said

    @classmethod
    def of(cls, centres: Sequence[Complaints]) -> Self:
        """Return what may be said of the complaints of these centres, in any order."""

        def by_centre(name: str) -> list[int]:
            return [*map(attrgetter(name), centres)]

        sent_on, decided = said(by_centre("sent_on")), said(by_centre("decided"))
        late, _ = said_parts(sent_on, by_centre("sent_on_late"), by_centre("sent_on_in_time"))
        upheld, reversed_ = said_parts(decided, by_centre("upheld"), by_centre("reversed"))
        remitted, both = said_parts(reversed_, by_centre("remitted"), by_centre("changed_or_annulled"))
        changed, annulled = said_parts(both, by_centre("changed"), by_centre("annulled"))
        return cls(
            received=said(by_centre("received")),
            changed_by_centre=said(by_centre("changed_by_centre")),
            sent_on=sent_on,
            sent_on_late=late,
            decided=decided,
            upheld=upheld,
            reversed=reversed_,
            remitted=remitted,
            changed_or_annulled=both,
            changed=changed,
            annulled=annulled,
            dismissed=said(by_centre("dismissed")),
        )

    @property
    def reversal_rate(self) -> float | None:
        """See ``reversal_rate``."""
        return reversal_rate(self.reversed, self.decided)

    @property
    def whole(self) -> bool:
        """Whether every count is shown."""
        return all(isinstance(count, int) for count in astuple(self))


@dataclass(frozen=True, slots=True, kw_only=True)
class MeasuredRound:
    """A round that was closed in the year: how much was read in how many centres, and its patterns."""

    title: str
    first_day: date | None
    last_day: date | None
    closed_on: date
    centres: int
    population: int
    reviewed: int
    themes: tuple[PooledTheme, ...]
    going_well: tuple[PooledTheme, ...]
    joint_effort: tuple[PooledTheme, ...]
    recurring: tuple[RecurringFinding, ...]
    learnt: str
    made_up: str

    @classmethod
    def of(cls, overview: Overview) -> Self:
        """Return what the paper says of a round, from its overview."""
        return cls(
            title=overview.round_title,
            first_day=overview.first_day,
            last_day=overview.last_day,
            closed_on=overview.issued_on,
            centres=sum(line.reviewed > 0 for line in overview.participation),
            population=sum(line.population for line in overview.participation),
            reviewed=sum(line.reviewed for line in overview.participation),
            themes=overview.themes,
            going_well=overview.going_well,
            joint_effort=overview.joint_effort,
            recurring=overview.recurring,
            learnt=overview.learnt,
            made_up=overview.made_up,
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class YearlyPaper:
    """All that the paper for the council says; it holds no field for a figure of one centre.

    Attributes
    ----------
    as_of
        The last day on which something that it is made from was written; None where there is nothing.
    rounds
        In the order in which they were closed.
    entered, missing
        Centres with complaint figures, and those that they are still to come from.
    complaints
        None unless the figures of all centres are there, and there are at least five.
    """

    municipality: str
    year: int
    as_of: date | None
    rounds: tuple[MeasuredRound, ...]
    found: str
    done: str
    entered: int
    missing: int
    complaints: PooledComplaints | None

    @property
    def made_up(self) -> str:
        """What of a demonstration is made up; nothing of real rounds is."""
        return next((round_.made_up for round_ in self.rounds if round_.made_up), "")


def yearly_paper(
    *,
    municipality: str,
    year: int,
    overviews: Sequence[Overview],
    text: YearlyText,
    figures: Mapping[str, YearlyFigures],
    centres: Sequence[str],
    written: Iterable[date] = (),
) -> YearlyPaper:
    """Return the paper of a year.

    The figures are pooled only when all centres have theirs: from one sum before, and another after, a centre's
    figures could be told.

    Parameters
    ----------
    overviews
        Of the rounds closed in the year, in the order of their closing.
    figures
        By centre.
    centres
        Those that figures are to come from: ``lirk.domain.year_centres``.
    written
        The days on which the overviews' own texts were last written.
    """
    missing = len(set(centres) - set(figures))
    enough = not missing and len(figures) >= FEWEST_CENTRES
    complaints = [one.complaints for one in figures.values()]
    days = [one.issued_on for one in overviews] + [one.written_on for one in figures.values()]
    days += [*written, *([text.written_on] if text.written_on else [])]
    return YearlyPaper(
        municipality=municipality,
        year=year,
        as_of=max(days, default=None),
        rounds=tuple(map(MeasuredRound.of, overviews)),
        found=text.found,
        done=text.done,
        entered=len(figures),
        missing=missing,
        complaints=PooledComplaints.of(complaints) if enough else None,
    )


def check_year(year: int, *, today: date) -> int:
    """Return a year that there can be a paper of.

    Raises
    ------
    YearUnknown
        If it has not begun, or was before ``FIRST_YEAR``.
    """
    if not FIRST_YEAR <= year <= today.year:
        raise YearUnknown(first=str(FIRST_YEAR), last=str(today.year))
    return year
