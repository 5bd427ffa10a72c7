"""Charts described once: marks to draw, the table behind them, and the text that replaces them.

A description knows neither paper nor screen; ``chart_drawing`` sets it on paper. Lengths are points, y runs
downwards from the top. Nothing is told by colour alone: every result has its own texture and an outline.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum
from itertools import accumulate, pairwise

from lirk.domain.overview_values import DevelopmentPoint, PooledTheme
from lirk.domain.reports import CaseResult, Counts, Share
from lirk.reports.lettering import SEMIBOLD, width, wrapped
from lirk.wording import Wording
from lirk.wording.reports import LEVELS, RESULTS

WIDTH, PLOT_LEFT = 452.0, 112.0
#: The smallest text on paper is 8.5 points.
SMALL, NORMAL = 8.5, 8.75
LINE = 11.0
ROW = 28.0


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
    """Return a share with its limits: ``75 % (55–88)``; a census has no limits."""
    if share.census:
        return words.percent(share.share)
    limits = f"{words.number(share.lower * 100)}–{words.number(share.upper * 100)}"
    return f"{words.percent(share.share)} ({limits})"


# --- cases by result ---------------------------------------------------------------------------------------


def stacked_bars(title: str, themes: Sequence[tuple[str, Counts]], words: Wording) -> Chart:
    """Return one bar for each theme, divided by result, with the number of cases in every part.

    Parameters
    ----------
    themes
        Name and counts, in checklist order.
    """
    legend, top = _legend(words)
    bands = _bands([name for name, _ in themes], top, words)
    marks: list[Mark] = [*legend]
    for (_, counts), band in zip(themes, bands, strict=True):
        marks += [*band.marks, *_divided_bar(counts, band, words)]
    return Chart(
        title=title,
        description=" ".join(
            [
                words.text("Liggende stablede søjler, en for hvert tema."),
                *(_said_counts(*theme, words) for theme in themes),
            ]
        ),
        width=WIDTH,
        height=bands[-1].bottom if bands else top,
        marks=tuple(marks),
        head=(
            words.text("Tema"),
            *(words.text(RESULTS[result]) for result in CaseResult),
            words.text("Sager i alt"),
        ),
        rows=tuple(
            (name, *map(words.number, by_result(counts).values()), words.number(counts.total))
            for name, counts in themes
        ),
    )


def _legend(words: Wording) -> tuple[list[Mark], float]:
    """Return the key to the textures, and how deep it is."""
    marks: list[Mark] = []
    x, y, gap = PLOT_LEFT, 0.0, 12.0
    for result, fill in FILLS.items():
        text = words.text(RESULTS[result])
        long = 16 + width(text, SMALL)
        if x + long > WIDTH:
            x, y = PLOT_LEFT, y + 16
        marks += [Bar(x, y + 1, 12, 9, fill), Label(x + 16, y + 8.75, text, SMALL)]
        x += long + gap
    return marks, y + 20


def _divided_bar(counts: Counts, band: "_Band", words: Wording) -> Iterator[Mark]:
    room = WIDTH - PLOT_LEFT - 44
    yield Label(WIDTH, band.base, f"n = {words.number(counts.total)}", NORMAL, Anchor.END, Tone.SOFT)
    if not counts.total:
        yield Label(PLOT_LEFT, band.base, words.text("ingen sager"), NORMAL, tone=Tone.SOFT)
        return
    parts = by_result(counts)
    edges = list(accumulate(parts.values(), initial=0))
    for (result, count), (start, end) in zip(parts.items(), pairwise(edges), strict=True):
        if count:
            x, long = PLOT_LEFT + room * start / counts.total, room * (end - start) / counts.total
            yield Bar(x, band.middle - 8, long, 16, FILLS[result])
            yield from _count_in(words.number(count), x, long, band, FILLS[result])


def _count_in(text: str, x: float, long: float, band: "_Band", fill: Fill) -> Iterator[Mark]:
    if long >= _room_for(text, fill):
        tone = Tone.PAPER if fill is Fill.DARK else Tone.INK
        backed = fill in TEXTURED
        yield Label(x + long / 2, band.base, text, SMALL, Anchor.MIDDLE, tone, strong=True, backed=backed)


def _room_for(text: str, fill: Fill) -> float:
    """Return how wide a part must be to show its number, and of a texture enough to be known by."""
    return width(text, SMALL, SEMIBOLD) + (9 if fill in TEXTURED else 3)


def hides_counts(themes: Sequence[Counts]) -> bool:
    """Whether some part of a bar is too narrow for its number, so that the reader is sent to the table."""
    room = WIDTH - PLOT_LEFT - 44
    return any(
        0 < room * count / counts.total < _room_for(str(count), FILLS[result])
        for counts in themes
        if counts.total
        for result, count in by_result(counts).items()
    )


def _said_counts(name: str, counts: Counts, words: Wording) -> str:
    parts = [
        f"{words.text(RESULTS[result]).lower()} {words.number(count)}"
        for result, count in by_result(counts).items()
    ]
    return words.plural(
        "{name}: {parts}; {count} sag i alt.",
        "{name}: {parts}; {count} sager i alt.",
        counts.total,
        name=name,
        parts=", ".join(parts),
    )


# --- shares with their limits ------------------------------------------------------------------------------


def intervals(title: str, themes: Sequence[tuple[str, Counts, Share | None]], words: Wording) -> Chart:
    """Return a dot for each share and a line for its limits, always from 0 to 100 per cent.

    Parameters
    ----------
    themes
        Name, counts and share, in checklist order; no share where too few cases were assessed.
    """
    right = WIDTH - 88
    bands = _bands([name for name, _, _ in themes], 4, words)
    bottom = bands[-1].bottom if bands else 4
    marks: list[Mark] = [*_scale(right, bottom, words)]
    for (_, counts, share), band in zip(themes, bands, strict=True):
        marks += [*band.marks, *_limits(counts, share, band, right, words)]
    return Chart(
        title=title,
        description=" ".join(
            [
                words.text("Et punkt for hver andel og en linje for dens grænser, fra 0 til 100 procent."),
                *(f"{name}: {_said_share(counts, share, words)}." for name, counts, share in themes),
            ]
        ),
        width=WIDTH,
        height=bottom + 18,
        marks=tuple(marks),
        head=(
            words.text("Tema"),
            words.text("Andel opfyldt"),
            words.text("Opfyldt"),
            words.text("Relevante sager"),
        ),
        rows=tuple(
            (name, _said_share(counts, share, words), words.number(counts.yes), words.number(counts.assessed))
            for name, counts, share in themes
        ),
    )


def _scale(right: float, bottom: float, words: Wording) -> Iterator[Mark]:
    for tick in range(5):
        x = PLOT_LEFT + (right - PLOT_LEFT) * tick / 4
        yield Rule(x, 0, x, bottom + 2, Tone.FAINT, 0.75)
        yield Label(x, bottom + 13, words.percent(tick / 4), SMALL, Anchor.MIDDLE, Tone.SOFT)


def _limits(
    counts: Counts, share: Share | None, band: "_Band", right: float, words: Wording
) -> Iterator[Mark]:
    if share is None:
        yield Label(
            PLOT_LEFT + 4, band.base, _said_share(counts, None, words), NORMAL, tone=Tone.SOFT, backed=True
        )
        return
    room = right - PLOT_LEFT
    if not share.census:
        lower, upper = PLOT_LEFT + room * share.lower, PLOT_LEFT + room * share.upper
        yield Rule(lower, band.middle, upper, band.middle, weight=1.4)
        yield from (Rule(x, band.middle - 4, x, band.middle + 4, weight=1.4) for x in (lower, upper))
    yield Dot(PLOT_LEFT + room * share.share, band.middle)
    yield Label(WIDTH, band.base, share_text(share, words), NORMAL, Anchor.END)


def _said_share(counts: Counts, share: Share | None, words: Wording) -> str:
    if share is not None:
        return share_text(share, words)
    if not counts.assessed:
        return words.text("ingen relevante sager")
    return words.text(
        "for få sager til at vise en andel ({yes} af {assessed})", yes=counts.yes, assessed=counts.assessed
    )


# --- the municipality as a whole ---------------------------------------------------------------------------


def level_text(theme: PooledTheme | DevelopmentPoint, words: Wording) -> str:
    """Return what the overview says of a theme: a share in steps of five points, or words."""
    if theme.percent is not None:
        return words.percent(theme.percent / 100)
    return words.text(LEVELS[theme.level]) if theme.level else words.text("vises ikke")


def levels(title: str, themes: Sequence[PooledTheme], words: Wording) -> Chart:
    """Return a bar for each theme on a scale in steps of five points, or words where no number is given."""
    right = WIDTH - 88
    names = [f"{theme.number} {theme.title}" for theme in themes]
    bands = _bands(names, 4, words)
    bottom = bands[-1].bottom if bands else 4
    marks: list[Mark] = [*_scale(right, bottom, words)]
    for theme, band in zip(themes, bands, strict=True):
        marks += [*band.marks, *_level(theme, band, right, words)]
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


def _level(theme: PooledTheme, band: "_Band", right: float, words: Wording) -> Iterator[Mark]:
    text = level_text(theme, words)
    if theme.percent is None:
        yield Label(PLOT_LEFT + 4, band.base, text, NORMAL, tone=Tone.SOFT, backed=True)
        return
    long = (right - PLOT_LEFT) * theme.percent / 100
    yield Bar(PLOT_LEFT, band.middle - 6, long, 12, Fill.DARK)
    yield Label(WIDTH, band.base, text, NORMAL, Anchor.END)


# --- rows --------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class _Band:
    """A row of a chart: its name is set, the plot is still to be filled."""

    top: float
    bottom: float
    marks: tuple[Mark, ...]

    @property
    def middle(self) -> float:
        return (self.top + self.bottom) / 2

    @property
    def base(self) -> float:
        return self.middle + 3.1


def _bands(names: Sequence[str], top: float, words: Wording) -> list[_Band]:
    bands: list[_Band] = []
    for name in names:
        lines = wrapped(name, NORMAL, PLOT_LEFT - 12, language=words.language)
        height = max(ROW, len(lines) * LINE + 8)
        first = top + height / 2 - (len(lines) - 1) * LINE / 2 + 3.1
        texts = tuple(Label(0, first + at * LINE, line) for at, line in enumerate(lines))
        bands.append(_Band(top, top + height, texts))
        top += height
    return bands
