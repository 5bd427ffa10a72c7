"""The rules of planning: which steps are done, what is kept as a document, and what sizes come to."""

from dataclasses import replace
from datetime import UTC, date, datetime

import pytest

from lirk.domain.draws import CaseExclusion
from lirk.domain.planning import (
    EnteredSeed,
    FrameSummary,
    PlanSettings,
    SeedPlan,
    Sizes,
    Step,
    StepNotReady,
    case_numbers,
    draw_plan,
    require_step,
    step_of_plan,
    step_of_round,
    steps_done,
    without_register,
)
from lirk.domain.reports import Exclusion
from lirk.domain.rounds import RoundState
from lirk.errors import Problem
from lirk.wording import Wording
from lirk.wording.planning import IN_BROWSER, SENTENCES, WITHHELD
from lirk.wording.planning_lines import planning_line
from lirk.wording.sentences import SENTENCES as EVERY

WHOLE = FrameSummary(
    rows=20,
    cases=12,
    excluded=(Exclusion(reason="blank-row", value="", count=8),),
    centres={"Center Nord": 12},
    outcomes={"refusal": 12},
    values={"centre": {"Nord": 12}},
    dropped=("Hus",),
    remarks=(
        Problem("date-order-assumed", {"value": "1-2-26", "day": date(2026, 2, 1)}, row=4, column="Dato"),
        Problem("centres-alike", {"names": ("A", "B")}),
    ),
    first_day=date(2026, 1, 1),
    last_day=date(2026, 6, 30),
)
FULL = PlanSettings(
    checklists=("breve/1",),
    uploaded=True,
    mapping={"columns": {"centre": "Center"}, "keep": {"from": "2026-01-01"}},
    summary=WHOLE,
    exclude=(CaseExclusion(reason="Klage", case_numbers=("1", "2")),),
    approved=True,
    sizes=Sizes(n=5, minimum=2, exceptions={"Center Nord": 7}, reserve=3),
    seed_plan=SeedPlan(how="dice", place="Rådhuset", deadline=date(2026, 12, 1), witnesses=("Bo",)),
    seed=EnteredSeed(
        value="1" * 20, how="dice", witnesses=("Bo",), at=datetime(2026, 12, 1, 9, tzinfo=UTC), reason="Igen"
    ),
)


class TestDocuments:
    @pytest.mark.parametrize("settings", [PlanSettings(), FULL])
    def test_settings_come_back_as_they_were(self, settings):
        import json

        assert PlanSettings.from_dict(json.loads(json.dumps(settings.as_dict()))) == settings

    def test_without_its_register_a_plan_keeps_no_case_numbers(self):
        left = without_register(FULL)
        assert (left.uploaded, left.exclude, left.seed) == (False, (), None)
        assert left.summary.remarks == ()
        assert (left.sizes, left.seed_plan) == (FULL.sizes, FULL.seed_plan)


class TestSteps:
    @pytest.mark.parametrize(
        ("changes", "step"),
        [
            ({"uploaded": False}, Step.REGISTER),
            ({"summary": None}, Step.REGISTER),
            ({"summary": replace(WHOLE, problems=(Problem("no-rows"),))}, Step.REGISTER),
            ({"summary": replace(WHOLE, cases=0)}, Step.REGISTER),
            ({"approved": False}, Step.FRAME),
            ({"sizes": None}, Step.SIZES),
            ({}, Step.SEED),
        ],
    )
    def test_the_first_that_is_not_done_comes_next(self, changes, step):
        assert step_of_plan(replace(FULL, **changes)) is step

    def test_a_frame_that_changed_takes_the_later_steps_with_it(self):
        assert steps_done(replace(FULL, approved=False)) == {Step.REGISTER}

    def test_a_step_too_far_names_the_one_that_is_missing(self):
        with pytest.raises(StepNotReady) as refused:
            require_step(replace(FULL, approved=False), Step.SEED)
        assert refused.value.values["needs"] is Step.FRAME

    @pytest.mark.parametrize(
        ("state", "step"),
        [
            (RoundState.COMMITTED, Step.SEED),
            (RoundState.DRAWN, Step.ASSIGN),
            (RoundState.REVIEWING, Step.FOLLOW),
            (RoundState.CLOSED, None),
        ],
    )
    def test_of_a_round(self, state, step):
        assert step_of_round(state) is step


class TestPlan:
    def test_every_fingerprint_is_salted_and_every_exclusion_written_out(self):
        plan = draw_plan("9. runde", FULL)
        assert plan.salt
        assert plan.sizes == {"method": "fixed", "n": 5, "minimum": 2, "exceptions": {"Center Nord": 7}}
        assert plan.reserve == 3
        assert plan.exclude == FULL.exclude

    def test_case_numbers_are_one_a_line_each_once(self):
        assert case_numbers(" 1 \r\n\n2\n1\ncafe\u0301\n") == ("1", "2", "café")


class TestWords:
    def test_a_sentence_of_the_browser_needs_no_more_than_the_one_it_replaces(self):
        from string import Formatter

        for code, text in IN_BROWSER.items():
            known = {name for _, name, _, _ in Formatter().parse(EVERY[code]) if name}
            assert {name for _, name, _, _ in Formatter().parse(text) if name} <= known

    def test_no_sentence_names_a_mapping_file_or_a_command(self):
        for text in [*IN_BROWSER.values(), *SENTENCES.values(), *WITHHELD.values()]:
            assert "mappingfil" not in text
            assert "`" not in text
            assert "[" not in text

    def test_a_line_says_the_place_first(self):
        line = planning_line(
            Wording(), Problem("column-withheld", {"heading": "Navn"}, item="[columns] centre")
        )
        assert line.startswith("Center: Kolonnen »Navn«")
        assert planning_line(Wording(), Problem("no-rows")).startswith("Filen har ingen rækker")
        row = planning_line(Wording(), Problem("date-missing", row=4, column="Dato"))
        assert row.startswith("Række 4, kolonne »Dato«: ")
