"""The example instruments, scored from their files by the command; results worked out by hand."""

import json
from importlib.resources import files

import pytest

from lirk.cli.main import main

EXAMPLES = files("checklists") / "library" / "examples"


@pytest.fixture
def lirk(tmp_path, monkeypatch, capsys):
    """Type a command in an empty folder, in Danish."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.delenv("LIRK_SETTINGS", raising=False)
    monkeypatch.setenv("LIRK_LANGUAGE", "da")

    def run(*arguments):
        with pytest.raises(SystemExit) as ended:
            main(["checklist", *arguments])
        printed = capsys.readouterr()
        return ended.value.code or 0, printed.out, printed.err

    return run


@pytest.fixture
def scored(lirk):
    """Score the answers beside an example, by their paths: exit status, the rows by their cases, the centre."""

    def run(name):
        status, out, err = lirk(
            "score", "--json", str(EXAMPLES / f"{name}.toml"), str(EXAMPLES / f"{name}.csv")
        )
        assert err == ""
        found = json.loads(out)
        return status, {row["case"]: row for row in found["rows"]}, found["centre"]

    return run


def figures(row, theme=None):
    """Points, possible and the exact percentage of a case or of one of its themes."""
    part = row if theme is None else row["themes"][theme]
    return part["points"], part["possible"], part["percent_exact"]


@pytest.mark.parametrize("name", ["eksempel-egne-point", "eksempel-k-af-n", "eksempel-selvvurdering"])
def test_each_is_found_by_its_path_and_has_no_problem(lirk, name):
    path = EXAMPLES / f"{name}.toml"
    status, out, err = lirk("check", str(path))
    assert (status, err) == (0, "")
    assert out.startswith(f"{path}: Eksempel: ")


def test_none_is_found_by_its_id(lirk):
    status, _, err = lirk("check", "eksempel-egne-point")
    assert (status, "findes ikke" in err) == (2, True)


def test_own_points_with_a_forbidden_combination_and_stops(scored):
    _, rows, _ = scored("eksempel-egne-point")
    assert len(rows) == 11
    # 20 + 15 + 45 + 15 of 100
    assert figures(rows["exactly-95"]) == (95, 100, "95")
    assert rows["exactly-95"]["verdict"] == "sound"
    # 20 + 45 + 15 of 100 - 15; 8000 / 85 = 1600 / 17
    assert figures(rows["cannot-assess-stays-out"]) == (80, 85, "1600/17")
    assert rows["cannot-assess-stays-out"]["verdict"] == "defensible"
    # 0 + 15 of 35; 15 + 45 + 20 of 100
    assert figures(rows["cannot-assess-counts-as-no"], "fact-finding") == (15, 35, "300/7")
    assert figures(rows["cannot-assess-counts-as-no"]) == (80, 100, "80")
    # 20 + 9 + 30 + 20: one point under 80
    assert figures(rows["questionable-on-thin-facts"]) == (79, 100, "79")
    assert rows["questionable-on-thin-facts"]["verdict"] == "unsound"
    # 12 + 15 + 0 + 20
    assert figures(rows["wrong-law"]) == (47, 100, "47")
    assert (rows["wrong-law"]["verdict"], rows["wrong-law"]["critical_breaches"]) == (
        "wrong-result",
        ["law-applied"],
    )
    assert (rows["letter-unanswered"]["verdict"], rows["letter-unanswered"]["unanswered"]) == (
        "incomplete",
        ["letter-written"],
    )


def test_what_contradicts_itself_is_refused_and_named(scored):
    status, rows, _ = scored("eksempel-egne-point")
    refused = {case for case, row in rows.items() if not row["valid"]}
    assert (status, refused) == (1, {"right-on-thin-facts"})
    row = rows["right-on-thin-facts"]
    (found,) = row["contradictions"]
    assert row["verdict"] == "contradictory"
    assert (found["id"], found["questions"]) == (
        "right-on-thin-facts",
        ["law-applied", "citizen-facts", "other-facts"],
    )
    assert found["sentence"].startswith("Reglerne kan ikke være brugt rigtigt, når oplysningerne ikke var")


def test_a_stop_has_a_result_of_its_own(scored):
    _, rows, centre = scored("eksempel-egne-point")
    stopped = {case: row["stopped"] for case, row in rows.items() if row["stopped"]}
    assert stopped == {"material-not-found": "material-not-found", "no-decision": "no-decision"}
    for case in stopped:
        row = rows[case]
        assert (row["valid"], row["verdict"], row["complete"]) == (True, case, True)
        assert (figures(row), row["percent"]) == ((0, 0, None), None)
    assert rows["material-not-found"]["applies"] == ["case-found"]
    # 2 sound of 2 + 3 defensible + 1 unsound + 1 wrong; four have no verdict of the rules: 200 / 7
    assert (centre["positive"], centre["counted"], centre["percent_exact"]) == (2, 7, "200/7")
    assert sorted(centre["left_out"]) == ["contradictory", "incomplete", "material-not-found", "no-decision"]
    assert (centre["pass_mark"], centre["passed"]) == (None, None)


def test_in_words(lirk):
    name = EXAMPLES / "eksempel-egne-point"
    _, out, _ = lirk("score", f"{name}.toml", f"{name}.csv")
    rows = {part.split(":")[0]: part for part in out.split("\n\n")}
    stopped = rows["Række 10, sag material-not-found"]
    assert "Sagens materiale er ikke fundet (material-not-found)" in stopped
    assert "Point" not in stopped
    assert "Reglerne kan ikke være brugt rigtigt" in rows["Række 7, sag right-on-thin-facts"]
    # 8000 / 85 with six decimals, and as the fraction that it is
    assert "80 af 85 = 94,117647 % (1600/17), afrundet 94 %" in rows["Række 5, sag cannot-assess-stays-out"]


def test_k_of_n_with_a_mandatory_item_and_gates(scored):
    status, rows, centre = scored("eksempel-k-af-n")
    assert (status, len(rows)) == (0, 11)
    # X, A and B of X, A, B, C; then A, B and C without X: as many points, another verdict
    assert figures(rows["two-of-three"]) == figures(rows["mandatory-item-missing"]) == (3, 4, "75")
    # 100 * 2 / 3: one of the two that apply, and two are needed
    assert figures(rows["one-of-two-that-apply"]) == (2, 3, "200/3")
    # 4 of 4 and 1 of 2
    assert figures(rows["complaint-unanswered"]) == (5, 6, "250/3")
    assert figures(rows["plan-answers-hidden"], "plan") == (0, 0, None)
    assert {case: row["verdict"] for case, row in rows.items()} == {
        "two-of-three": "in-order",
        "mandatory-item-missing": "partly-in-order",
        "one-of-two-that-apply": "partly-in-order",
        "the-only-one-that-applies": "in-order",
        "none-that-applies": "in-order",
        "plan-all-that-apply": "in-order",
        "plan-cannot-be-assessed": "partly-in-order",
        "complaint-unanswered": "not-in-order",
        "nothing-done": "not-in-order",
        "plan-answers-hidden": "in-order",
        "gate-unanswered": "incomplete",
    }
    verdicts = {
        case: {name: theme["verdict"] for name, theme in row["themes"].items()} for case, row in rows.items()
    }
    assert verdicts["two-of-three"] == {
        "gates": None,
        "contact": "achieved",
        "plan": "not_applicable",
        "complaint": "not_applicable",
    }
    # 5 in order of 5 + 3 + 2; the open gate is left out
    assert (centre["positive"], centre["counted"], centre["left_out"]) == (5, 10, {"incomplete": 1})
    assert verdicts["mandatory-item-missing"]["contact"] == "partly-achieved"
    assert verdicts["plan-cannot-be-assessed"]["plan"] == "not-achieved"
    assert verdicts["complaint-unanswered"]["complaint"] == "not-achieved"


def test_a_self_assessment_with_pass_marks(scored):
    status, rows, centre = scored("eksempel-selvvurdering")
    assert (status, len(rows)) == (0, 10)
    # 7 + 2 * 7 = 21 of 30; 6 + 6 = 12 of 20; 21 + 12 + 5 of 60, 3800 / 60 = 190 / 3
    exact = rows["exactly-at-both-marks"]
    assert figures(exact, "management") == (21, 30, "70")
    assert figures(exact, "people") == (12, 20, "60")
    assert figures(exact) == (38, 60, "190/3")
    # 8 + 2 * 6 = 20 of 30: 66.7 % rounds to 67, and is under 70 either way
    assert figures(rows["two-thirds-is-not-70"], "management") == (20, 30, "200/3")
    # Not applicable earns 70 % of 10
    assert figures(rows["not-applicable-earns-the-target"]) == (43, 60, "215/3")
    # 24 + 6 + 4 of 30 + 10 + 10
    assert figures(rows["cannot-assess-stays-out"]) == (34, 50, "68")
    assert {case for case, row in rows.items() if row["verdict"] == "reached"} == {
        "exactly-at-both-marks",
        "weight-carries-it",
        "not-applicable-earns-the-target",
        "all-ten",
        "cannot-assess-stays-out",
        "well-above",
    }
    passed = {case: tuple(theme["passed"] for theme in row["themes"].values()) for case, row in rows.items()}
    assert passed["exactly-at-both-marks"] == (True, True, None)
    assert passed["two-thirds-is-not-70"] == (False, True, None)
    assert passed["far-from-it"] == (False, False, None)
    # 6 of 8 is 75 %, which is exactly enough
    assert (centre["positive"], centre["counted"], centre["percent_exact"]) == (6, 8, "75")
    assert (centre["pass_mark"], centre["passed"]) == (75, True)
    assert centre["left_out"] == {"incomplete": 1, "not_applicable": 1}
