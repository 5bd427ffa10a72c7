"""Charts as pages show them."""

from dataclasses import dataclass, replace

from markupsafe import Markup

from lirk.reports.chart_svg import chart_svg
from lirk.reports.charts import Chart
from lirk.wording import Wording
from web.pages.voice import html


@dataclass(frozen=True, slots=True)
class Figure:
    """A chart with its drawing, its number in the title, and what stands under it."""

    id: str
    chart: Chart
    svg: Markup
    caption: Markup


def figure(number: int, chart: Chart, caption: str, words: Wording) -> Figure:
    """Return a figure of a page, which has one of each number; its title begins with it, as on paper."""
    key = f"figure-{number}"
    title = words.text("Figur {number}. {title}", number=number, title=chart.title)
    chart = replace(chart, title=title)
    # All texts in the drawing are escaped where it is made.
    return Figure(key, chart, Markup(chart_svg(chart, f"{key}-drawing")), html(caption))  # noqa: S704
