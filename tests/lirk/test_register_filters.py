"""Rules leave rows out in their order, each with its count; a row that is left out is not checked."""

from datetime import date

import pytest

from lirk.intake.register import examine, read_register

HEAD = "Sagsnr;Center;Afgjort;Udfald;Sagstype;KLE;Facet\n"
ROWS = """\
1;Syd;13-01-2025;Bevilling;Hjælp;27.60.08;G01
2;Syd;14-02-2025;Afslag;Hjælp;27.60.12;G01
3;Nord;15-03-2025;Delvist medhold;Støtte;27.6;P19
4;Nord;16-04-2025;Afslag;Støtte;02.34.02;G01
5;Trukket;;Henlagt;Hjælp;27.60.08;G01
6;;snart;Tilbagetrukket;Hjælp;27.60.08;G01
"""


@pytest.fixture
def read(tmp_path):
    def read(keep=None, content=HEAD + ROWS, **tables):
        (tmp_path / "register.csv").write_text(content)
        return read_register(tmp_path / "register.csv", {"keep": keep or {}, **tables})

    return read


def gone(register):
    return [(rule.reason, rule.value, rule.count) for rule in register.excluded]


NO_DECISIONS = [("not-a-decision", "Henlagt", 1), ("not-a-decision", "Tilbagetrukket", 1)]


class TestDecisionsOnly:
    def test_what_is_no_decision_is_left_out_unchecked(self, read):
        register = read()
        assert register.frame["case_id"].to_list() == ["1", "2", "3", "4"]
        assert gone(register) == NO_DECISIONS

    def test_a_centre_of_such_rows_only_is_none(self, read):
        assert read().centres == ("Nord", "Syd")

    def test_an_empty_outcome_can_be_mapped(self, read):
        outcome = {"Afslag": "refusal", "": "not-a-decision"}
        register = read(
            content="Sagsnr;Center;Afgjort;Udfald\n1;Syd;13-01-2025;Afslag\n2;;;\n", outcome=outcome
        )
        assert gone(register) == [("not-a-decision", "", 1)]

    def test_outcomes_are_known_whatever_their_case(self, read):
        assert (
            read(content=HEAD + "1;Syd;13-01-2025;AFSLAG;;;\n", outcome={"Afslag": "refusal"}).frame.height
            == 1
        )

    def test_a_decision_flag_that_says_no_leaves_the_row_out(self, read):
        content = (
            "Sagsnr;Center;Afgjort;ErBesluttet\n1;Syd;13-01-2025;Ja\n2;;;Nej\n3;;;\n4;Syd;14-01-2025;J\n"
        )
        assert gone(read(content=content)) == [("decision-flag-no", "", 1), ("decision-flag-no", "Nej", 1)]

    def test_a_flag_must_be_yes_or_no(self, tmp_path):
        (tmp_path / "r.csv").write_text("Sagsnr;Center;Afgjort;ErBesluttet\n1;Syd;13-01-2025;Måske\n")
        assert [problem.code for problem in examine(tmp_path / "r.csv").problems] == ["flag-unknown"]

    def test_a_register_without_decisions_is_refused(self, tmp_path):
        (tmp_path / "r.csv").write_text("Sagsnr;Center;Afgjort;Udfald\n1;Syd;13-01-2025;Henlagt\n")
        assert [problem.code for problem in examine(tmp_path / "r.csv").problems] == ["no-decisions"]


class TestKeep:
    @pytest.mark.parametrize(
        ("keep", "cases", "rules"),
        [
            pytest.param(
                {"from": date(2025, 2, 14), "to": date(2025, 3, 15)},
                ["2", "3"],
                [("outside-period", "2025-02-14/2025-03-15", 2)],
                id="both days are included",
            ),
            pytest.param({"to": "2025-01-31"}, ["1"], [("outside-period", "../2025-01-31", 3)], id="until"),
            pytest.param({"from": "2025-04-01"}, ["4"], [("outside-period", "2025-04-01/..", 3)], id="since"),
            pytest.param(
                {"outcomes": ["refusal"]},
                ["2", "4"],
                [("outcome-not-kept", "full-grant", 1), ("outcome-not-kept", "partial-grant", 1)],
                id="outcomes",
            ),
            pytest.param(
                {"case_types": ["Hjælp"]}, ["1", "2"], [("case-type-not-kept", "Hjælp", 2)], id="types"
            ),
            pytest.param(
                {"kle_numbers": ["27.60", "02"]},
                ["1", "2", "4"],
                [("kle-number-not-kept", "27.60, 02", 1)],
                id="KLE",
            ),
            pytest.param({"facets": ["P19"]}, ["3"], [("facet-not-kept", "P19", 3)], id="facets"),
            pytest.param({"centres": ["Nord"]}, ["3", "4"], [("centre-not-kept", "Syd", 2)], id="centres"),
            pytest.param(
                {"centres": ["Nord"], "from": "2025-02-01", "outcomes": ["refusal"]},
                ["4"],
                [
                    ("outside-period", "2025-02-01/..", 1),
                    ("outcome-not-kept", "partial-grant", 1),
                    ("centre-not-kept", "Syd", 1),
                ],
                id="one after the other",
            ),
        ],
    )
    def test_each_filter_is_told_with_its_count(self, read, keep, cases, rules):
        register = read(keep)
        assert register.frame["case_id"].to_list() == cases
        assert gone(register) == NO_DECISIONS + rules
        assert register.rows == register.frame.height + sum(rule.count for rule in register.excluded)

    def test_a_centre_that_loses_all_its_cases_is_still_named(self, read):
        register = read({"from": "2025-03-01"})
        assert register.centres == ("Nord", "Syd")
        assert set(register.frame["centre"]) == {"Nord"}

    def test_a_centre_that_is_not_kept_is_not_named(self, read):
        assert read({"centres": ["Nord"]}).centres == ("Nord",)

    def test_rows_that_a_filter_drops_are_not_checked(self, read):
        content = HEAD + ROWS + "4;;16-04-2024;Ukendt;;;\n"
        assert read({"from": "2025-01-01"}, content).frame.height == 4

    @pytest.mark.parametrize(
        ("keep", "code"),
        [
            pytest.param({"from": "2026-01-01"}, "period-leaves-nothing", id="period"),
            pytest.param({"outcomes": ["repayment"]}, "filter-leaves-nothing", id="outcome"),
            pytest.param({"centres": ["Vest"]}, "filter-leaves-nothing", id="centre"),
        ],
    )
    def test_a_filter_that_leaves_nothing_is_refused(self, tmp_path, keep, code):
        (tmp_path / "r.csv").write_text(HEAD + ROWS)
        assert [problem.code for problem in examine(tmp_path / "r.csv", {"keep": keep}).problems] == [code]

    def test_the_days_in_the_file_are_told_where_the_period_leaves_nothing(self, tmp_path):
        (tmp_path / "r.csv").write_text(HEAD + ROWS)
        problem = examine(tmp_path / "r.csv", {"keep": {"from": "2026-01-01"}}).problems[0]
        assert problem.values == {"earliest": date(2025, 1, 13), "latest": date(2025, 4, 16)}

    def test_a_filter_needs_its_column(self, tmp_path):
        (tmp_path / "r.csv").write_text("Sagsnr;Center;Afgjort\n1;Syd;13-01-2025\n")
        problems = examine(tmp_path / "r.csv", {"keep": {"facets": ["G01"]}}).problems
        assert [problem.code for problem in problems] == ["keep-needs-column"]

    def test_a_value_that_no_row_has_is_remarked(self, read):
        assert "keep-value-unused" in {remark.code for remark in read({"centres": ["Nord", "Vest"]}).remarks}

    def test_an_impossible_date_is_told_not_filtered(self, tmp_path):
        (tmp_path / "r.csv").write_text(HEAD + ROWS + "7;Syd;31-02-2025;Afslag;;;\n")
        problems = examine(tmp_path / "r.csv", {"keep": {"from": "2025-01-01"}}).problems
        assert [problem.code for problem in problems] == ["date-impossible"]


class TestCaseIds:
    LOCAL = "Sagsnr;Center;Afgjort\n1;Syd;13-01-2025\n1;Nord;13-01-2025\n"

    def test_local_numbers_are_unique_within_a_centre(self, read):
        register = read({"local_case_numbers": True}, self.LOCAL)
        assert register.frame["case_id"].to_list() == ["Syd/1", "Nord/1"]

    def test_otherwise_they_are_doubled(self, tmp_path):
        (tmp_path / "r.csv").write_text(self.LOCAL)
        assert [problem.code for problem in examine(tmp_path / "r.csv").problems] == ["case-number-doubled"]

    def test_local_numbers_doubled_in_one_centre_are_told(self, tmp_path):
        (tmp_path / "r.csv").write_text(self.LOCAL + "1;Syd;14-01-2025\n")
        problems = examine(tmp_path / "r.csv", {"keep": {"local_case_numbers": True}}).problems
        assert [(problem.code, problem.row) for problem in problems] == [("case-number-doubled", 4)]

    def test_numbers_are_trimmed_and_composed(self, read):
        content = "Sagsnr;Center;Afgjort\n \u00a0A\u030a 1 ;Syd;13-01-2025\n"
        assert read(content=content).frame["case_id"].to_list() == ["Å 1"]

    def test_identical_rows_can_count_once(self, read):
        content = "Sagsnr;Center;Afgjort;Part\n1;Syd;13-01-2025;a\n1;Syd;13-01-2025;b\n2;Syd;13-01-2025;a\n"
        register = read({"identical_rows_once": True}, content)
        assert register.frame["case_id"].to_list() == ["1", "2"]
        assert gone(register) == [("identical-row", "", 1)]


class TestNamesAndFacts:
    def test_spellings_of_a_centre_are_joined(self, read):
        centre = {"Center  Syd (AB)": "Syd"}
        content = "Sagsnr;Center;Afgjort\n1;Center Syd (AB);13-01-2025\n2; Syd\u00a0;13-01-2025\n"
        register = read(content=content, centre=centre)
        assert register.frame["centre"].to_list() == ["Syd", "Syd"]
        assert register.mapping["centre"] == centre

    def test_facts_are_kept_under_their_ids_in_the_order_of_the_mapping(self, read):
        columns = {
            "case_number": "Sagsnr",
            "law_area": "Sagstype",
            "centre": "Center",
            "decision_date": "Afgjort",
        }
        frame = read(content=HEAD + "1;Syd;13-01-2025;Afslag; Hjælp ;;\n", columns=columns).frame
        assert frame.columns == ["case_id", "centre", "decision_date", "law_area"]
        assert frame["law_area"].to_list() == ["Hjælp"]

    def test_a_required_column_that_the_mapping_leaves_out_is_guessed(self, read):
        content = "Sagsnr;Center;Forvaltning;Afgjort\n1;Syd;S;13-01-2025\n"
        register = read(columns={"centre": "Forvaltning"}, content=content)
        assert register.frame.rows() == [("1", "S", date(2025, 1, 13))]

    def test_without_an_outcome_there_is_no_group(self, read):
        register = read(content="Sagsnr;Center;Afgjort\n1;Syd;13-01-2025\n")
        assert register.frame.columns == ["case_id", "centre", "decision_date"]
        assert "outcome" not in register.mapping
