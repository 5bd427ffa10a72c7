"""A round asks a checklist's core set or all its items, from the plan to the report; on both databases."""

import openpyxl
import pytest
from core_set import CORE, NAME, publish
from planned_round import Planner
from small_round import CHECKLIST, KEY, SEED, under_way

from lirk.domain.item_sets import ItemSet, ItemsUsed, asked, has_core_set, item_set
from lirk.domain.planning import PlanSettings
from lirk.domain.review_sheets import CaseAnswers, SheetAnswers
from lirk.domain.reviews import Answer, CaseStatus
from lirk.domain.rounds import ChecklistNotChosen
from lirk.services import following, planned_draws, planning, reports, reviewing, rounds
from lirk.services.checklists import parse
from lirk.services.reports import Reader
from lirk.wording import Wording
from lirk.wording.item_sets import asked_text, items_text

READER = Reader(municipality="Eksempel Kommune", words=Wording("da"))


def ids(checklist):
    return [item.id for item in checklist.items]


class TestRule:
    @pytest.mark.parametrize(
        ("text", "full", "chosen", "items", "used"),
        [
            (CORE, False, ItemSet.CORE, ["clear"], ItemsUsed(items=ItemSet.CORE, used=1, of=2, choice=True)),
            (CORE, True, ItemSet.FULL, ["clear", "reasons"], ItemsUsed(used=2, of=2, choice=True)),
            (CHECKLIST, False, ItemSet.FULL, ["clear", "reasons"], ItemsUsed(used=2, of=2)),
            (CHECKLIST, True, ItemSet.FULL, ["clear", "reasons"], ItemsUsed(used=2, of=2)),
            (
                CORE.replace('rule = "order"', 'rule = "order"\ncore = false'),
                False,
                ItemSet.FULL,
                ["clear", "reasons"],
                ItemsUsed(used=2, of=2),
            ),
        ],
        ids=["core", "all wanted", "all are core", "all are core and wanted", "none is core"],
    )
    def test_the_core_set_unless_all_is_wanted_or_there_is_no_smaller_one(
        self, text, full, chosen, items, used
    ):
        checklist = parse(text)
        assert item_set(checklist, full=full) is chosen
        made = asked(checklist, chosen)
        assert (ids(made.checklist), made.items) == (items, used)

    def test_there_is_a_choice_where_some_items_are_core_and_some_are_not(self):
        assert has_core_set(parse(CORE))
        assert not has_core_set(parse(CHECKLIST))

    @pytest.mark.parametrize(
        ("used", "danish", "english"),
        [
            (
                ItemsUsed(items=ItemSet.CORE, used=23, of=49, choice=True),
                "kernesæt, 23 af 49 punkter",
                "core set, 23 of 49 items",
            ),
            (ItemsUsed(used=49, of=49, choice=True), "alle 49 punkter", "all 49 items"),
            (ItemsUsed(used=20, of=20), "", ""),
        ],
    )
    def test_is_said_where_there_is_a_choice(self, used, danish, english):
        assert (items_text(used, Wording("da")), items_text(used, Wording("en"))) == (danish, english)


class TestRound:
    def test_asks_the_core_set_where_nothing_else_is_chosen(self, database, tmp_path, now):
        town = under_way(database, tmp_path, now, "anne", checklists=(CORE,))
        with town.acting() as (store, actor):
            (pinned,) = store.rounds.checklists(store.rounds.by_key(KEY).id)
            (one,) = rounds.checklists_asked(store, actor, KEY)
        assert (pinned.text, pinned.items) == (CORE, ItemSet.CORE)
        assert asked_text(one, Wording("da")) == "Breve, version 1, kernesæt, 1 af 2 punkter"
        assert [entry.about["core"] for entry in town.trail() if entry.action == "frame-frozen"] == [
            ["breve"]
        ]

    def test_asks_all_items_where_they_are_chosen(self, database, tmp_path, now):
        town = under_way(database, tmp_path, now, "anne", checklists=(CORE,), full=("breve",))
        with town.acting() as (store, _):
            (pinned,) = store.rounds.checklists(store.rounds.by_key(KEY).id)
        assert pinned.items is ItemSet.FULL
        assert ids(town.sheet("anne").checklists[0]) == ["clear", "reasons"]

    def test_whoever_reviews_sees_the_chosen_items_only(self, database, tmp_path, now):
        town = under_way(database, tmp_path, now, "anne", checklists=(CORE,))
        with town.acting("anne") as (store, actor):
            (part,) = reviewing.queue(store, actor).rounds
            opened = reviewing.open_review(store, actor, part.rows[0].review_id)
        assert {row.asked for row in part.rows} == {1}
        assert [question.id for question in opened.walk.questions] == ["clear"]

    def test_the_coordinator_s_pages_know_the_set(self, database, tmp_path, now):
        town = under_way(database, tmp_path, now, "anne", checklists=(CORE,))
        with town.acting() as (store, actor):
            page = following.round_page(store, actor, KEY, today=now.date())
        assert [one.items.used for one in page.checklists] == [1]

    def test_a_sheet_lists_the_chosen_items_and_says_so(self, database, tmp_path, now):
        town = under_way(database, tmp_path, now, "anne", checklists=(CORE,))
        book = openpyxl.load_workbook(town.write_sheet("anne"))
        cells = [str(cell.value) for page in book for row in page.iter_rows() for cell in row if cell.value]
        assert "Breve (breve), version 1, retsgrundlag pr. 8. marts 2026, kernesæt, 1 af 2 punkter" in cells
        assert "clear" in cells
        assert "reasons" not in cells

    def test_is_closed_and_reported_with_the_chosen_items(self, database, tmp_path, now):
        report = closed_report(under_way(database, tmp_path, now, "anne", checklists=(CORE,)))
        (result,) = report.checklists
        assert [item.item_id for theme in result.themes for item in theme.items] == ["clear"]
        assert result.items == ItemsUsed(items=ItemSet.CORE, used=1, of=2, choice=True)
        assert result.reviewed == 3

    def test_the_data_files_say_which_checklist_was_used(self, database, tmp_path, now):
        report = closed_report(under_way(database, tmp_path, now, "anne", checklists=(CORE,)))
        csv = reports.centre_csv(report, READER).decode("utf-8-sig")
        assert "Breve;breve;1;2026-03-08;kernesæt, 1 af 2 punkter;" in csv
        assert '"items": "core",\n        "used": 1,\n        "of": 2' in reports.centre_json(report).decode()


def closed_report(town):
    """Answer everything that is asked, close, and return the report of Center Nord."""
    cases = {
        number: CaseAnswers(
            number=number,
            case_id=case_id,
            status=CaseStatus.TO_REVIEW,
            status_note="",
            answers={"breve": (Answer(item_id="clear", value="yes"),)},
        )
        for number, case_id in town.cases_of("anne").items()
    }
    town.hand_in(SheetAnswers(round_key=KEY, reviewer="anne", cases=cases))
    town.close()
    with town.acting() as (store, actor):
        return reports.centre_report(store, actor, KEY, "Center Nord", reader=READER)


class TestPlan:
    @pytest.fixture
    def planning_(self, planner: Planner):
        with planner.acting() as (store, _):
            publish(store, planner.now)
        return planner

    @pytest.mark.parametrize(
        ("full", "kept", "said"),
        [
            ((), (), "Breve, version 1, kernesæt, 1 af 2 punkter"),
            ((NAME,), (NAME,), "Breve, version 1, alle 2 punkter"),
            (("anden/1",), (), "Breve, version 1, kernesæt, 1 af 2 punkter"),
        ],
        ids=["core", "all", "of one that is not chosen"],
    )
    def test_keeps_the_choice(self, planning_, full, kept, said):
        with planning_.acting() as (store, actor):
            made = planning.new_plan(
                store, actor, key="2026-9", title="9.", checklists=[NAME], full=full, now=planning_.now
            )
            page = planning.plan_page(store, actor, made.id, now=planning_.now)
        assert page.plan.settings.full == kept
        assert [asked_text(one, Wording("da")) for one in page.checklists] == [said]

    def test_the_choice_can_be_changed(self, planning_):
        planning_.new(checklists=(NAME,))
        basics = {"key": "2026-9", "title": "9.", "checklists": (NAME,)}
        assert planning_.do(planning.change_basics, **basics, full=(NAME,)).settings.full == (NAME,)
        assert planning_.do(planning.change_basics, **basics).settings.full == ()

    @pytest.mark.parametrize(("full", "items"), [((), ItemSet.CORE), ((NAME,), ItemSet.FULL)])
    def test_the_round_pins_what_was_planned(self, planning_, full, items):
        planning_.ready()
        basics = {"key": "2026-9", "title": "9.", "checklists": (NAME,)}
        planning_.do(planning.change_basics, **basics, full=full)
        round_, _ = planning_.do(planned_draws.freeze_plan, salt="salt", secret_key=SEED)
        with planning_.acting() as (store, _):
            assert [one.items for one in store.rounds.checklists(round_.id)] == [items]

    def test_plans_from_before_there_was_a_choice_ask_everything(self):
        settings = PlanSettings(checklists=(NAME, "anden/2"), full=(NAME,))
        document = settings.as_dict()
        assert PlanSettings.from_dict(document) == settings
        del document["full"]
        assert PlanSettings.from_dict(document).full == (NAME, "anden/2")


class TestNames:
    def test_all_items_are_asked_of_chosen_checklists(self):
        assert rounds.ids_in_full({"breve.toml": CORE, "x": CHECKLIST}, ("breve.toml",)) == ("breve",)

    def test_of_no_others(self):
        with pytest.raises(ChecklistNotChosen) as refused:
            rounds.ids_in_full({"breve.toml": CORE}, ("andet.toml",))
        assert Wording("da").sentence(refused.value) == (
            "»andet.toml« er ikke en af rundens tjeklister. Skriv den ved --full, som den er valgt: breve.toml."
        )
