"""*Siden sidst* on page one of a centre's report: what differs from the centre's own last round, in three lines."""

from collections import Counter
from collections.abc import Iterator, Sequence

from lirk.domain.own_changes import Difference, Step, latest_step
from lirk.domain.reports import CentreReport, ChecklistSeries, ItemSeries, ThemeSeries
from lirk.reports.markup import Markup
from lirk.reports.voice import Voice

#: Signs of the names of themes that the lines have room for, and the signs between two of them.
ROOM, BETWEEN = 72, 4


def since_last(report: CentreReport, voice: Voice) -> Markup:
    """Return which own rounds the figures are held against, where they stand, and what may be by chance."""
    say = voice.say
    if not report.earlier_rounds:
        return say.text("Det er centrets første runde i LIRK. Der er intet at sammenligne med endnu.")
    if not report.series:
        return say.text(
            "Centret er gennemgået før ({rounds}), men ingen punkter er målt både da og nu.",
            rounds=say.listing(report.earlier_rounds),
        )
    themes = [(series, one) for series in report.series for one in series.themes if _step(one)]
    items = [(series, one) for series in report.series for one in series.items if _step(one)]
    if not themes and not items:
        return say.text(
            "Ingen af de punkter, der er målt i centrets runder før, har et tal denne gang (se {place}).",
            place=voice.see("rounds"),
        )
    told, say_all = (themes, _themes) if themes else (items, _items)
    every = sum(len(series.themes if themes else series.items) for series in report.series)
    return Markup.joined(
        " ", [_before(report, told, voice), *say_all([one for _, one in told], every, voice)]
    )


def _step(one: ThemeSeries | ItemSeries) -> Step | None:
    """Return the step to the latest round's figure, if there are two to hold against each other."""
    return latest_step(one.points)


def _difference(one: ThemeSeries | ItemSeries) -> Difference | None:
    """Return what the latest figure is beside the one before it, if there are both."""
    step = _step(one)
    return step.difference if step else None


#: A theme or an item with the series that has its rounds.
Placed = tuple[ChecklistSeries, ThemeSeries | ItemSeries]


def _before(report: CentreReport, told: Sequence[Placed], voice: Voice) -> Markup:
    """Return which rounds the figures are held against: each against the last one that has it."""
    found = {series.rounds[step.before] for series, one in told if (step := _step(one))}
    order = {title: at for at, title in enumerate(report.earlier_rounds)}
    rounds = sorted(found, key=lambda title: (order.get(title, -1), title))
    return voice.say.text(
        "Sidst var {round} (se {place}).", round=voice.say.listing(rounds), place=voice.see("rounds")
    )


def _says_same(found: Counter[Difference | None]) -> bool:
    """Whether there is room for how many figures are the same beside what is said of the others."""
    return sum(bool(found[one]) for one in Difference) <= 2


def _themes(themes: Sequence[ThemeSeries | ItemSeries], every: int, voice: Voice) -> Iterator[Markup]:
    """Yield how many themes differ in which way; ``every`` counts also those without a figure now."""
    say, found = voice.say, Counter(map(_difference, themes))
    if count := found[Difference.BY_CHANCE]:
        yield say.plural(
            "I {count} tema er tallet et andet end sidst, men det kan være tilfældigt.",
            "I {count} temaer er tallene andre end sidst, men det kan være tilfældigt.",
            count,
        )
    if count := found[Difference.LARGER]:
        names = [
            one.title
            for one in themes
            if isinstance(one, ThemeSeries) and _difference(one) is Difference.LARGER
        ]
        named = sum(len(name) + BETWEEN for name in names) <= ROOM and not found[Difference.BROKEN]
        yield _named(names, voice) if named else _counted(count, voice)
    if count := found[Difference.BROKEN]:
        yield say.plural(
            "{count} tema kan ikke sammenlignes med sidst.",
            "{count} temaer kan ikke sammenlignes med sidst.",
            count,
        )
    if found[Difference.NONE] == every:
        yield say.text("Temaernes tal er de samme som sidst.")
    elif (count := found[Difference.NONE]) and _says_same(found):
        yield say.plural(
            "I {count} tema er tallet det samme.", "I {count} temaer er tallene de samme.", count
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


def _items(items: Sequence[ThemeSeries | ItemSeries], every: int, voice: Voice) -> Iterator[Markup]:
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
    if count := found[Difference.BROKEN]:
        yield say.plural(
            "{count} punkt kan ikke sammenlignes med sidst.",
            "{count} punkter kan ikke sammenlignes med sidst.",
            count,
        )
    if found[Difference.NONE] == every:
        yield say.text("Punkternes tal er de samme som sidst.")
    elif (count := found[Difference.NONE]) and _says_same(found):
        yield say.plural(
            "I {count} punkt er tallet det samme.", "I {count} punkter er tallene de samme.", count
        )
