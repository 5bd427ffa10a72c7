"""A chart description drawn on paper."""

from collections.abc import Callable
from typing import Any

from reportlab.lib.colors import HexColor
from reportlab.platypus import Flowable

from lirk.reports.chart_colours import GROUNDS, OUTLINE, TONES
from lirk.reports.charts import Anchor, Bar, Chart, Dot, Fill, Label, Rule, Tone
from lirk.reports.lettering import REGULAR, SEMIBOLD, spelled, width
from lirk.reports.structure import Tag

INKS = {tone: HexColor(colour) for tone, colour in TONES.items()}
PAPERS = {fill: HexColor(colour) for fill, colour in GROUNDS.items()}


class ChartDrawing(Flowable):  # type: ignore[misc]  # ReportLab is untyped: its classes are Any
    """A chart as ReportLab sets it on a page, in the size of its description."""

    def __init__(self, chart: Chart) -> None:
        super().__init__()
        self.chart = chart
        self.width, self.height = chart.width, chart.height
        self.tag = Tag("Figure", alt=chart.description)

    def wrap(self, _width: float, _height: float) -> tuple[float, float]:
        """Return the size: a chart is never scaled, so that its text keeps its size."""
        return self.width, self.height

    def draw(self) -> None:
        """Paint every mark in the order of the description; it is heard as the text that replaces it."""
        if self.canv.dry:
            return
        left, bottom = self.canv.absolutePosition(0, 0)
        with self.canv.marked(self.tag):
            for mark in self.chart.marks:
                self.canv.saveState()
                PAINTERS[type(mark)](self.canv, mark, self.height)
                self.canv.restoreState()
        self.canv.structure.boxes[self.tag] = (left, bottom, left + self.width, bottom + self.height)


def _paint_bar(canvas: Any, bar: Bar, height: float) -> None:
    bottom = height - bar.y - bar.height
    canvas.setFillColor(PAPERS[bar.fill])
    canvas.rect(bar.x, bottom, bar.width, bar.height, stroke=0, fill=1)
    if bar.fill in TEXTURES:
        canvas.saveState()
        clip = canvas.beginPath()
        clip.rect(bar.x, bottom, bar.width, bar.height)
        canvas.clipPath(clip, stroke=0, fill=0)
        canvas.setStrokeColor(INKS[Tone.INK])
        TEXTURES[bar.fill](canvas, bar, bottom)
        canvas.restoreState()
    canvas.setStrokeColor(INKS[Tone.INK])
    canvas.setLineWidth(OUTLINE)
    canvas.rect(bar.x, bottom, bar.width, bar.height, stroke=1, fill=0)


def _hatch(canvas: Any, bar: Bar, bottom: float) -> None:
    canvas.setLineWidth(0.45)
    for step in range(int((bar.width + bar.height) / 3.5) + 1):
        start = bar.x - bar.height + step * 3.5
        canvas.line(start, bottom, start + bar.height, bottom + bar.height)


def _dot(canvas: Any, bar: Bar, bottom: float) -> None:
    # Dashes of no length with round ends are dots: far fewer operators than circles.
    canvas.setLineWidth(0.9)
    canvas.setLineCap(1)
    for row in range(int(bar.height / 3) + 1):
        canvas.setDash([0, 4], phase=2 * (row % 2))
        level = bottom + 1.5 + 3 * row
        canvas.line(bar.x + 1.5, level, bar.x + bar.width, level)


def _line(canvas: Any, bar: Bar, bottom: float) -> None:
    canvas.setLineWidth(0.45)
    for row in range(int(bar.height / 2.5) + 1):
        level = bottom + 1.25 + 2.5 * row
        canvas.line(bar.x, level, bar.x + bar.width, level)


def _paint_rule(canvas: Any, rule: Rule, height: float) -> None:
    canvas.setStrokeColor(INKS[rule.tone])
    canvas.setLineWidth(rule.weight)
    canvas.line(rule.x1, height - rule.y1, rule.x2, height - rule.y2)


def _paint_dot(canvas: Any, dot: Dot, height: float) -> None:
    canvas.setFillColor(INKS[dot.tone])
    canvas.circle(dot.x, height - dot.y, dot.radius, stroke=0, fill=1)


def _paint_label(canvas: Any, label: Label, height: float) -> None:
    font = SEMIBOLD if label.strong else REGULAR
    long = width(label.text, label.size, font)
    x = label.x - {Anchor.START: 0.0, Anchor.MIDDLE: long / 2, Anchor.END: long}[label.anchor]
    if label.backed:
        canvas.setFillColor(INKS[Tone.PAPER])
        canvas.rect(x - 2, height - label.y - 2.6, long + 4, label.size + 2.4, stroke=0, fill=1)
    canvas.setFillColor(INKS[label.tone])
    canvas.setFont(font, label.size)
    # The space keeps the labels apart where a figure's text is searched or copied.
    canvas.drawString(x, height - label.y, f"{spelled(label.text)} ")


PAINTERS: dict[type, Callable[[Any, Any, float], None]] = {
    Bar: _paint_bar,
    Rule: _paint_rule,
    Dot: _paint_dot,
    Label: _paint_label,
}
TEXTURES: dict[Fill, Callable[[Any, Bar, float], None]] = {
    Fill.HATCHED: _hatch,
    Fill.DOTTED: _dot,
    Fill.LINED: _line,
}
