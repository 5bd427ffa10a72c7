"""years/*.html: the paper of a year, and what it is written from."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from markupsafe import Markup

from lirk.domain.access import Action, may
from lirk.domain.people import Person
from lirk.domain.years import FIELDS, LONGEST, YearlyFigures, YearlyPaper, YearlyText
from lirk.reports import yearly_sentences as says
from lirk.services.years import CentresToEnter, OwnFigures, YearLine
from lirk.wording import Wording
from lirk.wording.catalogue import N_
from lirk.wording.years import FIGURES
from web.pages.voice import PageVoice, html, html_all

#: The fields of the two groups, and the help that some of them need.
HANDLING, OUTCOME = FIELDS[:4], FIELDS[4:]
HINTS = {
    "received": N_("Klager over centrets afgørelser, som kom i året."),
    "changed_by_centre": N_("Centret gav selv medhold, helt eller delvist, da det så på sagen igen."),
    "sent_on": N_("Kan være flere end de modtagne, hvis nogle kom året før."),
    "sent_on_late": N_("Fristen er som regel 4 uger, fra klagen kom (bekendtgørelse 861/2025 § 11)."),
    "dismissed": N_("Tæller ikke med i omgørelsesprocenten."),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class YearRow:
    """A year on the list: its paper, its rounds, what is written of it, and the next step of who writes it."""

    year: str
    href: str
    rounds: tuple[str, ...]
    figures: str
    text: str
    next: str
    next_href: str


@dataclass(frozen=True, slots=True)
class YearsPage:
    """years/index.html; ``keeps``: whoever reads it enters the figures too."""

    rows: tuple[YearRow, ...]
    keeps: bool

    @classmethod
    def of(cls, lines: Sequence[YearLine], actor: Person, words: Wording) -> "YearsPage":
        """Return the list for a person."""
        return cls(tuple(_row(line, words) for line in lines), may(actor, Action.KEEP_YEARLY_FIGURES))


def _row(line: YearLine, words: Wording) -> YearRow:
    href = f"/years/{line.year}"
    whole = not line.missing and line.entered > 0
    if not whole:
        following = words.text("Skriv klagetal"), f"{href}/figures"
    elif not line.written:
        following = words.text("Skriv, hvad I fandt og gjorde"), f"{href}/text"
    else:
        following = words.text("Læs notatet"), href
    return YearRow(
        year=str(line.year),
        href=href,
        rounds=line.rounds,
        figures=words.text("udfyldt") if whole else _missing(line, words),
        text=words.text("skrevet") if line.written else words.text("mangler"),
        next=following[0],
        next_href=following[1],
    )


def _missing(line: YearLine, words: Wording) -> str:
    return words.text("{entered} af {count} centre", entered=line.entered, count=line.entered + line.missing)


@dataclass(frozen=True, slots=True, kw_only=True)
class ShownPassage:
    """Text under a heading, or under none: paragraphs, then points, then a table, whose id is ``id``."""

    id: str
    heading: str
    paragraphs: tuple[Markup, ...]
    points: tuple[Markup, ...]
    table: says.Table | None


@dataclass(frozen=True, slots=True, kw_only=True)
class ShownPart:
    """A chapter of the paper."""

    id: str
    title: str
    passages: tuple[ShownPassage, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class PaperPage:
    """years/paper.html; ``keeps``: its reader writes it too, ``leads``: its reader has own figures."""

    title: str
    address: str
    name: str
    lead: str
    made_up: str
    purpose: Markup
    parts: tuple[ShownPart, ...]
    keeps: bool
    leads: bool

    @classmethod
    def of(cls, paper: YearlyPaper, actor: Person, words: Wording) -> "PaperPage":
        """Return the page of a paper for a person."""
        voice = PageVoice(words)
        return cls(
            title=words.text("Årsnotat {year}", year=str(paper.year)),
            address=f"/years/{paper.year}",
            name=says.title(paper, words),
            lead=says.lead(paper, words),
            made_up=says.made_up(paper, words),
            purpose=html(says.purpose(voice)),
            parts=tuple(
                ShownPart(id=part.key, title=part.title, passages=_shown(part.passages, part.key))
                for part in says.parts(paper, voice)
            ),
            keeps=may(actor, Action.KEEP_YEARLY_FIGURES),
            leads=any(may(actor, Action.READ_YEARLY_FIGURES, centre=one) for one in actor.centres),
        )


def _shown(passages: Iterable[says.Passage], key: str) -> tuple[ShownPassage, ...]:
    return tuple(
        ShownPassage(
            id=f"{key}-{number}",
            heading=passage.heading,
            paragraphs=html_all(passage.paragraphs),
            points=html_all(passage.points),
            table=passage.table,
        )
        for number, passage in enumerate(passages, 1)
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class OwnCentre:
    """A leader's own centre; no passages where its figures are not there."""

    id: str
    name: str
    passages: tuple[ShownPassage, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class OwnPage:
    """years/own.html: the figures of a leader's own centres, and of no other."""

    title: str
    paper_title: str
    paper: str
    made_up: str
    apart: Markup
    definition: Markup
    centres: tuple[OwnCentre, ...]

    @classmethod
    def of(cls, own: Sequence[OwnFigures], year: int, words: Wording) -> "OwnPage":
        """Return the page of a leader's own figures."""
        voice = PageVoice(words)
        return cls(
            title=words.text("Eget centers klager i {year}", year=str(year)),
            paper_title=words.text("Årsnotat {year}", year=str(year)),
            paper=f"/years/{year}",
            made_up=says.made_up_year(next((one.made_up for one in own), ""), words),
            apart=html(says.apart(voice)),
            definition=html(says.definition(voice)),
            centres=tuple(_own(one, f"centre-{number}", voice) for number, one in enumerate(own, 1)),
        )


def _own(own: OwnFigures, key: str, voice: PageVoice) -> OwnCentre:
    passages = says.figures(own.figures.complaints, voice) if own.figures else ()
    return OwnCentre(id=key, name=own.centre, passages=_shown(passages, key))


@dataclass(frozen=True, slots=True)
class CentreRow:
    """A centre on the coordinator's list: whether its figures are there."""

    href: str
    name: str
    entered: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class CentresPage:
    """years/centres.html: which centres' figures are there, and no figure; ``settled``: no centre comes to them."""

    title: str
    paper_title: str
    paper: str
    rows: tuple[CentreRow, ...]
    settled: bool

    @classmethod
    def of(cls, listed: CentresToEnter, year: int, words: Wording) -> "CentresPage":
        """Return the coordinator's list."""
        return cls(
            title=words.text("Klagetal for {year}", year=str(year)),
            paper_title=words.text("Årsnotat {year}", year=str(year)),
            paper=f"/years/{year}",
            rows=tuple(
                CentreRow(f"/years/{year}/figures/{one.address}", one.centre, one.entered)
                for one in listed.lines
            ),
            settled=listed.settled,
        )


@dataclass(frozen=True, slots=True)
class FigureField:
    """A field that asks for one figure."""

    name: str
    label: str
    hint: str
    value: str


@dataclass(frozen=True, slots=True, kw_only=True)
class FiguresPage:
    """years/figures.html: the figures of one centre; ``kept`` are those that another has written meanwhile."""

    title: str
    centre: str
    list_title: str
    list_href: str
    address: str
    handling: tuple[FigureField, ...]
    outcome: tuple[FigureField, ...]
    version: int
    kept: tuple[tuple[str, str], ...]

    @classmethod
    def of(
        cls,
        centre: str,
        kept: YearlyFigures | None,
        year: int,
        address: str,
        words: Wording,
        *,
        typed: Mapping[str, str] | None = None,
        version: int | None = None,
    ) -> "FiguresPage":
        """Return the page; with ``typed`` the fields hold what was typed, not what is kept."""
        known = {name: str(getattr(kept.complaints, name)) if kept else "" for name in FIELDS}
        values = known if typed is None else typed
        labels = {name: words.text(FIGURES[name]) for name in FIELDS}
        made = {name: FigureField(name, labels[name], _hint(name, words), values[name]) for name in FIELDS}
        current = kept.version if kept else 0
        return cls(
            title=words.text("Klagetal for {centre}, {year}", centre=centre, year=str(year)),
            centre=centre,
            list_title=words.text("Klagetal for {year}", year=str(year)),
            list_href=f"/years/{year}/figures",
            address=address,
            handling=tuple(made[name] for name in HANDLING),
            outcome=tuple(made[name] for name in OUTCOME),
            version=current if version is None else version,
            kept=tuple((labels[name], known[name]) for name in FIELDS) if typed and version is None else (),
        )


def _hint(name: str, words: Wording) -> str:
    return words.text(HINTS[name]) if name in HINTS else ""


@dataclass(frozen=True, slots=True, kw_only=True)
class TextPage:
    """years/text.html: what was found and done; ``kept`` is what another has written meanwhile."""

    title: str
    paper_title: str
    paper: str
    address: str
    found: str
    done: str
    version: int
    limit: int
    kept: YearlyText | None

    @classmethod
    def of(
        cls,
        kept: YearlyText,
        year: int,
        words: Wording,
        *,
        typed: YearlyText | None = None,
        changed: bool = False,
    ) -> "TextPage":
        """Return the page; with ``typed`` the fields hold what was typed, not what is kept."""
        text = typed or kept
        return cls(
            title=words.text("Det fandt og gjorde vi i {year}", year=str(year)),
            paper_title=words.text("Årsnotat {year}", year=str(year)),
            paper=f"/years/{year}",
            address=f"/years/{year}/text",
            found=text.found,
            done=text.done,
            # One who has seen the other text may save over it; one who only mistyped has not.
            version=kept.version if changed else text.version,
            limit=LONGEST,
            kept=kept if changed else None,
        )
