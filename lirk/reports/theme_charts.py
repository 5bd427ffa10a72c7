"""The two charts of a checklist's themes in one centre: cases by result, and shares with their limits.

Both are described for the whole width of a page, and to stand beside each other on paper.
"""

from collections.abc import Iterator, Sequence
from itertools import accumulate, pairwise

from lirk.domain.reports import CaseResult, Counts, Share
from lirk.reports.charts import (
    FILLS,
    NORMAL,
    SMALL,
    TEXTURED,
    WHOLE,
    WIDTH,
    Anchor,
    Band,
    Bar,
    Chart,
    Dot,
    Fill,
    Label,
    Mark,
    Plot,
    Rule,
    Tone,
    bands,
    by_result,
    scale,
    share_text,
)
from lirk.reports.lettering import SEMIBOLD, width
from lirk.wording import Wording
from lirk.wording.reports import RESULTS

#: A chart over the whole width: for the screen, and where it stands alone.
WHOLE_BARS, WHOLE_INTERVALS = Plot(beside=44.0), WHOLE
#: Two charts of the same themes beside each other, on paper: rows are in line, and the names stand once.
LEFT_BARS = Plot(width=296.0, beside=40.0, row=20.0, air=3.0)
RIGHT_INTERVALS = Plot(width=165.0, left=12.0, beside=76.0, row=20.0, air=3.0, named=False)


def stacked_bars(
    title: str, themes: Sequence[tuple[str, Counts]], words: Wording, plot: Plot = WHOLE_BARS
) -> Chart:
    """Return one bar for each theme, divided by result, with the number of cases in every part.

    Parameters
    ----------
    themes
        Name and counts, in checklist order.
    """
    legend, top = _legend(words, plot)
    rows = bands([name for name, _ in themes], top, words, plot)
    marks: list[Mark] = [*legend]
    for (_, counts), band in zip(themes, rows, strict=True):
        marks += [*band.marks, *_divided_bar(counts, band, words, plot)]
    return Chart(
        title=title,
        description=" ".join(
            [
                words.text("Liggende stablede søjler, en for hvert tema."),
                *(_said_counts(*theme, words) for theme in themes),
            ]
        ),
        width=plot.width,
        height=rows[-1].bottom if rows else top,
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


def legend_depth(words: Wording, plot: Plot) -> float:
    """Return how deep the key to the textures is: the first bar begins there."""
    return _legend(words, plot)[1]


def _legend(words: Wording, plot: Plot) -> tuple[list[Mark], float]:
    """Return the key to the textures, and how deep it is; a narrow chart gives it all of its width."""
    marks: list[Mark] = []
    start = plot.left if plot.width >= WIDTH else 0.0
    x, y, gap = start, 0.0, 12.0
    for result, fill in FILLS.items():
        text = words.text(RESULTS[result])
        long = 16 + width(text, SMALL)
        if x + long > plot.width:
            x, y = start, y + 14
        marks += [Bar(x, y + 1, 12, 9, fill), Label(x + 16, y + 8.75, text, SMALL)]
        x += long + gap
    return marks, y + 20


def _divided_bar(counts: Counts, band: Band, words: Wording, plot: Plot) -> Iterator[Mark]:
    room, thick = plot.right - plot.left, _thickness(plot)
    yield Label(plot.width, band.base, f"n = {words.number(counts.total)}", NORMAL, Anchor.END, Tone.SOFT)
    if not counts.total:
        yield Label(plot.left, band.base, words.text("ingen sager"), NORMAL, tone=Tone.SOFT)
        return
    parts = by_result(counts)
    edges = list(accumulate(parts.values(), initial=0))
    for (result, count), (start, end) in zip(parts.items(), pairwise(edges), strict=True):
        if count:
            x, long = plot.left + room * start / counts.total, room * (end - start) / counts.total
            yield Bar(x, band.middle - thick / 2, long, thick, FILLS[result])
            yield from _count_in(words.number(count), x, long, band, FILLS[result])


def _thickness(plot: Plot) -> float:
    """Return how high a bar is: never so high that it touches the next."""
    return min(16.0, plot.row - 5)


def _count_in(text: str, x: float, long: float, band: Band, fill: Fill) -> Iterator[Mark]:
    if long >= _room_for(text, fill):
        tone = Tone.PAPER if fill is Fill.DARK else Tone.INK
        backed = fill in TEXTURED
        yield Label(x + long / 2, band.base, text, SMALL, Anchor.MIDDLE, tone, strong=True, backed=backed)


def _room_for(text: str, fill: Fill) -> float:
    """Return how wide a part must be to show its number, and of a texture enough to be known by."""
    return width(text, SMALL, SEMIBOLD) + (9 if fill in TEXTURED else 3)


def hides_counts(themes: Sequence[Counts], plot: Plot = WHOLE_BARS) -> bool:
    """Whether some part of a bar is too narrow for its number, so that the reader is sent to the table."""
    room = plot.right - plot.left
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


def intervals(
    title: str,
    themes: Sequence[tuple[str, Counts, Share | None]],
    words: Wording,
    plot: Plot = WHOLE_INTERVALS,
) -> Chart:
    """Return a dot for each share and a line for its limits, always from 0 to 100 per cent.

    Parameters
    ----------
    themes
        Name, counts and share, in checklist order; no share where too few cases were assessed.
    """
    rows = bands([name for name, _, _ in themes], plot.top, words, plot)
    bottom = rows[-1].bottom if rows else plot.top
    marks: list[Mark] = [*scale(bottom, words, plot)]
    for (_, counts, share), band in zip(themes, rows, strict=True):
        marks += [*band.marks, *_limits(counts, share, band, words, plot)]
    return Chart(
        title=title,
        description=" ".join(
            [
                words.text("Et punkt for hver andel og en linje for dens grænser, fra 0 til 100 procent."),
                *(f"{name}: {_said_share(counts, share, words)}." for name, counts, share in themes),
            ]
        ),
        width=plot.width,
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


def _limits(counts: Counts, share: Share | None, band: Band, words: Wording, plot: Plot) -> Iterator[Mark]:
    room = plot.right - plot.left
    if share is None:
        said = _said_share(counts, None, words)
        if width(said, NORMAL) > plot.width - plot.left - 4:
            said = words.text("for få sager")
        yield Label(plot.left + 4, band.base, said, NORMAL, tone=Tone.SOFT, backed=True)
        return
    if not share.census:
        lower, upper = plot.left + room * share.lower, plot.left + room * share.upper
        yield Rule(lower, band.middle, upper, band.middle, weight=1.4)
        yield from (Rule(x, band.middle - 4, x, band.middle + 4, weight=1.4) for x in (lower, upper))
    yield Dot(plot.left + room * share.share, band.middle)
    yield Label(plot.width, band.base, share_text(share, words), NORMAL, Anchor.END)


def _said_share(counts: Counts, share: Share | None, words: Wording) -> str:
    if share is not None:
        return share_text(share, words)
    if not counts.assessed:
        return words.text("ingen relevante sager")
    return words.text(
        "for få sager til at vise en andel ({yes} af {assessed})", yes=counts.yes, assessed=counts.assessed
    )
