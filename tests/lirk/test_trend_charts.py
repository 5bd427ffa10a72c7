"""The centre's own rounds as small multiples: what is drawn, what never is, and what stands for it."""

import re
from dataclasses import replace
from io import BytesIO

import pytest
import report_values as values
from pypdf import PdfReader

from lirk.domain.people import Person, Role
from lirk.domain.reports import ChecklistSeries, ItemSeries, SeriesBreak, SeriesPoint, ThemeSeries
from lirk.reports.centre_pdf import centre_pdf
from lirk.reports.chart_svg import chart_svg
from lirk.reports.charts import SMALL, Bar, Dot, Label, Rule, Tone
from lirk.reports.lettering import width
from lirk.reports.series_sentences import figures
from lirk.reports.trend_charts import COLUMNS, PLOT_HEIGHT, ROWS, shown_themes, trends
from lirk.wording import Wording
from web.pages.reports import ReportPage
from web.pages.voice import PageVoice

DANISH = Wording("da")
ROUNDS = ("1. runde", "2. runde", "3. runde")
READER = Person(id=1, username="k", name="K", roles=frozenset({Role.COORDINATOR}))


def point(hits, assessed, **more):
    share = values.share(hits, assessed, 300) if assessed >= 10 else None
    return SeriesPoint(hits=hits, assessed=assessed, share=share, **more)


def theme(*points, number="1", title="Partshøring"):
    return ThemeSeries(theme_id=f"theme-{number}", number=number, title=title, points=points)


def chart(*themes, rounds=ROUNDS):
    return trends("Egne runder", themes, rounds, DANISH)


def marks(kind, drawn):
    return [mark for mark in drawn.marks if isinstance(mark, kind)]


def dashes(drawn):
    return [rule for rule in marks(Rule, drawn) if rule.tone is Tone.SOFT]


def upright(drawn):
    """The lines from top to bottom of a plot."""
    return [
        rule for rule in marks(Rule, drawn) if rule.x1 == rule.x2 and abs(rule.y2 - rule.y1) == PLOT_HEIGHT
    ]


WHOLE = theme(point(10, 20), point(15, 20), point(18, 20))
BROKEN = theme(point(10, 20), point(15, 20, begins=SeriesBreak(version=2)), point(18, 20))


class TestMarks:
    def test_a_dot_for_each_share_and_none_where_cases_are_few(self):
        assert len(marks(Dot, chart(WHOLE))) == 3
        assert len(marks(Dot, chart(theme(point(10, 20), point(3, 7), point(18, 20))))) == 2
        assert len(marks(Dot, chart(theme(point(10, 20), None, point(18, 20))))) == 2

    def test_the_higher_share_stands_higher(self):
        ys = [dot.y for dot in marks(Dot, chart(WHOLE))]
        assert ys == sorted(ys, reverse=True)

    def test_dashes_join_what_may_be_compared(self):
        first, second, third = (dot.x for dot in marks(Dot, chart(WHOLE)))
        found = dashes(chart(WHOLE))
        assert [
            any(before < rule.x1 < after for rule in found)
            for before, after in ((first, second), (second, third))
        ] == [True, True]
        assert not upright(chart(WHOLE))

    def test_a_break_has_no_dashes_and_an_upright_line(self):
        drawn = chart(BROKEN)
        first, second, third = (dot.x for dot in marks(Dot, drawn))
        assert not [rule for rule in dashes(drawn) if rule.x1 < second]
        assert [rule for rule in dashes(drawn) if second <= rule.x1 < third]
        (line,) = upright(drawn)
        assert first < line.x1 < second

    @pytest.mark.parametrize("hidden", [None, point(3, 7)])
    def test_a_break_is_seen_past_a_round_without_a_dot(self, hidden):
        begins = SeriesBreak(version=2)
        hidden = hidden and replace(hidden, begins=begins)
        last = point(18, 20, begins=None if hidden else begins)
        drawn = chart(theme(point(10, 20), hidden, last))
        assert not dashes(drawn)
        assert len(upright(drawn)) == 1

    def test_a_census_has_no_limits(self):
        counted = replace(point(10, 20), share=values.share(10, 20, 20, census=True))
        drawn = chart(theme(counted, counted, counted))
        assert not [rule for rule in marks(Rule, drawn) if rule.weight == 1.2]

    def test_every_panel_has_the_same_scale(self):
        drawn = chart(WHOLE, BROKEN, WHOLE, BROKEN)
        said = [label.text.replace("\u00a0", " ") for label in marks(Label, drawn)]
        assert (said.count("0 %"), said.count("100 %")) == (4, 4)

    def test_nothing_is_told_by_colour_and_no_arrow_is_drawn(self):
        drawn = chart(BROKEN)
        assert not marks(Bar, drawn)
        assert {dot.tone for dot in marks(Dot, drawn)} == {Tone.ACCENT}
        assert not re.search("bedre|værre|frem|tilbage|[↑↓▲▼]", drawn.description)


class TestRoom:
    @pytest.mark.parametrize("rounds", [2, 4, 10])
    def test_all_stands_inside_however_many_rounds(self, rounds):
        long = theme(*[point(15, 20)] * rounds, title="Sagsoplysning, notatpligt og partshøring " * 9)
        drawn = chart(*[long] * COLUMNS * ROWS, rounds=[f"{at}. runde" for at in range(rounds)])
        for mark in marks(Label, drawn):
            assert mark.size >= SMALL
            assert 0 <= mark.y <= drawn.height
            assert mark.x + (width(mark.text, mark.size) if mark.anchor == "start" else 0) <= drawn.width + 6
        assert drawn.height < 560, "it stays on a page with title and caption"

    def test_more_themes_than_a_page_holds_are_several_figures(self):
        most = COLUMNS * ROWS
        many = [replace(WHOLE, theme_id=str(at)) for at in range(most + 2)]
        assert [len(part) for part in shown_themes(many)] == [most, 2]

    def test_a_theme_with_one_share_is_not_drawn(self):
        assert shown_themes([theme(point(10, 20), point(3, 7), None)]) == ()


class TestBehindIt:
    def test_the_table_holds_counts_shares_and_limits(self):
        drawn = chart(theme(point(10, 20), None, point(3, 7)))
        assert drawn.head == ("Tema", *ROUNDS)
        cells = [cell.replace("\u00a0", " ") for cell in drawn.rows[0]]
        assert cells == ["1 Partshøring", "50 % (30–70), 10 af 20", "–", "3 af 7"]

    def test_the_text_says_all_of_it_in_sentences(self):
        said = chart(BROKEN, theme(point(10, 20), None, point(3, 7), number="2")).description.replace(
            "\u00a0", " "
        )
        assert (
            "1 Partshøring: i 1. runde 50 % med grænser fra 30 til 70; "
            "i 2. runde 75 % med grænser fra 53 til 89, som ikke kan sammenlignes med før;"
        ) in said
        assert "i 2. runde ikke målt; i 3. runde for få sager til at vise en andel (3 af 7)." in said

    def test_the_drawing_escapes_what_it_is_given(self):
        drawn = chart_svg(chart(replace(WHOLE, title="<b>&")), "k")
        assert "<b>" not in drawn
        assert "style" not in drawn


def report(**changes):
    """A report whose first checklist was measured three times."""
    made = values.centre_report()
    themes = tuple(
        replace(BROKEN if at == 1 else WHOLE, theme_id=one.theme_id, number=one.number, title=one.title)
        for at, one in enumerate(made.checklists[0].themes)
    )
    items = tuple(
        ItemSeries(item_id=item.item_id, number=item.number, question=item.question, points=WHOLE.points)
        for one in made.checklists[0].themes
        for item in one.items
    )
    series = ChecklistSeries(
        checklist_id="lovmedholdelig-sagsbehandling", title="Lovmedholdelig sagsbehandling", rounds=ROUNDS,
        items=items, themes=themes,
    )  # fmt: skip
    return replace(made, series=(series,), earlier_rounds=ROUNDS[:-1], **changes)


class TestReport:
    def test_the_caption_tells_the_rounds_the_break_and_that_it_may_be_by_chance(self):
        (found,) = figures(report().series[0], PageVoice(DANISH))
        for said in (
            "1 = 1. runde; 2 = 2. runde",
            "kan ikke ses af, om grænserne overlapper",
            "En lodret streg",
        ):
            assert said in found.caption
        whole = replace(report().series[0], themes=(WHOLE,))
        (found,) = figures(whole, PageVoice(DANISH))
        assert "lodret streg" not in found.caption

    @pytest.mark.parametrize("language", ["da", "en"])
    def test_page_and_paper_have_the_same_figure_with_the_same_number(self, language):
        words = Wording(language)
        page = ReportPage.of(report(), "/x", READER, words)
        (shown,) = page.series[0].figures
        numbers = [one.chart.title for part in page.results for one in part.figures]
        assert (
            shown.chart.title.split(".")[0]
            == f"{words.text('Figur {number}. {title}', number=len(numbers) + 1, title='')}".split(".")[0]
        )
        printed = " ".join(
            page.extract_text() for page in PdfReader(BytesIO(centre_pdf(report(), words))).pages
        )
        assert shown.chart.title in " ".join(printed.split())

    def test_each_names_its_checklist_and_stands_under_it(self):
        first = report().series[0]
        second = replace(first, checklist_id=values.DATA, title="God data- og informationsforvaltning")
        made = replace(report(), series=(first, second))
        titles = [next(figures(one, PageVoice(DANISH))).chart.title for one in made.series]
        assert [title.partition(":")[0] for title in titles] == [first.title, second.title]
        paper = " ".join(
            " ".join(
                page.extract_text() for page in PdfReader(BytesIO(centre_pdf(made, DANISH))).pages
            ).split()
        )
        for one, title in zip(made.series, titles, strict=True):
            assert re.search(rf"{re.escape(one.title)} Figur \d+\. {re.escape(title)}", paper)

    def test_without_shares_there_is_a_table_and_no_figure(self):
        few = replace(report().series[0], themes=(theme(point(3, 7), point(4, 7), point(5, 7)),))
        page = ReportPage.of(replace(report(), series=(few,)), "/x", READER, DANISH)
        assert page.series[0].figures == ()
        assert page.series[0].rows
