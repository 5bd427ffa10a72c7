"""*Siden sidst* on page one of a centre's report: what differs from the centre's own last round, in three lines."""

from collections import Counter
from collections.abc import Iterator

from lirk.domain.own_changes import Difference, latest_step
from lirk.domain.reports import CentreReport, ItemSeries, ThemeSeries
from lirk.reports.markup import Markup
from lirk.reports.voice import Voice

#: Signs of the names of themes that the lines have room for.
ROOM = 70


def since_last(report: CentreReport, voice: Voice) -> Markup:
    """Return which own round came before, where the figures stand, and which differences may be by chance."""
    say = voice.say
    if not report.earlier_rounds:
        return say.text("Det er centrets første runde i LIRK. Der er intet at sammenligne med endnu.")
    if not report.series:
        return say.text(
            "Centret er gennemgået før ({rounds}), men ingen punkter er målt både da og nu.",
            rounds=say.listing(report.earlier_rounds),
        )
    before = say.text(
        "Sidst var {round} (se {place}).", round=report.earlier_rounds[-1], place=voice.see("rounds")
    )
    themes = [theme for series in report.series for theme in series.themes]
    items = [item for series in report.series for item in series.items]
    said = _themes(themes, voice) if any(map(_difference, themes)) else _items(items, voice)
    return Markup.joined(" ", [before, *said])


def _difference(one: ThemeSeries | ItemSeries) -> Difference | None:
    """Return what the latest figure is beside the one before it, if there are both."""
    step = latest_step(one.points)
    return step.difference if step else None


def _themes(themes: list[ThemeSeries], voice: Voice) -> Iterator[Markup]:
    say, found = voice.say, Counter(map(_difference, themes))
    if count := found[Difference.BY_CHANCE]:
        yield say.plural(
            "I {count} tema er tallet et andet end sidst, men det kan være tilfældigt.",
            "I {count} temaer er tallene andre end sidst, men det kan være tilfældigt.",
            count,
        )
    if count := found[Difference.LARGER]:
        names = [theme.title for theme in themes if _difference(theme) is Difference.LARGER]
        named = sum(map(len, names)) <= ROOM and not found[Difference.BROKEN]
        yield _named(names, voice) if named else _counted(count, voice)
    if found[Difference.NONE] and not found[Difference.BY_CHANCE] and not found[Difference.LARGER]:
        yield say.text("Temaernes tal er de samme som sidst.")
    if count := found[Difference.BROKEN]:
        yield say.plural(
            "{count} tema kan ikke sammenlignes med sidst.",
            "{count} temaer kan ikke sammenlignes med sidst.",
            count,
        )


def _named(names: list[str], voice: Voice) -> Markup:
    quoted = voice.say.listing(voice.words.text("»{title}«", title=name) for name in names)
    return voice.say.text("Forskellen er næppe tilfældig i {themes}.", themes=quoted)


def _counted(count: int, voice: Voice) -> Markup:
    return voice.say.plural(
        "I {count} tema er forskellen næppe tilfældig.",
        "I {count} temaer er forskellen næppe tilfældig.",
        count,
    )


def _items(items: list[ItemSeries], voice: Voice) -> Iterator[Markup]:
    """Yield the same of items, where no theme can be held against itself."""
    say, found = voice.say, Counter(map(_difference, items))
    if count := found[Difference.BY_CHANCE]:
        yield say.plural(
            "I {count} punkt er tallet et andet end sidst, men det kan være tilfældigt.",
            "I {count} punkter er tallene andre end sidst, men det kan være tilfældigt.",
            count,
        )
    if count := found[Difference.LARGER]:
        yield say.plural(
            "I {count} punkt er forskellen næppe tilfældig.",
            "I {count} punkter er forskellen næppe tilfældig.",
            count,
        )
