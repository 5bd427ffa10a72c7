"""A centre's own rounds beside each other, in words and rows: no arrow, and nothing is called better or worse."""

from collections.abc import Iterator

from lirk.domain.reports import ChecklistSeries, ItemSeries, SeriesBreak, SeriesPoint
from lirk.reports.markup import Markup
from lirk.reports.voice import Voice
from lirk.wording import Wording


def opening(voice: Voice) -> Markup:
    """Return what the tables show, and what they do not."""
    return voice.say.text(
        "Tabellen viser, i hvor mange af de relevante sager punktet er opfyldt i centrets egne runder. Den har kun "
        "punkter, der er målt i mindst to af runderne. Tallene bygger på stikprøver; hvor en forskel ikke er større, "
        "end at den kan være tilfældig, står det ved punktet."
    )


def series_head(series: ChecklistSeries, words: Wording) -> list[str]:
    """Return the columns' names: item, each round, remark."""
    return [words.text("Punkt"), *series.rounds, words.text("Bemærkning")]


def series_rows(series: ChecklistSeries, words: Wording) -> list[list[str]]:
    """Return a row for each item, in checklist order."""
    return [
        [
            f"{item.number} {item.question}",
            *(_cell(point, words) for point in item.points),
            " ".join(_remarks(item, series.rounds, words)),
        ]
        for item in series.items
    ]


def _cell(point: SeriesPoint | None, words: Wording) -> str:
    if point is None:
        return "–"
    return words.text("{done} af {total}", done=point.hits, total=point.assessed)


def _remarks(item: ItemSeries, rounds: tuple[str, ...], words: Wording) -> Iterator[str]:
    """Yield where the series breaks, and whether the latest difference may be by chance."""
    known = [(title, point) for title, point in zip(rounds, item.points, strict=True) if point is not None]
    for _, point in known:
        if point.begins is not None:
            yield _broken(point.begins, words)
    if len(known) > 1 and known[-1][1].by_chance:
        yield words.text("Forskellen fra {round} kan være tilfældig.", round=known[-2][0])


def _broken(begins: SeriesBreak, words: Wording) -> str:
    said = words.text(
        "Punktet fik ny mening i version {version}; tallene før kan ikke sammenlignes.",
        version=str(begins.version),
    )
    reason = words.text("Grund: {reason}", reason=begins.reason)
    return f"{said} {reason}" if begins.reason else said
