"""The two real registers are read as they are, with the mapping that ships as an example."""

from importlib.resources import files
from pathlib import Path

import pytest

from lirk.intake.mapping import read_mapping
from lirk.intake.register import examine, read_register

DATA = Path(__file__).parents[1] / "data"
EXAMPLE = Path(str(files("lirk.demo") / "examples" / "planning-decisions.toml"))


@pytest.fixture(params=[2022, 2023])
def year(request):
    return request.param


@pytest.fixture
def register(year):
    return read_register(DATA / f"planning-decisions-{year}.csv", read_mapping(EXAMPLE))


class TestExampleMapping:
    def test_every_row_is_accounted_for(self, register, year):
        excluded = {(gone.reason, gone.value): gone.count for gone in register.excluded}
        assert register.rows == 1444
        assert (
            excluded
            == {
                2022: {
                    ("not-a-decision", "Application Withdrawn"): 31,
                    ("not-a-decision", "Deemed withdrawn"): 2,
                },
                2023: {("blank-row", ""): 57, ("not-a-decision", "Application Withdrawn"): 40},
            }[year]
        )
        assert register.frame.height == {2022: 1411, 2023: 1347}[year]

    def test_each_body_has_one_name_without_initials(self, register, year):
        both = {
            "Department Application",
            "Director",
            "Head of Development Management",
            "Planning Committee",
            "Principal Planner Enforcement",
            "Principal Planner North",
            "Principal Planner South",
        }
        assert (
            set(register.centres)
            == both
            | {
                2022: {"Principal Planner RBO"},
                2023: {"Council of Ministers"},
            }[year]
        )

    def test_outcomes(self, register, year):
        assert (
            dict(register.frame.group_by("outcome").len().iter_rows())
            == {
                2022: {"full-grant": 1264, "partial-grant": 1, "refusal": 146},
                2023: {"full-grant": 1241, "partial-grant": 5, "refusal": 100, "other": 1},
            }[year]
        )

    def test_all_decisions_are_of_the_year(self, register, year):
        assert set(register.frame["decision_date"].dt.year()) == {year}

    def test_nothing_looks_wrong(self, register):
        assert not register.remarks


class TestGuess:
    def test_only_outcomes_that_nobody_can_know_are_asked_for(self, year):
        problems = examine(DATA / f"planning-decisions-{year}.csv").problems
        assert {problem.code for problem in problems} == {"outcome-unmapped"}
        assert {problem.values["value"] for problem in problems} == {
            "Certificate of Lawfulness AGREED",
            "Certificate of Lawfulness DECLINED",
            *({"Department Application"} if year == 2023 else set()),
        }
