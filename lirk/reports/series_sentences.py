"""A centre's own rounds beside each other, in words and rows: no arrow, and nothing is called better or worse."""

from collections.abc import Iterator

from lirk.domain.reports import ChecklistSeries, ItemSeries, SeriesBreak, SeriesPoint, ThemeSeries
from lirk.reports import trend_charts
from lirk.reports.charts import share_text
from lirk.reports.markup import Markup
from lirk.reports.result_sentences import Figure
from lirk.reports.voice import Voice
from lirk.wording import N_, Wording


def opening(voice: Voice) -> Markup:
    """Return what the tables show, and what they do not."""
    return voice.say.text(
        "Tabellen viser, i hvor mange af de relevante sager et tema eller et punkt er opfyldt i centrets egne runder, "
        "og hvor der er sager nok, andelen med dens grænser. Den har kun det, der er målt i mindst to af runderne. "
        "Tallene bygger på stikprøver; hvor en forskel ikke er større, end at den kan være tilfældig, står det i "
        "bemærkningen."
    )


def series_head(series: ChecklistSeries, words: Wording) -> list[str]:
    """Return the columns' names: item, each round, remark."""
    return [words.text("Punkt"), *series.rounds, words.text("Bemærkning")]


def series_rows(series: ChecklistSeries, words: Wording) -> list[list[str]]:
    """Return a row for each theme and each item, in checklist order: a theme stands above its items."""
    return [
        [
            name,
            *(_cell(point, words) for point in one.points),
            " ".join(_remarks(one, series.rounds, words)),
        ]
        for name, one in _lines(series, words)
    ]


def _lines(series: ChecklistSeries, words: Wording) -> Iterator[tuple[str, ThemeSeries | ItemSeries]]:
    themes = {theme.number: theme for theme in series.themes}
    for item in series.items:
        theme = themes.pop(item.number.partition(".")[0], None)
        if theme is not None:
            yield words.text("Tema {number}: {title}", number=theme.number, title=theme.title), theme
        yield f"{item.number} {item.question}", item


def _cell(point: SeriesPoint | None, words: Wording) -> str:
    if point is None:
        return "–"
    counts = words.text("{done} af {total}", done=point.hits, total=point.assessed)
    return f"{counts}: {share_text(point.share, words)}" if point.share else counts


def figures(series: ChecklistSeries, voice: Voice) -> Iterator[Figure]:
    """Yield the figures of a checklist's themes; none where no theme has a share in two rounds."""
    for themes in trend_charts.shown_themes(series.themes):
        title = voice.words.text("Andelen af sager, hvor temaet er opfyldt, i centrets egne runder")
        chart = trend_charts.trends(title, themes, series.rounds, voice.words)
        yield Figure(chart, Markup.joined(" ", _caption(themes, series.rounds, voice)))


def _caption(themes: tuple[ThemeSeries, ...], rounds: tuple[str, ...], voice: Voice) -> Iterator[Markup]:
    say = voice.say
    numbered = (f"{voice.words.number(at)} = {title}" for at, title in enumerate(rounds, start=1))
    yield say.text("Runderne er {rounds}.", rounds="; ".join(numbered))
    yield say.text(
        "Punktet er andelen i stikprøven, linjen op og ned dens grænser. En stiplet linje går mellem runder, der kan "
        "sammenlignes; hvor grænserne dækker hinanden, kan forskellen være tilfældig."
    )
    if trend_charts.breaks(themes):
        yield say.text(
            "En lodret streg mellem to runder betyder, at et punkt i temaet fik ny mening, eller at temaet er målt "
            "med andre punkter: Tallene før og efter kan ikke sammenlignes."
        )
    if trend_charts.hides(themes):
        yield say.text("En runde uden punkt har for få relevante sager til at vise en andel.")


def _remarks(item: ThemeSeries | ItemSeries, rounds: tuple[str, ...], words: Wording) -> Iterator[str]:
    """Yield where the series breaks, and whether the latest difference may be by chance."""
    known = [(title, point) for title, point in zip(rounds, item.points, strict=True) if point is not None]
    for _, point in known:
        if point.begins is not None:
            yield _broken(point.begins, words, theme=isinstance(item, ThemeSeries))
    if len(known) > 1 and known[-1][1].by_chance:
        yield words.text("Forskellen fra {round} kan være tilfældig.", round=known[-2][0])


def _broken(begins: SeriesBreak, words: Wording, *, theme: bool) -> str:
    if begins.other_items:
        return words.text("Temaet er målt med andre punkter end før; tallene før kan ikke sammenlignes.")
    text = (
        N_("Et punkt i temaet fik ny mening i version {version}; tallene før kan ikke sammenlignes.")
        if theme
        else N_("Punktet fik ny mening i version {version}; tallene før kan ikke sammenlignes.")
    )
    said = words.text(text, version=str(begins.version))
    reason = words.text("Grund: {reason}", reason=begins.reason)
    return f"{said} {reason}" if begins.reason else said
