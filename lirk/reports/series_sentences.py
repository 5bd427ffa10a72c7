"""A centre's own rounds beside each other, in words and rows: no arrow, and nothing is called better or worse."""

from collections.abc import Iterator
from typing import TypeAlias

from lirk.domain.own_changes import Difference, Step, steps
from lirk.domain.reports import (
    CentreReport,
    ChecklistSeries,
    CriticalSeries,
    ItemSeries,
    SeriesPoint,
    ThemeSeries,
)
from lirk.domain.series import MOST_ROUNDS
from lirk.reports import trend_charts
from lirk.reports.charts import share_text
from lirk.reports.markup import Markup
from lirk.reports.phrases import ended
from lirk.reports.result_sentences import Figure
from lirk.reports.voice import Voice
from lirk.wording import N_, Wording

#: What is said of a difference: of the only one there is, and of those among several. By round it is told of what
#: is hardly by chance; the others are left to one sentence.
ONLY_STEP = {
    Difference.BY_CHANCE: N_("Forskellen fra {round} kan være tilfældig."),
    Difference.LARGER: N_("Forskellen fra {round} er næppe tilfældig."),
}
ONE_BY_CHANCE = N_("Forskellen fra målingen før kan være tilfældig i {rounds}.")
ONLY_LARGER = N_("Forskellen fra målingen før er næppe tilfældig i {rounds}.")
LARGER_AND_CHANCE = N_(
    "Forskellen fra målingen før er næppe tilfældig i {rounds}. De andre forskelle kan være tilfældige."
)

#: Why a series begins anew: by what it is of; and whether it is of the critical breaches.
NEW_MEANING = {
    ThemeSeries: N_(
        "Et punkt i temaet fik ny mening i version {version}; tallene før kan ikke sammenlignes."
    ),
    ItemSeries: N_("Punktet fik ny mening i version {version}; tallene før kan ikke sammenlignes."),
    CriticalSeries: N_(
        "Et kritisk punkt fik ny mening i version {version}; tallene før kan ikke sammenlignes."
    ),
}
OTHER_ITEMS = {
    False: N_("Temaet er målt med andre punkter end før; tallene før kan ikke sammenlignes."),
    True: N_("De kritiske punkter er andre end før; tallene før kan ikke sammenlignes."),
}


def opening(report: CentreReport, voice: Voice) -> Markup:
    """Return what the tables show, and what they do not."""
    shown = voice.say.text(
        "Tabellen viser, i hvor mange af de relevante sager et tema eller et punkt er opfyldt i centrets egne runder, "
        "og hvor der er sager nok, andelen med dens grænser. Den har kun det, der er målt i mindst to af runderne. "
        "Tallene bygger på stikprøver; om en forskel kan være tilfældig, står i bemærkningen. "
        "Blandt mange tal vil enkelte forskelle se sikre ud, uden at noget er ændret."
    )
    if len(report.earlier_rounds) < MOST_ROUNDS:
        return shown
    left_out = voice.say.text("Kun de {count} seneste af centrets runder er med.", count=MOST_ROUNDS)
    return Markup.joined(" ", [shown, left_out])


def series_head(series: ChecklistSeries, words: Wording) -> list[str]:
    """Return the columns' names: item, each round, remark."""
    return [words.text("Punkt"), *series.rounds, words.text("Bemærkning")]


def series_rows(series: ChecklistSeries, words: Wording) -> list[list[str]]:
    """Return a row for the critical breaches, and for each theme and each item in checklist order.

    A theme stands above its items.
    """
    return [
        [
            name,
            *(_cell(point, words) for point in one.points),
            " ".join([*_remarks(one, series.rounds, words), *more]),
        ]
        for name, one, *more in _lines(series, words)
    ]


#: What stands in the first column, its series, and what else is to be remarked.
Measured: TypeAlias = ThemeSeries | ItemSeries | CriticalSeries
Line: TypeAlias = tuple[str, Measured, *tuple[str, ...]]


def _lines(series: ChecklistSeries, words: Wording) -> Iterator[Line]:
    """Yield each theme above its items; also a theme without any, where all of its items were replaced."""
    if series.critical is not None:
        yield words.text("Sager med kritisk brud, af alle gennemgåede"), series.critical
    themes = {theme.number: theme for theme in series.themes}
    items: dict[str, list[ItemSeries]] = {}
    for item in series.items:
        items.setdefault(item.number.partition(".")[0], []).append(item)
    for number in sorted({*themes, *items}, key=int):
        if number in themes:
            theme = themes[number]
            alone = [] if number in items else [words.text("Ingen af dets punkter er målt i flere runder.")]
            yield words.text("Tema {number}: {title}", number=number, title=theme.title), theme, *alone
        yield from ((f"{item.number} {item.question}", item) for item in items.get(number, ()))


def _cell(point: SeriesPoint | None, words: Wording) -> str:
    if point is None:
        return "–"
    counts = words.text("{done} af {total}", done=point.hits, total=point.assessed)
    return f"{counts}: {share_text(point.share, words)}" if point.share else counts


def figures(series: ChecklistSeries, voice: Voice) -> Iterator[Figure]:
    """Yield the figures of a checklist's themes; none where no theme has a share in two rounds."""
    for themes in trend_charts.shown_themes(series.themes):
        title = voice.words.text(
            "{checklist}: andelen af sager, hvor temaet er opfyldt, i centrets egne runder",
            checklist=series.title,
        )
        chart = trend_charts.trends(title, themes, series.rounds, voice.words)
        yield Figure(chart, Markup.joined(" ", _caption(themes, series.rounds, voice)))


def _caption(themes: tuple[ThemeSeries, ...], rounds: tuple[str, ...], voice: Voice) -> Iterator[Markup]:
    say = voice.say
    numbered = (f"{voice.words.number(at)} = {title}" for at, title in enumerate(rounds, start=1))
    yield say.text("Runderne er {rounds}.", rounds="; ".join(numbered))
    yield say.text(
        "Punktet er andelen i stikprøven, og den lodrette linje viser dens grænser. En stiplet linje går mellem "
        "runder, der kan sammenlignes. Om en forskel kan være tilfældig, står i bemærkningen i tabellen nedenfor; det "
        "er regnet ud af begge runders tal og kan ikke ses af, om grænserne overlapper."
    )
    if trend_charts.breaks(themes):
        yield say.text(
            "En lodret streg mellem to runder betyder, at et punkt i temaet fik ny mening, eller at temaet er målt "
            "med andre punkter: Tallene før og efter kan ikke sammenlignes."
        )
    if trend_charts.hides(themes):
        yield say.text("En runde uden punkt har for få relevante sager til at vise en andel.")


def _remarks(one: Measured, rounds: tuple[str, ...], words: Wording) -> Iterator[str]:
    """Yield what each figure is beside the one before it; nothing where they are the same."""
    taken = list(steps(one.points))
    for step in taken:
        if step.difference is Difference.BROKEN:
            said = _broken(one, step, words)
            yield said if len(taken) == 1 else f"{rounds[step.after]}: {said}"
    found = {
        difference: [step for step in taken if step.difference is difference] for difference in ONLY_STEP
    }
    chance, larger = found[Difference.BY_CHANCE], found[Difference.LARGER]
    if len(taken) == 1:
        for step in (*chance, *larger):
            yield words.text(ONLY_STEP[step.difference], round=rounds[step.before])
    elif larger:
        named = words.listing(rounds[step.after] for step in larger)
        yield words.text(LARGER_AND_CHANCE if chance else ONLY_LARGER, rounds=named)
    elif len(chance) > 1:
        yield words.text("Forskellene kan være tilfældige.")
    elif chance:
        yield words.text(ONE_BY_CHANCE, rounds=rounds[chance[0].after])


def _broken(one: Measured, step: Step, words: Wording) -> str:
    """Return why the figure of a step's later round cannot be held against those before."""
    point = one.points[step.after]
    begins = point.begins if point is not None else None
    if begins is None:
        return ""
    if begins.other_items:
        return words.text(OTHER_ITEMS[type(one) is CriticalSeries])
    said = words.text(NEW_MEANING[type(one)], version=str(begins.version))
    reason = words.text("Grund: {reason}", reason=ended(begins.reason))
    return f"{said} {reason}" if begins.reason else said
