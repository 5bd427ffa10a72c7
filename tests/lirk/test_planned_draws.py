"""A planned round from its sizes to the certificate: freeze, unlocking, seed, draw; on both databases."""

import json
from datetime import date, timedelta
from pathlib import Path

import openpyxl
import pytest
from planned_round import KEY, NAME, Planner, named_register
from small_round import OTHER_SEED, SEED

from lirk.domain.draws import DrawNeedsReason, FingerprintDiffers, SeedBeforeFreeze, SeedUsed
from lirk.domain.planning import (
    PlanChanged,
    PlanFrozen,
    RegisterMissing,
    SeedInFuture,
    SeedNotEntered,
    SeedPlanMissing,
    Sizes,
    StepNotReady,
    UnlockNeedsReason,
    UnlockTooLate,
)
from lirk.domain.rounds import FrameReopened, RoundState
from lirk.errors import ProblemsFound
from lirk.intake.mapping import read_mapping
from lirk.services import planned_draws, planned_frames, planning
from lirk.services.draws import verify_certificate
from lirk.services.files import document_bytes

ROOT = Path(__file__).parents[2]
REAL = ROOT / "tests" / "data" / "planning-decisions-2023.csv"
REAL_MAPPING = ROOT / "lirk" / "demo" / "examples" / "planning-decisions.toml"


def workbook(tmp_path, rows):
    book = openpyxl.Workbook()
    sheet = book.active
    sheet.title = "Afgørelser"
    sheet.append(["Udtræk fra sagssystemet"])
    for row in rows:
        sheet.append(row)
    book.create_sheet("Vejledning").append(["Læs mig"])
    path = tmp_path / "register.xlsx"
    book.save(path)
    return path


class TestSizes:
    def test_need_an_approved_frame(self, quick):
        quick.new()
        quick.upload()
        with pytest.raises(StepNotReady):
            quick.do(planning.save_sizes, Sizes())

    def test_that_do_not_fit_the_frame(self, quick):
        quick.approved()
        with pytest.raises(ProblemsFound):
            quick.do(planning.save_sizes, Sizes(exceptions={"Center Mars": 3}))

    def test_are_part_of_the_freeze(self, planner):
        planner.ready(n=2, exceptions={"Center Nord": 4}, reserve=1)
        _, freeze = planner.freeze()
        assert freeze["plan"]["sizes"] == {"method": "fixed", "n": 2, "exceptions": {"Center Nord": 4}}
        assert freeze["plan"]["reserve"] == 1


class TestFreeze:
    def test_makes_the_round(self, planner):
        planner.ready()
        round_, freeze = planner.freeze()
        assert (round_.key, round_.state) == (KEY, RoundState.COMMITTED)
        assert round_.first_day == date(2026, 1, 1)
        assert freeze["frame"]["salt"] == "salt"
        assert freeze["frame"]["source"] == "register.csv"
        assert planner.plan().round_id == round_.id
        with planner.acting() as (store, _):
            assert store.planned_rounds.open() == ()

    def test_needs_the_way_to_the_seed(self, quick):
        quick.approved()
        quick.do(planning.save_sizes, Sizes())
        with pytest.raises(SeedPlanMissing):
            quick.freeze()

    def test_after_it_nothing_can_be_changed(self, quick):
        quick.ready()
        quick.freeze()
        with pytest.raises(PlanFrozen):
            quick.do(planned_frames.save_filters, {})
        with pytest.raises(PlanFrozen):
            quick.freeze()


class TestReopen:
    def test_a_new_freeze_is_a_new_commitment_of_the_same_round(self, planner):
        planner.ready()
        round_, freeze = planner.freeze()
        planner.reopen()
        planner.do(planned_frames.save_filters, {})
        planner.do(planning.approve_frame)
        again, refrozen = planner.freeze(salt="other salt")
        assert again.id == round_.id
        assert again.first_day is None
        assert refrozen["frame"]["fingerprint"] != freeze["frame"]["fingerprint"]
        assert planner.actions().count("frame-frozen") == 2
        with planner.acting() as (store, _):
            opened = next(entry for entry in store.trail.entries() if entry.action == "frame-reopened")
        assert opened.about["reason"] == "Perioden var forkert"
        assert opened.about["fingerprint"] == freeze["frame"]["fingerprint"]
        planner.seed()
        assert planner.draw()["frame"]["fingerprint"] == refrozen["frame"]["fingerprint"]

    def test_needs_a_reason(self, quick):
        quick.ready()
        quick.freeze()
        with pytest.raises(UnlockNeedsReason):
            quick.reopen(" ")

    def test_not_when_the_seed_is_known(self, quick):
        quick.ready()
        quick.freeze()
        quick.seed()
        with pytest.raises(UnlockTooLate):
            quick.reopen()

    def test_while_it_is_open_nothing_is_drawn_and_nothing_deleted(self, quick):
        quick.ready()
        quick.freeze()
        quick.reopen()
        with pytest.raises(FrameReopened):
            quick.seed()
        with pytest.raises(PlanFrozen):
            quick.do(planning.delete_plan)


class TestSeed:
    def test_is_told_in_the_trail(self, planner):
        planner.ready()
        planner.freeze()
        planner.seed()
        with planner.acting() as (store, _):
            entry = store.trail.entries()[-1]
        assert entry.action == "seed-entered"
        assert entry.about["seed"] == SEED
        assert "Bo" not in json.dumps(dict(entry.about))

    def test_a_mistyped_one_is_entered_again(self, quick):
        quick.ready()
        quick.freeze()
        quick.seed()
        quick.seed(OTHER_SEED)
        assert quick.draw()["seed"]["value"] == OTHER_SEED
        assert quick.actions().count("seed-entered") == 2

    def test_older_than_the_freeze(self, quick, now):
        quick.ready()
        quick.freeze()
        with pytest.raises(SeedBeforeFreeze):
            quick.seed(at=now - timedelta(minutes=1))

    def test_from_the_future(self, quick, now):
        quick.ready()
        quick.freeze()
        with pytest.raises(SeedInFuture):
            quick.seed(at=now + timedelta(hours=3))

    def test_the_draw_needs_one(self, quick):
        quick.ready()
        quick.freeze()
        with pytest.raises(SeedNotEntered):
            quick.draw()

    def test_the_draw_is_of_what_the_page_showed(self, quick):
        quick.ready()
        quick.freeze()
        seen = quick.seed().version
        quick.seed(OTHER_SEED)
        with pytest.raises(PlanChanged):
            quick.draw(version=seen)


class TestFurtherDraw:
    def test_asks_for_the_very_same_file_and_a_reason(self, planner):
        planner.ready()
        planner.freeze()
        planner.seed()
        first = planner.draw()
        file = ("kopi.csv", named_register())
        with pytest.raises(DrawNeedsReason):
            planner.seed(OTHER_SEED, register=file, hours=3)
        with pytest.raises(RegisterMissing):
            planner.seed(OTHER_SEED, reason="Et vidne var inhabilt", hours=3)
        with pytest.raises(SeedUsed):
            planner.seed(SEED, reason="Et vidne var inhabilt", register=file, hours=3)
        planner.seed(OTHER_SEED, reason="Et vidne var inhabilt", register=file, hours=3)
        second = planner.draw(hours=4)
        assert (second["draw"]["number"], second["draw"]["reason"]) == (2, "Et vidne var inhabilt")
        assert second["previous"] == first["digest"]
        assert planner.about() is None

    def test_another_file_says_what_differs(self, quick):
        quick.ready()
        quick.freeze()
        quick.seed()
        quick.draw()
        changed = named_register().replace(b"26/N02", b"26/N92")
        with pytest.raises(FingerprintDiffers) as refused:
            quick.seed(OTHER_SEED, reason="Igen", register=("register.csv", changed), hours=3)
        assert "fingerprint-other" in {problem.code for problem in refused.value.problems}
        assert quick.about() is None

    def test_a_round_from_the_command_line_is_drawn_with_its_file(self, database, tmp_path, now):
        from small_round import KEY as OTHER
        from small_round import Municipality, write_files

        write_files(tmp_path, caseworkers=True)
        Municipality(database, tmp_path, now).new()
        planner = Planner(database, now)
        content = (tmp_path / "register.csv").read_bytes()
        planner.plan_id = planner.seed(key=OTHER, register=("register.csv", content)).id
        certificate = planner.draw(key=OTHER)
        assert verify_certificate(certificate, tmp_path / "register.csv").holds
        assert planner.about() is None


class TestCertificate:
    """A certificate made in the browser holds against the original file, byte for byte the same mapping."""

    def holds(self, certificate, path):
        again = json.loads(document_bytes(certificate))
        found = verify_certificate(again, path)
        return (found.differences, found.remarks) == ((), ())

    def test_of_a_csv_with_persons_blank_rows_and_a_sum(self, planner, tmp_path):
        path = tmp_path / "register.csv"
        path.write_bytes(named_register())
        planner.ready(path.read_bytes())
        _, freeze = planner.freeze()
        planner.seed()
        certificate = planner.draw()
        assert self.holds(certificate, path)
        assert certificate["mapping"] == freeze["mapping"]
        assert [(rule["reason"], rule["count"]) for rule in certificate["frame"]["excluded"]] == [
            ("blank-row", 1),
            ("total-row", 1),
            ("outside-period", 1),
        ]

    @pytest.mark.parametrize("encoding", ["cp1252", "mac_roman", "utf-8-sig"])
    def test_of_a_csv_in_another_encoding(self, quick, tmp_path, encoding):
        path = tmp_path / "register.csv"
        path.write_bytes(named_register().decode().replace("\n", "\r\n").encode(encoding))
        quick.ready(path.read_bytes())
        quick.freeze()
        quick.seed()
        assert self.holds(quick.draw(), path)

    def test_of_a_workbook(self, quick, tmp_path):
        lines = [line.split(";") for line in named_register().decode().splitlines()]
        path = workbook(tmp_path, [lines[0], *([*row[:2], row[2], *row[3:]] for row in lines[1:])])
        quick.ready(path.read_bytes(), "register.xlsx")
        quick.freeze()
        quick.seed()
        certificate = quick.draw()
        assert certificate["mapping"]["read"]["sheet"] == "Afgørelser"
        assert self.holds(certificate, path)

    def test_of_a_workbook_with_real_dates_and_names_alone_in_a_row(self, quick, tmp_path, now):
        rows = [["Sagsnummer", "Center", "Afgørelsesdato", "Navn"]]
        rows += [[f"26/{n:03}", "Center Ål", now.replace(tzinfo=None), NAME] for n in range(1, 9)]
        rows += [[None, None, None, " "], [None, None, None, "Sum af Karla"]]
        path = workbook(tmp_path, rows)
        quick.ready(path.read_bytes(), "register.xlsx", keep={})
        quick.freeze()
        quick.seed()
        certificate = quick.draw()
        assert {rule["reason"] for rule in certificate["frame"]["excluded"]} == {"blank-row", "total-row"}
        assert self.holds(certificate, path)

    def test_of_identical_rows_whose_caseworkers_differ_in_case(self, quick, tmp_path):
        path = tmp_path / "register.csv"
        rows = ["Sagsnummer;Center;Afgørelsesdato;Sagsbehandler"]
        rows += [f"{n};Nord;2026-01-01;ole" for n in range(1, 6)]
        path.write_text("\n".join([*rows, "5;Nord;2026-01-01; ole ", ""]), encoding="utf-8")
        quick.ready(path.read_bytes(), keep={"identical_rows_once": True})
        quick.freeze()
        quick.seed()
        assert self.holds(quick.draw(), path)

    def test_of_the_real_register(self, quick):
        mapping = read_mapping(REAL_MAPPING)
        quick.new()
        quick.upload(REAL.read_bytes(), REAL.name)
        quick.do(planned_frames.save_mapping, mapping)
        quick.do(
            planned_frames.save_mapping, {**quick.plan().settings.mapping, "outcome": mapping["outcome"]}
        )
        plan = quick.do(planning.approve_frame)
        assert len(plan.settings.summary.centres) > 5
        quick.do(planning.save_sizes, Sizes(n=15))
        quick.do(planning.save_seed_plan, quick_seed_plan(quick))
        quick.freeze()
        quick.seed()
        certificate = quick.draw()
        assert certificate["mapping"]["centre"] == mapping["centre"]
        assert self.holds(certificate, REAL)

    def test_its_page_lists_main_cases_by_number_then_the_reserve(self, planner):
        planner.ready()
        planner.freeze()
        planner.seed()
        certificate = planner.draw()
        with planner.acting() as (store, actor):
            page = planned_draws.certificate_page(store, actor, KEY)
        assert page.draw.digest == certificate["digest"]
        numbers = [case.number for case in page.cases]
        assert numbers == [*range(1, 9), None, None, None, None]


def quick_seed_plan(planner):
    from lirk.domain.planning import SeedPlan

    return SeedPlan(how="two-people", place="Mødelokale 1", deadline=planner.now.date())
