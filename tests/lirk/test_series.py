"""A centre's own rounds beside each other: the rule by tables, the service on both databases, paper and page."""

import re
from dataclasses import replace
from datetime import timedelta
from io import BytesIO

import pytest
import report_values as values
from pypdf import PdfReader
from small_round import CHECKLIST, OTHER_SEED, SEED, Municipality, answers_to, planned_in, write_files

from lirk.domain.figures import share_of
from lirk.domain.people import Role
from lirk.domain.reports import (
    ChecklistSeries,
    Counts,
    ItemSeries,
    SeriesBreak,
    SeriesPoint,
    ThemeSeries,
)
from lirk.domain.series import MOST_ROUNDS, OwnRound, checklist_series
from lirk.errors import NotFound
from lirk.reports.centre_pdf import centre_pdf
from lirk.reports.series_sentences import opening, series_head, series_rows
from lirk.reports.sheet_texts import SheetVoice
from lirk.reports.since_last import since_last
from lirk.services import reports, reviews, rounds
from lirk.services.checklists import parse
from lirk.services.report_shelf import ReportShelf
from lirk.services.reports import Reader
from lirk.wording import Wording
from web.pages.voice import PageVoice

DANISH = Wording("da")


def version(number, *changes):
    """The letters' checklist in a version, in which »clear« was changed: (version, kind, reason)."""
    text = CHECKLIST.replace("version = 1", f"version = {number}", 1)
    if not changes:
        return text
    said = ", ".join(
        f'{{ version = {at}, kind = "{kind}"{f", reason = {chr(34)}{reason}{chr(34)}" if reason else ""} }}'
        for at, kind, reason in changes
    )
    return text.replace('rule = "order"\n', f'rule = "order"\nchanges = [{said}]\n', 1)


def own(title, counts, checklist=CHECKLIST, population=200):
    return OwnRound(title=title, checklist=parse(checklist), counts=counts, population=population)


def series(*taken):
    return checklist_series(taken, language="da")


def points(*taken, item="clear"):
    found = series(*taken)
    return next(one.points for one in found.items if one.item_id == item)


FEW, MANY, SAME = Counts(yes=5, no=5), Counts(yes=55, no=5), Counts(yes=10, no=10)


class TestRule:
    def test_one_round_is_no_series(self):
        assert series(own("1.", {"clear": FEW})) is None
        assert series() is None

    def test_counts_of_each_round_stand_in_the_order_of_the_rounds(self):
        found = series(own("1.", {"clear": FEW}), own("2.", {"clear": MANY}))
        assert (found.checklist_id, found.title, found.rounds) == ("breve", "Breve", ("1.", "2."))
        (item,) = found.items
        assert (item.item_id, item.number, item.question) == ("clear", "1.1", "Er brevet klart?")
        assert [(point.hits, point.assessed) for point in item.points] == [(5, 10), (55, 60)]

    def test_only_items_with_a_figure_in_two_rounds(self):
        nowhere = Counts(not_applicable=8, cannot_assess=2)
        found = series(
            own("1.", {"clear": FEW, "reasons": FEW}),
            own("2.", {"clear": FEW, "reasons": nowhere}),
        )
        assert [item.item_id for item in found.items] == ["clear"]

    def test_a_round_without_a_figure_is_empty_and_those_around_it_are_compared(self):
        nine, after = Counts(yes=5, no=4), Counts(yes=6, no=3)
        found = points(own("1.", {"clear": nine}), own("2.", {}), own("3.", {"clear": after}))
        assert found == (
            SeriesPoint(hits=5, assessed=9),
            None,
            SeriesPoint(hits=6, assessed=9, by_chance=True),
        )

    def test_only_the_latest_rounds_are_shown(self):
        taken = [own(f"{number}.", {"clear": FEW}) for number in range(1, MOST_ROUNDS + 3)]
        assert series(*taken).rounds == tuple(f"{number}." for number in range(3, MOST_ROUNDS + 3))

    @pytest.mark.parametrize(
        ("before", "after", "by_chance"),
        [
            (FEW, Counts(yes=6, no=4), True),
            (FEW, Counts(yes=200), False),
            (Counts(yes=2, no=58), MANY, False),
            (FEW, SAME, False),
            (FEW, FEW, False),
        ],
        ids=["small", "all of a census", "large", "the same share", "the same"],
    )
    def test_a_difference_that_may_be_by_chance_is_marked_and_no_difference_is_not(
        self, before, after, by_chance
    ):
        found = points(own("1.", {"clear": before}), own("2.", {"clear": after}))
        assert [point.by_chance for point in found] == [False, by_chance]

    def test_two_whole_counts_differ_for_sure(self):
        taken = [own(str(yes), {"clear": Counts(yes=yes, no=10 - yes)}, population=10) for yes in (5, 6)]
        assert not points(*taken)[1].by_chance

    @pytest.mark.parametrize(
        ("versions", "begins"),
        [
            ((version(1), version(2)), (None, None)),
            ((version(1), version(2, (2, "wording", ""))), (None, None)),
            ((version(1), version(2, (2, "meaning", "Smallere"))), (None, (2, "Smallere"))),
            ((version(2, (2, "meaning", "")), version(3, (2, "meaning", ""))), (None, None)),
            (
                (version(1), version(4, (2, "meaning", "Først"), (4, "meaning", "Sidst"))),
                (None, (4, "Sidst")),
            ),
            (
                (version(1), version(2, (2, "meaning", "")), version(3, (2, "meaning", ""))),
                (None, (2, ""), None),
            ),
            ((version(2, (2, "meaning", "Prøvet")), version(1)), (None, (2, "Prøvet"))),
        ],
        ids=[
            "nothing marked",
            "wording only",
            "new meaning",
            "changed before both",
            "changed twice",
            "broken once, then whole",
            "an older version later",
        ],
    )
    def test_a_series_breaks_where_the_meaning_changed(self, versions, begins):
        taken = [own(str(at), {"clear": FEW}, text) for at, text in enumerate(versions)]
        expected = [None if one is None else SeriesBreak(version=one[0], reason=one[1]) for one in begins]
        assert [point.begins for point in points(*taken)] == expected

    def test_across_a_break_nothing_is_called_by_chance(self):
        found = points(
            own("1.", {"clear": FEW}),
            own("2.", {"clear": Counts(yes=6, no=4)}, version(2, (2, "meaning", ""))),
        )
        assert not found[1].by_chance

    def test_a_break_of_one_item_leaves_the_others_whole(self):
        found = points(
            own("1.", {"reasons": FEW}),
            own("2.", {"reasons": FEW}, version(2, (2, "meaning", ""))),
            item="reasons",
        )
        assert [point.begins for point in found] == [None, None]


class TestShares:
    @pytest.mark.parametrize(("assessed", "shown"), [(9, False), (10, True)])
    def test_only_from_as_many_cases_as_everywhere_else(self, assessed, shown):
        taken = [own(f"{at}.", {"clear": Counts(yes=assessed - 2, no=2)}) for at in (1, 2)]
        assert [point.share is not None for point in points(*taken)] == [shown, shown]

    def test_the_limits_are_those_of_the_round_s_own_report(self):
        counts = Counts(yes=6, no=5, not_applicable=4)
        point = points(own("1.", {"clear": FEW}), own("2.", {"clear": counts}, population=90))[1]
        assert point.share == share_of(counts, population=90, limit=10, level=0.95)
        assert point.share.lower < point.share.share < point.share.upper

    def test_another_small_number_limit(self):
        taken = [own("1.", {"clear": FEW}), own("2.", {"clear": MANY})]
        (item,) = checklist_series(taken, language="da", limit=20).items
        assert [point.share is None for point in item.points] == [True, False]


def themed(title, counts, checklist=CHECKLIST, **more):
    """A round that counted its one theme as it counted its first item."""
    return replace(own(title, {"clear": counts}, checklist, **more), themes={"letter": counts})


class TestThemes:
    def test_a_theme_is_told_beside_its_items(self):
        (theme,) = series(themed("1.", FEW), themed("2.", Counts(yes=6, no=4))).themes
        assert (theme.theme_id, theme.number, theme.title) == ("letter", "1", "Brevet")
        assert [(point.hits, point.by_chance) for point in theme.points] == [(5, False), (6, True)]

    def test_it_takes_two_rounds(self):
        assert series(themed("1.", FEW), replace(themed("2.", FEW), themes={})).themes == ()

    def test_it_breaks_where_one_of_its_items_got_a_new_meaning(self):
        (theme,) = series(
            themed("1.", FEW), themed("2.", MANY, version(2, (2, "meaning", "Smallere")))
        ).themes
        assert theme.points[1].begins == SeriesBreak(version=2, reason="Smallere")
        assert not theme.points[1].by_chance

    def test_it_does_not_where_only_words_changed(self):
        (theme,) = series(themed("1.", FEW), themed("2.", MANY, version(2, (2, "wording", "")))).themes
        assert theme.points[1].begins is None

    def test_it_breaks_where_it_has_other_items_than_before(self):
        before, _, rest = CHECKLIST.partition('[[themes.items]]\nid = "reasons"')
        fewer = f"{before}[[verdicts]]{rest.partition('[[verdicts]]')[2]}"
        (theme,) = series(themed("1.", FEW, fewer), themed("2.", MANY)).themes
        assert theme.points[1].begins == SeriesBreak(version=1, other_items=True)

    def test_both_stand_in_the_table_the_theme_above_its_items(self):
        found = series(themed("1.", FEW), themed("2.", MANY, version(2, (2, "meaning", ""))))
        (theme, item) = series_rows(found, DANISH)
        assert theme[:1] + item[:1] == ["Tema 1: Brevet", "1.1 Er brevet klart?"]
        assert theme[-1].startswith("Et punkt i temaet fik ny mening i version 2")
        assert item[-1].startswith("Punktet fik ny mening i version 2")

    def test_a_theme_whose_items_were_all_replaced_has_a_row_that_says_so(self):
        kept = item_with(SeriesPoint(hits=1, assessed=2), SeriesPoint(hits=1, assessed=2), number="2.1")
        begins = SeriesBreak(version=2, other_items=True)
        points_ = (SeriesPoint(hits=3, assessed=7), SeriesPoint(hits=5, assessed=9, begins=begins))
        themes = tuple(
            ThemeSeries(theme_id=number, number=number, title=title, points=points_)
            for number, title in (("1", "Høring"), ("10", "Brev"))
        )
        rounds_ = ("1. runde", "2. runde")
        found = ChecklistSeries(
            checklist_id="breve", title="Breve", rounds=rounds_, items=(kept,), themes=themes
        )
        rows = series_rows(found, DANISH)
        assert [row[0] for row in rows] == ["Tema 1: Høring", "2.1 Er brevet klart?", "Tema 10: Brev"]
        assert rows[0][-1] == (
            "Temaet er målt med andre punkter end før; tallene før kan ikke sammenlignes. "
            "Ingen af dets punkter er målt i flere runder."
        )

    def test_a_share_stands_with_its_limits(self):
        found = series(themed("1.", FEW), themed("2.", MANY))
        cells = [cell.replace("\u00a0", " ") for cell in series_rows(found, DANISH)[0][1:3]]
        assert cells == ["5 af 10: 50 % (20–81)", "55 af 60: 92 % (84–97)"]


def item_with(*given, number="1.1"):
    return ItemSeries(item_id="clear", number=number, question="Er brevet klart?", points=given)


def said(*given, rounds=("1. runde", "2. runde")):
    one = ChecklistSeries(checklist_id="breve", title="Breve", rounds=rounds, items=(item_with(*given),))
    return series_head(one, DANISH), series_rows(one, DANISH)[0]


class TestWords:
    def test_head_and_row(self):
        head, row = said(SeriesPoint(hits=3, assessed=7), SeriesPoint(hits=6, assessed=14))
        assert head == ["Punkt", "1. runde", "2. runde", "Bemærkning"]
        assert row == ["1.1 Er brevet klart?", "3 af 7", "6 af 14", ""]

    @pytest.mark.parametrize(
        ("point", "remark"),
        [
            (SeriesPoint(hits=5, assessed=9, by_chance=True), "Forskellen fra 1. runde kan være tilfældig."),
            (SeriesPoint(hits=9, assessed=9), "Forskellen fra 1. runde er næppe tilfældig."),
            (SeriesPoint(hits=6, assessed=14), ""),
            (
                SeriesPoint(hits=5, assessed=9, begins=SeriesBreak(version=3)),
                "Punktet fik ny mening i version 3; tallene før kan ikke sammenlignes.",
            ),
            (
                SeriesPoint(hits=5, assessed=9, begins=SeriesBreak(version=3, reason="Ny praksis")),
                "Punktet fik ny mening i version 3; tallene før kan ikke sammenlignes. Grund: Ny praksis.",
            ),
        ],
    )
    def test_remark(self, point, remark):
        assert said(SeriesPoint(hits=3, assessed=7), point)[1][-1] == remark

    def test_a_round_without_a_figure(self):
        points_ = (SeriesPoint(hits=3, assessed=7), None, SeriesPoint(hits=4, assessed=7, by_chance=True))
        row = said(*points_, rounds=("1.", "2.", "3."))[1]
        assert row[1:] == ["3 af 7", "–", "4 af 7", "Forskellen fra 1. kan være tilfældig."]

    def test_every_step_between_several_rounds_is_told_with_its_rounds(self):
        points_ = (
            SeriesPoint(hits=3, assessed=7),
            SeriesPoint(hits=4, assessed=7, by_chance=True),
            SeriesPoint(hits=4, assessed=7),
            SeriesPoint(hits=7, assessed=7),
            SeriesPoint(hits=6, assessed=7, begins=SeriesBreak(version=2)),
        )
        assert said(*points_, rounds=("1", "2", "3", "4", "5"))[1][-1] == (
            "5: Punktet fik ny mening i version 2; tallene før kan ikke sammenlignes. "
            "Forskellen fra målingen før er næppe tilfældig i 4. De andre forskelle kan være tilfældige."
        )

    @pytest.mark.parametrize(
        ("later", "remark"),
        [
            ([(4, True), (5, True)], "Forskellene kan være tilfældige."),
            ([(3, False), (5, True)], "Forskellen fra målingen før kan være tilfældig i 3."),
            ([(7, False), (0, False)], "Forskellen fra målingen før er næppe tilfældig i 2 og 3."),
        ],
        ids=["by chance", "one by chance", "larger"],
    )
    def test_rounds_are_named_where_not_every_difference_is_alike(self, later, remark):
        points_ = [SeriesPoint(hits=hits, assessed=7, by_chance=by_chance) for hits, by_chance in later]
        told = said(SeriesPoint(hits=3, assessed=7), *points_, rounds=("1", "2", "3"))
        assert told[1][-1] == remark

    def test_it_is_said_where_there_were_more_rounds_than_are_shown(self):
        left_out = "Kun de 4 seneste af centrets runder er med."
        for earlier, told in ((0, False), (3, False), (4, True), (9, True)):
            report = values.centre_report(earlier_rounds=tuple(f"{at}. runde" for at in range(earlier)))
            assert (left_out in opening(report, PageVoice(DANISH))) is told

    def test_nothing_is_called_better_or_worse(self):
        told = " ".join(
            [
                opening(values.centre_report(), PageVoice(DANISH)),
                *said(SeriesPoint(hits=1, assessed=2), None)[1],
            ]
        )
        assert not [word for word in ("bedre", "værre", "dårligere", "fremgang", "↑", "↓") if word in told]


KEYS = {"2026-1": ("1. runde", SEED), "2026-2": ("2. runde", OTHER_SEED)}


def renamed(given, key, checklist):
    """The answers as those to another round and checklist."""
    cases = {
        number: replace(one, answers={checklist: one.answers["breve"]}) for number, one in given.cases.items()
    }
    return replace(given, round_key=key, cases=cases)


def measured(town, key, text, number, *, value="yes", made_up="", checklist="breve"):
    """A closed round in which everything got the same answer; each is closed a day after the one before."""
    town.now += timedelta(days=number)
    with town.acting() as (store, actor):
        rounds.new_round(
            store,
            actor,
            key=key,
            title=KEYS[key][0],
            planned=planned_in(town.folder),
            checklists=(text,),
            salt="salt",
            now=town.now,
            made_up=made_up,
        )
    town.draw(key=key, seed=KEYS[key][1])
    with town.acting() as (store, actor):
        rounds.assign_cases(store, actor, key, reviewers=["anne"], now=town.now)
        cases = {one.number: one.case_id for one in reviews.sheet_for(store, actor, key, "anne").cases}
        given = renamed(answers_to("anne", cases, value=value, note="Se sagen."), key, checklist)
        reviews.import_answers(store, actor, key, given, now=town.now)
        rounds.close_round(store, actor, key, now=town.now)


@pytest.fixture
def town(database, tmp_path, now):
    write_files(tmp_path)
    made = Municipality(database, tmp_path, now)
    made.add("anne")
    return made


def report(town, key, centre="Center Nord", who=None, shelf=None):
    reader = Reader(municipality="Eksempel Kommune", words=DANISH, shelf=shelf)
    with town.acting(who) as (store, actor):
        return reports.centre_report(store, actor, key, centre, reader=reader)


class TestService:
    def test_a_first_round_has_none_and_says_so(self, town):
        measured(town, "2026-1", CHECKLIST, 0)
        assert report(town, "2026-1").series == ()

    def test_the_second_stands_beside_the_first_of_the_same_centre(self, town):
        measured(town, "2026-1", CHECKLIST, 0, value="no")
        measured(town, "2026-2", version(2, (2, "meaning", "Smallere")), 1)
        (found,) = report(town, "2026-2").series
        assert found.rounds == ("1. runde", "2. runde")
        (clear,) = [item for item in found.items if item.item_id == "clear"]
        assert clear.points == (
            SeriesPoint(hits=0, assessed=3),
            SeriesPoint(hits=3, assessed=3, begins=SeriesBreak(version=2, reason="Smallere")),
        )
        east = report(town, "2026-2", "Center Øst").series[0].items[0]
        assert [point.assessed for point in east.points] == [2, 2]

    def test_an_earlier_round_knows_nothing_of_a_later(self, town):
        measured(town, "2026-1", CHECKLIST, 0)
        measured(town, "2026-2", CHECKLIST, 1)
        assert report(town, "2026-1").series == ()

    def test_another_checklist_is_no_series(self, town):
        measured(town, "2026-1", CHECKLIST, 0)
        other = CHECKLIST.replace('id = "breve"', 'id = "andet"', 1)
        measured(town, "2026-2", other, 1, checklist="andet")
        found = report(town, "2026-2")
        assert (found.earlier_rounds, found.series) == (("1. runde",), ())

    def test_a_demonstration_is_not_held_against_real_cases(self, town):
        measured(town, "2026-1", CHECKLIST, 0, made_up="answers")
        measured(town, "2026-2", CHECKLIST, 1)
        found = report(town, "2026-2")
        assert (found.earlier_rounds, found.series) == ((), ())
        assert str(since_last(found, SheetVoice(DANISH))).startswith("Det er centrets første runde i LIRK.")

    def test_a_demonstration_is_held_against_the_one_before_it(self, town):
        measured(town, "2026-1", CHECKLIST, 0, made_up="answers")
        measured(town, "2026-2", CHECKLIST, 1, made_up="answers")
        found = report(town, "2026-2")
        assert (found.earlier_rounds, found.series[0].rounds) == (("1. runde",), ("1. runde", "2. runde"))

    def test_all_reports_and_the_shelf_say_the_same(self, town):
        measured(town, "2026-1", CHECKLIST, 0, value="no")
        measured(town, "2026-2", CHECKLIST, 1)
        shelf = ReportShelf()
        reader = Reader(municipality="Eksempel Kommune", words=DANISH, shelf=shelf)
        with town.acting() as (store, actor):
            every, _ = reports.all_reports(store, actor, "2026-2", reader=reader)
            reports.prepare(store, reader=reader)
        for one in every:
            assert one.series
            assert (
                one == report(town, "2026-2", one.centre) == report(town, "2026-2", one.centre, shelf=shelf)
            )

    def test_a_kept_series_is_not_computed_again(self, town, statements):
        measured(town, "2026-1", CHECKLIST, 0)
        measured(town, "2026-2", CHECKLIST, 1)
        shelf = ReportShelf()
        report(town, "2026-2", shelf=shelf)
        with statements() as sent:
            report(town, "2026-2", shelf=shelf)
        assert not [one for one in sent if "FROM answer" in one or "pinned_checklist" in one]

    def test_a_leader_reads_the_own_centre_s_and_no_other(self, town):
        town.add("lis", Role.CENTRE_LEADER, centres=["Center Syd"])
        measured(town, "2026-1", CHECKLIST, 0)
        measured(town, "2026-2", CHECKLIST, 1)
        assert report(town, "2026-2", "Center Syd", who="lis").series
        with pytest.raises(NotFound):
            report(town, "2026-2", "Center Nord", who="lis")


def two_rounds():
    point = SeriesPoint(hits=3, assessed=7)
    later = SeriesPoint(hits=5, assessed=9, by_chance=True)
    return ChecklistSeries(
        checklist_id=values.LAWFUL,
        title="Lovmedholdelig sagsbehandling",
        rounds=("1. runde 2026", "2. runde 2026"),
        items=(item_with(point, later),),
    )


def text_of(content):
    return " ".join(" ".join(page.extract_text() for page in PdfReader(BytesIO(content)).pages).split())


class TestPaper:
    def test_the_chapter_stands_in_the_pdf(self):
        made = values.centre_report(earlier_rounds=("1. runde 2026",), series=(two_rounds(),))
        text = text_of(centre_pdf(made, DANISH))
        assert "Tabellen viser, i hvor mange af de relevante sager" in text
        assert "3 af 7" in text
        assert "5 af 9" in text
        assert "kan være tilfældig." in text
        assert re.search(r"Sidst var 1\. runde 2026 \(se side.\d+\)", text)

    def test_without_an_earlier_round_there_is_none(self):
        text = text_of(centre_pdf(values.centre_report(), DANISH))
        assert "Tabellen viser, i hvor mange" not in text
        assert "Egne runder" not in text
