"""What the paper of a year says, part by part: the same on paper and page, and nothing of one centre."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from lirk.domain.small_numbers import Said
from lirk.domain.years import Complaints, MeasuredRound, PooledComplaints, YearlyPaper
from lirk.reports import overview_sentences as says
from lirk.reports.markup import Markup
from lirk.reports.phrases import period, sentence
from lirk.reports.voice import Voice
from lirk.wording import Wording
from lirk.wording.reports import MADE_UP
from lirk.wording.years import FIGURES, HIDDEN

#: The figures in the order of the two tables; what is printed below a sum is part of it.
HANDLING = ("received", "changed_by_centre", "sent_on", "sent_on_late")
OUTCOME = (
    "decided", "upheld", "reversed", "remitted", "changed_or_annulled", "changed", "annulled", "dismissed",
)  # fmt: skip


@dataclass(frozen=True, slots=True, kw_only=True)
class Table:
    """A table; its first column names the rows, and those at ``numbers`` hold figures."""

    head: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    numbers: frozenset[int]


@dataclass(frozen=True, slots=True, kw_only=True)
class Passage:
    """Text under a heading, or under none: paragraphs, then points, then a table.

    ``long`` tells what can fill more than a page: the coordinator's own words, and lists of findings.
    """

    heading: str = ""
    paragraphs: tuple[str, ...] = ()
    points: tuple[str, ...] = ()
    table: Table | None = None
    long: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Part:
    """A chapter of the paper; ``key`` is its place in addresses."""

    key: str
    title: str
    passages: tuple[Passage, ...]


def title(paper: YearlyPaper, words: Wording) -> str:
    """Return what the paper is called."""
    return words.text("Sagsbehandlingen i {year}", year=str(paper.year))


def purpose(voice: Voice) -> Markup:
    """Return what the paper is for."""
    return voice.say.text(
        "Notatet samler årets målinger af sagsbehandlingen, hvad de viste, hvad der blev gjort, og årets klagetal. "
        "Det viser kommunen som helhed og aldrig et enkelt center."
    )


def as_of(paper: YearlyPaper, words: Wording) -> str:
    """Return until when the paper is right; empty where there is nothing in it."""
    return words.text("Opgjort {day}", day=paper.as_of) if paper.as_of else ""


def made_up(paper: YearlyPaper, words: Wording) -> str:
    """Return what of a demonstration is made up, by its round; nothing of real rounds is."""
    return made_up_year(paper.made_up, words)


def made_up_year(made_up: str, words: Wording) -> str:
    """Return what of a year with such a round is made up."""
    if not made_up:
        return ""
    more = words.text("Det er klagetallene og koordinatorens tekster også.")
    return f"{words.text(MADE_UP[made_up])} {more}"


def parts(paper: YearlyPaper, voice: Voice) -> tuple[Part, ...]:
    """Return the paper, chapter by chapter."""
    text = voice.words.text
    return (
        Part(key="measured", title=text("Årets målinger"), passages=(_measured(paper, voice),)),
        Part(key="found", title=text("Det fandt vi"), passages=tuple(_found(paper, voice))),
        Part(key="done", title=text("Det gjorde vi"), passages=(_done(paper, voice),)),
        Part(key="complaints", title=text("Klager"), passages=tuple(_complaints(paper, voice))),
        Part(key="about", title=text("Om notatet"), passages=tuple(_about(paper, voice))),
    )


def _measured(paper: YearlyPaper, voice: Voice) -> Passage:
    words = voice.words
    if not paper.rounds:
        said = voice.say.text("Ingen runde blev lukket i {year}.", year=str(paper.year))
        return Passage(paragraphs=(said,))
    head = (
        words.text("Runde"),
        words.text("Lukket"),
        words.text("Centre"),
        words.text("Sager i registret"),
        words.text("Gennemgået"),
    )
    rows = tuple(_round_row(one, words) for one in paper.rounds)
    said = voice.say.text("I hvert center er en stikprøve af afgørelser gennemgået efter en tjekliste.")
    return Passage(paragraphs=(said,), table=Table(head=head, rows=rows, numbers=frozenset({2, 3, 4})))


def _round_row(one: MeasuredRound, words: Wording) -> tuple[str, ...]:
    counts = (words.number(count) for count in (one.centres, one.population, one.reviewed))
    named = f"{one.title}, {period(one.first_day, one.last_day, words)}"
    return (named, words.date(one.closed_on), *counts)


def _found(paper: YearlyPaper, voice: Voice) -> Iterator[Passage]:
    """Yield the coordinator's words, or what the overviews say."""
    if paper.found:
        yield Passage(paragraphs=paragraphs(paper.found), long=True)
        return
    if not paper.rounds:
        yield Passage(paragraphs=(voice.say.text("Der er ikke målt noget i året."),))
    for one in paper.rounds:
        yield from _patterns(one, voice, named=len(paper.rounds) > 1)


def _patterns(one: MeasuredRound, voice: Voice, *, named: bool) -> Iterator[Passage]:
    """Yield what the overview of a round says, under headings that name it where there are several."""
    text = voice.words.text
    lead = f"{one.title}: " if named else ""

    def heading(said: str) -> str:
        return f"{lead}{said[:1].lower()}{said[1:]}" if named else said

    yield Passage(heading=heading(text("Det går godt")), points=tuple(says.patterns_going_well(one, voice)))
    yield Passage(
        heading=heading(text("Det kræver en fælles indsats")), points=tuple(says.joint_effort(one, voice))
    )
    yield Passage(
        heading=heading(text("Fund, der går igen")),
        paragraphs=(says.recurring_opening(one, voice),),
        points=tuple(Markup.of(found.question) for found in one.recurring),
        long=True,
    )
    if one.learnt:
        yield Passage(heading=heading(text("Det lærte vi")), paragraphs=paragraphs(one.learnt), long=True)


def _done(paper: YearlyPaper, voice: Voice) -> Passage:
    nothing = voice.say.text("Koordinatoren har ikke skrevet, hvad der er gjort.")
    return Passage(paragraphs=paragraphs(paper.done) or (nothing,), long=True)


def _complaints(paper: YearlyPaper, voice: Voice) -> Iterator[Passage]:
    if paper.complaints is None:
        yield Passage(paragraphs=(no_complaints(paper, voice),))
        return
    yield Passage(paragraphs=tuple(_complaints_opening(paper, paper.complaints, voice)))
    yield from figures(paper.complaints, voice)


def _complaints_opening(paper: YearlyPaper, pooled: PooledComplaints, voice: Voice) -> Iterator[Markup]:
    yield voice.say.plural(
        "Tallene er for {count} center under ét.", "Tallene er for {count} centre under ét.", paper.entered
    )
    if not pooled.whole:
        yield voice.say.text(
            "»Under 5« og »vises ikke« står, hvor et tal er så lille, eller næsten kun kommer ét sted fra, at et "
            "enkelt centers tal kunne røbes, og hvor et andet skjult tal ellers kunne regnes ud."
        )


def no_complaints(paper: YearlyPaper, voice: Voice) -> Markup:
    """Return why there are no complaint figures, and who acts next."""
    say = voice.say
    if not paper.entered:
        return say.text("Årets klagetal er ikke skrevet ind endnu. Det gør koordinatoren.")
    if paper.missing:
        return say.plural(
            "Klagetallene vises, når alle centre har fået deres skrevet ind. Der mangler {count} center.",
            "Klagetallene vises, når alle centre har fået deres skrevet ind. Der mangler {count} centre.",
            paper.missing,
        )
    return say.text(
        "Der er for få centre til at vise tal. Med færre end fem centre kunne et enkelt centers tal røbes."
    )


def figures(complaints: Complaints | PooledComplaints, voice: Voice) -> tuple[Passage, Passage]:
    """Return complaint figures, of a centre or of all together: handling first, and outcome apart from it."""
    words = voice.words
    return (
        Passage(
            heading=words.text("Sådan blev klagerne behandlet"),
            table=_figure_table(complaints, HANDLING, words),
        ),
        Passage(
            heading=words.text("Sådan endte sagerne hos Ankestyrelsen"),
            paragraphs=(reversal(complaints, voice),),
            table=_figure_table(complaints, OUTCOME, words),
        ),
    )


def _figure_table(complaints: Complaints | PooledComplaints, names: Sequence[str], words: Wording) -> Table:
    return Table(
        head=(words.text("Klager"), words.text("Antal")),
        rows=tuple((words.text(FIGURES[name]), shown(getattr(complaints, name), words)) for name in names),
        numbers=frozenset({1}),
    )


def shown(count: Said, words: Wording) -> str:
    """Return a count, or the words in its place."""
    return words.number(count) if isinstance(count, int) else words.text(HIDDEN[count])


def reversal(complaints: Complaints | PooledComplaints, voice: Voice) -> Markup:
    """Return the reversal rate with its counts, or that there is none to show."""
    rate = complaints.reversal_rate
    if rate is not None:
        return voice.say.text(
            "Omgørelsesprocenten er {rate}: {reversed} af {decided} sager blev omgjort.",
            rate=voice.words.percent(rate),
            reversed=complaints.reversed,
            decided=complaints.decided,
        )
    if complaints.decided == 0:
        return voice.say.text(
            "Ankestyrelsen har ikke taget stilling til nogen sag, så der er ingen omgørelsesprocent."
        )
    return voice.say.text("Omgørelsesprocenten vises ikke, for antallene bag den kan ikke vises.")


def apart(voice: Voice) -> Markup:
    """Return why handling and outcome cannot be added up."""
    return voice.say.text(
        "Behandlingen er det, centrene gjorde med klagerne. Udfaldet er det, Ankestyrelsen kom frem til. De to kan "
        "ikke lægges sammen, for en klage kan komme det ene år og blive afgjort det næste."
    )


def definition(voice: Voice) -> Markup:
    """Return what the reversal rate is, and whose definition that is."""
    return voice.say.text(
        "Omgørelsesprocenten er hjemviste, ændrede og ophævede sager i forhold til alle sager, som Ankestyrelsen har "
        "taget stilling til. Afviste og henviste sager er ikke med. Sådan opgør Ankestyrelsen den selv."
    )


def _about(paper: YearlyPaper, voice: Voice) -> Iterator[Passage]:
    say, words = voice.say, voice.words
    yield Passage(
        heading=words.text("Ingen rangorden"),
        paragraphs=(
            say.text(
                "Notatet rangordner ikke centre og kan ikke bruges til at sammenligne dem. Centrene har forskellige "
                "sager, og hver stikprøve er lille. Hvert center har sin egen rapport om sine egne sager."
            ),
        ),
    )
    if any(one.themes for one in paper.rounds):
        yield Passage(
            heading=words.text("Andelene"),
            paragraphs=(
                say.text(
                    "Andele er afrundet til hele fem procentpoint og bygger på stikprøver. En forskel fra en runde til "
                    "en anden kan være tilfældig."
                ),
            ),
        )
    yield Passage(heading=words.text("Klagetallene"), paragraphs=(apart(voice), definition(voice)))


def paragraphs(text: str) -> tuple[str, ...]:
    """Return what somebody wrote, line by line, without the empty ones."""
    return tuple(_plain(text.splitlines()))


def _plain(lines: Iterable[str]) -> Iterator[Markup]:
    return (Markup.of(line.strip()) for line in lines if line.strip())


def short_title(paper: YearlyPaper, words: Wording) -> str:
    """Return what stands at the foot of each page."""
    return f"{title(paper, words)} · {paper.municipality}"


def lead(paper: YearlyPaper, words: Wording) -> str:
    """Return whose paper it is, and as of when."""
    return " · ".join(filter(None, [paper.municipality, sentence(as_of(paper, words))]))
