"""The sentences, charts and tables of the municipality's overview, the same on paper and page."""

from collections.abc import Iterator, Sequence
from itertools import groupby
from typing import Protocol

from lirk.domain.overview_values import (
    Overview,
    PooledTheme,
    RecurringFinding,
    RoundedLevel,
)
from lirk.reports.charts import Chart, levels
from lirk.reports.markup import Markup
from lirk.reports.used_checklists import identified
from lirk.reports.voice import Voice

MOST = 3
#: Themes in one figure: the longest names for so many still fit on a page.
MOST_IN_A_FIGURE = 14

#: A table: its head, and its rows under the checklist that they belong to, named where there are several.
Table = tuple[list[str], list[tuple[str, list[list[str]]]]]


class Patterns(Protocol):
    """What several centres have in common: of an overview, or of a round in the paper of a year."""

    @property
    def themes(self) -> tuple[PooledTheme, ...]:
        """Every theme of which something is said."""

    @property
    def going_well(self) -> tuple[PooledTheme, ...]:
        """At most three that go well."""

    @property
    def joint_effort(self) -> tuple[PooledTheme, ...]:
        """At most three that need all centres."""

    @property
    def recurring(self) -> tuple[RecurringFinding, ...]:
        """Findings of several centres."""


def purpose(voice: Voice) -> Markup:
    """Return what the overview is for."""
    return voice.say.text(
        "Overblikket viser mønstre på tværs af kommunen, så centrene kan lære af hinanden og løfte i flok. "
        "Hvert center har sin egen rapport om sine egne sager."
    )


def participation_sentence(overview: Overview, voice: Voice) -> Markup:
    """Return in one sentence how many took part, with how many cases."""
    return voice.say.plural(
        "{count} center har deltaget; {reviewed} sager er gennemgået af {population} i registret.",
        "{count} centre har deltaget; {reviewed} sager er gennemgået af {population} i registret.",
        sum(centre.reviewed > 0 for centre in overview.participation),
        reviewed=sum(centre.reviewed for centre in overview.participation),
        population=sum(centre.population for centre in overview.participation),
    )


def next_steps(overview: Overview, voice: Voice) -> list[Markup]:
    """Return who does what next."""
    say = voice.say
    steps = [say.text("Chefgruppen drøfter mønstrene og vælger, hvad kommunen gør i fællesskab.")]
    if overview.recurring:
        steps.append(
            say.text(
                "Koordinatoren samler undervisning og skabeloner om de fund, der går igen ({place}).",
                place=voice.see("recurring"),
            )
        )
    steps.append(say.text("Centrene måler igen om 6 til 12 måneder på en ny stikprøve."))
    return steps


def municipality_does(overview: Overview, voice: Voice) -> list[str]:
    """Return what the coordinator has written of what the municipality does next, or who writes it."""
    unwritten = voice.say.text("Koordinatoren skriver her, hvad kommunen gør nu. Det er ikke skrevet endnu.")
    return _lines(overview.next_steps) or [unwritten]


def learnt(overview: Overview, voice: Voice) -> list[str]:
    """Return what the coordinator has written of what was learnt, or who writes it."""
    unwritten = voice.say.text(
        "Koordinatoren skriver her, hvad kommunen har lært af runden. Det er ikke skrevet endnu."
    )
    return _lines(overview.learnt) or [unwritten]


def _lines(text: str) -> list[str]:
    return [line for line in text.splitlines() if line.strip()]


def caution(voice: Voice) -> Markup:
    """Return what the overview must not be used for, and where it says why."""
    return voice.say.text(
        "Overblikket rangordner ikke centre og kan ikke bruges til at sammenligne dem. Læs hvorfor {place}.",
        place=voice.where("method"),
    )


def patterns_going_well(overview: Patterns, voice: Voice) -> list[Markup]:
    """Return at most three themes that go well across the municipality, or why none is named."""
    if not overview.themes:
        return [no_numbers(voice)]
    none = voice.say.text("Målingen giver ikke grundlag for at fremhæve et tema.")
    return _sentences(overview.going_well, voice) or [none]


def joint_effort(overview: Patterns, voice: Voice) -> list[Markup]:
    """Return at most three themes that need all centres together, or that none is named."""
    if not overview.themes and not overview.joint_effort:
        return [
            voice.say.text(
                "Der nævnes ingen temaer i denne runde. Hvert center arbejder med sin egen rapport."
            )
        ]
    none = voice.say.text("Målingen peger ikke på et tema, der kræver en fælles indsats.")
    return _sentences(overview.joint_effort, voice) or [none]


def no_numbers(voice: Voice) -> Markup:
    """Return why an overview of few centres shows no numbers."""
    return voice.say.text(
        "Færre end fem centre er målt. Så få, at tal for hele kommunen kunne røbe et enkelt centers resultat; derfor "
        "viser overblikket kun deltagelse og ord."
    )


def _sentences(themes: Sequence[PooledTheme], voice: Voice) -> list[Markup]:
    return [_sentence(theme, voice) for theme in themes[:MOST]]


def _sentence(theme: PooledTheme, voice: Voice) -> Markup:
    say, title = voice.say, Markup.strong(theme.title)
    if theme.percent is not None:
        return say.text(
            "I temaet {theme} er alle punkter opfyldt i omkring {share} af de relevante sager.",
            theme=title,
            share=voice.words.percent(theme.percent / 100),
        )
    if theme.level is RoundedLevel.NEARLY_ALL:
        return say.text(
            "I temaet {theme} er alle punkter opfyldt i næsten alle relevante sager.", theme=title
        )
    if theme.level is RoundedLevel.FEW:
        return say.text(
            "I temaet {theme} er alle punkter opfyldt i få eller ingen relevante sager.", theme=title
        )
    return say.text("Temaet {theme} (tallet vises ikke).", theme=title)


def participation_order(voice: Voice) -> Markup:
    """Return in which order the centres stand."""
    return voice.say.text("Centrene står i alfabetisk rækkefølge. Tabellen siger ikke noget om resultater.")


def participation_head(voice: Voice) -> list[str]:
    """Return the heads of the table of centres."""
    words = voice.words
    return [
        words.text("Center"),
        words.text("Sager i registret"),
        words.text("Gennemgået"),
        words.text("Rapport"),
    ]


def participation_rows(overview: Overview, voice: Voice) -> list[list[str]]:
    """Return who took part, and nothing of how it went."""
    words = voice.words
    return [
        [
            centre.centre,
            words.number(centre.population),
            words.number(centre.reviewed),
            words.text("klar") if centre.report_ready else words.text("ingen sager i perioden"),
        ]
        for centre in overview.participation
    ]


def themes_opening(voice: Voice) -> Markup:
    """Return what the shares of the municipality as a whole are, and how they are rounded."""
    return voice.say.text(
        "Andelen af relevante sager, hvor alle punkter i temaet er opfyldt, for alle centre under ét. Hvert center "
        "vejer efter sit antal sager i registret. Andelen er afrundet til hele fem procentpoint; hvor et tal kunne "
        "røbe et enkelt center, står der ord i stedet."
    )


def figures(overview: Overview, voice: Voice) -> Iterator[Chart]:
    """Yield the themes of the municipality as a whole, a chart for each checklist."""
    portions = _by_checklist(overview)
    titles = [used.title for used in overview.checklists]
    named = len(portions) == len(titles) > 1
    for portion, themes in enumerate(portions):
        for at in range(0, len(themes), MOST_IN_A_FIGURE):
            title = voice.words.text("I hvor stor en del af sagerne er temaet opfyldt?")
            if named:
                title = f"{titles[portion]}: {title[:1].lower()}{title[1:]}"
            yield levels(title, themes[at : at + MOST_IN_A_FIGURE], voice.words)


def figure_caption(voice: Voice) -> Markup:
    """Return what stands under each chart."""
    return voice.say.text(
        "Kommunen som helhed, i tjeklistens rækkefølge. Afrundet til hele fem procentpoint."
    )


def _by_checklist(overview: Overview) -> list[list[PooledTheme]]:
    return [list(themes) for _, themes in groupby(overview.themes, key=lambda theme: theme.checklist_id)]


def recurring_opening(overview: Patterns, voice: Voice) -> Markup:
    """Return when a finding recurs, or that none is named, which does not say that there is none."""
    if not overview.themes:
        return voice.say.text("Fund, der går igen, nævnes kun, når mindst fem centre er målt.")
    if not overview.recurring:
        return voice.say.text(
            "Her nævnes ingen fund. Et fund går igen, når mindst halvdelen af centrene og mindst tre af dem har det, "
            "og det nævnes kun, hvor det ikke kan røbe et enkelt centers resultat."
        )
    return voice.say.text(
        "Et fund går igen, når mindst halvdelen af centrene og mindst tre af dem har det. Hvilke og hvor mange vises "
        "ikke. At et punkt ikke står her, betyder ikke, at ingen har fundet noget."
    )


def recurring_table(overview: Overview, voice: Voice, *, most: int | None = None) -> Table:
    """Return what several centres share, with one recommendation for all; no number, no name.

    Parameters
    ----------
    most
        References of an item at most; all of them without it.
    """
    words, titles = voice.words, dict(_titles(overview))
    head = [
        words.text("Punkt"),
        words.text("Retsgrundlag"),
        words.text("Findes i"),
        words.text("Fælles anbefaling"),
    ]
    groups = groupby(overview.recurring, key=lambda finding: finding.checklist_id)
    return head, [
        (titles.get(checklist_id, ""), [_recurring_row(finding, voice, most) for finding in findings])
        for checklist_id, findings in groups
    ]


def _recurring_row(finding: RecurringFinding, voice: Voice, most: int | None) -> list[str]:
    return [
        f"{finding.number} {finding.question}",
        _law(finding, voice, most),
        voice.words.text("flere centre"),
        finding.recommendation or "–",
    ]


def _law(finding: RecurringFinding, voice: Voice, most: int | None) -> str:
    """Return the first references of an item, and whether there are more."""
    shown = finding.references[:most]
    said = "; ".join(shown) or "–"
    return f"{said} {voice.words.text('m.fl.')}" if len(shown) < len(finding.references) else said


def _titles(overview: Overview) -> list[tuple[str, str]]:
    """Return checklist id and title, where there are several checklists to tell apart."""
    ids = list(dict.fromkeys(theme.checklist_id for theme in overview.themes))
    titles = [used.title for used in overview.checklists]
    return list(zip(ids, titles, strict=True)) if len(ids) == len(titles) > 1 else []


def no_ranking(voice: Voice) -> Markup:
    """Return why nothing is ranked."""
    return voice.say.text(
        "Centrene har forskellige sager, og hver stikprøve er lille. En rækkefølge ville mest vise tilfældigheder. "
        "Derfor holder overblikket intet resultat for et enkelt center, og kun ens egne tidligere runder er et "
        "rimeligt sammenligningsgrundlag."
    )


def rounding(voice: Voice) -> Markup:
    """Return what the rounded numbers and the words in their place mean."""
    return voice.say.text(
        "Andele er afrundet til hele fem procentpoint. »Få eller ingen« og »næsten alle« dækker så mange sager, at "
        "ingen med sin egen rapport i hånden kan regne sig frem til et andet centers resultat. »Vises ikke« står, "
        "hvor det alligevel ville være muligt. Tallene er regnet af svarene, som de var, da runden blev lukket, og "
        "ændres ikke af svar, der siden er rettet i et centers rapport. De bygger på stikprøver, og en forskel kan "
        "være tilfældig."
    )


def checklists_line(overview: Overview, voice: Voice) -> list[str]:
    """Return all that tells the checklists from others."""
    return [identified(used, voice.words) for used in overview.checklists]
