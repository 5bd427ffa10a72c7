"""The municipality's own rounds beside each other: only what each round's own overview publishes."""

import csv
import json
from dataclasses import dataclass, fields, replace
from datetime import UTC, datetime, timedelta
from io import BytesIO, StringIO

import pytest
import report_values as values
from pypdf import PdfReader
from small_round import CHECKLIST

from lirk.domain.development import PublishedRound, development
from lirk.domain.overview_values import (
    ChecklistDevelopment,
    DevelopmentPoint,
    PooledTheme,
    RoundedLevel,
    ThemeDevelopment,
)
from lirk.domain.reports import UsedChecklist
from lirk.domain.rounds import ChecklistVersion, Round, RoundState
from lirk.reports.data_files import overview_csv, overview_json
from lirk.reports.development_sentences import development_head, development_lines, development_rows
from lirk.reports.overview_pdf import overview_pdf
from lirk.services.checklists import parse
from lirk.services.development import development_of
from lirk.wording import Wording

DANISH = Wording("da")
FEW = RoundedLevel.FEW
MEANING = CHECKLIST.replace("version = 1", "version = 2", 1).replace(
    'rule = "order"\n',
    'rule = "order"\nchanges = [{ version = 2, kind = "meaning", reason = "Smallere" }]\n',
    1,
)
WORDING = MEANING.replace('"meaning"', '"wording"')
#: The item on reasons is gone.
FEWER = (
    CHECKLIST[: CHECKLIST.index('[[themes.items]]\nid = "reasons"')]
    + CHECKLIST[CHECKLIST.index("[[verdicts]]") :]
)
#: The theme stands second, after another.
MOVED = CHECKLIST.replace(
    '[[themes]]\nid = "letter"',
    '[[themes]]\nid = "first"\ntitle = { da = "Først", en = "First" }\n[[themes.items]]\nid = "new"\n'
    'question = { da = "Nyt?", en = "New?" }\nseverity = "serious"\nrule = "order"\n\n[[themes]]\nid = "letter"',
    1,
)
OTHER = CHECKLIST.replace('id = "breve"', 'id = "andet"', 1)


def said(title, value, text=CHECKLIST, number="1"):
    checklist = parse(text)
    percent, level = (value, None) if isinstance(value, int) else (None, value)
    theme = PooledTheme(
        checklist_id=checklist.id, number=number, title="Brevet", percent=percent, level=level
    )
    return PublishedRound(title=title, checklists=(checklist,), themes=() if value is None else (theme,))


def points(*rounds):
    (found,) = development(rounds)
    (theme,) = found.themes
    return [point and (point.percent, point.level, point.begins_anew) for point in theme.points]


class TestRule:
    def test_what_each_round_published_stands_in_the_order_of_the_rounds(self):
        rounds = [said("1.", 40), said("2.", FEW), said("3.", 60)]
        assert points(*rounds) == [(40, None, False), (None, FEW, False), (60, None, False)]
        assert development(rounds)[0].rounds == ("1.", "2.", "3.")

    @pytest.mark.parametrize(
        "rounds",
        [
            pytest.param([], id="no round"),
            pytest.param([said("1.", 40)], id="one round"),
            pytest.param([said("1.", None), said("2.", 40)], id="too few centres then"),
            pytest.param([said("1.", 40), said("2.", None)], id="too few centres now"),
            pytest.param([said("1.", 40, OTHER), said("2.", 40)], id="another checklist"),
        ],
    )
    def test_none_without_two_rounds_that_published_the_theme(self, rounds):
        assert development(rounds) == ()

    def test_a_round_that_published_none_has_no_column(self):
        rounds = [said("1.", 40), said("2.", None), said("3.", 60)]
        assert development(rounds)[0].rounds == ("1.", "3.")

    def test_the_latest_four(self):
        found = development([said(f"{number}.", 5 * number) for number in range(1, 8)])
        assert found[0].rounds == ("4.", "5.", "6.", "7.")

    @pytest.mark.parametrize(
        ("before", "after", "anew"),
        [
            pytest.param(CHECKLIST, CHECKLIST, False, id="the same"),
            pytest.param(CHECKLIST, WORDING, False, id="other words"),
            pytest.param(CHECKLIST, MEANING, True, id="new meaning"),
            pytest.param(CHECKLIST, FEWER, True, id="an item fewer"),
            pytest.param(FEWER, CHECKLIST, True, id="an item more"),
        ],
    )
    def test_it_breaks_where_the_theme_asks_something_else(self, before, after, anew):
        assert points(said("1.", 40, before), said("2.", 40, after))[1] == (40, None, anew)

    def test_a_theme_is_known_by_its_id_and_not_by_its_place(self):
        moved = said("2.", 60, MOVED, number="2")
        assert points(said("1.", 40), moved) == [(40, None, False), (60, None, False)]

    def test_nothing_but_what_is_published_has_a_place_in_it(self):
        assert [one.name for one in fields(DevelopmentPoint)] == ["percent", "level", "begins_anew"]
        assert [one.name for one in fields(PublishedRound)] == ["title", "checklists", "themes"]
        assert "centre" not in {one.name for one in fields(ChecklistDevelopment)}


def table(*values_, anew=()):
    """One theme in so many rounds, as the tables tell it."""
    made = [
        value
        if value is None
        else DevelopmentPoint(
            percent=value if isinstance(value, int) else None,
            level=None if isinstance(value, int) else value,
            begins_anew=place in anew,
        )
        for place, value in enumerate(values_)
    ]
    theme = ThemeDevelopment(number="1", title="Oplysning", points=tuple(made))
    titles = tuple(f"{place}. runde" for place in range(1, len(made) + 1))
    return ChecklistDevelopment(checklist_id=values.LAWFUL, rounds=titles, themes=(theme,))


CHANCE = "Forskellen kan være tilfældig."


class TestWords:
    @pytest.mark.parametrize(
        ("row", "by_chance"),
        [
            pytest.param(table(40, 95), True, id="however large"),
            pytest.param(table(40, FEW), True, id="words"),
            pytest.param(table(40, None, 45), True, id="over a gap"),
            pytest.param(table(40, 45, 45), True, id="earlier"),
            pytest.param(table(40, 40), False, id="no difference"),
            pytest.param(table(40, 95, anew={1}), False, id="not comparable"),
        ],
    )
    def test_chance_is_named_beside_every_difference(self, row, by_chance):
        (told,) = development_rows(row, DANISH)
        assert (CHANCE in told[-1]) is by_chance
        assert any(CHANCE in line[-1] for line in development_lines(row, DANISH)) is by_chance

    def test_a_break_is_told_with_its_round(self):
        (told,) = development_rows(table(40, 95, anew={1}), DANISH)
        assert told == [
            "1 Oplysning",
            "40\u00a0%",
            "95\u00a0%",
            "I 2. runde fik temaet andre punkter eller et punkt ny mening; tallene før kan ikke sammenlignes.",
        ]

    def test_a_row_is_as_long_as_its_head(self):
        row = table(40, None, FEW)
        assert len(development_head(row, DANISH)) == len(development_rows(row, DANISH)[0]) == 5


class TestFormats:
    SAID = values.overview(development=(table(40, 45, FEW),))

    def test_the_pdf_has_a_chapter_only_where_there_is_something_beside(self):
        def printed(value):
            pages = PdfReader(BytesIO(overview_pdf(value, DANISH))).pages
            return " ".join(" ".join(page.extract_text().split()) for page in pages)

        assert CHANCE in printed(self.SAID)
        assert "kommunens egne runder" not in printed(values.overview())

    def test_the_files_hold_what_the_table_does(self):
        (found,) = json.loads(overview_json(self.SAID))["development"]
        assert [point["percent"] for point in found["themes"][0]["points"]] == [40, 45, None]
        text = overview_csv(replace(self.SAID, made_up="answers"), DANISH).decode("utf-8-sig")
        rows = [row for row in csv.DictReader(StringIO(text), delimiter=";") if row["Del"] == "Udvikling"]
        assert [(row["Runde"], row["Andel opfyldt, afrundet"]) for row in rows] == [
            ("1. runde", "40\u00a0%"),
            ("2. runde", "45\u00a0%"),
            ("3. runde", "få eller ingen"),
        ]
        assert [CHANCE in row["Bemærkning"] for row in rows] == [False, True, True]


START = datetime(2026, 1, 1, tzinfo=UTC)


@dataclass
class ClosedRounds:
    """As much of a store as is asked: rounds that are closed a day after each other, and what each asked."""

    texts: list[str]
    made_up: dict[int, str]

    @property
    def rounds(self):
        return self

    def all(self):
        return tuple(
            Round(
                id=number,
                key=f"{number}",
                title=f"{number}.",
                state=RoundState.CLOSED,
                created_at=START,
                closed_at=START + timedelta(days=number),
                made_up=self.made_up.get(number, ""),
            )
            for number in range(1, len(self.texts) + 1)
        )

    def checklists(self, round_id):
        text = self.texts[round_id - 1]
        return (ChecklistVersion(checklist_id=parse(text).id, version=1, text=text),)


def beside(*texts, of=None, made_up=(), published=True):
    """The titles of the rounds that stand beside one, and those whose overview was asked for."""
    store, asked = ClosedRounds(list(texts), dict.fromkeys(made_up, "answers")), []

    def overview_of(round_):
        checklist = parse(texts[round_.id - 1])
        theme = PooledTheme(checklist_id=checklist.id, number="1", title="Brevet", percent=40)
        used = UsedChecklist(checklist_id=checklist.id, title="", version=1, status_date=START.date())
        asked.append(round_.title)
        return values.overview(themes=(theme,) if published else (), checklists=(used,))

    round_ = store.all()[(of or len(texts)) - 1]
    own = overview_of(round_)
    asked.clear()
    found = development_of(store, round_, own, overview_of)
    return found[0].rounds if found else (), asked


class TestService:
    def test_the_latest_earlier_rounds_with_the_checklist_oldest_first(self):
        shown, asked = beside(CHECKLIST, CHECKLIST, OTHER, CHECKLIST, CHECKLIST, CHECKLIST)
        assert shown == ("2.", "4.", "5.", "6.")
        assert asked == ["2.", "4.", "5."]

    def test_a_later_round_is_not_known(self):
        assert beside(CHECKLIST, CHECKLIST, CHECKLIST, of=2)[0] == ("1.", "2.")

    def test_a_demonstration_is_never_held_against_real_cases(self):
        assert beside(CHECKLIST, CHECKLIST, CHECKLIST, made_up={1})[0] == ("2.", "3.")
        assert beside(CHECKLIST, CHECKLIST, made_up={2}) == ((), [])
        assert beside(CHECKLIST, CHECKLIST, made_up={1, 2})[0] == ("1.", "2.")

    def test_earlier_overviews_are_not_made_for_nothing(self):
        assert beside(CHECKLIST, CHECKLIST, published=False) == ((), [])
