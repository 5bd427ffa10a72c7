"""Charts described once: marks to draw, the table behind them, and the text that replaces them.

A description knows neither paper nor screen; ``chart_drawing`` sets it on paper. Lengths are points, y runs
downwards from the top. Nothing is told by colour alone: every result has its own texture and an outline.
"""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum

from lirk.domain.overview_values import DevelopmentPoint, PooledTheme
from lirk.domain.reports import CaseResult, Counts, Share
from lirk.reports.lettering import wrapped
from lirk.wording import Wording
from lirk.wording.reports import LEVELS

WIDTH, PLOT_LEFT = 452.0, 112.0
#: The smallest text on paper is 8.5 points.
SMALL, NORMAL = 8.5, 8.75
LINE = 11.0
ROW = 28.0
#: Of a limit that would read as none or as all of the cases, and is neither.
MOST_DECIMALS = 2


class Fill(StrEnum):
    """The texture of a bar."""

    DARK = "dark"
    HATCHED = "hatched"
    WHITE = "white"
    DOTTED = "dotted"
    LINED = "lined"


class Tone(StrEnum):
    """The colour of a line, a dot or a text, by what it is for."""

    INK = "ink"
    SOFT = "soft"
    FAINT = "faint"
    PAPER = "paper"
    ACCENT = "accent"


class Anchor(StrEnum):
    """Which end of a text its x names."""

    START = "start"
    MIDDLE = "middle"
    END = "end"


@dataclass(frozen=True, slots=True)
class Bar:
    """A rectangle with a texture and an outline; x and y are its upper left corner."""

    x: float
    y: float
    width: float
    height: float
    fill: Fill


@dataclass(frozen=True, slots=True)
class Rule:
    """A straight line."""

    x1: float
    y1: float
    x2: float
    y2: float
    tone: Tone = Tone.INK
    weight: float = 1.0


@dataclass(frozen=True, slots=True)
class Dot:
    """A filled circle."""

    x: float
    y: float
    radius: float = 3.6
    tone: Tone = Tone.ACCENT


@dataclass(frozen=True, slots=True)
class Label:
    """A line of text; y is its base line. ``backed``: on a patch of paper, to be read on a texture."""

    x: float
    y: float
    text: str
    size: float = NORMAL
    anchor: Anchor = Anchor.START
    tone: Tone = Tone.INK
    strong: bool = False
    backed: bool = False


Mark = Bar | Rule | Dot | Label


@dataclass(frozen=True, slots=True, kw_only=True)
class Plot:
    """How a chart of themes is laid out.

    Attributes
    ----------
    left
        Where the plot begins; names stand to the left of it.
    beside
        Points kept for the numbers to the right of the plot.
    row
        Least height of a theme.
    air
        Points of it that are left free above and below names of several lines.
    names
        Room for the names, which decide how high the rows are.
    named
        Whether they are drawn; a chart beside another has the names of that one.
    top
        Where the first row begins at the earliest.
    """

    width: float = WIDTH
    left: float = PLOT_LEFT
    beside: float
    row: float = ROW
    air: float = 8.0
    names: float = PLOT_LEFT - 12
    named: bool = True
    top: float = 4.0

    @property
    def right(self) -> float:
        """Where the plot ends."""
        return self.width - self.beside


@dataclass(frozen=True, slots=True, kw_only=True)
class Chart:
    """A chart with all that stands for it where it cannot be seen.

    Attributes
    ----------
    title
        Says what it shows.
    description
        The text alternative, in whole sentences.
    head, rows
        The table behind it; every row is as long as the head, and begins with the row's name.
    """

    title: str
    description: str
    width: float
    height: float
    marks: tuple[Mark, ...]
    head: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]


#: A chart over the whole width, with a share and its limits at the right.
WHOLE = Plot(beside=88.0)
#: Narrower plots name only the ends and the middle of their scale.
NARROW = 160.0

FILLS = {
    CaseResult.YES: Fill.DARK,
    CaseResult.PARTLY: Fill.HATCHED,
    CaseResult.NO: Fill.WHITE,
    CaseResult.NOT_APPLICABLE: Fill.DOTTED,
    CaseResult.CANNOT_ASSESS: Fill.LINED,
}

TEXTURED = frozenset({Fill.HATCHED, Fill.DOTTED, Fill.LINED})


def by_result(counts: Counts) -> dict[CaseResult, int]:
    """Return the counts in the order in which every table and figure shows them."""
    return {
        CaseResult.YES: counts.yes,
        CaseResult.PARTLY: counts.partly,
        CaseResult.NO: counts.no,
        CaseResult.NOT_APPLICABLE: counts.not_applicable,
        CaseResult.CANNOT_ASSESS: counts.cannot_assess,
    }


def share_text(share: Share, words: Wording) -> str:
    """Return a share with its limits: ``75 % (55–88)``; a census has no limits.

    A limit that would read as 0 or as 100, and is neither, has the decimals that tell it apart: ``7 % (0,4–32)``.
    """
    if share.census:
        return words.percent(share.share)
    lower, upper = (_exact_enough(limit, count, share.population, words) for limit, count in _limits(share))
    return f"{words.percent(share.share)} ({lower}–{upper})"


def limit_texts(share: Share, words: Wording) -> tuple[str, str]:
    """Return the limits of a share in whole per cent, without the sign, as a sentence says them."""
    lower, upper = (
        limit_text(words.number(limit * 100), count, share.population, words.number, words)
        for limit, count in _limits(share)
    )
    return lower, upper


def limit_text(rounded: str, count: int, population: int, write: Callable[[int], str], words: Wording) -> str:
    """Return a limit as it is rounded; ``under 1`` or ``over 99`` where it reads as none or all, and is neither.

    Parameters
    ----------
    count, population
        The limit in cases, and the cases that there can be.
    write
        How a whole percentage is written.
    """
    if count and rounded == write(0):
        return words.text("under {percent}", percent=write(1))
    if count < population and rounded == write(100):
        return words.text("over {percent}", percent=write(99))
    return rounded


def _limits(share: Share) -> tuple[tuple[float, int], tuple[float, int]]:
    return (share.lower, share.count_lower), (share.upper, share.count_upper)


def _exact_enough(limit: float, count: int, population: int, words: Wording) -> str:
    written = [words.number(limit * 100, decimals) for decimals in range(MOST_DECIMALS + 1)]
    if count in {0, population}:
        return written[0]
    ends = {words.number(end, decimals) for end in (0, 100) for decimals in range(MOST_DECIMALS + 1)}
    return next((text for text in written if text not in ends), written[0])


# --- the municipality as a whole ---------------------------------------------------------------------------


def level_text(theme: PooledTheme | DevelopmentPoint, words: Wording) -> str:
    """Return what the overview says of a theme: a share in steps of five points, or words."""
    if theme.percent is not None:
        return words.percent(theme.percent / 100)
    return words.text(LEVELS[theme.level]) if theme.level else words.text("vises ikke")


def levels(title: str, themes: Sequence[PooledTheme], words: Wording) -> Chart:
    """Return a bar for each theme on a scale in steps of five points, or words where no number is given."""
    plot = WHOLE
    names = [f"{theme.number} {theme.title}" for theme in themes]
    rows = bands(names, plot.top, words, plot)
    bottom = rows[-1].bottom if rows else plot.top
    marks: list[Mark] = [*scale(bottom, words, plot)]
    for theme, band in zip(themes, rows, strict=True):
        marks += [*band.marks, *_level(theme, band, plot.right, words)]
    return Chart(
        title=title,
        description=" ".join(
            [
                words.text(
                    "En liggende søjle for hvert tema, kommunen som helhed, fra 0 til 100 procent i trin på fem."
                ),
                *(f"{name}: {level_text(theme, words)}." for name, theme in zip(names, themes, strict=True)),
            ]
        ),
        width=WIDTH,
        height=bottom + 18,
        marks=tuple(marks),
        head=(words.text("Tema"), words.text("Andel opfyldt, afrundet")),
        rows=tuple((name, level_text(theme, words)) for name, theme in zip(names, themes, strict=True)),
    )


def _level(theme: PooledTheme, band: "Band", right: float, words: Wording) -> Iterator[Mark]:
    text = level_text(theme, words)
    if theme.percent is None:
        yield Label(PLOT_LEFT + 4, band.base, text, NORMAL, tone=Tone.SOFT, backed=True)
        return
    long = (right - PLOT_LEFT) * theme.percent / 100
    yield Bar(PLOT_LEFT, band.middle - 6, long, 12, Fill.DARK)
    yield Label(WIDTH, band.base, text, NORMAL, Anchor.END)


# --- rows --------------------------------------------------------------------------------------------------


def scale(bottom: float, words: Wording, plot: Plot) -> Iterator[Mark]:
    """Yield the lines of a scale from 0 to 100 per cent, with its numbers under ``bottom``."""
    long = plot.right - plot.left
    for tick in range(5):
        x = plot.left + long * tick / 4
        yield Rule(x, max(0, plot.top - 4), x, bottom + 2, Tone.FAINT, 0.75)
        if long > NARROW or tick % 2 == 0:
            yield Label(x, bottom + 13, words.percent(tick / 4), SMALL, Anchor.MIDDLE, Tone.SOFT)


@dataclass(frozen=True, slots=True)
class Band:
    """A row of a chart: its name is set, the plot is still to be filled."""

    top: float
    bottom: float
    marks: tuple[Mark, ...]

    @property
    def middle(self) -> float:
        """How far down its middle is."""
        return (self.top + self.bottom) / 2

    @property
    def base(self) -> float:
        """The base line of a text in its middle."""
        return self.middle + 3.1


def bands(names: Sequence[str], top: float, words: Wording, plot: Plot) -> list[Band]:
    """Return a row for each name, as high as its lines need, from ``top`` downwards."""
    rows: list[Band] = []
    for name in names:
        lines = wrapped(name, NORMAL, plot.names, language=words.language)
        height = max(plot.row, len(lines) * LINE + plot.air)
        first = top + height / 2 - (len(lines) - 1) * LINE / 2 + 3.1
        texts = tuple(Label(0, first + at * LINE, line) for at, line in enumerate(lines) if plot.named)
        rows.append(Band(top, top + height, texts))
        top += height
    return rows
