"""Planning a round as the browser does it, on both databases, from upload to the approved frame."""

import json
from datetime import date
from pathlib import Path

import pytest
from planned_round import CHECKLIST, CPR, KEY, MAIL, NAME, PERIOD, guessable_lines

from lirk.domain.people import Role
from lirk.domain.planning import (
    MappingNameMissing,
    MappingUnknown,
    PlanChanged,
    PlanChecklistsMissing,
    PlanTitleMissing,
    PlanUnknown,
    RegisterMissing,
    Step,
    StepNotReady,
    step_of_plan,
)
from lirk.domain.rounds import ChecklistTwice, RoundExists, RoundKeyMalformed
from lirk.errors import NotAllowed, ProblemsFound
from lirk.services import planned_frames, planning, rounds
from lirk.services.checklists import ChecklistNotFound
from lirk.wording import Wording

ROOT = Path(__file__).parents[2]
REAL = ROOT / "tests" / "data" / "planning-decisions-2023.csv"
REAL_MAPPING = ROOT / "lirk" / "demo" / "examples" / "planning-decisions.toml"


def in_files(planner, folder):
    """All bytes of the database's files, as they lie when nobody uses them."""
    planner.database.dispose()
    return b"".join(path.read_bytes() for path in folder.glob("lirk.sqlite*"))


class TestNewPlan:
    def test_is_kept_and_told(self, planner):
        plan = planner.new()
        assert (plan.key, plan.title, plan.version, plan.round_id) == (KEY, "9. runde", 1, None)
        assert planner.plan() == plan
        with planner.acting() as (store, _):
            assert store.planned_rounds.open() == (plan,)
        assert planner.actions()[-1] == "plan-made"

    @pytest.mark.parametrize(
        ("fields", "error"),
        [
            ({"key": "Runde 9"}, RoundKeyMalformed),
            ({"title": "  "}, PlanTitleMissing),
            ({"checklists": ()}, PlanChecklistsMissing),
            ({"checklists": ("breve/7",)}, ChecklistNotFound),
            ({"checklists": (CHECKLIST, CHECKLIST)}, ChecklistTwice),
            ({"key": "plans"}, RoundKeyMalformed),
        ],
    )
    def test_refused(self, quick, fields, error):
        with pytest.raises(error) as refused:
            quick.new(**fields)
        assert Wording().sentence(refused.value)

    def test_a_key_that_is_taken(self, quick):
        quick.new()
        with pytest.raises(RoundExists):
            quick.new()

    def test_only_for_the_coordinator(self, quick):
        quick.add("anne", Role.REVIEWER)
        with pytest.raises(NotAllowed):
            quick.new(who="anne")

    def test_basics_can_be_changed(self, quick):
        quick.new()
        changed = quick.do(planning.change_basics, key="2026-8", title="8. runde", checklists=(CHECKLIST,))
        assert (changed.key, changed.title, changed.version) == ("2026-8", "8. runde", 2)

    def test_two_windows_do_not_undo_each_other(self, planner):
        planner.new()
        planner.upload()
        with pytest.raises(PlanChanged):
            planner.do(planned_frames.save_filters, PERIOD, version=1)

    def test_deleted_with_its_register(self, planner):
        planner.new()
        planner.upload()
        planner.do(planning.delete_plan)
        assert planner.about() is None
        with pytest.raises(PlanUnknown):
            planner.plan()


class TestPrivacy:
    """What is about persons never reaches the database, and what is not needed leaves it early."""

    def test_columns_about_persons_are_named_and_not_kept(self, planner):
        planner.new()
        planner.upload()
        about = planner.about()
        assert {about["headings"][int(at)]: why for at, why in about["withheld"].items()} == {
            "Navn": "heading",
            "CPR-nr": "cpr",
            "Kontakt": "mail",
            "Sagstitel": "heading",
        }
        with planner.acting() as (store, _):
            kept = store.kept_registers.of(planner.plan_id)
        cells = planned_frames.keeping.kept_table(kept.about, kept.content).cells
        said = json.dumps(cells.to_dicts(), ensure_ascii=False)
        assert NAME not in said
        assert CPR not in said
        assert "OLE" not in said

    def test_nothing_of_them_in_the_database_file(self, quick, tmp_path, monkeypatch):
        def plainly(table):
            path = tmp_path / "plain.parquet"
            table.cells.write_parquet(path, compression="uncompressed")
            return path.read_bytes()

        monkeypatch.setattr(planned_frames.keeping, "content", plainly)
        quick.ready()
        raw = in_files(quick, tmp_path)
        assert b"26/N01" in raw
        for word in ("Karla", "Kragelund", CPR, CPR.replace("-", ""), MAIL, "Hjælp til"):
            assert word.encode() not in raw
        quick.freeze()
        quick.seed()
        drawn = {case["case_id"] for stratum in quick.draw()["strata"] for case in stratum["cases"]}
        raw = in_files(quick, tmp_path)
        others = {line.split(";")[0] for line in guessable_lines()[1:]} - drawn
        assert others
        assert not [number for number in others if number.encode() in raw]

    def test_a_caseworker_is_kept_as_a_hash_and_still_known(self, quick):
        quick.add("ida", Role.REVIEWER, caseworker_code="IDA")
        quick.ready()
        quick.freeze()
        quick.seed()
        quick.draw()
        with quick.acting() as (store, _):
            ida = store.people.by_username("ida")
            cases = store.cases.of(store.rounds.by_key(KEY).id)
        own = {case.case_id for case in cases if case.caseworker_hash == ida.caseworker_hash}
        assert own == {case.case_id for case in cases if case.case_id.endswith("01")}
        assert own

    def test_without_a_key_caseworkers_are_left_out(self, quick):
        quick.new()
        quick.upload(secret_key=None)
        at = quick.about()["headings"].index("Sagsbehandler")
        assert quick.about()["withheld"][str(at)] == "caseworker"
        assert "caseworker" not in quick.plan().settings.mapping["columns"]

    def test_a_case_number_that_is_a_cpr_number_is_refused_with_what_to_do(self, quick):
        quick.new()
        plan = quick.upload(f"Sagsnummer;Center;Afgørelsesdato\n{CPR};Nord;2026-01-01\n".encode())
        (problem,) = [one for one in plan.settings.summary.problems if one.code == "column-withheld"]
        assert problem.item == "[columns] case_number"
        assert CPR not in repr(plan)

    def test_a_withheld_column_cannot_be_mapped(self, quick):
        quick.new()
        quick.upload()
        columns = {**quick.plan().settings.mapping["columns"], "case_type": "Sagstitel"}
        plan = quick.do(planned_frames.save_mapping, {"columns": columns})
        assert [problem.code for problem in plan.settings.summary.problems] == ["column-withheld"]

    def test_at_the_freeze_only_mapped_columns_stay(self, planner):
        lines = [
            f"{line};{'Team' if place else 'Gruppe'} {place}" for place, line in enumerate(guessable_lines())
        ]
        planner.ready(("\n".join(lines) + "\n").encode())
        assert set(planner.about()["withheld"].values()) == set()
        planner.freeze()
        about = planner.about()
        assert {about["headings"][int(at)]: why for at, why in about["withheld"].items()} == {
            "Gruppe 0": "not-mapped"
        }

    def test_after_the_draw_nothing_is_kept(self, planner):
        planner.ready()
        planner.freeze()
        planner.seed()
        planner.draw()
        assert planner.about() is None
        settings = planner.plan().settings
        assert (settings.uploaded, settings.seed, settings.exclude) == (False, None, ())
        assert planner.actions()[-2:] == ["cases-drawn", "register-deleted"]


class TestUpload:
    def test_is_read_and_guessed(self, planner):
        planner.new()
        plan = planner.upload()
        summary = plan.settings.summary
        assert (summary.rows, summary.cases, summary.holds) == (19, 17, True)
        assert summary.centres == {"Center Nord": 8, "Center Syd": 6, "Center Vest": 1, "Center Øst": 2}
        assert [(rule.reason, rule.count) for rule in summary.excluded] == [
            ("blank-row", 1),
            ("total-row", 1),
        ]
        assert plan.settings.mapping["columns"]["caseworker"] == "Sagsbehandler"
        assert summary.values["outcome"] == {"Bevilget": 13, "Afslag": 4}
        assert step_of_plan(plan.settings) is Step.FRAME

    @pytest.mark.parametrize(
        ("content", "read", "code"),
        [
            (b"", {}, "no-rows"),
            (b"%PDF-1.7", {}, "not-a-text-file"),
            (b"a;b\n1;2;3\n", {}, "too-many-fields"),
            (b"a;b\n1;2\n", {"header_row": 0}, "mapping-needs-number"),
            (b"a;b\n1;2\n", {"encoding": "klingon"}, "encoding-unknown"),
        ],
    )
    def test_a_file_that_cannot_be_read_whole_leaves_nothing(self, quick, content, read, code):
        quick.new()
        with pytest.raises(ProblemsFound) as refused:
            quick.upload(content, read=read)
        assert [problem.code for problem in refused.value.problems] == [code]
        assert quick.about() is None
        assert quick.plan().version == 1

    def test_problems_of_rows_are_all_told(self, quick):
        quick.new()
        plan = quick.upload(
            "Sagsnummer;Center;Afgørelsesdato\n1;Nord;2026-01-01\n1;Syd;2026-01-02\n;Syd;i går\n".encode()
        )
        told = {(problem.code, problem.row) for problem in plan.settings.summary.problems}
        assert told == {("case-number-doubled", 3), ("case-number-missing", 4), ("date-impossible", 4)}
        assert step_of_plan(plan.settings) is Step.REGISTER

    def test_a_corrected_file_keeps_the_mapping(self, quick):
        quick.new()
        quick.upload()
        columns = {**quick.plan().settings.mapping["columns"], "unit": "Udfald"}
        quick.do(planned_frames.save_mapping, {"columns": columns, "centre": {"Center Øst": "Center Vest"}})
        plan = quick.upload()
        assert plan.settings.mapping["columns"]["unit"] == "Udfald"
        assert "Center Øst" not in plan.settings.summary.centres

    def test_another_file_is_guessed_anew(self, quick):
        quick.new()
        quick.upload()
        plan = quick.upload(b"Case number;Department;Decision date\n1;North;2026-01-01\n")
        assert plan.settings.mapping["columns"] == {
            "case_number": "Case number", "centre": "Department", "decision_date": "Decision date",
        }  # fmt: skip

    def test_the_register_can_be_deleted(self, planner):
        planner.new()
        planner.upload()
        plan = planner.do(planned_frames.delete_register)
        assert planner.about() is None
        assert step_of_plan(plan.settings) is Step.REGISTER
        with pytest.raises(RegisterMissing):
            planner.do(planned_frames.save_filters, PERIOD)


class TestFrame:
    def test_filters_are_counted(self, planner):
        planner.new()
        planner.upload()
        summary = planner.do(planned_frames.save_filters, PERIOD).settings.summary
        assert summary.cases == 16
        assert summary.excluded[-1].reason == "outside-period"
        assert (summary.first_day, summary.last_day) == (date(2026, 3, 1), date(2026, 3, 8))
        assert planner.plan().settings.summary == summary

    def test_another_outcome_column_is_guessed_anew(self, quick):
        quick.new()
        quick.upload()
        mapping = quick.plan().settings.mapping
        columns = {name: heading for name, heading in mapping["columns"].items() if name != "outcome"}
        plan = quick.do(planned_frames.save_mapping, {"columns": columns, "outcome": mapping["outcome"]})
        assert "outcome" not in plan.settings.mapping

    def test_a_period_that_ends_before_it_begins(self, quick):
        quick.new()
        quick.upload()
        with pytest.raises(ProblemsFound):
            quick.do(planned_frames.save_filters, {"from": "2026-02-01", "to": "2026-01-01"})
        assert quick.plan().version == 2

    def test_exclusions_have_a_reason_and_a_count(self, planner):
        planner.new()
        planner.upload()
        plan = planner.do(planned_frames.exclude_cases, reason="Klagesag", case_numbers=("26/N01", "26/X99"))
        summary = plan.settings.summary
        assert (summary.excluded[-1].reason, summary.excluded[-1].count) == ("Klagesag", 1)
        assert "excluded-not-found" in {remark.code for remark in summary.remarks}
        assert planner.do(planned_frames.drop_exclusion, 0).settings.summary.cases == 17

    def test_exclusions_without_reason_or_numbers(self, quick):
        quick.new()
        quick.upload()
        with pytest.raises(ProblemsFound) as refused:
            quick.do(planned_frames.exclude_cases, reason=" ", case_numbers=())
        assert len(refused.value.problems) == 2

    def test_cases_of_an_earlier_round_are_left_out(self, quick):
        quick.ready()
        quick.freeze()
        quick.seed()
        quick.draw()
        with quick.acting() as (store, actor):
            drawn = rounds.reviewed_case_ids(store, actor, KEY)
        quick.new("2026-10")
        quick.upload()
        fields = {"round_key": KEY, "reason": "gennemgået i 9. runde"}
        plan = quick.do(planned_frames.exclude_reviewed, **fields)
        assert plan.settings.summary.cases == 17 - len(drawn)

    def test_must_be_approved_again_after_a_change(self, quick):
        assert quick.approved().settings.approved
        assert not quick.do(planned_frames.save_filters, {}).settings.approved

    def test_with_problems_it_is_not_approved(self, quick):
        quick.new()
        quick.upload("Sagsnummer;Center;Afgørelsesdato\n1;Nord;2026-01-01\n1;Syd;2026-01-02\n".encode())
        with pytest.raises(StepNotReady):
            quick.do(planning.approve_frame)

    def test_showing_it_reads_no_register(self, planner, statements):
        planner.approved()
        with planner.acting() as (store, actor), statements() as sent:
            planning.plan_page(store, actor, planner.plan_id, now=planner.now)
        assert len(sent) == 5
        assert not any("kept_register.content" in statement for statement in sent)


class TestSavedMappings:
    def test_used_in_another_plan_without_the_period(self, planner):
        planner.new()
        planner.upload()
        mapping = planner.plan().settings.mapping
        planner.do(planned_frames.save_mapping, {**mapping, "centre": {"Center Øst": "Center Syd"}})
        planner.do(planned_frames.save_filters, {**PERIOD, "outcomes": ["refusal"]})
        planner.do(planned_frames.save_mapping_as, "Sagssystemet")
        planner.new("2026-10")
        planner.upload()
        planner.do(planned_frames.save_filters, {"from": "2025-01-01"})
        plan = planner.do(planned_frames.use_saved_mapping, "Sagssystemet")
        assert plan.settings.mapping["keep"] == {"outcomes": ["refusal"], "from": "2025-01-01"}
        assert "Center Øst" not in plan.settings.summary.centres
        with planner.acting() as (store, actor):
            page = planning.mapping_page(store, actor, planner.plan_id, now=planner.now)
            assert page.saved == ("Sagssystemet",)

    def test_needs_a_name(self, quick):
        quick.new()
        with pytest.raises(MappingNameMissing):
            quick.do(planned_frames.save_mapping_as, " ")

    def test_an_unknown_name(self, quick):
        quick.new()
        quick.upload()
        with pytest.raises(MappingUnknown):
            quick.do(planned_frames.use_saved_mapping, "Nova")
