"""A chart description drawn for a screen: SVG without styles, so that a page may forbid them all."""

from collections.abc import Callable, Iterator
from typing import Any
from xml.sax.saxutils import escape, quoteattr

from lirk.reports.chart_colours import GROUNDS, OUTLINE, TONES
from lirk.reports.charts import TEXTURED, Anchor, Bar, Chart, Dot, Fill, Label, Mark, Rule, Tone
from lirk.reports.lettering import REGULAR, SEMIBOLD, width

#: How wide it is shown, in pixels, where the page says nothing else: 8.5 points are then 12.8 pixels.
SHOWN = 680

#: One tile of each texture, on its ground.
TILES = {
    Fill.HATCHED: (
        'width="5" height="5" patternTransform="rotate(45)"',
        f'<line x1="0" y1="0" x2="0" y2="5" stroke="{TONES[Tone.INK]}" stroke-width="0.9"/>',
    ),
    Fill.DOTTED: (
        'width="4" height="6"',
        f'<circle cx="1" cy="1.5" r="0.5" fill="{TONES[Tone.INK]}"/>'
        f'<circle cx="3" cy="4.5" r="0.5" fill="{TONES[Tone.INK]}"/>',
    ),
    Fill.LINED: (
        'width="4" height="2.5"',
        f'<line x1="0" y1="1.25" x2="4" y2="1.25" stroke="{TONES[Tone.INK]}" stroke-width="0.45"/>',
    ),
}


def chart_svg(chart: Chart, key: str) -> str:
    """Return a chart as an ``<svg>`` element, named by its title and told by its text alternative.

    Parameters
    ----------
    key
        Begins every id in it; no other chart of the page has it.
    """
    return "".join(
        [
            f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {_n(chart.width)} {_n(chart.height)}"'
            f' width="{SHOWN}" height="{_n(chart.height * SHOWN / chart.width)}"'
            f' role="img" aria-labelledby="{key}-title {key}-text">',
            f'<title id="{key}-title">{escape(chart.title)}</title>',
            f'<desc id="{key}-text">{escape(chart.description)}</desc>',
            *_patterns(chart, key),
            *(PAINTERS[type(mark)](mark, key) for mark in chart.marks),
            "</svg>",
        ]
    )


def _patterns(chart: Chart, key: str) -> Iterator[str]:
    used = {mark.fill for mark in chart.marks if isinstance(mark, Bar)}
    tiles = [(fill, TILES[fill]) for fill in Fill if fill in used & TEXTURED]
    if tiles:
        yield "<defs>"
        for fill, (about, drawn) in tiles:
            ground = f'<rect width="6" height="6" fill="{GROUNDS[fill]}"/>'
            yield f'<pattern id="{key}-{fill}" patternUnits="userSpaceOnUse" {about}>{ground}{drawn}</pattern>'
        yield "</defs>"


def _bar(bar: Bar, key: str) -> str:
    fill = f"url(#{key}-{bar.fill})" if bar.fill in TEXTURED else GROUNDS[bar.fill]
    return (
        f'<rect x="{_n(bar.x)}" y="{_n(bar.y)}" width="{_n(bar.width)}" height="{_n(bar.height)}"'
        f' fill="{fill}" stroke="{TONES[Tone.INK]}" stroke-width="{_n(OUTLINE)}"/>'
    )


def _rule(rule: Rule, _key: str) -> str:
    ends = f'x1="{_n(rule.x1)}" y1="{_n(rule.y1)}" x2="{_n(rule.x2)}" y2="{_n(rule.y2)}"'
    return f'<line {ends} stroke="{TONES[rule.tone]}" stroke-width="{_n(rule.weight)}"/>'


def _dot(dot: Dot, _key: str) -> str:
    return f'<circle cx="{_n(dot.x)}" cy="{_n(dot.y)}" r="{_n(dot.radius)}" fill="{TONES[dot.tone]}"/>'


def _label(label: Label, _key: str) -> str:
    anchor = "" if label.anchor is Anchor.START else f' text-anchor="{label.anchor}"'
    weight = ' font-weight="600"' if label.strong else ""
    return (
        f'{_patch(label)}<text x="{_n(label.x)}" y="{_n(label.y)}" font-size="{_n(label.size)}"'
        f" fill={quoteattr(TONES[label.tone])}{anchor}{weight}>{escape(label.text)}</text>"
    )


def _patch(label: Label) -> str:
    """Return the patch of paper behind a label that stands on a texture."""
    if not label.backed:
        return ""
    long = width(label.text, label.size, SEMIBOLD if label.strong else REGULAR)
    x = label.x - {Anchor.START: 0.0, Anchor.MIDDLE: long / 2, Anchor.END: long}[label.anchor]
    top = label.y + 2.6 - (label.size + 2.4)
    return (
        f'<rect x="{_n(x - 2)}" y="{_n(top)}" width="{_n(long + 4)}" height="{_n(label.size + 2.4)}"'
        f' fill="{TONES[Tone.PAPER]}"/>'
    )


def _n(value: float) -> str:
    """Return a number with two decimals at most."""
    return f"{value:.2f}".rstrip("0").rstrip(".")


PAINTERS: dict[type[Mark], Callable[[Any, str], str]] = {Bar: _bar, Rule: _rule, Dot: _dot, Label: _label}
