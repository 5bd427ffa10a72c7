"""A centre's own rounds as small multiples: one panel a theme, all of the same size and from 0 to 100 per cent.

No trend is drawn beyond the rounds, and nothing is coloured by whether it went up. Where an item of the theme changed
its meaning, the line is broken, and an upright line says so.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from itertools import pairwise

from lirk.domain.reports import SeriesPoint, Share, ThemeSeries
from lirk.reports.charts import (
    LINE,
    NORMAL,
    SMALL,
    WIDTH,
    Anchor,
    Chart,
    Dot,
    Label,
    Mark,
    Rule,
    Tone,
    limit_texts,
    share_text,
)
from lirk.reports.lettering import wrapped
from lirk.wording import Wording

#: Panels in a row, and rows in a chart: with its title and caption it stays on one page.
COLUMNS, ROWS = 3, 4
GUTTER, SCALE_WIDTH, PLOT_HEIGHT = 14.0, 30.0, 62.0
PANEL = (WIDTH - (COLUMNS - 1) * GUTTER) / COLUMNS
ROUNDS_HEIGHT, ROW_GAP, BELOW_NAME = 15.0, 14.0, 9.0
#: Of the dashes of a line between two rounds.
DASH, SPACE = 3.0, 2.4
#: Lines of a theme's name at most.
NAME_LINES = 3


def shown_themes(themes: Sequence[ThemeSeries]) -> tuple[tuple[ThemeSeries, ...], ...]:
    """Return the themes with a share in at least two rounds, as many to a chart as it holds."""
    known = [theme for theme in themes if len(_shares(theme)) > 1]
    most = COLUMNS * ROWS
    return tuple(tuple(known[at : at + most]) for at in range(0, len(known), most))


def trends(title: str, themes: Sequence[ThemeSeries], rounds: Sequence[str], words: Wording) -> Chart:
    """Return a panel for each theme: a dot for the share of each round and a line for its limits.

    Parameters
    ----------
    themes
        In checklist order, at most ``COLUMNS * ROWS``.
    rounds
        Titles, oldest first; under the panels they stand as numbers from 1.
    """
    marks: list[Mark] = []
    top = 0.0
    for at in range(0, len(themes), COLUMNS):
        row = themes[at : at + COLUMNS]
        names = [
            wrapped(name(theme), NORMAL, PANEL, language=words.language, most=NAME_LINES) for theme in row
        ]
        plot = top + LINE * max(map(len, names)) + BELOW_NAME
        for column, (theme, lines) in enumerate(zip(row, names, strict=True)):
            panel = _Panel(column * (PANEL + GUTTER), top, plot, len(rounds))
            marks += [*panel.head(lines), *panel.scale(words), *panel.drawn(theme.points)]
        top = plot + PLOT_HEIGHT + ROUNDS_HEIGHT + ROW_GAP
    return Chart(
        title=title,
        description=" ".join(_said(themes, rounds, words)),
        width=WIDTH,
        height=max(top - ROW_GAP, LINE) + 2,
        marks=tuple(marks),
        head=(words.text("Tema"), *rounds),
        rows=tuple((name(theme), *(_cell(point, words) for point in theme.points)) for theme in themes),
    )


def name(theme: ThemeSeries) -> str:
    """Return a theme's number and title."""
    return f"{theme.number} {theme.title}"


def breaks(themes: Sequence[ThemeSeries]) -> bool:
    """Whether the line of some theme is broken."""
    return any(point and point.begins for theme in themes for point in theme.points)


def hides(themes: Sequence[ThemeSeries]) -> bool:
    """Whether some round of a theme has no dot."""
    return any(point is None or point.share is None for theme in themes for point in theme.points)


def _shares(theme: ThemeSeries) -> list[Share]:
    return [point.share for point in theme.points if point is not None and point.share is not None]


@dataclass(frozen=True, slots=True)
class _Panel:
    """Where one theme is drawn: its left edge, its top, the top of its plot, and how many rounds it has."""

    left: float
    top: float
    plot: float
    rounds: int
    bottom: float = field(init=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "bottom", self.plot + PLOT_HEIGHT)

    def head(self, lines: Sequence[str]) -> Iterator[Mark]:
        """Yield the theme's name, whose last line stands right above the plot."""
        first = self.plot - BELOW_NAME - (len(lines) - 1) * LINE
        yield from (Label(self.left, first + at * LINE, line, strong=True) for at, line in enumerate(lines))

    def scale(self, words: Wording) -> Iterator[Mark]:
        """Yield the lines of the scale and the numbers of the rounds."""
        for share in (0.0, 0.5, 1.0):
            y = self._y(share)
            yield Rule(self.left + SCALE_WIDTH, y, self.left + PANEL, y, Tone.FAINT, 0.75)
            yield Label(
                self.left + SCALE_WIDTH - 4, y + 3, words.percent(share), SMALL, Anchor.END, Tone.SOFT
            )
        for at in range(self.rounds):
            yield Label(self._x(at), self.bottom + 13, words.number(at + 1), SMALL, Anchor.MIDDLE, Tone.SOFT)

    def drawn(self, points: Sequence[SeriesPoint | None]) -> Iterator[Mark]:
        """Yield the lines between rounds that may be compared, the breaks, and each share with its limits."""
        shown = [
            (at, point.share)
            for at, point in enumerate(points)
            if point is not None and point.share is not None
        ]
        for (at, share), (later, next_share) in pairwise(shown):
            broken = [one for one in range(at + 1, later + 1) if (point := points[one]) and point.begins]
            if broken:
                x = (self._x(broken[-1] - 1) + self._x(broken[-1])) / 2
                yield Rule(x, self.plot, x, self.bottom, Tone.INK, 1.0)
            else:
                yield from _dashed(
                    self._x(at), self._y(share.share), self._x(later), self._y(next_share.share)
                )
        for at, share in shown:
            yield from self._share(self._x(at), share)

    def _share(self, x: float, share: Share) -> Iterator[Mark]:
        if not share.census:
            lower, upper = self._y(share.lower), self._y(share.upper)
            yield Rule(x, lower, x, upper, weight=1.2)
            yield from (Rule(x - 3, y, x + 3, y, weight=1.2) for y in (lower, upper))
        yield Dot(x, self._y(share.share), 3.0)

    def _x(self, at: int) -> float:
        room = PANEL - SCALE_WIDTH
        return self.left + SCALE_WIDTH + room * (at + 0.5) / self.rounds

    def _y(self, share: float) -> float:
        return self.bottom - PLOT_HEIGHT * share


def _dashed(x1: float, y1: float, x2: float, y2: float) -> Iterator[Mark]:
    """Yield the dashes of a line."""
    long = ((x2 - x1) ** 2 + (y2 - y1) ** 2) ** 0.5
    across, down = (x2 - x1) / long, (y2 - y1) / long
    for at in range(int(long / (DASH + SPACE)) + 1):
        start = at * (DASH + SPACE)
        end = min(start + DASH, long)
        yield Rule(x1 + across * start, y1 + down * start, x1 + across * end, y1 + down * end, Tone.SOFT, 0.9)


def _cell(point: SeriesPoint | None, words: Wording) -> str:
    if point is None:
        return "–"
    counts = words.text("{done} af {total}", done=point.hits, total=point.assessed)
    return counts if point.share is None else f"{share_text(point.share, words)}, {counts}"


def _said(themes: Sequence[ThemeSeries], rounds: Sequence[str], words: Wording) -> Iterator[str]:
    yield words.text(
        "Et lille diagram for hvert tema: et punkt for andelen i hver af centrets egne runder og en linje for dens "
        "grænser, fra 0 til 100 procent."
    )
    for theme in themes:
        parts = (_said_point(title, point, words) for title, point in zip(rounds, theme.points, strict=True))
        yield f"{name(theme)}: {'; '.join(parts)}."


def _said_point(title: str, point: SeriesPoint | None, words: Wording) -> str:
    if point is None:
        return words.text("i {round} ikke målt", round=title)
    said = _limits(point.share, words) if point.share else _few(point, words)
    if point.begins is not None:
        return words.text("i {round} {said}, som ikke kan sammenlignes med før", round=title, said=said)
    return words.text("i {round} {said}", round=title, said=said)


def _limits(share: Share, words: Wording) -> str:
    """Return a share with its limits, as it is said aloud."""
    if share.census:
        return words.percent(share.share)
    lower, upper = limit_texts(share, words)
    return words.text(
        "{share} med grænser fra {lower} til {upper}",
        share=words.percent(share.share),
        lower=lower,
        upper=upper,
    )


def _few(point: SeriesPoint, words: Wording) -> str:
    return words.text(
        "for få sager til at vise en andel ({yes} af {assessed})", yes=point.hits, assessed=point.assessed
    )
