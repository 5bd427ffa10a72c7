from dataclasses import FrozenInstanceError, replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lirk.domain.overview_values import PooledTheme, RoundedLevel
from lirk.domain.reports import CaseResult, Counts, Share
from lirk.reports.chart_drawing import ChartDrawing
from lirk.reports.charts import (
    FILLS,
    PLOT_LEFT,
    WIDTH,
    Bar,
    Chart,
    Dot,
    Fill,
    Label,
    Rule,
    levels,
)
from lirk.reports.lettering import width, wrapped
from lirk.reports.styles import FULL
from lirk.reports.theme_charts import (
    LEFT_BARS,
    RIGHT_INTERVALS,
    hides_counts,
    intervals,
    legend_depth,
    stacked_bars,
)
from lirk.wording import Wording

DANISH = Wording("da")
COUNTS = st.builds(
    Counts,
    yes=st.integers(0, 400),
    partly=st.integers(0, 400),
    no=st.integers(0, 400),
    not_applicable=st.integers(0, 400),
    cannot_assess=st.integers(0, 400),
)
A_SHARE = Share(
    hits=30,
    assessed=40,
    population=200,
    share=0.75,
    lower=0.55,
    upper=0.88,
    count_lower=110,
    count_upper=176,
    worst=0.7,
    best=0.8,
)


def texts(chart: Chart) -> list[str]:
    return [mark.text for mark in chart.marks if isinstance(mark, Label)]


def bars(chart: Chart) -> list[Bar]:
    """The bars of the plot, without the key."""
    return [mark for mark in chart.marks if isinstance(mark, Bar) and mark.height > 10]


class TestStackedBars:
    def test_every_result_has_its_own_texture(self):
        assert len(set(FILLS.values())) == len(CaseResult)

    def test_results_stand_in_the_fixed_order(self):
        chart = stacked_bars(
            "T", [("A", Counts(yes=5, partly=4, no=3, not_applicable=2, cannot_assess=1))], DANISH
        )
        assert [bar.fill for bar in bars(chart)] == [
            Fill.DARK,
            Fill.HATCHED,
            Fill.WHITE,
            Fill.DOTTED,
            Fill.LINED,
        ]

    def test_counts_stand_in_the_bars_and_the_sum_beside_them(self):
        chart = stacked_bars("T", [("A", Counts(yes=30, no=9, not_applicable=9))], DANISH)
        assert {"30", "9", "n = 48"} <= set(texts(chart))

    @given(COUNTS)
    def test_a_bar_is_as_long_for_any_counts(self, counts):
        chart = stacked_bars("T", [("A", counts)], DANISH)
        whole = sum(bar.width for bar in bars(chart))
        assert whole == pytest.approx(296 if counts.total else 0)
        assert all(0 <= mark.x <= WIDTH for mark in chart.marks if isinstance(mark, Label))

    def test_the_table_and_the_text_say_what_the_picture_says(self):
        chart = stacked_bars("T", [("1 Hjemmel", Counts(yes=12, partly=1, no=2))], DANISH)
        assert chart.rows == (("1 Hjemmel", "12", "1", "2", "0", "0", "15"),)
        assert (
            "1 Hjemmel: ja 12, delvist 1, nej 2, ikke relevant 0, kan ikke vurderes 0; 15 sager i alt."
            in (chart.description)
        )

    def test_a_theme_without_cases_is_said_in_words(self):
        assert "ingen sager" in texts(stacked_bars("T", [("A", Counts())], DANISH))

    def test_a_description_cannot_be_changed(self):
        chart = stacked_bars("T", [], DANISH)
        with pytest.raises(FrozenInstanceError):
            chart.title = "other"


class TestIntervals:
    def test_the_share_stands_with_its_limits(self):
        chart = intervals("T", [("A", Counts(yes=30, no=10), A_SHARE)], DANISH)
        assert "75\u00a0% (55–88)" in texts(chart)
        assert [mark for mark in chart.marks if isinstance(mark, Dot)]

    def test_the_scale_is_always_0_to_100(self):
        chart = intervals("T", [], DANISH)
        assert [text for text in texts(chart) if "%" in text] == [
            f"{tick}\u00a0%" for tick in (0, 25, 50, 75, 100)
        ]

    @pytest.mark.parametrize(
        ("counts", "said"),
        [
            pytest.param(Counts(yes=5, no=2), "for få sager til at vise en andel (5 af 7)", id="few"),
            pytest.param(Counts(not_applicable=9), "ingen relevante sager", id="none"),
        ],
    )
    def test_without_a_share_there_are_words_and_no_dot(self, counts, said):
        chart = intervals("T", [("A", counts, None)], DANISH)
        assert said in texts(chart)
        assert not [mark for mark in chart.marks if isinstance(mark, Dot)]

    def test_a_census_has_a_dot_and_no_limits(self):
        counted = Share(**{name: getattr(A_SHARE, name) for name in A_SHARE.__slots__} | {"census": True})
        chart = intervals("T", [("A", Counts(yes=30, no=10), counted)], DANISH)
        assert "75\u00a0%" in texts(chart)
        assert not [mark for mark in chart.marks if isinstance(mark, Rule) and mark.weight > 1]


class TestBesideEachOther:
    """Two charts of the same themes on paper: each row of one is in line with that of the other."""

    NAMES = ("1 Kort", "2 Et navn, der fylder to linjer i søjlernes figur", "3 Kort igen")

    def pair(self, counts, share):
        bars_ = stacked_bars("T", [(name, counts) for name in self.NAMES], DANISH, LEFT_BARS)
        plot = replace(RIGHT_INTERVALS, top=legend_depth(DANISH, LEFT_BARS))
        return bars_, intervals("T", [(name, counts, share) for name in self.NAMES], DANISH, plot)

    def test_rows_are_in_line(self):
        left, right = self.pair(Counts(yes=15), A_SHARE)
        middles = [bar.y + bar.height / 2 for bar in bars(left)]
        assert middles == pytest.approx([mark.y for mark in right.marks if isinstance(mark, Dot)])
        assert middles[1] - middles[0] > middles[0] - legend_depth(DANISH, LEFT_BARS)

    def test_names_stand_once_and_are_told_in_both(self):
        left, right = self.pair(Counts(yes=15), A_SHARE)
        assert "1 Kort" in texts(left)
        assert "1 Kort" not in texts(right)
        assert all(name in right.description and name in left.description for name in self.NAMES)

    @pytest.mark.parametrize(
        ("counts", "share"),
        [(Counts(yes=400, no=300), A_SHARE), (Counts(yes=5, no=2), None), (Counts(not_applicable=9), None)],
        ids=["many cases", "few cases", "none"],
    )
    def test_every_text_stays_within_its_chart(self, counts, share):
        for chart in self.pair(counts, share):
            for mark in chart.marks:
                if isinstance(mark, Label):
                    long = width(mark.text, mark.size)
                    left = mark.x - {"start": 0, "middle": long / 2, "end": long}[mark.anchor]
                    assert left >= 0
                    assert left + long <= chart.width + 1

    def test_a_number_without_room_is_sent_to_the_table(self):
        counts = [Counts(yes=40, no=1)]
        assert hides_counts(counts, LEFT_BARS)
        assert not hides_counts([Counts(yes=20, no=20)], LEFT_BARS)

    def test_both_fill_the_page_and_leave_a_gap(self):
        assert 8 < FULL - LEFT_BARS.width - RIGHT_INTERVALS.width < 24


class TestLevels:
    def test_numbers_are_bars_and_the_rest_is_words(self):
        themes = [
            PooledTheme(checklist_id="c", number="1", title="A", percent=85),
            PooledTheme(checklist_id="c", number="2", title="B", percent=None, level=RoundedLevel.FEW),
            PooledTheme(checklist_id="c", number="3", title="C", percent=None, level=RoundedLevel.NEARLY_ALL),
            PooledTheme(checklist_id="c", number="4", title="D", percent=None, level=RoundedLevel.WITHHELD),
        ]
        chart = levels("T", themes, DANISH)
        assert {"85\u00a0%", "få eller ingen", "næsten alle", "vises ikke"} <= set(texts(chart))
        (bar,) = [mark for mark in chart.marks if isinstance(mark, Bar)]
        assert bar.width == pytest.approx(0.85 * (WIDTH - 88 - PLOT_LEFT))


class TestChartDrawing:
    def test_a_chart_is_never_scaled(self):
        chart = stacked_bars("T", [("A", Counts(yes=1))], DANISH)
        assert ChartDrawing(chart).wrap(10, 10) == (chart.width, chart.height)

    def test_no_text_is_smaller_than_8_and_a_half_points(self):
        chart = stacked_bars("T", [("A", Counts(yes=1))], DANISH)
        assert min(mark.size for mark in chart.marks if isinstance(mark, Label)) >= 8.5


class TestWrapped:
    @given(st.text(alphabet="abcæøå ", min_size=1, max_size=120))
    def test_no_line_is_wider_than_the_room(self, text):
        assert all(width(line, 9) <= 60 for line in wrapped(text, 9, 60))

    def test_a_long_word_is_hyphenated(self):
        assert wrapped("informationsforvaltning", 9, 60)[0].endswith("-")

    def test_what_does_not_fit_ends_with_an_ellipsis(self):
        assert wrapped("ord " * 40, 9, 60, most=2)[-1].endswith("…")
