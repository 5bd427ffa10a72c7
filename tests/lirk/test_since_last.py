"""Page one of a centre's report: what differs from last time and may be by chance, and who answers whom by when."""

import re
from dataclasses import replace
from datetime import UTC, date, datetime
from io import BytesIO

import pytest
import report_values as values
from odd_reports import pdf_text, plain, sheets
from pypdf import PdfReader

from lirk.domain.own_changes import Difference, Step, latest_step, steps
from lirk.domain.report_stages import ReportStage, ReportState
from lirk.domain.reports import (
    ChecklistSeries,
    CriticalSeries,
    ItemSeries,
    SeriesBreak,
    SeriesPoint,
    ThemeSeries,
)
from lirk.reports import summary_sentences
from lirk.reports.centre_pdf import centre_pdf
from lirk.reports.desk import Desk
from lirk.reports.lettering import wrapped
from lirk.reports.report_sheets import centre_xlsx
from lirk.reports.sheet_texts import SheetVoice
from lirk.reports.sheet_texts import plain as unmarked
from lirk.reports.since_last import since_last
from lirk.reports.styles import TEXT
from lirk.wording import Wording

DANISH = Wording("da")
FIRST = SeriesPoint(hits=3, assessed=9)
CHANCE = SeriesPoint(hits=5, assessed=9, by_chance=True)
LARGER = SeriesPoint(hits=9, assessed=9)
SMALLER = SeriesPoint(hits=0, assessed=9)
SAME = SeriesPoint(hits=4, assessed=12)
CRITICAL_GONE = SeriesPoint(hits=0, assessed=14, by_chance=True)
NO_BREACH = SeriesPoint(hits=0, assessed=15)
BROKEN = SeriesPoint(hits=5, assessed=9, begins=SeriesBreak(version=2))
ROUNDS = ("1. runde", "2. runde", "3. runde")
LONG_TITLES = ("Journalisering", "CPR-nummer")
REPLY_BY = date(2026, 12, 4)


def series(*latest, themed=True, rounds=("1. runde", "2. runde")):
    """A checklist whose themes, or only whose items, were measured as FIRST and now as these."""
    pairs = [(f"{at}", (FIRST, point)) for at, point in enumerate(latest, 1)]
    themes = (
        tuple(ThemeSeries(theme_id=at, number=at, title=f"Tema {at}", points=points) for at, points in pairs)
        if themed
        else ()
    )
    items = tuple(
        ItemSeries(item_id=at, number=f"{at}.1", question="Er brevet klart?", points=points)
        for at, points in pairs
    )
    return ChecklistSeries(
        checklist_id=values.LAWFUL, title="Breve", rounds=rounds, items=items, themes=themes
    )


def turns(*points):
    """A checklist with one theme, which was measured in some of three rounds."""
    theme = ThemeSeries(theme_id="1", number="1", title="Tema 1", points=points)
    item = ItemSeries(item_id="1", number="1.1", question="Er brevet klart?", points=points)
    return ChecklistSeries(
        checklist_id=values.LAWFUL, title="Breve", rounds=ROUNDS, items=(item,), themes=(theme,)
    )


def report(*latest, themed=True, **changes):
    made = values.centre_report(earlier_rounds=("1. runde",), series=(series(*latest, themed=themed),))
    return replace(made, **changes)


def said(made, words=DANISH):
    return plain(unmarked(since_last(made, SheetVoice(words))))


def stage(state=ReportState.WITH_LEADER, **changes):
    return ReportStage(state=state, reply_by=REPLY_BY, **changes)


class TestSteps:
    @pytest.mark.parametrize(
        ("latest", "difference"),
        [
            (CHANCE, Difference.BY_CHANCE),
            (LARGER, Difference.LARGER),
            (SAME, Difference.NONE),
            (BROKEN, Difference.BROKEN),
        ],
        ids=["by chance", "larger", "same share", "broken"],
    )
    def test_a_figure_is_held_against_the_one_before_it(self, latest, difference):
        assert list(steps((FIRST, None, latest))) == [Step(0, 2, difference)]

    def test_a_latest_round_without_a_figure_has_no_step(self):
        assert latest_step((FIRST, CHANCE, None)) is None
        assert latest_step((FIRST, CHANCE)) == Step(0, 1, Difference.BY_CHANCE)


class TestSinceLast:
    @pytest.mark.parametrize(
        ("latest", "told"),
        [
            ((CHANCE,), "I 1 tema er tallet et andet end sidst, men det kan være tilfældigt."),
            ((CHANCE, CHANCE), "I 2 temaer er tallene andre end sidst, men det kan være tilfældigt."),
            (
                (LARGER, SAME),
                "En større andel er i orden i »Tema 1« (næppe tilfældigt). I 1 tema er tallet det samme.",
            ),
            (
                (LARGER, SMALLER, CHANCE),
                "En større andel er i orden i »Tema 1«, en mindre i »Tema 2« (næppe tilfældigt). I 1 tema er "
                "tallet et andet end sidst, men det kan være tilfældigt.",
            ),
            ((SMALLER,), "En mindre andel er i orden i »Tema 1« (næppe tilfældigt)."),
            (
                (SAME, SAME, CHANCE),
                "I 1 tema er tallet et andet end sidst, men det kan være tilfældigt. I 2 temaer er tallene de samme.",
            ),
            ((SAME, BROKEN), "1 tema kan ikke sammenlignes med sidst. I 1 tema er tallet det samme."),
            ((SAME, None), "I 1 tema er tallet det samme."),
            (
                (LARGER, BROKEN),
                "En større andel er i orden i »Tema 1« (næppe tilfældigt). 1 tema kan ikke sammenlignes med "
                "sidst.",
            ),
            ((SAME,), "Temaernes tal er de samme som sidst."),
            ((BROKEN, BROKEN), "2 temaer kan ikke sammenlignes med sidst."),
        ],
        ids=[
            "one",
            "two",
            "larger, the rest the same",
            "larger and smaller",
            "smaller",
            "the rest the same",
            "same and broken",
            "same and no figure now",
            "larger and broken",
            "same",
            "broken",
        ],
    )
    def test_themes(self, latest, told):
        assert said(report(*latest)) == f"Sidst var 1. runde (se arket »Egne runder«). {told}"

    @pytest.mark.parametrize(
        ("latest", "told"),
        [
            (
                (CHANCE, LARGER),
                "En større andel er i orden i punkt 2.1 i »Breve« (næppe tilfældigt). I 1 punkt er tallet et andet "
                "end sidst, men det kan være tilfældigt.",
            ),
            ((SAME, SAME), "Punkternes tal er de samme som sidst."),
            ((BROKEN, BROKEN), "2 punkter kan ikke sammenlignes med sidst."),
            ((SAME, BROKEN), "1 punkt kan ikke sammenlignes med sidst. I 1 punkt er tallet det samme."),
            ((SAME, None), "I 1 punkt er tallet det samme."),
        ],
        ids=["different", "same", "broken", "same and broken", "same and no figure now"],
    )
    def test_items_stand_for_themes_that_were_not_measured_before(self, latest, told):
        assert said(report(*latest, themed=False)) == (f"Sidst var 1. runde (se arket »Egne runder«). {told}")

    def test_an_item_that_differs_for_sure_is_named_where_its_theme_does_not(self):
        one = series(CHANCE, LARGER)
        items = tuple(
            replace(item, points=(FIRST, LARGER if at == 1 else SMALLER)) for at, item in enumerate(one.items)
        )
        assert said(replace(report(), series=(replace(one, items=items),))) == (
            "Sidst var 1. runde (se arket »Egne runder«). En større andel er i orden i »Tema 2«, en mindre i punkt 1.1 "
            "i »Breve« (næppe tilfældigt). I 1 tema er tallet et andet end sidst, men det kan være tilfældigt."
        )

    @pytest.mark.parametrize(
        ("then", "now", "told"),
        [
            ((3, 15), CRITICAL_GONE, "0 af 14 sager, sidst 3 af 15 (kan være tilfældigt). "),
            (
                (13, 15),
                replace(CRITICAL_GONE, by_chance=False),
                "0 af 14 sager, sidst 13 af 15 (næppe tilfældigt). ",
            ),
            ((3, 15), SeriesPoint(hits=3, assessed=15), "3 af 15 sager, sidst 3 af 15. "),
            ((0, 15), SeriesPoint(hits=0, assessed=14), ""),
        ],
        ids=["by chance", "hardly by chance", "the same", "none in both"],
    )
    def test_cases_with_a_critical_breach_are_told_of_both_rounds(self, then, now, told):
        hits, assessed = then
        points = (SeriesPoint(hits=hits, assessed=assessed), now)
        made = replace(series(SAME), critical=CriticalSeries(points=points))
        heading = "Kritisk brud i »Breve«: " if told else ""
        assert said(report(series=(made,))) == (
            f"Sidst var 1. runde (se arket »Egne runder«). {heading}{told}Temaernes tal er de samme som sidst."
        )

    def test_critical_breaches_that_cannot_be_compared_are_said_to_be_so(self):
        points = (SeriesPoint(hits=3, assessed=15), replace(CRITICAL_GONE, begins=SeriesBreak(version=2)))
        made = replace(series(SAME), critical=CriticalSeries(points=points))
        assert "). Kritisk brud i »Breve« kan ikke sammenlignes med sidst. Temaernes" in said(
            report(series=(made,))
        )

    def test_names_go_before_how_many_may_be_by_chance(self):
        """What the reader of two checklists with long titles has room for."""
        critical = CriticalSeries(points=(SeriesPoint(hits=3, assessed=15), CRITICAL_GONE))
        one = series(*[CHANCE] * 7, *[SAME] * 2, rounds=("1. runde 2026", "2. runde 2026"))
        other = series(LARGER, SMALLER, rounds=one.rounds)
        named = [replace(theme, title=title) for theme, title in zip(other.themes, LONG_TITLES, strict=True)]
        made = report(
            series=(
                replace(one, critical=critical, title="Lovmedholdelig sagsbehandling"),
                replace(
                    other, themes=tuple(named), items=(), critical=CriticalSeries(points=(NO_BREACH,) * 2)
                ),
            )
        )
        assert said(made) == (
            "Sidst var 1. runde 2026 (se arket »Egne runder«). Sager med kritisk brud: 0 af 14 (sidst 3 af 15). En "
            "større andel er i orden i »Journalisering«, en mindre i »CPR-nummer« (næppe tilfældigt). Resten kan være "
            "tilfældigt."
        )

    @pytest.mark.parametrize("themed", [True, False], ids=["themes", "items"])
    def test_without_any_figure_now_it_says_so(self, themed):
        assert said(report(None, None, themed=themed)) == (
            "Ingen af de punkter, der er målt i centrets runder før, har et tal denne gang (se arket »Egne runder«)."
        )

    @pytest.mark.parametrize(
        ("before", "told"),
        [
            (1, "Centret er gennemgået før (1. runde), men ingen punkter er målt både da og nu."),
            (
                3,
                "Centret er gennemgået før (1. runde, 2. runde og 3. runde), men ingen punkter er målt både da og nu.",
            ),
            (
                9,
                "Centret er gennemgået i 9 runder før, senest i 7. runde, 8. runde og 9. runde, men ingen punkter er "
                "målt både i dem og nu.",
            ),
        ],
    )
    def test_of_many_rounds_without_an_item_in_common_the_latest_are_named(self, before, told):
        rounds = tuple(f"{number}. runde" for number in range(1, before + 1))
        assert said(values.centre_report(earlier_rounds=rounds)) == told

    def test_the_round_is_the_one_that_the_figure_is_held_against(self):
        """Where two checklists take turns, the round just before has no figure."""
        made = report(earlier_rounds=ROUNDS[:2], series=(turns(FIRST, None, CHANCE),))
        assert said(made) == (
            "Sidst var 1. runde (se arket »Egne runder«). I 1 tema er tallet et andet end sidst, men det kan være "
            "tilfældigt."
        )

    def test_figures_that_are_held_against_different_rounds_name_them_all(self):
        both = (turns(None, FIRST, CHANCE), turns(FIRST, None, SAME))
        assert said(report(earlier_rounds=ROUNDS[:2], series=both)) == (
            "Sidst var 1. runde og 2. runde (se arket »Egne runder«). I 1 tema er tallet et andet end sidst, men det "
            "kan være tilfældigt. I 1 tema er tallet det samme."
        )

    def test_page_one_says_so(self):
        first = PdfReader(BytesIO(centre_pdf(report(CHANCE), DANISH))).pages[0].extract_text()
        assert "kan være tilfældigt." in plain(first)

    @pytest.mark.parametrize("words", [DANISH, Wording("en")], ids=["da", "en"])
    @pytest.mark.parametrize(
        "latest",
        [
            [*[CHANCE] * 12, *[LARGER] * 10, *[SMALLER] * 3, *[BROKEN] * 10, *[SAME] * 10],
            [LARGER, SMALLER, *[CHANCE] * 12, *[SAME] * 10],
        ],
        ids=["counted", "named"],
    )
    def test_it_takes_three_lines_at_most(self, latest, words):
        critical = CriticalSeries(points=(SeriesPoint(hits=3, assessed=15), CRITICAL_GONE))
        one = replace(series(*latest, rounds=("2. runde 2026", "3. runde 2026")), critical=critical)
        other = replace(series(*latest, rounds=("1. runde 2026", "3. runde 2026")), critical=critical)
        style = Desk(words).styles.brief
        made = replace(report(), series=(one,))
        assert ("»Tema 1«" in said(made)) is (BROKEN not in latest)
        for told in (said(made, words), said(replace(made, series=(one, other)), words)):
            on_paper = re.sub(r"(the sheet|arket) [»“][^«”]+[«”]", "page 9", told)
            assert len(wrapped(on_paper, style.fontSize, TEXT, most=9)) <= 3
            assert "14" in told

    def test_nothing_is_called_better_or_worse(self):
        told = said(report(CHANCE, LARGER, SMALLER, SAME, BROKEN))
        assert not [
            word for word in ("bedre", "værre", "dårligere", "fremgang", "steget", "faldet") if word in told
        ]


class TestNextSteps:
    def steps(self, **changes):
        made = values.centre_report(**changes)
        return [plain(unmarked(one)) for one in summary_sentences.next_steps(made, SheetVoice(DANISH))]

    def test_while_the_draft_is_with_the_leader_the_day_to_reply_by_stands_there(self):
        told = (
            "Lederens frist for at svare på fundene er 4. december 2026; koordinatoren svarer, før rapporten "
            "udgives."
        )
        assert told in self.steps(stage=stage())
        made = values.centre_report(stage=stage())
        content = centre_pdf(made, DANISH)
        assert told in plain(PdfReader(BytesIO(content)).pages[0].extract_text())
        assert told in plain(pdf_text(content, "-l", "1"))
        assert told in [plain(row[1] or "") for row in sheets(centre_xlsx(made, DANISH))["Kort fortalt"]]

    def test_page_one_stays_one_page(self):
        made = report(*[CHANCE] * 12, *[LARGER] * 7, stage=stage(), made_up="all")
        pages = PdfReader(BytesIO(centre_pdf(made, DANISH))).pages
        assert "Tallene er en stikprøve" in pages[0].extract_text()
        assert "Indhold" in pages[1].extract_text()

    def test_who_said_to_have_no_remarks_is_not_asked_again(self):
        told = self.steps(stage=stage(no_remarks_at=datetime(2026, 11, 23, tzinfo=UTC)))
        assert "Lederen har ingen bemærkninger; koordinatoren udgiver rapporten." in told
        assert not [one for one in told if "frist" in one]

    def test_before_it_is_sent_there_is_no_day(self):
        told = self.steps(stage=ReportStage())
        assert "Koordinatoren sender udkastet til lederen, som får en frist til at svare på fundene." in told

    @pytest.mark.parametrize("known", [None, stage(ReportState.PUBLISHED)], ids=["unknown", "published"])
    def test_a_report_that_is_out_asks_for_no_reply(self, known):
        assert not [one for one in self.steps(stage=known) if "frist" in one or "udkast" in one]
