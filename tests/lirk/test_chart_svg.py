"""The drawing for a screen: the same marks as on paper, well-formed, and without a style of its own."""

from xml.etree import ElementTree as ET

import pytest
from report_values import LAWFUL, centre_report

from lirk.domain.overview_values import PooledTheme
from lirk.domain.reports import Counts
from lirk.reports.chart_drawing import INKS, PAPERS
from lirk.reports.chart_svg import SHOWN, chart_svg
from lirk.reports.charts import Bar, Chart, Fill, Label, levels
from lirk.reports.desk import Desk
from lirk.reports.result_sentences import figures
from lirk.reports.theme_charts import stacked_bars
from lirk.wording import Wording

DANISH = Wording("da")
NAME = "{http://www.w3.org/2000/svg}"


def parsed(svg: str) -> ET.Element:
    return ET.fromstring(svg)  # noqa: S314 - our own drawing


def charts() -> list[Chart]:
    report = centre_report()
    result = next(one for one in report.checklists if one.checklist_id == LAWFUL)
    pooled = PooledTheme(checklist_id="c", number="1", title="A & B <c>", percent=85)
    return [*(one.chart for one in figures(report, result, Desk(DANISH))), levels("T", [pooled], DANISH)]


@pytest.fixture(params=range(3), ids=["bars", "intervals", "levels"])
def drawn(request):
    chart = charts()[request.param]
    return chart, parsed(chart_svg(chart, "figure-1"))


def test_every_label_is_text_in_the_same_order(drawn):
    chart, svg = drawn
    texts = [element.text for element in svg.iter(f"{NAME}text")]
    assert texts == [mark.text for mark in chart.marks if isinstance(mark, Label)]


def test_it_is_named_by_its_title_and_told_by_its_text(drawn):
    chart, svg = drawn
    ids = {element.get("id"): element for element in svg.iter() if element.get("id")}
    named = [ids[name].text for name in svg.get("aria-labelledby").split()]
    assert (svg.get("role"), named) == ("img", [chart.title, chart.description])


def test_nothing_in_it_needs_a_style(drawn):
    _, svg = drawn
    assert not [
        element.tag for element in svg.iter() if "style" in element.attrib or "class" in element.attrib
    ]


def test_no_text_is_smaller_than_twelve_pixels_where_it_is_shown(drawn):
    chart, svg = drawn
    assert svg.get("viewBox") == f"0 0 {chart.width:g} {float(svg.get('viewBox').split()[-1]):g}"
    smallest = min(float(element.get("font-size")) for element in svg.iter(f"{NAME}text"))
    # The page's own style never shows it narrower than 640 pixels.
    assert min(640, SHOWN) / chart.width * smallest >= 12


def test_each_bar_has_its_outline_and_texture():
    counts = Counts(yes=5, partly=4, no=3, not_applicable=2, cannot_assess=1)
    chart = stacked_bars("T", [("A", counts)], DANISH)
    svg = parsed(chart_svg(chart, "a"))
    bars = [element for element in svg.iter(f"{NAME}rect") if element.get("stroke")]
    assert len(bars) == sum(isinstance(mark, Bar) for mark in chart.marks)
    patterns = {f"url(#{element.get('id')})" for element in svg.iter(f"{NAME}pattern")}
    assert {element.get("fill") for element in bars} == {"#003972", "#ffffff", *patterns}


def test_two_charts_of_a_page_share_no_id():
    chart = charts()[0]
    one, other = (parsed(chart_svg(chart, key)) for key in ("figure-1", "figure-2"))
    ids = [{element.get("id") for element in svg.iter() if element.get("id")} for svg in (one, other)]
    assert len(ids[0]) == 5
    assert not ids[0] & ids[1]


def test_paper_and_screen_have_the_same_colours():
    chart = stacked_bars("T", [("A", Counts(yes=1))], DANISH)
    assert f"#{PAPERS[Fill.DARK].hexval()[2:]}" in chart_svg(chart, "a")
    assert all(
        f"#{colour.hexval()[2:]}" in {"#1a1a1a", "#5b5b5b", "#d3d8df", "#ffffff", "#003972"}
        for colour in INKS.values()
    )
